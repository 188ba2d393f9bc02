// cel: sizes of sub-expressions as far as literals, types and hints tell: a part of cost_estimator.
// Source: cel-go 0.33.2, common/cost/default_strategy.go.
#include <algorithm>

#include "base/text.hpp"
#include "cel/check/unify.hpp"
#include "cel/cost/estimator.hpp"

namespace sekimori::cel {
namespace {

// Containers of hints are looked into this deep where the type says nothing.
constexpr int deepest_hint = 32;

constexpr size_estimate unit{1, 1};
constexpr size_estimate nothing{0, 0};
constexpr size_estimate unknown{};

const type& unwrapped(const type& declared) {
  return declared.kind == type_kind::wrapper && !declared.parameters.empty() ? *declared.parameters[0] : declared;
}

bool is_scalar(const type& declared) {
  switch (unwrapped(declared).kind) {
    case type_kind::boolean:
    case type_kind::floating:
    case type_kind::duration:
    case type_kind::integer:
    case type_kind::timestamp:
    case type_kind::unsigned_integer:
    case type_kind::type: return true;
    default: return false;
  }
}

bool holds_others(const type* declared) {
  return declared == nullptr || declared->kind == type_kind::list || declared->kind == type_kind::map || is_dynamic(*declared);
}

const type* parameter(const type* declared, std::size_t i) {
  return declared != nullptr && i < declared->parameters.size() ? declared->parameters[i] : nullptr;
}

// The value that an entry with `?` contributes: of optional.of(x) it is x; nullptr: none.
const expression* held_by(const expression& e) {
  if (e.kind != expression_kind::call || e.operand != nullptr) return &e;
  if (e.name == "optional.none" && e.arguments.empty()) return nullptr;
  bool wraps = e.name == "optional.of" || e.name == "optional.ofNonZeroValue";
  return wraps && e.arguments.size() == 1 ? e.arguments[0] : &e;
}

}  // namespace

const cost_estimator::place* cost_estimator::inside(const place* where, std::string_view step) {
  return where == nullptr ? nullptr : memory_.make<place>(where, step);
}

const cost_estimator::place* cost_estimator::place_of(const expression& e) const {
  if (e.kind == expression_kind::identifier && e.local) return locals_[locals_.size() - 1 - static_cast<std::size_t>(e.slot)].where;
  return found(e).where;
}

const size_estimate* cost_estimator::merged(const size_estimate* a, const size_estimate* b) {
  if (a == nullptr) return b;
  if (b == nullptr) return a;
  return keep({std::min(a->min, b->min), std::max(a->max, b->max), merged(a->key, b->key), merged(a->element, b->element)});
}

size_estimate cost_estimator::optional_of(const size_estimate* held) { return {add(1, held->min), add(1, held->max), nullptr, held}; }

const size_estimate* cost_estimator::hinted(const place* where) const {
  if (where == nullptr || hints_.empty()) return nullptr;
  std::string path;
  for (const place* at = where; at != nullptr; at = at->parent) path = std::string(at->step) + (path.empty() ? "" : ".") + path;
  auto hint = std::lower_bound(hints_.begin(), hints_.end(), path, [](const auto& one, const std::string& sought) { return one.first < sought; });
  return hint != hints_.end() && hint->first == path ? &hint->second : nullptr;
}

const size_estimate* cost_estimator::of_type(const type& declared) {
  if (is_scalar(declared)) return &unit;
  if (is_optional(declared) && is_scalar(*declared.parameters[0])) return keep(optional_of(&unit));
  return nullptr;
}

const size_estimate* cost_estimator::size_of(const expression& e) {
  if (const size_estimate* known = found(e).size) return known;
  if (e.kind == expression_kind::identifier && e.local) {
    const local_variable& local = locals_[locals_.size() - 1 - static_cast<std::size_t>(e.slot)];
    if (local.size != nullptr) return found(e).size = local.size;
  }
  return found(e).size = size_at(&e, place_of(e), e.checked_type);
}

size_estimate cost_estimator::size_or_unknown(const expression& e) {
  const size_estimate* known = size_of(e);
  return known != nullptr ? *known : unknown;
}

// Of an expression, or of what stands at a place where no expression does. nullptr: nothing is known.
const size_estimate* cost_estimator::size_at(const expression* e, const place* where, const type* declared) {
  if (e != nullptr && e->kind == expression_kind::literal && !is_named_constant(*e)) {
    const value& constant = e->constant;
    if (constant.is(value_kind::string)) {
      std::uint64_t size = count_code_points(constant.as_text());
      return keep({size, size});
    }
    if (constant.is(value_kind::bytes)) return keep({constant.as_text().size(), constant.as_text().size()});
    return &unit;
  }
  if (declared == nullptr || is_dynamic(*declared) || declared->kind == type_kind::parameter) return dynamic_size(e, where);
  if (declared->kind == type_kind::list) return list_size(e, where, declared);
  if (declared->kind == type_kind::map) return map_size(e, where, declared);
  if (const size_estimate* hint = hinted(where)) return hint;
  return of_type(*declared);
}

const size_estimate* cost_estimator::of_entry(const expression& e, const type* declared) {
  if (const size_estimate* known = size_of(e)) return known;
  const size_estimate* by_type = declared != nullptr ? of_type(*declared) : nullptr;
  return by_type != nullptr ? by_type : &unknown;
}

// What is known of the parts of a container, `current`, and what hints for them and their type add.
const size_estimate* cost_estimator::part_size(const place* where, std::string_view step, const type* declared, const size_estimate* current) {
  bool incomplete = current == nullptr || (current->element == nullptr && holds_others(declared));
  if (incomplete && where != nullptr) {
    const size_estimate* hint = size_at(nullptr, inside(where, step), declared);
    if (hint != nullptr && !hint->nothing_known()) {
      current = current == nullptr ? hint : keep({current->min, current->max, hint->key, hint->element});
    }
  }
  if (current == nullptr && declared != nullptr) current = of_type(*declared);
  return current;
}

const size_estimate* cost_estimator::list_size(const expression* e, const place* where, const type* declared) {
  const type* of_elements = parameter(declared, 0);
  const size_estimate* size = nullptr;
  const size_estimate* element = nullptr;
  if (e != nullptr && e->kind == expression_kind::list) {
    size_estimate made{e->arguments.size(), e->arguments.size()};
    for (std::size_t i = 0; i < e->arguments.size(); ++i) {
      const expression* entry = e->arguments[i];
      if (!e->optional_at.empty() && e->optional_at[i]) {
        --made.min;
        entry = held_by(*entry);
        if (entry == nullptr) {
          --made.max;
          continue;
        }
      }
      element = merged(element, of_entry(*entry, of_elements));
    }
    size = keep(made);
  }
  if (size == nullptr) size = hinted(where);
  if (element == nullptr && size != nullptr) element = size->element;
  if (size == nullptr || size->max > 0) element = part_size(where, "@items", of_elements, element);
  if (size == nullptr && element == nullptr) {
    if (e == nullptr) return nullptr;
    size = &unknown;
  }
  if (size == nullptr) return keep({0, unbounded, nullptr, element});
  if (element == nullptr && size->max > 0) element = &unknown;
  return keep({size->min, size->max, nullptr, element});
}

const size_estimate* cost_estimator::map_size(const expression* e, const place* where, const type* declared) {
  const type* of_keys = parameter(declared, 0);
  const type* of_values = parameter(declared, 1);
  const size_estimate* size = nullptr;
  const size_estimate* key = nullptr;
  const size_estimate* mapped = nullptr;
  if (e != nullptr && e->kind == expression_kind::map) {
    size_estimate made{e->arguments.size() / 2, e->arguments.size() / 2};
    for (std::size_t i = 0; i + 1 < e->arguments.size(); i += 2) {
      if (!e->optional_at.empty() && e->optional_at[i / 2]) --made.min;
      key = merged(key, of_entry(*e->arguments[i], of_keys));
      mapped = merged(mapped, of_entry(*e->arguments[i + 1], of_values));
    }
    size = keep(made);
  }
  if (size == nullptr) size = hinted(where);
  if (size != nullptr && key == nullptr) key = size->key;
  if (size != nullptr && mapped == nullptr) mapped = size->element;
  if (size == nullptr || size->max > 0) {
    key = part_size(where, "@keys", of_keys, key);
    mapped = part_size(where, "@values", of_values, mapped);
  }
  if (size == nullptr && key == nullptr && mapped == nullptr) {
    if (e == nullptr) return nullptr;
    size = &unknown;
  }
  if (size == nullptr) size = &unknown;
  if (size->max > 0 && key == nullptr) key = &unknown;
  if (size->max > 0 && mapped == nullptr) mapped = &unknown;
  return keep({size->min, size->max, key, mapped});
}

const size_estimate* cost_estimator::dynamic_size(const expression* e, const place* where) {
  if (e != nullptr && e->kind == expression_kind::list) return list_size(e, where, nullptr);
  if (e != nullptr && e->kind == expression_kind::map) return map_size(e, where, nullptr);
  const size_estimate* base = hinted(where);
  if (base != nullptr && (base->element != nullptr || base->key != nullptr)) return base;
  if (where != nullptr && !hints_.empty()) {
    int depth = 0;
    for (const place* at = where; at != nullptr; at = at->parent) ++depth;
    // A part counts where a hint names it.
    auto part = [&](std::string_view step) -> const size_estimate* {
      const place* below = inside(where, step);
      if (depth >= deepest_hint || hinted(below) == nullptr) return nullptr;
      const size_estimate* size = dynamic_size(nullptr, below);
      return size == nullptr || size->nothing_known() ? nullptr : size;
    };
    const size_estimate& whole = base != nullptr ? *base : unknown;
    if (const size_estimate* element = part("@items")) return keep({whole.min, whole.max, nullptr, element});
    const size_estimate* key = part("@keys");
    const size_estimate* mapped = part("@values");
    if (key != nullptr || mapped != nullptr) {
      return keep({whole.min, whole.max, key != nullptr ? key : &unknown, mapped != nullptr ? mapped : &unknown});
    }
  }
  return base;
}

}  // namespace sekimori::cel

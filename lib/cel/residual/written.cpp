// cel: from the forms of a residual to a tree that unparse() takes: values written out, variables named.
// Entry points: contents_of, written. Knows no evaluation but that of the calls that make values.
#include <algorithm>
#include <string>

#include "cel/check/environment_data.hpp"
#include "cel/residual/forms.hpp"
#include "cel/syntax/macros.hpp"
#include "value/containers.hpp"
#include "value/forms.hpp"

namespace sekimori::cel {

namespace {

// The function that makes a value of an extension type from its text.
struct maker {
  std::string_view type;
  std::string_view function;
};
constexpr maker makers[] = {
    {"net.IP", "ip"},      {"net.CIDR", "cidr"}, {"ports", "ports.parse"}, {"kubernetes.Quantity", "quantity"}, {"kubernetes.URL", "url"},
    {"kubernetes.Semver", "semver"},
};

constexpr std::uint32_t most_written = 1'000;   // nodes and 16-byte pieces of text of one value
constexpr int deepest_written = 64;

class looker {
 public:
  looker(const environment& names, evaluator& run, const compiled& program, std::uint32_t most)
      : names_(names), run_(run), program_(program), most_(most) {}

  contents found;

  void look(value v, int depth) {
    if (v.sensitive()) found.sensitive = true;
    if (++found.looked > most_ || depth > deepest_written) {
      found.sensitive = found.unwritable = found.unknown = true;
      if (found.looked > most_) return;
    }
    found.size += 1;
    switch (v.kind()) {
      case value_kind::error:
      case value_kind::unknown: found.unknown = true; break;
      case value_kind::string:
      case value_kind::bytes: found.size += static_cast<std::uint32_t>(v.as_text().size() / 16); break;
      case value_kind::type: found.unwritable = found.unwritable || !names_.inside().type_names.contains(v.as_text()); break;
      case value_kind::timestamp:
      case value_kind::duration: found.size += 1; break;
      case value_kind::list: list(v.as_list(), depth); break;
      case value_kind::map: map(v.as_map(), depth); break;
      case value_kind::optional:
        found.unwritable = found.unwritable || !names_.inside().functions().contains("optional.of");
        if (v.some() != nullptr) look(*v.some(), depth + 1);
        break;
      case value_kind::opaque: opaque(v); break;
      default: break;
    }
    if (found.size > most_written) found.unwritable = true;
  }

 private:
  void list(const list_view& held, int depth) {
    if (held.relation() != nullptr) found.unsure = true;
    if (depth > deepest_written) return;
    for (std::size_t i = 0; i < held.size() && found.looked <= most_; ++i) look(held.at(i), depth + 1);
  }

  void map(const map_view& held, int depth) {
    // A register is not looked through: it stays as it is named.
    if (held.relation() != nullptr) {
      found.unsure = found.sensitive = found.unwritable = true;
      return;
    }
    // A view with a mind of its own about keys that it lacks is more than its entries.
    if (!held.type_name().empty() || !held.missing(value::string({})).is_null()) found.unwritable = true;
    if (depth > deepest_written) return;
    const map_entry* entries = held.entries();
    for (std::size_t i = 0; i < held.size() && found.looked <= most_; ++i) {
      look(entries[i].key, depth + 1);
      look(entries[i].mapped, depth + 1);
    }
  }

  // The call is tried: what it makes must be equal.
  void opaque(value v) {
    found.size += 1;
    const std::string_view name = maker_of(v.as_opaque().type_name());
    const auto& functions = names_.inside().functions();
    auto function = name.empty() ? functions.end() : functions.find(name);
    if (function == functions.end()) {
      found.unwritable = true;
      return;
    }
    expression text{};
    text.kind = expression_kind::literal;
    text.constant = value::string(v.as_opaque().to_string());
    expression* argument = &text;
    expression call{};
    call.kind = expression_kind::call;
    call.name = name;
    call.arguments = {&argument, 1};
    call.candidates = function->second.rows;
    const value made = run_.evaluate(program_, call, {});
    if (!equals(run_.memory(), made, v).is_true()) found.unwritable = true;
  }

  const environment& names_;
  evaluator& run_;
  const compiled& program_;
  std::uint32_t most_;
};

class writer {
 public:
  writer(const environment& names, forms& made, std::uint32_t nodes) : names_(names), made_(made), left_(nodes) {}

  const expression* write(const expression& form) {
    count(form);
    const expression* whole = copy(form);
    return left_ == 0 ? nullptr : whole;
  }

 private:
  struct named {
    std::int32_t number;
    std::string_view name;
  };

  arena& memory() { return made_.memory(); }

  // How often each variable is used. Bodies first: a binding that nothing uses uses nothing itself.
  void count(const expression& form) {
    if (form.kind == expression_kind::identifier && form.local) {
      auto at = static_cast<std::size_t>(form.slot);
      if (at >= used_.size()) used_.resize(at + 1);
      used_[at] = true;
      return;
    }
    if (form.condition != nullptr) count(*form.condition);
    if (form.body != nullptr) count(*form.body);
    if (form.operand != nullptr && !unused(form)) count(*form.operand);
    for (const expression* argument : form.arguments) count(*argument);
  }

  bool unused(const expression& form) const {
    if (form.kind != expression_kind::comprehension || form.macro != macro_kind::bind) return false;
    auto at = static_cast<std::size_t>(form.slot);
    return at >= used_.size() || !used_[at];
  }

  // Past the limit nothing is copied any more, and the result is thrown away.
  expression* add(const expression& like) {
    if (left_ > 0) --left_;
    return memory().make<expression>(like);
  }

  expression* copy(const expression& form) {
    if (left_ == 0) return const_cast<expression*>(&form);
    switch (form.kind) {
      case expression_kind::literal: return value_as(form.constant, form.checked_type);
      case expression_kind::identifier: return identifier(form);
      case expression_kind::comprehension: return unused(form) ? copy(*form.body) : comprehension(form);
      default: break;
    }
    if (is_logical(form)) return chain(form);
    expression* made = add(form);
    if (form.operand != nullptr) made->operand = copy(*form.operand);
    else if (form.kind == expression_kind::call) made->name = free_name(form.name);
    auto arguments = memory().make_array<expression*>(form.arguments.size());
    for (std::size_t i = 0; i < arguments.size(); ++i) arguments[i] = copy(*form.arguments[i]);
    made->arguments = arguments;
    return made;
  }

  static bool is_logical(const expression& form) {
    return form.kind == expression_kind::call && form.operand == nullptr && (form.name == "_&&_" || form.name == "_||_") &&
           form.arguments.size() == 2;
  }

  // Chains as the parser makes them, whatever they grew from.
  expression* chain(const expression& form) {
    std::vector<const expression*> pending = {&form};
    std::vector<expression*> terms;
    while (!pending.empty()) {
      const expression& next = *pending.back();
      pending.pop_back();
      if (is_logical(next) && next.name == form.name) {
        pending.push_back(next.arguments[1]);
        pending.push_back(next.arguments[0]);
      } else {
        terms.push_back(copy(next));
      }
    }
    return balanced(form, terms);
  }

  expression* balanced(const expression& form, std::span<expression* const> terms) {
    if (terms.size() == 1) return terms[0];
    const std::size_t half = (terms.size() + 1) / 2;
    expression* made = add(form);
    auto arguments = memory().make_array<expression*>(2);
    arguments[0] = balanced(form, terms.first(half));
    arguments[1] = balanced(form, terms.subspan(half));
    made->arguments = arguments;
    return made;
  }

  bool in_scope(std::string_view name) const {
    return std::any_of(scope_.begin(), scope_.end(), [&](const named& one) { return one.name == name; });
  }

  // A name of the environment where a variable of a macro hides it: the leading dot looks past those.
  std::string_view free_name(std::string_view name) {
    if (name.empty() || name.front() == '.' || !in_scope(name.substr(0, name.find('.')))) return name;
    return memory().copy(std::string_view("." + std::string(name)));
  }

  expression* identifier(const expression& form) {
    expression* made = add(form);
    if (form.local) {
      for (std::size_t i = scope_.size(); i-- > 0;) {
        if (scope_[i].number != form.slot) continue;
        made->name = scope_[i].name;
        break;
      }
    } else if (form.slot >= 0 && in_scope(form.name.substr(0, form.name.find('.')))) {
      // The whole name: a container may have completed the one that was written.
      made->name = free_name(names_.variables()[static_cast<std::size_t>(form.slot)].name);
    }
    return made;
  }

  // Every variable in scope has a name of its own, so that what moved into a macro means what it did.
  std::string_view new_name(std::string_view wanted) {
    std::string_view base = wanted.starts_with(block_variable_prefix) ? std::string_view("v") : wanted;
    if (!in_scope(base)) return base;
    if (base.starts_with(iteration_variable_prefix)) base = "v";
    for (int i = 2;; ++i) {
      std::string name = std::string(base) + std::to_string(i);
      if (!in_scope(name)) return memory().copy(std::string_view(name));
    }
  }

  expression* comprehension(const expression& form) {
    expression* made = add(form);
    made->operand = copy(*form.operand);
    const std::size_t outer = scope_.size();
    made->variable = new_name(form.variable);
    scope_.push_back({form.slot, made->variable});
    if (!form.variable2.empty()) {
      made->variable2 = new_name(form.variable2);
      scope_.push_back({form.slot + 1, made->variable2});
    }
    if (form.condition != nullptr) made->condition = copy(*form.condition);
    made->body = copy(*form.body);
    scope_.resize(outer);
    return made;
  }

  expression* call_on(std::string_view name, std::initializer_list<expression*> given) {
    expression like{};
    like.kind = expression_kind::call;
    like.name = free_name(name);
    expression* made = add(like);
    auto arguments = memory().make_array<expression*>(given.size());
    std::copy(given.begin(), given.end(), arguments.begin());
    made->arguments = arguments;
    return made;
  }

  expression* plain(value constant) {
    expression like{};
    like.kind = expression_kind::literal;
    like.constant = constant;
    return add(like);
  }

  expression* text(const std::string& written) { return plain(value::string(memory().copy(std::string_view(written)))); }

  // A value where a type was checked before: what was dyn in that stays dyn.
  expression* value_as(value v, const type* wanted) {
    bool exact = wanted == nullptr || (wanted->kind != type_kind::dyn && wanted->kind != type_kind::wrapper && wanted->kind != type_kind::any);
    // What is empty takes on any type.
    if (wanted != nullptr && is_empty(v)) exact = false;
    return exact ? value_of(v, wanted) : call_on("dyn", {value_of(v, nullptr)});
  }

  static bool is_empty(value v) {
    if (v.is(value_kind::list)) return v.as_list().size() == 0;
    if (v.is(value_kind::map)) return v.as_map().size() == 0;
    return v.is(value_kind::optional) && v.some() == nullptr;
  }

  static const type* parameter(const type* of, type_kind kind, std::size_t i) {
    return of != nullptr && of->kind == kind && i < of->parameters.size() ? of->parameters[i] : nullptr;
  }

  expression* value_of(value v, const type* wanted) {
    if (left_ == 0) return plain(value::null());
    switch (v.kind()) {
      case value_kind::list: {
        expression like{};
        like.kind = expression_kind::list;
        expression* made = add(like);
        auto elements = memory().make_array<expression*>(v.as_list().size());
        for (std::size_t i = 0; i < elements.size(); ++i) elements[i] = value_as(v.as_list().at(i), parameter(wanted, type_kind::list, 0));
        made->arguments = elements;
        return made;
      }
      case value_kind::map: {
        expression like{};
        like.kind = expression_kind::map;
        expression* made = add(like);
        const map_entry* entries = v.as_map().entries();
        auto parts = memory().make_array<expression*>(2 * v.as_map().size());
        for (std::size_t i = 0; i < v.as_map().size(); ++i) {
          parts[2 * i] = value_as(entries[i].key, parameter(wanted, type_kind::map, 0));
          parts[2 * i + 1] = value_as(entries[i].mapped, parameter(wanted, type_kind::map, 1));
        }
        made->arguments = parts;
        return made;
      }
      case value_kind::timestamp: return call_on("timestamp", {text(format_timestamp(v.seconds(), v.nanos()))});
      case value_kind::duration: return call_on("duration", {text(format_duration(v.seconds(), v.nanos()))});
      case value_kind::optional:
        if (v.some() == nullptr) return call_on("optional.none", {});
        return call_on("optional.of", {value_as(*v.some(), parameter(wanted, type_kind::abstract, 0))});
      case value_kind::opaque: return call_on(maker_of(v.as_opaque().type_name()), {text(std::string(v.as_opaque().to_string()))});
      case value_kind::type: {
        expression like{};
        like.kind = expression_kind::identifier;
        like.name = free_name(v.as_text());
        return add(like);
      }
      default: return plain(v);
    }
  }

  const environment& names_;
  forms& made_;
  std::uint32_t left_;
  std::vector<bool> used_;
  std::vector<named> scope_;
};

}  // namespace

std::string_view maker_of(std::string_view type) {
  for (const maker& one : makers) {
    if (one.type == type) return one.function;
  }
  return {};
}

contents contents_of(value looked_at, const environment& names, evaluator& run, const compiled& program, std::uint32_t most) {
  looker all(names, run, program, most);
  all.look(looked_at, 0);
  return all.found;
}

const expression* written(const environment& names, forms& made, const expression& form, std::uint32_t nodes) {
  return writer(names, made, nodes).write(form);
}

}  // namespace sekimori::cel

// cel: interns, reads and writes static types. Entry point: type_pool. Knows no values.
#include "cel/type.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

namespace sekimori::cel {
namespace {

// A type made of more than this becomes dyn. Without a bound, a short expression that uses each type
// twice in the next one would make types of exponential size.
constexpr std::uint32_t heaviest_type = 1000;
constexpr std::size_t longest_type_text = 4096;
constexpr int deepest_type_text = 64;

struct named_kind {
  std::string_view name;
  type_kind kind;
};

// The first name of a kind is the one that is shown.
constexpr std::array simple_names = {
    named_kind{"dyn", type_kind::dyn},
    named_kind{"error", type_kind::error},
    named_kind{"null_type", type_kind::null_type},
    named_kind{"bool", type_kind::boolean},
    named_kind{"int", type_kind::integer},
    named_kind{"uint", type_kind::unsigned_integer},
    named_kind{"double", type_kind::floating},
    named_kind{"string", type_kind::string},
    named_kind{"bytes", type_kind::bytes},
    named_kind{"google.protobuf.Timestamp", type_kind::timestamp},
    named_kind{"timestamp", type_kind::timestamp},
    named_kind{"google.protobuf.Duration", type_kind::duration},
    named_kind{"duration", type_kind::duration},
    named_kind{"google.protobuf.Any", type_kind::any},
    named_kind{"any", type_kind::any},
};

constexpr std::array wrapper_names = {
    named_kind{"google.protobuf.BoolValue", type_kind::boolean},
    named_kind{"google.protobuf.Int32Value", type_kind::integer},
    named_kind{"google.protobuf.Int64Value", type_kind::integer},
    named_kind{"google.protobuf.UInt32Value", type_kind::unsigned_integer},
    named_kind{"google.protobuf.UInt64Value", type_kind::unsigned_integer},
    named_kind{"google.protobuf.FloatValue", type_kind::floating},
    named_kind{"google.protobuf.DoubleValue", type_kind::floating},
    named_kind{"google.protobuf.StringValue", type_kind::string},
    named_kind{"google.protobuf.BytesValue", type_kind::bytes},
};

std::string_view simple_name(type_kind kind) {
  for (const auto& n : simple_names) {
    if (n.kind == kind) return n.name;
  }
  return {};
}

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
}

void append_text(std::string& to, const type& shown) {
  switch (shown.kind) {
    case type_kind::list: to += "list"; break;
    case type_kind::map: to += "map"; break;
    case type_kind::type: to += "type"; break;
    case type_kind::wrapper: to += "wrapper"; break;
    case type_kind::object:
    case type_kind::abstract:
    case type_kind::parameter: to += shown.name; break;
    default: to += simple_name(shown.kind); return;
  }
  if (shown.parameters.empty()) return;
  to += '(';
  for (std::size_t i = 0; i < shown.parameters.size(); ++i) {
    if (i > 0) to += ", ";
    append_text(to, *shown.parameters[i]);
  }
  to += ')';
}

// Reads "name" or "name(type, type)".
class type_reader {
 public:
  type_reader(type_pool& pool, std::string_view text) : pool_(pool), text_(text) {}

  const type* read_all() {
    const type* read = read_type(0);
    skip_blanks();
    return at_ == text_.size() ? read : nullptr;
  }

 private:
  void skip_blanks() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }
  bool take(char c) {
    skip_blanks();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  const type* read_type(int depth) {
    if (depth > deepest_type_text) return nullptr;
    skip_blanks();
    std::size_t begin = at_;
    while (at_ < text_.size() && is_name_character(text_[at_])) ++at_;
    std::string_view name = text_.substr(begin, at_ - begin);
    if (name.empty()) return nullptr;
    if (!take('(')) return bare(name);
    std::vector<const type*> parameters;
    do {
      const type* parameter = read_type(depth + 1);
      if (parameter == nullptr) return nullptr;
      parameters.push_back(parameter);
    } while (take(','));
    if (!take(')')) return nullptr;
    return constructed(name, parameters);
  }

  const type* bare(std::string_view name) {
    for (const auto& n : simple_names) {
      if (n.name == name && n.kind != type_kind::error) return pool_.simple(n.kind);
    }
    for (const auto& n : wrapper_names) {
      if (n.name == name) return pool_.wrapper(pool_.simple(n.kind));
    }
    const type* dyn = pool_.simple(type_kind::dyn);
    if (name == "list" || name == "google.protobuf.ListValue") return pool_.list(dyn);
    if (name == "map") return pool_.map(dyn, dyn);
    if (name == "google.protobuf.Struct") return pool_.map(pool_.simple(type_kind::string), dyn);
    if (name == "google.protobuf.Value") return dyn;
    if (name == "type") return pool_.type_of(dyn);
    if (name == "optional_type") return pool_.optional(dyn);
    if (name.size() == 1 && name[0] >= 'A' && name[0] <= 'Z') return pool_.parameter(name);
    for (type_kind kind : {type_kind::object, type_kind::abstract}) {
      if (const type* found = pool_.find(kind, name, {})) return found;
    }
    return nullptr;
  }

  const type* constructed(std::string_view name, std::span<const type* const> parameters) {
    if (parameters.size() == 1) {
      if (name == "list") return pool_.list(parameters[0]);
      if (name == "type") return pool_.type_of(parameters[0]);
      if (name == "optional_type") return pool_.optional(parameters[0]);
      if (name == "wrapper") return parameters[0]->parameters.empty() ? pool_.wrapper(parameters[0]) : nullptr;
    }
    if (name == "map") return parameters.size() == 2 ? pool_.map(parameters[0], parameters[1]) : nullptr;
    // Any other constructor must have been met as an extension type, bare or with parameters.
    return pool_.has_constructor(name) ? pool_.abstract(name, parameters) : nullptr;
  }

  type_pool& pool_;
  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::string to_string(const type& shown) {
  std::string text;
  append_text(text, shown);
  return text;
}

type_pool::type_pool() {
  for (const auto& n : simple_names) {
    const type*& known = simple_[static_cast<std::size_t>(n.kind)];
    if (known == nullptr) known = &types_.emplace_back(type{n.kind, {}, {}});
  }
}

namespace {

// Kinds share names (an object and an extension type may both be called "ip"), so the hash tells them apart.
std::size_t hash_of(type_kind kind, std::string_view name, std::span<const type* const> parameters) {
  std::size_t hash = std::hash<std::string_view>{}(name) * 31 + static_cast<std::size_t>(kind);
  // Parameters are interned already: their addresses stand for them.
  for (const type* parameter : parameters) hash = hash * 0x9E3779B97F4A7C15u + (reinterpret_cast<std::uintptr_t>(parameter) >> 4);
  return hash;
}

}  // namespace

const type* type_pool::find(type_kind kind, std::string_view name, std::span<const type* const> parameters) const {
  auto [at, end] = by_hash_.equal_range(hash_of(kind, name, parameters));
  for (; at != end; ++at) {
    const type& known = *at->second;
    if (known.kind == kind && known.name == name && std::equal(parameters.begin(), parameters.end(), known.parameters.begin(), known.parameters.end())) {
      return &known;
    }
  }
  return nullptr;
}

const type* type_pool::intern(type_kind kind, std::string_view name, std::span<const type* const> parameters) {
  if (const type* known = find(kind, name, parameters)) return known;
  std::uint32_t weight = 1;
  for (const type* parameter : parameters) weight += parameter->weight;
  if (weight > heaviest_type) return simple(type_kind::dyn);
  type& made = types_.emplace_back(type{kind, std::string(name), {parameters.begin(), parameters.end()}, weight});
  by_hash_.emplace(hash_of(kind, name, parameters), &made);
  if (kind == type_kind::abstract) constructors_.insert(made.name);
  return &made;
}

const type* type_pool::simple(type_kind kind) { return simple_[static_cast<std::size_t>(kind)]; }
const type* type_pool::list(const type* element) { return intern(type_kind::list, {}, {&element, 1}); }
const type* type_pool::map(const type* key, const type* mapped) {
  const type* both[] = {key, mapped};
  return intern(type_kind::map, {}, both);
}
const type* type_pool::type_of(const type* described) { return intern(type_kind::type, {}, {&described, 1}); }
const type* type_pool::wrapper(const type* primitive) { return intern(type_kind::wrapper, {}, {&primitive, 1}); }
const type* type_pool::object(std::string_view name) { return intern(type_kind::object, name, {}); }
const type* type_pool::abstract(std::string_view name, std::span<const type* const> parameters) {
  return intern(type_kind::abstract, name, parameters);
}
const type* type_pool::optional(const type* element) { return abstract("optional_type", {&element, 1}); }
const type* type_pool::parameter(std::string_view name) { return intern(type_kind::parameter, name, {}); }

const type* type_pool::variable(std::size_t number) {
  while (variables_.size() <= number) {
    type& made = types_.emplace_back(type{type_kind::parameter, "%" + std::to_string(variables_.size()), {}});
    made.variable = static_cast<std::int32_t>(variables_.size());
    variables_.push_back(&made);
  }
  return variables_[number];
}

const type* type_pool::rebuilt(const type& like, std::span<const type* const> parameters) {
  switch (like.kind) {
    case type_kind::list: return list(parameters[0]);
    case type_kind::map: return map(parameters[0], parameters[1]);
    case type_kind::type: return type_of(parameters[0]);
    case type_kind::wrapper: return wrapper(parameters[0]);
    default: return abstract(like.name, parameters);
  }
}

const type* type_pool::parse(std::string_view text) {
  if (text.size() > longest_type_text) return nullptr;
  return type_reader(*this, text).read_all();
}

}  // namespace sekimori::cel

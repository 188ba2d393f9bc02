// cel: interns, reads and writes static types. Entry point: type_pool. Knows no values.
#include "cel/type.hpp"

#include <array>
#include <optional>
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

// Kinds share names (an object and an extension type may both be called "ip"), so the key tells them apart.
std::string key_of(type_kind kind, std::string_view name) {
  std::string key(1, static_cast<char>('a' + static_cast<int>(kind)));
  key += ':';
  key += name;
  return key;
}

// Reads "name" or "name(type, type)".
class type_reader {
 public:
  type_reader(type_pool& pool, const std::map<std::string, const type*, std::less<>>& known, std::string_view text)
      : pool_(pool), known_(known), text_(text) {}

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
    std::vector<const type*> parameters;
    if (!take('(')) return bare(name);
    do {
      const type* parameter = read_type(depth + 1);
      if (parameter == nullptr) return nullptr;
      parameters.push_back(parameter);
    } while (take(','));
    if (!take(')')) return nullptr;
    return constructed(name, std::move(parameters));
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
      auto found = known_.find(key_of(kind, name));
      if (found != known_.end()) return found->second;
    }
    return nullptr;
  }

  const type* constructed(std::string_view name, std::vector<const type*> parameters) {
    if (parameters.size() == 1) {
      if (name == "list") return pool_.list(parameters[0]);
      if (name == "type") return pool_.type_of(parameters[0]);
      if (name == "optional_type") return pool_.optional(parameters[0]);
      if (name == "wrapper") return parameters[0]->parameters.empty() ? pool_.wrapper(parameters[0]) : nullptr;
    }
    if (name == "map") return parameters.size() == 2 ? pool_.map(parameters[0], parameters[1]) : nullptr;
    // Any other constructor must have been met as an extension type, bare or with parameters.
    std::string key = key_of(type_kind::abstract, name);
    auto known = known_.lower_bound(key);
    bool declared = known != known_.end() && (known->first == key || known->first.rfind(key + "(", 0) == 0);
    return declared ? pool_.abstract(name, std::move(parameters)) : nullptr;
  }

  type_pool& pool_;
  const std::map<std::string, const type*, std::less<>>& known_;
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
  for (const auto& n : simple_names) intern({n.kind, {}, {}});
}

const type* type_pool::intern(type made) {
  std::string key = key_of(made.kind, made.name);
  if (!made.parameters.empty()) key += '(';
  for (const type* parameter : made.parameters) {
    made.weight += parameter->weight;
    // Parameters are interned already: their addresses stand for them.
    key.append(reinterpret_cast<const char*>(&parameter), sizeof parameter);
  }
  auto found = by_key_.find(key);
  if (found != by_key_.end()) return found->second;
  if (made.weight > heaviest_type) return simple(type_kind::dyn);
  types_.push_back(std::move(made));
  by_key_.emplace(std::move(key), &types_.back());
  return &types_.back();
}

const type* type_pool::simple(type_kind kind) { return intern({kind, {}, {}}); }
const type* type_pool::list(const type* element) { return intern({type_kind::list, {}, {element}}); }
const type* type_pool::map(const type* key, const type* mapped) { return intern({type_kind::map, {}, {key, mapped}}); }
const type* type_pool::type_of(const type* described) { return intern({type_kind::type, {}, {described}}); }
const type* type_pool::wrapper(const type* primitive) { return intern({type_kind::wrapper, {}, {primitive}}); }
const type* type_pool::object(std::string_view name) { return intern({type_kind::object, std::string(name), {}}); }
const type* type_pool::abstract(std::string_view name, std::vector<const type*> parameters) {
  return intern({type_kind::abstract, std::string(name), std::move(parameters)});
}
const type* type_pool::optional(const type* element) { return abstract("optional_type", {element}); }
const type* type_pool::parameter(std::string_view name) {
  return intern({type_kind::parameter, std::string(name), {}});
}

const type* type_pool::parse(std::string_view text) {
  if (text.size() > longest_type_text) return nullptr;
  return type_reader(*this, by_key_, text).read_all();
}

}  // namespace sekimori::cel

// inventory: see arm_functions.hpp.
#include "inventory/arm_functions.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "inventory/arm_expressions.hpp"
#include "inventory/azure_ids.hpp"
#include "value/json_view.hpp"
#include "value/values.hpp"

namespace sekimori::inventory {
namespace {

constexpr std::size_t longest = 1u << 20;     // of a text or list that is made

using arguments = std::vector<value>;
using made_value = std::optional<value>;

// Whether all of it is known.
bool is_whole(value one) {
  if (one.is_unknown() || one.is_error()) return false;
  if (one.is(value_kind::list)) {
    for (std::size_t i = 0; i < one.as_list().size(); ++i) {
      if (!is_whole(one.as_list().at(i))) return false;
    }
  } else if (one.is(value_kind::map)) {
    const map_entry* entries = one.as_map().entries();
    for (std::size_t i = 0; i < one.as_map().size(); ++i) {
      if (!is_whole(entries[i].mapped)) return false;
    }
  }
  return true;
}

bool is_text(value one) { return one.is(value_kind::string); }
bool is_list(value one) { return one.is(value_kind::list); }
bool is_map(value one) { return one.is(value_kind::map); }
bool is_integer(value one) { return one.is(value_kind::integer); }

// Whether bytes are characters, and case is that of ASCII: of other texts lengths and parts are not worked out.
bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// As concat() and format() write it.
std::string written(value one) {
  if (one.is(value_kind::boolean)) return one.is_true() ? "True" : "False";
  return is_text(one) ? std::string(one.as_text()) : to_json(one);
}

made_value text(arena& memory, const std::string& made) {
  if (made.size() > longest) return std::nullopt;
  return make_string(memory, made);
}

made_value list(arena& memory, const std::vector<value>& made) {
  if (made.size() > longest) return std::nullopt;
  return make_list(memory, made);
}

// A text put together from parts that may be unknown.
class pieces {
 public:
  void add(value one) {
    known_ = known_ && is_whole(one);
    const std::string part = one.is_unknown() ? std::string(arm_text(one)) : written(one);
    named_ = named_ && !(one.is_unknown() && part.empty());
    made_ += part;
  }
  void add(std::string_view part) { made_ += part; }
  made_value give(arena& memory, std::string& stands_for) const {
    if (known_) return text(memory, made_);
    stands_for = named_ ? made_ : std::string();
    return std::nullopt;
  }

 private:
  bool known_ = true, named_ = true;
  std::string made_;
};

made_value concat(arena& memory, const arguments& given, std::string& stands_for) {
  if (!given.empty() && std::all_of(given.begin(), given.end(), is_list)) {
    std::vector<value> made;
    for (const value& one : given) {
      for (std::size_t i = 0; i < one.as_list().size() && made.size() <= longest; ++i) made.push_back(one.as_list().at(i));
    }
    return list(memory, made);
  }
  pieces made;
  for (const value& one : given) made.add(one);
  return made.give(memory, stands_for);
}

// {0}, {1}; {{ and }} are braces. A form of a number ({0:N2}) is not worked out.
made_value format(arena& memory, const arguments& given, std::string& stands_for) {
  if (given.empty() || !is_text(given[0])) return std::nullopt;
  const std::string_view form = given[0].as_text();
  pieces made;
  for (std::size_t i = 0; i < form.size(); ++i) {
    const char c = form[i];
    if ((c == '{' || c == '}') && i + 1 < form.size() && form[i + 1] == c) {
      made.add(form.substr(i++, 1));
    } else if (c == '{') {
      const std::size_t end = form.find('}', i);
      std::size_t which = 0;
      if (end == std::string_view::npos) return std::nullopt;
      const auto [stop, error] = std::from_chars(form.data() + i + 1, form.data() + end, which);
      if (error != std::errc() || stop != form.data() + end || which + 1 >= given.size()) return std::nullopt;
      made.add(given[which + 1]);
      i = end;
    } else {
      made.add(form.substr(i, 1));
    }
  }
  return made.give(memory, stands_for);
}

// resourceId(['subscription'], ['group'], 'Microsoft.Sql/servers/databases', 's', 'd'): which subscription and group it is
// only a deployment knows.
std::string resource_text(const arguments& given) {
  std::size_t type = 0;
  while (type < given.size() && !(is_text(given[type]) && given[type].as_text().find('/') != std::string_view::npos)) ++type;
  if (type > 0 || type + 1 >= given.size()) return {};       // of another group: what it names is not here
  std::string name;
  for (std::size_t i = type + 1; i < given.size(); ++i) {
    const std::string part = arm_text_of(given[i]);
    if (part.empty()) return {};
    name += (name.empty() ? "" : "/") + part;
  }
  return arm_resource_text(given[type].as_text(), name);
}

// "/providers/Microsoft.Sql/servers/s/databases/d", of ('Microsoft.Sql/servers/databases', 's', 'd').
made_value tenant_id(arena& memory, const arguments& given) {
  if (given.size() < 2 || !std::all_of(given.begin(), given.end(), is_text)) return std::nullopt;
  std::string_view rest = given[0].as_text();
  const std::size_t provider = rest.find('/');
  std::string made = "/providers/" + std::string(rest.substr(0, provider));
  rest = provider == std::string_view::npos ? std::string_view() : rest.substr(provider + 1);
  std::size_t name = 1;
  for (; !rest.empty() && name < given.size(); ++name) {
    const std::size_t stop = rest.find('/');
    made += "/" + std::string(rest.substr(0, stop)) + "/" + std::string(given[name].as_text());
    rest = stop == std::string_view::npos ? std::string_view() : rest.substr(stop + 1);
  }
  return rest.empty() && name == given.size() ? text(memory, made) : std::nullopt;
}

// A definition of a role is of the whole tenant, whichever subscription it is asked of.
bool is_role(const arguments& given) {
  return !given.empty() && is_text(given[0]) && lower_ascii(given[0].as_text()) == "microsoft.authorization/roledefinitions";
}

made_value member_count(value one) {
  if (is_text(one)) return is_ascii(one.as_text()) ? made_value(value::integer(static_cast<std::int64_t>(one.as_text().size()))) : std::nullopt;
  if (is_list(one)) return value::integer(static_cast<std::int64_t>(one.as_list().size()));
  if (is_map(one)) return value::integer(static_cast<std::int64_t>(one.as_map().size()));
  return std::nullopt;
}

made_value contains(const arguments& given) {
  if (is_text(given[0]) && is_text(given[1])) return value::boolean(given[0].as_text().find(given[1].as_text()) != std::string_view::npos);
  if (is_map(given[0]) && is_text(given[1])) {       // keys are the same in any case
    const map_entry* entries = given[0].as_map().entries();
    return value::boolean(std::any_of(entries, entries + given[0].as_map().size(), [&](const map_entry& one) { return lower_ascii(one.key.as_text()) == lower_ascii(given[1].as_text()); }));
  }
  if (!is_list(given[0])) return std::nullopt;
  for (std::size_t i = 0; i < given[0].as_list().size(); ++i) {
    const value one = given[0].as_list().at(i);
    if (!is_whole(one)) return std::nullopt;
    if (to_json(one) == to_json(given[1])) return value::boolean(true);
  }
  return value::boolean(false);
}

made_value slice(arena& memory, value of, std::int64_t from, std::int64_t count) {
  if (is_text(of)) {
    if (!is_ascii(of.as_text())) return std::nullopt;
    const auto size = static_cast<std::int64_t>(of.as_text().size());
    const std::int64_t begin = std::clamp<std::int64_t>(from, 0, size);
    return make_string(memory, of.as_text().substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(std::clamp<std::int64_t>(count, 0, size - begin))));
  }
  if (!is_list(of)) return std::nullopt;
  const auto size = static_cast<std::int64_t>(of.as_list().size());
  std::vector<value> made;
  for (std::int64_t i = std::clamp<std::int64_t>(from, 0, size); i < size && static_cast<std::int64_t>(made.size()) < count; ++i) {
    made.push_back(of.as_list().at(static_cast<std::size_t>(i)));
  }
  return list(memory, made);
}

made_value arithmetic(std::string_view name, std::int64_t a, std::int64_t b) {
  std::int64_t made = 0;
  if (name == "add" && !__builtin_add_overflow(a, b, &made)) return value::integer(made);
  if (name == "sub" && !__builtin_sub_overflow(a, b, &made)) return value::integer(made);
  if (name == "mul" && !__builtin_mul_overflow(a, b, &made)) return value::integer(made);
  const bool divides = b != 0 && b != -1;
  if (name == "div" && divides) return value::integer(a / b);
  if (name == "mod" && divides) return value::integer(a % b);
  return std::nullopt;
}

made_value compared(std::string_view name, value a, value b) {
  const auto order = compare(a, b);
  if (!order) return std::nullopt;
  return value::boolean(name == "less" ? *order < 0 : name == "lessorequals" ? *order <= 0 : name == "greater" ? *order > 0 : *order >= 0);
}

std::string replaced(std::string_view of, std::string_view what, std::string_view with) {
  std::string made;
  for (std::size_t at = 0; at < of.size() && made.size() <= longest;) {
    const std::size_t found = what.empty() ? std::string_view::npos : of.find(what, at);
    made += of.substr(at, found == std::string_view::npos ? found : found - at);
    if (found == std::string_view::npos) break;
    made += with;
    at = found + what.size();
  }
  return made;
}

made_value split(arena& memory, std::string_view of, std::string_view at) {
  if (at.empty()) return std::nullopt;
  std::vector<value> made;
  while (true) {
    const std::size_t stop = of.find(at);
    made.push_back(make_string(memory, of.substr(0, stop)));
    if (stop == std::string_view::npos) return list(memory, made);
    of.remove_prefix(stop + at.size());
  }
}

std::string_view trimmed(std::string_view of) {
  const auto from = of.find_first_not_of(" \t\r\n"), to = of.find_last_not_of(" \t\r\n");
  return from == std::string_view::npos ? std::string_view() : of.substr(from, to - from + 1);
}

// Later ones win, as with union().
made_value merged(arena& memory, const arguments& given) {
  if (!std::all_of(given.begin(), given.end(), is_map)) return std::nullopt;
  std::vector<map_entry> made;
  for (const value& one : given) {
    for (std::size_t i = 0; i < one.as_map().size(); ++i) {
      const map_entry& entry = one.as_map().entries()[i];
      const auto same = std::find_if(made.begin(), made.end(), [&](const map_entry& other) { return other.key.as_text() == entry.key.as_text(); });
      if (same == made.end()) made.push_back(entry);
      else if (is_map(same->mapped) && is_map(entry.mapped)) return std::nullopt;      // union() merges these, too
      else same->mapped = entry.mapped;
    }
  }
  return make_map(memory, made);
}

// Functions that decide though some arguments are not known.
bool decided(arena& memory, std::string_view name, const arguments& given, made_value& made, std::string& stands_for) {
  const std::size_t count = given.size();
  if (name == "if" && count == 3) {
    made = given[0].is_true() ? given[1] : given[0].is_false() ? given[2] : made_value();
  } else if (name == "and" || name == "or") {
    const bool ends = name == "or";
    bool all_known = true;
    for (const value& one : given) {
      if (one.is(value_kind::boolean) && one.is_true() == ends) made = value::boolean(ends);
      all_known = all_known && one.is(value_kind::boolean);
    }
    if (!made && all_known) made = value::boolean(!ends);
  } else if (name == "coalesce") {
    for (const value& one : given) {
      if (one.is_null()) continue;
      made = one;
      break;
    }
    if (!made) made = value::null();
  } else if (name == "concat") {
    made = concat(memory, given, stands_for);
  } else if (name == "format") {
    made = format(memory, given, stands_for);
  } else if (name == "tenantresourceid" || ((name == "resourceid" || name == "subscriptionresourceid") && is_role(given))) {
    made = tenant_id(memory, given);
    if (!made && name == "resourceid") stands_for = resource_text(given);
  } else if (name == "resourceid") {
    stands_for = resource_text(given);
  } else if (name == "createarray") {
    made = list(memory, given);
  } else if (name == "createobject" && count % 2 == 0) {
    std::vector<map_entry> entries;
    for (std::size_t i = 0; i < count; i += 2) {
      if (!is_text(given[i])) return true;
      entries.push_back({given[i], given[i + 1]});
    }
    std::stable_sort(entries.begin(), entries.end(), [](const map_entry& a, const map_entry& b) { return key_less(a.key, b.key); });
    if (std::adjacent_find(entries.begin(), entries.end(), [](const map_entry& a, const map_entry& b) { return a.key.as_text() == b.key.as_text(); }) == entries.end()) made = make_map(memory, entries);
  } else if (name == "first" && count == 1 && is_list(given[0])) {
    made = given[0].as_list().size() > 0 ? given[0].as_list().at(0) : value::null();
  } else if (name == "last" && count == 1 && is_list(given[0])) {
    made = given[0].as_list().size() > 0 ? given[0].as_list().at(given[0].as_list().size() - 1) : value::null();
  } else if ((name == "length" || name == "empty") && count == 1 && !given[0].is_unknown()) {
    if (name == "empty" && (given[0].is_null() || is_text(given[0]))) made = value::boolean(given[0].is_null() || given[0].as_text().empty());
    else if (const made_value size = member_count(given[0])) made = name == "length" ? *size : value::boolean(size->as_integer() == 0);
  } else if (name == "contains" && count == 2 && !given[0].is_unknown() && is_text(given[1])) {
    made = contains(given);
  } else if (name == "union" && count > 0) {
    made = merged(memory, given);
  } else if (name == "array" && count == 1 && !given[0].is_unknown()) {
    made = is_list(given[0]) ? made_value(given[0]) : list(memory, given);
  } else {
    return false;
  }
  return true;
}

// Of one argument that is known.
made_value of_one(arena& memory, std::string_view name, value one) {
  if (name == "not" && one.is(value_kind::boolean)) return value::boolean(!one.as_boolean());
  if (name == "string") return text(memory, written(one));
  if (name == "int" && is_integer(one)) return one;
  if (name == "bool" && one.is(value_kind::boolean)) return one;
  if (!is_text(one)) return std::nullopt;
  const std::string_view given = one.as_text();
  if (name == "json" && json_document::parse("json()", given, true)) return from_json(memory, memory.copy(given));
  if (name == "trim") return make_string(memory, trimmed(given));
  if (!is_ascii(given)) return std::nullopt;
  if (name == "tolower") return text(memory, lower_ascii(given));
  if (name == "toupper") {
    std::string upper(given);
    for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return text(memory, upper);
  }
  if (name == "bool") return value::boolean(lower_ascii(given) == "true");
  if (name == "int") {
    std::int64_t number = 0;
    const auto [stop, error] = std::from_chars(given.data(), given.data() + given.size(), number);
    if (error == std::errc() && stop == given.data() + given.size()) return value::integer(number);
  }
  if (name == "first") return make_string(memory, given.substr(0, 1));
  if (name == "last") return make_string(memory, given.empty() ? given : given.substr(given.size() - 1));
  return std::nullopt;
}

made_value of_two(arena& memory, std::string_view name, value a, value b) {
  if (name == "equals") return value::boolean(to_json(a) == to_json(b));
  if (name == "contains") return contains({a, b});
  if (name == "less" || name == "lessorequals" || name == "greater" || name == "greaterorequals") return compared(name, a, b);
  if (is_integer(a) && is_integer(b)) {
    if (name == "min" || name == "max") return (name == "min") == (a.as_integer() < b.as_integer()) ? a : b;
    if (name == "range" && b.as_integer() >= 0 && b.as_integer() <= 10'000) {
      std::vector<value> made;
      for (std::int64_t i = 0; i < b.as_integer(); ++i) made.push_back(value::integer(a.as_integer() + i));
      return list(memory, made);
    }
    return arithmetic(name, a.as_integer(), b.as_integer());
  }
  if (is_integer(b) && name == "skip") return slice(memory, a, b.as_integer(), INT64_MAX);
  if (is_integer(b) && name == "take") return slice(memory, a, 0, b.as_integer());
  if (is_integer(b) && name == "substring" && is_text(a)) return slice(memory, a, b.as_integer(), INT64_MAX);
  if (name == "join" && is_list(a) && is_text(b)) {
    std::string made;
    for (std::size_t i = 0; i < a.as_list().size() && made.size() <= longest; ++i) made += (i > 0 ? std::string(b.as_text()) : std::string()) + written(a.as_list().at(i));
    return text(memory, made);
  }
  if (!is_text(a) || !is_text(b)) return std::nullopt;
  // These two are told apart without case, as Azure does.
  if (name == "startswith") return value::boolean(lower_ascii(a.as_text()).starts_with(lower_ascii(b.as_text())));
  if (name == "endswith") return value::boolean(lower_ascii(a.as_text()).ends_with(lower_ascii(b.as_text())));
  if (name == "split") return split(memory, a.as_text(), b.as_text());
  return std::nullopt;
}

}  // namespace

bool arm_call(arena& memory, std::string_view name, const std::vector<value>& given, value& result, std::string& stands_for) {
  made_value made;
  if (!decided(memory, name, given, made, stands_for)) {
    const bool whole = std::all_of(given.begin(), given.end(), is_whole);
    const std::size_t count = given.size();
    if (count == 0 && (name == "true" || name == "false")) made = value::boolean(name == "true");
    else if (count == 0 && name == "null") made = value::null();
    else if (whole && count == 1) made = of_one(memory, name, given[0]);
    else if (whole && count == 2) made = of_two(memory, name, given[0], given[1]);
    else if (whole && count == 3 && name == "replace" && is_text(given[0]) && is_text(given[1]) && is_text(given[2])) made = text(memory, replaced(given[0].as_text(), given[1].as_text(), given[2].as_text()));
    else if (whole && count == 3 && name == "substring" && is_text(given[0]) && is_integer(given[1]) && is_integer(given[2])) made = slice(memory, given[0], given[1].as_integer(), given[2].as_integer());
  }
  if (made) {
    result = *made;
    return true;
  }
  if (!stands_for.empty() || name == "concat" || name == "format" || name == "resourceid" || name == "newguid" || name == "utcnow") return false;
  std::string all;
  for (const value& one : given) {
    const std::string part = is_whole(one) ? to_json(one) : std::string(arm_text(one));
    if (part.empty()) return false;
    all += (all.empty() ? "" : ", ") + part;
    if (all.size() > 4'096) return false;
  }
  stands_for = "{" + std::string(name) + "(" + all + ")}";
  return false;
}

value arm_member(arena& memory, value of, value key) {
  const bool secret = of.sensitive();
  value found;
  bool known = false;
  if (is_map(of) && is_text(key)) {
    known = of.as_map().find(key, found);
    // Names of properties are the same in any case.
    for (std::size_t i = 0; !known && i < of.as_map().size(); ++i) {
      const map_entry& entry = of.as_map().entries()[i];
      known = lower_ascii(entry.key.as_text()) == lower_ascii(key.as_text());
      if (known) found = entry.mapped;
    }
  } else if (is_list(of) && is_integer(key)) {
    known = key.as_integer() >= 0 && key.as_integer() < static_cast<std::int64_t>(of.as_list().size());
    if (known) found = of.as_list().at(static_cast<std::size_t>(key.as_integer()));
  }
  if (!known) {
    const std::string_view whole = arm_text(of);
    const bool named = !whole.empty() && is_whole(key);
    const std::string text = named ? "{" + std::string(whole) + "[" + to_json(key) + "]}" : std::string();
    found = make_unknown(memory, {}, memory.copy(std::string_view(text)), unknown_reason::computed);
  }
  return secret ? found.marked_sensitive(true) : found;
}

std::size_t arm_size(value one) {
  std::size_t sum = 1;
  if (is_text(one)) return sum + one.as_text().size() / 64;
  if (is_list(one)) {
    for (std::size_t i = 0; i < one.as_list().size() && sum <= arm_most; ++i) sum += arm_size(one.as_list().at(i));
  } else if (is_map(one)) {
    for (std::size_t i = 0; i < one.as_map().size() && sum <= arm_most; ++i) sum += arm_size(one.as_map().entries()[i].mapped);
  }
  return sum;
}

bool arm_secret(value one) {
  if (one.sensitive()) return true;
  bool found = false;
  if (is_list(one)) {
    for (std::size_t i = 0; i < one.as_list().size(); ++i) found = found || arm_secret(one.as_list().at(i));
  } else if (is_map(one)) {
    for (std::size_t i = 0; i < one.as_map().size(); ++i) found = found || arm_secret(one.as_map().entries()[i].mapped);
  }
  return found;
}

}  // namespace sekimori::inventory

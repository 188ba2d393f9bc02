// oracle: the language: names, operators, containers, macros as the folds that define them. Entry
// point: evaluate.
#include "evaluate.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include "cel/function.hpp"
#include "sekimori/cel.hpp"

namespace oracle {

using sekimori::cel::expression;
using sekimori::cel::expression_kind;
using sekimori::cel::macro_kind;
using sekimori::cel::field_presence;
using sekimori::cel::object_field;
using sekimori::cel::object_type;

namespace {

value literal_value(const sekimori::value& v) {
  using sekimori::value_kind;
  switch (v.kind()) {
    case value_kind::null: return null{};
    case value_kind::boolean: return v.as_boolean();
    case value_kind::integer: return v.as_integer();
    case value_kind::unsigned_integer: return v.as_unsigned();
    case value_kind::floating: return v.as_floating();
    case value_kind::string: return std::string(v.as_text());
    case value_kind::bytes: return bytes{std::string(v.as_text())};
    case value_kind::type: return type{std::string(v.as_text())};
    default: throw out_of_scope("a literal of another kind");
  }
}

class evaluator {
 public:
  evaluator(const std::vector<value>& variables, dialect spoken) : variables_(variables), spoken_(spoken) {}

  value eval(const expression& e) {
    value found = whole_or_part(e);
    // Elsewhere than in the middle of a path a container that is not wholly known is not known.
    if (spoken_.has(habit::unknown_containers) && is_path(e)) {
      if (auto open = undecided_inside(found); open && open->is<unknown>()) return *open;
    }
    return found;
  }

 private:
  static bool is_path(const expression& e) {
    return e.kind == expression_kind::identifier || e.kind == expression_kind::select ||
           (e.kind == expression_kind::call && (e.name == "_[_]" || e.name == "_[?_]"));
  }

  // A path, or a choice of paths.
  static bool is_attribute(const expression& e) {
    if (e.kind == expression_kind::call && e.name == "_?_:_") return is_attribute(*e.arguments[1]) || is_attribute(*e.arguments[2]);
    return is_path(e) && !e.optional && e.name != "_[?_]";
  }

  // What does not begin with a name, or looks a key up.
  static bool computed(const expression& e) {
    if (e.kind == expression_kind::select) return e.optional || computed(*e.operand);
    return e.kind != expression_kind::identifier;
  }

  // The operand of a select or an index.
  value container(const expression& e) { return is_path(e) ? whole_or_part(e) : eval(e); }

  value whole_or_part(const expression& e) {
    switch (e.kind) {
      case expression_kind::literal: return literal_value(e.constant);
      case expression_kind::identifier: return identifier(e);
      case expression_kind::select: return select(e);
      case expression_kind::call: return call_or_operator(e);
      case expression_kind::list: return list_literal(e);
      case expression_kind::map: return map_literal(e);
      case expression_kind::comprehension: return macro(e);
      case expression_kind::object: return object_literal(e);
    }
    throw out_of_scope("an expression of another kind");
  }

  value identifier(const expression& e) {
    for (std::size_t i = scope_.size(); i-- > 0;) {
      if (scope_[i].first == e.name) return scope_[i].second;
    }
    if (e.slot < 0 || static_cast<std::size_t>(e.slot) >= variables_.size()) throw out_of_scope("a name without a value");
    return variables_[static_cast<std::size_t>(e.slot)];
  }

  // With a name bound to a value.
  value with(const std::vector<std::pair<std::string_view, value>>& bound, const expression& body) {
    scope_.insert(scope_.end(), bound.begin(), bound.end());
    value found = eval(body);
    scope_.resize(scope_.size() - bound.size());
    return found;
  }

  // Strict operands: what keeps them from a result, if anything does.
  std::optional<value> blocked(const std::vector<value>& operands) const {
    if (spoken_.has(habit::errors_first)) {
      for (const value& v : operands) {
        if (v.is<error>()) return v;
      }
    }
    return undecided(operands);
  }

  static value some(value v) { return v.undecided() ? v : value(optional{{std::move(v)}}); }

  // A field or an element: `missing` where there is none.
  value select(const expression& e) {
    value operand = container(*e.operand);
    bool optional_access = e.optional;
    if (operand.is<optional>() && is_attribute(*e.operand) && spoken_.has(habit::no_optionals_in_paths)) return error{};
    if (operand.is<optional>()) {
      bool by_key = computed(*e.operand) && spoken_.has(habit::has_answers_none);
      if (operand.as<optional>().held.empty()) return e.test_only && !by_key ? value(false) : operand;
      value inside = operand.as<optional>().held[0];
      operand = inside;
      optional_access = true;
    }
    if (operand.undecided()) return operand;
    if (!operand.is<map>()) return error{};
    const map& holder = operand.as<map>();
    const value* found = find(holder, std::string(e.name));
    if (holder.declared != nullptr && found == nullptr && !optional_access) {
      int index = holder.declared->index_of(e.name);
      if (index < 0) return error{};
      const object_field& field = holder.declared->fields[static_cast<std::size_t>(index)];
      if (!e.test_only) return field.presence == field_presence::key ? value(error{}) : unset(field, *holder.declared);
    }
    if (e.test_only && found != nullptr && spoken_.has(habit::unknown_containers)) {
      if (auto open = undecided_inside(*found); open && open->is<unknown>()) return *open;
    }
    if (e.test_only && found == nullptr && optional_access && computed(*e.operand) && spoken_.has(habit::has_answers_none)) return optional{};
    if (e.test_only) return found == nullptr ? value(false) : found->undecided() ? *found : value(true);
    if (optional_access) return found == nullptr ? value(optional{}) : some(*found);
    return found == nullptr ? value(error{}) : *found;
  }

  value index(const expression& e, bool optional_access) {
    value operand = container(*e.arguments[0]);
    bool none = operand.is<optional>() && operand.as<optional>().held.empty();
    value key = eval(*e.arguments[1]);
    if (operand.is<optional>() && is_attribute(*e.arguments[0]) && spoken_.has(habit::no_optionals_in_paths)) return error{};
    if (none && key.undecided() && spoken_.has(habit::none_without_key)) return operand;
    bool indexes = key.undecided() || is_key(key) || key.is<double>();
    if (!indexes && !none && spoken_.has(habit::errors_first)) return error{};
    if (!indexes && e.arguments[1]->kind == expression_kind::literal && spoken_.has(habit::literal_keys_first)) return error{};
    if (auto open = blocked({operand, key})) return *open;
    if (operand.is<optional>()) {
      if (operand.as<optional>().held.empty()) return operand;
      value inside = operand.as<optional>().held[0];
      operand = inside;
      optional_access = true;
      if (operand.undecided()) return operand;
    }
    if (!indexes) return error{};
    const value* found = nullptr;
    if (operand.is<list>()) {
      const list& l = operand.as<list>();
      if (!l.whole()) return why_of(l);
      if (!key.is_number()) return error{};
      if (key.is<double>() && (key.as<double>() != std::trunc(key.as<double>()) || std::fabs(key.as<double>()) >= 9223372036854775808.0)) return error{};
      bool beyond = key.is<std::uint64_t>() && key.as<std::uint64_t>() > std::uint64_t{INT64_MAX};
      if (beyond && spoken_.has(habit::index_within_int)) return error{};
      for (std::size_t i = 0; i < l.elements.size(); ++i) {
        if (equal(key, static_cast<std::int64_t>(i)).is_true()) found = &l.elements[i];
      }
    } else if (operand.is<map>()) {
      found = find(operand.as<map>(), key);
    } else {
      return error{};
    }
    if (optional_access) return found == nullptr ? value(optional{}) : some(*found);
    return found == nullptr ? value(error{}) : *found;
  }

  // What `?x` contributes: nothing for none; `opened` takes what is not decided about it.
  std::optional<value> entry_value(const value& given, bool maybe, std::vector<value>& opened) {
    if (!maybe) {
      if (given.is<error>() || (given.is<unknown>() && spoken_.has(habit::unknown_containers))) opened.push_back(given);
      return given;
    }
    if (given.undecided() || !given.is<optional>()) {
      opened.push_back(given.undecided() ? given : value(error{}));
      return std::nullopt;
    }
    if (given.as<optional>().held.empty()) return std::nullopt;
    return given.as<optional>().held[0];
  }

  value list_literal(const expression& e) {
    list made;
    std::vector<value> opened;
    for (std::size_t i = 0; i < e.arguments.size(); ++i) {
      bool maybe = !e.optional_at.empty() && e.optional_at[i];
      if (auto element = entry_value(eval(*e.arguments[i]), maybe, opened)) made.elements.push_back(*element);
    }
    return blocked(opened).value_or(made);
  }

  value map_literal(const expression& e) {
    std::vector<entry> made;
    std::vector<value> opened;
    for (std::size_t i = 0; i + 1 < e.arguments.size(); i += 2) {
      value key = eval(*e.arguments[i]);
      if (key.undecided()) opened.push_back(key);
      bool maybe = !e.optional_at.empty() && e.optional_at[i / 2];
      if (auto mapped = entry_value(eval(*e.arguments[i + 1]), maybe, opened)) made.push_back({key, *mapped});
    }
    if (auto open = blocked(opened)) return *open;
    if (spoken_.has(habit::last_key_wins)) {
      std::vector<entry> last;
      for (const entry& e2 : made) {
        std::erase_if(last, [&](const entry& before) { return before.key.held.index() == e2.key.held.index() && equal(before.key, e2.key).is_true(); });
        last.push_back(e2);
      }
      made = last;
    }
    return make_map(made, spoken_.has(habit::any_key));
  }

  // What a field reads as that was not set. An object that is a field is of the type it is a field of.
  static value unset(const object_field& field, const object_type& of) {
    if (field.type == "int") return std::int64_t{0};
    if (field.type == "string") return std::string();
    if (field.type.starts_with("list")) return list{};
    if (field.type == of.name) return map{{}, of.name, &of};
    return null{};
  }

  // What a field of another type than its own is given is an error; null leaves it unset, as do its defaults where
  // presence is to differ from them.
  value object_literal(const expression& e) {
    if (e.object == nullptr) throw out_of_scope("a message");
    map made{{}, e.object->name, e.object};
    std::vector<value> opened;
    std::vector<entry> given;
    for (std::size_t i = 0; i < e.arguments.size(); ++i) {
      bool maybe = !e.optional_at.empty() && e.optional_at[i];
      if (auto held = entry_value(eval(*e.arguments[i]), maybe, opened)) given.push_back({std::string(e.fields[i]), *held});
    }
    if (auto open = blocked(opened)) return *open;
    for (const entry& one : given) {
      const object_field& field = e.object->fields[static_cast<std::size_t>(e.object->index_of(one.key.as<std::string>()))];
      value standard = unset(field, *e.object);
      bool typed = field.type == "int" || field.type == "string" || field.type.starts_with("list") || field.type == e.object->name;
      if (one.mapped.is<null>() && field.type == e.object->name) continue;
      if (typed && !one.mapped.undecided() && type_name(one.mapped) != type_name(standard)) return error{};
      if (field.type == "list(string)" && one.mapped.is<list>()) {
        for (const value& element : one.mapped.as<list>().elements) {
          if (!element.undecided() && !element.is<std::string>()) return error{};
        }
      }
      if (one.mapped.is<null>() && field.type != "dyn") continue;
      if (field.presence == field_presence::nonzero && equal(one.mapped, standard).is_true()) continue;
      made.entries.push_back(one);
    }
    std::sort(made.entries.begin(), made.entries.end(), [](const entry& a, const entry& b) { return key_before(a.key, b.key); });
    return made;
  }

  // && and ||: the boolean that decides wins wherever it stands.
  value logical(const std::vector<value>& sides, bool deciding) {
    std::vector<value> open;
    for (const value& v : sides) {
      if (v.is<bool>() && v.as<bool>() == deciding) return v;
      if (!v.is<bool>()) open.push_back(v.undecided() ? v : value(error{}));
    }
    return undecided(open).value_or(!deciding);
  }

  value call_or_operator(const expression& e) {
    const std::string_view name = e.name;
    if (name == "_[_]") return index(e, e.optional);
    if (name == "_[?_]") return index(e, true);
    if (name == "_&&_" || name == "_||_") {
      std::vector<value> sides;
      for (const expression* side : e.arguments) sides.push_back(eval(*side));
      return logical(sides, name == "_||_");
    }
    if (name == "_?_:_") {
      value condition = eval(*e.arguments[0]);
      if (condition.undecided()) return condition;
      if (!condition.is<bool>()) return error{};
      return eval(*e.arguments[condition.as<bool>() ? 1 : 2]);
    }
    if (e.operand != nullptr && (name == "or" || name == "orValue") && e.arguments.size() == 1) {
      value first = eval(*e.operand);
      if (first.undecided()) return first;
      if (!first.is<optional>()) return error{};
      if (!first.as<optional>().held.empty()) return name == "or" ? first : first.as<optional>().held[0];
      value other = eval(*e.arguments[0]);
      if (name == "or" && !other.undecided() && !other.is<optional>() && !spoken_.has(habit::or_takes_anything)) return error{};
      return other;
    }
    std::vector<value> operands;
    if (e.operand != nullptr) operands.push_back(eval(*e.operand));
    for (const expression* argument : e.arguments) operands.push_back(eval(*argument));
    bool method = e.operand != nullptr;
    bool is_operator = !method && !name.empty() && (name[0] == '_' || name == "!_" || name == "-_" || name == "@in");
    // Functions see whole lists only, but for those that hand their argument on.
    std::vector<value> strict = operands;
    if (!is_operator && name != "dyn" && name != "type" && name != "optional.of" && !name.starts_with("sets.")) {
      for (value& v : strict) {
        if (v.is<list>() && !v.as<list>().whole()) v = value(why_of(v.as<list>()));
      }
    }
    if (auto open = blocked(strict)) return *open;
    if (!fits_the_overload(e, operands)) return error{};
    return is_operator ? operator_call(name, operands) : call(name, method, operands, spoken_);
  }

  // For an argument of open type the checker may have settled on math.greatest of a list, and that is called.
  static bool fits_the_overload(const expression& e, const std::vector<value>& operands) {
    if (e.candidates.size() != 1 || e.candidates[0]->id.find("_list_") == std::string_view::npos || !e.name.starts_with("math.")) return true;
    return operands[0].is<list>();
  }

  value operator_call(std::string_view name, const std::vector<value>& operands) {
    const value& a = operands[0];
    if (name == "!_") return a.is<bool>() ? value(!a.as<bool>()) : value(error{});
    if (name == "-_" && a.is<duration>() && spoken_.has(habit::negated_durations)) return duration{-a.as<duration>().nanos};
    if (name == "-_") return negate(a);
    const value& b = operands.at(1);
    if (name == "_==_") return equal(a, b);
    if (name == "_!=_") {
      value same = equal(a, b);
      return same.is<bool>() ? value(!same.as<bool>()) : same;
    }
    if (name == "@in") return in(a, b);
    if (name == "_<_" || name == "_<=_" || name == "_>_" || name == "_>=_") {
      auto is_nan = [](const value& v) { return v.is<double>() && std::isnan(v.as<double>()); };
      if ((is_nan(a) || is_nan(b)) && spoken_.has(habit::nan_beside_anything)) return false;
      auto found = order(a, b);
      if (!found) return a.is_number() && b.is_number() ? value(false) : value(error{});  // beside NaN nothing is in order
      if (name == "_<_") return *found < 0;
      if (name == "_<=_") return *found <= 0;
      if (name == "_>_") return *found > 0;
      return *found >= 0;
    }
    bool least = b.is<duration>() && b.as<duration>().nanos == wide{INT64_MIN};
    if (name == "_-_" && a.is<timestamp>() && least && spoken_.has(habit::negated_durations)) return error{};
    return arithmetic(name[1], a, b);
  }

  // An element that is equal: a disjunction over the members, of which some may be only possible.
  value in(const value& sought, const value& container) {
    if (container.is<map>()) return find(container.as<map>(), sought) != nullptr;
    if (!container.is<list>()) return error{};
    const list& l = container.as<list>();
    std::vector<value> same;
    for (std::size_t i = 0; i < l.elements.size(); ++i) {
      value one = equal(sought, l.elements[i]);
      if (!l.is_certain(i) && !one.is_false()) one = why_of(l);
      same.push_back(one);
    }
    if (l.open) same.push_back(why_of(l));
    return logical(same, true);
  }

  // One round of a macro: the names it binds.
  using binding = std::vector<std::pair<std::string_view, value>>;

  value macro(const expression& e) {
    if (e.macro == macro_kind::bind) return with({{e.variable, eval(*e.operand)}}, *e.body);
    value over = eval(*e.operand);
    if (over.undecided()) return over;
    if (e.macro == macro_kind::opt_map || e.macro == macro_kind::opt_flat_map) {
      if (!over.is<optional>()) return error{};
      if (over.as<optional>().held.empty()) return over;
      value made = with({{e.variable, over.as<optional>().held[0]}}, *e.body);
      return e.macro == macro_kind::opt_map ? some(made) : made;
    }
    list members;
    std::vector<binding> rounds;
    bool two = !e.variable2.empty();
    if (over.is<list>()) {
      members = over.as<list>();
      for (std::size_t i = 0; i < members.elements.size(); ++i) {
        if (two) rounds.push_back({{e.variable, static_cast<std::int64_t>(i)}, {e.variable2, members.elements[i]}});
        else rounds.push_back({{e.variable, members.elements[i]}});
      }
    } else if (over.is<map>() && e.macro != macro_kind::sort_by) {
      for (const entry& one : over.as<map>().entries) {
        rounds.push_back({{e.variable, one.key}});
        if (two) rounds.back().push_back({e.variable2, one.mapped});
      }
    } else {
      // Another engine looks at the keys before it sees that there is no list to sort.
      if (over.is<map>() && spoken_.has(habit::errors_first)) {
        for (const entry& one : over.as<map>().entries) {
          if (value key = with({{e.variable, one.key}}, *e.body); key.is<unknown>()) return key;
        }
      }
      bool empty = (over.is<cidr>() && over.as<cidr>().prefix == 0) || (over.is<std::string>() && over.as<std::string>().empty()) || (over.is<bytes>() && over.as<bytes>().octets.empty());
      if (!empty || !spoken_.has(habit::empty_text_as_range)) return error{};
    }
    switch (e.macro) {
      case macro_kind::all: return quantifier(e, members, rounds, false);
      case macro_kind::exists: return quantifier(e, members, rounds, true);
      case macro_kind::exists_one: return exists_one(e, members, rounds);
      default: break;
    }
    if (!members.whole()) return why_of(members);
    if (e.macro == macro_kind::sort_by) return sort_by(e, members);
    return transform(e, rounds);
  }

  // What a round answers for a relation: of a member that is only possible nothing follows but what
  // it would have left as it is.
  value round(const expression& e, const list& members, std::size_t i, const binding& names, bool neutral) {
    value v = with(names, *e.body);
    if (!v.undecided() && !v.is<bool>()) v = error{};
    if (members.is_certain(i) || (v.is<bool>() && v.as<bool>() == neutral)) return v;
    return *undecided({v.is<unknown>() ? v : why_of(members), why_of(members)});
  }

  // fold(accu = !deciding, accu op body)
  value quantifier(const expression& e, const list& members, const std::vector<binding>& rounds, bool deciding) {
    std::vector<value> found;
    for (std::size_t i = 0; i < rounds.size(); ++i) found.push_back(round(e, members, i, rounds[i], !deciding));
    if (members.open) found.push_back(why_of(members));
    return logical(found, deciding);
  }

  // fold(accu = 0, body ? accu + 1 : accu) == 1
  value exists_one(const expression& e, const list& members, const std::vector<binding>& rounds) {
    std::int64_t count = 0;
    bool failed = false;
    std::vector<value> accu;
    for (std::size_t i = 0; i < rounds.size(); ++i) {
      value v = round(e, members, i, rounds[i], false);
      if (v.is_true()) ++count;
      if (v.is<error>()) failed = true;
      if (v.undecided()) undecided_condition(accu, v);
    }
    if (members.open) accu.push_back(why_of(members));
    if (count >= 2 && !failed && !spoken_.has(habit::errors_first)) return false;  // whatever is open
    if (auto open = blocked(accu)) return *open;
    return count == 1;
  }

  // An accumulator that is not decided stays so; another engine's conditional forgets it for the next one.
  void undecided_condition(std::vector<value>& accu, const value& v) const {
    if (spoken_.has(habit::errors_first)) accu.clear();
    accu.push_back(v);
  }

  // map, filter and the transform macros: fold(accu = [], condition ? accu + [made] : accu)
  value transform(const expression& e, const std::vector<binding>& rounds) {
    list made_list;
    std::vector<entry> made_map;
    std::vector<value> accu;
    const expression* condition = e.macro == macro_kind::filter ? e.body : e.condition;
    for (const binding& names : rounds) {
      if (condition != nullptr) {
        value taken = with(names, *condition);
        if (!taken.undecided() && !taken.is<bool>()) taken = error{};
        if (taken.undecided()) undecided_condition(accu, taken);
        if (!taken.is_true()) continue;
      }
      value made = e.macro == macro_kind::filter ? names[0].second : with(names, *e.body);
      bool leaf = made.is<unknown>() && !spoken_.has(habit::unknown_containers) && e.macro != macro_kind::transform_map_entry;
      if (made.undecided() && !leaf) {
        accu.push_back(made);
      } else if (e.macro == macro_kind::transform_map) {
        made_map.push_back({names[0].second, made});
      } else if (e.macro == macro_kind::transform_map_entry) {
        if (!made.is<map>()) accu.push_back(error{});
        else made_map.insert(made_map.end(), made.as<map>().entries.begin(), made.as<map>().entries.end());
      } else {
        made_list.elements.push_back(made);
      }
    }
    if (auto open = blocked(accu)) return *open;
    bool makes_map = e.macro == macro_kind::transform_map || e.macro == macro_kind::transform_map_entry;
    return makes_map ? make_map(made_map, spoken_.has(habit::any_key)) : value(made_list);
  }

  value sort_by(const expression& e, const list& members) {
    std::vector<entry> keyed;
    std::vector<value> keys;
    for (const value& member : members.elements) {
      keys.push_back(with({{e.variable, member}}, *e.body));
      keyed.push_back({keys.back(), member});
    }
    if (auto open = blocked(keys)) return *open;
    for (const value& key : keys) {
      if (key.held.index() != keys[0].held.index() || (!order(key, key) && !(key.is<double>() && (keys.size() == 1 || spoken_.has(habit::nan_beside_anything))))) return error{};
    }
    std::stable_sort(keyed.begin(), keyed.end(), [](const entry& a, const entry& b) { return order(a.key, b.key) == -1; });
    list sorted;
    for (const entry& one : keyed) sorted.elements.push_back(one.mapped);
    return sorted;
  }

  const std::vector<value>& variables_;
  dialect spoken_;
  std::vector<std::pair<std::string_view, value>> scope_;
};

}  // namespace

value evaluate(const expression& root, const std::vector<value>& variables, dialect spoken) {
  return evaluator(variables, spoken).eval(root);
}

}  // namespace oracle

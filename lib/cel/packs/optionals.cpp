// cel: the optionals pack. Entry point: optionals_pack. `.?f`, `[?k]` and `?x` entries are syntax; or
// and orValue look at their argument only where it is needed, so the evaluator carries them out.
#include <vector>

#include "cel/cost/rules.hpp"
#include "cel/packs/support.hpp"
#include "value/forms.hpp"

namespace sekimori::cel {
namespace {

using arguments = std::span<const value>;
using texts = const std::string_view[];

value some(call_context& context, value held) { return value::optional(context.memory.make<value>(held)); }

bool is_zero(value v) {
  switch (v.kind()) {
    case value_kind::null: return true;
    case value_kind::boolean: return !v.as_boolean();
    case value_kind::integer: return v.as_integer() == 0;
    case value_kind::unsigned_integer: return v.as_unsigned() == 0;
    case value_kind::floating: return v.as_floating() == 0;
    case value_kind::string:
    case value_kind::bytes: return v.as_text().empty();
    case value_kind::list: return v.as_list().size() == 0;
    case value_kind::map: return v.as_map().size() == 0;
    case value_kind::duration: return v.seconds() == 0 && v.nanos() == 0;
    case value_kind::timestamp: return v.seconds() == min_timestamp_seconds && v.nanos() == 0;  // cel-go's zero
    default: return false;
  }
}

value of(call_context& context, arguments given) { return some(context, given[0]); }
value none(call_context&, arguments) { return value::optional(nullptr); }
value of_non_zero(call_context& context, arguments given) { return is_zero(given[0]) ? value::optional(nullptr) : some(context, given[0]); }
value has_value(call_context&, arguments given) { return value::boolean(given[0].some() != nullptr); }

value has_this_value(call_context& context, arguments given) {
  return given[0].some() == nullptr ? value::boolean(false) : pack_support::comparisons(context).same(*given[0].some(), given[1]);
}

value end_of(call_context& context, value given, bool first) {
  const list_view& list = given.as_list();
  const value open = pack_support::not_whole(context, list);
  if (!open.is_null()) return open;
  if (list.size() == 0) return value::optional(nullptr);
  const value found = list.at(first ? 0 : list.size() - 1);
  if (found.is_unknown() || found.is_error()) return found;
  return value::optional(context.memory.make<value>(found));
}

value first(call_context& context, arguments given) { return end_of(context, given[0], true); }
value last(call_context& context, arguments given) { return end_of(context, given[0], false); }

value get_value(call_context& context, arguments given) {
  if (given[0].some() == nullptr) return context.fail(evaluation_error_code::invalid_argument, "the optional has no value");
  return *given[0].some();
}

// The values of a list's optionals, those without one left out.
value unwrap(call_context& context, arguments given) {
  const list_view& list = given[0].as_list();
  std::vector<value> held;
  value undecided;
  for (std::size_t i = 0; i < list.size(); ++i) {
    value element = list.at(i);
    if (!element.is_error() && !element.is_unknown() && !element.is(value_kind::optional)) {
      element = context.fail(evaluation_error_code::no_matching_overload, "the list holds something that is no optional");
    }
    undecided = pack_support::join_undecided(context, undecided, element);
    if (element.is(value_kind::optional) && element.some() != nullptr) held.push_back(*element.some());
  }
  return undecided.is_null() ? make_list(context.memory, held) : undecided;
}

constexpr texts any1 = {"V"};
constexpr texts optional1 = {"optional_type(V)"};
constexpr texts optional2 = {"optional_type(V)", "optional_type(V)"};
constexpr texts optional_any = {"optional_type(V)", "V"};
constexpr texts list1 = {"list(V)"};
constexpr texts optional_list = {"list(optional_type(V))"};

constexpr overload of_rows[] = {{"optional_of", false, any1, "optional_type(V)", of, 0, &cost::optional_of}};
constexpr overload of_non_zero_rows[] = {{"optional_ofNonZeroValue", false, any1, "optional_type(V)", of_non_zero, 0, &cost::optional_of_non_zero}};
constexpr overload none_rows[] = {{"optional_none", false, {}, "optional_type(V)", none, 0, &cost::optional_none}};
constexpr overload unwrap_rows[] = {{"optional_unwrap", false, optional_list, "list(V)", unwrap, 2}};
constexpr overload unwrap_opt_rows[] = {{"optional_unwrapOpt", true, optional_list, "list(V)", unwrap, 2}};
constexpr overload value_rows[] = {{"optional_value", true, optional1, "V", get_value, 0, &cost::optional_value}};
constexpr overload has_value_rows[] = {
    {"optional_hasValue", true, optional1, "bool", has_value},
    {"optional_hasValue_value", true, optional_any, "bool", has_this_value, 3, &cost::optional_holds},
};
constexpr overload first_rows[] = {{"list_first", true, list1, "optional_type(V)", first, 2}};
constexpr overload last_rows[] = {{"list_last", true, list1, "optional_type(V)", last, 2}};
constexpr overload or_rows[] = {{"optional_or_optional", true, optional2, "optional_type(V)", nullptr, 0, &cost::optional_or}};
constexpr overload or_value_rows[] = {{"optional_orValue_value", true, optional_any, "V", nullptr, 0, &cost::optional_or_value}};

constexpr std::string_view pack = "optionals";
constexpr function_row rows[] = {
    {"optional.of", pack, of_rows, 0, "an optional that holds a value", "値を持つオプション値"},
    {"optional.ofNonZeroValue", pack, of_non_zero_rows, 0, "an optional that holds a value unless it is zero or empty", "零や空でなければ値を持つオプション値"},
    {"optional.none", pack, none_rows, 0, "an optional without a value", "値を持たないオプション値"},
    {"optional.unwrap", pack, unwrap_rows, 2, "the values of a list's optionals", "リスト中のオプション値が持つ値の一覧"},
    {"unwrapOpt", pack, unwrap_opt_rows, 2, "the values of a list's optionals", "リスト中のオプション値が持つ値の一覧"},
    {"value", pack, value_rows, 0, "the value held; an error where there is none", "持っている値。なければエラー"},
    {"hasValue", pack, has_value_rows, 0, "whether a value is held, or this value", "値を持つこと、又はその値を持つこと"},
    {"first", pack, first_rows, 1, "the first element of a list, or none", "リストの最初の要素。空なら none"},
    {"last", pack, last_rows, 1, "the last element of a list, or none", "リストの最後の要素。空なら none"},
    {"or", pack, or_rows, 0, "this optional, or another where it holds no value", "値がなければ別のオプション値"},
    {"orValue", pack, or_value_rows, 0, "the value held, or another where there is none", "持っている値。なければ代わりの値"},
};

}  // namespace

std::span<const function_row> optionals_pack() { return rows; }

}  // namespace sekimori::cel

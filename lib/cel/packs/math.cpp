// cel: the math pack as cel-go's ext/math has it. Entry point: math_pack. greatest and least are a macro
// there; here they are overloads for each number of arguments.
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "cel/cost/rules.hpp"
#include "cel/packs/support.hpp"

namespace sekimori::cel {
namespace {

using arguments = std::span<const value>;
using text = std::string_view;

bool is_number(value given) {
  return given.is(value_kind::integer) || given.is(value_kind::unsigned_integer) || given.is(value_kind::floating);
}

// The first of equal ones, as cel-go. `wanted` is the sign of compare(better, worse).
value best_of(call_context& context, arguments given, int wanted) {
  if (given.empty()) return context.fail(evaluation_error_code::invalid_argument, "the list is empty");
  for (const value& number : given) {
    if (!is_number(number)) {
      return context.fail(evaluation_error_code::no_matching_overload, "math.greatest and math.least take numbers");
    }
  }
  value best = given[0];
  for (std::size_t i = 1; i < given.size(); ++i) {
    const std::optional<int> order = compare(given[i], best);
    if (!order) return context.fail(evaluation_error_code::invalid_argument, "NaN has no order");
    if (*order * wanted > 0) best = given[i];
  }
  return best;
}

value greatest(call_context& context, arguments given) { return best_of(context, given, 1); }
value least(call_context& context, arguments given) { return best_of(context, given, -1); }

value best_of_list(call_context& context, value list, int wanted) {
  arena_vector<value> elements(context.memory);
  const value undecided = pack_support::read_list(context, list.as_list(), elements);
  return undecided.is_null() ? best_of(context, elements, wanted) : undecided;
}

value greatest_of_list(call_context& context, arguments given) { return best_of_list(context, given[0], 1); }
value least_of_list(call_context& context, arguments given) { return best_of_list(context, given[0], -1); }

value ceil_double(call_context&, arguments given) { return value::floating(std::ceil(given[0].as_floating())); }
value floor_double(call_context&, arguments given) { return value::floating(std::floor(given[0].as_floating())); }
value round_double(call_context&, arguments given) { return value::floating(std::round(given[0].as_floating())); }
value trunc_double(call_context&, arguments given) { return value::floating(std::trunc(given[0].as_floating())); }
value is_inf(call_context&, arguments given) { return value::boolean(std::isinf(given[0].as_floating())); }
value is_nan(call_context&, arguments given) { return value::boolean(std::isnan(given[0].as_floating())); }
value is_finite(call_context&, arguments given) { return value::boolean(std::isfinite(given[0].as_floating())); }

value abs_double(call_context&, arguments given) { return value::floating(std::fabs(given[0].as_floating())); }
value abs_uint(call_context&, arguments given) { return given[0]; }
value abs_int(call_context& context, arguments given) {
  const std::int64_t number = given[0].as_integer();
  if (number == std::numeric_limits<std::int64_t>::min()) {
    return context.fail(evaluation_error_code::overflow, "the absolute value does not fit an int");
  }
  return value::integer(number < 0 ? -number : number);
}

value sign_double(call_context&, arguments given) {
  const double number = given[0].as_floating();
  if (std::isnan(number)) return given[0];
  return value::floating(number > 0 ? 1.0 : number < 0 ? -1.0 : 0.0);
}
value sign_int(call_context&, arguments given) {
  const std::int64_t number = given[0].as_integer();
  return value::integer(number > 0 ? 1 : number < 0 ? -1 : 0);
}
value sign_uint(call_context&, arguments given) { return value::unsigned_integer(given[0].as_unsigned() > 0 ? 1 : 0); }

value sqrt_double(call_context&, arguments given) { return value::floating(std::sqrt(given[0].as_floating())); }
value sqrt_int(call_context&, arguments given) {
  return value::floating(std::sqrt(static_cast<double>(given[0].as_integer())));
}
value sqrt_uint(call_context&, arguments given) {
  return value::floating(std::sqrt(static_cast<double>(given[0].as_unsigned())));
}

std::uint64_t bits(value given) {
  return given.is(value_kind::integer) ? static_cast<std::uint64_t>(given.as_integer()) : given.as_unsigned();
}
value from_bits(value like, std::uint64_t found) {
  return like.is(value_kind::integer) ? value::integer(static_cast<std::int64_t>(found)) : value::unsigned_integer(found);
}

value bit_and(call_context&, arguments given) { return from_bits(given[0], bits(given[0]) & bits(given[1])); }
value bit_or(call_context&, arguments given) { return from_bits(given[0], bits(given[0]) | bits(given[1])); }
value bit_xor(call_context&, arguments given) { return from_bits(given[0], bits(given[0]) ^ bits(given[1])); }
value bit_not(call_context&, arguments given) { return from_bits(given[0], ~bits(given[0])); }

value negative_shift(call_context& context) {
  return context.fail(evaluation_error_code::invalid_argument, "a shift by a negative number of bits");
}
value shift_left(call_context& context, arguments given) {
  const std::int64_t by = given[1].as_integer();
  if (by < 0) return negative_shift(context);
  return from_bits(given[0], by > 63 ? 0 : bits(given[0]) << by);
}
// Fills with zeros, for int too.
value shift_right(call_context& context, arguments given) {
  const std::int64_t by = given[1].as_integer();
  if (by < 0) return negative_shift(context);
  return from_bits(given[0], by > 63 ? 0 : bits(given[0]) >> by);
}

// cel-spec asks every implementation for 32 arguments.
constexpr std::size_t most_arguments = 32;
constexpr std::size_t fewest_dynamic = 3;
constexpr std::size_t dynamic_count = most_arguments - fewest_dynamic + 1;

constexpr std::array<text, most_arguments> make_dyn() {
  std::array<text, most_arguments> names{};
  for (text& name : names) name = "dyn";
  return names;
}
constexpr std::array<text, most_arguments> dyn = make_dyn();

struct overload_id {
  char letters[13] = {};
  std::size_t length = 0;
};
// "math_@max_3", "math_@max_4" ...
constexpr std::array<overload_id, dynamic_count> make_ids(text stem) {
  std::array<overload_id, dynamic_count> ids{};
  for (std::size_t i = 0; i < dynamic_count; ++i) {
    for (char letter : stem) ids[i].letters[ids[i].length++] = letter;
    const std::size_t number = i + fewest_dynamic;
    if (number > 9) ids[i].letters[ids[i].length++] = static_cast<char>('0' + number / 10);
    ids[i].letters[ids[i].length++] = static_cast<char>('0' + number % 10);
  }
  return ids;
}
constexpr auto max_ids = make_ids("math_@max_");
constexpr auto min_ids = make_ids("math_@min_");

constexpr text i[] = {"int"};
constexpr text u[] = {"uint"};
constexpr text d[] = {"double"};
constexpr text ii[] = {"int", "int"};
constexpr text uu[] = {"uint", "uint"};
constexpr text dd[] = {"double", "double"};
constexpr text iu[] = {"int", "uint"};
constexpr text id[] = {"int", "double"};
constexpr text ui[] = {"uint", "int"};
constexpr text ud[] = {"uint", "double"};
constexpr text di[] = {"double", "int"};
constexpr text du[] = {"double", "uint"};
constexpr text list_i[] = {"list(int)"};
constexpr text list_u[] = {"list(uint)"};
constexpr text list_d[] = {"list(double)"};

constexpr std::size_t fixed_count = 15;
template <std::size_t count>
constexpr std::array<overload, fixed_count + dynamic_count> with_dynamic(const overload (&fixed)[count], const std::array<overload_id, dynamic_count>& ids,
                                                                         function_body body) {
  static_assert(count == fixed_count);
  std::array<overload, fixed_count + dynamic_count> all{};
  for (std::size_t at = 0; at < count; ++at) all[at] = fixed[at];
  for (std::size_t at = 0; at < dynamic_count; ++at) {
    all[count + at] = {text(ids[at].letters, ids[at].length), false, std::span<const text>(dyn.data(), at + fewest_dynamic), "dyn", body};
  }
  return all;
}

constexpr overload greatest_fixed[fixed_count] = {
    {"math_@max_double", false, d, "double", greatest},
    {"math_@max_int", false, i, "int", greatest},
    {"math_@max_uint", false, u, "uint", greatest},
    {"math_@max_double_double", false, dd, "double", greatest},
    {"math_@max_int_int", false, ii, "int", greatest},
    {"math_@max_uint_uint", false, uu, "uint", greatest},
    {"math_@max_int_uint", false, iu, "dyn", greatest},
    {"math_@max_int_double", false, id, "dyn", greatest},
    {"math_@max_double_int", false, di, "dyn", greatest},
    {"math_@max_double_uint", false, du, "dyn", greatest},
    {"math_@max_uint_int", false, ui, "dyn", greatest},
    {"math_@max_uint_double", false, ud, "dyn", greatest},
    {"math_@max_list_double", false, list_d, "double", greatest_of_list, 0, &cost::list_numbers},
    {"math_@max_list_int", false, list_i, "int", greatest_of_list, 0, &cost::list_numbers},
    {"math_@max_list_uint", false, list_u, "uint", greatest_of_list, 0, &cost::list_numbers},
};
constexpr overload least_fixed[fixed_count] = {
    {"math_@min_double", false, d, "double", least},
    {"math_@min_int", false, i, "int", least},
    {"math_@min_uint", false, u, "uint", least},
    {"math_@min_double_double", false, dd, "double", least},
    {"math_@min_int_int", false, ii, "int", least},
    {"math_@min_uint_uint", false, uu, "uint", least},
    {"math_@min_int_uint", false, iu, "dyn", least},
    {"math_@min_int_double", false, id, "dyn", least},
    {"math_@min_double_int", false, di, "dyn", least},
    {"math_@min_double_uint", false, du, "dyn", least},
    {"math_@min_uint_int", false, ui, "dyn", least},
    {"math_@min_uint_double", false, ud, "dyn", least},
    {"math_@min_list_double", false, list_d, "double", least_of_list, 0, &cost::list_numbers},
    {"math_@min_list_int", false, list_i, "int", least_of_list, 0, &cost::list_numbers},
    {"math_@min_list_uint", false, list_u, "uint", least_of_list, 0, &cost::list_numbers},
};
constexpr auto greatest_overloads = with_dynamic(greatest_fixed, max_ids, greatest);
constexpr auto least_overloads = with_dynamic(least_fixed, min_ids, least);

constexpr overload ceil_overloads[] = {{"math_ceil_double", false, d, "double", ceil_double, 1}};
constexpr overload floor_overloads[] = {{"math_floor_double", false, d, "double", floor_double, 1}};
constexpr overload round_overloads[] = {{"math_round_double", false, d, "double", round_double, 1}};
constexpr overload trunc_overloads[] = {{"math_trunc_double", false, d, "double", trunc_double, 1}};
constexpr overload inf_overloads[] = {{"math_isInf_double", false, d, "bool", is_inf, 1}};
constexpr overload nan_overloads[] = {{"math_isNaN_double", false, d, "bool", is_nan, 1}};
constexpr overload finite_overloads[] = {{"math_isFinite_double", false, d, "bool", is_finite, 1}};
constexpr overload abs_overloads[] = {
    {"math_abs_double", false, d, "double", abs_double, 1}, {"math_abs_int", false, i, "int", abs_int, 1}, {"math_abs_uint", false, u, "uint", abs_uint, 1}};
constexpr overload sign_overloads[] = {
    {"math_sign_double", false, d, "double", sign_double, 1}, {"math_sign_int", false, i, "int", sign_int, 1}, {"math_sign_uint", false, u, "uint", sign_uint, 1}};
constexpr overload sqrt_overloads[] = {
    {"math_sqrt_double", false, d, "double", sqrt_double, 2}, {"math_sqrt_int", false, i, "double", sqrt_int, 2}, {"math_sqrt_uint", false, u, "double", sqrt_uint, 2}};
constexpr overload and_overloads[] = {
    {"math_bitAnd_int_int", false, ii, "int", bit_and, 1},
    {"math_bitAnd_uint_uint", false, uu, "uint", bit_and, 1},
};
constexpr overload or_overloads[] = {
    {"math_bitOr_int_int", false, ii, "int", bit_or, 1},
    {"math_bitOr_uint_uint", false, uu, "uint", bit_or, 1},
};
constexpr overload xor_overloads[] = {
    {"math_bitXor_int_int", false, ii, "int", bit_xor, 1},
    {"math_bitXor_uint_uint", false, uu, "uint", bit_xor, 1},
};
constexpr overload not_overloads[] = {
    {"math_bitNot_int_int", false, i, "int", bit_not, 1},
    {"math_bitNot_uint_uint", false, u, "uint", bit_not, 1},
};
constexpr overload left_overloads[] = {
    {"math_bitShiftLeft_int_int", false, ii, "int", shift_left, 1}, {"math_bitShiftLeft_uint_int", false, ui, "uint", shift_left, 1}};
constexpr overload right_overloads[] = {
    {"math_bitShiftRight_int_int", false, ii, "int", shift_right, 1}, {"math_bitShiftRight_uint_int", false, ui, "uint", shift_right, 1}};

constexpr function_row rows[] = {
    {"math.greatest", "math", greatest_overloads, 1,
     "The greatest of the numbers, or of a list of numbers.", "数値の中の最大値。リストも指定できる。"},
    {"math.least", "math", least_overloads, 1,
     "The least of the numbers, or of a list of numbers.", "数値の中の最小値。リストも指定できる。"},
    {"math.ceil", "math", ceil_overloads, 1, "The smallest whole number that is not less.", "小数点以下の切上げ。"},
    {"math.floor", "math", floor_overloads, 1, "The largest whole number that is not greater.", "小数点以下の切下げ。"},
    {"math.round", "math", round_overloads, 1,
     "The nearest whole number; halves go away from zero.", "四捨五入。0.5は0から遠い方へ丸める。"},
    {"math.trunc", "math", trunc_overloads, 1, "The number without its fraction.", "小数点以下を除いた数。"},
    {"math.abs", "math", abs_overloads, 1, "The absolute value.", "絶対値。"},
    {"math.sign", "math", sign_overloads, 1,
     "1, 0 or -1 for a positive number, zero, a negative number.", "正なら1、0なら0、負なら-1。"},
    {"math.isInf", "math", inf_overloads, 1, "Whether the number is infinite.", "無限大か。"},
    {"math.isNaN", "math", nan_overloads, 1, "Whether the number is NaN.", "非数(NaN)か。"},
    {"math.isFinite", "math", finite_overloads, 1, "Whether the number is neither infinite nor NaN.", "有限の数か。"},
    {"math.sqrt", "math", sqrt_overloads, 1, "The square root; NaN for a negative number.", "平方根。負の数ではNaN。"},
    {"math.bitAnd", "math", and_overloads, 1, "The bits that both have.", "ビットごとの論理積。"},
    {"math.bitOr", "math", or_overloads, 1, "The bits that either has.", "ビットごとの論理和。"},
    {"math.bitXor", "math", xor_overloads, 1, "The bits that only one has.", "ビットごとの排他的論理和。"},
    {"math.bitNot", "math", not_overloads, 1, "The bits it does not have.", "ビットごとの否定。"},
    {"math.bitShiftLeft", "math", left_overloads, 1, "The bits moved up; zeros come in.", "左シフト。空いた桁は0。"},
    {"math.bitShiftRight", "math", right_overloads, 1,
     "The bits moved down; zeros come in, for a negative int too.", "右シフト。負の int でも空いた桁は0。"},
};

}  // namespace

std::span<const function_row> math_pack() { return rows; }

}  // namespace sekimori::cel

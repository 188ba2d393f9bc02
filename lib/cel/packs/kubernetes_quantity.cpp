// cel: the k8s.quantity pack: resource quantities as Kubernetes' library has them. Entry point: kubernetes_quantity_pack.
// The arithmetic is quantity.hpp's.
#include "cel/cost/rules.hpp"
#include "cel/packs/quantity.hpp"
#include "cel/packs/support.hpp"

namespace sekimori::cel {
namespace {

using arguments = std::span<const value>;

constexpr std::string_view type = "kubernetes.Quantity";

// Lives in an arena, where nothing is destroyed: of a wide number it keeps the digits as text.
class quantity_value final : public opaque_view {
 public:
  quantity_value(arena& memory, const quantity& held)
      : small_(held.small), exponent_(held.exponent), format_(held.format), wide_(held.wide), negative_(held.negative) {
    if (wide_) digits_ = memory.copy(std::string_view(held.large.to_string()));
    text_ = memory.copy(std::string_view(sekimori::cel::to_string(held)));
  }
  std::string_view type_name() const override { return type; }
  bool equals(const opaque_view& other) const override {
    return compare(held(), static_cast<const quantity_value&>(other).held()) == 0;
  }
  std::string_view to_string() const override { return text_; }
  quantity held() const {
    return {wide_, small_, negative_, wide_ ? big_integer::from_digits(digits_) : big_integer(), exponent_, format_};
  }

 private:
  std::int64_t small_;
  std::int64_t exponent_;
  std::string_view digits_;
  std::string_view text_;
  quantity_format format_;
  bool wide_;
  bool negative_;
};

quantity held(value given) { return static_cast<const quantity_value&>(given.as_opaque()).held(); }

value made(call_context& context, const quantity& of) {
  return value::opaque(context.memory.make<quantity_value>(context.memory, of));
}

value made(call_context& context, const std::optional<quantity>& of) {
  if (!of) return context.fail(evaluation_error_code::limit, "a quantity has too many digits");
  return made(context, *of);
}

value read(call_context& context, arguments given) {
  quantity parsed;
  switch (parse_quantity(given[0].as_text(), parsed)) {
    case quantity_problem::none: break;
    case quantity_problem::malformed: return context.fail(evaluation_error_code::invalid_argument, "the string is no quantity");
    case quantity_problem::too_long: return context.fail(evaluation_error_code::limit, "a quantity has too many digits");
  }
  return made(context, parsed);
}

value is_quantity(call_context& context, arguments given) {
  quantity parsed;
  quantity_problem problem = parse_quantity(given[0].as_text(), parsed);
  if (problem == quantity_problem::too_long) return context.fail(evaluation_error_code::limit, "a quantity has too many digits");
  return value::boolean(problem == quantity_problem::none);
}

value sign(call_context&, arguments given) { return value::integer(sign_of(held(given[0]))); }
value greater(call_context&, arguments given) { return value::boolean(compare(held(given[0]), held(given[1])) > 0); }
value less(call_context&, arguments given) { return value::boolean(compare(held(given[0]), held(given[1])) < 0); }
value order(call_context&, arguments given) { return value::integer(compare(held(given[0]), held(given[1]))); }
value approximate(call_context&, arguments given) { return value::floating(as_approximate_double(held(given[0]))); }

value integer(call_context& context, arguments given) {
  std::optional<std::int64_t> number = as_integer(held(given[0]));
  if (!number) return context.fail(evaluation_error_code::conversion, "the quantity is no int");
  return value::integer(*number);
}

value is_integer(call_context&, arguments given) { return value::boolean(as_integer(held(given[0])).has_value()); }
value add(call_context& context, arguments given) { return made(context, sum(held(given[0]), held(given[1]))); }
value subtract(call_context& context, arguments given) { return made(context, difference(held(given[0]), held(given[1]))); }
value add_integer(call_context& context, arguments given) {
  return made(context, sum(held(given[0]), quantity_of(given[1].as_integer())));
}
value subtract_integer(call_context& context, arguments given) {
  return made(context, difference(held(given[0]), quantity_of(given[1].as_integer())));
}

using text = std::string_view;
constexpr text string[] = {"string"};
constexpr text one[] = {type};
constexpr text two[] = {type, type};
constexpr text with_int[] = {type, "int"};

constexpr overload quantity_overloads[] = {{"string_to_quantity", false, string, type, read, 0, &cost::text_parse}};
constexpr overload is_quantity_overloads[] = {{"is_quantity_string", false, string, "bool", is_quantity, 0, &cost::text_parse}};
constexpr overload sign_overloads[] = {{"quantity_sign", false, one, "int", sign}};
constexpr overload greater_overloads[] = {{"quantity_is_greater_than", true, two, "bool", greater}};
constexpr overload less_overloads[] = {{"quantity_is_less_than", true, two, "bool", less}};
constexpr overload order_overloads[] = {{"quantity_compare_to", true, two, "int", order}};
constexpr overload approximate_overloads[] = {{"quantity_get_float", true, one, "double", approximate}};
constexpr overload integer_overloads[] = {{"quantity_get_int", true, one, "int", integer}};
constexpr overload is_integer_overloads[] = {{"quantity_is_integer", true, one, "bool", is_integer}};
constexpr overload add_overloads[] = {
    {"quantity_add", true, two, type, add},
    {"quantity_add_int", true, with_int, type, add_integer},
};
constexpr overload subtract_overloads[] = {
    {"quantity_sub", true, two, type, subtract},
    {"quantity_sub_int", true, with_int, type, subtract_integer},
};

constexpr text pack = "k8s.quantity";
constexpr function_row rows[] = {
    {"quantity", pack, quantity_overloads, 2, "The quantity that a text like 1500m, 64Mi or 12e6 names.",
     "1500m、64Mi、12e6 のような文字列が示す数量。"},
    {"isQuantity", pack, is_quantity_overloads, 2, "Whether a text is a quantity.", "文字列が数量か。"},
    {"sign", pack, sign_overloads, 1, "1, 0 or -1 for a positive quantity, zero, a negative one.", "正なら1、0なら0、負なら-1。"},
    {"isGreaterThan", pack, greater_overloads, 1, "Whether a quantity is greater than another.", "別の数量より大きいか。"},
    {"isLessThan", pack, less_overloads, 1, "Whether a quantity is less than another.", "別の数量より小さいか。"},
    {"compareTo", pack, order_overloads, 1, "1, 0 or -1 where a quantity is greater, equal, less.", "大きければ1、等しければ0、小さければ-1。"},
    {"asApproximateFloat", pack, approximate_overloads, 1, "The quantity as a double, perhaps not exactly.", "数量の近似値(double)。"},
    {"asInteger", pack, integer_overloads, 1,
     "The quantity as an int; an error where isInteger is false.", "数量を int にした値。isInteger が偽ならエラー。"},
    {"isInteger", pack, is_integer_overloads, 1,
     "Whether the quantity is held as an int: 1500m, 1.0 and 1.5Gi are not.", "int として保持されているか。1500m、1.0、1.5Gi は該当しない。"},
    {"add", pack, add_overloads, 1, "The sum of a quantity and a quantity or an int.", "数量と、数量又は int との和。"},
    {"sub", pack, subtract_overloads, 1, "The difference of a quantity and a quantity or an int.", "数量と、数量又は int との差。"},
};

}  // namespace

std::span<const function_row> kubernetes_quantity_pack() { return rows; }

}  // namespace sekimori::cel

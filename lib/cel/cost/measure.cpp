// cel: cost rules over values. Source: cel-go 0.33.2, common/cost/model.go (track).
#include "cel/cost/measure.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "cel/cost/arithmetic.hpp"

namespace sekimori::cel {

using cost::quantity;
using cost::quantity_kind;

namespace {

std::uint64_t plain_size(value v) {
  switch (v.kind()) {
    case value_kind::string: return count_code_points(v.as_text());
    case value_kind::bytes: return v.as_text().size();
    case value_kind::list: return v.as_list().size();
    case value_kind::map: return v.as_map().type_name().empty() ? v.as_map().size() : 1;
    case value_kind::opaque: return v.as_opaque().size();
    default: return 1;
  }
}

std::uint64_t size(value v) {
  std::uint64_t wrapped = 0;
  for (; v.is(value_kind::optional) && v.some() != nullptr; v = *v.some()) ++wrapped;
  return wrapped + plain_size(v);
}

std::uint64_t length(value v) {
  if (v.is_error() || v.is_unknown()) return 0;
  if (!v.is(value_kind::optional)) return plain_size(v);
  return v.some() == nullptr ? 0 : plain_size(*v.some());
}

std::uint64_t measure(const quantity& q, std::span<const value> arguments, value result) {
  const bool there = q.number < arguments.size();
  switch (q.kind) {
    case quantity_kind::constant: return q.number;
    case quantity_kind::size: return there ? size(arguments[q.number]) : 0;
    case quantity_kind::length: return there ? length(arguments[q.number]) : 0;
    case quantity_kind::integer:
      if (!there) return 0;
      if (arguments[q.number].is(value_kind::unsigned_integer)) return arguments[q.number].as_unsigned();
      if (!arguments[q.number].is(value_kind::integer)) return 0;
      return static_cast<std::uint64_t>(std::max<std::int64_t>(arguments[q.number].as_integer(), 0));
    case quantity_kind::result: return size(result);
    case quantity_kind::result_length: return length(result);
    case quantity_kind::element_total: {
      std::uint64_t total = 0;
      std::size_t count = there && arguments[q.number].is(value_kind::list) ? arguments[q.number].as_list().size() : 0;
      for (std::size_t i = 0; i < count; ++i) total = add(total, size(arguments[q.number].as_list().at(i)));
      return total;
    }
    case quantity_kind::element:
    case quantity_kind::list: return 0;  // of sizes only, which nothing counts
    default: break;
  }
  std::uint64_t a = measure(*q.first, arguments, result);
  if (q.kind == quantity_kind::scaled) return scale(a, q.number, q.divisor);
  if (q.kind == quantity_kind::at_least_one) return std::max<std::uint64_t>(a, 1);
  if (q.kind == quantity_kind::optional) return add(1, a);
  std::uint64_t b = measure(*q.second, arguments, result);
  switch (q.kind) {
    case quantity_kind::sum: return add(a, b);
    case quantity_kind::product: return multiply(a, b);
    case quantity_kind::difference: return subtract(a, b);
    case quantity_kind::smaller: return std::min(a, b);
    case quantity_kind::ranged: return b;
    default: return std::max(a, b);  // either
  }
}

}  // namespace

std::uint64_t call_cost(const cost_rule* rule, std::span<const value> arguments, value result) {
  if (rule == nullptr) return 1;
  std::uint64_t cost = measure(*rule->call, arguments, result);
  return rule->form == cost_form::arguments_only ? cost : std::max<std::uint64_t>(cost, 1);
}

}  // namespace sekimori::cel

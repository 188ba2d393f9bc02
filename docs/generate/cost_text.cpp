// A cost rule of the catalogue as a formula. Entry point: cost_text.
#include "cel/cost/rules.hpp"
#include "sections.hpp"

namespace sekimori::docs {
namespace {

using cel::cost::quantity;
using cel::cost::quantity_kind;

// The receiver of an instance function is the first operand.
std::string operand(std::uint64_t number) { return std::string(1, static_cast<char>('a' + number)); }

std::string decimal(std::uint64_t number, std::uint64_t divisor) {
  if (number % divisor == 0) return std::to_string(number / divisor);
  const std::uint64_t thousandths = number * 1000 / divisor;
  std::string digits = std::to_string(thousandths % 1000);
  digits.insert(0, 3 - digits.size(), '0');
  digits.erase(digits.find_last_not_of('0') + 1);
  return std::to_string(thousandths / 1000) + "." + digits;
}

std::string formula(const quantity& shown);

std::string factor(const quantity& shown) {
  const std::string text = formula(shown);
  return shown.kind == quantity_kind::sum || shown.kind == quantity_kind::difference ? "(" + text + ")" : text;
}

std::string formula(const quantity& shown) {
  switch (shown.kind) {
    case quantity_kind::constant: return std::to_string(shown.number);
    case quantity_kind::size:
    case quantity_kind::length: return "size(" + operand(shown.number) + ")";
    case quantity_kind::integer: return operand(shown.number);
    case quantity_kind::result:
    case quantity_kind::result_length: return "size(result)";
    case quantity_kind::element: return "size of an element of " + formula(*shown.first);
    case quantity_kind::element_total: return "sizes of the elements of " + operand(shown.number);
    case quantity_kind::sum: return formula(*shown.first) + " + " + formula(*shown.second);
    case quantity_kind::difference: return formula(*shown.first) + " - " + factor(*shown.second);
    case quantity_kind::product: return factor(*shown.first) + " * " + factor(*shown.second);
    case quantity_kind::smaller: return "min(" + formula(*shown.first) + ", " + formula(*shown.second) + ")";
    case quantity_kind::scaled: return decimal(shown.number, shown.divisor) + " * " + factor(*shown.first);
    case quantity_kind::ranged:
    case quantity_kind::list: return formula(*shown.first) + " to " + formula(*shown.second);
    case quantity_kind::either: return formula(*shown.first) + " or " + formula(*shown.second);
    case quantity_kind::at_least_one: return "max(1, " + formula(*shown.first) + ")";
    case quantity_kind::optional: return formula(*shown.first);
  }
  return {};
}

}  // namespace

std::string cost_text(const cel::cost_rule* rule) {
  if (rule == nullptr) return "1";
  switch (rule->form) {
    case cel::cost_form::arguments_only: return "0";
    case cel::cost_form::declared:
    case cel::cost_form::flatten_depth: return formula(*rule->call);
  }
  return {};
}

}  // namespace sekimori::docs

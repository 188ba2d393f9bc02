// rules: the pack of Kyverno's functions that work offline.
#include "rules/kyverno_pack.hpp"

#include "value/values.hpp"

namespace sekimori::rules {
namespace {

constexpr std::string_view account_prefix = "system:serviceaccount:";

// {Name, Namespace} of "system:serviceaccount:NAMESPACE:NAME", both empty for any other user.
value parse_service_account(cel::call_context& context, std::span<const value> arguments) {
  std::string_view user = arguments[0].as_text(), name, place;
  if (user.substr(0, account_prefix.size()) == account_prefix) {
    user.remove_prefix(account_prefix.size());
    const std::size_t colon = user.find(':');
    if (colon != std::string_view::npos && user.find(':', colon + 1) == std::string_view::npos) {
      place = user.substr(0, colon);
      name = user.substr(colon + 1);
    }
  }
  const map_entry entries[] = {{value::string("Name"), value::string(name)}, {value::string("Namespace"), value::string(place)}};
  return make_map(context.memory, entries);
}

// What is no optional is its own value: so cel-go had it in the versions that Kyverno's policies were written with.
value concrete_or_value(cel::call_context&, std::span<const value> arguments) { return arguments[0]; }

constexpr std::string_view one_string[] = {"string"};
constexpr std::string_view any_any[] = {"V", "V"};

constexpr cel::overload parse_overloads[] = {
    {"parse_service_account_string", false, one_string, "map(string, string)", parse_service_account},
};

constexpr cel::overload or_value_overloads[] = {
    {"concrete_orValue_value", true, any_any, "V", concrete_or_value},
};

constexpr cel::function_row rows[] = {
    {"orValue", "kyverno", or_value_overloads, 0,
     "The value itself where the receiver is no optional: older engines gave it, and policies of Kyverno rest on it.",
     "optional でない値に対しては、その値自身を返す。以前の実装の動作であり、Kyverno のポリシーがこれに依存している。"},
    {"parseServiceAccount", "kyverno", parse_overloads, 2,
     "Name and Namespace of the service account that a user name stands for; both empty where it stands for none.",
     "ユーザー名が表すサービスアカウントの Name と Namespace。サービスアカウントでなければ、どちらも空になる。"},
};

}  // namespace

std::span<const cel::function_row> kyverno_pack() { return rows; }

}  // namespace sekimori::rules

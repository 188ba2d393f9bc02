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

constexpr std::string_view one_string[] = {"string"};

constexpr cel::overload parse_overloads[] = {
    {"parse_service_account_string", false, one_string, "map(string, string)", parse_service_account},
};

constexpr cel::function_row rows[] = {
    {"parseServiceAccount", "kyverno", parse_overloads, 2,
     "Name and Namespace of the service account that a user name stands for; both empty where it stands for none.",
     "ユーザー名が表すサービスアカウントの Name と Namespace。サービスアカウントでなければ、どちらも空になる。"},
};

}  // namespace

std::span<const cel::function_row> kyverno_pack() { return rows; }

}  // namespace sekimori::rules

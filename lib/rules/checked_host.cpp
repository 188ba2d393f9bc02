// rules: the pack of functions that ask about other resources.
#include "rules/host.hpp"

namespace sekimori::rules {
namespace {

relation_host* host_of(cel::call_context& context) { return static_cast<relation_host*>(context.host); }

value related(cel::call_context& context, std::span<const value> arguments) {
  if (context.host == nullptr) return context.fail(evaluation_error_code::invalid_argument, "no resource to relate to");
  return host_of(context)->related(arguments[0], arguments[1].as_text(), context.memory);
}

value references_to(cel::call_context& context, std::span<const value> arguments) {
  if (context.host == nullptr) return context.fail(evaluation_error_code::invalid_argument, "no resource to relate to");
  return host_of(context)->references_to(arguments[0].as_text(), arguments[1].as_text(), arguments.size() > 2 ? arguments[2] : value::null(), context.memory);
}

constexpr std::string_view string_string[] = {"string", "string"};
constexpr std::string_view list_string[] = {"list(string)", "string"};
constexpr std::string_view string_string_list[] = {"string", "string", "list(string)"};

constexpr cel::overload related_overloads[] = {
    {"related_string_string", false, string_string, "list(dyn)", related},
    {"related_list_string", false, list_string, "list(dyn)", related},
};
constexpr cel::overload references_overloads[] = {
    {"references_to_string_string", false, string_string, "list(dyn)", references_to},
    {"references_to_string_string_list", false, string_string_list, "list(dyn)", references_to},
};

constexpr cel::function_row rows[] = {
    {"related", "relations", related_overloads, 4,
     "The resources of a provider type (or of a list of types) whose attribute names this resource. An open set: exists and all give unknown where something not given could decide.",
     "指定した型の資源のうち、その属性がこの資源を指すもの。提出されていない資源が結果を左右し得るときは不明となる。"},
    {"references_to", "relations", references_overloads, 4,
     "The resources of a provider type that an attribute of this resource names. The third argument lists values that name no resource, such as \"shared\".",
     "この資源の属性が指す、指定した型の資源。第3引数には、資源を指さない値(\"shared\" など)を並べる。"},
};

}  // namespace

std::span<const cel::function_row> relations_pack() { return rows; }

}  // namespace sekimori::rules

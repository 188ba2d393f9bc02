// rules: the packs of functions that ask about other resources.
#include "rules/host.hpp"

#include "base/diagnostics.hpp"

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

// What is gone over counts, so that a rule over very many members hits the limit of steps and not the clock.
value counted(cel::call_context& context, value members) {
  if (members.is(value_kind::list)) context.work += members.as_list().size();
  return members;
}

value held(cel::call_context& context, std::span<const value> arguments) {
  if (context.host == nullptr) return context.fail(evaluation_error_code::invalid_argument, "no account to ask about");
  return counted(context, host_of(context)->held(arguments[0].as_text(), context.memory));
}

value all_held(cel::call_context& context, std::span<const value> arguments) {
  if (context.host == nullptr) return context.fail(evaluation_error_code::invalid_argument, "no resources to ask about");
  return counted(context, host_of(context)->all_held(arguments[0].as_text(), context.memory));
}

constexpr std::string_view one_string[] = {"string"};
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

constexpr cel::named_objects kinds{"kind.", diagnostic_code::unknown_kind, "kind"};
constexpr cel::overload held_overloads[] = {
    {.id = "held_string", .instance = false, .parameters = one_string, .result = "list(dyn)", .body = held, .gives = &kinds},
};
constexpr cel::overload all_held_overloads[] = {
    {.id = "all_held_string", .instance = false, .parameters = one_string, .result = "list(dyn)", .body = all_held, .gives = &kinds},
};

constexpr cel::function_row holdings[] = {
    {"held", "relations", held_overloads, 4,
     "Of a rule on an account: the objects of a kind that this account holds, with the kind's fields. An open set, as related() gives one.",
     "アカウントの検査規則で、そのアカウントが持つ、指定した共通種別の資源。related() と同じく、提出されていない資源が結果を左右し得るときは不明となる。"},
    {"all_held", "relations", all_held_overloads, 4,
     "The objects of a kind in all inputs, whatever account they are in: for guardrails of a whole organisation. An open set.",
     "提出されたすべての資料にある、指定した共通種別の資源。組織全体の予防的統制の検査に用いる。"},
};

}  // namespace

std::span<const cel::function_row> relations_pack() { return rows; }
std::span<const cel::function_row> holdings_pack() { return holdings; }

}  // namespace sekimori::rules

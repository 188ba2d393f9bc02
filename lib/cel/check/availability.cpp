// cel: which pack has a function or macro that an environment lacks. Entry point: availability_help.
#include "cel/check/availability.hpp"

#include <vector>

namespace sekimori::cel {
namespace {

struct found_pack {
  const pack* holder;
  std::uint8_t since;
};

// Whether an operand could be given for a parameter, by the outermost constructor only: enough for a hint.
bool could_take(unifier& types, std::string_view parameter, const type* operand) {
  if (parameter.size() == 1 || parameter == "dyn") return true;
  const type* given = types.resolve(operand, true);
  if (is_dynamic(*given) || given->kind == type_kind::parameter) return true;
  const type* wanted = types.pool().parse(parameter);
  if (wanted == nullptr) return given->name == parameter;
  if (wanted->kind != given->kind || wanted->name != given->name) return false;
  if (wanted->kind != type_kind::list) return true;
  const type* element = wanted->parameters[0];
  const type* held = types.resolve(given->parameters[0], true);
  return is_dynamic(*element) || is_dynamic(*held) || element->kind == type_kind::parameter ||
         held->kind == type_kind::parameter || element->kind == held->kind;
}

template <class Takes>
std::vector<found_pack> packs_that_have(const call_shape& call, Takes&& takes) {
  std::vector<found_pack> found;
  for (const pack& one : packs()) {
    int since = -1;
    auto note = [&](std::uint8_t from) {
      if (since < 0 || from < since) since = from;
    };
    for (const function_row& row : one.rows) {
      if (row.name != call.name) continue;
      for (const overload& o : row.overloads) {
        if (o.instance == call.method && takes(o)) note(o.since);
      }
    }
    for (const macro_row& macro : one.macros) {
      if (macro.name != call.name || macro.arguments != call.arguments) continue;
      if ((macro.form == macro_form::method) == call.method) note(macro.since);
    }
    if (since >= 0) found.push_back({&one, static_cast<std::uint8_t>(since)});
  }
  return found;
}

std::string described(const environment::implementation& inside, std::string_view name,
                      const std::vector<found_pack>& found) {
  std::string start = "`" + std::string(name) + "` is in pack";
  std::vector<std::string_view> off;
  for (const found_pack& one : found) {
    auto on = inside.packs_on.find(one.holder->name);
    if (on == inside.packs_on.end()) {
      off.push_back(one.holder->name);
    } else if (on->second < one.since) {
      return start + " " + std::string(one.holder->name) + " from version " + std::to_string(one.since) +
             "; this environment has " + std::to_string(on->second);
    }
  }
  if (off.empty()) return {};
  if (off.size() == 1) return start + " " + std::string(off[0]) + ", which is not turned on";
  std::string text = start + "s ";
  for (std::size_t i = 0; i < off.size(); ++i) {
    if (i > 0) text += i + 1 == off.size() ? " and " : ", ";
    text += off[i];
  }
  return text + ", which are not turned on";
}

}  // namespace

std::string availability_help(const environment::implementation& inside, const call_shape& call) {
  return described(inside, call.name, packs_that_have(call, [](const overload&) { return true; }));
}

std::string availability_help(const environment::implementation& inside, const call_shape& call, unifier& types,
                              std::span<const type* const> operands) {
  auto takes = [&](const overload& o) {
    if (o.parameters.size() != operands.size()) return false;
    for (std::size_t i = 0; i < operands.size(); ++i) {
      if (!could_take(types, o.parameters[i], operands[i])) return false;
    }
    return true;
  };
  return described(inside, call.name, packs_that_have(call, takes));
}

bool is_namespace_of_packs(std::string_view space) {
  auto inside = [&](std::string_view name) {
    return name.size() > space.size() && name.substr(0, space.size()) == space && name[space.size()] == '.';
  };
  for (const pack& one : packs()) {
    for (const function_row& row : one.rows) {
      if (inside(row.name)) return true;
    }
    for (const macro_row& macro : one.macros) {
      if (inside(macro.name)) return true;
    }
  }
  return false;
}

}  // namespace sekimori::cel

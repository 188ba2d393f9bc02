// cli: see fail_on.hpp.
#include "fail_on.hpp"

#include <set>

#include "commands.hpp"

namespace sekimori::cli {

bool parse_threshold(const std::string& text, threshold& to) {
  if (text == "new") {
    to.only_new = true;
    return true;
  }
  to.only_new = text.rfind("new:", 0) == 0;
  return parse_severity(to.only_new ? text.substr(4) : text, to.level);
}

bool parse_same_inputs(const std::vector<std::string>& given, input_names& to) {
  std::set<std::string> later;
  for (const std::string& one : given) {
    const std::size_t middle = one.find('=');
    const bool whole = middle != std::string::npos && middle > 0 && middle + 1 < one.size();
    if (!whole) {
      usage("--same-input takes two names, not `" + one + "`", "--same-input OLD=NEW, as the reports call them");
      return false;
    }
    if (to.emplace(one.substr(0, middle), one.substr(middle + 1)).second && later.insert(one.substr(middle + 1)).second) continue;
    usage("--same-input names an input twice: `" + one + "`", "every input once on each side");
    return false;
  }
  return true;
}

std::optional<report> read_report_file(const std::string& name) {
  const std::optional<std::string> text = read_file(name);
  if (!text) return std::nullopt;
  auto made = read_report(name, *text);
  print_diagnostics(made.diagnostics());
  if (!made) return std::nullopt;
  return std::move(made).value();
}

}  // namespace sekimori::cli

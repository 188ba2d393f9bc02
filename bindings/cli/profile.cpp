// cli: what `sekimori check --profile` writes. Entry point: write_profile. The time is one run's; everything else in it is
// the same in every run.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "commands.hpp"
#include "sekimori/cel.hpp"
#include "sekimori/policy.hpp"

namespace sekimori::cli {
namespace {

bool has_ending(const std::string& file, std::string_view ending) {
  return file.size() >= ending.size() && file.compare(file.size() - ending.size(), ending.size(), ending) == 0;
}

std::string json_string(std::string_view text) { return cel::json_text(value::string(text)); }

std::string as_json(const std::vector<rule_profile>& rules) {
  std::string text;
  for (auto& one : rules) {
    text += fmt::format("{}\n  {{\"rule\": {}, \"subject\": {}, \"nanoseconds\": {}, \"evaluations\": {}, \"open\": {}, \"explained\": {}, \"cost\": {}}}",
                        text.empty() ? "" : ",", json_string(one.rule), json_string(one.subject), one.nanoseconds, one.evaluations, one.open,
                        one.explained, one.cost);
  }
  return "{\"format\": \"sekimori.profile/v1\", \"rules\": [" + text + "\n]}\n";
}

double share(std::uint64_t part, std::uint64_t whole) { return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole); }

// Rules that were asked of nothing are one line at the end.
std::string as_table(const std::vector<rule_profile>& rules) {
  rule_profile all;
  std::size_t unasked = 0;
  for (auto& one : rules) {
    all.nanoseconds += one.nanoseconds;
    all.evaluations += one.evaluations;
    all.open += one.open;
    all.explained += one.explained;
    unasked += one.evaluations == 0;
  }
  std::string text = fmt::format("{:>10} {:>6} {:>11} {:>9} {:>7} {:>9} {:>6}  {}\n", "time ms", "share", "evaluations", "ns each", "open", "explained", "cost", "rule");
  for (auto& one : rules) {
    if (one.evaluations == 0) continue;
    text += fmt::format("{:>10.3f} {:>5.1f}% {:>11} {:>9.0f} {:>6.1f}% {:>9} {:>6}  {} {}\n", static_cast<double>(one.nanoseconds) / 1e6,
                        share(one.nanoseconds, all.nanoseconds) * 100, one.evaluations, share(one.nanoseconds, one.evaluations),
                        share(one.open, one.evaluations) * 100, one.explained, one.cost, one.rule, one.subject);
  }
  text += fmt::format("{:>10.3f} {:>6} {:>11} {:>9.0f} {:>6.1f}% {:>9} {:>6}  all\n", static_cast<double>(all.nanoseconds) / 1e6, "", all.evaluations,
                      share(all.nanoseconds, all.evaluations), share(all.open, all.evaluations) * 100, all.explained, "");
  if (unasked > 0) text += fmt::format("{} met no resource\n", unasked);
  return text;
}

}  // namespace

bool write_profile(std::vector<rule_profile> rules, const std::string& file) {
  std::stable_sort(rules.begin(), rules.end(), [](auto& a, auto& b) { return a.nanoseconds > b.nanoseconds; });
  const std::string text = has_ending(file, ".json") ? as_json(rules) : as_table(rules);
  if (file != "-") return write_output(file, text);
  std::fputs(text.c_str(), stderr);
  return true;
}

}  // namespace sekimori::cli

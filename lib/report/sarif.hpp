// report: the parts of a SARIF file. Entry point: sarif_report::write. sarif.cpp has the run and its results,
// sarif_rules.cpp the rules of the driver. Knows no other format.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "report/json_writer.hpp"
#include "report/outline.hpp"

namespace sekimori {

std::string sarif_message(std::string_view text);
// A relative file name as a relative reference, an absolute one as file:///; every other byte percent-encoded.
std::string sarif_uri(std::string_view file);
std::string_view sarif_level(severity level);

// The rules of the driver: those that were loaded, then any that only a finding names.
class sarif_rules {
 public:
  explicit sarif_rules(const report& shown);
  std::uint64_t index_of(const std::string& name) const;
  void write_driver(json_writer& out, const report& shown) const;

 private:
  void add(report_rule rule);
  void write_rule(json_writer& out, const report_rule& rule) const;

  std::vector<report_rule> rules_;
  std::unordered_map<std::string, std::uint64_t> places_;
};

class sarif_report {
 public:
  sarif_report(text_blocks& to, const report& shown)
      : report_(shown), outline_(outline_of(shown)), rules_(shown), out_(to) {}
  void write();

 private:
  void invocations();
  void artifacts();
  void notification(std::string_view id, std::string_view level, std::string_view text);
  void notifications(const std::vector<diagnostic>& diagnostics);
  void result(const finding& found);
  void result_properties(const finding& found);
  void run_properties();
  void suppressions(const finding& found);
  void logical_location(const resource_identity& resource);
  void physical_location(const std::string& file, std::uint32_t line, std::uint32_t column);
  void message(member_name name, std::string_view text);
  std::string text_of(const finding& found) const;
  std::uint64_t artifact_index(const std::string& file) const;

  const report& report_;
  report_outline outline_;
  sarif_rules rules_;
  json_writer out_;
};

}  // namespace sekimori

// report: the parts of the HTML page. Entry point: html_report::write. html.cpp has what stands first (what is wrong, who
// acts, what could not be decided), html_gaps.cpp what was not looked at, html_findings.cpp the findings, html_tables.cpp the
// waivers, counts and the record. Knows no other format.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "report/html_page.hpp"
#include "report/outline.hpp"
#include "report/scope_paths.hpp"

namespace sekimori {

std::string ja_count(std::uint64_t number);   // "12 件"

class html_report {
 public:
  html_report(std::string& to, const report& shown, const render_options& options)
      : report_(shown), outline_(outline_of(shown)), paths_(shown), language_(options.language), page_(to) {}

  void write();

 private:
  // html.cpp
  void head();
  void opening();
  void contents();
  void summary();
  void glossary();
  void tile(std::string_view style, std::string_view link, std::uint64_t number, const localized_text& label,
            const localized_text& note);
  void actions();
  void actor_rows(const actor_group& actor, std::size_t rules_shown);
  void who(const actor_group& actor);
  void undecided();
  // html_gaps.cpp
  void gaps();
  void not_put();
  void diagnostics(const std::vector<diagnostic>& shown);
  // html_findings.cpp
  void findings();
  void filters();
  void section(const std::vector<rule_group>& groups);
  void rule(const rule_group& group);
  void advice(const rule_group& group);
  void resources(const rule_group& group);
  void resource_row(const finding& found);
  void details_of(const finding& found);
  void evidence(const finding& found);
  void responsible(const finding& found);
  void cel(const rule_group& group);
  // html_tables.cpp
  void waivers();
  void counts();
  void counts_head(std::string_view ja, std::string_view en);
  void counts_cells(const verdict_counts& counts);
  void counts_by_scope();
  void record();

  void badge(severity level);
  void rule_name(const rule_group& group);
  // The place of a group of findings on the page: "violation-3".
  std::string anchor(const rule_group& group) const;

  const report& report_;
  report_outline outline_;
  scope_paths paths_;
  std::string language_;
  html_page page_;
  std::unordered_map<const finding*, std::string> anchors_;  // by a group's first finding
};

}  // namespace sekimori

// report: the parts of the report as a terminal shows it. Entry point: text_report::write. text.cpp has the frame of the
// report, text_findings.cpp its findings. Knows no other format.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "report/outline.hpp"
#include "report/scope_paths.hpp"
#include "report/text_page.hpp"

namespace sekimori {

class text_report {
 public:
  text_report(std::string& to, const report& shown, const render_options& options)
      : report_(shown), outline_(outline_of(shown)), paths_(shown), language_(options.language), page_(to, options.width, options.colour) {}

  void write();

 private:
  // text.cpp
  void opening();
  void examined();
  void not_looked_at();
  void outcome();
  void waivers();
  void counts();
  void record();
  void closing();
  void heading(std::string_view ja, std::string_view en);
  std::string scope_name(const std::string& id) const;
  // text_findings.cpp
  void violations();
  void waived();
  void undetermined();
  void errors();
  void others();
  void rule_line(const rule_group& group);
  void rule_advice(const rule_group& group);
  void resource_line(const finding& found);
  void evidence(const finding& found);
  std::string who(const finding& found) const;

  std::string say(std::string_view ja, std::string_view en) const { return std::string(language_ == "ja" ? ja : en); }

  const report& report_;
  report_outline outline_;
  scope_paths paths_;
  std::string language_;
  text_page page_;
};

}  // namespace sekimori

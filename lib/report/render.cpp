// report: the stage's entry points render and report_formats, and the words that open every report.
#include "base/diagnostics.hpp"
#include "report/formats.hpp"
#include "report/visible.hpp"

namespace sekimori {

localized_text disclaimer() {
  return {"本書は提出された資料を検査規則で評価した結果であり、基準への適合を証明するものではありません。",
          "This report evaluates the given material against check rules. It is no proof of conformity to any standard."};
}

localized_text rules_disclaimer() {
  return {"本書は検査規則が求めることと検査できる範囲の説明であり、基準への適合を証明するものではありません。",
          "This document says what the check rules ask for and what they can look at. It is no proof of any system's conformity to a standard."};
}

const std::vector<std::string_view>& report_formats() {
  static const std::vector<std::string_view> formats = {"text", "json", "ndjson", "sarif", "html"};
  return formats;
}

result<std::string> render(const report& shown, std::string_view format, const render_options& options) {
  if (options.language != "ja" && options.language != "en") {
    return make_diagnostic(diagnostic_code::usage, std::string(),
                           "reports are not written in the language `" + visible(options.language) + "`",
                           {"one of: ja, en", {}});
  }
  if (format == "text") return render_text(shown, options);
  if (format == "json") return render_native(shown);
  if (format == "ndjson") return render_lines(shown);
  if (format == "sarif") return render_sarif(shown);
  if (format == "html") return render_html(shown, options);
  return make_diagnostic(diagnostic_code::usage, std::string(), "there is no report format `" + visible(format) + "`",
                         {"one of: text, json, ndjson, sarif, html", did_you_mean(format, report_formats())});
}

}  // namespace sekimori

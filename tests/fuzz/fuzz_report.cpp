// fuzz: any bytes as a native report that is read back, compared with itself and with a fixed one, in every form. Entry point:
// LLVMFuzzerTestOneInput.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "report/difference.hpp"
#include "sekimori/report.hpp"
#include "value/json_view.hpp"

namespace {

using namespace sekimori;

constexpr const char* other_text = R"({"schema": "sekimori.report/v1", "outcome": {"exit_code": 1, "causes": ["findings"]},
"policy": {"engine_version": "0.1.0", "rule_sets": [{"id": "r", "version": "1.0.0", "digest": "sha256:0"}]},
"inputs": [{"file": "plan.json", "format": "terraform-plan", "stage": "plan", "digest": "sha256:1", "status": "read", "incomplete": false, "mapped": 2, "mapped_types": {"aws_s3_bucket": 2}}],
"summary": {"listed": 1, "not_listed": 0, "examined": {"mapped": 2}, "by_rule": {"r/A": {"fail": 1, "undetermined": 0, "error": 0}}},
"rules": [{"ruleset": "r", "id": "A", "severity": "high", "title": {"ja": "a", "en": "a"}}], "scopes": [],
"findings": [{"id": "1", "rule": "A", "ruleset": "r", "input": "plan.json", "resource": {"address": "aws_s3_bucket.a", "type": "aws_s3_bucket", "identity": "plan.json|aws_s3_bucket.a", "aliases": []},
"verdict": "fail", "disposition": "active", "severity": "high", "message": {"ja": "m", "en": "m"}}]})";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const report other = [] {
    auto made = read_report("other.json", other_text);
    if (!made) std::abort();
    return std::move(made).value();
  }();
  const std::string text(reinterpret_cast<const char*>(data), size);
  auto made = read_report("report.json", text);
  if (!made) {
    if (made.diagnostics().empty()) std::abort();
    render(made.diagnostics());
    return 0;
  }
  // However it was read, it is JSON without a key that stands twice.
  if (!json_document::parse("report.json", text, true)) std::abort();
  const report_difference same = difference_of(*made, *made, {});
  if (same.entries.size() != same.of(difference_class::unchanged)) std::abort();
  for (const char* form : {"text", "json", "markdown", "csv", "html"}) {
    if (!render_difference(*made, other, form, size % 2 == 0 ? "ja" : "en") || !render_difference(other, *made, form, "en")) std::abort();
  }
  decide(*made, severity::high, undetermined_policy::block);
  return 0;
}

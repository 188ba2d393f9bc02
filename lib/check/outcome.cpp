// check: causes and exit code (design 6): 1 findings at or over the threshold, else 3 for whatever could
// not be read, evaluated or examined, else 0.
#include "check/outcome.hpp"

#include <fmt/format.h>

#include "base/words.hpp"

namespace sekimori::check {
namespace {

std::uint64_t from(const std::uint64_t (&counts)[5], severity threshold) {
  std::uint64_t sum = 0;
  for (auto level = static_cast<std::size_t>(threshold); level < 5; ++level) sum += counts[level];
  return sum;
}

}  // namespace

report_outcome outcome_of(const report& made, const tally& counted, const check_options& options) {
  report_outcome outcome;
  bool findings = false, incomplete = false;
  auto cause = [&](const char* name, std::string ja, std::string en) {
    outcome.causes.push_back(name);
    outcome.texts.push_back({std::move(ja), std::move(en)});
  };
  const bool held_against = made.baseline != nullptr;
  if (auto failing = from(counted.failing, options.fail_on); failing > 0) {
    findings = true;
    if (held_against && options.fail_on_new) {
      cause("findings", fmt::format("比較元の報告にない(又は悪化した)、重大度が停止の基準(「{}」)以上の違反が{}件あります。", word_of(options.fail_on).ja, failing),
            fmt::format("{} violations at or over the severity threshold ({}) are not known to the baseline.", failing, name_of(options.fail_on)));
    } else {
      cause("findings", fmt::format("重大度が停止の基準(「{}」)以上の違反が{}件あります。", word_of(options.fail_on).ja, failing), fmt::format("{} violations are at or over the severity threshold ({}).", failing, name_of(options.fail_on)));
    }
  }
  for (auto& record : made.inputs) {
    if (record.status == "unreadable") {
      incomplete = true;
      std::string why = record.diagnostics.empty() ? std::string() : record.diagnostics.front().message;
      cause("input_unreadable", fmt::format("入力 {} を読み取れませんでした: {}", record.file, why), fmt::format("Input {} could not be read: {}", record.file, why));
    }
  }
  for (auto& record : made.inputs) {
    if (record.incomplete) {
      incomplete = true;
      if (record.format == "terraform-plan") cause("input_incomplete", fmt::format("入力 {} は計画のすべてではありません。", record.file), fmt::format("Input {} is not the whole of its plan.", record.file));
      else cause("input_incomplete", fmt::format("入力 {} は全体の一部です。", record.file), fmt::format("Input {} is a part of what there is.", record.file));
    }
  }
  for (auto& record : made.inputs) {
    if (record.status == "nothing_examined") {
      incomplete = true;
      if (record.mapped > 0) {
        cause("nothing_examined", fmt::format("入力 {} の資源には、その適用単位が採用している検査規則が一つもありませんでした。", record.file),
              fmt::format("Of the resources of input {} no rule was asked: their scopes adopt none that is about them.", record.file));
        continue;
      }
      cause("nothing_examined", fmt::format("入力 {} には、検査規則の対象となる資源がありませんでした。", record.file),
            fmt::format("In input {} no rule met a resource.", record.file));
    }
  }
  if (made.inputs.empty()) {
    incomplete = true;
    cause("nothing_examined", "検査する入力がありませんでした。", "There was nothing to examine.");
  }
  if (counted.limits > 0) {
    incomplete = true;
    cause("limit", fmt::format("上限に達した評価が{}件あります。", counted.limits), fmt::format("{} evaluations hit a limit.", counted.limits));
  }
  if (counted.errors > 0) {
    incomplete = true;
    cause("error_verdict", fmt::format("評価エラーが{}件あります。", counted.errors), fmt::format("{} verdicts are errors.", counted.errors));
  }
  if (!options.never_fail_on_undetermined) {
    if (auto open = from(counted.undetermined, options.fail_on_undetermined); open > 0) {
      incomplete = true;
      const bool only_new = held_against && options.fail_on_undetermined_new;
      cause("undetermined", fmt::format("{}重大度が停止の基準(「{}」)以上の判定保留が{}件あります。", only_new ? "比較元の報告にない、" : "", word_of(options.fail_on_undetermined).ja, open),
            fmt::format("{} undetermined verdicts are at or over the severity threshold ({}){}.", open, name_of(options.fail_on_undetermined), only_new ? " and not known to the baseline" : ""));
    }
  }
  if (held_against && made.summary.not_listed > 0 && (options.fail_on_new || options.fail_on_undetermined_new)) {
    incomplete = true;
    cause("not_compared", fmt::format("一覧の上限を超えた検出事項{}件は、比較元の報告と比較していません。", made.summary.not_listed),
          fmt::format("{} findings are over the limit of listed ones and were not compared with the baseline.", made.summary.not_listed));
  }
  for (auto& d : made.diagnostics) {
    if (d.level != diagnostic_level::error) continue;
    incomplete = true;
    cause("run_error", d.message, d.message);
  }
  outcome.exit_code = findings ? 1 : incomplete ? 3 : 0;
  return outcome;
}

}  // namespace sekimori::check

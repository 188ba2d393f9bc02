// check: waivers by rule, resource and day.
#include "check/waivers.hpp"

#include <date/date.h>
#include <fmt/format.h>

namespace sekimori::check {
namespace {

constexpr std::int64_t japan_offset = 9 * 3600;

}  // namespace

std::string japan_date(std::int64_t seconds) {
  auto day = date::floor<date::days>(std::chrono::sys_seconds(std::chrono::seconds(seconds + japan_offset)));
  date::year_month_day ymd(day);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()));
}

std::string japan_time(std::int64_t seconds) {
  std::int64_t local = seconds + japan_offset;
  std::int64_t of_day = ((local % 86400) + 86400) % 86400;
  return fmt::format("{}T{:02}:{:02}:{:02}+09:00", japan_date(seconds), of_day / 3600, of_day / 60 % 60, of_day % 60);
}

bool matches_pattern(std::string_view text, std::string_view pattern) {
  std::size_t t = 0, p = 0, star = std::string_view::npos, mark = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      mark = t;
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++mark;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

waiver_table::waiver_table(const rules::organisation* organisation, std::optional<std::int64_t> now) : organisation_(organisation) {
  if (organisation_ == nullptr) return;
  std::string today = now ? japan_date(*now) : std::string();
  for (std::uint32_t node = 0; node < organisation_->nodes().size(); ++node) {
    for (auto& waiver : organisation_->nodes()[node].waivers) {
      // Dates of one form compare as texts; `expires` is the last valid day. Without a day none holds.
      std::string status = today.empty() ? "undated" : waiver.expires < today ? "expired" : !waiver.starts.empty() && today < waiver.starts ? "not_started" : "holds";
      entries_.push_back({&waiver, node, status});
    }
  }
}

void waiver_table::apply(finding& failed, std::uint32_t node, const std::string& full_rule_id) {
  for (auto& one : entries_) {
    bool rule = one.source->rule.text == full_rule_id || one.source->rule.text == failed.rule;
    if (!rule || !organisation_->is_within(node, one.node)) continue;
    if (!matches_pattern(failed.resource.address, one.source->resource.text)) continue;
    ++one.findings;
    if (one.status != "holds" || failed.state == disposition::waived) continue;
    failed.state = disposition::waived;
    failed.waiver = one.source->id.text;
    failed.waiver_expires = one.source->expires;
  }
}

std::vector<waiver_record> waiver_table::records(std::optional<std::uint32_t> within) const {
  std::vector<waiver_record> made;
  for (auto& one : entries_) {
    if (within && !organisation_->is_within(one.node, *within)) continue;
    auto& source = *one.source;
    waiver_record record;
    record.id = source.id.text;
    record.rule = source.rule.text;
    record.scope = organisation_->nodes()[one.node].id.text;
    record.resource = source.resource.text;
    record.approver = source.approver;
    record.expires = source.expires;
    record.status = one.status == "holds" && one.findings == 0 ? "unmatched" : one.status;
    record.reason = {source.reason.ja.text, source.reason.en.text};
    record.findings = one.findings;
    made.push_back(std::move(record));
  }
  return made;
}

}  // namespace sekimori::check

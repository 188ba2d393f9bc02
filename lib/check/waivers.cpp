// check: waivers by rule, resource and day.
#include "check/waivers.hpp"

#include <date/date.h>
#include <fmt/format.h>

#include <unordered_map>

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

waiver_table::waiver_table(const rules::organisation* organisation, std::optional<std::int64_t> now, const plan::policy_plan& plan)
    : organisation_(organisation), by_program_(plan.programs.size()) {
  if (organisation_ == nullptr) return;
  std::string today = now ? japan_date(*now) : std::string();
  std::unordered_map<std::string_view, std::vector<std::uint32_t>> programs;   // by both forms of the rule's id
  for (std::uint32_t i = 0; i < plan.programs.size(); ++i) {
    programs[plan.programs[i].rule->full_id].push_back(i);
    programs[plan.programs[i].rule->source->id.text].push_back(i);
  }
  for (std::uint32_t node = 0; node < organisation_->nodes().size(); ++node) {
    for (auto& waiver : organisation_->nodes()[node].waivers) {
      // Dates of one form compare as texts; `expires` is the last valid day. Without a day none holds.
      std::string status = today.empty() ? "undated" : waiver.expires < today ? "expired" : !waiver.starts.empty() && today < waiver.starts ? "not_started" : "holds";
      if (auto named = programs.find(waiver.rule.text); named != programs.end()) {
        for (auto program : named->second) by_program_[program].push_back(static_cast<std::uint32_t>(entries_.size()));
      }
      entries_.push_back({&waiver, node, status});
    }
  }
}

const rules::waiver_document* waiver_table::find(std::uint32_t program, std::uint32_t node, std::string_view address, uses& counted) const {
  const rules::waiver_document* holding = nullptr;
  for (auto index : by_program_[program]) {
    auto& one = entries_[index];
    if (!organisation_->is_within(node, one.node) || !matches_pattern(address, one.source->resource.text)) continue;
    ++counted[index];
    if (holding == nullptr && one.status == "holds") holding = one.source;
  }
  return holding;
}

std::vector<waiver_record> waiver_table::records(std::optional<std::uint32_t> within, const uses& counted) const {
  std::vector<waiver_record> made;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    auto& one = entries_[i];
    if (within && !organisation_->is_within(one.node, *within)) continue;
    auto& source = *one.source;
    waiver_record record;
    record.id = source.id.text;
    record.rule = source.rule.text;
    record.scope = organisation_->nodes()[one.node].id.text;
    record.resource = source.resource.text;
    record.approver = source.approver;
    record.expires = source.expires;
    record.status = one.status == "holds" && counted[i] == 0 ? "unmatched" : one.status;
    record.reason = {source.reason.ja.text, source.reason.en.text};
    record.findings = counted[i];
    made.push_back(std::move(record));
  }
  return made;
}

}  // namespace sekimori::check

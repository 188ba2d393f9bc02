// check: which waivers hold. Entry point: waiver_table. A waiver changes a disposition, never a verdict.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/organisation.hpp"
#include "sekimori/finding.hpp"
#include "sekimori/report.hpp"

namespace sekimori::check {

// "2026-11-24", the day in Japan at a second since 1970.
std::string japan_date(std::int64_t seconds);
// RFC 3339 with +09:00.
std::string japan_time(std::int64_t seconds);

// `*` stands for any run of characters.
bool matches_pattern(std::string_view text, std::string_view pattern);

class waiver_table {
 public:
  waiver_table(const rules::organisation* organisation, std::optional<std::int64_t> now);

  // Marks a failed finding as waived where a waiver of its node (or of one above it) holds.
  void apply(finding& failed, std::uint32_t node, const std::string& full_rule_id);
  // Every waiver within `within` (all of them when it is empty) as it stood in this run.
  std::vector<waiver_record> records(std::optional<std::uint32_t> within) const;

 private:
  struct entry {
    const rules::waiver_document* source;
    std::uint32_t node;
    std::string status;      // "holds", "expired", "not_started", "undated"
    std::uint64_t findings = 0;
  };
  const rules::organisation* organisation_;
  std::vector<entry> entries_;
};

}  // namespace sekimori::check

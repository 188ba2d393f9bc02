// check: which waivers hold. Entry point: waiver_table. A waiver changes a disposition, never a verdict.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plan/program.hpp"
#include "rules/organisation.hpp"
#include "sekimori/report.hpp"

namespace sekimori::check {

// "2026-11-24", the day in Japan at a second since 1970.
std::string japan_date(std::int64_t seconds);
// RFC 3339 with +09:00.
std::string japan_time(std::int64_t seconds);

// `*` stands for any run of characters.
bool matches_pattern(std::string_view text, std::string_view pattern);

// Immutable; what is counted is the caller's.
class waiver_table {
 public:
  using uses = std::vector<std::uint64_t>;   // verdicts that a waiver names, by waiver

  waiver_table(const rules::organisation* organisation, std::optional<std::int64_t> now, const plan::policy_plan& plan);

  // Whether any waiver names the program's rule: only then has an address to be made for find().
  bool concerns(std::uint32_t program) const { return !by_program_[program].empty(); }
  // The waiver of `node` (or of one above it) that holds for a failed verdict; null: none. Counted are all that name it.
  const rules::waiver_document* find(std::uint32_t program, std::uint32_t node, std::string_view address, uses& counted) const;
  // Every waiver within `within` (all of them when it is empty) as it stood in this run.
  std::vector<waiver_record> records(std::optional<std::uint32_t> within, const uses& counted) const;
  uses no_uses() const { return uses(entries_.size(), 0); }

 private:
  struct entry {
    const rules::waiver_document* source;
    std::uint32_t node;
    std::string status;      // "holds", "expired", "not_started", "undated"
  };
  const rules::organisation* organisation_;
  std::vector<entry> entries_;
  std::vector<std::vector<std::uint32_t>> by_program_;
};

}  // namespace sekimori::check

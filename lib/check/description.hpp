// check: a verdict that is listed as a finding. Entry point: describer. Knows no evaluation.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "check/run_context.hpp"
#include "exec/explain.hpp"

namespace sekimori::check {

// Where a finding stands.
struct finding_place {
  const inventory::resource& resource;
  const rules::checked_kind* kind = nullptr;   // null: a rule over provider types
  const scope_view& scope;
  std::string_view instance;                   // "#id" of one of several of a kind, or empty
};

// The texts of a node as findings show them.
struct node_texts {
  std::string id, owner, operated_by;
  localized_text title;
};

std::optional<std::uint32_t> parent_of(const rules::organisation& organisation, std::uint32_t node);

// One per worker: texts that many findings share are made once.
class describer {
 public:
  describer(const run_context& of, arena& memory) : of_(of), memory_(memory), words_(of.plan.programs.size()) {}

  // `made` is a new finding where it will stand: moving one costs as much as some of its texts.
  void describe(const finding_place& at, std::uint32_t program, verdict outcome, decide_by settle, exec::explanation&& why,
                const rules::waiver_document* waiver, finding& made);

 private:
  const std::shared_ptr<const rule_words>& words(std::uint32_t program, std::string_view cloud);
  const node_texts& texts_of(std::uint32_t node);

  const run_context& of_;
  arena& memory_;   // of the resource at hand
  std::vector<std::vector<std::pair<std::string, std::shared_ptr<const rule_words>>>> words_;   // by program, then cloud: a few
  std::unordered_map<std::uint32_t, node_texts> nodes_;
};

}  // namespace sekimori::check

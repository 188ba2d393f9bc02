// check: the policies of Kubernetes over one object. Entry point: manifest_judge.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/arena.hpp"
#include "check/run_context.hpp"
#include "exec/admission_variables.hpp"
#include "exec/executor.hpp"
#include "exec/explain.hpp"

namespace sekimori::check {

struct judged_manifest {
  std::uint32_t program = 0;
  verdict outcome = verdict::not_applicable;
  decide_by settle = decide_by::none;
  bool limit = false;
  bool explained = false;
  exec::explanation why;      // where it is explained
};

// One per worker. The cost of these policies is always counted.
class manifest_judge {
 public:
  manifest_judge(const run_context& of, arena& memory);
  void set_host(void* host) { evaluator_.set_host(host); }

  // Moves to an object: whether any policy is asked of it.
  bool begin(const inventory::resource& one);
  std::size_t candidates() const { return candidates_.size(); }
  std::uint32_t program(std::size_t which) const { return candidates_[which].program; }
  // `room`: what is listed is to be explained.
  judged_manifest judge(std::size_t which, bool room);

 private:
  struct candidate { std::uint32_t program; value asked; };
  const std::vector<std::uint32_t>& policies_over(const admission_object& seen);
  void show(const plan::rule_program& program, const rules::checked_admission& policy, const exec::admission_values& values, value belongs);
  verdict judge_with(const plan::rule_program& program, const rules::checked_admission& policy, const exec::admission_values& values,
                     value belongs, bool room, judged_manifest& into);

  const run_context& of_;
  arena& memory_;
  cel::limits limits_;
  cel::evaluator evaluator_;
  exec::executor executor_;
  std::unordered_map<std::string_view, std::vector<std::uint32_t>> policies_by_type_;
  admission_object seen_;
  std::vector<candidate> candidates_;
  cel::trace traced_;                  // of one explanation after the other
};

}  // namespace sekimori::check

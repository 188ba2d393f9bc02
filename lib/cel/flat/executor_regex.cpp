// cel: what an executor keeps of a pool, its regular expressions above all: one by one and several at once. Entry points:
// executor::attach, match, match_fused.
#include <re2/re2.h>
#include <re2/set.h>

#include "cel/evaluate/regex.hpp"
#include "cel/flat/executor.hpp"

namespace sekimori::cel::flat {

namespace {

answer answer_of(bool holds) { return holds ? answer::yes : answer::no; }

}  // namespace

struct executor::fused_set {
  std::unique_ptr<re2::RE2::Set> set;   // nullptr: it does not compile, and its members are matched one by one
  std::uint32_t stamp = 0;              // of the generation that `matching` belongs to
  bool searched = false;
  std::uint64_t matching = 0;           // by position
  std::vector<int> found;
};

executor::executor(evaluator& full, const limits& bounds) : full_(full), memory_(full.memory()), bounds_(bounds), most_work_(bounds.steps) {}
executor::~executor() = default;

void executor::attach(const pool& used) {
  attached_ = used.serial;
  pool_ = &used;
  auto grow = [](auto& of, std::size_t size) {
    if (of.size() < size) of.resize(size);
  };
  grow(slot_stamps_, used.slots.size());
  grow(slot_values_, used.slots.size());
  grow(column_stamps_, used.columns.size());
  grow(column_values_, used.columns.size());
  grow(memo_stamps_, used.memos);
  grow(memos_, used.memos);
  grow(kept_, used.kept);
  grow(kept_runs_, used.kept);
  grow(hints_, used.hints);
  regexes_.assign(used.regexes.size(), nullptr);
  if (!fused_.empty()) fused_.clear();
}

// Its own copy: threads that share one wait for each other. nullptr: beyond the limits of this run.
const re2::RE2* executor::regex_of(std::uint32_t index) {
  if (regexes_[index] != nullptr) return regexes_[index];
  constexpr std::size_t most_kept = 4'096;
  if (compiled_.size() > most_kept) {
    compiled_.clear();
    regexes_.assign(pool_->regexes.size(), nullptr);
  }
  const std::string_view pattern = pool_->regexes[index].pattern;
  auto& owned = compiled_[std::string(pattern)];
  if (owned == nullptr) owned = compile_regex(pattern, bounds_).compiled;
  regexes_[index] = owned.get();
  return owned.get();
}

answer executor::match(const instruction& at, value v) {
  if (!v.is(value_kind::string)) return doubt(v);
  const constant_regex& asked = pool_->regexes[at.index2()];
  const re2::RE2* regex = regex_of(at.index2());
  std::string_view text = v.as_text();
  if (regex == nullptr || !spend(matching_work(text.size(), asked.size) + call_work(text.size() + asked.pattern.size()))) return left();
  return answer_of(re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *regex));
}

// Each member is charged for what it would take alone, so that limits do not see what is fused.
answer executor::match_fused(const instruction& at, value v) {
  if (!v.is(value_kind::string)) return doubt(v);
  if (!search_fused(at.weight, v.as_text())) return match(at, v);
  const constant_regex& asked = pool_->regexes[at.index2()];
  const std::size_t size = v.as_text().size();
  if (!spend(matching_work(size, asked.size) + call_work(size + asked.pattern.size()))) return left();
  return answer_of((fused_[at.weight]->matching >> at.detail & 1) != 0);
}

// False where the set cannot tell: it ran out of memory, or a member is beyond the limits.
bool executor::search_fused(std::uint32_t index, std::string_view text) {
  if (fused_.size() <= index) fused_.resize(pool_->fused.size());
  auto& kept = fused_[index];
  if (kept == nullptr) {
    kept = std::make_unique<fused_set>();
    re2::RE2::Options options;
    options.set_log_errors(false);
    auto set = std::make_unique<re2::RE2::Set>(options, re2::RE2::UNANCHORED);
    bool all = true;
    for (std::uint32_t member : pool_->fused[index].regexes) {
      const std::string_view pattern = pool_->regexes[member].pattern;
      all = all && regex_of(member) != nullptr && set->Add(re2::StringPiece(pattern.data(), pattern.size()), nullptr) >= 0;
    }
    if (all && set->Compile()) kept->set = std::move(set);
  }
  if (kept->set == nullptr) return false;
  if (kept->stamp == generation_) return kept->searched;
  kept->stamp = generation_;
  kept->matching = 0;
  re2::RE2::Set::ErrorInfo failed{re2::RE2::Set::kNoError};
  const bool any = kept->set->Match(re2::StringPiece(text.data(), text.size()), &kept->found, &failed);
  kept->searched = any || failed.kind == re2::RE2::Set::kNoError;
  if (any) {
    for (int position : kept->found) kept->matching |= std::uint64_t{1} << position;
  }
  return kept->searched;
}

}  // namespace sekimori::cel::flat

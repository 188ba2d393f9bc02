// cel: runs flat code. Entry points: executor::test, executor::find. Asks the evaluator for parts that flat code left to
// it, and for nothing else: what is open is the caller's to ask it. Knows no documents.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "cel/evaluate/arithmetic.hpp"
#include "cel/evaluator.hpp"
#include "cel/flat/marks.hpp"
#include "cel/flat/program.hpp"
#include "value/same_text.hpp"

namespace re2 {
class RE2;
}

namespace sekimori::cel::flat {

// One per thread. Re-entrant: a map_view may run another program of the same pool while it is read. Warm, it takes
// nothing from the heap; what values need lives in the evaluator's memory.
class executor {
 public:
  executor(evaluator& full, const limits& bounds);
  ~executor();
  executor(const executor&) = delete;
  executor& operator=(const executor&) = delete;

  // The variables of what follows, by slot; they stay where they are. Forgets what was read with others before.
  void begin(std::span<const value> variables) {
    variables_ = variables;
    if (++generation_ == 0) forget_all();
  }
  // Programs of one pool between two begin(), all of which were lowered before the first is run. `open` where the program was not lowered, too.
  answer test(const program& asked);
  // Why test() was open: a bit for each unknown_reason of the unknowns that decide, or `unclear`, which only the evaluator
  // can resolve. Without `unclear` the evaluator's value is an unknown with these reasons.
  static constexpr std::uint8_t unclear = 0x80;
  std::uint8_t doubts() const { return doubts_; }
  // Open (marks.hpp) where the evaluator must say what the value is.
  value find(const program& asked);

 private:
  // What a loop goes over.
  struct loop_range {
    const list_view* list = nullptr;
    const value* elements = nullptr;         // the list's, where they stand together
    const map_entry* entries = nullptr;
    std::size_t size = 0;
    bool sensitive = false;
    const relation_shape* shape = nullptr;   // only where it leaves something open
    std::uint32_t body = 0;
    value instead;                           // what is no range
    bool certain(std::size_t i) const { return shape == nullptr || shape->certain == nullptr || shape->certain[i]; }
  };
  // What one run puts in front of another's.
  struct frame {
    const program* running = nullptr;
    const instruction* code = nullptr;
    std::uint32_t local_base = 0;
    bool limited = false;            // more work than the limits allow: nothing that was found counts
    bool sensitive = false;          // a bool that is secret was used as an answer
    std::uint8_t doubts = 0;         // of what is open so far
    std::uint64_t run = 0;
  };
  class outermost_run;
  class nested_run;

  answer answer_of_root(const program& asked);
  value value_of_root(const program& asked);
  answer test_nested(const program& asked);
  value find_nested(const program& asked);

  answer run_test(std::uint32_t at);
  answer leaf_test(std::uint32_t index);                      // leaf_test.hpp
  answer value_test(const instruction& at, value v);          // leaf_test.hpp
  answer rare_test(const instruction& at, value v);
  answer branch_test(const instruction& at, std::uint32_t index);
  answer join_tests(const instruction& at, std::uint32_t index, answer deciding);
  value run_value(std::uint32_t at);
  [[gnu::always_inline]] value read(const instruction& at) {
    if (at.from == source::slot) return slot_value(at.index);
    if (at.from == source::variable) return at.local < variables_.size() ? noted(variables_[at.local]) : open_value();
    if (at.from == source::column) return column_value(at);
    if (at.from == source::local) return locals_[frame_.local_base + at.local];
    return read_other(at);
  }
  value read_other(const instruction& at);
  [[gnu::always_inline]] value value_at(std::uint32_t index) {
    const instruction& at = frame_.code[index];
    return at.what == opcode::read ? read(at) : run_value(index);
  }
  value slot_value(std::uint32_t slot) {
    return slot_stamps_[slot] == generation_ ? noted(slot_values_[slot]) : read_slot(slot);
  }
  value read_slot(std::uint32_t slot);
  value column_value(const instruction& at) {
    return column_of(at.index)[positions_[frame_.local_base + at.local]];
  }
  const value* column_of(std::uint32_t column) {
    return column_stamps_[column] == generation_ ? column_values_[column] : read_column(column);
  }
  const value* read_column(std::uint32_t column);
  const value* project(value over, const column& asked);
  // The usual case of a look-up: the entries are made already, and the key stands where it stood in the last map.
  static bool find_at_hand(const map_view& view, std::string_view key, std::uint32_t hint, value& found) {
    const std::span<const map_entry> entries = view.at_hand();
    if (hint >= entries.size() || !same_text(entries[hint].key.as_text(), key)) return false;
    found = entries[hint].mapped;
    return true;
  }
  value key_of(value map, std::string_view key, std::uint32_t& hint, bool typed);

  answer equal_to(value v, value constant);
  answer order_of(value a, value b, std::uint8_t operation);   // leaf_test.hpp
  answer ordered(value a, value b, std::uint8_t operation);
  answer holds(value container, value text);
  answer contained(value sought, value container);
  answer is_present(value v);
  answer doubt(value v);
  answer doubt(value a, value b);
  answer left() {
    frame_.doubts |= unclear;
    return answer::open;
  }
  // A test that is decided forgets why parts of it are not.
  answer settled(std::uint8_t before, answer given) {
    frame_.doubts = before;
    return given;
  }
  answer match(const instruction& at, value v);
  const re2::RE2* regex_of(std::uint32_t index);
  answer match_fused(const instruction& at, value v);
  bool search_fused(std::uint32_t index, std::string_view text);
  answer quantify(const instruction& at, std::uint32_t index);
  const value* values_of(const instruction& at, const loop_range& over, std::uint32_t element);
  bool open_range(const instruction& at, std::uint32_t index, loop_range& opened);
  void bind(const instruction& at, const loop_range& over, std::size_t i);
  value transform(const instruction& at, std::uint32_t index);
  static bool goes_in_blocks(const instruction& at, const loop_range& over) {
    return (at.detail & in_blocks) != 0 && over.list != nullptr && over.shape == nullptr && over.size >= fewest_in_blocks;
  }
  // executor_blocks.cpp
  struct block;
  struct block_range;
  struct kept_block;
  answer quantify_blocks(const instruction& at, const loop_range& over);
  bool filter_blocks(const instruction& at, const loop_range& over);
  block block_of(const instruction& at, const loop_range& over, std::size_t first, std::size_t count, answer stop);
  block test_block(std::uint32_t index, const block_range& in, std::uint64_t live, answer stop);
  block join_block(const instruction& at, std::uint32_t index, const block_range& in, std::uint64_t live, answer stop);
  block invariant_block(std::uint32_t index, std::uint64_t live);
  block per_element_block(const instruction& at, std::uint32_t index, const block_range& in, std::uint64_t live);
  block elements_block(std::uint32_t index, const block_range& in, std::uint64_t live, answer stop);
  block values_block(const instruction& at, const value* values, const block_range& in, std::uint64_t live, answer stop);
  template <class Holds>
  static block integers_block(const value* values, std::uint64_t live, std::uint64_t& others, Holds holds);
  block ordered_values(const value* values, value with, operation asked, bool turned, std::uint64_t live);
  block ordered_block(const instruction& at, const instruction& left, const instruction& right, const block_range& in, std::uint64_t live);
  const value* values_of(const instruction& at, const block_range& in);
  bool operand_fits(const instruction& at, const block_range& in);
  value call(const instruction& at, std::uint32_t index);
  value concatenate(const instruction& at, std::uint32_t index);
  value arithmetic_value(const instruction& at, std::uint32_t index);
  value element(value container, value key);
  value general(const instruction& at);
  // An error of code limit is never absorbed: whatever else is found does not count.
  value noted(value v) {
    if (v.is_error() && v.as_error().code == evaluation_error_code::limit) frame_.limited = true;
    return v;
  }
  bool spend(std::uint64_t work) {
    work_ += work;
    if (work_ <= most_work_) return true;
    frame_.limited = true;
    return false;
  }
  void attach(const pool& used);
  void forget_all();

  static constexpr std::uint32_t locals_of_a_run = 64;
  static constexpr std::size_t fewest_in_blocks = 8;
  static constexpr std::size_t most_locals = 256;

  evaluator& full_;
  arena& memory_;
  limits bounds_;
  std::uint64_t most_work_;
  std::span<const value> variables_;
  const pool* pool_ = nullptr;
  std::uint64_t attached_ = 0;     // its serial: another pool may stand where one stood before
  frame frame_;
  std::uint32_t generation_ = 0;
  std::uint64_t work_ = 0;
  value locals_[most_locals];
  std::uint32_t positions_[most_locals];
  std::vector<std::uint32_t> slot_stamps_, column_stamps_, memo_stamps_;
  std::vector<std::uint32_t> hints_;
  std::vector<value> slot_values_;
  std::vector<const value*> column_values_;
  struct memo {
    answer given;
    std::uint8_t doubts;
  };
  std::vector<memo> memos_;
  std::vector<kept_block*> kept_;           // of the run in kept_runs_
  std::vector<std::uint64_t> kept_runs_;
  std::uint64_t runs_ = 0;
  std::uint8_t doubts_ = 0;
  std::vector<value> scratch_;
  std::vector<const re2::RE2*> regexes_;   // by index in the pool that is attached; nullptr: not asked for yet
  std::unordered_map<std::string, std::unique_ptr<re2::RE2>> compiled_;
  struct fused_set;
  std::vector<std::unique_ptr<fused_set>> fused_;   // by index in the pool
};

}  // namespace sekimori::cel::flat

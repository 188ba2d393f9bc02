// cel: what the bodies of several packs share: reading containers that may hold unknowns, limits on
// what a call may make, and a fast membership test. Knows no function of any pack.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/arena_vector.hpp"
#include "cel/function.hpp"
#include "value/compare.hpp"
#include "value/values.hpp"

namespace sekimori::cel::pack_support {

// What one call may make. Without a cap s.replace("a", "aa") written fifty times fills any memory.
inline constexpr std::size_t largest_text = 4u << 20;
inline constexpr std::size_t largest_list = 1'000'000;
// Containers of documents are at most this deep; deeper ones are refused, not walked.
inline constexpr int deepest_value = 1'000;
// A body looks at about this many elements in the time of one loop iteration of an expression.
inline constexpr std::uint64_t elements_a_step = 8;
inline void count_work(call_context& context, std::size_t elements) { context.work += elements / elements_a_step; }
// What one body may do in loop steps: limits.steps is looked at only when it is done.
inline constexpr std::uint64_t most_work = 1'000'000;

// Equality with its work counted, all comparisons of one body together (value/compare.hpp).
class comparisons {
 public:
  explicit comparisons(call_context& context) : context_(context) {}
  ~comparisons() { count_work(context_, visited_); }
  comparisons(const comparisons&) = delete;
  comparisons& operator=(const comparisons&) = delete;
  value same(value a, value b) { return equals(context_.memory, a, b, visited_); }

 private:
  call_context& context_;
  std::uint64_t visited_ = 0;
};

// A relation some of whose members are only possible, or that may have more: an unknown. Else null kind.
value not_whole(call_context& context, const list_view& list);
value text_result(call_context& context, std::string_view text);  // copies; limit error over largest_text

// What stops a body from using a container: nothing (null kind), an unknown or an error.
// `read_list` also fills `elements`. Only the elements themselves are looked at, not what is in them.
value read_list(call_context& context, const list_view& list, arena_vector<value>& elements);
// The same for everything inside `searched`, at any depth.
value find_undecided(call_context& context, value searched);

// Consistent with CEL equality: equal values have equal hashes (1, 1u and 1.0 too). Only for values
// in which find_undecided finds nothing.
std::uint64_t hash_of(value hashed);

// A list prepared for "is there an equal element", unknown elements included.
class membership {
 public:
  membership(call_context& context, const std::vector<value>& elements);
  // true, false, an unknown where an unknown part could decide, or an error.
  value contains(value sought);

 private:
  call_context& context_;
  comparisons compared_;
  const std::vector<value>& elements_;
  std::unordered_multimap<std::uint64_t, value> known_;
  std::vector<value> undecided_;
};

bool is_limit(value found);
// What the elements of several calls found, joined: a limit outranks unknown, unknown outranks error.
value join_undecided(call_context& context, value so_far, value found);

bool is_white_space(char32_t code_point);  // Unicode White_Space
std::string_view trim_ascii(std::string_view text);

}  // namespace sekimori::cel::pack_support

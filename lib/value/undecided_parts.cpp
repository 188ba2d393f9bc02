// value: what keeps an operation over many parts from a result. Entry points: undecided_parts.hpp.
#include "value/undecided_parts.hpp"

#include <bit>
#include <limits>

#include "value/values.hpp"

namespace sekimori {

bool undecided_parts::add(value part) {
  if (part.is_unknown()) {
    const unknown_set* one = &part.as_unknown();
    sensitive_ = sensitive_ || part.sensitive();
    if (one == last_) return false;
    last_ = one;
    if (first_ == nullptr) {
      first_ = one;
      return false;
    }
    if (by_size_.empty()) {
      by_size_ = memory_.make_array<const unknown_set*>(std::numeric_limits<std::size_t>::digits + 1);
      merge(first_);
    }
    merge(one);
  } else if (part.is_error()) {
    const bool limit = part.as_error().code == evaluation_error_code::limit;
    if (limit || !failed_.is_error()) failed_ = part;
    return limit;
  }
  return false;
}

void undecided_parts::merge(const unknown_set* one) {
  for (;;) {
    const unknown_set*& there = by_size_[static_cast<std::size_t>(std::bit_width(one->count))];
    if (there == nullptr) {
      there = one;
      return;
    }
    one = &merge_unknowns(memory_, value::unknown(there), value::unknown(one)).as_unknown();
    there = nullptr;
  }
}

value undecided_parts::or_else(value otherwise) {
  if (failed_.is_error() && failed_.as_error().code == evaluation_error_code::limit) return failed_;
  if (first_ == nullptr) return failed_.is_error() ? failed_ : otherwise;
  value joined = value::unknown(first_);
  if (!by_size_.empty()) joined = value::null();
  for (const unknown_set* one : by_size_) {
    if (one == nullptr) continue;
    joined = joined.is_unknown() ? merge_unknowns(memory_, joined, value::unknown(one)) : value::unknown(one);
  }
  return sensitive_ ? joined.marked_sensitive(true) : joined;
}

}  // namespace sekimori

// cel: what flat code passes on instead of a value. Entry points: open_value, absent_value. Knows no code.
#pragma once

#include <cstddef>
#include <cstdint>

#include "sekimori/value.hpp"

namespace sekimori::cel::flat {

extern const evaluation_error open_error, absent_error;

// Left to the evaluator. Any unknown and any error is as good as this.
inline value open_value() { return value::error(&open_error); }
inline bool is_open(value v) { return v.is_error() || v.is_unknown(); }
// A path that does not lead to a value: open as well, but not for has() and orValue().
inline value absent_value() { return value::error(&absent_error); }
inline bool is_absent(value v) { return v.is_error() && &v.as_error() == &absent_error; }

// As the evaluator charges a call for the texts that it is given.
inline std::uint64_t call_work(std::size_t text_bytes) { return (text_bytes >> 4) + 4; }
// A relation whose members are not all sure, or that may have more.
inline bool is_unsure(const list_view& list) {
  const relation_shape* shape = list.relation();
  return shape != nullptr && (shape->open || shape->certain != nullptr);
}

}  // namespace sekimori::cel::flat

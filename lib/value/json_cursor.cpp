// value: see json_cursor.hpp. What is passed over is looked at 64 bytes at a time.
#include "value/json_cursor.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>

#include "base/byte_block.hpp"

namespace sekimori {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// Bytes behind a backslash that counts. `carried`: the first byte is one; of the next block, when it returns.
std::uint64_t escaped(std::uint64_t backslashes, std::uint64_t& carried) {
  std::uint64_t made = carried;
  backslashes &= ~carried;
  carried = 0;
  while (backslashes != 0) {
    const int at = std::countr_zero(backslashes);
    if (at == 63) {
      carried = 1;
      break;
    }
    made |= std::uint64_t{2} << at;
    backslashes &= ~(std::uint64_t{3} << at);
  }
  return made;
}

// Each bit: whether the number of ones up to and with it is odd.
std::uint64_t odd_so_far(std::uint64_t bits) {
  for (int by = 1; by < 64; by *= 2) bits ^= bits << by;
  return bits;
}

}  // namespace

void json_cursor::pass_mark() {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  if (text_.substr(at_).starts_with(mark)) at_ += mark.size();
}

void json_cursor::pass_space() {
  while (at_ < text_.size() && is_space(text_[at_])) ++at_;
}

void json_cursor::pass_value() {
  const char c = here();
  if (c == '"') {
    pass_string();
    return;
  }
  if (c == '{' || c == '[') {
    ++at_;
    return pass_rest();
  }
  ++at_;
  while (at_ < text_.size() && std::string_view(",]} \t\r\n").find(text_[at_]) == std::string_view::npos) ++at_;
}

std::string_view json_cursor::pass_string() {
  const std::size_t begin = ++at_;
  for (;;) {
    const std::size_t quote = text_.find('"', at_);
    if (quote == std::string_view::npos) {
      at_ = text_.size();
      return text_.substr(std::min(begin, at_));
    }
    std::size_t backslashes = 0;
    while (quote - backslashes > begin && text_[quote - backslashes - 1] == '\\') ++backslashes;
    at_ = quote + 1;
    if (backslashes % 2 == 0) return text_.substr(begin, quote - begin);
  }
}

void json_cursor::pass_rest() {
  std::uint64_t depth = 1, in_text = 0, carried = 0;     // `in_text`: all bits or none
  for (; at_ < text_.size(); at_ += byte_block::size) {
    const byte_block block = block_at(text_, at_);
    const std::uint64_t quotes = block.equal('"') & ~escaped(block.equal('\\'), carried);
    const std::uint64_t text = odd_so_far(quotes) ^ in_text;
    in_text = (text >> 63) != 0 ? ~std::uint64_t{0} : 0;
    // '{' and '[', '}' and ']' differ in one bit, and in a text that was parsed each ends its own.
    const std::uint64_t begins = block.equal('{', 0x20) & ~text;
    std::uint64_t ends = block.equal('}', 0x20) & ~text;
    const std::uint64_t begun = count_ones(begins), ended = count_ones(ends);
    if (ended < depth) {
      depth += begun;
      depth -= ended;
      continue;
    }
    for (; ends != 0; ends &= ends - 1) {
      const int end = std::countr_zero(ends);
      const std::uint64_t before = begins & ((std::uint64_t{1} << end) - 1);
      if (depth + count_ones(before) == ended - count_ones(ends) + 1) {
        at_ += static_cast<std::size_t>(end) + 1;
        return;
      }
    }
    depth += begun;
    depth -= ended;
  }
  at_ = text_.size();
}

}  // namespace sekimori

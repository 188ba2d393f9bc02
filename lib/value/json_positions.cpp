// value: see json_positions.hpp.
#include "value/json_positions.hpp"

#include <algorithm>
#include <bit>
#include <charconv>

#include "base/byte_block.hpp"
#include "value/json_scan.hpp"

namespace sekimori {
namespace {

// The number of an element that a token stands for: digits without leading zeros.
bool number_of(std::string_view token, std::uint64_t& number) {
  if (token.empty() || (token.front() == '0' && token.size() > 1) || token.front() == '-') return false;
  const auto [end, failed] = std::from_chars(token.data(), token.data() + token.size(), number);
  return failed == std::errc() && end == token.data() + token.size();
}

}  // namespace

json_positions::json_positions(std::string_view text, std::span<const std::string_view> pointers, std::size_t first_element)
    : first_element_(first_element), nodes_(1), cursor_(text) {
  cursor_.pass_mark();
  placed_ = cursor_.at();
  nodes_.reserve(pointers.size() + 2);
  steps_.reserve(pointers.size() + 2);
  for (const std::string_view pointer : pointers) want(pointer);
  for (auto& list : numbers_) std::sort(list.begin(), list.end(), [](const numbered& a, const numbered& b) { return a.index < b.index; });
}

// A token as a key is written: "~1" stands for "/", "~0" for "~".
std::string_view json_positions::plain(std::string_view token, std::string& memory) const {
  if (token.find('~') == std::string_view::npos) return token;
  memory.clear();
  for (std::size_t i = 0; i < token.size(); ++i) {
    const bool written = token[i] == '~' && i + 1 < token.size() && (token[i + 1] == '0' || token[i + 1] == '1');
    memory += written ? (token[++i] == '0' ? '~' : '/') : token[i];
  }
  return memory;
}

std::uint32_t json_positions::child(std::uint32_t from, std::string_view token) const {
  const auto found = steps_.find({from, token});
  return found == steps_.end() ? none : found->second;
}

void json_positions::want(std::string_view pointer) {
  if (!pointer.empty() && pointer.front() != '/') return;
  std::uint32_t at = 0;
  std::size_t begin = 0;
  // Neighbours mostly differ in the last token alone.
  const std::size_t last = pointer.empty() ? 0 : pointer.rfind('/');
  if (!before_.empty() && pointer.substr(0, last) == before_) {
    at = before_node_;
    begin = last;
  }
  std::string memory;
  while (begin < pointer.size()) {
    if (begin == last) {
      before_ = pointer.substr(0, last);
      before_node_ = at;
    }
    const std::size_t end = std::min(pointer.find('/', begin + 1), pointer.size());
    std::string_view token = plain(pointer.substr(begin + 1, end - begin - 1), memory);
    std::uint32_t next = child(at, token);
    if (next == none) {
      if (token.data() == memory.data()) token = unescaped_.emplace_back(memory);
      next = static_cast<std::uint32_t>(nodes_.size());
      nodes_.emplace_back();
      steps_.emplace(step{at, token}, next);
      nodes_[at].entered = true;
      if (std::uint64_t number = 0; number_of(token, number)) {
        if (nodes_[at].numbers == none) {
          nodes_[at].numbers = static_cast<std::uint32_t>(numbers_.size());
          numbers_.emplace_back();
        }
        numbers_[nodes_[at].numbers].push_back({number, next});
      }
    }
    at = next;
    begin = end;
  }
}

line_column json_positions::find(std::string_view pointer) {
  if (!pointer.empty() && pointer.front() != '/') return {};
  std::vector<std::uint32_t> way = {0};
  std::string memory;
  for (std::size_t begin = 0; begin < pointer.size();) {
    const std::size_t end = std::min(pointer.find('/', begin + 1), pointer.size());
    way.push_back(child(way.back(), plain(pointer.substr(begin + 1, end - begin - 1), memory)));
    if (way.back() == none) return {};
    begin = end;
  }
  std::size_t reached = 0;              // how many of them are found
  for (;; go_on()) {
    while (reached < way.size() && nodes_[way[reached]].at.line > 0) ++reached;
    if (reached == way.size() || (reached > 0 && nodes_[way[reached - 1]].string)) return nodes_[way[reached - 1]].at;
    if (ended_) return {};
  }
}

void json_positions::go_on() {
  cursor_.pass_space();
  if (cursor_.ended() || (frames_.empty() && begun_)) {
    ended_ = true;
  } else if (frames_.empty()) {
    begun_ = true;
    enter_value(0);
    if (!frames_.empty() && !frames_.back().object) frames_.back().index = first_element_;
  } else if (frames_.back().object) {
    next_member();
  } else {
    next_element();
  }
}

void json_positions::enter_value(std::uint32_t index) {
  cursor_.pass_space();
  if (index == none || nodes_[index].at.line != 0) return cursor_.pass_value();
  node& one = nodes_[index];
  one.at = place(cursor_.at());
  const char c = cursor_.here();
  one.string = c == '"';
  if (!one.entered || (c != '{' && c != '[')) return cursor_.pass_value();
  frames_.push_back({index, c == '{', 0, 0});
  cursor_.pass();
}

void json_positions::next_member() {
  if (cursor_.here() == ',') {
    cursor_.pass();
    cursor_.pass_space();
  }
  if (cursor_.here() != '"') {          // its end
    frames_.pop_back();
    cursor_.pass();
    return;
  }
  const std::string_view written = cursor_.pass_string();
  cursor_.pass_space();
  cursor_.pass();                       // the colon
  if (written.find('\\') == std::string_view::npos) return enter_value(child(frames_.back().node, written));
  std::string key;
  append_unescaped(key, written);
  enter_value(child(frames_.back().node, key));
}

void json_positions::next_element() {
  frame& top = frames_.back();
  if (cursor_.here() == ',') {
    cursor_.pass();
    cursor_.pass_space();
  }
  const std::uint32_t list = nodes_[top.node].numbers;
  while (list != none && top.next < numbers_[list].size() && numbers_[list][top.next].index < top.index) ++top.next;
  if (cursor_.here() == ']' || list == none || top.next == numbers_[list].size()) {
    frames_.pop_back();
    return cursor_.pass_rest();
  }
  const numbered& wanted = numbers_[list][top.next];
  enter_value(top.index++ == wanted.index ? wanted.node : none);
}

line_column json_positions::place(std::size_t offset) {
  while (placed_ < offset) {
    const std::size_t count = std::min(offset - placed_, byte_block::size);
    const std::uint64_t these = count == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
    const byte_block block = block_at(cursor_.text(), placed_);
    const std::uint64_t ends = block.equal('\n') & these;
    std::uint64_t characters = block.beginnings() & these;
    if (ends != 0) {
      line_ += static_cast<std::uint32_t>(count_ones(ends));
      column_ = 1;
      characters &= ~((std::uint64_t{2} << (63 - std::countl_zero(ends))) - 1);   // behind the last end
    }
    column_ += static_cast<std::uint32_t>(count_ones(characters));
    placed_ += count;
  }
  return {line_, column_};
}

}  // namespace sekimori

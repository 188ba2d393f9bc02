// value: see json_pieces.hpp.
#include "value/json_pieces.hpp"

#include <algorithm>

namespace sekimori {

std::optional<json_pieces> json_pieces::of(std::string_view text, std::string_view key) {
  json_cursor at(text);
  at.pass_mark();
  at.pass_space();
  if (at.here() != '{') return std::nullopt;
  at.pass();
  for (at.pass_space(); at.here() == '"'; at.pass_space()) {
    const bool wanted = at.pass_string() == key;
    at.pass_space();
    if (at.here() != ':') return std::nullopt;
    at.pass();
    at.pass_space();
    const std::size_t begin = at.at() + 1;
    const bool list = at.here() == '[';
    at.pass_value();
    if (wanted) return list && at.at() > begin ? std::optional(json_pieces(text, begin, at.at() - 1)) : std::nullopt;
    at.pass_space();
    if (at.here() != ',') return std::nullopt;
    at.pass();
  }
  return std::nullopt;
}

std::string json_pieces::frame() const {
  std::string made(text_.substr(0, begin_));
  return made.append(text_.substr(end_));
}

bool json_pieces::next(std::size_t bytes, std::string& piece) {
  if (ended_) return false;
  inside_.pass_space();
  if (inside_.ended()) {
    ended_ = true;
    piece = "[,]";            // a comma stood before
    return begun_;
  }
  const std::size_t begin = inside_.at();
  std::size_t end = begin;
  // A comma parts two elements. Where something else stands, or nothing behind a comma, the piece is no list.
  while (!ended_) {
    inside_.pass_value();
    inside_.pass_space();
    end = std::min(inside_.at(), inside_.text().size());
    ended_ = inside_.here() != ',';
    if (ended_) end = inside_.text().size();
    else inside_.pass();
    if (end - begin >= bytes) break;
    inside_.pass_space();
    if (!ended_ && inside_.ended()) {
      ended_ = true;
      end = inside_.text().size();       // with the comma
    }
  }
  begun_ = true;
  piece.assign(1, '[').append(inside_.text().substr(begin, end - begin)).append(1, ']');
  return true;
}

}  // namespace sekimori

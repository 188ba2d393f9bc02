// cel: searching with regular expressions. Entry point: regex_search.
#include <re2/re2.h>

#include "base/text.hpp"
#include "cel/evaluate/regex.hpp"
#include "cel/packs/regex.hpp"
#include "cel/packs/support.hpp"

namespace sekimori::cel {
namespace {

// One search with its groups.
constexpr std::uint64_t work_of_a_match = 4;

bool continues_character(std::string_view text, std::size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80;
}

}  // namespace

regex_search::regex_search(call_context& context, std::string_view text, std::string_view pattern)
    : context_(context), text_(text), pattern_(context.regexes->find(pattern, context.memory, context.expression, failed_)) {}

int regex_search::groups() const { return pattern_ != nullptr ? pattern_->compiled->NumberOfCapturingGroups() : 0; }

bool regex_search::next(regex_match& found) {
  if (pattern_ == nullptr) return false;
  const auto parts = context_.memory.make_array<re2::StringPiece>(static_cast<std::size_t>(groups()) + 1);
  while (at_ <= text_.size()) {
    // Each match may look at all that is left of the text, so that many matches in a long text are quadratic.
    context_.work += work_of_a_match + (text_.size() - at_) / 64 + matching_work(text_.size() - at_, pattern_->size);
    if (context_.work > pack_support::most_work) {
      failed_ = context_.fail(evaluation_error_code::limit, "the search takes longer than the limits allow");
      return false;
    }
    re2::StringPiece whole(text_.data(), text_.size());
    if (!pattern_->compiled->Match(whole, at_, text_.size(), re2::RE2::UNANCHORED, parts.data(), static_cast<int>(parts.size()))) break;
    auto begin = static_cast<std::size_t>(parts[0].data() - text_.data());
    std::size_t end = begin + parts[0].size();
    if (begin > at_ && continues_character(text_, begin)) {
      // RE2 sees \B between the bytes of one character; no match of CEL begins there.
      for (at_ = begin; continues_character(text_, at_);) ++at_;
      continue;
    }
    bool accepted = true;
    if (end == at_) {
      accepted = begin != last_end_;
      if (at_ < text_.size()) {
        decode_utf8(text_, at_);
      } else {
        at_ = text_.size() + 1;
      }
    } else {
      at_ = end;
    }
    last_end_ = end;
    if (!accepted) continue;
    found.clear();
    for (const re2::StringPiece& part : parts) found.emplace_back(part.data(), part.size());
    return true;
  }
  at_ = text_.size() + 1;
  return false;
}

}  // namespace sekimori::cel

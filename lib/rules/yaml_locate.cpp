// rules: where each byte of a decoded scalar stands in the file. Entry point: locate. The decoded text
// (libfyaml's) is walked beside the file's own bytes, so that a place is never guessed from a column.
#include <algorithm>
#include <string_view>

#include "base/text.hpp"
#include "rules/yaml_reader.hpp"

namespace sekimori::rules {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool is_break(char c) { return c == '\n' || c == '\r'; }

class aligner {
 public:
  aligner(const node& scalar, std::string_view source)
      : scalar_(scalar), text_(scalar.text), raw_(source.substr(0, scalar.content.end)), at_(scalar.content.begin) {
    offsets_.reserve(text_.size() + 1);
  }

  std::vector<std::uint32_t> run() {
    const bool block = scalar_.style == scalar_style::literal || scalar_.style == scalar_style::folded;
    if (block ? block_lines() : flow()) {
      offsets_.push_back(std::max(end(), offsets_.empty() ? at_ : offsets_.back()));
      return std::move(offsets_);
    }
    // Not understood byte for byte: everything points at the scalar, which is coarse but never wrong.
    std::vector<std::uint32_t> coarse(text_.size() + 1, scalar_.content.begin);
    coarse.back() = scalar_.content.end;
    return coarse;
  }

 private:
  std::uint32_t end() const { return std::min<std::uint32_t>(at_, scalar_.content.end); }
  bool more() const { return at_ < raw_.size(); }
  std::size_t done() const { return offsets_.size(); }
  bool emit(std::uint32_t from) {
    if (done() >= text_.size()) return false;
    offsets_.push_back(from);
    return true;
  }

  // Plain and quoted scalars: a run of white space with a line end in it is one space, or, with
  // several line ends, one line end fewer.
  bool flow() {
    while (more()) {
      const char c = raw_[at_];
      if (is_blank(c) || is_break(c)) {
        if (!white_space()) return false;
      } else if (c == '\\' && scalar_.style == scalar_style::double_quoted) {
        if (!escape()) return false;
      } else {
        if (done() >= text_.size() || text_[done()] != c) return false;
        emit(at_);
        at_ += c == '\'' && scalar_.style == scalar_style::single_quoted ? 2 : 1;
      }
    }
    return done() == text_.size();
  }

  bool white_space() {
    const std::uint32_t begin = at_;
    std::uint32_t breaks = 0;
    while (more() && (is_blank(raw_[at_]) || is_break(raw_[at_]))) {
      if (raw_[at_] == '\n' || (raw_[at_] == '\r' && !(at_ + 1 < raw_.size() && raw_[at_ + 1] == '\n'))) ++breaks;
      ++at_;
    }
    if (breaks == 0) {
      for (std::uint32_t i = begin; i < at_; ++i) {
        if (done() >= text_.size() || text_[done()] != raw_[i]) return false;
        emit(i);
      }
      return true;
    }
    const char made = breaks == 1 ? ' ' : '\n';
    for (std::uint32_t i = 0; i < std::max<std::uint32_t>(1, breaks - 1); ++i) {
      if (done() >= text_.size() || text_[done()] != made) return false;
      emit(begin);
    }
    return true;
  }

  bool escape() {
    const std::uint32_t begin = at_;
    if (at_ + 1 >= raw_.size()) return false;
    const char kind = raw_[at_ + 1];
    if (is_break(kind)) {                       // an escaped line end and the next line's indent vanish
      at_ += 2;
      if (kind == '\r' && more() && raw_[at_] == '\n') ++at_;
      while (more() && (is_blank(raw_[at_]) || is_break(raw_[at_]))) {
        if (raw_[at_] == '\n' && !emit(at_)) return false;
        ++at_;
      }
      return true;
    }
    const std::uint32_t digits = kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
    at_ += 2 + digits;
    std::size_t next = done();
    if (next >= text_.size()) return false;
    const char32_t code_point = decode_utf8(text_, next);
    if (kind == 'u' && code_point > 0xffff) at_ += 6;   // a surrogate pair is two escapes
    for (std::size_t i = done(); i < next; ++i) offsets_.push_back(begin);
    return true;
  }

  // Block scalars: every line stands in the text as it is, less its indent; what stands between two
  // lines is a line end or, where the style folds, a space.
  bool block_lines() {
    std::uint32_t indent = 0;
    bool indented = false;
    while (more()) {
      const std::uint32_t line = at_;
      std::uint32_t stop = line;
      while (stop < raw_.size() && !is_break(raw_[stop])) ++stop;
      std::uint32_t next = stop;
      if (next < raw_.size() && raw_[next] == '\r') ++next;
      if (next < raw_.size() && raw_[next] == '\n') ++next;
      const bool empty = raw_.substr(line, stop - line).find_first_not_of(' ') == std::string_view::npos;
      if (!empty) {
        if (!separators(line)) return false;
        if (!indented) {
          indented = true;
          indent = indent_of(line, stop);
        }
        const std::uint32_t from = std::min(line + indent, stop);
        if (text_.substr(done(), stop - from) != raw_.substr(from, stop - from)) return false;
        for (std::uint32_t i = from; i < stop; ++i) offsets_.push_back(i);
        line_end_ = stop;
      }
      at_ = next;
    }
    while (done() < text_.size()) {
      if (text_[done()] != '\n') return false;
      offsets_.push_back(line_end_);
    }
    return true;
  }

  // The line ends (or the one space) that stand in the text before the line at `line`.
  bool separators(std::uint32_t line) {
    const std::uint32_t from = done() == 0 ? line : line_end_;
    if (done() > 0 && done() < text_.size() && text_[done()] == ' ' && scalar_.style == scalar_style::folded) {
      offsets_.push_back(from);
      return true;
    }
    while (done() < text_.size() && text_[done()] == '\n') offsets_.push_back(from);
    return true;
  }

  // An explicit indentation indicator leaves spaces in the text; they are not indent.
  std::uint32_t indent_of(std::uint32_t line, std::uint32_t stop) const {
    std::uint32_t raw = 0, kept = 0;
    while (line + raw < stop && raw_[line + raw] == ' ') ++raw;
    while (done() + kept < text_.size() && text_[done() + kept] == ' ') ++kept;
    return raw >= kept ? raw - kept : raw;
  }

  const node& scalar_;
  const std::string_view text_;
  const std::string_view raw_;
  std::uint32_t at_;
  std::uint32_t line_end_ = 0;
  std::vector<std::uint32_t> offsets_;
};

}  // namespace

located_text locate(const node& scalar, const source_ptr& source) {
  located_text made;
  made.text = scalar.text;
  made.source = source;
  made.whole = scalar.where;
  const bool block = scalar.style == scalar_style::literal || scalar.style == scalar_style::folded;
  const bool as_it_is = !block && source->text().substr(scalar.content.begin, scalar.content.end - scalar.content.begin) == scalar.text;
  if (as_it_is) made.offsets = {scalar.content.begin};
  else made.offsets = aligner(scalar, source->text()).run();
  return made;
}

}  // namespace sekimori::rules

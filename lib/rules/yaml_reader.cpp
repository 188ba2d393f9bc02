// rules: libfyaml's events -> nodes. Entry points: read_yaml, read_yaml_stream. Must not know any document type; prints
// nothing (libfyaml writes to stderr unless its diagnostics are taken).
#include "rules/yaml_reader.hpp"

#include <libfyaml.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <map>
#include <memory>
#include <new>
#include <optional>
#include <set>
#include <utility>

#include "base/diagnostics.hpp"
#include "base/text.hpp"

namespace sekimori::rules {
namespace {

struct parser_closer {
  void operator()(fy_parser* parser) const { fy_parser_destroy(parser); }
};

struct diagnostics_closer {
  void operator()(fy_diag* collected) const { fy_diag_unref(collected); }
};

// What libfyaml says first; a fixed buffer, since nothing may be thrown through C. libfyaml can also keep
// its diagnostics as objects, but 0.7 never frees those.
struct first_words {
  std::array<char, 512> text{};
  std::size_t size = 0;
  std::string_view view() const { return {text.data(), size}; }
};

void keep_words(fy_diag*, void* user, const char* text, std::size_t size) {
  auto& kept = *static_cast<first_words*>(user);
  size = std::min(size, kept.text.size() - kept.size);
  std::copy_n(text, size, kept.text.data() + kept.size);
  kept.size += size;
}

struct said {
  std::string message;
  int line = 0, column = 0;   // 1-based; 0: not told
};

// "<memory...>:3:1: error: flow sequence without a closing bracket\n..."
said parse_words(std::string_view words) {
  static constexpr std::string_view mark = ": error: ";
  said made;
  const std::size_t at = words.find(mark);
  if (at == std::string_view::npos) return made;
  const std::string_view rest = words.substr(at + mark.size());
  made.message = std::string(rest.substr(0, rest.find('\n')));
  const std::string_view place = words.substr(0, at);
  const std::size_t second = place.rfind(':');
  const std::size_t first = second == std::string_view::npos || second == 0 ? second : place.rfind(':', second - 1);
  if (first == std::string_view::npos) return made;
  std::from_chars(place.data() + first + 1, place.data() + second, made.line);
  std::from_chars(place.data() + second + 1, place.data() + place.size(), made.column);
  return made;
}

scalar_style style_of(fy_token* token) {
  switch (fy_token_scalar_style(token)) {
    case FYSS_SINGLE_QUOTED: return scalar_style::single_quoted;
    case FYSS_DOUBLE_QUOTED: return scalar_style::double_quoted;
    case FYSS_LITERAL: return scalar_style::literal;
    case FYSS_FOLDED: return scalar_style::folded;
    default: return scalar_style::plain;
  }
}

// What stands between single quotes, read here: libfyaml 0.7 loses memory over text with many ''.
// A run of white space with a line end in it is one space, or, with several line ends, one line end fewer.
std::string single_quoted_text(std::string_view raw) {
  std::string text;
  for (std::size_t at = 0; at < raw.size();) {
    if (raw[at] == '\'') {
      text += '\'';
      at += 2;
      continue;
    }
    const std::size_t begin = at;
    std::size_t breaks = 0;
    while (at < raw.size() && (raw[at] == ' ' || raw[at] == '\t' || raw[at] == '\n' || raw[at] == '\r')) {
      if (raw[at] == '\n' || (raw[at] == '\r' && !(at + 1 < raw.size() && raw[at + 1] == '\n'))) ++breaks;
      ++at;
    }
    if (breaks == 1) text += ' ';
    else if (breaks > 1) text.append(breaks - 1, '\n');
    else if (at > begin) text += raw.substr(begin, at - begin);
    else text += raw[at++];
  }
  return text;
}

// The number that `digits` hexadecimal digits at `at` say; `at` moves behind them.
char32_t hexadecimal(std::string_view raw, std::size_t& at, int digits) {
  std::uint32_t code = 0;
  for (; digits > 0 && at < raw.size(); --digits, ++at) {
    const char c = static_cast<char>(raw[at] | 0x20);
    code = code * 16 + static_cast<std::uint32_t>(c >= 'a' ? c - 'a' + 10 : raw[at] - '0');
  }
  return code;
}

// What stands between double quotes, read here: libfyaml 0.7 loses text after an escaped backslash at a line's end.
// The scanner has refused escapes that YAML does not have.
std::string double_quoted_text(std::string_view raw) {
  static constexpr std::string_view names = "0abt\tnvfre \"/\\N_LP";
  static constexpr char32_t codes[] = {0, 7, 8, 9, 9, 10, 11, 12, 13, 27, ' ', '"', '/', '\\', 0x85, 0xa0, 0x2028, 0x2029};
  std::string text;
  const auto blank = [&](std::size_t at) { return at < raw.size() && (raw[at] == ' ' || raw[at] == '\t'); };
  const auto line_end = [&](std::size_t& at) {
    if (at >= raw.size() || (raw[at] != '\n' && raw[at] != '\r')) return false;
    at += raw[at] == '\r' && at + 1 < raw.size() && raw[at + 1] == '\n' ? 2 : 1;
    return true;
  };
  for (std::size_t at = 0; at < raw.size();) {
    if (raw[at] != '\\') {
      // A run of white space with a line end in it is one space, or, with several line ends, one line end fewer.
      const std::size_t begin = at;
      while (blank(at)) ++at;
      std::size_t breaks = 0;
      for (std::size_t next = at; line_end(next); at = next) {
        ++breaks;
        while (blank(next)) ++next;
      }
      if (breaks == 1) text += ' ';
      else if (breaks > 1) text.append(breaks - 1, '\n');
      else if (at > begin) text += raw.substr(begin, at - begin);
      else text += raw[at++];
      continue;
    }
    if (line_end(++at)) {                          // the line goes on; so may empty ones after it
      std::size_t breaks = 0;
      while (blank(at)) ++at;
      for (std::size_t next = at; line_end(next); at = next) {
        ++breaks;
        while (blank(next)) ++next;
      }
      text.append(breaks, '\n');
      continue;
    }
    if (at >= raw.size()) break;
    const char name = raw[at++];
    const std::size_t known = names.find(name);
    if (known != std::string_view::npos) {
      append_utf8(text, codes[known]);
      continue;
    }
    char32_t code = hexadecimal(raw, at, name == 'x' ? 2 : name == 'u' ? 4 : 8);
    // JSON writes what is beyond 16 bits as two.
    if (name == 'u' && code >= 0xd800 && code < 0xdc00 && raw.substr(at, 2) == "\\u") {
      std::size_t after = at + 2;
      const char32_t low = hexadecimal(raw, after, 4);
      if (low >= 0xdc00 && low < 0xe000) {
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        at = after;
      }
    }
    append_utf8(text, code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ? 0xfffd : code);
  }
  return text;
}

// Where the first control character stands that YAML does not allow. Eight bytes are looked at together: most words hold
// no byte below a space.
std::optional<std::size_t> control_character(std::string_view text) {
  constexpr std::uint64_t ones = 0x0101010101010101u, tops = 0x8080808080808080u;
  std::size_t at = 0;
  while (at < text.size()) {
    std::uint64_t word = 0;
    if (at + sizeof word <= text.size()) {
      std::memcpy(&word, text.data() + at, sizeof word);
      const std::uint64_t below_space = (word - ones * 0x20) & ~word, deleted = ((word ^ ones * 0x7f) - ones) & ~(word ^ ones * 0x7f);
      if (((below_space | deleted) & tops) == 0) {
        at += sizeof word;
        continue;
      }
    }
    for (const std::size_t end = std::min(at + sizeof word, text.size()); at < end; ++at) {
      const auto byte = static_cast<unsigned char>(text[at]);
      if ((byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || byte == 0x7f) return at;
    }
  }
  return std::nullopt;
}

std::uint32_t offset_of(const fy_mark* mark, std::uint32_t otherwise) {
  return mark == nullptr ? otherwise : static_cast<std::uint32_t>(mark->input_pos);
}

// libfyaml's words for the commonest slips, made actionable.
std::string help_for(std::string_view message) {
  if (message.find("invalid multiline plain key") != std::string_view::npos ||
      message.find("could not find expected ':'") != std::string_view::npos) {
    return "check the indentation (spaces only) and that every key is followed by `: `";
  }
  if (message.find("tab character") != std::string_view::npos) return "indent with spaces";
  if (message.find("quoted scalar") != std::string_view::npos) {
    return "close the quote that opens here; lines that follow are indented deeper than its key";
  }
  if (message.find("closing bracket") != std::string_view::npos || message.find("missing comma") != std::string_view::npos) {
    return "close every `[` and `{` that was opened, and put text that holds `: ` in quotes";
  }
  if (message.find("plain scalar cannot start") != std::string_view::npos ||
      message.find("nested block mapping") != std::string_view::npos) {
    return "put text that holds `: `, ` #` or begins with a special character in quotes";
  }
  return {};
}

class reader {
 public:
  // `stream` takes what comes when it is given: many documents, with aliases carried out.
  reader(const source_text& source, const yaml_limits& limits, yaml_stream* stream = nullptr)
      : source_(source), limits_(limits), stream_(stream) {}

  yaml_text run() {
    if (!acceptable()) return std::move(made_);
    fy_diag_cfg diagnostics_setup{};
    fy_diag_cfg_default(&diagnostics_setup);
    diagnostics_setup.fp = nullptr;
    first_words words;
    diagnostics_setup.output_fn = keep_words;
    diagnostics_setup.user = &words;
    diagnostics_setup.colorize = false;
    std::unique_ptr<fy_diag, diagnostics_closer> collected(fy_diag_create(&diagnostics_setup));
    if (!collected) throw std::bad_alloc();
    fy_parse_cfg setup{};
    setup.flags = static_cast<fy_parse_cfg_flags>(FYPCF_QUIET | FYPCF_JSON_NONE | FYPCF_DISABLE_DEPTH_LIMIT);
    setup.diag = collected.get();
    std::unique_ptr<fy_parser, parser_closer> parser(fy_parser_create(&setup));
    if (!parser) throw std::bad_alloc();
    const std::string_view text = source_.text();
    bool failed = fy_parser_set_string(parser.get(), text.data(), text.size()) != 0;
    while (!failed && !stopped_) {
      fy_event* event = fy_parser_parse(parser.get());
      if (event == nullptr) {
        failed = true;
        break;
      }
      const bool last = event->type == FYET_STREAM_END;
      take(*event);
      fy_parser_event_free(parser.get(), event);
      if (last) break;
    }
    if (failed) report_syntax(parse_words(words.view()));
    made_.readable = !failed && !unreadable_;
    made_.empty = documents_ == 0 || !rooted_ || (made_.root.kind == node_kind::scalar && made_.root.omitted);
    return std::move(made_);
  }

 private:
  struct open_collection {
    node built;
    std::size_t first = 0;                      // of its items among `items_`
    std::unique_ptr<std::map<std::string_view, span>> keys;   // once there are many; a few are looked through
    std::string anchor;                         // of a stream
    bool drop_next = false;                     // the value of a key that was refused
    bool merges = false;                        // a stream's mapping with `<<`
  };

  // Bytes that YAML forbids make libfyaml stop without a word, so they are looked for first.
  bool acceptable() {
    const std::string_view text = source_.text();
    if (text.size() > limits_.bytes) {
      made_.problems.push_back(make_diagnostic(diagnostic_code::limit_exceeded, source_.name(),
          "the document is larger than " + std::to_string(limits_.bytes) + " bytes"));
      return false;
    }
    if (const auto bad = invalid_utf8(text)) {
      const auto at = static_cast<std::uint32_t>(*bad);
      problem(diagnostic_code::encoding, {at, at + 1}, "this byte is not UTF-8",
              "", "save the file as UTF-8");
      return false;
    }
    if (const auto bad = control_character(text)) {
      const auto at = static_cast<std::uint32_t>(*bad);
      problem(diagnostic_code::encoding, {at, at + 1}, "a control character is not allowed in a document",
              "", "remove it, or write it as an escape inside double quotes");
      return false;
    }
    returns_ = text.find('\r') != std::string_view::npos;
    return true;
  }

  void problem(diagnostic_code code, span where, std::string message, std::string expected, std::string help) {
    if (made_.problems.size() > limits_.problems) return;
    if (made_.problems.size() == limits_.problems) {
      made_.problems.push_back(too_many(source_, where));
      return;
    }
    made_.problems.push_back(make_diagnostic(code, source_, where, std::move(message),
                                             {std::move(expected), std::move(help), diagnostic_level::error}));
  }

  void report_syntax(const said& told) {
    const std::uint32_t at = told.line > 0 ? offset_at(told.line, told.column) : cursor_;
    std::string shown = told.message.empty() ? "the text is not YAML" : told.message;
    if (shown == "invalid multiline plain key") shown = "a value goes on over a line that looks like a key";
    if (shown == "invalid nested block mapping on the same line") shown = "a second `: ` stands on this line";
    problem(diagnostic_code::yaml_syntax, {at, at + 1}, std::move(shown), "", help_for(told.message));
  }

  std::uint32_t offset_at(int line, int column) const {
    if (line < 1) return 0;
    const std::string_view text = source_.text();
    const auto lines = static_cast<int>(source_.position(static_cast<std::uint32_t>(text.size())).line);
    std::size_t at = source_.line_start(static_cast<std::uint32_t>(std::min(line, lines)));
    for (int i = 1; i < column && at < text.size() && text[at] != '\n'; ++i) decode_utf8(text, at);
    return static_cast<std::uint32_t>(at);
  }

  void take(const fy_event& event) {
    switch (event.type) {
      case FYET_DOCUMENT_START: return start_document(event);
      case FYET_ALIAS: {
        if (stream_ != nullptr) return place_alias(event);
        const span where = token_span(event.alias.anchor);
        const span shown{where.begin > 0 && byte(where.begin - 1) == '*' ? where.begin - 1 : where.begin, where.end};
        problem(diagnostic_code::yaml_feature, shown, "aliases are not used in these documents", "",
                "write the value out again");
        node refused;
        refused.kind = node_kind::refused;
        refused.where = refused.content = shown;
        return place(refused);
      }
      case FYET_SCALAR:
        refuse_properties(event.scalar.anchor, event.scalar.tag);
        return place_anchored(scalar(event.scalar.value), text_of(event.scalar.anchor));
      case FYET_SEQUENCE_START:
        refuse_properties(event.sequence_start.anchor, event.sequence_start.tag);
        return open(node_kind::sequence, event.sequence_start.sequence_start, event.sequence_start.anchor);
      case FYET_MAPPING_START:
        refuse_properties(event.mapping_start.anchor, event.mapping_start.tag);
        return open(node_kind::mapping, event.mapping_start.mapping_start, event.mapping_start.anchor);
      case FYET_SEQUENCE_END: return close(event.sequence_end.sequence_end);
      case FYET_MAPPING_END: return close(event.mapping_end.mapping_end);
      default: return;
    }
  }

  void start_document(const fy_event& event) {
    anchors_.clear();
    if (++documents_ == 1 || stream_ != nullptr) return;
    span where = token_span(event.document_start.document_start);
    if (where.end <= where.begin) where = {cursor_, cursor_ + 1};
    problem(diagnostic_code::yaml_feature, where, "a second document begins here", "one document in each file",
            "move it to a file of its own");
    stopped_ = unreadable_ = true;
  }

  static std::string text_of(fy_token* token) {
    std::size_t size = 0;
    const char* text = token == nullptr ? nullptr : fy_token_get_text(token, &size);
    return text == nullptr ? std::string() : std::string(text, size);
  }

  void place_anchored(const node& made, const std::string& anchor) {
    if (stream_ != nullptr && !anchor.empty()) anchors_.insert_or_assign(anchor, made);
    place(made);
  }

  static std::uint32_t count_of(const node& shown) {
    std::uint32_t count = 1;
    for (const node& item : shown.items) count += count_of(item);
    return count;
  }

  // The value again, with the place where it was written. What it holds counts each time: a small text
  // cannot stand for a document that is larger than the limit, nor for one that nests deeper.
  void place_alias(const fy_event& event) {
    const auto found = anchors_.find(text_of(event.alias.anchor));
    if (found == anchors_.end()) {
      problem(diagnostic_code::yaml_syntax, token_span(event.alias.anchor), "an alias names an anchor that does not stand before it", "", "");
      node refused;
      refused.kind = node_kind::refused;
      refused.where = refused.content = token_span(event.alias.anchor);
      return place(refused);
    }
    nodes_ += count_of(found->second) - 1;
    if (stack_.size() + depth_of(found->second) > limits_.nesting) return too_deep(found->second.where);
    if (nodes_ >= limits_.nodes) return place(node{});
    place(found->second);
  }

  static std::size_t depth_of(const node& shown) {
    std::size_t deepest = 0;
    for (const node& item : shown.items) deepest = std::max(deepest, depth_of(item));
    return shown.kind == node_kind::scalar ? 0 : deepest + 1;
  }

  void too_deep(span where) {
    problem(diagnostic_code::limit_exceeded, {where.begin, where.begin + 1},
            "lists and mappings are nested more than " + std::to_string(limits_.nesting) + " deep", "", "");
    unreadable_ = stopped_ = true;
  }

  // `<<: *a` and `<<: [*a, *b]`: the keys that the mapping does not have itself, the first one's first.
  void merge(node& into) {
    std::vector<node> own, merged;
    for (std::size_t i = 0; i + 1 < into.items.size(); i += 2) {
      const node& value = into.items[i + 1];
      if (!is_merge_key(into.items[i])) own.insert(own.end(), {into.items[i], value});
      else if (value.kind == node_kind::sequence) merged.insert(merged.end(), value.items.begin(), value.items.end());
      else merged.push_back(value);
    }
    std::set<std::string_view> had;
    for (std::size_t i = 0; i + 1 < own.size(); i += 2) had.insert(own[i].text);
    for (const node& from : merged) {
      if (from.kind == node_kind::refused) continue;
      if (from.kind != node_kind::mapping) {
        problem(diagnostic_code::yaml_feature, from.where, "a merge key takes mappings, not " + std::string(describe(from)), "", "");
        continue;
      }
      for (std::size_t i = 0; i + 1 < from.items.size(); i += 2) {
        if (!had.insert(from.items[i].text).second) continue;
        own.insert(own.end(), {from.items[i], from.items[i + 1]});
      }
    }
    into.items = keep(own);
  }

  static bool is_merge_key(const node& key) { return key.style == scalar_style::plain && key.text == "<<"; }

  std::span<const node> keep(std::span<const node> items) { return made_.memory.copy(items); }

  void refuse_properties(fy_token* anchor, fy_token* tag) {
    if (anchor != nullptr && stream_ == nullptr) {
      span where = token_span(anchor);
      if (where.begin > 0 && byte(where.begin - 1) == '&') --where.begin;
      problem(diagnostic_code::yaml_feature, where, "anchors are not used in these documents", "",
              "remove the anchor and write the value out where it is needed");
    }
    if (tag != nullptr) {
      problem(diagnostic_code::yaml_feature, token_span(tag), "tags are not used in these documents", "",
              "remove the tag; put the value in quotes to make it a string");
    }
  }

  char byte(std::uint32_t at) const { return at < source_.text().size() ? source_.text()[at] : '\0'; }

  span token_span(fy_token* token) const {
    if (token == nullptr) return {cursor_, cursor_};
    const std::uint32_t begin = offset_of(fy_token_start_mark(token), cursor_);
    return {begin, std::max(begin, offset_of(fy_token_end_mark(token), begin))};
  }

  node scalar(fy_token* token) {
    node made;
    if (token == nullptr) {
      made.omitted = true;
      made.where = made.content = last_;
      return made;
    }
    made.style = style_of(token);
    made.content = made.where = token_span(token);
    const std::string_view raw = source_.text().substr(made.content.begin, made.content.end - made.content.begin);
    const bool one_line = !has(raw, '\n') && !(returns_ && has(raw, '\r'));
    if (made.style == scalar_style::single_quoted) {
      made.text = one_line && !has(raw, '\'') ? made_.memory.copy(raw) : keep(single_quoted_text(raw));
    } else if (made.style == scalar_style::double_quoted) {
      made.text = one_line && !has(raw, '\\') ? made_.memory.copy(raw) : keep(double_quoted_text(raw));
    } else if (made.style == scalar_style::plain && one_line) {
      made.text = made_.memory.copy(raw);
    } else {
      std::size_t size = 0;
      if (const char* text = fy_token_get_text(token, &size)) made.text = made_.memory.copy(std::string_view(text, size));
    }
    if (made.style == scalar_style::single_quoted || made.style == scalar_style::double_quoted) {
      if (made.where.begin > 0) --made.where.begin;
      ++made.where.end;
    } else if (made.style != scalar_style::plain) {
      made.where.begin = block_indicator(made.content.begin);
    }
    return made;
  }

  static bool has(std::string_view text, char c) { return text.find(c) != std::string_view::npos; }
  std::string_view keep(const std::string& text) { return made_.memory.copy(std::string_view(text)); }

  // The `|` or `>` that opens the block whose first content line begins at `content`.
  std::uint32_t block_indicator(std::uint32_t content) const {
    for (std::uint32_t at = cursor_; at < content; ++at) {
      if (byte(at) == '|' || byte(at) == '>') return at;
    }
    return content;
  }

  void open(node_kind kind, fy_token* token, fy_token* anchor) {
    open_collection made;
    made.first = items_.size();
    made.anchor = text_of(anchor);
    made.built.kind = kind;
    made.built.where = token_span(token);
    if (stack_.size() >= limits_.nesting) return too_deep(made.built.where);
    cursor_ = std::max(cursor_, made.built.where.end);
    stack_.push_back(std::move(made));
  }

  void close(fy_token* token) {
    if (stack_.empty()) return;
    node made = stack_.back().built;
    made.items = keep(std::span<const node>(items_).subspan(stack_.back().first));
    items_.resize(stack_.back().first);
    const std::string anchor = std::move(stack_.back().anchor);
    if (stack_.back().merges) merge(made);
    stack_.pop_back();
    const bool flow = byte(made.where.begin) == '[' || byte(made.where.begin) == '{';
    if (flow && made.where.end > made.where.begin) {
      made.where.end = flow_end(token, made.kind == node_kind::sequence ? ']' : '}');
    } else {
      made.where.end = made.items.empty() ? made.where.begin : made.items.back().where.end;
    }
    cursor_ = std::max(cursor_, made.where.end);
    place_anchored(made, anchor);
  }

  std::uint32_t flow_end(fy_token* token, char closing) const {
    if (token != nullptr && fy_token_end_mark(token) != nullptr) return offset_of(fy_token_end_mark(token), cursor_);
    std::uint32_t at = cursor_;
    while (byte(at) != '\0' && byte(at) != closing) {
      if (byte(at) == '#') {
        while (byte(at) != '\0' && byte(at) != '\n') ++at;
      } else {
        ++at;
      }
    }
    return byte(at) == closing ? at + 1 : cursor_;
  }

  void place(const node& made) {
    if (++nodes_ > limits_.nodes && !unreadable_) {
      problem(diagnostic_code::limit_exceeded, {made.where.begin, made.where.begin + 1},
              "the document holds more than " + std::to_string(limits_.nodes) + " values", "", "split it into several files");
      unreadable_ = stopped_ = true;
    }
    last_ = made.where;
    cursor_ = std::max(cursor_, made.where.end);
    if (stack_.empty() && stream_ != nullptr) {
      const bool nothing = made.kind == node_kind::scalar && kind_of(made) == scalar_kind::null;
      if (!nothing) stream_->documents.push_back(made);
      return;
    }
    if (stack_.empty()) {
      rooted_ = true;
      made_.root = made;
      return;
    }
    open_collection& parent = stack_.back();
    if (parent.drop_next) {
      parent.drop_next = false;
      return;
    }
    const bool is_key = parent.built.kind == node_kind::mapping && (items_.size() - parent.first) % 2 == 0;
    if (!is_key || accept_key(parent, made)) items_.push_back(made);
    else parent.drop_next = true;
  }

  bool accept_key(open_collection& parent, const node& key) {
    if (key.kind == node_kind::refused) return false;
    if (key.kind != node_kind::scalar) {
      problem(diagnostic_code::yaml_feature, key.where, "a key must be a word, not " + std::string(describe(key)), "", "");
      return false;
    }
    if (key.omitted) {
      problem(diagnostic_code::yaml_feature, key.where, "a key is missing before `:`", "", "");
      return false;
    }
    if (is_merge_key(key)) {
      if (stream_ != nullptr) return parent.merges = true;
      problem(diagnostic_code::yaml_feature, key.where, "merge keys are not used in these documents", "",
              "write the keys out");
      return false;
    }
    const span* former = former_key(parent, key);
    if (former == nullptr) return true;
    const line_column first = source_.position(former->begin);
    problem(diagnostic_code::duplicate_key, key.where, "the key " + in_ticks(key.text) + " stands twice in this mapping", "",
            "it stands first at line " + std::to_string(first.line) + ", column " + std::to_string(first.column) +
                "; keep one of them");
    return false;
  }

  // Where the mapping has the key already.
  const span* former_key(open_collection& parent, const node& key) {
    constexpr std::size_t few = 16;
    const std::span<const node> items = std::span<const node>(items_).subspan(parent.first);
    if (items.size() / 2 < few) {
      for (std::size_t i = 0; i < items.size(); i += 2) {
        if (items[i].text == key.text && !is_merge_key(items[i])) return &items[i].where;
      }
      return nullptr;
    }
    if (!parent.keys) {
      parent.keys = std::make_unique<std::map<std::string_view, span>>();
      for (std::size_t i = 0; i < items.size(); i += 2) {
        if (!is_merge_key(items[i])) parent.keys->emplace(items[i].text, items[i].where);
      }
    }
    const auto [found, added] = parent.keys->emplace(key.text, key.where);
    return added ? nullptr : &found->second;
  }

  const source_text& source_;
  const yaml_limits limits_;
  yaml_stream* stream_;
  std::map<std::string, node, std::less<>> anchors_;   // of the document being read
  yaml_text made_;
  std::vector<open_collection> stack_;
  std::vector<node> items_;                     // of the collections that are open
  std::uint32_t cursor_ = 0;                    // end of what was read so far
  span last_;                                   // the last node read: where an omitted one is shown
  std::uint32_t documents_ = 0;
  std::uint32_t nodes_ = 0;
  bool returns_ = false;                        // there is a carriage return somewhere
  bool rooted_ = false;
  bool stopped_ = false;
  bool unreadable_ = false;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool all_of(std::string_view text, bool (*allowed)(char)) {
  return !text.empty() && std::all_of(text.begin(), text.end(), allowed);
}

bool is_integer(std::string_view text) {
  if (text.starts_with("0o")) return all_of(text.substr(2), [](char c) { return c >= '0' && c <= '7'; });
  if (text.starts_with("0x")) {
    return all_of(text.substr(2), [](char c) {
      return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    });
  }
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  return all_of(text, is_digit);
}

bool is_floating(std::string_view text) {
  if (text == ".nan" || text == ".NaN" || text == ".NAN") return true;
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  if (text == ".inf" || text == ".Inf" || text == ".INF") return true;
  std::size_t at = 0, digits = 0;
  for (; at < text.size() && is_digit(text[at]); ++at) ++digits;
  if (at < text.size() && text[at] == '.') {
    for (++at; at < text.size() && is_digit(text[at]); ++at) ++digits;
  }
  if (digits == 0) return false;
  if (at == text.size()) return true;
  if (text[at] != 'e' && text[at] != 'E') return false;
  ++at;
  if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
  return all_of(text.substr(at), is_digit);
}

}  // namespace

std::string in_ticks(std::string_view text) {
  constexpr std::size_t longest = 80;
  if (text.size() <= longest) return "`" + std::string(text) + "`";
  std::size_t end = longest;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return "`" + std::string(text.substr(0, end)) + "...`";
}

diagnostic too_many(const source_text& source, span where) {
  return make_diagnostic(diagnostic_code::limit_exceeded, source, where,
                         "there are more mistakes than are shown; those that follow this place are left out");
}

scalar_kind kind_of(const node& scalar) {
  const std::string_view text = scalar.text;
  if (scalar.omitted) return scalar_kind::null;
  if (scalar.style != scalar_style::plain) return scalar_kind::string;
  // Nearly all words are strings, and their first letter says so.
  const char first = text.empty() ? '\0' : text.front();
  if (first >= 'a' && first <= 'z' && first != 'n' && first != 't' && first != 'f') return scalar_kind::string;
  if (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL") return scalar_kind::null;
  if (text == "true" || text == "True" || text == "TRUE" || text == "false" || text == "False" || text == "FALSE") {
    return scalar_kind::boolean;
  }
  if (is_integer(text)) return scalar_kind::integer;
  if (is_floating(text)) return scalar_kind::floating;
  return scalar_kind::string;
}

std::string_view describe(const node& shown) {
  switch (shown.kind) {
    case node_kind::sequence: return "a list";
    case node_kind::mapping: return "a mapping";
    case node_kind::refused: return "nothing";
    case node_kind::scalar: break;
  }
  switch (kind_of(shown)) {
    case scalar_kind::null: return "nothing";
    case scalar_kind::boolean: return "true or false";
    case scalar_kind::integer:
    case scalar_kind::floating: return "a number";
    case scalar_kind::string: return "a string";
  }
  return "nothing";
}

yaml_text read_yaml(const source_text& source, const yaml_limits& limits) {
  return reader(source, limits).run();
}

yaml_stream read_yaml_stream(const source_text& source, const yaml_limits& limits) {
  yaml_stream made;
  yaml_text read = reader(source, limits, &made).run();
  made.readable = read.readable;
  made.problems = std::move(read.problems);
  made.memory = std::move(read.memory);
  return made;
}

}  // namespace sekimori::rules

// rules: libfyaml's events -> nodes. Entry points: read_yaml, read_yaml_stream. Must not know any document type; prints
// nothing (libfyaml writes to stderr unless its diagnostics are taken).
#include "rules/yaml_reader.hpp"

#include <libfyaml.h>

#include <algorithm>
#include <map>
#include <memory>
#include <new>
#include <utility>

#include "base/diagnostics.hpp"
#include "base/text.hpp"
#include "rules/yaml_merge.hpp"
#include "rules/yaml_scalars.hpp"
#include "rules/yaml_words.hpp"

namespace sekimori::rules {
namespace {

scalar_style style_of(fy_token* token) {
  switch (fy_token_scalar_style(token)) {
    case FYSS_SINGLE_QUOTED: return scalar_style::single_quoted;
    case FYSS_DOUBLE_QUOTED: return scalar_style::double_quoted;
    case FYSS_LITERAL: return scalar_style::literal;
    case FYSS_FOLDED: return scalar_style::folded;
    default: return scalar_style::plain;
  }
}

std::uint32_t offset_of(const fy_mark* mark, std::uint32_t otherwise) {
  return mark == nullptr ? otherwise : static_cast<std::uint32_t>(mark->input_pos);
}

class reader {
 public:
  // `stream` takes what comes when it is given: many documents, with aliases carried out.
  reader(const source_text& source, const yaml_limits& limits, yaml_stream* stream = nullptr, key_of_tag tags = nullptr)
      : source_(source), limits_(limits), stream_(stream), tags_(tags) {}

  yaml_text run() {
    if (!acceptable()) return std::move(made_);
    fy_diag_cfg diagnostics_setup{};
    fy_diag_cfg_default(&diagnostics_setup);
    diagnostics_setup.fp = nullptr;
    first_words words;
    diagnostics_setup.output_fn = [](fy_diag*, void* user, const char* text, std::size_t size) {
      static_cast<first_words*>(user)->keep({text, size});
    };
    diagnostics_setup.user = &words;
    diagnostics_setup.colorize = false;
    const std::unique_ptr<fy_diag, void (*)(fy_diag*)> collected(fy_diag_create(&diagnostics_setup), fy_diag_unref);
    if (!collected) throw std::bad_alloc();
    fy_parse_cfg setup{};
    setup.flags = static_cast<fy_parse_cfg_flags>(FYPCF_QUIET | FYPCF_JSON_NONE | FYPCF_DISABLE_DEPTH_LIMIT);
    setup.diag = collected.get();
    const std::unique_ptr<fy_parser, void (*)(fy_parser*)> parser(fy_parser_create(&setup), fy_parser_destroy);
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
    node tag_key;                               // a scalar with text where a tag stands for a key
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
    const std::uint32_t at = told.line > 0 ? offset_at(source_, told) : cursor_;
    std::string shown = told.message.empty() ? "the text is not YAML" : told.message;
    if (shown == "invalid multiline plain key") shown = "a value goes on over a line that looks like a key";
    if (shown == "invalid nested block mapping on the same line") shown = "a second `: ` stands on this line";
    problem(diagnostic_code::yaml_syntax, {at, at + 1}, std::move(shown), "", help_for(told.message));
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
        refuse_anchor(event.scalar.anchor);
        return place_scalar(event);
      case FYET_SEQUENCE_START:
        refuse_anchor(event.sequence_start.anchor);
        return open(node_kind::sequence, event.sequence_start.sequence_start, event.sequence_start.anchor, event.sequence_start.tag);
      case FYET_MAPPING_START:
        refuse_anchor(event.mapping_start.anchor);
        return open(node_kind::mapping, event.mapping_start.mapping_start, event.mapping_start.anchor, event.mapping_start.tag);
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

  void too_deep(span where) {
    problem(diagnostic_code::limit_exceeded, {where.begin, where.begin + 1},
            "lists and mappings are nested more than " + std::to_string(limits_.nesting) + " deep", "", "");
    unreadable_ = stopped_ = true;
  }

  std::span<const node> keep(std::span<const node> items) { return made_.memory.copy(items); }

  void refuse_anchor(fy_token* anchor) {
    if (anchor != nullptr && stream_ == nullptr) {
      span where = token_span(anchor);
      if (where.begin > 0 && byte(where.begin - 1) == '&') --where.begin;
      problem(diagnostic_code::yaml_feature, where, "anchors are not used in these documents", "",
              "remove the anchor and write the value out where it is needed");
    }
  }

  // The key that a tag stands for, without text where there is none; other tags are refused.
  node key_of(fy_token* tag) {
    node made;
    if (tag == nullptr) return made;
    made.style = scalar_style::double_quoted;
    made.where = made.content = token_span(tag);
    const std::string written = text_of(tag);
    if (tags_ != nullptr) made.text = tags_(written);
    if (made.text.empty()) {
      problem(diagnostic_code::yaml_feature, made.where,
              tags_ == nullptr ? "tags are not used in these documents" : "the tag " + in_ticks(written) + " is not known", "",
              tags_ == nullptr ? "remove the tag; put the value in quotes to make it a string" : "write the function out, as `Fn::...:`");
    }
    return made;
  }

  node with_key(const node& key, const node& of) {
    if (key.text.empty()) return of;
    nodes_ += 2;
    const node pair[] = {key, of};
    node made;
    made.kind = node_kind::mapping;
    made.items = keep(std::span<const node>(pair));
    made.where = {key.where.begin, std::max(key.where.end, of.where.end)};
    return made;
  }

  void place_scalar(const fy_event& event) {
    const node key = key_of(event.scalar.tag);
    place_anchored(with_key(key, scalar(event.scalar.value)), text_of(event.scalar.anchor));
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
      made.where.begin = block_indicator(source_.text(), cursor_, made.content.begin);
    }
    return made;
  }

  static bool has(std::string_view text, char c) { return text.find(c) != std::string_view::npos; }
  std::string_view keep(const std::string& text) { return made_.memory.copy(std::string_view(text)); }

  void open(node_kind kind, fy_token* token, fy_token* anchor, fy_token* tag) {
    open_collection made;
    made.first = items_.size();
    made.anchor = text_of(anchor);
    made.built.kind = kind;
    made.built.where = token_span(token);
    made.tag_key = key_of(tag);
    if (!made.tag_key.text.empty()) ++wrapped_;
    if (stack_.size() + wrapped_ >= limits_.nesting) return too_deep(made.built.where);
    cursor_ = std::max(cursor_, made.built.where.end);
    stack_.push_back(std::move(made));
  }

  void close(fy_token* token) {
    if (stack_.empty()) return;
    node made = stack_.back().built;
    made.items = keep(std::span<const node>(items_).subspan(stack_.back().first));
    items_.resize(stack_.back().first);
    const std::string anchor = std::move(stack_.back().anchor);
    const node key = stack_.back().tag_key;
    if (!key.text.empty()) --wrapped_;
    if (stack_.back().merges) {
      made.items = keep(merged_items(made, [&](const node& from) {
        problem(diagnostic_code::yaml_feature, from.where, "a merge key takes mappings, not " + std::string(describe(from)), "", "");
      }));
    }
    stack_.pop_back();
    const bool flow = byte(made.where.begin) == '[' || byte(made.where.begin) == '{';
    if (flow && made.where.end > made.where.begin) {
      const fy_mark* end = token == nullptr ? nullptr : fy_token_end_mark(token);
      made.where.end = end != nullptr ? offset_of(end, cursor_) : behind_bracket(source_.text(), cursor_, made.kind == node_kind::sequence ? ']' : '}');
    } else {
      made.where.end = made.items.empty() ? made.where.begin : made.items.back().where.end;
    }
    cursor_ = std::max(cursor_, made.where.end);
    place_anchored(with_key(key, made), anchor);
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
  const key_of_tag tags_;
  std::map<std::string, node, std::less<>> anchors_;   // of the document being read
  yaml_text made_;
  std::vector<open_collection> stack_;
  std::vector<node> items_;                     // of the collections that are open
  std::uint32_t cursor_ = 0;                    // end of what was read so far
  span last_;                                   // the last node read: where an omitted one is shown
  std::uint32_t documents_ = 0;
  std::uint32_t nodes_ = 0;
  std::size_t wrapped_ = 0;                     // open collections that a tag makes the value of a key
  bool returns_ = false;                        // there is a carriage return somewhere
  bool rooted_ = false;
  bool stopped_ = false;
  bool unreadable_ = false;
};

}  // namespace

yaml_text read_yaml(const source_text& source, const yaml_limits& limits) {
  return reader(source, limits).run();
}

yaml_stream read_yaml_stream(const source_text& source, const yaml_limits& limits, key_of_tag tags) {
  yaml_stream made;
  yaml_text read = reader(source, limits, &made, tags).run();
  made.readable = read.readable;
  made.problems = std::move(read.problems);
  made.memory = std::move(read.memory);
  return made;
}

}  // namespace sekimori::rules

// value: see json_view.hpp. Views are thin: a place on the tape and, once entered, its elements as values.
// Strings point into the document.
#include "value/json_view.hpp"

#include <simdjson.h>

#include <algorithm>
#include <cstring>
#include <new>

#include "base/diagnostics.hpp"
#include "base/pages.hpp"
#include "base/text.hpp"
#include "value/json_scan.hpp"

#if defined(__SANITIZE_ADDRESS__)
#define SEKIMORI_WATCHED_MEMORY
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer)
#define SEKIMORI_WATCHED_MEMORY
#endif
#endif

namespace sekimori {

struct json_document::implementation {
  simdjson::dom::document parsed;
  json_tape tape;
};

namespace {

class json_list final : public list_view {
 public:
  json_list(const json_tape& tape, std::uint32_t place, arena& memory) : tape_(tape), place_(place), memory_(memory), size_(tape.count(place)) {}

  std::size_t size() const override { return size_; }
  value at(std::size_t index) const override {
    if (elements_ == nullptr) enter();
    return elements_[index];
  }
  const value* elements() const override {
    if (elements_ == nullptr) enter();
    return elements_;
  }
  const value* column(std::string_view key, value absent) const override;

 private:
  // What stands under one key in every element, so that who asks again finds it.
  struct made_column {
    std::string_view key;
    const value* values;
    const made_column* next;
  };
  static constexpr int most_columns = 32;   // beyond, who asks reads the elements

  void enter() const {
    auto elements = static_cast<value*>(memory_.allocate(sizeof(value) * size_, alignof(value)));
    std::size_t filled = 0;
    for (std::uint32_t at = place_ + 1, last = tape_.end(place_); at < last; at = tape_.after(at)) {
      new (elements + filled++) value(document_node(tape_, at).read(memory_));
    }
    elements_ = elements;
    at_hand_ = {elements, size_};
  }

  const json_tape& tape_;
  std::uint32_t place_;
  arena& memory_;
  std::size_t size_;
  mutable const value* elements_ = nullptr;
  mutable const made_column* columns_ = nullptr;
  mutable int column_count_ = 0;
};

class json_map final : public map_view {
 public:
  json_map(const json_tape& tape, std::uint32_t place, arena& memory) : memory_(memory), reader_(document_node(tape, place)) {}

  std::size_t size() const override { return reader_.keys(memory_).size(); }
  const map_entry* entries() const override {
    if (entries_ == nullptr) enter();
    return entries_;
  }
  bool find_near(std::string_view key, std::uint32_t& hint, value& found) const override {
    if (entries_ == nullptr) enter();
    const json_keys& keys = reader_.keys(memory_);
    if (hint >= keys.size() || entries_[hint].key.as_text() != key) {
      const std::size_t at = keys.find(*reader_.of().tape(), key);
      if (at == keys.size()) return false;
      hint = static_cast<std::uint32_t>(at);
    }
    found = entries_[hint].mapped;
    return true;
  }
  bool find(value key, value& found) const override {
    if (!key.is(value_kind::string)) return false;
    if (entries_ != nullptr) {
      const json_keys& keys = reader_.keys(memory_);
      const std::size_t at = keys.find(*reader_.of().tape(), key.as_text());
      if (at != keys.size()) found = entries_[at].mapped;
      return at != keys.size();
    }
    document_node under;
    if (!reader_.find(key.as_text(), under, memory_)) return false;
    found = child(under);
    return true;
  }

 private:
  // A container that was read, so that what its view has found stays found.
  struct kept {
    std::uint32_t place;
    value view;
    const kept* next;
  };
  static constexpr int most_kept = 16;   // beyond, all are made: they are looked up by key then

  value child(const document_node& under) const {
    if (!under.is_map() && !under.is_list()) return under.scalar();
    for (const kept* one = kept_; one != nullptr; one = one->next) {
      if (one->place == under.place()) return one->view;
    }
    const value made = under.read(memory_);
    if (entries_ == nullptr) {
      kept_ = memory_.make<kept>(under.place(), made, kept_);
      if (++kept_count_ > most_kept) enter();
    }
    return made;
  }

  void enter() const {
    const json_tape& tape = *reader_.of().tape();
    const json_keys& keys = reader_.keys(memory_);
    auto entries = static_cast<map_entry*>(memory_.allocate(sizeof(map_entry) * std::max<std::size_t>(keys.size(), 1), alignof(map_entry)));
    entries_ = entries;
    for (std::size_t i = 0; i < keys.size(); ++i) {
      new (entries + i) map_entry{value::string(keys.key(tape, i)), child(document_node(tape, keys.place(i)))};
    }
    at_hand_ = {entries, keys.size()};
  }

  arena& memory_;
  object_reader reader_;
  mutable const map_entry* entries_ = nullptr;
  mutable const kept* kept_ = nullptr;
  mutable int kept_count_ = 0;
};

const value* json_list::column(std::string_view key, value absent) const {
  for (const made_column* one = columns_; one != nullptr; one = one->next) {
    if (one->key == key) return one->values;
  }
  if (column_count_ == most_columns || size_ == 0) return nullptr;
  const value* from = elements();
  auto values = memory_.make_array<value>(size_);
  std::uint32_t hint = 0;
  for (std::size_t i = 0; i < size_; ++i) {
    if (!from[i].is(value_kind::map)) return nullptr;
    if (!from[i].as_map().find_near(key, hint, values[i])) values[i] = absent;
  }
  columns_ = memory_.make<made_column>(memory_.copy(key), values.data(), columns_);
  ++column_count_;
  return values.data();
}

diagnostic without_place(diagnostic_code code, const std::string& name, std::string message, std::string help = {}) {
  diagnostic_details details;
  details.help = std::move(help);
  return make_diagnostic(code, name, std::move(message), std::move(details));
}

diagnostic encoding_error(const std::string& name, std::string_view text) {
  diagnostic told = without_place(diagnostic_code::input_encoding, name, "the input is not valid UTF-8",
                                  "write it as UTF-8, or as UTF-16 with a byte order mark");
  auto at = invalid_utf8(text);
  if (!at) return told;
  auto before = text.substr(0, *at);
  auto line_begin = before.rfind('\n');
  line_begin = line_begin == std::string_view::npos ? 0 : line_begin + 1;
  told.line = static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n')) + 1;
  told.column = 1;
  for (char c : before.substr(line_begin)) told.column += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  told.width = 1;
  return told;
}

diagnostic told_problem(const std::string& name, std::string_view text, json_problem problem) {
  diagnostic_details details;
  details.expected = std::move(problem.expected);
  auto code = diagnostic_code::json_syntax;
  if (problem.what == json_problem::sort::range) code = diagnostic_code::input_number;
  if (problem.what == json_problem::sort::depth) code = diagnostic_code::limit_exceeded;
  return place_in_json(code, name, text, problem.begin, problem.end, std::move(problem.message), std::move(details), true);
}

bool has_byte_order_mark(std::string_view text) {
  return text.substr(0, 3) == "\xEF\xBB\xBF" || text.substr(0, 2) == "\xFF\xFE" || text.substr(0, 2) == "\xFE\xFF";
}

// simdjson lets the second half of a surrogate pair stand alone, which would be invalid UTF-8.
bool has_surrogate_escape(std::string_view text) {
  for (std::size_t at = text.find('\\'); at != std::string_view::npos && at + 2 < text.size(); at = text.find('\\', at + 2)) {
    if (text[at + 1] == 'u' && (text[at + 2] == 'd' || text[at + 2] == 'D')) return true;
  }
  return false;
}

// simdjson may read a little beyond the end of the text, whatever stands there: within a page of memory that is
// readable. Tools that watch every byte see it, so they get the copy that is made where a page ends too soon.
bool is_readable_beyond(std::string_view text) {
#if defined(SEKIMORI_WATCHED_MEMORY)
  (void)text;
  return false;
#else
  constexpr std::uintptr_t page = 4096;
  const auto end = reinterpret_cast<std::uintptr_t>(text.data() + text.size());
  return !text.empty() && (end - 1) % page + 1 + simdjson::SIMDJSON_PADDING <= page;
#endif
}

}  // namespace

value view_json(const json_tape& tape, std::uint32_t place, arena& memory) {
  if (tape.tag(place) == '[') return value::list(new (memory.allocate(sizeof(json_list), alignof(json_list))) json_list(tape, place, memory));
  return value::map(new (memory.allocate(sizeof(json_map), alignof(json_map))) json_map(tape, place, memory));
}

json_document::json_document() = default;
json_document::~json_document() = default;
json_document::json_document(json_document&&) noexcept = default;
json_document& json_document::operator=(json_document&&) noexcept = default;

document_node json_document::root() const {
  return implementation_ ? document_node(implementation_->tape, json_tape::root) : document_node();
}

std::vector<diagnostic> duplicate_keys(const std::string& name, std::string_view text) {
  std::string converted;
  if (has_byte_order_mark(text)) {
    if (auto utf8 = to_utf8(text)) converted = std::move(*utf8);
    text = converted;
  }
  std::vector<json_place> places;
  (void)scan_json(text, &places);
  std::vector<diagnostic> told;
  for (const json_place& place : places) {
    told.push_back(place_in_json(diagnostic_code::input_duplicate_key, name, text, place.begin, place.end,
                                 "a key stands twice in one object", {}, false));
  }
  if (places.empty()) told.push_back(without_place(diagnostic_code::input_duplicate_key, name, "a key stands twice in one object"));
  return told;
}

result<json_document> json_document::parse(const std::string& name, std::string_view text, bool strict) {
  std::string converted;
  if (has_byte_order_mark(text)) {
    auto utf8 = to_utf8(text);
    if (!utf8) {
      return without_place(diagnostic_code::input_encoding, name, "the input is not valid in the encoding that its byte order mark names");
    }
    converted = std::move(*utf8);
    text = converted;
  }
  if (text.size() > 0xFFFFFF00u) {
    return without_place(diagnostic_code::limit_exceeded, name, "the input is larger than 4 GiB");
  }
  auto document = std::make_unique<implementation>();
  // A parser of its own, so that what only the parse needs is free again.
  simdjson::dom::parser parser;
  auto failed = parser.allocate(text.size() + 1, json_depth_limit + 1);
  if (failed == simdjson::SUCCESS) failed = document->parsed.allocate(text.size() + 1);
  if (failed == simdjson::SUCCESS) {
    prefer_large_pages(document->parsed.tape.get(), (text.size() + 1) * sizeof(std::uint64_t));
    prefer_large_pages(document->parsed.string_buf.get(), text.size() + 1);
    prefer_large_pages(parser.implementation->structural_indexes.get(), (text.size() + 1) * sizeof(std::uint32_t));
  }
  if (failed == simdjson::SUCCESS) failed = parser.parse_into_document(document->parsed, text.data(), text.size(), !is_readable_beyond(text)).error();
  if (failed == simdjson::MEMALLOC) throw std::bad_alloc();
  if (failed == simdjson::UTF8_ERROR || (failed != simdjson::SUCCESS && invalid_utf8(text))) return encoding_error(name, text);
  if (failed != simdjson::SUCCESS || has_surrogate_escape(text)) {
    json_problem problem = scan_json(text);
    if (problem.what != json_problem::sort::none) return told_problem(name, text, std::move(problem));
    if (failed != simdjson::SUCCESS) return without_place(diagnostic_code::json_syntax, name, "the input is not JSON");
  }
  document->tape = {document->parsed.tape.get(), reinterpret_cast<const char*>(document->parsed.string_buf.get())};
  if (strict && has_duplicate_keys(document->tape, json_tape::root, true)) return duplicate_keys(name, text);
  json_document made;
  made.implementation_ = std::move(document);
  return made;
}

}  // namespace sekimori

// value: see json_view.hpp. Views are thin: an element of simdjson's tape and, once entered, its
// elements as values. Strings point into simdjson's buffer.
#include "value/json_view.hpp"

#include <simdjson.h>

#include <algorithm>
#include <cstring>
#include <new>

#include "base/diagnostics.hpp"
#include "base/text.hpp"
#include "value/json_scan.hpp"

namespace sekimori {

struct json_document::implementation {
  std::string name;
  std::string text;
  simdjson::dom::parser parser;
  arena memory{1 << 16};
  value root;
  std::vector<diagnostic> duplicates;
  bool duplicates_told = false;

  void tell_duplicates();
};

namespace {

using document_data = json_document::implementation;

value make_value(document_data* document, simdjson::dom::element element);

class json_list final : public list_view {
 public:
  json_list(document_data* document, simdjson::dom::array array) : document_(document), array_(array) {}

  std::size_t size() const override {
    enter();
    return size_;
  }
  value at(std::size_t index) const override {
    enter();
    return elements_[index];
  }
  const value* elements() const override {
    enter();
    return elements_;
  }

 private:
  void enter() const {
    if (entered_) return;
    entered_ = true;
    // The tape's own count saturates at 2^24 - 1, so long lists are counted.
    std::size_t count = array_.size();
    if (count >= 0xFFFFFF) {
      count = 0;
      for (auto element : array_) { (void)element; ++count; }
    }
    elements_ = document_->memory.make_array<value>(count).data();
    for (auto element : array_) elements_[size_++] = make_value(document_, element);
  }

  document_data* document_;
  simdjson::dom::array array_;
  mutable value* elements_ = nullptr;
  mutable std::size_t size_ = 0;
  mutable bool entered_ = false;
};

class json_map final : public map_view {
 public:
  json_map(document_data* document, simdjson::dom::object object) : document_(document), object_(object) {}

  std::size_t size() const override {
    enter();
    return size_;
  }
  const map_entry* entries() const override {
    enter();
    return entries_;
  }
  bool find_near(std::string_view key, std::uint32_t& hint, value& found) const override {
    enter();
    if (hint < size_ && entries_[hint].key.as_text() == key) {
      found = entries_[hint].mapped;
      return true;
    }
    const map_entry *begin = entries_, *end = begin + size_;
    const map_entry* at = std::lower_bound(begin, end, key, [](const map_entry& e, std::string_view t) { return e.key.as_text() < t; });
    if (at == end || at->key.as_text() != key) return false;
    hint = static_cast<std::uint32_t>(at - entries_);
    found = at->mapped;
    return true;
  }
  bool find(value key, value& found) const override {
    if (!key.is(value_kind::string)) return false;
    enter();
    std::string_view wanted = key.as_text();
    if (size_ <= 8) {
      for (std::size_t i = 0; i < size_; ++i) {
        if (entries_[i].key.as_text() == wanted) { found = entries_[i].mapped; return true; }
      }
      return false;
    }
    auto less = [](const map_entry& entry, std::string_view text) { return entry.key.as_text() < text; };
    const map_entry* at = std::lower_bound(entries_, entries_ + size_, wanted, less);
    if (at == entries_ + size_ || at->key.as_text() != wanted) return false;
    found = at->mapped;
    return true;
  }

 private:
  void enter() const;

  document_data* document_;
  simdjson::dom::object object_;
  mutable map_entry* entries_ = nullptr;
  mutable std::size_t size_ = 0;
  mutable bool entered_ = false;
};

void json_map::enter() const {
  if (entered_) return;
  entered_ = true;
  std::size_t count = object_.size();
  if (count >= 0xFFFFFF) {
    count = 0;
    for (auto field : object_) { (void)field; ++count; }
  }
  entries_ = document_->memory.make_array<map_entry>(count).data();
  bool ascending = true;
  for (auto field : object_) {
    entries_[size_] = {value::string(field.key), make_value(document_, field.value)};
    if (size_ > 0 && !(entries_[size_ - 1].key.as_text() < entries_[size_].key.as_text())) ascending = false;
    ++size_;
  }
  if (ascending) return;    // Terraform writes most objects in key order
  std::stable_sort(entries_, entries_ + size_,
                   [](const map_entry& a, const map_entry& b) { return a.key.as_text() < b.key.as_text(); });
  std::size_t kept = 1;
  for (std::size_t i = 1; i < size_; ++i) {
    if (entries_[i].key.as_text() == entries_[kept - 1].key.as_text()) continue;
    entries_[kept++] = entries_[i];
  }
  if (kept == size_) return;
  size_ = kept;
  document_->tell_duplicates();
}

value make_value(document_data* document, simdjson::dom::element element) {
  switch (element.type()) {
    case simdjson::dom::element_type::ARRAY: {
      simdjson::dom::array array;
      if (element.get(array) != simdjson::SUCCESS) return value::null();
      return value::list(new (document->memory.allocate(sizeof(json_list), alignof(json_list))) json_list(document, array));
    }
    case simdjson::dom::element_type::OBJECT: {
      simdjson::dom::object object;
      if (element.get(object) != simdjson::SUCCESS) return value::null();
      return value::map(new (document->memory.allocate(sizeof(json_map), alignof(json_map))) json_map(document, object));
    }
    // The type was looked at, so none of these can fail.
    case simdjson::dom::element_type::INT64: return value::integer(element.get_int64().value_unsafe());
    case simdjson::dom::element_type::UINT64: return value::unsigned_integer(element.get_uint64().value_unsafe());
    case simdjson::dom::element_type::DOUBLE: return value::floating(element.get_double().value_unsafe());
    case simdjson::dom::element_type::STRING: return value::string(element.get_string().value_unsafe());
    case simdjson::dom::element_type::BOOL: return value::boolean(element.get_bool().value_unsafe());
    case simdjson::dom::element_type::NULL_VALUE: break;
  }
  return value::null();
}

// Every object of the document is entered, which is where duplicate keys show.
void enter_all(value root) {
  std::vector<value> waiting{root};
  while (!waiting.empty()) {
    value next = waiting.back();
    waiting.pop_back();
    if (next.is(value_kind::map)) {
      const map_entry* entries = next.as_map().entries();
      for (std::size_t i = 0, n = next.as_map().size(); i < n; ++i) waiting.push_back(entries[i].mapped);
    } else if (next.is(value_kind::list)) {
      for (std::size_t i = 0, n = next.as_list().size(); i < n; ++i) waiting.push_back(next.as_list().at(i));
    }
  }
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
  return text.find("\\ud") != std::string_view::npos || text.find("\\uD") != std::string_view::npos;
}

}  // namespace

void json_document::implementation::tell_duplicates() {
  if (duplicates_told) return;
  duplicates_told = true;
  std::vector<json_place> places;
  (void)scan_json(text, &places);
  for (const json_place& place : places) {
    duplicates.push_back(place_in_json(diagnostic_code::input_duplicate_key, name, text, place.begin, place.end,
                                       "a key stands twice in one object", {}, false));
  }
  if (places.empty()) duplicates.push_back(without_place(diagnostic_code::input_duplicate_key, name, "a key stands twice in one object"));
}

json_document::json_document() = default;
json_document::~json_document() = default;
json_document::json_document(json_document&&) noexcept = default;
json_document& json_document::operator=(json_document&&) noexcept = default;

value json_document::root() const { return implementation_ ? implementation_->root : value::null(); }

const std::vector<diagnostic>& json_document::duplicate_keys() const {
  static const std::vector<diagnostic> none;
  return implementation_ ? implementation_->duplicates : none;
}

result<json_document> json_document::parse(std::string name, std::string text, bool strict) {
  if (has_byte_order_mark(text)) {
    auto converted = to_utf8(text);
    if (!converted) {
      return without_place(diagnostic_code::input_encoding, name, "the input is not valid in the encoding that its byte order mark names");
    }
    text = std::move(*converted);
  }
  if (text.size() > 0xFFFFFF00u) {
    return without_place(diagnostic_code::limit_exceeded, name, "the input is larger than 4 GiB");
  }
  auto document = std::make_unique<implementation>();
  document->name = std::move(name);
  document->text = std::move(text);
  // simdjson reads up to 64 bytes past the end; the text has that much room and stays in place.
  document->text.reserve(document->text.size() + simdjson::SIMDJSON_PADDING);
  std::string_view whole = document->text;
  auto failed = document->parser.allocate(whole.size() + 1, json_depth_limit + 1);
  if (failed == simdjson::MEMALLOC) throw std::bad_alloc();
  simdjson::dom::element root;
  if (failed == simdjson::SUCCESS) failed = document->parser.parse(whole.data(), whole.size(), false).get(root);
  if (failed == simdjson::MEMALLOC) throw std::bad_alloc();
  if (failed == simdjson::UTF8_ERROR || (failed != simdjson::SUCCESS && invalid_utf8(whole))) return encoding_error(document->name, whole);
  if (failed != simdjson::SUCCESS || has_surrogate_escape(whole)) {
    json_problem problem = scan_json(whole);
    if (problem.what != json_problem::sort::none) return told_problem(document->name, whole, std::move(problem));
    if (failed != simdjson::SUCCESS) return without_place(diagnostic_code::json_syntax, document->name, "the input is not JSON");
  }
  document->root = make_value(document.get(), root);
  if (strict) {
    enter_all(document->root);
    if (!document->duplicates.empty()) return document->duplicates;
  }
  json_document made;
  made.implementation_ = std::move(document);
  return made;
}

}  // namespace sekimori

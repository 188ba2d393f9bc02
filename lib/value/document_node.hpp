// value: a value of an input before anybody has a view of it: a place in a parsed document, or a value that a host
// holds. Entry points: document_node, object_reader, list_reader. Knows no format of inputs.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/arena.hpp"
#include "sekimori/value.hpp"
#include "value/json_tape.hpp"

namespace sekimori {

// Nothing changes when it is read: threads share the nodes of a parsed document. A host's own
// objects are as safe as the host makes them.
class document_node {
 public:
  document_node() = default;      // null
  document_node(value held) : held_(held) {}
  document_node(const json_tape& tape, std::uint32_t place) : tape_(&tape), held_(value::integer(place)) {}

  const json_tape* tape() const { return tape_; }   // nullptr: held()
  std::uint32_t place() const { return static_cast<std::uint32_t>(held_.as_integer()); }
  value held() const { return held_; }

  bool is_map() const { return tape_ != nullptr ? tape_->tag(place()) == '{' : held_.is(value_kind::map); }
  bool is_list() const { return tape_ != nullptr ? tape_->tag(place()) == '[' : held_.is(value_kind::list); }
  bool is_string() const { return tape_ != nullptr ? tape_->tag(place()) == '"' : held_.is(value_kind::string); }
  bool is_null() const { return tape_ != nullptr ? tape_->tag(place()) == 'n' : held_.is_null(); }
  bool is_true() const { return tape_ != nullptr ? tape_->tag(place()) == 't' : held_.is_true(); }
  bool is_false() const { return tape_ != nullptr ? tape_->tag(place()) == 'f' : held_.is_false(); }
  bool is_boolean() const { return is_true() || is_false(); }
  std::string_view text() const {                   // empty where it is no string
    if (tape_ != nullptr) return tape_->tag(place()) == '"' ? tape_->text(place()) : std::string_view();
    return held_.is(value_kind::string) ? held_.as_text() : std::string_view();
  }

  // Of a map: the first value of that key. False where there is none, or no map.
  bool find(std::string_view key, document_node& found) const {
    if (tape_ != nullptr) {
      const std::uint32_t at = tape_->tag(place()) == '{' ? tape_->find(place(), key) : 0;
      if (at != 0) found = document_node(*tape_, at);
      return at != 0;
    }
    value under;
    if (!held_.is(value_kind::map) || !held_.as_map().find(value::string(key), under)) return false;
    found = under;
    return true;
  }
  document_node field(std::string_view key) const {   // null where there is none
    document_node found;
    find(key, found);
    return found;
  }
  std::size_t size() const {                          // of a list or a map, else 0
    if (tape_ != nullptr) return is_map() || is_list() ? tape_->count(place()) : 0;
    return held_.is(value_kind::list) ? held_.as_list().size() : held_.is(value_kind::map) ? held_.as_map().size() : 0;
  }
  // An element of a list, null beyond its end. Walks there: for all of them there is each_element.
  document_node at(std::size_t index) const;

  template <class Function>
  void each_element(Function&& take) const {
    if (tape_ == nullptr) {
      if (!held_.is(value_kind::list)) return;
      for (std::size_t i = 0, n = held_.as_list().size(); i < n; ++i) take(document_node(held_.as_list().at(i)));
    } else if (tape_->tag(place()) == '[') {
      for (std::uint32_t at = place() + 1, last = tape_->end(place()); at < last; at = tape_->after(at)) take(document_node(*tape_, at));
    }
  }
  // Entries of a map whose keys are strings: as the text has them, or a host's in key order.
  template <class Function>
  void each_entry(Function&& take) const {
    if (tape_ == nullptr) {
      if (!held_.is(value_kind::map)) return;
      const map_entry* entries = held_.as_map().entries();
      for (std::size_t i = 0, n = held_.as_map().size(); i < n; ++i) {
        if (entries[i].key.is(value_kind::string)) take(entries[i].key.as_text(), document_node(entries[i].mapped));
      }
    } else if (tape_->tag(place()) == '{') {
      for (std::uint32_t at = place() + 1, last = tape_->end(place()); at < last; at = tape_->after(at + 1)) {
        take(tape_->text(at), document_node(*tape_, at + 1));
      }
    }
  }

  // As a value: a container of a document becomes a view that one thread reads and that lives in `memory`.
  value read(arena& memory) const;
  // The same of anything but a container of a document.
  value scalar() const { return tape_ != nullptr ? tape_->scalar(place()) : held_; }

 private:
  const json_tape* tape_ = nullptr;
  value held_;      // where there is a tape, the place on it as an integer: one member for both keeps nodes small
};
static_assert(sizeof(document_node) == 24);

// Looks up keys of one map for one thread. Of a document's object the first look-up walks along the tape, which is all
// that most objects ever get; then an index is made.
class object_reader {
 public:
  object_reader() = default;
  explicit object_reader(document_node of) : of_(of), walks_(of.tape() == nullptr ? walked : 0) {}

  const document_node& of() const { return of_; }
  bool find(std::string_view key, document_node& found, arena& memory) const;
  const json_keys& keys(arena& memory) const;   // only of a document's object

 private:
  static constexpr std::uint8_t walked = 1;     // look-ups before the index
  static constexpr std::uint8_t indexed = 255;

  document_node of_;
  mutable json_keys keys_;
  mutable std::uint8_t walks_ = walked;
};

// Elements of one list by their index, for one thread.
class list_reader {
 public:
  list_reader() = default;
  explicit list_reader(document_node of) : of_(of), size_(of.is_list() ? of.size() : 0) {}

  const document_node& of() const { return of_; }
  std::size_t size() const { return size_; }
  document_node at(std::size_t index, arena& memory) const;   // index < size()

 private:
  document_node of_;
  std::size_t size_ = 0;
  mutable const std::uint32_t* places_ = nullptr;
};

}  // namespace sekimori

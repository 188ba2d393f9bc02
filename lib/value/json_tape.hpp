// value: the tape that simdjson leaves of a parsed document (its doc/tape.md), read without simdjson. Entry point:
// json_tape. Knows no views. Nothing here changes anything, so any number of threads read one tape.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

#include "base/arena.hpp"
#include "sekimori/value.hpp"

namespace sekimori {

// A place is the index of a word. Each word has its type in the upper 8 bits; a container's word has the place after
// its end in the lower 32 and its count (at most 0xFFFFFF) between, so that what is not asked for is skipped at once.
// Keys are strings in front of their values. Place 0 is the document itself and stands for "none" here.
struct json_tape {
  const std::uint64_t* words = nullptr;
  const char* strings = nullptr;      // a length of 32 bits and then the text; 8 bytes more can always be read

  static constexpr std::uint32_t root = 1;

  char tag(std::uint32_t place) const { return static_cast<char>(words[place] >> 56); }
  std::string_view text(std::uint32_t place) const {
    const char* at = strings + (words[place] & 0x00FFFFFFFFFFFFFF);
    std::uint32_t length;
    std::memcpy(&length, at, sizeof length);
    return {at + sizeof length, length};
  }
  // Of a container: the place of the word that ends it.
  std::uint32_t end(std::uint32_t place) const { return static_cast<std::uint32_t>(words[place]) - 1; }
  std::uint32_t after(std::uint32_t place) const {
    switch (tag(place)) {
      case '{':
      case '[': return static_cast<std::uint32_t>(words[place]);
      case 'l':
      case 'u':
      case 'd': return place + 2;
      default: return place + 1;
    }
  }
  std::size_t count(std::uint32_t container) const;
  // The place of the first value of that key; 0: none.
  std::uint32_t find(std::uint32_t object, std::string_view key) const {
    const std::uint32_t last = end(object);
    for (std::uint32_t at = object + 1; at < last; at = after(at + 1)) {
      const std::string_view name = text(at);
      if (name.size() == key.size() && std::memcmp(name.data(), key.data(), key.size()) == 0) return at + 1;
    }
    return 0;
  }
  value scalar(std::uint32_t place) const;   // of anything but a container
};

// The keys of an object in order, each once, with the place of its first value: a sorted array that tells most keys
// apart by their first eight bytes.
class json_keys {
 public:
  json_keys() = default;
  json_keys(const json_tape& tape, std::uint32_t object, arena& memory);
  std::size_t size() const { return sorted_.size(); }
  std::string_view key(const json_tape& tape, std::size_t index) const { return tape.text(sorted_[index].key); }
  std::uint32_t place(std::size_t index) const { return sorted_[index].key + 1; }
  std::size_t find(const json_tape& tape, std::string_view key) const;   // its index, size() where there is none

 private:
  struct slot {
    std::uint64_t prefix;
    std::uint32_t key;
  };
  std::span<slot> sorted_;
};

// Whether a key stands twice in one object: in `place` itself where it is one, with `below` in everything in it.
bool has_duplicate_keys(const json_tape& tape, std::uint32_t place, bool below);

}  // namespace sekimori

// value: see json_tape.hpp.
#include "value/json_tape.hpp"

#include <algorithm>
#include <bit>
#include <vector>

#include "value/json_scan.hpp"

namespace sekimori {

namespace {

constexpr std::size_t saturated = 0xFFFFFF;

// The first eight bytes as a number that is ordered as the text is; a shorter text has zeros behind it.
std::uint64_t prefix_of(const char* text, std::size_t size) {
  std::uint64_t bytes;
  std::memcpy(&bytes, text, sizeof bytes);
  if constexpr (std::endian::native == std::endian::little) bytes = __builtin_bswap64(bytes);
  return size >= 8 ? bytes : size == 0 ? 0 : bytes & ~(~std::uint64_t{0} >> (8 * size));
}

// The same of a text that may end where its memory does.
std::uint64_t prefix_of(std::string_view text) {
  char padded[8] = {};
  if (!text.empty()) std::memcpy(padded, text.data(), std::min<std::size_t>(text.size(), 8));
  return prefix_of(padded, 8);
}

}  // namespace

std::size_t json_tape::count(std::uint32_t container) const {
  std::size_t known = (words[container] >> 32) & saturated;
  if (known < saturated) return known;
  std::size_t counted = 0;
  const bool object = tag(container) == '{';
  for (std::uint32_t at = container + 1, last = end(container); at < last; at = after(object ? at + 1 : at)) ++counted;
  return counted;
}

value json_tape::scalar(std::uint32_t place) const {
  switch (tag(place)) {
    case '"': return value::string(text(place));
    case 'l': return value::integer(static_cast<std::int64_t>(words[place + 1]));
    case 'u': return value::unsigned_integer(words[place + 1]);
    case 'd': return value::floating(std::bit_cast<double>(words[place + 1]));
    case 't': return value::boolean(true);
    case 'f': return value::boolean(false);
    default: return value::null();
  }
}

json_keys::json_keys(const json_tape& tape, std::uint32_t object, arena& memory) {
  const std::size_t count = tape.count(object);
  if (count == 0) return;
  slot* slots = static_cast<slot*>(memory.allocate(sizeof(slot) * count, alignof(slot)));
  std::size_t filled = 0;
  bool ascending = true;
  std::string_view before;
  for (std::uint32_t at = object + 1, last = tape.end(object); at < last; at = tape.after(at + 1)) {
    const std::string_view name = tape.text(at);
    slots[filled] = {prefix_of(name.data(), name.size()), at};
    if (filled > 0 && slots[filled].prefix <= slots[filled - 1].prefix) ascending = ascending && slots[filled].prefix == slots[filled - 1].prefix && before < name;
    before = name;
    ++filled;
  }
  sorted_ = {slots, filled};
  if (ascending) return;      // Terraform writes most objects in key order
  std::stable_sort(sorted_.begin(), sorted_.end(), [&](const slot& a, const slot& b) {
    return a.prefix != b.prefix ? a.prefix < b.prefix : tape.text(a.key) < tape.text(b.key);
  });
  auto last = std::unique(sorted_.begin(), sorted_.end(), [&](const slot& a, const slot& b) { return a.prefix == b.prefix && tape.text(a.key) == tape.text(b.key); });
  sorted_ = sorted_.first(static_cast<std::size_t>(last - sorted_.begin()));
}

std::size_t json_keys::find(const json_tape& tape, std::string_view key) const {
  const std::uint64_t prefix = prefix_of(key);
  const slot* at = sorted_.data();
  for (std::size_t left = sorted_.size(); left > 0;) {
    const std::size_t half = left / 2;
    const bool behind = at[half].prefix < prefix;
    at = behind ? at + half + 1 : at;
    left = behind ? left - half - 1 : half;
  }
  const slot* end = sorted_.data() + sorted_.size();
  const slot* same = at;
  while (same != end && same->prefix == prefix) ++same;
  // Many keys with one beginning are searched as texts.
  if (same - at > 4) {
    at = std::lower_bound(at, same, key, [&](const slot& one, std::string_view wanted) { return tape.text(one.key) < wanted; });
    same = std::min(same, at + 1);
  }
  for (; at < same; ++at) {
    if (tape.text(at->key) == key) return static_cast<std::size_t>(at - sorted_.data());
  }
  return sorted_.size();
}

namespace {

// One object's keys where they do not ascend.
bool sorted_has_duplicates(const json_tape& tape, std::uint32_t object, std::vector<std::string_view>& names) {
  constexpr std::size_t few = 24;
  struct named {
    std::uint64_t prefix;
    std::string_view text;
  };
  const std::uint32_t last = tape.end(object);
  if (tape.count(object) <= few) {
    // Sorted as they come; equal ones meet.
    named sorted[few];
    std::size_t count = 0;
    for (std::uint32_t at = object + 1; at < last; at = tape.after(at + 1)) {
      const std::string_view text = tape.text(at);
      const named next{prefix_of(text.data(), text.size()), text};
      std::size_t to = count++;
      for (; to > 0; --to) {
        const named& before = sorted[to - 1];
        if (before.prefix < next.prefix) break;
        if (before.prefix == next.prefix) {
          const int order = before.text.compare(next.text);
          if (order == 0) return true;
          if (order < 0) break;
        }
        sorted[to] = before;
      }
      sorted[to] = next;
    }
    return false;
  }
  names.clear();
  for (std::uint32_t at = object + 1; at < last; at = tape.after(at + 1)) names.push_back(tape.text(at));
  std::sort(names.begin(), names.end());
  return std::adjacent_find(names.begin(), names.end()) != names.end();
}

}  // namespace

bool has_duplicate_keys(const json_tape& tape, std::uint32_t place, bool below) {
  const char tag = tape.tag(place);
  if (tag != '{' && tag != '[') return false;
  std::vector<std::string_view> names;
  if (!below) return tag == '{' && sorted_has_duplicates(tape, place, names);
  // Objects that are open around the place, innermost last; a list has no last key.
  struct frame {
    std::uint64_t prefix;
    std::uint32_t last;      // the key before, 0: none yet
    std::uint32_t end;
    std::uint32_t object;    // 0: a list, or an object that was looked at as a whole
  };
  frame frames[json_depth_limit + 1];
  std::size_t depth = 0;
  const std::uint32_t stop = tape.after(place);
  frame here{0, 0, stop, 0};
  for (std::uint32_t at = place; at < stop;) {
    if (at == here.end) {
      here = frames[--depth];
      ++at;
      continue;
    }
    if (here.object != 0) {
      const std::string_view name = tape.text(at);
      const std::uint64_t prefix = prefix_of(name.data(), name.size());
      if (here.last != 0 && prefix <= here.prefix && !(prefix == here.prefix && tape.text(here.last) < name)) {
        if (sorted_has_duplicates(tape, here.object, names)) return true;
        here.object = 0;
        here.last = 1;
      } else {
        here.prefix = prefix;
        here.last = at;
      }
      ++at;
    } else if (here.last != 0) {
      ++at;      // a key of an object that was looked at
    }
    switch (tape.tag(at)) {
      case '{':
        frames[depth++] = here;
        here = {0, 0, tape.end(at), at};
        ++at;
        break;
      case '[':
        frames[depth++] = here;
        here = {0, 0, tape.end(at), 0};
        ++at;
        break;
      case 'l':
      case 'u':
      case 'd': at += 2; break;
      default: ++at;
    }
  }
  return false;
}

}  // namespace sekimori

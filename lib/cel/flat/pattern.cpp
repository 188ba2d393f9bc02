// cel: see pattern.hpp.
#include "cel/flat/pattern.hpp"

#include <algorithm>

namespace sekimori::cel::flat {
namespace {

constexpr std::size_t most_choices = 16;
constexpr std::size_t most_runs = 256;       // of all choices together
constexpr std::uint32_t most_repeats = 1000; // RE2 refuses more

using runs = std::vector<run>;

bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

std::bitset<256> range(unsigned char first, unsigned char last) {
  std::bitset<256> made;
  for (unsigned c = first; c <= last; ++c) made.set(c);
  return made;
}

// Characters that mean themselves outside a class.
bool is_plain(char c) { return std::string_view("\\^$.|?*+()[]{}").find(c) == std::string_view::npos && c != '\0'; }

// Reads what is simple, and says no to the rest.
class reader {
 public:
  explicit reader(std::string_view text) : text_(text) {}

  bool from_start = false, to_end = false;

  // The choices of the whole pattern.
  bool read(std::vector<runs>& choices) {
    if (take('^')) from_start = true;
    choices.assign(1, {});
    if (!sequence_of(choices, false)) return false;
    if (take('$')) to_end = true;
    return at_ == text_.size();
  }

 private:
  bool take(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  bool sequence_of(std::vector<runs>& choices, bool inside) {
    while (at_ < text_.size()) {
      char c = text_[at_];
      if (inside && (c == '|' || c == ')')) return true;
      if (!inside && c == '$' && at_ + 1 == text_.size()) return true;
      if (c == '(') {
        if (inside || !group(choices)) return false;
        continue;
      }
      run next;
      bool plain = is_plain(c) && !is_ascii(c);
      if (plain) {
        next.bytes = range(static_cast<unsigned char>(c), static_cast<unsigned char>(c));
        ++at_;
        // A byte of a longer character: a repetition would be of the whole character.
        if (at_ < text_.size() && std::string_view("*+?{").find(text_[at_]) != std::string_view::npos) return false;
      } else if (!atom(next.bytes) || !repetition(next)) {
        return false;
      }
      for (runs& choice : choices) choice.push_back(next);
    }
    return !inside;
  }

  // (a|b|c) or (?:a|b), not repeated: every choice so far goes on with each of them.
  bool group(std::vector<runs>& choices) {
    ++at_;
    if (take('?') && !take(':')) return false;
    std::vector<runs> inner;
    do {
      std::vector<runs> one(1);
      if (!sequence_of(one, true)) return false;
      inner.push_back(std::move(one.front()));
    } while (take('|'));
    if (!take(')')) return false;
    if (at_ < text_.size() && std::string_view("*+?{").find(text_[at_]) != std::string_view::npos) return false;
    if (choices.size() * inner.size() > most_choices) return false;
    std::vector<runs> joined;
    std::size_t count = 0;
    for (const runs& before : choices) {
      for (const runs& after : inner) {
        joined.push_back(before);
        joined.back().insert(joined.back().end(), after.begin(), after.end());
        count += joined.back().size();
      }
    }
    choices = std::move(joined);
    return count <= most_runs;
  }

  bool atom(std::bitset<256>& bytes) {
    char c = text_[at_];
    if (c == '[') return character_class(bytes);
    if (c == '\\') return escape(bytes);
    if (!is_plain(c) || !is_ascii(c)) return false;
    ++at_;
    bytes = range(static_cast<unsigned char>(c), static_cast<unsigned char>(c));
    return true;
  }

  bool escape(std::bitset<256>& bytes) {
    if (at_ + 1 >= text_.size()) return false;
    char c = text_[at_ + 1];
    at_ += 2;
    if (c == 'd') {
      bytes = range('0', '9');
    } else if (c == 'w') {
      bytes = range('0', '9') | range('a', 'z') | range('A', 'Z') | range('_', '_');
    } else if (std::string_view("\\^$.|?*+()[]{}-/:@#%&=!~,;").find(c) != std::string_view::npos) {
      bytes = range(static_cast<unsigned char>(c), static_cast<unsigned char>(c));
    } else {
      return false;
    }
    return true;
  }

  bool character_class(std::bitset<256>& bytes) {
    ++at_;
    if (at_ < text_.size() && (text_[at_] == '^' || text_[at_] == ']')) return false;
    while (at_ < text_.size() && text_[at_] != ']') {
      std::bitset<256> one;
      char first = text_[at_];
      if (first == '\\') {
        if (!escape(one)) return false;
        // `\.-z` would be a range.
        if (at_ + 1 < text_.size() && text_[at_] == '-' && text_[at_ + 1] != ']') return false;
        bytes |= one;
        continue;
      }
      if (first == '[' || !is_ascii(first) || first == '\0') return false;
      ++at_;
      bool is_range = at_ + 1 < text_.size() && text_[at_] == '-' && text_[at_ + 1] != ']';
      if (!is_range) {
        // A dash in the middle that begins no range is refused by RE2; at the ends it is one of the characters.
        bytes.set(static_cast<unsigned char>(first));
        continue;
      }
      char last = text_[at_ + 1];
      if (first == '-' || last == '\\' || last == '[' || !is_ascii(last) || last < first) return false;
      at_ += 2;
      if (at_ < text_.size() && text_[at_] == '-' && at_ + 1 < text_.size() && text_[at_ + 1] != ']') return false;
      bytes |= range(static_cast<unsigned char>(first), static_cast<unsigned char>(last));
    }
    return take(']');
  }

  bool number(std::uint32_t& read) {
    std::size_t from = at_;
    read = 0;
    while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') {
      read = read * 10 + static_cast<std::uint32_t>(text_[at_] - '0');
      if (++at_ - from > 4) return false;
    }
    return at_ > from && read <= most_repeats;
  }

  bool repetition(run& next) {
    if (take('*')) {
      next.min = 0;
      next.max = run::any;
    } else if (take('+')) {
      next.max = run::any;
    } else if (take('?')) {
      next.min = 0;
    } else if (take('{')) {
      if (!number(next.min)) return false;
      next.max = next.min;
      if (take(',')) {
        next.max = run::any;
        if (at_ < text_.size() && text_[at_] != '}' && !number(next.max)) return false;
      }
      if (!take('}') || next.max < next.min) return false;
    } else {
      return true;
    }
    // Lazy ones, and repetitions of repetitions.
    return at_ >= text_.size() || std::string_view("*+?{").find(text_[at_]) == std::string_view::npos;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

// Makes taking as many bytes as there are right for each run. False where nothing does.
bool settle_lengths(runs& of, bool whole) {
  for (std::size_t i = 0; i < of.size(); ++i) {
    if (of[i].min == of[i].max) continue;
    bool clear = true;
    for (std::size_t next = i + 1; next < of.size() && clear; ++next) {
      clear = (of[i].bytes & of[next].bytes).none();
      if (of[next].min > 0) break;
    }
    if (clear) continue;
    // All that follows to the end of the text has one length: the rest is this run's.
    for (std::size_t next = i + 1; next < of.size(); ++next) {
      if (!whole || of[next].min != of[next].max) return false;
      of[i].left += of[next].min;
    }
  }
  return true;
}

// What nothing follows: as few as must be are as good as all.
void cut_end(runs& of) {
  while (!of.empty() && of.back().min == 0) of.pop_back();
  if (!of.empty()) of.back().max = of.back().min;
}

std::optional<std::string> literal_of(const runs& of) {
  std::string text;
  for (const run& one : of) {
    if (one.min != one.max || one.bytes.count() != 1) return std::nullopt;
    std::size_t c = 0;
    while (!one.bytes[c]) ++c;
    text.append(one.min, static_cast<char>(c));
  }
  return text;
}

bool matches_from_start(const sequence& of, std::string_view text) {
  const char* at = text.data();
  const char* end = at + text.size();
  for (const run& one : of.runs) {
    std::size_t most = static_cast<std::size_t>(end - at);
    most = most > one.left ? most - one.left : 0;
    if (one.max < most) most = one.max;
    const char* last = at + most;
    const char* from = at;
    while (at != last && one.bytes[static_cast<unsigned char>(*at)]) ++at;
    if (static_cast<std::size_t>(at - from) < one.min) return false;
  }
  return !of.whole || at == end;
}

}  // namespace

bool pattern::matches(std::string_view text) const {
  switch (what) {
    case form::equals: return text == literal;
    case form::prefix: return text.starts_with(literal);
    case form::suffix: return text.ends_with(literal);
    case form::contains: return text.find(literal) != std::string_view::npos;
    case form::sequences: break;
  }
  return std::any_of(choices.begin(), choices.end(), [&](const sequence& one) { return matches_from_start(one, text); });
}

std::optional<pattern> simplify(std::string_view regex) {
  reader reading(regex);
  std::vector<runs> choices;
  if (!reading.read(choices)) return std::nullopt;
  pattern made;
  if (!reading.to_end) {
    for (runs& choice : choices) cut_end(choice);
  }
  if (choices.size() == 1) {
    if (auto literal = literal_of(choices.front())) {
      made.literal = std::move(*literal);
      made.what = reading.from_start ? (reading.to_end ? pattern::form::equals : pattern::form::prefix)
                                     : (reading.to_end ? pattern::form::suffix : pattern::form::contains);
      return made;
    }
  }
  if (!reading.from_start) return std::nullopt;
  made.what = pattern::form::sequences;
  for (runs& choice : choices) {
    if (!settle_lengths(choice, reading.to_end)) return std::nullopt;
    made.choices.push_back({std::move(choice), reading.to_end});
  }
  return made;
}

}  // namespace sekimori::cel::flat

// value: JSON literals of rule documents as values. Entry point: from_json of values.hpp. The text
// comes from our own loader; a text that is not JSON gives an error value all the same.
#include <charconv>
#include <unordered_set>
#include <vector>

#include "base/text.hpp"
#include "value/values.hpp"

namespace sekimori {

namespace {

class literal_reader {
 public:
  literal_reader(arena& memory, std::string_view text) : memory_(memory), rest_(text) {}

  value whole() {
    value read = any(0);
    skip_space();
    return failed_ || !rest_.empty() ? failure() : read;
  }

 private:
  static constexpr int deepest = 200;

  value failure() {
    failed_ = true;
    return make_error(memory_, evaluation_error_code::conversion, "a literal is not JSON");
  }

  void skip_space() {
    while (!rest_.empty() && (rest_[0] == ' ' || rest_[0] == '\t' || rest_[0] == '\n' || rest_[0] == '\r')) rest_.remove_prefix(1);
  }

  bool take(std::string_view token) {
    if (!rest_.starts_with(token)) return false;
    rest_.remove_prefix(token.size());
    return true;
  }

  value any(int depth) {
    skip_space();
    if (rest_.empty() || depth > deepest) return failure();
    if (take("null")) return value::null();
    if (take("true")) return value::boolean(true);
    if (take("false")) return value::boolean(false);
    switch (rest_[0]) {
      case '"': return string();
      case '[': return list(depth);
      case '{': return map(depth);
      default: return number();
    }
  }

  value number() {
    std::size_t length = rest_.find_first_not_of("+-.0123456789eE");
    if (length == std::string_view::npos) length = rest_.size();
    std::string_view text = rest_.substr(0, length);
    rest_.remove_prefix(length);
    const char* end = text.data() + text.size();
    std::size_t first = text.starts_with('-') ? 1 : 0;
    if (first == text.size() || text[first] < '0' || text[first] > '9' || (text[first] == '0' && first + 1 < text.size() && text[first + 1] >= '0' && text[first + 1] <= '9')) return failure();
    if (text.find_first_of(".eE") == std::string_view::npos) {
      std::int64_t integer = 0;
      auto read = std::from_chars(text.data(), end, integer);
      if (read.ec == std::errc() && read.ptr == end) return value::integer(integer);
      std::uint64_t large = 0;
      auto again = std::from_chars(text.data(), end, large);
      if (again.ec == std::errc() && again.ptr == end) return value::unsigned_integer(large);
      return failure();
    }
    double floating = 0;
    auto read = std::from_chars(text.data(), end, floating);
    return read.ec == std::errc() && read.ptr == end ? value::floating(floating) : failure();
  }

  bool hex4(char32_t& unit) {
    std::uint32_t code = 0;
    if (rest_.size() < 4) return false;
    auto read = std::from_chars(rest_.data(), rest_.data() + 4, code, 16);
    if (read.ec != std::errc() || read.ptr != rest_.data() + 4) return false;
    rest_.remove_prefix(4);
    unit = code;
    return true;
  }

  value string() {
    rest_.remove_prefix(1);
    std::string text;
    for (;;) {
      if (rest_.empty() || static_cast<unsigned char>(rest_[0]) < 0x20) return failure();
      char c = rest_[0];
      rest_.remove_prefix(1);
      if (c == '"') break;
      if (c != '\\') {
        text += c;
        continue;
      }
      if (rest_.empty()) return failure();
      char escape = rest_[0];
      rest_.remove_prefix(1);
      switch (escape) {
        case '"':
        case '\\':
        case '/': text += escape; break;
        case 'b': text += '\b'; break;
        case 'f': text += '\f'; break;
        case 'n': text += '\n'; break;
        case 'r': text += '\r'; break;
        case 't': text += '\t'; break;
        case 'u': {
          char32_t unit = 0;
          if (!hex4(unit)) return failure();
          if (unit >= 0xd800 && unit < 0xdc00) {
            char32_t low = 0;
            if (!take("\\u") || !hex4(low) || low < 0xdc00 || low > 0xdfff) return failure();
            unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
          } else if (unit >= 0xdc00 && unit <= 0xdfff) {
            return failure();
          }
          append_utf8(text, unit);
          break;
        }
        default: return failure();
      }
    }
    return make_string(memory_, text);
  }

  value list(int depth) {
    rest_.remove_prefix(1);
    std::vector<value> elements;
    skip_space();
    if (take("]")) return make_list(memory_, elements);
    for (;;) {
      elements.push_back(any(depth + 1));
      skip_space();
      if (failed_) return failure();
      if (take("]")) return make_list(memory_, elements);
      if (!take(",")) return failure();
    }
  }

  value map(int depth) {
    rest_.remove_prefix(1);
    std::vector<map_entry> entries;
    std::unordered_set<std::string_view> keys;
    skip_space();
    if (take("}")) return make_map(memory_, entries);
    for (;;) {
      skip_space();
      if (rest_.empty() || rest_[0] != '"') return failure();
      value key = string();
      skip_space();
      if (failed_ || !take(":")) return failure();
      if (!keys.insert(key.as_text()).second) return failure();
      entries.push_back({key, any(depth + 1)});
      skip_space();
      if (failed_) return failure();
      if (take("}")) return make_map(memory_, entries);
      if (!take(",")) return failure();
    }
  }

  arena& memory_;
  std::string_view rest_;
  bool failed_ = false;
};

}  // namespace

value from_json(arena& memory, std::string_view json) { return literal_reader(memory, json).whole(); }

}  // namespace sekimori

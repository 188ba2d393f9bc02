// cel: google.protobuf.Any that holds a well-known message, from its bytes to the plain value that it stands for.
// Entry point: unpack_any. Knows no schema: messages of other types have no plain value.
// Source: protobuf.dev/programming-guides/encoding; the field numbers of google/protobuf/*.proto.
#include <algorithm>
#include <bit>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "cel/evaluate/machine.hpp"
#include "value/containers.hpp"
#include "value/values.hpp"

namespace sekimori::cel {
namespace {

constexpr int deepest = 100;

// One field of a message.
struct wire_field {
  std::uint32_t number = 0;
  int form = 0;                   // 0 varint, 1 eight bytes, 2 length and bytes, 5 four bytes
  std::uint64_t number_value = 0; // forms 0, 1 and 5
  std::string_view text;          // form 2
};

class wire_reader {
 public:
  explicit wire_reader(std::string_view bytes) : rest_(bytes) {}

  // False at the end, and where the bytes are no message: failed() tells.
  bool next(wire_field& read) {
    if (rest_.empty() || failed_) return false;
    std::uint64_t tag = varint();
    read = {static_cast<std::uint32_t>(tag >> 3), static_cast<int>(tag & 7), 0, {}};
    if (tag >> 3 == 0 || tag >> 3 > (1u << 29) - 1) failed_ = true;
    switch (read.form) {
      case 0: read.number_value = varint(); break;
      case 1: read.number_value = fixed(8); break;
      case 2: read.text = counted(); break;
      case 5: read.number_value = fixed(4); break;
      default: failed_ = true;
    }
    return !failed_;
  }
  bool failed() const { return failed_; }

 private:
  std::uint64_t varint() {
    std::uint64_t made = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (rest_.empty()) break;
      auto byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      made |= std::uint64_t{byte & 0x7fu} << shift;
      if (byte < 0x80) return made;
    }
    failed_ = true;
    return 0;
  }
  std::uint64_t fixed(std::size_t size) {
    std::uint64_t made = 0;
    if (rest_.size() < size) {
      failed_ = true;
      return 0;
    }
    for (std::size_t i = 0; i < size; ++i) made |= std::uint64_t{static_cast<unsigned char>(rest_[i])} << (8 * i);
    rest_.remove_prefix(size);
    return made;
  }
  std::string_view counted() {
    std::uint64_t size = varint();
    if (failed_ || size > rest_.size()) {
      failed_ = true;
      return {};
    }
    std::string_view made = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return made;
  }

  std::string_view rest_;
  bool failed_ = false;
};

class unpacker {
 public:
  unpacker(arena& memory, std::uint32_t expression) : memory_(memory), expression_(expression) {}

  value message(std::string_view name, std::string_view bytes, int depth) {
    if (depth > deepest) return make_error(memory_, evaluation_error_code::limit, "the message nests deeper than the limits allow", expression_);
    if (name == "google.protobuf.Struct") return structure(bytes, depth);
    if (name == "google.protobuf.ListValue") return list(bytes, depth);
    if (name == "google.protobuf.Value") return json(bytes, depth);
    if (name == "google.protobuf.Any") return any(bytes, depth);
    if (name == "google.protobuf.FieldMask") return field_mask(bytes);
    if (name == "google.protobuf.Empty") return empty(bytes);
    if (name == "google.protobuf.Timestamp" || name == "google.protobuf.Duration") return instant(name, bytes);
    if (name.starts_with("google.protobuf.") && name.ends_with("Value")) return wrapper(name, bytes);
    return make_error(memory_, evaluation_error_code::conversion, "the message in google.protobuf.Any is of no well-known type", expression_);
  }

 private:
  value malformed() { return make_error(memory_, evaluation_error_code::conversion, "the bytes in google.protobuf.Any are no such message", expression_); }
  value text(std::string_view bytes) { return invalid_utf8(bytes) ? malformed() : make_string(memory_, bytes); }
  // Ours from the parts: the ranges are checked in one place.
  value literal(std::string_view name, std::span<const value> fields) { return well_known_value(memory_, name, fields, expression_); }

  value wrapper(std::string_view name, std::string_view bytes) {
    wire_reader reader(bytes);
    wire_field field;
    std::vector<value> parts;
    while (reader.next(field)) {
      if (field.number != 1) continue;
      value held;
      if (field.form == 2) held = name == "google.protobuf.BytesValue" ? value::bytes(memory_.copy(field.text)) : text(field.text);
      else if (name == "google.protobuf.BoolValue") held = value::boolean(field.number_value != 0);
      else if (name == "google.protobuf.DoubleValue") held = value::floating(std::bit_cast<double>(field.number_value));
      else if (name == "google.protobuf.FloatValue") held = value::floating(std::bit_cast<float>(static_cast<std::uint32_t>(field.number_value)));
      else if (name.find("UInt") != std::string_view::npos) held = value::unsigned_integer(field.number_value);
      else held = value::integer(static_cast<std::int64_t>(field.number_value));
      if (held.is_error()) return held;
      int form = name == "google.protobuf.DoubleValue" ? 1 : name == "google.protobuf.FloatValue" ? 5 : held.is(value_kind::string) || held.is(value_kind::bytes) ? 2 : 0;
      if (field.form != form) return malformed();
      parts = {value::string("value"), held};
    }
    return reader.failed() ? malformed() : literal(name, parts);
  }

  value instant(std::string_view name, std::string_view bytes) {
    wire_reader reader(bytes);
    wire_field field;
    value parts[4] = {value::string("seconds"), value::integer(0), value::string("nanos"), value::integer(0)};
    while (reader.next(field)) {
      if (field.number > 2) continue;
      if (field.form != 0) return malformed();
      parts[2 * field.number - 1] = value::integer(static_cast<std::int64_t>(field.number_value));
    }
    return reader.failed() ? malformed() : literal(name, parts);
  }

  value empty(std::string_view bytes) {
    wire_reader reader(bytes);
    wire_field field;
    while (reader.next(field)) {
    }
    return reader.failed() ? malformed() : value::map(memory_.make<arena_map>(std::span<const map_entry>(), "google.protobuf.Empty"));
  }

  value field_mask(std::string_view bytes) {
    wire_reader reader(bytes);
    wire_field field;
    std::vector<value> paths;
    while (reader.next(field)) {
      if (field.number != 1) continue;
      if (field.form != 2) return malformed();
      paths.push_back(text(field.text));
      if (paths.back().is_error()) return paths.back();
    }
    if (reader.failed()) return malformed();
    auto entries = memory_.make_array<map_entry>(paths.empty() ? 0 : 1);
    if (!paths.empty()) entries[0] = {value::string("paths"), make_list(memory_, paths)};
    return value::map(memory_.make<arena_map>(std::span<const map_entry>(entries), "google.protobuf.FieldMask"));
  }

  value any(std::string_view bytes, int depth) {
    wire_reader reader(bytes);
    wire_field field;
    std::string_view url, held;
    while (reader.next(field)) {
      if (field.number > 2) continue;
      if (field.form != 2) return malformed();
      (field.number == 1 ? url : held) = field.text;
    }
    std::size_t slash = url.rfind('/');
    if (reader.failed() || slash == std::string_view::npos) return malformed();
    return message(url.substr(slash + 1), held, depth + 1);
  }

  value list(std::string_view bytes, int depth) {
    wire_reader reader(bytes);
    wire_field field;
    std::vector<value> elements;
    while (reader.next(field)) {
      if (field.number != 1) continue;
      if (field.form != 2) return malformed();
      elements.push_back(message("google.protobuf.Value", field.text, depth + 1));
      if (elements.back().is_error()) return elements.back();
    }
    return reader.failed() ? malformed() : make_list(memory_, elements);
  }

  // A map's entry is a message of its own: 1 the key, 2 the value. Of a key that stands twice the last one holds.
  value structure(std::string_view bytes, int depth) {
    wire_reader reader(bytes);
    wire_field field;
    std::vector<map_entry> entries;
    while (reader.next(field)) {
      if (field.number != 1) continue;
      if (field.form != 2) return malformed();
      wire_reader inner(field.text);
      wire_field part;
      map_entry entry{value::string({}), value::null()};
      while (inner.next(part)) {
        if (part.number > 2) continue;
        if (part.form != 2) return malformed();
        value held = part.number == 1 ? text(part.text) : message("google.protobuf.Value", part.text, depth + 1);
        if (held.is_error()) return held;
        (part.number == 1 ? entry.key : entry.mapped) = held;
      }
      if (inner.failed()) return malformed();
      auto same = [&](const map_entry& other) { return other.key.as_text() == entry.key.as_text(); };
      auto known = std::find_if(entries.begin(), entries.end(), same);
      if (known != entries.end()) *known = entry;
      else entries.push_back(entry);
    }
    return reader.failed() ? malformed() : make_map(memory_, entries);
  }

  value json(std::string_view bytes, int depth) {
    wire_reader reader(bytes);
    wire_field field;
    value held;
    constexpr int forms[] = {0, 1, 2, 0, 2, 2};
    while (reader.next(field)) {
      if (field.number > 6) continue;
      if (field.form != forms[field.number - 1]) return malformed();
      switch (field.number) {
        case 1: held = value::null(); break;
        case 2: held = value::floating(std::bit_cast<double>(field.number_value)); break;
        case 3: held = text(field.text); break;
        case 4: held = value::boolean(field.number_value != 0); break;
        case 5: held = message("google.protobuf.Struct", field.text, depth + 1); break;
        default: held = message("google.protobuf.ListValue", field.text, depth + 1);
      }
      if (held.is_error()) return held;
    }
    return reader.failed() ? malformed() : held;
  }

  arena& memory_;
  std::uint32_t expression_;
};

}  // namespace

value unpack_any(arena& memory, std::string_view type_url, std::string_view bytes, std::uint32_t expression) {
  std::size_t slash = type_url.rfind('/');
  if (slash == std::string_view::npos) return make_error(memory, evaluation_error_code::conversion, "google.protobuf.Any has no type", expression);
  return unpacker(memory, expression).message(type_url.substr(slash + 1), bytes, 0);
}

}  // namespace sekimori::cel

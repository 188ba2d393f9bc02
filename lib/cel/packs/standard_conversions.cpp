// cel: conversions of the standard pack. Entry points: the bodies. What does not fit is an error,
// never rounded into range.
#include <charconv>
#include <cmath>
#include <string>
#include <type_traits>

#include "base/text.hpp"
#include "cel/packs/standard.hpp"
#include "value/containers.hpp"
#include "value/forms.hpp"
#include "value/values.hpp"

namespace sekimori::cel::standard {

namespace {

value out_of_range(call_context& context, std::string_view type) {
  return context.fail(evaluation_error_code::conversion, "the value is out of range for " + std::string(type));
}

value not_one(call_context& context, std::string_view type) {
  return context.fail(evaluation_error_code::conversion, "the string cannot be read as " + std::string(type));
}

// An int may have a sign, a uint none.
template <class T>
bool read_whole(std::string_view text, T& number) {
  if (std::is_signed_v<T> && text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) return false;
  }
  auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  return read.ec == std::errc() && read.ptr == text.data() + text.size();
}

}  // namespace

value same(call_context&, arguments given) { return given[0]; }

value type_of(call_context&, arguments given) { return value::type(type_name_of(given[0])); }

value to_int(call_context& context, arguments given) {
  const value v = given[0];
  switch (v.kind()) {
    case value_kind::unsigned_integer:
      if (v.as_unsigned() > static_cast<std::uint64_t>(INT64_MAX)) return out_of_range(context, "int");
      return value::integer(static_cast<std::int64_t>(v.as_unsigned()));
    case value_kind::floating: {
      // Both ends are left out: a double near them may stand for a number beyond.
      double d = v.as_floating();
      if (!(d > -9223372036854775808.0 && d < 9223372036854775808.0)) return out_of_range(context, "int");
      return value::integer(static_cast<std::int64_t>(d));
    }
    case value_kind::timestamp: return value::integer(v.seconds());
    case value_kind::duration: return value::integer(v.seconds() * 1'000'000'000 + v.nanos());
    default: {
      std::int64_t number = 0;
      return read_whole(v.as_text(), number) ? value::integer(number) : not_one(context, "int");
    }
  }
}

value to_uint(call_context& context, arguments given) {
  const value v = given[0];
  switch (v.kind()) {
    case value_kind::integer:
      if (v.as_integer() < 0) return out_of_range(context, "uint");
      return value::unsigned_integer(static_cast<std::uint64_t>(v.as_integer()));
    case value_kind::floating: {
      double d = v.as_floating();
      if (!(d >= 0 && d < 18446744073709551616.0)) return out_of_range(context, "uint");
      return value::unsigned_integer(static_cast<std::uint64_t>(d));
    }
    default: {
      std::uint64_t number = 0;
      return read_whole(v.as_text(), number) ? value::unsigned_integer(number) : not_one(context, "uint");
    }
  }
}

value to_double(call_context& context, arguments given) {
  const value v = given[0];
  if (v.is(value_kind::integer)) return value::floating(static_cast<double>(v.as_integer()));
  if (v.is(value_kind::unsigned_integer)) return value::floating(static_cast<double>(v.as_unsigned()));
  auto number = parse_double(v.as_text());
  return number ? value::floating(*number) : not_one(context, "double");
}

value to_string(call_context& context, arguments given) {
  const value v = given[0];
  switch (v.kind()) {
    case value_kind::boolean: return value::string(v.as_boolean() ? "true" : "false");
    case value_kind::integer:
    case value_kind::unsigned_integer: {
      char digits[24];
      auto end = v.is(value_kind::integer) ? std::to_chars(digits, digits + sizeof digits, v.as_integer()).ptr
                                           : std::to_chars(digits, digits + sizeof digits, v.as_unsigned()).ptr;
      return make_string(context.memory, {digits, static_cast<std::size_t>(end - digits)});
    }
    case value_kind::floating: return make_string(context.memory, format_double(v.as_floating(), 6));
    case value_kind::timestamp: return make_string(context.memory, format_timestamp(v.seconds(), v.nanos()));
    case value_kind::duration: return make_string(context.memory, format_duration(v.seconds(), v.nanos()));
    default:
      if (invalid_utf8(v.as_text())) return context.fail(evaluation_error_code::conversion, "the bytes are not valid UTF-8");
      return value::string(v.as_text());
  }
}

value to_bytes(call_context&, arguments given) { return value::bytes(given[0].as_text()); }

value to_bool(call_context& context, arguments given) {
  std::string_view text = given[0].as_text();
  for (std::string_view yes : {"true", "TRUE", "True", "t", "1"}) {
    if (text == yes) return value::boolean(true);
  }
  for (std::string_view no : {"false", "FALSE", "False", "f", "0"}) {
    if (text == no) return value::boolean(false);
  }
  return not_one(context, "bool");
}

value to_timestamp(call_context& context, arguments given) {
  const value v = given[0];
  if (v.is(value_kind::integer)) {
    if (v.as_integer() < min_timestamp_seconds || v.as_integer() > max_timestamp_seconds) return out_of_range(context, "timestamp");
    return value::timestamp(v.as_integer(), 0);
  }
  auto read = parse_timestamp(v.as_text());
  return read ? value::timestamp(read->seconds, read->nanos) : not_one(context, "timestamp");
}

value to_duration(call_context& context, arguments given) {
  auto read = parse_duration(given[0].as_text());
  return read ? value::duration(read->seconds, read->nanos) : not_one(context, "duration");
}

}  // namespace sekimori::cel::standard

// cel: the encoders pack: Base64. Entry point: encoders_pack.
#include "cel/cost/rules.hpp"
#include "cel/function.hpp"
#include "value/forms.hpp"
#include "value/values.hpp"

namespace sekimori::cel {
namespace {

using arguments = std::span<const value>;
using texts = const std::string_view[];

value decode(call_context& context, arguments given) {
  auto bytes = base64_decode(given[0].as_text());
  if (!bytes) return context.fail(evaluation_error_code::invalid_argument, "the string is not Base64");
  return value::bytes(context.memory.copy(std::string_view(*bytes)));
}

value encode(call_context& context, arguments given) { return make_string(context.memory, base64_encode(given[0].as_text())); }

constexpr texts string1 = {"string"};
constexpr texts bytes1 = {"bytes"};
constexpr overload decode_rows[] = {{"base64_decode_string", false, string1, "bytes", decode, 0, &cost::base64_decode}};
constexpr overload encode_rows[] = {{"base64_encode_bytes", false, bytes1, "string", encode, 0, &cost::base64_encode}};

constexpr function_row rows[] = {
    {"base64.decode", "encoders", decode_rows, 2, "the bytes that Base64 text stands for", "Base64 の文字列が表すバイト列"},
    {"base64.encode", "encoders", encode_rows, 2, "Base64 text of bytes", "バイト列の Base64 表現"},
};

}  // namespace

std::span<const function_row> encoders_pack() { return rows; }

}  // namespace sekimori::cel

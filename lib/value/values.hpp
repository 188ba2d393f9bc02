// value: makes, compares and shows CEL values. Entry points: the functions here. Knows no documents
// and no expressions.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/arena.hpp"
#include "sekimori/value.hpp"

namespace sekimori {

value make_error(sekimori::arena& memory, evaluation_error_code code, std::string_view message, std::uint32_t expression = 0);
value make_unknown(sekimori::arena& memory, std::string_view resource, std::string_view path, unknown_reason reason);
value merge_unknowns(sekimori::arena& memory, value a, value b);  // both unknown
value make_list(sekimori::arena& memory, std::span<const value> elements);
value make_map(sekimori::arena& memory, std::span<const map_entry> entries);  // sorts; keys are distinct
value make_string(sekimori::arena& memory, std::string_view text);

// CEL equality: true, false, or unknown/error where a part of either is (design 4: false once a known leaf differs).
value equals(sekimori::arena& memory, value a, value b);
// Text of a value for messages and explanations: strings bare at the top, quoted inside; stable; cut to `limit` bytes
// with an ellipsis; sensitive values and parts of containers become the mask "(sensitive)".
std::string display(value shown, std::size_t limit = 200);
// As JSON text (for the report's `actual`): bytes base64, timestamps RFC 3339, unknown null.
std::string to_json(value shown);
// A string of JSON, with its quotes.
void append_json_string(std::string& to, std::string_view text);

// Order of two values where CEL defines one (numbers across types, strings, bytes, bool, timestamps, durations);
// nullopt where it does not, or a side is NaN.
std::optional<int> compare(value a, value b);
// Order of map keys: bool, then numbers by value, then strings by code point.
bool key_less(value a, value b);

// "ingress[0].cidr_blocks"; the root's key (the resource's address) is not part of it.
std::string path_text(const data_path* container, value key);
std::string path_text(const data_path* container);
// The root's key: the address of the resource that holds it.
std::string_view path_root(const data_path* container);


// Of a list or a map; nullptr: it is none of a relation.
inline const relation_shape* relation_of(value v) {
  return v.is(value_kind::list) ? v.as_list().relation() : v.is(value_kind::map) ? v.as_map().relation() : nullptr;
}

std::string_view kind_name(value_kind kind);           // CEL's type name: "int", "google.protobuf.Timestamp"
std::string_view reason_name(unknown_reason reason);   // "computed", "not_configured", ...
std::string_view error_name(evaluation_error_code code);  // "no_such_key", ...

// A literal of a document (well-formed JSON made by our own loader) as a value in `memory`.
value from_json(arena& memory, std::string_view json);

}  // namespace sekimori

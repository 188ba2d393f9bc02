// value: finds the place of a mistake in JSON text. Entry points: scan_json, place_in_json. The parse
// itself is simdjson's, which gives no positions; this is run only where something is wrong already,
// or where surrogate escapes have to be looked at. Knows no values and no formats.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.hpp"

namespace sekimori {

constexpr std::size_t json_depth_limit = 1000;

struct json_problem {
  enum class sort { none, syntax, range, depth } what = sort::none;
  std::size_t begin = 0, end = 0;    // bytes of the text
  std::string message;
  std::string expected;
};

struct json_place { std::size_t begin = 0, end = 0; };

// The first mistake of the text. With `duplicates` also the keys that stand twice in one object (the
// later ones, at most `most`, in the order in which their objects end).
json_problem scan_json(std::string_view text, std::vector<json_place>* duplicates = nullptr, std::size_t most = 5);

// What stands between the quotes of a string without mistakes, with its escapes as what they stand for.
void append_unescaped(std::string& to, std::string_view raw);

// A diagnostic that points at a place of an input. Inputs hold secrets, so the line that it shows has
// its string values hidden, and everything after `begin` where the text is broken from there on.
diagnostic place_in_json(diagnostic_code code, const std::string& name, std::string_view text, std::size_t begin,
                         std::size_t end, std::string message, diagnostic_details details, bool broken);

}  // namespace sekimori

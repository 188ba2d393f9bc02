// What the tests of the CEL front end share: compiling, and the conformance suite's lines.
#pragma once

#include <doctest/doctest.h>
#include <simdjson.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>

#include "cel/environment.hpp"

namespace sekimori::cel::testing {

inline environment::compile_options unchecked() {
  environment::compile_options options;
  options.check = false;
  return options;
}

// An environment in which every pack is on.
struct full_environment : environment {
  full_environment() {
    for (const pack& one : packs()) add_pack(one);
  }
};

// The tree of a text without a check; "error: ..." where it is no CEL.
inline std::string tree_of(std::string_view text) {
  full_environment full;
  auto made = full.compile(plain_text(std::string(text)), unchecked());
  if (!made) return "error: " + made.diagnostics()[0].message;
  return dump(*made.value()->root);
}

inline std::vector<diagnostic> mistakes_of(const environment& in, std::string_view text) {
  auto made = in.compile(plain_text(std::string(text)));
  return made ? std::vector<diagnostic>{} : made.diagnostics();
}

// "SKM202 message" of the only mistake.
inline std::string mistake_of(const environment& in, std::string_view text) {
  auto found = mistakes_of(in, text);
  if (found.empty()) return "none";
  if (found.size() > 1) return std::to_string(found.size()) + " mistakes, the first: " + found[0].message;
  return found[0].code + " " + found[0].message;
}

inline std::string type_of(const environment& in, std::string_view text) {
  auto made = in.compile(plain_text(std::string(text)));
  if (!made) return "error: " + made.diagnostics()[0].message;
  return to_string(*made.value()->result_type);
}

// Calls `look` with each line of the suite; false and a loud line where the suite is missing.
template <class Look>
bool each_conformance_test(Look&& look) {
  const char* given = std::getenv("SEKIMORI_CONFORMANCE");
  std::filesystem::path folder = given != nullptr ? std::filesystem::path(given)
                                                  : std::filesystem::path(SEKIMORI_SOURCE_DIR) / ".." / "shared" / "conformance";
  std::ifstream lines(folder / "cel-spec.jsonl");
  if (!lines) {
    std::cout << "SKIPPED: no conformance suite in " << folder << '\n';
    return false;
  }
  simdjson::dom::parser parser;
  std::string line;
  while (std::getline(lines, line)) {
    simdjson::padded_string padded(line);
    simdjson::dom::element test;
    REQUIRE(parser.parse(padded).get(test) == simdjson::SUCCESS);
    look(test);
  }
  return true;
}

inline std::string text_at(simdjson::dom::element test, const char* key) {
  return std::string(std::string_view(test[key]));
}

}  // namespace sekimori::cel::testing

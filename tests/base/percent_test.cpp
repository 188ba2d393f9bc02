#include "base/percent.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace sekimori;

TEST_CASE("percent-encoding is undone, whole or not at all") {
  const auto decoded = [](std::string_view text) -> std::optional<std::string> {
    std::string made(text.size(), '\0');
    const auto size = decode_percent(text, made.data());
    if (!size) return std::nullopt;
    return made.substr(0, *size);
  };
  CHECK(decoded("") == "");
  CHECK(decoded("%7b%22a+b%22%7D") == "{\"a+b\"}");
  CHECK(decoded("%E9%96%A2") == "\u95a2");
  CHECK(decoded("%2541") == "%41");
  for (const char* wrong : {"%", "a%4", "%4G", "%g4", "%-1", "% 41", "%FF", "%C0%80", "%E9%96"}) CHECK_MESSAGE(!decoded(wrong), wrong);
}

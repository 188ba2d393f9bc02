// A list in pieces: all of its elements, and no text passes in pieces that is no JSON as a whole.
#include <doctest/doctest.h>

#include <optional>
#include <random>
#include <string>

#include "value/json_pieces.hpp"
#include "value/json_view.hpp"
#include "value/values.hpp"

using namespace sekimori;

namespace {

std::string shown(const json_document& of) {
  arena memory;
  return to_json(of.root().read(memory));
}

// The whole as the pieces tell it; nothing where one of them is no JSON, or there is no such list.
std::optional<std::string> together(const std::string& text, std::size_t bytes) {
  auto pieces = json_pieces::of(text, "list");
  if (!pieces) return std::nullopt;
  auto frame = json_document::parse("frame", pieces->frame(), true);
  if (!frame) return std::nullopt;
  std::string made, piece;
  while (pieces->next(bytes, piece)) {
    auto some = json_document::parse("piece", piece, true);
    if (!some) return std::nullopt;
    const std::string elements = shown(some.value());
    made += (made.empty() ? "" : ", ") + elements.substr(1, elements.size() - 2);
  }
  return shown(frame.value()) + " [" + made + "]";
}

const std::string sample = R"({"a": [1, {"list": [9]}], "list": [ {"x": "],}[{\"", "y": [[], {}]} , 2 ,"\\", [3, 4],
  {"z": {"z": null}}, "，", true], "b": "\u005d"})";

}  // namespace

TEST_CASE("pieces of any size hold all elements, and the frame all else") {
  const std::string expected = R"({"a": [1, {"list": [9]}], "b": "]", "list": []} [{"x": "],}[{\"", "y": [[], {}]}, 2, "\\", [3, 4], {"z": {"z": null}}, "，", true])";
  for (std::size_t bytes : {0u, 1u, 10u, 30u, 1000u}) CHECK(together(sample, bytes).value_or("") == expected);
  CHECK(together("\xEF\xBB\xBF" + sample, 10).value_or("") == expected);
  CHECK(together(R"({"list": [ ]})", 10).value_or("") == R"({"list": []} [])");
  for (const char* none : {R"({"list": {}})", R"({"l": []})", R"([{"list": []}])", "", "{", R"({"list)", R"({"list": 1, "list": []})"}) CHECK_FALSE(together(none, 10).has_value());
}

TEST_CASE("a mistake is a mistake in pieces, too") {
  for (const char* wrong : {R"({"list": [1,]})", R"({"list": [1,2,]})", R"({"list": [,1]})", R"({"list": [1,,2]})", R"({"list": [1 2]})", R"({"list": [1}})", R"({"list": [1]]})",
                            R"({"list": [{"a": 1]]})", R"({"list": [1], "list": []})", R"({"list": [1], "l\u0069st": []})", R"({"list": ["a]})", R"({"list": [1)", "{\"list\": [\xEF\xBB\xBF 1]}",
                            R"({"list": [{"a": 1, "a": 2}]})", R"({"list": [1]} 2)", R"({"list": [ , ]})"}) {
    CAPTURE(wrong);
    for (std::size_t bytes : {0u, 1u, 2u, 100u}) CHECK_FALSE(together(wrong, bytes).has_value());
  }
  // What passes in pieces passes as a whole, whatever bytes are changed.
  static constexpr std::string_view bytes = "[]{},:\"\\ 1a\n\xEF\xBB";
  std::mt19937 random(5);
  int passed = 0;
  for (int round = 0; round < 60'000; ++round) {
    std::string text = sample;
    for (unsigned i = random() % 3 + 1; i > 0; --i) {
      const std::size_t at = random() % text.size();
      if (random() % 3 == 0) text.erase(at, 1);
      else if (random() % 2 == 0) text[at] = bytes[random() % bytes.size()];
      else text.insert(at, 1, bytes[random() % bytes.size()]);
    }
    const auto found = together(text, random() % 40);
    if (!found) continue;
    ++passed;
    CAPTURE(text);
    REQUIRE(json_document::parse("whole", text, true).ok());
  }
  CHECK(passed > 1000);
}

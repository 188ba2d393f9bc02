#include <doctest/doctest.h>

#include <sstream>

#include "base/text.hpp"
#include "fixture.hpp"
#include "report/text_page.hpp"

using namespace sekimori;

TEST_CASE("no line is wider than the terminal, whatever the text") {
  for (std::uint32_t width : {40u, 57u, 80u, 120u}) {
    for (const char* language : {"ja", "en"}) {
      std::stringstream text(*render(fixture::rich_report(), "text", {language, false, width}));
      for (std::string line; std::getline(text, line);) {
        CAPTURE(line);
        CHECK(display_width(line) <= width);
      }
    }
  }
}

TEST_CASE("nothing of an input reaches the terminal as a control character") {
  const std::string hostile = *render(fixture::hostile_report(), "text", {"en", false, 80});
  for (char c : hostile) CHECK_FALSE((static_cast<unsigned char>(c) < 0x20 && c != '\n'));
  CHECK_FALSE(invalid_utf8(hostile).has_value());
  const std::string text = *render(fixture::rich_report(), "text", {"ja", false, 80});
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.find('\x07') == std::string::npos);
  CHECK(text.find("\xe2\x80\xae") == std::string::npos);
  CHECK(text.find("\\u{202e}") != std::string::npos);
  CHECK_FALSE(invalid_utf8(text).has_value());
}

TEST_CASE("colours change no word") {
  std::string coloured = *render(fixture::rich_report(), "text", {"ja", true, 80});
  CHECK(coloured.find("\x1b[") != std::string::npos);
  for (std::size_t at = coloured.find('\x1b'); at != std::string::npos; at = coloured.find('\x1b')) {
    coloured.erase(at, coloured.find('m', at) - at + 1);
  }
  CHECK(coloured == *render(fixture::rich_report(), "text", {"ja", false, 80}));
}

TEST_CASE("what was not looked at stands before what was found") {
  const std::string text = *render(fixture::rich_report(), "text", {"ja", false, 80});
  const std::size_t opening = text.find("本書は"), gaps = text.find("■ 検査していないもの"), outcome = text.find("■ 結論"),
                    found = text.find("■ 違反(要対応)"), end = text.rfind("終了コード 1");
  REQUIRE(end != std::string::npos);
  CHECK(opening < gaps);
  CHECK(gaps < outcome);
  CHECK(outcome < found);
  CHECK(found < end);
}

TEST_CASE("Japanese lines do not begin with a closing bracket or a full stop") {
  std::string text;
  text_page page(text, 40, false);
  page.paragraph(0, "一二三四五六七八九十一二三四五六七八九十。次(括弧)");
  CHECK(text == "一二三四五六七八九十一二三四五六七八九\n十。次(括弧)\n");
}

TEST_CASE("a word longer than the line is broken, a joined emoji is not") {
  std::string text;
  text_page page(text, 40, false);
  page.paragraph(0, std::string(50, 'x'));
  CHECK(text == std::string(40, 'x') + "\n" + std::string(10, 'x') + "\n");
  text.clear();
  page.paragraph(0, std::string(36, 'x') + "👩‍👩‍👧‍👦");
  CHECK(text == std::string(36, 'x') + "\n👩‍👩‍👧‍👦\n");
}

TEST_CASE("without an organisation no line repeats that nobody is known") {
  report shown = fixture::clean_report();
  finding found = fixture::base_finding(shown, 0, "aws_instance.web", "aws");
  found.outcome = verdict::fail;
  found.scope = found.owner = found.operated_by = "";
  shown.findings.push_back(found);
  CHECK(render(shown, "text")->find("不明") == std::string::npos);
  shown.scopes = {{"tokyo"}};
  CHECK(render(shown, "text")->find("適用単位・所管・運用者は不明") != std::string::npos);
}

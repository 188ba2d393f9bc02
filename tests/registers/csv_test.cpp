// registers: CSV as spreadsheets write it.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "base/csv.hpp"
#include "support.hpp"

using namespace registers_test;
using sekimori::csv_problem;
using sekimori::read_csv;

namespace {

std::vector<texts> rows_of(std::string_view text, char separator = ',') {
  std::vector<texts> rows;
  const csv_problem wrong = read_csv(text, separator, [&](std::uint64_t, texts&& cells) { return rows.push_back(std::move(cells)), true; });
  CHECK(wrong.row == 0);
  return rows;
}

csv_problem wrong_of(std::string_view text) {
  return read_csv(text, ',', [](std::uint64_t, texts&&) { return true; });
}

}  // namespace

TEST_CASE("rows, quotes and line ends") {
  CHECK(rows_of("a,b\r\nc,d\r\n") == std::vector<texts>{{"a", "b"}, {"c", "d"}});
  CHECK(rows_of("a,b\nc,d") == std::vector<texts>{{"a", "b"}, {"c", "d"}});
  CHECK(rows_of("a\rb\r") == std::vector<texts>{{"a"}, {"b"}});
  CHECK(rows_of("\"a,\"\"b\"\"\r\nc\",d\n") == std::vector<texts>{{"a,\"b\"\r\nc", "d"}});
  CHECK(rows_of("a;\"b;c\"", ';') == std::vector<texts>{{"a", "b;c"}});
  CHECK(rows_of("a\t\tb", '\t') == std::vector<texts>{{"a", "", "b"}});
  CHECK(rows_of("a,\n\n,b") == std::vector<texts>{{"a", ""}, {""}, {"", "b"}});
  CHECK(rows_of("").empty());
}

TEST_CASE("a text that is no CSV is told by row and cell") {
  const auto at = [](std::string_view text) { const csv_problem wrong = wrong_of(text); return std::to_string(wrong.row) + ":" + std::to_string(wrong.column); };
  CHECK(at("a,b\nc,d\"e\n") == "2:1");
  CHECK(at("a\n\"b\"c,d\n") == "2:0");
  CHECK(at("a\n\"x\ny\",\"b\n\n\n") == "2:1");
  CHECK(at(std::string_view("a\0b", 3)) == "1:0");
  CHECK(wrong_of(std::string(1'001, ',')).limit);
}

TEST_CASE("separators, byte order marks and encodings are seen by themselves") {
  const std::string body = "職員番号,氏名\r\n0012,佐藤\r\n";
  for (const char separator : {',', ';', '\t'}) {
    std::string text = body;
    for (char& c : text) {
      if (c == ',') c = separator;
    }
    for (const std::string& mark : {std::string(), std::string("\xEF\xBB\xBF")}) {
      const auto checked = check_text("a.csv", mark + text);
      CHECK(told(checked) == texts{});
      CHECK(checked.registers[0].name == "people");
      CHECK(checked.registers[0].encoding == "utf-8");
      CHECK(checked.registers[0].rows == 1);
    }
  }
  // 職員番号,氏名 and 0012,佐藤
  const std::string cp932 = "\x90\x45\x88\xF5\x94\xD4\x8D\x86,\x8E\x81\x96\xBC\r\n0012,\x8D\xB2\x93\xA1\r\n";
  const auto old = check_text("a.csv", cp932);
  CHECK(told(old) == texts{});
  CHECK(old.registers[0].encoding == "cp932");
  CHECK(old.registers[0].rows == 1);
  const auto broken = check_text("a.csv", cp932 + "0013,\x8D\xB2\x93\xFD\r\n");
  CHECK(told(broken) == texts{"SKM305 3 氏名"});
  CHECK(broken.exit_code == 3);
  CHECK(told(check_text("a.csv", "\xEF\xBB\xBF" + cp932)) != texts{});
  const auto wide = check_text("a.csv", std::string("\xFF\xFE" "\x77\x80\xE1\x54\x6A\x75\xF7\x53\n\0" "1\0", 14));
  CHECK(told(wide) == texts{});
  CHECK(wide.registers[0].encoding == "utf-16");
}

TEST_CASE("what is no table at all") {
  CHECK(told(check_text("a.csv", "")) == texts{"SKM319 0"});
  CHECK(told(check_text("a.csv", "\xEF\xBB\xBF\r\n")) == texts{"SKM319 0"});
  CHECK(told(check_text("people.csv", "職員番号\n")) == texts{"SKM319 0"});
  CHECK(told(check_text("people.csv", "職員番号\n\"1\n")) == texts{"SKM319 2"});
  const auto workbook = check_text("people.xlsx", "PK\x03\x04...");
  CHECK(told(workbook) == texts{"SKM319 0"});
  CHECK(workbook.problems[0].told.help.find("python -m sekimori.registers") != std::string::npos);
}

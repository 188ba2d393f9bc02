// registers: cells of every type, what is converted and counted, and what is refused.
#include <doctest/doctest.h>

#include <map>
#include <string>

#include "support.hpp"

using namespace registers_test;

namespace {

// A row of assignments with this cell for the end of the term.
sekimori::register_check with_end(const std::string& cell) {
  return check_text("assignments.csv", "職員番号,所属,任用区分,開始日,終了日,状態\nA001,福祉局,本務,2026-04-01," + cell + ",発令済\n");
}

sekimori::register_check account(const std::string& headings, const std::string& cells) {
  return check_text("accounts.csv", "台帳番号,クラウド,契約アカウント,ログインID,種別,有効,特権" + headings + "\nX1,aws,012345678901,deploy,機械,○,無" + cells + "\n");
}

}  // namespace

TEST_CASE("cells are converted, and that is counted by kind") {
  const auto checked = check_text("assignments.csv",
                                  "職員番号,所属,職,任用区分,開始日,終了日,状態\n"
                                  "Ａ００１,福祉局　総務課,　主任　,本務,R8.4.1,令和9年3月31日,発令済\n"
                                  "A001,総務局,,兼務,2026/4/1,46477,予定\n"
                                  ",,,,,,\n");
  CHECK(told(checked) == texts{});
  CHECK(checked.exit_code == 0);
  CHECK(checked.registers[0].rows == 2);
  CHECK(checked.registers[0].blank_rows == 1);
  CHECK(checked.registers[0].converted == std::map<std::string, std::uint64_t>{{"choice_word", 4}, {"date_era", 2}, {"date_serial", 1}, {"date_slashes", 1}, {"full_width", 2}, {"spaces", 1}});
}

TEST_CASE("ambiguous days and years beyond their era are mistakes by row and column") {
  CHECK(told(with_end("2027-03-31")) == texts{});
  CHECK(told(with_end("3/4/2027")) == texts{"SKM313 2 終了日"});
  CHECK(told(with_end("27/3/31")) == texts{"SKM313 2 終了日"});
  CHECK(told(with_end("H39.3.31")) == texts{"SKM313 2 終了日"});
  CHECK(with_end("2027/3/31 0:00").registers[0].converted.at("midnight") == 1);
  CHECK(told(with_end("2027/3/31 9:00")) == texts{"SKM312 2 終了日"});
  CHECK(told(with_end("未定")) == texts{"SKM312 2 終了日"});
  CHECK(told(with_end("2027/2/29")) == texts{"SKM312 2 終了日"});
  CHECK(told(with_end("2026-03-31")) == texts{"SKM317 2 終了日"});
  CHECK(told(with_end("2026-04-01")) == texts{});
  CHECK(with_end("3/4/2027").problems[0].told.message == "row 2, column `終了日`: `3/4/2027` can be read as more than one day");
}

TEST_CASE("booleans are words, blank is not false") {
  for (const char* word : {"○", "丸", "有", "はい", "TRUE", "true", "1", "１", "×", "無", "いいえ", "FALSE", "0", ""}) {
    CAPTURE(word);
    CHECK(told(account(",統合認証", std::string(",") + word)) == texts{});
  }
  for (const char* word : {"済", "-", "△", "2", "on"}) {
    CAPTURE(word);
    CHECK(told(account(",統合認証", std::string(",") + word)) == texts{"SKM312 2 統合認証"});
  }
}

TEST_CASE("a choice that is not known is told with the words there are") {
  const auto checked = check_text("assignments.csv", "職員番号,所属,任用区分,開始日,状態\nA001,福祉局,兼務,2026-04-01,発令ずみ\nA002,福祉局,会計年度任用職印,2026-04-01,発令済\n");
  CHECK(told(checked) == texts{"SKM312 2 状態", "SKM312 3 任用区分"});
  CHECK(checked.problems[0].told.expected == "one of: 発令済 (issued), 予定 (planned)");
  CHECK(checked.problems[1].told.help == "did you mean `会計年度任用職員`?");
}

TEST_CASE("numbers of accounts keep their zeros, and a spreadsheet's damage is seen") {
  const std::string head = "台帳番号,クラウド,契約アカウント,ログインID,種別,有効,特権\n";
  CHECK(told(check_text("accounts.csv", head + "X1,aws,012345678901,a,機械,1,0\n")) == texts{});
  CHECK(told(check_text("accounts.csv", head + "X1,aws,12345678901,a,機械,1,0\n")) == texts{"SKM312 2 契約アカウント"});
  CHECK(told(check_text("accounts.csv", head + "X1,aws,1.23457E+11,a,機械,1,0\n")) == texts{"SKM313 2 契約アカウント"});
  CHECK(told(check_text("accounts.json", R"([{"id": "X1", "cloud": "aws", "account": 123456789012, "principal": "a", "kind": "machine", "enabled": true, "privileged": false}])")) == texts{"SKM313 1 account"});
}

TEST_CASE("a text of personal data is never shown, nor is it in the report") {
  const auto checked = check_text("people.csv", "職員番号,氏名,メールアドレス,採用日\nA001,佐藤,\"sato\n@example.jp\",2026/13/1\n");
  CHECK(told(checked) == texts{"SKM312 2 メールアドレス", "SKM312 2 採用日"});
  for (const auto& one : checked.problems) {
    const std::string shown = sekimori::render(one.told);
    CHECK(shown.find("sato") == std::string::npos);
    CHECK(shown.find("佐藤") == std::string::npos);
  }
  CHECK(checked.problems[1].told.message.find("2026/13/1") != std::string::npos);
}

TEST_CASE("user-defined characters stay in names and are refused in identifiers") {
  const auto name = check_text("people.csv", "\x90\x45\x88\xF5\x94\xD4\x8D\x86,\x8E\x81\x96\xBC\nA1,\xF0\x40\x96\xEC\n");
  CHECK(told(name) == texts{});
  CHECK(name.registers[0].converted.at("private_character") == 1);
  CHECK(told(check_text("people.csv", "\x90\x45\x88\xF5\x94\xD4\x8D\x86\nA\xF0\x40\n")) == texts{"SKM312 2 職員番号"});
}

TEST_CASE("what a row has to hold") {
  const std::string head = "職員番号,所属,任用区分,開始日,状態,契約番号,派遣元\n";
  CHECK(told(check_text("assignments.csv", head + "A1,福祉局,,2026-04-01,発令済,,\n")) == texts{"SKM314 2 任用区分"});
  CHECK(told(check_text("assignments.csv", head + "A1,福祉局,派遣,2026-04-01,発令済,,\n")) == texts{"SKM314 2 派遣元"});
  CHECK(told(check_text("assignments.csv", head + "A1,福祉局,委託先,2026-04-01,発令済,,\n")) == texts{"SKM314 2 契約番号"});
  CHECK(told(check_text("assignments.csv", head + "A1,福祉局,本務,2026-04-01,発令済\n")) == texts{});
  CHECK(told(check_text("assignments.csv", head + "A1,福祉局,本務,2026-04-01,発令済,,,余り\n")) == texts{"SKM311 2"});
}

TEST_CASE("lists") {
  CHECK(told(account(",役割", ",\"deploy; log_admin、key_admin\"")) == texts{});
  CHECK(told(account(",役割", ",deploy;;log_admin")) == texts{"SKM312 2 役割"});
  CHECK(account(",役割", ",deploy;log_admin").registers[0].converted.at("list_items") == 1);
}

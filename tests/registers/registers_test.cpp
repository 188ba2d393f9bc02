// registers: headings, days, keys and references, over one file and over several.
#include <doctest/doctest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "support.hpp"

using namespace registers_test;

namespace {

const std::string people = "職員番号\nA001\nA002\n";
const std::string assignment_head = "職員番号,所属,任用区分,開始日,状態,契約番号\n";
const std::string contract_head = "契約番号,契約相手方,元契約番号,契約開始日,契約終了日,状態\n";

sekimori::register_check together(std::vector<sekimori::register_file> files) { return check(std::move(files), {{}, "2027-03-01", {}}); }

// Mappings are files.
class mapping_file {
 public:
  explicit mapping_file(const std::string& text) : path_(std::filesystem::temp_directory_path() / ("sekimori-mapping-" + std::to_string(reinterpret_cast<std::uintptr_t>(this)) + ".yaml")) {
    std::ofstream(path_, std::ios::binary) << text;
  }
  ~mapping_file() { std::filesystem::remove(path_); }
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

}  // namespace

TEST_CASE("the row of headings is found, lines above it may say the day") {
  for (const char* line : {"職員名簿,,\n基準日,R9.3.1,\n", "職員名簿(令和9年3月1日現在)\n\n", "令和9年3月1日現在,,\n", "\"基準日:2027/3/1\"\n"}) {
    CAPTURE(line);
    const auto checked = check({{"a.csv", line + std::string("職員番号,氏名,備考\nA001,佐藤,\n")}});
    CHECK(told(checked) == texts{});
    CHECK(checked.registers[0].as_of == "2027-03-01");
    CHECK(checked.registers[0].rows == 1);
  }
}

TEST_CASE("the day is asked for, and has to be one") {
  CHECK(told(check({{"people.csv", people}})) == texts{"SKM318 0"});
  CHECK(told(check({{"people.csv", "職員番号,基準日\nA001,2027/3/1\nA002,2027/3/1\n"}})) == texts{});
  CHECK(told(check({{"people.csv", "職員番号,基準日\nA001,2027/3/1\nA002,2027/3/2\n"}})) == texts{"SKM318 3"});
  CHECK(told(check_text("people.csv", "基準日,2027/3/2\n" + people)) == texts{"SKM318 1"});
  CHECK(told(check({{"people.csv", "基準日,3/1\n" + people}})) == texts{"SKM318 1"});
  CHECK(check_text("people.csv", people, "R9.3.1").registers[0].as_of == "2027-03-01");
  const auto wrong = check_text("people.csv", people, "3/1");
  CHECK(wrong.exit_code == 2);
}

TEST_CASE("a heading that is not known, stands twice or is missing") {
  CHECK(told(check_text("people.csv", "職員番号,血液型\nA001,A\n")) == texts{"SKM311 1"});
  const auto near = check_text("people.csv", "職員番号,退職曰\nA001,\n");
  CHECK(near.problems[0].told.help == "did you mean `退職日`?");
  CHECK(told(check_text("people.csv", "職員番号,氏名,職員氏名\nA001,,\n")) == texts{"SKM311 1 職員氏名"});
  CHECK(told(check_text("assignments.csv", "職員番号,所属,任用区分,開始日\nA001,福祉局,本務,2026-04-01\n")) == texts{"SKM311 1"});
  CHECK(told(check_text("a.csv", "品名,数量\n鉛筆,3\n")) == texts{"SKM310 0"});
  CHECK(told(check_text("people.csv", "品名,数量\n鉛筆,3\n")) == texts{"SKM311 0"});
  const auto numbered = check_text("people.csv", "No.,職員番号\n1,A001\n");
  CHECK(told(numbered) == texts{});
  CHECK(numbered.registers[0].columns_not_read == texts{"No."});
}

TEST_CASE("JSON and NDJSON") {
  const auto list = check_text("people.json", R"([{"person": "A001", "name": "佐藤", "to": "2027-03-31"}, {"職員番号": "A002"}])");
  CHECK(told(list) == texts{"SKM311 0 職員番号"});   // one name for a field throughout
  CHECK(told(check_text("people.json", R"([{"person": "A001", "to": null}, {"person": "A002", "to": "2027/3/31"}])")) == texts{});
  const auto lines = check_text("people.ndjson", "{\"person\": \"A001\"}\n\n{\"person\": \"A001\"}\n");
  CHECK(told(lines) == texts{"SKM315 3 person"});
  CHECK(told(check_text("people.json", R"([{"person": {"id": 1}}])")) == texts{"SKM312 1 person", "SKM319 0"});
  CHECK(told(check_text("people.json", "[1]")) != texts{});
  CHECK(told(check_text("people.json", "[]")) == texts{"SKM319 0"});
  CHECK(told(check_text("people.json", "[{\"person\": \"A\", \"person\": \"B\"}]")) == texts{"SKM304 0"});
  CHECK(told(check_text("people.json", "{\n")) != texts{});
}

TEST_CASE("keys stand once, over all files of a register") {
  CHECK(told(check_text("people.csv", people + "A001\n")) == texts{"SKM315 4 職員番号"});
  CHECK(told(together({{"福祉局/people.csv", people}, {"総務局/people.csv", "職員番号\nA002\n"}})) == texts{"SKM315 2 職員番号"});
  // Several assignments at once are no duplicates; the same one twice is.
  const std::string rows = "A001,福祉局,本務,2026-04-01,発令済,\nA001,福祉局,兼務,2026-04-01,発令済,\nA001,福祉局,本務,2027-04-01,予定,\n";
  CHECK(told(check_text("assignments.csv", assignment_head + rows)) == texts{});
  CHECK(told(check_text("assignments.csv", assignment_head + rows + "A001,福祉局,本務,R8.4.1,予定,\n")) == texts{"SKM315 5 職員番号"});
}

TEST_CASE("references lead to rows of the registers that were given") {
  const std::string assignments = assignment_head + "A001,福祉局,本務,2026-04-01,発令済,\nA0O2,福祉局,委託先,2026-04-01,発令済,K-1\n";
  const auto checked = together({{"people.csv", people}, {"assignments.csv", assignments}});
  CHECK(told(checked) == texts{"SKM316 3 職員番号"});
  CHECK(checked.problems[0].told.help == "did you mean `A002`?");
  CHECK(checked.registers[1].references_not_checked == texts{"契約番号 (contracts)"});
  CHECK(checked.registers[1].rows_with_errors == 1);
}

TEST_CASE("a subcontractor works under a contract that has one above it, and no contract is above itself") {
  const std::string contracts = contract_head + "K-1,模擬情報,,2026-04-01,2027-03-31,締結済\nK-2,模擬運用,K-1,2026-04-01,2027-03-31,締結済\n";
  const auto with = [&](const std::string& contract) {
    return together({{"people.csv", people}, {"contracts.csv", contracts}, {"assignments.csv", assignment_head + "A001,模擬運用,再委託先,2026-04-01,発令済," + contract + "\n"}});
  };
  CHECK(told(with("K-2")) == texts{});
  CHECK(told(with("K-1")) == texts{"SKM316 2 契約番号"});
  CHECK(told(check_text("contracts.csv", contract_head + "K-1,a,K-2,2026-04-01,2027-03-31,締結済\nK-2,b,K-1,2026-04-01,2027-03-31,締結済\n")) ==
        texts{"SKM316 2 元契約番号"});   // one row of the circle
  std::string chain = contract_head + "K0,a,,2026-04-01,2027-03-31,締結済\n";
  for (int i = 1; i < 50'000; ++i) chain += "K" + std::to_string(i) + ",a,K" + std::to_string(i - 1) + ",2026-04-01,2027-03-31,締結済\n";
  CHECK(told(check_text("contracts.csv", chain)) == texts{});
}

TEST_CASE("a mapping says what headings and words mean") {
  const mapping_file mapping("sekimori: register-mapping/v1\nregister: assignments\nfile: 異動.csv\nheading_row: 3\nas_of: 2027-03-01\n"
                             "headings: {番号: person, 配置: organisation, 形態: type, いつから: from, 確定: status}\nignore: [内線]\nchoices: {status: {済: issued, 未: planned}}\n");
  const std::string text = "異動一覧\n\n番号,配置,形態,いつから,確定,内線\nA001,福祉局,本務,2027/4/1,未,1234\n";
  const auto checked = check({{"dir/異動.csv", text}}, {{}, {}, {mapping.path()}});
  CHECK(told(checked) == texts{});
  CHECK(checked.registers[0].name == "assignments");
  CHECK(checked.registers[0].columns_not_read == texts{"内線"});
  CHECK(check({{"other.csv", text}}, {{}, {}, {mapping.path()}}).exit_code == 2);
}

TEST_CASE("a mapping with mistakes is no mapping") {
  for (const char* body : {"register: peoples\n", "register: people\nheadings: {番号: persn}\n", "register: people\nheadings: {番号: person}\nignore: [番 号]\n",
                           "register: people\nchoices: {person: {a: b}}\n", "register: assignments\nchoices: {status: {済: isued}}\n", "register: people\nheadngs: {}\n"}) {
    CAPTURE(body);
    const mapping_file mapping(std::string("sekimori: register-mapping/v1\n") + body);
    const auto checked = check({{"people.csv", people}}, {{}, "2027-03-01", {mapping.path()}});
    CHECK(checked.exit_code == 2);
    CHECK(checked.problems.size() == 1);
  }
}

TEST_CASE("the call itself") {
  CHECK(check({{"a.csv", people}}, {"poeple", "2027-03-01", {}}).problems[0].told.help == "did you mean `people`?");
  CHECK(check({{"a.csv", people}, {"b.csv", people}}, {"people", "2027-03-01", {}}).exit_code == 2);
  const auto absent = check({{"no/such/people.csv"}}, {{}, "2027-03-01", {}});
  CHECK(told(absent) == texts{"SKM002 0"});
  CHECK(absent.exit_code == 3);
}

TEST_CASE("mistakes beyond the limit are counted") {
  std::string text = "職員番号,採用日\n";
  for (int i = 0; i < 1'200; ++i) text += "A" + std::to_string(i) + ",x\n";
  const auto checked = check_text("people.csv", text);
  CHECK(checked.problems.size() == 1'001);
  CHECK(checked.problems.back().told.message == "200 more mistakes are not listed");
  CHECK(checked.registers[0].rows_with_errors == 1'200);
}

TEST_CASE("hostile sizes are limits, not hours") {
  std::string keys = "[";
  for (int i = 0; i < 1'100; ++i) keys += (i == 0 ? "{\"person\": \"A\"" : "") + std::string(", \"k") + std::to_string(i) + "\": 1";
  CHECK(told(check_text("people.json", keys + "}]")).front() == "SKM400 1");
  std::string dangling = assignment_head, many = "職員番号\n";
  for (int i = 0; i < 20'000; ++i) {
    dangling += "B" + std::to_string(i) + ",福祉局,本務,2026-04-01,発令済,\n";
    if (i < 4'000) many += "A" + std::to_string(i) + "\n";
  }
  CHECK(together({{"people.csv", many}, {"assignments.csv", dangling}}).problems.size() == 1'001);
}

TEST_CASE("a row of data is not taken for headings, whose words would be shown") {
  const auto checked = check_text("people.csv", "A001,佐藤,備考\nA002,鈴木,\n");
  CHECK(told(checked) == texts{"SKM311 0"});
  CHECK(sekimori::render(checked.problems[0].told).find("佐藤") == std::string::npos);
}

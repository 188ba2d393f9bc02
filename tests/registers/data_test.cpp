// registers: rows as conditions read them: what is certain, possible, not known and not there.
#include <doctest/doctest.h>

#include "registers/data.hpp"
#include "registers/dates.hpp"
#include "value/values.hpp"

using namespace sekimori;
using namespace sekimori::registers;

namespace {

register_table read(const char* name, const std::string& json, bool complete) {
  problem_list problems;
  register_record record;
  auto made = read_register(name, json, {find_schema(name), nullptr, read_date("2027-03-01").value}, record, problems);
  REQUIRE(made);
  REQUIRE_FALSE(problems.any());
  made->complete = complete;
  made->declared_by = "somebody";
  return *made;
}

value at(value map, std::string_view key) {
  value found;
  return map.as_map().find(value::string(key), found) ? found : map.as_map().missing(value::string(key));
}

const data_options today{read_date("2027-03-31").value, false};

constexpr const char* people_rows = R"([{"person":"S1","name":"N","to":"2027-03-31"},{"person":"S2"}])";
constexpr const char* contract_rows = R"([{"contract":"K8","organisation":"o","from":"2026-04-01","to":"2027-03-31","status":"concluded"},
  {"contract":"K9","organisation":"o","from":"2027-04-01","to":"2028-03-31","status":"planned"}])";
constexpr const char* post_rows = R"([{"person":"S1","organisation":"a","type":"primary","from":"2024-04-01","status":"issued"},
  {"person":"S1","organisation":"b","type":"primary","from":"2027-04-01","status":"planned"}])";

}  // namespace

TEST_CASE("A row has its cells, and what is blank is unknown and not there") {
  register_data data;
  data.add(read("people", people_rows, false));
  data.finish(today);
  const value people = at(data.all(), "people"), row = at(people, "S1");
  CHECK(at(row, "to").as_text() == "2027-03-31");
  CHECK(at(row, "name").sensitive());
  CHECK_FALSE(at(row, "to").sensitive());
  CHECK(row.as_map().type_name() == "register.people");
  value found;
  CHECK_FALSE(row.as_map().find(value::string("from"), found));
  const value blank = at(row, "from");
  REQUIRE(blank.is_unknown());
  CHECK(blank.as_unknown().paths[0].path == "data.people.S1.from");
  CHECK(blank.as_unknown().paths[0].reason == unknown_reason::register_missing);
  CHECK(row.as_map().size() == 3);
  CHECK(row.as_map().entries()[2].key.as_text() == "to");
  CHECK(display(row).find('N') == std::string::npos);
}

TEST_CASE("Who is not listed is unknown, and where the register is complete not there") {
  register_data data;
  data.add(read("people", people_rows, false));
  data.add(read("assignments", post_rows, true));
  data.finish(today);
  CHECK(at(at(data.all(), "people"), "S3").is_unknown());
  CHECK(at(data.all(), "people").as_map().relation()->open);
  const value posts = at(data.all(), "assignments");
  value found;
  CHECK_FALSE(posts.as_map().find(value::string("S3"), found));
  CHECK(at(posts, "S3").as_list().size() == 0);                          // nobody's rows are none
  CHECK(at(at(data.all_open(), "assignments"), "S3").is_unknown());
  CHECK(data.complete().count() == 1);
  CHECK(at(data.all(), "contracts").is_unknown());
  CHECK_FALSE(data.given()[2]);
}

TEST_CASE("Two files are one register, of the older day and complete where both are") {
  register_data data;
  register_table first = read("people", R"([{"person":"S1"}])", true), second = read("people", R"([{"person":"S2"}])", false);
  first.as_of = *first.as_of - 1;
  data.add(first);
  data.add(second);
  data.finish(today);
  CHECK(at(data.all(), "people").as_map().size() == 2);
  CHECK(format_day(*data.as_of(0)) == "2027-02-28");
  CHECK(data.complete().none());
  CHECK(data.is_forecast(0));
}

TEST_CASE("A contract that is planned is possible, with its days") {
  register_data data;
  data.add(read("contracts", contract_rows, true));
  data.finish(today);
  const value contracts = at(data.all(), "contracts");
  REQUIRE(contracts.as_map().size() == 2);
  CHECK(contracts.as_map().relation()->certain[0]);
  CHECK_FALSE(contracts.as_map().relation()->certain[1]);
  const value planned = at(contracts, "K9");
  REQUIRE(planned.is_unknown());
  CHECK(planned.as_unknown().paths[0].path == "data.contracts.K9 (予定 planned: 2027-04-01/2028-03-31)");
  CHECK_FALSE(data.shows_planned());
}

TEST_CASE("An appointment that is planned is not there unless it is asked for") {
  register_data plain, all;
  plain.add(read("assignments", post_rows, true));
  plain.finish(today);
  CHECK(at(at(plain.all(), "assignments"), "S1").as_list().size() == 1);
  CHECK_FALSE(plain.shows_planned());
  all.add(read("assignments", post_rows, true));
  all.finish({today.today, true});
  const value posts = at(at(all.all(), "assignments"), "S1");
  REQUIRE(posts.as_list().size() == 2);
  CHECK_FALSE(posts.as_list().relation()->certain[1]);
  CHECK(all.shows_planned());
}

TEST_CASE("Without a day no register can be judged") {
  register_data data;
  data.add(read("people", people_rows, true));
  data.finish({});
  const value people = at(data.all(), "people");
  REQUIRE(people.is_unknown());
  REQUIRE(people.as_unknown().count == 2);
  CHECK(people.as_unknown().paths[1].path == "now");
}

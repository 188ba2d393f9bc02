#include "eval_support.hpp"

using namespace sekimori;
using namespace sekimori::cel;

namespace {

// A map that stands somewhere in a document.
class placed_map final : public map_view {
 public:
  placed_map(value inside, const data_path* where) : inside_(inside), where_(where) {}
  std::size_t size() const override { return inside_.as_map().size(); }
  bool find(value key, value& found) const override { return inside_.as_map().find(key, found); }
  const map_entry* entries() const override { return inside_.as_map().entries(); }
  const data_path* where() const override { return where_; }
  value missing(value) const override { return missing_; }
  value missing_;

 private:
  value inside_;
  const data_path* where_;
};

struct placed : bench {
  data_path root{nullptr, "aws_db.main", -1};
  data_path block{&root, "block", -1};
  value inner = map({{value::string("port"), value::integer(22)}, {value::string("secret"), value::string("hunter2").marked_sensitive(true)}});
  placed_map inner_map{inner, &block};
  value outer = map({{value::string("block"), value::map(&inner_map)}, {value::string("name"), value::string("db")}});
  placed_map outer_map{outer, &root};

  placed() {
    set("resource", value::map(&outer_map));
    set("plain", map({{value::string("a"), value::integer(1)}}));
  }
  std::string reads() {
    std::string text;
    for (const cel::read& one : traced.reads) text += path_text(one.container, one.key) + "=" + show(one.found) + ";";
    return text;
  }
};

}  // namespace

TEST_CASE_FIXTURE(placed, "reads of documents are recorded in order, containers and leaves, with their expression") {
  CHECK(show(explain("plain.a == 1 && resource.block.port == 22 && resource['name'] == 'db'")) == "true");
  CHECK(traced.reads.size() == 3);
  CHECK(path_text(traced.reads[0].container, traced.reads[0].key) == "block");
  CHECK(path_text(traced.reads[1].container, traced.reads[1].key) == "block.port");
  CHECK(path_text(traced.reads[2].container, traced.reads[2].key) == "name");
  CHECK(path_root(traced.reads[1].container) == "aws_db.main");
  CHECK(traced.reads[1].expression != traced.reads[0].expression);
  CHECK_FALSE(traced.reads_sensitive);
}

TEST_CASE_FIXTURE(placed, "what is not evaluated is not read") {
  explain("resource.name == 'db' || resource.block.port == 22");
  CHECK(reads() == "name=db;");
}

TEST_CASE_FIXTURE(placed, "has and optional access are reads, of absent keys too") {
  explain("has(resource.name) && !has(resource.gone) && !resource.block.?gone.hasValue()");
  CHECK(reads().substr(0, 18) == "name=db;gone=error");
  CHECK(traced.reads.size() == 4);
}

TEST_CASE_FIXTURE(placed, "an absent key gives what its container says instead") {
  CHECK(show(evaluate("resource.gone")) == "error");
  outer_map.missing_ = unknown("gone");
  CHECK(show(evaluate("resource.gone")) == "unknown gone");
  CHECK(show(evaluate("resource['gone']")) == "unknown gone");
  CHECK(show(evaluate("has(resource.gone)")) == "false");
  CHECK(show(evaluate("resource.?gone.hasValue()")) == "false");
  outer_map.missing_ = make_error(memory, evaluation_error_code::not_offered, "not offered");
  CHECK(evaluate("resource.gone").as_error().code == evaluation_error_code::not_offered);
}

TEST_CASE_FIXTURE(placed, "a sensitive leaf is noticed however it is used") {
  for (std::string text : {"resource.block.secret == 'x'", "resource.block == {}", "resource == {}", "resource.block.exists(k, v, v == 1)",
                           "size(resource.block.secret) > 3", "resource.block.map(k, resource.block[k]).size() == 2", "[resource.block] == []",
                           "has(resource.block.secret)", "resource.block.?secret.orValue('') == ''"}) {
    CAPTURE(text);
    explain(text);
    CHECK(traced.reads_sensitive);
  }
  explain("resource.block.port == 22");
  CHECK_FALSE(traced.reads_sensitive);
  CHECK(evaluate("resource.block.secret").sensitive());
}

TEST_CASE_FIXTURE(placed, "parts of a sensitive container are sensitive") {
  variables[0] = value::map(&outer_map).marked_sensitive(true);
  CHECK(evaluate("resource.name").sensitive());
  CHECK(evaluate("resource.block.port").sensitive());
  CHECK(evaluate("resource.map(k, k)[0]").sensitive());
}

TEST_CASE_FIXTURE(placed, "each evaluated expression has one observation, a loop body its last") {
  CHECK(show(explain("false || [1, 2, 3].exists(x, x == 2)")) == "true");
  std::size_t seen = 0;
  for (const observation& one : traced.observations) {
    CHECK(one.expression > 0);
    for (const observation& other : traced.observations) seen += one.expression == other.expression;
  }
  CHECK(seen == traced.observations.size());
  bool two = false;
  for (const observation& one : traced.observations) two = two || (one.found.is(value_kind::integer) && one.found.as_integer() == 2);
  CHECK(two);
  explain("true || resource.block.port == 22");
  CHECK(traced.observations.size() == 2);
}

TEST_CASE_FIXTURE(placed, "who wants no observations gets the reads alone, and a trace can be used again") {
  auto compiled = compile("resource.name == 'db' && resource.block.port == 22");
  evaluator run(memory, bounds);
  traced.observes = false;
  for (int i = 0; i < 2; ++i) {
    traced.clear();
    run.evaluate(*compiled, variables, &traced);
    CHECK(reads().substr(0, 8) == "name=db;");
    CHECK(traced.reads.size() == 3);
    CHECK(traced.observations.empty());
  }
}

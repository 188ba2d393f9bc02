// Helpers of the evaluator's tests: an environment of dyn variables, one evaluation at a time.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "cel/environment.hpp"
#include "cel/evaluator.hpp"
#include "cel/flat/executor.hpp"
#include "value/values.hpp"

namespace sekimori::cel {

struct bench {
  arena memory;
  environment names;
  limits bounds;
  std::vector<value> variables;
  trace traced;
  std::size_t flat_answers = 0, flat_doubts = 0;

  bench() {
    for (std::string_view pack : {"bindings", "block", "comprehensions2", "encoders", "lists", "optionals"}) {
      names.add_pack(*find_pack(pack));
    }
  }
  void set(std::string_view name, value given) {
    names.declare_variable(name, names.types().simple(type_kind::dyn));
    variables.push_back(given);
  }
  value unknown(std::string_view path) { return make_unknown(memory, "r", path, unknown_reason::computed); }
  value error() { return make_error(memory, evaluation_error_code::invalid_argument, "test"); }
  value limit() { return make_error(memory, evaluation_error_code::limit, "test"); }
  value list(std::vector<value> elements) { return make_list(memory, elements); }
  value map(std::vector<map_entry> entries) { return make_map(memory, entries); }

  compiled_ptr compile(const std::string& text) {
    auto made = names.compile(plain_text(text));
    INFO(text);
    if (!made.ok()) INFO(made.diagnostics().front().message);
    REQUIRE(made.ok());
    return made.value();
  }
  value evaluate(const std::string& text) {
    compiled_ptr program = compile(text);
    programs.push_back(program);
    evaluator run(memory, bounds);
    value found = run.evaluate(*program, variables);
    compare_flat(program, run, found);
    return found;
  }
  // Flat code answers the same or leaves it open; what hits a limit it always leaves.
  void compare_flat(const compiled_ptr& program, evaluator& run, value expected) {
    flat::program lowered = flat::lower(program, std::make_shared<flat::pool>(), bounds);
    flat::executor fast(run, bounds);
    for (int i = 0; i < 2; ++i) {
      fast.begin(variables);
      compare_doubts(fast, lowered, expected);
      value found = fast.find(lowered);
      if (flat::is_open(found)) return;
      ++flat_answers;
      INFO(program->text.text << " as " << flat::dump(lowered, {}));
      CHECK(to_json(found) == to_json(expected));
      CHECK(show(found) == show(expected));
      CHECK(found.sensitive() == expected.sensitive());
    }
  }
  // Where flat code knows why it is open, the evaluator's answer is an unknown for these reasons.
  void compare_doubts(flat::executor& fast, const flat::program& lowered, value expected) {
    if (fast.test(lowered) != flat::answer::open || (fast.doubts() & flat::executor::unclear) != 0) return;
    REQUIRE(expected.is_unknown());
    int reasons = 0;
    for (std::size_t i = 0; i < expected.as_unknown().count; ++i) reasons |= 1 << static_cast<int>(expected.as_unknown().paths[i].reason);
    INFO(flat::dump(lowered, {}));
    CHECK(static_cast<int>(fast.doubts()) == reasons);
    ++flat_doubts;
  }
  value explain(const std::string& text) {
    compiled_ptr program = compile(text);
    programs.push_back(program);
    traced = {};
    evaluator run(memory, bounds);
    return run.evaluate(*program, variables, &traced);
  }
  // What came out, in one word or as text: "unknown a,b", "error no_matching_overload", "limit", else display.
  std::string show(value v) {
    if (v.is_error()) return v.as_error().code == evaluation_error_code::limit ? "limit" : "error";
    if (!v.is_unknown()) return display(v);
    std::string text = "unknown ";
    for (std::size_t i = 0; i < v.as_unknown().count; ++i) text += (i > 0 ? "," : "") + std::string(v.as_unknown().paths[i].path);
    return text;
  }
  std::string operator()(const std::string& text) { return show(evaluate(text)); }

  std::vector<compiled_ptr> programs;  // values may point into their literals
};

// A relation: members, which of them are certain, and whether there may be more.
class test_relation final : public list_view {
 public:
  test_relation(std::vector<value> members, std::vector<char> certain, bool open, value why)
      : members_(std::move(members)), certain_(std::move(certain)), why_(why) {
    for (char c : certain_) flags_[count_++] = c != 0;
    shape_ = {flags_, open, why_.is_unknown() ? &why_.as_unknown() : nullptr};
  }
  std::size_t size() const override { return members_.size(); }
  value at(std::size_t index) const override { return members_[index]; }
  const relation_shape* relation() const override { return &shape_; }

 private:
  std::vector<value> members_;
  std::vector<char> certain_;
  value why_;
  bool flags_[8] = {};
  std::size_t count_ = 0;
  relation_shape shape_;
};

}  // namespace sekimori::cel

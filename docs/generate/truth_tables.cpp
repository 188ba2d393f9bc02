// What operators, macros and functions answer where an operand is an error or not known: each cell is an
// evaluation. Entry point: truth_tables. What the cells should be is stated by tests/cel/truth_tables_test.cpp.
#include <deque>
#include <map>
#include <utility>
#include <vector>

#include "cel/environment.hpp"
#include "cel/evaluator.hpp"
#include "sections.hpp"
#include "value/values.hpp"

namespace sekimori::docs {
namespace {

// A list whose members are certain or only possible, and that may have more.
class sample_relation final : public list_view {
 public:
  sample_relation(std::vector<value> members, bool certain, bool open, value why)
      : members_(std::move(members)), shape_{certain ? nullptr : flags_, open, &why.as_unknown()} {}
  std::size_t size() const override { return members_.size(); }
  value at(std::size_t index) const override { return members_[index]; }
  const relation_shape* relation() const override { return &shape_; }

 private:
  std::vector<value> members_;
  bool flags_[2] = {false, false};
  relation_shape shape_;
};

class tables {
 public:
  tables() {
    for (const cel::pack& one : cel::packs()) names_.add_pack(one);
    set("T", value::boolean(true));
    set("F", value::boolean(false));
    set("E", make_error(memory_, evaluation_error_code::invalid_argument, "an error"));
    set("U", unknown_);
    set("some", value::optional(memory_.make<value>(value::integer(1))));
    set("none", value::optional(nullptr));
    const value part[] = {value::integer(1), unknown_, value::integer(3)};
    set("list", make_list(memory_, part));
    const map_entry entries[] = {{value::string("known"), value::integer(1)}, {value::string("hole"), unknown_}};
    set("map", make_map(memory_, entries));
    for (const char* name : {"certain", "possible"}) {
      for (const char* tail : {"closed", "open"}) {
        const bool sure = std::string_view(name) == "certain";
        const bool open = std::string_view(tail) == "open";
        add_relation(std::string(name) + "_" + tail, {value::integer(1)}, sure, open);
        add_relation(std::string(name) + "_two_" + tail, {value::integer(1), value::integer(2)}, sure, open);
      }
    }
    add_relation("empty_open", {}, true, true);
  }

  std::string answer(const std::string& text) {
    auto compiled_text = names_.compile(cel::plain_text(text));
    if (!compiled_text.ok()) return "(does not compile: " + text + ")";
    programs_.push_back(compiled_text.value());
    cel::evaluator run(memory_, {});
    const value found = run.evaluate(*programs_.back(), variables_);
    if (found.is_error()) return "error";
    if (found.is_unknown()) return "unknown";
    if (found.is(value_kind::optional) && found.some() != nullptr) return "optional.of(" + display(*found.some()) + ")";
    return display(found);
  }

 private:
  void set(const std::string& name, value given) {
    names_.declare_variable(name, names_.types().simple(cel::type_kind::dyn));
    variables_.push_back(given);
  }
  void add_relation(const std::string& name, std::vector<value> members, bool certain, bool open) {
    relations_.emplace_back(std::move(members), certain, open, unknown_);
    set(name, value::list(&relations_.back()));
  }

  arena memory_;
  cel::environment names_;
  value unknown_ = make_unknown(memory_, {}, "x", unknown_reason::computed);
  std::deque<sample_relation> relations_;
  std::vector<value> variables_;
  std::vector<cel::compiled_ptr> programs_;
};

struct operand {
  std::string name;   // as it is shown
  std::string text;   // as it is evaluated
};
using operands = std::vector<operand>;

const operands& logical() {
  static const operands all = {{"true", "T"}, {"false", "F"}, {"error", "E"}, {"unknown", "U"}};
  return all;
}

std::string with(std::string text, std::string_view place, const std::string& put) {
  for (std::size_t at = text.find(place); at != std::string::npos; at = text.find(place, at + put.size())) text.replace(at, place.size(), put);
  return text;
}

// Rows for A, columns for B of the text evaluated.
std::string cells(tables& run, const std::string& text, const operands& rows, const operands& columns) {
  std::string made;
  for (const operand& row : rows) {
    made += "| " + row.name + " |";
    for (const operand& column : columns) made += " " + run.answer(with(with(text, "$A", row.text), "$B", column.text)) + " |";
    made += '\n';
  }
  return made;
}

std::string head(const std::string& corner, const operands& columns) {
  std::string first = "\n| " + corner + " |";
  std::string second = "\n| --- |";
  for (const operand& column : columns) {
    first += " " + column.name + " |";
    second += " --- |";
  }
  return first + second + "\n";
}

void matrix(std::string& page, tables& run, const std::string& corner, const std::string& text, const operands& rows, const operands& columns) {
  page += head(corner, columns) + cells(run, text, rows, columns);
}

// One row for each expression, one column for each thing that $B can be.
void expressions(std::string& page, tables& run, const std::string& corner, std::initializer_list<const char*> texts, const operands& columns) {
  page += head(corner, columns);
  for (const char* text : texts) {
    page += "| `" + with(text, "$B", "x") + "` |";
    for (const operand& column : columns) page += " " + run.answer(with(text, "$B", column.text)) + " |";
    page += '\n';
  }
}

void operators(std::string& page, tables& run) {
  page += "\n### Logical operators\n";
  matrix(page, run, "`a && b`", "$A && $B", logical(), logical());
  matrix(page, run, "`a || b`", "$A || $B", logical(), logical());
  page += head("", logical());
  page += "| `!a` |";
  for (const operand& one : logical()) page += " " + run.answer("!" + one.text) + " |";
  page += "\n\nRows: the condition; columns: the branch that is named.\n";
  matrix(page, run, "`c ? b : false`", "$A ? $B : F", logical(), logical());
  matrix(page, run, "`c ? false : b`", "$A ? F : $B", logical(), logical());
}

// Strict operators, those of one table together.
void strict(std::string& page, tables& run) {
  struct binary {
    const char* shown;
    const char* text;
    const char* value;
  };
  static constexpr binary all[] = {
      {"==", "$A == $B", "1"}, {"!=", "$A != $B", "1"}, {"<", "$A < $B", "1"}, {"<=", "$A <= $B", "1"}, {">", "$A > $B", "1"}, {">=", "$A >= $B", "1"},
      {"+", "$A + $B", "1"}, {"-", "$A - $B", "1"}, {"*", "$A * $B", "1"}, {"/", "$A / $B", "1"}, {"%", "$A % $B", "1"},
      {"in", "$A in $B", "[1]"}, {"a[b]", "$A[$B]", "{'p': 1}"}, {"a[?b]", "$A[?$B]", "{'p': 1}"},
      {"f(a, b)", "sets.contains($A, $B)", "[1]"}, {"a.f(b)", "$A.startsWith($B)", "'p'"},
  };
  std::map<std::string, std::string> by_cells;
  std::vector<std::string> order;
  for (const binary& one : all) {
    const std::string_view name = one.shown;
    const std::string left = name == "in" ? "1" : one.value;
    const std::string right = name.starts_with("a[") ? "'p'" : one.value;
    const operands rows = {{"value", "dyn(" + left + ")"}, {"error", "E"}, {"unknown", "U"}};
    const operands columns = {{"value", "dyn(" + right + ")"}, {"error", "E"}, {"unknown", "U"}};
    std::string made;
    for (const operand& row : rows) {
      made += "| " + row.name + " |";
      for (const operand& column : columns) {
        std::string found = run.answer(with(with(one.text, "$A", row.text), "$B", column.text));
        made += (found == "error" || found == "unknown" ? " " + found : std::string(" value")) + " |";
      }
      made += '\n';
    }
    std::string& shown = by_cells[made];
    if (shown.empty()) order.push_back(made);
    shown += (shown.empty() ? "`" : ", `") + std::string(one.shown) + "`";
  }
  page += "\n### Strict operators and functions\n";
  for (const std::string& made : order) {
    page += "\n" + by_cells[made] + ":\n" + head("a \\ b", {{"value", ""}, {"error", ""}, {"unknown", ""}}) + made;
  }
  const operands one = {{"value", "dyn(1)"}, {"error", "E"}, {"unknown", "U"}};
  expressions(page, run, "", {"-$B", "string($B)"}, one);
}

void reads(std::string& page, tables& run) {
  page += "\n### Fields, keys and presence\n\nColumns: `m` has the field with a value; has not; has it and its value is unknown; `m` itself is unknown, or an error.\n";
  struct column {
    const char* container;
    const char* field;
  };
  static constexpr column columns[] = {{"map", "known"}, {"map", "absent"}, {"map", "hole"}, {"U", "known"}, {"E", "known"}};
  page += "\n| | present | absent | unknown value | unknown `m` | error `m` |\n| --- | --- | --- | --- | --- | --- |\n";
  for (const char* text : {"m.f", "m['f']", "has(m.f)", "'f' in m", "m.?f", "m[?'f']", "m.?f.orValue(5)", "m.?f.hasValue()"}) {
    page += "| `" + std::string(text) + "` |";
    for (const column& one : columns) {
      // m and f each stand alone in these texts.
      std::string filled = with(text, "m.", std::string(one.container) + ".");
      filled = with(with(filled, "m[", std::string(one.container) + "["), "in m", std::string("in ") + one.container);
      filled = with(with(with(filled, ".f", std::string(".") + one.field), "?f", std::string("?") + one.field), "'f'", "'" + std::string(one.field) + "'");
      page += " " + run.answer(filled) + " |";
    }
    page += '\n';
  }
}

void optionals(std::string& page, tables& run) {
  const operands first = {{"`optional.of(1)`", "some"}, {"`optional.none()`", "none"}, {"error", "E"}, {"unknown", "U"}};
  page += "\n### Optionals\n";
  matrix(page, run, "`a.or(b)`", "$A.or($B)", first, {{"`optional.of(2)`", "optional.of(2)"}, {"`optional.none()`", "none"}, {"error", "E"}, {"unknown", "U"}});
  matrix(page, run, "`a.orValue(b)`", "$A.orValue($B)", first, {{"2", "2"}, {"error", "E"}, {"unknown", "U"}});
  matrix(page, run, "`a.optMap(x, b)`", "$A.optMap(x, $B)", first, {{"2", "2"}, {"error", "E"}, {"unknown", "U"}});
  matrix(page, run, "`a.optFlatMap(x, b)`", "$A.optFlatMap(x, $B)", first,
         {{"`optional.of(2)`", "optional.of(2)"}, {"`optional.none()`", "none"}, {"error", "E"}, {"unknown", "U"}});
  expressions(page, run, "", {"$B.hasValue()", "$B.value()", "[?$B]", "{?'k': $B}"}, first);
}

void macros(std::string& page, tables& run) {
  page += "\n### Macros over a list of two\n\nRows: what the body gives for the first element; columns: for the second.\n";
  static constexpr std::pair<const char*, const char*> all[] = {
      {"all", "[1, 2].all(x, x == 1 ? $A : $B)"},
      {"exists", "[1, 2].exists(x, x == 1 ? $A : $B)"},
      {"exists_one", "[1, 2].exists_one(x, x == 1 ? $A : $B)"},
      {"filter", "[1, 2].filter(x, x == 1 ? $A : $B)"},
      {"map", "[1, 2].map(x, x == 1 ? $A : $B)"},
      {"map with a condition", "[1, 2].map(x, x == 1 ? $A : $B, x)"},
  };
  for (const auto& [name, text] : all) matrix(page, run, name, text, logical(), logical());
  page += "\nOver the columns' range, whatever the body:\n";
  const operands ranges = {{"an error", "E"}, {"unknown", "U"}, {"an empty list", "[]"}};
  expressions(page, run, "", {"$B.all(x, T)", "$B.exists(x, T)", "$B.exists_one(x, T)", "$B.filter(x, T)", "$B.map(x, x)", "cel.bind(y, $B, T)"}, ranges);
}

void relations(std::string& page, tables& run) {
  page += "\n### Relations: possible members and open tails\n\nOne member; columns: what the body gives for it.\n";
  for (const char* macro : {"all", "exists", "exists_one"}) {
    page += head("`" + std::string(macro) + "`", logical());
    for (const char* member : {"certain", "possible"}) {
      for (const char* tail : {"closed", "open"}) {
        const std::string list = std::string(member) + "_" + tail;
        page += "| " + std::string(member) + " member, " + tail + " tail |";
        for (const operand& body : logical()) page += " " + run.answer(list + "." + macro + "(x, " + body.text + ")") + " |";
        page += '\n';
      }
    }
    page += "| no member, open tail |";
    for (const operand& body : logical()) page += " " + run.answer("empty_open." + std::string(macro) + "(x, " + body.text + ")") + " |";
    page += '\n';
  }
  page += "\nTwo certain witnesses decide `exists_one` whatever the tail: `" + run.answer("certain_two_open.exists_one(x, T)") +
          "`. The members are 1 and 2; everything that needs the exact list waits for it:\n";
  const operands columns = {{"certain, closed", "certain_two_closed"}, {"possible, closed", "possible_two_closed"}, {"certain, open", "certain_two_open"}};
  expressions(page, run, "", {"1 in $B", "3 in $B", "$B == [1, 2]", "$B == [1]", "$B == [1, 2, 3]", "size($B)", "$B[0]", "$B[?0]", "$B + [3]", "$B.map(x, x)",
                              "$B.filter(x, x == 1)", "$B.transformMap(i, x, x)", "$B.sortBy(x, x)", "$B.reverse()", "sets.contains($B, [1])", "sets.contains($B, [3])",
                              "sets.contains([1, 2], $B)", "sets.contains([1], $B)", "sets.intersects($B, [1])", "sets.intersects($B, [3])",
                              "sets.equivalent($B, [2, 1])", "sets.equivalent($B, [1])", "type($B)",
                              "dyn($B).exists(x, x == 1)", "cel.bind(r, $B, r.exists(x, x == 1))"}, columns);
}

void containers(std::string& page, tables& run) {
  page += "\n### Containers with unknown parts\n\nHere `list` is `[1, unknown, 3]` and `map` is `{\"known\": 1, \"hole\": unknown}`.\n\n| expression | answer |\n| --- | --- |\n";
  for (const char* text :
       {"size(list)", "size(map)", "list[0]", "list[1]", "list[5]", "list == [1, 2, 4]", "list == [1, 2, 3]", "list == [1, 2]", "list != [1, 2, 4]", "3 in list",
        "7 in list", "'hole' in map", "has(map.hole)", "map == {'known': 2, 'hole': 1}", "map == {'known': 1, 'hole': 1}", "map == {'known': 1, 'other': 1}",
        "map.map(k, k)", "list.map(x, x + 1)[0]", "list.map(x, x + 1)[1]", "size(list.map(x, x + 1))", "list.exists(x, x == 3)", "list.all(x, x == 3)",
        "list.all(x, x < 9)", "list.filter(x, x > 1)", "list.exists_one(x, x > 0)", "list + [U]", "size(list + [U])", "[U, 1][1]", "size([U, 1])", "[U, E]",
        "{'a': U, 'b': 2}.b", "{U: 1}.a", "size({U: 1})", "'a' in {U: 1}", "1 in [U, 1]", "1 in [U, 2]", "sets.contains(list, [3])", "sets.contains(list, [7])", "sets.intersects([7], list)", "list.reverse()[0]",
        "list.sort()", "list.distinct()", "math.greatest(list)", "'%s'.format([U])", "optional.of(list).hasValue()"}) {
    page += "| `" + std::string(text) + "` | " + run.answer(text) + " |\n";
  }
}

}  // namespace

std::string truth_tables() {
  tables run;
  std::string page;
  operators(page, run);
  strict(page, run);
  reads(page, run);
  optionals(page, run);
  macros(page, run);
  relations(page, run);
  containers(page, run);
  return page;
}

}  // namespace sekimori::docs

// check: see coverage.hpp.
#include "check/measures/coverage.hpp"

#include <algorithm>
#include <set>

#include "base/diagnostics.hpp"
#include "cel/mutation/parts.hpp"
#include "exec/executor.hpp"

namespace sekimori::check {
namespace {

using cel::observation;

// What the fields of a neutral object that were read were computed by, and so on.
void follow(const std::vector<cel::read>& reads, const exec::kind_object& object, std::set<std::string_view>& followed, coverage_table& to) {
  for (auto& read : reads) {
    if (read.container != &exec::computed_object::field_mark || !read.key.is(value_kind::string)) continue;
    const std::string_view name = read.key.as_text();
    if (!followed.insert(name).second) continue;
    const auto computed = object.computation_of(name);
    if (computed.program == nullptr) continue;
    const cel::trace& traced = object.field_trace(name);
    to.add(*computed.program, traced);
    follow(traced.reads, object, followed, to);
  }
}

untested_part told(const cel::compiled& program, const cel::expression& part, std::uint8_t truths) {
  untested_part made;
  made.text = cel::shown_text(program.text.text, part.where);
  made.never_true = (truths & observation::was_true) == 0;
  made.never_false = (truths & observation::was_false) == 0;
  const char* how = made.never_true && made.never_false ? "neither true nor false" : made.never_true ? "never true" : "never false";
  made.told = make_diagnostic(diagnostic_code::condition_untested, program.text, part.where, std::string("in the tests this is ") + how,
                              {"", "", diagnostic_level::warning});
  return made;
}

bool is_bool(const cel::type* type) { return type != nullptr && type->kind == cel::type_kind::boolean; }

// Names of the fields of `resource` that an expression reads.
void add_fields(const cel::expression& node, std::set<std::string_view>& to) {
  if (node.kind == cel::expression_kind::select && rules::is_variable(*node.operand, rules::slot_resource)) to.insert(node.name);
  for (const cel::expression* below : {node.operand, node.condition, node.body, node.body2}) {
    if (below != nullptr) add_fields(*below, to);
  }
  for (const cel::expression* argument : node.arguments) add_fields(*argument, to);
}

// Those that the rules read, and what derived ones among them read.
std::set<std::string_view> fields_of(const rules::checked_kind& kind, std::span<const rules::checked_rule* const> rules) {
  std::set<std::string_view> made;
  for (auto* rule : rules) {
    for (auto& variant : rule->variants) {
      if (variant.kind != &kind) continue;
      if (variant.when) add_fields(*variant.when->root, made);
      for (auto& assertion : variant.asserts) add_fields(*assertion.condition->root, made);
    }
  }
  // A derived field sees those before it.
  for (auto field = kind.fields.rbegin(); field != kind.fields.rend(); ++field) {
    if (field->derived && made.contains(field->name)) add_fields(*field->derived->root, made);
  }
  return made;
}

}  // namespace

void coverage_table::add(const cel::compiled& program, const cel::trace& traced) {
  auto& truths = seen_[&program];
  truths.resize(program.node_count + 1);
  for (auto& one : traced.observations) truths[one.expression] |= one.truths;
}

void coverage_table::add(const coverage_table& other) {
  for (auto& [program, more] : other.seen_) {
    auto& truths = seen_[program];
    truths.resize(more.size());
    for (std::size_t i = 0; i < more.size(); ++i) truths[i] |= more[i];
  }
}

std::uint8_t coverage_table::truths(const cel::compiled& program, std::uint32_t id) const {
  auto found = seen_.find(&program);
  return found == seen_.end() ? std::uint8_t{0} : found->second[id];
}

void cover(const asked_rule& asked, coverage_table& to) {
  std::set<std::string_view> followed;
  auto evaluate = [&](const cel::compiled& program) {
    cel::trace traced;
    asked.evaluator.reset_steps();
    asked.evaluator.reset_cost();
    const value answer = asked.evaluator.evaluate(program, asked.variables, &traced);
    to.add(program, traced);
    if (asked.kind != nullptr) follow(traced.reads, *asked.kind, followed, to);
    return exec::truth_of(answer);
  };
  auto& variant = *asked.program.variant;
  if (variant.when) {
    const exec::truth when = evaluate(*variant.when);
    if (when == exec::truth::no || when == exec::truth::error) return;
  }
  for (auto& assertion : variant.asserts) evaluate(*assertion.condition);
}

void cover(const rules::checked_mapping& mapping, cel::evaluator& evaluator, std::span<const value> variables, coverage_table& to) {
  auto evaluate = [&](const cel::compiled_ptr& program) {
    if (!program) return;
    cel::trace traced;
    evaluator.reset_steps();
    evaluator.evaluate(*program, variables, &traced);
    to.add(*program, traced);
  };
  if (variables[rules::slot_each].is_null()) {
    for (auto& group : mapping.each) evaluate(group.collection);
    return;
  }
  evaluate(mapping.each_id);
  evaluate(mapping.when);
}

void count_parts(std::span<const cel::compiled* const> programs, bool asked, const coverage_table& table, share& counted, std::vector<untested_part>& untested) {
  std::vector<std::vector<const cel::expression*>> parts;
  for (auto* program : programs) parts.push_back(cel::boolean_parts(*program->root, asked));
  for (std::size_t i = 0; i < parts.front().size(); ++i) {
    std::uint8_t truths = 0;
    for (std::size_t k = 0; k < programs.size(); ++k) {
      // One text has the same parts wherever it is compiled; what Kyverno rewrites may not.
      if (parts[k].size() == parts.front().size()) truths |= table.truths(*programs[k], parts[k][i]->id);
    }
    ++counted.all;
    if (truths == (observation::was_true | observation::was_false)) ++counted.reached;
    else untested.push_back(told(*programs.front(), *parts.front()[i], truths));
  }
}

std::vector<kind_measure> measure_kinds(std::span<const rules::checked_rule* const> rules, const coverage_table& table) {
  std::vector<const rules::checked_kind*> kinds;
  for (auto* rule : rules) {
    for (auto& variant : rule->variants) {
      if (variant.kind != nullptr && std::find(kinds.begin(), kinds.end(), variant.kind) == kinds.end()) kinds.push_back(variant.kind);
    }
  }
  std::vector<kind_measure> made;
  for (auto* kind : kinds) {
    const auto fields = fields_of(*kind, rules);
    auto measure = [&](const std::string& type, auto&& programs) {
      kind_measure one{kind->name, type, {}, {}};
      programs([&](const cel::compiled_ptr& program, bool asked) {
        const cel::compiled* text = program.get();
        if (text != nullptr) count_parts({&text, 1}, asked, table, one.coverage, one.untested);
      });
      if (one.coverage.all > 0) made.push_back(std::move(one));
    };
    measure("", [&](auto&& count) {
      for (auto& field : kind->fields) {
        if (field.derived && fields.contains(field.name)) count(field.derived, is_bool(field.derived->result_type));
      }
    });
    for (auto& mapping : kind->from) {
      measure(mapping.type, [&](auto&& count) {
        count(mapping.when, true);
        for (auto& group : mapping.each) count(group.collection, false);
        count(mapping.each_id, false);
        for (std::size_t i = 0; i < kind->fields.size(); ++i) {
          if (fields.contains(kind->fields[i].name)) count(mapping.fields[i], is_bool(kind->fields[i].type));
        }
      });
    }
  }
  return made;
}

}  // namespace sekimori::check

// check: see matrix.hpp.
#include "check/matrix/matrix.hpp"

#include <algorithm>
#include <map>

#include "base/cloud_types.hpp"
#include "base/diagnostics.hpp"
#include "check/matrix/question.hpp"

namespace sekimori::check {
namespace {

// What is found of one rule and cloud while its kinds and types are gone through.
struct collected {
  matrix_cell cell;
  std::array<bool, 2> without_register = {};   // by material
};

void add_registers(const rules::register_set& read, std::set<std::string>& to) {
  for (std::size_t i = 0; i < rules::register_declarations.size(); ++i) {
    if (read.test(i)) to.insert(std::string(rules::register_declarations[i]->name));
  }
}

void ask(const rules::model& model, const rules::checked_variant& variant, const std::string& type, const rules::checked_mapping* mapping, std::string_view cloud, collected& to) {
  for (const material where : {material::plan, material::inventory}) {
    const rules::register_set rows = rules::registers_of_type(type);
    if (!seen_in(type, where)) continue;
    question asks(model, cloud, where, variant.kind, mapping);
    for (auto& one : variant.asserts) {
      const asked found = asks.of(variant, one);
      if (found == asked::missing || found == asked::elsewhere) continue;
      (where == material::plan ? to.cell.plan : to.cell.inventory) = true;
      (where == material::plan ? to.cell.plan_types : to.cell.inventory_types).insert(type);
      to.cell.asserts.insert(one.id);
      to.cell.can_pass = to.cell.can_pass || (found != asked::never && found != asked::false_if_known);
      to.cell.can_fail = to.cell.can_fail || (found != asked::always && found != asked::true_if_known);
      rules::register_set read = rows | rules::registers_read(*one.condition);
      if (variant.when) read |= rules::registers_read(*variant.when);
      add_registers(read, to.cell.registers);
      const bool of_organisation = type.starts_with("organisation:");
      if (of_organisation) to.cell.registers.insert("organisation");
      if (read.none() && !of_organisation) to.without_register[static_cast<std::size_t>(where)] = true;
    }
  }
}

matrix_answer answer_of(rules::gap_answer of) {
  switch (of) {
    case rules::gap_answer::not_needed: return matrix_answer::not_needed;
    case rules::gap_answer::not_read: return matrix_answer::not_read;
    case rules::gap_answer::not_offered: break;
  }
  return matrix_answer::not_offered;
}

matrix_answer answer_of(const collected& found, const rules::rule_gap* gap) {
  const auto [plan, inventory] = found.without_register;
  if (plan && inventory) return matrix_answer::covered;
  if (plan) return matrix_answer::plan_only;
  if (inventory) return matrix_answer::inventory_only;
  if (found.cell.is_asked()) return matrix_answer::needs_register;
  return gap == nullptr ? matrix_answer::unanswered : answer_of(gap->answer);
}

bool of_cloud(std::string_view type, std::string_view cloud) {
  const std::string_view own = cloud_of_type(type);
  return own.empty() ? !type_without_cloud(type).empty() : own == cloud;
}

// What is found of the types that `counts` takes.
template <class Counts>
collected found_of(const rules::model& model, const rules::checked_rule& rule, std::string_view cloud, Counts counts) {
  collected found;
  for (auto& variant : rule.variants) {
    if (variant.kind != nullptr) {
      for (auto& mapping : variant.kind->from) {
        if (counts(mapping.type)) ask(model, variant, mapping.type, &mapping, cloud, found);
      }
    }
    for (auto& type : variant.types) {
      if (counts(type)) ask(model, variant, type, nullptr, cloud, found);
    }
  }
  return found;
}

matrix_cell cell_of(const rules::model& model, const rules::checked_rule& rule, std::string_view cloud) {
  collected found = found_of(model, rule, cloud, [&](const std::string& type) { return of_cloud(type, cloud); });
  const auto& gaps = rule.source->gaps;
  const auto gap = std::find_if(gaps.begin(), gaps.end(), [&](auto& one) { return one.cloud.text == cloud; });
  if (gap != gaps.end()) found.cell.gap = rules::text_of(gap->why);
  found.cell.answer = answer_of(found, gap == gaps.end() ? nullptr : &*gap);
  return std::move(found.cell);
}

// By its label, else by what it judges; what is of no cloud is the same in each.
bool is_test_of(const rules::rule_test& test, std::string_view cloud) {
  if (!test.cloud.empty() || test.resources.empty()) return test.cloud == cloud;
  return of_cloud(test.resources.front().type, cloud);
}

void count_tests(const rules::model& model, control_matrix& to) {
  std::map<std::string, matrix_row*> rows;
  for (auto& row : to.rows) rows[row.rule->full_id] = &row;
  for (auto& document : model.documents->tests) {
    for (auto& test : document.tests) {
      const auto row = rows.find(document.rule_set.text + "/" + test.rule.text);
      if (row == rows.end()) continue;
      for (std::size_t cloud = 0; cloud < known_clouds.size(); ++cloud) {
        if (!is_test_of(test, known_clouds[cloud])) continue;
        matrix_cell& cell = row->second->cells[cloud];
        cell.passing += test.expected == verdict::pass;
        cell.failing += test.expected == verdict::fail;
      }
    }
  }
}

}  // namespace

std::string_view name_of(matrix_answer answer) {
  switch (answer) {
    case matrix_answer::covered: return "covered";
    case matrix_answer::plan_only: return "plan_only";
    case matrix_answer::inventory_only: return "inventory_only";
    case matrix_answer::needs_register: return "needs_register";
    case matrix_answer::not_needed: return "not_needed";
    case matrix_answer::not_offered: return "not_offered";
    case matrix_answer::not_read: return "not_read";
    case matrix_answer::unanswered: break;
  }
  return "unanswered";
}

std::uint64_t control_matrix::count(std::size_t cloud, matrix_answer answer) const {
  return static_cast<std::uint64_t>(std::count_if(rows.begin(), rows.end(), [&](const matrix_row& row) { return row.cells[cloud].answer == answer; }));
}

std::uint64_t control_matrix::count(matrix_answer answer) const {
  std::uint64_t all = 0;
  for (std::size_t cloud = 0; cloud < known_clouds.size(); ++cloud) all += count(cloud, answer);
  return all;
}

control_matrix control_matrix_of(const rules::model& model, bool tests) {
  control_matrix made;
  made.with_tests = tests;
  for (auto& rule : model.rules) {
    if (std::any_of(rule.variants.begin(), rule.variants.end(), [](auto& one) { return one.admission != nullptr; })) {
      ++made.kubernetes;
      continue;
    }
    matrix_row row;
    row.rule = &rule;
    row.ruleset = model.rulesets[rule.ruleset].id;
    for (std::size_t cloud = 0; cloud < known_clouds.size(); ++cloud) row.cells[cloud] = cell_of(model, rule, known_clouds[cloud]);
    row.manifest_types = found_of(model, rule, "kubernetes", is_object_type).cell.plan_types;
    made.rows.push_back(std::move(row));
  }
  if (tests) count_tests(model, made);
  return made;
}

std::vector<untested_cell> untested_cells(const control_matrix& of) {
  std::vector<untested_cell> made;
  for (auto& row : of.rows) {
    for (std::size_t cloud = 0; cloud < known_clouds.size(); ++cloud) {
      const matrix_cell& cell = row.cells[cloud];
      if (!cell.is_asked()) continue;
      const bool passing = cell.can_pass && cell.passing == 0, failing = cell.can_fail && cell.failing == 0;
      if (passing || failing) made.push_back({&row, cloud, passing, failing});
    }
  }
  return made;
}

std::vector<diagnostic> gap_mistakes(const control_matrix& of) {
  std::vector<diagnostic> made;
  for (auto& row : of.rows) {
    for (auto& gap : row.rule->source->gaps) {
      const auto cloud = std::find(known_clouds.begin(), known_clouds.end(), gap.cloud.text);
      if (cloud == known_clouds.end()) continue;
      const matrix_cell& cell = row.cells[static_cast<std::size_t>(cloud - known_clouds.begin())];
      if (!cell.is_asked()) continue;
      const std::set<std::string>& types = cell.plan ? cell.plan_types : cell.inventory_types;
      made.push_back(make_diagnostic(diagnostic_code::gap, *gap.cloud.source, gap.cloud.where,
                                     "`" + gap.cloud.text + "` has what rule " + row.rule->full_id + " is asked of: " + *types.begin(),
                                     {"reasons for clouds that cannot be asked", "remove it, or see `sekimori matrix` for what is asked"}));
    }
  }
  return made;
}

std::vector<clause_table> clause_tables_of(const rules::model& model) {
  std::map<std::pair<std::string, std::string>, std::vector<const rules::checked_rule*>> rules;
  for (auto& rule : model.rules) {
    for (auto& one : rule.clauses) rules[{one.standard, one.clause}].push_back(&rule);
  }
  std::vector<clause_table> made;
  for (auto& document : model.documents->standards) {
    for (auto& standard : document.standards) {
      clause_table table{&standard, {}};
      for (auto& clause : standard.clauses) table.rows.push_back({&clause, rules[{standard.id.text, clause.id.text}]});
      made.push_back(std::move(table));
    }
  }
  return made;
}

}  // namespace sekimori::check

// report: `sekimori matrix` as JSON (sekimori.matrix/v1). Entry points: matrix_json, clauses_json, comparison_json.
#include "report/json_writer.hpp"
#include "report/matrix/matrix_writers.hpp"
#include "report/outline.hpp"

namespace sekimori {
namespace {


std::vector<std::string> listed(const std::set<std::string>& names) { return {names.begin(), names.end()}; }

void begin(json_writer& out, std::string_view what) {
  out.begin_object();
  out.text("schema", "sekimori.matrix/v1");
  out.localized("disclaimer", rules_disclaimer());
  out.text("what", what);
}

void write_rule(json_writer& out, const check::matrix_row& row) {
  out.text("rule", row.rule->full_id);
  out.localized("title", rules::text_of(row.rule->source->title));
  out.text("severity", name_of(row.rule->source->level));
  out.text("category", row.rule->source->category.text);
}

}  // namespace

std::string matrix_json(const check::control_matrix& shown) {
  text_blocks text;
  json_writer out(text);
  begin(out, "clouds");
  out.begin_array("rows");
  for (auto& row : shown.rows) {
    out.begin_object();
    write_rule(out, row);
    out.begin_array("clouds");
    for (std::size_t cloud = 0; cloud < known_clouds.size(); ++cloud) {
      const check::matrix_cell& cell = row.cells[cloud];
      out.begin_object();
      out.text("cloud", known_clouds[cloud]);
      out.text("answer", check::name_of(cell.answer));
      if (has_reason(cell.answer)) out.localized("reason", cell.gap);
      out.texts("asserts", listed(cell.asserts));
      out.texts("plan_types", listed(cell.plan_types));
      out.texts("inventory_types", listed(cell.inventory_types));
      out.texts("registers", listed(cell.registers));
      if (shown.with_tests) {
        out.number("tests_passing", cell.passing);
        out.number("tests_failing", cell.failing);
      }
      out.end_object();
    }
    out.end_array();
    out.texts("manifest_types", listed(row.manifest_types));
    out.end_object();
  }
  out.end_array();
  out.number("kubernetes_rules", shown.kubernetes);
  out.begin_array("counts");
  for (std::size_t cloud = 0; cloud < known_clouds.size(); ++cloud) {
    out.begin_object();
    out.text("cloud", known_clouds[cloud]);
    for (const check::matrix_answer answer : check::matrix_answers) {
      out.key_of(check::name_of(answer));
      out.number(shown.count(cloud, answer));
    }
    out.end_object();
  }
  out.end_array();
  if (shown.with_tests) {
    out.begin_array("untested");
    for (auto& one : check::untested_cells(shown)) {
      out.begin_object();
      out.text("rule", one.row->rule->full_id);
      out.text("cloud", known_clouds[one.cloud]);
      out.flag("passing_missing", one.passing);
      out.flag("failing_missing", one.failing);
      out.end_object();
    }
    out.end_array();
  }
  out.end_object();
  return text.whole();
}

std::string clauses_json(const std::vector<check::clause_table>& shown) {
  text_blocks text;
  json_writer out(text);
  begin(out, "clauses");
  out.begin_array("standards");
  for (auto& table : shown) {
    out.begin_object();
    out.text("standard", table.standard->id.text);
    out.text("edition", table.standard->edition);
    out.localized("title", rules::text_of(table.standard->title));
    out.text_if("superseded_by", table.standard->superseded_by);
    out.begin_array("clauses");
    for (auto& row : table.rows) {
      out.begin_object();
      out.text("clause", row.clause->id.text);
      out.localized("title", rules::text_of(row.clause->title));
      out.flag("verified", row.clause->verified);
      out.text_if("superseded_by", row.clause->superseded_by);
      std::vector<std::string> names;
      for (auto* rule : row.rules) names.push_back(rule->full_id);
      out.texts("rules", names);
      out.end_object();
    }
    out.end_array();
    out.end_object();
  }
  out.end_array();
  out.end_object();
  return text.whole();
}

std::string comparison_json(const std::vector<check::compared_row>& shown) {
  text_blocks text;
  json_writer out(text);
  begin(out, "comparison");
  out.begin_array("rows");
  for (auto& row : shown) {
    out.begin_object();
    write_rule(out, *row.row);
    out.begin_array("clouds");
    for (std::size_t cloud = 0; cloud < known_clouds.size(); ++cloud) {
      out.begin_object();
      out.text("cloud", known_clouds[cloud]);
      out.text("answer", check::name_of(row.cells[cloud].answer));
      out.begin_array("types");
      for (auto& type : row.cells[cloud].types) {
        out.begin_object();
        out.text("type", type.type);
        out.text("answer", check::name_of(type.answer));
        out.texts("attributes", listed(type.attributes));
        out.end_object();
      }
      out.end_array();
      out.end_object();
    }
    out.end_array();
    out.end_object();
  }
  out.end_array();
  out.end_object();
  return text.whole();
}

}  // namespace sekimori

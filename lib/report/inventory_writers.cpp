// report: what inputs hold, as text, JSON (sekimori.inventory/v1) and CSV, a row for each type. Entry points:
// inventory_text, inventory_json, inventory_csv.
#include <algorithm>
#include <map>

#include "base/words.hpp"
#include "report/csv.hpp"
#include "report/json_writer.hpp"
#include "report/listings.hpp"
#include "report/native.hpp"
#include "report/outline.hpp"
#include "report/text_inputs.hpp"
#include "report/visible.hpp"
#include "sekimori/version.h"

namespace sekimori {
namespace {

struct totals {
  cloud_examined all;
  std::map<std::string_view, cloud_examined> by_cloud;
  std::map<const rules::checked_kind*, std::uint64_t> by_kind;   // a type can be of several
};

totals totals_of(const check::inventory_listing& shown) {
  totals made;
  for (const check::listed_type& one : shown.types) {
    for (cloud_examined* to : {&made.all, &made.by_cloud[one.cloud]}) {
      to->resources += one.resources;
      if (!one.kinds.empty()) to->mapped += one.resources;
    }
    for (const check::listed_mapping& as : one.kinds) made.by_kind[as.kind] += one.resources;
  }
  return made;
}

std::vector<const rules::checked_kind*> kinds_met(const totals& all) {
  std::vector<const rules::checked_kind*> kinds;
  for (const auto& [kind, resources] : all.by_kind) kinds.push_back(kind);
  std::sort(kinds.begin(), kinds.end(), [](const auto* a, const auto* b) { return a->name < b->name; });
  return kinds;
}

std::string joined(const std::vector<std::string>& names, std::string_view between) {
  std::string list;
  for (const std::string& name : names) list.append(list.empty() ? std::string_view() : between).append(name);
  return list;
}

}  // namespace

std::string inventory_text(const check::inventory_listing& shown, const std::string& language) {
  const bool japanese = language == "ja";
  auto say = [&](const std::string& ja, const std::string& en) { return japanese ? ja : en; };
  const totals all = totals_of(shown);
  std::string text;
  text_page page(text, 100, false);
  auto heading = [&](const std::string& ja, const std::string& en) {
    page.blank();
    page.paragraph(0, say("■ " + ja, "== " + en), text_style::bold);
  };
  auto mapped = [&](const cloud_examined& of) {
    return say("資源 " + grouped(of.resources) + " 件中 " + grouped(of.mapped) + " 件が共通種別のある型", grouped(of.resources) + " resources, " + grouped(of.mapped) + " of types with a kind");
  };
  page.paragraph(0, say("関守 資料の一覧", "Sekimori inventory"), text_style::bold);
  heading("資料", "Inputs");
  for (const input_record& input : shown.inputs) {
    const std::string stage(stage_word(input.stage).in(language));
    show_input(page, input, language, say("、" + stage + "、資源 " + grouped(input.resources) + " 件", ", " + stage + ", " + grouped(input.resources) + " resources"));
  }
  heading("クラウド", "Clouds");
  for (const auto& [cloud, counts] : all.by_cloud) page.labelled(2, 18, cloud_word(cloud).in(language), mapped(counts));
  page.labelled(2, 18, say("合計", "All"), mapped(all.all));
  heading("共通種別", "Kinds");
  for (const rules::checked_kind* kind : kinds_met(all)) {
    page.paragraph(2, 6, {{kind->name, text_style::bold}, {"  " + kind->title.in(language) + "  " + say(grouped(all.by_kind.at(kind)) + " 件", grouped(all.by_kind.at(kind))), text_style::plain}});
  }
  if (all.by_kind.empty()) page.paragraph(2, say("ありません。", "None."));
  heading("型", "Types");
  for (const check::listed_type& one : shown.types) {
    if (one.kinds.empty()) continue;
    const std::uint64_t others = one.resources - one.judged;
    std::string count = "  " + say(grouped(one.resources) + " 件", grouped(one.resources));
    if (others > 0) count += say(" (うち判定しないもの " + grouped(others) + " 件)", " (" + grouped(others) + " not judged)");
    page.paragraph(2, 6, {{visible(one.type), text_style::bold}, {count, text_style::plain}});
    for (const check::listed_mapping& as : one.kinds) {
      const std::string offered = joined(field_names(as, true), ", "), missing = joined(field_names(as, false), ", ");
      page.paragraph(4, 6, {{as.kind->name + ": " + (offered.empty() ? "-" : offered), text_style::plain},
                            {missing.empty() ? "" : say("、得られない項目: ", "; not offered: ") + missing, text_style::yellow}});
    }
  }
  if (all.all.mapped == 0) page.paragraph(2, say("ありません。", "None."));
  heading("共通種別のない型", "Types that no kind maps");
  for (const check::listed_type& one : shown.types) {
    if (one.kinds.empty()) page.paragraph(2, 6, {{visible(one.type) + " " + grouped(one.resources), text_style::plain}});
  }
  if (all.all.mapped == all.all.resources) page.paragraph(2, say("ありません。", "None."));
  return text;
}

std::string inventory_json(const check::inventory_listing& shown) {
  const totals all = totals_of(shown);
  text_blocks text;
  json_writer out(text);
  out.begin_object();
  out.text("schema", "sekimori.inventory/v1");
  out.text("engine_version", SKM_VERSION_STRING);
  write_inputs(out, shown.inputs);
  out.begin_object("summary");
  out.number("resources", all.all.resources);
  out.number("mapped", all.all.mapped);
  out.number("unmapped", all.all.resources - all.all.mapped);
  out.begin_object("by_cloud");
  for (const auto& [cloud, counts] : all.by_cloud) {
    out.key_of(cloud);
    out.begin_object();
    out.number("resources", counts.resources);
    out.number("mapped", counts.mapped);
    out.end_object();
  }
  out.end_object();
  out.begin_object("by_kind");
  for (const rules::checked_kind* kind : kinds_met(all)) {
    out.key_of(kind->name);
    out.number(all.by_kind.at(kind));
  }
  out.end_object();
  out.end_object();
  out.begin_array("types");
  for (const check::listed_type& one : shown.types) {
    out.begin_object();
    out.text("type", one.type);
    out.text("cloud", one.cloud);
    out.number("resources", one.resources);
    out.number("judged", one.judged);
    out.begin_array("kinds");
    for (const check::listed_mapping& as : one.kinds) {
      out.begin_object();
      out.text("kind", as.kind->name);
      out.localized("title", as.kind->title);
      out.texts("offered", field_names(as, true));
      out.texts("missing", field_names(as, false));
      out.end_object();
    }
    out.end_array();
    out.end_object();
  }
  out.end_array();
  out.end_object();
  return text.whole();
}

std::string inventory_csv(const check::inventory_listing& shown) {
  std::string table = "cloud,type,resources,judged,kinds,offered,missing\r\n";
  for (const check::listed_type& one : shown.types) {
    std::vector<std::string> kinds, offered, missing;
    for (const check::listed_mapping& as : one.kinds) {
      kinds.push_back(as.kind->name);
      for (const std::string& name : field_names(as, true)) offered.push_back(as.kind->name + "." + name);
      for (const std::string& name : field_names(as, false)) missing.push_back(as.kind->name + "." + name);
    }
    table += csv_cell(one.cloud) + "," + csv_cell(one.type) + "," + std::to_string(one.resources) + "," + std::to_string(one.judged) + "," + csv_cell(joined(kinds, " ")) + "," +
             csv_cell(joined(offered, " ")) + "," + csv_cell(joined(missing, " ")) + "\r\n";
  }
  return table;
}

}  // namespace sekimori

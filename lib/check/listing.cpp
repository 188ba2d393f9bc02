// check: see listing.hpp.
#include "check/listing.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "base/cloud_types.hpp"
#include "check/completeness.hpp"
#include "check/policy_inside.hpp"
#include "inventory/line_stream.hpp"

namespace sekimori::check {
namespace {

struct count { std::uint64_t resources = 0, judged = 0; };
using counts = std::vector<count>;           // by index of the type

void take(const inventory::resource& one, std::vector<counts>& by_input) {
  counts& of = by_input[one.input];
  if (of.size() <= one.type_index) of.resize(one.type_index + 1);
  ++of[one.type_index].resources;
  if (one.evaluated) ++of[one.type_index].judged;
}

}  // namespace

std::vector<const rules::checked_kind*> kinds_of(const policy& of) {
  std::vector<const rules::checked_kind*> all;
  for (auto& one : of.inside().plan->model->kinds) all.push_back(one.get());
  std::sort(all.begin(), all.end(), [](const auto* a, const auto* b) { return a->name < b->name; });
  return all;
}

inventory_listing list_inventory(const policy& of, opened_inputs& inputs) {
  const rules::model& model = *of.inside().plan->model;
  const read_result& read = inputs.reading.finish(model);
  inventory_listing made;
  made.inputs = read.records;
  check_declared_kinds(model, inputs.reading.stated(), made.inputs);
  std::vector<counts> by_input(read.added.size());
  for (const inventory::segment& part : inputs.all.segments()) {
    for (std::size_t i = part.first; i < part.last; ++i) take(inputs.all.resources()[i], by_input);
    if (part.lines == nullptr) continue;
    for (auto some = part.lines->next(); !some.empty(); some = part.lines->next()) {
      for (const inventory::resource* one : some) take(*one, by_input);
    }
    if (part.lines->problems().empty()) continue;
    input_record& record = made.inputs[read.added[part.lines->input()]];   // another text than when it was looked over
    record.status = "unreadable";
    record.diagnostics.insert(record.diagnostics.end(), part.lines->problems().begin(), part.lines->problems().end());
  }

  std::map<std::string_view, std::vector<listed_mapping>> mapped;
  for (const rules::checked_kind* kind : kinds_of(of)) {
    for (const rules::checked_mapping& mapping : kind->from) mapped[mapping.type].push_back({kind, &mapping});
  }
  const std::vector<std::string_view>& types = inputs.all.types();
  std::vector<listed_type> all(types.size());
  for (std::size_t type = 0; type < types.size(); ++type) {
    all[type].type = types[type];
    all[type].cloud = cloud_of_type(types[type]);
    if (auto found = mapped.find(types[type]); found != mapped.end()) all[type].kinds = found->second;
  }
  for (std::size_t input = 0; input < by_input.size(); ++input) {
    input_record& record = made.inputs[read.added[input]];
    record.resources = record.mapped = 0;
    for (std::size_t type = 0; type < by_input[input].size(); ++type) {
      const count& here = by_input[input][type];
      if (here.resources == 0) continue;
      all[type].resources += here.resources;
      all[type].judged += here.judged;
      record.resources += here.resources;
      if (all[type].kinds.empty()) record.unmapped[std::string(types[type])] += here.resources;
      else record.mapped += here.resources;
    }
  }
  for (listed_type& one : all) {
    if (one.resources > 0) made.types.push_back(std::move(one));
  }
  std::sort(made.types.begin(), made.types.end(), [](const listed_type& a, const listed_type& b) { return std::tie(a.cloud, a.type) < std::tie(b.cloud, b.type); });
  return made;
}

}  // namespace sekimori::check

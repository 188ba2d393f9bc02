// check: see completeness.hpp.
#include "check/completeness.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/account_types.hpp"
#include "base/diagnostics.hpp"
#include "inventory/accounts.hpp"
#include "inventory/format.hpp"
#include "rules/related_types.hpp"

namespace sekimori::check {

using inventory::resource;

namespace {

const rules::checked_kind* kind_named(const rules::model& model, std::string_view name) {
  const auto found = std::find_if(model.kinds.begin(), model.kinds.end(), [&](auto& one) { return one->name == name; });
  return found == model.kinds.end() ? nullptr : found->get();
}

std::string account_key(std::string_view cloud, std::string_view id) {
  std::string made(cloud);
  made += ':';
  made += id;
  return made;
}

bool is_root(const rules::organisation& organisation, std::uint32_t node) { return organisation.nodes()[node].parent.empty(); }

// The first of its inputs that does not hold what it is said to hold all of; empty: each of them may.
std::string not_whole(const stated_inputs& stated, const std::vector<input_record>& records) {
  for (const std::size_t one : stated.records) {
    if (records[one].status == "unreadable" || records[one].incomplete) return records[one].file;
  }
  return stated.records.empty() ? stated.said->path.text : std::string();
}

}  // namespace

void check_declared_kinds(const rules::model& model, std::span<const stated_inputs> stated, std::vector<input_record>& records) {
  for (const stated_inputs& one : stated) {
    for (const rules::located_string& kind : one.said->complete) {
      if (kind_named(model, kind.text) != nullptr) continue;
      std::vector<std::string_view> known;
      for (auto& declared : model.kinds) known.push_back(declared->name);
      records[one.document].diagnostics.push_back(make_diagnostic(diagnostic_code::unknown_kind, *kind.source, kind.where, "no kind is called `" + kind.text + "`",
                                                                  {"", did_you_mean(kind.text, known)}));
      records[one.document].status = "unreadable";
    }
  }
}

completeness::completeness(const rules::model& model, const rules::organisation* organisation, const inventory::inventory& all,
                           std::span<const stated_inputs> stated, std::span<const std::optional<std::uint32_t>> scopes,
                           std::span<const std::optional<std::uint32_t>> input_of, std::vector<input_record>& records)
    : all_(&all) {
  if (std::all_of(stated.begin(), stated.end(), [](auto& one) { return one.said->complete.empty(); })) return;
  const std::size_t nodes = organisation != nullptr ? organisation->nodes().size() : 0;
  for (std::size_t i = 0; i < stated.size(); ++i) {
    const rules::input_entry& said = *stated[i].said;
    if (said.complete.empty()) continue;
    if (const std::string wrong = not_whole(stated[i], records); !wrong.empty()) {
      records[stated[i].document].notes.push_back({fmt::format("{} は全部を読めていないため、「{}」の網羅性の宣言は使いません。", wrong, said.path.text),
                                                   fmt::format("{} was not read as a whole, so that what is declared complete of {} does not count", wrong, said.path.text)});
      continue;
    }
    if (!said.scope.text.empty() && !scopes[i]) continue;          // of a scope that nobody knows; its document says so
    declaration made;
    std::set<std::string> clouds;
    for (const std::size_t record : stated[i].records) {
      if (const auto* reader = inventory::reader_named(records[record].format); reader != nullptr && !reader->cloud().empty()) clouds.insert(std::string(reader->cloud()));
      if (!input_of[record]) continue;
      made.inputs.insert(*input_of[record]);
      const inventory::named_accounts here = all.accounts(*input_of[record]);
      for (auto& one : here.named) made.accounts.insert(account_key(one.cloud, one.id)), clouds.insert(one.cloud);
      for (auto& one : here.given) clouds.insert(one.cloud);
      for (auto& [cloud, input, provider] : here.untold) clouds.insert(cloud);
    }
    // The accounts of the scope, of the clouds that these inputs are about: what an export of one cloud holds says nothing of another.
    for (std::uint32_t node = 0; scopes[i] && node < nodes; ++node) {
      if (!organisation->is_within(node, *scopes[i])) continue;
      for (auto& one : organisation->nodes()[node].accounts) {
        if (clouds.count(one.cloud) > 0) made.accounts.insert(account_key(one.cloud, rules::organisation::compared_account(one.cloud, one.account.text)));
      }
    }
    if (scopes[i] && is_root(*organisation, *scopes[i])) {
      std::size_t roots = 0;
      for (std::uint32_t node = 0; node < nodes; ++node) roots += is_root(*organisation, node) ? 1 : 0;
      if (roots == 1) made.everywhere = clouds;
    }
    for (auto& name : said.complete) {
      const rules::checked_kind* kind = kind_named(model, name.text);
      if (kind == nullptr) continue;
      by_kind_[kind].push_back(static_cast<std::uint32_t>(claims_.size()));
      claims_.push_back(made);
      claims_.back().text = fmt::format("{} complete ({}, {}, {})", name.text, said.taken_at, said.declared_by, said.path.text);
      claims_.back().types = rules::related_types_of(model, *kind);
    }
  }
  if (organisation == nullptr) return;                             // nobody says which accounts there are
  const inventory::named_accounts told = all.accounts();
  accounts_by_cloud accounts;
  for (auto& one : told.named) accounts[one.cloud].insert(account_key(one.cloud, one.id));
  for (auto& one : told.given) accounts[one.cloud].insert(account_key(one.cloud, one.id));
  for (auto& [cloud, input, provider] : told.untold) accounts[cloud];
  for (auto& node : organisation->nodes()) {
    for (auto& one : node.accounts) accounts[one.cloud].insert(account_key(one.cloud, rules::organisation::compared_account(one.cloud, one.account.text)));
  }
  for (auto& [kind, claims] : by_kind_) for_all_[kind] = for_all(*kind, accounts);
}

std::set<std::uint32_t> completeness::for_all(const rules::checked_kind& kind, const accounts_by_cloud& accounts) const {
  const std::vector<std::uint32_t>& claims = by_kind_.at(&kind);
  std::set<std::uint32_t> found;
  for (auto& [cloud, of_cloud] : accounts) {
    if (std::none_of(kind.from.begin(), kind.from.end(), [&, name = &cloud](auto& mapping) { return mapping.cloud == *name; })) continue;
    const auto whole = std::find_if(claims.begin(), claims.end(), [&, name = &cloud](std::uint32_t index) { return claims_[index].everywhere.count(*name) > 0; });
    if (whole != claims.end()) {
      found.insert(*whole);
      continue;
    }
    if (of_cloud.empty()) return {};
    for (const std::string& account : of_cloud) {
      const auto covers = std::find_if(claims.begin(), claims.end(), [&](std::uint32_t index) { return claims_[index].accounts.count(account) > 0; });
      if (covers == claims.end()) return {};
      found.insert(*covers);
    }
  }
  return found;
}

std::optional<std::uint32_t> completeness::find(const rules::checked_kind& kind, std::string_view cloud, std::string_view account, std::optional<std::uint32_t> input,
                                                std::span<const std::string_view> types) const {
  const auto claims = by_kind_.find(&kind);
  if (claims == by_kind_.end()) return std::nullopt;
  const std::string name = account.empty() ? std::string() : account_key(cloud, account);
  for (const std::uint32_t index : claims->second) {
    const declaration& one = claims_[index];
    const bool here = (input && one.inputs.count(*input) > 0) || (!name.empty() && one.accounts.count(name) > 0);
    if (here && std::all_of(types.begin(), types.end(), [&](std::string_view type) { return one.types.find(type) != one.types.end(); })) return index;
  }
  return std::nullopt;
}

std::optional<std::uint32_t> completeness::of_account(const rules::checked_kind& kind, const resource& account, arena& memory) const {
  if (claims_.empty()) return std::nullopt;
  const std::string_view cloud = account_type_of(account.type)->cloud;
  for (const std::string_view id : inventory::account_ids(account, memory)) {
    if (const auto found = find(kind, cloud, id, std::nullopt, {})) return found;
  }
  // The account of a configuration that does not name it.
  const inventory::unnamed_account whose(account);
  const auto claims = by_kind_.find(&kind);
  if (claims == by_kind_.end()) return std::nullopt;
  for (const std::uint32_t index : claims->second) {
    const auto& inputs = claims_[index].inputs;
    if (std::any_of(inputs.begin(), inputs.end(), [&](std::uint32_t input) { return whose.is_of(input); })) return index;
  }
  return std::nullopt;
}

std::optional<std::uint32_t> completeness::of_links(const rules::checked_kind& kind, std::span<const std::string_view> types, const resource& one, arena& memory) const {
  if (by_kind_.count(&kind) == 0) return std::nullopt;
  return find(kind, one.cloud, inventory::compared_account(one.cloud, all_->account(one, memory), memory), one.input, types);
}

const std::set<std::uint32_t>& completeness::of_all(const rules::checked_kind& kind) const {
  static const std::set<std::uint32_t> none;
  const auto found = for_all_.find(&kind);
  return found == for_all_.end() ? none : found->second;
}

bool closing::everywhere(const rules::checked_kind& kind) {
  bool said = false;
  if (all_ == nullptr) return said;
  for (const std::uint32_t claim : all_->of_all(kind)) said = note(claim) || said;
  return said;
}

}  // namespace sekimori::check

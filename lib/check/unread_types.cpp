// check: see unread_types.hpp.
#include "check/unread_types.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "base/diagnostics.hpp"
#include "inventory/format.hpp"
#include "rules/checked_paths.hpp"
#include "rules/documents.hpp"

namespace sekimori::check {
namespace {

class finder {
 public:
  explicit finder(const types_of_providers& providers) : providers_(providers) {}

  void look_at(const rules::located_string& named) {
    at_its_own_place_.insert(named.text);
    if (auto wrong = problem_of(named.text)) made_.push_back(make_diagnostic(diagnostic_code::unread_type, *named.source, named.where, *wrong, details_of(named.text)));
  }

  // Where an expression names the type, and no document does: once, as its paths are many.
  void look_at(const rules::named_path& named) {
    if (named.expression == nullptr || !at_its_own_place_.insert(named.type).second) return;
    if (auto wrong = problem_of(named.type)) made_.push_back(make_diagnostic(diagnostic_code::unread_type, *named.expression, named.inside, *wrong, details_of(named.type)));
  }

  std::vector<diagnostic> take() { return std::move(made_); }

 private:
  // Nothing: an input can have it, or nobody knows.
  std::optional<std::string> problem_of(const std::string& type) {
    auto [at, fresh] = known_.try_emplace(type);
    if (fresh) {
      at->second = inventory::types_like(type);
      if (!at->second) at->second = providers_(type);
    }
    const auto& known = at->second;
    if (!known || std::find(known->begin(), known->end(), type) != known->end()) return std::nullopt;
    return "no input has resources of the type `" + type + "`";
  }

  diagnostic_details details_of(const std::string& type) const {
    const auto& known = *known_.at(type);
    return {"a type that is read (`sekimori inventory INPUT` tells those of an input)", did_you_mean(type, {known.begin(), known.end()}), diagnostic_level::warning};
  }

  const types_of_providers& providers_;
  std::map<std::string, std::optional<std::vector<std::string>>> known_;
  std::set<std::string> at_its_own_place_;
  std::vector<diagnostic> made_;
};

}  // namespace

std::vector<diagnostic> unread_types(const rules::model& checked, const types_of_providers& providers) {
  finder all(providers);
  for (auto& document : checked.documents->kinds) {
    for (auto& kind : document.kinds) {
      for (auto& mapping : kind.from) {
        all.look_at(mapping.type);
        for (auto& part : mapping.parts) {
          for (auto& type : part.types) all.look_at(type);
        }
      }
    }
  }
  for (auto& document : checked.documents->rulesets) {
    for (auto& rule : document.rules) {
      for (auto& subject : rule.subjects) {
        for (auto& type : subject.types) all.look_at(type);
      }
    }
  }
  for (auto& named : rules::attribute_paths(checked)) all.look_at(named);
  return all.take();
}

}  // namespace sekimori::check

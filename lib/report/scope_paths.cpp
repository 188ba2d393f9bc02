// report: see scope_paths.hpp.
#include "report/scope_paths.hpp"

#include <vector>

namespace sekimori {
namespace {

void add(verdict_counts& to, const verdict_counts& more) {
  to.pass += more.pass;
  to.fail += more.fail;
  to.undetermined += more.undetermined;
  to.error += more.error;
  to.not_applicable += more.not_applicable;
  to.waived += more.waived;
}

}  // namespace

scope_paths::scope_paths(const report& shown) {
  std::unordered_map<std::string, const report_scope*> known;
  std::size_t tops = 0;
  for (const report_scope& scope : shown.scopes) known.emplace(scope.id, &scope);
  for (const report_scope& scope : shown.scopes) tops += known.count(scope.parent) == 0 ? 1 : 0;
  for (const report_scope& scope : shown.scopes) {
    std::vector<const report_scope*> path;   // from the scope up
    for (const report_scope* at = &scope; at != nullptr;) {
      path.push_back(at);
      const auto above = known.find(at->parent);
      at = above == known.end() || path.size() == deepest_scope ? nullptr : above->second;
    }
    if (const auto own = shown.summary.by_scope.find(scope.id); own != shown.summary.by_scope.end() && path.size() < deepest_scope) {
      for (const report_scope* one : path) add(counts_[one->id], own->second);
    }
    if (tops == 1 && path.size() > 1) path.pop_back();
    localized_text& words = paths_[scope.id];
    for (auto one = path.rbegin(); one != path.rend(); ++one) {
      for (const char* language : {"ja", "en"}) {
        std::string& to = language[0] == 'j' ? words.ja : words.en;
        const std::string& title = (*one)->title.in(language);
        to += (to.empty() ? "" : " / ") + (title.empty() ? (*one)->id : title);
      }
    }
  }
}

localized_text scope_paths::of(const std::string& id) const {
  if (id.empty()) return {"適用単位不明", "scope not known"};
  const auto found = paths_.find(id);
  return found == paths_.end() ? localized_text{id, id} : found->second;
}

localized_text scope_paths::of(const finding& found) const {
  const bool titled = !found.scope_title.ja.empty() || !found.scope_title.en.empty();
  return titled && paths_.count(found.scope) == 0 ? found.scope_title : of(found.scope);
}

}  // namespace sekimori

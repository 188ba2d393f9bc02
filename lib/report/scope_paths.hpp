// report: scopes told by their whole path (福祉局 / 市民申請システム / 本番), as many are called alike. Entry point:
// scope_paths. Knows no format.
#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>

#include "sekimori/report.hpp"

namespace sekimori {

// Levels of an organisation that are told; a report that was read back may say anything, a circle, too.
inline constexpr std::size_t deepest_scope = 64;

class scope_paths {
 public:
  explicit scope_paths(const report& shown);

  // The titles from the top down, without the one that everything is below; the id alone where the report does not know it;
  // "適用単位不明" where there is none.
  localized_text of(const std::string& id) const;
  // By its own title where the report has the finding and not its scope.
  localized_text of(const finding& found) const;
  // What is counted in the scope and in all below it, by id.
  const std::unordered_map<std::string, verdict_counts>& counts() const { return counts_; }

 private:
  std::unordered_map<std::string, localized_text> paths_;
  std::unordered_map<std::string, verdict_counts> counts_;
};

}  // namespace sekimori

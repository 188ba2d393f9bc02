// report: see clause_words.hpp.
#include "report/clause_words.hpp"

#include <array>
#include <utility>

namespace sekimori {
namespace {

constexpr std::array<std::pair<std::string_view, word_pair>, 12> standards = {{
    {"jichitai-gl", {"自治体ガイドライン", "Local Government Guideline"}},
    {"touitsu-kijun-r5", {"統一基準（令和5年度版）", "Common Standards (FY2023)"}},
    {"ismap", {"ISMAP 管理基準", "ISMAP"}},
    {"nist-800-53r5", {"NIST SP 800-53 Rev. 5", "NIST SP 800-53 Rev. 5"}},
    {"iso-27001-2022", {"ISO/IEC 27001:2022", "ISO/IEC 27001:2022"}},
    {"iso-27017-2015", {"ISO/IEC 27017:2015", "ISO/IEC 27017:2015"}},
    {"csa-ccm-4.0", {"CSA CCM 4.0", "CSA CCM 4.0"}},
    {"cis-aws-3.0", {"CIS AWS 3.0", "CIS AWS 3.0"}},
    {"cis-aws-5.0", {"CIS AWS 5.0", "CIS AWS 5.0"}},
    {"cis-azure-3.0", {"CIS Azure 3.0", "CIS Azure 3.0"}},
    {"cis-gcp-3.0", {"CIS Google Cloud 3.0", "CIS Google Cloud 3.0"}},
    {"cis-oci-2.0", {"CIS OCI 2.0", "CIS OCI 2.0"}},
}};

}  // namespace

word_pair standard_word(std::string_view standard) {
  for (const auto& [id, words] : standards) {
    if (id == standard) return words;
  }
  return {standard, standard};
}

}  // namespace sekimori

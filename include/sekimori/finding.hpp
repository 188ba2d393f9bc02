// What a check found, as plain data: the report owns all of it. Every output format is a function of these types.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sekimori {

enum class severity : std::uint8_t { info, low, medium, high, critical };
enum class verdict : std::uint8_t { pass, fail, undetermined, error, not_applicable };
enum class disposition : std::uint8_t { active, waived, disputed };
// Who or what can settle an undetermined verdict.
enum class decide_by : std::uint8_t { none, after_apply, inventory, register_data, completeness, rule_gap };
// How a finding stands against an earlier report. Known: that one has it at least as bad, at this severity or a higher one, without a waiver.
enum class baseline_state : std::uint8_t { none, appeared, unchanged, changed };

// "critical", "pass", "active", "after_apply"... and Japanese words for people (違反, 判定保留(情報不足)).
std::string_view name_of(severity level);
std::string_view name_of(verdict outcome);
std::string_view name_of(disposition state);
std::string_view name_of(decide_by who);
std::string_view name_of(baseline_state state);   // "new", "unchanged", "changed"
bool parse_severity(std::string_view text, severity& level);
bool parse_verdict(std::string_view text, verdict& outcome);

struct localized_text {
  std::string ja;
  std::string en;   // either may be empty when the rule set does not declare that language
  const std::string& in(std::string_view language) const { return language == "ja" ? (ja.empty() ? en : ja) : (en.empty() ? ja : en); }
};

struct resource_identity {
  std::string address;               // "module.app.aws_s3_bucket.logs[0]"; "#id" is added for one of several of a kind
  std::string type;                  // provider type
  std::string kind;                  // neutral kind; empty for rules over provider types
  std::string cloud;                 // aws azure google oci sakura kubernetes, or empty
  std::string identity;              // what the finding's id is made of
  std::vector<std::string> aliases;  // other identities: previous address, cloud-native id
};

// One clause of a failed or undecided assert.
struct explained_clause {
  std::string assert_id;
  std::string clause;       // CEL source of the sub-expression that decided
  std::string path;         // provider path that was read ("ingress[0].cidr_blocks"), with "address#" for another resource
  std::string actual;       // JSON text of the value read; the mask for secrets; empty where unknown
  std::string expected;     // CEL source of the other side of a comparison, or empty
  bool masked = false;      // the clause read a secret: neither actual nor expected is shown
};

struct unknown_item {
  std::string resource, path;     // address, empty: the resource itself
  std::string reason;       // computed, not_configured, open_set, scope, register, undocumented_default
};

struct clause_reference {
  std::string standard, clause;   // "nist-800-53r5", "SC-7"
  localized_text title;
  bool verified = false;
};

struct source_location {
  std::string file;
  std::uint32_t line = 0, column = 0;   // 0: not known; never invented
  std::string pointer;      // JSON pointer into the file, "/resource_changes/3"
};

struct rule_words {                      // what all findings of a rule say alike in one cloud
  localized_text title, why_it_matters, fix;
  std::vector<clause_reference> clauses; // those for that cloud
};

struct finding {
  std::string id;            // base32(SHA-256("skm-finding/1", ruleset, rule, identity))
  std::string rule, ruleset; // as written: "NET-01"; "baseline.network"
  std::string input;         // file as given
  resource_identity resource;
  verdict outcome = verdict::pass; disposition state = disposition::active; severity level = severity::info;
  std::string category;
  std::string scope;         // organisation node id; empty: none or not known
  localized_text scope_title;
  std::string owner, operated_by;        // who owns it, a post
  std::shared_ptr<const rule_words> words;
  localized_text required;   // what is asked for, in the rule's words; empty where the rule does not say
  localized_text message;    // for fail: the messages of the asserts that are not true, joined
  std::vector<std::string> asserts;      // ids of the asserts that are not true
  std::vector<explained_clause> why;
  std::vector<unknown_item> unknown;     // sorted
  decide_by settle = decide_by::none;
  std::string residual;                  // for undetermined: CEL over the provider's attributes, true where the rule holds; may be empty
  std::string error;         // for error: what went wrong, no values
  std::vector<std::string> assumes;      // declarations that the verdict rests on
  source_location location;
  std::vector<std::pair<std::string, std::string>> forecast;   // registers that the rule reads and that are older than `now`, each with its day
  std::string waiver, waiver_expires;    // id of the waiver that holds
  baseline_state baseline = baseline_state::none;   // none: there was no baseline
  bool known = false;                               // see baseline_state
  struct { verdict outcome = verdict::pass; disposition state = disposition::active; severity level = severity::info; } before;   // of one that changed
  const rule_words& about() const { static const rule_words none; return words ? *words : none; }
};

}  // namespace sekimori

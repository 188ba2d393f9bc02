// The result of one check, and how it is decided on and written. A value type: owns everything.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sekimori/diagnostic.hpp"
#include "sekimori/finding.hpp"
#include "sekimori/result.hpp"

namespace sekimori {

struct verdict_counts {
  std::uint64_t pass = 0, fail = 0, undetermined = 0, error = 0, not_applicable = 0, waived = 0;   // waived: of fail
};

// One input file, whatever became of it.
struct input_record {
  std::string file, format, format_version;          // "terraform-plan"; empty: not recognised
  std::string stage, status;   // "plan", "inventory"; "read", "unreadable", "nothing_examined"
  std::string digest;          // "sha256:..." of the bytes
  std::uint64_t resources = 0, mapped = 0;         // read; of a type that a kind maps or a rule names
  std::map<std::string, std::uint64_t> mapped_types, unmapped;   // type -> count
  bool incomplete = false;                         // not all of it: a plan that stopped or has deferred changes, a page of a longer listing
  std::string scope, taken_at, declared_by; std::vector<std::string> complete;   // what an inputs document says of it; kinds that it holds all of
  std::shared_ptr<const struct register_record> listed;   // of a register: what was read of it (register.hpp)
  std::vector<localized_text> notes;               // what is missing, by address; files that were left alone
  std::vector<diagnostic> diagnostics;
};

struct not_examined { std::string rule; localized_text title; std::string needs; localized_text needed; };   // "baseline.network/NET-01"; kinds that no input held, and their titles
struct cloud_examined { std::uint64_t resources = 0, mapped = 0; };

struct examined_summary {
  std::uint64_t resources = 0, mapped = 0, unmapped = 0;
  std::map<std::string, cloud_examined> by_cloud;           // "aws" ...; "" for resources of no known cloud
  std::map<std::string, std::uint64_t> unmapped_types, not_adopted;   // not_adopted: by rule, how often it was not asked as no scope of the resource adopts it
  std::vector<std::shared_ptr<const not_examined>> rules_without_resources;   // shared by all reports of a policy
};

struct report_summary {
  examined_summary examined;
  verdict_counts total;
  std::map<std::string, verdict_counts> by_rule, by_category, by_cloud, by_scope;   // "baseline.network/NET-01"; node id, "" for none
  std::map<std::string, std::uint64_t> undetermined_by;   // decide_by -> count
  std::uint64_t assumed_pass = 0, assumed_fail = 0;   // of total: those that would be another verdict without what somebody declares
  std::uint64_t listed = 0, not_listed = 0;           // not_listed: over the limit of listed findings
};

// A waiver as it stood in this run: those that hold, and those that do not and why.
struct waiver_record {
  std::string id, rule, scope, resource, approver, expires;
  std::string status;          // "holds", "expired", "not_started", "unmatched", "void"
  localized_text reason; std::uint64_t findings = 0;
};

struct policy_record {
  struct rule_set { std::string id, version, digest; }; std::vector<rule_set> rule_sets;
  std::string organisation_digest, engine_version;   // empty: none given
};

struct report_rule {           // every loaded rule, for formats that list rules
  std::string ruleset, id, category;
  severity level = severity::info;
  localized_text title, why, fix;
  std::vector<clause_reference> clauses;
  std::vector<std::string> replaces;   // former ids, "baseline.network/NET-00"
};

struct report_scope {          // nodes that findings or --report-for name, parents first
  std::string id, parent, node_type, owner, operated_by;
  localized_text title;
};

// The earlier report that this one was held against. How many findings that it lists and this one does not: fixed only where this run looked.
struct baseline_record {
  std::string file, digest, now;
  std::uint64_t listed = 0, not_listed = 0;                              // of its findings
  std::uint64_t appeared = 0, unchanged = 0, changed = 0;                // of this report's
  std::uint64_t fixed = 0, not_asked = 0, not_seen = 0;                  // its rule is gone; nothing of its type was read in its input ...
  std::uint64_t known_violations = 0, known_undetermined = 0;            // at or over a threshold that leaves known ones out: not counted there
  std::vector<localized_text> cautions;                                  // made with other rules, another engine ...
};

struct report_outcome {
  int exit_code = 0;
  std::vector<std::string> causes;   // every cause, stable words: "findings", "input_unreadable", "limit", "error_verdict", "nothing_examined", "undetermined"
  std::vector<localized_text> texts; // the same for people, with names and numbers
};

struct report {
  std::string now;             // RFC 3339 in JST, "2026-11-24T09:00:00+09:00"; empty: not given
  std::string report_for; bool includes_planned = false, only_changed = false;   // node id when the report was restricted to it; appointments that are not announced count
  std::string file, digest;    // of one that was read back
  report_outcome outcome;
  policy_record policy;
  std::vector<input_record> inputs;
  report_summary summary;
  std::shared_ptr<const std::vector<report_rule>> rules = std::make_shared<const std::vector<report_rule>>();   // shared likewise; never null
  std::vector<report_scope> scopes;
  std::vector<waiver_record> waivers;
  std::shared_ptr<const baseline_record> baseline;   // null: there was none
  std::vector<finding> findings;
  std::vector<diagnostic> diagnostics;
};

localized_text disclaimer();   // the opening words of every report, in every format

enum class undetermined_policy : std::uint8_t { block, allow, block_new };

// Whether a change may go on: false where an active fail is at or over `fail_on`, where anything could not be read, evaluated or examined,
// or (block) where a verdict at or over `fail_on` is undetermined. There is no default for undetermined: it cannot be forgotten.
// `only_new`, block_new: those that the baseline of the check does not know.
bool decide(const report& shown, severity fail_on, undetermined_policy undetermined, bool only_new = false);

// A native report ("json") read back: what comparing asks for. Told apart is by finding; forms: "text", "json", "markdown", "csv", "html".
result<report> read_report(const std::string& name, std::string_view text);
using input_names = std::map<std::string, std::string>;   // of an input in the earlier report -> what the later one calls it
result<std::string> render_difference(const report& before, const report& after, std::string_view form, const std::string& language, const input_names& same = {});

// Takes the findings of a check while it runs, in the order of the report, which then holds none of them.
class finding_sink {
 public:
  virtual ~finding_sink() = default;
  virtual void begin(const report& known) = 0;   // policy and rules, before the first finding
  virtual void take(const finding& next) = 0;
  virtual void end(const report& made) = 0;
};
std::unique_ptr<finding_sink> report_writer(std::string_view format, void (*write)(void* to, std::string_view text), void* to);   // "ndjson" piece by piece, "json" at the end; else null

// The formats: "text", "json", "ndjson", "sarif", "html". Same report, same options, same bytes.
struct render_options {
  std::string language = "ja";   // of text and html; the others carry both
  bool colour = false; std::uint32_t width = 100;   // of text; terminal columns
};
const std::vector<std::string_view>& report_formats();
result<std::string> render(const report& shown, std::string_view format, const render_options& options = {});

}  // namespace sekimori

// rules: the nine document types as read from YAML or JSON: structure checked, expressions still
// text. Entry points: load_documents, load_document. Meaning (types, references across documents)
// is checked.hpp's and organisation.hpp's. Knows no inputs.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/source.hpp"
#include "sekimori/finding.hpp"
#include "sekimori/result.hpp"

namespace sekimori::rules {

// A string of a document with its place, so that later stages can point at it.
struct located_string {
  std::string text;
  source_ptr source;
  span where;
};

// Text for people. A language that the document does not have is empty.
struct localized {
  located_string ja;
  located_string en;
};

inline localized_text text_of(const localized& text) { return {text.ja.text, text.en.text}; }

// A literal of a document (parameter defaults and values, test fixtures): JSON text, plus place.
// Integers, doubles, strings, booleans, null, lists and maps; YAML 1.2 core schema; quoted is string.
struct literal {
  std::string json;
  source_ptr source;
  span where;
};

enum class tighten : std::uint8_t { fixed, superset, subset, increase, decrease, enable, entry };

struct parameter {
  located_string name;
  located_string type;               // CEL type text
  literal initial;                   // `default`
  std::string basis;                 // "clause" or "ours"
  tighten direction = tighten::fixed;
  std::optional<literal> bounds;     // for entry
  std::string as_of, review_by;      // of a table that ages: its day, and the last one on which it may be relied on; may be empty
  localized title;                   // optional
};

struct assertion {
  located_string id;
  located_text condition;
  localized message;                 // placeholders not yet parsed
  localized required;                // optional: what is asked for, in words
};

struct waiver_terms {
  bool allowed = false;
  std::string approver;              // floor_owner, scope_owner
  std::int64_t max_days = 0;
};

// What a rule is asked of, and what is asked.
struct rule_subject {
  std::vector<located_string> kinds;     // neutral kinds, or
  std::vector<located_string> types;     // provider types
  std::optional<located_text> when;
  std::vector<assertion> asserts;
};

// A cloud of which the rule cannot be asked, and why.
enum class gap_answer : std::uint8_t { not_needed, not_offered, not_read };   // not_read: the cloud has it, and the rule does not read it
struct rule_gap {
  located_string cloud;
  gap_answer answer = gap_answer::not_offered;
  localized why;
};

struct rule {
  located_string id;
  std::vector<located_string> replaces;
  localized title, why, fix;
  severity level;
  located_string category;
  std::vector<located_string> clauses;   // "nist-800-53r5:SC-7"
  waiver_terms waiver;
  std::vector<rule_subject> subjects;    // what stands in the rule itself, then what stands under `also`
  std::vector<rule_gap> gaps;
};

struct cel_options {
  std::string environment;               // "2026-11"
  std::vector<located_string> packs;     // besides standard
};

struct document_header {
  source_ptr source;
  std::string engine;                    // ">=0.1"; empty: any
  cel_options cel;
};

struct ruleset_document {
  document_header header;
  located_string id;
  std::string version;
  std::vector<std::string> languages;
  localized title;
  std::vector<parameter> parameters;
  std::vector<rule> rules;
};

// kinds/v1 -----------------------------------------------------------------------------------------
struct absent_default {
  located_text value;                    // CEL, usually a literal
  std::string since;                     // optional
  located_string provenance;             // `source`: where the default is documented
};

struct attribute_note {                  // under `attributes:`, keyed by attribute path without indexes
  located_string path;
  std::vector<located_string> also;      // former names
  std::optional<absent_default> absent;
  bool nullable = false;
};

struct part {
  located_string name;
  std::vector<located_string> types;     // `type`: a string or a list of provider types
  located_string by;                     // the part's attribute that links to this resource
  located_string to;                     // this resource's attribute that `by` holds; default "id"
  std::optional<absent_default> absent;  // what the absence of the part means
  std::vector<attribute_note> attributes;
};

struct field_declaration {
  located_string name;
  located_string type;
  bool nullable = false;
  localized title;                       // optional
};

struct mapping_field {
  located_string name;
  located_text expression;
};

struct mapping {
  located_string type;                   // provider type
  std::string cloud;                     // aws azure google oci sakura kubernetes; from the type's prefix
  std::vector<part> parts;
  std::vector<attribute_note> attributes;
  std::optional<located_text> when;      // this resource is of the kind only if true
  std::vector<std::pair<located_string, located_text>> each;   // group -> list or map; group "" for the short form
  std::optional<located_text> each_id;   // `id`
  std::vector<mapping_field> fields;
};

struct kind {
  located_string name;
  localized title;
  std::vector<field_declaration> fields;
  std::vector<mapping_field> derive;
  std::vector<mapping> from;
};

struct kinds_document {
  document_header header;
  std::vector<kind> kinds;
};

// standards/v1 -------------------------------------------------------------------------------------
struct clause {
  located_string id;                     // within the standard: "SC-7"
  localized title;
  bool verified = false;
  std::string superseded_by;
};

struct standard {
  located_string id;                     // "nist-800-53r5"
  std::string edition;
  localized title;
  std::vector<std::string> clouds;       // empty: every cloud
  std::string superseded_by;
  std::vector<clause> clauses;
};

struct standards_document {
  document_header header;
  std::vector<standard> standards;
};

// organisation/v1 ----------------------------------------------------------------------------------
struct account_reference {
  std::string cloud;                     // aws azure google oci sakura
  located_string account;                // account, subscription, project, compartment, Sakura account id
};

struct titled_period {
  localized title;
  std::string from, to;                  // "2026-04-01"; empty: open. `to` is the last valid day.
};

struct parameter_entry_meta {            // for `entry` parameters
  std::string purpose, requester, approver, review;
};

struct parameter_setting {
  located_string rule_set;               // "baseline.network"
  located_string name;
  literal set;
};

struct waiver_document {
  located_string id;
  located_string rule;                   // "NET-04" or "baseline.network/NET-04"
  located_string resource;               // address or pattern with * ; required
  std::string scope;                     // node id; where it stands
  std::string requester, approver, decision;
  localized reason;
  localized compensating;                // 代替措置
  std::string starts, expires;           // dates, JST; expires is the last valid day
  std::string review;                    // the day on which it is looked at again; empty: not said
  std::int64_t renewals = 0;             // how often it was extended
  source_ptr source;
  span where;
  span approver_where, starts_where, expires_where;
};

// What a scope or a profile adopts of a rule set.
struct adopted_ruleset {
  located_string id;                     // "baseline.network"
  std::string version;
  std::vector<located_string> rules;     // "NET-01"; empty: every rule
};

struct scope_node {
  located_string id;                     // permanent
  std::vector<titled_period> titles;
  std::string node_type;                 // platform, bureau, ward, municipality, system, environment ...
  std::string parent;                    // empty: the root
  std::string owner, operated_by;        // posts
  std::vector<std::string> succeeds;
  std::vector<span> succeeds_where;      // one for each of `succeeds`
  std::string zone, classification, environment;   // optional
  std::vector<account_reference> accounts;
  std::vector<parameter_setting> parameters;
  located_string profile;                // id of a profile; empty: none
  std::vector<adopted_ruleset> adopts;
  std::map<std::string, std::string> tags;         // tag values that place a resource here: {system: shinsei}
  std::vector<waiver_document> waivers;
};

struct organisation_document {
  document_header header;
  located_string id;
  localized title;
  std::vector<scope_node> nodes;         // parents before children
  std::vector<std::pair<std::string, std::string>> registers;  // name -> path; structure only for now
};

// profile/v1 ---------------------------------------------------------------------------------------
struct profile_need {                    // what a scope that takes the profile has to be
  located_string field;                  // zone, classification, environment
  std::vector<located_string> values;    // one of these
};

struct profile_document {
  document_header header;
  located_string id;
  std::string version;
  localized title, why;
  located_string extends;                // id of another profile; empty: none
  std::vector<profile_need> needs;
  std::vector<adopted_ruleset> adopts;
  std::vector<parameter_setting> parameters;
};

// system/v1: a system before anything of it is made ------------------------------------------------
struct system_document {
  document_header header;
  scope_node scope;                      // as it would stand in an organisation; `parent` is what `under` says
  located_string under;                  // id of a scope; empty: not said
  std::vector<located_string> clouds;    // candidates
  std::vector<located_string> kinds;     // what it uses; empty: not said
};

// inputs/v1 ----------------------------------------------------------------------------------------
struct input_entry {
  located_string path, scope;
  std::string taken_at, declared_by;
  std::vector<located_string> complete;  // kinds that it is said to hold all of
};
struct inputs_document {
  document_header header;
  std::vector<input_entry> inputs;
};

// rule-tests/v1 ------------------------------------------------------------------------------------
struct test_resource {
  std::string address;                   // default: TYPE.test
  std::string type;
  std::string account;                   // that holds it; empty: not said
  literal values;                        // as `after`
  literal unknown;                       // as `after_unknown`; "null" when absent
  literal sensitive;
  literal references;                    // attribute -> list of references, as a plan's configuration has them
  literal exported;                      // what an export says beside the attributes: id, account, region, tags
};
struct test_register {
  located_string name;
  literal rows;                          // a list of objects, as registers in JSON are
  std::string as_of;                     // empty: the day of the test
  bool complete = false;
};
// What a test says of the scope: "zone" -> its text.
using scope_texts = std::map<std::string, std::string, std::less<>>;
struct rule_test {
  located_string name;
  located_string rule;
  std::vector<test_resource> resources;  // the first is the one that is judged unless `target`
  std::string target;                    // address of the resource judged (with "#id" for one of several)
  verdict expected;
  std::string message_ja, message_en;    // empty: not checked
  std::string decide_by;                 // empty: not checked
  literal parameters;                    // overrides; "null" when absent
  std::string cloud;                     // optional label
  bool complete = false;                 // every relation is closed in this test
  std::string now;                       // a day or a moment; empty: the one that all tests have
  std::vector<test_register> registers;
  located_string profile;                // whose parameters hold; empty: none
  scope_texts scope;                     // what conditions read of the scope; empty: no organisation
};
struct tests_document {
  document_header header;
  located_string rule_set;
  std::vector<rule_test> tests;
};

// register-mapping/v1 (what the names stand for is known to lib/registers) ---------------------------
struct register_words {
  located_string field;
  std::vector<std::pair<located_string, located_string>> words;      // as cells have it -> the choice
};
struct register_mapping_document {
  document_header header;
  located_string name;                   // `register`
  std::string file;                      // the last part of the path of the file that is mapped; empty: any
  std::string encoding, as_of;           // optional
  std::optional<bool> complete;          // whether the file lists all there is
  std::string declared_by;               // who says so
  std::int64_t heading_row = 0;          // 0: to be found
  std::vector<std::pair<located_string, located_string>> headings;   // heading -> field
  std::vector<located_string> ignore;    // headings of columns that are not read
  std::vector<register_words> choices;
};

// Kubernetes: admissionregistration.k8s.io and policies.kyverno.io ----------------------------------
struct admission_resource_rule {
  std::vector<std::string> groups, versions, resources, operations;   // "*" stands for any
  std::vector<std::string> names;        // resourceNames; empty: any
  std::string scope = "*";               // Cluster, Namespaced, *
};

struct label_requirement {
  std::string key;
  std::string operation;                 // In, NotIn, Exists, DoesNotExist
  std::vector<std::string> values;
};
using label_selector = std::vector<label_requirement>;   // all of them; empty: everything

struct admission_match {
  std::vector<admission_resource_rule> rules;      // one of them; of a binding: empty is everything
  std::vector<admission_resource_rule> excluded;   // none of them
  label_selector namespaces, objects;
  bool exact = false;                    // matchPolicy: Exact
};

struct named_expression {
  located_string name;
  located_text expression;
};

struct admission_validation {
  located_string id;                     // "validation-2"
  located_text condition;
  std::optional<located_text> message_expression;
  std::string message;                   // where there is no expression, or it gives none
};

struct parameter_reference {             // spec.paramRef of a binding
  std::string name, namespace_name;
  std::optional<label_selector> selector;
};

struct kubernetes_binding {              // ValidatingAdmissionPolicyBinding
  located_string name, policy;
  bool denies = true;                    // validationActions: Deny is among them, or none is said
  admission_match match;
  std::optional<parameter_reference> parameters;
};

struct kubernetes_policy {
  ruleset_document shown;                // what reports say of it: id, titles, severity, one rule for each binding
  bool kyverno = false;
  bool severity_said = false;            // by an annotation; else what denies is high, what only audits or warns medium
  std::string api_version, object_kind;  // "policies.kyverno.io/v1", "ValidatingPolicy"
  std::string parameter_api_version, parameter_kind;   // paramKind; empty: none
  admission_match match;
  std::vector<named_expression> variables, conditions, annotations;   // annotations: auditAnnotations
  std::vector<admission_validation> validations;
  std::vector<std::string> pod_controllers;   // Kyverno: plural names of the controllers that it is carried over to
  std::vector<const kubernetes_binding*> bindings;   // in the order of shown.rules; empty: none was given
};

// An object that stands beside policies and is of a kind that one of them takes as its parameters.
struct kubernetes_object {
  std::string api_version, object_kind;
  std::string json;
};

// A policy that was met and cannot be asked here: every report names it.
struct rejected_policy {
  std::string rule;                      // "kubernetes.restrict-registries"
  localized_text title;
  std::string needs;                     // "a live cluster: resource.Get"
  diagnostic why;
};

using document = std::variant<ruleset_document, kinds_document, standards_document, organisation_document,
                              inputs_document, tests_document, register_mapping_document, profile_document, system_document>;

// Reads one text. All mistakes of the text at once.
result<document> load_document(source_ptr source);

struct loaded_documents {
  std::vector<ruleset_document> rulesets;
  std::vector<kinds_document> kinds;
  std::vector<standards_document> standards;
  std::vector<organisation_document> organisations;
  std::vector<profile_document> profiles;
  std::vector<inputs_document> inputs;
  std::vector<tests_document> tests;
  std::vector<std::shared_ptr<kubernetes_policy>> policies;
  std::vector<std::shared_ptr<kubernetes_binding>> bindings;
  std::vector<kubernetes_object> parameters;
  std::vector<rejected_policy> rejected;
  void append(loaded_documents other);
};

// Every rule set that the documents hold, those that Kubernetes policies are shown as included.
std::vector<ruleset_document> all_rulesets(const loaded_documents& documents);

// Files, or folders that are walked for *.yaml, *.yml and *.json whose text has a `sekimori:` key at
// its top or that hold policies of Kubernetes (others are left alone), in the order of their paths. A path that does not exist or a folder
// that holds no document is an error: nothing is skipped silently.
// Who checks needs no tests of rules: `tests_left_out` does not read those that stand in a folder (`sekimori: rule-tests/v1`
// at the top); they are the larger part of its text.
enum class wanted_documents : std::uint8_t { all, tests_left_out };
result<loaded_documents> load_documents(const std::vector<std::string>& paths, wanted_documents wanted = wanted_documents::all);

}  // namespace sekimori::rules

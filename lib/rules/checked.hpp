// rules: loaded documents as one checked model: every expression compiled against the types of the
// kinds it speaks of. Entry point: check_documents. Knows no inputs.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cel/environment.hpp"
#include "rules/documents.hpp"
#include "rules/register_reads.hpp"
#include "sekimori/result.hpp"
#include "value/overlay.hpp"

namespace sekimori::rules {

// The variables of every expression of ours, by slot. An environment declares all of them, so that
// one array of values serves mappings, derived fields, rules and messages alike.
enum variable_slot : std::uint32_t { slot_resource, slot_meta, slot_params, slot_scope, slot_now, slot_part, slot_each, slot_data, variable_count };

// Whether an expression is that variable, which no macro hides.
bool is_variable(const cel::expression& e, variable_slot slot);

inline constexpr std::string_view variable_names[] = {"resource", "meta", "params", "scope", "now", "part", "each", "data"};
inline constexpr std::string_view meta_fields[] = {"type", "address", "name", "provider", "cloud", "module", "action", "region", "file", "tags"};
inline constexpr std::string_view scope_fields[] = {"id", "zone", "classification", "environment", "owner"};

struct absent_value {
  bool given = false;
  value means;              // null kind: no such setting
};

struct checked_part {
  std::string name;
  std::vector<std::string> types;
  std::string by, to;
  absent_value absent;
  attribute_table facts;
};

struct checked_each {
  std::string key;
  cel::compiled_ptr collection;
};

// How one provider type becomes one kind.
struct checked_mapping {
  std::string type;
  std::string cloud;
  attribute_table facts;
  std::vector<checked_part> parts;
  cel::compiled_ptr when;                     // may be null
  std::vector<checked_each> each;             // empty: one instance
  cel::compiled_ptr each_id;                  // may be null
  std::vector<cel::compiled_ptr> fields;      // by field slot; null: not offered
};

struct checked_field {
  std::string name;
  const cel::type* type = nullptr;
  bool nullable = false;
  cel::compiled_ptr derived;                  // null: comes from the mapping
};

struct checked_kind {
  std::string name;
  localized_text title;
  std::vector<checked_field> fields;          // declared, then derived
  std::vector<checked_mapping> from;
};

// "text {expression} text": pieces in order; a piece is text or a placeholder.
struct message_piece {
  std::string text;
  cel::compiled_ptr placeholder;              // null: text
};
using message_template = std::vector<message_piece>;

struct checked_assert {
  std::string id;
  cel::compiled_ptr condition;
  message_template ja, en;
  cel::compiled_ptr message_expression;       // a string that stands for both where it gives one; may be null
};

// The variables of a Kubernetes policy's expressions, by slot.
enum admission_slot : std::uint32_t {
  slot_object, slot_old_object, slot_request, slot_admission_params, slot_namespace_object, slot_variables, admission_count
};

struct checked_variable {
  std::string name;
  cel::compiled_ptr program;
};

// What a Kubernetes policy asks of an object beside its validations.
struct checked_admission {
  const kubernetes_policy* policy = nullptr;
  const kubernetes_binding* binding = nullptr;   // null: none was given
  admission_match match;                      // the policy's own, or over the pod controllers that Kyverno carries it to
  std::vector<checked_variable> variables;    // each sees those before it
  std::vector<cel::compiled_ptr> conditions;  // the variant's `when`, one by one: each is an evaluation with a budget of its own
};

// A rule over one kind, over provider types (kind == nullptr), or a Kubernetes policy (admission != nullptr).
struct checked_variant {
  const checked_kind* kind = nullptr;
  std::vector<std::string> types;             // where kind is null
  std::uint32_t subject = 0;                  // of the rule's subjects: those of one have the same `when` and asserts
  std::shared_ptr<const checked_admission> admission;
  const cel::environment* names = nullptr;    // that the asserts are compiled in, one of the model's
  cel::compiled_ptr when;                     // may be null
  std::vector<checked_assert> asserts;
  register_set registers;                     // those that `when` and the asserts read
};

struct checked_rule {
  const rule* source = nullptr;
  std::uint32_t ruleset = 0;                  // index into the model's rule sets
  std::string full_id;                        // "baseline.network/NET-01"
  std::vector<checked_variant> variants;      // subject by subject
  std::vector<clause_reference> clauses;      // all of them; `clouds` per standard decides what is shown
  std::vector<std::vector<std::string>> clause_clouds;   // per clause; empty: every cloud
};

struct checked_parameter {
  std::string name;                           // "baseline.network/admin_ports"
  const cel::type* type = nullptr;
};

struct checked_ruleset {
  std::string id, version, digest;
  localized_text title;
  std::vector<std::string> parameters;        // names in field order of the params object
};

// Immutable after check_documents; shared by all threads.
struct model {
  std::shared_ptr<const loaded_documents> documents;
  std::vector<std::unique_ptr<cel::environment>> environments;   // own the types
  const cel::environment* mapping_names = nullptr;   // one of them: that of mappings, where resource is the provider's
  std::shared_ptr<arena> constants;           // values of documented defaults, and
  std::vector<cel::compiled_ptr> kept_programs;   // the programs whose literals those point into
  std::vector<std::unique_ptr<checked_kind>> kinds;
  std::vector<checked_ruleset> rulesets;
  std::vector<checked_rule> rules;
  std::vector<rejected_policy> rejected;      // policies that are not among the rules; every report names them
};
using model_ptr = std::shared_ptr<const model>;

// Every mistake of every document: SKM2xx. Nothing is left out of a model that is returned, but what model.rejected names.
result<model_ptr> check_documents(std::shared_ptr<const loaded_documents> documents);

// Compiles messages: "{resource.name} ..."; {{ and }} stand for braces.
class message_compiler {
 public:
  // `trees`: where what it compiles is to live.
  message_compiler(std::shared_ptr<arena> trees, std::vector<diagnostic>& mistakes) : trees_(std::move(trees)), mistakes_(mistakes) {}
  message_template compile(const located_string& text, const cel::environment& names);

 private:
  cel::compiled_ptr placeholder(const located_string& text, std::size_t begin, std::size_t length, const cel::environment& names);

  std::shared_ptr<arena> trees_;
  std::vector<diagnostic>& mistakes_;
  std::map<const cel::environment*, std::map<std::string, cel::compiled_ptr, std::less<>>> known_;
};

}  // namespace sekimori::rules

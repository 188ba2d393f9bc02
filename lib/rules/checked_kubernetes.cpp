// rules: compiles policies of Kubernetes in an environment of their own. Entry point: check_kubernetes.
#include "rules/checked_kubernetes.hpp"

#include <algorithm>

#include "base/diagnostics.hpp"
#include "base/digest.hpp"
#include "cel/profiles.hpp"
#include "rules/kyverno_pack.hpp"
#include "rules/yaml_reader.hpp"

namespace sekimori::rules {
namespace {

// What one policy is compiled to, over pods or over one sort of pod controllers.
struct source_texts {
  admission_match match;
  std::vector<named_expression> variables, conditions, annotations;
  std::vector<admission_validation> validations;
};

class policy_checker {
 public:
  policy_checker(const kubernetes_policy& policy, model& into, std::vector<diagnostic>& mistakes) : policy_(policy), into_(into), mistakes_(mistakes) {}

  void run() {
    std::vector<checked_variant> variants;
    variants.push_back(variant({policy_.match, policy_.variables, policy_.conditions, policy_.annotations, policy_.validations}));
    for (const auto& [path, wanted] : {std::pair<std::string_view, bool>{"spec.template", false}, {"spec.jobTemplate.spec.template", true}}) {
      const admission_match match = controllers(wanted);
      if (!match.rules.empty()) variants.push_back(variant(carried_over(path, match)));
    }
    if (!needs_.what.empty()) return reject();
    checked_ruleset ruleset;
    ruleset.id = policy_.shown.id.text;
    ruleset.version = policy_.shown.version;
    ruleset.title = text_of(policy_.shown.title);
    ruleset.digest = "sha256:" + sha256_hex(policy_.shown.header.source->text());
    const auto index = static_cast<std::uint32_t>(into_.rulesets.size());
    into_.rulesets.push_back(std::move(ruleset));
    for (std::size_t i = 0; i < policy_.shown.rules.size(); ++i) {
      const rule& source = policy_.shown.rules[i];
      checked_rule made;
      made.source = &source;
      made.ruleset = index;
      made.full_id = policy_.shown.id.text + "/" + source.id.text;
      for (const checked_variant& one : variants) {
        checked_variant own = one;
        auto admission = std::make_shared<checked_admission>(*one.admission);
        if (i < policy_.bindings.size()) admission->binding = policy_.bindings[i];
        own.admission = std::move(admission);
        made.variants.push_back(std::move(own));
      }
      into_.rules.push_back(std::move(made));
    }
  }

 private:
  void reject() {
    rejected_policy made;
    made.rule = policy_.shown.id.text;
    made.title = text_of(policy_.shown.title);
    made.needs = (needs_.live ? "a live cluster: " : "a library of Kyverno: ") + needs_.what;
    const std::string asks = "policy " + in_ticks(made.rule.substr(made.rule.find('.') + 1)) + " asks for `" + needs_.what + "`, which ";
    made.why = make_diagnostic(needs_.live ? diagnostic_code::needs_cluster : diagnostic_code::unsupported_policy, needed_by_, needs_.where,
                               asks + (needs_.live ? "only a live cluster, registry or network tells" : "is not offered here"),
                               {"", "the policy is left out; every report says so"});
    into_.rejected.push_back(std::move(made));
  }

  // Pods' controllers that the policy is carried over to: those with a pod template, or cron jobs.
  admission_match controllers(bool cron) const {
    admission_match made;
    for (const std::string_view group : {"apps", "batch"}) {
      admission_resource_rule one;
      for (const std::string& name : policy_.pod_controllers) {
        const bool batch = name == "jobs" || name == "cronjobs";
        if ((name == "cronjobs") == cron && batch == (group == "batch")) one.resources.push_back(name);
      }
      if (one.resources.empty()) continue;
      one.groups = {std::string(group)};
      one.versions = {"v1"};
      one.operations = policy_.match.rules[0].operations;
      made.rules.push_back(std::move(one));
    }
    return made;
  }

  source_texts carried_over(std::string_view path, const admission_match& match) const {
    source_texts made{match, policy_.variables, policy_.conditions, policy_.annotations, policy_.validations};
    for (auto* list : {&made.variables, &made.conditions, &made.annotations}) {
      for (named_expression& one : *list) one.expression = for_pod_template(one.expression, path);
    }
    for (admission_validation& one : made.validations) {
      one.condition = for_pod_template(one.condition, path);
      if (one.message_expression) one.message_expression = for_pod_template(*one.message_expression, path);
    }
    return made;
  }

  const cel::environment& environment(const std::vector<typed_variable>& seen) {
    into_.environments.push_back(kubernetes_environment(policy_.kyverno, seen));
    return *into_.environments.back();
  }

  cel::compiled_ptr compile(const cel::environment& names, const located_text& text, cel::type_kind wanted) {
    // Read without types first: what only a cluster tells has no declaration here.
    cel::environment::compile_options plain;
    plain.check = false;
    if (auto parsed = names.compile(text, plain)) {
      unmet_need found = unmet_need_of(*parsed.value()->root);
      if (!found.what.empty()) {
        if (needs_.what.empty()) {
          needs_ = std::move(found);
          needed_by_ = text;
        }
        return nullptr;
      }
    }
    cel::environment::compile_options options;
    if (wanted != cel::type_kind::dyn) options.expected = const_cast<cel::environment&>(names).types().simple(wanted);
    auto compiled = names.compile(text, options);
    if (compiled) return compiled.value();
    // Nothing is known of the type of a variable that was left out.
    if (needs_.what.empty()) {
      for (auto& one : compiled.diagnostics()) mistakes_.push_back(one);
    }
    return nullptr;
  }

  checked_variant variant(const source_texts& from) {
    checked_variant made;
    auto admission = std::make_shared<checked_admission>();
    admission->policy = &policy_;
    admission->match = from.match;
    std::vector<typed_variable> seen;
    const cel::environment* names = &environment(seen);
    // Match conditions stand before the variables and do not see them in Kubernetes; Kyverno's see them.
    if (!policy_.kyverno) made.when = conditions(*names, from.conditions, admission->conditions);
    for (const named_expression& one : from.variables) {
      auto program = compile(*names, one.expression, cel::type_kind::dyn);
      seen.push_back({one.name.text, program ? cel::to_string(*program->result_type) : "dyn"});
      admission->variables.push_back({one.name.text, std::move(program)});
      names = &environment(seen);
    }
    made.names = names;
    if (policy_.kyverno) made.when = conditions(*names, from.conditions, admission->conditions);
    // Audit annotations have no place in a verdict: a mistake in one is told all the same.
    for (const named_expression& one : from.annotations) compile(*names, one.expression, cel::type_kind::dyn);
    for (const admission_validation& one : from.validations) {
      checked_assert checked;
      checked.id = one.id.text;
      checked.condition = compile(*names, one.condition, cel::type_kind::boolean);
      if (one.message_expression) checked.message_expression = compile(*names, *one.message_expression, cel::type_kind::string);
      checked.ja = checked.en = {{one.message, nullptr}};
      made.asserts.push_back(std::move(checked));
    }
    for (const admission_resource_rule& rule : from.match.rules) {
      for (const std::string& group : rule.groups) {
        for (const std::string& resource : rule.resources) made.types.push_back(group.empty() ? resource : group + "/" + resource);
      }
    }
    made.admission = std::move(admission);
    return made;
  }

  // All of the conditions as one: false where one is false, whatever the others are, else an error if one is.
  cel::compiled_ptr conditions(const cel::environment& names, const std::vector<named_expression>& from, std::vector<cel::compiled_ptr>& one_by_one) {
    located_text all;
    const auto add = [&all](std::string_view text, std::uint32_t at) {
      all.text += text;
      all.offsets.insert(all.offsets.end(), text.size(), at);
    };
    for (const named_expression& one : from) {
      cel::compiled_ptr alone = compile(names, one.expression, cel::type_kind::boolean);
      if (alone == nullptr) return nullptr;
      one_by_one.push_back(std::move(alone));
      const std::uint32_t begin = one.expression.placed() ? one.expression.place(0) : one.expression.whole.begin;
      add(all.text.empty() ? "(" : " && (", begin);
      all.text += one.expression.text;
      for (std::size_t i = 0; i < one.expression.text.size(); ++i) all.offsets.push_back(one.expression.placed() ? one.expression.place(i) : begin);
      // A comment at the end of a condition must not take the bracket with it.
      add("\n)", begin);
      all.source = one.expression.source;
      all.whole = one.expression.whole;
    }
    if (from.empty()) return nullptr;
    all.offsets.push_back(all.offsets.back());
    return compile(names, all, cel::type_kind::boolean);
  }

  const kubernetes_policy& policy_;
  model& into_;
  std::vector<diagnostic>& mistakes_;
  unmet_need needs_;
  located_text needed_by_;
};

// `variable.function(...)`, or a function alone where `variable` is empty.
struct need_row { std::string_view variable, function; bool live; };
constexpr need_row need_rows[] = {
    {"resource", "Get", true}, {"resource", "List", true}, {"resource", "Post", true}, {"http", "Get", true}, {"http", "Post", true},
    {"http", "Client", true}, {"globalContext", "Get", true}, {"image", "GetMetadata", true}, {"imageData", "Get", true}, {"generator", "Apply", true},
    {"", "verifyImageSignatures", true}, {"", "verifyAttestationSignatures", true}, {"", "extractPayload", true}, {"time", "now", true}, {"", "random", true},
    {"", "image", false}, {"", "isImage", false}, {"", "parseImageReference", false}, {"json", "unmarshal", false}, {"yaml", "parse", false},
    {"x509", "decode", false}, {"", "md5", false}, {"", "sha1", false}, {"", "sha256", false}, {"", "listObjToMap", false}, {"time", "truncate", false},
    {"time", "toCron", false}, {"math", "round", false}};

class need_finder {
 public:
  unmet_need found;

  void visit(const cel::expression& e, int depth) {
    if (!found.what.empty() || depth > 300) return;
    if (is_free(e, "authorizer") || is_free(e, "authorizer.requestResource")) found = {"authorizer", true, e.where};
    if (is_free(e, "images") || is_free(e, "exceptions")) found = {std::string(e.name), false, e.where};
    for (const need_row& row : need_rows) {
      if (e.kind != cel::expression_kind::call || e.name != row.function) continue;
      if (row.variable.empty() ? e.operand != nullptr : e.operand == nullptr || !is_free(*e.operand, row.variable)) continue;
      found = {(row.variable.empty() ? "" : std::string(row.variable) + ".") + std::string(row.function), row.live, e.where};
    }
    if (e.operand != nullptr) visit(*e.operand, depth + 1);
    for (auto* argument : e.arguments) visit(*argument, depth + 1);
    const std::size_t outer = bound_.size();
    if (e.kind == cel::expression_kind::comprehension) bound_.insert(bound_.end(), {e.variable, e.variable2});
    for (auto* part : {e.condition, e.body, e.body2}) {
      if (part != nullptr) visit(*part, depth + 1);
    }
    bound_.resize(outer);
  }

 private:
  // An identifier of that name that no comprehension around it has made its own.
  bool is_free(const cel::expression& e, std::string_view name) const {
    return e.kind == cel::expression_kind::identifier && e.name == name && std::find(bound_.begin(), bound_.end(), name) == bound_.end();
  }

  std::vector<std::string_view> bound_;
};

void replace_all(located_text& text, std::string_view from, std::string_view to) {
  located_text made = text;
  made.text.clear();
  made.offsets.clear();
  const bool placed = text.placed();
  std::size_t at = 0;
  while (at < text.text.size()) {
    const bool here = text.text.compare(at, from.size(), from) == 0;
    bool kept = false;   // of the object itself: a template has neither
    for (const std::string_view own : {".name", ".namespace"}) {
      const std::size_t end = at + from.size() + own.size();
      if (!here || text.text.compare(at + from.size(), own.size(), own) != 0) continue;
      const char next = end < text.text.size() ? text.text[end] : '\0';
      const bool goes_on = next == '_' || (next >= '0' && next <= '9') || (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
      kept = kept || !goes_on;
    }
    const std::string_view piece = here && !kept ? to : std::string_view(text.text).substr(at, here ? from.size() : 1);
    for (std::size_t i = 0; i < piece.size(); ++i) {
      made.text += piece[i];
      if (placed) made.offsets.push_back(text.place(at + std::min(i, here ? from.size() - 1 : 0)));
    }
    at += here ? from.size() : 1;
  }
  if (placed) made.offsets.push_back(text.place(text.text.size()));
  text = std::move(made);
}

}  // namespace

located_text for_pod_template(const located_text& expression, std::string_view template_path) {
  located_text made = expression;
  for (const std::string_view part : {"spec", "metadata"}) {
    for (const std::string_view object : {"object.", "oldObject."}) {
      const std::string from = std::string(object) + std::string(part);
      replace_all(made, from, std::string(object) + std::string(template_path) + "." + std::string(part));
    }
  }
  return made;
}

unmet_need unmet_need_of(const cel::expression& root) {
  need_finder finder;
  finder.visit(root, 0);
  return std::move(finder.found);
}

std::unique_ptr<cel::environment> kubernetes_environment(bool kyverno, const std::vector<typed_variable>& seen) {
  auto names = std::make_unique<cel::environment>();
  cel::add_profile(*names, *cel::find_profile("kubernetes"));
  if (kyverno) names->add_pack(kyverno_pack());
  auto& types = names->types();
  auto* dyn = types.simple(cel::type_kind::dyn);
  cel::object_type variables;
  variables.name = "kubernetes.variables";
  for (const typed_variable& one : seen) {
    variables.fields.push_back({one.name, types.parse(one.type) != nullptr ? one.type : "dyn"});
  }
  names->declare_object(std::move(variables));
  for (const std::string_view name : {"object", "oldObject", "request", "params", "namespaceObject"}) names->declare_variable(name, dyn);
  names->declare_variable("variables", types.object("kubernetes.variables"));
  return names;
}

void check_kubernetes(const loaded_documents& documents, model& into, std::vector<diagnostic>& mistakes) {
  into.rejected = documents.rejected;
  std::map<std::string, const kubernetes_policy*> seen;
  for (const auto& policy : documents.policies) {
    if (!seen.emplace(policy->shown.id.text, policy.get()).second) {
      const located_string& id = policy->shown.id;
      mistakes.push_back(make_diagnostic(diagnostic_code::duplicate_id, *id.source, id.where, "policy " + in_ticks(id.text) + " is loaded twice",
                                         {"", "the other one is in " + seen[id.text]->shown.id.source->name()}));
      continue;
    }
    policy_checker(*policy, into, mistakes).run();
  }
}

}  // namespace sekimori::rules

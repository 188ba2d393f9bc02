// rules: ValidatingAdmissionPolicy, its binding and Kyverno's ValidatingPolicy -> documents. Entry
// points: see load_kubernetes.hpp. Leaves expressions as text.
#include "rules/load_kubernetes.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <set>

#include "base/text.hpp"
#include "rules/decoder.hpp"
#include "rules/kubernetes_yaml.hpp"

namespace sekimori::rules {
namespace {

constexpr std::string_view admission_group = "admissionregistration.k8s.io/";
constexpr std::string_view kyverno_group = "policies.kyverno.io/";
constexpr std::string_view old_kyverno_group = "kyverno.io/";

constexpr std::array<std::string_view, 6> kyverno_controllers = {"cronjobs", "daemonsets", "deployments", "jobs", "replicasets", "statefulsets"};

const node* find(const node* from, std::string_view key) {
  if (from == nullptr || from->kind != node_kind::mapping) return nullptr;
  for (std::size_t i = 0; i + 1 < from->items.size(); i += 2) {
    if (from->items[i].text == key) return &from->items[i + 1];
  }
  return nullptr;
}

std::string_view text_at(const node* from, std::string_view key) {
  const node* found = find(from, key);
  return found != nullptr && found->kind == node_kind::scalar ? found->text : std::string_view();
}

// One policy or binding of a text.
class object_loader {
 public:
  object_loader(decoder& from, const node& root) : from_(from), root_(root), metadata_(find(&root, "metadata")) {}

  located_string name() {
    const node* said = find(metadata_, "name");
    if (said == nullptr) {
      from_.report(diagnostic_code::missing_key, metadata_ != nullptr ? metadata_->where : root_.items[0].where, "the object has no `metadata.name`");
      return {};
    }
    return from_.text(said, "name");
  }

  std::string annotation(std::string_view key) const { return std::string(text_at(find(metadata_, "annotations"), key)); }

  // Reads the spec, or says why it cannot be.
  std::shared_ptr<kubernetes_policy> policy(bool kyverno) {
    auto made = std::make_shared<kubernetes_policy>();
    made->kyverno = kyverno;
    made->api_version = text_at(&root_, "apiVersion");
    made->object_kind = text_at(&root_, "kind");
    check_root();
    describe(*made);
    std::vector<key_rule> keys = {{"matchConstraints", required}, {"matchConditions"}, {"validations", required}, {"variables"}, {"auditAnnotations"},
                                  {"failurePolicy"}};
    if (kyverno) {
      for (const std::string_view more : {"validationActions", "evaluation", "autogen", "webhookConfiguration"}) keys.push_back({more});
    } else {
      keys.push_back({"paramKind"});
    }
    const mapping_node spec = from_.open(find(&root_, "spec"), "the spec of a " + made->object_kind, keys);
    if (!spec) {
      if (find(&root_, "spec") == nullptr) from_.report(diagnostic_code::missing_key, root_.items[0].where, "a " + made->object_kind + " needs `spec` as well");
      return made;
    }
    if (!made->severity_said && !denies(spec.find("validationActions"))) made->shown.rules[0].level = severity::medium;
    if (const node* kind = spec.find("paramKind")) {
      const mapping_node read = from_.open(kind, "`paramKind`", {{"apiVersion", required}, {"kind", required}});
      made->parameter_api_version = from_.plain(read.find("apiVersion"), "apiVersion");
      made->parameter_kind = from_.plain(read.find("kind"), "kind");
    }
    made->match = match(spec.find("matchConstraints"), "`matchConstraints`", true);
    from_.choice(spec.find("failurePolicy"), "failurePolicy", {"Fail", "Ignore"});
    made->variables = expressions(spec.find("variables"), "variables", "name", "expression");
    made->conditions = expressions(spec.find("matchConditions"), "matchConditions", "name", "expression");
    made->annotations = expressions(spec.find("auditAnnotations"), "auditAnnotations", "key", "valueExpression");
    made->validations = validations(spec.find("validations"));
    if (kyverno) made->pod_controllers = controllers(spec.find("autogen"), made->match);
    for (const admission_validation& one : made->validations) made->shown.rules[0].subjects[0].asserts.push_back({one.id, one.condition, {}, {}});
    return made;
  }

  kubernetes_binding binding() {
    kubernetes_binding made;
    check_root();
    made.name = name();
    const mapping_node spec = from_.open(find(&root_, "spec"), "the spec of a ValidatingAdmissionPolicyBinding",
                                         {{"policyName", required}, {"paramRef"}, {"matchResources"}, {"validationActions"}});
    if (!spec) return made;
    made.policy = from_.text(spec.find("policyName"), "policyName");
    if (const node* given = spec.find("matchResources")) made.match = match(given, "`matchResources`", false);
    made.denies = denies(spec.find("validationActions"));
    if (const node* given = spec.find("paramRef")) {
      const mapping_node read = from_.open(given, "`paramRef`", {{"name"}, {"namespace"}, {"selector"}, {"parameterNotFoundAction"}});
      parameter_reference reference;
      reference.name = from_.plain(read.find("name"), "name");
      reference.namespace_name = from_.plain(read.find("namespace"), "namespace");
      if (read.has("selector")) reference.selector = selector(read.find("selector"), "selector");
      from_.choice(read.find("parameterNotFoundAction"), "parameterNotFoundAction", {"Allow", "Deny"});
      if (read.has("name") == read.has("selector")) {
        from_.report(diagnostic_code::exclusive_keys, read.where(), "`paramRef` takes either `name` or `selector`");
      }
      made.parameters = std::move(reference);
    }
    return made;
  }

 private:
  void check_root() { from_.open(&root_, "an object of Kubernetes", {{"apiVersion", required}, {"kind", required}, {"metadata", required}, {"spec", required}, {"status"}}); }

  bool denies(const node* actions) {
    bool made = actions == nullptr;
    for (const node* action : from_.list(actions, "validationActions")) {
      made = from_.choice(action, "validationActions", {"Deny", "Warn", "Audit"}) == "Deny" || made;
    }
    return made;
  }

  static localized both(const located_string& text) { return {text, text}; }

  void describe(kubernetes_policy& made) {
    const located_string called = name();
    made.shown.id = {"kubernetes." + called.text, called.source, called.where};
    made.shown.header.source = from_.source();
    made.shown.version = made.api_version;
    made.shown.languages = {"en"};
    const std::string title = annotation("policies.kyverno.io/title");
    made.shown.title = both({title.empty() ? called.text : title, called.source, called.where});
    rule one{};
    one.id = {"policy", called.source, called.where};
    one.title = made.shown.title;
    one.why = both({annotation("policies.kyverno.io/description"), called.source, called.where});
    one.level = severity::high;
    made.severity_said = parse_severity(annotation("policies.kyverno.io/severity"), one.level);
    const std::string category = annotation("policies.kyverno.io/category");
    one.category = {category.empty() ? "kubernetes" : category, called.source, called.where};
    one.waiver = {true, "floor_owner", 365};
    one.subjects.emplace_back();
    made.shown.rules.push_back(std::move(one));
  }

  std::vector<std::string> words(const node* from, std::string_view key) {
    std::vector<std::string> made;
    for (const node* item : from_.list(from, key)) {
      // The core group is the empty string, which no form of ours admits.
      if (item->kind == node_kind::scalar && kind_of(*item) == scalar_kind::string) made.push_back(std::string(item->text));
      else from_.text(item, key);
    }
    return made;
  }

  std::vector<admission_resource_rule> resource_rules(const node* from, std::string_view name) {
    std::vector<admission_resource_rule> made;
    for (const node* item : from_.list(from, name)) {
      const mapping_node read = from_.open(item, "an item of `" + std::string(name) + "`",
          {{"apiGroups", required}, {"apiVersions", required}, {"resources", required}, {"operations"}, {"resourceNames"}, {"scope"}});
      admission_resource_rule one;
      one.groups = words(read.find("apiGroups"), "apiGroups");
      one.versions = words(read.find("apiVersions"), "apiVersions");
      one.resources = words(read.find("resources"), "resources");
      one.names = words(read.find("resourceNames"), "resourceNames");
      for (const node* operation : from_.list(read.find("operations"), "operations")) {
        one.operations.push_back(from_.choice(operation, "operations", {"CREATE", "UPDATE", "DELETE", "CONNECT", "*"}));
      }
      if (one.operations.empty()) one.operations = {"*"};
      const std::string scope = from_.choice(read.find("scope"), "scope", {"Cluster", "Namespaced", "*"});
      if (!scope.empty()) one.scope = scope;
      made.push_back(std::move(one));
    }
    return made;
  }

  label_selector selector(const node* from, std::string_view name) {
    label_selector made;
    const mapping_node read = from_.open(from, "`" + std::string(name) + "`", {{"matchLabels"}, {"matchExpressions"}});
    if (const node* labels = read.find("matchLabels")) {
      if (labels->kind == node_kind::mapping) {
        for (std::size_t i = 0; i + 1 < labels->items.size(); i += 2) {
          if (labels->items[i + 1].kind == node_kind::scalar && labels->items[i + 1].text.empty()) {
            made.push_back({std::string(labels->items[i].text), "In", {""}});
          } else {
            made.push_back({std::string(labels->items[i].text), "In", {from_.plain(&labels->items[i + 1], labels->items[i].text)}});
          }
        }
      } else {
        from_.open_named(labels, "matchLabels", any_text);
      }
    }
    for (const node* item : from_.list(read.find("matchExpressions"), "matchExpressions")) {
      const mapping_node one = from_.open(item, "an item of `matchExpressions`", {{"key", required}, {"operator", required}, {"values"}});
      label_requirement requirement;
      requirement.key = from_.plain(one.find("key"), "key");
      requirement.operation = from_.choice(one.find("operator"), "operator", {"In", "NotIn", "Exists", "DoesNotExist"});
      requirement.values = words(one.find("values"), "values");
      const bool sets = requirement.operation == "In" || requirement.operation == "NotIn";
      if (!requirement.operation.empty() && sets == requirement.values.empty()) {
        from_.report(diagnostic_code::bad_form, item->where, "`" + requirement.operation + "` takes " + (sets ? "at least one value" : "no values"));
      }
      made.push_back(std::move(requirement));
    }
    return made;
  }

  admission_match match(const node* from, std::string_view name, bool of_policy) {
    admission_match made;
    const mapping_node read = from_.open(from, name,
        {{"resourceRules", of_policy}, {"excludeResourceRules"}, {"namespaceSelector"}, {"objectSelector"}, {"matchPolicy"}});
    if (!read) return made;
    made.rules = resource_rules(read.find("resourceRules"), "resourceRules");
    if (of_policy && read.has("resourceRules") && made.rules.empty()) {
      from_.report(diagnostic_code::missing_key, read.find("resourceRules")->where, "`resourceRules` must not be empty");
    }
    made.excluded = resource_rules(read.find("excludeResourceRules"), "excludeResourceRules");
    if (read.has("namespaceSelector")) made.namespaces = selector(read.find("namespaceSelector"), "namespaceSelector");
    if (read.has("objectSelector")) made.objects = selector(read.find("objectSelector"), "objectSelector");
    made.exact = from_.choice(read.find("matchPolicy"), "matchPolicy", {"Exact", "Equivalent"}) == "Exact";
    return made;
  }

  std::vector<named_expression> expressions(const node* from, std::string_view name, std::string_view key, std::string_view value) {
    std::vector<named_expression> made;
    std::map<std::string, span> seen;
    for (const node* item : from_.list(from, name)) {
      const mapping_node read = from_.open(item, "an item of `" + std::string(name) + "`", {{key, required}, {value, required}});
      named_expression one{from_.text(read.find(key), key), from_.expression(read.find(value), value)};
      from_.unique(seen, one.name, name);
      if (one.expression.source) made.push_back(std::move(one));
    }
    return made;
  }

  std::vector<admission_validation> validations(const node* from) {
    std::vector<admission_validation> made;
    std::map<std::string, span> seen;
    for (const node* item : from_.list(from, "validations", false)) {
      const mapping_node read = from_.open(item, "an item of `validations`",
          {{"expression", required}, {"message"}, {"messageExpression"}, {"reason"}, {"identifier"}});
      admission_validation one;
      one.id = {"validation-" + std::to_string(made.size() + 1), from_.source(), item->where};
      if (read.has("identifier")) one.id = from_.text(read.find("identifier"), "identifier");
      from_.unique(seen, one.id, "validations");
      one.condition = from_.expression(read.find("expression"), "expression");
      one.message_expression = from_.optional_expression(read.find("messageExpression"), "messageExpression");
      one.message = trimmed(from_.plain(read.find("message"), "message"));
      from_.plain(read.find("reason"), "reason");
      if (!one.condition.source) continue;
      if (one.message.empty()) one.message = "failed expression: " + std::string(trimmed(one.condition.text));
      made.push_back(std::move(one));
    }
    return made;
  }

  // Kyverno carries a policy over pods to the controllers that make pods, unless it says otherwise, selects by label or
  // name, excludes something, or matches more than pods.
  std::vector<std::string> controllers(const node* autogen, const admission_match& matched) {
    std::vector<std::string> made(kyverno_controllers.begin(), kyverno_controllers.end());
    if (autogen != nullptr) {
      const mapping_node read = from_.open(autogen, "`autogen`", {{"podControllers"}, {"validatingAdmissionPolicy"}});
      if (const node* pods = read.find("podControllers")) {
        const mapping_node named = from_.open(pods, "`podControllers`", {{"controllers"}});
        if (named.has("controllers")) {
          made.clear();
          for (const node* item : from_.list(named.find("controllers"), "controllers")) {
            made.push_back(from_.choice(item, "controllers", {kyverno_controllers.begin(), kyverno_controllers.end()}));
          }
        }
      }
    }
    const bool pods_only = matched.rules.size() == 1 && matched.rules[0].groups == std::vector<std::string>{""} &&
                           matched.rules[0].versions == std::vector<std::string>{"v1"} &&
                           matched.rules[0].resources == std::vector<std::string>{"pods"} && matched.rules[0].names.empty();
    if (!pods_only || !matched.excluded.empty() || !matched.namespaces.empty() || !matched.objects.empty()) made.clear();
    return made;
  }

  decoder& from_;
  const node& root_;
  const node* metadata_;
};

bool starts_with(std::string_view text, std::string_view prefix) { return text.substr(0, prefix.size()) == prefix; }

bool known_version(std::string_view version) { return version == "v1" || version == "v1beta1" || version == "v1alpha1"; }

class text_loader {
 public:
  text_loader(const source_ptr& source, loaded_documents& into, std::vector<diagnostic>& problems) : from_(source), into_(into), problems_(problems) {}

  void take(const node& root) {
    const std::string_view version = text_at(&root, "apiVersion"), kind = text_at(&root, "kind");
    const node* items = find(&root, "items");
    if (items != nullptr && items->kind == node_kind::sequence && kind.size() >= 4 && kind.substr(kind.size() - 4) == "List") {
      for (const node& item : items->items) take(item);
      return;
    }
    const bool admission = starts_with(version, admission_group), kyverno = starts_with(version, kyverno_group);
    object_loader object(from_, root);
    if (admission || kyverno || starts_with(version, old_kyverno_group)) {
      const std::string_view number = version.substr(version.find('/') + 1);
      const bool binding = admission && kind == "ValidatingAdmissionPolicyBinding";
      const bool policy = (admission && kind == "ValidatingAdmissionPolicy") || (kyverno && kind == "ValidatingPolicy");
      if (!binding && !policy) {
        if (kind.find("Webhook") == std::string_view::npos && kind.find("Report") == std::string_view::npos) reject(object, root, version, kind, "");
        return;
      }
      if (!known_version(number)) return reject(object, root, version, kind, "");
      if (binding) {
        into_.bindings.push_back(std::make_shared<kubernetes_binding>(object.binding()));
        return;
      }
      if (kyverno && text_at(find(find(&root, "spec"), "evaluation"), "mode") == "JSON") return reject(object, root, version, kind, "`evaluation.mode: JSON` judges data that is no object of Kubernetes");
      into_.policies.push_back(object.policy(kyverno));
      return;
    }
    if (version.empty() || kind.empty()) return;
    kubernetes_object other{std::string(version), std::string(kind), {}};
    write_kubernetes_json(root, *from_.source(), other.json, problems_);
    into_.parameters.push_back(std::move(other));
  }

  void finish() {
    for (diagnostic& one : from_.problems()) problems_.push_back(std::move(one));
  }

 private:
  void reject(object_loader& object, const node& root, std::string_view version, std::string_view kind, const std::string& because) {
    const std::string called = std::string(text_at(find(&root, "metadata"), "name"));
    rejected_policy made;
    made.rule = "kubernetes." + (called.empty() ? std::string(kind) : called);
    const std::string title = object.annotation("policies.kyverno.io/title");
    made.title = {title.empty() ? called : title, title.empty() ? called : title};
    made.needs = std::string(version) + " " + std::string(kind);
    const node* said = find(&root, "kind");
    const std::string what = because.empty() ? in_ticks(std::string(version) + " " + std::string(kind)) + " is not read" : because;
    made.why = make_diagnostic(diagnostic_code::unsupported_policy, *from_.source(), said != nullptr ? said->where : root.where,
                               "policy " + in_ticks(called) + ": " + what,
                               {"ValidatingAdmissionPolicy of admissionregistration.k8s.io, or ValidatingPolicy of policies.kyverno.io",
                                "the policy is left out; every report says so"});
    into_.rejected.push_back(std::move(made));
  }

  decoder from_;
  loaded_documents& into_;
  std::vector<diagnostic>& problems_;
};

}  // namespace

bool names_policies(std::string_view text) {
  // Most files name no version of an API at all, and a search that skips by the whole word sees a tenth of their bytes.
  static constexpr std::string_view version_key = "apiVersion";
  static const std::boyer_moore_horspool_searcher any_version(version_key.begin(), version_key.end());
  if (std::search(text.begin(), text.end(), any_version) == text.end()) return false;
  for (const std::string_view group : {admission_group, kyverno_group, old_kyverno_group}) {
    for (std::size_t at = text.find(group); at != std::string_view::npos; at = text.find(group, at + 1)) {
      std::size_t begin = at;
      while (begin > 0 && (text[begin - 1] == ' ' || text[begin - 1] == '"' || text[begin - 1] == '\'' || text[begin - 1] == '\t')) --begin;
      // An annotation's key has no colon before it; a subgroup (cli.kyverno.io) has a dot.
      const std::string_view before = text.substr(0, begin);
      if (!before.empty() && before.back() == ':') {
        const std::string_view key = before.substr(0, before.size() - 1);
        const std::size_t end = key.find_last_not_of(" \"'");
        if (end != std::string_view::npos && key.substr(0, end + 1).size() >= 10 && key.substr(end + 1 - 10, 10) == "apiVersion") return true;
      }
    }
  }
  return false;
}

void load_kubernetes(const source_ptr& source, loaded_documents& into, std::vector<diagnostic>& problems) {
  yaml_stream text = read_yaml_stream(*source);
  for (diagnostic& one : text.problems) problems.push_back(std::move(one));
  if (!text.readable) return;
  text_loader loader(source, into, problems);
  for (const node& one : text.documents) loader.take(one);
  loader.finish();
}

void join_bindings(loaded_documents& documents, std::vector<diagnostic>& problems) {
  for (auto& policy : documents.policies) {
    std::vector<rule> rules;
    policy->bindings.clear();
    for (auto& binding : documents.bindings) {
      if (policy->kyverno || "kubernetes." + binding->policy.text != policy->shown.id.text) continue;
      rule one = policy->shown.rules[0];
      one.id = binding->name;
      if (!policy->severity_said && !binding->denies) one.level = severity::medium;
      rules.push_back(std::move(one));
      policy->bindings.push_back(binding.get());
    }
    if (!rules.empty()) policy->shown.rules = std::move(rules);
  }
  for (auto& binding : documents.bindings) {
    std::vector<std::string_view> known;
    bool found = false;
    for (auto& policy : documents.policies) {
      const std::string_view name = std::string_view(policy->shown.id.text).substr(11);
      if (!policy->kyverno) known.push_back(name);
      found = found || (!policy->kyverno && name == binding->policy.text);
    }
    if (found || !binding->policy.source) continue;
    problems.push_back(make_diagnostic(diagnostic_code::unknown_reference, *binding->policy.source, binding->policy.where,
                                       "no loaded policy is called " + in_ticks(binding->policy.text), {"", did_you_mean(binding->policy.text, known)}));
  }
  std::erase_if(documents.parameters, [&](const kubernetes_object& one) {
    return std::none_of(documents.policies.begin(), documents.policies.end(), [&](const auto& policy) {
      return policy->parameter_api_version == one.api_version && policy->parameter_kind == one.object_kind;
    });
  });
}

}  // namespace sekimori::rules

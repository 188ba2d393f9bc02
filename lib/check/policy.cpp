// check: the public policy. Entry points: policy::load, open_inputs, policy::check.
#include "sekimori/policy.hpp"

#include <set>

#include "base/diagnostics.hpp"
#include "base/digest.hpp"
#include "check/builtin.hpp"
#include "check/policy_inside.hpp"
#include "check/run.hpp"
#include "plan/trees.hpp"
#include "rules/checked.hpp"
#include "rules/documents.hpp"

namespace sekimori {

policy::policy() = default;
policy::~policy() = default;
policy::policy(policy&&) noexcept = default;
policy& policy::operator=(policy&&) noexcept = default;

namespace {

constexpr std::string_view builtin_prefix = "builtin:";

// What "builtin:NAME" may be: the folders of rulesets/ that hold rule sets, and all of them.
std::set<std::string_view> builtin_names() {
  std::set<std::string_view> names = {"all"};
  for (auto& document : check::builtin_documents()) {
    auto folder = document.path.substr(0, document.path.find('/'));
    if (folder != "kinds" && folder != "standards" && folder != "profiles" && folder != "schemas") names.insert(folder);
  }
  return names;
}

class loader {
 public:
  void add(rules::document document) {
    std::visit([&](auto&& one) { put(std::move(one)); }, std::move(document));
  }

  void add_builtin(const std::string& path) {
    std::string name = path.substr(builtin_prefix.size());
    std::string major;
    if (auto at = name.find('@'); at != std::string::npos) {
      major = name.substr(at + 1);
      name.resize(at);
    }
    auto known = builtin_names();
    if (known.count(name) == 0) {
      std::vector<std::string_view> names(known.begin(), known.end());
      std::string list;
      for (auto one : names) list += (list.empty() ? "builtin:" : ", builtin:") + std::string(one);
      mistakes_.push_back(make_diagnostic(diagnostic_code::nothing_found, path, "there is no shipped rule set `" + name + "`", {list, did_you_mean(name, names)}));
      return;
    }
    for (auto& document : check::builtin_documents()) {
      auto folder = document.path.substr(0, document.path.find('/'));
      bool shared = folder == "kinds" || folder == "standards" || folder == "profiles";
      if (shared ? shared_loaded_ : name != "all" && folder != name) continue;
      auto loaded = rules::load_document(std::make_shared<const source_text>("builtin:" + std::string(document.path), std::string(document.text)));
      take(loaded);
      if (loaded) {
        if (auto* ruleset = std::get_if<rules::ruleset_document>(&loaded.value()); ruleset != nullptr && !major.empty() && ruleset->version.substr(0, ruleset->version.find('.')) != major) {
          mistakes_.push_back(make_diagnostic(diagnostic_code::nothing_found, path, "the shipped rule set `" + ruleset->id.text + "` is version " + ruleset->version, {"builtin:" + name + "@" + ruleset->version.substr(0, ruleset->version.find('.')), ""}));
        }
        add(std::move(loaded).value());
      }
    }
    shared_loaded_ = true;
  }

  void add_paths(const std::vector<std::string>& paths) {
    if (paths.empty()) return;
    auto loaded = rules::load_documents(paths, rules::wanted_documents::tests_left_out);
    take(loaded);
    if (!loaded) return;
    documents_->append(std::move(loaded).value());
  }

  template <class T>
  void take(result<T>& loaded) {
    for (auto& d : loaded.diagnostics()) mistakes_.push_back(d);
  }

  bool failed() const { return has_error(mistakes_); }

  std::shared_ptr<rules::loaded_documents> documents_ = std::make_shared<rules::loaded_documents>();
  std::vector<diagnostic> mistakes_;

 private:
  void put(rules::ruleset_document one) { documents_->rulesets.push_back(std::move(one)); }
  void put(rules::kinds_document one) { documents_->kinds.push_back(std::move(one)); }
  void put(rules::standards_document one) { documents_->standards.push_back(std::move(one)); }
  void put(rules::profile_document one) { documents_->profiles.push_back(std::move(one)); }
  template <class Other>
  void put(Other) {}

  bool shared_loaded_ = false;
};

}  // namespace

result<policy> policy::load(const std::vector<std::string>& paths, const std::string& organisation) {
  loader all;
  std::vector<std::string> files;
  for (auto& path : paths) {
    if (path.rfind(builtin_prefix, 0) == 0) all.add_builtin(path);
    else files.push_back(path);
  }
  all.add_paths(files);
  rules::loaded_documents organisations;
  if (!organisation.empty()) {
    auto loaded = rules::load_documents({organisation});
    all.take(loaded);
    if (loaded) organisations = std::move(loaded).value();
  }
  if (all.failed()) return std::move(all.mistakes_);
  if (all.documents_->rulesets.empty() && all.documents_->policies.empty() && all.documents_->rejected.empty()) {
    return make_diagnostic(diagnostic_code::nothing_found, paths.empty() ? std::string() : paths.front(), "no rule set was given",
                           {"a folder or file with `sekimori: ruleset/v1` or a policy of Kubernetes, or builtin:baseline", ""});
  }
  auto model = rules::check_documents(all.documents_);
  all.take(model);
  auto made = std::make_unique<implementation>();
  if (!organisation.empty()) {
    if (organisations.organisations.size() != 1) {
      all.mistakes_.push_back(make_diagnostic(diagnostic_code::nothing_found, organisation, "one organisation document is expected, " + std::to_string(organisations.organisations.size()) + " were found", {"a file with `sekimori: organisation/v1`", ""}));
    } else {
      std::vector<rules::profile_document> profiles = all.documents_->profiles;   // and those beside the organisation
      profiles.insert(profiles.end(), organisations.profiles.begin(), organisations.profiles.end());
      auto built = rules::organisation::build(organisations.organisations.front(), rules::all_rulesets(*all.documents_), profiles);
      all.take(built);
      if (built) made->organisation = std::move(built).value();
      made->organisation_digest = "sha256:" + sha256_hex(organisations.organisations.front().header.source->text());
    }
  }
  if (all.failed() || !model) return std::move(all.mistakes_);
  made->plan = plan::make_plan(model.value());
  made->descriptions.emplace(*made->plan->model);
  policy loaded;
  loaded.implementation_ = std::move(made);
  return {std::move(loaded), std::move(all.mistakes_)};
}

namespace {

report checked(const policy::implementation& by, check::input_reading& inputs, const check_options& options, finding_sink* sink) {
  return check::run_check(*by.plan, by.organisation ? &*by.organisation : nullptr, by.organisation_digest, inputs, options, {}, sink, *by.descriptions);
}

}  // namespace

report policy::check(const std::vector<input>& inputs, const check_options& options, finding_sink* sink) const {
  inventory::inventory all;
  check::input_reading reading(inputs, options, all);
  return checked(*implementation_, reading, options, sink);
}

std::shared_ptr<opened_inputs> open_inputs(std::vector<input> inputs, const check_options& options) {
  return std::make_shared<opened_inputs>(std::move(inputs), options);
}

report policy::check(opened_inputs& inputs, const check_options& options, finding_sink* sink) const {
  return checked(*implementation_, inputs.reading, options, sink);
}

std::string policy::trees(tree_form form) const {
  const plan::policy_plan& of = *implementation_->plan;
  switch (form) {
    case tree_form::expressions: return plan::show_expressions(of);
    case tree_form::graph: return plan::show_graph(of);
    case tree_form::text: break;
  }
  return plan::show_text(of);
}

}  // namespace sekimori

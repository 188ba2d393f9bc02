// rules: parameters from the rule sets' defaults through a profile and what it extends, or down the tree; each may tighten,
// never loosen. Entry points: default_values, profile_parameters, check_parameters. Knows no waivers.
#include <algorithm>

#include "base/diagnostics.hpp"
#include "rules/forms.hpp"
#include "rules/organisation_checks.hpp"
#include "rules/parameter_type.hpp"
#include "rules/profiles.hpp"

namespace sekimori::rules {
namespace {

std::string_view name_of(tighten direction) {
  switch (direction) {
    case tighten::fixed: return "fixed";
    case tighten::superset: return "superset";
    case tighten::subset: return "subset";
    case tighten::increase: return "increase";
    case tighten::decrease: return "decrease";
    case tighten::enable: return "enable";
    case tighten::entry: return "entry";
  }
  return "fixed";
}

std::string_view rule_of(tighten direction) {
  switch (direction) {
    case tighten::fixed: return "the value that stands above";
    case tighten::superset: return "every item that stands above, and more if need be";
    case tighten::subset: return "only items that stand above, or fewer";
    case tighten::increase: return "the value that stands above, or a higher one";
    case tighten::decrease: return "the value that stands above, or a lower one";
    case tighten::enable: return "true, once it is true above";
    case tighten::entry: return "entries within the bounds";
  }
  return "";
}

// Who sets a parameter: a node, a profile, or a profile at a node.
struct setter {
  std::string node, profile;
  std::string words() const {
    if (node.empty()) return "the profile `" + profile + "`";
    return profile.empty() ? "`" + node + "`" : "the profile `" + profile + "` of `" + node + "`";
  }
};

class parameter_checker {
 public:
  parameter_checker(const std::vector<ruleset_document>& rulesets, std::vector<diagnostic>& problems) : rulesets_(rulesets), problems_(problems) {}

  void apply(const setter& by, const std::vector<parameter_setting>& settings, parameter_set& to) {
    for (const parameter_setting& setting : settings) {
      const parameter* declared = declaration(setting);
      if (declared == nullptr) continue;
      const auto found = to.find(setting.rule_set.text + "/" + setting.name.text);
      if (found == to.end()) continue;
      effective_parameter& effective = found->second;
      if (declared->direction != tighten::entry) {
        tighten_value(by, setting, *declared, effective);
      } else if (!by.node.empty()) {
        add_entries(by, setting, *declared, effective);
      } else {
        report(diagnostic_code::parameter_value, setting.name, by.words() + " fills `" + setting.name.text + "`, whose entries a scope alone may fill", "",
               "leave it to the scopes: each entry has a requester and an approver of its own");
      }
    }
  }

  // What stands above and what a profile asks for are both kept: where neither is the stricter, the two are joined.
  void join(const scope_node& node, const checked_profile& profile, parameter_set& to) {
    for (const auto& [name, asked] : profile.parameters) {
      effective_parameter& effective = to[name];
      const parameter* declared = declared_as(name);
      if (declared == nullptr || asked.json == effective.json) continue;
      auto stricter = stricter_of(declared->direction, effective.json, asked.json);
      if (!stricter) {
        problems_.push_back(make_diagnostic(diagnostic_code::loosened_parameter, *node.profile.source, node.profile.where,
                                            "the profile `" + node.profile.text + "` cannot be joined with what stands above `" + node.id.text + "`: `" + name + "`",
                                            {std::string(rule_of(declared->direction)), said_by(effective, name) + " says " + shown(effective.json) + ", the profile `" + asked.profile + "` says " + shown(asked.json),
                                             diagnostic_level::error}));
        continue;
      }
      if (*stricter != effective.json) set({node.id.text, asked.profile}, effective, std::move(*stricter), asked.profile_file);
    }
  }

 private:
  void report(diagnostic_code code, const source_text& source, span where, std::string message, std::string expected = {}, std::string help = {}) {
    problems_.push_back(make_diagnostic(code, source, where, std::move(message), {std::move(expected), std::move(help), diagnostic_level::error}));
  }
  void report(diagnostic_code code, const located_string& at, std::string message, std::string expected = {}, std::string help = {}) {
    report(code, *at.source, at.where, std::move(message), std::move(expected), std::move(help));
  }

  const parameter* declared_as(std::string_view full_name) const {
    for (const ruleset_document& one : rulesets_) {
      if (!full_name.starts_with(one.id.text + "/")) continue;
      for (const parameter& declared : one.parameters) {
        if (declared.name.text == full_name.substr(one.id.text.size() + 1)) return &declared;
      }
    }
    return nullptr;
  }

  const parameter* declaration(const parameter_setting& setting) {
    std::vector<std::string_view> sets, names;
    bool loaded = false;
    for (const ruleset_document& one : rulesets_) {
      sets.push_back(one.id.text);
      if (one.id.text != setting.rule_set.text) continue;
      loaded = true;
      for (const parameter& declared : one.parameters) {
        if (declared.name.text == setting.name.text) return &declared;
        names.push_back(declared.name.text);
      }
    }
    if (!loaded) {
      report(diagnostic_code::unknown_reference, setting.rule_set,
             "no rule set `" + setting.rule_set.text + "` is loaded", "", did_you_mean(setting.rule_set.text, sets));
      return nullptr;
    }
    std::string expected;
    for (const std::string_view name : names) expected += (expected.empty() ? "one of: " : ", ") + std::string(name);
    report(diagnostic_code::unknown_reference, setting.name,
           "`" + setting.rule_set.text + "` has no parameter `" + setting.name.text + "`", expected,
           did_you_mean(setting.name.text, names));
    return nullptr;
  }

  // Of a profile its file as well: it is seldom the one that the mistake stands in.
  static std::string said_by(const effective_parameter& effective, const std::string& full_name) {
    if (effective.set_by.empty() && effective.profile.empty()) return "the default of `" + full_name.substr(0, full_name.find('/')) + "`";
    return setter{effective.set_by, effective.profile}.words() + (effective.profile.empty() || effective.profile_file.empty() ? std::string() : " (" + effective.profile_file + ")");
  }

  static void set(const setter& by, effective_parameter& effective, std::string json, std::string file = {}) {
    effective.previous = effective.json;
    effective.json = std::move(json);
    effective.set_by = by.node;
    effective.profile = by.profile;
    effective.profile_file = std::move(file);
  }

  void tighten_value(const setter& by, const parameter_setting& setting, const parameter& declared,
                     effective_parameter& effective) {
    auto mistakes = check_parameter(declared, setting.set);
    if (!mistakes.empty()) {
      for (diagnostic& one : mistakes) problems_.push_back(std::move(one));
      return;
    }
    const std::string problem = loosening(declared.direction, effective.json, setting.set.json);
    if (!problem.empty()) {
      report(diagnostic_code::loosened_parameter, *setting.set.source, setting.set.where,
             declared.direction == tighten::fixed
                 ? by.words() + " changes `" + setting.name.text + "`, which is fixed"
                 : by.words() + " loosens `" + setting.name.text + "`: " + problem,
             std::string(rule_of(declared.direction)) + " (tighten: " + std::string(name_of(declared.direction)) + ")",
             said_by(effective, setting.rule_set.text + "/" + setting.name.text) + " says " + shown(effective.json) + ", " + by.words() + " says " +
                 shown(setting.set.json));
      return;
    }
    set(by, effective, setting.set.json, by.profile.empty() ? std::string() : setting.set.source->name());
  }

  // [{value, purpose, requester, approver, review}]: the values join those from above.
  void add_entries(const setter& by, const parameter_setting& setting, const parameter& declared,
                   effective_parameter& effective) {
    static constexpr std::string_view shape = "a list of {value, purpose, requester, approver, review}";
    const auto wrong = [&](std::size_t number, const std::string& problem, std::string expected) {
      report(diagnostic_code::parameter_value, *setting.set.source, setting.set.where,
             "entry " + std::to_string(number) + " of `" + setting.name.text + "` " + problem, std::move(expected));
    };
    if (!is_list(setting.set.json)) {
      report(diagnostic_code::parameter_value, *setting.set.source, setting.set.where,
             "`" + setting.name.text + "` is filled by entries, each with its purpose and its approval", std::string(shape));
      return;
    }
    const auto type = parse_parameter_type(declared.type.text);
    std::vector<std::string> values;
    for (const std::string_view item : items_of(effective.json)) values.emplace_back(item);
    std::size_t number = 0;
    bool right = true;
    for (const std::string_view entry : items_of(setting.set.json)) {
      ++number;
      const std::size_t before = problems_.size();
      if (!is_map(entry)) {
        wrong(number, "is no mapping", std::string(shape));
        right = false;
        continue;
      }
      std::map<std::string, std::string_view> fields;
      for (const auto& [key, value] : members_of(entry)) fields.emplace(text_of(key), value);
      for (const auto& [key, value] : fields) {
        if (key != "value" && key != "purpose" && key != "requester" && key != "approver" && key != "review") {
          wrong(number, "has the key `" + key + "`, which entries do not have", std::string(shape));
        }
      }
      std::string lacks;
      for (const char* key : {"value", "purpose", "requester", "approver", "review"}) {
        const auto found = fields.find(key);
        if (found == fields.end()) {
          lacks += (lacks.empty() ? "`" : ", `") + std::string(key) + "`";
        } else if (std::string_view(key) != "value" && (!is_text(found->second) || text_of(found->second).empty())) {
          wrong(number, "has a `" + std::string(key) + "` that is no text", "a string");
        }
      }
      if (!lacks.empty()) wrong(number, "lacks " + lacks, std::string(shape));
      if (problems_.size() == before) check_entry(number, fields, declared, type, wrong);
      if (problems_.size() != before) {
        right = false;
        continue;
      }
      const std::string value(fields["value"]);
      if (std::find(values.begin(), values.end(), value) == values.end()) values.push_back(value);
    }
    if (!right) return;
    std::string json = "[";
    for (const std::string& value : values) json += (json.size() > 1 ? "," : "") + value;
    set(by, effective, json + "]");
  }

  template <class Wrong>
  void check_entry(std::size_t number, std::map<std::string, std::string_view>& fields, const parameter& declared,
                   const std::optional<parameter_type>& type, const Wrong& wrong) {
    if (!day_number(text_of(fields["review"]))) {
      wrong(number, "has a `review` that is no day", std::string(calendar_day.expected));
    }
    if (fields["requester"] == fields["approver"]) {
      wrong(number, "is approved by its own requester", "an approver other than the requester");
    }
    if (type && type->kind == parameter_kind::list) {
      const std::string problem = mismatch(type->element[0], fields["value"]);
      if (!problem.empty()) {
        wrong(number, "has a `value` that is not " + to_text(type->element[0]) + ": it " + problem, to_text(type->element[0]));
        return;
      }
    }
    if (declared.bounds) {
      const std::string problem = outside_bounds(declared.bounds->json, fields["value"]);
      if (!problem.empty()) {
        wrong(number, "is outside the bounds of the rule set: " + problem, "a value within " + shown(declared.bounds->json));
      }
    }
  }

  const std::vector<ruleset_document>& rulesets_;
  std::vector<diagnostic>& problems_;
};

}  // namespace

parameter_set default_values(const std::vector<ruleset_document>& rulesets) {
  parameter_set made;
  for (const ruleset_document& one : rulesets) {
    for (const parameter& declared : one.parameters) {
      made[one.id.text + "/" + declared.name.text] = {declared.initial.json, "", "", "", ""};
    }
  }
  return made;
}

parameter_set profile_parameters(const std::vector<const profile_document*>& chain, const std::vector<ruleset_document>& rulesets, std::vector<diagnostic>& problems) {
  parameter_set all = default_values(rulesets), made;
  parameter_checker checker(rulesets, problems);
  for (const profile_document* one : chain) checker.apply({"", one->id.text}, one->parameters, all);
  for (auto& [name, value] : all) {
    if (!value.profile.empty()) made.emplace(name, std::move(value));
  }
  return made;
}

std::vector<parameter_set> check_parameters(const organisation_document& written, const std::vector<ruleset_document>& rulesets,
                                            const std::vector<std::uint32_t>& parents, std::uint32_t none, const std::vector<const checked_profile*>& profiles,
                                            const parameter_set& defaults, std::vector<diagnostic>& problems) {
  std::vector<parameter_set> made;
  parameter_checker checker(rulesets, problems);
  for (std::size_t i = 0; i < written.nodes.size(); ++i) {
    parameter_set own = parents[i] == none ? defaults : made[parents[i]];
    if (profiles[i] != nullptr) checker.join(written.nodes[i], *profiles[i], own);
    checker.apply({written.nodes[i].id.text, ""}, written.nodes[i].parameters, own);
    made.push_back(std::move(own));
  }
  return made;
}

}  // namespace sekimori::rules

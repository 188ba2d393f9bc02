// rules: parameters from the rule sets' defaults down the tree; a scope may tighten, never loosen.
// Entry points: default_values, check_parameters. Knows no waivers.
#include <algorithm>

#include "base/diagnostics.hpp"
#include "rules/forms.hpp"
#include "rules/organisation_checks.hpp"
#include "rules/parameter_type.hpp"

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

class parameter_checker {
 public:
  parameter_checker(const organisation_document& written, const std::vector<ruleset_document>& rulesets,
                    std::vector<diagnostic>& problems)
      : document_(written), rulesets_(rulesets), problems_(problems) {}

  void apply(const scope_node& node, parameter_set& to) {
    for (const parameter_setting& setting : node.parameters) {
      const parameter* declared = declaration(setting);
      if (declared == nullptr) continue;
      const auto found = to.find(setting.rule_set.text + "/" + setting.name.text);
      if (found == to.end()) continue;
      effective_parameter& effective = found->second;
      if (declared->direction == tighten::entry) {
        add_entries(node, setting, *declared, effective);
      } else {
        tighten_value(node, setting, *declared, effective);
      }
    }
  }

 private:
  void report(diagnostic_code code, span where, std::string message, std::string expected = {}, std::string help = {}) {
    problems_.push_back(make_diagnostic(code, *document_.header.source, where, std::move(message),
                                        {std::move(expected), std::move(help), diagnostic_level::error}));
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
      report(diagnostic_code::unknown_reference, setting.rule_set.where,
             "no rule set `" + setting.rule_set.text + "` is loaded", "", did_you_mean(setting.rule_set.text, sets));
      return nullptr;
    }
    std::string expected;
    for (const std::string_view name : names) expected += (expected.empty() ? "one of: " : ", ") + std::string(name);
    report(diagnostic_code::unknown_reference, setting.name.where,
           "`" + setting.rule_set.text + "` has no parameter `" + setting.name.text + "`", expected,
           did_you_mean(setting.name.text, names));
    return nullptr;
  }

  std::string said_by(const effective_parameter& effective, const parameter_setting& setting) const {
    return effective.set_by.empty() ? "the default of `" + setting.rule_set.text + "`" : "`" + effective.set_by + "`";
  }

  void set(const scope_node& node, effective_parameter& effective, std::string json) {
    effective.previous = effective.json;
    effective.json = std::move(json);
    effective.set_by = node.id.text;
  }

  void tighten_value(const scope_node& node, const parameter_setting& setting, const parameter& declared,
                     effective_parameter& effective) {
    auto mistakes = check_parameter(declared, setting.set);
    if (!mistakes.empty()) {
      for (diagnostic& one : mistakes) problems_.push_back(std::move(one));
      return;
    }
    const std::string problem = loosening(declared.direction, effective.json, setting.set.json);
    if (!problem.empty()) {
      report(diagnostic_code::loosened_parameter, setting.set.where,
             declared.direction == tighten::fixed
                 ? "`" + node.id.text + "` changes `" + setting.name.text + "`, which is fixed"
                 : "`" + node.id.text + "` loosens `" + setting.name.text + "`: " + problem,
             std::string(rule_of(declared.direction)) + " (tighten: " + std::string(name_of(declared.direction)) + ")",
             said_by(effective, setting) + " says " + shown(effective.json) + ", `" + node.id.text + "` says " +
                 shown(setting.set.json));
      return;
    }
    set(node, effective, setting.set.json);
  }

  // [{value, purpose, requester, approver, review}]: the values join those from above.
  void add_entries(const scope_node& node, const parameter_setting& setting, const parameter& declared,
                   effective_parameter& effective) {
    static constexpr std::string_view shape = "a list of {value, purpose, requester, approver, review}";
    const auto wrong = [&](std::size_t number, const std::string& problem, std::string expected) {
      report(diagnostic_code::parameter_value, setting.set.where,
             "entry " + std::to_string(number) + " of `" + setting.name.text + "` " + problem, std::move(expected));
    };
    if (!is_list(setting.set.json)) {
      report(diagnostic_code::parameter_value, setting.set.where,
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
    set(node, effective, json + "]");
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

  const organisation_document& document_;
  const std::vector<ruleset_document>& rulesets_;
  std::vector<diagnostic>& problems_;
};

}  // namespace

parameter_set default_values(const std::vector<ruleset_document>& rulesets) {
  parameter_set made;
  for (const ruleset_document& one : rulesets) {
    for (const parameter& declared : one.parameters) {
      made[one.id.text + "/" + declared.name.text] = {declared.initial.json, "", ""};
    }
  }
  return made;
}

std::vector<parameter_set> check_parameters(const organisation_document& written, const std::vector<ruleset_document>& rulesets,
                                            const std::vector<std::uint32_t>& parents, std::uint32_t none,
                                            const parameter_set& defaults, std::vector<diagnostic>& problems) {
  std::vector<parameter_set> made;
  parameter_checker checker(written, rulesets, problems);
  for (std::size_t i = 0; i < written.nodes.size(); ++i) {
    parameter_set own = parents[i] == none ? defaults : made[parents[i]];
    checker.apply(written.nodes[i], own);
    made.push_back(std::move(own));
  }
  return made;
}

}  // namespace sekimori::rules

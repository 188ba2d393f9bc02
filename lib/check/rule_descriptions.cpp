// check: the rules as reports list them.
#include "check/rule_descriptions.hpp"

namespace sekimori::check {
namespace {

report_rule listed(const rules::model& model, const rules::checked_rule& rule) {
  auto& source = *rule.source;
  report_rule made;
  made.ruleset = model.rulesets[rule.ruleset].id;
  made.id = source.id.text;
  for (auto& former : source.replaces) made.replaces.push_back(former.text.find('/') == std::string::npos ? made.ruleset + "/" + former.text : former.text);
  made.category = source.category.text;
  made.level = source.level;
  made.title = rules::text_of(source.title);
  made.why = rules::text_of(source.why);
  made.fix = rules::text_of(source.fix);
  made.clauses = rule.clauses;
  return made;
}

not_examined missing(const rules::checked_rule& rule) {
  not_examined made;
  made.rule = rule.full_id;
  made.title = rules::text_of(rule.source->title);
  for (auto& subject : rule.source->subjects) {
    for (auto* words : {&subject.kinds, &subject.types}) {
      for (auto& word : *words) made.needs += (made.needs.empty() ? "" : ", ") + word.text;
    }
  }
  auto add = [&](const localized_text& title) {
    made.needed.ja += (made.needed.ja.empty() ? "" : "、") + title.in("ja");
    made.needed.en += (made.needed.en.empty() ? "" : ", ") + title.in("en");
  };
  for (auto& variant : rule.variants) {
    if (variant.kind != nullptr) add(variant.kind->title);
    for (auto& type : variant.types) add({type, type});
  }
  return made;
}

}  // namespace

void rule_descriptions::make() const {
  std::call_once(made_, [this] {
    auto rules = std::make_shared<std::vector<report_rule>>();
    rules->reserve(model_.rules.size());
    without_resources_.reserve(model_.rules.size());
    for (auto& rule : model_.rules) {
      rules->push_back(listed(model_, rule));
      without_resources_.push_back(std::make_shared<const not_examined>(missing(rule)));
    }
    rules_ = std::move(rules);
  });
}

const std::shared_ptr<const std::vector<report_rule>>& rule_descriptions::rules() const {
  make();
  return rules_;
}

const std::shared_ptr<const not_examined>& rule_descriptions::without_resources(std::size_t rule) const {
  make();
  return without_resources_[rule];
}

}  // namespace sekimori::check

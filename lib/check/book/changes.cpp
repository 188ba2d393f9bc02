// check: see changes.hpp. A rule is found again by its full id, or by a former id that it says it replaces.
#include "check/book/changes.hpp"

#include <algorithm>
#include <map>

#include "base/words.hpp"

namespace sekimori::check {
namespace {

localized_text word(word_pair of) { return {std::string(of.ja), std::string(of.en)}; }
localized_text same(const std::string& text) { return {text, text}; }

std::string joined(const std::vector<rules::located_string>& items) {
  std::string list;
  for (auto& one : items) list += (list.empty() ? "" : ", ") + one.text;
  return list;
}

localized_text waiver_text(const rules::waiver_terms& terms) {
  return terms.allowed ? same(terms.approver + ", " + std::to_string(terms.max_days)) : localized_text{"なし", "none"};
}

// What is asked, condition by condition.
std::string conditions(const rules::rule& of) {
  std::string all;
  for (auto& subject : of.subjects) {
    all += (all.empty() ? "" : "\n") + joined(subject.kinds) + joined(subject.types);
    if (subject.when) all += "\nwhen " + subject.when->text;
    for (auto& one : subject.asserts) all += "\n" + one.id.text + ": " + one.condition.text;
  }
  return all;
}

localized_text asked_words(const rules::rule& of) {
  localized_text all;
  for (auto& subject : of.subjects) {
    for (auto& one : subject.asserts) {
      for (auto [from, to] : {std::pair{&one.required.ja, &all.ja}, {&one.message.ja, &all.ja}, {&one.required.en, &all.en}, {&one.message.en, &all.en}}) {
        if (!from->text.empty()) *to += (to->empty() ? "" : "\n") + from->text;
      }
    }
  }
  return all;
}

class comparer {
 public:
  std::vector<book_change> made;

  void compare_rulesets(const rules::model& before, const rules::model& after) {
    std::map<std::string, const rules::checked_ruleset*> old;
    for (auto& one : before.rulesets) old[one.id] = &one;
    for (auto& one : after.rulesets) {
      const auto found = old.find(one.id);
      if (found == old.end()) add(change_kind::added, one.id, {});
      else differs(one.id, {}, {"版", "version"}, same(found->second->version), same(one.version));
      old.erase(one.id);
    }
    for (auto& [id, one] : old) add(change_kind::removed, id, {});
  }

  void compare_rules(const rules::model& before, const rules::model& after) {
    std::map<std::string, const rules::checked_rule*> old;
    for (auto& one : before.rules) old[one.full_id] = &one;
    for (auto& one : after.rules) {
      const localized_text title = rules::text_of(one.source->title);
      auto found = old.find(one.full_id);
      for (auto& former : one.source->replaces) {
        if (found != old.end()) break;
        const std::string ruleset = one.full_id.substr(0, one.full_id.find('/') + 1);
        found = old.find(former.text.find('/') == std::string::npos ? ruleset + former.text : former.text);
        if (found == old.end()) continue;
        add(change_kind::renamed, one.full_id, title);
        made.back().before = same(found->first);
        made.back().after = same(one.full_id);
      }
      if (found == old.end()) {
        add(change_kind::added, one.full_id, title);
        continue;
      }
      compare(*found->second->source, *one.source, one.full_id);
      old.erase(found);
    }
    for (auto& [id, one] : old) add(change_kind::removed, id, rules::text_of(one->source->title));
  }

  void compare_parameters(const rules::model& before, const rules::model& after) {
    std::map<std::string, const rules::parameter*> old;
    for (auto& [name, one] : parameters(before)) old[name] = one;
    for (auto& [name, one] : parameters(after)) {
      const auto found = old.find(name);
      const localized_text title = rules::text_of(one->title);
      if (found == old.end()) {
        add(change_kind::added, name, title);
        continue;
      }
      const rules::parameter& was = *found->second;
      differs(name, title, {"型", "type"}, same(was.type.text), same(one->type.text));
      differs(name, title, {"既定値", "default"}, same(was.initial.json), same(one->initial.json));
      if (was.direction != one->direction) differs(name, title, {"変更できる方向", "direction"}, same(std::string(direction_name(was.direction))), same(std::string(direction_name(one->direction))));
      differs(name, title, {"見直し期限", "review by"}, same(was.review_by), same(one->review_by));
      old.erase(found);
    }
    for (auto& [name, one] : old) add(change_kind::removed, name, rules::text_of(one->title));
  }

 private:
  static std::string_view direction_name(rules::tighten of) {
    constexpr std::string_view names[] = {"fixed", "superset", "subset", "increase", "decrease", "enable", "entry"};
    return names[static_cast<std::size_t>(of)];
  }

  static std::vector<std::pair<std::string, const rules::parameter*>> parameters(const rules::model& of) {
    std::vector<std::pair<std::string, const rules::parameter*>> all;
    for (auto& document : of.documents->rulesets) {
      for (auto& one : document.parameters) all.emplace_back(document.id.text + ": " + one.name.text, &one);
    }
    return all;
  }

  void add(change_kind kind, const std::string& subject, const localized_text& title) { made.push_back({kind, subject, title, {}, {}, {}}); }

  void differs(const std::string& subject, const localized_text& title, const localized_text& what, const localized_text& before, const localized_text& after) {
    if (before.ja == after.ja && before.en == after.en) return;
    made.push_back({change_kind::changed, subject, title, what, before, after});
  }

  void compare(const rules::rule& was, const rules::rule& is, const std::string& id) {
    const localized_text title = rules::text_of(is.title);
    differs(id, title, {"件名", "title"}, rules::text_of(was.title), title);
    differs(id, title, {"重大度", "severity"}, word(word_of(was.level)), word(word_of(is.level)));
    differs(id, title, {"分類", "category"}, same(was.category.text), same(is.category.text));
    differs(id, title, {"目的", "why"}, rules::text_of(was.why), rules::text_of(is.why));
    differs(id, title, {"是正", "fix"}, rules::text_of(was.fix), rules::text_of(is.fix));
    differs(id, title, {"例外措置", "waiver"}, waiver_text(was.waiver), waiver_text(is.waiver));
    differs(id, title, {"関連条項", "related clauses"}, same(joined(was.clauses)), same(joined(is.clauses)));
    differs(id, title, {"検査条件", "conditions"}, same(conditions(was)), same(conditions(is)));
    differs(id, title, {"求めることと違反の文言", "what is asked and said"}, asked_words(was), asked_words(is));
  }
};

}  // namespace

std::vector<book_change> changes_between(const rules::model& before, const rules::model& after) {
  comparer compares;
  compares.compare_rulesets(before, after);
  compares.compare_rules(before, after);
  compares.compare_parameters(before, after);
  return std::move(compares.made);
}

}  // namespace sekimori::check

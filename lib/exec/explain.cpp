// exec: the explaining mode.
#include "exec/explain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "base/text.hpp"
#include "exec/clauses.hpp"
#include "value/values.hpp"

namespace sekimori::exec {
namespace {


std::string error_text(value v) {
  if (v.is_error()) return std::string(v.as_error().message);
  return "a condition gave " + std::string(kind_name(v.kind())) + " instead of bool";
}

std::string fill(const rules::message_template& pieces, cel::evaluator& evaluator, std::span<const value> variables,
                 const computed_object* computed, std::string_view unknown_word) {
  std::string text;
  for (auto& piece : pieces) {
    if (!piece.placeholder) {
      text += piece.text;
      continue;
    }
    cel::trace traced;
    traced.observes = false;
    value shown = evaluator.evaluate(*piece.placeholder, variables, &traced);
    if (shown.sensitive() || reads_secret(traced, computed)) {
      text += mask;
    } else if (shown.is_unknown() || shown.is_error()) {
      text += unknown_word;
    } else {
      text += display(shown);
    }
  }
  return text;
}

constexpr std::size_t longest_message = 5 * 1024;   // of a message expression, as in Kubernetes

// What the message expression gives, or nothing where Kubernetes would fall back to the plain message: an error,
// no string, a blank one, one with line breaks, one that is too long.
std::string expressed(const cel::compiled& program, cel::evaluator& evaluator, std::span<const value> variables, const computed_object* computed) {
  cel::trace traced;
  traced.observes = false;
  value made = evaluator.evaluate(program, variables, &traced);
  if (!made.is(value_kind::string)) return {};
  std::string_view text = trimmed(made.as_text());
  if (text.size() > longest_message || text.find('\n') != std::string_view::npos) return {};
  return made.sensitive() || reads_secret(traced, computed) ? std::string(mask) : std::string(text);
}

void append_line(std::string& to, const std::string& line) {
  if (line.empty()) return;
  if (!to.empty()) to += '\n';
  to += line;
}

// A running count against a budget; without a budget nothing is ever over it.
class account {
 public:
  account(cel::evaluator& evaluator, const computed_object* computed) : evaluator_(evaluator), computed_(computed) { begin(); }
  void begin() { start_ = total(); }

  // `found`, or a limit error where what was evaluated since begin() costs more than `budget`.
  value within(std::uint64_t budget, std::string_view whose, value found) {
    const std::uint64_t spent = total() - start_;
    if (spent <= budget) return found;
    return make_error(evaluator_.memory(), evaluation_error_code::limit,
                      fmt::format("{} cost more than {} over this object ({} at this point)", whose, budget, spent));
  }

 private:
  std::uint64_t total() const { return evaluator_.cost() + (computed_ != nullptr ? computed_->cost() : 0); }
  cel::evaluator& evaluator_;
  const computed_object* computed_;
  std::uint64_t start_ = 0;
};

bool is_limit(value v) { return v.is_error() && v.as_error().code == evaluation_error_code::limit; }

// The match conditions one by one, each within its own limit and all within theirs: a limit error, or null.
value over_conditions(const rules::checked_admission& policy, cel::evaluator& evaluator, std::span<const value> variables,
                      const computed_object* computed, const policy_budget& budget) {
  account spent(evaluator, computed);
  for (auto& condition : policy.conditions) {
    value answer = evaluator.evaluate(*condition, variables);
    if (!is_limit(answer)) answer = spent.within(budget.conditions, "the match conditions", answer);
    if (is_limit(answer)) return answer;
  }
  return value::null();
}

decide_by settles(unknown_reason reason) {
  switch (reason) {
    case unknown_reason::undocumented_default: return decide_by::rule_gap;
    case unknown_reason::register_missing:
    case unknown_reason::scope: return decide_by::register_data;
    case unknown_reason::open_set: return decide_by::completeness;
    default: return decide_by::after_apply;
  }
}

}  // namespace

void add_unknowns(value v, std::string_view address, std::vector<unknown_item>& to) {
  if (!v.is_unknown()) return;
  auto& set = v.as_unknown();
  to.reserve(to.size() + set.count);
  // A set is sorted; written without their resource, its own paths stand first.
  for (bool own : {true, false}) {
    for (std::size_t i = 0; i < set.count; ++i) {
      auto& one = set.paths[i];
      if ((one.resource == address || one.resource.empty()) != own) continue;
      to.push_back({own ? std::string() : std::string(one.resource), std::string(one.path), std::string(reason_name(one.reason))});
    }
  }
  auto before = [](const unknown_item& a, const unknown_item& b) { return std::tie(a.resource, a.path, a.reason) < std::tie(b.resource, b.path, b.reason); };
  auto same = [&](const unknown_item& a, const unknown_item& b) { return !before(a, b); };
  // Mostly there is one set, and nothing is left to do.
  if (std::adjacent_find(to.begin(), to.end(), same) == to.end()) return;
  std::sort(to.begin(), to.end(), before);
  to.erase(std::unique(to.begin(), to.end(), same), to.end());
}

explanation explain(const plan::rule_program& program, cel::evaluator& evaluator, std::span<const value> variables, const computed_object* computed,
                    std::string_view address, cel::trace& traced, const policy_budget* budget) {
  explanation made;
  auto& variant = *program.variant;
  auto note_error = [&](const std::string& where, value v) {
    if (is_limit(v)) made.limit = true;
    append_line(made.error, where + ": " + error_text(v));
  };
  truth when = truth::yes;
  if (variant.when) {
    value answer = budget != nullptr ? over_conditions(*variant.admission, evaluator, variables, computed, *budget) : value::null();
    if (answer.is_null()) {
      // Joined they are one expression, which no limit of cost is meant for.
      if (budget != nullptr) evaluator.set_metering(false);
      answer = evaluator.evaluate(*variant.when, variables);
      if (budget != nullptr) evaluator.set_metering(true);
    }
    when = truth_of(answer);
    add_unknowns(answer, address, made.unknown);
    if (when == truth::error) note_error("when", answer);
  }
  std::vector<truth> truths;
  account spent(evaluator, computed);
  value over;                              // the budget is used up: nothing more is evaluated
  for (auto& assertion : variant.asserts) {
    traced.clear();
    value answer = over.is_error() ? over : evaluator.evaluate(*assertion.condition, variables, &traced);
    if (budget != nullptr && !over.is_error()) {
      over = spent.within(budget->whole, "the validations (limits.policy_cost)", value::null());
      if (over.is_error()) answer = over;
    }
    truth found = truth_of(answer);
    truths.push_back(found);
    if (found == truth::yes || found == truth::not_offered) continue;
    made.asserts.push_back(assertion.id);
    if (found == truth::no) {
      add_deciding_clauses(assertion.id, *assertion.condition, traced, computed, address, made.why);
      std::string text = assertion.message_expression ? expressed(*assertion.message_expression, evaluator, variables, computed) : std::string();
      if (!text.empty()) {
        append_line(made.message.ja, text);
        append_line(made.message.en, text);
        continue;
      }
      append_line(made.message.ja, fill(assertion.ja, evaluator, variables, computed, "(不明)"));
      append_line(made.message.en, fill(assertion.en, evaluator, variables, computed, "(unknown)"));
    } else if (found == truth::unknown) {
      add_unknowns(answer, address, made.unknown);
    } else {
      note_error("assert " + assertion.id, answer);
    }
  }
  made.outcome = join_rule(when, truths);
  if (made.outcome != verdict::fail) {
    made.message = {};
    if (made.outcome != verdict::undetermined) made.unknown.clear();
    if (made.outcome == verdict::pass || made.outcome == verdict::not_applicable) {
      made.asserts.clear();
      made.why.clear();
    }
    if (made.outcome != verdict::error) made.error.clear();
  }
  return made;
}

verdict doubt(value belongs, std::string_view address, explanation& why) {
  if (why.outcome == verdict::pass || why.outcome == verdict::not_applicable) return why.outcome;
  if (belongs.is_unknown()) {
    add_unknowns(belongs, address, why.unknown);
    why.message = {};
    why.why.clear();
    why.error.clear();
    return why.outcome = verdict::undetermined;
  }
  why.error = belongs.is_error() ? "kind: " + std::string(belongs.as_error().message) : "kind: `when` is not a bool";
  return why.outcome = verdict::error;
}

// The one that comes latest: applying a plan settles nothing that also needs a register.
decide_by settled_by(const std::vector<unknown_item>& unknown) {
  decide_by last = unknown.empty() ? decide_by::rule_gap : decide_by::none;
  for (auto& item : unknown) {
    decide_by next = decide_by::after_apply;
    for (auto reason : {unknown_reason::undocumented_default, unknown_reason::register_missing, unknown_reason::scope, unknown_reason::open_set}) {
      if (item.reason == reason_name(reason)) next = settles(reason);
    }
    last = std::max(last, next);
  }
  return last;
}

decide_by settled_by(const executor& judged, const plan::rule_program& program, cel::evaluator& evaluator, std::span<const value> variables) {
  decide_by last = decide_by::none;
  auto ask = [&](const cel::compiled& condition, std::uint8_t doubts) {
    for (int reason = 0; doubts != 0; ++reason, doubts >>= 1) {
      if ((doubts & 1) != 0) last = std::max(last, settles(static_cast<unknown_reason>(reason)));
      if (doubts == 1) return;
    }
    const value answer = evaluator.evaluate(condition, variables);
    if (!answer.is_unknown()) return;
    const unknown_set& set = answer.as_unknown();
    for (std::size_t i = 0; i < set.count; ++i) last = std::max(last, settles(set.paths[i].reason));
  };
  if (judged.when() == truth::unknown) ask(*program.variant->when, judged.when_doubts());
  for (std::size_t i = 0; i < judged.asserts().size() && last != decide_by::rule_gap; ++i) {
    if (judged.asserts()[i] == truth::unknown) ask(*program.variant->asserts[i].condition, judged.assert_doubts(i));
  }
  return last == decide_by::none ? decide_by::rule_gap : last;
}

}  // namespace sekimori::exec

// exec: the explaining mode.
#include "exec/explain.hpp"

#include <algorithm>
#include <tuple>

#include "base/text.hpp"
#include "exec/clauses.hpp"
#include "exec/executor.hpp"
#include "value/values.hpp"

namespace sekimori::exec {
namespace {

using plan::truth;

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

}  // namespace

void add_unknowns(value v, std::string_view address, std::vector<unknown_item>& to) {
  if (!v.is_unknown()) return;
  auto& set = v.as_unknown();
  for (std::size_t i = 0; i < set.count; ++i) {
    auto& one = set.paths[i];
    to.push_back({one.resource == address ? std::string() : std::string(one.resource), std::string(one.path), std::string(reason_name(one.reason))});
  }
  auto key = [](const unknown_item& item) { return std::tie(item.resource, item.path, item.reason); };
  std::sort(to.begin(), to.end(), [&](auto& a, auto& b) { return key(a) < key(b); });
  to.erase(std::unique(to.begin(), to.end(), [&](auto& a, auto& b) { return key(a) == key(b); }), to.end());
}

explanation explain(const plan::rule_program& program, cel::evaluator& evaluator, std::span<const value> variables, const computed_object* computed,
                    std::string_view address) {
  explanation made;
  auto& variant = *program.variant;
  auto note_error = [&](const std::string& where, value v) {
    if (v.is_error() && v.as_error().code == evaluation_error_code::limit) made.limit = true;
    append_line(made.error, where + ": " + error_text(v));
  };
  truth when = truth::yes;
  if (variant.when) {
    cel::trace traced;
    value answer = evaluator.evaluate(*variant.when, variables, &traced);
    when = truth_of(answer);
    add_unknowns(answer, address, made.unknown);
    if (when == truth::error) note_error("when", answer);
  }
  std::vector<truth> truths;
  for (auto& assertion : variant.asserts) {
    cel::trace traced;
    value answer = evaluator.evaluate(*assertion.condition, variables, &traced);
    truth found = truth_of(answer);
    truths.push_back(found);
    if (found == truth::yes || found == truth::not_offered) continue;
    made.asserts.push_back(assertion.id);
    if (found == truth::no) {
      for (auto& clause : deciding_clauses(assertion.id, *assertion.condition, traced, computed, address)) made.why.push_back(std::move(clause));
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

decide_by settled_by(const std::vector<unknown_item>& unknown) {
  // The one that comes latest: applying a plan settles nothing that also needs a register.
  auto rank = [](const std::string& reason) {
    if (reason == "undocumented_default") return decide_by::rule_gap;
    if (reason == "register" || reason == "scope") return decide_by::register_data;
    if (reason == "open_set") return decide_by::completeness;
    return decide_by::after_apply;
  };
  decide_by last = unknown.empty() ? decide_by::rule_gap : decide_by::none;
  for (auto& item : unknown) last = std::max(last, rank(item.reason));
  return last;
}

}  // namespace sekimori::exec

// exec: the deciding clauses of an evaluation.
#include "exec/clauses.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "exec/explain.hpp"
#include "value/values.hpp"

namespace sekimori::exec {
namespace {

constexpr std::size_t most_reads = 12;    // of one clause that are shown
constexpr int deepest = 64;
constexpr std::size_t longest_value = 4'000;   // bytes of a value that is shown; a report is no copy of its inputs

// The value as JSON text, cut where it is long.
std::string shown_value(value v) {
  std::string text = to_json(v);
  return text.size() <= longest_value ? text : cut_utf8(text, longest_value);
}

using cel::expression;
using cel::expression_kind;

bool call_of(const expression& e, std::string_view name) { return e.kind == expression_kind::call && e.operand == nullptr && e.name == name; }

void collect_ids(const expression& e, std::vector<bool>& ids, int depth = 0) {
  if (e.id < ids.size()) ids[e.id] = true;
  if (depth > 250) return;
  if (e.operand != nullptr) collect_ids(*e.operand, ids, depth + 1);
  for (auto* argument : e.arguments) collect_ids(*argument, ids, depth + 1);
  for (auto* part : {e.condition, e.body, e.body2}) {
    if (part != nullptr) collect_ids(*part, ids, depth + 1);
  }
}

// One read of a document as the report shows it.
struct shown_read {
  std::string path, actual;
  bool secret;
};

class finder {
 public:
  finder(const std::string& assert_id, const cel::compiled& program, const cel::trace& traced, const computed_object* computed, std::string_view address,
         std::vector<explained_clause>& to)
      : assert_id_(assert_id), program_(program), traced_(traced), computed_(computed), address_(address), seen_(program.node_count + 1, nullptr), clauses_(to) {
    for (auto& one : traced.observations) {
      if (one.expression < seen_.size()) seen_[one.expression] = &one.found;
    }
  }

  void run() { visit(*program_.root, false, 0); }

 private:
  // The last value that was seen for an expression; nullptr where it was not evaluated.
  const value* seen(const expression& e) const { return e.id < seen_.size() ? seen_[e.id] : nullptr; }

  // Follows the skeleton to the leaves that have the value `wanted` and so decided.
  void visit(const expression& e, bool wanted, int depth) {
    auto* found = seen(e);
    if (found == nullptr || !found->is(value_kind::boolean) || found->as_boolean() != wanted) return;
    if (depth < deepest) {
      if (call_of(e, "!_") && e.arguments.size() == 1) return visit(*e.arguments[0], !wanted, depth + 1);
      if ((call_of(e, "_&&_") || call_of(e, "_||_")) && e.arguments.size() == 2) {
        visit(*e.arguments[0], wanted, depth + 1);
        visit(*e.arguments[1], wanted, depth + 1);
        return;
      }
      if (call_of(e, "_?_:_") && e.arguments.size() == 3) {
        if (auto* condition = seen(*e.arguments[0]); condition != nullptr && condition->is(value_kind::boolean)) {
          return visit(*e.arguments[condition->as_boolean() ? 1 : 2], wanted, depth + 1);
        }
      }
    }
    add(e);
  }

  void add(const expression& e) {
    ids_.assign(seen_.size(), false);
    collect_ids(e, ids_);
    std::vector<shown_read> reads;
    bool secret = false;
    for (auto& read : traced_.reads) {
      if (read.expression < ids_.size() && ids_[read.expression]) show(read, reads, secret, 0);
    }
    explained_clause clause;
    clause.assert_id = assert_id_;
    clause.clause = program_.text.text.substr(e.where.begin, e.where.end - e.where.begin);
    clause.masked = secret;
    if (!secret) clause.expected = expected_of(e);
    const std::size_t shown = std::min(reads.size(), most_reads);
    for (std::size_t i = 0; i < shown; ++i) {
      clause.path = std::move(reads[i].path);
      clause.actual = secret ? std::string(mask) : std::move(reads[i].actual);
      if (i + 1 < shown) clauses_.push_back(clause);
    }
    clauses_.push_back(std::move(clause));
  }

  // A read of a neutral field stands for what its mapping read; scalars and whole lists are shown,
  // maps only where nothing inside them was read.
  void show(const cel::read& read, std::vector<shown_read>& reads, bool& secret, int depth) const {
    if (read.container == &computed_object::field_mark && computed_ != nullptr && depth < 8) {
      std::string_view name = read.key.is(value_kind::string) ? read.key.as_text() : std::string_view();
      auto& inner = computed_->field_trace(name);
      for (auto& one : inner.reads) show(one, reads, secret, depth + 1);
      if (inner.reads.empty() && !read.found.is_unknown() && !read.found.is_error()) {
        add_read(reads, {std::string(name), shown_value(read.found), read.sensitive});
      }
      secret = secret || read.sensitive || inner.reads_sensitive;
      return;
    }
    secret = secret || read.sensitive;
    if (read.found.is_error() || read.found.is(value_kind::map)) return;
    std::string path = path_text(read.container, read.key);
    auto root = path_root(read.container);
    if (root != address_ && !root.empty()) path = std::string(root) + "#" + path;
    add_read(reads, {std::move(path), read.found.is_unknown() ? std::string() : shown_value(read.found), read.sensitive});
  }

  static void add_read(std::vector<shown_read>& reads, shown_read made) {
    for (auto& read : reads) {
      if (read.path == made.path) return;
    }
    reads.push_back(std::move(made));
  }

  // The other side of a comparison: what the clause asked for.
  std::string expected_of(const expression& e) const {
    static constexpr std::string_view comparisons[] = {"_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_", "@in"};
    if (e.kind != expression_kind::call || e.operand != nullptr || e.arguments.size() != 2) return {};
    if (std::find(std::begin(comparisons), std::end(comparisons), e.name) == std::end(comparisons)) return {};
    auto* right = e.arguments[1];
    auto* found = seen(*right);
    std::string symbol = e.name == "@in" ? "in" : std::string(e.name.substr(1, e.name.size() - 2));
    if (right->kind == expression_kind::literal || found == nullptr || found->is_error() || found->is_unknown()) {
      return symbol + " " + program_.text.text.substr(right->where.begin, right->where.end - right->where.begin);
    }
    return symbol + " " + shown_value(*found);
  }

  const std::string& assert_id_;
  const cel::compiled& program_;
  const cel::trace& traced_;
  const computed_object* computed_;
  std::string_view address_;
  std::vector<const value*> seen_;   // by expression
  std::vector<bool> ids_;            // of the leaf at hand and what is in it
  std::vector<explained_clause>& clauses_;
};

bool secret_read(const cel::read& read, const computed_object* computed, int depth) {
  if (read.sensitive) return true;
  if (read.container != &computed_object::field_mark || computed == nullptr || !read.key.is(value_kind::string)) return false;
  if (depth > 8) return true;   // not followed further: the safe answer
  auto& inner = computed->field_trace(read.key.as_text());
  if (inner.reads_sensitive) return true;
  for (auto& one : inner.reads) {
    if (secret_read(one, computed, depth + 1)) return true;
  }
  return false;
}

}  // namespace

void add_deciding_clauses(const std::string& assert_id, const cel::compiled& program, const cel::trace& traced, const computed_object* computed,
                          std::string_view address, std::vector<explained_clause>& to) {
  finder(assert_id, program, traced, computed, address, to).run();
}

bool reads_secret(const cel::trace& traced, const computed_object* computed) {
  if (traced.reads_sensitive) return true;
  for (auto& read : traced.reads) {
    if (secret_read(read, computed, 0)) return true;
  }
  return false;
}

}  // namespace sekimori::exec

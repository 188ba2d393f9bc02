// check: what an assert of a rule comes to in one cloud before any resource is known: whether it is asked there at all.
// Entry point: question::of. Knows no input, no verdict and no form of a listing.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/arena.hpp"
#include "rules/checked.hpp"

namespace sekimori::check {

// Where a cloud's resources are seen: before they are made (a plan or a template), or as they are (an export). An account that
// something names is seen in both.
enum class material : std::uint8_t { plan, inventory };
bool seen_in(std::string_view type, material where);

enum class asked : std::uint8_t {
  depends,         // on attributes, all of which the type offers
  always,          // true whatever they are: the cloud is so
  never,           // false whatever they are
  true_if_known,   // true, or unknown because nothing tells
  false_if_known,
  elsewhere,       // settled by the name of the cloud: the rule is not about this one
  missing,         // it reads what the type does not offer or nothing tells, holds only because of that, or asks an account for what the cloud has no type of
};

// Questions about one type of resources, as a kind maps it; `mapping` null: a rule over the type itself.
class question {
 public:
  question(const rules::model& model, std::string_view cloud, material where, const rules::checked_kind* kind, const rules::checked_mapping* mapping)
      : model_(model), cloud_(cloud), where_(where), kind_(kind), mapping_(mapping) {}

  asked of(const rules::checked_variant& variant, const rules::checked_assert& one);

 private:
  // What is known of an expression: a constant, or nothing.
  struct known {
    bool constant = false, missing = false;
    bool by_cloud = false;      // the constant rests on the name of the cloud,
    bool nothing_held = false;  // on the cloud having nothing that could be held,
    bool not_offered = false;   // or on has() of a field that is not offered
    value is;
    bool never_known = false;   // a mapping says that nothing tells it,
    bool if_known = false;      // or nothing tells it of some resources, and of the others it is this constant
    bool says(bool truth) const { return constant && (truth ? is.is_true() : is.is_false()); }
  };

  known fold(const cel::expression& e);
  known select(const cel::expression& e);
  known field(const cel::expression& e);
  known held_field(const cel::expression& e, std::string_view kind) const;
  known call(const cel::expression& e);
  known joined(const cel::expression& e, bool decides);
  known held(const cel::expression& e);
  known chosen(const cel::expression& e);
  known comprehension(const cel::expression& e);
  known parts(const cel::expression& e);
  static known boolean(bool truth, const known& from) { return {true, false, from.by_cloud, from.nothing_held, from.not_offered, value::boolean(truth), false, from.if_known}; }
  static known constant(value is) { return {true, false, false, false, false, is}; }
  // What two constants rest on together.
  static known together(const known& a, const known& b) {
    return {false, a.missing || b.missing, a.by_cloud || b.by_cloud, a.nothing_held || b.nothing_held, a.not_offered || b.not_offered, {}, a.never_known || b.never_known, a.if_known || b.if_known};
  }
  const rules::checked_kind* kind_called(std::string_view name) const;

  const rules::model& model_;
  std::string_view cloud_;
  material where_;
  const rules::checked_kind* kind_;
  const rules::checked_mapping* mapping_;
  arena memory_;
};

}  // namespace sekimori::check

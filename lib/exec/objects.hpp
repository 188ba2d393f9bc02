// exec: the objects that conditions read: a kind's neutral object, the parts, params and scope.
// Entry points: kind_object, part_object, record_object. Know neither rules nor inventories.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/arena.hpp"
#include "cel/evaluator.hpp"
#include "exec/resource_access.hpp"
#include "plan/program.hpp"
#include "rules/checked.hpp"
#include "sekimori/value.hpp"

namespace sekimori::exec {

class executor;

// An object of a declared type with its fields' values at hand: meta, scope, params, each.
class record_object final : public map_view {
 public:
  record_object(std::string_view type, std::vector<std::string_view> names, std::vector<value> values);
  std::size_t size() const override { return names_.size(); }
  bool find(value key, value& found) const override;
  const map_entry* entries() const override { return entries_.data(); }
  bool field(std::uint32_t index, value& found) const override;
  std::string_view type_name() const override { return type_; }
  void set(std::uint32_t index, value v);

 private:
  std::string_view type_;
  std::vector<std::string_view> names_;
  std::vector<value> values_;
  std::vector<map_entry> entries_;
};

// part.NAME in a mapping. A known-absent part without a meaning is not a key. Kept from resource to resource.
class part_object final : public map_view {
 public:
  part_object(const rules::checked_mapping& mapping, resource_access& access, arena& memory);
  // Moves on to the resource that `access` is at now.
  void begin();
  std::size_t size() const override;
  bool find(value key, value& found) const override;
  const map_entry* entries() const override;

 private:
  value read(std::size_t index) const;
  const rules::checked_mapping& mapping_;
  resource_access& access_;
  arena& memory_;
  mutable std::vector<value> read_;
  mutable std::vector<bool> done_;
  mutable bool touched_ = false;     // something was read since begin()
  mutable std::vector<map_entry> entries_;
};

// An object whose fields are computed by expressions of their own: a kind's fields, a policy's variables.
class computed_object : public map_view {
 public:
  // Marks reads of such fields in a trace; such a read stands for the reads of its field.
  static const data_path field_mark;
  // What computing the field read; empty unless the object is an explaining one.
  virtual const cel::trace& field_trace(std::string_view name) const = 0;
  // What computing the fields has cost so far, where that is counted.
  virtual std::uint64_t cost() const { return 0; }

 protected:
  ~computed_object() = default;
};

// What a field of a kind is where its expression came to `computed` (design 3, five states). `address`: of its resource, empty
// for the one at hand.
value settled_field(const rules::checked_field& declared, const rules::checked_kind& kind, const rules::checked_mapping& mapping, value computed,
                    std::string_view address, arena& memory);

// The neutral resource: a field is computed when it is first read and then kept.
class kind_object final : public computed_object {
 public:
  // `variables` are those of the mapping's expressions; its resource slot holds the provider's attributes.
  // Explaining: every field's reads are recorded in field_trace().
  kind_object(const plan::kind_program& kind, const plan::mapping_program& mapping, cel::evaluator& evaluator);
  // Judging: by flat code where that has an answer.
  kind_object(const plan::kind_program& kind, const plan::mapping_program& mapping, cel::evaluator& evaluator, executor& fast);
  void begin(std::span<const value> variables);

  std::size_t size() const override { return kind_.fields.size(); }
  bool find(value key, value& found) const override;
  const map_entry* entries() const override;
  value missing(value key) const override;
  bool field(std::uint32_t index, value& found) const override;
  std::string_view type_name() const override { return type_name_; }
  const data_path* where() const override { return fast_ == nullptr ? &field_mark : nullptr; }
  const cel::trace& field_trace(std::string_view name) const override;
  const rules::checked_kind& kind() const { return kind_; }
  // What computes a field: nullptr where this cloud does not offer it. A derived field's expression has this object
  // for its resource, any other those variables that begin() was given.
  struct computation {
    const cel::compiled* program = nullptr;
    bool derived = false;
    bool nullable = false;   // a value may be null, and is then not there
  };
  computation computation_of(std::string_view name) const;
  std::span<const value> variables() const { return variables_; }

 private:
  value compute(std::uint32_t index) const;
  value settle(std::uint32_t index, value computed) const;
  int index_of(value key) const;

  kind_object(const plan::kind_program& kind, const plan::mapping_program& mapping, cel::evaluator& evaluator, executor* fast);

  const plan::kind_program& kind_program_;
  const plan::mapping_program& mapping_program_;
  const rules::checked_kind& kind_;
  const rules::checked_mapping& mapping_;
  cel::evaluator& evaluator_;
  executor* fast_;             // nullptr: explaining
  std::string type_name_;
  std::vector<value> variables_;
  mutable std::vector<value> own_variables_;  // those of derived fields; empty: not made yet
  mutable std::vector<value> values_;
  mutable std::vector<std::uint8_t> state_;   // 0 not read, 1 being computed, 2 kept
  mutable std::vector<cel::trace> traces_;
  mutable std::vector<map_entry> entries_;
};

}  // namespace sekimori::exec

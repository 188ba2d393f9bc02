// check: see holdings.hpp.
#include "check/holdings.hpp"

#include <algorithm>
#include <string>

#include "base/account_types.hpp"
#include "exec/clauses.hpp"
#include "inventory/link_index.hpp"
#include "value/values.hpp"

namespace sekimori::check {

using inventory::resource;

namespace {

// Of resources whose account is not known each could be any account's. More than so many are told as one: that what was not
// looked at could be a member. It bounds what 1,000 accounts and 100,000 such resources cost.
constexpr std::size_t most_possible = 1'000;

}  // namespace

// While it lives, expressions are evaluated as those of another resource.
class holdings::visit {
 public:
  visit(holdings& in, const place& to) : in_(in), to_(to), before_(in.visit_) {
    in_.visit_ = this;
    in_.move_to(to_);
    if (in_.traces_.size() <= in_.depth_) in_.traces_.emplace_back().observes = false;
    traced_ = &in_.traces_[in_.depth_++];
    traced_->clear();
  }
  ~visit() {
    --in_.depth_;
    in_.visit_ = before_;
    if (before_ != nullptr) in_.move_to(before_->to_);
    else in_.evaluator_.set_host(static_cast<rules::relation_host*>(&in_.own_));
  }
  visit(const visit&) = delete;
  visit& operator=(const visit&) = delete;

  value evaluate(const cel::compiled& program, std::span<const value> variables) {
    const value found = in_.evaluator_.evaluate(program, variables, traced_);
    return exec::reads_secret(*traced_, nullptr) ? found.marked_sensitive(true) : found;
  }

 private:
  holdings& in_;
  const place& to_;
  const visit* before_;
  cel::trace* traced_;
};

// An object of the kind. Its reads are told as those of its resource.
class holdings::member final : public map_view {
 public:
  member(holdings& in, const place& at, const rules::checked_kind& kind, std::string_view type_name, std::string_view address, value broken)
      : in_(in), at_(at), kind_(kind), type_name_(type_name), broken_(broken), values_(memory().make_array<value>(kind.fields.size())),
        state_(memory().make_array<std::uint8_t>(kind.fields.size())) {
    root_.key = address;
  }

  std::size_t size() const override { return kind_.fields.size(); }
  std::string_view type_name() const override { return type_name_; }
  const data_path* where() const override { return &root_; }

  bool field(std::uint32_t index, value& found) const override {
    if (index >= values_.size()) return false;
    if (state_[index] == being_computed) {
      found = make_error(memory(), evaluation_error_code::invalid_argument, "a field refers to itself");
      return true;
    }
    if (state_[index] == not_read) {
      state_[index] = being_computed;
      values_[index] = compute(index);
      state_[index] = kept;
    }
    found = values_[index];
    return true;
  }

  bool find(value key, value& found) const override {
    const std::uint32_t index = index_of(key);
    if (!field(index, found)) return false;
    // has(): a field that this cloud does not offer, or that is null, is not there.
    return !found.is_null() && !(found.is_error() && found.as_error().code == evaluation_error_code::not_offered);
  }

  value missing(value key) const override {
    value found;
    return field(index_of(key), found) ? found : value::null();
  }

  const map_entry* entries() const override {
    if (entries_.empty() && !kind_.fields.empty()) {
      entries_ = memory().make_array<map_entry>(kind_.fields.size());
      for (std::uint32_t i = 0; i < entries_.size(); ++i) {
        entries_[i].key = value::string(kind_.fields[i].name);
        field(i, entries_[i].mapped);
      }
      std::sort(entries_.begin(), entries_.end(), [](auto& a, auto& b) { return key_less(a.key, b.key); });
    }
    return entries_.data();
  }

 private:
  enum state : std::uint8_t { not_read, being_computed, kept };

  arena& memory() const { return in_.evaluator_.memory(); }

  std::uint32_t index_of(value key) const {
    const auto found = std::find_if(kind_.fields.begin(), kind_.fields.end(), [&](auto& one) { return key.is(value_kind::string) && one.name == key.as_text(); });
    return static_cast<std::uint32_t>(found - kind_.fields.begin());
  }

  value compute(std::uint32_t index) const {
    if (!broken_.is_null()) return broken_;
    auto& declared = kind_.fields[index];
    visit here(in_, at_);
    if (declared.derived) {
      std::vector<value> own = in_.variables_;
      own[rules::slot_resource] = value::map(this);
      return here.evaluate(*declared.derived, own);
    }
    auto& program = at_.mapping->fields[index];
    if (!program) return make_error(memory(), evaluation_error_code::not_offered, declared.name);
    return exec::settled_field(declared, kind_, *at_.mapping, here.evaluate(*program, in_.variables_), at_.of->address, memory());
  }

  holdings& in_;
  const place at_;
  const rules::checked_kind& kind_;
  std::string_view type_name_;
  const value broken_;               // not null: what every field is
  std::span<value> values_;
  std::span<std::uint8_t> state_;
  data_path root_;
  mutable std::span<map_entry> entries_;
};

class holdings::member_list final : public list_view {
 public:
  member_list(std::span<const value> members, relation_shape shape) : members_(members), shape_(shape) {}
  std::size_t size() const override { return members_.size(); }
  value at(std::size_t index) const override { return members_[index]; }
  const relation_shape* relation() const override { return &shape_; }

 private:
  std::span<const value> members_;
  relation_shape shape_;
};

// Makes one relation.
class holdings::gathering {
 public:
  gathering(holdings& in, const rules::checked_kind& kind)
      : in_(in), kind_(kind), memory_(in.evaluator_.memory()), why_(memory_), found_(memory_),
        type_name_(memory_.copy(std::string_view("kind." + kind.name))) {}

  // `certain`: whether it is where it is asked for.
  void add(const resource& one, const rules::checked_mapping& mapping, bool certain) {
    if (!certain) why_.add({one.address, "account", unknown_reason::scope});
    place at{&one, &kind_, &mapping, {}, {}, {}};
    if (!mapping.when && mapping.each.empty()) return add(at, one.address, certain, value::null());
    visit here(in_, at);
    value broken;
    if (mapping.when) {
      const value belongs = here.evaluate(*mapping.when, in_.variables_);
      if (belongs.is_false()) return;
      if (belongs.is_unknown()) {
        certain = false;
        explain(belongs);
      } else if (!belongs.is_true()) {
        broken = belongs.is_error() ? belongs : make_error(memory_, evaluation_error_code::wrong_type, "`when` is not a bool");
      }
    }
    if (mapping.each.empty()) return add(at, one.address, certain, broken);
    for (auto& item : instances_of(mapping, in_.evaluator_, in_.variables_, in_.each_)) {
      at.key = item.key;
      at.element = item.element;
      at.index = item.index;
      if (item.element.is_unknown()) explain(item.element);
      const value of_item = broken.is_null() && item.element.is_error() ? item.element : broken;
      add(at, memory_.copy(std::string_view(std::string(one.address).append(item.suffix))), certain && !item.element.is_unknown(), of_item);
    }
  }

  void open(const resource& at, std::string_view function, unknown_reason reason) {
    open_ = true;
    why_.add({at.address, memory_.copy(std::string_view(std::string(function) + "(" + kind_.name + ")")), reason});
  }

  value take() {
    // In input order, whichever types the kind is made of.
    std::stable_sort(found_.begin(), found_.end(), [](auto& a, auto& b) { return a.position < b.position; });
    auto members = memory_.make_array<value>(found_.size());
    auto certain = memory_.make_array<bool>(found_.size());
    bool all_certain = true;
    for (std::size_t i = 0; i < found_.size(); ++i) {
      members[i] = value::map(found_[i].made);
      certain[i] = found_[i].certain;
      all_certain = all_certain && certain[i];
    }
    relation_shape shape;
    shape.certain = all_certain ? nullptr : certain.data();
    shape.open = open_;
    if (open_ || !all_certain) {
      const auto reasons = why_.take();
      shape.why = memory_.make<unknown_set>(memory_.copy(std::span<const unknown_path>(reasons)).data(), reasons.size());
    }
    return value::list(memory_.make<member_list>(members, shape));
  }

 private:
  struct entry {
    const member* made;
    std::uint32_t position;
    bool certain;
  };

  void add(const place& at, std::string_view address, bool certain, value broken) {
    found_.push_back({memory_.make<member>(in_, at, kind_, type_name_, address, broken), at.of->position, certain});
  }

  void explain(value unknown) {
    const unknown_set& set = unknown.as_unknown();
    for (std::size_t i = 0; i < set.count; ++i) why_.add(set.paths[i]);
  }

  holdings& in_;
  const rules::checked_kind& kind_;
  arena& memory_;
  inventory::first_reasons why_;
  arena_vector<entry> found_;
  std::string_view type_name_;
  bool open_ = false;
};

holdings::holdings(const run_context& of, cel::evaluator& evaluator, exec::resource_access& own, closing& declared)
    : of_(of), evaluator_(evaluator), own_(own), declared_(declared), access_(of.inventory), meta_(of.inventory, evaluator.memory()), each_("each", {"key", "value", "index"}, {}),
      variables_(rules::variable_count) {
  access_.use(declared);
}

const rules::checked_kind* holdings::find(std::string_view kind) const {
  for (auto& one : of_.plan.model->kinds) {
    if (one->name == kind) return one.get();
  }
  return nullptr;
}

void holdings::move_to(const place& to) {
  arena& memory = evaluator_.memory();
  access_.at(*to.of, to.kind);
  meta_.at(*to.of, of_.readable[to.of->input]->file);
  auto& parts = parts_[to.mapping];
  if (parts == nullptr) parts = std::make_unique<exec::part_object>(*to.mapping, access_, memory);
  parts->begin();
  each_.set(0, to.key);
  each_.set(1, to.element);
  each_.set(2, to.index);
  variables_[rules::slot_resource] = access_.attributes(&to.mapping->facts, memory);
  variables_[rules::slot_meta] = value::map(&meta_);
  variables_[rules::slot_scope] = make_unknown(memory, to.of->address, "scope", unknown_reason::scope);
  variables_[rules::slot_now] = of_.now;
  variables_[rules::slot_part] = value::map(parts.get());
  variables_[rules::slot_each] = value::map(&each_);
  evaluator_.set_host(static_cast<rules::relation_host*>(&access_));
}

value holdings::of_account(std::string_view kind, const resource& account) {
  const rules::checked_kind* of = find(kind);
  if (of == nullptr || account_type_of(account.type) == nullptr) {
    return make_error(evaluator_.memory(), evaluation_error_code::invalid_argument, "held() is asked of accounts; this resource stands for none");
  }
  gathering made(*this, *of);
  std::size_t possible = 0;
  const std::string_view cloud = account_type_of(account.type)->cloud;
  for (auto& mapping : of->from) {
    if (mapping.cloud != cloud) continue;
    const inventory::holdings found = of_.inventory.held_by(account, mapping.type, evaluator_.memory());
    for (const resource* one : found.certain) made.add(*one, mapping, true);
    possible += found.possible.size();
    if (possible > most_possible) continue;
    for (const resource* one : found.possible) made.add(*one, mapping, false);
  }
  if (possible > most_possible) made.open(account, "held", unknown_reason::scope);
  if (!of_.inventory.all_closed() && !declared_.account(*of, account)) made.open(account, "held", unknown_reason::open_set);
  return made.take();
}

value holdings::of_all(std::string_view kind, const resource& at) {
  const rules::checked_kind* of = find(kind);
  if (of == nullptr) return make_error(evaluator_.memory(), evaluation_error_code::invalid_argument, "all_held() takes the name of a kind");
  gathering made(*this, *of);
  for (auto& mapping : of->from) {
    for (const resource* one : of_.inventory.all_of(mapping.type)) made.add(*one, mapping, true);
  }
  if (!of_.inventory.all_closed() && !declared_.everywhere(*of)) made.open(at, "all_held", unknown_reason::open_set);
  return made.take();
}

}  // namespace sekimori::check

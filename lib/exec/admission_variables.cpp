// exec: a policy's variables, lazily.
#include "exec/admission_variables.hpp"

#include <algorithm>
#include <set>

#include "value/values.hpp"

namespace sekimori::exec {

admission_variables::admission_variables(const rules::checked_admission& policy, cel::evaluator& evaluator, bool explaining)
    : policy_(policy), evaluator_(evaluator), explaining_(explaining), computed_(policy.variables.size()), state_(policy.variables.size(), 0),
      traces_(explaining ? policy.variables.size() : 0) {}

void admission_variables::begin(const admission_values& values) {
  values_ = values;
  values_[rules::slot_variables] = value::map(this);
  std::fill(state_.begin(), state_.end(), std::uint8_t{0});
  entries_.clear();
  cost_ = 0;
  for (auto& trace : traces_) trace.clear();
}

bool admission_variables::field(std::uint32_t index, value& found) const {
  if (index >= computed_.size()) return false;
  if (state_[index] == 1) {
    found = make_error(evaluator_.memory(), evaluation_error_code::invalid_argument, "a variable refers to itself");
    return true;
  }
  if (state_[index] == 0) {
    state_[index] = 1;
    cel::trace own;
    computed_[index] = evaluator_.evaluate_apart(*policy_.variables[index].program, values_, explaining_ ? &own : nullptr, cost_);
    if (explaining_) {
      flatten(own);
      traces_[index] = std::move(own);
    }
    state_[index] = 2;
  }
  found = computed_[index];
  return true;
}

// Reads of other variables become what those read, once each: a chain of variables stays as short as its reads.
void admission_variables::flatten(cel::trace& own) const {
  std::vector<cel::read> reads;
  std::set<std::string_view> taken;
  for (auto& one : own.reads) {
    if (one.container != &field_mark || !one.key.is(value_kind::string)) {
      reads.push_back(one);
      continue;
    }
    if (!taken.insert(one.key.as_text()).second) continue;
    auto& inner = field_trace(one.key.as_text());
    own.reads_sensitive = own.reads_sensitive || inner.reads_sensitive;
    reads.insert(reads.end(), inner.reads.begin(), inner.reads.end());
  }
  own.reads = std::move(reads);
  own.observations.clear();
}

int admission_variables::index_of(std::string_view name) const {
  for (std::size_t i = 0; i < policy_.variables.size(); ++i) {
    if (policy_.variables[i].name == name) return static_cast<int>(i);
  }
  return -1;
}

bool admission_variables::find(value key, value& found) const {
  const int index = key.is(value_kind::string) ? index_of(key.as_text()) : -1;
  return index >= 0 && field(static_cast<std::uint32_t>(index), found);
}

const map_entry* admission_variables::entries() const {
  if (entries_.empty()) {
    for (std::uint32_t i = 0; i < computed_.size(); ++i) {
      value found;
      field(i, found);
      entries_.push_back({value::string(policy_.variables[i].name), found});
    }
    std::sort(entries_.begin(), entries_.end(), [](auto& a, auto& b) { return key_less(a.key, b.key); });
  }
  return entries_.data();
}

const cel::trace& admission_variables::field_trace(std::string_view name) const {
  static const cel::trace none;
  const int index = index_of(name);
  return index < 0 || traces_.empty() ? none : traces_[static_cast<std::size_t>(index)];
}

}  // namespace sekimori::exec

// A value, or the diagnostics that say why there is none. The library throws nothing on bad input.
#pragma once

#include <utility>
#include <vector>

#include "sekimori/diagnostic.hpp"

namespace sekimori {

// Holds a T or at least one diagnostic of level error. Diagnostics of level warning may stand
// beside a value. T needs a default constructor (g++ 12 has no std::expected).
template <class T>
class [[nodiscard]] result {
 public:
  result(T value) : value_(std::move(value)), ok_(true) {}
  result(T value, std::vector<diagnostic> warnings)
      : value_(std::move(value)), diagnostics_(std::move(warnings)), ok_(true) {}
  result(std::vector<diagnostic> errors) : diagnostics_(std::move(errors)) {}
  result(diagnostic error) { diagnostics_.push_back(std::move(error)); }

  bool ok() const { return ok_; }
  explicit operator bool() const { return ok_; }

  // Only when ok().
  const T& value() const& { return value_; }
  T& value() & { return value_; }
  T&& value() && { return std::move(value_); }
  const T* operator->() const { return &value_; }
  const T& operator*() const { return value_; }

  const std::vector<diagnostic>& diagnostics() const { return diagnostics_; }
  std::vector<diagnostic>& diagnostics() { return diagnostics_; }

 private:
  T value_{};
  std::vector<diagnostic> diagnostics_;
  bool ok_ = false;
};

}  // namespace sekimori

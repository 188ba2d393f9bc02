// cel: collects what is wrong with one expression. Entry point: mistakes. Knows neither syntax nor types.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/diagnostics.hpp"
#include "base/source.hpp"

namespace sekimori::cel {

class mistakes {
 public:
  explicit mistakes(const located_text& text) : text_(text) {}

  void add(diagnostic_code code, span where, std::string message, diagnostic_details details = {}) {
    // More than this many from one expression help nobody, and a hostile text could make thousands.
    if (full()) return;
    found_.push_back(make_diagnostic(code, text_, where, std::move(message), std::move(details)));
  }
  bool any() const { return !found_.empty(); }
  bool full() const { return found_.size() >= most; }
  // In the order of the text, whichever stage found them.
  std::vector<diagnostic> take() {
    std::stable_sort(found_.begin(), found_.end(), [](const diagnostic& a, const diagnostic& b) {
      return a.line != b.line ? a.line < b.line : a.column < b.column;
    });
    return std::move(found_);
  }

 private:
  static constexpr std::size_t most = 20;
  const located_text& text_;
  std::vector<diagnostic> found_;
};

}  // namespace sekimori::cel

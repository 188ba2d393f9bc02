// differential: greedy shrinking: a part for the whole, a literal for a part, a smaller input, as long
// as the case fails. Entry point: shrink.
#include "shrink.hpp"

namespace differential {

namespace {

constexpr int most_attempts = 4'000;

std::size_t weight(const node& n) {
  std::size_t sum = 1;
  for (const std::string& text : n.texts) sum += text.size();
  for (const node& part : n.parts) sum += weight(part);
  return sum;
}

class shrinker {
 public:
  shrinker(generated failing, const predicate& fails) : best_(std::move(failing)), fails_(fails) {}

  generated run() {
    bool smaller = true;
    while (smaller && attempts_ < most_attempts) {
      smaller = false;
      for (std::size_t place = 0; attempts_ < most_attempts; ++place) {
        std::vector<std::size_t> path;
        std::size_t left = place;
        if (!find(best_.expression, left, path)) break;
        while (shrink_at(path)) smaller = true;
      }
      for (std::size_t i = 0; i < best_.inputs.size(); ++i) {
        while (shrink_input(i)) smaller = true;
      }
    }
    return best_;
  }

 private:
  // The path to the node number `left` in source order.
  static bool find(const node& in, std::size_t& left, std::vector<std::size_t>& path) {
    if (left == 0) return true;
    --left;
    for (std::size_t i = 0; i < in.parts.size(); ++i) {
      path.push_back(i);
      if (find(in.parts[i], left, path)) return true;
      path.pop_back();
    }
    return false;
  }

  static node& at(node& root, const std::vector<std::size_t>& path) {
    node* here = &root;
    for (std::size_t i : path) here = &here->parts[i];
    return *here;
  }

  bool try_case(generated smaller) {
    if (++attempts_ > most_attempts || !fails_(smaller)) return false;
    best_ = std::move(smaller);
    return true;
  }

  bool replace(const std::vector<std::size_t>& path, const node& with) {
    generated smaller = best_;
    node& here = at(smaller.expression, path);
    if (weight(with) >= weight(here)) return false;
    here = with;
    return try_case(std::move(smaller));
  }

  bool shrink_at(const std::vector<std::size_t>& path) {
    const node here = at(best_.expression, path);
    for (const node& part : here.parts) {
      if (replace(path, part)) return true;
    }
    for (const char* literal : {"1", "0", "true", "false", "''", "null", "[]", "{}", "1u", "1.0", "b''", "e", "dx", "[1]", "[0, 1]", "{'k': 1}", "optional.none()"}) {
      if (replace(path, node{{literal}, {}})) return true;
    }
    // An element less.
    if (here.texts[0] == "[") {
      for (std::size_t i = 0; i < here.parts.size(); ++i) {
        node less = here;
        less.parts.erase(less.parts.begin() + static_cast<std::ptrdiff_t>(i));
        less.texts.erase(less.texts.begin() + static_cast<std::ptrdiff_t>(i == 0 ? 1 : i));
        if (less.parts.empty()) less.texts = {"[]"};
        if (replace(path, less)) return true;
      }
    }
    return false;
  }

  bool shrink_input(std::size_t i) {
    const oracle::value given = best_.inputs[i];
    auto try_input = [&](oracle::value smaller) {
      if (oracle::show(smaller).size() >= oracle::show(given).size()) return false;
      generated changed = best_;
      changed.inputs[i] = std::move(smaller);
      return try_case(std::move(changed));
    };
    if (oracle::show(given) != "null" && try_input(oracle::null{})) return true;
    if (given.is<oracle::list>()) {
      for (std::size_t k = 0; k < given.as<oracle::list>().elements.size(); ++k) {
        oracle::list less = given.as<oracle::list>();
        less.elements.erase(less.elements.begin() + static_cast<std::ptrdiff_t>(k));
        if (!less.certain.empty()) less.certain.erase(less.certain.begin() + static_cast<std::ptrdiff_t>(k));
        if (try_input(less)) return true;
      }
    }
    if (given.is<oracle::map>()) {
      for (std::size_t k = 0; k < given.as<oracle::map>().entries.size(); ++k) {
        oracle::map less = given.as<oracle::map>();
        less.entries.erase(less.entries.begin() + static_cast<std::ptrdiff_t>(k));
        if (try_input(less)) return true;
      }
    }
    for (const oracle::value& simple : {oracle::value(true), oracle::value(std::int64_t{1}), oracle::value(std::string("a"))}) {
      if (simple.held.index() == given.held.index() && try_input(simple)) return true;
    }
    return false;
  }

  generated best_;
  const predicate& fails_;
  int attempts_ = 0;
};

}  // namespace

generated shrink(generated failing, const predicate& fails) { return shrinker(std::move(failing), fails).run(); }

}  // namespace differential

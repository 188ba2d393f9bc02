#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

#include "value/undecided_parts.hpp"
#include "value/values.hpp"

using namespace sekimori;

namespace {

std::string text_of(value found) {
  if (!found.is_unknown()) return found.is_error() ? std::string(found.as_error().message) : display(found);
  std::string made;
  const unknown_set& all = found.as_unknown();
  for (std::size_t i = 0; i < all.count; ++i) {
    made += std::string(all.paths[i].resource) + "." + std::string(all.paths[i].path) + "=" + std::string(reason_name(all.paths[i].reason)) + "\n";
  }
  return made;
}

}  // namespace

TEST_CASE("parts joined in any order are what merging one after the other makes") {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    arena memory;
    std::vector<value> parts;
    const std::size_t count = random() % 40;
    for (std::size_t i = 0; i < count; ++i) {
      value one = make_unknown(memory, random() % 2 == 0 ? "a" : "b", std::to_string(random() % 30), static_cast<unknown_reason>(random() % 3));
      // Some parts are sets of several paths, and some come again.
      if (!parts.empty() && random() % 3 == 0) one = merge_unknowns(memory, one, parts[random() % parts.size()]);
      if (!parts.empty() && random() % 5 == 0) one = parts[random() % parts.size()];
      parts.push_back(one);
    }
    value joined = value::boolean(true);
    undecided_parts in_order(memory), reversed(memory);
    for (std::size_t i = 0; i < count; ++i) {
      joined = joined.is_unknown() ? merge_unknowns(memory, joined, parts[i]) : parts[i];
      CHECK_FALSE(in_order.add(parts[i]));
      CHECK_FALSE(reversed.add(parts[count - 1 - i]));
    }
    CHECK(in_order.any() == (count > 0));
    CHECK(text_of(in_order.or_else(value::boolean(true))) == text_of(joined));
    CHECK(text_of(reversed.or_else(value::boolean(true))) == text_of(joined));
  }
}

TEST_CASE("a limit outranks unknowns, these errors, of which the first stands; other parts are passed over") {
  arena memory;
  undecided_parts parts(memory);
  CHECK_FALSE(parts.add(value::boolean(false)));
  CHECK_FALSE(parts.any());
  CHECK(text_of(parts.or_else(value::integer(3))) == "3");
  CHECK_FALSE(parts.add(make_error(memory, evaluation_error_code::no_such_key, "first")));
  CHECK_FALSE(parts.add(make_error(memory, evaluation_error_code::division_by_zero, "second")));
  CHECK(text_of(parts.or_else(value::null())) == "first");
  CHECK_FALSE(parts.add(make_unknown(memory, "r", "a", unknown_reason::computed)));
  CHECK(text_of(parts.or_else(value::null())) == "r.a=computed\n");
  CHECK(parts.add(make_error(memory, evaluation_error_code::limit, "limit")));
  CHECK(text_of(parts.or_else(value::null())) == "limit");
}

TEST_CASE("what is known to be a secret stays one when it is unknown among others") {
  arena memory;
  undecided_parts parts(memory);
  parts.add(make_unknown(memory, "r", "a", unknown_reason::computed).marked_sensitive(true));
  parts.add(make_unknown(memory, "r", "b", unknown_reason::computed));
  CHECK(parts.or_else(value::null()).sensitive());
}

TEST_CASE("ten thousand unknown parts do not take memory by their square") {
  arena memory;
  constexpr std::size_t count = 10'000;
  std::vector<value> parts;
  for (std::size_t i = 0; i < count; ++i) parts.push_back(make_unknown(memory, "r", std::to_string(i * 7919 % count), unknown_reason::computed));
  const std::size_t before = memory.capacity();
  undecided_parts joined(memory);
  for (value one : parts) joined.add(one);
  CHECK(joined.or_else(value::null()).as_unknown().count == count);
  // One after the other they would be 50 million paths.
  CHECK(memory.capacity() - before < 40 * count * sizeof(unknown_path));
}

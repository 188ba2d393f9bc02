// Calls the bodies of function packs directly, with values made by hand.
#pragma once

#include <doctest/doctest.h>

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cel/function.hpp"
#include "value/values.hpp"

namespace pack_test {

using namespace sekimori;

// A value from somewhere else than an arena: a list or map whose views live on the heap.
struct workshop {
  sekimori::arena memory;
  cel::call_context context{memory, nullptr, value(), 7};

  value text(std::string_view t) { return make_string(memory, t); }
  value list(std::initializer_list<value> elements) { return make_list(memory, std::vector<value>(elements)); }
  value map(std::initializer_list<map_entry> entries) { return make_map(memory, std::vector<map_entry>(entries)); }
  value unknown(std::string_view path) { return make_unknown(memory, "a.b", path, unknown_reason::computed); }

  value call(std::span<const cel::function_row> pack, std::string_view id, std::initializer_list<value> arguments) {
    for (const cel::function_row& row : pack) {
      for (const cel::overload& overload : row.overloads) {
        if (overload.id != id || overload.last != 255) continue;  // 255: nothing has taken its place
        REQUIRE(overload.parameters.size() == arguments.size());
        return overload.body(context, std::vector<value>(arguments));
      }
    }
    FAIL("no overload ", std::string(id));
    return {};
  }

  // The shown form of a result, "error: CODE" or "unknown: PATH PATH".
  std::string shown(value result) {
    if (result.is_error()) return "error: " + std::string(result.as_error().message);
    if (result.is_unknown()) {
      std::string text = "unknown:";
      for (std::size_t i = 0; i < result.as_unknown().count; ++i) text += " " + std::string(result.as_unknown().paths[i].path);
      return text;
    }
    return display(result, 4000);
  }
};

inline bool fails(value result, evaluation_error_code code) { return result.is_error() && result.as_error().code == code; }

// A relation: some members may not be sure, the tail may be open.
class relation_list final : public list_view {
 public:
  relation_list(std::vector<value> members, std::vector<char> certain, bool open, const unknown_set* why)
      : members_(std::move(members)), certain_(new bool[certain.size() + 1]) {
    for (std::size_t i = 0; i < certain.size(); ++i) certain_[i] = certain[i] != 0;
    shape_ = {certain_.get(), open, why};
  }
  std::size_t size() const override { return members_.size(); }
  value at(std::size_t index) const override { return members_[index]; }
  const relation_shape* relation() const override { return &shape_; }

 private:
  std::vector<value> members_;
  std::unique_ptr<bool[]> certain_;
  relation_shape shape_;
};

}  // namespace pack_test

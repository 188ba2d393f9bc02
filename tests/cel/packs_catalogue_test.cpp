// The catalogue as a whole: what every row of every pack must have.
#include <doctest/doctest.h>

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.hpp"
#include "cel/function.hpp"
#include "cel/type.hpp"

using namespace sekimori;

namespace {

const std::map<std::string, std::span<const cel::function_row>> packs = {
    {"standard", cel::standard_pack()}, {"strings", cel::strings_pack()},     {"lists", cel::lists_pack()},
    {"math", cel::math_pack()},         {"sets", cel::sets_pack()},           {"encoders", cel::encoders_pack()},
    {"optionals", cel::optionals_pack()}, {"network", cel::network_pack()},   {"cloud", cel::cloud_pack()},
};

bool has_japanese(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = decode_utf8(text, at);
    if ((c >= 0x3040 && c <= 0x30ff) || (c >= 0x4e00 && c <= 0x9fff)) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("every row is documented in English and Japanese") {
  for (const auto& [pack, rows] : packs) {
    CHECK_MESSAGE(!rows.empty(), pack);
    for (const cel::function_row& row : rows) {
      const std::string name(row.name);
      CHECK_MESSAGE(!name.empty(), pack);
      CHECK_MESSAGE(row.pack == pack, name);
      CHECK_MESSAGE(!row.doc.empty(), name);
      CHECK_MESSAGE(!has_japanese(row.doc), name);
      CHECK_MESSAGE(has_japanese(row.doc_ja), name);
      CHECK_MESSAGE(!invalid_utf8(row.doc_ja), name);
      CHECK_MESSAGE(row.cost_class <= 4, name);
      CHECK_MESSAGE(!row.overloads.empty(), name);
    }
  }
}

TEST_CASE("overload ids are unique over all packs") {
  std::set<std::string> seen;
  for (const auto& [pack, rows] : packs) {
    for (const cel::function_row& row : rows) {
      for (const cel::overload& overload : row.overloads) {
        CHECK_MESSAGE(!overload.id.empty(), row.name);
        CHECK_MESSAGE(seen.insert(std::string(overload.id)).second, overload.id);
      }
    }
  }
}

TEST_CASE("a function is one row of a pack, and no two rows take the same arguments") {
  std::set<std::string> signatures;
  for (const auto& [pack, rows] : packs) {
    std::set<std::string> names;
    for (const cel::function_row& row : rows) {
      CHECK_MESSAGE(names.insert(std::string(row.name)).second, row.name);
      for (const cel::overload& overload : row.overloads) {
        std::string signature = std::string(row.name) + (overload.instance ? " of" : "");
        for (std::string_view parameter : overload.parameters) signature += " " + std::string(parameter);
        CHECK_MESSAGE(signatures.insert(signature).second, signature);
        CHECK_MESSAGE((!overload.instance || !overload.parameters.empty()), overload.id);
      }
    }
  }
}

TEST_CASE("every type in a signature can be read") {
  cel::type_pool pool;
  for (const auto& [pack, rows] : packs) {
    for (const cel::function_row& row : rows) {
      for (const cel::overload& overload : row.overloads) {
        std::vector<std::string_view> types(overload.parameters.begin(), overload.parameters.end());
        types.push_back(overload.result);
        for (std::string_view type : types) {
          if (type == "net.IP" || type == "net.CIDR" || type == "ports") continue;  // declared by being used
          CHECK_MESSAGE(pool.parse(type) != nullptr, overload.id, ": ", type);
        }
      }
    }
  }
}

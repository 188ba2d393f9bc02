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

std::vector<cel::pack> all_packs() {
  std::vector<cel::pack> all(cel::packs().begin(), cel::packs().end());
  all.push_back({"standard", 0, cel::standard_pack(), cel::standard_macros()});
  return all;
}

// Kubernetes has its own ip and cidr: the two are never on together.
bool clash(std::string_view a, std::string_view b) {
  return (a == "network" && b == "k8s.network") || (a == "k8s.network" && b == "network");
}

bool has_japanese(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = decode_utf8(text, at);
    if ((c >= 0x3040 && c <= 0x30ff) || (c >= 0x4e00 && c <= 0x9fff)) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("every row is documented in English and Japanese") {
  for (const cel::pack& pack : all_packs()) {
    CHECK_MESSAGE((!pack.rows.empty() || !pack.macros.empty()), pack.name);
    for (const cel::function_row& row : pack.rows) {
      const std::string name(row.name);
      CHECK_MESSAGE(!name.empty(), pack.name);
      CHECK_MESSAGE(row.pack == pack.name, name);
      CHECK_MESSAGE(!row.doc.empty(), name);
      CHECK_MESSAGE(!has_japanese(row.doc), name);
      CHECK_MESSAGE(has_japanese(row.doc_ja), name);
      CHECK_MESSAGE(!invalid_utf8(row.doc_ja), name);
      CHECK_MESSAGE(row.cost_class <= 4, name);
      CHECK_MESSAGE(!row.overloads.empty(), name);
    }
    for (const cel::macro_row& macro : pack.macros) {
      const std::string name(macro.name);
      CHECK_MESSAGE((macro.expand != nullptr), name);
      CHECK_MESSAGE(!macro.usage.empty(), name);
      CHECK_MESSAGE(!has_japanese(macro.doc), name);
      CHECK_MESSAGE((has_japanese(macro.doc_ja) && !invalid_utf8(macro.doc_ja)), name);
    }
  }
}

TEST_CASE("packs are in the order of their names, and found by them") {
  std::string_view before;
  for (const cel::pack& pack : cel::packs()) {
    CHECK_MESSAGE(before < pack.name, pack.name);
    before = pack.name;
    const cel::pack* found = cel::find_pack(pack.name);
    REQUIRE(found != nullptr);
    CHECK(found->name == pack.name);
  }
  CHECK(cel::find_pack("standard") == nullptr);  // it is always on
  CHECK(cel::find_pack("") == nullptr);
}

TEST_CASE("nothing came with a version that its pack does not have") {
  for (const cel::pack& pack : all_packs()) {
    for (const cel::function_row& row : pack.rows) {
      for (const cel::overload& overload : row.overloads) CHECK_MESSAGE(overload.since <= pack.newest, overload.id);
    }
    for (const cel::macro_row& macro : pack.macros) CHECK_MESSAGE(macro.since <= pack.newest, macro.name);
  }
}

TEST_CASE("overload ids are unique over all packs that can be on together") {
  std::map<std::string_view, std::vector<std::pair<const cel::overload*, std::string_view>>> seen;
  for (const cel::pack& pack : all_packs()) {
    for (const cel::function_row& row : pack.rows) {
      for (const cel::overload& overload : row.overloads) {
        CHECK_MESSAGE(!overload.id.empty(), row.name);
        auto& others = seen[overload.id];
        for (const auto& [other, holder] : others) {
          bool follows = holder == pack.name && overload.since == other->last + 1;
          CHECK_MESSAGE((other == &overload || follows || clash(holder, pack.name)), overload.id);
        }
        others.emplace_back(&overload, pack.name);
      }
    }
  }
}

TEST_CASE("a function is one row of a pack, and no two rows take the same arguments") {
  std::map<std::string, std::string_view> signatures;
  for (const cel::pack& pack : all_packs()) {
    std::set<std::string> names;
    for (const cel::function_row& row : pack.rows) {
      CHECK_MESSAGE(names.insert(std::string(row.name)).second, row.name);
      for (const cel::overload& overload : row.overloads) {
        std::string signature = std::string(row.name) + (overload.instance ? " of" : "");
        for (std::string_view parameter : overload.parameters) signature += " " + std::string(parameter);
        if (overload.last < pack.newest) continue;  // another takes its place
        auto [earlier, is_new] = signatures.emplace(signature, pack.name);
        CHECK_MESSAGE((is_new || clash(earlier->second, pack.name)), signature);
        CHECK_MESSAGE((!overload.instance || !overload.parameters.empty()), overload.id);
      }
    }
  }
}

TEST_CASE("no two macros of packs mean the same call") {
  std::set<std::string> seen;
  for (const cel::pack& pack : all_packs()) {
    for (const cel::macro_row& macro : pack.macros) {
      std::string shape = std::string(macro.name) + " " + std::to_string(static_cast<int>(macro.form)) + " " + std::to_string(macro.arguments);
      CHECK_MESSAGE(seen.insert(shape).second, shape);
    }
  }
}

TEST_CASE("every type in a signature can be read") {
  // Declared by being used.
  const std::set<std::string_view> extension_types = {"net.IP", "net.CIDR", "ports", "kubernetes.NamedFormat", "kubernetes.Quantity",
                                                      "kubernetes.Semver", "kubernetes.URL"};
  cel::type_pool pool;
  for (std::string_view name : extension_types) pool.abstract(name);
  for (const cel::pack& pack : all_packs()) {
    for (const cel::function_row& row : pack.rows) {
      for (const cel::overload& overload : row.overloads) {
        std::vector<std::string_view> types(overload.parameters.begin(), overload.parameters.end());
        types.push_back(overload.result);
        for (std::string_view type : types) CHECK_MESSAGE(pool.parse(type) != nullptr, overload.id, ": ", type);
      }
    }
  }
}

// Views and nodes of generated documents against a naive reading of the same: what is made is written as text, and
// everything that can be asked is asked of both.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "value/json_view.hpp"
#include "value/overlay.hpp"
#include "value/values.hpp"

using namespace sekimori;

namespace {

struct tree {
  enum class sort { null, boolean, integer, floating, string, list, map } what = sort::null;
  bool yes = false;
  std::int64_t number = 0;
  std::string text;
  std::vector<tree> items;
  std::vector<std::string> keys;   // of a map, beside items
};

class generator {
 public:
  explicit generator(unsigned seed, bool duplicates) : random_(seed), duplicates_(duplicates) {}

  tree make(int depth) {
    tree made;
    const unsigned roll = random_() % 10;
    if (depth == 0 || roll < 4) return scalar();
    const bool map = roll < 8;
    made.what = map ? tree::sort::map : tree::sort::list;
    const std::size_t size = random_() % 12 == 0 ? 20 + random_() % 40 : random_() % 10;
    for (std::size_t i = 0; i < size; ++i) {
      if (map) {
        std::string name = key();
        const bool has = std::find(made.keys.begin(), made.keys.end(), name) != made.keys.end();
        if (has && !duplicates_) continue;
        made.keys.push_back(std::move(name));
      }
      made.items.push_back(make(depth - 1));
    }
    if (map && random_() % 2 == 0) sort(made);
    return made;
  }

  // A mask of what could be laid over `of`: its keys and some more, with true in some places.
  tree mask(const tree& of, int depth) {
    tree made;
    const unsigned roll = random_() % 10;
    if (roll == 0 || (depth == 0 && roll < 5)) {
      made.what = tree::sort::boolean;
      made.yes = random_() % 2 == 0;
      return made;
    }
    if (depth == 0 || (of.what != tree::sort::map && of.what != tree::sort::list)) return made;
    made.what = of.what;
    for (std::size_t i = 0; i < of.items.size(); ++i) {
      if (of.what == tree::sort::map) {
        if (random_() % 3 == 0) continue;
        made.keys.push_back(of.keys[i]);
      }
      made.items.push_back(mask(of.items[i], depth - 1));
    }
    if (of.what == tree::sort::map) {
      made.keys.push_back("only_masked");
      made.items.push_back(mask(tree(), 0));
    }
    return made;
  }

  std::string key() {
    static const std::vector<std::string> stems = {"", "a", "name", "security_group", "security_group_ids", "enable_dns_support_", "鍵", "\x01", "tags_all"};
    std::string made = stems[random_() % stems.size()];
    for (unsigned n = random_() % 3; n > 0; --n) made += static_cast<char>(random_() % 4 == 0 ? '\0' : 'a' + random_() % 26);
    return made;
  }

 private:
  tree scalar() {
    tree made;
    switch (random_() % 5) {
      case 0: break;
      case 1: made.what = tree::sort::boolean; made.yes = random_() % 2 == 0; break;
      case 2: made.what = tree::sort::integer; made.number = static_cast<std::int64_t>(random_()) - (1 << 30); break;
      case 3: made.what = tree::sort::floating; made.number = static_cast<std::int64_t>(random_() % 1000); break;
      default: made.what = tree::sort::string; made.text = key();
    }
    return made;
  }
  static void sort(tree& map) {
    std::vector<std::size_t> order(map.keys.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return map.keys[a] < map.keys[b]; });
    tree sorted = map;
    for (std::size_t i = 0; i < order.size(); ++i) {
      sorted.keys[i] = map.keys[order[i]];
      sorted.items[i] = map.items[order[i]];
    }
    map = std::move(sorted);
  }

  std::mt19937 random_;
  bool duplicates_;
};

void write(const tree& from, std::string& to) {
  switch (from.what) {
    case tree::sort::null: to += "null"; break;
    case tree::sort::boolean: to += from.yes ? "true" : "false"; break;
    case tree::sort::integer: to += std::to_string(from.number); break;
    case tree::sort::floating: to += std::to_string(from.number) + ".5"; break;
    case tree::sort::string: append_json_string(to, from.text); break;
    case tree::sort::list:
    case tree::sort::map:
      to += from.what == tree::sort::map ? "{" : "[";
      for (std::size_t i = 0; i < from.items.size(); ++i) {
        if (i > 0) to += ", ";
        if (from.what == tree::sort::map) {
          append_json_string(to, from.keys[i]);
          to += ": ";
        }
        write(from.items[i], to);
      }
      to += from.what == tree::sort::map ? "}" : "]";
  }
}

std::string text_of(const tree& from) {
  std::string text;
  write(from, text);
  return text;
}

bool has_duplicates(const tree& from, bool below) {
  std::vector<std::string> keys = from.keys;
  std::sort(keys.begin(), keys.end());
  if (std::adjacent_find(keys.begin(), keys.end()) != keys.end()) return true;
  return below && std::any_of(from.items.begin(), from.items.end(), [](const tree& one) { return has_duplicates(one, true); });
}

bool same_scalar(const tree& expected, value found) {
  switch (expected.what) {
    case tree::sort::null: return found.is_null();
    case tree::sort::boolean: return expected.yes ? found.is_true() : found.is_false();
    case tree::sort::integer: return found.is(value_kind::integer) && found.as_integer() == expected.number;
    case tree::sort::floating: return found.is(value_kind::floating) && found.as_floating() == static_cast<double>(expected.number) + 0.5;
    case tree::sort::string: return found.is(value_kind::string) && found.as_text() == expected.text;
    default: return false;
  }
}

// `number` tells which way a map is asked first.
bool same(const tree& expected, value found, const document_node& node, unsigned number) {
  if (expected.what == tree::sort::list) {
    if (!found.is(value_kind::list) || found.as_list().size() != expected.items.size() || node.size() != expected.items.size() || !node.is_list()) return false;
    for (std::size_t i = 0; i < expected.items.size(); ++i) {
      if (!same(expected.items[i], found.as_list().at(i), node.at(i), number + 1)) return false;
    }
    return node.at(expected.items.size()).is_null();
  }
  if (expected.what != tree::sort::map) return same_scalar(expected, found) && same_scalar(expected, node.scalar()) && !node.is_map() && !node.is_list();
  if (!found.is(value_kind::map) || !node.is_map()) return false;
  std::map<std::string, const tree*> naive;     // the first of a key
  for (std::size_t i = 0; i < expected.keys.size(); ++i) naive.emplace(expected.keys[i], &expected.items[i]);
  const map_view& map = found.as_map();
  auto entries_agree = [&] {
    if (map.size() != naive.size()) return false;
    const map_entry* entry = map.entries();
    for (const auto& [key, one] : naive) {
      if (entry->key.as_text() != key || !same(*one, entry->mapped, node.field(key), number + 1)) return false;
      ++entry;
    }
    return true;
  };
  if (number % 2 == 0 && !entries_agree()) return false;
  value under;
  document_node under_node;
  for (const std::string& other : {std::string("nope"), std::string("security_group_"), std::string()}) {
    const bool has = naive.count(other) != 0;
    if (map.find(value::string(other), under) != has || node.find(other, under_node) != has) return false;
  }
  for (const auto& [key, one] : naive) {
    if (!map.find(value::string(key), under) || !node.find(key, under_node) || !same(*one, under, under_node, number + 1)) return false;
    value again;
    if (number % 3 == 0) {
      std::uint32_t hint = number % 7;
      for (int times = 0; times < 2; ++times) {
        if (!map.find_near(key, hint, again) || map.entries()[hint].key.as_text() != key) return false;
      }
      if (map.find_near("nope", hint, again) != (naive.count("nope") != 0)) return false;
    }
    map.find(value::string(key), again);
    if (under.is(value_kind::map) && &under.as_map() != &again.as_map()) return false;
    if (under.is(value_kind::list) && &under.as_list() != &again.as_list()) return false;
  }
  return entries_agree();
}

// All that an overlay shows: values, unknown paths, marks.
void show(value at, std::string& to, int depth = 0) {
  if (at.sensitive()) to += '*';
  if (at.is_unknown()) {
    to += "?" + std::string(at.as_unknown().paths[0].path) + " ";
  } else if (at.is(value_kind::list)) {
    to += path_text(at.as_list().where()) + "[";
    for (std::size_t i = 0; i < at.as_list().size(); ++i) show(at.as_list().at(i), to, depth + 1);
    to += "]";
  } else if (at.is(value_kind::map)) {
    to += path_text(at.as_map().where()) + "{";
    for (std::size_t i = 0; i < at.as_map().size(); ++i) {
      to += std::string(at.as_map().entries()[i].key.as_text()) + "=";
      show(at.as_map().entries()[i].mapped, to, depth + 1);
    }
    to += "}";
  } else {
    to += to_json(at) + " ";
  }
}

}  // namespace

TEST_CASE("views and nodes say what the text says, duplicate keys or not") {
  std::size_t with_duplicates = 0;
  for (unsigned seed = 1; seed <= 400; ++seed) {
    CAPTURE(seed);
    const tree made = generator(seed, seed % 2 == 0).make(5);
    const std::string text = text_of(made);
    auto document = json_document::parse("generated", text);
    REQUIRE(document.ok());
    const document_node root = document->root();
    arena memory;
    CHECK(same(made, root.read(memory), root, seed));
    const bool twice = has_duplicates(made, true);
    with_duplicates += twice;
    CHECK(has_duplicate_keys(*root.tape(), root.place(), true) == twice);
    CHECK(has_duplicate_keys(*root.tape(), root.place(), false) == has_duplicates(made, false));
    CHECK(json_document::parse("generated", text, true).ok() == !twice);
  }
  CHECK(with_duplicates > 50);
}

TEST_CASE("an overlay over a document shows what one over held values shows, whichever way it is asked first") {
  for (unsigned seed = 1; seed <= 300; ++seed) {
    CAPTURE(seed);
    generator making(seed, false);
    tree known = making.make(5);
    while (known.what != tree::sort::map) known = making.make(5);
    const std::string texts[] = {text_of(known), text_of(making.mask(known, 4)), text_of(making.mask(known, 4))};
    attribute_table facts;
    facts["name"].also = {"tags_all", "a"};
    facts["name"].nullable = seed % 2 == 0;
    facts["name"].absent = value::integer(1);
    facts["security_group.name"].absent = value::boolean(true);
    for (const char* path : {"name", "security_group.name"}) facts[path].has_default = true;
    arena memory;
    overlay_source held, read;
    held.resource = read.resource = "aws_x.y";
    held.facts = read.facts = &facts;
    std::vector<json_document> documents;
    for (const std::string& text : texts) documents.push_back(std::move(json_document::parse("generated", text)).value());
    held.known = from_json(memory, texts[0]);
    held.unknown_mask = from_json(memory, texts[1]);
    held.sensitive_mask = from_json(memory, texts[2]);
    read.known = documents[0].root();
    read.unknown_mask = documents[1].root();
    read.sensitive_mask = documents[2].root();
    const value expected = make_overlay(memory, held), found = make_overlay(memory, read);
    if (expected.is(value_kind::map)) {
      for (const std::string& key : {std::string("name"), making.key(), making.key(), std::string("security_group"), std::string("only_masked")}) {
        value a, b;
        REQUIRE(found.is(value_kind::map));
        const bool has = expected.as_map().find(value::string(key), a);
        CHECK(found.as_map().find(value::string(key), b) == has);
        std::string one, other;
        show(has ? a : expected.as_map().missing(value::string(key)), one);
        show(has ? b : found.as_map().missing(value::string(key)), other);
        CHECK(one == other);
      }
    }
    std::string one, other;
    show(expected, one);
    show(found, other);
    CHECK(one == other);
  }
}

TEST_CASE("threads read one document at once, each with its own memory") {
  const tree made = generator(7, false).make(7);
  auto document = json_document::parse("generated", text_of(made));
  REQUIRE(document.ok());
  std::vector<std::string> shown(4);
  std::vector<std::thread> threads;
  for (std::string& to : shown) {
    threads.emplace_back([&] {
      arena memory;
      for (int i = 0; i < 5; ++i) {
        memory.reset();
        to = to_json(document->root().read(memory));
      }
    });
  }
  for (std::thread& one : threads) one.join();
  for (const std::string& one : shown) CHECK(one == shown[0]);
}

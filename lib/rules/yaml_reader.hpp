// rules: YAML (and JSON, its subset) as nodes with exact byte spans. Entry points: read_yaml,
// read_yaml_stream, locate.
// Knows no document type. libfyaml stays in the .cpp file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.hpp"
#include "base/source.hpp"
#include "sekimori/diagnostic.hpp"

namespace sekimori::rules {

enum class node_kind : std::uint8_t {
  scalar,
  sequence,
  mapping,
  refused,   // an alias or another feature that was reported already; whoever meets it stays silent
};

enum class scalar_style : std::uint8_t { plain, single_quoted, double_quoted, literal, folded };

// What a scalar is under YAML 1.2's core schema. Everything that is not plain is a string.
enum class scalar_kind : std::uint8_t { null, boolean, integer, floating, string };

// What it points to lives in the memory of the text that it was read from.
struct node {
  node_kind kind = node_kind::scalar;
  scalar_style style = scalar_style::plain;
  bool omitted = false;       // a scalar that is not written at all: `key:`
  std::string_view text;      // of a scalar, decoded
  span where;                 // quotes, brackets and block indicators included
  span content;               // of a scalar: without them
  std::span<const node> items;  // a sequence's items; a mapping's keys and values in turn
};

scalar_kind kind_of(const node& scalar);
// A word of the document in a message, cut where it is long.
std::string in_ticks(std::string_view text);
// Stands for the mistakes over the limit.
diagnostic too_many(const source_text& source, span where);
// "a string", "a list", ... for messages.
std::string_view describe(const node& shown);

struct yaml_limits {
  std::size_t bytes = 8u << 20;
  std::uint32_t nesting = 100;
  std::uint32_t nodes = 400'000;
  std::uint32_t problems = 1'000;     // told of one document; what follows is only counted as one more
};

struct yaml_text {
  bool readable = false;      // false: there is no tree, `problems` says why
  bool empty = false;         // readable, but without any node
  node root;
  std::vector<diagnostic> problems;
  arena memory;               // of the tree
};

// Duplicate keys (SKM102), anchors, aliases, tags, merge keys and keys that are no scalars (SKM111) are
// reported and left out of the tree; the reading goes on. A second document (SKM111) ends it.
yaml_text read_yaml(const source_text& source, const yaml_limits& limits = {});

// Several documents in one text, as Kubernetes' tools write them.
struct yaml_stream {
  bool readable = false;
  std::vector<node> documents;    // those that are not empty
  std::vector<diagnostic> problems;
  arena memory;                   // of the documents
};

// The key that a tag stands for (`!Sub x` is `{"Fn::Sub": x}` in CloudFormation); empty where it stands for none.
using key_of_tag = std::string_view (*)(std::string_view tag);

// Anchors, aliases and merge keys are carried out: the tree holds each value wherever it is used, within
// the limit of nodes, with the place where it was written. Duplicate keys are reported as above, and so are tags, except
// those that stand for a key: their value becomes a mapping with that key alone.
yaml_stream read_yaml_stream(const source_text& source, const yaml_limits& limits = {}, key_of_tag tags = nullptr);

// The scalar's text with the place of each of its bytes.
located_text locate(const node& scalar, const source_ptr& source);

}  // namespace sekimori::rules

// inventory: what an inventory holds. Shared by the files of this stage only.
#pragma once

#include <deque>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "inventory/format.hpp"
#include "inventory/line_stream.hpp"
#include "inventory/link_index.hpp"
#include "value/json_positions.hpp"

namespace sekimori::inventory {

struct input_state {
  json_document document;            // empty: a host's object
  document_node root;
  std::unique_ptr<link_source> links;
  std::unique_ptr<arena> memory = std::make_unique<arena>();   // of what its reader makes
  std::vector<json_document> inner;  // of texts in it, as its reader made them
  std::size_t first = 0, last = 0;   // its resources
  std::unique_ptr<line_stream> lines;   // it is read a piece at a time; the resources above are those that others are related to
  account_candidates candidates;     // of what it does not place
  std::string made;                  // the text, where it is another than what was given
  file_bytes kept;                   // what was given, where nobody else keeps it
  std::string_view text;             // where its resources have their positions; empty: nowhere
  std::uint32_t indented = 0;        // by so many columns more than what was given
  std::unique_ptr<json_positions> positions;   // once one is asked for
  bool complete = false;
  bool readable = false;
};

struct inventory::implementation {
  resource_store resources;
  std::deque<input_state> inputs;
  std::vector<std::string_view> types;
  std::unordered_map<std::string_view, std::uint32_t> type_indexes;
  bool all_closed = false;
  std::size_t named = 0;                   // how many of the last inputs are set_named()'s
  std::unique_ptr<link_indexes> indexes;   // null while inputs are added

  const link_source* links_of(const resource& of) const { return inputs[of.input].links.get(); }
};

// The account of a resource of the input: what it says, else its only candidate.
std::string_view account_in(const input_state& input, const resource& one, arena& memory);
// Null: it could be any account.
const std::vector<std::string>* candidates_of(const input_state& input, const resource& one);

// The positions of these resources in a text; its first element is numbered so.
std::unique_ptr<json_positions> positions_in(std::string_view text, const resource_store& resources, std::size_t first, std::size_t last, std::size_t first_element);

// Tells the resources from `first` on where they are and what is found by their type.
void settle(inventory::implementation& in, std::size_t first);

}  // namespace sekimori::inventory

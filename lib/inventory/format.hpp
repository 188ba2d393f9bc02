// inventory: what a format's reader gets and gives. Entry point: format_readers. One file per format.
// Knows no rules and no kinds.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.hpp"
#include "base/diagnostics.hpp"
#include "inventory/inventory.hpp"

namespace sekimori::inventory {

// What an attribute names by the references of its configuration, among resources of one type.
struct named_resources {
  std::vector<const resource*> exact;
  std::vector<const resource*> possible;
  std::vector<const std::vector<const resource*>*> possible_groups;   // every instance of one block
  bool anything = false;               // could name any resource of the type, or one that was not given
};

// What a format knows about links besides equal values.
class link_source {
 public:
  virtual ~link_source() = default;
  virtual named_resources named(const resource& from, std::string_view path, std::string_view type) const = 0;
  // The instances of the block that `one` is an instance of.
  virtual const std::vector<const resource*>* group_of(const resource& one) const = 0;
  virtual bool configures(const resource& of, std::string_view top_level_attribute) const = 0;
  virtual bool provider_sets(const resource& of, std::string_view provider_attribute) const = 0;
  virtual void collect_secrets(std::vector<std::string>& into) const = 0;
};

// One input being read. The reader appends resources and fills the record; an error among its
// diagnostics makes the input unreadable, and what was appended is taken back.
struct reading {
  input_record& record;
  std::uint32_t input = 0;
  std::deque<resource>& resources;
  arena& memory;                                            // lives as long as the inventory
  const std::map<std::string, line_column>* places = nullptr;   // by JSON pointer, where the text told them
  std::unique_ptr<link_source> links = nullptr;
  bool complete = false;

  void problem(diagnostic_code code, const std::string& message, diagnostic_details details = {}) {
    record.diagnostics.push_back(make_diagnostic(code, record.file, message, std::move(details)));
  }
};

class format_reader {
 public:
  virtual ~format_reader() = default;
  virtual std::string_view name() const = 0;      // "terraform-plan"
  virtual std::string_view stage() const = 0;     // "plan" or "inventory"
  virtual bool recognises(value root) const = 0;  // by content; a map or a list
  virtual void read(value root, reading& into) const = 0;
  // What an unrecognised document may be, to help the person who gave it; empty: no idea.
  virtual std::string_view guess(value root) const = 0;
};

const format_reader& terraform_plan_reader();
const format_reader& kubernetes_manifest_reader();

}  // namespace sekimori::inventory

// inventory: what a format's reader gets and gives. Entry point: format_readers. One file per format.
// Knows no rules and no kinds.
#pragma once

#include <algorithm>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/arena.hpp"
#include "base/diagnostics.hpp"
#include "inventory/csv_export.hpp"
#include "inventory/inventory.hpp"

namespace sekimori::inventory {

// What an attribute names by the references of its configuration, among resources of one type.
struct named_resources {
  std::vector<const resource*> exact;
  std::vector<const resource*> possible;
  std::vector<const std::vector<const resource*>*> possible_groups;   // every instance of one block
  bool anything = false;               // could name any resource of the type, or one that was not given
};

// What a format knows about links besides equal values, and about where resources are. Once an input is read it is
// asked by several threads.
class link_source {
 public:
  virtual ~link_source() = default;
  virtual named_resources named(const resource& from, std::string_view path, std::string_view type) const = 0;
  // The instances of the block that `one` is an instance of.
  virtual const std::vector<const resource*>* group_of(const resource& one) const = 0;
  virtual bool configures(const resource& of, std::string_view top_level_attribute) const = 0;
  virtual bool provider_sets(const resource& of, std::string_view provider_attribute) const = 0;
  // Where a resource is; see inventory.
  virtual region_found region(const resource& of, arena& memory) const = 0;
  virtual std::string_view account(const resource& of, arena& memory) const = 0;
  virtual std::string_view native_id(const resource& of, arena& memory) const = 0;
  virtual void collect_secrets(std::vector<std::string>& into) const = 0;
};

// What the elements of an input tell about each other: "projects/123" -> "the-project". Known before any is read.
using known_names = std::unordered_map<std::string, std::string>;

// One input being read. The reader appends resources and fills the record; an error among its
// diagnostics makes the input unreadable, and what was appended is taken back.
class reading {
 public:
  reading(input_record& of, std::uint32_t index, resource_store& all, arena& kept, std::vector<json_document>& kept_documents, const known_names& told,
          const std::map<std::string, line_column>* where)
      : record(of), input(index), resources(all), memory(kept), inner(kept_documents), names(told), places(where) {}

  input_record& record;
  std::uint32_t input;
  resource_store& resources;
  arena& memory;                                            // lives as long as the inventory
  std::vector<json_document>& inner;                        // of texts in the input: live as long as `memory`
  const known_names& names;
  const std::map<std::string, line_column>* places;   // by JSON pointer, where the text told them
  line_column place_of(const std::string& pointer) const {
    if (places == nullptr) return {};
    const auto found = places->find(pointer);
    return found == places->end() ? line_column{} : found->second;
  }
  // Of a list that is a part of a longer one: which of its elements these are, one after another from `first_element` on
  // or as listed.
  std::size_t first_element = 0;
  const std::vector<std::size_t>* elements = nullptr;
  document_node parameters;                                 // that an ARM template is deployed with; null: not given
  std::unique_ptr<link_source> links = nullptr;
  bool complete = false;
  bool duplicates = false;                                  // a key stands twice in what is read

  // To be told about every object that the reader enters: itself, or with all that is in it.
  void looks_at(const document_node& one) { check(one, false); }
  void looks_at_all_of(const document_node& one) { check(one, true); }

  // The JSON pointer of an element of the list at the top.
  std::string element(std::size_t index) const { return "/" + std::to_string(elements != nullptr ? (*elements)[index] : first_element + index); }

  // A place that lacks what the format requires. The first are told; tell_more_shapes() says how many there were besides.
  void wrong_shape(const std::string& message, diagnostic_details details = {}) {
    if (++shape_problems_ <= shape_problems_told) problem(diagnostic_code::input_shape, message, std::move(details));
  }
  // `what` comes after the number: "more places do not have the form of an asset".
  void tell_more_shapes(const std::string& what) {
    if (shape_problems_ > shape_problems_told) problem(diagnostic_code::input_shape, std::to_string(shape_problems_ - shape_problems_told) + " " + what);
  }
  std::size_t shape_problems() const { return shape_problems_; }

  // A list of which the input holds a part; `what` says so ("nextToken").
  void goes_on(const std::string& what) {
    record.incomplete = true;
    localized_text note{"一覧に続きがあり、この入力はその一部です(" + what + ")。", "the list goes on elsewhere: this input is a part of it (" + what + ")"};
    const bool told = std::any_of(record.notes.begin(), record.notes.end(), [&](const localized_text& other) { return other.en == note.en; });
    if (!told) record.notes.push_back(std::move(note));
  }

  void problem(diagnostic_code code, const std::string& message, diagnostic_details details = {}) {
    record.diagnostics.push_back(make_diagnostic(code, record.file, message, std::move(details)));
  }

 private:
  static constexpr std::size_t shape_problems_told = 20;

  void check(const document_node& one, bool below) {
    duplicates = duplicates || (one.tape() != nullptr && has_duplicate_keys(*one.tape(), one.place(), below));
  }

  std::size_t shape_problems_ = 0;
};

class format_reader {
 public:
  virtual ~format_reader() = default;
  virtual std::string_view name() const = 0;      // "terraform-plan"
  virtual std::string_view stage() const = 0;     // "plan" or "inventory"
  virtual std::string_view title() const = 0;     // for people: "a Terraform plan as terraform show -json writes it"
  virtual std::string_view cloud() const { return {}; }   // that all of its resources are in; empty: they say it themselves
  virtual bool recognises(const document_node& root) const = 0;  // by content; a map or a list
  virtual void read(const document_node& root, reading& into) const = 0;
  // Before anything is read, once for each part of an input: what the elements of this part tell about others.
  virtual void prepare(const document_node&, known_names&) const {}
  // The CSV that it reads; it comes as csv_export_json makes it.
  virtual std::span<const csv_export> csv_exports() const { return {}; }
  // The types that this reader yields, where `type` has their form and no others of the form can come; nullopt: another form, or a
  // type is whatever an input says.
  virtual std::optional<std::vector<std::string>> types_like(std::string_view) const { return std::nullopt; }
  // What an unrecognised document may be, to help the person who gave it; empty: no idea.
  virtual std::string_view guess(const document_node&) const { return {}; }
};

// All of them, and the one of a name; null: there is none.
std::span<const format_reader* const> format_readers();
const format_reader* reader_named(std::string_view name);
// All that readers yield of the form that `type` has; nullopt: such types are not known beforehand.
std::optional<std::vector<std::string>> types_like(std::string_view type);
// The reader of a document: that of `format`, or the first that recognises it where that is empty. Null: the record tells why.
const format_reader* reader_for(const document_node& root, std::string_view format, input_record& record);

const format_reader& terraform_plan_reader();
const format_reader& terraform_state_reader();
const format_reader& kubernetes_manifest_reader();
const format_reader& google_assets_reader();
const format_reader& google_api_reader();
const format_reader& oci_api_reader();
const format_reader& sakura_api_reader();
const format_reader& aws_config_reader();
const format_reader& aws_api_reader();
const format_reader& aws_credential_report_reader();
const format_reader& cloudformation_reader();
const format_reader& azure_resources_reader();
const format_reader& entra_id_reader();
const format_reader& google_users_reader();
const format_reader& arm_template_reader();
const format_reader& neutral_resources_reader();
const format_reader& register_reader();

}  // namespace sekimori::inventory

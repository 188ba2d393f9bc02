// rules: what the loaders of the document types share: nodes -> checked fields, with every mistake
// reported at its place. Entry point: decoder. Knows no document type.
#pragma once

#include <initializer_list>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/diagnostics.hpp"
#include "rules/documents.hpp"
#include "rules/forms.hpp"
#include "rules/yaml_reader.hpp"

namespace sekimori::rules {

struct key_rule {
  std::string_view name;
  bool required = false;
};
inline constexpr bool required = true;

// A mapping that was checked against its keys. Without value where the node was no mapping.
class mapping_node {
 public:
  const node* find(std::string_view key) const;       // the value
  const node* find_key(std::string_view key) const;   // the key itself
  bool has(std::string_view key) const { return find(key) != nullptr; }
  explicit operator bool() const { return whole_ != nullptr; }
  span where() const { return whole_ == nullptr ? span{} : whole_->where; }
  // Where a mistake about the mapping itself is shown: its first key.
  span first_key() const;
  // Key and value in the order of the text.
  class pair_iterator {
   public:
    explicit pair_iterator(const node* at) : at_(at) {}
    std::pair<const node*, const node*> operator*() const { return {at_, at_ + 1}; }
    pair_iterator& operator++() { at_ += 2; return *this; }
    bool operator==(const pair_iterator&) const = default;

   private:
    const node* at_;
  };
  struct pair_range {
    std::span<const node> items;
    pair_iterator begin() const { return pair_iterator(items.data()); }
    pair_iterator end() const { return pair_iterator(items.data() + items.size() / 2 * 2); }
  };
  pair_range pairs() const { return {whole_ == nullptr ? std::span<const node>() : whole_->items}; }
  // Whether a key that the mapping does not have was a slip for `key`.
  bool meant(std::string_view key) const;

 private:
  friend class decoder;
  const node* whole_ = nullptr;
  std::vector<std::string> meant_;
};

class decoder {
 public:
  explicit decoder(source_ptr source) : source_(std::move(source)) {}

  const source_ptr& source() const { return source_; }
  std::vector<diagnostic>& problems() { return problems_; }
  void report(diagnostic_code code, span where, std::string message, std::string expected = {}, std::string help = {});

  // A mapping with fixed keys. `what` names it in messages: "a rule".
  mapping_node open(const node* from, std::string_view what, std::span<const key_rule> keys) { return open_keys(from, {what, {}}, keys); }
  mapping_node open(const node* from, std::string_view what, std::initializer_list<key_rule> keys) {
    return open(from, what, std::span<const key_rule>(keys.begin(), keys.size()));
  }
  // A mapping whose keys are the author's. Empty or not a mapping: reported.
  mapping_node open_named(const node* from, std::string_view what, const form& key_form);
  // The items of a list; empty where it is none (reported) or absent.
  std::vector<const node*> list(const node* from, std::string_view name, bool may_be_empty = true);

  // `name` is the key, for messages. An absent node gives an empty value and no report.
  located_string text(const node* from, std::string_view name, const form& wanted = any_text);
  std::string plain(const node* from, std::string_view name, const form& wanted = any_text);
  located_text expression(const node* from, std::string_view name);
  std::optional<located_text> optional_expression(const node* from, std::string_view name);
  std::int64_t whole_number(const node* from, std::string_view name, std::int64_t least, std::int64_t most);
  bool truth(const node* from, std::string_view name, bool otherwise);
  literal data(const node* from);
  // One of `choices`; empty otherwise.
  std::string choice(const node* from, std::string_view name, const std::vector<std::string_view>& choices);
  // A string, or a list of at least one.
  std::vector<located_string> one_or_more(const node* from, std::string_view name, const form& wanted);
  std::vector<located_string> texts(const node* from, std::string_view name, const form& wanted);
  // {ja: ..., en: ...}. Every language of `languages` is asked for (SKM216); none given: at least one.
  localized words(const node* from, std::string_view name);
  void set_languages(std::vector<std::string> languages) { languages_ = std::move(languages); }

  located_string located(const node& scalar) const { return {std::string(scalar.text), source_, scalar.where}; }
  // Reports ids that stand twice: "two rules are called `NET-01`". `within` sets apart those that may be alike.
  void unique(std::map<std::string, span>& seen, const located_string& id, std::string_view what, const std::string& within = {});

  document_header header(const mapping_node& root, bool with_cel);

 private:
  // What a message speaks of: "`severity`", "an item of `clauses`". Put into words only where there is one.
  struct subject {
    std::string_view before;
    std::string_view name;              // may be empty
    std::string words() const { return std::string(before) + (name.empty() ? std::string() : in_ticks(name)); }
  };
  mapping_node open_keys(const node* from, const subject& what, std::span<const key_rule> keys);
  bool is_string(const node& from, const subject& of);
  located_string checked_text(const node& from, const subject& of, const form& wanted);
  void wrong_type(const node& from, const subject& of, std::string_view wanted, std::string help = {});
  void write_json(const node& from, std::string& to);
  void write_number(const node& from, std::string& to);

  source_ptr source_;
  std::vector<diagnostic> problems_;
  std::vector<std::string> languages_;
};

// `text` as a JSON string, quotes included.
void append_json_string(std::string_view text, std::string& to);
std::string join(const std::vector<std::string_view>& words, std::string_view separator = ", ");

// The loaders, one for each document type. `root` is a mapping.
ruleset_document load_ruleset(decoder& from, const node& root);
kinds_document load_kinds(decoder& from, const node& root);
standards_document load_standards(decoder& from, const node& root);
organisation_document load_organisation(decoder& from, const node& root);
inputs_document load_inputs(decoder& from, const node& root);
tests_document load_tests(decoder& from, const node& root);
register_mapping_document load_register_mapping(decoder& from, const node& root);
profile_document load_profile(decoder& from, const node& root);
system_document load_system(decoder& from, const node& root);
// `adopts:` and `parameters:` of a scope or a profile.
std::vector<adopted_ruleset> load_adopts(decoder& from, const node* body);
std::vector<parameter_setting> load_parameter_settings(decoder& from, const node* body);

}  // namespace sekimori::rules

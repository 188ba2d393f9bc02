// rules: nodes -> fields with every mistake at its place. Entry point: decoder. Knows no document type.
#include "rules/decoder.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "sekimori/version.h"

namespace sekimori::rules {
namespace {

// Most words of one length differ in their first letters already.
bool same_word(std::string_view left, std::string_view right) {
  return left.size() == right.size() && (left.empty() || (left.front() == right.front() && left.back() == right.back() && left == right));
}

std::string listed(const std::vector<std::string>& names) {
  std::string made;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) made += i + 1 == names.size() ? " and " : ", ";
    made += in_ticks(names[i]);
  }
  return made;
}

}  // namespace

std::string join(const std::vector<std::string_view>& words, std::string_view separator) {
  std::string made;
  for (const auto one : words) {
    if (!made.empty()) made += separator;
    made += one;
  }
  return made;
}

void append_json_string(std::string_view text, std::string& to) {
  static constexpr char digits[] = "0123456789abcdef";
  to += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      to += '\\';
      to += c;
    } else if (c == '\n') {
      to += "\\n";
    } else if (c == '\t') {
      to += "\\t";
    } else if (c == '\r') {
      to += "\\r";
    } else if (byte < 0x20) {
      to += "\\u00";
      to += digits[byte >> 4];
      to += digits[byte & 15];
    } else {
      to += c;
    }
  }
  to += '"';
}

const node* mapping_node::find(std::string_view key) const {
  if (whole_ == nullptr) return nullptr;
  for (std::size_t i = 0; i + 1 < whole_->items.size(); i += 2) {
    if (same_word(whole_->items[i].text, key)) return &whole_->items[i + 1];
  }
  return nullptr;
}

const node* mapping_node::find_key(std::string_view key) const {
  const node* found = find(key);
  return found == nullptr ? nullptr : found - 1;
}

span mapping_node::first_key() const {
  if (whole_ == nullptr) return {};
  return whole_->items.empty() ? whole_->where : whole_->items[0].where;
}

bool mapping_node::meant(std::string_view key) const { return std::find(meant_.begin(), meant_.end(), key) != meant_.end(); }

void decoder::report(diagnostic_code code, span where, std::string message, std::string expected, std::string help) {
  constexpr std::size_t most = yaml_limits{}.problems;
  if (problems_.size() > most) return;
  if (problems_.size() == most) {
    problems_.push_back(too_many(*source_, where));
    return;
  }
  problems_.push_back(make_diagnostic(code, *source_, where, std::move(message),
                                      {std::move(expected), std::move(help), diagnostic_level::error}));
}

void decoder::wrong_type(const node& from, const subject& of, std::string_view wanted, std::string help) {
  if (from.kind == node_kind::refused) return;
  report(diagnostic_code::wrong_type, from.where,
         of.words() + " must be " + std::string(wanted) + ", but " + std::string(describe(from)) + " is given", "",
         std::move(help));
}

mapping_node decoder::open_keys(const node* from, const subject& what, std::span<const key_rule> keys) {
  mapping_node made;
  if (from == nullptr || from->kind == node_kind::refused) return made;
  const auto names = [&] {
    std::vector<std::string_view> all;
    for (const key_rule& key : keys) all.push_back(key.name);
    return all;
  };
  if (from->kind != node_kind::mapping) {
    report(diagnostic_code::wrong_type, from->where,
           what.words() + " must be a mapping, but " + std::string(describe(*from)) + " is given",
           "the keys " + join(names()));
    return made;
  }
  made.whole_ = from;
  for (const auto& [key, value] : made.pairs()) {
    const auto is_it = [&, word = key->text](const key_rule& known) { return same_word(known.name, word); };
    if (std::any_of(keys.begin(), keys.end(), is_it)) continue;
    const std::string_view near = nearest(key->text, names());
    const bool taken = !near.empty() && made.has(near);
    if (!near.empty() && !taken) made.meant_.emplace_back(near);   // not reported as missing too
    report(diagnostic_code::unknown_key, key->where, in_ticks(key->text) + " is not a key of " + what.words(),
           "one of: " + join(names()), near.empty() || taken ? "" : "did you mean " + in_ticks(near) + "?");
  }
  std::vector<std::string> missing;
  for (const key_rule& key : keys) {
    if (!key.required || made.has(key.name)) continue;
    if (!made.meant(key.name)) missing.emplace_back(key.name);
  }
  if (!missing.empty()) {
    report(diagnostic_code::missing_key, made.first_key(), what.words() + " needs " + listed(missing) + " as well",
           "the keys " + join(names()));
  }
  return made;
}

mapping_node decoder::open_named(const node* from, std::string_view what, const form& key_form) {
  mapping_node made;
  if (from == nullptr || from->kind == node_kind::refused) return made;
  if (from->kind != node_kind::mapping) {
    wrong_type(*from, {{}, what}, "a mapping of names", "write each name as a key: `name: ...`");
    return made;
  }
  made.whole_ = from;
  for (const auto& [key, value] : made.pairs()) {
    if (!key_form.matches(key->text)) {
      report(diagnostic_code::bad_form, key->where, in_ticks(key->text) + " cannot be a name under " + in_ticks(what),
             std::string(key_form.expected));
    }
  }
  return made;
}

std::vector<const node*> decoder::list(const node* from, std::string_view name, bool may_be_empty) {
  std::vector<const node*> made;
  if (from == nullptr || from->kind == node_kind::refused) return made;
  if (from->kind != node_kind::sequence) {
    wrong_type(*from, {{}, name}, "a list", "begin each item with `- `, or write [a, b]");
    return made;
  }
  if (from->items.empty() && !may_be_empty) {
    report(diagnostic_code::missing_key, from->where, in_ticks(name) + " must not be empty", "a list with at least one item");
  }
  made.reserve(from->items.size());
  for (const node& item : from->items) {
    if (item.kind != node_kind::refused) made.push_back(&item);
  }
  return made;
}

bool decoder::is_string(const node& from, const subject& of) {
  if (from.kind == node_kind::refused) return false;
  if (from.kind == node_kind::scalar && kind_of(from) == scalar_kind::string) return true;
  std::string help;
  if (from.kind == node_kind::scalar && kind_of(from) != scalar_kind::null) {
    help = from.text.size() > 80 ? "put it in quotes" : "put it in quotes: \"" + std::string(from.text) + "\"";
  }
  if (from.kind == node_kind::mapping && from.items.size() == 2) help = "text that holds `: ` stands in quotes";
  wrong_type(from, of, "a string", std::move(help));
  return false;
}

located_string decoder::checked_text(const node& from, const subject& of, const form& wanted) {
  if (!is_string(from, of)) return {};
  if (!wanted.matches(from.text)) {
    const bool blank = !any_text.matches(from.text);
    report(diagnostic_code::bad_form, from.where,
           blank ? of.words() + " is blank"
                 : (from.text.size() > 60 ? "this" : in_ticks(from.text)) + " is not a valid " + in_ticks(of.name),
           std::string(wanted.expected));
  }
  return located(from);
}

located_string decoder::text(const node* from, std::string_view name, const form& wanted) {
  if (from == nullptr) return {};
  return checked_text(*from, {{}, name}, wanted);
}

std::string decoder::plain(const node* from, std::string_view name, const form& wanted) {
  return text(from, name, wanted).text;
}

located_text decoder::expression(const node* from, std::string_view name) {
  if (from == nullptr || from->kind == node_kind::refused) return {};
  // `true` and `22` are CEL as they stand, so they need no quotes; nothing at all is a mistake.
  if (from->kind != node_kind::scalar || kind_of(*from) == scalar_kind::null) {
    wrong_type(*from, {{}, name}, "a CEL expression",
               from->kind != node_kind::scalar ? "put the whole expression in quotes, or in a block after `>-`"
               : from->omitted                 ? ""
                                               : "put it in quotes if CEL's null is meant: 'null'");
    return {};
  }
  if (!expression_text.matches(from->text)) {
    report(diagnostic_code::bad_form, from->where, in_ticks(name) + " is blank", std::string(expression_text.expected));
  }
  return locate(*from, source_);
}

std::optional<located_text> decoder::optional_expression(const node* from, std::string_view name) {
  if (from == nullptr) return std::nullopt;
  return expression(from, name);
}

std::int64_t decoder::whole_number(const node* from, std::string_view name, std::int64_t least, std::int64_t most) {
  if (from == nullptr || from->kind == node_kind::refused) return 0;
  if (from->kind != node_kind::scalar || kind_of(*from) != scalar_kind::integer) {
    wrong_type(*from, {{}, name}, "a whole number");
    return 0;
  }
  std::int64_t made = 0;
  const char* end = from->text.data() + from->text.size();
  const auto [stop, problem] = std::from_chars(from->text.data() + (from->text[0] == '+' ? 1 : 0), end, made);
  if (problem != std::errc() || stop != end || made < least || made > most) {
    report(diagnostic_code::bad_form, from->where, in_ticks(from->text) + " is out of range for " + in_ticks(name),
           "a whole number from " + std::to_string(least) + " to " + std::to_string(most));
    return 0;
  }
  return made;
}

bool decoder::truth(const node* from, std::string_view name, bool otherwise) {
  if (from == nullptr || from->kind == node_kind::refused) return otherwise;
  if (from->kind != node_kind::scalar || kind_of(*from) != scalar_kind::boolean) {
    const bool spelled = from->kind == node_kind::scalar && kind_of(*from) == scalar_kind::string;
    wrong_type(*from, {{}, name}, "true or false", spelled ? "write true or false, without quotes; yes, no, on and off are strings" : "");
    return otherwise;
  }
  return from->text[0] == 't' || from->text[0] == 'T';
}

std::string decoder::choice(const node* from, std::string_view name, const std::vector<std::string_view>& choices) {
  if (from == nullptr || !is_string(*from, {{}, name})) return {};
  if (std::find(choices.begin(), choices.end(), from->text) != choices.end()) return std::string(from->text);
  report(diagnostic_code::not_one_of, from->where, in_ticks(from->text) + " is not a value of " + in_ticks(name),
         "one of: " + join(choices), did_you_mean(from->text, choices));
  return {};
}

std::vector<located_string> decoder::texts(const node* from, std::string_view name, const form& wanted) {
  std::vector<located_string> made;
  const std::vector<const node*> items = list(from, name);
  made.reserve(items.size());
  for (const node* item : items) {
    located_string one = checked_text(*item, {"an item of ", name}, wanted);
    if (one.source) made.push_back(std::move(one));
  }
  return made;
}

std::vector<located_string> decoder::one_or_more(const node* from, std::string_view name, const form& wanted) {
  std::vector<located_string> made;
  if (from == nullptr || from->kind == node_kind::refused) return made;
  if (from->kind == node_kind::mapping) {
    wrong_type(*from, {{}, name}, "a string or a list of strings");
    return made;
  }
  if (from->kind == node_kind::sequence) {
    if (from->items.empty()) list(from, name, false);   // which is a mistake
    return texts(from, name, wanted);
  }
  located_string one = text(from, name, wanted);
  if (one.source) made.push_back(std::move(one));
  return made;
}

localized decoder::words(const node* from, std::string_view name) {
  localized made;
  if (from == nullptr || from->kind == node_kind::refused) return made;
  if (from->kind == node_kind::scalar) {
    wrong_type(*from, {{}, name}, "a mapping of languages", "write {ja: ..., en: ...}");
    return made;
  }
  static constexpr key_rule languages[] = {{"ja"}, {"en"}};
  const mapping_node read = open_keys(from, {{}, name}, languages);
  if (!read) return made;
  made.ja = text(read.find("ja"), name);
  made.en = text(read.find("en"), name);
  if (languages_.empty() && !read.has("ja") && !read.has("en")) {
    report(diagnostic_code::missing_key, read.first_key(), in_ticks(name) + " has a text in no language", "the keys ja, en");
  }
  std::vector<std::string> missing;
  for (const std::string& language : languages_) {
    if (!read.has(language)) missing.push_back(language);
  }
  if (!missing.empty()) {
    report(diagnostic_code::language, read.first_key(), in_ticks(name) + " has no text in " + listed(missing),
           "a text in each of the rule set's `languages`");
  }
  return made;
}

void decoder::unique(std::map<std::string, span>& seen, const located_string& id, std::string_view what,
                     const std::string& within) {
  if (!id.source) return;
  const auto [found, added] = within.empty() ? seen.emplace(id.text, id.where) : seen.emplace(within + id.text, id.where);
  if (added) return;
  const line_column first = source_->position(found->second.begin);
  report(diagnostic_code::duplicate_id, id.where, "two " + std::string(what) + " are called " + in_ticks(id.text), "",
         "it stands first at line " + std::to_string(first.line) + ", column " + std::to_string(first.column));
}

document_header decoder::header(const mapping_node& root, bool with_cel) {
  document_header made;
  made.source = source_;
  const node* asked = root.find("engine");
  const located_string engine = text(asked, "engine", engine_text);
  made.engine = engine.text;
  if (engine.source && engine_text.matches(engine.text) && !engine_satisfies(engine.text)) {
    report(diagnostic_code::engine_version, engine.where,
           "the document asks for engine " + engine.text + ", this is " SKM_VERSION_STRING, "",
           "update the engine, or use a document that was written for this one");
  }
  if (!with_cel) return made;
  if (const mapping_node cel = open(root.find("cel"), "`cel`", {{"environment"}, {"packs"}})) {
    made.cel.environment = plain(cel.find("environment"), "environment", environment_text);
    made.cel.packs = texts(cel.find("packs"), "packs", local_id);
  }
  return made;
}

literal decoder::data(const node* from) {
  literal made{"null", source_, {}};
  if (from == nullptr) return made;
  made.where = from->where;
  made.json.clear();
  write_json(*from, made.json);
  return made;
}

// As deep as the reader lets nodes be.
void decoder::write_json(const node& from, std::string& to) {
  switch (from.kind) {
    case node_kind::refused: to += "null"; return;
    case node_kind::sequence: {
      to += '[';
      for (std::size_t i = 0; i < from.items.size(); ++i) {
        if (i > 0) to += ',';
        write_json(from.items[i], to);
      }
      to += ']';
      return;
    }
    case node_kind::mapping: {
      std::vector<std::pair<std::string_view, const node*>> members;
      for (std::size_t i = 0; i + 1 < from.items.size(); i += 2) members.emplace_back(from.items[i].text, &from.items[i + 1]);
      std::sort(members.begin(), members.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
      to += '{';
      for (std::size_t i = 0; i < members.size(); ++i) {
        if (i > 0) to += ',';
        append_json_string(members[i].first, to);
        to += ':';
        write_json(*members[i].second, to);
      }
      to += '}';
      return;
    }
    case node_kind::scalar: break;
  }
  switch (kind_of(from)) {
    case scalar_kind::null: to += "null"; return;
    case scalar_kind::boolean: to += from.text[0] == 't' || from.text[0] == 'T' ? "true" : "false"; return;
    case scalar_kind::string: append_json_string(from.text, to); return;
    case scalar_kind::integer:
    case scalar_kind::floating: write_number(from, to); return;
  }
}

void decoder::write_number(const node& from, std::string& to) {
  std::string_view digits = from.text;
  if (kind_of(from) == scalar_kind::integer) {
    const int base = digits.starts_with("0x") ? 16 : digits.starts_with("0o") ? 8 : 10;
    if (base != 10) digits.remove_prefix(2);
    if (digits.starts_with('+')) digits.remove_prefix(1);
    std::int64_t small = 0;
    std::uint64_t large = 0;
    const char* end = digits.data() + digits.size();
    if (const auto done = std::from_chars(digits.data(), end, small, base); done.ec == std::errc() && done.ptr == end) {
      to += std::to_string(small);
      return;
    }
    if (const auto done = std::from_chars(digits.data(), end, large, base); done.ec == std::errc() && done.ptr == end) {
      to += std::to_string(large);
      return;
    }
    report(diagnostic_code::bad_form, from.where, "this whole number is outside what 64 bits hold",
           "from -9223372036854775808 to 18446744073709551615", "put it in quotes to make it a string");
    to += '0';
    return;
  }
  if (digits.starts_with('+')) digits.remove_prefix(1);
  double made = 0;
  const char* end = digits.data() + digits.size();
  const auto done = std::from_chars(digits.data(), end, made);
  if (done.ec != std::errc() || done.ptr != end || !std::isfinite(made)) {
    report(diagnostic_code::bad_form, from.where, "this number is not one that JSON can hold", "a finite number");
    to += '0';
    return;
  }
  char buffer[32];
  const auto written = std::to_chars(buffer, buffer + sizeof buffer, made);
  std::string shown(buffer, written.ptr);
  if (shown.find_first_of(".e") == std::string::npos) shown += ".0";   // a double stays one
  to += shown;
}

}  // namespace sekimori::rules

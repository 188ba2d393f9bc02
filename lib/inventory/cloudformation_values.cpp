// inventory: see cloudformation_values.hpp.
#include "inventory/cloudformation_values.hpp"

#include <charconv>

#include "value/values.hpp"

namespace sekimori::inventory {
namespace {

using sort = template_value::sort;
constexpr int deepest = 200;               // CloudFormation allows far less
constexpr std::size_t longest_default = 4096;   // of a parameter: its quota

template_value text_of(std::string_view text) { return {sort::text, std::string(text), {}, {}, false}; }

template_value unknown_of(bool anything = true) {
  template_value made;
  made.is = sort::unknown;
  made.anything = anything;
  return made;
}

void add_names(template_value& to, const template_value& from) {
  if (from.is == sort::unknown) {
    to.names.insert(to.names.end(), from.names.begin(), from.names.end());
    to.anything = to.anything || from.anything;
  }
  for (const auto& [key, part] : from.parts) add_names(to, part);
}

// What is not known because a part is not. It is made of what the part comes from, and names that no longer.
template_value unknown_with(const template_value& part) {
  template_value made = unknown_of();
  add_names(made, part);
  return made;
}

// A text, number or boolean as a text; nothing where it is neither.
std::optional<std::string> plain(const template_value& of) {
  if (of.is == sort::text || (of.is == sort::scalar && of.text != "null")) return of.text;
  return {};
}

bool all_known(const template_value& of) {
  if (of.is == sort::unknown) return false;
  for (const auto& [key, part] : of.parts) {
    if (!all_known(part)) return false;
  }
  return true;
}

std::vector<std::string> parts_of(std::string_view text, std::string_view separator) {
  std::vector<std::string> made;
  for (std::size_t at = 0;;) {
    const std::size_t next = separator.empty() ? std::string_view::npos : text.find(separator, at);
    made.emplace_back(text.substr(at, next - at));
    if (next == std::string_view::npos) return made;
    at = next + separator.size();
  }
}

template_value list_of(const std::vector<std::string>& texts) {
  template_value made;
  made.is = sort::list;
  for (const std::string& one : texts) made.parts.emplace_back("", text_of(one));
  return made;
}

}  // namespace

void write_known(const template_value& of, std::string& to) {
  switch (of.is) {
    case sort::scalar: to += of.text; return;
    case sort::text: append_json_string(to, of.text); return;
    case sort::list:
    case sort::map: {
      to += of.is == sort::list ? '[' : '{';
      bool first = true;
      for (const auto& [key, part] : of.parts) {
        if (!first) to += ',';
        first = false;
        if (of.is == sort::map) {
          append_json_string(to, key);
          to += ':';
        }
        write_known(part, to);
      }
      to += of.is == sort::list ? ']' : '}';
      return;
    }
    default: to += "null";
  }
}

bool write_unknown(const template_value& of, std::string& to) {
  if (of.is == sort::unknown) {
    to += "true";
    return true;
  }
  if (of.is != sort::list && of.is != sort::map) {
    to += "null";
    return false;
  }
  bool any = false, first = true;
  to += of.is == sort::list ? '[' : '{';
  for (const auto& [key, part] : of.parts) {
    if (!first) to += ',';
    first = false;
    if (of.is == sort::map) {
      append_json_string(to, key);
      to += ':';
    }
    any = write_unknown(part, to) || any;
  }
  to += of.is == sort::list ? ']' : '}';
  return any;
}

template_value template_values::resolve(const document_node& of, int depth) {
  if (depth > deepest || ++made_ > most_made) return unknown_of();
  template_value made;
  if (of.is_string()) {
    made_ += of.text().size();
    if (of.text().find("{{resolve:") != std::string_view::npos) return unknown_of();   // a secret or a parameter of the account
    return text_of(of.text());
  }
  if (of.is_list()) {
    made.is = sort::list;
    of.each_element([&](const document_node& one) {
      template_value part = resolve(one, depth + 1);
      if (part.is != sort::absent) made.parts.emplace_back("", std::move(part));
    });
    return made;
  }
  if (!of.is_map()) {
    made.is = sort::scalar;
    made.text = to_json(of.scalar());
    return made;
  }
  if (of.size() == 1) {
    std::optional<template_value> called;
    of.each_entry([&](std::string_view name, const document_node& argument) {
      if (name == "Ref" || name.starts_with("Fn::")) called = function(name, argument, depth + 1);
    });
    if (called) return std::move(*called);
  }
  made.is = sort::map;
  of.each_entry([&](std::string_view key, const document_node& one) {
    if (key.starts_with("Fn::Transform")) {
      made = unknown_of();                 // a macro may add anything
      return;
    }
    if (made.is == sort::unknown) return;
    template_value part = resolve(one, depth + 1);
    if (part.is != sort::absent) made.parts.emplace_back(std::string(key), std::move(part));
  });
  return made;
}

template_value template_values::function(std::string_view name, const document_node& argument, int depth) {
  if (name == "Ref") return argument.is_string() ? reference(argument.text()) : unknown_of();
  if (name == "Fn::GetAtt") {
    const std::string_view whole = argument.is_list() ? argument.at(0).text() : argument.text();
    const std::string_view of = whole.substr(0, argument.is_list() ? std::string_view::npos : whole.find('.'));
    template_value made = unknown_of(resources_.field(of).is_null());
    if (!made.anything) made.names.emplace_back(of);
    return made;
  }
  if (name == "Fn::Sub") return substituted(argument, depth);
  if (name == "Fn::Join") return joined(argument, depth);
  if (name == "Fn::Select") return selected(argument, depth);
  if (name == "Fn::Split") return split(argument, depth);
  if (name == "Fn::FindInMap") return mapped(argument, depth);
  if (name == "Fn::If") {
    const std::optional<bool> which = named_condition(argument.at(0).text(), depth);
    if (which) return resolve(argument.at(*which ? 1 : 2), depth);
    template_value made = unknown_of(false);
    for (std::size_t i = 1; i < 3; ++i) {
      const template_value one = resolve(argument.at(i), depth);
      add_names(made, one);
      if (all_known(one)) made.anything = true;      // a plain text may be the name of anything
    }
    return made;
  }
  return unknown_of();
}

template_value template_values::reference(std::string_view name) {
  if (name == "AWS::NoValue") return {};
  if (const document_node declared = parameters_.field(name); declared.is_map()) return parameter(declared);
  template_value made = unknown_of(!resources_.field(name).is_map());
  if (!made.anything) made.names.emplace_back(name);
  return made;
}

// What a parameter is unless it is given: its default. One that is not echoed is a secret, and one of the store is a name.
template_value template_values::parameter(const document_node& declared) {
  const document_node given = declared.field("Default");
  const std::string_view type = declared.field("Type").text(), secret = declared.field("NoEcho").text();
  if (given.is_null() || given.is_map() || given.is_list() || declared.field("NoEcho").is_true() || secret == "true" || secret == "True") return unknown_of();
  if (type.starts_with("AWS::SSM::") || given.text().size() > longest_default) return unknown_of();
  const template_value made = resolve(given, 0);
  if (made.is != sort::text || !(type == "CommaDelimitedList" || type.starts_with("List<"))) return made;
  template_value list = list_of(parts_of(made.text, ","));
  for (auto& [key, one] : list.parts) {
    one.text.erase(0, one.text.find_first_not_of(' '));
    one.text.erase(one.text.find_last_not_of(' ') + 1);
  }
  return list;
}

template_value template_values::substituted(const document_node& argument, int depth) {
  const std::string_view text = argument.is_list() ? argument.at(0).text() : argument.text();
  const document_node own = argument.is_list() ? argument.at(1) : document_node();
  if (text.empty() && !argument.is_string()) return unknown_of();
  std::string made;
  template_value lacking = unknown_of();
  bool known = true;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = text.find("${", at), end = begin == std::string_view::npos ? begin : text.find('}', begin);
    made += text.substr(at, begin == std::string_view::npos || end == std::string_view::npos ? std::string_view::npos : begin - at);
    if (begin == std::string_view::npos || end == std::string_view::npos) break;
    const std::string_view name = text.substr(begin + 2, end - begin - 2);
    at = end + 1;
    if (name.starts_with('!')) {
      made.append("${").append(name.substr(1)).append("}");
      continue;
    }
    document_node local;
    const bool whole = own.find(name, local) || name.find('.') == std::string_view::npos || name.find("::") != std::string_view::npos;
    const template_value part = !local.is_null() ? resolve(local, depth + 1) : reference(whole ? name : name.substr(0, name.find('.')));
    if (begin == 0 && at == text.size()) return part;       // nothing but this
    if (const auto plain_text = plain(part)) made += *plain_text;
    else known = false;
    add_names(lacking, part);
  }
  made_ += made.size();
  return known ? text_of(made) : lacking;
}

template_value template_values::joined(const document_node& argument, int depth) {
  const template_value list = resolve(argument.at(1), depth);
  if (!argument.at(0).is_string() || list.is != sort::list || !all_known(list)) return unknown_with(list);
  std::string made;
  bool first = true;
  for (const auto& [key, one] : list.parts) {
    const auto text = plain(one);
    if (!text) return unknown_of();
    if (!first) made += argument.at(0).text();
    made += *text;
    first = false;
  }
  made_ += made.size();
  return text_of(made);
}

template_value template_values::selected(const document_node& argument, int depth) {
  const auto index = plain(resolve(argument.at(0), depth));
  template_value list = resolve(argument.at(1), depth);
  std::size_t at = 0;
  if (!index || list.is != sort::list || std::from_chars(index->data(), index->data() + index->size(), at).ptr != index->data() + index->size()) return unknown_with(list);
  return at < list.parts.size() ? std::move(list.parts[at].second) : unknown_of();
}

template_value template_values::split(const document_node& argument, int depth) {
  const template_value text = resolve(argument.at(1), depth);
  if (text.is != sort::text || argument.at(0).text().empty()) return unknown_with(text);
  return list_of(parts_of(text.text, argument.at(0).text()));
}

template_value template_values::mapped(const document_node& argument, int depth) {
  document_node found = mappings_;
  for (std::size_t i = 0; i < 3; ++i) {
    const auto key = plain(resolve(argument.at(i), depth));
    if (!key) return unknown_of();
    found = found.field(*key);
  }
  return found.is_null() ? unknown_of() : resolve(found, depth);
}

std::optional<bool> template_values::named_condition(std::string_view name, int depth) {
  const document_node found = conditions_.field(name);
  if (found.is_null() || depth > deepest) return {};
  // Conditions name each other over and over; one that names itself is not known.
  const auto [known, fresh] = held_.try_emplace(std::string(name));
  if (fresh) known->second = condition(found, depth + 1);
  return known->second;
}

std::optional<bool> template_values::condition(const document_node& of, int depth) {
  if (depth > deepest || of.size() != 1) return {};
  if (const document_node name = of.field("Condition"); name.is_string()) return named_condition(name.text(), depth + 1);
  if (const document_node pair = of.field("Fn::Equals"); pair.is_list()) {
    const template_value a = resolve(pair.at(0), depth), b = resolve(pair.at(1), depth);
    const auto left = plain(a), right = plain(b);
    if (!left || !right) return {};
    return *left == *right;
  }
  if (const document_node other = of.field("Fn::Not"); other.is_list()) {
    const auto found = condition(other.at(0), depth + 1);
    if (!found) return {};
    return !*found;
  }
  for (const bool all : {true, false}) {
    const document_node listed = of.field(all ? "Fn::And" : "Fn::Or");
    if (!listed.is_list()) continue;
    bool open = false, decided = false;
    listed.each_element([&](const document_node& one) {
      const auto found = condition(one, depth + 1);
      open = open || !found;
      decided = decided || (found && *found != all);
    });
    if (decided) return !all;
    if (open) return {};
    return all;
  }
  return {};
}

}  // namespace sekimori::inventory

// The function reference, from the catalogue: packs with their macros and functions, then the profiles. Entry point:
// function_reference.
#include <algorithm>
#include <vector>

#include "cel/function.hpp"
#include "cel/profiles.hpp"
#include "sections.hpp"

namespace sekimori::docs {
namespace {

// A | would end the cell of a table.
std::string cell(std::string_view text) {
  std::string escaped;
  for (char c : text) {
    if (c == '|') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::string code(std::string_view text) { return '`' + cell(text) + '`'; }

// math.greatest has an overload for each number of arguments: all from this many on are written as one.
constexpr std::size_t open_ended = 4;

bool continues(const cel::overload& one) {
  return one.parameters.size() >= open_ended &&
         std::all_of(one.parameters.begin(), one.parameters.end(), [](std::string_view p) { return p == "dyn"; });
}

std::string signature(std::string_view name, const cel::overload& one) {
  std::size_t at = 0;
  std::string text;
  if (one.instance) text += std::string(one.parameters[at++]) + ".";
  bool is_operator = name.front() == '_' || name.front() == '@' || name.front() == '!' || name.front() == '-';
  if (!is_operator) text += name;
  text += "(";
  for (bool more = false; at < one.parameters.size(); ++at, more = true) text += (more ? ", " : "") + std::string(one.parameters[at]);
  if (one.parameters.size() + 1 == open_ended && std::all_of(one.parameters.begin(), one.parameters.end(), [](std::string_view p) { return p == "dyn"; })) {
    text += ", ...";
  }
  return text + ") -> " + std::string(one.result);
}

std::string versions(std::vector<unsigned> since) {
  std::sort(since.begin(), since.end());
  since.erase(std::unique(since.begin(), since.end()), since.end());
  std::string text;
  for (unsigned version : since) text += (text.empty() ? "" : ", ") + std::to_string(version);
  return text;
}

// What the overloads cost: once where all cost the same, else a line for each, as the overloads have.
std::string costs(const cel::function_row& row, std::uint8_t version) {
  std::vector<std::string> each;
  for (const cel::overload& o : row.overloads) {
    if (!continues(o) && o.last >= version) each.push_back(code(cost_text(o.cost)));
  }
  if (std::all_of(each.begin(), each.end(), [&](const std::string& c) { return c == each.front(); })) each.resize(1);
  std::string text;
  for (const std::string& c : each) text += (text.empty() ? "" : "<br>") + c;
  return text;
}

void add_functions(std::string& page, const cel::pack& one) {
  const bool versioned = one.newest > 0;
  page += versioned ? "\n| function | from | overloads | cost | what it gives | 説明 |\n| --- | --: | --- | --- | --- | --- |\n"
                    : "\n| function | overloads | cost | what it gives | 説明 |\n| --- | --- | --- | --- | --- |\n";
  for (const cel::function_row& row : one.rows) {
    page += "| " + code(row.name) + " | ";
    std::vector<unsigned> since;
    for (const cel::overload& o : row.overloads) since.push_back(o.since);
    if (versioned) page += versions(since) + " | ";
    bool first = true;
    for (const cel::overload& o : row.overloads) {
      if (continues(o) || o.last < one.newest) continue;
      if (!first) page += "<br>";
      first = false;
      page += code(signature(row.name, o));
    }
    page += " | " + costs(row, one.newest) + " | " + cell(row.doc) + " | " + cell(row.doc_ja) + " |\n";
  }
}

void add_macros(std::string& page, const cel::pack& one) {
  const bool versioned = one.newest > 0;
  page += versioned ? "\n| macro | from | what it gives | 説明 |\n| --- | --: | --- | --- |\n"
                    : "\n| macro | what it gives | 説明 |\n| --- | --- | --- |\n";
  for (const cel::macro_row& macro : one.macros) {
    page += "| " + code(macro.usage) + " | ";
    if (versioned) page += std::to_string(macro.since) + " | ";
    page += cell(macro.doc) + " | " + cell(macro.doc_ja) + " |\n";
  }
}

void add_pack(std::string& page, const cel::pack& one) {
  page += "\n### " + std::string(one.name) + "\n";
  if (one.newest > 0) page += "\nVersions 0 to " + std::to_string(one.newest) + ".\n";
  if (one.optional_syntax) page += "\nTurns on the syntax `a.?field`, `a[?key]`, `[?element]`, `{?key: value}` and `Type{?field: value}`.\n";
  if (!one.macros.empty()) add_macros(page, one);
  if (!one.rows.empty()) add_functions(page, one);
}

void add_profile(std::string& page, const cel::profile& one) {
  page += "\n**" + std::string(one.name) + "**: " + std::string(one.doc) + " " + std::string(one.doc_ja) + "\n";
  const bool released = one.newest != cel::release{};
  page += released ? "\n| from release | pack | version |\n| --: | --- | --: |\n" : "\n| pack | version |\n| --- | --: |\n";
  for (const cel::profile_row& row : one.rows) {
    page += "| ";
    if (released) page += std::to_string(row.from.major) + "." + std::to_string(row.from.minor) + " | ";
    page += std::string(row.pack) + " | " + std::to_string(row.version) + " |\n";
  }
}

}  // namespace

std::string function_reference() {
  std::string page;
  add_pack(page, {"standard", 0, cel::standard_pack(), cel::standard_macros()});
  for (const cel::pack& one : cel::packs()) add_pack(page, one);
  page += "\n### Profiles\n\nA profile is a set of packs at the versions that a system has.\n";
  for (const cel::profile& one : cel::profiles()) add_profile(page, one);
  return page;
}

}  // namespace sekimori::docs

// The function reference, from the catalogue. Entry point: function_reference.
#include "cel/function.hpp"
#include "sections.hpp"

namespace sekimori::docs {
namespace {

void add_pack(std::string& page, std::string_view name, std::span<const cel::function_row> rows) {
  page += "\n### " + std::string(name) + "\n\n| function | overloads | what it gives | 説明 |\n| --- | --- | --- | --- |\n";
  for (const cel::function_row& row : rows) {
    page += "| `" + std::string(row.name) + "` | ";
    bool first = true;
    for (const cel::overload& one : row.overloads) {
      if (!first) page += "<br>";
      first = false;
      page += '`';
      std::size_t at = 0;
      if (one.instance) page += std::string(one.parameters[at++]) + ".";
      page += "(";
      for (bool more = false; at < one.parameters.size(); ++at, more = true) page += (more ? ", " : "") + std::string(one.parameters[at]);
      page += ") -> " + std::string(one.result) + '`';
    }
    page += " | " + std::string(row.doc) + " | " + std::string(row.doc_ja) + " |\n";
  }
}

}  // namespace

std::string function_reference() {
  std::string page;
  add_pack(page, "standard", cel::standard_pack());
  for (const cel::pack& one : cel::packs()) add_pack(page, one.name, one.rows);
  return page;
}

}  // namespace sekimori::docs

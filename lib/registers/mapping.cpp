// registers: the names in a mapping are a register's fields and choices.
#include "registers/mapping.hpp"

#include <map>
#include <memory>

#include <fmt/format.h>

#include "base/diagnostics.hpp"
#include "base/files.hpp"
#include "base/text.hpp"
#include "registers/cell_text.hpp"

namespace sekimori::registers {
namespace {

constexpr std::uint64_t byte_limit = 1u << 20;

class mapping_check {
 public:
  mapping_check(mapping& made, std::vector<diagnostic>& problems) : made_(made), said_(made.said), problems_(problems) {}

  bool run() {
    made_.of = find_schema(said_.name.text);
    if (made_.of == nullptr) {
      tell(said_.name, fmt::format("there is no register `{}`", said_.name.text), schema_names());
      return false;
    }
    std::map<std::string, std::string_view> seen;
    for (const auto& [heading, name] : said_.headings) {
      field_of(name);
      once(seen, heading);
    }
    for (const rules::located_string& heading : said_.ignore) once(seen, heading);
    for (const rules::register_words& one : said_.choices) choices(one);
    return good_;
  }

 private:
  void tell(const rules::located_string& at, std::string message, const std::vector<std::string_view>& known) {
    std::string expected;
    for (const std::string_view one : known) expected += (expected.empty() ? "one of: " : ", ") + std::string(one);
    problems_.push_back(make_diagnostic(diagnostic_code::unknown_reference, *at.source, at.where, std::move(message),
                                        {std::move(expected), did_you_mean(at.text, known), diagnostic_level::error}));
    good_ = false;
  }

  const field* field_of(const rules::located_string& name) {
    const std::size_t at = made_.of->find(name.text);
    if (at != no_field) return &made_.of->fields[at];
    std::vector<std::string_view> names;
    for (const field& one : made_.of->fields) names.push_back(one.declared->name);
    tell(name, fmt::format("the register `{}` has no field `{}`", made_.of->declared->name, name.text), names);
    return nullptr;
  }

  void once(std::map<std::string, std::string_view>& seen, const rules::located_string& heading) {
    const auto [first, added] = seen.emplace(heading_key(heading.text), heading.text);
    if (!added) tell(heading, fmt::format("the heading `{}` is the same as `{}`, which stands above", heading.text, first->second), {});
  }

  void choices(const rules::register_words& words) {
    const field* of = field_of(words.field);
    if (of == nullptr) return;
    std::vector<std::string_view> names;
    for (const choice& one : of->choices) names.push_back(one.name);
    if (names.empty()) return tell(words.field, fmt::format("`{}` has no choices", words.field.text), {});
    for (const auto& [word, name] : words.words) {
      bool known = false;
      for (const std::string_view one : names) known = known || one == name.text;
      if (!known) tell(name, fmt::format("`{}` is no choice of `{}`", name.text, words.field.text), names);
    }
  }

  mapping& made_;
  const rules::register_mapping_document& said_;
  std::vector<diagnostic>& problems_;
  bool good_ = true;
};

}  // namespace

bool mapping::is_for(std::string_view file) const {
  const std::size_t slash = file.find_last_of('/');
  return said.file.empty() || file.substr(slash == std::string_view::npos ? 0 : slash + 1) == said.file;
}

std::optional<mapping> load_mapping(const std::string& path, std::vector<diagnostic>& problems) {
  std::string bytes, why;
  const read_outcome outcome = read_file(path, byte_limit, bytes, why);
  if (outcome != read_outcome::read) {
    problems.push_back(make_diagnostic(diagnostic_code::unreadable_file, path,
                                       outcome == read_outcome::over_limit ? "the file is too large for a mapping" : "the file cannot be read: " + why));
    return std::nullopt;
  }
  return read_mapping(path, std::move(bytes), problems);
}

std::optional<mapping> read_mapping(const std::string& path, std::string bytes, std::vector<diagnostic>& problems) {
  if (auto text = to_utf8(bytes)) bytes = std::move(*text);
  auto read = rules::load_document(std::make_shared<const source_text>(path, std::move(bytes)));
  for (diagnostic& one : read.diagnostics()) problems.push_back(std::move(one));
  if (!read) return std::nullopt;
  mapping made;
  auto* said = std::get_if<rules::register_mapping_document>(&read.value());
  if (said == nullptr) {
    problems.push_back(make_diagnostic(diagnostic_code::unknown_document_type, path, "the document is no register mapping", {"`sekimori: register-mapping/v1`", "", diagnostic_level::error}));
    return std::nullopt;
  }
  made.said = std::move(*said);
  if (!mapping_check(made, problems).run()) return std::nullopt;
  return made;
}

}  // namespace sekimori::registers

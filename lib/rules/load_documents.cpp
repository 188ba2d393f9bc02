// rules: a text or a folder of texts -> documents. Entry points: load_document, load_documents. Knows
// which loader reads which header; nothing of what the documents say.
#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>
#include <system_error>

#include "base/files.hpp"
#include "base/text.hpp"
#include "rules/decoder.hpp"
#include "rules/json_header.hpp"
#include "rules/load_kubernetes.hpp"
#include "sekimori/version.h"

namespace sekimori::rules {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t file_limit = std::uint64_t{16} << 20;  // the reader has a limit of its own below this one

constexpr std::array<std::string_view, 9> document_types = {"ruleset/v1", "kinds/v1",      "standards/v1",        "organisation/v1", "inputs/v1",
                                                            "rule-tests/v1", "register-mapping/v1", "profile/v1", "system/v1"};

std::vector<std::string_view> type_names() { return {document_types.begin(), document_types.end()}; }

void sort_by_place(std::vector<diagnostic>& problems) {
  std::stable_sort(problems.begin(), problems.end(), [](const diagnostic& a, const diagnostic& b) {
    return a.line != b.line ? a.line < b.line : a.column < b.column;
  });
}

// The document type of `root`, or empty after a report.
std::string document_type(decoder& from, const node& root) {
  if (root.kind != node_kind::mapping) {
    if (root.kind != node_kind::refused) {
      from.report(diagnostic_code::wrong_type, root.where,
                  "a document must be a mapping, but " + std::string(describe(root)) + " is given",
                  "a first line such as `sekimori: ruleset/v1`");
    }
    return {};
  }
  for (std::size_t i = 0; i + 1 < root.items.size(); i += 2) {
    if (root.items[i].text != "sekimori") continue;
    const node& said = root.items[i + 1];
    if (said.kind == node_kind::refused) return {};
    if (said.kind != node_kind::scalar || kind_of(said) != scalar_kind::string) {
      from.report(diagnostic_code::wrong_type, said.where,
                  "`sekimori` must be a string, but " + std::string(describe(said)) + " is given",
                  "one of: " + join(type_names()));
      return {};
    }
    const std::string_view text = said.text;
    if (std::find(document_types.begin(), document_types.end(), text) == document_types.end()) {
      const std::string_view name = text.substr(0, text.find('/'));
      const bool other_version = std::any_of(document_types.begin(), document_types.end(), [&](std::string_view known) {
        return known.substr(0, known.find('/')) == name;
      });
      from.report(diagnostic_code::unknown_document_type, said.where,
                  other_version ? "this engine (" SKM_VERSION_STRING ") does not read " + in_ticks(text)
                                : in_ticks(text) + " is not a document type",
                  "one of: " + join(type_names()),
                  other_version ? "" : did_you_mean(text, type_names()));
      return {};
    }
    return std::string(text);
  }
  for (std::size_t i = 0; i + 1 < root.items.size(); i += 2) {
    if (nearest(root.items[i].text, {"sekimori"}).empty()) continue;
    from.report(diagnostic_code::unknown_key, root.items[i].where, in_ticks(root.items[i].text) + " is not a key of a document",
                "", "did you mean `sekimori`?");
    return {};
  }
  from.report(diagnostic_code::missing_key, root.items.empty() ? root.where : root.items[0].where,
              "the document does not say what it is: `sekimori` is missing",
              "`sekimori:` with one of: " + join(type_names()));
  return {};
}

document load_as(const std::string& type, decoder& from, const node& root) {
  if (type == document_types[0]) return load_ruleset(from, root);
  if (type == document_types[1]) return load_kinds(from, root);
  if (type == document_types[2]) return load_standards(from, root);
  if (type == document_types[3]) return load_organisation(from, root);
  if (type == document_types[4]) return load_inputs(from, root);
  if (type == document_types[5]) return load_tests(from, root);
  if (type == document_types[6]) return load_register_mapping(from, root);
  if (type == document_types[7]) return load_profile(from, root);
  return load_system(from, root);
}

// Whether a text that was found in a folder is one of ours, or was meant to be: one whose header is
// misspelt must not be passed over.
bool is_ours(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first != std::string_view::npos && text[first] == '{') return after_header_key(text).has_value();
  while (!text.empty()) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0 || colon > 20) continue;
    std::string_view key = line.substr(0, colon);
    if (key.size() > 2 && (key.front() == '"' || key.front() == '\'') && key.back() == key.front()) {
      key = key.substr(1, key.size() - 2);
    }
    if (key == "sekimori" || (key.front() != ' ' && key.front() != '#' && !nearest(key, {"sekimori"}).empty())) return true;
    const std::string_view said = line.substr(colon + 1);
    for (const std::string_view type : document_types) {
      if (key.find_first_of(" #-") == std::string_view::npos && said.find(type) != std::string_view::npos) return true;
    }
  }
  return false;
}

// Without a byte order mark a text stays what it is, so that only one with a mark is read here. What is not valid text is
// left as it is, for the reader to point at the byte.
void decode(std::string& bytes) {
  const bool marked = bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF") || bytes.starts_with("\xEF\xBB\xBF");
  if (!marked) return;
  if (auto text = to_utf8(bytes)) bytes = std::move(*text);
}

bool has_extension(const fs::path& path) {
  const std::string extension = path.extension().string();
  return extension == ".yaml" || extension == ".yml" || extension == ".json";
}

// Whether the first key at the top says that these are tests of rules.
bool is_tests(std::string_view bytes) {
  constexpr std::string_view key = "sekimori:";
  while (!bytes.empty()) {
    const std::string_view line = bytes.substr(0, bytes.find('\n'));
    if (line.starts_with(key)) return trimmed(line.substr(key.size())).starts_with("rule-tests/");
    if (!line.empty() && line[0] != '#' && line[0] != '\r') return false;
    bytes.remove_prefix(std::min(bytes.size(), line.size() + 1));
  }
  return false;
}

class folder_loader {
 public:
  explicit folder_loader(wanted_documents wanted) : wanted_(wanted) {}

  void take(const std::string& path) {
    std::error_code problem;
    const fs::file_status status = fs::status(path, problem);
    if (!fs::exists(status)) {
      complain(diagnostic_code::unreadable_file, path, "there is no such file or folder");
    } else if (fs::is_directory(status)) {
      walk(path);
    } else {
      read(path, false);
    }
  }

  result<loaded_documents> finish() {
    read_parameters();
    join_bindings(made_, problems_);
    if (has_error(problems_)) return std::move(problems_);
    return {std::move(made_), std::move(problems_)};
  }

 private:
  void complain(diagnostic_code code, const std::string& path, std::string message, std::string help = {}) {
    problems_.push_back(make_diagnostic(code, path, std::move(message), {"", std::move(help), diagnostic_level::error}));
  }

  void walk(const std::string& folder) {
    std::vector<std::string> files, odd;
    std::error_code problem;
    fs::recursive_directory_iterator at(folder, problem), end;
    while (!problem && at != end) {
      std::error_code unreadable;
      if (has_extension(at->path()) && !at->is_directory(unreadable)) {
        // A pipe could hang whoever opens it, and a link to nowhere may have been a rule.
        if (at->is_regular_file(unreadable)) files.push_back(at->path().string());
        else odd.push_back(at->path().string());
      }
      at.increment(problem);
    }
    if (problem) return complain(diagnostic_code::unreadable_file, folder, "the folder cannot be read: " + problem.message());
    std::sort(files.begin(), files.end());
    std::sort(odd.begin(), odd.end());
    const std::size_t before = seen_;
    for (const std::string& path : odd) {
      ++seen_;
      complain(diagnostic_code::unreadable_file, path, "this is not a file that can be read, nor a link to one",
               "remove it from the folder, or mend the link");
    }
    for (const std::string& file : files) read(file, true);
    if (seen_ == before) {
      complain(diagnostic_code::nothing_found, folder, "the folder holds no document",
               "a document is a *.yaml, *.yml or *.json file with `sekimori:` at its top, or a policy of Kubernetes");
    }
  }

  void read(const std::string& path, bool only_ours) {
    std::string bytes, why;
    auto outcome = read_file(path, file_limit, bytes, why);
    if (outcome != read_outcome::read) {
      if (only_ours && outcome == read_outcome::over_limit && !is_ours(bytes) && !names_policies(bytes)) return;  // a plan or an export beside the rules
      ++seen_;
      return complain(diagnostic_code::unreadable_file, path,
                      outcome == read_outcome::over_limit ? "the file is too large for a document" : "the file cannot be read: " + why);
    }
    decode(bytes);
    if (names_policies(bytes)) {
      ++seen_;
      return load_kubernetes(std::make_shared<const source_text>(path, std::move(bytes)), made_, problems_);
    }
    if (!is_ours(bytes)) {
      const bool object = bytes.find("apiVersion") != std::string::npos;
      if (object) objects_.emplace_back(path, !only_ours);
      if (object && !only_ours) ++seen_;
      if (object || only_ours) return;
    }
    ++seen_;
    if (only_ours && wanted_ == wanted_documents::tests_left_out && is_tests(bytes)) return;
    auto loaded = load_document(std::make_shared<const source_text>(path, std::move(bytes)));
    for (diagnostic& one : loaded.diagnostics()) problems_.push_back(std::move(one));
    if (loaded) keep(std::move(loaded).value());
  }

  // Objects beside policies that take some as parameters; of no other interest here. One that was named itself and is
  // taken by none is a mistake.
  void read_parameters() {
    const bool any = std::any_of(made_.policies.begin(), made_.policies.end(), [](const auto& one) { return !one->parameter_kind.empty(); });
    for (const auto& [path, named] : objects_) {
      std::string bytes, why;
      if (!any && !named) continue;
      if (read_file(path, file_limit, bytes, why) != read_outcome::read) continue;
      decode(bytes);
      loaded_documents found;
      std::vector<diagnostic> mistakes;
      load_kubernetes(std::make_shared<const source_text>(path, std::move(bytes)), found, mistakes);
      const bool wanted = std::any_of(found.parameters.begin(), found.parameters.end(), [&](const kubernetes_object& one) {
        return std::any_of(made_.policies.begin(), made_.policies.end(), [&](const auto& policy) {
          return policy->parameter_api_version == one.api_version && policy->parameter_kind == one.object_kind;
        });
      });
      if (wanted) {
        for (diagnostic& one : mistakes) problems_.push_back(std::move(one));
        made_.append(std::move(found));
      } else if (named) {
        complain(diagnostic_code::nothing_found, path, "the file holds neither rules nor parameters that a loaded policy takes",
                 "give manifests that are to be checked as inputs");
      }
    }
  }

  // A mapping of a register and a system stand beside rules at most; who reads registers or systems takes them.
  void keep(document one) {
    if (auto* ruleset = std::get_if<ruleset_document>(&one)) made_.rulesets.push_back(std::move(*ruleset));
    if (auto* kinds = std::get_if<kinds_document>(&one)) made_.kinds.push_back(std::move(*kinds));
    if (auto* standards = std::get_if<standards_document>(&one)) made_.standards.push_back(std::move(*standards));
    if (auto* organisation = std::get_if<organisation_document>(&one)) made_.organisations.push_back(std::move(*organisation));
    if (auto* profile = std::get_if<profile_document>(&one)) made_.profiles.push_back(std::move(*profile));
    if (auto* inputs = std::get_if<inputs_document>(&one)) made_.inputs.push_back(std::move(*inputs));
    if (auto* tests = std::get_if<tests_document>(&one)) made_.tests.push_back(std::move(*tests));
  }

  const wanted_documents wanted_;
  loaded_documents made_;
  std::vector<diagnostic> problems_;
  std::vector<std::pair<std::string, bool>> objects_;   // files with objects of Kubernetes that are no policies, and whether they were named
  std::size_t seen_ = 0;
};

}  // namespace

result<document> load_document(source_ptr source) {
  yaml_text text = read_yaml(*source);
  if (!text.readable) {
    sort_by_place(text.problems);
    return std::move(text.problems);
  }
  decoder from(source);
  document made;
  if (text.empty) {
    from.report(diagnostic_code::empty_document, {0, 0}, "the file holds no document",
                "a first line such as `sekimori: ruleset/v1`");
  } else if (const std::string type = document_type(from, text.root); !type.empty()) {
    made = load_as(type, from, text.root);
  }
  std::vector<diagnostic> problems = std::move(text.problems);
  for (diagnostic& one : from.problems()) problems.push_back(std::move(one));
  sort_by_place(problems);
  if (has_error(problems)) return problems;
  return {std::move(made), std::move(problems)};
}

void loaded_documents::append(loaded_documents other) {
  const auto move_all = [](auto& from, auto& to) {
    for (auto& one : from) to.push_back(std::move(one));
  };
  move_all(other.rulesets, rulesets);
  move_all(other.kinds, kinds);
  move_all(other.standards, standards);
  move_all(other.organisations, organisations);
  move_all(other.profiles, profiles);
  move_all(other.inputs, inputs);
  move_all(other.tests, tests);
  move_all(other.policies, policies);
  move_all(other.bindings, bindings);
  move_all(other.parameters, parameters);
  move_all(other.rejected, rejected);
}

std::vector<ruleset_document> all_rulesets(const loaded_documents& documents) {
  std::vector<ruleset_document> made = documents.rulesets;
  for (const auto& policy : documents.policies) made.push_back(policy->shown);
  return made;
}

result<loaded_documents> load_documents(const std::vector<std::string>& paths, wanted_documents wanted) {
  folder_loader loader(wanted);
  for (const std::string& path : paths) loader.take(path);
  return loader.finish();
}

}  // namespace sekimori::rules

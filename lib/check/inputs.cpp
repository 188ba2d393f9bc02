// check: files and folders into an inventory.
#include "check/inputs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/diagnostics.hpp"
#include "base/files.hpp"
#include "inventory/kubernetes_text.hpp"

namespace sekimori::check {
namespace {

namespace fs = std::filesystem;

input_record unreadable(const std::string& name, diagnostic why) {
  input_record record;
  record.file = name;
  record.status = "unreadable";
  record.diagnostics.push_back(std::move(why));
  return record;
}

class reader {
 public:
  reader(const check_options& options, inventory::inventory& into) : options_(options), into_(into) {}

  void read(const input& given) {
    if (given.object != nullptr) {
      added_.push_back(records_.size());
      return records_.push_back(into_.add_object(given.name, given.object));
    }
    if (given.bytes) return add(given.name, *given.bytes);
    std::error_code error;
    if (fs::is_directory(given.name, error)) return read_folder(given.name);
    read_path(given.name);
  }

  std::vector<input_record> records_;
  std::vector<std::size_t> added_;

 private:
  void read_folder(const std::string& folder) {
    std::vector<std::string> files;
    std::vector<std::string> odd;   // called so, but a link to nowhere, a pipe or a device: opening it could hang
    std::size_t others = 0, linked = 0;
    std::error_code error;
    for (auto at = fs::recursive_directory_iterator(folder, error); !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
      std::error_code of_entry;
      bool folder_entry = at->is_directory(of_entry);
      std::string extension = at->path().extension().string();
      bool named_json = extension == ".json", named_yaml = extension == ".yaml" || extension == ".yml";
      if (folder_entry) linked += at->is_symlink(of_entry) ? 1 : 0;
      else if (named_json || named_yaml) (at->is_regular_file(of_entry) ? files : odd).push_back(at->path().string());
      else ++others;
    }
    std::sort(files.begin(), files.end());
    std::sort(odd.begin(), odd.end());
    if (error || (files.empty() && odd.empty())) {
      auto why = make_diagnostic(diagnostic_code::nothing_found, folder, error ? "the folder cannot be read: " + error.message() : "the folder holds no .json or .yaml file",
                                 {"a folder with plans in JSON (terraform show -json) or manifests of Kubernetes", ""});
      return records_.push_back(unreadable(folder, std::move(why)));
    }
    std::size_t before = records_.size();
    for (auto& file : files) read_path(file, &others);
    for (auto& file : odd) {
      records_.push_back(unreadable(file, make_diagnostic(diagnostic_code::unreadable_file, file, "this is not a file that can be read, nor a link to one",
                                                          {"", "remove it from the folder, or mend the link"})));
    }
    if (records_.size() == before) {
      auto why = make_diagnostic(diagnostic_code::nothing_found, folder, "none of the folder's files is a plan in JSON or a manifest of Kubernetes");
      return records_.push_back(unreadable(folder, std::move(why)));
    }
    if (linked > 0) records_.back().notes.push_back({fmt::format("{} のうち、リンクになっている{}個のフォルダーの中は読んでいません。", folder, linked),
                                                       fmt::format("{} linked folders in {} were not entered", linked, folder)});
    if (others > 0) records_.back().notes.push_back({fmt::format("{} のうち、JSON でもマニフェストでもない{}個のファイルは読んでいません。", folder, others),
                                                       fmt::format("{} files of {} that are neither JSON nor manifests were not read", others, folder)});
  }

  diagnostic too_large(const std::string& name) const {
    return make_diagnostic(diagnostic_code::limit_exceeded, name, fmt::format("the input has more than the {} bytes that are allowed", options_.limits.input_bytes),
                           {"", "raise the limit of input bytes"});
  }

  // `others`: of a folder, where YAML may be anything; what is no manifest is counted there.
  void read_path(const std::string& path, std::size_t* others = nullptr) {
    file_bytes bytes;
    std::string why;
    switch (read_file(path, options_.limits.input_bytes, bytes, why)) {
      case read_outcome::read: break;
      case read_outcome::unreadable:
        return records_.push_back(unreadable(path, make_diagnostic(diagnostic_code::unreadable_file, path, "the file cannot be read: " + why, {"", "check the path"})));
      case read_outcome::over_limit: return records_.push_back(unreadable(path, too_large(path)));
    }
    bool json = path.size() > 5 && path.compare(path.size() - 5, 5, ".json") == 0;
    if (others != nullptr && !json && !inventory::looks_like_manifest(bytes.view())) {
      ++*others;
      return;
    }
    add(path, bytes.view());
  }

  void add(const std::string& name, std::string_view bytes) {
    if (bytes.size() > options_.limits.input_bytes) {
      return records_.push_back(unreadable(name, too_large(name)));
    }
    added_.push_back(records_.size());
    records_.push_back(into_.add_text(name, bytes, options_.strict_json));
  }

  const check_options& options_;
  inventory::inventory& into_;
};

}  // namespace

read_result read_inputs(const std::vector<input>& inputs, const check_options& options, inventory::inventory& into) {
  reader all(options, into);
  for (auto& given : inputs) all.read(given);
  return {std::move(all.records_), std::move(all.added_)};
}

}  // namespace sekimori::check

// check: files and folders into an inventory.
#include "check/inputs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/diagnostics.hpp"
#include "base/digest.hpp"
#include "base/files.hpp"

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
    std::size_t others = 0;
    std::error_code error;
    for (auto at = fs::recursive_directory_iterator(folder, error); !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
      if (!at->is_regular_file(error)) continue;
      if (at->path().extension() == ".json") files.push_back(at->path().string());
      else ++others;
    }
    std::sort(files.begin(), files.end());
    if (error || files.empty()) {
      auto why = make_diagnostic(diagnostic_code::nothing_found, folder, error ? "the folder cannot be read: " + error.message() : "the folder holds no .json file",
                                 {"a folder with plans in JSON (terraform show -json)", ""});
      return records_.push_back(unreadable(folder, std::move(why)));
    }
    for (auto& file : files) read_path(file);
    if (others > 0) records_.back().notes.push_back({fmt::format("{} のうち、.json で終わらない{}個のファイルは読んでいません。", folder, others),
                                                       fmt::format("{} files of {} that do not end in .json were not read", others, folder)});
  }

  diagnostic too_large(const std::string& name) const {
    return make_diagnostic(diagnostic_code::limit_exceeded, name, fmt::format("the input has more than the {} bytes that are allowed", options_.limits.input_bytes),
                           {"", "raise the limit of input bytes"});
  }

  void read_path(const std::string& path) {
    std::string bytes, why;
    switch (read_file(path, options_.limits.input_bytes, bytes, why)) {
      case read_outcome::read: break;
      case read_outcome::unreadable:
        return records_.push_back(unreadable(path, make_diagnostic(diagnostic_code::unreadable_file, path, "the file cannot be read: " + why, {"", "check the path"})));
      case read_outcome::over_limit: return records_.push_back(unreadable(path, too_large(path)));
    }
    add(path, std::move(bytes));
  }

  void add(const std::string& name, std::string bytes) {
    if (bytes.size() > options_.limits.input_bytes) {
      return records_.push_back(unreadable(name, too_large(name)));
    }
    std::string digest = "sha256:" + sha256_hex(bytes);
    auto record = into_.add_text(name, std::move(bytes), options_.strict_json);
    record.digest = std::move(digest);
    added_.push_back(records_.size());
    records_.push_back(std::move(record));
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

// check: see inputs_documents.hpp.
#include "check/inputs_documents.hpp"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <unordered_map>

#include "base/diagnostics.hpp"
#include "inventory/inventory.hpp"
#include "rules/json_header.hpp"

namespace sekimori::check {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf", key = "sekimori", type = "inputs/";

std::string_view without_space(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first == std::string_view::npos ? std::string_view() : text.substr(first);
}

bool begins_quoted(std::string_view text) {
  if (!text.empty() && (text[0] == '"' || text[0] == '\'')) text.remove_prefix(1);
  return text.starts_with(type);
}

// Whether the outermost object has the header.
bool json_says_so(std::string_view text) {
  const auto behind = rules::after_header_key(text);
  if (!behind) return false;
  const std::string_view after = without_space(*behind);
  return after.starts_with(':') && begins_quoted(without_space(after.substr(1)));
}

// A path that is the same for all ways to write it.
std::string one_way(const fs::path& path) {
  std::error_code error;
  const fs::path absolute = fs::absolute(path, error);
  const fs::path whole = fs::weakly_canonical(absolute, error);
  return (error ? absolute.lexically_normal() : whole).string();
}

bool is_below(std::string_view path, std::string_view folder) { return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/'; }

bool leaves_its_folder(const fs::path& path) {
  const fs::path plain = path.lexically_normal();
  return plain.is_absolute() || (!plain.empty() && *plain.begin() == "..");
}

}  // namespace

bool is_inputs_document(std::string_view bytes) {
  constexpr std::size_t looked_at = 4'096;
  std::string_view text = bytes.substr(0, looked_at);
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  if (const std::string_view json = without_space(text); json.starts_with('{')) return json_says_so(json);
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    if (line.starts_with(key) && without_space(line.substr(key.size())).starts_with(':')) return begins_quoted(without_space(line.substr(line.find(':') + 1)));
    if (!line.empty() && line[0] != '#' && line[0] != '\r' && line[0] != ' ' && line[0] != '-' && line[0] != '%' && line.find(':') == std::string_view::npos) return false;
  }
  return false;
}

void inputs_documents::add(std::size_t record, const std::string& name, std::string_view bytes, bool opens, std::vector<input_record>& records) {
  input_record& told = records[record];
  told.file = name;
  told.format = "inputs";
  told.digest = inventory::input_digest(bytes);
  document made{record, name, opens, {}};
  auto loaded = rules::load_document(std::make_shared<const source_text>(name, std::string(bytes)));
  told.diagnostics = loaded.diagnostics();
  told.status = loaded ? "read" : "unreadable";
  if (loaded) made.read = std::move(std::get<rules::inputs_document>(loaded.value()));
  documents_.push_back(std::move(made));
}

class inputs_documents::search {
 public:
  search(inputs_documents& in, std::vector<input_record>& records, const opener& open) : in_(in), records_(records), open_(open) {
    for (const std::string& folder : in_.folders_) folders_.push_back(one_way(folder));
    note(0);
  }

  // Documents that are found on the way are read as well.
  void run() {
    for (std::size_t i = 0; i < in_.documents_.size(); ++i) {
      for (const rules::input_entry& entry : in_.documents_[i].read.inputs) in_.stated_.push_back({&entry, in_.documents_[i].record, inputs_of(in_.documents_[i], entry)});
    }
  }

 private:
  void note(std::size_t first) {
    for (std::size_t i = first; i < records_.size(); ++i) {
      std::string path = one_way(records_[i].file);
      given_.emplace(path, i);
      paths_.push_back(std::move(path));
    }
  }

  void wrong(const document& of, const rules::input_entry& entry, diagnostic_code code, const std::string& message, std::string help) {
    input_record& record = records_[of.record];
    record.diagnostics.push_back(make_diagnostic(code, *entry.path.source, entry.path.where, message, {"", std::move(help)}));
    record.status = "unreadable";
  }

  bool is_document(std::size_t record) const {
    return std::any_of(in_.documents_.begin(), in_.documents_.end(), [&](const document& one) { return one.record == record; });
  }

  // The records of one entry; where it is wrong, its document says so.
  std::vector<std::size_t> inputs_of(const document& of, const rules::input_entry& entry) {
    const fs::path path = (fs::path(of.name).parent_path() / entry.path.text).lexically_normal();
    const std::string name = path.string(), whole = one_way(path);
    if (const auto earlier = named_.find(whole); earlier != named_.end()) {
      wrong(of, entry, diagnostic_code::duplicate_id, "`" + entry.path.text + "` is named twice", "say in one place what is to be said of it");
      return {};
    }
    named_.emplace(whole, &entry);
    std::error_code error;
    const bool folder = fs::is_directory(path, error);
    std::size_t opened = records_.size();                // from here on, those that are opened for this entry, links among them
    const bool given = given_.count(whole) > 0 || std::any_of(folders_.begin(), folders_.end(), [&](const std::string& one) { return one == whole || is_below(whole, one); });
    // A folder that was given holds what is read of it; a file in it may be called otherwise than those.
    if (folder ? !given : given_.count(whole) == 0) {
      if (!of.opens) {
        wrong(of, entry, diagnostic_code::nothing_found, "none of the inputs is called `" + name + "`", "give it as well: the document did not come as a file, so that nothing beside it is opened");
        return {};
      }
      if (leaves_its_folder(entry.path.text)) {
        wrong(of, entry, diagnostic_code::nothing_found, "`" + entry.path.text + "` is not in the folder of the document",
              "put the document above all that it names, or give this file as an input as well");
        return {};
      }
      open_(name, folder, [this](const std::string& file) { return given_.count(one_way(file)) > 0; });
      note(opened);
    } else {
      opened = static_cast<std::size_t>(-1);
    }
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < paths_.size(); ++i) {
      if (i < opened && paths_[i] != whole && !(folder && is_below(paths_[i], whole))) continue;
      if (!is_document(i)) found.push_back(i);
      else if (!folder) wrong(of, entry, diagnostic_code::unknown_reference, "`" + entry.path.text + "` is " + (i == of.record ? "this document itself" : "an inputs document"), "name the files that are to be checked");
    }
    for (std::size_t one : found) {
      input_record& record = records_[one];
      record.scope = entry.scope.text;
      record.taken_at = entry.taken_at;
      record.declared_by = entry.declared_by;
      record.complete.clear();
      for (auto& kind : entry.complete) record.complete.push_back(kind.text);
    }
    return found;
  }

  inputs_documents& in_;
  std::vector<input_record>& records_;
  const opener& open_;
  std::vector<std::string> folders_, paths_;           // paths_: by record
  std::unordered_map<std::string, std::size_t> given_; // by path, the first record of it
  std::unordered_map<std::string, const rules::input_entry*> named_;
};

void inputs_documents::finish(std::vector<input_record>& records, const opener& open) {
  if (!documents_.empty()) search(*this, records, open).run();
}

}  // namespace sekimori::check

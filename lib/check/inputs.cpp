// check: files and folders into an inventory.
#include "check/inputs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>

#include "base/diagnostics.hpp"
#include "base/files.hpp"
#include "check/related_resources.hpp"
#include "inventory/byte_stream.hpp"
#include "inventory/compressed.hpp"
#include "inventory/csv_export.hpp"
#include "inventory/line_stream.hpp"
#include "inventory/lines.hpp"
#include "inventory/yaml_text.hpp"
#include "rules/related_types.hpp"

namespace sekimori::check {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_threads = 8;           // that read: inputs are few, and their bytes are held at once
constexpr std::size_t worth_a_thread = 1 << 20;   // bytes
constexpr std::string_view register_format = "register";

// A text on its way into the inventory. What still works on it is waited for first when it is given up.
struct opened_text {
  std::string name;
  file_bytes file;
  read_outcome outcome = read_outcome::read;
  std::string why;
  bool passed_over = false;                       // of a folder, where YAML and CSV may be anything: no manifest, no register
  register_text lists = register_text::none;
  inventory::parsed_text parsed;
  std::string digest;
  bool names_inputs = false;                      // an inputs document
  std::optional<task_board::task> digesting, opening;
};

input_record unreadable(const std::string& name, diagnostic why) {
  input_record record;
  record.file = name;
  record.status = "unreadable";
  record.diagnostics.push_back(std::move(why));
  return record;
}

// What a file of a folder is called before it is read; what it is, is told by its content. Packed files go by the name within.
std::string inner_extension(fs::path path) {
  if (path.extension() == ".gz" || path.extension() == ".zst") path.replace_extension();
  return path.extension().string();
}
bool is_named_json(const fs::path& path) {
  const std::string extension = inner_extension(path);
  return extension == ".json" || extension == ".ndjson" || extension == ".jsonl" || extension == ".tfstate";
}
bool is_named_text(const fs::path& path) {
  const std::string extension = inner_extension(path);
  return extension == ".yaml" || extension == ".yml" || extension == ".csv" || extension == ".tsv";
}

// Whether a text has a value on each line, by its beginning, and more than `held` bytes: such an input is read in pieces, when the
// rules are known.
bool is_large_text_of_lines(inventory::byte_stream& text, std::uint64_t held) {
  constexpr std::size_t looked_at = 1 << 20;
  std::string piece;
  auto more = [&] {
    auto got = text.read(piece);
    return got && got.value();
  };
  while (piece.size() < looked_at && more()) {}
  if (!inventory::looks_like_lines(piece)) return false;
  std::uint64_t bytes = 0;
  do {
    bytes += piece.size();
    piece.clear();
  } while (bytes <= held && more());
  return bytes > held;
}
bool is_large_file_of_lines(const std::string& path, std::uint64_t held) {
  constexpr std::uint64_t smallest_packed = 1000;   // bytes of the text for one that is packed, at the most
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return false;
  const std::uint64_t size = fs::file_size(path, error);
  if (error || size <= held / smallest_packed) return false;
  std::string beginning;
  if (auto more = inventory::file_stream(path, nullptr)->read(beginning); !more) return false;
  if (size <= held && !inventory::is_compressed(beginning)) return false;
  return is_large_text_of_lines(*inventory::unpacked_stream(path, inventory::file_stream(path, nullptr), UINT64_MAX), held);
}
bool holds_large_lines(const std::string& folder, std::uint64_t held) {
  std::error_code error;
  for (auto at = fs::recursive_directory_iterator(folder, error); !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
    if (is_named_json(at->path()) && is_large_file_of_lines(at->path().string(), held)) return true;
  }
  return false;
}

// Whether a thread of ours may read it while the caller does something else. Not a host's object; nor a pipe or a
// device, where it could wait for ever; nor what is read in pieces.
bool may_be_ahead(const input& given, std::uint64_t held) {
  if (given.object != nullptr) return false;
  if (given.bytes) return given.bytes->size() <= held || !inventory::looks_like_lines(*given.bytes);
  std::error_code error;
  const fs::file_type type = fs::status(given.name, error).type();
  if (type == fs::file_type::regular && is_large_file_of_lines(given.name, held)) return false;
  if (type == fs::file_type::directory && holds_large_lines(given.name, held)) return false;
  return type == fs::file_type::regular || type == fs::file_type::directory || type == fs::file_type::not_found;
}

bool is_worth_a_thread(const std::vector<input>& inputs) {
  std::size_t bytes = 0;
  for (auto& given : inputs) {
    if (given.object == nullptr) bytes += given.bytes ? given.bytes->size() : worth_a_thread;
  }
  return bytes >= worth_a_thread;
}

}  // namespace

// Reads one input after another.
class input_reading::reader {
 public:
  // `stopped`: what is left of a folder or of a list of files need not be read.
  reader(const check_options& options, inventory::inventory& into, read_result& found, register_inputs& registers, deployment_inputs& deployments,
         inputs_documents& documents, const std::atomic<bool>& stopped)
      : options_(options), into_(into), records_(found.records), added_(found.added), registers_(registers), deployments_(deployments), documents_(documents), stopped_(stopped) {}

  // Offers its work on `board`, to `helpers` threads.
  void use(task_board& board, std::size_t helpers) {
    board_ = &board;
    helpers_ = helpers;
  }

  std::uint64_t held_bytes() const { return options_.limits.held_bytes; }
  // What is read in pieces needs to know the rules.
  void know(const rules::model& model) { model_ = &model; }

  // The inputs from `first` to before `last`.
  void read(const std::vector<input>& inputs, std::size_t first, std::size_t last) {
    std::vector<std::string> files;               // neighbours, to be opened together
    for (std::size_t i = first; i < last && !stopped_; ++i) {
      const input& given = inputs[i];
      std::error_code error;
      const bool is_file = given.object == nullptr && !given.bytes && !fs::is_directory(given.name, error);
      if (is_file) files.push_back(given.name);
      if (is_file && i + 1 < last) continue;
      read_files(files, nullptr);
      files.clear();
      if (is_file) continue;
      if (given.object != nullptr) {
        added_.push_back(records_.size());
        records_.push_back(into_.add_object(given.name, given.object, options_.input_format));
      } else if (given.bytes) {
        read_bytes(given.name, *given.bytes);
      } else {
        documents_.note_folder(given.name);
        read_folder(given.name);
      }
    }
  }

  // What inputs documents name and nobody gave. The rules are known.
  void read_named() {
    documents_.finish(records_, [this](const std::string& path, bool folder, const known_input& known) {
      if (folder) read_folder(path, known);
      else read_files({path}, nullptr);
    });
  }

 private:
  using known_input = std::function<bool(const std::string& path)>;

  // `known` says which of its files are inputs already.
  void read_folder(const std::string& folder, const known_input& known = {}) {
    std::vector<std::string> files;
    std::vector<std::string> odd;   // called so, but a link to nowhere, a pipe or a device: opening it could hang
    std::size_t others = 0, linked = 0;
    std::error_code error;
    for (auto at = fs::recursive_directory_iterator(folder, error); !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
      std::error_code of_entry;
      bool folder_entry = at->is_directory(of_entry);
      const bool candidate = is_named_json(at->path()) || is_named_text(at->path());
      if (!folder_entry && known && known(at->path().string())) continue;
      if (folder_entry) linked += at->is_symlink(of_entry) ? 1 : 0;
      else if (candidate) (at->is_regular_file(of_entry) ? files : odd).push_back(at->path().string());
      else ++others;
    }
    std::sort(files.begin(), files.end());
    std::sort(odd.begin(), odd.end());
    if (error || (files.empty() && odd.empty())) {
      auto why = make_diagnostic(diagnostic_code::nothing_found, folder, error ? "the folder cannot be read: " + error.message() : "the folder holds no file called .json, .ndjson, .tfstate or .yaml",
                                 {"a folder with plans in JSON (terraform show -json) or manifests of Kubernetes", ""});
      return records_.push_back(unreadable(folder, std::move(why)));
    }
    std::size_t before = records_.size();
    read_files(files, &others);
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
  void read_files(const std::vector<std::string>& paths, std::size_t* others) {
    std::size_t begin = 0;
    for (std::size_t i = 0; model_ != nullptr && i < paths.size(); ++i) {
      if (!is_large_file_of_lines(paths[i], options_.limits.held_bytes)) continue;
      read_whole({paths.begin() + static_cast<std::ptrdiff_t>(begin), paths.begin() + static_cast<std::ptrdiff_t>(i)}, others);
      begin = i + 1;
      if (stopped_) return;
      const std::string& path = paths[i];
      read_lines(path, [path](inventory::byte_listener* listener) { return inventory::file_stream(path, listener); });
    }
    read_whole({paths.begin() + static_cast<std::ptrdiff_t>(begin), paths.end()}, others);
  }

  void read_lines(const std::string& name, inventory::stream_opener open) {
    if (!related_) related_ = rules::related_types_of(*model_);
    inventory::stream_options asked;
    asked.strict_json = options_.strict_json;
    asked.format = options_.input_format;
    asked.most_bytes = options_.limits.input_bytes;
    asked.most_kept = options_.limits.held_bytes;
    asked.keeps = [kept = std::make_shared<related_resources>(*related_, into_)](const inventory::resource& one) { return kept->keeps(one); };
    asked.accounts = related_->accounts;
    added_.push_back(records_.size());
    records_.push_back(into_.add_lines(std::make_unique<inventory::line_stream>(name, std::move(open), std::move(asked))));
  }

  void read_whole(std::span<const std::string> paths, std::size_t* others) {
    std::deque<opened_text> open;                 // as many as threads can work on, so that few bytes are held
    std::size_t next = 0;
    for (std::size_t i = 0; i < paths.size() && !stopped_; ++i) {
      for (; next < paths.size() && next <= i + helpers_; ++next) {
        opened_text& one = open.emplace_back();
        one.name = paths[next];
        one.opening.emplace(*board_, [this, &one, others] { open_file(one, others != nullptr); });
      }
      opened_text& one = open.front();
      one.opening->finish();
      take(one, others);
      open.pop_front();
    }
  }

  void open_file(opened_text& one, bool of_folder) {
    one.outcome = read_file(one.name, options_.limits.input_bytes, one.file, one.why);
    if (one.outcome != read_outcome::read) return;
    one.names_inputs = is_inputs_document(one.file.view());
    if (one.names_inputs) return;
    one.lists = register_text_of(one.file.view(), options_.input_format == register_format);
    const bool wanted = is_named_json(one.name) || inventory::looks_like_yaml(one.file.view()) || inventory::looks_like_csv_export(one.file.view()) || one.lists == register_text::table || one.lists == register_text::mapping;
    one.passed_over = of_folder && !wanted;
    if (!one.passed_over && one.lists == register_text::none) parse(one, one.file.view());
  }

  // The digest takes as long as the parse, and needs nothing of it.
  void parse(opened_text& one, std::string_view bytes) {
    one.digesting.emplace(*board_, [&one, bytes] { one.digest = inventory::input_digest(bytes); });
    one.parsed = inventory::parse_text(one.name, bytes, {options_.strict_json, options_.input_format, options_.limits.input_bytes});
  }

  void take(opened_text& one, std::size_t* others) {
    switch (one.outcome) {
      case read_outcome::read: break;
      case read_outcome::unreadable:
        return records_.push_back(unreadable(one.name, make_diagnostic(diagnostic_code::unreadable_file, one.name, "the file cannot be read: " + one.why, {"", "check the path"})));
      case read_outcome::over_limit: return records_.push_back(unreadable(one.name, too_large(one.name)));
    }
    if (one.names_inputs) put_document_aside(one.name, one.file.view(), true);
    else if (one.passed_over) ++*others;
    else if (one.lists != register_text::none) put_aside(one.name, one.file.view(), one.lists);
    else add(one, one.file.view());
  }

  // Its record is filled in when all are read.
  void put_aside(const std::string& name, std::string_view bytes, register_text what) {
    registers_.add(records_.size(), name, bytes, what);
    records_.emplace_back().file = name;
  }

  void put_document_aside(const std::string& name, std::string_view bytes, bool is_file) {
    records_.emplace_back();
    documents_.add(records_.size() - 1, name, bytes, is_file, records_);
  }

  void read_bytes(const std::string& name, std::string_view bytes) {
    if (bytes.size() > options_.limits.input_bytes) return records_.push_back(unreadable(name, too_large(name)));
    if (is_inputs_document(bytes)) return put_document_aside(name, bytes, false);
    if (model_ != nullptr && bytes.size() > options_.limits.held_bytes && inventory::looks_like_lines(bytes)) {
      return read_lines(name, [bytes](inventory::byte_listener* listener) {
        if (listener != nullptr) listener->take(bytes);
        return inventory::text_stream(bytes);
      });
    }
    if (auto what = register_text_of(bytes, options_.input_format == register_format); what != register_text::none) return put_aside(name, bytes, what);
    opened_text one;
    one.name = name;
    parse(one, bytes);
    add(one, bytes);
  }

  void add(opened_text& one, std::string_view bytes) {
    const auto deployment = options_.input_format.empty() ? inventory::deployment_text_of(one.parsed) : inventory::deployment_text::none;
    if (deployment != inventory::deployment_text::none) {
      one.digesting->finish();
      deployments_.add(records_.size(), deployment, std::move(one.parsed), std::move(one.file), std::move(one.digest));
      records_.emplace_back().file = one.name;
      return;
    }
    added_.push_back(records_.size());
    input_record record = into_.add(std::move(one.parsed));
    one.digesting->finish();
    // What no format wants may be a register in JSON.
    if (record.format.empty() && options_.input_format.empty() && is_register_json(bytes)) return put_aside(one.name, bytes, register_text::table);
    record.digest = std::move(one.digest);
    records_.push_back(std::move(record));
  }

  const check_options options_;                   // its own: it outlives the caller's
  inventory::inventory& into_;
  std::vector<input_record>& records_;
  std::vector<std::size_t>& added_;
  register_inputs& registers_;
  deployment_inputs& deployments_;
  inputs_documents& documents_;
  const std::atomic<bool>& stopped_;
  task_board* board_ = nullptr;
  std::size_t helpers_ = 0;
  const rules::model* model_ = nullptr;
  std::optional<rules::related_types> related_;
};

input_reading::input_reading(const std::vector<input>& inputs, const check_options& options, inventory::inventory& into)
    : inputs_(inputs), input_format_(options.input_format), into_(into), reader_(std::make_unique<reader>(options, into, found_, registers_, deployments_, documents_, stopped_)) {
  if (options.threads > 1 && is_worth_a_thread(inputs)) begin(std::min<std::size_t>(options.threads, most_threads) - 1);
}

input_reading::~input_reading() {
  stopped_ = true;
  end();
}

void input_reading::begin(std::size_t threads) {
  std::size_t ahead = 0;
  while (ahead < inputs_.size() && may_be_ahead(inputs_[ahead], reader_->held_bytes())) ++ahead;
  reader_->use(first_, threads);
  threads_.reserve(threads);
  try {
    threads_.emplace_back([this, ahead] {
      try {
        reader_->read(inputs_, 0, ahead);
        next_ = ahead;
      } catch (...) {
        failure_ = std::current_exception();
      }
      first_.close();
      second_.help();
    });
    while (threads_.size() < threads) {
      threads_.emplace_back([this] {
        first_.help();
        second_.help();
      });
    }
  } catch (const std::exception&) {
    // No more threads: those that run, and finish(), do the work.
  }
}

void input_reading::end() {
  second_.close();
  for (std::thread& one : threads_) one.join();
  threads_.clear();
}

const read_result& input_reading::finish(const rules::model& model) {
  if (finished_) return found_;
  if (!threads_.empty()) first_.help();
  reader_->know(model);
  reader_->use(second_, threads_.size());
  if (!failure_) {
    reader_->read(inputs_, next_, inputs_.size());
    reader_->read_named();
  }
  end();
  if (failure_) std::rethrow_exception(failure_);
  deployments_.finish(into_, found_.records, found_.added);
  registers_.finish(into_, input_format_, found_.records, found_.added);
  into_.link();
  finished_ = true;
  return found_;
}

}  // namespace sekimori::check

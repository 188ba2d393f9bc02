// inventory: see line_stream.hpp.
#include "inventory/line_stream.hpp"

#include <algorithm>
#include <charconv>

#include "base/diagnostics.hpp"
#include "base/running_digest.hpp"
#include "inventory/accounts.hpp"
#include "inventory/exported.hpp"
#include "inventory/lines.hpp"
#include "inventory/state.hpp"

namespace sekimori::inventory {
namespace {

class digest_listener final : public byte_listener {
 public:
  void take(std::string_view bytes) override { digest_.take(bytes); }
  std::string hex() { return digest_.hex(); }

 private:
  running_digest digest_;
};

// Whole lines, some at a time.
class line_pieces {
 public:
  line_pieces(std::unique_ptr<byte_stream> from, std::size_t piece) : from_(std::move(from)), piece_(piece) {}

  // The next lines; empty at the end, and where `problems` tells why there are no more.
  std::string_view next(std::vector<diagnostic>& problems) {
    text_.erase(0, taken_);
    taken_ = 0;
    while (!ended_ && (text_.size() < piece_ || text_.rfind('\n') == std::string::npos)) {
      auto more = from_->read(text_);
      if (!more) {
        problems = std::move(more.diagnostics());
        return {};
      }
      ended_ = !more.value();
    }
    const std::size_t last = text_.rfind('\n');
    taken_ = ended_ || last == std::string::npos ? text_.size() : last + 1;
    return std::string_view(text_).substr(0, taken_);
  }

 private:
  std::unique_ptr<byte_stream> from_;
  std::size_t piece_, taken_ = 0;
  std::string text_;
  bool ended_ = false;
};

std::size_t element_of(std::string_view pointer) {
  std::size_t index = 0;
  if (!pointer.empty()) std::from_chars(pointer.data() + 1, pointer.data() + pointer.size(), index);
  return index;
}

}  // namespace

struct line_stream::implementation {
  implementation(std::string of, stream_opener opener, stream_options asked) : name(std::move(of)), open(std::move(opener)), options(std::move(asked)) {}

  std::string name;
  stream_opener open;
  stream_options options;
  const format_reader* reader = nullptr;
  known_names names;
  std::string digest;
  named_accounts accounts;
  std::uint32_t input = 0;
  inventory::implementation* into = nullptr;
  std::vector<std::size_t> kept;              // elements whose resources the inventory holds, in order
  std::size_t first_kept = 0, resources = 0;  // the first of these resources, and how many there are in all

  // Of the second time.
  std::unique_ptr<digest_listener> listener;
  std::unique_ptr<line_pieces> pieces;
  std::size_t line = 0, element = 0, next_kept = 0, next_resource = 0, given = 0;
  std::vector<diagnostic> problems;

  // What stands until the next piece is read.
  struct piece {
    std::string json;
    json_document document;
    input_record record;
    arena memory;
    std::vector<json_document> inner;
    resource_store resources;
    std::size_t elements = 0;
  };
  std::unique_ptr<piece> held;
  std::vector<const resource*> listed;

  std::unique_ptr<byte_stream> unpacked(byte_listener* hears) { return unpacked_stream(name, open(hears), options.most_bytes); }

  // Reads lines that begin with the line and the element told by `line` and `element`. Nullptr: `problems` tells why.
  std::unique_ptr<piece> parse(std::string_view lines) {
    auto made = std::make_unique<piece>();
    made->json = lines_json(lines);
    made->record.file = name;
    auto parsed = json_document::parse(name, made->json, options.strict_json);
    if (!parsed) return failed(std::move(parsed.diagnostics()));
    made->document = std::move(parsed).value();
    made->elements = made->document.root().size();
    return made;
  }

  std::unique_ptr<piece> failed(std::vector<diagnostic> why) {
    for (diagnostic& one : why) {
      if (one.line > 0) one.line += static_cast<std::uint32_t>(line);
      if (one.column > 1) --one.column;        // lines_json sets a character before each value
      problems.push_back(std::move(one));
    }
    return nullptr;
  }

  bool read(piece& of) {
    reading into_piece(of.record, input, of.resources, of.memory, of.inner, names, nullptr);
    into_piece.first_element = element;
    reader->read(of.document.root(), into_piece);
    if (into_piece.duplicates) {
      for (diagnostic& one : duplicate_keys(name, of.json)) of.record.diagnostics.push_back(std::move(one));
    }
    if (has_error(of.record.diagnostics)) {
      failed(std::move(of.record.diagnostics));
      return false;
    }
    return true;
  }

  void survey(inventory::implementation& all, input_record& record, std::string& kept_lines);
  bool keep_related(const piece& of, std::string_view lines, std::string& kept_lines);
  void add_kept(input_record& record, const std::string& kept_lines);

  void number_types(resource_store& all, arena& memory) {
    for (std::size_t i = 0; i < all.size(); ++i) {
      resource& one = all[i];
      auto found = into->type_indexes.find(one.type);
      if (found == into->type_indexes.end()) {
        const std::string_view type = memory.copy(one.type);
        found = into->type_indexes.emplace(type, static_cast<std::uint32_t>(into->types.size())).first;
        into->types.push_back(type);
      }
      one.type_index = found->second;
    }
  }
};

line_stream::line_stream(std::string name, stream_opener open, stream_options options)
    : implementation_(std::make_unique<implementation>(std::move(name), std::move(open), std::move(options))) {}
line_stream::~line_stream() = default;

const std::vector<diagnostic>& line_stream::problems() const { return implementation_->problems; }
const named_accounts& line_stream::accounts() const { return implementation_->accounts; }
std::uint32_t line_stream::input() const { return implementation_->input; }

std::span<const resource* const> line_stream::next() {
  implementation& in = *implementation_;
  if (in.pieces == nullptr) {
    in.listener = std::make_unique<digest_listener>();
    in.pieces = std::make_unique<line_pieces>(in.unpacked(in.listener.get()), in.options.piece);
    in.line = in.element = in.next_kept = in.next_resource = in.given = 0;
    in.problems.clear();
  }
  in.listed.clear();
  while (in.listed.empty()) {
    const std::string_view lines = in.pieces->next(in.problems);
    if (lines.empty()) break;
    in.held = in.parse(lines);
    if (in.held == nullptr || !in.read(*in.held)) break;
    in.number_types(in.held->resources, *in.into->inputs[in.input].memory);
    for (std::size_t i = 0; i < in.held->resources.size(); ++i) {
      const resource& one = in.held->resources[i];
      const std::size_t element = element_of(one.pointer);
      while (in.next_kept < in.kept.size() && in.kept[in.next_kept] < element) ++in.next_kept;
      const bool kept = in.next_kept < in.kept.size() && in.kept[in.next_kept] == element;
      in.listed.push_back(kept ? &in.into->resources[in.first_kept + in.next_resource++] : &one);
    }
    in.given += in.listed.size();
    in.element += in.held->elements;
    in.line += static_cast<std::size_t>(std::count(lines.begin(), lines.end(), '\n'));
  }
  if (in.listed.empty() && in.problems.empty() && (in.given != in.resources || in.listener->hex() != in.digest)) {
    in.problems.push_back(make_diagnostic(diagnostic_code::unreadable_file, in.name, "the input was changed while it was read", {"", "check it again, when nobody writes to it"}));
  }
  if (in.listed.empty()) in.pieces.reset();      // who asks once more is told all of it once more
  return in.listed;
}

void line_stream::implementation::survey(inventory::implementation& all, input_record& record, std::string& kept_lines) {
  into = &all;
  input = static_cast<std::uint32_t>(all.inputs.size() - 1);
  digest_listener hears;
  line_pieces all_pieces(unpacked(&hears), options.piece);
  while (problems.empty()) {
    const std::string_view lines = all_pieces.next(problems);
    if (lines.empty()) break;
    const auto now = parse(lines);
    if (now == nullptr) break;
    if (reader == nullptr && now->elements > 0) {
      reader = reader_for(now->document.root(), options.format, record);
      if (reader == nullptr) break;
    }
    if (reader != nullptr) {
      reader->prepare(now->document.root(), names);
      if (!read(*now)) break;
      number_types(now->resources, *all.inputs[input].memory);
      resources += now->resources.size();
      for (std::size_t i = 0; options.accounts && i < now->resources.size(); ++i) {
        const resource& one = now->resources[i];
        note_account(one, one.says != nullptr ? one.says->account : std::string_view(), now->memory, accounts);
      }
      record.incomplete = record.incomplete || now->record.incomplete;
      for (localized_text& one : now->record.notes) {
        const bool told = std::any_of(record.notes.begin(), record.notes.end(), [&](const localized_text& other) { return other.en == one.en; });
        if (!told) record.notes.push_back(std::move(one));
      }
      if (!keep_related(*now, lines, kept_lines)) break;
    }
    element += now->elements;
    line += static_cast<std::size_t>(std::count(lines.begin(), lines.end(), '\n'));
  }
  digest = hears.hex();
  options.keeps = nullptr;
}

// The lines with a resource that rules reach from others.
bool line_stream::implementation::keep_related(const piece& of, std::string_view lines, std::string& kept_lines) {
  std::vector<std::size_t> wanted;
  for (const resource& one : of.resources) {
    const std::size_t at = element_of(one.pointer);
    if (options.keeps && options.keeps(one) && (wanted.empty() || wanted.back() != at)) wanted.push_back(at);
  }
  std::size_t at = element, next = 0;
  each_line(lines, [&](std::string_view text) {
    if (next < wanted.size() && wanted[next] == at) {
      kept.push_back(at);
      kept_lines.append(text).append("\n");
      ++next;
    }
    ++at;
  });
  if (kept_lines.size() <= options.most_kept) return true;
  problems.push_back(make_diagnostic(diagnostic_code::limit_exceeded, name,
                                     "the resources that rules look up from others take more than the " + std::to_string(options.most_kept) + " bytes that are allowed",
                                     {"", "raise the limit of held bytes, or check with fewer rules"}));
  return false;
}

void line_stream::implementation::add_kept(input_record& record, const std::string& kept_lines) {
  input_state& state = into->inputs[input];
  line = element = 0;
  auto parsed = json_document::parse(name, lines_json(kept_lines), options.strict_json);
  if (!parsed) {
    failed(std::move(parsed.diagnostics()));
    return;
  }
  state.document = std::move(parsed).value();
  state.root = state.document.root();
  first_kept = into->resources.size();
  const std::vector<localized_text> notes = record.notes;   // of all lines
  reading reading_kept(record, input, into->resources, *state.memory, state.inner, names, nullptr);
  reading_kept.elements = &kept;
  reader->read(state.root, reading_kept);
  record.notes = notes;
  settle(*into, first_kept);
  state.links = std::move(reading_kept.links);
  state.complete = reading_kept.complete;
  state.readable = true;
}

input_record inventory::add_lines(std::unique_ptr<line_stream> given) {
  implementation& in = *implementation_;
  in.indexes.reset();
  line_stream::implementation& stream = given->inside();
  input_record record;
  record.file = stream.name;
  record.status = "unreadable";
  in.inputs.emplace_back();
  std::string kept_lines;
  stream.survey(in, record, kept_lines);
  record.digest = "sha256:" + stream.digest;
  if (stream.problems.empty() && stream.reader != nullptr) stream.add_kept(record, kept_lines);
  record.diagnostics.insert(record.diagnostics.end(), stream.problems.begin(), stream.problems.end());
  if (in.inputs.back().readable && !has_error(record.diagnostics)) {
    record.status = "read";
    record.resources = stream.resources;
    in.inputs.back().lines = std::move(given);
  }
  link();
  return record;
}

}  // namespace sekimori::inventory

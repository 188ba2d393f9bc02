// registers: headings. The row, the separator and the register that together know most headings are taken; then each heading must be known.
#include "registers/layout.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "registers/cell_text.hpp"
#include "rules/yaml_reader.hpp"

namespace sekimori::registers {
namespace {

constexpr std::size_t rows_looked_at = 30;   // headings stand among the first
constexpr std::string_view running_numbers[] = {"no", "no.", "№", "項番", "連番", "通し番号", "番号", "#"};

std::string decoded(const raw_table& table, std::string_view bytes) {
  std::string made;
  decode(table, bytes, made);
  return std::string(trim(made));
}

struct candidate {
  const schema* of = nullptr;
  std::size_t row = 0;         // index among those looked at
  char separator = ',';
  std::size_t known = 0;       // headings
  bool complete = false;       // every column that is needed is there
  bool better(const candidate& other) const { return complete != other.complete ? complete : known > other.known; }
  bool as_good(const candidate& other) const { return complete == other.complete && known == other.known; }
};

class layout_finder {
 public:
  layout_finder(const std::string& file, const raw_table& table, const schema* named, const mapping* with, problem_list& problems)
      : file_(file), table_(table), named_(named), with_(with), problems_(problems) {}

  bool recognises() {
    look();
    return best_.known > 0 && (best_.complete || (best_.known >= 2 && best_.known * 2 > headings_.size()));
  }

  std::optional<layout> find() {
    look();
    // One word alone may stand in a row of data, whose other cells must not be taken for headings and shown.
    if (best_.known == 0 || (!best_.complete && best_.known < 2)) return no_register();
    if (named_ == nullptr && other_ != nullptr) {
      return refuse({diagnostic_code::register_unknown, fmt::format("the headings are those of `{}` and of `{}`", best_.of->declared->name, other_->declared->name), "",
                     "say which it is: --as NAME"});
    }
    return take();
  }

 private:
  void look() {
    if (table_.form == table_form::csv) look_at_csv();
    else look_at({table_.keys}, ',');
  }

  std::nullopt_t refuse(mistake wrong, std::uint64_t row = 0, std::string_view heading = {}) {
    problems_.add({file_, table_.form, row, heading}, std::move(wrong));
    return std::nullopt;
  }

  // The field of a heading; what a mapping says comes first.
  std::size_t field_of(const schema& of, const std::string& key) const {
    if (with_ != nullptr) {
      for (const auto& [heading, name] : with_->said.headings) {
        if (heading_key(heading.text) == key) return of.find(name.text);
      }
    }
    return of.find_heading(key);
  }

  bool ignored(const std::string& key) const {
    if (with_ != nullptr) {
      for (const auto& heading : with_->said.ignore) {
        if (heading_key(heading.text) == key) return true;
      }
    }
    return std::find(std::begin(running_numbers), std::end(running_numbers), key) != std::end(running_numbers);
  }

  void look_at_csv() {
    for (const char separator : {',', '\t', ';'}) {
      std::vector<raw_row> rows;
      read_rows(file_, table_, separator, rows_looked_at, rows, nullptr);
      std::vector<std::vector<std::string>> texts;
      for (const raw_row& row : rows) {
        std::vector<std::string>& cells = texts.emplace_back();
        for (const raw_cell& cell : row.cells) cells.push_back(decoded(table_, cell.text));
      }
      look_at(texts, separator);
    }
  }

  void look_at(const std::vector<std::vector<std::string>>& rows, char separator) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (table_.form == table_form::csv && with_ != nullptr && with_->said.heading_row > 0 && static_cast<std::size_t>(with_->said.heading_row) != i + 1) continue;
      for (const schema& of : schemas()) {
        if (named_ != nullptr && named_ != &of) continue;
        candidate now{&of, i, separator};
        std::vector<bool> has(of.fields.size());
        for (const std::string& heading : rows[i]) {
          const std::size_t at = field_of(of, heading_key(heading));
          if (at != no_field && !has[at]) has[at] = true, ++now.known;
        }
        now.complete = true;
        for (std::size_t f = 0; f < has.size(); ++f) now.complete = now.complete && (has[f] || of.fields[f].declared->use == presence::optional);
        if (now.better(best_)) {
          best_ = now;
          other_ = nullptr;
          headings_ = rows[i];
        } else if (now.as_good(best_) && now.of != best_.of && now.complete) {
          other_ = &of;
        }
      }
    }
  }

  // A text in UTF-8 with one bad byte is read as CP932, and none of its headings is known then.
  std::string read_as() const { return table_.cp932 ? " (the text is not valid UTF-8 and was read as CP932)" : ""; }

  std::optional<layout> no_register() {
    if (named_ == nullptr) {
      std::string names;
      for (const std::string_view one : schema_names()) names += (names.empty() ? "" : ", ") + std::string(one);
      return refuse({diagnostic_code::register_unknown, "no row has the headings of a register" + read_as(), "headings of one of: " + names,
                     "say which it is with --as NAME, and what its headings mean with --mapping FILE"});
    }
    std::string wanted;
    for (const field& one : named_->fields) {
      if (one.declared->use != presence::optional) wanted += (wanted.empty() ? "" : ", ") + std::string(one.declared->ja);
    }
    const bool given = with_ != nullptr && with_->said.heading_row > 0;
    return refuse({diagnostic_code::register_heading, given ? fmt::format("row {} has not the headings{}", with_->said.heading_row, read_as()) : "no row has the headings" + read_as(), wanted,
                   "say what its headings mean in a register-mapping/v1 document, and give it with --mapping FILE"});
  }

  std::optional<layout> take() {
    layout made;
    made.of = best_.of;
    made.separator = best_.separator;
    made.heading_row = table_.form == table_form::csv ? best_.row + 1 : 0;
    std::vector<std::string> taken(made.of->fields.size());
    bool good = true;
    for (const std::string& heading : headings_) {
      column one{no_field, heading, {}};
      const std::string key = heading_key(heading);
      if (!key.empty()) one.field = field_of(*made.of, key);
      const bool left_out = one.field == no_field && (key.empty() || ignored(key));
      if (left_out && !key.empty()) made.not_read.push_back(heading);
      if (one.field != no_field && !taken[one.field].empty()) {
        good = false;
        refuse({diagnostic_code::register_heading, fmt::format("the column holds `{}`, as `{}` does", made.of->fields[one.field].declared->name, taken[one.field]),
                "one column for each field", "say in a mapping which of the two is read, and name the other under `ignore`"}, made.heading_row, heading);
      } else if (one.field != no_field) {
        taken[one.field] = heading;
        add_words(one, *made.of);
      } else if (!left_out) {
        good = false;
        unknown(*made.of, heading, made.heading_row);
      }
      made.columns.push_back(std::move(one));
    }
    for (std::size_t f = 0; f < taken.size(); ++f) {
      const register_field& of = *made.of->fields[f].declared;
      if (!taken[f].empty() || of.use == presence::optional) continue;
      good = false;
      refuse({diagnostic_code::register_heading, fmt::format("the register `{}` needs the column `{}` ({})", made.of->declared->name, of.ja, of.name),
              "a column with that heading", "if it stands there under another name, say so in a mapping"}, made.heading_row);
    }
    if (!good) return std::nullopt;
    return made;
  }

  void add_words(column& to, const schema& of) const {
    if (with_ == nullptr) return;
    for (const rules::register_words& one : with_->said.choices) {
      if (of.find(one.field.text) != to.field) continue;
      for (const auto& [said, meant] : one.words) to.words.emplace_back(heading_key(said.text), meant.text);
    }
  }

  void unknown(const schema& of, const std::string& heading, std::uint64_t row) {
    std::vector<std::string_view> known;
    for (const field& one : of.fields) known.insert(known.end(), {one.declared->ja, one.declared->name, one.declared->en});
    std::string help = did_you_mean(heading, known);
    if (help.empty()) help = "say in a mapping what it means, or name it under `ignore`: a column is never left out silently";
    std::string expected;
    for (const field& one : of.fields) expected += (expected.empty() ? "" : ", ") + std::string(one.declared->ja);
    refuse({diagnostic_code::register_heading, fmt::format("the register `{}` has no column {}", of.declared->name, rules::in_ticks(heading)), std::move(expected), std::move(help)}, row);
  }

  const std::string& file_;
  const raw_table& table_;
  const schema* named_;
  const mapping* with_;
  problem_list& problems_;
  candidate best_;
  const schema* other_ = nullptr;    // another register that the same headings fit
  std::vector<std::string> headings_;
};

}  // namespace

std::optional<layout> find_layout(const std::string& file, const raw_table& table, const schema* named, const mapping* with, problem_list& problems) {
  return layout_finder(file, table, named, with, problems).find();
}

bool looks_like_register(std::string_view bytes) {
  constexpr std::size_t looked_at = 1 << 16;
  const std::size_t first = bytes.find_first_not_of(" \t\r\n\xef\xbb\xbf");
  const bool json = first != std::string_view::npos && (bytes[first] == '[' || bytes[first] == '{');
  if (!json && bytes.size() > looked_at) bytes = bytes.substr(0, bytes.substr(0, looked_at).rfind('\n'));
  problem_list untold;
  const auto table = open_table({}, bytes, {}, untold);
  return table && layout_finder({}, *table, nullptr, nullptr, untold).recognises();
}

}  // namespace sekimori::registers

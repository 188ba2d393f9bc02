// registers: rows as values. Whether a key that is not listed may still be there, and whether a row counts, is decided here alone.
#include "registers/data.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "registers/dates.hpp"
#include "registers/values.hpp"
#include "value/containers.hpp"
#include "value/values.hpp"

namespace sekimori::registers {

using rules::register_declarations;

namespace {

constexpr std::string_view planned = "planned";
const data_path data_root{};
const data_path data_place{&data_root, "data"};

bool is_planned(const register_table& table, const register_row& row) {
  const std::size_t at = table.of->find("status");
  const auto* said = at != no_field ? std::get_if<std::string>(&row.values[at]) : nullptr;
  return said != nullptr && *said == planned;
}

// Appointments that are not announced (内示) are nobody's to see; a contract that is only planned is no secret.
bool is_confidential(const register_declaration& of) { return &of == &rules::assignments; }

const unknown_set* doubt(arena& memory, std::string_view path) {
  auto* one = memory.make<unknown_path>(std::string_view(), memory.copy(path), unknown_reason::register_missing);
  return memory.make<unknown_set>(one, std::size_t{1});
}

// "予定 planned: 2027-04-01/2028-03-31": what people need who have to wait for it.
std::string planned_text(const register_declaration& of, std::string_view place, const std::vector<cell_value>& cells) {
  std::string days;
  for (const std::string_view end : {of.terms[0].from, of.terms[0].to}) {
    if (!days.empty()) days += '/';
    for (std::size_t f = 0; f < of.fields.size(); ++f) {
      if (of.fields[f].name != end) continue;
      const auto* day = std::get_if<std::int64_t>(&cells[f]);
      days += day != nullptr ? format_day(*day) : std::string("...");
    }
  }
  return fmt::format("{} (予定 planned: {})", place, days);
}

}  // namespace

// What views make when they are asked, by any thread.
class register_data::on_demand {
 public:
  value unknown_at(const void* whose, std::uint32_t field, const data_path* container, std::string_view name) {
    const std::lock_guard<std::mutex> lock(making_);
    auto [at, fresh] = unknown_[whose].try_emplace(field);
    if (fresh) at->second = value::unknown(doubt(memory_, path_text(container, value::string(name))));
    return at->second;
  }
  template <class Make>
  const map_entry* entries_of(const void* whose, Make make) {
    const std::lock_guard<std::mutex> lock(making_);
    auto [at, fresh] = entries_.try_emplace(whose, nullptr);
    if (fresh) {
      std::vector<map_entry> made = make();
      std::sort(made.begin(), made.end(), [](const map_entry& a, const map_entry& b) { return key_less(a.key, b.key); });
      at->second = memory_.copy(std::span<const map_entry>(made)).data();
    }
    return at->second;
  }

 private:
  std::mutex making_;
  arena memory_;
  std::unordered_map<const void*, std::unordered_map<std::uint32_t, value>> unknown_;
  std::unordered_map<const void*, const map_entry*> entries_;
};

// A row: an object of its register's type. A blank cell is not there, and read plainly it is unknown.
class register_data::row_view final : public map_view {
 public:
  row_view(const register_declaration& of, std::string_view type, std::span<const value> cells, const data_path* place, on_demand& made)
      : of_(of), type_(type), cells_(cells), place_(place), made_(made) {}

  std::size_t size() const override {
    return static_cast<std::size_t>(std::count_if(cells_.begin(), cells_.end(), [](value one) { return !one.is_null(); }));
  }
  bool find(value key, value& found) const override {
    const std::size_t index = index_of(key);
    return index < cells_.size() && field(static_cast<std::uint32_t>(index), found);
  }
  bool field(std::uint32_t index, value& found) const override {
    if (index >= cells_.size() || cells_[index].is_null()) return false;
    found = cells_[index];
    return true;
  }
  value missing(value key) const override {
    const std::size_t index = index_of(key);
    return index < cells_.size() ? made_.unknown_at(this, static_cast<std::uint32_t>(index), place_, of_.fields[index].name) : value::null();
  }
  const map_entry* entries() const override {
    return made_.entries_of(this, [&] {
      std::vector<map_entry> all;
      for (std::size_t i = 0; i < cells_.size(); ++i) {
        if (!cells_[i].is_null()) all.push_back({value::string(of_.fields[i].name), cells_[i]});
      }
      return all;
    });
  }
  std::string_view type_name() const override { return type_; }
  const data_path* where() const override { return place_; }

 private:
  std::size_t index_of(value key) const {
    if (!key.is(value_kind::string)) return cells_.size();
    const auto at = std::find_if(of_.fields.begin(), of_.fields.end(), [&](const register_field& one) { return one.name == key.as_text(); });
    return static_cast<std::size_t>(at - of_.fields.begin());
  }

  const register_declaration& of_;
  std::string_view type_;
  std::span<const value> cells_;      // by field; null: blank
  const data_path* place_;
  on_demand& made_;
};

// The rows of one key, where a register has several.
class register_data::rows_of_key final : public list_view {
 public:
  rows_of_key(std::span<const value> rows, relation_shape shape, const data_path* place) : rows_(rows), shape_(shape), place_(place) {}
  std::size_t size() const override { return rows_.size(); }
  value at(std::size_t index) const override { return rows_[index]; }
  const relation_shape* relation() const override { return &shape_; }
  const data_path* where() const override { return place_; }

 private:
  std::span<const value> rows_;
  relation_shape shape_;
  const data_path* place_;
};

// One register, from its key to a row or a list of rows.
class register_data::rows_by_key final : public map_view {
 public:
  rows_by_key(std::span<const map_entry> entries, relation_shape shape, bool lists, const data_path* place)
      : entries_(entries), shape_(shape), lists_(lists), place_(place) {
    index_.reserve(entries.size());
    for (std::size_t i = 0; i < entries.size(); ++i) index_.emplace(entries[i].key.as_text(), i);
  }
  std::size_t size() const override { return entries_.size(); }
  // A key that is not listed is there with an unknown value, unless somebody says that the register is complete.
  bool find(value key, value& found) const override {
    const auto at = key.is(value_kind::string) ? index_.find(key.as_text()) : index_.end();
    if (at == index_.end()) {
      if (shape_.open) found = value::unknown(shape_.why);
      return shape_.open;
    }
    const bool sure = shape_.each == nullptr || shape_.each[at->second] == nullptr;
    found = sure ? entries_[at->second].mapped : value::unknown(shape_.each[at->second]);
    return true;
  }
  const map_entry* entries() const override { return entries_.data(); }
  // Of a complete register: nobody's rows are none.
  value missing(value) const override {
    static const arena_list none{std::span<const value>()};
    return lists_ ? value::list(&none) : value::null();
  }
  const relation_shape* relation() const override { return &shape_; }
  const data_path* where() const override { return place_; }

 private:
  std::span<const map_entry> entries_;
  std::unordered_map<std::string_view, std::size_t> index_;
  relation_shape shape_;
  bool lists_;
  const data_path* place_;
};

// `data`.
class register_data::data_view final : public map_view {
 public:
  std::array<value, register_declarations.size()> values;

  std::size_t size() const override { return values.size(); }
  bool find(value key, value& found) const override {
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (key.is(value_kind::string) && key.as_text() == register_declarations[i]->name) return field(static_cast<std::uint32_t>(i), found);
    }
    return false;
  }
  bool field(std::uint32_t index, value& found) const override {
    if (index >= values.size()) return false;
    found = values[index];
    return true;
  }
  const map_entry* entries() const override { return entries_.data(); }
  std::string_view type_name() const override { return "data"; }
  const data_path* where() const override { return &data_place; }

  void close() {
    for (std::size_t i = 0; i < values.size(); ++i) entries_[i] = {value::string(register_declarations[i]->name), values[i]};
    std::sort(entries_.begin(), entries_.end(), [](const map_entry& a, const map_entry& b) { return key_less(a.key, b.key); });
  }

 private:
  std::array<map_entry, register_declarations.size()> entries_;
};

// One register while it is put together.
struct register_data::held {
  explicit held(const register_declaration& of) : declared(of), type(rules::row_type(of)), place{&data_place, of.name} {}

  struct row {
    std::string_view key;
    std::vector<cell_value> cells;
    bool planned;
  };

  const register_declaration& declared;
  std::string type;
  data_path place;
  std::vector<row> rows;
  std::optional<std::int64_t> as_of;
  bool complete = true;
  std::string declared_by;
  arena memory;
  std::unique_ptr<rows_by_key> known, open;
};

register_data::register_data() : made_(std::make_unique<on_demand>()), all_(std::make_unique<data_view>()), all_open_(std::make_unique<data_view>()) {}
register_data::~register_data() = default;

void register_data::add(const register_table& table) {
  const auto* at = std::find(register_declarations.begin(), register_declarations.end(), table.of->declared);
  const auto index = static_cast<std::size_t>(at - register_declarations.begin());
  if (!registers_[index]) registers_[index] = std::make_unique<held>(**at);
  held& into = *registers_[index];
  given_.set(index);
  if (table.as_of && (!into.as_of || *table.as_of < *into.as_of)) into.as_of = table.as_of;
  into.complete = into.complete && table.complete;
  if (into.declared_by.find(table.declared_by) == std::string::npos) into.declared_by += (into.declared_by.empty() ? "" : ", ") + table.declared_by;
  for (const register_row& row : table.rows) {
    std::vector<cell_value> cells(row.values.begin(), row.values.begin() + static_cast<std::ptrdiff_t>(into.declared.fields.size()));
    std::string key;
    for (std::size_t f = 0; f < cells.size() && key.empty(); ++f) {
      if (into.declared.fields[f].use == presence::key) key = std::get<std::string>(cells[f]);
    }
    into.rows.push_back({into.memory.copy(std::string_view(key)), std::move(cells), is_planned(table, row)});
  }
}

void register_data::finish(const data_options& options) {
  today_ = options.today;
  for (std::size_t i = 0; i < registers_.size(); ++i) {
    const std::string name = "data." + std::string(register_declarations[i]->name);
    held* one = registers_[i].get();
    if (one == nullptr || !options.today) {
      // Where it is only the day that is missing, that is said.
      if (!registers_[i]) registers_[i] = std::make_unique<held>(*register_declarations[i]);
      arena& memory = registers_[i]->memory;
      value why = value::unknown(doubt(memory, name));
      if (one != nullptr) why = merge_unknowns(memory, why, value::unknown(doubt(memory, "now")));
      all_->values[i] = all_open_->values[i] = why;
      continue;
    }
    const bool lists = rules::key_fields(one->declared) > 1;
    const bool drops = is_confidential(one->declared) && !options.include_planned;
    std::erase_if(one->rows, [&](const held::row& row) { return row.planned && drops; });
    std::stable_sort(one->rows.begin(), one->rows.end(), [](const held::row& a, const held::row& b) { return a.key < b.key; });
    shows_planned_ = shows_planned_ || (is_confidential(one->declared) && std::any_of(one->rows.begin(), one->rows.end(), [](const held::row& row) { return row.planned; }));
    arena& memory = one->memory;
    const unknown_set* why = doubt(memory, name);
    // Both kinds of shapes over the same rows.
    struct flags { bool* certain = nullptr; const unknown_set** each = nullptr; };
    auto doubtful = [&](std::span<const held::row> rows) {
      flags made;
      if (std::none_of(rows.begin(), rows.end(), [](const held::row& row) { return row.planned; })) return made;
      made.certain = memory.make_array<bool>(rows.size()).data();
      made.each = memory.make_array<const unknown_set*>(rows.size()).data();
      for (std::size_t r = 0; r < rows.size(); ++r) {
        made.certain[r] = !rows[r].planned;
        if (rows[r].planned) made.each[r] = doubt(memory, planned_text(one->declared, name + "." + std::string(rows[r].key), rows[r].cells));
      }
      return made;
    };
    auto shape_of = [&](const flags& of, bool open) { return relation_shape{of.certain, open, why, of.each}; };
    std::vector<map_entry> known, open;
    std::size_t begin = 0;
    while (begin < one->rows.size()) {
      std::size_t end = begin + 1;
      while (lists && end < one->rows.size() && one->rows[end].key == one->rows[begin].key) ++end;
      const std::span<const held::row> group(one->rows.data() + begin, end - begin);
      auto values = memory.make_array<value>(group.size());
      const data_path* key_place = memory.make<data_path>(&one->place, group.front().key);
      for (std::size_t r = 0; r < group.size(); ++r) {
        auto cells = memory.make_array<value>(one->declared.fields.size());
        for (std::size_t f = 0; f < cells.size(); ++f) {
          const value cell = value_of(one->declared.fields[f], group[r].cells[f], memory);
          cells[f] = cell.marked_sensitive(one->declared.fields[f].personal && !cell.is_null());
        }
        const data_path* place = lists ? memory.make<data_path>(key_place, std::string_view(), static_cast<std::int64_t>(r)) : key_place;
        values[r] = value::map(memory.make<row_view>(one->declared, one->type, std::span<const value>(cells), place, *made_));
      }
      const value key = value::string(group.front().key);
      if (lists) {
        const flags of = doubtful(group);
        known.push_back({key, value::list(memory.make<rows_of_key>(values, shape_of(of, !one->complete), key_place))});
        open.push_back({key, value::list(memory.make<rows_of_key>(values, shape_of(of, true), key_place))});
      } else {
        known.push_back({key, values[0]});
        open.push_back({key, values[0]});
      }
      begin = end;
    }
    const flags of = lists ? flags() : doubtful(one->rows);
    one->known = std::make_unique<rows_by_key>(memory.copy(std::span<const map_entry>(known)), shape_of(of, !one->complete), lists, &one->place);
    one->open = std::make_unique<rows_by_key>(memory.copy(std::span<const map_entry>(open)), shape_of(of, true), lists, &one->place);
    all_->values[i] = value::map(one->known.get());
    all_open_->values[i] = value::map(one->open.get());
    one->rows.clear();
  }
  all_->close();
  all_open_->close();
}

value register_data::all() const { return value::map(all_.get()); }
value register_data::all_open() const { return value::map(all_open_.get()); }

rules::register_set register_data::complete() const {
  rules::register_set made;
  for (std::size_t i = 0; i < registers_.size(); ++i) made.set(i, given_[i] && registers_[i]->complete);
  return made;
}

std::optional<std::int64_t> register_data::as_of(std::size_t index) const { return given_[index] ? registers_[index]->as_of : std::nullopt; }
bool register_data::is_forecast(std::size_t index) const {
  const auto day = as_of(index);
  return day && today_ && *day < *today_;
}
std::string register_data::declared_by(std::size_t index) const { return given_[index] ? registers_[index]->declared_by : std::string(); }

}  // namespace sekimori::registers

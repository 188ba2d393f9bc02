// registers: keys and references over all files that were given together.
#include "registers/references.hpp"

#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>

#include "registers/dates.hpp"
#include "rules/yaml_reader.hpp"

namespace sekimori::registers {
namespace {

constexpr char between = '\x1f';   // the parts of a key: no cell holds it, identifiers have one line

std::string part_of(const cell_value& held) {
  if (const auto* text = std::get_if<std::string>(&held)) return *text;
  if (const auto* day = std::get_if<std::int64_t>(&held)) return format_day(*day);
  return {};
}

struct row_place {
  const register_table* table = nullptr;
  const register_row* row = nullptr;
};

class key_index {
 public:
  explicit key_index(problem_list& problems) : problems_(problems) {}

  void add(const register_table& table) {
    std::vector<std::size_t> keys;
    for (std::size_t f = 0; f < table.of->fields.size(); ++f) {
      if (table.of->fields[f].declared->use == presence::key) keys.push_back(f);
    }
    for (const register_row& row : table.rows) {
      std::string whole;
      bool known = true;
      for (const std::size_t f : keys) {
        const std::string part = part_of(row.values[f]);
        known = known && !part.empty() && !row.wrong[f];
        whole += (whole.empty() ? "" : std::string(1, between)) + part;
      }
      if (!known) continue;            // that was told
      const auto [found, added] = rows_.emplace(whole, row_place{&table, &row});
      if (added) continue;
      std::replace(whole.begin(), whole.end(), between, ' ');
      problems_.add(table.place(row, keys.front()), {diagnostic_code::register_key, fmt::format("{} stands twice", rules::in_ticks(whole)), "each key once",
                                                     fmt::format("it stands first in {}row {}", found->second.table == &table ? "" : found->second.table->file + ", ", found->second.row->number)});
    }
  }

  const row_place* find(const std::string& key) const {
    const auto found = rows_.find(key);
    return found == rows_.end() ? nullptr : &found->second;
  }

  // What somebody may have meant; nothing, where there are too many to look through for each mistake.
  std::string meant(const std::string& key) {
    if (rows_.size() > 5'000 || problems_.count() > 1'000) return {};
    if (keys_.empty()) {
      for (const auto& [known, place] : rows_) keys_.push_back(known);
      std::sort(keys_.begin(), keys_.end());
    }
    return did_you_mean(key, keys_);
  }

 private:
  problem_list& problems_;
  std::unordered_map<std::string, row_place> rows_;
  std::vector<std::string_view> keys_;   // made when first asked for, after all tables were added
};

class reference_check {
 public:
  reference_check(const std::vector<register_table>& tables, problem_list& problems) : tables_(tables), problems_(problems) {
    for (const register_table& table : tables) {
      const auto [at, added] = indexes_.try_emplace(table.of, problems);
      at->second.add(table);
    }
  }

  std::vector<std::string> check(const register_table& table) {
    std::vector<std::string> not_checked;
    for (std::size_t f = 0; f < table.of->fields.size(); ++f) {
      const std::string_view refers = table.of->fields[f].declared->refers;
      if (refers.empty()) continue;
      const auto to = indexes_.find(find_schema(refers));
      if (to == indexes_.end()) {
        if (used(table, f)) not_checked.push_back(fmt::format("{} ({})", table.headings[f], refers));
        continue;
      }
      for (const register_row& row : table.rows) reference(table, row, f, to->second, refers);
    }
    subcontracts(table);
    circles(table);
    return not_checked;
  }

 private:
  static bool used(const register_table& table, std::size_t f) {
    return std::any_of(table.rows.begin(), table.rows.end(), [f](const register_row& row) { return !std::holds_alternative<std::monostate>(row.values[f]); });
  }

  void reference(const register_table& table, const register_row& row, std::size_t f, key_index& to, std::string_view refers) {
    const auto look_up = [&](const std::string& key) {
      if (to.find(key) != nullptr) return;
      problems_.add(table.place(row, f), {diagnostic_code::register_reference, fmt::format("no row of `{}` has the key {}", refers, rules::in_ticks(key)), "a key of that register", to.meant(key)});
    };
    if (row.wrong[f]) return;
    if (const auto* one = std::get_if<std::string>(&row.values[f])) look_up(*one);
    if (const auto* list = std::get_if<std::vector<std::string>>(&row.values[f])) std::for_each(list->begin(), list->end(), look_up);
  }

  // Who works under a subcontract does so under a contract that names the one above it.
  void subcontracts(const register_table& table) {
    const auto to = indexes_.find(find_schema("contracts"));
    if (table.of->declared != &assignments || to == indexes_.end()) return;
    const std::size_t type = table.of->find("type"), contract = table.of->find("contract"), parent = to->first->find("parent");
    for (const register_row& row : table.rows) {
      const auto* said = std::get_if<std::string>(&row.values[type]);
      const auto* key = std::get_if<std::string>(&row.values[contract]);
      if (said == nullptr || key == nullptr || *said != "subcontractor") continue;
      const row_place* at = to->second.find(*key);
      if (at == nullptr || !std::holds_alternative<std::monostate>(at->row->values[parent]) || at->row->wrong[parent]) continue;
      problems_.add(table.place(row, contract), {diagnostic_code::register_reference, fmt::format("the contract {} of a subcontractor has no parent contract", rules::in_ticks(*key)),
                                                 fmt::format("a contract with `{}`", at->table->headings[parent])});
    }
  }

  // A row that leads to itself over references to its own register: a contract under itself.
  void circles(const register_table& table) {
    const key_index& own = indexes_.at(table.of);
    for (std::size_t f = 0; f < table.of->fields.size(); ++f) {
      if (table.of->fields[f].declared->refers != table.of->declared->name) continue;
      std::unordered_map<const register_row*, const register_row*> walks;   // a row that was met -> the row from which it was
      for (const register_row& row : table.rows) {
        const register_row* at = &row;
        while (at != nullptr && walks.emplace(at, &row).second) {
          const auto* key = std::get_if<std::string>(&at->values[f]);
          const row_place* next = key == nullptr ? nullptr : own.find(*key);
          at = next == nullptr || next->table != &table ? nullptr : next->row;
        }
        // Met again on the same walk: one row of each circle is told.
        if (at != nullptr && walks[at] == &row) problems_.add(table.place(*at, f), {diagnostic_code::register_reference, "the row leads back to itself", "references that end"});
      }
    }
  }

  const std::vector<register_table>& tables_;
  problem_list& problems_;
  std::map<const schema*, key_index> indexes_;
};

}  // namespace

void check_references(const std::vector<register_table>& tables, std::vector<std::vector<std::string>>& not_checked, problem_list& problems) {
  reference_check check(tables, problems);
  for (const register_table& table : tables) not_checked.push_back(check.check(table));
}

}  // namespace sekimori::registers

// check: registers and their mappings among the inputs. Entry point: register_inputs. They are put aside until all inputs are read, as a
// mapping may stand behind its register, and keys of one lead to another.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "inventory/inventory.hpp"
#include "registers/read.hpp"
#include "sekimori/report.hpp"

namespace sekimori::check {

enum class register_text : std::uint8_t {
  none,       // JSON, YAML, something packed: of another format, unless no format wants it
  table,      // has the headings of a register
  mapping,    // sekimori: register-mapping/v1
  perhaps,    // a text of lines: a register where a mapping says so
};
// `named`: the caller says that it is a register.
register_text register_text_of(std::string_view bytes, bool named);
// The same of what no other format wants.
bool is_register_json(std::string_view bytes);

class register_inputs {
 public:
  // `record`: where what became of it is told.
  void add(std::size_t record, const std::string& name, std::string_view bytes, register_text kind);
  // Reads what was put aside. A register with a mistake anywhere is unreadable. Accounts are added to the inventory, and `added`
  // says which record they are of. Texts that are no register after all are added as what else they are.
  void finish(inventory::inventory& into, const std::string& format, std::vector<input_record>& records, std::vector<std::size_t>& added);
  const std::vector<registers::register_table>& tables() const { return tables_; }

 private:
  struct text {
    std::size_t record;
    std::string name, bytes;
    register_text kind;
  };
  std::vector<text> texts_;
  std::vector<registers::register_table> tables_;
};

}  // namespace sekimori::check

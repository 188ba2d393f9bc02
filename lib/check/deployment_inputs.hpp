// check: ARM templates and their files of parameters among the inputs. Entry point: deployment_inputs. They are put aside until all inputs are read,
// as the parameters may stand behind their template. Which template a file is for is told by the names of the files, else by the
// parameters that just one template declares; it is never guessed.
#pragma once

#include <string>
#include <vector>

#include "base/files.hpp"
#include "inventory/arm_parameters.hpp"
#include "inventory/inventory.hpp"
#include "sekimori/report.hpp"

namespace sekimori::check {

class deployment_inputs {
 public:
  // `record`: where what became of it is told. `bytes` holds what the text was parsed from, if that is not the caller's.
  void add(std::size_t record, inventory::deployment_text kind, inventory::parsed_text text, file_bytes bytes, std::string digest);
  // Adds the templates to the inventory, and `added` says which record they are of.
  void finish(inventory::inventory& into, std::vector<input_record>& records, std::vector<std::size_t>& added);

 private:
  struct held {
    std::size_t record;
    inventory::parsed_text text;
    file_bytes bytes;
    std::string digest;
    const held* of = nullptr;      // of parameters: the template
  };
  const held* template_for(const held& parameters, input_record& record) const;

  std::vector<held> templates_, parameters_;
};

}  // namespace sekimori::check

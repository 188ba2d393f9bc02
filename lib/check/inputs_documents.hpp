// check: inputs documents (inputs/v1) among the inputs: which files they name, and what they say of them. Entry point:
// inputs_documents. They are put aside until all other inputs are read, so that a file that was given as well is one input. Knows
// neither kinds nor scopes: what a run makes of them is completeness.hpp's.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/documents.hpp"
#include "sekimori/report.hpp"

namespace sekimori::check {

// By content: `sekimori: inputs/...` at the top.
bool is_inputs_document(std::string_view bytes);

// What an entry says, and the records of the inputs that it says it of; none where they could not be told.
struct stated_inputs {
  const rules::input_entry* said;
  std::size_t document;                // its record
  std::vector<std::size_t> records;
};

class inputs_documents {
 public:
  // `record`: where what became of it is told. `opens`: it was given as a file, so that files beside it may be opened.
  void add(std::size_t record, const std::string& name, std::string_view bytes, bool opens, std::vector<input_record>& records);
  // The folders that were given: what is in them is an input already.
  void note_folder(const std::string& folder) { folders_.push_back(folder); }

  // Opens a file or a folder, whose records come last. What `known` says of a file of a folder: it is an input already.
  using opener = std::function<void(const std::string& path, bool folder, const std::function<bool(const std::string&)>& known)>;
  // Finds what the entries name among the inputs, or has it opened.
  void finish(std::vector<input_record>& records, const opener& open);
  const std::vector<stated_inputs>& stated() const { return stated_; }

 private:
  struct document {
    std::size_t record;
    std::string name;
    bool opens;
    rules::inputs_document read;
  };
  class search;

  std::deque<document> documents_;     // entries are pointed at
  std::vector<std::string> folders_;
  std::vector<stated_inputs> stated_;
};

}  // namespace sekimori::check

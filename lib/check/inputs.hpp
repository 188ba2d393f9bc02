// check: opens what is to be checked and reads it into an inventory, in threads of its own where it may. Entry point:
// input_reading.
#pragma once

#include <atomic>
#include <exception>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/tasks.hpp"
#include "check/deployment_inputs.hpp"
#include "check/inputs_documents.hpp"
#include "check/register_inputs.hpp"
#include "inventory/inventory.hpp"
#include "rules/checked.hpp"
#include "sekimori/policy.hpp"
#include "sekimori/report.hpp"

namespace sekimori::check {

// A record for every input, in order; a folder gives one for each of its *.json files, sorted. What only an inputs document names
// comes last. Nothing that was given is left out: what could not be read says why in its record.
struct read_result {
  std::vector<input_record> records;
  std::vector<std::size_t> added;    // the record of each input that reached the inventory, in its order
};

// Begins at once where options.threads allow it, so that rules can be loaded meanwhile; else all is read by finish().
// What is read, and the order of everything that is told, is the same with any number of threads. The inputs and the
// inventory must outlive it.
class input_reading {
 public:
  input_reading(const std::vector<input>& inputs, const check_options& options, inventory::inventory& into);
  ~input_reading();                  // does not begin with a further input
  input_reading(const input_reading&) = delete;
  input_reading& operator=(const input_reading&) = delete;

  // Helps, and returns when all is read: large inputs with a value on each line as far as rules of `model` need. By one
  // thread at a time.
  const read_result& finish(const rules::model& model);
  inventory::inventory& into() { return into_; }
  const std::vector<registers::register_table>& tables() const { return registers_.tables(); }   // of the registers that could be read
  const std::vector<stated_inputs>& stated() const { return documents_.stated(); }               // of inputs documents

 private:
  class reader;
  void begin(std::size_t threads);
  void end();

  const std::vector<input>& inputs_;
  const std::string input_format_;
  inventory::inventory& into_;
  std::atomic<bool> stopped_{false};
  std::unique_ptr<reader> reader_;
  // The first thread reads what it may, the others help; then finish() reads what is left, and all others help.
  task_board first_, second_;
  std::vector<std::thread> threads_;
  std::size_t next_ = 0;             // of inputs, the first that is not read; of the thread that reads
  std::exception_ptr failure_;
  read_result found_;
  register_inputs registers_;
  deployment_inputs deployments_;
  inputs_documents documents_;
  bool finished_ = false;
};

}  // namespace sekimori::check

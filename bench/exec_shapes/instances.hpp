// bench: what the shapes of exec_shapes are asked of: every instance of the resources of some plans, with the fields of its
// kind already computed, so that conditions alone are timed. Entry point: load_cases.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "check/access.hpp"
#include "check/inputs.hpp"
#include "check/instances.hpp"
#include "check/meta.hpp"
#include "check/scopes.hpp"
#include "exec/executor.hpp"
#include "exec/objects.hpp"
#include "plan/program.hpp"

namespace sekimori::exec_shapes {

struct instance {
  const inventory::resource* of;
  const plan::dispatch_entry* entry;
  std::vector<value> variables;
  const check::parameter_objects* parameters;
};

struct cases {
  std::string name;
  std::shared_ptr<const plan::policy_plan> plan;
  inventory::inventory inventory;
  std::vector<input_record> records;
  std::unique_ptr<check::scope_table> scopes;
  arena memory{1024 * 1024};       // of what instances read: never reset
  check::inventory_access access{inventory};
  value now = value::timestamp(1'795'446'000, 0);
  std::vector<instance> instances;
  std::size_t asked = 0;           // rules, over all instances

  // What instances point to.
  std::unique_ptr<cel::evaluator> evaluator;
  std::unique_ptr<exec::executor> executor;
  std::deque<check::meta_object> metas;
  std::deque<exec::part_object> parts;
  std::deque<exec::record_object> each;
  std::deque<exec::kind_object> objects;
};

// Rules: files and folders; none: the shipped ones. Ends the program with what is wrong.
std::unique_ptr<cases> load_cases(const std::string& name, const std::vector<std::string>& rules, const std::vector<std::string>& plans);

}  // namespace sekimori::exec_shapes

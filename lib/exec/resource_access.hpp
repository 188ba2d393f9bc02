// exec: what evaluation asks about the resource at hand. The check stage implements it over an
// inventory; this stage knows no inventory.
#pragma once

#include "base/arena.hpp"
#include "rules/checked.hpp"
#include "rules/host.hpp"
#include "sekimori/value.hpp"

namespace sekimori::exec {

class resource_access : public rules::relation_host {
 public:
  // The provider's attributes with masks, defaults and former names laid over.
  virtual value attributes(const attribute_table* facts, arena& memory) = 0;
  // The linked part: its attributes; unknown where it cannot be told whether there is one or which;
  // null where it is known to be absent.
  virtual value part(const rules::checked_part& asked, arena& memory) = 0;

 protected:
  ~resource_access() = default;
};

}  // namespace sekimori::exec

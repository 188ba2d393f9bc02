// python: dicts and lists read in place as CEL values. Entry points: check_object, view_of. The GIL is
// held by whoever reads.
#pragma once

#include <pybind11/pybind11.h>

#include "base/arena.hpp"
#include "sekimori/value.hpp"

namespace sekimori::python {

// Throws pybind11::type_error or value_error with the place where an object is not JSON-like: a key that
// is not str, an int beyond 64 bits, NaN or infinity, another type, too deep a nesting (or a cycle).
void check_object(pybind11::handle object);

// `object` has passed check_object, is not changed and stays alive while the view is read.
value view_of(pybind11::handle object, arena& memory);

}  // namespace sekimori::python

// oracle: values between the library and the oracle. Entry points: to_engine, from_engine.
#pragma once

#include "base/arena.hpp"
#include "sekimori/value.hpp"
#include "value.hpp"

namespace oracle {

// `given` must outlive the result: relations are read in place.
sekimori::value to_engine(sekimori::arena& memory, const value& given);
value from_engine(const sekimori::value& given);

}  // namespace oracle

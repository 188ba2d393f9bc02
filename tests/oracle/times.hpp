// oracle: timestamps and durations: their ranges, texts and parts. Entry points: the functions here.
#pragma once

#include "value.hpp"

namespace oracle {

constexpr wide second = 1'000'000'000;
value timestamp_of(wide nanos, int offset = 0);   // an error outside 0001-01-01 to 9999-12-31
value duration_of(wide nanos);              // an error outside int64 nanoseconds
value read_timestamp(const std::string& text);
value read_duration(const std::string& text);
std::string write(const timestamp& t);
std::string write(const duration& d);
// getFullYear and so on, of either; `zone` is a method's argument or empty.
value part(std::string_view getter, const value& of, const std::string& zone);

}  // namespace oracle

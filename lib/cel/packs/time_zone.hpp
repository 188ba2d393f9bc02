// cel: how far a named time zone of the system is from UTC. Entry point: zone_offset. Knows no values.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace sekimori::cel {

// Seconds east of UTC at an instant (seconds since 1970); nothing where the system has no such zone.
// Reads the system's database, for instants after 2037 once a call.
std::optional<std::int64_t> zone_offset(std::string_view zone, std::int64_t seconds);

// By a rule as the database ends with and POSIX's TZ writes it: "EST5EDT,M3.2.0,M11.1.0". Nothing where
// it is no such rule.
std::optional<std::int64_t> rule_offset(std::string_view rule, std::int64_t seconds);

}  // namespace sekimori::cel

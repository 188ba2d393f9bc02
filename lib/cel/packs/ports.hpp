// cel: the value type `ports`: a set of port numbers as sorted, disjoint, non-adjacent intervals in
// 0 .. 65535, never expanded. Entry points: make_ports, parse_ports. Knows no expressions.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/arena_vector.hpp"
#include "sekimori/value.hpp"

namespace sekimori::cel {

inline constexpr std::string_view ports_type = "ports";
inline constexpr std::int64_t last_port = 65535;

struct port_interval {
  std::int32_t low;
  std::int32_t high;  // inclusive
  bool operator==(const port_interval&) const = default;
};

class ports_value final : public opaque_view {
 public:
  ports_value(std::span<const port_interval> intervals, std::string_view text) : intervals_(intervals), text_(text) {}
  std::string_view type_name() const override { return ports_type; }
  bool equals(const opaque_view& other) const override;
  std::string_view to_string() const override { return text_; }

  std::span<const port_interval> intervals() const { return intervals_; }
  bool contains(std::int64_t port) const;
  bool overlaps(const ports_value& other) const;
  bool is_all() const;  // every port that traffic can use: 1 .. 65535

 private:
  std::span<const port_interval> intervals_;
  std::string_view text_;
};

// Sorts and joins. Every interval lies in 0 .. 65535 with low <= high.
value make_ports(sekimori::arena& memory, arena_vector<port_interval> intervals);
// "22,80-90", "*", "all", "any", "none"; adds to `intervals`. False: not of that form.
bool parse_ports(std::string_view text, arena_vector<port_interval>& intervals);

}  // namespace sekimori::cel

// cel: the ports functions of the cloud pack. Entry points: ports.hpp and the ports_* bodies of packs/cloud.hpp.
#include "cel/packs/ports.hpp"

#include <algorithm>
#include <charconv>

#include "cel/packs/cloud.hpp"
#include "cel/packs/support.hpp"

namespace sekimori::cel {
namespace {

constexpr port_interval every_port{0, last_port};

bool parse_number(std::string_view text, std::int32_t& number) {
  if (text.empty() || text.size() > 5) return false;
  number = 0;
  for (char c : text) {
    if (c < '0' || c > '9') return false;
    number = number * 10 + (c - '0');
  }
  return number <= last_port;
}

bool is_word(std::string_view text, std::string_view word) {
  if (text.size() != word.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char lower = text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] - 'A' + 'a') : text[i];
    if (lower != word[i]) return false;
  }
  return true;
}

}  // namespace

bool ports_value::equals(const opaque_view& other) const {
  const auto& theirs = static_cast<const ports_value&>(other).intervals_;
  return std::equal(intervals_.begin(), intervals_.end(), theirs.begin(), theirs.end());
}

bool ports_value::contains(std::int64_t port) const {
  for (const port_interval& interval : intervals_) {
    if (port < interval.low) return false;
    if (port <= interval.high) return true;
  }
  return false;
}

bool ports_value::overlaps(const ports_value& other) const {
  std::size_t mine = 0;
  std::size_t theirs = 0;
  while (mine < intervals_.size() && theirs < other.intervals_.size()) {
    if (intervals_[mine].high < other.intervals_[theirs].low) {
      ++mine;
    } else if (other.intervals_[theirs].high < intervals_[mine].low) {
      ++theirs;
    } else {
      return true;
    }
  }
  return false;
}

bool ports_value::is_all() const {
  return intervals_.size() == 1 && intervals_[0].low <= 1 && intervals_[0].high == last_port;
}

value make_ports(sekimori::arena& memory, arena_vector<port_interval> intervals) {
  std::sort(intervals.begin(), intervals.end(), [](const port_interval& a, const port_interval& b) { return a.low < b.low; });
  std::size_t kept = 0;
  for (const port_interval& interval : intervals) {
    if (kept > 0 && interval.low <= intervals[kept - 1].high + 1) {
      intervals[kept - 1].high = std::max(intervals[kept - 1].high, interval.high);
    } else {
      intervals[kept++] = interval;
    }
  }
  intervals.resize(kept);
  constexpr std::size_t longest = sizeof ",65535-65535";
  char* const text = static_cast<char*>(memory.allocate(longest * (intervals.size() + 1), 1));
  char* end = text;
  for (const port_interval& interval : intervals) {
    if (end != text) *end++ = ',';
    end = std::to_chars(end, end + longest, interval.low).ptr;
    if (interval.high == interval.low) continue;
    *end++ = '-';
    end = std::to_chars(end, end + longest, interval.high).ptr;
  }
  const std::string_view shown = end == text ? std::string_view("none") : std::string_view(text, static_cast<std::size_t>(end - text));
  const auto stored = memory.copy(std::span<const port_interval>(intervals));
  return value::opaque(memory.make<ports_value>(std::span<const port_interval>(stored), shown));
}

bool parse_ports(std::string_view text, arena_vector<port_interval>& intervals) {
  while (true) {
    const std::size_t comma = text.find(',');
    const std::string_view item = pack_support::trim_ascii(text.substr(0, comma));
    if (item == "*" || is_word(item, "all") || is_word(item, "any")) {
      intervals.push_back(every_port);
    } else if (!is_word(item, "none")) {
      const std::size_t dash = item.find('-');
      port_interval interval{};
      if (!parse_number(pack_support::trim_ascii(item.substr(0, dash)), interval.low)) return false;
      interval.high = interval.low;
      if (dash != std::string_view::npos && !parse_number(pack_support::trim_ascii(item.substr(dash + 1)), interval.high)) {
        return false;
      }
      if (interval.high < interval.low) return false;
      intervals.push_back(interval);
    }
    if (comma == std::string_view::npos) return true;
    text.remove_prefix(comma + 1);
  }
}

namespace cloud {
namespace {

const ports_value& ports_of(value given) { return static_cast<const ports_value&>(given.as_opaque()); }

bool is_port(std::int64_t number) { return number >= 0 && number <= last_port; }

value no_port(call_context& context) {
  return context.fail(evaluation_error_code::invalid_argument, "a port is a number from 0 to 65535");
}

value no_ports_text(call_context& context) {
  return context.fail(evaluation_error_code::invalid_argument, "the string is no list of ports like 22,80-90");
}

}  // namespace

value ports_range(call_context& context, arguments given) {
  const std::int64_t low = given[0].as_integer();
  const std::int64_t high = given[1].as_integer();
  if (!is_port(low) || !is_port(high)) return no_port(context);
  if (high < low) {
    return context.fail(evaluation_error_code::invalid_argument, "a range of ports ends before it begins");
  }
  return make_ports(context.memory, {{{static_cast<std::int32_t>(low), static_cast<std::int32_t>(high)}}, context.memory});
}

value ports_all(call_context& context, arguments) { return make_ports(context.memory, {{every_port}, context.memory}); }

value ports_none(call_context& context, arguments) { return make_ports(context.memory, arena_vector<port_interval>(context.memory)); }

value ports_single(call_context& context, arguments given) {
  const std::int64_t port = given[0].as_integer();
  if (!is_port(port)) return no_port(context);
  return make_ports(context.memory, {{{static_cast<std::int32_t>(port), static_cast<std::int32_t>(port)}}, context.memory});
}

value ports_parse_text(call_context& context, arguments given) {
  arena_vector<port_interval> intervals(context.memory);
  if (!parse_ports(given[0].as_text(), intervals)) return no_ports_text(context);
  return make_ports(context.memory, std::move(intervals));
}

value ports_parse_list(call_context& context, arguments given) {
  arena_vector<value> elements(context.memory);
  const value undecided = pack_support::read_list(context, given[0].as_list(), elements);
  if (!undecided.is_null()) return undecided;
  arena_vector<port_interval> intervals(context.memory);
  for (const value& element : elements) {
    if (element.is(value_kind::string)) {
      if (!parse_ports(element.as_text(), intervals)) return no_ports_text(context);
    } else if (element.is(value_kind::integer)) {
      if (!is_port(element.as_integer())) return no_port(context);
      const auto port = static_cast<std::int32_t>(element.as_integer());
      intervals.push_back({port, port});
    } else {
      return context.fail(evaluation_error_code::no_matching_overload, "ports.parse takes a list of strings or ints");
    }
  }
  return make_ports(context.memory, std::move(intervals));
}

value ports_contains(call_context&, arguments given) {
  return value::boolean(ports_of(given[0]).contains(given[1].as_integer()));
}

value ports_overlaps(call_context&, arguments given) {
  return value::boolean(ports_of(given[0]).overlaps(ports_of(given[1])));
}

// One known port inside decides, whatever the others are.
value ports_intersects(call_context& context, arguments given) {
  arena_vector<value> elements(context.memory);
  const value undecided = pack_support::read_list(context, given[1].as_list(), elements);
  const relation_shape* shape = given[1].as_list().relation();
  for (std::size_t i = 0; i < elements.size(); ++i) {
    if (shape != nullptr && shape->certain != nullptr && !shape->certain[i]) continue;
    if (elements[i].is(value_kind::integer) && ports_of(given[0]).contains(elements[i].as_integer())) {
      return value::boolean(true);
    }
  }
  if (!undecided.is_null()) return undecided;
  for (const value& element : elements) {
    if (!element.is(value_kind::integer)) {
      return context.fail(evaluation_error_code::no_matching_overload, "ports.intersects takes a list of ints");
    }
  }
  return value::boolean(false);
}

value ports_is_all(call_context&, arguments given) { return value::boolean(ports_of(given[0]).is_all()); }

value ports_is_empty(call_context&, arguments given) { return value::boolean(ports_of(given[0]).intervals().empty()); }

value ports_union(call_context& context, arguments given) {
  const auto mine = ports_of(given[0]).intervals();
  const auto theirs = ports_of(given[1]).intervals();
  arena_vector<port_interval> intervals(mine.begin(), mine.end(), context.memory);
  intervals.insert(intervals.end(), theirs.begin(), theirs.end());
  return make_ports(context.memory, std::move(intervals));
}

value ports_to_string(call_context& context, arguments given) {
  return make_string(context.memory, given[0].as_opaque().to_string());
}

}  // namespace cloud
}  // namespace sekimori::cel

// inventory: a large input with a JSON value on each line, read twice and never held whole: first for what its resources
// are and for those that others are related to, then for all of them in turn. Entry points: inventory::add_lines,
// line_stream. Knows no rules.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "inventory/byte_stream.hpp"
#include "inventory/format.hpp"

namespace sekimori::inventory {

struct stream_options {
  bool strict_json = false;
  std::string format;                       // a reader's name; empty: by content
  std::uint64_t most_bytes = 1ull << 30;    // of the text
  std::uint64_t most_kept = 1ull << 28;     // of the lines that relations need
  std::size_t piece = 1u << 18;             // bytes of lines that are read together
  std::function<bool(const resource&)> keeps;   // whether rules reach a resource through relations and parts; asked of each in its turn; empty: none
  bool accounts = false;                    // what its resources say of accounts is asked for
};

// Opens the text anew; `listener` hears its bytes as they are stored.
using stream_opener = std::function<std::unique_ptr<byte_stream>(byte_listener* listener)>;

// Lines of one input, a piece at a time. For one thread; its resources are read by any while they stand.
class line_stream {
 public:
  line_stream(std::string name, stream_opener open, stream_options options);
  ~line_stream();

  // The resources of the next piece, in the order of the text. Those that were kept are the inventory's own, the others stay
  // until the next call. Empty: there are no more, and `problems` tells where the text was another than before; the next
  // call begins anew.
  std::span<const resource* const> next();
  const std::vector<diagnostic>& problems() const;
  const named_accounts& accounts() const;
  std::uint32_t input() const;              // its index among the inventory's inputs

  struct implementation;
  implementation& inside() { return *implementation_; }

 private:
  std::unique_ptr<implementation> implementation_;
};

}  // namespace sekimori::inventory

// bench/peers: CPU time of this process, and the one form that figures take (bench/peers/run/figures.py reads it).
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace peers {

struct times {
  std::vector<double> nanoseconds;   // of one call, one for each repeat
  double allocations = 0;            // of one call, when warm
};

double cpu_now();   // nanoseconds

// Repeats of about `milliseconds` each, of as many calls as that takes.
times sample(int repeats, double milliseconds, const std::function<void()>& work);
// `repeats` calls, each on its own.
times each(int repeats, const std::function<void()>& work);

// A JSON line; `further`: names and JSON texts.
void tell(std::string_view variant, std::string_view name, times found,
          const std::vector<std::pair<std::string, std::string>>& further = {});

}  // namespace peers

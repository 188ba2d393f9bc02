// bench/peers: see measure.hpp.
#include "measure.hpp"

#include <time.h>

#include <algorithm>
#include <cstdio>

#include "heap_counter/heap_counter.hpp"

namespace peers {

double cpu_now() {
  timespec at{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
  return static_cast<double>(at.tv_sec) * 1e9 + static_cast<double>(at.tv_nsec);
}

namespace {

times repeated(int repeats, std::size_t count, const std::function<void()>& work) {
  times made;
  const auto before = heap_counter::allocations();
  for (int r = 0; r < repeats; ++r) {
    const double begin = cpu_now();
    for (std::size_t i = 0; i < count; ++i) work();
    made.nanoseconds.push_back((cpu_now() - begin) / static_cast<double>(count));
  }
  made.allocations = static_cast<double>(heap_counter::allocations() - before) / (static_cast<double>(count) * repeats);
  return made;
}

}  // namespace

times sample(int repeats, double milliseconds, const std::function<void()>& work) {
  const double target = milliseconds * 1e6;
  std::size_t count = 1;
  while (true) {
    const double begin = cpu_now();
    for (std::size_t i = 0; i < count; ++i) work();
    const double spent = cpu_now() - begin + 1;
    if (spent >= target / 2) {
      count = std::max<std::size_t>(1, static_cast<std::size_t>(static_cast<double>(count) * target / spent));
      break;
    }
    count *= 4;
  }
  return repeated(repeats, count, work);
}

times each(int repeats, const std::function<void()>& work) {
  work();
  return repeated(repeats, 1, work);
}

void tell(std::string_view variant, std::string_view name, times found, const std::vector<std::pair<std::string, std::string>>& further) {
  auto& all = found.nanoseconds;
  std::sort(all.begin(), all.end());
  std::printf(R"({"peer":"sekimori","variant":"%.*s","case":"%.*s","ns":%.3f,"min":%.3f,"max":%.3f,"repeats":%zu,"allocations":%.4f)",
              static_cast<int>(variant.size()), variant.data(), static_cast<int>(name.size()), name.data(), all[all.size() / 2], all.front(),
              all.back(), all.size(), found.allocations);
  for (auto& [key, json] : further) std::printf(R"(,"%s":%s)", key.c_str(), json.c_str());
  std::puts("}");
  std::fflush(stdout);
}

}  // namespace peers

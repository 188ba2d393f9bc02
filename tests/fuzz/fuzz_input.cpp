// fuzz: any bytes as an input to the shipped rules, and the report in every format. Entry point:
// LLVMFuzzerTestOneInput. Uses the public API only.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "sekimori/sekimori.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sekimori;
  static const policy fixed = [] {
    auto loaded = policy::load({"builtin:all"});
    if (!loaded) std::abort();
    return std::move(loaded).value();
  }();
  check_options options;
  options.now = 1'790'000'000;
  options.include = {verdict::pass, verdict::not_applicable};
  options.limits.steps = 50'000;
  options.limits.findings_listed = 200;
  report made = fixed.check({input::text("input", std::string(reinterpret_cast<const char*>(data), size))}, options);
  // Whatever could not be read or decided shows in the exit code: nothing that was examined is not "all is well".
  if (made.outcome.exit_code == 0 && made.summary.examined.mapped == 0) std::abort();
  for (auto format : report_formats()) {
    {
      render_options how;
      how.language = size % 2 == 0 ? "ja" : "en";
      auto written = render(made, format, how);
      if (!written || written.value().empty()) std::abort();
    }
  }
  decide(made, severity::high, undetermined_policy::block);
  return 0;
}

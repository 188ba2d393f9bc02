// cli: limits as options, one for each, of every verb that has limits: --limit-steps 1000. Entry point: add_limit.
#pragma once

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdint>
#include <limits>
#include <string>

namespace sekimori::cli {

// `limit` holds the default; the largest number is none. It must outlive the parser.
template <class Number>
void add_limit(CLI::App& verb, const std::string& name, Number& limit, const std::string& meaning, std::uint64_t largest = std::numeric_limits<Number>::max()) {
  const bool none = limit == std::numeric_limits<Number>::max();
  verb.add_option("--limit-" + name, limit, fmt::format("{} (default {})", meaning, none ? "no limit" : std::to_string(limit)))
      ->check(CLI::NonNegativeNumber)
      ->check(CLI::Range(std::uint64_t{0}, largest));
}

}  // namespace sekimori::cli

// cel: named sets of packs at versions: what another system, or our own rules, turn on. Entry points: profiles,
// find_profile, add_profile. Which packs exist is function.hpp's; what a profile's variables are is its user's.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "cel/environment.hpp"

namespace sekimori::cel {

// A release of the system that a profile stands for: Kubernetes 1.34.
struct release {
  std::uint16_t major = 0;
  std::uint16_t minor = 0;
  auto operator<=>(const release&) const = default;
};
// "1.34"; nullopt where the text is no release.
std::optional<release> parse_release(std::string_view text);

struct profile_row {
  std::string_view pack;
  std::uint8_t version;
  release from;                        // the first release that has the pack at this version
};

struct profile {
  std::string_view name;               // "kubernetes"
  release oldest;                      // both 0.0: the profile has no releases
  release newest;
  std::span<const profile_row> rows;   // by release; a later row of a pack replaces an earlier one
  std::string_view doc;
  std::string_view doc_ja;
};

// By name. kubernetes: the base environment of its API server for admission policies and CRD rules; cel-go: every library
// of cel-go that we have; sekimori: the packs of rule documents.
std::span<const profile> profiles();
const profile* find_profile(std::string_view name);   // nullptr: none of that name

// Turns on what a profile has at a release. A release before the oldest has what the oldest has, one after the newest
// what the newest has: callers that must refuse those compare first.
void add_profile(environment& to, const profile& added, release at);
void add_profile(environment& to, const profile& added);   // at the newest

}  // namespace sekimori::cel

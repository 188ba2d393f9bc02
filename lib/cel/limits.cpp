// cel: profiles of limits, one table. Entry points: limit_profiles, find_limit_profile.
// Source of Kubernetes' budgets: k8s.io/apiserver 0.37, pkg/apis/cel/config.go and
// pkg/cel/environment/base.go.
#include "cel/environment.hpp"

namespace sekimori::cel {
namespace {

constexpr limits kubernetes_limits() {
  limits set;
  set.cost = 1'000'000;
  set.policy_cost = 10'000'000;
  set.presence_tests_cost = false;
  return set;
}

constexpr limit_profile profiles[] = {
    {"default", limits{}},
    {"kubernetes", kubernetes_limits()},
};

}  // namespace

std::span<const limit_profile> limit_profiles() { return profiles; }

const limit_profile* find_limit_profile(std::string_view name) {
  for (const limit_profile& profile : profiles) {
    if (profile.name == name) return &profile;
  }
  return nullptr;
}

}  // namespace sekimori::cel

// cel: named sets of packs. Entry points: profiles, find_profile, add_profile. A new release of Kubernetes is a row here.
#include "cel/profiles.hpp"

#include <algorithm>
#include <charconv>

namespace sekimori::cel {
namespace {

// pkg/cel/environment/base.go of k8s.io/apiserver 0.37. Its authorizer functions need a live cluster and are not here.
constexpr profile_row kubernetes_rows[] = {
    {"strings", 0, {1, 0}},
    {"k8s.lists", 0, {1, 0}},
    {"k8s.regex", 0, {1, 0}},
    {"k8s.url", 0, {1, 0}},
    {"optionals", 4, {1, 28}},
    {"k8s.quantity", 0, {1, 28}},
    {"strings", 2, {1, 29}},
    {"sets", 0, {1, 29}},
    {"k8s.network", 0, {1, 30}},
    {"k8s.format", 0, {1, 31}},
    {"comprehensions2", 0, {1, 32}},
    {"k8s.semver", 1, {1, 33}},
    {"lists", 3, {1, 34}},
    {"k8s.lists", 1, {1, 37}},
};

constexpr profile_row cel_go_rows[] = {
    {"bindings", 1, {}}, {"comprehensions2", 0, {}}, {"encoders", 0, {}}, {"lists", 5, {}}, {"math", 3, {}},
    {"network", 1, {}},  {"optionals", 4, {}},       {"regex", 0, {}},    {"sets", 0, {}},  {"strings", 5, {}},
};

constexpr profile_row sekimori_rows[] = {
    {"bindings", 1, {}}, {"block", 0, {}},   {"cloud", 0, {}},     {"comprehensions2", 0, {}},
    {"encoders", 0, {}}, {"lists", 5, {}},   {"math", 3, {}},      {"network", 1, {}},
    {"optionals", 4, {}}, {"regex", 0, {}},  {"sets", 0, {}},      {"strings", 5, {}},
};

constexpr profile all[] = {
    {"cel-go", {}, {}, cel_go_rows, "The libraries of cel-go 0.33 that need no message types; encoders without JSON and YAML.",
     "メッセージ型を要しない cel-go 0.33 のライブラリ(encoders は JSON と YAML を除く)。"},
    {"kubernetes", {1, 28}, {1, 37}, kubernetes_rows,
     "What the API server of a release offers to admission policies and CRD rules.",
     "各リリースの API サーバーが、アドミッションポリシーと CRD の検証規則に提供するもの。"},
    {"sekimori", {}, {}, sekimori_rows, "What rule documents use.", "検査規則の文書で使うもの。"},
};

}  // namespace

std::optional<release> parse_release(std::string_view text) {
  release read;
  const char* end = text.data() + text.size();
  auto major = std::from_chars(text.data(), end, read.major);
  if (major.ec != std::errc() || major.ptr == end || *major.ptr != '.') return std::nullopt;
  auto minor = std::from_chars(major.ptr + 1, end, read.minor);
  if (minor.ec != std::errc() || minor.ptr != end) return std::nullopt;
  return read;
}

std::span<const profile> profiles() { return all; }

const profile* find_profile(std::string_view name) {
  for (const profile& one : all) {
    if (one.name == name) return &one;
  }
  return nullptr;
}

void add_profile(environment& to, const profile& added, release at) {
  at = std::clamp(at, added.oldest, added.newest);
  for (const profile_row& row : added.rows) {
    if (row.from > at) continue;
    // A later row of the same pack raises its version.
    if (const pack* found = find_pack(row.pack)) to.add_pack(*found, row.version);
  }
}

void add_profile(environment& to, const profile& added) { add_profile(to, added, added.newest); }

}  // namespace sekimori::cel

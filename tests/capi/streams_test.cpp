// A report is the same whether an input with a value on each line is held or read in pieces.
#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>

#include "../inventory/gzip.hpp"
#include "../rules/model_support.hpp"
#include "check/run.hpp"
#include "plan/program.hpp"

using namespace sekimori;

namespace {

constexpr const char* documents[] = {R"(sekimori: kinds/v1
engine: ">=0.1"
cel: {environment: 2026-11, packs: [cloud]}
kinds:
  segment:
    title: {ja: 区画, en: Segment}
    fields: {name: string, logged: bool, network: string}
    from:
      compute.googleapis.com/Subnetwork:
        name: resource.name
        logged: resource.enableFlowLogs
        network: references_to("network", "compute.googleapis.com/Network").map(n, n.name).join(",")
  volume:
    title: {ja: 媒体, en: Volume}
    fields: {name: string, size: int}
    from:
      compute.googleapis.com/Disk:
        name: resource.name
        size: int(resource.sizeGb)
  network:
    title: {ja: ネットワーク, en: Network}
    fields: {name: string, segments: int}
    from:
      compute.googleapis.com/Network:
        name: resource.name
        segments: size(related("compute.googleapis.com/Subnetwork", "network"))
)", R"(sekimori: ruleset/v1
engine: ">=0.1"
cel: {environment: 2026-11, packs: [cloud]}
id: test.streams
version: 1.0.0
languages: [ja, en]
title: {ja: 試験, en: Test}
rules:
  - id: LOGGED
    title: {ja: 記録, en: Logged}
    severity: high
    category: logging
    why: {ja: 記録, en: For the record}
    fix: {ja: 記録, en: Turn it on}
    waiver: none
    kind: segment
    asserts:
      - id: on
        assert: resource.logged && resource.network != "n1"
        message: {ja: "{resource.name} {resource.network}", en: "{resource.name} in {resource.network}"}
  - id: SMALL
    title: {ja: 容量, en: Small}
    severity: medium
    category: data
    why: {ja: 容量, en: A test}
    fix: {ja: 容量, en: Make it smaller}
    waiver: none
    kind: volume
    assert: resource.size < 20000
    message: {ja: "{resource.size}", en: "{resource.name} has {resource.size}"}
  - id: USED
    title: {ja: 使用, en: Used}
    severity: low
    category: network
    why: {ja: 使用, en: Nobody patches what nobody uses}
    fix: {ja: 使用, en: Remove it}
    waiver: none
    kind: network
    assert: related("compute.googleapis.com/Subnetwork", "network").exists(s, s.enableFlowLogs)
    message: {ja: "{resource.name}", en: "{resource.name}"}
)"};

std::string lines(int count) {
  std::string text;
  auto asset = [&](const std::string& type, const std::string& name, const std::string& data) {
    text += R"({"name": "//compute.googleapis.com/projects/p/)" + name + R"(", "assetType": ")" + type + R"(", "resource": {"version": "v1", "data": )" + data + "}}\n";
  };
  for (int i = 0; i < count; ++i) {
    const std::string n = std::to_string(i % 7), s = std::to_string(i);
    const std::string networks = "https://www.googleapis.com/compute/v1/projects/p/global/networks/n";
    asset("compute.googleapis.com/Disk", "zones/z/disks/d" + s, R"({"name": "d)" + s + R"(", "sizeGb": ")" + s + "\"}");
    if (i % 20 == 0) asset("compute.googleapis.com/Subnetwork", "regions/r/subnetworks/s" + s, R"({"name": "s)" + s + R"(", "enableFlowLogs": )" + (i % 3 == 0 ? "false" : "true") + R"(, "network": ")" + networks + n + "\"}");
    if (i < 9) asset("compute.googleapis.com/Network", "global/networks/n" + s, R"({"name": "n)" + s + R"(", "selfLink": ")" + networks + s + "\"}");
    if (i % 50 == 0) asset("compute.googleapis.com/Thing", "things/t" + s, "{}");
  }
  return text;
}

std::shared_ptr<const plan::policy_plan> made_rules() {
  auto model = testing::model_of({documents[0], documents[1]});
  INFO(render(model.diagnostics()));
  REQUIRE(model);
  return plan::make_plan(model.value());
}

struct folder {
  std::filesystem::path path = std::filesystem::temp_directory_path() / ("sekimori-streams-" + std::to_string(::getpid()));
  folder() { std::filesystem::create_directories(path); }
  ~folder() { std::filesystem::remove_all(path); }
  std::string write(const std::string& name, const std::string& text) const {
    const std::string file = (path / name).string();
    std::FILE* to = std::fopen(file.c_str(), "wb");
    std::fwrite(text.data(), 1, text.size(), to);
    std::fclose(to);
    return file;
  }
};

}  // namespace

TEST_CASE("a report says the same of an input that is held and of one that is read in pieces") {
  const auto rules = made_rules();
  folder made;
  const std::string text = lines(30'000);
  REQUIRE(text.size() > (4u << 20));
  const std::vector<std::vector<input>> forms = {
      {input::file(made.write("a.ndjson", text))},
      {input::text(made.write("a.ndjson", text), text)},
      {input::file(made.write("b.json.gz", testing::gzip(text)))},
      {input::file(made.write("c.json", "[]")), input::file(made.write("a.ndjson", text)), input::file(made.write("d.ndjson", lines(50)))},
      {input::file(made.path.string())}};
  for (auto& inputs : forms) {
    std::string expected;
    for (std::uint32_t threads : {1u, 3u}) {
      for (std::uint64_t held : {1ull << 25, 1ull << 21}) {
        check_options options;
        options.now = 1795446000;
        options.threads = threads;
        options.limits.held_bytes = held;
        const std::string shown = render(check::run_check(*rules, nullptr, {}, inputs, options), "json").value();
        if (expected.empty()) expected = shown;
        CHECK(shown.find("SKM400") == std::string::npos);
        CHECK(shown.size() > 1'000'000);
        CHECK(shown == expected);
      }
    }
  }
}

TEST_CASE("what relations need of a large input is bounded, and no half of it is judged") {
  folder made;
  check_options options;
  options.limits.held_bytes = 100'000;
  const std::string file = made.write("a.ndjson", lines(30'000));
  auto shown = check::run_check(*made_rules(), nullptr, {}, {input::file(file)}, options);
  REQUIRE(shown.inputs.size() == 1);
  CHECK(shown.inputs[0].status == "unreadable");
  CHECK(shown.inputs[0].diagnostics.at(0).code == "SKM400");
  CHECK(shown.findings.empty());
  CHECK(shown.outcome.exit_code == 3);
}

namespace {

// Who has nothing but disks and segments to look up needs few of them.
constexpr const char* sought[] = {R"(sekimori: kinds/v1
engine: ">=0.1"
cel: {environment: 2026-11, packs: [cloud]}
kinds:
  volume:
    title: {ja: 媒体, en: Volume}
    fields: {name: string}
    from:
      compute.googleapis.com/Disk: {name: resource.name}
  network:
    title: {ja: ネットワーク, en: Network}
    fields: {name: string, dark: bool}
    from:
      compute.googleapis.com/Network:
        name: resource.name
        dark: related("compute.googleapis.com/Subnetwork", "network").exists(s, !s.enableFlowLogs && s.name.endsWith("00"))
  account:
    title: {ja: アカウント, en: Account}
    fields: {number: string}
    from:
      account:google: {number: resource.id}
)", R"(sekimori: ruleset/v1
engine: ">=0.1"
cel: {environment: 2026-11, packs: [cloud]}
id: test.sought
version: 1.0.0
languages: [ja, en]
title: {ja: 試験, en: Test}
rules:
  - id: LIT
    title: {ja: 記録, en: Logged}
    severity: high
    category: logging
    why: {ja: 記録, en: For the record}
    fix: {ja: 記録, en: Turn it on}
    waiver: none
    kind: network
    assert: "!resource.dark"
    message: {ja: "{resource.name}", en: "{resource.name}"}
  - id: EMPTY
    title: {ja: 媒体, en: Volumes}
    severity: high
    category: data
    why: {ja: 試験, en: A test}
    fix: {ja: 試験, en: Remove them}
    waiver: none
    kind: account
    assert: '!held("volume").exists(v, true)'
    message: {ja: "{resource.number}", en: "{resource.number}"}
)"};

}  // namespace

TEST_CASE("of what rules only seek a witness in, the witnesses are kept, and the verdicts are the same") {
  auto model = testing::model_of({sought[0], sought[1]});
  INFO(render(model.diagnostics()));
  REQUIRE(model);
  const auto rules = plan::make_plan(model.value());
  folder made;
  const std::string file = made.write("a.ndjson", lines(30'000));
  std::string expected;
  for (std::uint64_t held : {std::uint64_t{1} << 25, std::uint64_t{100'000}}) {   // the disks alone are 3 MB
    check_options options;
    options.now = 1795446000;
    options.limits.held_bytes = held;
    const report found = check::run_check(*rules, nullptr, {}, {input::file(file)}, options);
    CHECK(found.inputs.at(0).status == "read");
    // Nine networks, of which some have a segment that is not logged; the project holds disks.
    CHECK(found.summary.total.fail >= 2);
    std::string verdicts;
    for (const finding& one : found.findings) verdicts += one.id + " " + std::to_string(static_cast<int>(one.outcome)) + "\n";
    verdicts += std::to_string(found.summary.total.pass);
    if (expected.empty()) expected = verdicts;
    CHECK(verdicts == expected);
  }
}

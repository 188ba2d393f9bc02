// Inputs are read alike by any number of threads.
#include "check/inputs.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

#include "base/digest.hpp"
#include "sekimori/report.hpp"

using namespace sekimori;
namespace fs = std::filesystem;

namespace {

// A folder of its own that goes away with the test.
struct folder {
  folder() {
    char pattern[] = "/tmp/sekimori-inputs-XXXXXX";
    path = mkdtemp(pattern);
  }
  ~folder() { fs::remove_all(path); }
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path / name, std::ios::binary) << text;
    return (path / name).string();
  }
  fs::path path;
};

std::string plan_of(const std::string& name, std::size_t resources, std::size_t padding) {
  std::string changes;
  for (std::size_t i = 0; i < resources; ++i) {
    const std::string called = name + std::to_string(i);
    changes += (i == 0 ? "" : ",") + (R"({"address":"aws_x.)" + called + R"(","mode":"managed","type":"aws_x","name":")" + called +
               R"(","provider_name":"p","change":{"actions":["create"],"before":null,"after":{"text":")" + std::string(padding, 'x') +
               R"("},"after_unknown":{},"before_sensitive":false,"after_sensitive":{}}})");
  }
  return R"({"format_version":"1.2","resource_changes":[)" + changes + "]}";
}

// Everything that is told of the inputs, and the resources.
std::string told(const std::vector<input>& inputs, std::uint32_t threads) {
  check_options options;
  options.threads = threads;
  options.limits.input_bytes = 4 << 20;
  inventory::inventory into;
  check::input_reading reading(inputs, options, into);
  const auto& found = reading.finish(rules::model());
  std::string text;
  for (auto& one : found.records) {
    text += one.file + ' ' + one.status + ' ' + one.digest + ' ' + std::to_string(one.resources) + '\n' + render(one.diagnostics);
    for (auto& note : one.notes) text += note.en + '\n';
  }
  for (auto index : found.added) text += std::to_string(index) + ' ';
  for (auto& one : into.resources()) text += std::string(one.address) + ' ' + std::to_string(one.input) + '\n';
  return text;
}

}  // namespace

TEST_CASE("records, digests, diagnostics and resources are the same with any number of threads") {
  folder at;
  fs::create_directory(at.path / "plans");
  for (int i = 0; i < 9; ++i) at.write("plans/p" + std::to_string(i) + ".json", plan_of("p" + std::to_string(i), 20, 100));
  at.write("plans/broken.json", "{\"format_version\": ");
  at.write("plans/empty.json", "");
  at.write("plans/manifest.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n");
  at.write("plans/other.yaml", "a: b\n");
  at.write("plans/twice.json", R"({"format_version":"1.2","resource_changes":[{"address":"a.b","address":"a.b"}]})");
  fs::create_symlink("nowhere", at.path / "plans/gone.json");
  const std::string large = plan_of("large", 3000, 500), alone = plan_of("alone", 3, 5);
  REQUIRE(large.size() > (1 << 20));
  const std::vector<input> inputs = {input::text("large", large), input::file(at.write("alone.json", alone)), input::file((at.path / "none.json").string()),
                                     input::file(at.write("too-large.json", std::string(5 << 20, ' '))), input::file((at.path / "plans").string()),
                                     input::text("broken", large.substr(0, large.size() - 1)), input::host("null", nullptr), input::file(at.write("last.json", large))};
  const std::string expected = told(inputs, 1);
  CHECK(expected.find("large read sha256:" + sha256_hex(large) + " 3000") != std::string::npos);
  CHECK(expected.find("broken unreadable sha256:" + sha256_hex(large.substr(0, large.size() - 1))) != std::string::npos);
  CHECK(expected.find("SKM304") != std::string::npos);
  for (std::uint32_t threads : {0u, 2u, 3u, 5u, 1000u}) {
    INFO(threads);
    CHECK(told(inputs, threads) == expected);
  }
}

TEST_CASE("a pipe that nobody writes to is not waited for before it must be read") {
  folder at;
  const std::string pipe = (at.path / "pipe.json").string();
  REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  const std::vector<input> inputs = {input::file(at.write("plan.json", plan_of("a", 3, 5))), input::file(pipe)};
  check_options options;
  options.threads = 4;
  inventory::inventory into;
  { check::input_reading never_finished(inputs, options, into); }
  CHECK(into.resources().size() <= 3);
}

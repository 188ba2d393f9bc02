// A stream gives the resources that the whole text gives, whatever its pieces are.
#include "inventory/line_stream.hpp"

#include "fixture.hpp"

using namespace fixture;

namespace {

std::string asset(const std::string& type, const std::string& name, const std::string& data, const std::string& more = "") {
  return R"({"name": ")" + name + R"(", "assetType": ")" + type + R"(", "resource": {"version": "v1", "data": )" + data + "}" + more + "}";
}

// Networks, subnetworks that name them, buckets with a policy, blank lines, and the project last.
std::string sample(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) {
    const std::string n = std::to_string(i);
    const std::string network = "https://www.googleapis.com/compute/v1/projects/p/global/networks/n" + n;
    text += asset("compute.googleapis.com/Subnetwork", "//compute.googleapis.com/projects/123/regions/asia-northeast1/subnetworks/s" + n,
                  R"({"name": "s)" + n + R"(", "network": ")" + network + R"(", "region": "asia-northeast1"})") + "\n";
    if (i % 3 == 0) text += "\r\n";
    text += asset("compute.googleapis.com/Network", "//compute.googleapis.com/projects/123/global/networks/n" + n, R"({"name": "n)" + n + R"(", "selfLink": ")" + network + "\"}") + "\n";
    text += asset("storage.googleapis.com/Bucket", "//storage.googleapis.com/b" + n, R"({"name": "b)" + n + "\"}", R"(, "iamPolicy": {"bindings": []}, "ancestors": ["projects/123"])") + "\n";
  }
  return text + asset("cloudresourcemanager.googleapis.com/Project", "//cloudresourcemanager.googleapis.com/projects/123", R"({"projectId": "named", "projectNumber": "123"})") + "\n";
}

std::unique_ptr<inv::line_stream> stream_of(const std::string& text, inv::stream_options options) {
  return std::make_unique<inv::line_stream>("lines", [&text](inv::byte_listener* listener) {
    if (listener != nullptr) listener->take(text);
    return inv::text_stream(text);
  }, std::move(options));
}

std::string told(const inv::inventory& in, const inv::resource& one, arena& memory) {
  std::string text = std::string(one.address) + " " + std::string(one.type) + " " + std::string(one.pointer) + " " + std::string(in.account(one, memory)) + " " +
                     std::string(in.types()[one.type_index]) + " " + to_json(in.attributes(one, memory, nullptr));
  static constexpr std::string_view subnetworks[] = {"compute.googleapis.com/Subnetwork"};
  if (one.type == "compute.googleapis.com/Network") text += " <- " + shown(in.linked_to(one, subnetworks, "network", "id", false, memory));
  if (one.type == "compute.googleapis.com/Subnetwork") text += " -> " + shown(in.named_by(one, "network", "compute.googleapis.com/Network", memory));
  return text;
}

std::vector<std::string> told_of(inv::inventory& in) {
  std::vector<std::string> all;
  for (const inv::segment& part : in.segments()) {
    arena memory;
    for (std::size_t i = part.first; i < part.last; ++i) all.push_back(told(in, in.resources()[i], memory));
    while (part.lines != nullptr) {
      auto some = part.lines->next();
      if (some.empty()) break;
      for (const inv::resource* one : some) all.push_back(told(in, *one, memory));
    }
  }
  return all;
}

std::vector<std::string> whole(const std::string& text) {
  inv::inventory in;
  REQUIRE(in.add_text("lines", text, {}).status == "read");
  return told_of(in);
}

}  // namespace

TEST_CASE("pieces give what the whole gives, related resources among them") {
  const std::string text = sample(40);
  const auto expected = whole(text);
  REQUIRE(expected.size() == 40 * 4 + 1);
  for (std::size_t piece : {1u, 100u, 1000u, 5000u, 1u << 20}) {
    for (const auto& related : {std::set<std::string, std::less<>>{"compute.googleapis.com/Network", "compute.googleapis.com/Subnetwork"},
                                std::set<std::string, std::less<>>{"compute.googleapis.com/Network", "compute.googleapis.com/Subnetwork", "storage.googleapis.com/Bucket"}}) {
      CAPTURE(piece);
      inv::inventory in;
      inv::stream_options options;
      options.piece = piece;
      options.keeps = [&related](const inv::resource& one) { return related.count(one.type) > 0; };
      auto record = in.add_lines(stream_of(text, options));
      REQUIRE(record.status == "read");
      CHECK(record.format == "google-assets");
      CHECK(record.resources == expected.size());
      CHECK(told_of(in) == expected);
    }
  }
}

TEST_CASE("a mistake anywhere makes the whole input unreadable, with its line") {
  inv::stream_options options;
  options.piece = 500;
  std::string text = sample(30);
  std::size_t line = 1;
  for (std::size_t at = 0; line < 60; ++line) at = text.find('\n', at) + 1;
  auto code_of = [&](const std::string& given) {
    inv::inventory in;
    auto record = in.add_lines(stream_of(given, options));
    CHECK(record.status == "unreadable");
    CHECK(in.segments().empty());
    CHECK(in.resources().empty());
    REQUIRE(record.diagnostics.size() == 1);
    return record.diagnostics[0].code + " " + std::to_string(record.diagnostics[0].line);
  };
  auto with_line = [&](const std::string& added) {
    std::string changed = text;
    std::size_t at = 0;
    for (std::size_t i = 1; i < 60; ++i) at = changed.find('\n', at) + 1;
    return changed.insert(at, added + "\n");
  };
  CHECK(code_of(with_line("{\"name\": tru}")) == "SKM300 60");
  CHECK(code_of(with_line(R"({"name": "x", "assetType": "a.googleapis.com/B", "resource": {"data": {"a": 1, "a": 2}}})")) == "SKM304 60");
  CHECK(code_of(with_line(R"({"name": "x"})")).starts_with("SKM303"));
  CHECK(code_of(text + "{\"name\": \"cut").starts_with("SKM300"));
  CHECK(code_of("{\"a\": 1}\n{\"b\": 2}\n").starts_with("SKM301"));
}

TEST_CASE("what relations need is bounded") {
  const std::string text = sample(100);
  inv::stream_options options;
  options.keeps = [](const inv::resource& one) { return one.type == "compute.googleapis.com/Network"; };
  options.most_kept = 1000;
  inv::inventory in;
  auto record = in.add_lines(stream_of(text, options));
  CHECK(record.status == "unreadable");
  CHECK(codes(record) == "SKM400");
}

TEST_CASE("a text that changes between its readings is told") {
  std::string text = sample(20);
  inv::inventory in;
  auto record = in.add_lines(stream_of(text, {}));
  REQUIRE(record.status == "read");
  const auto once = told_of(in);
  CHECK(once.size() == record.resources);
  CHECK(told_of(in) == once);
  text.replace(text.find("\"b7\""), 4, "\"bX\"");
  auto* lines = in.segments().at(0).lines;
  while (!lines->next().empty()) {}
  REQUIRE(lines->problems().size() == 1);
  CHECK(lines->problems()[0].message.find("changed") != std::string::npos);
}

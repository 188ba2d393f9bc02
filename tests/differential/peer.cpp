// differential: cases as JSON lines to another engine, and its answers. Entry point: peer.
#include "peer.hpp"

#include <simdjson.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cctype>
#include <cmath>
#include <cstdlib>

#include "../oracle/network.hpp"
#include "value/forms.hpp"

namespace differential {

namespace {

using oracle::value;
using json = simdjson::dom::element;

std::string json_text(const std::string& text) {
  std::string made = "\"";
  for (char c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\') {
      char buffer[8];
      std::snprintf(buffer, sizeof buffer, "\\u%04x", static_cast<unsigned char>(c));
      made += buffer;
    } else {
      made += c;
    }
  }
  return made + "\"";
}

std::string seconds(oracle::wide nanos, bool floor) {
  constexpr oracle::wide second = 1'000'000'000;
  oracle::wide rest = floor ? (nanos % second + second) % second : nanos % second;
  return R"({"seconds":")" + std::to_string(static_cast<long long>((nanos - rest) / second)) + R"(","nanos":)" + std::to_string(static_cast<long long>(rest)) + "}";
}

std::string write_value(const value& v) {
  if (v.is<oracle::unknown>()) return R"({"unknown":true})";
  if (v.is<bool>()) return std::string(R"({"bool":)") + (v.as<bool>() ? "true}" : "false}");
  if (v.is<std::int64_t>()) return R"({"int64":")" + std::to_string(v.as<std::int64_t>()) + "\"}";
  if (v.is<std::uint64_t>()) return R"({"uint64":")" + std::to_string(v.as<std::uint64_t>()) + "\"}";
  if (v.is<double>()) {
    char buffer[40];
    std::snprintf(buffer, sizeof buffer, "%.17g", v.as<double>());
    return std::string(R"({"double":")") + (std::isnan(v.as<double>()) ? "nan" : buffer) + "\"}";
  }
  if (v.is<std::string>()) return R"({"string":)" + json_text(v.as<std::string>()) + "}";
  if (v.is<oracle::bytes>()) return R"({"bytes":")" + sekimori::base64_encode(v.as<oracle::bytes>().octets) + "\"}";
  if (v.is<oracle::type>()) return R"({"type":)" + json_text(v.as<oracle::type>().name) + "}";
  if (v.is<oracle::timestamp>()) return R"({"timestamp":)" + seconds(v.as<oracle::timestamp>().nanos, true) + "}";
  if (v.is<oracle::duration>()) return R"({"duration":)" + seconds(v.as<oracle::duration>().nanos, false) + "}";
  if (v.is<oracle::optional>()) return v.as<oracle::optional>().held.empty() ? R"({"none":true})" : R"({"some":)" + write_value(v.as<oracle::optional>().held[0]) + "}";
  std::string inside;
  if (v.is<oracle::list>()) {
    for (const value& element : v.as<oracle::list>().elements) inside += (inside.empty() ? "" : ",") + write_value(element);
    return R"({"list":[)" + inside + "]}";
  }
  if (v.is<oracle::map>()) {
    for (const oracle::entry& e : v.as<oracle::map>().entries) {
      inside += (inside.empty() ? "[" : ",[") + write_value(e.key) + "," + write_value(e.mapped) + "]";
    }
    return R"({"map":[)" + inside + "]}";
  }
  return R"({"null":true})";
}

oracle::wide read_seconds(json from) {
  return oracle::wide{std::strtoll(from["seconds"].get_c_str().value(), nullptr, 10)} * 1'000'000'000 + from["nanos"].get_int64().value();
}

value read_value(json from) {
  for (auto field : from.get_object()) {
    json held = field.value;
    std::string_view text;
    if (held.get(text) != simdjson::SUCCESS) text = {};
    std::string owned(text);
    if (field.key == "bool") return held.get_bool().value();
    if (field.key == "int64") return static_cast<std::int64_t>(std::strtoll(owned.c_str(), nullptr, 10));
    if (field.key == "uint64") return static_cast<std::uint64_t>(std::strtoull(owned.c_str(), nullptr, 10));
    if (field.key == "double") return std::strtod(owned.c_str(), nullptr);
    if (field.key == "string") return owned;
    if (field.key == "bytes") return oracle::bytes{sekimori::base64_decode(owned).value_or("")};
    if (field.key == "type" || field.key == "other") return oracle::type{owned};
    if (field.key == "opaque") return oracle::address_of(std::string(held.at(0).get_c_str().value()), std::string(held.at(1).get_c_str().value()));
    if (field.key == "timestamp") return oracle::timestamp{read_seconds(held)};
    if (field.key == "duration") return oracle::duration{read_seconds(held)};
    if (field.key == "some") return oracle::optional{{read_value(held)}};
    if (field.key == "none") return oracle::optional{};
    if (field.key == "list") {
      oracle::list made;
      for (json element : held.get_array()) made.elements.push_back(read_value(element));
      return made;
    }
    if (field.key == "map") {
      oracle::map made;
      for (json entry : held.get_array()) made.entries.push_back({read_value(entry.at(0)), read_value(entry.at(1))});
      std::sort(made.entries.begin(), made.entries.end(), [](const auto& a, const auto& b) { return oracle::key_before(a.key, b.key); });
      return made;
    }
  }
  return oracle::null{};
}

peer_answer read_answer(json from) {
  peer_answer made;
  std::string_view text;
  json part;
  if (from["why"].get(text) == simdjson::SUCCESS) made.why = text;
  if (from["panic"].get(text) == simdjson::SUCCESS) {
    made.broke_down = true;
    made.why = text;
  }
  if (from["type"].get(text) != simdjson::SUCCESS) return made;
  made.compiled = true;
  made.result_type = text;
  for (json one : from["answers"].get_array()) {
    if (one["value"].get(part) == simdjson::SUCCESS) made.answers.push_back(read_value(part));
    else if (one["unknown"].get(part) == simdjson::SUCCESS) made.answers.push_back(oracle::unknown{});
    else made.answers.push_back(oracle::error{});
    if (one["why"].get(text) == simdjson::SUCCESS) made.why = text;
  }
  return made;
}

}  // namespace

bool names(const std::string& text, const std::string& variable) {
  auto letter = [&](std::size_t i) { return i < text.size() && (std::isalnum(static_cast<unsigned char>(text[i])) != 0 || text[i] == '_'); };
  for (std::size_t at = text.find(variable); at != std::string::npos; at = text.find(variable, at + 1)) {
    if ((at == 0 || !letter(at - 1)) && !letter(at + variable.size())) return true;
  }
  return false;
}

peer::peer(const std::string& command) {
  int there[2];
  int back[2];
  if (pipe(there) != 0 || pipe(back) != 0) std::exit(2);
  process_ = fork();
  if (process_ == 0) {
    dup2(there[0], 0);
    dup2(back[1], 1);
    for (int end : {there[0], there[1], back[0], back[1]}) close(end);
    execl(command.c_str(), command.c_str(), static_cast<char*>(nullptr));
    _exit(127);
  }
  close(there[0]);
  close(back[1]);
  to_ = fdopen(there[1], "w");
  from_ = fdopen(back[0], "r");
  std::string declared;
  for (const variable& v : variables()) declared += (declared.empty() ? "" : ",") + json_text(v.name) + ":" + json_text(v.type);
  std::fprintf(to_, "{\"vars\":{%s}}\n", declared.c_str());
}

peer::~peer() {
  std::fclose(to_);
  std::fclose(from_);
  waitpid(process_, nullptr, 0);
}

std::string peer::line() {
  std::string made;
  for (int c; (c = std::getc(from_)) != '\n';) {
    if (c == EOF) {
      std::fprintf(stderr, "differential: the other engine ended before it had answered\n");
      std::exit(2);
    }
    made += static_cast<char>(c);
  }
  return made;
}

std::vector<peer_answer> peer::ask(const std::vector<generated>& cases, int repetitions) {
  for (const generated& one : cases) {
    std::string text = write(one.expression);
    std::string in;
    for (std::size_t i = 0; i < one.inputs.size(); ++i) {
      if (names(text, variables()[i].name)) in += (in.empty() ? "" : ",") + json_text(variables()[i].name) + ":" + write_value(one.inputs[i]);
    }
    std::fprintf(to_, "{\"expr\":%s,\"in\":{%s},\"repeat\":%d}\n", json_text(text).c_str(), in.c_str(), repetitions);
  }
  std::fputs("\n", to_);
  std::fflush(to_);
  std::vector<peer_answer> answers;
  simdjson::dom::parser parser;
  while (answers.size() < cases.size()) answers.push_back(read_answer(parser.parse(line()).value()));
  return answers;
}

}  // namespace differential

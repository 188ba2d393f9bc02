// cel: the public way to declare names and compile. Entry point: compiler. Knows no documents of ours.
#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "base/diagnostics.hpp"
#include "cel/api/implementation.hpp"
#include "cel/profiles.hpp"

namespace sekimori::cel {
namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

void refuse(declarations& declared, diagnostic_code code, std::string message, diagnostic_details details = {}) {
  declared.mistakes.push_back(make_diagnostic(code, std::string(), std::move(message), std::move(details)));
}

const type* type_or_refuse(declarations& declared, std::string_view text, std::string_view of) {
  const type* read = declared.names.read_type(text);
  if (read == nullptr) {
    refuse(declared, diagnostic_code::cel_type, "`" + std::string(text) + "`, the type of `" + std::string(of) + "`, is not a type",
           {"such as int, list(string), map(string, dyn), optional_type(int), or the name of a declared object", ""});
  }
  return read;
}

// "string.(int, int) -> list(T)" in its parts.
struct signature {
  std::string_view receiver;
  std::vector<std::string_view> parameters;
  std::string_view result;
};

bool read_signature(std::string_view text, signature& read) {
  std::size_t arrow = text.rfind("->");
  if (arrow == std::string_view::npos) return false;
  read.result = trimmed(text.substr(arrow + 2));
  std::string_view left = trimmed(text.substr(0, arrow));
  if (left.empty() || left.back() != ')') return false;
  std::size_t open = left.size();
  for (int depth = 0; open > 0;) {
    char c = left[--open];
    if (c == ')') ++depth;
    if (c == '(' && --depth == 0) break;
  }
  if (left[open] != '(') return false;
  std::string_view before = left.substr(0, open);
  if (!before.empty() && before.back() != '.') return false;
  if (!before.empty()) read.receiver = trimmed(before.substr(0, before.size() - 1));
  std::string_view inside = trimmed(left.substr(open + 1, left.size() - open - 2));
  int depth = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= inside.size() && !inside.empty(); ++i) {
    if (i < inside.size() && inside[i] == '(') ++depth;
    if (i < inside.size() && inside[i] == ')') --depth;
    if (i < inside.size() && (inside[i] != ',' || depth != 0)) continue;
    read.parameters.push_back(trimmed(inside.substr(begin, i - begin)));
    begin = i + 1;
  }
  return before.empty() || !read.receiver.empty();
}

void use_profile(declarations& declared, const profile& used, std::optional<std::string_view> version) {
  if (!version) return add_profile(declared.names, used);
  std::optional<release> at = parse_release(*version);
  if (at && *at >= used.oldest && *at <= used.newest) return add_profile(declared.names, used, *at);
  auto shown = [](release r) { return std::to_string(r.major) + "." + std::to_string(r.minor); };
  bool has_releases = used.newest != release{};
  refuse(declared, diagnostic_code::usage, "profile `" + std::string(used.name) + "` has no release `" + std::string(*version) + "`",
         {has_releases ? shown(used.oldest) + " to " + shown(used.newest) : "the name alone", ""});
}

void use_pack(declarations& declared, const pack& used, std::optional<std::string_view> version) {
  if (!version) return declared.names.add_pack(used);
  unsigned number = 0;
  auto [end, wrong] = std::from_chars(version->data(), version->data() + version->size(), number);
  bool whole = wrong == std::errc() && end == version->data() + version->size();
  if (whole && number <= used.newest) return declared.names.add_pack(used, static_cast<std::uint8_t>(number));
  refuse(declared, diagnostic_code::usage, "pack `" + std::string(used.name) + "` has no version `" + std::string(*version) + "`",
         {"0 to " + std::to_string(used.newest), ""});
}

void refuse_name(declarations& declared, std::string_view name) {
  std::vector<std::string_view> names;
  for (const pack& one : packs()) names.push_back(one.name);
  for (const profile& one : profiles()) names.push_back(one.name);
  std::string list;
  for (std::string_view one : names) list += (list.empty() ? "one of: " : ", ") + std::string(one);
  refuse(declared, diagnostic_code::usage, "there is no pack `" + std::string(name) + "`", {list, did_you_mean(name, names)});
}

}  // namespace

compiler::compiler() : implementation_(std::make_unique<implementation>()) {}
compiler::~compiler() = default;
compiler::compiler(compiler&&) noexcept = default;
compiler& compiler::operator=(compiler&&) noexcept = default;

compiler& compiler::variable(std::string_view name, std::string_view type) {
  declarations& declared = *implementation_->declared;
  const cel::type* read = type_or_refuse(declared, type, name);
  if (read == nullptr) read = declared.names.types().simple(type_kind::dyn);
  for (const cel::variable& known : declared.names.variables()) {
    if (known.name != name) continue;
    refuse(declared, diagnostic_code::usage, "variable `" + std::string(name) + "` is declared twice");
    return *this;
  }
  declared.names.declare_variable(name, read);
  return *this;
}

compiler& compiler::object(object_type given) {
  declarations& declared = *implementation_->declared;
  const object_type& kept = declared.names.declare_object(std::move(given));
  for (std::size_t i = 0; i < kept.fields.size(); ++i) {
    const object_field& field = kept.fields[i];
    type_or_refuse(declared, field.type, kept.name + "." + field.name);
    if (kept.index_of(field.name) != static_cast<int>(i)) {
      refuse(declared, diagnostic_code::usage, "field `" + field.name + "` of `" + kept.name + "` is declared twice");
    }
  }
  return *this;
}

compiler& compiler::constant(std::string_view name, std::int64_t number) {
  implementation_->declared->names.declare_constant(name, number);
  return *this;
}

compiler& compiler::types(std::shared_ptr<const type_provider> provider) {
  implementation_->declared->names.add_types(std::move(provider));
  return *this;
}

compiler& compiler::opaque(std::string_view name) {
  implementation_->declared->names.declare_opaque(name);
  return *this;
}

compiler& compiler::use(std::string_view text) {
  declarations& declared = *implementation_->declared;
  std::size_t at = text.find('@');
  std::string_view name = text.substr(0, at);
  std::optional<std::string_view> version;
  if (at != std::string_view::npos) version = text.substr(at + 1);
  if (const profile* found = find_profile(name)) use_profile(declared, *found, version);
  else if (const pack* one = find_pack(name)) use_pack(declared, *one, version);
  else refuse_name(declared, name);
  return *this;
}

compiler& compiler::function(std::string_view name, std::string_view text, function_body body) {
  declarations& declared = *implementation_->declared;
  signature read;
  if (name.empty() || body == nullptr || !read_signature(text, read)) {
    refuse(declared, diagnostic_code::usage, "`" + std::string(text) + "` is no signature for function `" + std::string(name) + "`",
           {"as in `(string, int) -> string`, or `string.(int) -> string` for a method; and a body", ""});
    return *this;
  }
  bool instance = !read.receiver.empty();
  if (instance) read.parameters.insert(read.parameters.begin(), read.receiver);
  bool right = type_or_refuse(declared, read.result, name) != nullptr;
  for (std::string_view parameter : read.parameters) right = type_or_refuse(declared, parameter, name) != nullptr && right;
  if (!right) return *this;
  auto keep = [&](std::string_view kept) { return std::string_view(declared.texts.emplace_back(kept)); };
  std::vector<std::string_view>& parameters = declared.parameters.emplace_back();
  for (std::string_view parameter : read.parameters) parameters.push_back(keep(parameter));
  std::string id(name);
  for (std::string_view parameter : parameters) id += "_" + std::string(parameter);
  const overload& added = declared.overloads.emplace_back(overload{keep(id), instance, parameters, keep(read.result), body});
  declared.rows.push_back({keep(name), "host", std::span<const overload>(&added, 1), 1, "", ""});
  declared.names.add_pack(std::span<const function_row>(&declared.rows.back(), 1));
  return *this;
}

compiler& compiler::container(std::string_view name) {
  implementation_->declared->names.set_container(name);
  return *this;
}

compiler& compiler::bounds(const limits& set) {
  implementation_->declared->names.set_limits(set);
  return *this;
}

result<program> compiler::compile(std::string_view expression, std::string_view expected, std::string_view name) const {
  const declarations& declared = *implementation_->declared;
  if (!declared.mistakes.empty()) return declared.mistakes;
  environment::compile_options options;
  if (!expected.empty()) {
    options.expected = declared.names.read_type(expected);
    if (options.expected == nullptr) {
      return make_diagnostic(diagnostic_code::cel_type, std::string(), "`" + std::string(expected) + "`, the type asked for, is not a type");
    }
  }
  auto compiled = declared.names.compile(plain_text(std::string(expression), std::string(name)), options);
  if (!compiled) return std::move(compiled.diagnostics());
  program made;
  made.implementation_ = std::make_shared<program::implementation>(compiled.value(), implementation_->declared);
  return {std::move(made), std::move(compiled.diagnostics())};
}

}  // namespace sekimori::cel

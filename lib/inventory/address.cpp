// inventory: see address.hpp.
#include "inventory/address.hpp"

namespace sekimori::inventory {

std::vector<std::string_view> split_steps(std::string_view text) {
  std::vector<std::string_view> steps;
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t begin = at;
    if (text[at] == '[') {
      bool quoted = false;
      for (++at; at < text.size(); ++at) {
        if (quoted && text[at] == '\\') { ++at; continue; }
        if (text[at] == '"') quoted = !quoted;
        if (!quoted && text[at] == ']') break;
      }
      if (at >= text.size()) return {};
      ++at;
    } else {
      while (at < text.size() && text[at] != '.' && text[at] != '[') ++at;
      if (at == begin) return {};
    }
    steps.push_back(text.substr(begin, at - begin));
    if (at < text.size() && text[at] == '.') {
      if (++at == text.size()) return {};
    } else if (at < text.size() && text[at] != '[') {
      return {};
    }
  }
  return steps;
}

std::string key_text(value key) {
  if (key.is(value_kind::integer)) return "[" + std::to_string(key.as_integer()) + "]";
  if (key.is(value_kind::unsigned_integer)) return "[" + std::to_string(key.as_unsigned()) + "]";
  if (!key.is(value_kind::string)) return {};
  std::string text = "[\"";
  std::string_view raw = key.as_text();
  for (std::size_t i = 0; i < raw.size(); ++i) {
    char c = raw[i];
    if (c == '"' || c == '\\') text += '\\';
    if (c == '\n') { text += "\\n"; continue; }
    if (c == '\t') { text += "\\t"; continue; }
    text += c;
    if ((c == '$' || c == '%') && i + 1 < raw.size() && raw[i + 1] == '{') text += c;
  }
  return text + "\"]";
}

std::string_view provider_source(std::string_view provider) {
  const auto first = provider.find('/');
  if (first == std::string_view::npos || provider.find('/', first + 1) == std::string_view::npos) return provider;
  return provider.substr(first + 1);
}

std::string_view provider_source_of_configuration(std::string_view configuration) {
  constexpr std::string_view begin = "provider[\"", old = "provider.";
  if (auto at = configuration.rfind(begin); at != std::string_view::npos) {
    configuration.remove_prefix(at + begin.size());
    return provider_source(configuration.substr(0, configuration.find('"')));
  }
  if (auto at = configuration.rfind(old); at != std::string_view::npos) configuration.remove_prefix(at + old.size());
  return configuration.substr(0, configuration.find('.'));
}

std::string_view parent_module(std::string_view module) {
  auto steps = split_steps(module);
  std::size_t last = 0;
  for (std::size_t i = 0; i + 1 < steps.size(); ++i) {
    if (steps[i] == "module" && !is_index(steps[i + 1])) {
      last = i;
      ++i;
    }
  }
  if (last == 0) return {};
  return module.substr(0, static_cast<std::size_t>(steps[last].data() - module.data()) - 1);
}

module_step last_module(std::string_view module) {
  module_step found;
  auto steps = split_steps(module);
  for (std::size_t i = 0; i + 1 < steps.size(); ++i) {
    if (steps[i] != "module") continue;
    found.name = steps[++i];
    found.key = i + 1 < steps.size() && is_index(steps[i + 1]) ? steps[i + 1] : std::string_view();
  }
  return found;
}

std::vector<std::string_view> module_names(std::string_view module) {
  std::vector<std::string_view> names;
  auto steps = split_steps(module);
  for (std::size_t i = 0; i + 1 < steps.size(); ++i) {
    if (steps[i] == "module") names.push_back(steps[++i]);
  }
  return names;
}

reference read_reference(std::string_view text) {
  using sort = reference::sort;
  reference read;
  auto steps = split_steps(text);
  if (steps.empty()) return read;
  std::size_t at = 0;
  auto next = [&]() { return at < steps.size() && !is_index(steps[at]) ? steps[at++] : std::string_view(); };
  auto next_key = [&]() { return at < steps.size() && is_index(steps[at]) ? steps[at++] : std::string_view(); };
  std::string_view first = next();
  if (first == "var" || first == "local") {
    read.what = first == "var" ? sort::variable : sort::local;
    read.object = next();
  } else if (first == "each") {
    std::string_view which = next();
    read.what = which == "key" ? sort::each_key : which == "value" ? sort::each_value : sort::other;
  } else if (first == "count") {
    read.what = sort::count_index;
  } else if (first == "path" || first == "terraform") {
    read.what = sort::constant;
  } else if (first == "module") {
    read.what = sort::module_output;
    read.object = next();
    read.key = next_key();
    read.output = next();
  } else if (first == "self" || first.empty()) {
    return read;
  } else {
    read.what = first == "data" ? sort::data : sort::resource;
    read.type = first == "data" ? next() : first;
    read.name = next();
    if (read.type.empty() || read.name.empty()) return reference();
    read.key = next_key();
  }
  read.rest.assign(steps.begin() + static_cast<std::ptrdiff_t>(at), steps.end());
  return read;
}

bool is_shorter_form(std::string_view text, std::string_view whole) {
  const bool begins = text.size() < whole.size() && whole.substr(0, text.size()) == text;
  return begins && (whole[text.size()] == '.' || whole[text.size()] == '[');
}

std::vector<std::string_view> longest_references(const std::vector<std::string_view>& listed) {
  std::vector<std::string_view> kept;
  for (std::string_view next : listed) {
    if (kept.empty() || !is_shorter_form(next, kept.back())) kept.push_back(next);
  }
  return kept;
}

}  // namespace sekimori::inventory

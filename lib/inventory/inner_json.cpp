// inventory: see inner_json.hpp.
#include "inventory/inner_json.hpp"

#include "base/text.hpp"
#include "value/values.hpp"

namespace sekimori::inventory {
namespace {

constexpr int depth_limit = 1'000;   // of documents; a host's object may be deeper

bool append_value(const document_node& of, std::string& to, retold_text retold, int depth) {
  if (depth > depth_limit) return false;
  bool whole = true;
  if (of.is_list()) {
    to += '[';
    of.each_element([&](const document_node& one) {
      if (to.back() != '[') to += ',';
      whole = whole && append_value(one, to, retold, depth + 1);
    });
    to += ']';
  } else if (of.is_map()) {
    to += '{';
    of.each_entry([&](std::string_view key, const document_node& one) {
      if (to.back() != '{') to += ',';
      append_json_string(to, key);
      to += ':';
      if (one.is_string() && retold != nullptr) append_json_string(to, retold(key, one.text()));
      else whole = whole && append_value(one, to, retold, depth + 1);
    });
    to += '}';
  } else if (of.is_string()) {
    append_json_string(to, of.text());
  } else {
    to += to_json(of.scalar());
  }
  return whole;
}

}  // namespace

bool is_one_value(std::string_view text) {
  text = trimmed(text);
  if (text.empty()) return false;
  std::size_t depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool last = i + 1 == text.size();
    const char c = text[i];
    if (quoted) {
      if (c == '\\') ++i;
      else if (c == '"') quoted = false;
    } else if (c == '"') {
      if (depth == 0 && i > 0) return false;
      quoted = true;
    } else if (c == '{' || c == '[') {
      if (depth == 0 && i > 0) return false;
      ++depth;
    } else if (c == '}' || c == ']') {
      if (depth == 0) return false;
      --depth;
    } else if (depth == 0 && (c == ',' || c == ':' || c == ' ' || c == '\t' || c == '\n' || c == '\r')) {
      return false;
    }
    if (depth == 0 && !quoted && !last && (c == '"' || c == '}' || c == ']')) return false;   // something follows
  }
  return depth == 0 && !quoted;
}

bool is_one_object(std::string_view text) {
  text = trimmed(text);
  return text.starts_with('{') && text.ends_with('}') && is_one_value(text);
}

bool append_json(const document_node& of, std::string& to, retold_text retold) { return append_value(of, to, retold, 0); }

bool inner_json::add(std::string_view text, std::string pointer) {
  if (!is_one_value(text)) return false;
  if (!begins_.empty()) text_ += ',';
  begins_.push_back(text_.size());
  text_ += trimmed(text);
  pointers_.push_back(std::move(pointer));
  return true;
}

std::string_view inner_json::text(std::size_t index) const {
  const std::size_t end = index + 1 < begins_.size() ? begins_[index + 1] - 1 : text_.size();
  return std::string_view(text_).substr(begins_[index], end - begins_[index]);
}

std::vector<document_node> inner_json::parse(const std::function<void(std::size_t)>& wrong) {
  std::vector<document_node> found;
  if (begins_.empty()) return found;
  auto parsed = json_document::parse(into_.record.file, text_ + "]");
  if (!parsed) {
    for (std::size_t i = 0; i < size(); ++i) {
      if (!json_document::parse(into_.record.file, text(i))) wrong(i);
    }
    return found;
  }
  into_.inner.push_back(std::move(parsed).value());
  into_.inner.back().root().each_element([&](const document_node& one) {
    if (has_duplicate_keys(*one.tape(), one.place(), true)) {
      into_.problem(diagnostic_code::input_duplicate_key, pointers_[found.size()] + " has a key twice in one object");
    }
    found.push_back(one);
  });
  return found;
}

}  // namespace sekimori::inventory

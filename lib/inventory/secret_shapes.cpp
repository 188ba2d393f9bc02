// inventory: see secret_shapes.hpp.
#include "inventory/secret_shapes.hpp"

#include <algorithm>

#include "inventory/secret_names.hpp"
#include "value/values.hpp"

namespace sekimori::inventory {
namespace {

constexpr int depth_limit = 1'000;   // of documents; a host's object may be deeper
constexpr int mask_depth_limit = 150;   // what is deeper is masked as a whole: from_json reads no deeper mask

bool upper(char c) { return c >= 'A' && c <= 'Z'; }
bool word(char c) { return (c >= 'a' && c <= 'z') || upper(c) || (c >= '0' && c <= '9') || c == '_' || c == '-'; }

// Three parts of base64url, the first of which begins as {" does.
bool is_web_token(std::string_view text) {
  if (text.size() < 40 || !text.starts_with("eyJ")) return false;
  return std::count(text.begin(), text.end(), '.') == 2 && std::all_of(text.begin(), text.end(), [](char c) { return word(c) || c == '.'; });
}

bool says_what_it_is(std::string_view text) {
  struct row { std::string_view begins; std::size_t least; };
  static constexpr row rows[] = {{"ghp_", 20}, {"gho_", 20}, {"ghs_", 20}, {"ghu_", 20}, {"github_pat_", 20}, {"glpat-", 20}, {"xoxb-", 20}, {"xoxp-", 20},
                                 {"xapp-", 20}, {"sk_live_", 20}, {"rk_live_", 20}, {"AIza", 39}, {"ya29.", 20}, {"hvs.", 20}, {"npm_", 20}, {"dop_v1_", 20}};
  return std::any_of(std::begin(rows), std::end(rows), [&](const row& one) {
    return text.size() >= one.least && text.starts_with(one.begins) && std::all_of(text.begin(), text.end(), [](char c) { return word(c) || c == '.'; });
  });
}

bool holds(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

// "Server=x;Password=y", "...AccountKey=...", "https://user:password@host", "?sv=...&sig=..."
bool has_credential(std::string_view text) {
  if (!holds(text, "=") && !holds(text, "@")) return false;
  for (std::string_view part : {"AccountKey=", "SharedAccessKey=", "SharedAccessSignature=", "Password=", "password=", "Pwd=", "pwd="}) {
    const auto at = text.find(part);
    if (at != std::string_view::npos && at + part.size() < text.size() && (at == 0 || !word(text[at - 1]) || upper(part[0])) && holds(text, ";")) return true;
  }
  if (holds(text, "sig=") && (holds(text, "se=") || holds(text, "sv="))) return true;
  const auto scheme = text.find("://");
  if (scheme == std::string_view::npos) return false;
  const std::string_view authority = text.substr(scheme + 3, text.substr(scheme + 3).find_first_of("/?# "));
  const auto at = authority.rfind('@'), colon = authority.find(':');
  return at != std::string_view::npos && colon < at && colon + 1 < at;
}

// Writes the mask as JSON; false where it would say nothing. `given`: a mask that holds as well.
bool write_mask(const document_node& of, const document_node& given, bool secret, std::string& to, int depth) {
  if (given.is_true()) {
    to += "true";
    return true;
  }
  if (of.is_string()) {
    if (of.text().empty() || (!secret && !looks_secret(of.text()))) return false;
    to += "true";
    return true;
  }
  if (depth > mask_depth_limit) {
    to += "true";
    return of.is_map() || of.is_list();
  }
  const std::size_t before = to.size();
  bool any = false;
  arena places;                                  // of the readers, which find masks of very many members in time
  if (of.is_list()) {
    to += '[';
    const list_reader masks(given);
    std::size_t index = 0;
    of.each_element([&](const document_node& one) {
      if (index > 0) to += ',';
      const document_node mask = index < masks.size() ? masks.at(index, places) : document_node();
      ++index;
      if (write_mask(one, mask, secret, to, depth + 1)) any = true;
      else to += "null";
    });
    to += ']';
  } else if (of.is_map()) {
    to += '{';
    const object_reader masks(given);
    of.each_entry([&](std::string_view key, const document_node& one) {
      document_node mask;
      masks.find(key, mask, places);
      const std::size_t mark = to.size();
      if (to.back() != '{') to += ',';
      to += to_json(value::string(key));
      to += ':';
      if (write_mask(one, mask, secret || is_secret_key(key), to, depth + 1)) any = true;
      else to.resize(mark);
    });
    to += '}';
  }
  if (!any) to.resize(before);
  return any;
}

// Most objects hold no secret: they are only looked over.
bool has_secret(const document_node& of, int depth) {
  if (of.is_string()) return looks_secret(of.text());
  if (depth > depth_limit) return of.is_map() || of.is_list();
  bool found = false;
  of.each_element([&](const document_node& one) { found = found || has_secret(one, depth + 1); });
  of.each_entry([&](std::string_view key, const document_node& one) {
    const bool text = one.is_string() ? !one.text().empty() : one.is_map() || one.is_list();
    found = found || (text && is_secret_key(key)) || has_secret(one, depth + 1);
  });
  return found;
}

}  // namespace

bool looks_secret(std::string_view text) {
  if (text.size() < 12) return false;
  if (holds(text, "-----BEGIN ") && holds(text, "PRIVATE KEY")) return true;
  return says_what_it_is(text) || is_web_token(text) || has_credential(text);
}

bool is_secret_key(std::string_view name) {
  constexpr std::size_t longest = 64;
  if (name.size() > longest) name.remove_prefix(name.size() - longest);
  char plain[2 * longest];
  std::size_t size = 0;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (upper(name[i])) {
      if (i > 0 && !upper(name[i - 1]) && plain[size - 1] != '_') plain[size++] = '_';
      plain[size++] = static_cast<char>(name[i] - 'A' + 'a');
    } else {
      plain[size++] = name[i] == '-' || name[i] == '.' ? '_' : name[i];
    }
  }
  return is_secret_name({plain, size});
}

bool secret_mask(const document_node& of, arena& memory, document_node& mask, const document_node& given) {
  if (!has_secret(of, 0)) {
    mask = given;
    return given.is_true() || given.size() > 0;
  }
  std::string text;
  if (!write_mask(of, given, false, text, 0)) return false;
  mask = from_json(memory, text);
  return true;
}

}  // namespace sekimori::inventory

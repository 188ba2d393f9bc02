// base: see secret_text.hpp.
#include "base/secret_text.hpp"

#include <algorithm>

namespace sekimori {
namespace {

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

// Whole names and endings. What a machine is started with holds secrets more often than not.
bool has_secret_ending(std::string_view name) {
  for (std::string_view ending : {"_wo", "password", "passwd", "passphrase", "secret", "secret_key", "access_key", "private_key",
                                  "private_key_pem", "token", "api_key", "apikey", "credentials", "connection_string",
                                  "client_secret", "shared_key", "pre_shared_secret", "secret_string", "license_key", "client_key", "account_key", "sas_token", "user_data", "user_data_base64", "custom_data"}) {
    if (name.ends_with(ending)) return true;
  }
  return false;
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
  return has_secret_ending({plain, size});
}

}  // namespace sekimori

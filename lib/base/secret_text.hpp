// base: secrets that nobody marked: by the names of keys, and by what texts look like. Entry points: looks_secret,
// is_secret_key. Knows no format.
#pragma once

#include <string_view>

namespace sekimori {

// Whether a text has the form of a secret: a private key in PEM, tokens that say what they are ("ghp_...", "glpat-..."),
// a JSON web token, a connection string or a link with a password or signature in it. An access key's id is none.
bool looks_secret(std::string_view text);
// Whether the key of an object says that its text is a secret: "admin_password", "masterUserPassword", "DB-Password",
// "secret_string_wo" (`*_wo` is Terraform's write-only form).
bool is_secret_key(std::string_view name);
// Pairs say the key beside the text: {"name": "DB_PASSWORD", "value": "..."}.
inline constexpr std::string_view name_keys[] = {"name", "Name", "key", "Key"};
inline bool is_value_key(std::string_view key) { return key == "value" || key == "Value"; }

}  // namespace sekimori

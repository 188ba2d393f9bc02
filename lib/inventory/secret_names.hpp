// inventory: attribute names that hold secrets whatever a plan says. Entry point: is_secret_name.
#pragma once

#include <string_view>

namespace sekimori::inventory {

// Whole names and endings ("admin_password", "api_token"); `*_wo` is Terraform's write-only form.
inline bool is_secret_name(std::string_view name) {
  auto ends = [name](std::string_view ending) { return name.size() >= ending.size() && name.substr(name.size() - ending.size()) == ending; };
  for (std::string_view ending : {"_wo", "password", "passwd", "passphrase", "secret", "secret_key", "access_key", "private_key",
                                  "private_key_pem", "token", "api_key", "apikey", "credentials", "connection_string",
                                  "client_secret", "shared_key", "pre_shared_secret", "secret_string", "license_key", "client_key", "account_key", "sas_token"}) {
    if (ends(ending)) return true;
  }
  return false;
}

}  // namespace sekimori::inventory

// inventory: secrets that no mask of the input names: by the names of keys, and by what texts look like. Entry points:
// looks_secret, secret_mask. Knows no format.
#pragma once

#include <string>
#include <string_view>

#include "base/arena.hpp"
#include "value/document_node.hpp"

namespace sekimori::inventory {

// Whether a text has the form of a secret: a private key in PEM, tokens that say what they are ("ghp_...", "glpat-..."),
// a JSON web token, a connection string or a link with a password or signature in it. An access key's id is none.
bool looks_secret(std::string_view text);
// Whether a key of an API's object says that its text is a secret: "masterUserPassword", "client_secret", "DB-Password".
bool is_secret_key(std::string_view name);

// The mask of what is secret in an object: true for those texts and for what `given` masks already, null for all else.
// False where nothing is.
bool secret_mask(const document_node& of, arena& memory, document_node& mask, const document_node& given = {});

}  // namespace sekimori::inventory

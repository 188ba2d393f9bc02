// cel: URLs as Go's net/url reads them: text to parts and back. Entry points: parse_url, is_request_uri. Knows no CEL
// values.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sekimori::cel {

struct url {
  std::string scheme;           // in lower case
  std::string opaque;           // what follows the scheme where that is no path: mailto:someone
  std::optional<std::string> user;  // escaped, with its password
  std::string host;             // with brackets and port, unescaped
  std::string escaped_path;
  std::string raw_query;
  std::string escaped_fragment;
  bool ends_with_question = false;  // an empty query was written
  bool omits_host = false;          // scheme:/path
};

// An absolute URI or an absolute path; a fragment is not told apart.
bool is_request_uri(std::string_view text);
// A request URI with its fragment told apart; nullopt: it is none.
std::optional<url> parse_url(std::string_view text);

std::string host_name(const url& of);  // without brackets and port
std::string port(const url& of);
// Each key's values in the order they stand; what cannot be unescaped is left out, as in Go's URL.Query.
std::map<std::string, std::vector<std::string>> query(const url& of);
std::string to_string(const url& of);

}  // namespace sekimori::cel

// inventory: keys as parts of JSON pointers. Entry point: pointer_part. RFC 6901.
#pragma once

#include <string>
#include <string_view>

namespace sekimori::inventory {

// "zones/a~b" -> "zones~1a~0b"
inline std::string pointer_part(std::string_view key) {
  std::string made;
  for (const char c : key) {
    if (c == '~') made += "~0";
    else if (c == '/') made += "~1";
    else made += c;
  }
  return made;
}

}  // namespace sekimori::inventory

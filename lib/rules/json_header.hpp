// rules: the header of a document of ours in a JSON text that is not parsed. Entry point: after_header_key.
#pragma once

#include <optional>
#include <string_view>

namespace sekimori::rules {

// What stands behind the key "sekimori" of the outermost object; nothing: it has no such key.
std::optional<std::string_view> after_header_key(std::string_view text);

}  // namespace sekimori::rules

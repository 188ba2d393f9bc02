// conformance: the suite's own message types, declared through the type provider as far as plain values go, and
// its messages as values. Entry points: message_types, read_message. In the tests only: the library reads no descriptors.
#pragma once

#include <memory>
#include <string_view>

#include "sekimori/cel.hpp"
#include "values.hpp"

namespace conformance {

std::shared_ptr<const sekimori::cel::type_provider> message_types();
// A message as the suite writes it ({"fields": [[name, value], ...]}) of a type that `types` has.
sekimori::value read_message(sekimori::arena& memory, const sekimori::cel::type_provider& types, std::string_view type, json message);

}  // namespace conformance

// cel: sizes and searches of the standard pack. Entry points: the bodies.
#include "cel/packs/standard.hpp"

namespace sekimori::cel::standard {

value size(call_context&, arguments given) {
  const value v = given[0];
  switch (v.kind()) {
    case value_kind::string: {
      // Every byte that does not continue a code point begins one.
      std::int64_t count = 0;
      for (char c : v.as_text()) count += (static_cast<unsigned char>(c) & 0xc0) != 0x80;
      return value::integer(count);
    }
    case value_kind::list: return value::integer(static_cast<std::int64_t>(v.as_list().size()));
    case value_kind::map: return value::integer(static_cast<std::int64_t>(v.as_map().size()));
    default: return value::integer(static_cast<std::int64_t>(v.as_text().size()));
  }
}

value contains(call_context&, arguments given) {
  return value::boolean(given[0].as_text().find(given[1].as_text()) != std::string_view::npos);
}

value starts_with(call_context&, arguments given) { return value::boolean(given[0].as_text().starts_with(given[1].as_text())); }

value ends_with(call_context&, arguments given) { return value::boolean(given[0].as_text().ends_with(given[1].as_text())); }

}  // namespace sekimori::cel::standard

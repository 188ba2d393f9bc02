// cel: sizes and searches of the standard pack. Entry points: the bodies.
#include "base/text.hpp"
#include "cel/packs/standard.hpp"

namespace sekimori::cel::standard {

value size(call_context&, arguments given) {
  const value v = given[0];
  switch (v.kind()) {
    case value_kind::string: return value::integer(static_cast<std::int64_t>(count_code_points(v.as_text())));
    case value_kind::list: return value::integer(static_cast<std::int64_t>(v.as_list().size()));
    case value_kind::map: return value::integer(static_cast<std::int64_t>(v.as_map().size()));
    default: return value::integer(static_cast<std::int64_t>(v.as_text().size()));
  }
}

value contains(call_context&, arguments given) {
  return value::boolean(find_text(given[0].as_text(), given[1].as_text()) != std::string_view::npos);
}

value starts_with(call_context&, arguments given) { return value::boolean(given[0].as_text().starts_with(given[1].as_text())); }

value ends_with(call_context&, arguments given) { return value::boolean(given[0].as_text().ends_with(given[1].as_text())); }

}  // namespace sekimori::cel::standard

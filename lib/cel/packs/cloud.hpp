// cel: the bodies of the cloud pack, one file for each subject; packs/cloud.cpp has the rows.
// Entry points: the bodies, and parse_json for those that read JSON inside strings.
#pragma once

#include <span>
#include <string_view>

#include "cel/function.hpp"

namespace sekimori::cel::cloud {

using arguments = std::span<const value>;

// packs/cloud_ports.cpp
value ports_range(call_context& context, arguments given);
value ports_all(call_context& context, arguments given);
value ports_none(call_context& context, arguments given);
value ports_single(call_context& context, arguments given);
value ports_parse_text(call_context& context, arguments given);
value ports_parse_list(call_context& context, arguments given);
value ports_contains(call_context& context, arguments given);
value ports_overlaps(call_context& context, arguments given);
value ports_intersects(call_context& context, arguments given);
value ports_is_all(call_context& context, arguments given);
value ports_is_empty(call_context& context, arguments given);
value ports_union(call_context& context, arguments given);
value ports_to_string(call_context& context, arguments given);

// packs/cloud_sources.cpp
value is_any_source(call_context& context, arguments given);
value is_public_source(call_context& context, arguments given);

// packs/cloud_digest.cpp
value digest(call_context& context, arguments given);
value tag_pairs(call_context& context, arguments given);

// packs/cloud_json.cpp
value json_parse(call_context& context, arguments given);
// JSON text in a string, as values in the arena; an error that says where but shows nothing. What
// comes out of a sensitive string is sensitive, so that a digest leaves it out.
value parse_json(call_context& context, std::string_view text, bool sensitive);

// packs/cloud_policy.cpp
value policy_statements(call_context& context, arguments given);

// packs/cloud_dates.cpp
value date(call_context& context, arguments given);
value end_of_day(call_context& context, arguments given);
value fiscal_year(call_context& context, arguments given);
value days_between(call_context& context, arguments given);
value add_days(call_context& context, arguments given);
value jst_date(call_context& context, arguments given);

}  // namespace sekimori::cel::cloud

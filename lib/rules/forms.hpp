// rules: the written forms that documents ask for: ids, versions, days. Entry points: the forms here.
// Knows no nodes and no document types.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace sekimori::rules {

// A form: the test, and how a person would describe what passes it.
struct form {
  bool (*matches)(std::string_view text);
  std::string_view expected;
};

extern const form any_text;           // not blank
extern const form expression_text;    // not blank
extern const form ruleset_id;         // baseline.network
extern const form rule_id;            // NET-01
extern const form rule_reference;     // NET-01 or baseline.network/NET-01
extern const form local_id;           // admin-ports
extern const form word;               // admin_ports: what CEL can name
extern const form standard_id;        // nist-800-53r5
extern const form clause_id;          // SC-7(3)
extern const form clause_reference_form;  // nist-800-53r5:SC-7
extern const form resource_type;      // aws_s3_bucket, AWS::S3::Bucket, apps/v1/Deployment
extern const form attribute_path;     // versioning.enabled
extern const form version_text;       // 1.0.0
extern const form engine_text;        // >=0.1
extern const form environment_text;   // 2026-11
extern const form node_id;            // fukushi.shinsei-prod
extern const form calendar_day;       // 2026-04-01
extern const form month_or_day;       // 2026, 2023-04, 2023-04-01
extern const form moment;             // 2026-04-01 or 2026-04-01T09:00:00+09:00

// Days since 1970-01-01; nullopt where the text is no day of the calendar.
std::optional<std::int64_t> day_number(std::string_view text);

// Order of dotted numbers: 1.9 before 1.10; nullopt where a side is none.
std::optional<int> compare_versions(std::string_view left, std::string_view right);

// Whether this engine is one that `engine: ">=0.1"` asks for. The form is checked before.
bool engine_satisfies(std::string_view asked);

}  // namespace sekimori::rules

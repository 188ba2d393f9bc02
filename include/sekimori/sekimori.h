/* Sekimori's C ABI, C99. The only binary interface that is promised to stay.
 *
 *   skm_policy *policy = NULL;
 *   skm_error *error = NULL;
 *   skm_str rules = SKM_STR("builtin:baseline");
 *   if (skm_policy_load(&rules, 1, skm_no_str, &policy, &error) != SKM_OK) { ... skm_error_text(error) ... }
 *   skm_evaluator *evaluator = NULL;
 *   skm_evaluator_create(policy, &evaluator, &error);
 *   skm_report *report = NULL;
 *   skm_evaluator_check(evaluator, &input, 1, NULL, &report, &error);
 *
 * Ownership: what comes through an out-parameter is the caller's and is given back with _destroy or
 * _release (NULL is allowed). A returned skm_str is borrowed from the object that was asked and lives as
 * long as it. Strings are UTF-8 with a length, not NUL-terminated; NUL bytes are legal.
 * Threads: a const parameter may be used by several threads at once, any other by one at a time. A policy
 * is immutable: share it, with one evaluator for each thread. Only options.threads starts threads; they end with the call.
 * Errors: every function that can fail returns a status and, where `error` is not NULL and the status is
 * not SKM_OK, stores an error object there. No function prints, exits, sets errno or throws.
 * Enumerations are int32_t: values are only ever added, and a reader must tolerate ones it does not know. */
#ifndef SEKIMORI_SEKIMORI_H
#define SEKIMORI_SEKIMORI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sekimori/version.h"

#if defined(SKM_STATIC)
#define SKM_API
#else
#define SKM_API __attribute__((visibility("default")))
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct skm_policy skm_policy;       /* loaded rules; immutable, shared */
typedef struct skm_evaluator skm_evaluator; /* one per thread */
typedef struct skm_report skm_report;       /* the result of one check; owns all it shows */
typedef struct skm_error skm_error;

typedef struct skm_str { const char *ptr; size_t len; } skm_str;
#define SKM_STR(literal) {(literal), sizeof(literal) - 1}
static const skm_str skm_no_str = {NULL, 0};

typedef int32_t skm_status;
#define SKM_OK 0
#define SKM_ERR_RULES 1              /* a rule document has mistakes */
#define SKM_ERR_ARGUMENT 2           /* a NULL where an object is needed, an unknown format or enumeration */
#define SKM_ERR_UNSUPPORTED_OPTION 3 /* an option of a newer header is set that this library does not have */
#define SKM_ERR_MEMORY 4
#define SKM_ERR_INTERNAL 5           /* a defect of the library */

typedef int32_t skm_verdict;
#define SKM_PASS 0
#define SKM_FAIL 1
#define SKM_UNDETERMINED 2
#define SKM_ERROR 3
#define SKM_NOT_APPLICABLE 4

typedef int32_t skm_disposition;
#define SKM_ACTIVE 0
#define SKM_WAIVED 1
#define SKM_DISPUTED 2

typedef int32_t skm_severity;
#define SKM_INFO 0
#define SKM_LOW 1
#define SKM_MEDIUM 2
#define SKM_HIGH 3
#define SKM_CRITICAL 4

typedef int32_t skm_undetermined;
#define SKM_UNDETERMINED_BLOCK 1
#define SKM_UNDETERMINED_ALLOW 2
#define SKM_UNDETERMINED_BLOCK_NEW 3 /* what the baseline does not know */
#define SKM_ONLY_NEW 16 /* added to a skm_severity: of violations, those that the baseline does not know */

/* The library's own version, "0.1.0"; compare with SKM_VERSION_STRING of the header. Static. */
SKM_API const char *skm_version(void);

/* The diagnostics as people read them: code, file, line, column, caret, what was expected, what to do. */
SKM_API skm_str skm_error_text(const skm_error *error);
SKM_API skm_status skm_error_status(const skm_error *error);
SKM_API size_t skm_error_count(const skm_error *error);

/* One mistake. Zero-initialise, set struct_size; views live as long as the error. line 0: no place. */
typedef struct skm_diagnostic {
  size_t struct_size;
  skm_str code; /* "SKM101" */
  skm_str message, file;
  uint32_t line, column;
  skm_str expected, help;
} skm_diagnostic;
SKM_API skm_status skm_error_get(const skm_error *error, size_t index, skm_diagnostic *out);
SKM_API void skm_error_destroy(skm_error *error);

/* Loads rule sets and kinds from files, folders and "builtin:NAME". `organisation` is the path of an
 * organisation document, or skm_no_str. Every mistake of every document is in the error. */
SKM_API skm_status skm_policy_load(const skm_str *paths, size_t count, skm_str organisation, skm_policy **out, skm_error **error);
/* Another owner of the same policy; atomic. */
SKM_API skm_policy *skm_policy_retain(skm_policy *policy);
SKM_API void skm_policy_release(skm_policy *policy);

SKM_API skm_status skm_evaluator_create(skm_policy *policy, skm_evaluator **out, skm_error **error);
SKM_API void skm_evaluator_destroy(skm_evaluator *evaluator);

/* `bytes.ptr` NULL: the file (or folder) called `name` is read. The bytes need no padding and are copied. */
typedef struct skm_input { skm_str name, bytes; } skm_input;

/* Zero means the default. Fields are only ever added at the end. */
typedef struct skm_check_options {
  size_t struct_size; /* sizeof(skm_check_options) */
  skm_str scope, report_for;
  bool has_now, only_changed, strict_json, list_pass, list_not_applicable;
  int64_t now; /* seconds since 1970-01-01T00:00:00Z; without has_now the time is unknown */
  uint64_t findings_listed;
  skm_str namespace_name; /* where manifests of Kubernetes go that name no namespace; empty: not known */
  /* Limits, as findings_listed: docs/language.md, "Cost and limits". */
  uint64_t input_bytes, steps, cost, policy_cost;
  uint32_t regex_bytes, regex_size;
  uint32_t threads; /* that read and judge; 0 and 1: the caller's alone. No number changes a byte of the report */
  skm_str input_format; /* "terraform-plan", "google-assets" ...: what every input is; empty: by content */
  uint64_t held_bytes; bool include_planned; /* of one input with a value on each line, a larger one is read in pieces; of registers: unannounced appointments */
  skm_input baseline; /* an earlier report ("json") that findings are held against; no name: none */
} skm_check_options;
#define SKM_CHECK_OPTIONS_INIT {sizeof(skm_check_options), {NULL, 0}, {NULL, 0}, false, false, false, false, false, 0, 0, {NULL, 0}, 0, 0, 0, 0, 0, 0, 0, {NULL, 0}, 0, false, {{NULL, 0}, {NULL, 0}}}
/* `options` may be NULL. An input that cannot be read is no error: it is in the report. */
SKM_API skm_status skm_evaluator_check(skm_evaluator *evaluator, const skm_input *inputs, size_t count, const skm_check_options *options, skm_report **out, skm_error **error);

SKM_API void skm_report_destroy(skm_report *report);
/* What the command would exit with: 0, 1 findings, 3 something could not be looked at. */
SKM_API int32_t skm_report_exit_code(const skm_report *report);
SKM_API uint64_t skm_report_count(const skm_report *report, skm_verdict verdict);
SKM_API size_t skm_report_findings(const skm_report *report);

/* Zero-initialise, set struct_size; views live as long as the report. */
typedef struct skm_finding {
  size_t struct_size;
  skm_str id, rule, ruleset, input;
  skm_str address, type, kind, cloud, scope;
  skm_str message_ja, message_en;
  skm_verdict verdict; skm_disposition disposition; skm_severity severity;
} skm_finding;
SKM_API skm_status skm_report_finding(const skm_report *report, size_t index, skm_finding *out);

/* Whether a change may go on. `undetermined` has no default: 0 is SKM_ERR_ARGUMENT. */
SKM_API skm_status skm_report_decide(const skm_report *report, skm_severity fail_on, skm_undetermined undetermined, bool *allowed, skm_error **error);
/* `format`: "json", "ndjson", "text", "sarif", "html"; `language`: "ja" or "en". The text lives as long as the
 * report, or until the next call of skm_report_render on it. */
SKM_API skm_status skm_report_render(skm_report *report, skm_str format, skm_str language, skm_str *out, skm_error **error);

#ifdef __cplusplus
}
#endif

#endif

/* Wrong calls of the C ABI give a status and an error object, never a crash. */
#include <stdio.h>
#include <string.h>

#include "sekimori/sekimori.h"

#define EXPECT(condition) \
  do { \
    if (!(condition)) { \
      fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
      return 1; \
    } \
  } while (0)

static int holds(skm_str text, const char *sought) {
  size_t length = strlen(sought), at;
  for (at = 0; at + length <= text.len; ++at) {
    if (memcmp(text.ptr + at, sought, length) == 0) return 1;
  }
  return 0;
}

#define NETWORK "{\"name\": \"//compute.googleapis.com/n\", \"assetType\": \"compute.googleapis.com/Network\", \"resource\": {\"data\": {}}}\n"
#define SUBNETWORK "{\"name\": \"//compute.googleapis.com/s\", \"assetType\": \"compute.googleapis.com/Subnetwork\", \"resource\": {\"data\": {}}}\n"

/* argv[1]: rules that hold lines of one type while others are read in pieces. */
int main(int argc, char **argv) {
  skm_error *error = NULL;
  skm_policy *policy = NULL;
  skm_evaluator *evaluator = NULL;
  skm_report *report = NULL, *later = NULL;
  skm_str missing = SKM_STR("no/such/folder");
  skm_str rules = SKM_STR("builtin:baseline");
  skm_str text;
  skm_diagnostic first;
  skm_input input = {SKM_STR("broken.json"), SKM_STR("{\"format_version\": ")};
  skm_input small = {SKM_STR("small.json"), SKM_STR("{}")};
  skm_input lines = {SKM_STR("lines.ndjson"), SKM_STR(NETWORK SUBNETWORK)};
  skm_str json = SKM_STR("json");
  struct {
    skm_check_options known;
    char beyond[64];
  } newer;
  bool allowed = true;

  EXPECT(strcmp(skm_version(), SKM_VERSION_STRING) == 0);
  EXPECT(skm_policy_load(&missing, 1, skm_no_str, &policy, &error) == SKM_ERR_RULES);
  EXPECT(policy == NULL && error != NULL && skm_error_count(error) >= 1);
  memset(&first, 0, sizeof first);
  first.struct_size = sizeof first;
  EXPECT(skm_error_get(error, 0, &first) == SKM_OK && first.code.len == 6);
  EXPECT(skm_error_get(error, 99, &first) == SKM_ERR_ARGUMENT);
  skm_error_destroy(error);
  EXPECT(skm_policy_load(NULL, 1, skm_no_str, &policy, NULL) == SKM_ERR_ARGUMENT);

  EXPECT(skm_policy_load(&rules, 1, skm_no_str, &policy, &error) == SKM_OK && error == NULL);
  EXPECT(skm_evaluator_create(NULL, &evaluator, NULL) == SKM_ERR_ARGUMENT);
  EXPECT(skm_evaluator_create(policy, &evaluator, NULL) == SKM_OK);

  memset(&newer, 0, sizeof newer);
  newer.known.struct_size = sizeof newer;
  EXPECT(skm_evaluator_check(evaluator, &input, 1, &newer.known, &report, NULL) == SKM_OK);
  skm_report_destroy(report);
  newer.beyond[40] = 1;
  EXPECT(skm_evaluator_check(evaluator, &input, 1, &newer.known, &report, NULL) == SKM_ERR_UNSUPPORTED_OPTION);

  /* A caller that was compiled before the limits were added, then one that sets each. */
  memset(&newer, 0, sizeof newer);
  newer.known.struct_size = offsetof(skm_check_options, input_bytes);
  newer.known.input_bytes = 1;
  EXPECT(skm_evaluator_check(evaluator, &small, 1, &newer.known, &report, NULL) == SKM_OK);
  EXPECT(skm_report_render(report, json, skm_no_str, &text, NULL) == SKM_OK && !holds(text, "SKM400"));
  skm_report_destroy(report);
  newer.known.struct_size = sizeof newer.known;
  EXPECT(skm_evaluator_check(evaluator, &small, 1, &newer.known, &report, NULL) == SKM_OK);
  EXPECT(skm_report_render(report, json, skm_no_str, &text, NULL) == SKM_OK && holds(text, "SKM400"));
  skm_report_destroy(report);

  EXPECT(skm_evaluator_check(evaluator, &input, 1, NULL, &report, NULL) == SKM_OK);
  EXPECT(skm_report_exit_code(report) == 3); /* an input that cannot be read is never clean */
  EXPECT(skm_report_decide(report, SKM_HIGH, 0, &allowed, NULL) == SKM_ERR_ARGUMENT);
  EXPECT(skm_report_decide(report, SKM_HIGH, SKM_UNDETERMINED_ALLOW, &allowed, NULL) == SKM_OK && !allowed);
  EXPECT(skm_report_decide(report, SKM_HIGH + SKM_ONLY_NEW, SKM_UNDETERMINED_ALLOW, &allowed, NULL) == SKM_ERR_ARGUMENT);   /* no baseline */
  EXPECT(skm_report_decide(report, SKM_HIGH, SKM_UNDETERMINED_BLOCK_NEW, &allowed, NULL) == SKM_ERR_ARGUMENT);
  EXPECT(skm_report_decide(report, SKM_CRITICAL + SKM_ONLY_NEW + 1, SKM_UNDETERMINED_ALLOW, &allowed, NULL) == SKM_ERR_ARGUMENT);
  EXPECT(skm_report_render(report, missing, skm_no_str, &text, &error) == SKM_ERR_ARGUMENT && error != NULL);
  skm_error_destroy(error);
  skm_report_destroy(report);
  skm_evaluator_destroy(evaluator);
  skm_policy_release(policy);

  /* What an input is, and how much of one in lines is held. */
  EXPECT(argc == 2);
  rules.ptr = argv[1];
  rules.len = strlen(argv[1]);
  EXPECT(skm_policy_load(&rules, 1, skm_no_str, &policy, NULL) == SKM_OK);
  EXPECT(skm_evaluator_create(policy, &evaluator, NULL) == SKM_OK);
  memset(&newer, 0, sizeof newer);
  newer.known.struct_size = sizeof newer.known;
  EXPECT(skm_evaluator_check(evaluator, &lines, 1, &newer.known, &report, NULL) == SKM_OK);
  EXPECT(skm_report_render(report, json, skm_no_str, &text, NULL) == SKM_OK && holds(text, "\"read\"") && !holds(text, "SKM400"));
  /* Held against itself: nothing is new, and what is undetermined is known. */
  newer.known.baseline.name.ptr = "earlier.json";
  newer.known.baseline.name.len = strlen("earlier.json");
  newer.known.baseline.bytes = text;
  EXPECT(skm_evaluator_check(evaluator, &lines, 1, &newer.known, &later, NULL) == SKM_OK);
  EXPECT(skm_report_findings(later) > 0 && skm_report_findings(later) == skm_report_findings(report));
  EXPECT(skm_report_decide(later, SKM_INFO, SKM_UNDETERMINED_BLOCK, &allowed, NULL) == SKM_OK && !allowed);
  EXPECT(skm_report_decide(later, SKM_INFO + SKM_ONLY_NEW, SKM_UNDETERMINED_BLOCK_NEW, &allowed, NULL) == SKM_OK && allowed);
  skm_report_destroy(later);
  newer.known.baseline.bytes.len /= 2;
  EXPECT(skm_evaluator_check(evaluator, &lines, 1, &newer.known, &later, &error) == SKM_ERR_ARGUMENT && later == NULL && holds(skm_error_text(error), "SKM300"));
  skm_error_destroy(error);
  newer.known.baseline.bytes = skm_no_str;
  EXPECT(skm_evaluator_check(evaluator, &lines, 1, &newer.known, &later, &error) == SKM_ERR_ARGUMENT && holds(skm_error_text(error), "SKM002"));
  skm_error_destroy(error);
  newer.known.baseline.name = skm_no_str;
  skm_report_destroy(report);
  newer.known.held_bytes = 10;
  EXPECT(skm_evaluator_check(evaluator, &lines, 1, &newer.known, &report, NULL) == SKM_OK);
  EXPECT(skm_report_render(report, json, skm_no_str, &text, NULL) == SKM_OK && holds(text, "SKM400"));
  skm_report_destroy(report);
  newer.known.held_bytes = 0;
  newer.known.input_format.ptr = "terraform-plan";
  newer.known.input_format.len = strlen("terraform-plan");
  EXPECT(skm_evaluator_check(evaluator, &lines, 1, &newer.known, &report, NULL) == SKM_OK);
  EXPECT(skm_report_render(report, json, skm_no_str, &text, NULL) == SKM_OK && holds(text, "SKM303"));
  skm_report_destroy(report);
  skm_evaluator_destroy(evaluator);
  skm_policy_release(policy);
  skm_policy_release(NULL);
  skm_error_destroy(NULL);
  printf("1 passed, 0 failed\n");
  return 0;
}

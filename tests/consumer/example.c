/* The C ABI in use: loads the shipped rules, checks one plan, prints what failed. */
#include <stdio.h>
#include <string.h>

#include "sekimori/sekimori.h"

static int give_up(const char *what, skm_error *error) {
  skm_str text = skm_error_text(error);
  fprintf(stderr, "%s: status %d\n%.*s", what, (int)skm_error_status(error), (int)text.len, text.ptr == NULL ? "" : text.ptr);
  skm_error_destroy(error);
  return 2;
}

int main(int argc, char **argv) {
  skm_error *error = NULL;
  skm_policy *policy = NULL;
  skm_evaluator *evaluator = NULL;
  skm_report *report = NULL;
  skm_str rules = SKM_STR("builtin:baseline");
  skm_check_options options = SKM_CHECK_OPTIONS_INIT;
  skm_input input;
  bool allowed = true;
  size_t i;

  if (argc != 2) {
    fprintf(stderr, "usage: example PLAN.json\n");
    return 2;
  }
  memset(&input, 0, sizeof input);
  input.name.ptr = argv[1];
  input.name.len = strlen(argv[1]);
  options.has_now = true;
  options.now = 1795446000; /* 2026-11-24, in Japan */

  if (skm_policy_load(&rules, 1, skm_no_str, &policy, &error) != SKM_OK) return give_up("load", error);
  if (skm_evaluator_create(policy, &evaluator, &error) != SKM_OK) return give_up("create", error);
  skm_policy_release(policy); /* the evaluator keeps it */
  if (skm_evaluator_check(evaluator, &input, 1, &options, &report, &error) != SKM_OK) return give_up("check", error);
  for (i = 0; i < skm_report_findings(report); ++i) {
    skm_finding finding;
    memset(&finding, 0, sizeof finding);
    finding.struct_size = sizeof finding;
    if (skm_report_finding(report, i, &finding) == SKM_OK && finding.verdict == SKM_FAIL) {
      printf("%.*s %.*s\n", (int)finding.rule.len, finding.rule.ptr, (int)finding.address.len, finding.address.ptr);
    }
  }
  if (skm_report_decide(report, SKM_HIGH, SKM_UNDETERMINED_BLOCK, &allowed, &error) != SKM_OK) return give_up("decide", error);
  printf("%lu fail, %lu undetermined, exit code %d, %s\n", (unsigned long)skm_report_count(report, SKM_FAIL),
         (unsigned long)skm_report_count(report, SKM_UNDETERMINED), (int)skm_report_exit_code(report), allowed ? "go on" : "stop");
  skm_report_destroy(report);
  skm_evaluator_destroy(evaluator);
  return 0;
}

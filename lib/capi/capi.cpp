// capi: the C ABI over the C++ API. Beside the public headers it knows how files are read.
#include <atomic>
#include <string>
#include <string_view>
#include <utility>

#include "base/diagnostics.hpp"
#include "base/files.hpp"
#include "capi/guard.hpp"
#include "sekimori/policy.hpp"
#include "sekimori/sekimori.h"

struct skm_policy {
  sekimori::policy loaded;
  std::atomic<std::size_t> owners{1};
};

struct skm_evaluator {
  skm_policy* policy;
};

struct skm_report {
  sekimori::report made;
  std::string rendered;
};

namespace {

using sekimori::capi::fail;
using sekimori::capi::guard;

std::string text(skm_str s) { return s.ptr == nullptr ? std::string() : std::string(s.ptr, s.len); }
skm_str view(std::string_view s) { return {s.data(), s.size()}; }

// The part of a caller's struct that this library knows; what is beyond must be zero.
template <class Options>
bool read_options(const Options* given, Options& to) {
  std::size_t size = given->struct_size;
  const char* bytes = reinterpret_cast<const char*>(given);
  for (std::size_t i = sizeof(Options); i < size; ++i) {
    if (bytes[i] != 0) return false;
  }
  char* into = reinterpret_cast<char*>(&to);
  for (std::size_t i = 0; i < size && i < sizeof(Options); ++i) into[i] = bytes[i];
  return true;
}

// Writes as much of `from` as the caller's struct has room for.
template <class Struct>
void write_struct(Struct* out, Struct from) {
  std::size_t size = out->struct_size < sizeof(Struct) ? out->struct_size : sizeof(Struct);
  from.struct_size = out->struct_size;
  const char* bytes = reinterpret_cast<const char*>(&from);
  char* into = reinterpret_cast<char*>(out);
  for (std::size_t i = 0; i < size; ++i) into[i] = bytes[i];
}

sekimori::result<sekimori::report> earlier_report(const skm_input& given) {
  const std::string name = text(given.name);
  std::string bytes = text(given.bytes), why;
  if (given.bytes.ptr == nullptr && sekimori::read_file(name, UINT64_MAX, bytes, why) != sekimori::read_outcome::read) {
    return sekimori::make_diagnostic(sekimori::diagnostic_code::unreadable_file, name, "the file cannot be read: " + why);
  }
  return sekimori::read_report(name, bytes);
}

sekimori::check_options options_of(const skm_check_options& given) {
  sekimori::check_options options;
  options.scope = text(given.scope);
  options.report_for = text(given.report_for);
  options.namespace_name = text(given.namespace_name);
  options.input_format = text(given.input_format);
  if (given.has_now) options.now = given.now;
  options.only_changed = given.only_changed;
  options.strict_json = given.strict_json;
  options.include_planned = given.include_planned;
  if (given.threads != 0) options.threads = given.threads;
  if (given.list_pass) options.include.push_back(sekimori::verdict::pass);
  if (given.list_not_applicable) options.include.push_back(sekimori::verdict::not_applicable);
  auto set = [](auto& limit, auto wanted) {
    if (wanted != 0) limit = wanted;
  };
  set(options.limits.findings_listed, given.findings_listed);
  set(options.limits.input_bytes, given.input_bytes);
  set(options.limits.held_bytes, given.held_bytes);
  set(options.limits.steps, given.steps);
  set(options.limits.cost, given.cost);
  set(options.limits.policy_cost, given.policy_cost);
  set(options.limits.regex_bytes, given.regex_bytes);
  set(options.limits.regex_size, given.regex_size);
  return options;
}

}  // namespace

extern "C" {

const char* skm_version(void) { return SKM_VERSION_STRING; }

skm_str skm_error_text(const skm_error* error) { return error == nullptr ? skm_no_str : view(error->text); }
skm_status skm_error_status(const skm_error* error) { return error == nullptr ? SKM_OK : error->status; }
size_t skm_error_count(const skm_error* error) { return error == nullptr ? 0 : error->diagnostics.size(); }
void skm_error_destroy(skm_error* error) { delete error; }

skm_status skm_error_get(const skm_error* error, size_t index, skm_diagnostic* out) {
  if (error == nullptr || out == nullptr || index >= error->diagnostics.size()) return SKM_ERR_ARGUMENT;
  auto& d = error->diagnostics[index];
  write_struct(out, skm_diagnostic{0, view(d.code), view(d.message), view(d.file), d.line, d.column, view(d.expected), view(d.help)});
  return SKM_OK;
}

skm_status skm_policy_load(const skm_str* paths, size_t count, skm_str organisation, skm_policy** out, skm_error** error) {
  return guard(error, [&] {
    if (out == nullptr || (paths == nullptr && count > 0)) return fail(error, SKM_ERR_ARGUMENT, "skm_policy_load needs paths and an out-parameter");
    *out = nullptr;
    std::vector<std::string> names;
    for (size_t i = 0; i < count; ++i) names.push_back(text(paths[i]));
    auto loaded = sekimori::policy::load(names, text(organisation));
    if (!loaded) return fail(error, SKM_ERR_RULES, std::move(loaded.diagnostics()));
    *out = new skm_policy{std::move(loaded).value()};
    return skm_status{SKM_OK};
  });
}

skm_policy* skm_policy_retain(skm_policy* policy) {
  if (policy != nullptr) policy->owners.fetch_add(1, std::memory_order_relaxed);
  return policy;
}

void skm_policy_release(skm_policy* policy) {
  if (policy != nullptr && policy->owners.fetch_sub(1, std::memory_order_acq_rel) == 1) delete policy;
}

skm_status skm_evaluator_create(skm_policy* policy, skm_evaluator** out, skm_error** error) {
  return guard(error, [&] {
    if (policy == nullptr || out == nullptr) return fail(error, SKM_ERR_ARGUMENT, "skm_evaluator_create needs a policy and an out-parameter");
    *out = new skm_evaluator{policy};
    skm_policy_retain(policy);
    return skm_status{SKM_OK};
  });
}

void skm_evaluator_destroy(skm_evaluator* evaluator) {
  if (evaluator == nullptr) return;
  skm_policy_release(evaluator->policy);
  delete evaluator;
}

skm_status skm_evaluator_check(skm_evaluator* evaluator, const skm_input* inputs, size_t count, const skm_check_options* options,
                               skm_report** out, skm_error** error) {
  return guard(error, [&] {
    if (evaluator == nullptr || out == nullptr || (inputs == nullptr && count > 0)) return fail(error, SKM_ERR_ARGUMENT, "skm_evaluator_check needs an evaluator, inputs and an out-parameter");
    *out = nullptr;
    skm_check_options known = SKM_CHECK_OPTIONS_INIT;
    if (options != nullptr && !read_options(options, known)) return fail(error, SKM_ERR_UNSUPPORTED_OPTION, "an option is set that this version of the library does not have");
    std::vector<sekimori::input> given;
    for (size_t i = 0; i < count; ++i) {
      given.push_back(inputs[i].bytes.ptr == nullptr ? sekimori::input::file(text(inputs[i].name)) : sekimori::input::text(text(inputs[i].name), text(inputs[i].bytes)));
    }
    sekimori::check_options wanted = options_of(known);
    sekimori::report earlier;
    if (known.baseline.name.ptr != nullptr) {
      auto read = earlier_report(known.baseline);
      if (!read) return fail(error, SKM_ERR_ARGUMENT, std::move(read.diagnostics()));
      earlier = std::move(read).value();
      wanted.baseline = &earlier;
    }
    *out = new skm_report{evaluator->policy->loaded.check(given, wanted), {}};
    return skm_status{SKM_OK};
  });
}

void skm_report_destroy(skm_report* report) { delete report; }
int32_t skm_report_exit_code(const skm_report* report) { return report == nullptr ? 3 : report->made.outcome.exit_code; }
size_t skm_report_findings(const skm_report* report) { return report == nullptr ? 0 : report->made.findings.size(); }

uint64_t skm_report_count(const skm_report* report, skm_verdict verdict) {
  if (report == nullptr) return 0;
  auto& total = report->made.summary.total;
  switch (verdict) {
    case SKM_PASS: return total.pass;
    case SKM_FAIL: return total.fail;
    case SKM_UNDETERMINED: return total.undetermined;
    case SKM_ERROR: return total.error;
    case SKM_NOT_APPLICABLE: return total.not_applicable;
    default: return 0;
  }
}

skm_status skm_report_finding(const skm_report* report, size_t index, skm_finding* out) {
  if (report == nullptr || out == nullptr || index >= report->made.findings.size()) return SKM_ERR_ARGUMENT;
  auto& f = report->made.findings[index];
  write_struct(out, skm_finding{0, view(f.id), view(f.rule), view(f.ruleset), view(f.input), view(f.resource.address), view(f.resource.type),
                                view(f.resource.kind), view(f.resource.cloud), view(f.scope), view(f.message.ja), view(f.message.en),
                                static_cast<skm_verdict>(f.outcome), static_cast<skm_disposition>(f.state), static_cast<skm_severity>(f.level)});
  return SKM_OK;
}

skm_status skm_report_decide(const skm_report* report, skm_severity fail_on, skm_undetermined undetermined, bool* allowed, skm_error** error) {
  return guard(error, [&] {
    if (report == nullptr || allowed == nullptr) return fail(error, SKM_ERR_ARGUMENT, "skm_report_decide needs a report and an out-parameter");
    *allowed = false;
    const bool only_new = fail_on >= SKM_ONLY_NEW;
    const skm_severity level = only_new ? fail_on - SKM_ONLY_NEW : fail_on;
    if (level < SKM_INFO || level > SKM_CRITICAL) return fail(error, SKM_ERR_ARGUMENT, "fail_on is no severity");
    if (undetermined < SKM_UNDETERMINED_BLOCK || undetermined > SKM_UNDETERMINED_BLOCK_NEW) {
      return fail(error, SKM_ERR_ARGUMENT, "say what to do with undetermined verdicts: SKM_UNDETERMINED_BLOCK or SKM_UNDETERMINED_ALLOW");
    }
    if ((only_new || undetermined == SKM_UNDETERMINED_BLOCK_NEW) && report->made.baseline == nullptr) {
      return fail(error, SKM_ERR_ARGUMENT, "what is new is told by an earlier report: the check had no baseline");
    }
    *allowed = sekimori::decide(report->made, static_cast<sekimori::severity>(level),
                                undetermined == SKM_UNDETERMINED_BLOCK     ? sekimori::undetermined_policy::block
                                : undetermined == SKM_UNDETERMINED_BLOCK_NEW ? sekimori::undetermined_policy::block_new
                                                                             : sekimori::undetermined_policy::allow, only_new);
    return skm_status{SKM_OK};
  });
}

skm_status skm_report_render(skm_report* report, skm_str format, skm_str language, skm_str* out, skm_error** error) {
  return guard(error, [&] {
    if (report == nullptr || out == nullptr) return fail(error, SKM_ERR_ARGUMENT, "skm_report_render needs a report and an out-parameter");
    sekimori::render_options options;
    if (language.ptr != nullptr) options.language = text(language);
    auto made = sekimori::render(report->made, text(format), options);
    if (!made) return fail(error, SKM_ERR_ARGUMENT, std::move(made.diagnostics()));
    report->rendered = std::move(made).value();
    *out = view(report->rendered);
    return skm_status{SKM_OK};
  });
}

}  // extern "C"

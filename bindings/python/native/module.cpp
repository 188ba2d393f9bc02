// python: the native module. Thin: everything a user sees is in src/sekimori.
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <map>
#include <optional>

#include "host_object.hpp"
#include "sekimori/sekimori.hpp"

namespace py = pybind11;
using namespace sekimori;

namespace {

// A diagnostic as a plain dict; the facade makes its own objects of it.
py::dict plain(const diagnostic& d) {
  py::dict made;
  made["level"] = d.level == diagnostic_level::error ? "error" : "warning";
  made["code"] = d.code;
  made["message"] = d.message;
  made["file"] = d.file;
  made["line"] = d.line;
  made["column"] = d.column;
  made["expected"] = d.expected;
  made["help"] = d.help;
  return made;
}

py::list plain(const std::vector<diagnostic>& all) {
  py::list made;
  for (auto& d : all) made.append(plain(d));
  return made;
}

// (policy or None, diagnostics, their text)
py::tuple load(const std::vector<std::string>& paths, const std::string& organisation) {
  auto loaded = [&] {
    py::gil_scoped_release release;
    return policy::load(paths, organisation);
  }();
  py::object made = py::none();
  if (loaded) made = py::cast(std::make_shared<policy>(std::move(loaded).value()));
  return py::make_tuple(made, plain(loaded.diagnostics()), render(loaded.diagnostics()));
}

// By the names of the facade's keyword arguments, which are those of check_limits.
using limit_arguments = std::map<std::string, std::uint64_t>;

void set_limit(check_limits& limits, const std::string& name, std::uint64_t wanted) {
  const std::pair<const char*, std::uint64_t check_limits::*> large[] = {
      {"input_bytes", &check_limits::input_bytes}, {"held_bytes", &check_limits::held_bytes}, {"findings_listed", &check_limits::findings_listed}, {"steps", &check_limits::steps},
      {"cost", &check_limits::cost}, {"policy_cost", &check_limits::policy_cost}};
  const std::pair<const char*, std::uint32_t check_limits::*> small[] = {{"regex_bytes", &check_limits::regex_bytes}, {"regex_size", &check_limits::regex_size}};
  for (auto& [known, member] : large) {
    if (name == known) limits.*member = wanted;
  }
  for (auto& [known, member] : small) {
    if (name != known) continue;
    if (wanted > UINT32_MAX) throw py::value_error(name + " is at most 4294967295");
    limits.*member = static_cast<std::uint32_t>(wanted);
  }
}

check_options options_of(const std::string& scope, const std::string& report_for, const std::string& input_format, const std::string& namespace_name, std::optional<std::int64_t> now,
                         bool only_changed, bool strict_json, bool include_planned, std::uint32_t threads, const std::vector<std::string>& include, const limit_arguments& limits) {
  check_options options;
  options.scope = scope;
  options.report_for = report_for;
  options.input_format = input_format;
  options.namespace_name = namespace_name;
  options.now = now;
  options.only_changed = only_changed;
  options.strict_json = strict_json;
  options.include_planned = include_planned;
  options.threads = threads;
  for (auto& name : include) {
    verdict outcome;
    if (!parse_verdict(name, outcome)) throw py::value_error("include takes verdicts, not '" + name + "'");
    options.include.push_back(outcome);
  }
  for (auto& [name, limit] : limits) set_limit(options.limits, name, limit);
  return options;
}

// A report that was made before: (name, its JSON), or None. It lives as long as the check.
using earlier_report = std::optional<std::pair<std::string, std::string>>;

report read_earlier(const std::string& name, const std::string& text) {
  auto made = read_report(name, text);
  if (!made) throw py::value_error(render(made.diagnostics()));
  return std::move(made).value();
}

std::string difference(const std::string& before_name, const std::string& before, const std::string& after_name, const std::string& after, const std::string& format, const std::string& language,
                       const input_names& same_inputs) {
  py::gil_scoped_release release;
  auto earlier = read_report(before_name, before), later = read_report(after_name, after);
  std::vector<diagnostic> wrong = earlier ? later.diagnostics() : earlier.diagnostics();
  if (earlier && later) {
    auto made = render_difference(*earlier, *later, format, language, same_inputs);
    if (made) return std::move(made).value();
    wrong = made.diagnostics();
  }
  throw py::value_error(render(wrong));
}

}  // namespace

PYBIND11_MODULE(_native, m) {
  m.attr("__version__") = SKM_VERSION_STRING;
  py::class_<report, std::shared_ptr<report>>(m, "Report")
      .def("exit_code", [](const report& r) { return r.outcome.exit_code; })
      .def("decide", [](const report& r, const std::string& fail_on, const std::string& undetermined, bool only_new) {
        severity level;
        if (!parse_severity(fail_on, level)) throw py::value_error("fail_on takes a severity, not '" + fail_on + "'");
        const undetermined_policy policy = undetermined == "block_new" ? undetermined_policy::block_new : undetermined == "allow" ? undetermined_policy::allow : undetermined_policy::block;
        return decide(r, level, policy, only_new);
      })
      .def("has_baseline", [](const report& r) { return r.baseline != nullptr; })
      .def("render", [](const report& r, const std::string& format, const std::string& language, std::uint32_t width, bool colour) {
        render_options options;
        options.language = language;
        options.width = width;
        options.colour = colour;
        auto made = [&] {
          py::gil_scoped_release release;
          return render(r, format, options);
        }();
        if (!made) throw py::value_error(render(made.diagnostics()));
        return std::move(made).value();
      });
  py::class_<policy, std::shared_ptr<policy>>(m, "Policy")
      .def("check_bytes", [](const policy& p, const std::string& name, std::optional<py::bytes> bytes, const std::string& scope, const std::string& report_for,
                             const std::string& input_format, const std::string& namespace_name, std::optional<std::int64_t> now, bool only_changed, bool strict_json, bool include_planned, std::uint32_t threads, const std::vector<std::string>& include,
                             const limit_arguments& limits, const std::vector<std::string>& registers,
                             const earlier_report& baseline, const input_names& same_inputs) {
        auto options = options_of(scope, report_for, input_format, namespace_name, now, only_changed, strict_json, include_planned, threads, include, limits);
        std::vector<input> inputs = {bytes ? input::text(name, std::string(*bytes)) : input::file(name)};
        for (auto& path : registers) inputs.push_back(input::file(path));
        py::gil_scoped_release release;
        std::optional<report> earlier;
        if (baseline) options.baseline = &earlier.emplace(read_earlier(baseline->first, baseline->second));
        options.same_inputs = same_inputs;
        return std::make_shared<report>(p.check(inputs, options));
      })
      .def("check_object", [](const policy& p, const std::string& name, py::dict object, const std::string& scope, const std::string& report_for,
                              const std::string& input_format, const std::string& namespace_name, std::optional<std::int64_t> now, bool only_changed, bool strict_json, bool include_planned, std::uint32_t threads, const std::vector<std::string>& include,
                              const limit_arguments& limits, const std::vector<std::string>& registers,
                             const earlier_report& baseline, const input_names& same_inputs) {
        auto options = options_of(scope, report_for, input_format, namespace_name, now, only_changed, strict_json, include_planned, threads, include, limits);
        python::check_object(object);
        arena memory(64 * 1024);
        value root = python::view_of(object, memory);
        std::vector<input> inputs = {input::host(name, &root.as_map())};
        for (auto& path : registers) inputs.push_back(input::file(path));
        std::optional<report> earlier;
        if (baseline) options.baseline = &earlier.emplace(read_earlier(baseline->first, baseline->second));
        options.same_inputs = same_inputs;
        return std::make_shared<report>(p.check(inputs, options));  // the GIL stays held: the dict is read
      });
  m.def("load", &load);
  m.def("difference", &difference);
}

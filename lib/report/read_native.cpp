// report: the native JSON read back, as far as reports are compared by it. Entry point: read_report (sekimori/report.hpp).
// Strict about what it reads, blind to what it does not: readers ignore keys that they do not know.
#include <fmt/format.h>

#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "base/digest.hpp"
#include "base/diagnostics.hpp"
#include "report/visible.hpp"
#include "sekimori/report.hpp"
#include "value/json_pieces.hpp"
#include "value/json_view.hpp"

namespace sekimori {
namespace {

constexpr std::string_view schema = "sekimori.report/v1";
constexpr std::size_t piece_size = 1 << 20;      // bytes of findings that are read together
constexpr std::size_t least_finding = 200;       // bytes
constexpr const char* what_to_give = "give a report that `sekimori check --format json` wrote, unchanged";

class native_reader {
 public:
  explicit native_reader(const std::string& name) : name_(name) {}

  // Whether all was read; else wrong() says what the first mistake is. All but the findings, then some of them after the others,
  // then whether they are as many as the summary says.
  bool read(const document_node& root) {
    if (!root.is_map()) return refuse(diagnostic_code::unknown_format, "the document is no object", "an object with \"schema\": \"" + std::string(schema) + "\"");
    document_node named;
    if (!root.find("schema", named)) return refuse(diagnostic_code::unknown_format, "the document does not say that it is a report", "\"schema\": \"" + std::string(schema) + "\"");
    if (named.text() != schema) {
      const bool other_version = named.text().substr(0, schema.size() - 1) == schema.substr(0, schema.size() - 1);
      return refuse(other_version ? diagnostic_code::unsupported_version : diagnostic_code::unknown_format,
                    "the document is `" + visible(shortened(named.text())) + "`", "\"schema\": \"" + std::string(schema) + "\"");
    }
    made_.now = optional_text(root, "", "now");
    made_.report_for = optional_text(root, "", "report_for");
    made_.only_changed = optional_flag(root, "", "only_changed");
    read_outcome(member(root, "", "outcome", is_object));
    read_policy(member(root, "", "policy", is_object));
    each(root, "", "inputs", [&](const document_node& one, const std::string& at) { read_input(one, at); });
    read_summary(member(root, "", "summary", is_object));
    auto rules = std::make_shared<std::vector<report_rule>>();
    each(root, "", "rules", [&](const document_node& one, const std::string& at) { read_rule(one, at, *rules); });
    made_.rules = std::move(rules);
    each(root, "", "scopes", [&](const document_node& one, const std::string& at) {
      made_.scopes.push_back({text(one, at, "id"), optional_text(one, at, "parent"), {}, {}, {}, localized(one, at, "title")});
    });
    return !wrong_;
  }
  bool read_findings(const document_node& list) {
    each_of(list, "/findings", made_.findings.size(), [&](const document_node& one, const std::string& at) { read_finding(one, at); });
    return !wrong_;
  }
  bool read_findings_of(const document_node& root) { return read_findings(member(root, "", "findings", is_array)); }
  void expect_findings(std::size_t most) { made_.findings.reserve(std::min<std::uint64_t>(made_.summary.listed, most)); }
  bool end() {
    if (made_.findings.size() == made_.summary.listed) return true;
    return refuse(diagnostic_code::input_shape, fmt::format("the summary says that {} findings are listed, and there are {}", made_.summary.listed, made_.findings.size()), "");
  }

  report& made() { return made_; }
  diagnostic& wrong() { return *wrong_; }

 private:
  using asks = bool (*)(const document_node&);
  static bool is_object(const document_node& one) { return one.is_map(); }
  static bool is_array(const document_node& one) { return one.is_list(); }
  static bool is_text(const document_node& one) { return one.is_string(); }
  static bool is_flag(const document_node& one) { return one.is_boolean(); }
  static bool is_number(const document_node& one) {
    const value number = one.is_map() || one.is_list() ? value::null() : one.scalar();
    return number.is(value_kind::integer) && number.as_integer() >= 0;
  }
  static const char* name_of_form(asks form) {
    return form == is_object ? "an object" : form == is_array ? "an array" : form == is_text ? "a string" : form == is_flag ? "true or false" : "a whole number from 0 on";
  }

  bool refuse(diagnostic_code code, std::string message, std::string expected) {
    if (!wrong_) wrong_ = make_diagnostic(code, name_, std::move(message), {std::move(expected), what_to_give});
    return false;
  }
  bool refuse_at(const std::string& at, std::string_view key, const std::string& message, std::string expected) {
    return refuse(diagnostic_code::input_shape, "`" + visible(at + (key.empty() ? "" : "/") + std::string(key)) + "` " + message, std::move(expected));
  }

  // Null where it is missing or something else.
  document_node member(const document_node& of, const std::string& at, std::string_view key, asks form) {
    document_node found;
    if (wrong_) return found;
    if (!of.find(key, found)) return refuse_at(at, key, "is missing", name_of_form(form)), document_node();
    if (!form(found)) return refuse_at(at, key, "is of another type", name_of_form(form)), document_node();
    return found;
  }
  std::string text(const document_node& of, const std::string& at, std::string_view key) { return std::string(member(of, at, key, is_text).text()); }
  std::uint64_t number(const document_node& of, const std::string& at, std::string_view key) {
    const document_node found = member(of, at, key, is_number);
    return wrong_ ? 0 : static_cast<std::uint64_t>(found.scalar().as_integer());
  }
  bool has(const document_node& of, std::string_view key) const {
    document_node found;
    return of.find(key, found) && !found.is_null();
  }
  std::string optional_text(const document_node& of, const std::string& at, std::string_view key) { return has(of, key) ? text(of, at, key) : std::string(); }
  bool optional_flag(const document_node& of, const std::string& at, std::string_view key) { return has(of, key) && member(of, at, key, is_flag).is_true(); }

  template <class Function>
  void each(const document_node& of, const std::string& at, std::string_view key, Function&& take) {
    each_of(member(of, at, key, is_array), at + "/" + std::string(key), 0, std::forward<Function>(take));
  }
  // `index`: of the first of these elements.
  template <class Function>
  void each_of(const document_node& list, const std::string& at, std::size_t index, Function&& take) {
    list.each_element([&](const document_node& one) {
      if (wrong_) return;
      const std::string place = fmt::format("{}/{}", at, index++);
      if (!one.is_map()) refuse_at(place, "", "is of another type", "an object");
      else take(one, place);
    });
  }
  std::vector<std::string> texts(const document_node& of, const std::string& at, std::string_view key) {
    std::vector<std::string> made;
    member(of, at, key, is_array).each_element([&](const document_node& one) {
      if (one.is_string()) made.emplace_back(one.text());
      else refuse_at(at, key, "holds something else than strings", "strings");
    });
    return made;
  }
  localized_text localized(const document_node& of, const std::string& at, std::string_view key) {
    const document_node words = member(of, at, key, is_object);
    if (wrong_) return {};
    const std::string place = at + "/" + std::string(key);
    return {optional_text(words, place, "ja"), optional_text(words, place, "en")};
  }
  // `parse` takes the stable name; false: it is none.
  template <class Parse>
  void named(const document_node& of, const std::string& at, std::string_view key, const char* expected, Parse&& parse) {
    const document_node found = member(of, at, key, is_text);
    if (!wrong_ && !parse(found.text())) refuse_at(at, key, "is `" + visible(shortened(found.text())) + "`", expected);
  }
  void severity_of(const document_node& of, const std::string& at, severity& to) {
    named(of, at, "severity", "critical, high, medium, low or info", [&](std::string_view name) { return parse_severity(name, to); });
  }

  void read_outcome(const document_node& from) {
    made_.outcome.exit_code = static_cast<int>(std::min<std::uint64_t>(number(from, "/outcome", "exit_code"), 255));
    made_.outcome.causes = texts(from, "/outcome", "causes");
  }

  void read_policy(const document_node& from) {
    made_.policy.engine_version = text(from, "/policy", "engine_version");
    made_.policy.organisation_digest = optional_text(from, "/policy", "organisation_digest");
    each(from, "/policy", "rule_sets", [&](const document_node& one, const std::string& at) {
      made_.policy.rule_sets.push_back({text(one, at, "id"), text(one, at, "version"), text(one, at, "digest")});
    });
  }

  void read_input(const document_node& from, const std::string& at) {
    input_record& made = made_.inputs.emplace_back();
    made.file = text(from, at, "file");
    made.format = text(from, at, "format");
    made.stage = text(from, at, "stage");
    made.digest = text(from, at, "digest");
    named(from, at, "status", "read, unreadable or nothing_examined", [&](std::string_view name) {
      made.status = name;
      return name == "read" || name == "unreadable" || name == "nothing_examined";
    });
    made.incomplete = member(from, at, "incomplete", is_flag).is_true();
    made.mapped = number(from, at, "mapped");
    if (!has(from, "mapped_types")) return;
    member(from, at, "mapped_types", is_object).each_entry([&](std::string_view type, const document_node& count) {
      if (is_number(count)) made.mapped_types.emplace(type, static_cast<std::uint64_t>(count.scalar().as_integer()));
      else refuse_at(at, "mapped_types", "holds something else than counts", name_of_form(is_number));
    });
  }

  void read_summary(const document_node& from) {
    made_.summary.listed = number(from, "/summary", "listed");
    made_.summary.not_listed = number(from, "/summary", "not_listed");
    made_.summary.examined.mapped = number(member(from, "/summary", "examined", is_object), "/summary/examined", "mapped");
    member(from, "/summary", "by_rule", is_object).each_entry([&](std::string_view name, const document_node& counts) {
      if (wrong_) return;
      const std::string at = "/summary/by_rule/" + std::string(name);
      if (!counts.is_map()) return void(refuse_at(at, "", "is of another type", "an object"));
      verdict_counts& made = made_.summary.by_rule[std::string(name)];
      made.fail = number(counts, at, "fail");
      made.undetermined = number(counts, at, "undetermined");
      made.error = number(counts, at, "error");
    });
  }

  void read_rule(const document_node& from, const std::string& at, std::vector<report_rule>& to) {
    report_rule made;
    made.ruleset = text(from, at, "ruleset");
    made.id = text(from, at, "id");
    severity_of(from, at, made.level);
    made.title = localized(from, at, "title");
    if (has(from, "replaces")) made.replaces = texts(from, at, "replaces");
    if (wrong_) return;
    auto words = std::make_shared<rule_words>();
    words->title = made.title;
    words_.emplace(made.ruleset + "/" + made.id, std::move(words));
    to.push_back(std::move(made));
  }

  void read_finding(const document_node& from, const std::string& at) {
    finding made;
    made.id = text(from, at, "id");
    made.rule = text(from, at, "rule");
    made.ruleset = text(from, at, "ruleset");
    made.input = text(from, at, "input");
    const document_node resource = member(from, at, "resource", is_object);
    const std::string place = at + "/resource";
    made.resource.address = text(resource, place, "address");
    made.resource.type = text(resource, place, "type");
    made.resource.identity = text(resource, place, "identity");
    made.resource.aliases = texts(resource, place, "aliases");
    if (wrong_) return;
    made.resource.kind = optional_text(resource, place, "kind");
    made.resource.cloud = optional_text(resource, place, "cloud");
    named(from, at, "verdict", "pass, fail, undetermined, error or not_applicable", [&](std::string_view name) { return parse_verdict(name, made.outcome); });
    named(from, at, "disposition", "active, waived or disputed", [&](std::string_view name) {
      for (disposition state : {disposition::active, disposition::waived, disposition::disputed}) {
        if (name_of(state) == name) return made.state = state, true;
      }
      return false;
    });
    severity_of(from, at, made.level);
    if (has(from, "scope")) {
      const document_node scope = member(from, at, "scope", is_object);
      made.scope = text(scope, at + "/scope", "id");
      made.scope_title = localized(scope, at + "/scope", "title");
    }
    made.owner = optional_text(from, at, "owner");
    made.operated_by = optional_text(from, at, "operator");
    made.message = localized(from, at, "message");
    if (wrong_) return;
    // One place in memory for what all findings of a rule say alike.
    auto& words = words_[made.ruleset + "/" + made.rule];
    if (words == nullptr) {
      auto own = std::make_shared<rule_words>();
      own->title = localized(from, at, "title");
      words = std::move(own);
    }
    made.words = words;
    if (is_twice(made)) {
      refuse(diagnostic_code::duplicate_id, "the finding `" + visible(shortened(made.id)) + "` is listed twice, the second time at `" + at + "`", "every finding once");
      return;
    }
    made_.findings.push_back(std::move(made));
  }

  // Inputs that hold the same resource share its id, and so may two addresses: once in each place.
  bool is_twice(const finding& one) {
    const auto [first, fresh] = ids_.emplace(one.id, made_.findings.size());
    if (fresh) return false;
    auto place = [](const finding& of) { return of.id + "|" + of.input + "|" + of.resource.address; };
    places_.insert(place(made_.findings[first->second]));
    return !places_.insert(place(one)).second;
  }

  const std::string& name_;
  report made_;
  std::optional<diagnostic> wrong_;
  std::unordered_map<std::string, std::shared_ptr<const rule_words>> words_;   // by "ruleset/rule"
  std::unordered_map<std::string, std::size_t> ids_;                           // of findings, the first of each
  std::unordered_set<std::string> places_;                                     // of those that share an id
};

// Of a report with any mistake nothing: it is read once more, as a whole, and told.
std::optional<report> read_in_pieces(const std::string& name, std::string_view text) {
  auto findings = json_pieces::of(text, "findings");
  if (!findings) return std::nullopt;
  native_reader reader(name);
  const auto frame = json_document::parse(name, findings->frame(), true);
  if (!frame || !reader.read(frame->root()) || !reader.read_findings_of(frame->root())) return std::nullopt;
  reader.expect_findings(text.size() / least_finding);
  for (std::string piece; findings->next(piece_size, piece);) {
    const auto some = json_document::parse(name, piece, true);
    if (!some || !reader.read_findings(some->root())) return std::nullopt;
  }
  if (!reader.end()) return std::nullopt;
  return std::move(reader.made());
}

}  // namespace

result<report> read_report(const std::string& name, std::string_view text) {
  auto told = [&](report made) {
    made.file = name;
    made.digest = "sha256:" + sha256_hex(text);
    return made;
  };
  if (auto made = read_in_pieces(name, text)) return told(std::move(*made));
  auto parsed = json_document::parse(name, text, true);
  if (!parsed) {
    for (diagnostic& one : parsed.diagnostics()) {
      if (one.help.empty()) one.help = what_to_give;
    }
    return std::move(parsed.diagnostics());
  }
  native_reader reader(name);
  if (!reader.read(parsed->root()) || !reader.read_findings_of(parsed->root()) || !reader.end()) return std::move(reader.wrong());
  return told(std::move(reader.made()));
}

}  // namespace sekimori

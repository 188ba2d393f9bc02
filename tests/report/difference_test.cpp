// Reports held against each other, made by hand, written as JSON and read back.
#include <doctest/doctest.h>

#include <functional>

#include "fixture.hpp"
#include "report/difference.hpp"

using namespace sekimori;

namespace {

finding found(report& in, const std::string& address, std::size_t rule = 0, verdict outcome = verdict::fail) {
  finding made = fixture::base_finding(in, rule, address, "aws");
  made.id = made.ruleset + "|" + made.rule + "|" + address;
  made.input = "plan.json";
  made.outcome = outcome;
  made.resource.type = "aws_s3_bucket";
  made.resource.identity = "plan.json|" + address;
  made.resource.aliases.clear();
  return made;
}

void list(report& in, finding one) {
  auto& counts = in.summary.by_rule[one.ruleset + "/" + one.rule];
  ++(one.outcome == verdict::fail ? counts.fail : one.outcome == verdict::undetermined ? counts.undetermined : counts.error);
  ++in.summary.listed;
  in.findings.push_back(std::move(one));
}

// Reads what rule 0 is about, with these findings of it.
report with(const std::vector<std::string>& addresses) {
  report made = fixture::clean_report();
  made.inputs[0].mapped_types = {{"aws_s3_bucket", 3}};
  made.summary.by_rule["baseline.network/NET-01"].pass = 3;
  for (auto& one : addresses) list(made, found(made, one));
  return made;
}

// As the command does it: by what the JSON holds.
report again(const report& of) {
  auto made = read_report("report.json", *render(of, "json"));
  REQUIRE_MESSAGE(made.ok(), render(made.diagnostics()));
  return *made;
}

struct differing {
  differing(const report& a, const report& b, const input_names& same = {}) : before(again(a)), after(again(b)), made(difference_of(before, after, same)) {}
  std::uint64_t of(difference_class what) const { return made.of(what); }
  report before, after;
  report_difference made;
};

// Why the one finding of the earlier report is not in what `change` makes of the later one.
check::absence why_gone(const std::function<void(report&)>& change) {
  report later = with({});
  change(later);
  const differing told(with({"aws_s3_bucket.a"}), later);
  REQUIRE(told.made.entries.size() == 1);
  CHECK(told.made.not_compared.empty() == (told.made.entries[0].what == difference_class::fixed));
  return told.made.entries[0].why;
}

}  // namespace

TEST_CASE("new, unchanged and fixed are told apart by finding") {
  const differing told(with({"a", "b"}), with({"b", "c"}));
  CHECK(told.of(difference_class::appeared) == 1);
  CHECK(told.of(difference_class::unchanged) == 1);
  CHECK(told.of(difference_class::fixed) == 1);
  CHECK(told.made.not_compared.empty());
  CHECK(told.made.new_violations(severity::critical) == 1);
}

TEST_CASE("a report has nothing new against itself, and new and gone are each other's mirror") {
  const report rich = fixture::rich_report();
  CHECK(differing(with({"a", "b"}), with({"a", "b"})).of(difference_class::unchanged) == 2);
  const differing self(rich, rich);
  CHECK(self.made.entries.size() == self.of(difference_class::unchanged));
  report other = with({"b", "c"});
  list(other, found(other, "d", 1));
  report moved = found(other, "z").resource.aliases.empty() ? with({"q"}) : with({});
  moved.findings[0].resource.aliases = {"plan.json|b"};
  moved.only_changed = true;
  const report all[] = {with({}), with({"a", "b"}), other, moved, fixture::clean_report()};
  for (const report& a : all) {
    for (const report& b : all) {
      const differing there(a, b), back(b, a);
      CHECK(there.of(difference_class::appeared) == back.of(difference_class::fixed) + back.of(difference_class::not_asked) + back.of(difference_class::not_seen));
      for (const difference_entry& fresh : there.made.entries) {
        if (fresh.what != difference_class::appeared) continue;
        const bool mirrored = std::any_of(back.made.entries.begin(), back.made.entries.end(), [&](const difference_entry& gone) {
          return gone.after == nullptr && gone.before->id == fresh.after->id && gone.why == fresh.why;
        });
        CHECK(mirrored);
      }
    }
  }
}

TEST_CASE("gone is fixed only where the later report looked") {
  using check::absence;
  auto rules_without = [](report& r, const std::string& id) {
    std::vector<report_rule> left = *r.rules;
    std::erase_if(left, [&](const report_rule& one) { return one.id == id; });
    r.rules = std::make_shared<const std::vector<report_rule>>(left);
    r.summary.by_rule.clear();
  };
  CHECK(why_gone([](report&) {}) == absence::looked);
  CHECK(why_gone([&](report& r) { rules_without(r, "NET-01"); }) == absence::rule_not_asked);
  CHECK(why_gone([](report& r) { r.only_changed = true; }) == absence::only_changed);
  CHECK(why_gone([](report& r) { r.report_for = "tax"; }) == absence::other_scope);
  CHECK(why_gone([](report& r) { r.inputs[0].file = "other.json"; }) == absence::input_missing);
  CHECK(why_gone([](report& r) { r.inputs[0].status = "unreadable"; }) == absence::input_unreadable);
  CHECK(why_gone([](report& r) { r.inputs[0].incomplete = true; }) == absence::input_incomplete);
  CHECK(why_gone([](report& r) { r.inputs[0].mapped_types = {{"aws_instance", 3}}; }) == absence::type_not_read);
  CHECK(why_gone([](report& r) { r.summary.by_rule.clear(); }) == absence::rule_met_nothing);
}

TEST_CASE("what the limit of listed findings left out is not fixed") {
  report later = with({});
  later.summary.by_rule["baseline.network/NET-01"].fail = 1;
  later.summary.not_listed = 1;
  const differing told(with({"a"}), later);
  CHECK(told.of(difference_class::not_seen) == 1);
  CHECK(told.made.entries[0].why == check::absence::not_listed);
  // All of another rule's findings are listed.
  report earlier = with({});
  list(earlier, found(earlier, "a", 1));
  later.summary.by_rule["baseline.data/DAT-01"].pass = 3;
  CHECK(differing(earlier, later).of(difference_class::fixed) == 1);
}

TEST_CASE("a report for a node tells of that node's findings only") {
  report earlier = with({"a"}), later = with({});
  fixture::add_people(earlier);
  later.report_for = "resident";
  earlier.findings[0].scope = "resident";
  CHECK(differing(earlier, later).of(difference_class::fixed) == 1);
  later.report_for = "tokyo";      // above it
  CHECK(differing(earlier, later).of(difference_class::fixed) == 1);
  later.report_for = "tax";
  CHECK(differing(earlier, later).of(difference_class::not_seen) == 1);
  later.report_for = "resident";
  later.policy.organisation_digest = "sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";
  CHECK(differing(earlier, later).of(difference_class::not_seen) == 1);
}

TEST_CASE("a renamed rule, a moved resource and a renamed input are what they were") {
  report renamed = with({});
  std::vector<report_rule> rules = *renamed.rules;
  rules[0].id = "NET-90";
  rules[0].replaces = {"baseline.network/NET-01"};
  renamed.rules = std::make_shared<const std::vector<report_rule>>(rules);
  renamed.summary.by_rule.clear();
  list(renamed, found(renamed, "a"));
  const differing told(with({"a", "b"}), renamed);
  CHECK(told.of(difference_class::unchanged) == 1);
  CHECK(told.of(difference_class::fixed) == 1);
  CHECK(told.of(difference_class::appeared) == 0);
  CHECK(differing(renamed, with({"a", "b"})).of(difference_class::unchanged) == 1);

  report moved = with({"module.x.a"});
  moved.findings[0].resource.aliases = {"plan.json|a"};
  CHECK(differing(with({"a"}), moved).of(difference_class::unchanged) == 1);
  CHECK(differing(moved, with({"a"})).of(difference_class::unchanged) == 1);
  report native = with({"a"});
  native.findings[0].id = "another";
  native.findings[0].resource.identity = "arn:aws:s3:::a";
  native.findings[0].resource.aliases = {"plan.json|a"};
  CHECK(differing(with({"a"}), native).of(difference_class::unchanged) == 1);

  report april = with({"a", "b"});
  april.inputs[0].file = "april.json";
  for (finding& one : april.findings) {
    one.input = "april.json";
    one.resource.identity = "april.json|" + one.resource.address;
    one.id = "april|" + one.resource.address;
  }
  CHECK(differing(april, with({"a"})).of(difference_class::not_seen) == 2);
  const differing same(april, with({"a"}), {{"april.json", "plan.json"}});
  CHECK(same.of(difference_class::unchanged) == 1);
  CHECK(same.of(difference_class::fixed) == 1);
  const differing back(with({"a"}), april, {{"plan.json", "april.json"}});
  CHECK(back.of(difference_class::unchanged) == 1);
  CHECK(back.of(difference_class::appeared) == 1);
}

TEST_CASE("what got worse is not known") {
  report earlier = with({"a"});
  auto known = [&](const std::function<void(finding&)>& was, const std::function<void(finding&)>& is) {
    report before = with({"a"}), after = with({"a"});
    was(before.findings[0]);
    is(after.findings[0]);
    const differing told(before, after);
    return told.made.new_violations(severity::info) == 0;
  };
  auto nothing = [](finding&) {};
  auto undetermined = [](finding& one) { one.outcome = verdict::undetermined; };
  auto waived = [](finding& one) { one.state = disposition::waived; };
  CHECK(known(nothing, nothing));
  CHECK_FALSE(known(undetermined, nothing));
  CHECK(known(nothing, undetermined));
  CHECK_FALSE(known(waived, nothing));          // a waiver that ended
  CHECK(known(nothing, waived));
  CHECK_FALSE(known([](finding& one) { one.level = severity::medium; }, nothing));
  CHECK(known(nothing, [](finding& one) { one.level = severity::medium; }));
}

TEST_CASE("a change may go on where the baseline knows all that is wrong") {
  report shown = with({"a"});
  shown.inputs[0].diagnostics.clear();
  CHECK_FALSE(decide(shown, severity::high, undetermined_policy::allow, true));
  shown.findings[0].known = true;
  CHECK(decide(shown, severity::high, undetermined_policy::allow, true));
  CHECK_FALSE(decide(shown, severity::high, undetermined_policy::allow));
  shown.findings[0].outcome = verdict::undetermined;
  CHECK_FALSE(decide(shown, severity::high, undetermined_policy::block, true));
  CHECK(decide(shown, severity::high, undetermined_policy::block_new, true));
  // What is not listed was not compared.
  shown.summary.not_listed = 1;
  shown.summary.by_rule["baseline.network/NET-01"].fail = 2;
  CHECK_FALSE(decide(shown, severity::high, undetermined_policy::block_new, true));
}

TEST_CASE("a report is read strictly") {
  const std::string good = *render(with({"a", "b"}), "json");
  REQUIRE(read_report("r.json", good).ok());
  auto refused = [&](const std::string& text) {
    auto made = read_report("r.json", text);
    return made.ok() ? std::string() : made.diagnostics().front().code;
  };
  auto changed = [&](const std::string& from, const std::string& to) {
    std::string text = good;
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
  };
  CHECK(refused("") == "SKM300");
  CHECK(refused("[]") == "SKM301");
  CHECK(refused("{}") == "SKM301");
  CHECK(refused(changed("sekimori.report/v1", "sekimori.report/v2")) == "SKM302");
  CHECK(refused(changed("sekimori.report/v1", "ruleset/v1")) == "SKM301");
  CHECK(refused(changed("\"verdict\": \"fail\"", "\"verdict\": \"ok\"")) == "SKM303");
  CHECK(refused(changed("\"listed\": 2", "\"listed\": 3")) == "SKM303");
  CHECK(refused(changed("\"listed\": 2", "\"listed\": -2")) == "SKM303");
  CHECK(refused(changed("\"listed\": 2", "\"listed\": \"2\"")) == "SKM303");
  CHECK(refused(changed("\"findings\": [", "\"findings\": [null, ")) == "SKM303");
  CHECK(refused(*render(with({"a", "a"}), "json")) == "SKM210");
  CHECK(refused(changed("\"outcome\": {", "\"outcome\": {\"exit_code\": 1,")) == "SKM304");
  CHECK(refused(good + "x") == "SKM300");
  for (std::size_t cut = 1; cut < good.size(); cut += 97) CHECK(refused(good.substr(0, cut)) != "");
  CHECK(refused(std::string(100'000, '[')) != "");
  // Keys that nobody knows are a newer version's.
  CHECK(read_report("r.json", changed("\"now\"", "\"later_key\": {\"a\": [1]}, \"now\"")).ok());
}

TEST_CASE("where two inputs hold one resource its findings share an id, and each has the partner in its own place") {
  report both = with({"a", "a", "b"});
  both.findings[1].input = "export.json";
  both.findings[1].level = severity::low;
  both.findings[2].id = both.findings[0].id;      // another address of it
  both.findings[2].level = severity::medium;
  report turned = both;
  std::swap(turned.findings[0], turned.findings[2]);
  for (const report* later : {&both, &turned}) {
    const differing told(both, *later);
    CHECK(told.of(difference_class::unchanged) == 3);
    CHECK(told.made.entries.size() == 3);
  }
  report renamed = both;
  renamed.findings[1].input = "april.json";
  CHECK(differing(both, renamed, {{"export.json", "april.json"}}).of(difference_class::unchanged) == 3);
}

TEST_CASE("a long report is read in pieces: all of it, and mistakes with their places") {
  std::vector<std::string> addresses;
  for (int i = 0; i < 4'000; ++i) addresses.push_back("aws_s3_bucket.a" + std::to_string(i));
  const report given = with(addresses);
  const std::string good = *render(given, "json");
  REQUIRE(good.size() > (std::size_t{2} << 20));
  const report read = again(given);
  REQUIRE(read.findings.size() == given.findings.size());
  for (std::size_t i = 0; i < read.findings.size(); ++i) {
    REQUIRE(read.findings[i].id == given.findings[i].id);
    REQUIRE(read.findings[i].message.ja == given.findings[i].message.ja);
  }
  // Changes what stands behind the address of one of the findings.
  auto told = [&](int index, const std::string& from, const std::string& to) {
    std::string text = good;
    const std::size_t finding = text.find("\"address\": \"aws_s3_bucket.a" + std::to_string(index) + "\"");
    REQUIRE(finding != std::string::npos);
    const std::size_t at = text.find(from, finding);
    REQUIRE(at != std::string::npos);
    auto made = read_report("r.json", text.replace(at, from.size(), to));
    REQUIRE_FALSE(made.ok());
    return made.diagnostics().front();
  };
  const std::size_t lines = static_cast<std::size_t>(std::count(good.begin(), good.end(), '\n'));
  for (const int index : {0, 1'999, 3'999}) {
    CAPTURE(index);
    const diagnostic verdict = told(index, "\"verdict\": \"fail\"", "\"verdict\": \"ok\"");
    CHECK(verdict.code == "SKM303");
    CHECK(verdict.message.find("/findings/" + std::to_string(index) + "/verdict") != std::string::npos);
    const diagnostic syntax = told(index, "\"verdict\": \"fail\"", "\"verdict\": fail");
    CHECK(syntax.code == "SKM300");
    CHECK(syntax.line > lines * static_cast<std::size_t>(index) / 4'000);
    CHECK(told(index, "\"verdict\": \"fail\"", "\"verdict\": \"fail\", \"verdict\": \"fail\"").code == "SKM304");
    CHECK(told(index, "\"verdict\": \"fail\"", "\"verdict\": \"\xff\"").code == "SKM305");
  }
  // A number that nobody has memory for.
  std::string many = good;
  const std::string count = "\"listed\": 4000";
  many.replace(many.find(count), count.size(), "\"listed\": 9223372036854775807");
  auto made = read_report("r.json", many);
  REQUIRE_FALSE(made.ok());
  CHECK(made.diagnostics().front().code == "SKM303");
}

TEST_CASE("differences are written in every form, whatever the texts hold") {
  const report hostile = again(fixture::hostile_report());
  for (const char* form : {"text", "json", "markdown", "csv", "html"}) {
    for (const char* language : {"ja", "en"}) {
      for (const auto& pair : {std::pair(hostile, again(with({"a"}))), std::pair(again(with({"a"})), hostile)}) {
        const auto text = render_difference(pair.first, pair.second, form, language);
        REQUIRE(text.ok());
        CHECK(text->find('\x1b') == std::string::npos);
        CHECK(text->find("\xe2\x80\xae") == std::string::npos);
        CHECK(*text == *render_difference(pair.first, pair.second, form, language));
      }
    }
  }
  CHECK_FALSE(render_difference(hostile, hostile, "xml", "ja").ok());
  CHECK_FALSE(render_difference(hostile, hostile, "text", "fr").ok());
}

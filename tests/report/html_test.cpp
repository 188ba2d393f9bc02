#include <doctest/doctest.h>

#include "base/text.hpp"
#include "fixture.hpp"
#include "report/html_page.hpp"

using namespace sekimori;

TEST_CASE("nothing of a report becomes markup") {
  for (const char* language : {"ja", "en"}) {
    CHECK(render(fixture::hostile_report(), "html", {language, false, 80})->find("<script>alert") == std::string::npos);
  }
  const std::string page = *render(fixture::rich_report(), "html");
  CHECK(page.find("<script>alert") == std::string::npos);
  CHECK(page.find("<img") == std::string::npos);
  CHECK(page.find("</details><script>&quot;") == std::string::npos);
  CHECK(page.find("&lt;script&gt;alert(&#39;xss&#39;)") != std::string::npos);
  CHECK(page.find('\x1b') == std::string::npos);
  CHECK(page.find("\xe2\x80\xae") == std::string::npos);
  CHECK_FALSE(invalid_utf8(page).has_value());
}

TEST_CASE("the page allows its own script only and loads nothing") {
  const std::string page = *render(fixture::rich_report(), "html");
  CHECK(page.find("default-src 'none'") != std::string::npos);
  CHECK(page.find("script-src 'sha256-") != std::string::npos);
  CHECK(page.find("http://") == std::string::npos);
  CHECK(page.find("https://") == std::string::npos);
  CHECK(page.find("url(") == std::string::npos);
  CHECK(html_script_hash(html_script()).size() == std::string("'sha256-'").size() + 44);
}

TEST_CASE("the page opens in the language asked for and holds both") {
  const std::string ja = *render(fixture::rich_report(), "html", {"ja", false, 80});
  const std::string en = *render(fixture::rich_report(), "html", {"en", false, 80});
  CHECK(ja.find("<html lang=\"ja\">") != std::string::npos);
  CHECK(ja.find("id=\"lang-ja\" checked") != std::string::npos);
  CHECK(en.find("<html lang=\"en\">") != std::string::npos);
  CHECK(en.find("id=\"lang-en\" checked") != std::string::npos);
  CHECK(en.find("保存データを暗号化する") != std::string::npos);
  CHECK(ja.find("Data at rest is encrypted") != std::string::npos);
}

TEST_CASE("what to do stands before any condition") {
  const std::string page = *render(fixture::rich_report(), "html");
  const std::size_t actions = page.find("id=\"actions\""), undecided = page.find("id=\"undecided\""),
                    gaps = page.find("id=\"gaps\""), findings = page.find("id=\"findings\""),
                    cel = page.find("resource.from_internet");
  REQUIRE(cel != std::string::npos);
  CHECK(actions < undecided);
  CHECK(undecided < gaps);
  CHECK(gaps < findings);
  CHECK(findings < cel);
}

TEST_CASE("a page about nothing is not green") {
  const std::string page = *render(report(), "html");
  CHECK(page.find("<li class=\"good\">") == std::string::npos);
  CHECK(render(fixture::clean_report(), "html")->find("<li class=\"good\">") != std::string::npos);
}

TEST_CASE("ten thousand findings stay below eight megabytes") {
  const std::string page = *render(fixture::large_report(10'000), "html");
  CHECK(page.size() < 8'000'000);
  CHECK(page.find("web[9999]") != std::string::npos);
}

TEST_CASE("the page says first whether the run stops, and why") {
  report shown = fixture::rich_report();
  shown.outcome = {1, {"findings"}, {{"重大度が停止の基準(「高」)以上の違反が2件あります。", "2 violations are at or over the severity threshold (high)."}}};
  const std::string page = *render(shown, "html");
  const std::size_t stop = page.find("結果: 停止(終了コード 1)。重大度が停止の基準(「高」)以上の違反が2件あります。");
  REQUIRE(stop != std::string::npos);
  CHECK(stop < page.find("本書は"));
  CHECK(page.find("Result: stopped (exit code 1). 2 violations are at or over the severity threshold (high).") != std::string::npos);
  for (const char* language : {"ja", "en"}) {
    const std::string text = *render(shown, "text", {language, false, 200});
    CHECK(text.find(language[0] == 'j' ? "結果: 停止(終了コード 1)" : "Result: stopped (exit code 1)") < text.find(language[0] == 'j' ? "本書は" : "This report"));
  }
  shown.outcome = {0, {}, {}};
  CHECK(render(shown, "html")->find("結果: 停止しません(終了コード 0)。") != std::string::npos);
  shown.outcome = {3, {}, {}};
  CHECK(render(shown, "html")->find("結果: 停止(終了コード 3)。") != std::string::npos);
}

TEST_CASE("rules that met nothing are counted, and the critical ones are not folded") {
  report shown = fixture::clean_report();
  shown.rules = fixture::rich_report().rules;
  shown.summary.examined.rules_without_resources = {std::make_shared<not_examined>(not_examined{"baseline.log/LOG-01", {"接続の記録を取得する", "Access is logged"}, "log", {"記録", "Log"}}),
                                                    std::make_shared<not_examined>(not_examined{"baseline.account/ACC-01", {"全アカウントで監査の証跡を取得する", "Trails"}, "account", {"アカウント", "Account"}})};
  const std::string page = *render(shown, "html");
  const std::size_t put = page.find("id=\"not-put\"");
  REQUIRE(put != std::string::npos);
  CHECK(page.find("うち重大 1 件") < put);
  const std::size_t folded = page.find("<details>", put);
  CHECK(page.find("baseline.account/ACC-01", put) < folded);
  CHECK(page.find("baseline.log/LOG-01", put) > folded);
}

TEST_CASE("an owner's critical findings are never behind the rest") {
  report shown = fixture::rich_report();
  auto rules = std::make_shared<std::vector<report_rule>>(*shown.rules);
  shown.findings.clear();
  for (int i = 0; i < 9; ++i) {
    rules->push_back({"sample", "C-0" + std::to_string(i), "sample", severity::critical, {"規則" + std::to_string(i), "Rule"}, {}, {"直す", "Fix"}, {}, {}});
    shown.rules = rules;
    finding found = fixture::base_finding(shown, rules->size() - 1, "aws_instance.web", "aws");
    found.outcome = verdict::fail;
    found.owner = "市民情報課長";
    shown.findings.push_back(found);
  }
  const std::string page = *render(shown, "html");
  const std::string actions = page.substr(page.find("<section id=\"actions\""), page.find("<section id=\"undecided\"") - page.find("<section id=\"actions\""));
  for (int i = 0; i < 9; ++i) CHECK(actions.find("<b class=\"id\">C-0" + std::to_string(i) + "</b> ") != std::string::npos);
  CHECK(actions.find("違反 計 9 件(重大 9)") != std::string::npos);
}

TEST_CASE("scopes are told by their whole path, and what stands above stands for all below") {
  report shown = fixture::rich_report();
  shown.scopes = {{"top", "", "platform", "", "", {"基盤", "Platform"}}, {"b", "top", "bureau", "", "", {"福祉局", "Welfare"}}, {"b.s", "b", "system", "", "", {"申請", "Application"}}, {"b.s.p", "b.s", "environment", "", "", {"本番", "Production"}}};
  shown.findings.resize(1);
  shown.findings[0].scope = "b.s.p";
  shown.findings[0].scope_title = {"本番", "Production"};
  shown.summary.by_scope = {{"b.s.p", {.fail = 3}}, {"b", {.fail = 2}}};
  const std::string page = *render(shown, "html");
  CHECK(page.find("福祉局 / 申請 / 本番") != std::string::npos);
  CHECK(page.find("<option value=\"=b.s.p\">福祉局</option>") != std::string::npos);
  CHECK(page.find("<span lang=\"ja\">福祉局</span><span lang=\"en\">Welfare</span></th><td class=\"n\">5</td>") != std::string::npos);
  CHECK(render(shown, "text", {"ja", false, 200})->find("適用単位 福祉局 / 申請 / 本番") != std::string::npos);
  // A circle, which no check makes and a report that was read back may hold, ends.
  shown.scopes[0].parent = "b.s.p";
  CHECK(render(shown, "html").ok());
}

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

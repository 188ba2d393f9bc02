// Exports of identity services: AWS's credential report, users of Entra ID and of Google, in CSV and as their APIs answer.
#include <algorithm>

#include "fixture.hpp"
#include "inventory/csv_export.hpp"
#include "value/forms.hpp"

using namespace fixture;

namespace {

struct people {
  inv::inventory inventory;
  input_record record;
  arena memory;

  explicit people(const std::string& text, inv::reading_options options = {}) : record(inventory.add_text("people", text, options)) {}
  const inv::resource& at(std::size_t index) const { return inventory.resources()[index]; }
  std::string attributes(std::size_t index) { return to_json(inventory.attributes(at(index), memory, nullptr)); }
  std::string told() const {
    std::string text;
    for (const diagnostic& one : record.diagnostics) text += one.code + " " + one.message + " | " + one.expected + " | " + one.help + "\n";
    return text;
  }
  bool says(std::string_view en) const {
    return std::any_of(record.notes.begin(), record.notes.end(), [&](const auto& one) { return one.en.find(en) != std::string::npos && !one.ja.empty(); });
  }
};

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

const std::string headings =
    "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,access_key_1_active,"
    "access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,access_key_2_active,"
    "access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,"
    "cert_2_active,cert_2_last_rotated\n";
const std::string keyless = "false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A\n";
const std::string root = "<root_account>,arn:aws:iam::111122223333:root,2020-04-01T00:00:00+00:00,not_supported,2027-02-20T01:02:03+00:00,not_supported,not_supported,true," + keyless;
const std::string user = "taro,arn:aws:iam::111122223333:user/taro,2023-04-01T00:00:00Z,TRUE,no_information,2023-04-01T00:00:00Z,N/A,FALSE," + keyless;

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  const std::size_t at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), with);
}

const std::string google =
    "First Name [Required],Email Address [Required],Status [READ ONLY],Last Sign In [READ ONLY],2sv Enrolled [READ ONLY],2sv Enforced [READ ONLY]\n";
const std::string entra = "userPrincipalName,displayName,id,userType,accountEnabled,directorySynced\n";
const std::string registrations = R"({"@odata.context": "https://graph.microsoft.com/v1.0/$metadata#reports/authenticationMethods/userRegistrationDetails", "value": [
  {"id": "1", "isMfaCapable": true}, {"id": "2", "isMfaCapable": false}]})";

}  // namespace

TEST_CASE("a credential report is root and all users of an account") {
  people found(headings + root + user);
  REQUIRE_MESSAGE(found.record.status == "read", found.told());
  CHECK(found.record.format == "aws-credential-report");
  CHECK(found.record.stage == "inventory");
  REQUIRE(found.record.resources == 2);
  CHECK(found.at(0).type == "aws-api:iam.CredentialReport");
  CHECK(found.at(0).cloud == "aws");
  CHECK(found.at(0).address == "arn:aws:iam::111122223333:root");
  CHECK(found.at(1).name == "taro");
  CHECK(found.at(1).line == 3);
  CHECK(found.at(1).pointer == "/users/1");
  CHECK(found.inventory.account(found.at(1), found.memory) == "111122223333");
  CHECK(found.inventory.native_id(found.at(1), found.memory) == "arn:aws:iam::111122223333:user/taro");
  CHECK(found.says("root and all IAM users of the account 111122223333"));
}

TEST_CASE("what a report has nothing to say of is absent, and never false") {
  people found(headings + root + user);
  CHECK(!has(found.attributes(0), "password_enabled"));
  CHECK(has(found.attributes(0), R"("mfa_active": true)"));
  CHECK(has(found.attributes(1), R"("password_enabled": true)"));
  CHECK(has(found.attributes(1), R"("mfa_active": false)"));
  CHECK(!has(found.attributes(1), "password_last_used"));
  CHECK(!has(found.attributes(1), "N/A"));
}

TEST_CASE("the API's answer is the same report") {
  const std::string answer = R"({"Content": ")" + base64_encode(headings + root + user) + R"(", "ReportFormat": "text/csv", "GeneratedTime": "2027-03-01T00:00:00Z"})";
  people found(answer), plain(headings + root + user);
  REQUIRE_MESSAGE(found.record.status == "read", found.told());
  CHECK(found.record.format == "aws-credential-report");
  REQUIRE(found.record.resources == 2);
  CHECK(found.attributes(1) == plain.attributes(1));
  CHECK(people(R"({"Content": "!", "ReportFormat": "text/csv"})").record.status == "unreadable");
  CHECK(people(R"({"Content": ")" + base64_encode("a,b\n1,2\n") + R"(", "ReportFormat": "text/csv"})").record.status == "unreadable");
}

TEST_CASE("a report is told by its headings, in whatever order and encoding a spreadsheet left it") {
  const std::string text = headings + root + user;
  std::string crlf, wide = "\xff\xfe";
  for (char c : text) {
    if (c == '\n') crlf += '\r';
    crlf += c;
    (wide += c) += '\0';
  }
  for (const std::string& bytes : {text, "\xef\xbb\xbf" + text, crlf, wide, text.substr(0, text.size() - 1)}) {
    people found(bytes);
    REQUIRE_MESSAGE(found.record.status == "read", found.told());
    CHECK(found.record.resources == 2);
  }
  people cp932(google + "\x89\xd4\x8e\x71,hanako@example.lg.jp,Active,2027/02/26 00:12:00,True,True\n");
  REQUIRE_MESSAGE(cp932.record.status == "read", cp932.told());
  people named(text, {false, "aws-credential-report"});
  CHECK(named.record.resources == 2);
  people otherwise(text, {false, "terraform-plan"});
  CHECK(otherwise.record.status == "unreadable");
  CHECK(!inv::looks_like_csv_export("user,arn\ntaro,arn:aws:iam::1:user/taro\n"));
  CHECK(!inv::looks_like_csv_export(""));
  CHECK(!inv::looks_like_csv_export("台帳番号,クラウド,契約アカウント,ログインID\n"));
}

TEST_CASE("a column that nobody knows is named, one that is missing refuses the report") {
  people more(replaced(headings, "user,", "user,what_is_new,") + replaced(user, "taro,", "taro,x,"));
  REQUIRE_MESSAGE(more.record.status == "read", more.told());
  CHECK(more.says("what_is_new"));
  people less(replaced(headings, "password_last_changed,", "") + root);
  CHECK(less.record.status == "unreadable");
  CHECK(has(less.told(), "SKM303 there is no column `password_last_changed`"));
  people twice(replaced(headings, "password_last_changed,", "mfa_active,") + root);
  CHECK(has(twice.told(), "`mfa_active`, or another one for the same, stands twice"));
  CHECK(has(people("userPrincipalName,id,objectId,userType,accountEnabled\na@b,1,1,Member,True\n").told(), "`objectId`, or another one for the same, stands twice"));
  people extra(headings.substr(0, headings.size() - 1) + ",additional_credentials_info\n" + root.substr(0, root.size() - 1) + ",3\n");
  CHECK(extra.says("additional_credentials_info"));
}

TEST_CASE("a cell of another form is an error with its row and column, and its text is not shown") {
  struct row { std::string what, with, says; };
  for (const row& one : {row{"TRUE", "Yes-secret", "row 3, column `password_enabled`"}, row{"2023-04-01T00:00:00Z", "2023/4/1 0:00", "row 3, column `user_creation_time`"},
                         row{"arn:aws:iam::111122223333:user/taro", "taro-secret", "row 3, column `arn`"}, row{"taro,", ",", "row 3, column `user`"},
                         row{"taro,", "", "row 3 has 21 cells, and there are 22 headings"}, row{"TRUE", "\"TRUE", "a quote is never closed"},
                         row{"user/taro", "root", "row 3: the user stands in a row above already"}}) {
    people found(headings + root + replaced(user, one.what, one.with));
    CHECK(found.record.status == "unreadable");
    CHECK_MESSAGE(has(found.told(), one.says), found.told());
    CHECK(!has(found.told(), "secret"));
    CHECK(found.record.resources == 0);
  }
  people repeated(headings + user + user);
  CHECK(has(repeated.told(), "row 3: the user stands in a row above already"));
  people many(headings + [] { std::string rows; for (int i = 0; i < 50; ++i) rows += "x\n"; return rows; }());
  CHECK(many.record.diagnostics.size() == 21);
  CHECK(has(many.told(), "30 more cells"));
  CHECK(people("user,arn,password_enabled,mfa_active,\xff\xfe\x80\n").record.status == "unreadable");
}

TEST_CASE("a report without rows, and one cut off anywhere, crash nothing and are never more than what is there") {
  CHECK(people(headings).record.resources == 0);
  const std::string text = headings + root + user;
  for (std::size_t size = 0; size < text.size(); ++size) {
    people found(text.substr(0, size));
    CHECK(found.record.resources <= 2);
  }
  for (const char* json : {"{}", "[]", R"({"users": 1})", R"({"users": [1]})", R"({"users": [{"row": {}, "attributes": {}}]})", R"({"users": [{"row": -1, "attributes": {"arn": 1}}]})"}) {
    for (const char* format : {"aws-credential-report", "google-users", "entra-id"}) CHECK(people(json, {false, format}).record.resources == 0);
  }
}

TEST_CASE("users of Google, from the console and from the API") {
  people found(google + "Hanako,hanako@example.lg.jp,Active,2027/02/26 00:12:00,True,False\nTaro,taro@example.lg.jp,Suspended,Never logged in,False,False\n");
  REQUIRE_MESSAGE(found.record.status == "read", found.told());
  CHECK(found.record.format == "google-users");
  REQUIRE(found.record.resources == 2);
  CHECK(found.at(0).type == "admin.googleapis.com/User");
  CHECK(found.at(0).cloud == "google");
  CHECK(found.at(0).address == "//admin.googleapis.com/users/hanako@example.lg.jp");
  CHECK(has(found.attributes(0), R"("lastLoginTime": "2027-02-26T00:12:00Z")"));
  CHECK(!has(found.attributes(0), "Hanako"));
  CHECK(!has(found.attributes(1), "lastLoginTime"));
  CHECK(found.says("read as UTC"));
  people api(R"({"kind": "admin#directory#users", "nextPageToken": "x", "users": [{"kind": "admin#directory#user", "primaryEmail": "hanako@example.lg.jp", "isAdmin": true}]})");
  REQUIRE_MESSAGE(api.record.status == "read", api.told());
  CHECK(api.at(0).address == found.at(0).address);
  CHECK(api.at(0).pointer == "/users/0");
  CHECK(api.says("goes on elsewhere"));
  CHECK(people(R"({"kind": "admin#directory#users", "users": [{"primaryEmail": 1}]})").record.status == "unreadable");
  CHECK(people(R"({"kind": "admin#directory#users", "users": [{"primaryEmail": "a@b"}, {"primaryEmail": "a@b"}]})").record.status == "unreadable");
}

TEST_CASE("users of Entra ID stand under their ids, from the portal and from Graph") {
  people found(entra + "hanako@example.lg.jp,Hanako,7cc0,Member,True,True\nguest@example.com,Guest,05f9,Guest,False,\n");
  REQUIRE_MESSAGE(found.record.status == "read", found.told());
  CHECK(found.record.format == "entra-id");
  REQUIRE(found.record.resources == 2);
  CHECK(found.at(0).type == "microsoft.graph/users");
  CHECK(found.at(0).cloud == "azure");
  CHECK(found.at(0).address == "users/7cc0");
  CHECK(has(found.attributes(0), R"("onPremisesSyncEnabled": true)"));
  CHECK(!has(found.attributes(0), "Hanako"));
  CHECK(has(found.attributes(1), R"("accountEnabled": false)"));
  CHECK(!has(found.attributes(1), "onPremisesSyncEnabled"));
  people older(replaced(entra, ",id,", ",objectId,") + "hanako@example.lg.jp,Hanako,7cc0,Member,True,True\n");
  CHECK(older.at(0).address == "users/7cc0");
  people without(replaced(entra, ",id,", ",other,") + "hanako@example.lg.jp,Hanako,7cc0,Member,True,True\n");
  CHECK(has(without.told(), "row 2 has no `id`"));
  people graph(registrations);
  REQUIRE_MESSAGE(graph.record.status == "read", graph.told());
  CHECK(graph.at(0).type == "microsoft.graph/userregistrationdetails");
  CHECK(graph.at(1).pointer == "/value/1");
  people alone(R"({"@odata.context": "https://graph.microsoft.com/v1.0/$metadata#users/$entity", "id": "7cc0", "accountEnabled": true})");
  CHECK(alone.at(0).address == "users/7cc0");
  people page(R"json({"@odata.context": "https://graph.microsoft.com/v1.0/$metadata#users(id)", "@odata.nextLink": "https://x", "value": []})json");
  CHECK(page.says("goes on elsewhere"));
  people groups(R"({"@odata.context": "https://graph.microsoft.com/v1.0/$metadata#groups", "value": [{"id": "1"}]})");
  CHECK(groups.record.status == "unreadable");
  CHECK(has(groups.told(), "/users and /reports"));
}

TEST_CASE("a row of a register means the user of its own cloud and account") {
  inv::inventory all;
  REQUIRE(all.add_text("one", headings + user, {}).status == "read");
  REQUIRE(all.add_text("two", headings + replaced(user, "111122223333", "444455556666"), {}).status == "read");
  REQUIRE(all.add_text("register", R"({"type":"register:account","rows":[
    {"address":"accounts.A-1","name":"A-1","account":"444455556666","row":2,"attributes":{"cloud":"aws","principal":"taro"},"sensitive":{}},
    {"address":"accounts.A-2","name":"A-2","account":"444455556666","row":3,"attributes":{"cloud":"sakura","principal":"taro"},"sensitive":{}}]})", {false, "register"}).status == "read");
  all.link();
  arena memory;
  const std::string_view types[] = {"register:account"};
  CHECK(shown(all.linked_to(all.resources()[0], types, "principal", "user", true, memory)) == "open");
  CHECK(shown(all.linked_to(all.resources()[1], types, "principal", "user", true, memory)) == "accounts.A-1 open");
}

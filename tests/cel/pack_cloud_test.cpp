#include "pack_test.hpp"

using namespace pack_test;

namespace {

struct cloud_workshop : workshop {
  value cloud(std::string_view id, std::initializer_list<value> arguments) { return call(cel::cloud_pack(), id, arguments); }
  value ports(std::string_view t) { return cloud("ports_parse_string", {text(t)}); }
  std::string ports_text(std::string_view t) { return shown(cloud("ports_to_string", {ports(t)})); }
  bool public_source(std::string_view t) { return cloud("cloud_is_public_source_string", {text(t)}).is_true(); }
  value json(std::string_view t) { return cloud("json_parse_string", {text(t)}); }
  bool is_json(value given, std::string_view t) { return equals(memory, given, json(t)).is_true(); }
  std::string digest(value given) { return std::string(cloud("cloud_digest_dyn", {given}).as_text()); }
};

constexpr auto invalid = evaluation_error_code::invalid_argument;

}  // namespace

TEST_CASE_FIXTURE(cloud_workshop, "ports are sorted, joined and shown as intervals") {
  CHECK(ports_text("443, 22,80-90") == "22,80-90,443");
  CHECK(ports_text("1-10,5-20,21,23") == "1-21,23");
  CHECK(ports_text("*") == "0-65535");
  CHECK(ports_text("ALL") == "0-65535");
  CHECK(ports_text("none") == "none");
  CHECK(ports_text("80,80") == "80");
  for (const char* wrong : {"", "a", "80-", "-1", "90-80", "65536", "1,,2", "22;23", "0x16", "1-2-3", "99999999999999999999"}) {
    CHECK_MESSAGE(fails(ports(wrong), invalid), wrong);
  }
}

TEST_CASE_FIXTURE(cloud_workshop, "ports from numbers and lists") {
  const value range = cloud("ports_int_int", {value::integer(20), value::integer(25)});
  CHECK(cloud("ports_contains_int", {range, value::integer(22)}).is_true());
  CHECK(cloud("ports_contains_int", {range, value::integer(26)}).is_false());
  CHECK(cloud("ports_contains_int", {range, value::integer(-1)}).is_false());
  CHECK(fails(cloud("ports_int_int", {value::integer(25), value::integer(20)}), invalid));
  CHECK(fails(cloud("ports_int_int", {value::integer(-1), value::integer(-1)}), invalid));
  CHECK(fails(cloud("ports_single_int", {value::integer(65536)}), invalid));
  const value listed = cloud("ports_parse_list", {list({text("8000-9000"), value::integer(22), text("80")})});
  CHECK(shown(cloud("ports_to_string", {listed})) == "22,80,8000-9000");
  CHECK(shown(cloud("ports_parse_list", {list({text("80"), unknown("ingress[0].port")})})) == "unknown: ingress[0].port");
  CHECK(fails(cloud("ports_parse_list", {list({value::boolean(true)})}), evaluation_error_code::no_matching_overload));
}

TEST_CASE_FIXTURE(cloud_workshop, "ports relate to each other") {
  CHECK(cloud("ports_overlaps_ports", {ports("22,80-90"), ports("85-100")}).is_true());
  CHECK(cloud("ports_overlaps_ports", {ports("22,80-90"), ports("23-79,91")}).is_false());
  CHECK(cloud("ports_overlaps_ports", {ports("*"), ports("none")}).is_false());
  CHECK(cloud("ports_is_all", {ports("*")}).is_true());
  CHECK(cloud("ports_is_all", {ports("1-65535")}).is_true());
  CHECK(cloud("ports_is_all", {ports("1-1000,1001-65535")}).is_true());
  CHECK(cloud("ports_is_all", {ports("2-65535")}).is_false());
  CHECK(cloud("ports_is_empty", {cloud("ports_none", {})}).is_true());
  CHECK(cloud("ports_is_empty", {cloud("ports_all", {})}).is_false());
  CHECK(shown(cloud("ports_to_string", {cloud("ports_union_ports", {ports("22"), ports("23,80")})})) == "22-23,80");
  CHECK(equals(memory, ports("1,2,3"), ports("1-3")).is_true());
  CHECK(equals(memory, ports("1,2,3"), ports("1-4")).is_false());
}

TEST_CASE_FIXTURE(cloud_workshop, "one known port inside decides over unknown ones") {
  const value admin = list({unknown("p"), value::integer(22)});
  CHECK(cloud("ports_intersects_list", {ports("20-25"), admin}).is_true());
  CHECK(shown(cloud("ports_intersects_list", {ports("80"), admin})) == "unknown: p");
  CHECK(cloud("ports_intersects_list", {ports("80"), list({value::integer(22), value::integer(3389)})}).is_false());
  CHECK(cloud("ports_intersects_list", {ports("80"), list({})}).is_false());
  const relation_list possible({value::integer(22)}, {0}, false, &unknown("q").as_unknown());
  CHECK(shown(cloud("ports_intersects_list", {ports("22"), value::list(&possible)})) == "unknown: q");
  const relation_list open({value::integer(22)}, {1}, true, &unknown("q").as_unknown());
  CHECK(cloud("ports_intersects_list", {ports("22"), value::list(&open)}).is_true());
  CHECK(shown(cloud("ports_intersects_list", {ports("23"), value::list(&open)})) == "unknown: q");
}

TEST_CASE_FIXTURE(cloud_workshop, "any source in every spelling") {
  for (const char* any : {"", "*", "any", "Any", "Internet", "0.0.0.0/0", "::/0", "0:0::0/0", " 0.0.0.0/0 ", "10.0.0.0/0"}) {
    CHECK_MESSAGE(cloud("cloud_is_any_source_string", {text(any)}).is_true(), any);
    CHECK_MESSAGE(public_source(any), any);
  }
  for (const char* one : {"0.0.0.0/1", "VirtualNetwork", "8.8.8.8", "anyone"}) {
    CHECK_MESSAGE(cloud("cloud_is_any_source_string", {text(one)}).is_false(), one);
  }
}

TEST_CASE_FIXTURE(cloud_workshop, "public sources are those with an internet address in them") {
  for (const char* open : {"8.8.8.8", "8.8.8.0/24", "0.0.0.0/1", "10.0.0.0/7", "192.0.0.0/23", "2001:4860::/32", "2000::/3", "::/1",
                           "172.15.255.255-172.16.0.1", "64:ff9b::/96", "::ffff:808:808", "192.0.0.9"}) {
    CHECK_MESSAGE(public_source(open), open);
  }
  for (const char* closed : {"10.0.0.0/8", "10.1.2.3", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.1", "169.254.169.254",
                             "224.0.0.0/3", "240.0.0.0/4", "255.255.255.255", "0.0.0.0", "198.18.0.0/15", "192.0.2.1", "198.51.100.0/24",
                             "203.0.113.0/24", "fc00::/7", "fe80::/10", "ff00::/8", "::1", "2001:db8::/32", "3fff::/20", "100::/64",
                             "64:ff9b:1::/48", "2001:2::/48", "10.0.0.0-10.255.255.255", "::ffff:a00:1", "sg-0123", "AzureLoadBalancer",
                             "VirtualNetwork", "123456789012/sg-0a", "example.com", "10.0.0.254-10.0.1.2"}) {
    CHECK_MESSAGE(cloud("cloud_is_public_source_string", {text(closed)}).is_false(), closed);
  }
}

TEST_CASE_FIXTURE(cloud_workshop, "a mistyped address is an error, never private") {
  for (const char* wrong : {"1.2.3", "10.0.0.0/33", "1.2.3.256", "2001:db8::/129", "8.8.8.8-8.8.8.1", "1::2::3", "fe80::1%1", "0.0.0.0/00"}) {
    const value found = cloud("cloud_is_public_source_string", {text(wrong)});
    CHECK_MESSAGE(fails(found, invalid), wrong);
    if (found.is_error()) CHECK(std::string(found.as_error().message).find(wrong) == std::string::npos);
  }
}

TEST_CASE_FIXTURE(cloud_workshop, "a digest depends on the value alone") {
  const value one = map({{text("b"), value::integer(1)}, {text("a"), list({text("x"), value::null()})}});
  const value same = map({{text("a"), list({text("x"), value::null()})}, {text("b"), value::floating(1.0)}});
  CHECK(digest(one).size() == 12);
  CHECK(digest(one) == digest(same));
  CHECK(digest(list({text("ab"), text("c")})) != digest(list({text("a"), text("bc")})));
  CHECK(digest(list({list({}), text("a")})) != digest(list({list({text("a")})})));
  CHECK(digest(text("1")) != digest(value::integer(1)));
  CHECK(digest(list({unknown("x"), text("a")})) == digest(list({unknown("y"), text("a")})));
  CHECK(digest(list({unknown("x"), text("a")})) != digest(list({text("b"), text("a")})));
}

TEST_CASE_FIXTURE(cloud_workshop, "a digest hashes no secret") {
  const value plain = map({{text("user"), text("u")}});
  const value first = map({{text("user"), text("u")}, {text("password"), text("p1").marked_sensitive(true)}});
  const value second = map({{text("user"), text("u")}, {text("password"), text("p2").marked_sensitive(true)}});
  CHECK(digest(first) == digest(second));
  CHECK(digest(first) == digest(plain));
  const value secret = text(R"({"k": "v"})").marked_sensitive(true);
  CHECK(digest(list({cloud("json_parse_string", {secret})})) == digest(list({})));
}

TEST_CASE_FIXTURE(cloud_workshop, "json.parse reads every JSON value") {
  CHECK(to_json(json(R"( {"b": [1, -2.5, "x\n\u3042\ud83d\ude00", true, false, null], "a": {}} )")) ==
        to_json(map({{text("a"), map({})},
                     {text("b"), list({value::integer(1), value::floating(-2.5), text("x\nあ😀"), value::boolean(true),
                                       value::boolean(false), value::null()})}})));
  CHECK(json("9223372036854775807").as_integer() == INT64_MAX);
  CHECK(json("18446744073709551615").as_unsigned() == UINT64_MAX);
  CHECK(json("-9223372036854775808").as_integer() == INT64_MIN);
  CHECK(json("1e3").as_floating() == 1000.0);
  CHECK(json("\"\"").as_text().empty());
}

TEST_CASE_FIXTURE(cloud_workshop, "json.parse hides what stands under the name of a secret, or looks like one") {
  const value read = json(R"({"password": "a", "size": 3, "secretOf": {"x": 1}, "api_secret": {"x": "b"}, "env": [{"name": "DB_PASSWORD", "value": "c"}, {"name": "STAGE", "value": "d"}], "url": "https://u:p@host/x"})");
  const auto in = [](value of, const char* key) {
    value found;
    REQUIRE(of.as_map().find(value::string(key), found));
    return found;
  };
  CHECK(in(read, "password").sensitive());
  CHECK(!in(read, "size").sensitive());
  CHECK(!in(in(read, "secretOf"), "x").sensitive());
  CHECK(in(in(read, "api_secret"), "x").sensitive());
  CHECK(in(in(read, "env").as_list().at(0), "value").sensitive());
  CHECK(!in(in(read, "env").as_list().at(1), "value").sensitive());
  CHECK(in(read, "url").sensitive());
}

TEST_CASE_FIXTURE(cloud_workshop, "json.parse refuses what is not JSON and echoes nothing") {
  for (const char* wrong : {"", " ", "{", "[1,]", "{\"a\":1,}", "{a:1}", "'a'", "01", "1.", ".5", "+1", "-", "1e", "tru", "\"a", "\"\x01\"",
                            "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\u0041\"", "1 2", "nulll", "[1 2]", "{\"secret\" 1}"}) {
    const value found = json(wrong);
    CHECK_MESSAGE(fails(found, invalid), wrong);
    if (found.is_error()) CHECK(std::string(found.as_error().message).find("secret") == std::string::npos);
  }
  CHECK(fails(json(R"({"a": 1, "b": 2, "a": 3})"), evaluation_error_code::duplicate_key));
  CHECK(fails(json(R"([{"\u0061": 1, "a": 1}])"), evaluation_error_code::duplicate_key));
  CHECK(fails(json("18446744073709551616"), evaluation_error_code::conversion));
  CHECK(fails(json("-9223372036854775809"), evaluation_error_code::conversion));
  CHECK(fails(json("1e999"), evaluation_error_code::conversion));
  CHECK(json(std::string(100, '[') + std::string(100, ']')).is(value_kind::list));
  CHECK(fails(json(std::string(102, '[') + std::string(102, ']')), evaluation_error_code::limit));
  CHECK(fails(json(std::string(1'000'000, '[')), evaluation_error_code::limit));
}

TEST_CASE_FIXTURE(cloud_workshop, "policy statements have one shape") {
  const auto statements = [&](std::string_view t) { return cloud("policy_statements_string", {text(t)}); };
  CHECK(is_json(statements(R"({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
        "Principal": "*"}})"),
                R"([{"actions":["s3:GetObject"],"conditions":[],"effect":"Allow","has_condition":false,"not_actions":[],"not_principals":[],"not_resources":[],"principals":["*"],"resources":["*"]}])"));
  CHECK(is_json(statements(R"({"Statement": [{"Sid": "a", "Effect": "Deny", "NotAction": ["iam:*", "sts:*"], "NotResource": "x",
        "NotPrincipal": {"AWS": ["*", "arn:aws:iam::1:root"], "Service": "ec2.amazonaws.com"}, "Condition": {"Bool": {"k": "true"},
        "StringEquals": {"a": ["x", "y"], "b": "z"}}}]})"),
                R"([{"actions":[],"conditions":[{"key":"k","operator":"Bool","values":["true"]},{"key":"a","operator":"StringEquals","values":["x","y"]},{"key":"b","operator":"StringEquals","values":["z"]}],"effect":"Deny","has_condition":true,"not_actions":["iam:*","sts:*"],"not_principals":["*","AWS:arn:aws:iam::1:root","Service:ec2.amazonaws.com"],"not_resources":["x"],"principals":[],"resources":[]}])"));
  CHECK(statements(R"({"Statement": []})").as_list().size() == 0);
  CHECK(is_json(statements(R"({"Statement": {"Effect": "Allow", "Condition": {}}})"),
                R"([{"actions":[],"conditions":[],"effect":"Allow","has_condition":false,"not_actions":[],"not_principals":[],"not_resources":[],"principals":[],"resources":[]}])"));
  for (const char* wrong : {"{}", "[]", "\"\"", "", R"({"Statement": 1})", R"({"Statement": [1]})", R"({"Statement": {}})",
                            R"({"Statement": {"Effect": "allow"}})", R"({"Statement": {"Effect": "Allow", "action": "*"}})",
                            R"({"Statement": {"Effect": "Allow", "Action": [1]}})", R"({"Statement": {"Effect": "Allow", "Principal": "me"}})",
                            R"({"Statement": {"Effect": "Allow", "Principal": [ "*" ]}})", R"({"Statement": {"Effect": "Allow", "Condition": {"Bool": 1}}})",
                            R"({"Statement": {"Effect": "Allow", "Condition": 1}})"}) {
    CHECK_MESSAGE(fails(statements(wrong), invalid), wrong);
  }
}

TEST_CASE_FIXTURE(cloud_workshop, "a policy that is percent-encoded is the one that it stands for") {
  const auto statements = [&](std::string_view t) { return cloud("policy_statements_string", {text(t)}); };
  // As iam:GetRole gives it; `+` is a plus.
  CHECK(is_json(statements("%7B%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%22sts:AssumeRole%22%2C%22Resource%22%3A%22a+b%c3%A9%22%7D%5D%7D"),
                R"([{"actions":["sts:AssumeRole"],"conditions":[],"effect":"Allow","has_condition":false,"not_actions":[],"not_principals":[],"not_resources":[],"principals":[],"resources":["a+bé"]}])"));
  CHECK(statements("%0A%7B%22Statement%22%3A%20%5B%5D%7D").as_list().size() == 0);
  // Cut, no digits, no UTF-8, encoded twice, encoded in part; a `%` in a plain policy is its own.
  for (const char* wrong : {"%", "%7", "%7B%22Statement%22%3A%5B%5D%7", "%7G", "%7B%22Statement%22%3A%5B%5D%ZZ", "%FF%FE", "%257B%2522Statement%2522%253A%255B%255D%257D",
                            "{%22Statement%22:[]}"}) {
    CHECK_MESSAGE(fails(statements(wrong), invalid), wrong);
  }
  CHECK(is_json(statements(R"({"Statement": {"Effect": "Allow", "Resource": "%41"}})"),
                R"([{"actions":[],"conditions":[],"effect":"Allow","has_condition":false,"not_actions":[],"not_principals":[],"not_resources":[],"principals":[],"resources":["%41"]}])"));
}

TEST_CASE_FIXTURE(cloud_workshop, "a policy that is a map already has the same statements, or none before all of it is known") {
  const auto map = [&](value key, value mapped) { return make_map(memory, std::vector<map_entry>{{key, mapped}}); };
  const auto statements = [&](value action) {
    const value statement = make_map(memory, std::vector<map_entry>{{text("Effect"), text("Allow")}, {text("Action"), action}});
    return cloud("policy_statements_map", {map(text("Statement"), list({statement}))});
  };
  CHECK(is_json(statements(text("*")),
                R"([{"actions":["*"],"conditions":[],"effect":"Allow","has_condition":false,"not_actions":[],"not_principals":[],"not_resources":[],"principals":[],"resources":[]}])"));
  CHECK(fails(statements(value::integer(1)), invalid));
  CHECK(fails(cloud("policy_statements_map", {map(text("Version"), text("2012-10-17"))}), invalid));
  CHECK(shown(statements(unknown("Action"))) == "unknown: Action");
  CHECK(shown(statements(list({text("*"), unknown("Action[1]")}))) == "unknown: Action[1]");
}

TEST_CASE_FIXTURE(cloud_workshop, "tag pairs") {
  const auto pairs = [&](value given) { return cloud("cloud_tag_pairs_list", {given}); };
  CHECK(is_json(pairs(list({text("env=prod"), text("@group=a"), text("url=a=b"), text("bare"), text("env=prod")})),
                R"({"@group":"a","bare":"","env":"prod","url":"a=b"})"));
  CHECK(is_json(pairs(list({})), "{}"));
  CHECK(fails(pairs(list({text("a=1"), text("a=2")})), evaluation_error_code::duplicate_key));
  CHECK(fails(pairs(list({value::integer(1)})), evaluation_error_code::no_matching_overload));
  CHECK(shown(pairs(list({text("a=1"), unknown("tags[1]")}))) == "unknown: tags[1]");
}

TEST_CASE_FIXTURE(cloud_workshop, "days and fiscal years are Japan's") {
  const auto day = [&](std::string_view t) { return cloud("cloud_date_string", {text(t)}); };
  const auto end = [&](std::string_view t) { return cloud("cloud_end_of_day_string", {text(t)}); };
  const auto year = [&](value at) { return cloud("cloud_fiscal_year_timestamp", {at}).as_integer(); };
  const auto shown_day = [&](value at) { return std::string(cloud("cloud_jst_date_timestamp", {at}).as_text()); };
  CHECK(day("2027-04-01").seconds() == 1806505200);  // 2027-03-31T15:00:00Z
  CHECK(end("2027-03-31").seconds() == 1806505199);
  CHECK(year(end("2027-03-31")) == 2026);
  CHECK(year(day("2027-04-01")) == 2027);
  CHECK(year(day("2027-01-01")) == 2026);
  CHECK(year(day("2027-12-31")) == 2027);
  CHECK(shown_day(day("2028-02-29")) == "2028-02-29");
  CHECK(shown_day(end("2027-03-31")) == "2027-03-31");
  CHECK(shown_day(day("0999-01-05")) == "0999-01-05");
  CHECK(shown_day(value::timestamp(-1, 999'999'999)) == "1970-01-01");
  CHECK(shown_day(value::timestamp(-9 * 3600 - 1, 0)) == "1969-12-31");
  for (const char* wrong : {"", "2027-02-29", "2027-13-01", "2027-00-01", "2027-1-1", "2027/03/31", "2027-03-31T00:00:00Z", "0000-01-01", "0001-01-01", "2o27-03-31"}) {
    CHECK_MESSAGE(fails(day(wrong), invalid), wrong);
    CHECK_MESSAGE(fails(end(wrong), invalid), wrong);
  }
}

// The packs as a rule's author uses them: through expressions, with the checker and the evaluator.
#include "cel/profiles.hpp"
#include "eval_support.hpp"

using namespace sekimori;
using namespace sekimori::cel;

namespace {

struct pack_bench : bench {
  pack_bench() {
    add_profile(names, *find_profile("sekimori"));
  }
  std::string type_of(const std::string& text) {
    auto made = names.compile(plain_text(text));
    return made ? to_string(*made.value()->result_type) : "error";
  }
};

}  // namespace

TEST_CASE_FIXTURE(pack_bench, "ports in conditions") {
  set("rule", map({{value::string("ports"), make_list(memory, std::vector<value>{value::string("20-25"), value::string("443")})}}));
  CHECK((*this)("ports.parse(rule.ports).contains(22)") == "true");
  CHECK((*this)("[22, 3389].exists(p, ports.parse(rule.ports).contains(p))") == "true");
  CHECK((*this)("ports(0, 65535).isAll() && ports.all() == ports.parse('*')") == "true");
  CHECK((*this)("string(ports.parse('22').union(ports.single(23)))") == "22-23");
  CHECK((*this)("ports.none().isEmpty()") == "true");
  CHECK((*this)("ports.parse(443) == ports(443, 443)") == "true");
  CHECK((*this)("ports.parse('80').intersects([22, 3389])") == "false");
  CHECK((*this)("type(ports.all()) == ports") == "true");
  CHECK((*this)("'%s'.format([ports.parse(rule.ports)])") == "20-25,443");
  CHECK((*this)("ports.parse('x')") == "error");
  CHECK(type_of("ports.parse('22')") == "ports");
  CHECK(type_of("ports.parse(22.5)") == "error");
  CHECK(type_of("ports.all().contains('22')") == "error");
}

TEST_CASE_FIXTURE(pack_bench, "sources in conditions") {
  set("sources", list({value::string("10.0.0.0/8"), value::string("0.0.0.0/0")}));
  set("vague", list({value::string("10.0.0.0/8"), unknown("cidr")}));
  CHECK((*this)("sources.exists(s, cloud.isPublicSource(s))") == "true");
  CHECK((*this)("sources.exists(s, cidr(s).isPublic())") == "true");
  CHECK((*this)("sources.all(s, cloud.isAnySource(s))") == "false");
  CHECK((*this)("vague.exists(s, cloud.isPublicSource(s))") == "unknown cidr");
  CHECK((*this)("ip('10.0.0.1').isPublic() || cidr('10.0.0.0/7').isPublic()") == "true");
  CHECK((*this)("cidr('10.0.0.0/8').containsIP(ip('10.2.3.4')) && cidr('10.0.0.0/8').containsCIDR('10.1.0.0/16')") == "true");
  CHECK((*this)("string(cidr('10.1.2.3/8').masked()) + ' ' + string(cidr('10.1.2.3/8').ip())") == "10.0.0.0/8 10.1.2.3");
  CHECK((*this)("ip('::ffff:c0a8:1') == ip('192.168.0.1') && type(ip('::1')) == net.IP") == "true");
  CHECK(type_of("cidr('10.0.0.0/8').ip()") == "net.IP");
}

TEST_CASE_FIXTURE(pack_bench, "policies, JSON, tags and dates in conditions") {
  set("policy", value::string(R"({"Statement": [{"Effect": "Allow", "Action": ["s3:*"], "Principal": {"AWS": "*"}, "Resource": "*"}]})"));
  CHECK((*this)("policy.statements(policy).exists(s, s.effect == 'Allow' && '*' in s.principals && !s.has_condition)") == "true");
  CHECK((*this)("json.parse('{\"a\": [1, {\"b\": true}]}').a[1].b") == "true");
  CHECK((*this)("json.parse('{')") == "error");
  CHECK((*this)("cloud.tagPairs(['env=prod', 'x']).env") == "prod");
  CHECK((*this)("cloud.fiscalYear(cloud.endOfDay('2027-03-31')) == 2026 && cloud.fiscalYear(cloud.date('2027-04-01')) == 2027") == "true");
  CHECK((*this)("cloud.jstDate(timestamp('2027-03-31T15:00:00Z'))") == "2027-04-01");
  CHECK((*this)("cloud.daysBetween('2027-03-31', '2027-04-01')") == "1");
  CHECK((*this)("cloud.daysBetween('2028-03-01', '2028-02-28')") == "-2");
  CHECK((*this)("cloud.addDays('2027-12-31', 60)") == "2028-02-29");
  CHECK((*this)("cloud.addDays(cloud.jstDate(timestamp('2027-03-31T15:00:00Z')), -1)") == "2027-03-31");
  CHECK((*this)("cloud.endOfDay('2027-03-31') == timestamp('2027-03-31T14:59:59Z')") == "true");
  CHECK((*this)("cloud.digest({'a': 1, 'b': [2]}) == cloud.digest({'b': [2], 'a': 1})") == "true");
}

TEST_CASE_FIXTURE(pack_bench, "lists, sets and math in conditions") {
  CHECK((*this)("[3, 1, 2, 1].distinct().sort()") == "[1, 2, 3]");
  CHECK((*this)("[[1], [2, 3]].flatten().slice(1, 3).reverse()") == "[3, 2]");
  CHECK((*this)("lists.range(3).map(i, i * 2)") == "[0, 2, 4]");
  CHECK((*this)("[1, 2].first().orValue(0) + [].last().orValue(7)") == "8");
  CHECK((*this)("sets.contains([1, 2, 3], [2, 3.0]) && sets.intersects(['a'], ['a', 'b']) && sets.equivalent([1, 1], [1])") == "true");
  CHECK((*this)("math.greatest(1, 2.5, 3u, -4, 2) == 3 && math.least([3, 1, 2]) == 1") == "true");
  CHECK((*this)("'cba'.reverse() + [1, 2].reverse().map(x, string(x)).join('-')") == "abc2-1");
  CHECK(type_of("[1, 2].first()") == "optional_type(int)");
  CHECK(type_of("['a'].sort()") == "list(string)");
  CHECK(type_of("math.greatest('a', 'b')") == "error");
  CHECK(type_of("[[1]].sort()") == "error");
  CHECK(type_of("[[1], [2]].flatten()") == "list(int)");
}

TEST_CASE_FIXTURE(pack_bench, "no call escapes the step limit") {
  bounds.steps = 10'000;
  CHECK((*this)("lists.range(10000).map(i, lists.range(200000).distinct().size()).size()") == "limit");
  CHECK((*this)("lists.range(10000).map(i, sets.contains(lists.range(20000), [-1])).size()") == "limit");
  CHECK((*this)("lists.range(10000).exists(i, lists.range(200000).reverse() == [])") == "limit");
  CHECK((*this)("lists.range(10000).exists(i, cloud.digest(lists.range(200000)) == '')") == "limit");
  CHECK((*this)("lists.range(10000).exists(i, '%d'.format(lists.range(200000)) == '')") == "limit");
  CHECK((*this)("lists.range(10000).exists(i, json.parse('[' + lists.range(2000).map(x, '1').join(',') + ']') == [])") == "limit");
}

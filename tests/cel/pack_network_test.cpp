#include "pack_test.hpp"

using namespace pack_test;

namespace {

struct network_workshop : workshop {
  value net(std::string_view id, std::initializer_list<value> arguments) { return call(cel::network_pack(), id, arguments); }
  value ip(std::string_view t) { return net("string_to_ip", {text(t)}); }
  value cidr(std::string_view t) { return net("string_to_cidr", {text(t)}); }
  std::string ip_text(std::string_view t) { return shown(net("ip_to_string", {ip(t)})); }
  std::string cidr_text(std::string_view t) { return shown(net("cidr_to_string", {cidr(t)})); }
  bool ip_is(std::string_view what, std::string_view t) { return net("ip_is_" + std::string(what), {ip(t)}).is_true(); }
};

constexpr auto invalid = evaluation_error_code::invalid_argument;

}  // namespace

TEST_CASE_FIXTURE(network_workshop, "addresses are read and written") {
  CHECK(ip_text("192.168.0.1") == "192.168.0.1");
  CHECK(ip_text("2001:DB8:0:0:0:0:0:68") == "2001:db8::68");
  CHECK(ip_text("2001:db8:0:1:0:0:0:1") == "2001:db8:0:1::1");
  CHECK(ip_text("2001:0:0:1:0:0:1:1") == "2001::1:0:0:1:1");
  CHECK(ip_text("2001:db8:0:1:1:1:1:1") == "2001:db8:0:1:1:1:1:1");
  CHECK(ip_text("::") == "::");
  CHECK(ip_text("::1") == "::1");
  CHECK(ip_text("1::") == "1::");
  CHECK(ip_text("64:ff9b::1.2.3.4") == "64:ff9b::102:304");
  CHECK(ip_text("::ffff:c0a8:1") == "192.168.0.1");
}

TEST_CASE_FIXTURE(network_workshop, "what is no address is an error that shows nothing") {
  for (const char* wrong : {"", "192.168.0.1.0", "192.168.0", "192.168.0.256", "192.168.00.1", "192.168.0.1 ", "1.2.3.4/32", "fe80::1%en0",
                            "::ffff:192.168.0.1", "0:0:0:0:0:ffff:192.168.0.1", ":", ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9",
                            "1:2:3:4:5:6:7:8::", "1::2::3", "12345::", "g::", "1:", ":1", "::1.2.3", "1:2:3:4:5:6:7:1.2.3.4", "[::1]"}) {
    const value found = ip(wrong);
    CHECK_MESSAGE(fails(found, invalid), wrong);
    CHECK_MESSAGE(net("is_ip", {text(wrong)}).is_false(), wrong);
    if (std::string_view(wrong).size() > 3) CHECK(shown(found).find(wrong) == std::string::npos);
  }
  CHECK(net("is_ip", {text("::1")}).is_true());
}

TEST_CASE_FIXTURE(network_workshop, "canonical form") {
  CHECK(net("ip_is_canonical", {text("2001:db8::68")}).is_true());
  CHECK(net("ip_is_canonical", {text("2001:DB8::68")}).is_false());
  CHECK(net("ip_is_canonical", {text("2001:db8:0::68")}).is_false());
  CHECK(net("ip_is_canonical", {text("127.0.0.1")}).is_true());
  CHECK(fails(net("ip_is_canonical", {text("127.0.0.1.0")}), invalid));
}

TEST_CASE_FIXTURE(network_workshop, "kinds of addresses") {
  CHECK(net("ip_family", {ip("127.0.0.1")}).as_integer() == 4);
  CHECK(net("ip_family", {ip("::1")}).as_integer() == 6);
  CHECK(ip_is("unspecified", "0.0.0.0"));
  CHECK(ip_is("unspecified", "::"));
  CHECK_FALSE(ip_is("unspecified", "::1"));
  CHECK(ip_is("loopback", "127.255.0.1"));
  CHECK(ip_is("loopback", "::1"));
  CHECK_FALSE(ip_is("loopback", "128.0.0.1"));
  CHECK(ip_is("link_local_unicast", "169.254.169.254"));
  CHECK(ip_is("link_local_unicast", "febf::1"));
  CHECK_FALSE(ip_is("link_local_unicast", "fec0::1"));
  CHECK(ip_is("link_local_multicast", "224.0.0.251"));
  CHECK(ip_is("link_local_multicast", "ff02::1"));
  CHECK_FALSE(ip_is("link_local_multicast", "224.0.1.1"));
  CHECK_FALSE(ip_is("link_local_multicast", "ff05::1"));
  CHECK(ip_is("global_unicast", "192.168.0.1"));
  CHECK(ip_is("global_unicast", "fd00::1"));
  for (const char* other : {"255.255.255.255", "0.0.0.0", "127.0.0.1", "224.0.0.1", "169.254.0.1", "::", "::1", "ff00::1", "fe80::1"}) {
    CHECK_FALSE_MESSAGE(ip_is("global_unicast", other), other);
  }
}

TEST_CASE_FIXTURE(network_workshop, "networks") {
  CHECK(cidr_text("192.168.0.1/24") == "192.168.0.1/24");
  CHECK(cidr_text("2001:DB8::/32") == "2001:db8::/32");
  CHECK(shown(net("cidr_to_string", {net("cidr_masked", {cidr("192.168.0.1/24")})})) == "192.168.0.0/24");
  CHECK(shown(net("cidr_to_string", {net("cidr_masked", {cidr("2001:db8:ffff::1/33")})})) == "2001:db8:8000::/33");
  CHECK(shown(net("cidr_to_string", {net("cidr_masked", {cidr("ffff::ffff/0")})})) == "::/0");
  CHECK(net("cidr_prefix_length", {cidr("10.0.0.0/8")}).as_integer() == 8);
  CHECK(shown(net("ip_to_string", {net("cidr_ip", {cidr("192.168.0.1/24")})})) == "192.168.0.1");
  for (const char* wrong : {"", "192.168.0.0", "192.168.0.0/", "192.168.0.0/33", "::/129", "192.168.0.0/-1", "192.168.0.0/08", "192.168.0.0/+8",
                            "fe80::1%en0/24", "::ffff:192.168.0.1/24", "/8", "10.0.0.0/8/8", "10.0.0.0/99999999999"}) {
    CHECK_MESSAGE(fails(cidr(wrong), invalid), wrong);
    CHECK_MESSAGE(net("is_cidr", {text(wrong)}).is_false(), wrong);
  }
  CHECK(net("is_cidr", {text("::/0")}).is_true());
}

TEST_CASE_FIXTURE(network_workshop, "networks contain addresses and networks") {
  const value home = cidr("192.168.0.0/24");
  CHECK(net("cidr_contains_ip_ip", {home, ip("192.168.0.255")}).is_true());
  CHECK(net("cidr_contains_ip_ip", {home, ip("192.168.1.0")}).is_false());
  CHECK(net("cidr_contains_ip_ip", {cidr("::/0"), ip("192.168.1.0")}).is_false());
  CHECK(net("cidr_contains_ip_string", {cidr("192.168.0.77/24"), text("192.168.0.1")}).is_true());
  CHECK(fails(net("cidr_contains_ip_string", {home, text("192.168.0")}), invalid));
  CHECK(net("cidr_contains_cidr", {home, cidr("192.168.0.128/25")}).is_true());
  CHECK(net("cidr_contains_cidr", {home, cidr("192.168.0.0/23")}).is_false());
  CHECK(net("cidr_contains_cidr", {home, home}).is_true());
  CHECK(net("cidr_contains_cidr_string", {cidr("0.0.0.0/0"), text("255.0.0.0/8")}).is_true());
  CHECK(net("cidr_contains_cidr_string", {cidr("2001:db8::/64"), text("2001:db8::/63")}).is_false());
  CHECK(fails(net("cidr_contains_cidr_string", {home, text("x")}), invalid));
}

TEST_CASE_FIXTURE(network_workshop, "equality looks through IPv4-mapped addresses") {
  CHECK(equals(memory, ip("::ffff:c0a8:1"), ip("192.168.0.1")).is_true());
  CHECK(equals(memory, ip("::ffff:c0a8:1"), ip("192.168.10.1")).is_false());
  CHECK(equals(memory, ip("2001:db8::1"), ip("2001:DB8::1")).is_true());
  CHECK(equals(memory, cidr("127.0.0.1/24"), cidr("127.0.0.1/24")).is_true());
  CHECK(equals(memory, cidr("127.0.0.1/24"), cidr("127.0.0.0/24")).is_false());
}

TEST_CASE_FIXTURE(network_workshop, "public means that the internet can reach some of it") {
  CHECK(ip_is("public", "8.8.8.8"));
  CHECK(ip_is("public", "2606:4700::1111"));
  for (const char* closed : {"10.0.0.1", "100.64.0.1", "192.0.2.9", "::1", "fd12::1", "fe80::1", "2001:db8::1", "224.0.0.1"}) {
    CHECK_FALSE_MESSAGE(ip_is("public", closed), closed);
  }
  for (const char* open : {"0.0.0.0/0", "::/0", "8.0.0.0/7", "172.0.0.0/8", "128.0.0.0/1", "8000::/1", "2001::/16", "::/3"}) {
    const bool expected = std::string_view(open) != "8000::/1";
    CHECK_MESSAGE(net("cidr_is_public", {cidr(open)}).is_true() == expected, open);
  }
  for (const char* closed : {"10.0.0.0/9", "172.16.0.0/12", "224.0.0.0/3", "fc00::/6", "2001:db8::/48", "0.0.0.0/8", "4000::/2"}) {
    CHECK_FALSE_MESSAGE(net("cidr_is_public", {cidr(closed)}).is_true(), closed);
  }
}

#include "base/digest.hpp"

#include <doctest/doctest.h>

using namespace sekimori;

TEST_CASE("SHA-256 of FIPS 180-4's examples") {
  CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST_CASE("parts are kept apart") {
  CHECK(sha256_base32({"ab", "c"}) != sha256_base32({"a", "bc"}));
  CHECK(sha256_base32({"a"}).size() == 52);
}

#include "base/digest.hpp"

#include <sys/types.h>

#include <random>
#include <sha2.h>
#include <string>

#include <doctest/doctest.h>

using namespace sekimori;

TEST_CASE("SHA-256 of FIPS 180-4's examples") {
  CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST_CASE("longer examples of NIST: one block and a bit, two blocks, a million letters") {
  CHECK(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(sha256_hex("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu") ==
        "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
  CHECK(sha256_hex(std::string(1'000'000, 'a')) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("the same as libmd alone, for every size around a block and random larger ones") {
  std::mt19937 random(20261127);
  std::string bytes;
  for (int i = 0; i < 70'000; ++i) bytes += static_cast<char>(random());
  auto same = [&](std::size_t from, std::size_t size) {
    std::string_view part = std::string_view(bytes).substr(from, size);
    std::array<std::uint8_t, 32> expected{};
    SHA2_CTX context;
    SHA256Init(&context);
    SHA256Update(&context, reinterpret_cast<const std::uint8_t*>(part.data()), part.size());
    SHA256Final(expected.data(), &context);
    return sha256(part) == expected;
  };
  for (std::size_t size = 0; size <= 260; ++size) CHECK(same(size % 7, size));
  for (int i = 0; i < 200; ++i) CHECK(same(random() % 64, random() % 69'000));
}

TEST_CASE("parts are kept apart") {
  CHECK(sha256_base32({"ab", "c"}) != sha256_base32({"a", "bc"}));
  CHECK(sha256_base32({"a"}).size() == 52);
}

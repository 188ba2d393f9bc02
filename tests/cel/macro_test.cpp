#include <doctest/doctest.h>

#include "cel/environment.hpp"
#include "front_end_support.hpp"

using namespace sekimori;
using namespace sekimori::cel;
using sekimori::cel::testing::tree_of;

TEST_CASE("macros over lists and maps") {
  CHECK(tree_of("a.all(x, x > 1)") == "(all x (ident a) (call _>_ (ident x) 1))");
  CHECK(tree_of("a.exists(x, b)") == "(exists x (ident a) (ident b))");
  CHECK(tree_of("a.exists_one(x, b)") == "(exists_one x (ident a) (ident b))");
  CHECK(tree_of("a.existsOne(x, b)") == "(exists_one x (ident a) (ident b))");
  CHECK(tree_of("a.map(x, b)") == "(map x (ident a) (ident b))");
  CHECK(tree_of("a.map(x, p, b)") == "(map x (ident a) (where (ident p)) (ident b))");
  CHECK(tree_of("a.filter(x, b)") == "(filter x (ident a) (ident b))");
  CHECK(tree_of("a.sortBy(x, b)") == "(sortBy x (ident a) (ident b))");
}

TEST_CASE("macros with two variables") {
  CHECK(tree_of("a.all(i, v, b)") == "(all i v (ident a) (ident b))");
  CHECK(tree_of("a.exists(i, v, b)") == "(exists i v (ident a) (ident b))");
  CHECK(tree_of("a.existsOne(i, v, b)") == "(exists_one i v (ident a) (ident b))");
  CHECK(tree_of("a.transformList(i, v, b)") == "(transformList i v (ident a) (ident b))");
  CHECK(tree_of("a.transformList(i, v, p, b)") == "(transformList i v (ident a) (where (ident p)) (ident b))");
  CHECK(tree_of("a.transformMap(k, v, b)") == "(transformMap k v (ident a) (ident b))");
  CHECK(tree_of("a.transformMapEntry(k, v, p, {k: v})") ==
        "(transformMapEntry k v (ident a) (where (ident p)) (map ((ident k) (ident v))))");
}

TEST_CASE("has, bind, optionals and block") {
  CHECK(tree_of("has(a.b.c)") == "(has (select (ident a) b) c)");
  CHECK(tree_of("has(a.?b.c)") == "(has (select? (ident a) b) c)");
  CHECK(tree_of("cel.bind(x, 1, x + x)") == "(bind x 1 (call _+_ (ident x) (ident x)))");
  CHECK(tree_of("a.optMap(x, b)") == "(optMap x (ident a) (ident b))");
  CHECK(tree_of("a.optFlatMap(x, b)") == "(optFlatMap x (ident a) (ident b))");
  CHECK(tree_of("cel.block([1, cel.index(0) + 1], cel.index(1))") ==
        "(bind @index0 1 (bind @index1 (call _+_ (ident @index0) 1) (ident @index1)))");
  CHECK(tree_of("a.map(cel.iterVar(0, 1), cel.iterVar(0, 1))") == "(map @it:0:1 (ident a) (ident @it:0:1))");
}

TEST_CASE("a macro's name with other arguments is a call") {
  CHECK(tree_of("a.all(x)") == "(method all (ident a) (ident x))");
  CHECK(tree_of("all(x, y)") == "(call all (ident x) (ident y))");
  CHECK(tree_of("a.has(b.c)") == "(method has (ident a) (select (ident b) c))");
  CHECK(tree_of("cel.other(1)") == "(method other (ident cel) 1)");
}

TEST_CASE("macros that are written wrongly") {
  CHECK(tree_of("has(a)") == "error: `has` takes a field, not any other expression");
  CHECK(tree_of("has(a['b'])") == "error: `has` takes a field, not any other expression");
  CHECK(tree_of("a.all(x.y, z)") == "error: `all` takes a variable's name here");
  CHECK(tree_of("a.all(.x, z)") == "error: `all` takes a variable's name here");
  CHECK(tree_of("a.all(1, z)") == "error: `all` takes a variable's name here");
  CHECK(tree_of("a.all(i, i, z)") == "error: both variables have one name");
  CHECK(tree_of("cel.block(1, 2)") == "error: `cel.block` takes a list of expressions first");
  CHECK(tree_of("cel.index(-1)") == "error: this must be a literal index");
}

TEST_CASE("macros can be turned off") {
  environment empty;
  auto options = sekimori::cel::testing::unchecked();
  options.macros = false;
  auto made = empty.compile(plain_text("a.all(x, has(x.y))"), options);
  REQUIRE(made.ok());
  CHECK(dump(*made.value()->root) == "(method all (ident a) (ident x) (call has (select (ident x) y)))");
}

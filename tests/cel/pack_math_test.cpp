#include "pack_test.hpp"

#include <cmath>

using namespace pack_test;

namespace {

struct math_workshop : workshop {
  value math(std::string_view id, std::initializer_list<value> arguments) { return call(cel::math_pack(), "math_" + std::string(id), arguments); }
  value i(std::int64_t number) { return value::integer(number); }
  value u(std::uint64_t number) { return value::unsigned_integer(number); }
  value d(double number) { return value::floating(number); }
};

}  // namespace

TEST_CASE_FIXTURE(math_workshop, "the greatest and the least of numbers of every type") {
  CHECK(math("@max_int_int", {i(-7), i(5)}).as_integer() == 5);
  CHECK(math("@max_int_double", {i(1), d(1.0)}).is(value_kind::integer));
  CHECK(math("@max_int_double", {i(INT64_MAX), d(1e19)}).is(value_kind::floating));
  CHECK(math("@max_uint_int", {u(UINT64_MAX), i(-1)}).as_unsigned() == UINT64_MAX);
  CHECK(math("@max_5", {d(5.4), i(10), u(3), d(-5.0), i(INT64_MAX)}).as_integer() == INT64_MAX);
  CHECK(math("@min_5", {d(5.4), i(10), u(3), d(-5.0), i(INT64_MIN)}).as_integer() == INT64_MIN);
  CHECK(math("@min_list_double", {list({d(5.4), i(10), u(3), d(-5.0)})}).as_floating() == -5.0);
  CHECK(math("@max_list_int", {list({i(3)})}).as_integer() == 3);
  CHECK(fails(math("@max_list_int", {list({})}), evaluation_error_code::invalid_argument));
  CHECK(fails(math("@max_list_int", {list({text("a")})}), evaluation_error_code::no_matching_overload));
  CHECK(fails(math("@max_3", {i(1), d(NAN), i(2)}), evaluation_error_code::invalid_argument));
  CHECK(shown(math("@max_list_int", {list({i(1), unknown("x")})})) == "unknown: x");
}

TEST_CASE("greatest and least take up to 32 arguments") {
  for (const cel::function_row& row : cel::math_pack()) {
    if (row.name != "math.greatest" && row.name != "math.least") continue;
    for (std::size_t count = 1; count <= 32; ++count) {
      bool found = false;
      for (const cel::overload& overload : row.overloads) found = found || overload.parameters.size() == count;
      CHECK_MESSAGE(found, count);
    }
  }
}

TEST_CASE_FIXTURE(math_workshop, "rounding") {
  CHECK(math("ceil_double", {d(-1.2)}).as_floating() == -1.0);
  CHECK(math("floor_double", {d(-1.2)}).as_floating() == -2.0);
  CHECK(math("round_double", {d(-1.5)}).as_floating() == -2.0);
  CHECK(math("round_double", {d(1.4)}).as_floating() == 1.0);
  CHECK(math("trunc_double", {d(-1.8)}).as_floating() == -1.0);
  CHECK(std::isnan(math("round_double", {d(NAN)}).as_floating()));
}

TEST_CASE_FIXTURE(math_workshop, "signs, absolute values, roots") {
  CHECK(math("abs_int", {i(-5)}).as_integer() == 5);
  CHECK(math("abs_double", {d(-1.5)}).as_floating() == 1.5);
  CHECK(math("abs_uint", {u(5)}).as_unsigned() == 5);
  CHECK(fails(math("abs_int", {i(INT64_MIN)}), evaluation_error_code::overflow));
  CHECK(math("sign_int", {i(-11)}).as_integer() == -1);
  CHECK(math("sign_uint", {u(9)}).as_unsigned() == 1);
  CHECK(math("sign_double", {d(-0.5)}).as_floating() == -1.0);
  CHECK(math("sign_double", {d(0)}).as_floating() == 0.0);
  CHECK(std::isnan(math("sign_double", {d(NAN)}).as_floating()));
  CHECK(math("sqrt_int", {i(81)}).as_floating() == 9.0);
  CHECK(math("sqrt_uint", {u(4)}).as_floating() == 2.0);
  CHECK(std::isnan(math("sqrt_double", {d(-1)}).as_floating()));
  CHECK(math("isNaN_double", {d(NAN)}).is_true());
  CHECK(math("isInf_double", {d(-INFINITY)}).is_true());
  CHECK(math("isFinite_double", {d(INFINITY)}).is_false());
  CHECK(math("isFinite_double", {d(1)}).is_true());
}

TEST_CASE_FIXTURE(math_workshop, "bits") {
  CHECK(math("bitAnd_int_int", {i(6), i(3)}).as_integer() == 2);
  CHECK(math("bitOr_int_int", {i(4), i(-2)}).as_integer() == -2);
  CHECK(math("bitXor_uint_uint", {u(1), u(3)}).as_unsigned() == 2);
  CHECK(math("bitNot_int_int", {i(1)}).as_integer() == -2);
  CHECK(math("bitNot_uint_uint", {u(0)}).as_unsigned() == UINT64_MAX);
  CHECK(math("bitShiftLeft_int_int", {i(1), i(63)}).as_integer() == INT64_MIN);
  CHECK(math("bitShiftLeft_int_int", {i(-1), i(64)}).as_integer() == 0);
  CHECK(math("bitShiftRight_int_int", {i(-1024), i(3)}).as_integer() == 2305843009213693824);
  CHECK(math("bitShiftRight_uint_int", {u(1024), i(200)}).as_unsigned() == 0);
  CHECK(fails(math("bitShiftLeft_uint_int", {u(1), i(-1)}), evaluation_error_code::invalid_argument));
  CHECK(fails(math("bitShiftRight_int_int", {i(1), i(INT64_MIN)}), evaluation_error_code::invalid_argument));
}

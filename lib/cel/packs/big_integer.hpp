// cel: non-negative integers of any size, as exact decimal arithmetic needs them. Entry point: big_integer. Knows no
// CEL values. Whoever makes them keeps them short: the work of a product with a power of ten grows with the digits.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sekimori::cel {

class big_integer {
 public:
  big_integer() = default;
  explicit big_integer(std::uint64_t number);
  static big_integer from_digits(std::string_view digits);  // decimal digits only

  bool is_zero() const { return limbs_.empty(); }
  std::size_t digits() const;                               // decimal digits; 0 of zero
  std::string to_string() const;
  std::strong_ordering operator<=>(const big_integer& other) const;
  bool operator==(const big_integer& other) const { return limbs_ == other.limbs_; }

  void add(const big_integer& other);
  void subtract(const big_integer& smaller);                // smaller <= *this
  void multiply(std::uint32_t factor);
  void multiply_by_power_of_ten(std::size_t power);
  // Divides and gives the remainder.
  std::uint32_t divide(std::uint32_t divisor);
  // Divides by 10^power; whether nothing was lost.
  bool divide_by_power_of_ten(std::size_t power);

 private:
  void trim();
  std::vector<std::uint32_t> limbs_;                        // base 10^9, the lowest first, no zero at the top
};

}  // namespace sekimori::cel

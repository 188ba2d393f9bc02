// cel: non-negative integers of any size. Entry point: big_integer.
#include "cel/packs/big_integer.hpp"

#include <algorithm>

namespace sekimori::cel {
namespace {

constexpr std::uint32_t limb_base = 1'000'000'000;
constexpr std::size_t limb_digits = 9;

std::uint32_t power_of_ten(std::size_t power) {
  std::uint32_t result = 1;
  for (; power > 0; --power) result *= 10;
  return result;
}

}  // namespace

big_integer::big_integer(std::uint64_t number) {
  for (; number > 0; number /= limb_base) limbs_.push_back(static_cast<std::uint32_t>(number % limb_base));
}

big_integer big_integer::from_digits(std::string_view digits) {
  big_integer made;
  for (std::size_t end = digits.size(); end > 0;) {
    std::size_t begin = end > limb_digits ? end - limb_digits : 0;
    std::uint32_t limb = 0;
    for (std::size_t i = begin; i < end; ++i) limb = limb * 10 + static_cast<std::uint32_t>(digits[i] - '0');
    made.limbs_.push_back(limb);
    end = begin;
  }
  made.trim();
  return made;
}

void big_integer::trim() {
  while (!limbs_.empty() && limbs_.back() == 0) limbs_.pop_back();
}

std::size_t big_integer::digits() const {
  if (limbs_.empty()) return 0;
  std::size_t count = (limbs_.size() - 1) * limb_digits;
  for (std::uint32_t top = limbs_.back(); top > 0; top /= 10) ++count;
  return count;
}

std::string big_integer::to_string() const {
  if (limbs_.empty()) return "0";
  std::string text = std::to_string(limbs_.back());
  for (std::size_t i = limbs_.size() - 1; i-- > 0;) {
    std::string limb = std::to_string(limbs_[i]);
    text.append(limb_digits - limb.size(), '0');
    text += limb;
  }
  return text;
}

std::strong_ordering big_integer::operator<=>(const big_integer& other) const {
  if (limbs_.size() != other.limbs_.size()) return limbs_.size() <=> other.limbs_.size();
  for (std::size_t i = limbs_.size(); i-- > 0;) {
    if (limbs_[i] != other.limbs_[i]) return limbs_[i] <=> other.limbs_[i];
  }
  return std::strong_ordering::equal;
}

void big_integer::add(const big_integer& other) {
  limbs_.resize(std::max(limbs_.size(), other.limbs_.size()) + 1, 0);
  std::uint32_t carry = 0;
  for (std::size_t i = 0; i < limbs_.size(); ++i) {
    std::uint32_t sum = limbs_[i] + carry + (i < other.limbs_.size() ? other.limbs_[i] : 0);
    carry = sum >= limb_base ? 1 : 0;
    limbs_[i] = sum - carry * limb_base;
  }
  trim();
}

void big_integer::subtract(const big_integer& smaller) {
  std::uint32_t borrow = 0;
  for (std::size_t i = 0; i < limbs_.size(); ++i) {
    std::uint32_t taken = borrow + (i < smaller.limbs_.size() ? smaller.limbs_[i] : 0);
    borrow = limbs_[i] < taken ? 1 : 0;
    limbs_[i] = limbs_[i] + borrow * limb_base - taken;
  }
  trim();
}

void big_integer::multiply(std::uint32_t factor) {
  std::uint64_t carry = 0;
  for (std::uint32_t& limb : limbs_) {
    carry += std::uint64_t{limb} * factor;
    limb = static_cast<std::uint32_t>(carry % limb_base);
    carry /= limb_base;
  }
  for (; carry > 0; carry /= limb_base) limbs_.push_back(static_cast<std::uint32_t>(carry % limb_base));
  trim();
}

void big_integer::multiply_by_power_of_ten(std::size_t power) {
  if (is_zero()) return;
  multiply(power_of_ten(power % limb_digits));
  limbs_.insert(limbs_.begin(), power / limb_digits, 0);
}

std::uint32_t big_integer::divide(std::uint32_t divisor) {
  std::uint64_t rest = 0;
  for (std::size_t i = limbs_.size(); i-- > 0;) {
    rest = rest * limb_base + limbs_[i];
    limbs_[i] = static_cast<std::uint32_t>(rest / divisor);
    rest %= divisor;
  }
  trim();
  return static_cast<std::uint32_t>(rest);
}

bool big_integer::divide_by_power_of_ten(std::size_t power) {
  std::size_t whole = std::min(power / limb_digits, limbs_.size());
  auto end = limbs_.begin() + static_cast<std::ptrdiff_t>(whole);
  bool exact = std::all_of(limbs_.begin(), end, [](std::uint32_t limb) { return limb == 0; });
  limbs_.erase(limbs_.begin(), end);
  return divide(power_of_ten(power % limb_digits)) == 0 && exact;
}

}  // namespace sekimori::cel

// oracle: string.format. Entry point: format (text.hpp).
#include <algorithm>
#include <cmath>
#include <cstdio>

#include "network.hpp"
#include "text.hpp"
#include "times.hpp"

namespace oracle {

namespace {

bool any_text(const value& v, std::string& to, dialect spoken) {
  if (v.is<null>()) to += "null";
  else if (v.is<bool>()) to += v.as<bool>() ? "true" : "false";
  else if (v.is<std::int64_t>()) to += std::to_string(v.as<std::int64_t>());
  else if (v.is<std::uint64_t>()) to += std::to_string(v.as<std::uint64_t>());
  else if (v.is<double>()) to += plain(v.as<double>());
  else if (v.is<std::string>()) to += v.as<std::string>();
  else if (v.is<bytes>()) to += utf8(code_points(v.as<bytes>().octets));
  else if (v.is<type>()) to += v.as<type>().name;
  else if (v.is<timestamp>()) to += write(v.as<timestamp>());
  else if (v.is<duration>()) to += string_of(v.as<duration>(), spoken);
  else if (v.is<list>()) {
    to += '[';
    for (const value& element : v.as<list>().elements) {
      if (&element != v.as<list>().elements.data()) to += ", ";
      if (!any_text(element, to, spoken)) return false;
    }
    to += ']';
  } else if ((v.is<ip>() || v.is<cidr>()) && !spoken.has(habit::no_addresses_in_format)) {
    to += network_call("string", {v}, spoken).as<std::string>();
  } else if (v.is<map>() && v.as<map>().object.empty()) {
    std::vector<std::pair<std::string, const value*>> shown;
    for (const entry& e : v.as<map>().entries) {
      std::string key;
      if (!any_text(e.key, key, spoken)) return false;
      shown.emplace_back(key, &e.mapped);
    }
    std::stable_sort(shown.begin(), shown.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    to += '{';
    for (std::size_t i = 0; i < shown.size(); ++i) {
      to += (i > 0 ? ", " : "") + shown[i].first + ": ";
      if (!any_text(*shown[i].second, to, spoken)) return false;
    }
    to += '}';
  } else {
    return false;
  }
  return true;
}

std::string in_base(std::uint64_t number, unsigned base) {
  std::string digits;
  do {
    digits.insert(digits.begin(), "0123456789abcdef"[number % base]);
    number /= base;
  } while (number != 0);
  return digits;
}

bool integer_text(const value& v, unsigned base, std::string& to) {
  if (v.is<std::uint64_t>()) {
    to += in_base(v.as<std::uint64_t>(), base);
  } else if (v.is<std::int64_t>()) {
    std::int64_t number = v.as<std::int64_t>();
    to += number < 0 ? "-" + in_base(0 - static_cast<std::uint64_t>(number), base) : in_base(static_cast<std::uint64_t>(number), base);
  } else {
    return false;
  }
  return true;
}

bool double_text(const value& v, char verb, int precision, std::string& to) {
  double number = 0;
  if (v.is<double>()) number = v.as<double>();
  else if (v.is<std::int64_t>()) number = static_cast<double>(v.as<std::int64_t>());
  else if (v.is<std::uint64_t>()) number = static_cast<double>(v.as<std::uint64_t>());
  else return false;
  if (!std::isfinite(number)) {
    to += plain(number);
    return true;
  }
  std::vector<char> buffer(static_cast<std::size_t>(precision) + 400);
  std::snprintf(buffer.data(), buffer.size(), verb == 'f' ? "%.*f" : "%.*e", precision, number);
  to += buffer.data();
  return true;
}

}  // namespace

value format(const std::string& pattern, const std::vector<value>& given, dialect spoken) {
  std::string made;
  std::size_t next = 0;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    if (pattern[at] != '%') {
      made += pattern[at];
      continue;
    }
    if (++at == pattern.size()) return error{};
    if (pattern[at] == '%') {
      made += '%';
      continue;
    }
    int precision = 6;
    if (pattern[at] == '.') {
      std::string digits;
      while (++at < pattern.size() && pattern[at] >= '0' && pattern[at] <= '9') digits += pattern[at];
      if (digits.empty() || digits.size() > 4 || at == pattern.size()) return error{};
      precision = std::atoi(digits.c_str());
      if (precision > 1000) return error{};
    }
    if (next == given.size()) return error{};
    const value& v = given[next++];
    std::string shown;
    bool fits = false;
    switch (pattern[at]) {
      case 's': fits = any_text(v, shown, spoken); break;
      case 'd': fits = integer_text(v, 10, shown) || (v.is<double>() && any_text(v, shown, spoken)); break;
      case 'f':
      case 'e': fits = double_text(v, pattern[at], precision, shown); break;
      case 'b':
        if (v.is<bool>()) shown = v.as<bool>() ? "1" : "0";
        fits = v.is<bool>() || integer_text(v, 2, shown);
        break;
      case 'o': fits = integer_text(v, 8, shown); break;
      case 'x':
      case 'X': {
        const std::string* octets = v.is<std::string>() ? &v.as<std::string>() : v.is<bytes>() ? &v.as<bytes>().octets : nullptr;
        if (octets != nullptr) {
          for (char c : *octets) {
            shown += in_base(static_cast<unsigned char>(c) / 16, 16);
            shown += in_base(static_cast<unsigned char>(c) % 16, 16);
          }
        }
        fits = octets != nullptr || integer_text(v, 16, shown);
        if (pattern[at] == 'X') {
          for (char& c : shown) c = c >= 'a' && c <= 'f' ? static_cast<char>(c - 32) : c;
        }
        break;
      }
      default: return error{};
    }
    if (!fits) return error{};
    made += shown;
  }
  return made;
}

}  // namespace oracle

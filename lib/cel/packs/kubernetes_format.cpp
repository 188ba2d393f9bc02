// cel: the k8s.format pack: Kubernetes' named formats. Entry point: kubernetes_format_pack. What is valid is Kubernetes', the
// messages are ours.
#include <algorithm>
#include <array>

#include "cel/cost/rules.hpp"
#include "cel/packs/support.hpp"
#include "cel/packs/url.hpp"
#include "value/forms.hpp"

namespace sekimori::cel {
namespace {

using arguments = std::span<const value>;
using text = std::string_view;
using problems = std::vector<std::string_view>;

constexpr text type = "kubernetes.NamedFormat";

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_alphanumeric(char c) { return is_lower(c) || is_digit(c) || (c >= 'A' && c <= 'Z'); }
bool is_lower_alphanumeric(char c) { return is_lower(c) || is_digit(c); }

bool is_label(text given) {
  return !given.empty() && is_lower_alphanumeric(given.front()) && is_lower_alphanumeric(given.back()) &&
         std::all_of(given.begin(), given.end(), [](char c) { return is_lower_alphanumeric(c) || c == '-'; });
}

bool is_subdomain(text given) {
  for (;;) {
    std::size_t dot = given.find('.');
    if (!is_label(given.substr(0, dot))) return false;
    if (dot == text::npos) return true;
    given.remove_prefix(dot + 1);
  }
}

bool is_name_part(text given) {
  return !given.empty() && is_alphanumeric(given.front()) && is_alphanumeric(given.back()) &&
         std::all_of(given.begin(), given.end(), [](char c) { return is_alphanumeric(c) || c == '-' || c == '_' || c == '.'; });
}

// A prefix may end with a dash, since a generated ending follows it.
std::string with_ending(text prefix) {
  std::string whole(prefix);
  if (whole.size() > 1 && whole.back() == '-') whole.replace(whole.size() - 2, 2, "a");
  return whole;
}

void label(text given, problems& found) {
  if (given.size() > 63) found.push_back("must be no more than 63 characters");
  if (is_label(given)) return;
  found.push_back(is_subdomain(given) ? "must not contain dots"
                                      : "must be lower-case letters, digits and '-', with a letter or digit at both ends");
}

void subdomain(text given, problems& found) {
  if (given.size() > 253) found.push_back("must be no more than 253 characters");
  if (!is_subdomain(given)) found.push_back("must be lower-case letters, digits, '-' and '.', with a letter or digit at both ends of each part");
}

void label_1035(text given, problems& found) {
  if (given.size() > 63) found.push_back("must be no more than 63 characters");
  if (!is_label(given) || !is_lower(given.front())) {
    found.push_back("must be lower-case letters, digits and '-', with a letter first and a letter or digit last");
  }
}

void qualified_name(text given, problems& found) {
  std::size_t slash = given.find('/');
  text name = given;
  if (slash != text::npos) {
    text prefix = given.substr(0, slash);
    name = given.substr(slash + 1);
    if (name.find('/') != text::npos) {
      found.push_back("must be a name, or a DNS subdomain, '/' and a name");
      return;
    }
    if (prefix.empty()) {
      found.push_back("the part before '/' must not be empty");
    } else {
      subdomain(prefix, found);
    }
  }
  if (name.empty()) {
    found.push_back("the name must not be empty");
  } else if (name.size() > 63) {
    found.push_back("the name must be no more than 63 characters");
  }
  if (!is_name_part(name)) found.push_back("the name must be letters, digits, '-', '_' and '.', with a letter or digit at both ends");
}

void label_prefix(text given, problems& found) { label(with_ending(given), found); }
void subdomain_prefix(text given, problems& found) { subdomain(with_ending(given), found); }
void label_1035_prefix(text given, problems& found) { label_1035(with_ending(given), found); }

void label_value(text given, problems& found) {
  if (given.size() > 63) found.push_back("must be no more than 63 characters");
  if (!given.empty() && !is_name_part(given)) {
    found.push_back("must be empty, or letters, digits, '-', '_' and '.', with a letter or digit at both ends");
  }
}

void uri(text given, problems& found) {
  if (!is_request_uri(given)) found.push_back("must be an absolute URI or an absolute path");
}

bool take_hex(text& rest, std::size_t count) {
  if (rest.size() < count) return false;
  for (char c : rest.substr(0, count)) {
    if (!is_digit(c) && !(c >= 'a' && c <= 'f') && !(c >= 'A' && c <= 'F')) return false;
  }
  rest.remove_prefix(count);
  return true;
}

// The dashes may be left out.
bool is_uuid(text rest) {
  for (std::size_t count : {8, 4, 4, 4}) {
    if (!take_hex(rest, count)) return false;
    if (!rest.empty() && rest[0] == '-') rest.remove_prefix(1);
  }
  return take_hex(rest, 12) && rest.empty();
}

void uuid(text given, problems& found) {
  if (!is_uuid(given)) found.push_back("must be a UUID");
}

void base64(text given, problems& found) {
  text digits = given;
  while (given.size() - digits.size() < 2 && !digits.empty() && digits.back() == '=') digits.remove_suffix(1);
  bool sound = !given.empty() && given.size() % 4 == 0 &&
               std::all_of(digits.begin(), digits.end(), [](char c) { return is_alphanumeric(c) || c == '+' || c == '/'; });
  if (!sound) found.push_back("must be Base64");
}

bool take_number(text& rest, std::size_t digits, unsigned& number) {
  if (rest.size() < digits) return false;
  number = 0;
  for (char c : rest.substr(0, digits)) {
    if (!is_digit(c)) return false;
    number = number * 10 + static_cast<unsigned>(c - '0');
  }
  rest.remove_prefix(digits);
  return true;
}

bool take(text& rest, char wanted) {
  if (rest.empty() || rest[0] != wanted) return false;
  rest.remove_prefix(1);
  return true;
}

bool is_date(text rest) {
  unsigned year = 0, month = 0, day = 0;
  if (!take_number(rest, 4, year) || !take(rest, '-') || !take_number(rest, 2, month) || !take(rest, '-')) return false;
  if (!take_number(rest, 2, day) || !rest.empty() || month < 1 || month > 12 || day < 1) return false;
  civil_day same = civil_from_days(days_from_civil(year, month, day));
  return same.month == month && same.day == day;
}

bool is_offset(text rest) {
  unsigned number = 0;
  if (rest == "z" || rest == "Z") return true;
  if (!take(rest, '+') && !take(rest, '-')) return false;
  return take_number(rest, 2, number) && take(rest, ':') && take_number(rest, 2, number) && rest.empty();
}

// What follows a further T counts for nothing, and any one character may stand before the fraction.
bool is_date_and_time(text given) {
  std::size_t mark = given.find_first_of("tT");
  if (mark == text::npos || !is_date(given.substr(0, mark))) return false;
  text rest = given.substr(mark + 1);
  rest = rest.substr(0, rest.find_first_of("tT"));
  unsigned hours = 0, minutes = 0, seconds = 0;
  if (!take_number(rest, 2, hours) || !take(rest, ':') || !take_number(rest, 2, minutes)) return false;
  if (!take(rest, ':') || !take_number(rest, 2, seconds)) return false;
  if (hours > 23 || minutes > 59 || seconds > 59) return false;
  if (is_offset(rest)) return true;
  if (rest.empty() || rest[0] == '\n') return false;
  std::size_t after = 1;
  while (after < rest.size() && (static_cast<unsigned char>(rest[after]) & 0xc0) == 0x80) ++after;
  std::size_t digits = after;
  while (digits < rest.size() && is_digit(rest[digits])) ++digits;
  return digits > after && is_offset(rest.substr(digits));
}

void date(text given, problems& found) {
  if (!is_date(given)) found.push_back("must be a date such as 2027-03-31");
}

void date_and_time(text given, problems& found) {
  if (!is_date_and_time(given)) found.push_back("must be a date and time such as 2027-03-31T23:59:59Z");
}

struct named_format {
  text name;
  void (*validate)(text given, problems& found);
};
constexpr std::array formats = {
    named_format{"byte", base64},
    named_format{"date", date},
    named_format{"datetime", date_and_time},
    named_format{"dns1035Label", label_1035},
    named_format{"dns1035LabelPrefix", label_1035_prefix},
    named_format{"dns1123Label", label},
    named_format{"dns1123LabelPrefix", label_prefix},
    named_format{"dns1123Subdomain", subdomain},
    named_format{"dns1123SubdomainPrefix", subdomain_prefix},
    named_format{"labelValue", label_value},
    named_format{"qualifiedName", qualified_name},
    named_format{"uri", uri},
    named_format{"uuid", uuid},
};

class format_value final : public opaque_view {
 public:
  explicit format_value(const named_format& held) : held_(held) {}
  text type_name() const override { return type; }
  bool equals(const opaque_view& other) const override { return &static_cast<const format_value&>(other).held_ == &held_; }
  text to_string() const override { return held_.name; }
  const named_format& held() const { return held_; }

 private:
  const named_format& held_;
};

template <std::size_t index>
value constant(call_context& context, arguments) {
  return value::opaque(context.memory.make<format_value>(formats[index]));
}

value named(call_context& context, arguments given) {
  for (const named_format& one : formats) {
    if (one.name != given[0].as_text()) continue;
    return value::optional(context.memory.make<value>(value::opaque(context.memory.make<format_value>(one))));
  }
  return value::optional(nullptr);
}

value validate(call_context& context, arguments given) {
  problems found;
  static_cast<const format_value&>(given[0].as_opaque()).held().validate(given[1].as_text(), found);
  if (found.empty()) return value::optional(nullptr);
  std::vector<value> messages;
  for (text one : found) messages.push_back(make_string(context.memory, one));
  return value::optional(context.memory.make<value>(make_list(context.memory, messages)));
}

constexpr text string[] = {"string"};
constexpr text format_string[] = {type, "string"};

constexpr overload named_overloads[] = {{"format-named", false, string, "optional_type(kubernetes.NamedFormat)", named}};
constexpr overload validate_overloads[] = {{"format-validate", true, format_string, "optional_type(list(string))", validate, 0, &cost::format_check}};
// As many rows as formats, in the same order.
constexpr overload constants[] = {
    {"format.byte", false, {}, type, constant<0>},
    {"format.date", false, {}, type, constant<1>},
    {"format.datetime", false, {}, type, constant<2>},
    {"format.dns1035Label", false, {}, type, constant<3>},
    {"format.dns1035LabelPrefix", false, {}, type, constant<4>},
    {"format.dns1123Label", false, {}, type, constant<5>},
    {"format.dns1123LabelPrefix", false, {}, type, constant<6>},
    {"format.dns1123Subdomain", false, {}, type, constant<7>},
    {"format.dns1123SubdomainPrefix", false, {}, type, constant<8>},
    {"format.labelValue", false, {}, type, constant<9>},
    {"format.qualifiedName", false, {}, type, constant<10>},
    {"format.uri", false, {}, type, constant<11>},
    {"format.uuid", false, {}, type, constant<12>},
};
static_assert(std::size(constants) == formats.size());
constexpr std::span<const overload> overload_of(std::size_t format) { return std::span<const overload>(constants).subspan(format, 1); }

constexpr text pack = "k8s.format";
constexpr function_row rows[] = {
    {"format.named", pack, named_overloads, 1, "The format of a name, or none.", "名前が示す書式。なければ none。"},
    {"validate", pack, validate_overloads, 2, "What is wrong with a text in a format, or none.", "文字列が書式に合わない点のリスト。合っていれば none。"},
    {"format.byte", pack, overload_of(0), 0, "Base64 text.", "Base64 の文字列。"},
    {"format.date", pack, overload_of(1), 0, "A date: 2027-03-31.", "日付。例: 2027-03-31。"},
    {"format.datetime", pack, overload_of(2), 0, "A date and time: 2027-03-31T23:59:59Z.", "日時。例: 2027-03-31T23:59:59Z。"},
    {"format.dns1035Label", pack, overload_of(3), 0, "A DNS label of RFC 1035.", "RFC 1035 の DNS ラベル。"},
    {"format.dns1035LabelPrefix", pack, overload_of(4), 0, "The beginning of one, which may end with a dash.", "RFC 1035 の DNS ラベルの先頭部分(末尾のハイフン可)。"},
    {"format.dns1123Label", pack, overload_of(5), 0, "A DNS label of RFC 1123.", "RFC 1123 の DNS ラベル。"},
    {"format.dns1123LabelPrefix", pack, overload_of(6), 0, "The beginning of one, which may end with a dash.", "RFC 1123 の DNS ラベルの先頭部分(末尾のハイフン可)。"},
    {"format.dns1123Subdomain", pack, overload_of(7), 0, "DNS labels of RFC 1123 with dots between them.", "RFC 1123 の DNS ラベルをドットでつないだもの。"},
    {"format.dns1123SubdomainPrefix", pack, overload_of(8), 0, "The beginning of them, which may end with a dash.", "その先頭部分(末尾のハイフン可)。"},
    {"format.labelValue", pack, overload_of(9), 0, "The value of a Kubernetes label.", "Kubernetes のラベルの値。"},
    {"format.qualifiedName", pack, overload_of(10), 0, "A name, with a DNS subdomain and / before it or without.", "名前。DNS サブドメインと / を前に付けることができる。"},
    {"format.uri", pack, overload_of(11), 0, "An absolute URI or an absolute path.", "絶対 URI 又は絶対パス。"},
    {"format.uuid", pack, overload_of(12), 0, "A UUID.", "UUID の表記。"},
};

}  // namespace

std::span<const function_row> kubernetes_format_pack() { return rows; }

}  // namespace sekimori::cel

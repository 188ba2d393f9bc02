// cel: URLs as Go's net/url reads them (RFC 3986 with its leniencies). Entry points: parse_url, is_request_uri.
#include "cel/packs/url.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "cel/packs/network_address.hpp"

namespace sekimori::cel {
namespace {

// Which part of a URL a text is: each has its own characters that stand for themselves.
enum class part : std::uint8_t { path, user, host, zone, query, fragment };

constexpr std::size_t most_query_parts = 10'000;  // as Go has it: a longer query has no parts at all

bool is_letter_or_digit(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_one_of(char c, std::string_view set) { return set.find(c) != std::string_view::npos; }

bool needs_escape(char c, part in) {
  if (is_letter_or_digit(static_cast<unsigned char>(c)) || is_one_of(c, "-_.~")) return false;
  switch (in) {
    case part::host:
    case part::zone: return !is_one_of(c, "!$&'()*+,;=:[]<>\"");
    case part::path: return !is_one_of(c, "$&+,/:;=@");
    case part::user: return !is_one_of(c, "$&+,;=");
    case part::query: return true;
    case part::fragment: return !is_one_of(c, "$&+,/:;=?@!()*");
  }
  return true;
}

bool unescape(std::string_view text, part in, std::string& plain) {
  plain.clear();
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      if (i + 2 >= text.size() || hex_value(text[i + 1]) < 0 || hex_value(text[i + 2]) < 0) return false;
      char made = static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
      bool is_percent = text.substr(i, 3) == "%25";
      // A host may hide no ASCII behind a percent sign, and a zone none that a host could not hold.
      if (in == part::host && hex_value(text[i + 1]) < 8 && !is_percent) return false;
      if (in == part::zone && !is_percent && made != ' ' && needs_escape(made, part::host)) return false;
      plain += made;
      i += 2;
    } else if (c == '+' && in == part::query) {
      plain += ' ';
    } else {
      bool ascii = static_cast<unsigned char>(c) < 0x80;
      if ((in == part::host || in == part::zone) && ascii && needs_escape(c, in)) return false;
      plain += c;
    }
  }
  return true;
}

std::string escape(std::string_view text, part in) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string escaped;
  for (char c : text) {
    if (needs_escape(c, in)) {
      auto byte = static_cast<unsigned char>(c);
      escaped += '%';
      escaped += digits[byte >> 4];
      escaped += digits[byte & 15];
    } else {
      escaped += c;
    }
  }
  return escaped;
}

// What was written where that is a valid way to write it, else the usual way.
bool reescape(std::string_view text, part in, std::string& escaped) {
  std::string plain;
  if (!unescape(text, in, plain)) return false;
  bool stands = std::none_of(text.begin(), text.end(), [&](char c) { return !is_one_of(c, "!$&'()*+,;=:@[]%") && needs_escape(c, in); });
  escaped = stands ? std::string(text) : escape(plain, in);
  return true;
}

bool is_optional_port(std::string_view text) {
  if (text.empty()) return true;
  return text[0] == ':' && std::all_of(text.begin() + 1, text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_ip_literal(std::string_view text) {
  std::size_t percent = text.find('%');
  if (percent != std::string_view::npos && percent + 1 == text.size()) return false;  // an empty zone
  address parsed;
  address_problem problem = parse_address(text.substr(0, percent), parsed);
  if (problem == address_problem::mapped) return true;
  return problem == address_problem::none && text.find(':') != std::string_view::npos;
}

bool read_bracketed_host(std::string_view text, std::string& host) {
  std::size_t closing = text.rfind(']');
  if (closing == std::string_view::npos) return false;
  std::string_view port = text.substr(closing + 1);
  if (!is_optional_port(port)) return false;
  std::string_view name = text.substr(1, closing - 1);
  std::size_t zone = name.find("%25");
  std::string plain, plain_zone;
  if (!unescape(name.substr(0, zone), part::host, plain)) return false;
  if (zone != std::string_view::npos && !unescape(name.substr(zone), part::zone, plain_zone)) return false;
  plain += plain_zone;
  if (!is_ip_literal(plain)) return false;
  host = "[" + plain + "]" + std::string(port);
  return true;
}

bool read_host(std::string_view scheme, std::string_view text, std::string& host) {
  std::size_t bracket = text.rfind('[');
  if (bracket == 0) return read_bracketed_host(text, host);
  if (bracket != std::string_view::npos) return false;
  // Databases write several hosts with ports; http has one colon at most.
  std::size_t colon = scheme == "http" || scheme == "https" ? text.find(':') : text.rfind(':');
  if (colon != std::string_view::npos && !is_optional_port(text.substr(colon))) return false;
  return unescape(text, part::host, host);
}

bool read_authority(std::string_view text, url& parsed) {
  std::size_t at = text.rfind('@');
  if (!read_host(parsed.scheme, at == std::string_view::npos ? text : text.substr(at + 1), parsed.host)) return false;
  if (at == std::string_view::npos) return true;
  std::string_view info = text.substr(0, at);
  for (char c : info) {
    if (!is_letter_or_digit(static_cast<unsigned char>(c)) && !is_one_of(c, "-._:~!$&'()*+,;=%@")) return false;
  }
  std::size_t colon = info.find(':');
  std::string name, password;
  if (!unescape(info.substr(0, colon), part::user, name)) return false;
  parsed.user = escape(name, part::user);
  if (colon == std::string_view::npos) return true;
  if (!unescape(info.substr(colon + 1), part::user, password)) return false;
  *parsed.user += ":" + escape(password, part::user);
  return true;
}

// The scheme with its colon taken off; false: there is a colon and no scheme before it.
bool take_scheme(std::string_view& text, std::string& scheme) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (letter) continue;
    if (c == ':') {
      if (i == 0) return false;
      for (char s : text.substr(0, i)) scheme += s >= 'A' && s <= 'Z' ? static_cast<char>(s - 'A' + 'a') : s;
      text.remove_prefix(i + 1);
      return true;
    }
    bool later = (c >= '0' && c <= '9') || is_one_of(c, "+-.");
    if (!later || i == 0) return true;
  }
  return true;
}

bool has_control_character(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7f; });
}

// `whole`: the text holds no fragment that was cut off it, so that "//host" is a path, as in a request line.
bool parse_parts(std::string_view text, bool whole, url& parsed) {
  if (has_control_character(text) || (whole && text.empty())) return false;
  if (text == "*") {
    parsed.escaped_path = "*";
    return true;
  }
  std::string_view rest = text;
  if (!take_scheme(rest, parsed.scheme)) return false;
  std::size_t question = rest.find('?');
  if (question != std::string_view::npos) {
    parsed.ends_with_question = question + 1 == rest.size();
    parsed.raw_query = rest.substr(question + 1);
    rest = rest.substr(0, question);
  }
  bool rooted = !rest.empty() && rest[0] == '/';
  if (!rooted && !parsed.scheme.empty()) {
    parsed.opaque = rest;
    return true;
  }
  if (!rooted && whole) return false;
  if (!rooted && rest.substr(0, rest.find('/')).find(':') != std::string_view::npos) return false;
  bool two_slashes = rest.substr(0, 2) == "//";
  if (two_slashes && (!parsed.scheme.empty() || (!whole && rest.substr(0, 3) != "///"))) {
    std::string_view authority = rest.substr(2);
    std::size_t slash = authority.find('/');
    rest = slash == std::string_view::npos ? std::string_view() : authority.substr(slash);
    if (!read_authority(authority.substr(0, slash), parsed)) return false;
  } else {
    parsed.omits_host = !parsed.scheme.empty();
  }
  return reescape(rest, part::path, parsed.escaped_path);
}

}  // namespace

bool is_request_uri(std::string_view text) {
  url parsed;
  return parse_parts(text, true, parsed);
}

std::optional<url> parse_url(std::string_view text) {
  if (!is_request_uri(text)) return std::nullopt;
  url parsed;
  std::size_t mark = text.find('#');
  if (!parse_parts(text.substr(0, mark), false, parsed)) return std::nullopt;
  if (mark != std::string_view::npos && !reescape(text.substr(mark + 1), part::fragment, parsed.escaped_fragment)) return std::nullopt;
  return parsed;
}

std::string host_name(const url& of) {
  std::string_view name = of.host;
  std::size_t colon = name.rfind(':');
  if (colon != std::string_view::npos && is_optional_port(name.substr(colon))) name = name.substr(0, colon);
  if (name.size() >= 2 && name.front() == '[' && name.back() == ']') name = name.substr(1, name.size() - 2);
  return std::string(name);
}

std::string port(const url& of) {
  std::size_t colon = of.host.rfind(':');
  bool is_port = colon != std::string::npos && is_optional_port(std::string_view(of.host).substr(colon));
  return is_port ? of.host.substr(colon + 1) : std::string();
}

std::map<std::string, std::vector<std::string>> query(const url& of) {
  std::map<std::string, std::vector<std::string>> found;
  std::string_view rest = of.raw_query;
  if (static_cast<std::size_t>(std::count(rest.begin(), rest.end(), '&')) >= most_query_parts) return found;
  while (!rest.empty()) {
    std::size_t end = rest.find('&');
    std::string_view one = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    if (one.empty() || one.find(';') != std::string_view::npos) continue;
    std::size_t equals = one.find('=');
    std::string key, given;
    if (!unescape(one.substr(0, equals), part::query, key)) continue;
    if (equals != std::string_view::npos && !unescape(one.substr(equals + 1), part::query, given)) continue;
    found[key].push_back(given);
  }
  return found;
}

std::string to_string(const url& of) {
  std::string text;
  if (!of.scheme.empty()) text = of.scheme + ":";
  if (!of.opaque.empty()) {
    text += of.opaque;
  } else {
    bool has_authority = !of.host.empty() || of.user.has_value();
    bool writes_empty_host = !of.scheme.empty() && !of.omits_host && !of.escaped_path.empty();
    if (has_authority || writes_empty_host) text += "//";
    if (of.user) text += *of.user + "@";
    text += escape(of.host, part::host);
    text += of.escaped_path;
  }
  if (of.ends_with_question || !of.raw_query.empty()) text += "?" + of.raw_query;
  if (!of.escaped_fragment.empty()) text += "#" + of.escaped_fragment;
  return text;
}

}  // namespace sekimori::cel

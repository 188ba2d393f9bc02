// cel: the k8s.url pack: URLs as Kubernetes' library has them. Entry point: kubernetes_url_pack. Reading them is url.hpp's.
#include "base/text.hpp"
#include "cel/cost/rules.hpp"
#include "cel/packs/support.hpp"
#include "cel/packs/url.hpp"

namespace sekimori::cel {
namespace {

using arguments = std::span<const value>;

constexpr std::string_view type = "kubernetes.URL";

// Keeps the text and reads it again where a part is asked for: nothing in an arena is destroyed.
class url_value final : public opaque_view {
 public:
  url_value(std::string_view written, std::string_view text) : written_(written), text_(text) {}
  std::string_view type_name() const override { return type; }
  bool equals(const opaque_view& other) const override { return static_cast<const url_value&>(other).text_ == text_; }
  std::string_view to_string() const override { return text_; }
  url held() const { return parse_url(written_).value_or(url()); }

 private:
  std::string_view written_;
  std::string_view text_;
};

url held(value given) { return static_cast<const url_value&>(given.as_opaque()).held(); }

value read(call_context& context, arguments given) {
  std::optional<url> parsed = parse_url(given[0].as_text());
  if (!parsed) return context.fail(evaluation_error_code::invalid_argument, "the string is no absolute URL or path");
  std::string_view written = context.memory.copy(given[0].as_text());
  return value::opaque(context.memory.make<url_value>(written, context.memory.copy(std::string_view(to_string(*parsed)))));
}

value is_url(call_context&, arguments given) { return value::boolean(is_request_uri(given[0].as_text())); }

// Escapes can hide bytes that are no text.
value text_or_error(call_context& context, const std::string& part) {
  if (invalid_utf8(part)) return context.fail(evaluation_error_code::conversion, "a part of the URL is not UTF-8");
  return make_string(context.memory, part);
}

value scheme(call_context& context, arguments given) { return text_or_error(context, held(given[0]).scheme); }
value host(call_context& context, arguments given) { return text_or_error(context, held(given[0]).host); }
value host_without_port(call_context& context, arguments given) { return text_or_error(context, host_name(held(given[0]))); }
value port_text(call_context& context, arguments given) { return text_or_error(context, port(held(given[0]))); }
value path(call_context& context, arguments given) { return text_or_error(context, held(given[0]).escaped_path); }

value query_map(call_context& context, arguments given) {
  std::vector<map_entry> entries;
  for (const auto& [key, texts] : query(held(given[0]))) {
    value name = text_or_error(context, key);
    if (name.is_error()) return name;
    std::vector<value> elements;
    for (const std::string& one : texts) {
      elements.push_back(text_or_error(context, one));
      if (elements.back().is_error()) return elements.back();
    }
    entries.push_back({name, make_list(context.memory, elements)});
  }
  return make_map(context.memory, entries);
}

using text = std::string_view;
constexpr text string[] = {"string"};
constexpr text one[] = {type};

constexpr overload url_overloads[] = {{"string_to_url", false, string, type, read, 0, &cost::text_parse}};
constexpr overload is_url_overloads[] = {{"is_url_string", false, string, "bool", is_url}};
constexpr overload scheme_overloads[] = {{"url_get_scheme", true, one, "string", scheme}};
constexpr overload host_overloads[] = {{"url_get_host", true, one, "string", host}};
constexpr overload hostname_overloads[] = {{"url_get_hostname", true, one, "string", host_without_port}};
constexpr overload port_overloads[] = {{"url_get_port", true, one, "string", port_text}};
constexpr overload path_overloads[] = {{"url_get_escaped_path", true, one, "string", path}};
constexpr overload query_overloads[] = {{"url_get_query", true, one, "map(string, list(string))", query_map}};

constexpr text pack = "k8s.url";
constexpr function_row rows[] = {
    {"url", pack, url_overloads, 2, "The URL that a text names: an absolute URI or an absolute path.",
     "文字列が示す URL(絶対 URI 又は絶対パス)。"},
    {"isURL", pack, is_url_overloads, 2, "Whether a text is an absolute URI or an absolute path.", "文字列が絶対 URI 又は絶対パスか。"},
    {"getScheme", pack, scheme_overloads, 1, "The scheme in lower case, or \"\".", "スキーム(小文字)。なければ空文字列。"},
    {"getHost", pack, host_overloads, 1, "The host with its port; an IPv6 address in brackets.", "ポートを含むホスト。IPv6 アドレスは角括弧付き。"},
    {"getHostname", pack, hostname_overloads, 1, "The host without port and brackets.", "ポートと角括弧を除いたホスト。"},
    {"getPort", pack, port_overloads, 1, "The port, or \"\".", "ポート。なければ空文字列。"},
    {"getEscapedPath", pack, path_overloads, 1, "The path with its escapes.", "エスケープされたパス。"},
    {"getQuery", pack, query_overloads, 2, "The query's keys, each with its values in order, unescaped.",
     "クエリのキーごとに、値を順に並べたリスト(エスケープを戻したもの)。"},
};

}  // namespace

std::span<const function_row> kubernetes_url_pack() { return rows; }

}  // namespace sekimori::cel

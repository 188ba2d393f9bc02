// cel: the rows of the cloud pack: helpers that conditions over cloud configurations need. Entry point:
// cloud_pack. The bodies are in pack_cloud_*.cpp.
#include "cel/packs/cloud.hpp"

#include "cel/cost/rules.hpp"

namespace sekimori::cel {
namespace {

using text = std::string_view;
constexpr text any[] = {"dyn"};
constexpr text string[] = {"string"};
constexpr text integer[] = {"int"};
constexpr text two_integers[] = {"int", "int"};
constexpr text list[] = {"list(dyn)"};
constexpr text strings[] = {"list(string)"};
constexpr text document[] = {"map(string, dyn)"};
constexpr text instant[] = {"google.protobuf.Timestamp"};
constexpr text ports[] = {"ports"};
constexpr text ports_integer[] = {"ports", "int"};
constexpr text ports_ports[] = {"ports", "ports"};
constexpr text ports_integers[] = {"ports", "list(int)"};

constexpr overload ports_range[] = {{"ports_int_int", false, two_integers, "ports", cloud::ports_range}};
constexpr overload ports_all[] = {{"ports_all", false, {}, "ports", cloud::ports_all}};
constexpr overload ports_none[] = {{"ports_none", false, {}, "ports", cloud::ports_none}};
constexpr overload ports_single[] = {{"ports_single_int", false, integer, "ports", cloud::ports_single}};
constexpr overload ports_parse[] = {
    {"ports_parse_string", false, string, "ports", cloud::ports_parse_text, 0, &cost::text_scan},
    {"ports_parse_int", false, integer, "ports", cloud::ports_single},
    {"ports_parse_list", false, list, "ports", cloud::ports_parse_list, 0, &cost::list_scan},
};
constexpr overload ports_contains[] = {{"ports_contains_int", true, ports_integer, "bool", cloud::ports_contains}};
constexpr overload ports_overlaps[] = {{"ports_overlaps_ports", true, ports_ports, "bool", cloud::ports_overlaps}};
constexpr overload ports_intersects[] = {
    {"ports_intersects_list", true, ports_integers, "bool", cloud::ports_intersects},
};
constexpr overload ports_is_all[] = {{"ports_is_all", true, ports, "bool", cloud::ports_is_all}};
constexpr overload ports_is_empty[] = {{"ports_is_empty", true, ports, "bool", cloud::ports_is_empty}};
constexpr overload ports_union[] = {{"ports_union_ports", true, ports_ports, "ports", cloud::ports_union}};
constexpr overload ports_to_string[] = {{"ports_to_string", false, ports, "string", cloud::ports_to_string}};
constexpr overload is_any_source[] = {{"cloud_is_any_source_string", false, string, "bool", cloud::is_any_source, 0, &cost::text_scan}};
constexpr overload is_public_source[] = {
    {"cloud_is_public_source_string", false, string, "bool", cloud::is_public_source, 0, &cost::text_scan},
};
constexpr overload digest[] = {{"cloud_digest_dyn", false, any, "string", cloud::digest, 0, &cost::list_scan}};
constexpr overload tag_pairs[] = {{"cloud_tag_pairs_list", false, strings, "map(string, string)", cloud::tag_pairs, 0, &cost::list_scan}};
constexpr overload json_parse[] = {{"json_parse_string", false, string, "dyn", cloud::json_parse, 0, &cost::text_scan}};
constexpr overload policy_statements[] = {
    {"policy_statements_string", false, string, "list(map(string, dyn))", cloud::policy_statements, 0, &cost::text_scan},
    {"policy_statements_map", false, document, "list(map(string, dyn))", cloud::policy_statements, 0, &cost::list_scan},
};
constexpr overload date[] = {{"cloud_date_string", false, string, "google.protobuf.Timestamp", cloud::date, 0, &cost::text_scan}};
constexpr overload end_of_day[] = {
    {"cloud_end_of_day_string", false, string, "google.protobuf.Timestamp", cloud::end_of_day, 0, &cost::text_scan},
};
constexpr text two_strings[] = {"string", "string"};
constexpr text string_integer[] = {"string", "int"};
constexpr overload days_between[] = {{"cloud_days_between_string_string", false, two_strings, "int", cloud::days_between, 0, &cost::text_scan}};
constexpr overload add_days[] = {{"cloud_add_days_string_int", false, string_integer, "string", cloud::add_days, 0, &cost::text_scan}};
constexpr overload fiscal_year[] = {{"cloud_fiscal_year_timestamp", false, instant, "int", cloud::fiscal_year}};
constexpr overload jst_date[] = {{"cloud_jst_date_timestamp", false, instant, "string", cloud::jst_date}};

constexpr function_row rows[] = {
    {"ports", "cloud", ports_range, 1, "The ports from the first to the second number, both included.",
     "最初の番号から次の番号まで(両端を含む)のポートの集合。"},
    {"ports.all", "cloud", ports_all, 1, "Every port, 0 to 65535.", "すべてのポート(0から65535まで)。"},
    {"ports.none", "cloud", ports_none, 1, "No port.", "空のポートの集合。"},
    {"ports.single", "cloud", ports_single, 1, "The one port of this number.", "1つのポートだけの集合。"},
    {"ports.parse", "cloud", ports_parse, 2,
     "The ports that a text, a number or a list of them names: \"22,80-90\"; \"*\" is every port.",
     "文字列、番号又はそれらのリストが示すポートの集合。例: \"22,80-90\"。\"*\" はすべてのポート。"},
    {"contains", "cloud", ports_contains, 1, "Whether the port of this number is among the ports.", "その番号のポートを含むか。"},
    {"overlaps", "cloud", ports_overlaps, 1, "Whether two sets of ports have a port in common.", "2つの集合に共通するポートがあるか。"},
    {"intersects", "cloud", ports_intersects, 2, "Whether one of the listed numbers is among the ports.",
     "リストの番号のいずれかのポートを含むか。"},
    {"isAll", "cloud", ports_is_all, 1,
     "Whether every port from 1 to 65535 is among the ports.", "1から65535までのすべてのポートを含むか。"},
    {"isEmpty", "cloud", ports_is_empty, 1, "Whether there is no port.", "ポートが1つもないか。"},
    {"union", "cloud", ports_union, 1, "The ports of both.", "両方の集合のポートを合わせた集合。"},
    {"string", "cloud", ports_to_string, 1, "The ports as text: \"22,80-90\"; \"none\" where there is none.",
     "ポートの集合を文字列にする。例: \"22,80-90\"。空の集合は \"none\"。"},
    {"cloud.isAnySource", "cloud", is_any_source, 2,
     "Whether a source of a network rule means every address: \"\", \"*\", \"any\", \"internet\", \"0.0.0.0/0\", \"::/0\".",
     "通信規則の送信元がすべてのアドレスを意味するか(\"\"、\"*\"、\"any\"、\"internet\"、\"0.0.0.0/0\"、\"::/0\")。"},
    {"cloud.isPublicSource", "cloud", is_public_source, 2,
     "Whether a source of a network rule includes addresses of the internet: any source, or an address, block or range with a public "
     "address in it. Names and service tags are not public; an address that cannot be read is an error.",
     "通信規則の送信元がインターネットのアドレスを含むか。名前やサービスタグは含まないものとし、読み取れないアドレスはエラーとする。"},
    {"cloud.digest", "cloud", digest, 3,
     "A short text that stays the same for the same value and names it among others; secret leaves are left out.",
     "同じ値なら常に同じになる短い識別用文字列。秘匿値は計算に含めない。"},
    {"cloud.tagPairs", "cloud", tag_pairs, 2,
     "The map that a list of \"key=value\" texts means; a text without = is a key with \"\".",
     "\"キー=値\" のリストを map にする。= のない要素は値が \"\" のキーとする。"},
    {"json.parse", "cloud", json_parse, 3,
     "The value that a JSON text means. A text that is not JSON or repeats a key is an error.",
     "JSON文字列を値にする。JSONでない文字列とキーの重複はエラーとする。"},
    {"policy.statements", "cloud", policy_statements, 3,
     "The statements of an IAM policy document, given as its text (plain or percent-encoded) or as a map, each a map with effect, actions, not_actions, resources, not_resources, principals, "
     "not_principals (lists of strings), has_condition and conditions (a list of maps with operator, key and values).",
     "IAMポリシー文書(文字列(パーセント符号化されたものを含む。)又は map)のステートメントのリスト。各要素は effect、actions、not_actions、resources、not_resources、principals、"
     "not_principals(文字列のリスト)、has_condition 及び conditions(operator、key、values を持つ map のリスト)を持つ map。"},
    {"cloud.date", "cloud", date, 1,
     "The beginning, in Japan, of a day written as 2027-03-31.", "日本時間のその日の0時0分。例: 2027-03-31。"},
    {"cloud.endOfDay", "cloud", end_of_day, 1, "The last second, in Japan, of a day written as 2027-03-31.",
     "日本時間のその日の23時59分59秒。例: 2027-03-31。"},
    {"cloud.daysBetween", "cloud", days_between, 1, "The days from the first to the second day, both written as 2027-03-31; negative where the second is earlier.",
     "最初の日から次の日までの日数。例: 2027-03-31。次の日が前なら負の数。"},
    {"cloud.addDays", "cloud", add_days, 1, "The day so many days after a day written as 2027-03-31.", "その日から指定した日数だけ後の日。例: 2027-03-31。"},
    {"cloud.fiscalYear", "cloud", fiscal_year, 1,
     "The Japanese fiscal year of an instant: it begins on 1 April, Japan time.",
     "その時刻が属する年度(日本時間の4月1日に始まる)。"},
    {"cloud.jstDate", "cloud", jst_date, 1,
     "The day of an instant in Japan, as 2027-03-31.", "その時刻の日本時間での日付。例: 2027-03-31。"},
};

}  // namespace

std::span<const function_row> cloud_pack() { return rows; }

}  // namespace sekimori::cel

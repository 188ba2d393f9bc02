// cel: the standard pack: cel-spec's operators and functions as rows. Entry point: standard_pack.
// Operators have no body: the evaluator carries them out itself.
#include "cel/packs/standard.hpp"
#include "cel/cost/rules.hpp"

namespace sekimori::cel {
namespace {

using texts = const std::string_view[];
using namespace standard;

constexpr texts bool1 = {"bool"};
constexpr texts bool2 = {"bool", "bool"};
constexpr texts int1 = {"int"};
constexpr texts int2 = {"int", "int"};
constexpr texts uint1 = {"uint"};
constexpr texts uint2 = {"uint", "uint"};
constexpr texts double1 = {"double"};
constexpr texts double2 = {"double", "double"};
constexpr texts string1 = {"string"};
constexpr texts string2 = {"string", "string"};
constexpr texts bytes1 = {"bytes"};
constexpr texts bytes2 = {"bytes", "bytes"};
constexpr texts timestamp1 = {"timestamp"};
constexpr texts timestamp2 = {"timestamp", "timestamp"};
constexpr texts timestamp_string = {"timestamp", "string"};
constexpr texts timestamp_duration = {"timestamp", "duration"};
constexpr texts duration1 = {"duration"};
constexpr texts duration2 = {"duration", "duration"};
constexpr texts duration_timestamp = {"duration", "timestamp"};
constexpr texts int_uint = {"int", "uint"};
constexpr texts int_double = {"int", "double"};
constexpr texts uint_int = {"uint", "int"};
constexpr texts uint_double = {"uint", "double"};
constexpr texts double_int = {"double", "int"};
constexpr texts double_uint = {"double", "uint"};
constexpr texts any1 = {"A"};
constexpr texts any2 = {"A", "A"};
constexpr texts choice = {"bool", "A", "A"};
constexpr texts list1 = {"list(A)"};
constexpr texts list2 = {"list(A)", "list(A)"};
constexpr texts list_int = {"list(A)", "int"};
constexpr texts map1 = {"map(A, B)"};
constexpr texts map_key = {"map(A, B)", "A"};
constexpr texts in_list = {"A", "list(A)"};
constexpr texts in_map = {"A", "map(A, B)"};

constexpr overload logical_and[] = {{"logical_and", false, bool2, "bool", nullptr, 0, &cost::logic}};
constexpr overload logical_or[] = {{"logical_or", false, bool2, "bool", nullptr, 0, &cost::logic}};
constexpr overload logical_not[] = {{"logical_not", false, bool1, "bool", nullptr}};
constexpr overload conditional[] = {{"conditional", false, choice, "A", nullptr, 0, &cost::choice}};
constexpr overload equal[] = {{"equals", false, any2, "bool", nullptr, 0, &cost::compare}};
constexpr overload not_equal[] = {{"not_equals", false, any2, "bool", nullptr, 0, &cost::compare}};

#define SEKIMORI_ORDER(prefix)                                                                                             \
  {prefix "_bool", false, bool2, "bool", nullptr}, {prefix "_int64", false, int2, "bool", nullptr},                        \
      {prefix "_int64_double", false, int_double, "bool", nullptr}, {prefix "_int64_uint64", false, int_uint, "bool", nullptr}, \
      {prefix "_uint64", false, uint2, "bool", nullptr}, {prefix "_uint64_double", false, uint_double, "bool", nullptr},   \
      {prefix "_uint64_int64", false, uint_int, "bool", nullptr}, {prefix "_double", false, double2, "bool", nullptr},     \
      {prefix "_double_int64", false, double_int, "bool", nullptr}, {prefix "_double_uint64", false, double_uint, "bool", nullptr}, \
      {prefix "_string", false, string2, "bool", nullptr, 0, &cost::compare},                                              \
      {prefix "_bytes", false, bytes2, "bool", nullptr, 0, &cost::compare},                                                \
      {prefix "_timestamp", false, timestamp2, "bool", nullptr}, {prefix "_duration", false, duration2, "bool", nullptr}
constexpr overload less[] = {SEKIMORI_ORDER("less")};
constexpr overload less_equals[] = {SEKIMORI_ORDER("less_equals")};
constexpr overload greater[] = {SEKIMORI_ORDER("greater")};
constexpr overload greater_equals[] = {SEKIMORI_ORDER("greater_equals")};
#undef SEKIMORI_ORDER

// The order of the overloads is cel-go's: where an operand's type is open, as in {}.k + 1.0, the first
// that fits decides it.
constexpr overload add[] = {
    {"add_bytes", false, bytes2, "bytes", nullptr, 0, &cost::join_texts},
    {"add_double", false, double2, "double", nullptr},
    {"add_duration_duration", false, duration2, "duration", nullptr},
    {"add_duration_timestamp", false, duration_timestamp, "timestamp", nullptr},
    {"add_timestamp_duration", false, timestamp_duration, "timestamp", nullptr},
    {"add_int64", false, int2, "int", nullptr},
    {"add_list", false, list2, "list(A)", nullptr, 0, &cost::join_lists},
    {"add_string", false, string2, "string", nullptr, 0, &cost::join_texts},
    {"add_uint64", false, uint2, "uint", nullptr},
};
constexpr overload subtract[] = {
    {"subtract_double", false, double2, "double", nullptr},
    {"subtract_duration_duration", false, duration2, "duration", nullptr},
    {"subtract_int64", false, int2, "int", nullptr},
    {"subtract_timestamp_duration", false, timestamp_duration, "timestamp", nullptr},
    {"subtract_timestamp_timestamp", false, timestamp2, "duration", nullptr},
    {"subtract_uint64", false, uint2, "uint", nullptr},
};
constexpr overload multiply[] = {
    {"multiply_double", false, double2, "double", nullptr},
    {"multiply_int64", false, int2, "int", nullptr},
    {"multiply_uint64", false, uint2, "uint", nullptr},
};
constexpr overload divide[] = {
    {"divide_double", false, double2, "double", nullptr},
    {"divide_int64", false, int2, "int", nullptr},
    {"divide_uint64", false, uint2, "uint", nullptr},
};
constexpr overload modulo[] = {
    {"modulo_int64", false, int2, "int", nullptr},
    {"modulo_uint64", false, uint2, "uint", nullptr},
};
constexpr overload negate[] = {
    {"negate_double", false, double1, "double", nullptr},
    {"negate_int64", false, int1, "int", nullptr},
};
constexpr overload in[] = {
    {"in_list", false, in_list, "bool", nullptr, 0, &cost::in_list},
    {"in_map", false, in_map, "bool", nullptr},
};
constexpr overload index[] = {
    {"index_list", false, list_int, "A", nullptr, 0, &cost::element_of_container},
    {"index_map", false, map_key, "B", nullptr, 0, &cost::element_of_container},
};
constexpr overload sizes[] = {
    {"size_bytes", false, bytes1, "int", size},  {"bytes_size", true, bytes1, "int", size},
    {"size_list", false, list1, "int", size},    {"list_size", true, list1, "int", size},
    {"size_map", false, map1, "int", size},      {"map_size", true, map1, "int", size},
    {"size_string", false, string1, "int", size}, {"string_size", true, string1, "int", size},
};
constexpr overload contains_text[] = {{"contains_string", true, string2, "bool", contains, 0, &cost::text_contains}};
constexpr overload starts_with_text[] = {{"starts_with_string", true, string2, "bool", starts_with, 0, &cost::text_begins}};
constexpr overload ends_with_text[] = {{"ends_with_string", true, string2, "bool", ends_with, 0, &cost::text_begins}};
constexpr overload matches_text[] = {
    {"matches", false, string2, "bool", nullptr, 0, &cost::text_matches},
    {"matches_string", true, string2, "bool", nullptr, 0, &cost::text_matches},
};

constexpr texts type1 = {"A"};
constexpr overload type_function[] = {{"type", false, type1, "type(A)", type_of}};
constexpr overload dyn_function[] = {{"to_dyn", false, any1, "dyn", same}};
constexpr overload int_function[] = {
    {"int64_to_int64", false, int1, "int", same},       {"uint64_to_int64", false, uint1, "int", to_int},
    {"double_to_int64", false, double1, "int", to_int}, {"duration_to_int64", false, duration1, "int", to_int},
    {"string_to_int64", false, string1, "int", to_int},
    {"timestamp_to_int64", false, timestamp1, "int", to_int},
};
constexpr overload uint_function[] = {
    {"uint64_to_uint64", false, uint1, "uint", same},
    {"int64_to_uint64", false, int1, "uint", to_uint},
    {"double_to_uint64", false, double1, "uint", to_uint},
    {"string_to_uint64", false, string1, "uint", to_uint},
};
constexpr overload double_function[] = {
    {"double_to_double", false, double1, "double", same},
    {"int64_to_double", false, int1, "double", to_double},
    {"uint64_to_double", false, uint1, "double", to_double},
    {"string_to_double", false, string1, "double", to_double},
};
constexpr overload bool_function[] = {
    {"bool_to_bool", false, bool1, "bool", same},
    {"string_to_bool", false, string1, "bool", to_bool},
};
constexpr overload string_function[] = {
    {"string_to_string", false, string1, "string", same},
    {"bool_to_string", false, bool1, "string", to_string},
    {"int64_to_string", false, int1, "string", to_string},
    {"uint64_to_string", false, uint1, "string", to_string},
    {"double_to_string", false, double1, "string", to_string},
    {"bytes_to_string", false, bytes1, "string", to_string, 0, &cost::bytes_to_text},
    {"timestamp_to_string", false, timestamp1, "string", to_string},
    {"duration_to_string", false, duration1, "string", to_string},
};
constexpr overload bytes_function[] = {
    {"bytes_to_bytes", false, bytes1, "bytes", same},
    {"string_to_bytes", false, string1, "bytes", to_bytes, 0, &cost::text_to_bytes},
};
constexpr overload timestamp_function[] = {
    {"timestamp_to_timestamp", false, timestamp1, "timestamp", same},
    {"string_to_timestamp", false, string1, "timestamp", to_timestamp},
    {"int64_to_timestamp", false, int1, "timestamp", to_timestamp},
};
constexpr overload duration_function[] = {
    {"duration_to_duration", false, duration1, "duration", same},
    {"string_to_duration", false, string1, "duration", to_duration},
};

constexpr overload full_year[] = {
    {"timestamp_to_year", true, timestamp1, "int", get<part::full_year>},
    {"timestamp_to_year_with_tz", true, timestamp_string, "int", get<part::full_year>},
};
constexpr overload month[] = {
    {"timestamp_to_month", true, timestamp1, "int", get<part::month>},
    {"timestamp_to_month_with_tz", true, timestamp_string, "int", get<part::month>},
};
constexpr overload day_of_year[] = {
    {"timestamp_to_day_of_year", true, timestamp1, "int", get<part::day_of_year>},
    {"timestamp_to_day_of_year_with_tz", true, timestamp_string, "int", get<part::day_of_year>},
};
constexpr overload day_of_month[] = {
    {"timestamp_to_day_of_month", true, timestamp1, "int", get<part::day_of_month>},
    {"timestamp_to_day_of_month_with_tz", true, timestamp_string, "int", get<part::day_of_month>},
};
constexpr overload date[] = {
    {"timestamp_to_day_of_month_1_based", true, timestamp1, "int", get<part::date>},
    {"timestamp_to_day_of_month_1_based_with_tz", true, timestamp_string, "int", get<part::date>},
};
constexpr overload day_of_week[] = {
    {"timestamp_to_day_of_week", true, timestamp1, "int", get<part::day_of_week>},
    {"timestamp_to_day_of_week_with_tz", true, timestamp_string, "int", get<part::day_of_week>},
};
constexpr overload hours[] = {
    {"timestamp_to_hours", true, timestamp1, "int", get<part::hours>},
    {"timestamp_to_hours_with_tz", true, timestamp_string, "int", get<part::hours>},
    {"duration_to_hours", true, duration1, "int", get<part::hours>},
};
constexpr overload minutes[] = {
    {"timestamp_to_minutes", true, timestamp1, "int", get<part::minutes>},
    {"timestamp_to_minutes_with_tz", true, timestamp_string, "int", get<part::minutes>},
    {"duration_to_minutes", true, duration1, "int", get<part::minutes>},
};
constexpr overload seconds[] = {
    {"timestamp_to_seconds", true, timestamp1, "int", get<part::seconds>},
    {"timestamp_to_seconds_tz", true, timestamp_string, "int", get<part::seconds>},
    {"duration_to_seconds", true, duration1, "int", get<part::seconds>},
};
constexpr overload milliseconds[] = {
    {"timestamp_to_milliseconds", true, timestamp1, "int", get<part::milliseconds>},
    {"timestamp_to_milliseconds_with_tz", true, timestamp_string, "int", get<part::milliseconds>},
    {"duration_to_milliseconds", true, duration1, "int", get<part::milliseconds>},
};

constexpr std::string_view pack = "standard";
constexpr function_row rows[] = {
    {"_&&_", pack, logical_and, 0, "both are true; false decides over errors", "両方が真。偽であればエラーより優先する"},
    {"_||_", pack, logical_or, 0, "one is true; true decides over errors", "いずれかが真。真であればエラーより優先する"},
    {"!_", pack, logical_not, 0, "the opposite of a bool", "真偽の反転"},
    {"_?_:_", pack, conditional, 0, "the second operand if the first is true, else the third", "条件が真なら2番目、偽なら3番目の値"},
    {"_==_", pack, equal, 1, "equality, numbers by value across types", "等しいこと。数値は型をまたいで値で比べる"},
    {"_!=_", pack, not_equal, 1, "inequality", "等しくないこと"},
    {"_<_", pack, less, 1, "less than", "より小さいこと"},
    {"_<=_", pack, less_equals, 1, "less than or equal", "以下であること"},
    {"_>_", pack, greater, 1, "greater than", "より大きいこと"},
    {"_>=_", pack, greater_equals, 1, "greater than or equal", "以上であること"},
    {"_+_", pack, add, 1, "sum of numbers and times; texts or lists joined", "数や日時の和。文字列やリストの連結"},
    {"_-_", pack, subtract, 1, "difference", "差"},
    {"_*_", pack, multiply, 1, "product", "積"},
    {"_/_", pack, divide, 1, "quotient; division of integers by zero is an error", "商。整数を0で割るとエラー", constant_check::argument},
    {"_%_", pack, modulo, 1, "remainder", "剰余", constant_check::argument},
    {"-_", pack, negate, 1, "the negative of a number", "符号の反転"},
    {"@in", pack, in, 2, "whether a list has an equal element or a map the key", "リストの要素又はマップのキーに含まれること"},
    {"_[_]", pack, index, 1, "the element at an index or under a key", "添字又はキーで指す要素"},
    {"size", pack, sizes, 1, "code points of a string, bytes, elements or entries", "文字数、バイト数、要素数又は項目数"},
    {"contains", pack, contains_text, 2, "whether the string holds another", "文字列を含むこと"},
    {"startsWith", pack, starts_with_text, 2, "whether the string begins with another", "文字列で始まること"},
    {"endsWith", pack, ends_with_text, 2, "whether the string ends with another", "文字列で終わること"},
    {"matches", pack, matches_text, 3, "whether an RE2 regular expression is found in the string", "正規表現 (RE2) に一致する部分があること", constant_check::pattern},
    {"type", pack, type_function, 1, "the type of a value", "値の型"},
    {"dyn", pack, dyn_function, 0, "the value, its type not checked", "型検査をしない値"},
    {"int", pack, int_function, 1, "as an int", "整数 (int) への変換"},
    {"uint", pack, uint_function, 1, "as a uint", "符号なし整数 (uint) への変換"},
    {"double", pack, double_function, 1, "as a double", "浮動小数点数 (double) への変換"},
    {"bool", pack, bool_function, 1, "as a bool", "真偽値への変換"},
    {"string", pack, string_function, 2, "as a string", "文字列への変換"},
    {"bytes", pack, bytes_function, 2, "as bytes", "バイト列への変換"},
    {"timestamp", pack, timestamp_function, 2, "an instant from RFC 3339 text or seconds since 1970", "日時への変換 (RFC 3339 の文字列又は1970年からの秒数)"},
    {"duration", pack, duration_function, 2, "a length of time from text such as 1h30m", "期間への変換 (1h30m のような文字列)"},
    {"getFullYear", pack, full_year, 2, "the year", "年", constant_check::argument},
    {"getMonth", pack, month, 2, "the month, 0 is January", "月 (0が1月)", constant_check::argument},
    {"getDayOfYear", pack, day_of_year, 2, "the day of the year, from 0", "年の初めからの日数 (0から)", constant_check::argument},
    {"getDayOfMonth", pack, day_of_month, 2, "the day of the month, from 0", "月の初めからの日数 (0から)", constant_check::argument},
    {"getDate", pack, date, 2, "the day of the month, from 1", "日 (1から)", constant_check::argument},
    {"getDayOfWeek", pack, day_of_week, 2, "the day of the week, 0 is Sunday", "曜日 (0が日曜日)", constant_check::argument},
    {"getHours", pack, hours, 2, "the hour, or the whole hours of a duration", "時、又は期間の時間数", constant_check::argument},
    {"getMinutes", pack, minutes, 2, "the minute, or the whole minutes of a duration", "分、又は期間の分数", constant_check::argument},
    {"getSeconds", pack, seconds, 2, "the second, or the whole seconds of a duration", "秒、又は期間の秒数", constant_check::argument},
    {"getMilliseconds", pack, milliseconds, 2, "the milliseconds within the second", "秒未満のミリ秒", constant_check::argument},
};

}  // namespace

std::span<const function_row> standard_pack() { return rows; }

}  // namespace sekimori::cel

// cel: the k8s.semver pack: semantic versions as Kubernetes' library has them. Entry point: kubernetes_semver_pack.
#include <limits>

#include "cel/cost/rules.hpp"
#include "cel/packs/semantic_version.hpp"
#include "cel/packs/support.hpp"

namespace sekimori::cel {
namespace {

using arguments = std::span<const value>;

constexpr std::string_view type = "kubernetes.Semver";

class version_value final : public opaque_view {
 public:
  explicit version_value(std::string_view text) : text_(text) {}
  std::string_view type_name() const override { return type; }
  bool equals(const opaque_view& other) const override {
    return compare(held(), static_cast<const version_value&>(other).held()) == 0;
  }
  std::string_view to_string() const override { return text_; }
  semantic_version held() const {
    semantic_version parsed;
    parse_version(text_, false, parsed);
    return parsed;
  }

 private:
  std::string_view text_;  // in canonical form
};

semantic_version held(value given) { return static_cast<const version_value&>(given.as_opaque()).held(); }

bool normalizes(arguments given) { return given.size() == 2 && given[1].as_boolean(); }

value read(call_context& context, arguments given) {
  semantic_version parsed;
  if (!parse_version(given[0].as_text(), normalizes(given), parsed)) {
    return context.fail(evaluation_error_code::invalid_argument, "the string is no semantic version");
  }
  return value::opaque(context.memory.make<version_value>(context.memory.copy(std::string_view(to_string(parsed)))));
}

value is_version(call_context&, arguments given) {
  semantic_version parsed;
  return value::boolean(parse_version(given[0].as_text(), normalizes(given), parsed));
}

value number(call_context& context, std::uint64_t part) {
  if (part > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
    return context.fail(evaluation_error_code::overflow, "the number is too large for an int");
  }
  return value::integer(static_cast<std::int64_t>(part));
}

value major_of(call_context& context, arguments given) { return number(context, held(given[0]).major); }
value minor_of(call_context& context, arguments given) { return number(context, held(given[0]).minor); }
value patch_of(call_context& context, arguments given) { return number(context, held(given[0]).patch); }
value greater(call_context&, arguments given) { return value::boolean(compare(held(given[0]), held(given[1])) > 0); }
value less(call_context&, arguments given) { return value::boolean(compare(held(given[0]), held(given[1])) < 0); }
value order(call_context&, arguments given) { return value::integer(compare(held(given[0]), held(given[1]))); }

using text = std::string_view;
constexpr text string[] = {"string"};
constexpr text string_bool[] = {"string", "bool"};
constexpr text one[] = {type};
constexpr text two[] = {type, type};

constexpr overload semver_overloads[] = {
    {"string_to_semver", false, string, type, read, 0, &cost::text_parse},
    {"string_bool_to_semver", false, string_bool, type, read, 1, &cost::text_parse},
};
constexpr overload is_semver_overloads[] = {
    {"is_semver_string", false, string, "bool", is_version, 0, &cost::text_parse},
    {"is_semver_string_bool", false, string_bool, "bool", is_version, 1, &cost::text_parse},
};
constexpr overload greater_overloads[] = {{"semver_is_greater_than", true, two, "bool", greater}};
constexpr overload less_overloads[] = {{"semver_is_less_than", true, two, "bool", less}};
constexpr overload order_overloads[] = {{"semver_compare_to", true, two, "int", order}};
constexpr overload major_overloads[] = {{"semver_major", true, one, "int", major_of}};
constexpr overload minor_overloads[] = {{"semver_minor", true, one, "int", minor_of}};
constexpr overload patch_overloads[] = {{"semver_patch", true, one, "int", patch_of}};

constexpr text pack = "k8s.semver";
constexpr function_row rows[] = {
    {"semver", pack, semver_overloads, 2,
     "The semantic version that a text names. With true, a leading v, missing numbers and leading zeros are put right first.",
     "文字列が示すセマンティックバージョン。true を渡すと、先頭の v、欠けた番号、先行ゼロを補正してから読む。"},
    {"isSemver", pack, is_semver_overloads, 2, "Whether a text is a semantic version.", "文字列がセマンティックバージョンか。"},
    {"isGreaterThan", pack, greater_overloads, 1, "Whether a version is later than another.", "別のバージョンより新しいか。"},
    {"isLessThan", pack, less_overloads, 1, "Whether a version is earlier than another.", "別のバージョンより古いか。"},
    {"compareTo", pack, order_overloads, 1, "1, 0 or -1 where a version is later, equal, earlier.", "新しければ1、等しければ0、古ければ-1。"},
    {"major", pack, major_overloads, 1, "The major version.", "メジャーバージョン。"},
    {"minor", pack, minor_overloads, 1, "The minor version.", "マイナーバージョン。"},
    {"patch", pack, patch_overloads, 1, "The patch version.", "パッチバージョン。"},
};

}  // namespace

std::span<const function_row> kubernetes_semver_pack() { return rows; }

}  // namespace sekimori::cel

// inventory: the credential report of IAM: the CSV that the console and the API give, or the API's answer with the CSV in base64
// (`aws iam get-credential-report`). Entry point: aws_credential_report_reader. Each user of an account is a row, and so is root.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
#include <set>

#include "inventory/exported.hpp"
#include "inventory/reading.hpp"
#include "value/forms.hpp"

namespace sekimori::inventory {
namespace {

constexpr auto text = csv_cell::text;
constexpr auto word = csv_cell::word;
constexpr auto flag = csv_cell::flag;
constexpr auto moment = csv_cell::moment;
constexpr auto optional = csv_presence::optional;
constexpr auto needed = csv_presence::needed;
constexpr auto distinctive = csv_presence::distinctive;

// The last column is in the guide, and not yet in every report.
constexpr csv_column columns[] = {
    {"user", "user", text, distinctive},
    {"arn", "arn", text, distinctive},
    {"user_creation_time", "user_creation_time", moment, needed},
    {"password_enabled", "password_enabled", flag, distinctive},
    {"password_last_used", "password_last_used", moment, needed},
    {"password_last_changed", "password_last_changed", moment, needed},
    {"password_next_rotation", "password_next_rotation", moment, needed},
    {"mfa_active", "mfa_active", flag, distinctive},
    {"access_key_1_active", "access_key_1_active", flag, needed},
    {"access_key_1_last_rotated", "access_key_1_last_rotated", moment, needed},
    {"access_key_1_last_used_date", "access_key_1_last_used_date", moment, needed},
    {"access_key_1_last_used_region", "access_key_1_last_used_region", word, optional},
    {"access_key_1_last_used_service", "access_key_1_last_used_service", word, optional},
    {"access_key_2_active", "access_key_2_active", flag, needed},
    {"access_key_2_last_rotated", "access_key_2_last_rotated", moment, needed},
    {"access_key_2_last_used_date", "access_key_2_last_used_date", moment, needed},
    {"access_key_2_last_used_region", "access_key_2_last_used_region", word, optional},
    {"access_key_2_last_used_service", "access_key_2_last_used_service", word, optional},
    {"cert_1_active", "cert_1_active", flag, optional},
    {"cert_1_last_rotated", "cert_1_last_rotated", moment, optional},
    {"cert_2_active", "cert_2_active", flag, optional},
    {"cert_2_last_rotated", "cert_2_last_rotated", moment, optional},
    {"additional_credentials_info", "additional_credentials_info", word, optional},
};
// What has nothing to say is absent; that a password was never used is then told by its being there.
constexpr std::string_view nothing[] = {"N/A", "no_information", "not_supported"};
constexpr csv_export reports[] = {{"aws-credential-report", "users", columns, nothing,
                                   "give the report as IAM makes it: aws iam get-credential-report --query Content --output text | base64 -d > report.csv"}};

constexpr std::string_view type_of_rows = "aws-api:iam.CredentialReport";

class report_reader final : public format_reader {
 public:
  std::string_view name() const override { return reports[0].format; }
  std::string_view stage() const override { return "inventory"; }
  std::string_view title() const override { return "a credential report of AWS IAM"; }
  bool recognises(const document_node& root) const override { return root.field("Content").is_string() && root.field("ReportFormat").text() == "text/csv"; }
  std::span<const csv_export> csv_exports() const override { return reports; }
  std::optional<std::vector<std::string>> types_like(std::string_view type) const override {
    if (!type.starts_with(type_of_rows.substr(0, type_of_rows.find(':') + 1))) return std::nullopt;
    return std::vector{std::string(type_of_rows)};
  }

  void read(const document_node& root, reading& into) const override {
    if (recognises(root)) return answer(root, into);
    rows(root, into);
  }

 private:
  static void answer(const document_node& root, reading& into) {
    into.looks_at_all_of(root);
    const auto bytes = base64_decode(root.field("Content").text());
    if (!bytes) return into.wrong_shape("/Content is no base64", {"the answer of `aws iam get-credential-report`", ""});
    if (csv_export_of(*bytes) != &reports[0]) return into.wrong_shape("/Content has not the headings of a credential report", {"the answer of `aws iam get-credential-report`", ""});
    auto made = csv_export_json(into.record.file, *bytes, reports[0]);
    auto parsed = made ? json_document::parse(into.record.file, made.value()) : result<json_document>(std::move(made.diagnostics()));
    if (!parsed) {
      for (diagnostic& one : parsed.diagnostics()) into.record.diagnostics.push_back(std::move(one));
      return;
    }
    into.inner.push_back(std::move(parsed).value());
    rows(into.inner.back().root(), into);
  }

  static void rows(const document_node& root, reading& into) {
    std::set<std::string_view> accounts, users;
    bool more = false;
    each_csv_row(root, reports[0], into, [&](const document_node& attributes, const std::string& pointer, std::uint32_t row) {
      const std::string_view arn = attributes.field("arn").text(), account = arn_field(arn, 4);
      const std::string place = row == 0 ? pointer : "row " + std::to_string(row);
      if (account.empty()) return into.wrong_shape(place + ", column `arn`: the cell is no ARN with an account", {"arn:aws:iam::111122223333:user/NAME", ""});
      if (!users.insert(arn).second) return into.wrong_shape(place + ": the user stands in a row above already", {"each user once", "give each report as an input of its own"});
      exported_resource made;
      made.type = type_of_rows;
      made.name = attributes.field("user").text();
      made.address = made.says.native_id = arn;
      made.says.account = account;
      made.says.tags_told = false;
      made.attributes = attributes;
      made.pointer = into.memory.copy(std::string_view(pointer));
      add_exported(into, made).line = row;
      accounts.insert(account);
      more = more || !attributes.field("additional_credentials_info").is_null();
    });
    into.tell_more_shapes("more rows are wrong");
    for (const std::string_view account : accounts) {
      const std::string of(account);
      into.record.notes.push_back({"アカウント " + of + " のルートと IAM 利用者の全件です。サービスごとの認証情報と IAM Identity Center の利用者は、この報告にありません。",
                                   "these are root and all IAM users of the account " + of + "; credentials for single services and users of IAM Identity Center are in no such report"});
    }
    if (more) {
      into.record.notes.push_back({"報告にない三つ目以降の鍵や証明書を持つ利用者がいます(additional_credentials_info)。",
                                   "some users have more keys or certificates than the report states (additional_credentials_info)"});
    }
    into.links = export_links();
  }
};

}  // namespace

const format_reader& aws_credential_report_reader() {
  static const report_reader reader;
  return reader;
}

}  // namespace sekimori::inventory

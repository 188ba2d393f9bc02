// rules: people, their assignments, and contracts (ACC-17 to ACC-19, TAG-03). One person has several assignments at once, each with
// its own term, so nothing about a post stands in `people`.
#include "rules/register_fields.hpp"

namespace sekimori::rules {
namespace {

using enum field_type;
using enum presence;

constexpr register_field people_fields[] = {
    {.name = "person", .type = identifier, .use = key, .ja = "職員番号", .en = "Person", .headings = "職員ID|職員コード|人物番号|利用者番号|person_id"},
    {.name = "name", .type = text, .ja = "氏名", .en = "Name", .headings = "職員氏名|名前", .personal = true},
    {.name = "reading", .type = text, .ja = "フリガナ", .en = "Reading of the name", .headings = "ふりがな|カナ氏名|氏名カナ|氏名(カナ)|氏名フリガナ", .personal = true},
    {.name = "mail", .type = identifier, .ja = "メールアドレス", .en = "Mail address", .headings = "メール|電子メール|e-mail|email", .personal = true},
    {.name = "from", .type = date, .ja = "採用日", .en = "From", .headings = "採用年月日|登録日|在籍開始日"},
    {.name = "to", .type = date, .ja = "退職日", .en = "To", .headings = "退職年月日|離職日|在籍終了日|退職予定日"},
};

constexpr std::string_view assignment_types =
    "primary=本務,本務職員,常勤|concurrent=兼務,兼任|cross_appointment=併任|seconded=派遣,出向,研修派遣|"
    "fiscal_year_appointee=会計年度任用職員,会計年度任用|reappointed=再任用,再任用職員,暫定再任用職員|"
    "contractor=委託先,委託,受託者|subcontractor=再委託先,再委託";

constexpr register_field assignments_fields[] = {
    {.name = "person", .type = identifier, .use = key, .ja = "職員番号", .en = "Person", .headings = "職員ID|職員コード|人物番号|利用者番号|person_id", .refers = "people"},
    {.name = "name", .type = text, .ja = "氏名", .en = "Name", .headings = "職員氏名|名前", .personal = true},
    {.name = "organisation", .type = identifier, .use = key, .ja = "所属", .en = "Organisation", .headings = "所属名|所属組織|組織|配属先|所属コード|部署"},
    {.name = "post", .type = text, .use = optional, .ja = "職", .en = "Post", .headings = "職名|役職|補職|職位", .personal = true},
    {.name = "type", .type = choice, .use = key, .ja = "任用区分", .en = "Type", .headings = "発令区分|区分|配属区分|種別", .choices = assignment_types},
    {.name = "home_organisation", .type = identifier, .ja = "派遣元", .en = "Home organisation", .headings = "出向元|本籍所属|派遣元組織", .needed_when = "type=seconded"},
    {.name = "contract", .type = identifier, .ja = "契約番号", .en = "Contract", .headings = "契約管理番号|契約ID", .refers = "contracts", .needed_when = "type=contractor,subcontractor"},
    {.name = "sponsor", .type = identifier, .ja = "受入責任者", .en = "Sponsor", .headings = "受入担当者|監督職員|受入責任者職員番号", .refers = "people"},
    {.name = "from", .type = date, .use = key, .ja = "開始日", .en = "From", .headings = "発令日|発令年月日|任用開始日|異動日|着任日|自"},
    {.name = "to", .type = date, .ja = "終了日", .en = "To", .headings = "任期満了日|任用終了日|任期終了日|離任日|終了予定日|至"},
    {.name = "status", .type = choice, .use = filled, .ja = "状態", .en = "Status", .headings = "発令状態|発令状況|状況", .choices = "issued=発令済,発令済み,発令|planned=予定,内示,発令予定"},
};

constexpr register_field contracts_fields[] = {
    {.name = "contract", .type = identifier, .use = key, .ja = "契約番号", .en = "Contract", .headings = "契約管理番号|契約ID"},
    {.name = "title", .type = text, .ja = "件名", .en = "Title", .headings = "契約件名|契約名"},
    {.name = "organisation", .type = identifier, .use = filled, .ja = "契約相手方", .en = "Organisation", .headings = "受託者|相手方|業者名|委託先名|再委託先名"},
    {.name = "parent", .type = identifier, .ja = "元契約番号", .en = "Parent contract", .headings = "親契約番号|委託元契約番号|原契約番号", .refers = "contracts"},
    {.name = "renews", .type = identifier, .ja = "更新前契約番号", .en = "Renews", .headings = "前契約番号|更新元契約番号|前年度契約番号", .refers = "contracts"},
    {.name = "owner", .type = identifier, .ja = "所管", .en = "Owner", .headings = "所管課|主管課|契約主管課"},
    {.name = "from", .type = date, .use = filled, .ja = "契約開始日", .en = "From", .headings = "履行開始日|契約期間開始|契約期間(自)|開始日"},
    {.name = "to", .type = date, .use = filled, .ja = "契約終了日", .en = "To", .headings = "履行期限|履行終了日|契約期間終了|契約期間(至)|終了日|契約満了日"},
    {.name = "status", .type = choice, .use = filled, .ja = "状態", .en = "Status", .headings = "契約状態|契約状況|状況", .choices = "concluded=締結済,締結済み,契約済,契約中|planned=予定,更新予定,契約予定"},
};

}  // namespace

constinit const register_declaration people = {"people", "人の台帳", "People", people_fields, {{"from", "to"}}};
constinit const register_declaration assignments = {"assignments", "発令・配属の台帳", "Assignments", assignments_fields, {{"from", "to"}}};
constinit const register_declaration contracts = {"contracts", "契約の台帳", "Contracts", contracts_fields, {{"from", "to"}}};

}  // namespace sekimori::rules

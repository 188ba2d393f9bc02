// rules: accounts in clouds, one row for each principal (ACC-01 to ACC-27). What a cloud's own export tells (policies, grants in full)
// is the inventory's; here stands what only the office knows, and what an export of an identity service can be copied into.
#include "rules/register_fields.hpp"

namespace sekimori::rules {
namespace {

using enum field_type;
using enum presence;

constexpr register_field accounts_fields[] = {
    {.name = "id", .type = identifier, .use = key, .ja = "台帳番号", .en = "Register number", .headings = "管理番号|アカウント管理番号|アカウント台帳番号"},
    {.name = "cloud", .type = choice, .use = filled, .ja = "クラウド", .en = "Cloud", .headings = "クラウド名|クラウド種別",
     .choices = "aws=AWS|azure=Azure,Microsoft Azure,Entra ID|google=Google Cloud,GCP|oci=OCI,Oracle Cloud|sakura=さくらのクラウド,さくら"},
    {.name = "account", .type = identifier, .use = filled, .ja = "契約アカウント", .en = "Account, subscription or project", .headings = "AWSアカウント|AWSアカウントID|サブスクリプション|サブスクリプションID|プロジェクト|プロジェクトID|コンパートメント"},
    // Often a mail address.
    {.name = "principal", .type = identifier, .use = filled, .ja = "ログインID", .en = "Principal", .headings = "認証主体|ユーザー名|ユーザ名|プリンシパル|アカウント名", .personal = true},
    {.name = "kind", .type = choice, .use = filled, .ja = "種別", .en = "Kind", .headings = "アカウント種別|区分|アカウント区分", .choices = "human=人,個人,職員|machine=機械,システム,サービス|break_glass=緊急用,緊急時,非常用"},
    // Several where an account is shared: the rule against that (ACC-06) needs to see it.
    {.name = "persons", .type = list, .ja = "使用者", .en = "Persons", .headings = "使用者職員番号|利用者|利用者職員番号|職員番号", .refers = "people", .needed_when = "kind=human"},
    {.name = "owner", .type = text, .ja = "管理責任者", .en = "Owner", .headings = "管理者|所有者|責任者", .personal = true},
    {.name = "purpose", .type = text, .ja = "利用目的", .en = "Purpose", .headings = "用途|目的"},
    {.name = "system", .type = identifier, .ja = "システムID", .en = "System", .headings = "システム番号|対象システム|システムコード", .refers = "systems"},
    {.name = "contract", .type = identifier, .ja = "契約番号", .en = "Contract", .headings = "契約管理番号|契約ID", .refers = "contracts"},
    {.name = "sponsor", .type = identifier, .ja = "受入責任者", .en = "Sponsor", .headings = "受入担当者|監督職員", .refers = "people"},
    {.name = "enabled", .type = boolean, .use = filled, .ja = "有効", .en = "Enabled", .headings = "有効フラグ|利用可否|使用中"},
    {.name = "privileged", .type = boolean, .use = filled, .ja = "特権", .en = "Privileged", .headings = "特権有無|特権アカウント|管理者権限"},
    {.name = "top_administrator", .type = boolean, .ja = "最上位管理者", .en = "Topmost administrator", .headings = "ルート|rootユーザー|全体管理者"},
    {.name = "console", .type = boolean, .ja = "管理画面の利用", .en = "Console sign-in", .headings = "コンソール利用|コンソール"},
    {.name = "central_sign_in", .type = boolean, .ja = "統合認証", .en = "Central sign-in", .headings = "シングルサインオン|SSO|統合認証基盤"},
    {.name = "mfa", .type = choice, .ja = "多要素認証", .en = "Multi-factor sign-in", .headings = "MFA|二要素認証|多要素",
     .choices = "none=無,なし,無し|active=有,あり,有り|hardware=ハードウェア,物理鍵|phishing_resistant=フィッシング耐性,パスキー,FIDO2"},
    {.name = "mailbox", .type = boolean, .ja = "メールボックス", .en = "Mailbox", .headings = "メール利用"},
    {.name = "daily_account", .type = identifier, .ja = "日常用アカウント", .en = "Daily account", .headings = "日常用台帳番号", .refers = "accounts"},
    {.name = "roles", .type = list, .ja = "役割", .en = "Roles", .headings = "権限|ロール"},
    {.name = "grant_expires", .type = date, .ja = "権限の期限", .en = "Grant expires", .headings = "特権の期限|権限終了日"},
    {.name = "grant_approver", .type = identifier, .ja = "権限の承認者", .en = "Grant approved by", .headings = "承認者", .refers = "people"},
    {.name = "from", .type = date, .ja = "利用開始日", .en = "From", .headings = "作成日|発行日|登録日|開始日"},
    {.name = "to", .type = date, .ja = "利用期限", .en = "To", .headings = "有効期限|失効日|利用終了日|終了日"},
    {.name = "last_used", .type = timestamp, .ja = "最終利用日時", .en = "Last used", .headings = "最終利用日|最終ログイン|最終ログイン日|最終ログイン日時"},
    {.name = "last_use_reference", .type = identifier, .ja = "利用の決裁番号", .en = "Reference of the last use", .headings = "利用申請番号|作業番号"},
    {.name = "active_keys", .type = number, .ja = "有効な鍵の数", .en = "Active keys", .headings = "アクセスキー数|鍵の数"},
    {.name = "oldest_key_created", .type = date, .ja = "最古の鍵の作成日", .en = "Oldest key created", .headings = "アクセスキー作成日|鍵の作成日"},
    {.name = "key_last_used", .type = timestamp, .ja = "鍵の最終利用日時", .en = "Key last used", .headings = "鍵の最終利用日|アクセスキー最終利用日"},
    {.name = "reviewed", .type = date, .ja = "棚卸し日", .en = "Reviewed", .headings = "棚卸日|最終棚卸日|確認日"},
    {.name = "reviewed_by", .type = identifier, .ja = "棚卸し者", .en = "Reviewed by", .headings = "棚卸者|確認者", .refers = "people"},
    {.name = "sealed", .type = boolean, .ja = "封印", .en = "Sealed", .headings = "封緘|封印保管"},
    {.name = "last_drill", .type = date, .ja = "最終訓練日", .en = "Last drill", .headings = "訓練日"},
    {.name = "alert", .type = boolean, .ja = "利用時の通報", .en = "Alert on use", .headings = "使用時通報|アラート"},
};

}  // namespace

constinit const register_declaration accounts = {"accounts", "アカウントの台帳", "Accounts", accounts_fields, {{"from", "to"}}, "register:account"};

}  // namespace sekimori::rules

// rules: systems, images that may be used (CMP-03), and registered links between zones, bureaus and municipalities (NET-09).
#include "rules/register_fields.hpp"

namespace sekimori::rules {
namespace {

using enum field_type;
using enum presence;

constexpr std::string_view clouds = "aws=AWS|azure=Azure,Microsoft Azure|google=Google Cloud,GCP|oci=OCI,Oracle Cloud|sakura=さくらのクラウド,さくら";

constexpr register_field systems_fields[] = {
    {.name = "system", .type = identifier, .use = key, .ja = "システムID", .en = "System", .headings = "システム番号|システムコード"},
    {.name = "title", .type = text, .use = filled, .ja = "システム名", .en = "Title", .headings = "システム名称|名称"},
    {.name = "scope", .type = identifier, .ja = "適用単位", .en = "Scope", .headings = "組織階層ID|節ID"},
    {.name = "owner", .type = identifier, .use = filled, .ja = "所管", .en = "Owner", .headings = "所管課|所管部署|主管課"},
    {.name = "administrator", .type = text, .ja = "情報システム管理者", .en = "Administrator", .headings = "システム管理者|管理者職名", .personal = true},
    {.name = "classification", .type = identifier, .ja = "機密性", .en = "Classification", .headings = "機密性区分|重要性分類|情報資産分類"},
    {.name = "zone", .type = choice, .ja = "系統", .en = "Zone", .headings = "区分|ネットワーク区分|接続系統|三層区分",
     .choices = "mynumber=マイナンバー利用事務系,個人番号利用事務系|lgwan=LGWAN接続系|internet=インターネット接続系|standalone=独立,単独"},
    {.name = "from", .type = date, .ja = "稼働開始日", .en = "From", .headings = "運用開始日|利用開始日|開始日"},
    {.name = "to", .type = date, .ja = "廃止日", .en = "To", .headings = "運用終了日|廃止予定日|終了日"},
    {.name = "last_restore_test", .type = date, .ja = "最終復旧訓練日", .en = "Last restore test", .headings = "復旧訓練日|復旧訓練実施日|復旧試験実施日"},
    {.name = "last_assessment", .type = date, .ja = "最終診断日", .en = "Last assessment", .headings = "診断日|診断実施日|脆弱性診断実施日"},
};

constexpr register_field approved_images_fields[] = {
    {.name = "cloud", .type = choice, .use = key, .ja = "クラウド", .en = "Cloud", .headings = "クラウド名", .choices = clouds},
    {.name = "image", .type = identifier, .use = key, .ja = "イメージID", .en = "Image", .headings = "AMI|イメージ|イメージ名"},
    {.name = "title", .type = text, .ja = "名称", .en = "Title", .headings = "OS|説明"},
    {.name = "source", .type = identifier, .use = filled, .ja = "提供元", .en = "Source", .headings = "発行元|所有者|提供元アカウント"},
    {.name = "approved", .type = date, .use = filled, .ja = "承認日", .en = "Approved", .headings = "承認年月日"},
    {.name = "approver", .type = text, .ja = "承認者", .en = "Approver", .headings = "承認者職名", .personal = true},
    {.name = "decision", .type = identifier, .ja = "決裁番号", .en = "Decision", .headings = "承認番号"},
    {.name = "support_ends", .type = date, .ja = "サポート終了日", .en = "Support ends", .headings = "サポート期限"},
    {.name = "to", .type = date, .ja = "使用期限", .en = "To", .headings = "承認期限|有効期限"},
};

constexpr register_field links_fields[] = {
    {.name = "link", .type = identifier, .use = key, .ja = "接続番号", .en = "Link", .headings = "接続ID|回線番号"},
    {.name = "system", .type = identifier, .use = filled, .ja = "システムID", .en = "System", .headings = "システム番号|接続元システム", .refers = "systems"},
    {.name = "other_system", .type = identifier, .ja = "接続先システムID", .en = "Other system", .headings = "接続先システム", .refers = "systems"},
    {.name = "other_party", .type = identifier, .ja = "接続先", .en = "Other party", .headings = "接続先組織|相手方"},
    {.name = "kind", .type = choice, .use = filled, .ja = "接続方式", .en = "Kind", .headings = "接続種別|種別",
     .choices = "peering=ピアリング,VPCピアリング|gateway=中継,トランジットゲートウェイ|share=共有,リソース共有|vpn=VPN|leased_line=専用線,閉域網|internet=インターネット"},
    {.name = "far_ends", .type = list, .ja = "接続先の識別子", .en = "Far ends", .headings = "接続先識別子|接続先ID|接続先ネットワークID|接続先リソースID"},
    {.name = "ranges", .type = list, .ja = "アドレス範囲", .en = "Ranges", .headings = "接続元アドレス|IPアドレス|CIDR"},
    {.name = "ports", .type = list, .ja = "ポート", .en = "Ports", .headings = "ポート番号"},
    {.name = "purpose", .type = text, .use = filled, .ja = "利用目的", .en = "Purpose", .headings = "用途|目的"},
    {.name = "requester", .type = text, .ja = "申請者", .en = "Requester", .headings = "申請者職名", .personal = true},
    {.name = "approver", .type = text, .ja = "承認者", .en = "Approver", .headings = "承認者職名", .personal = true},
    {.name = "decision", .type = identifier, .ja = "決裁番号", .en = "Decision", .headings = "承認番号"},
    {.name = "from", .type = date, .use = filled, .ja = "開始日", .en = "From", .headings = "利用開始日|接続開始日"},
    {.name = "to", .type = date, .ja = "終了日", .en = "To", .headings = "利用期限|接続終了日|期限"},
    {.name = "review", .type = date, .ja = "見直し日", .en = "Review", .headings = "次回見直し日|点検日"},
};

}  // namespace

constinit const register_declaration systems = {"systems", "システムの台帳", "Systems", systems_fields, {{"from", "to"}}, "register:system"};
constinit const register_declaration approved_images = {"approved_images", "承認済みイメージの台帳", "Approved images", approved_images_fields, {{"approved", "to"}}};
constinit const register_declaration links = {"links", "接続の台帳", "Links", links_fields, {{"from", "to"}}};

}  // namespace sekimori::rules

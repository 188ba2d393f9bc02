// A report made by hand that holds whatever a report can hold: every verdict and disposition, masks, unknowns of every kind,
// inputs that cannot be read, rules that met nothing, and strings that mean harm.
#pragma once

#include <string>

#include "sekimori/report.hpp"

namespace fixture {

using namespace sekimori;

inline constexpr const char* hostile_script = "<script>alert('xss')</script>\"&<b>";
inline constexpr const char* hostile_control = "ev\x1b[31mil\x07\tname\r\n next \xe2\x80\xae" "gpj.exe\xe2\x81\xa6 \xff\xfe";
inline constexpr const char* hostile_emoji = "aws_s3_bucket.写真👩‍👩‍👧‍👦[\"東京都\"]";

inline std::string long_japanese() {
  std::string text;
  for (int i = 0; i < 24; ++i) text += "この説明はとても長く、画面の幅を大きく超える文章として書かれている。";
  return text;
}

inline diagnostic broken_json() {
  diagnostic shown;
  shown.code = "SKM300";
  shown.message = "the text ends inside an object";
  shown.file = "inputs/<broken>.json";
  shown.line = 12;
  shown.column = 7;
  shown.source_line = "      \"日本\": {";
  shown.caret = 14;
  shown.width = 1;
  shown.expected = "`}` or a key";
  shown.help = "was the file cut off while it was copied?";
  return shown;
}

inline void add_inputs(report& shown) {
  input_record plan;
  plan.file = "inputs/plan.json";
  plan.format = "terraform-plan";
  plan.format_version = "1.2";
  plan.stage = "plan";
  plan.status = "read";
  plan.digest = "sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";
  plan.resources = 1243;
  plan.mapped = 1180;
  plan.unmapped = {{"aws_media_convert_queue", 61}, {"null_resource", 2}};
  plan.scope = "welfare";
  plan.taken_at = "2026-11-20";
  plan.declared_by = "基盤担当";
  plan.complete = {"encryption_key"};
  plan.notes = {{"先送りされた変更: module.app.aws_instance.web", "deferred change: module.app.aws_instance.web"}};
  input_record broken;
  broken.file = "inputs/<broken>.json";
  broken.status = "unreadable";
  broken.digest = "sha256:fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9";
  broken.diagnostics = {broken_json()};
  input_record empty;
  empty.file = "inputs/空の計画.json";
  empty.format = "terraform-plan";
  empty.format_version = "1.2";
  empty.stage = "plan";
  empty.status = "nothing_examined";
  empty.digest = "sha256:baa5a0964d3320fbc0c6a922140453c8513ea24ab8fd0577034804a967248096";
  shown.inputs = {plan, broken, empty};
  examined_summary& examined = shown.summary.examined;
  examined.resources = 1243;
  examined.mapped = 1180;
  examined.unmapped = 63;
  examined.by_cloud = {{"aws", {1000, 960}}, {"azure", {150, 150}}, {"google", {40, 40}}, {"sakura", {30, 30}}, {"", {23, 0}}};
  examined.unmapped_types = plan.unmapped;
  for (const not_examined& one : std::initializer_list<not_examined>{
      {"baseline.data/DAT-07", {"データベースの保存データを暗号化する", "Databases are encrypted at rest"}, "database", {"データベース", "Database"}},
      {"baseline.account/ACC-02", {"全アカウントで証跡を取得する", ""}, "account, audit_trail", {"アカウント、証跡", "Account, Audit trail"}}}) {
    examined.rules_without_resources.push_back(std::make_shared<const not_examined>(one));
  }
}

inline void add_rules(report& shown) {
  shown.rules = std::make_shared<const std::vector<report_rule>>(std::initializer_list<report_rule>{
      {"baseline.network", "NET-01", "network", severity::critical,
       {"管理用ポートをインターネットに公開しない", "No administration port is open to the internet"},
       {"インターネットから管理用ポートに接続できると、総当たり攻撃や脆弱性を悪用した侵入の入口になります。",
        "An administration port that the internet can reach is where brute force and exploits come in."},
       {"接続元を庁内網又は踏み台のアドレスに限定するか、閉域の接続サービスを使用してください。",
        "Allow only the internal network or a bastion, or use the cloud's private access service."},
       {{"nist-800-53r5", "SC-7", {"境界の保護", "Boundary protection"}, true},
        {"jichitai-gl", "6.2", {"未確認の条項", "An unverified clause"}, false}}},
      {"baseline.data", "DAT-01", "data", severity::high,
       {"保存データを暗号化する", "Data at rest is encrypted"},
       {"媒体や複製が外に出た場合でも内容を読み取られないようにするためです。", "So that a lost medium or copy cannot be read."},
       {"暗号化を有効にし、組織が管理する鍵を指定してください。", "Turn encryption on with a key that the organisation manages."},
       {{"nist-800-53r5", "SC-28", {"保存データの保護", "Protection of information at rest"}, true}}},
      {"baseline.data", "DAT-03", "data", severity::medium,
       {"版管理を有効にする", "Versioning is on"},
       {"誤った削除や改ざんから戻せるようにするためです。", "So that a wrong deletion can be undone."},
       {"バケットの版管理を有効にしてください。", "Turn the bucket's versioning on."}, {}},
      {"baseline.log", "LOG-01", "logging", severity::low,
       {"接続の記録を取得する", "Access is logged"}, {"", ""}, {"記録の保存先を設定してください。", "Set a place to keep the logs."}, {}},
      {"baseline.account", "ACC-01", "identity", severity::critical,
       {"全アカウントで監査の証跡を取得する", "Every account has an audit trail"},
       {"証跡がなければ、不正な操作の有無を後から確かめられません。", "Without a trail nobody can tell later what was done."},
       {"組織の証跡を有効にしてください。", "Turn the organisation's trail on."}, {}}});
}

inline void add_people(report& shown) {
  shown.scopes = {{"tokyo", "", "organisation", "デジタル基盤課長", "", {"東京都", "Tokyo"}},
                  {"resident", "tokyo", "system", "市民情報課長", "住民情報システム運用担当", {"住民情報システム", "Resident register"}},
                  {"tax", "tokyo", "system", "税務課長", "", {"税務システム", ""}}};
  shown.waivers = {
      {"W-2026-001", "baseline.data/DAT-03", "resident", "", "情報セキュリティ責任者", "2027-03-31", "holds",
       {"更改までの間、別媒体への複製を毎日取得する", "A copy is kept elsewhere every day until renewal"}, 1},
      {"W-2025-044", "baseline.network/NET-01", "resident", "module.app.aws_security_group.old", "情報セキュリティ責任者", "2026-03-31",
       "expired", {"旧回線の移行のため", "For moving off the old line"}, 0},
      {"W-<i>", "baseline.log/LOG-01", "tax", "", "", "2027-01-31", "unmatched", {"", "no reason"}, 0}};
}

inline finding base_finding(const report& shown, std::size_t rule, std::string address, std::string cloud) {
  const report_rule& from = (*shown.rules)[rule];
  finding found;
  found.id = "skm1" + std::to_string(shown.findings.size()) + "abcdefghijklmnopqrstuvwxyz234567";
  found.ruleset = from.ruleset;
  found.rule = from.id;
  found.level = from.level;
  found.category = from.category;
  found.words = std::make_shared<rule_words>(rule_words{from.title, from.why, from.fix, from.clauses});
  found.input = "inputs/plan.json";
  found.resource.address = std::move(address);
  found.resource.cloud = std::move(cloud);
  found.resource.identity = "inputs/plan.json|" + found.resource.address;
  found.location.file = "inputs/plan.json";
  found.scope = "resident";
  found.scope_title = {"住民情報システム", "Resident register"};
  found.owner = "市民情報課長";
  found.operated_by = "住民情報システム運用担当";
  return found;
}

inline void add_violations(report& shown) {
  finding open_port = base_finding(shown, 0, "module.app.aws_security_group.web[0]#ingress/1", "aws");
  open_port.resource.type = "aws_security_group";
  open_port.resource.kind = "firewall_rule";
  open_port.resource.aliases = {"sg-0123456789", "aws_security_group.web"};
  open_port.outcome = verdict::fail;
  open_port.message = {"web は 0.0.0.0/0 からポート 22 への接続を許可しています", "web allows 0.0.0.0/0 to reach port 22"};
  open_port.required = {"インターネットに開いていないこと", "not open to the internet"};
  open_port.asserts = {"admin-ports"};
  open_port.why = {{"admin-ports", "params.admin_ports.exists(p, resource.ports.contains(p))", "ingress[1].from_port", "22", "params.admin_ports", false},
                   {"admin-ports", "resource.from_internet", "ingress[1].cidr_blocks", "[\"0.0.0.0/0\"]", "", false}};
  open_port.location.line = 214;
  open_port.location.column = 11;
  open_port.location.pointer = "/resource_changes/3";
  shown.findings.push_back(open_port);

  finding hostile = base_finding(shown, 0, hostile_control, "azure");
  hostile.resource.type = hostile_script;
  hostile.outcome = verdict::fail;
  hostile.scope = "tax";
  hostile.scope_title = {"税務システム", ""};
  hostile.owner = "税務課長";
  hostile.operated_by = "";
  hostile.message = {std::string("名前: ") + hostile_script + "\n二行目 " + long_japanese(), std::string("name: ") + hostile_control + " {0} [x](javascript:alert)"};
  hostile.why = {{"a", "resource.name == '<img src=x onerror=alert(1)>'", "name", "\"</details><script>\"", "'x'", false}};
  shown.findings.push_back(hostile);

  finding masked = base_finding(shown, 1, hostile_emoji, "aws");
  masked.resource.type = "aws_s3_bucket";
  masked.resource.kind = "object_store";
  masked.outcome = verdict::fail;
  masked.message = {"暗号化の鍵が組織の鍵ではありません", "The key is not the organisation's"};
  masked.why = {{"key", "resource.key == params.key", "server_side_encryption[0].key", "(masked)", "TOP-SECRET", true}};
  masked.assumes = {"encryption_key complete (2026-11-20, 基盤担当, plan.json)"};
  shown.findings.push_back(masked);

  finding waived = base_finding(shown, 2, "aws_s3_bucket.logs", "aws");
  waived.outcome = verdict::fail;
  waived.state = disposition::waived;
  waived.waiver = "W-2026-001";
  waived.waiver_expires = "2027-03-31";
  waived.message = {"版管理が無効です", "Versioning is off"};
  shown.findings.push_back(waived);

  finding disputed = base_finding(shown, 3, "sakura_server.batch", "sakura");
  disputed.outcome = verdict::fail;
  disputed.state = disposition::disputed;
  disputed.owner = "";
  disputed.operated_by = "";
  disputed.scope = "";
  disputed.scope_title = {};
  disputed.message = {"", "Access is not logged"};
  shown.findings.push_back(disputed);
}

inline void add_undecided(report& shown) {
  finding computed = base_finding(shown, 1, "google_storage_bucket.backup", "google");
  computed.resource.kind = "object_store";
  computed.outcome = verdict::undetermined;
  computed.settle = decide_by::after_apply;
  computed.residual = "resource.encryption[0].default_kms_key_name != \"\"";
  computed.unknown = {{"", "encryption[0].default_kms_key_name", "computed"}, {"google_kms_crypto_key.main", "id", "computed"}};
  computed.why = {{"key", "resource.encrypted", "encryption", "", "", false}};
  shown.findings.push_back(computed);
  finding trail = base_finding(shown, 4, "account/123456789012", "aws");
  trail.outcome = verdict::undetermined;
  trail.settle = decide_by::inventory;
  trail.unknown = {{"", "references(audit_trail)", "open_set"}};
  shown.findings.push_back(trail);
  finding broken = base_finding(shown, 3, "oci_core_vcn.main", "oci");
  broken.outcome = verdict::error;
  broken.error = "no matching overload for `_==_(list(string), int)`";
  shown.findings.push_back(broken);
  finding fine = base_finding(shown, 2, "aws_s3_bucket.ok", "aws");
  fine.outcome = verdict::pass;
  shown.findings.push_back(fine);
  finding other = base_finding(shown, 2, "aws_s3_bucket.other", "aws");
  other.outcome = verdict::not_applicable;
  shown.findings.push_back(other);
}

inline void add_counts(report& shown) {
  report_summary& summary = shown.summary;
  summary.total = {2210, 6, 3, 1, 44, 1};
  summary.by_rule = {{"baseline.network/NET-01", {300, 3, 0, 0, 40, 0}},
                     {"baseline.data/DAT-01", {900, 1, 1, 0, 0, 0}},
                     {"baseline.data/DAT-03", {900, 1, 0, 0, 4, 1}},
                     {"baseline.log/LOG-01", {100, 1, 0, 1, 0, 0}},
                     {"baseline.account/ACC-01", {10, 0, 2, 0, 0, 0}}};
  summary.by_category = {{"network", {300, 3, 0, 0, 40, 0}}, {"data", {1800, 2, 1, 0, 4, 1}}, {"logging", {100, 1, 0, 1, 0, 0}}, {"identity", {10, 0, 2, 0, 0, 0}}};
  summary.by_cloud = {{"aws", {1800, 4, 2, 0, 44, 1}}, {"azure", {200, 1, 0, 0, 0, 0}}, {"google", {150, 0, 1, 0, 0, 0}},
                      {"sakura", {60, 1, 0, 0, 0, 0}}, {"oci", {0, 0, 0, 1, 0, 0}}};
  summary.by_scope = {{"resident", {2000, 4, 3, 1, 44, 1}}, {"tax", {200, 1, 0, 0, 0, 0}}, {"", {10, 1, 0, 0, 0, 0}}};
  summary.undetermined_by = {{"after_apply", 1}, {"inventory", 2}};
  summary.listed = shown.findings.size();
  summary.not_listed = 2;
  summary.assumed_pass = 7;
  summary.assumed_fail = 1;
}

inline report rich_report() {
  report shown;
  shown.now = "2026-11-24T09:00:00+09:00";
  shown.outcome = {1, {"findings", "input_unreadable", "error_verdict", "undetermined"},
                   {{"重大度「高」以上の違反が 4 件あります。", "4 violations are at or over `high`."},
                    {"資料 inputs/<broken>.json を読み取れません。", "Input inputs/<broken>.json cannot be read."},
                    {"評価エラーが 1 件あります。", "1 evaluation ended in an error."},
                    {"重大度「重大」以上の判定保留が 2 件あります。", "2 undetermined verdicts are at or over `critical`."}}};
  shown.policy = {{{"baseline.network", "1.0.0", "sha256:5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03"},
                   {"baseline.data", "1.2.0", "sha256:e258d248fda94c63753607f7c4494ee0fcbe92f1a76bfdac795c9d84101eb317"}},
                  "sha256:7d865e959b2466918c9863afca942d0fb89d7c9ac0c99bafc3749504ded97730", "0.1.0"};
  add_inputs(shown);
  add_rules(shown);
  add_people(shown);
  add_violations(shown);
  add_undecided(shown);
  add_counts(shown);
  diagnostic late;
  late.level = diagnostic_level::warning;
  late.code = "SKM306";
  late.message = "the plan has deferred changes";
  late.file = "inputs/plan.json";
  shown.diagnostics = {late};
  return shown;
}

// Everything was read and nothing was found.
inline report clean_report() {
  report shown;
  shown.now = "2026-11-24T09:00:00+09:00";
  shown.policy = {{{"baseline.network", "1.0.0", "sha256:5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03"}}, "", "0.1.0"};
  input_record plan;
  plan.file = "plan.json";
  plan.format = "terraform-plan";
  plan.stage = "plan";
  plan.status = "read";
  plan.digest = "sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";
  plan.resources = plan.mapped = 3;
  shown.inputs = {plan};
  shown.summary.examined.resources = shown.summary.examined.mapped = 3;
  shown.summary.examined.by_cloud = {{"aws", {3, 3}}};
  shown.summary.total.pass = 5;
  add_rules(shown);
  return shown;
}

// Every text that an input, a rule or an organisation could set holds all that means harm.
inline report hostile_report() {
  report shown = rich_report();
  const std::string evil = std::string(hostile_script) + hostile_control + "{0}[a](b)'\"`\\" + std::string(1, '\0') + "\xed\xa0\x80\xf4\x90\x80\x80";
  const localized_text both = {evil, evil + "en"};
  shown.report_for = shown.policy.engine_version = evil;
  shown.outcome.texts = {both};
  for (policy_record::rule_set& set : shown.policy.rule_sets) set.id = set.version = evil;
  for (input_record& input : shown.inputs) {
    input.file = input.format = input.format_version = input.stage = evil;
    input.notes = {both};
    input.unmapped = {{evil, 1}};
    for (diagnostic& item : input.diagnostics) item.message = item.file = item.source_line = item.expected = item.help = evil;
  }
  shown.summary.examined.unmapped_types = {{evil, 1}};
  shown.summary.examined.rules_without_resources = {std::make_shared<const not_examined>(not_examined{evil, both, evil, both})};
  shown.summary.by_scope[evil] = shown.summary.by_category[evil] = shown.summary.by_cloud[evil] = shown.summary.by_rule[evil] = {};
  std::vector<report_rule> rules = *shown.rules;
  for (report_rule& rule : rules) {
    rule.ruleset = rule.category = evil;
    rule.title = rule.why = rule.fix = both;
    rule.clauses = {{evil, evil, both, true}};
  }
  shown.rules = std::make_shared<const std::vector<report_rule>>(std::move(rules));
  shown.scopes = {{evil, evil, evil, evil, evil, both}};
  for (waiver_record& waiver : shown.waivers) {
    waiver.id = waiver.rule = waiver.scope = waiver.resource = waiver.approver = waiver.expires = evil;
    waiver.reason = both;
  }
  for (finding& found : shown.findings) {
    found.ruleset = found.input = found.category = found.scope = found.owner = found.operated_by = found.error = evil;
    found.resource = {evil, evil, evil, evil, evil, {evil}};
    found.scope_title = found.message = both;
    found.asserts = found.assumes = {evil};
    found.why = {{evil, evil, evil, evil, evil, false}};
    found.unknown = {{evil, evil, "computed"}};
    found.location.file = found.location.pointer = evil;
    found.words = std::make_shared<rule_words>(rule_words{both, both, both, {{evil, evil, both, true}}});
    if (found.state == disposition::waived) found.waiver = found.waiver_expires = evil;
  }
  return shown;
}

// `count` violations of five rules, for size and speed.
inline report large_report(std::size_t count) {
  report shown = rich_report();
  shown.findings.clear();
  for (std::size_t i = 0; i < count; ++i) {
    finding found = base_finding(shown, i % 5, "module.system" + std::to_string(i / 100) + ".aws_security_group.web[" + std::to_string(i) + "]", i % 3 == 0 ? "azure" : "aws");
    found.outcome = i % 7 == 0 ? verdict::undetermined : verdict::fail;
    found.settle = i % 7 == 0 ? decide_by::after_apply : decide_by::none;
    found.message = {"web" + std::to_string(i) + " は 0.0.0.0/0 からポート 22 への接続を許可しています", "web" + std::to_string(i) + " allows 0.0.0.0/0 to reach port 22"};
    found.why = {{"admin-ports", "resource.from_internet", "ingress[0].cidr_blocks", "[\"0.0.0.0/0\"]", "", false}};
    found.owner = "所管課長 " + std::to_string(i % 40);
    shown.findings.push_back(found);
  }
  shown.summary.total.fail = count;
  shown.summary.listed = count;
  shown.summary.not_listed = 0;
  return shown;
}

}  // namespace fixture

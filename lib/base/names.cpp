// base: stable names of verdicts, severities and so on (finding.hpp), and the words people read for them (words.hpp).
// Entry points: name_of, parse_severity, parse_verdict, word_of. Knows no report and no format.
#include "base/words.hpp"

namespace sekimori {

std::string_view name_of(severity level) {
  switch (level) {
    case severity::info: return "info";
    case severity::low: return "low";
    case severity::medium: return "medium";
    case severity::high: return "high";
    case severity::critical: return "critical";
  }
  return "info";
}

std::string_view name_of(verdict outcome) {
  switch (outcome) {
    case verdict::pass: return "pass";
    case verdict::fail: return "fail";
    case verdict::undetermined: return "undetermined";
    case verdict::error: return "error";
    case verdict::not_applicable: return "not_applicable";
  }
  return "error";
}

std::string_view name_of(disposition state) {
  switch (state) {
    case disposition::active: return "active";
    case disposition::waived: return "waived";
    case disposition::disputed: return "disputed";
  }
  return "active";
}

std::string_view name_of(decide_by who) {
  switch (who) {
    case decide_by::none: return "none";
    case decide_by::after_apply: return "after_apply";
    case decide_by::inventory: return "inventory";
    case decide_by::register_data: return "register";
    case decide_by::completeness: return "completeness";
    case decide_by::rule_gap: return "rule_gap";
  }
  return "none";
}

std::string_view name_of(baseline_state state) {
  switch (state) {
    case baseline_state::none: return "none";
    case baseline_state::appeared: return "new";
    case baseline_state::unchanged: return "unchanged";
    case baseline_state::changed: return "changed";
  }
  return "none";
}

bool parse_severity(std::string_view text, severity& level) {
  for (severity candidate : {severity::info, severity::low, severity::medium, severity::high, severity::critical}) {
    if (name_of(candidate) == text) {
      level = candidate;
      return true;
    }
  }
  return false;
}

bool parse_verdict(std::string_view text, verdict& outcome) {
  for (verdict candidate :
       {verdict::pass, verdict::fail, verdict::undetermined, verdict::error, verdict::not_applicable}) {
    if (name_of(candidate) == text) {
      outcome = candidate;
      return true;
    }
  }
  return false;
}

word_pair word_of(severity level) {
  switch (level) {
    case severity::info: return {"参考", "info"};
    case severity::low: return {"低", "low"};
    case severity::medium: return {"中", "medium"};
    case severity::high: return {"高", "high"};
    case severity::critical: return {"重大", "critical"};
  }
  return {"参考", "info"};
}

word_pair word_of(verdict outcome) {
  switch (outcome) {
    case verdict::pass: return {"充足", "satisfied"};
    case verdict::fail: return {"違反", "violation"};
    case verdict::undetermined: return {"判定保留(情報不足)", "undetermined"};
    case verdict::error: return {"評価エラー", "evaluation error"};
    case verdict::not_applicable: return {"対象外", "not applicable"};
  }
  return {"評価エラー", "evaluation error"};
}

word_pair word_of(disposition state) {
  switch (state) {
    case disposition::active: return {"要対応", "action needed"};
    case disposition::waived: return {"例外措置中", "waived"};
    case disposition::disputed: return {"誤検出申告中", "disputed"};
  }
  return {"要対応", "action needed"};
}

word_pair word_of(baseline_state state) {
  switch (state) {
    case baseline_state::none: break;
    case baseline_state::appeared: return {"新規", "new"};
    case baseline_state::unchanged: return {"継続", "unchanged"};
    case baseline_state::changed: return {"変化あり", "changed"};
  }
  return {"", ""};
}

word_pair word_of(decide_by who) {
  switch (who) {
    case decide_by::none: return {"判定方法が未定", "not known what settles it"};
    case decide_by::after_apply: return {"適用後に判定", "after apply"};
    case decide_by::inventory: return {"構成情報の出力が必要", "needs an inventory export"};
    case decide_by::register_data: return {"台帳が必要", "needs a register"};
    case decide_by::completeness: return {"資料が全部そろっているという申告が必要", "needs a statement that the material is complete"};
    case decide_by::rule_gap: return {"検査規則側の補完が必要", "needs work on the rules"};
  }
  return {"判定方法が未定", "not known what settles it"};
}

word_pair advice_of(decide_by who) {
  switch (who) {
    case decide_by::none:
      return {"不足している情報を確認し、基盤担当に相談してください。",
              "Look at what is missing and ask the platform team."};
    case decide_by::after_apply:
      return {"値はクラウドが適用時に決めます。運用者は適用後の構成情報を出力し、再度検査してください。",
              "The cloud sets the value at apply: the operator exports the configuration afterwards and checks again."};
    case decide_by::inventory:
      return {"提出された資料の外にある資源が関係します。運用者は稼働中の構成情報を出力し、併せて提出してください。",
              "Resources outside the given material matter: the operator adds an export of the running configuration."};
    case decide_by::register_data:
      return {"台帳が提出されていないか、古くなっています。所管は台帳を更新し、提出してください。適用単位を特定できない資源は、基盤担当が組織の定義にそのアカウントを加えます。",
              "A register is missing or too old: its owner brings it up to date and hands it in. Where the scope cannot be told, the platform team adds the account to the organisation document."};
    case decide_by::completeness:
      return {"提出された資料が、そのシステムの全部かどうかの申告がありません。所管は、全部であることを提出資料の一覧(inputs/v1 の complete)で申告してください。一覧は委託先が作成しても構いません。",
              "Nobody stated that the given material covers the whole system. Its owner states so in the list of inputs (`complete` in inputs/v1), which a vendor may write."};
    case decide_by::rule_gap:
      return {"検査規則又は共通種別の定義が足りません。基盤担当が補います。",
              "The rule or the kind lacks a definition: the platform team adds it."};
  }
  return {"", ""};
}

word_pair reason_word(std::string_view reason) {
  if (reason == "computed") return {"適用時に決まる値", "set at apply"};
  if (reason == "not_configured") return {"設定がなく、計画では未定", "not configured and not known in the plan"};
  if (reason == "open_set") return {"未提出の資源が影響しうる", "depends on material that was not supplied"};
  if (reason == "scope") return {"適用単位を特定できない", "the scope cannot be told"};
  if (reason == "register") return {"台帳がないか古い", "a register is missing or too old"};
  if (reason == "undocumented_default") return {"既定値が文書で確認できない", "no documented default"};
  return {reason, reason};
}

word_pair cloud_word(std::string_view cloud) {
  if (cloud == "aws") return {"AWS", "AWS"};
  if (cloud == "azure") return {"Azure", "Azure"};
  if (cloud == "google") return {"Google Cloud", "Google Cloud"};
  if (cloud == "oci") return {"OCI", "OCI"};
  if (cloud == "sakura") return {"さくらのクラウド", "Sakura Cloud"};
  if (cloud == "kubernetes") return {"Kubernetes", "Kubernetes"};
  if (cloud.empty()) return {"クラウド不明", "cloud not known"};
  return {cloud, cloud};
}

word_pair stage_word(std::string_view stage) {
  if (stage == "plan") return {"適用前の計画", "plan (before it is applied)"};
  if (stage == "inventory") return {"稼働中の構成情報", "inventory (as it runs)"};
  if (stage == "register") return {"台帳", "register"};
  if (stage.empty()) return {"不明", "not known"};
  return {stage, stage};
}

word_pair input_status_word(std::string_view status) {
  if (status == "read") return {"読取り済み", "read"};
  if (status == "unreadable") return {"読み取れない", "unreadable"};
  if (status == "nothing_examined") return {"検査対象なし", "nothing examined"};
  return {status, status};
}

word_pair waiver_status_word(std::string_view status) {
  if (status == "holds") return {"有効", "holds"};
  if (status == "expired") return {"許可期限切れ", "expired"};
  if (status == "not_started") return {"開始前", "not started"};
  if (status == "unmatched") return {"該当する検出事項なし", "matches no finding"};
  if (status == "void") return {"無効", "void"};
  return {status, status};
}

}  // namespace sekimori

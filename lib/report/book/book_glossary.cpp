// report: see book_glossary.hpp. Words first that this book uses in a sense of its own, then short names.
#include "report/book/book_glossary.hpp"

#include <array>

namespace sekimori {
namespace {

struct explained { std::string_view ja, en, ja_meaning, en_meaning; };

constexpr std::array<explained, 24> words = {{
    {"適用単位", "scope", "値や例外措置を決める範囲。組織階層の一つの節であり、共通基盤、局、区、システム、環境などがある。",
     "What values and waivers are decided for: a node of the organisation's tree, such as the platform, a bureau, a ward, a system or an environment."},
    {"所管、運用者", "owner, operator", "適用単位に責任を持つ職と、日々の運用をする職。人の名ではなく職の名で書く。", "The posts that answer for a scope and that run it from day to day; posts, not people."},
    {"共通基盤", "platform", "各局のシステムが載る、組織全体のクラウドの土台と、それを所管する部署。", "What all systems of the organisation stand on in the clouds, and who owns it."},
    {"組織の定義", "organisation document", "適用単位の木と、所管、クラウドのアカウント、値、例外措置を書いた一つのファイル(形式は organisation/v1)。組織規程のことではない。",
     "One file with the tree of scopes, their owners, accounts in clouds, values and waivers (organisation/v1)."},
    {"台帳", "register", "職員、発令、契約、アカウント、システムなどの表(CSV、JSON、Excel)。", "Tables of people, assignments, contracts, accounts, systems and the like (CSV, JSON, Excel)."},
    {"クラウドのアカウント", "account in a cloud", "クラウドの契約の単位。AWS のアカウント、Azure のサブスクリプション、Google Cloud のプロジェクト、OCI のコンパートメント。人が使う利用者アカウントとは別のもの。",
     "What a cloud is contracted by: an account of AWS, a subscription of Azure, a project of Google Cloud, a compartment of OCI. Not the account of a person."},
    {"構築前の資料", "plan, template", "これから作る構成を書いたファイル。Terraform や OpenTofu の計画、CloudFormation や ARM のテンプレートなど。行政計画のことではない。",
     "Files that say what is about to be made: plans of Terraform or OpenTofu, templates of CloudFormation or ARM."},
    {"稼働中の構成の書き出し", "export of what runs", "動いているクラウドの設定を、クラウドの機能や API で一覧にしたファイル。", "Files with the settings of what runs, as a cloud's own functions or API list them."},
    {"判定保留", "undetermined", "値が決まっていないか資料がないため、満たすとも満たさないとも言えないこと。問題がないという意味ではない。構築後に決まる値は運用者が、台帳と、資料が全部であるとの申告は所管が、規則や組織の定義の不足は基盤担当が補い、再度検査する。",
     "Neither met nor violated, as a value is not settled or the material does not have it. It does not mean that all is well. The operator adds what is set at apply, the owner registers and the statement that the "
     "material is complete, the platform team what rules or the organisation document lack; then it is checked again."},
    {"例外措置", "waiver", "満たさないことを、許可を得て、期限と代替措置を定めて認めること。", "A permission not to meet a rule, until a day and with something else done instead."},
    {"クラウド事業者", "provider", "クラウドを提供する会社。システムの構築や運用の委託先とは別のもの。", "The company that offers the cloud; not the contractor that builds or runs a system."},
    {"LGWAN", "LGWAN", "総合行政ネットワーク。地方公共団体を結ぶ、インターネットから切り離した回線。", "The network of Japan's local governments, apart from the internet."},
    {"OCI", "OCI", "Oracle Cloud Infrastructure。オラクル社のクラウド。", "Oracle Cloud Infrastructure."},
    {"MFA", "MFA", "多要素認証。パスワードのほかに、端末や鍵などを合わせて確かめること。", "Multi-factor authentication: a device or key beside the password."},
    {"KMS", "KMS", "暗号鍵を保管し、使わせるクラウドの機能。", "A cloud's service that keeps encryption keys and lets them be used."},
    {"TLS", "TLS", "通信を暗号化する方式。版が古いものは破られるおそれがある。", "How traffic is encrypted; old versions can be broken."},
    {"WAF", "WAF", "公開したウェブへの攻撃を見分けて止める装置や機能。", "Web application firewall: finds and stops attacks on public web applications."},
    {"DDoS", "DDoS", "多数の機器から大量の通信を送り、使えなくする攻撃。", "An attack by masses of traffic from many machines."},
    {"DNS", "DNS", "名称(ドメイン名)から通信先の番号を引く仕組み。", "What finds the address for a domain name."},
    {"VPN", "VPN", "離れた拠点の間を、暗号化した通路で結ぶ仕組み。", "An encrypted path between places."},
    {"ISMAP", "ISMAP", "政府情報システムのためのセキュリティ評価制度。", "The Japanese government's programme for assessing cloud services."},
    {"NIST", "NIST", "米国の国立標準技術研究所。", "The National Institute of Standards and Technology of the United States."},
    {"CIS", "CIS", "Center for Internet Security。クラウドごとの設定の基準を公表する米国の非営利団体。", "Center for Internet Security, which publishes benchmarks of settings."},
    {"CSA", "CSA", "Cloud Security Alliance。クラウドの管理策の一覧を公表する団体。", "Cloud Security Alliance, which publishes a matrix of controls."},
}};

localized_text pair(std::string_view ja, std::string_view en) { return {std::string(ja), std::string(en)}; }

}  // namespace

void add_glossary(page_document& to) {
  to.heading(2, {"用語", "Words"}, "words");
  std::vector<std::vector<page_cell>> rows;
  for (const explained& one : words) rows.push_back({{pair(one.ja, one.en)}, {pair(one.ja_meaning, one.en_meaning)}});
  to.terms(std::move(rows));
}

}  // namespace sekimori

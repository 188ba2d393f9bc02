// report: see book_reading.hpp.
#include "report/book/book_reading.hpp"

#include <array>

#include "report/matrix/matrix_writers.hpp"

namespace sekimori {
namespace {

constexpr std::array<std::string_view, 8> cloud_labels = {"AWS", "Azure", "Google Cloud", "Google", "OCI", "さくら", "Sakura", "Kubernetes"};

struct told { std::string lead; std::vector<std::string> clouds; };

// At `at`: the end of "AWS: ", or nothing.
std::size_t label_end(std::string_view text, std::size_t at) {
  for (std::string_view label : cloud_labels) {
    if (text.substr(at).starts_with(label) && text.substr(at + label.size()).starts_with(": ")) return at + label.size() + 2;
  }
  return 0;
}

std::string trimmed(std::string_view text) {
  for (bool more = true; more;) {
    more = false;
    for (std::string_view end : {" ", "、", "。", ",", ".", ";"}) {
      if (!text.ends_with(end)) continue;
      text.remove_suffix(end.size());
      more = true;
    }
  }
  return std::string(text);
}

// No clouds: the text does not name them apart, or one of them where no clause ends ("Google and OCI: ...").
told split_by_cloud(std::string_view text) {
  told made;
  std::size_t begun = 0;
  bool in_cloud = false;
  auto end_at = [&](std::size_t at) {
    const std::string_view part = text.substr(begun, at - begun);
    if (in_cloud) made.clouds.push_back(trimmed(part));
    else made.lead = std::string(part.substr(0, part.find_last_not_of(' ') + 1));
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t end = label_end(text, i);
    if (end == 0) continue;
    const std::string_view before = text.substr(0, i);
    bool apart = i == 0;
    for (std::string_view one : {"、", "。", ", ", ". ", "; "}) apart = apart || before.ends_with(one);
    if (!apart) return {};
    end_at(i);
    in_cloud = true;
    begun = i;
    i = end - 1;
  }
  if (!in_cloud) return {};
  end_at(text.size());
  return made;
}

}  // namespace

void add_reading(page_document& to) {
  to.heading(2, {"この解説書の読み方", "How to read this book"}, "reading");
  to.paragraph({"検査規則は、クラウド上のシステムの設計資料や稼働中の構成に対して、一つの要件を定める。章は分類、節は検査規則であり、番号(例 NET-01)で示す。各項目の意味は次のとおり。言葉の意味は末尾の「用語」にある。",
                "A check rule sets one requirement for a system in a cloud, put to its design files or to what runs of it. Chapters are categories, sections are rules; a rule goes by its number, such as NET-01. What the entries of a section mean (words are explained at the end of the book):"});
  auto answer = [](check::matrix_answer one) {
    const word_pair word = word_of(one);
    const localized_text meaning = meaning_of(one);
    return std::vector<page_cell>{{{std::string(word.ja) + ": " + meaning.ja, std::string(word.en) + ": " + meaning.en}}};
  };
  page_cell clouds{{"クラウドごとに、どの資料で検査できるか。", "Of which material each cloud can be checked."}};
  for (const check::matrix_answer one : check::matrix_answers) {
    if (one != check::matrix_answer::unanswered) clouds.items.push_back(answer(one));
  }
  to.terms({
      {{{"重大度", "severity"}},
       {{"満たさないときの影響の大きさ。重大・高・中・低・参考の順に下がる。検査を受けた変更は、標準では、「高」以上の違反か「重大」の判定保留があれば止まる(終了コード 1、3)。止める重大度は、検査の実行時に変えられる。",
         "How grave it is where the rule is not met: critical, high, medium, low, info. By default a checked change stops where a violation is high or graver, or an undetermined verdict critical (exit codes 1 and 3); who runs the check may set other levels."}}},
      {{{"対象", "applies to"}}, {{"規則を当てはめる設定や資源の種類。", "The kinds of settings or resources that the rule is put to."}}},
      {{{"目的、求めること、是正", "why, requirement, fix"}}, {{"なぜ求めるか、何が満たされていればよいか、満たさないときに何をどう直すか。", "Why it is asked, what has to hold, and what to change where it does not hold."}}},
      {{{"パラメータ", "parameters"}},
       {{"規則が比べる値(日数、許可する接続元など)。適用単位は、括弧内の方向にだけ変えられる。組織の文書には、添えた英字の名で書く。", "Values that the rule compares with (days, allowed sources ...). A scope may change one in the direction in brackets, and in no other. The organisation document has them by the name in code."}}},
      {{{"適用単位の記載", "depends on the scope"}},
       {{"この規則の適用の有無や求める強さが、組織の文書に書くどの記載によるか。示されていない規則は、どの適用単位でも同じことを求める。",
         "On what the organisation document says of a scope depends whether this rule applies, or how much it asks for. A rule without it asks the same of every scope."}}},
      {{{"例外措置", "waiver"}},
       {{"満たさないことを、許可を得て、期限と代替措置を定めて認めること。判定は違反のままで、例外措置中と示される。「認めない」の規則では許可できない。",
         "A permission not to meet the rule, until a day and with something else done instead. The verdict stays a violation, and is shown as waived. Where it says none, nobody can permit it."}}},
      {{{"関連条項", "related clauses"}}, {{"内容が関わる基準の条項。条項の件名は、この規則集の作成者が付けた短い題で、基準の文言ではない。出典と照合したのは条項の番号と主題だけであり、規則を満たしても条項を満たすとは限らない。仕様書などに引用するときは、基準の最新版を確かめること。",
        "Clauses of standards about the same subject. Their titles are short ones by the authors of this rule set, not the wording of the standard. What was checked against a source is the number and subject alone: meeting the rule does not mean meeting the clause. Check the current edition before you cite a clause."}}},
      {{{"検査できるクラウド", "can be checked on"}}, std::move(clouds)},
  });
}

page_cell fix_cell(const localized_text& fix) {
  const told ja = split_by_cloud(fix.in("ja")), en = split_by_cloud(fix.in("en"));
  if (ja.clouds.size() < 2 || ja.clouds.size() != en.clouds.size()) return {fix};
  page_cell made{{ja.lead, en.lead}};
  for (std::size_t i = 0; i < ja.clouds.size(); ++i) made.items.push_back({{{ja.clouds[i], en.clouds[i]}}});
  return made;
}

}  // namespace sekimori

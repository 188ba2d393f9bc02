// rules: standards/v1 -> standards_document. Entry point: load_standards.
#include "rules/decoder.hpp"

namespace sekimori::rules {

standards_document load_standards(decoder& from, const node& root) {
  standards_document made;
  const mapping_node read = from.open(&root, "a standards document",
      {{"sekimori", required}, {"engine"}, {"standards", required}});
  made.header = from.header(read, false);
  std::map<std::string, span> standards_seen;
  for (const node* body : from.list(read.find("standards"), "standards", false)) {
    const mapping_node one = from.open(body, "a standard",
        {{"id", required}, {"edition", required}, {"title", required}, {"clouds"}, {"superseded_by"},
         {"clauses", required}});
    standard added;
    added.id = from.text(one.find("id"), "id", standard_id);
    from.unique(standards_seen, added.id, "standards");
    added.edition = from.plain(one.find("edition"), "edition");
    added.title = from.words(one.find("title"), "title");
    for (const node* cloud : from.list(one.find("clouds"), "clouds", false)) {
      std::string name = from.choice(cloud, "clouds", {"aws", "azure", "google", "oci", "sakura", "kubernetes"});
      if (!name.empty()) added.clouds.push_back(std::move(name));
    }
    added.superseded_by = from.plain(one.find("superseded_by"), "superseded_by", standard_id);
    std::map<std::string, span> clauses_seen;
    for (const node* item : from.list(one.find("clauses"), "clauses")) {
      const mapping_node entry = from.open(item, "a clause",
          {{"id", required}, {"title", required}, {"status", required}, {"superseded_by"}});
      clause line;
      line.id = from.text(entry.find("id"), "id", clause_id);
      from.unique(clauses_seen, line.id, "clauses of this standard");
      line.title = from.words(entry.find("title"), "title");
      line.verified = from.choice(entry.find("status"), "status", {"verified", "unverified"}) == "verified";
      line.superseded_by = from.plain(entry.find("superseded_by"), "superseded_by");
      added.clauses.push_back(std::move(line));
    }
    made.standards.push_back(std::move(added));
  }
  return made;
}

}  // namespace sekimori::rules

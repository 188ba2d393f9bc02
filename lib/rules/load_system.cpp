// rules: system/v1 -> system_document. Entry point: load_system. Whether profile, scope and kinds exist is for who reads it.
#include "rules/decoder.hpp"

namespace sekimori::rules {

system_document load_system(decoder& from, const node& root) {
  system_document made;
  const mapping_node read = from.open(&root, "a system",
      {{"sekimori", required}, {"engine"}, {"id", required}, {"title", required}, {"owner"}, {"operator"}, {"under"}, {"profile"}, {"zone"},
       {"classification"}, {"environment"}, {"clouds", required}, {"kinds"}, {"parameters"}});
  made.header = from.header(read, false);
  made.scope.id = from.text(read.find("id"), "id", node_id);
  made.scope.node_type = "system";
  from.set_languages({"ja", "en"});
  made.scope.titles.push_back({from.words(read.find("title"), "title"), "", ""});
  made.scope.owner = from.plain(read.find("owner"), "owner");
  made.scope.operated_by = from.plain(read.find("operator"), "operator");
  made.scope.profile = from.text(read.find("profile"), "profile", node_id);
  made.scope.zone = from.plain(read.find("zone"), "zone", local_id);
  made.scope.classification = from.plain(read.find("classification"), "classification", local_id);
  made.scope.environment = from.plain(read.find("environment"), "environment", local_id);
  made.scope.parameters = load_parameter_settings(from, read.find("parameters"));
  made.under = from.text(read.find("under"), "under", node_id);
  made.scope.parent = made.under.text;
  std::map<std::string, span> clouds, kinds;
  for (const node* item : from.list(read.find("clouds"), "clouds", false)) {
    located_string cloud = from.text(item, "clouds");
    cloud.text = from.choice(item, "clouds", {"aws", "azure", "google", "oci", "sakura"});
    if (cloud.text.empty()) continue;
    from.unique(clouds, cloud, "candidates");
    made.clouds.push_back(std::move(cloud));
  }
  if (const node* used = read.find("kinds")) {
    for (const node* item : from.list(used, "kinds", false)) {
      made.kinds.push_back(from.text(item, "kinds", word));
      if (made.kinds.back().source) from.unique(kinds, made.kinds.back(), "kinds");
    }
  }
  return made;
}

}  // namespace sekimori::rules

// rules: inputs/v1 -> inputs_document. Entry point: load_inputs. Opens none of the files it names.
#include "rules/decoder.hpp"

namespace sekimori::rules {

inputs_document load_inputs(decoder& from, const node& root) {
  inputs_document made;
  const mapping_node read = from.open(&root, "an inputs document",
      {{"sekimori", required}, {"engine"}, {"inputs", required}});
  made.header = from.header(read, false);
  for (const node* body : from.list(read.find("inputs"), "inputs", false)) {
    const mapping_node entry = from.open(body, "an input",
        {{"path", required}, {"scope"}, {"taken_at"}, {"declared_by"}, {"complete"}});
    input_entry one;
    one.path = from.text(entry.find("path"), "path");
    one.scope = from.text(entry.find("scope"), "scope", node_id);
    one.taken_at = from.plain(entry.find("taken_at"), "taken_at", moment);
    one.declared_by = from.plain(entry.find("declared_by"), "declared_by");
    one.complete = from.texts(entry.find("complete"), "complete", word);
    // A verdict that rests on a declaration says whose it is and of when.
    if (entry.has("complete") && !(entry.has("taken_at") && entry.has("declared_by"))) {
      const std::string missing = entry.has("taken_at") ? "`declared_by`" : entry.has("declared_by") ? "`taken_at`" : "`taken_at` and `declared_by`";
      from.report(diagnostic_code::missing_key, entry.find_key("complete")->where,
                  "`complete` is a declaration: it needs " + missing + " as well",
                  "who declares it, and when the input was taken");
    }
    made.inputs.push_back(std::move(one));
  }
  return made;
}

}  // namespace sekimori::rules

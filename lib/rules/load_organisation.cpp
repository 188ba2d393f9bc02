// rules: organisation/v1 -> organisation_document. Entry point: load_organisation. The tree of the
// document becomes a list of nodes, parents before children; meaning is organisation::build's.
#include "rules/decoder.hpp"

namespace sekimori::rules {
namespace {

waiver_document load_waiver(decoder& from, const node& body, const std::string& scope) {
  waiver_document made;
  const mapping_node read = from.open(&body, "a waiver",
      {{"id", required}, {"rule", required}, {"resource", required}, {"requester", required}, {"approver", required},
       {"decision", required}, {"reason", required}, {"compensating", required}, {"starts", required},
       {"expires", required}, {"review"}, {"renewals"}});
  made.source = from.source();
  made.where = read.first_key();
  made.scope = scope;
  made.id = from.text(read.find("id"), "id", node_id);
  made.rule = from.text(read.find("rule"), "rule", rule_reference);
  made.resource = from.text(read.find("resource"), "resource");
  made.requester = from.plain(read.find("requester"), "requester");
  made.approver = from.plain(read.find("approver"), "approver");
  made.decision = from.plain(read.find("decision"), "decision");
  made.reason = from.words(read.find("reason"), "reason");
  made.compensating = from.words(read.find("compensating"), "compensating");
  made.starts = from.plain(read.find("starts"), "starts", calendar_day);
  made.expires = from.plain(read.find("expires"), "expires", calendar_day);
  made.review = from.plain(read.find("review"), "review", calendar_day);
  made.renewals = read.has("renewals") ? from.whole_number(read.find("renewals"), "renewals", 0, 99) : 0;
  if (const node* approver = read.find("approver")) made.approver_where = approver->where;
  if (const node* starts = read.find("starts")) made.starts_where = starts->where;
  if (const node* expires = read.find("expires")) made.expires_where = expires->where;
  return made;
}

std::vector<titled_period> load_titles(decoder& from, const node* body) {
  std::vector<titled_period> made;
  if (body == nullptr) return made;
  if (body->kind != node_kind::sequence) {
    made.push_back({from.words(body, "title"), "", ""});
    return made;
  }
  std::string last_to;
  for (const node* item : from.list(body, "title", false)) {
    const mapping_node read = from.open(item, "a title with dates", {{"title", required}, {"from"}, {"to"}});
    titled_period one;
    one.title = from.words(read.find("title"), "title");
    one.from = from.plain(read.find("from"), "from", calendar_day);
    one.to = from.plain(read.find("to"), "to", calendar_day);
    const auto begins = day_number(one.from), ends = day_number(one.to), before = day_number(last_to);
    if (begins && ends && *begins > *ends) {
      from.report(diagnostic_code::validity, read.find("to")->where, "this title ends before it begins",
                  "a day on or after " + one.from);
    } else if (!made.empty() && (!begins || !before || *begins <= *before)) {
      const node* at = read.find("from");
      from.report(diagnostic_code::validity, at != nullptr ? at->where : read.first_key(),
                  "this title is valid at the same time as the one before it",
                  last_to.empty() ? "a `to` on the title before" : "a `from` after " + last_to);
    }
    last_to = one.to;
    made.push_back(std::move(one));
  }
  return made;
}

void load_node(decoder& from, const node& body, const std::string& parent, std::vector<scope_node>& to) {
  const mapping_node read = from.open(&body, "a scope",
      {{"id", required}, {"type", required}, {"title", required}, {"owner"}, {"operator"}, {"zone"},
       {"classification"}, {"environment"}, {"succeeds"}, {"accounts"}, {"tags"}, {"profile"}, {"adopts"},
       {"parameters"}, {"waivers"}, {"children"}});
  if (!read) return;
  scope_node made;
  made.id = from.text(read.find("id"), "id", node_id);
  made.parent = parent;
  made.node_type = from.plain(read.find("type"), "type", local_id);
  made.titles = load_titles(from, read.find("title"));
  made.owner = from.plain(read.find("owner"), "owner");
  made.operated_by = from.plain(read.find("operator"), "operator");
  made.zone = from.plain(read.find("zone"), "zone", local_id);
  made.classification = from.plain(read.find("classification"), "classification", local_id);
  made.environment = from.plain(read.find("environment"), "environment", local_id);
  for (located_string& former : from.texts(read.find("succeeds"), "succeeds", node_id)) {
    made.succeeds_where.push_back(former.where);
    made.succeeds.push_back(std::move(former.text));
  }
  for (const node* item : from.list(read.find("accounts"), "accounts")) {
    const mapping_node account = from.open(item, "an account", {{"cloud", required}, {"account", required}});
    account_reference one;
    one.cloud = from.choice(account.find("cloud"), "cloud", {"aws", "azure", "google", "oci", "sakura"});
    one.account = from.text(account.find("account"), "account");
    made.accounts.push_back(std::move(one));
  }
  if (const node* tags = read.find("tags")) {
    for (const auto& [key, value] : from.open_named(tags, "tags", any_text).pairs()) {
      made.tags.emplace(std::string(key->text), from.plain(value, key->text));
    }
  }
  made.profile = from.text(read.find("profile"), "profile", node_id);
  made.adopts = load_adopts(from, read.find("adopts"));
  made.parameters = load_parameter_settings(from, read.find("parameters"));
  for (const node* item : from.list(read.find("waivers"), "waivers")) {
    made.waivers.push_back(load_waiver(from, *item, made.id.text));
  }
  const std::string id = made.id.text;
  to.push_back(std::move(made));
  for (const node* child : from.list(read.find("children"), "children")) load_node(from, *child, id, to);
}

}  // namespace

organisation_document load_organisation(decoder& from, const node& root) {
  organisation_document made;
  const mapping_node read = from.open(&root, "an organisation document",
      {{"sekimori", required}, {"engine"}, {"id", required}, {"title", required}, {"registers"}, {"scopes", required}});
  made.header = from.header(read, false);
  made.id = from.text(read.find("id"), "id", node_id);
  made.title = from.words(read.find("title"), "title");
  if (const node* registers = read.find("registers")) {
    for (const auto& [key, value] : from.open_named(registers, "registers", word).pairs()) {
      made.registers.emplace_back(std::string(key->text), from.plain(value, key->text));
    }
  }
  for (const node* body : from.list(read.find("scopes"), "scopes", false)) load_node(from, *body, "", made.nodes);
  return made;
}

}  // namespace sekimori::rules

// inventory: inputs -> resources with identity, links, masks and positions. Entry points:
// parse_text, inventory::add. One file per format behind `format_reader`. Knows neither rules nor kinds;
// it is told attribute names by whoever asks for links.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/arena_vector.hpp"
#include "base/files.hpp"
#include "base/source.hpp"
#include "inventory/stable_list.hpp"
#include "sekimori/diagnostic.hpp"
#include "sekimori/report.hpp"
#include "sekimori/value.hpp"
#include "value/json_view.hpp"
#include "value/overlay.hpp"

namespace sekimori::inventory {

enum class action : std::uint8_t { create, replace, update, no_op, remove, read, forget };
std::string_view name_of(action what);

// What an object of Kubernetes says of itself.
struct manifest_identity {
  std::string group, version, kind;   // "apps", "v1", "Deployment"; the core group is empty
  std::string namespace_name;         // empty: not said
  std::string name;                   // empty where only generateName is given
};

// Texts stand in the input, or in memory that lives as long as the inventory.
struct resource {
  std::string_view address;       // "module.app.aws_s3_bucket.logs[0]"
  std::string_view type;          // "aws_s3_bucket"
  std::string_view name;          // "logs"
  std::string_view module;        // "module.app", empty: root
  std::string_view provider;      // provider source without host: "hashicorp/aws"
  std::string_view cloud;         // aws azure google oci sakura kubernetes; empty: none of them
  std::uint32_t type_index = 0;   // of its type in inventory::types()
  std::uint32_t position = 0;     // index in inventory::resources()
  bool data_source = false;
  action what = action::no_op;
  bool deposed = false;           // a left-over object of an earlier replacement: in no relation
  bool evaluated = true;          // create, replace, update, no-op of managed resources (design 4, Plans)
  value key;                      // instance key of count (int) or for_each (string); null: none
  std::string_view previous_address;
  std::uint32_t input = 0;        // index of the input
  std::string_view pointer;       // "/resource_changes/3"
  document_node known, unknown_mask, sensitive_mask;
  std::string_view imported_id;   // of the import that the plan makes; empty: none
  bool made_as_configured = false;   // the plan makes it, from what its configuration sets and nothing else
  const struct exported* says = nullptr;              // what an export says beside the attributes; null: of no export
  const struct configured* configuration = nullptr;   // the configuration block, opaque to others
  std::string_view provider_key;  // which provider configuration it uses ("aws.tokyo"); empty: not said
  std::shared_ptr<const manifest_identity> manifest;  // null: not an object of Kubernetes
  std::uint32_t line = 0, column = 0;                 // where it begins, as the format or YAML tells it; else 0: see position()
};

using resource_store = stable_list<resource>;

// A member of a relation, and how sure it is.
struct member {
  const resource* of = nullptr;
  bool certain = true;
};

// Possible members that many resources are answered with alike, in input order; `but` is none of them.
struct shared_members {
  const std::vector<const resource*>* list = nullptr;
  const resource* but = nullptr;
};

// What is linked to a resource through an attribute of the other side (design 4, Links, and Open and
// closed worlds). Deleted resources are in no relation. Who needs no list of all members gets by without one: where
// thousands of resources may be linked to each of thousands, that is what keeps them from being multiplied.
struct links {
  explicit links(arena& memory) : members(memory), shared(memory), why(memory) {}

  // Every member in input order, once; certain where any way to it is. Made in the same memory.
  arena_vector<member> all() const;
  bool empty() const;                   // no member at all

  arena_vector<member> members;         // found one by one, in input order: every one that is certain is here
  arena_vector<shared_members> shared;  // all other possible ones, maybe some of `members` again
  bool open = true;                     // something that was not given could be linked too
  bool removed_here = false;            // the plan deletes a part that was linked: known to be absent
  arena_vector<unknown_path> why;       // what makes it unsure; strings live until an input is added
};

// What an account holds, of one type of resources, in input order (design 4, Open and closed worlds).
struct holdings {
  explicit holdings(arena& memory) : certain(memory), possible(memory) {}
  arena_vector<const resource*> certain;
  arena_vector<const resource*> possible;      // their account is not known
};

// Accounts that inputs speak of, each once, in the order of cloud and id.
struct account_name {
  std::string cloud, id;
  auto operator<=>(const account_name&) const = default;
};
struct named_accounts {
  std::set<account_name> named;     // some resource is in it
  std::set<account_name> given;     // a resource of its own stands for it
  // Clouds with resources whose account is not told, and the provider configurations that these have, by input.
  std::set<std::tuple<std::string, std::uint32_t, std::string>> untold;
};

// Accounts by cloud, as they are compared.
using account_candidates = std::map<std::string, std::vector<std::string>, std::less<>>;

// Where a resource's region was found.
struct region_found {
  std::string_view name;          // empty: not known
  bool from_provider = false;     // its provider configuration says it
};

class line_stream;

// How an input is read.
struct reading_options {
  bool strict_json = false;                 // no key twice anywhere
  std::string_view format = {};             // a reader's name; empty: by content
  std::uint64_t most_bytes = 1ull << 30;    // of a compressed input when it is unpacked
};

// A text that is parsed and not yet added. Packed text is unpacked; NDJSON becomes a list, and so does text that is no
// JSON but looks like a manifest of Kubernetes, which is read as YAML with many documents. CSV of an identity service becomes its rows.
struct parsed_text {
  std::string name;
  std::string_view format, bytes;           // as they were given
  std::string made;                         // the JSON text where it is another than what was given
  std::map<std::string, line_column> places;   // of what becomes a resource in YAML, by JSON pointer
  bool placed = false;                      // the JSON text has the lines of what was given
  std::uint32_t indented = 0;               // by so many columns, then
  json_document document;
  std::vector<diagnostic> diagnostics;      // not empty: it could not be parsed
};
// By any thread; `bytes` must stay until the text is added, and as long as positions are asked for.
parsed_text parse_text(const std::string& name, std::string_view bytes, const reading_options& options);
std::string input_digest(std::string_view bytes);   // "sha256:..."

// Neighbours among resources(), or what a stream gives.
struct segment {
  std::size_t first, last;
  line_stream* lines;             // not null: its resources instead
};

// Adding is for one thread. After link() everything that is const may be asked by several threads at once, each with
// an arena of its own, where concurrent() says so.
class inventory {
 public:
  inventory();
  ~inventory();
  inventory(const inventory&) = delete;
  inventory& operator=(const inventory&) = delete;

  // Recognises the format by content, where none is asked for, and adds the document's resources. Never throws on data: what went wrong is in
  // the record (status, diagnostics), which names the file in any case; the digest is for the caller to fill in. A key that stands twice in an object of what a format's reader
  // uses makes the input unreadable, whoever asks about it later.
  // `parameters` gives a template what it leaves open (arm_parameters.hpp).
  input_record add(parsed_text text, const json_document* parameters = nullptr);
  // Keeps what the input that was added last was read from, where nobody else does.
  void keep(file_bytes bytes);
  // Parses, adds and fills in the digest. The bytes are not needed afterwards, and there are no positions.
  input_record add_text(const std::string& name, std::string_view bytes, const reading_options& options);
  // A large text with a value on each line, which is not held whole (line_stream.hpp). Its resources, but for those that
  // others are related to, are not among resources(): segments() leads to them.
  input_record add_lines(std::unique_ptr<line_stream> lines);
  // The same for a host's own object, read in place; it must outlive the inventory.
  input_record add_object(const std::string& name, const map_view* object, std::string_view format = {});
  // Resources for what is only named, as accounts and waivers of an organisation are (resources/v1), each text as one more
  // input after all others; for one run, as what names them may be its own. Nothing takes them back.
  struct named_text { std::string name, text; };
  void set_named(const std::vector<named_text>& texts);
  // By input: where what an export does not say the account of can be, as its scope's accounts are. One: it is there. For one run.
  void set_candidates(std::vector<account_candidates> by_input);
  // After the last add: joins across inputs become possible.
  void link();

  // Whether several threads may ask at once: a host's own objects are read by one.
  bool concurrent() const;

  const resource_store& resources() const;      // in input order, then document order
  std::vector<segment> segments() const;        // all there is to be judged, in input order
  const std::vector<std::string_view>& types() const; // each once, in the order of the first resource of each
  // The resource's attributes with masks laid over; made in `memory`.
  value attributes(const resource& of, arena& memory, const attribute_table* facts) const;

  // The resource's tags in one neutral form, map(string, string): aws tags_all, azure tags, google labels,
  // oci freeform and defined tags ("ns.key" stands as "ns.key" and as "key"), sakura "key=value" tags.
  // Unknown where unknown; as a whole where the provider can still add some. No such attribute: empty.
  value tags(const resource& of, arena& memory) const;
  // Where the resource or its provider configuration says it plainly.
  region_found region(const resource& of, arena& memory) const;
  // Account, subscription, project, compartment that it is in, as it says or its candidates are; empty: not known.
  std::string_view account(const resource& of, arena& memory) const;
  // The node of the organisation that it says it belongs to, as rows of registers do; empty: none.
  std::string_view scope(const resource& of) const;
  // Cloud-native id where known ("arn:...", "projects/..."), else with its type before it; empty: not known.
  std::string_view native_id(const resource& of, arena& memory) const;
  // Whether the input tells all that its apply will do: not errored, not partial, nothing deferred.
  bool complete(std::uint32_t input) const;
  // Where in the text that was given (unpacked, decoded) the resource begins; zeros where that is not known. Of a stream's resources
  // while they stand. By one thread; meanwhile others may ask for everything else.
  line_column position(const resource& of);

  // Resources of one of `types` whose attribute `by` names `target` through its attribute `to`
  // ("id" and what stands for it: arn, name, bucket ...): equal known value, else `references` in the
  // configuration, through module variables and outputs and by instance key; else possible members.
  // `part` asks for the closing rule of parts: closed where the target is created or replaced in a plan
  // that is complete. `whole`: somebody says that everything that is linked to it was given.
  links linked_to(const resource& target, std::span<const std::string_view> types, std::string_view by,
                  std::string_view to, bool part, arena& memory, bool whole = false) const;
  // The other direction: what attribute `path` of `from` names, among resources of `type`.
  links named_by(const resource& from, std::string_view path, std::string_view type, arena& memory) const;

  // The account that a resource stands for; empty: none, or one that is still to be made.
  std::string_view own_account(const resource& of, arena& memory) const;
  // Resources of `type` in the account that `account` stands for (base/account_types.hpp). What the plan takes away is in none,
  // and a data source says nothing of where it is.
  holdings held_by(const resource& account, std::string_view type, arena& memory) const;
  // Of everything that stands or is made, of streams what they told when they were added.
  named_accounts accounts() const;
  named_accounts accounts(std::uint32_t input) const;   // of one input
  // All of them, whatever account they are in.
  std::span<const resource* const> all_of(std::string_view type) const;

  // For tests of rules: every relation counts as closed.
  void close_all();
  bool all_closed() const;
  // Secrets that stand in clear in the inputs (sensitive values, literals of write-only and sensitive
  // attributes in `configuration`), to test that no output holds them. At least 6 bytes long each.
  std::vector<std::string> secrets() const;

  struct implementation;

 private:
  std::unique_ptr<implementation> implementation_;
};

}  // namespace sekimori::inventory

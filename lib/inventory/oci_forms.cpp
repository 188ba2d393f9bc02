// inventory: see oci_forms.hpp.
#include "inventory/oci_forms.hpp"

#include <algorithm>
#include <iterator>
#include <vector>

#include "value/containers.hpp"

namespace sekimori::inventory {
namespace {

constexpr int depth_limit = 1'000;   // of documents; a host's object may hold itself

bool upper(char c) { return c >= 'A' && c <= 'Z'; }
bool digit(char c) { return c >= '0' && c <= '9'; }
char lowered(char c) { return upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }

std::string lowered(std::string_view text) {
  std::string out;
  for (char c : text) out += lowered(c);
  return out;
}

// "compartmentId" -> "compartment-id"
std::string separated(std::string_view name, char by) {
  std::string out;
  for (char c : name) {
    if (upper(c)) out += by;
    out += lowered(c);
  }
  return out;
}

bool is_separated(std::string_view key) { return key.find(':') == std::string_view::npos && key.find_first_of("-_") != std::string_view::npos; }

// "memory-in-gbs" -> "memoryInGBs", as nearly all of the SDK's models have it ("uniqueSizeInMbs" is not among them). A few
// acronyms are lost ("asOPCService"). No kind reads either.
std::string api_name(std::string_view key) {
  if (!is_separated(key)) return std::string(key);
  std::string out;
  bool begins = false;
  std::size_t last = 0;
  for (char c : key) {
    if (c == '-' || c == '_') {
      begins = !out.empty();
      continue;
    }
    if (begins) last = out.size();
    out += begins && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    begins = false;
  }
  const std::string_view unit = std::string_view(out).substr(last), before = std::string_view(out).substr(0, last);
  const bool sized = unit.size() >= 2 && unit.size() <= 3 && std::string_view("KMGT").find(unit[0]) != std::string_view::npos && unit[1] == 'b' && (unit.size() == 2 || unit[2] == 's');
  if (sized && (before.ends_with("In") || before.ends_with("Per"))) out[last + 1] = 'B';
  return out;
}

template <class Row, std::size_t size>
bool holds(const Row (&rows)[size], std::string_view text) {
  return std::find(std::begin(rows), std::end(rows), text) != std::end(rows);
}

// Members whose keys people chose, all the way down; and those of things by their names.
bool keeps_all(std::string_view name) {
  static constexpr std::string_view rows[] = {"metadata", "additionalDetails", "securityAttributes", "freeformAttributes", "additionalAttributes", "variables", "config",
                                              "dimensions", "allConnectionStrings", "parameters", "identityContext", "headers"};
  return name.ends_with("Tags") || name.ends_with("Metadata") || holds(rows, name);
}
bool keeps_names(std::string_view name) {
  static constexpr std::string_view rows[] = {"listeners", "backendSets", "certificates", "hostnames", "pathRouteSets", "ruleSets", "sslCipherSuites", "routingPolicies"};
  return holds(rows, name);
}

enum class keys { of_api, of_things, of_people };

class converter {
 public:
  explicit converter(arena& memory) : memory_(memory) {}

  value made(const document_node& of, keys how, int depth) {
    if (depth > depth_limit) return value::null();
    if (of.is_list()) {
      std::vector<value> elements;
      of.each_element([&](const document_node& one) { elements.push_back(made(one, how, depth + 1)); });
      return value::list(memory_.make<arena_list>(memory_.copy(std::span<const value>(elements))));
    }
    if (!of.is_map()) return of.scalar();
    std::vector<map_entry> entries;
    of.each_entry([&](std::string_view key, const document_node& one) {
      const std::string name = how == keys::of_api ? api_name(key) : std::string(key);
      const keys below = how == keys::of_people || (how == keys::of_api && keeps_all(name)) ? keys::of_people
                         : how == keys::of_api && keeps_names(name) && one.is_map()         ? keys::of_things
                                                                                             : keys::of_api;
      entries.push_back({value::string(memory_.copy(std::string_view(name))), made(one, below, depth + 1)});
    });
    auto text = [](const map_entry& e) { return e.key.as_text(); };
    std::stable_sort(entries.begin(), entries.end(), [&](const map_entry& a, const map_entry& b) { return text(a) < text(b); });
    entries.erase(std::unique(entries.begin(), entries.end(), [&](const map_entry& a, const map_entry& b) { return text(a) == text(b); }), entries.end());
    return value::map(memory_.make<arena_map>(memory_.copy(std::span<const map_entry>(entries))));
  }

 private:
  arena& memory_;
};

struct region_row { std::string_view code, name; };
// The SDK's regions_definitions.py
constexpr region_row regions[] = {
    {"aga", "us-saltlake-2"}, {"ahu", "me-abudhabi-3"}, {"ams", "eu-amsterdam-1"}, {"arn", "eu-stockholm-1"}, {"auh", "me-abudhabi-1"},
    {"avf", "eu-crissier-1"}, {"avz", "eu-dcc-zurich-1"}, {"beg", "eu-jovanovac-1"}, {"bgy", "eu-dcc-milan-1"}, {"bno", "ap-chuncheon-2"},
    {"bog", "sa-bogota-1"}, {"bom", "ap-mumbai-1"}, {"brs", "uk-gov-cardiff-1"}, {"cdg", "eu-paris-1"}, {"cwl", "uk-cardiff-1"},
    {"dac", "ap-dcc-gazipur-1"}, {"dln", "ap-suwon-1"}, {"doh", "me-dcc-doha-1"}, {"dtm", "eu-dcc-rating-2"}, {"dtz", "ap-seoul-2"},
    {"dus", "eu-dcc-rating-1"}, {"dxb", "me-dubai-1"}, {"ebb", "us-somerset-1"}, {"ebl", "us-thames-1"}, {"fra", "eu-frankfurt-1"},
    {"gru", "sa-saopaulo-1"}, {"hnw", "sa-riodejaneiro-1"}, {"hsg", "ap-batam-1"}, {"hyd", "ap-hyderabad-1"}, {"iad", "us-ashburn-1"},
    {"ibr", "me-ibri-1"}, {"icn", "ap-seoul-1"}, {"jbp", "ap-kulai-2"}, {"jed", "me-jeddah-1"}, {"jnb", "af-johannesburg-1"},
    {"jsk", "eu-budapest-1"}, {"kix", "ap-osaka-1"}, {"lej", "af-casablanca-1"}, {"lfi", "us-langley-1"}, {"lhr", "uk-london-1"},
    {"lin", "eu-milan-1"}, {"ltn", "uk-gov-london-1"}, {"luf", "us-luke-1"}, {"mad", "eu-madrid-1"}, {"mct", "me-dcc-muscat-1"},
    {"mel", "ap-melbourne-1"}, {"mrs", "eu-marseille-1"}, {"mty", "mx-monterrey-1"}, {"mtz", "il-jerusalem-1"}, {"mxp", "eu-dcc-milan-2"},
    {"nja", "ap-chiyoda-1"}, {"nrq", "eu-turin-1"}, {"nrt", "ap-tokyo-1"}, {"onm", "ap-delhi-1"}, {"ord", "us-chicago-1"}, {"orf", "eu-madrid-3"},
    {"ork", "eu-dcc-dublin-1"}, {"pgc", "us-newark-1"}, {"phx", "us-phoenix-1"}, {"pia", "us-gov-chicago-1"}, {"qro", "mx-queretaro-1"},
    {"rba", "me-alain-1"}, {"ric", "us-gov-ashburn-1"}, {"rkt", "me-abudhabi-2"}, {"ruh", "me-riyadh-1"}, {"scl", "sa-santiago-1"},
    {"shj", "me-abudhabi-4"}, {"sin", "ap-singapore-1"}, {"sjc", "us-sanjose-1"}, {"snn", "eu-dcc-dublin-2"}, {"str", "eu-frankfurt-2"},
    {"syd", "ap-sydney-1"}, {"tus", "us-gov-phoenix-1"}, {"ukb", "ap-ibaraki-1"}, {"vap", "sa-valparaiso-1"}, {"vcp", "sa-vinhedo-1"},
    {"vll", "eu-madrid-2"}, {"vve", "me-alrayyan-1"}, {"wga", "ap-dcc-canberra-1"}, {"xsp", "ap-singapore-2"}, {"yny", "ap-chuncheon-1"},
    {"yul", "ca-montreal-1"}, {"yxj", "us-ashburn-2"}, {"yyz", "ca-toronto-1"}, {"zrh", "eu-zurich-1"},
};

std::string_view field_of_ocid(std::string_view id, int which) {
  if (!id.starts_with("ocid1.")) return {};
  for (int i = 0; i < which; ++i) {
    const auto dot = id.find('.');
    if (dot == std::string_view::npos) return {};
    id.remove_prefix(dot + 1);
  }
  const auto dot = id.find('.');
  return dot == std::string_view::npos ? std::string_view() : id.substr(0, dot);
}

}  // namespace

document_node oci_member(const document_node& from, std::string_view name) {
  document_node found;
  if (from.find(name, found) || from.find(separated(name, '-'), found)) return found;
  return from.field(separated(name, '_'));
}

document_node in_api_form(const document_node& of, arena& memory) {
  bool separate = false;
  of.each_entry([&](std::string_view key, const document_node&) { separate = separate || is_separated(key); });
  return separate ? document_node(converter(memory).made(of, keys::of_api, 0)) : of;
}

std::string ocid_word(std::string_view id) {
  std::string word;
  for (char c : field_of_ocid(id, 1)) {
    c = lowered(c);
    if (digit(c) || (c >= 'a' && c <= 'z')) word += c;
  }
  return word;
}

std::string ocid_region(std::string_view id) { return oci_region(field_of_ocid(id, 3)); }

std::string oci_region(std::string_view text) {
  const auto colon = text.find(':'), domain = text.find("-AD-");
  if (colon != std::string_view::npos) text.remove_prefix(colon + 1);
  const bool of_domain = domain != std::string_view::npos;
  if (of_domain) text = text.substr(0, text.find("-AD-"));
  std::string region = lowered(text);
  for (const region_row& row : regions) {
    if (row.code == region) return std::string(row.name);
  }
  // Availability domains of the oldest regions leave the number out: "US-ASHBURN-AD-1".
  if (of_domain && !region.empty() && !digit(region.back())) region += "-1";
  return region;
}

}  // namespace sekimori::inventory

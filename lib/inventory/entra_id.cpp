// inventory: people of Microsoft Entra ID: the CSV that the portal makes ("Download users"), and answers of Microsoft Graph about users
// and their registrations of factors. Entry point: entra_id_reader. The CSV's columns stand under Graph's names.
// https://learn.microsoft.com/graph/api/resources/user and .../userregistrationdetails
//
// An object is known by its id, which is nobody's name. The portal's export of registrations is not read: its headings are documented nowhere.
#include <algorithm>
#include <set>

#include "inventory/exported.hpp"
#include "inventory/reading.hpp"

namespace sekimori::inventory {
namespace {

constexpr auto unread = csv_cell::unread;
constexpr auto optional = csv_presence::optional;
constexpr auto distinctive = csv_presence::distinctive;

constexpr csv_column columns[] = {
    {"userPrincipalName", "userPrincipalName", csv_cell::text, distinctive},
    {"id", "id", csv_cell::text, optional},
    {"objectId", "id", csv_cell::text, optional},         // as it was called before
    {"userType", "userType", csv_cell::text, distinctive},
    {"accountEnabled", "accountEnabled", csv_cell::flag, distinctive},
    {"creationType", "creationType", csv_cell::text, optional},
    {"directorySynced", "onPremisesSyncEnabled", csv_cell::flag, optional},
    {"usageLocation", "usageLocation", csv_cell::text, optional},
    // People's own, and a moment in the form of whatever language the portal spoke.
    {"displayName", "", unread}, {"surname", "", unread}, {"mail", "", unread}, {"givenName", "", unread}, {"jobTitle", "", unread},
    {"department", "", unread}, {"streetAddress", "", unread}, {"state", "", unread}, {"country", "", unread}, {"officeLocation", "", unread},
    {"physicalDeliveryOfficeName", "", unread}, {"city", "", unread}, {"postalCode", "", unread}, {"telephoneNumber", "", unread}, {"mobilePhone", "", unread},
    {"mobile", "", unread}, {"authenticationPhoneNumber", "", unread}, {"authenticationAlternativePhoneNumber", "", unread}, {"authenticationEmail", "", unread},
    {"alternateEmailAddress", "", unread}, {"ageGroup", "", unread}, {"consentProvidedForMinor", "", unread}, {"legalAgeGroupClassification", "", unread},
    {"companyName", "", unread}, {"invitationState", "", unread}, {"identityIssuer", "", unread}, {"createdDateTime", "", unread},
};
constexpr csv_export tables[] = {{"entra-id", "users", columns, {}, "give the file as the portal makes it (Users, Download users)"}};

struct collection_row { std::string_view context, type, address; };
constexpr collection_row collections[] = {
    {"#users", "microsoft.graph/users", "users/"},
    {"#reports/authenticationMethods/userRegistrationDetails", "microsoft.graph/userregistrationdetails", "reports/authenticationMethods/userRegistrationDetails/"},
};

// ".../$metadata#users(id,userPrincipalName)", and "#users/$entity" of one alone.
const collection_row* collection_of(const document_node& one) {
  std::string_view context = one.field("@odata.context").text();
  if (context.find("graph.microsoft.") == std::string_view::npos) return nullptr;
  context = context.substr(std::min(context.find('#'), context.size()));
  if (context.ends_with("/$entity")) context.remove_suffix(std::string_view("/$entity").size());
  context = context.substr(0, context.find('('));
  for (const collection_row& row : collections) {
    if (row.context == context) return &row;
  }
  return nullptr;
}

class people_reader final : public format_reader {
 public:
  std::string_view name() const override { return tables[0].format; }
  std::string_view stage() const override { return "inventory"; }
  std::string_view title() const override { return "users of Microsoft Entra ID or their registrations of factors"; }
  bool recognises(const document_node& root) const override { return collection_of(root.is_list() ? root.at(0) : root) != nullptr; }
  std::span<const csv_export> csv_exports() const override { return tables; }
  std::string_view guess(const document_node& root) const override {
    if (root.field("@odata.context").text().find("graph.microsoft.") == std::string_view::npos) return {};
    return "of Microsoft Graph /users and /reports/authenticationMethods/userRegistrationDetails are read";
  }

  void read(const document_node& root, reading& into) const override {
    std::set<std::string> known;
    if (recognises(root)) {
      if (root.is_list()) {
        std::size_t index = 0;
        root.each_element([&](const document_node& one) { answer(one, into.element(index++), known, into); });
      } else {
        answer(root, "", known, into);
      }
    } else {
      each_csv_row(root, tables[0], into, [&](const document_node& attributes, const std::string& pointer, std::uint32_t row) { add(collections[0], attributes, pointer, row, known, into); });
    }
    into.tell_more_shapes("more users are wrong");
    into.links = export_links();
  }

 private:
  static void answer(const document_node& one, const std::string& pointer, std::set<std::string>& known, reading& into) {
    into.looks_at_all_of(one);
    const collection_row* row = collection_of(one);
    if (row == nullptr) {
      return into.wrong_shape((pointer.empty() ? "the answer" : pointer) + " is no answer about users", {"`@odata.context` of Microsoft Graph's users or userRegistrationDetails", ""});
    }
    const document_node listed = one.field("value");
    if (!listed.is_list()) return add(*row, one, pointer, 0, known, into);
    std::size_t index = 0;
    listed.each_element([&](const document_node& held) { add(*row, held, pointer + "/value/" + std::to_string(index++), 0, known, into); });
    if (!one.field("@odata.nextLink").text().empty()) {
      into.record.notes.push_back({"一覧に続きがあり、この入力はその一部です(" + pointer + "/@odata.nextLink)。", "the list goes on elsewhere: this input is a part of it (" + pointer + "/@odata.nextLink)"});
    }
  }

  static void add(const collection_row& of, const document_node& attributes, const std::string& pointer, std::uint32_t row, std::set<std::string>& known, reading& into) {
    const std::string_view id = text_field(attributes, "id");
    const std::string place = row == 0 ? (pointer.empty() ? "the answer" : pointer) : "row " + std::to_string(row);
    if (id.empty()) return into.wrong_shape(place + " has no `id`", {"the id of the user's object", "ask for id as well, where columns are selected"});
    const std::string address = std::string(of.address) + std::string(id);
    if (!known.insert(address).second) return into.wrong_shape(place + ": the user stands above already", {"each user once", ""});
    exported_resource made;
    made.type = of.type;
    made.name = id;
    made.address = made.says.native_id = into.memory.copy(std::string_view(address));
    made.says.tags_told = false;
    made.attributes = attributes;
    made.pointer = into.memory.copy(std::string_view(pointer));
    add_exported(into, made).line = row;
  }
};

}  // namespace

const format_reader& entra_id_reader() {
  static const people_reader reader;
  return reader;
}

}  // namespace sekimori::inventory

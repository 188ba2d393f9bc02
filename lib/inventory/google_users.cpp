// inventory: people of Google Workspace and Cloud Identity: the CSV that the admin console makes ("Download users"), and answers of
// the Directory API. Entry point: google_users_reader. The CSV's columns stand under the API's names.
// https://developers.google.com/workspace/admin/directory/reference/rest/v1/users
#include <set>

#include "inventory/exported.hpp"
#include "inventory/reading.hpp"

namespace sekimori::inventory {
namespace {

constexpr auto unread = csv_cell::unread;

constexpr csv_column columns[] = {
    {"Email Address [Required]", "primaryEmail", csv_cell::text, csv_presence::distinctive},
    {"Status [READ ONLY]", "status", csv_cell::text, csv_presence::distinctive},
    {"Last Sign In [READ ONLY]", "lastLoginTime", csv_cell::moment, csv_presence::needed},
    {"2sv Enrolled [READ ONLY]", "isEnrolledIn2Sv", csv_cell::flag, csv_presence::distinctive},
    {"2sv Enforced [READ ONLY]", "isEnforcedIn2Sv", csv_cell::flag, csv_presence::needed},
    {"Org Unit Path [Required]", "orgUnitPath", csv_cell::text, csv_presence::optional},
    {"First Name [Required]", "", unread}, {"Last Name [Required]", "", unread}, {"Password [Required]", "", unread},
    {"Password Hash Function [UPLOAD ONLY]", "", unread}, {"New Primary Email [UPLOAD ONLY]", "", unread}, {"Recovery Email", "", unread},
    {"Home Secondary Email", "", unread}, {"Work Secondary Email", "", unread}, {"Recovery Phone [MUST BE IN THE E.164 FORMAT]", "", unread},
    {"Work Phone", "", unread}, {"Home Phone", "", unread}, {"Mobile Phone", "", unread}, {"Work Address", "", unread}, {"Home Address", "", unread},
    {"Employee ID", "", unread}, {"Employee Type", "", unread}, {"Employee Title", "", unread}, {"Manager Email", "", unread}, {"Department", "", unread},
    {"Cost Center", "", unread}, {"Building ID", "", unread}, {"Floor Name", "", unread}, {"Floor Section", "", unread}, {"Email Usage [READ ONLY]", "", unread},
    {"Drive Usage [READ ONLY]", "", unread}, {"Photos Usage [READ ONLY]", "", unread}, {"Storage limit [READ ONLY]", "", unread},
    {"Storage Used [READ ONLY]", "", unread}, {"Total Storage [READ ONLY]", "", unread}, {"Change Password at Next Sign-In", "", unread},
    {"New Status [UPLOAD ONLY]", "", unread}, {"Licenses [READ ONLY]", "", unread}, {"New Licenses [UPLOAD ONLY]", "", unread},
    {"Advanced Protection Program enrollment", "", unread},
};
constexpr std::string_view nothing[] = {"Never logged in"};
constexpr csv_export tables[] = {{"google-users", "users", columns, nothing,
                                  "give the file as the admin console makes it (Directory, Users, Download users, all columns), in English"}};

class users_reader final : public format_reader {
 public:
  std::string_view name() const override { return tables[0].format; }
  std::string_view stage() const override { return "inventory"; }
  std::string_view title() const override { return "users of Google Workspace or Cloud Identity"; }
  bool recognises(const document_node& root) const override { return is_page(root.is_list() ? root.at(0) : root); }
  std::span<const csv_export> csv_exports() const override { return tables; }

  void read(const document_node& root, reading& into) const override {
    std::set<std::string_view> users;
    auto add = [&](const document_node& attributes, const std::string& pointer, std::uint32_t row) {
      const std::string_view mail = text_field(attributes, "primaryEmail");
      const std::string place = row == 0 ? pointer : "row " + std::to_string(row);
      if (mail.find('@') == std::string_view::npos) return into.wrong_shape(place + " has no address of mail", {"a user with `primaryEmail`", ""});
      if (!users.insert(mail).second) return into.wrong_shape(place + ": the user stands above already", {"each user once", ""});
      exported_resource made;
      made.type = "admin.googleapis.com/User";
      made.address = made.says.native_id = into.memory.copy(std::string_view("//admin.googleapis.com/users/" + std::string(mail)));
      made.name = mail;
      made.says.tags_told = false;
      made.attributes = attributes;
      made.pointer = into.memory.copy(std::string_view(pointer));
      add_exported(into, made).line = row;
    };
    if (recognises(root)) {
      answers(root, into, add);
    } else {
      each_csv_row(root, tables[0], into, add);
      into.record.notes.push_back({"最終サインインの時刻には時差の表記がなく、UTC として読みました。", "times of the last sign-in have no offset and were read as UTC"});
    }
    into.tell_more_shapes("more users are wrong");
    into.links = export_links();
  }

 private:
  static bool is_page(const document_node& one) { return one.field("kind").text() == "admin#directory#users" || one.field("kind").text() == "admin#directory#user"; }

  template <class Add>
  static void answers(const document_node& root, reading& into, Add& add) {
    bool goes_on = false;
    auto page = [&](const document_node& one, const std::string& pointer) {
      into.looks_at_all_of(one);
      if (!is_page(one)) return into.wrong_shape((pointer.empty() ? "the answer" : pointer) + " is no answer of the Directory API", {"`kind` admin#directory#users or admin#directory#user", ""});
      if (one.field("kind").text() == "admin#directory#user") return add(one, pointer, 0);
      goes_on = goes_on || !one.field("nextPageToken").text().empty();
      std::size_t index = 0;
      one.field("users").each_element([&](const document_node& user) { add(user, pointer + "/users/" + std::to_string(index++), 0); });
    };
    if (root.is_list()) {
      std::size_t index = 0;
      root.each_element([&](const document_node& one) { page(one, into.element(index++)); });
    } else {
      page(root, "");
    }
    if (goes_on) into.record.notes.push_back({"一覧には続きがあります(nextPageToken)。", "the list goes on elsewhere (nextPageToken)"});
  }
};

}  // namespace

const format_reader& google_users_reader() {
  static const users_reader reader;
  return reader;
}

}  // namespace sekimori::inventory

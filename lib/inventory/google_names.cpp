// inventory: see google_names.hpp.
#include "inventory/google_names.hpp"

namespace sekimori::inventory {
namespace {

struct row { std::string_view begins, name; };

// What stands before the path of a resource in a link of an API.
constexpr row links[] = {
    {"https://www.googleapis.com/compute/v1/", "//compute.googleapis.com/"},
    {"https://www.googleapis.com/compute/beta/", "//compute.googleapis.com/"},
    {"https://compute.googleapis.com/compute/v1/", "//compute.googleapis.com/"},
    {"https://www.googleapis.com/storage/v1/b/", "//storage.googleapis.com/"},
    {"https://sqladmin.googleapis.com/sql/v1beta4/", "//cloudsql.googleapis.com/"},
    {"https://www.googleapis.com/sql/v1beta4/", "//cloudsql.googleapis.com/"},
    {"https://container.googleapis.com/v1/", "//container.googleapis.com/"},
    {"https://container.googleapis.com/v1beta1/", "//container.googleapis.com/"},
    {"https://bigquery.googleapis.com/bigquery/v2/", "//bigquery.googleapis.com/"},
};

// Types whose id is the path itself.
constexpr row ids[] = {
    {"google_compute_", "//compute.googleapis.com/"},        {"google_kms_", "//cloudkms.googleapis.com/"},
    {"google_bigquery_dataset", "//bigquery.googleapis.com/"}, {"google_bigquery_table", "//bigquery.googleapis.com/"},
    {"google_pubsub_", "//pubsub.googleapis.com/"},          {"google_dns_", "//dns.googleapis.com/"},
    {"google_logging_", "//logging.googleapis.com/"},
};

}  // namespace

std::string google_full_name(std::string_view type, std::string_view self_link, std::string_view id) {
  for (const row& one : links) {
    if (self_link.starts_with(one.begins) && self_link.size() > one.begins.size()) {
      return std::string(one.name) + std::string(self_link.substr(one.begins.size()));
    }
  }
  if (type == "google_storage_bucket") return id.empty() ? std::string() : "//storage.googleapis.com/" + std::string(id);
  for (const row& one : ids) {
    if (type.starts_with(one.begins) && id.starts_with("projects/")) return std::string(one.name) + std::string(id);
  }
  return {};
}

}  // namespace sekimori::inventory

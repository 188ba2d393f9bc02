// base: see account_types.hpp.
#include "base/account_types.hpp"

namespace sekimori {
namespace {

constexpr account_type table[] = {
    {"account:aws", "aws", {"id"}},
    {"account:azure", "azure", {"id"}},
    {"account:google", "google", {"id"}},
    {"account:oci", "oci", {"id"}},
    {"account:sakura", "sakura", {"id"}},
    {"aws_organizations_account", "aws", {"id"}},
    {"AWS::Organizations::Account", "aws", {"AccountId"}},
    {"aws-api:organizations.Account", "aws", {"Id"}},
    {"azurerm_subscription", "azure", {"subscription_id"}},
    {"microsoft.resources/subscriptions", "azure", {"subscriptionId"}},
    {"google_project", "google", {"project_id", "number"}},
    {"cloudresourcemanager.googleapis.com/Project", "google", {"projectId", "projectNumber"}},
    {"oci_identity_compartment", "oci", {"id"}},
    {"ocid:compartment", "oci", {"id"}},
    {"ocid:tenancy", "oci", {"id"}},
    {"sakura_iam_project", "sakura", {"id"}},
};

}  // namespace

const account_type* account_type_of(std::string_view type) {
  for (const account_type& one : table) {
    if (one.type == type) return &one;
  }
  return nullptr;
}

}  // namespace sekimori

// The formats of inputs that are read, in the order in which they are asked, with how each is known and made. Entry point:
// formats_table.
#include "inventory/format.hpp"
#include "sections.hpp"

namespace sekimori::docs {
namespace {

// Words for people that a reader has no need of.
struct format_words { std::string_view name, known_by, made_by; };
constexpr format_words all_words[] = {
    {"terraform-plan", "`format_version` and `resource_changes`, `planned_values` or `configuration`",
     "`terraform plan -out=p.bin && terraform show -json p.bin > plan.json`; `tofu` alike"},
    {"terraform-state", "`format_version` and `values`; or `version`, `serial` and `lineage`",
     "`terraform show -json > state.json`, or the state file: `terraform state pull > terraform.tfstate`; `tofu` alike"},
    {"kubernetes-manifest", "`apiVersion` and `kind`", "the manifests; of a cluster `kubectl get deployments,services -A -o json`"},
    {"cloudformation", "`AWSTemplateFormatVersion`, or `Resources` with types such as `AWS::S3::Bucket`",
     "the template, JSON or YAML with the short forms (`!Sub`); of a stack `aws cloudformation get-template --stack-name S --template-stage Processed --query TemplateBody`"},
    {"arm-template", "`$schema` of a deployment template", "`az bicep build --file main.bicep`; the template itself"},
    {"aws-config", "`configurationItems`, `baseConfigurationItems`, `Results` of a selection, events of rules, or an item alone",
     "`aws configservice deliver-config-snapshot --delivery-channel-name default` and the file in its bucket; `aws configservice select-resource-config "
     "--expression \"SELECT resourceId, resourceName, resourceType, arn, accountId, awsRegion, tags, configuration, supplementaryConfiguration\"`"},
    {"aws-api", "the member of a result (`SecurityGroups`, `DBInstances` ...) and what its elements always have",
     "`aws ec2 describe-security-groups > security-groups.json`, and alike for other services; what boto3 answers"},
    {"aws-credential-report", "the headings `user`, `arn`, `password_enabled` and `mfa_active`; or `Content` and `ReportFormat`",
     "`aws iam generate-credential-report`, then `aws iam get-credential-report`, as it is or its `Content` out of base64; the IAM console"},
    {"entra-id", "`@odata.context` of Microsoft Graph's users or userRegistrationDetails; or the headings `userPrincipalName`, `userType` and `accountEnabled`",
     "`az rest --url \"https://graph.microsoft.com/v1.0/users?$select=id,userPrincipalName,userType,accountEnabled,onPremisesSyncEnabled,signInActivity\"`; "
     "`az rest --url https://graph.microsoft.com/v1.0/reports/authenticationMethods/userRegistrationDetails`; the portal's CSV (Download users)"},
    {"google-users", "`kind` admin#directory#users; or the headings `Email Address [Required]`, `Status [READ ONLY]` and `2sv Enrolled [READ ONLY]`",
     "users.list of the Directory API; the admin console's CSV (Directory, Users, Download users)"},
    {"azure-resources", "`id` that begins with `/subscriptions/` or `/providers/` and `type`; or a page of them",
     "`az graph query -q \"Resources\" --first 1000`; `az resource show --ids ID`; `az rest --url URL`"},
    {"google-assets", "`name` and `assetType` (or `asset_type`)",
     "`gcloud asset export --project=P --content-type=resource --output-path=gs://...`, and again with `--content-type=iam-policy`; `gcloud asset list --format=json`"},
    {"google-api", "`kind` such as compute#instance or sql#instancesList; or a `name` or `selfLink` of a resource that is read",
     "`gcloud compute instances list --format=json`, and alike for other services (`gcloud storage buckets list --raw --format=json`); the APIs' own answers"},
    {"oci-api", "OCIDs (`ocid1.`) in `id`, alone, in `data` or in `items`", "`oci network security-list list --compartment-id ID --all`, and alike for other services"},
    {"sakura-api", "members of an answer (`Servers`, `Disks` ...) with `Count` and `Total`, or one of them alone",
     "`curl -u TOKEN:SECRET https://secure.sakura.ad.jp/cloud/zone/is1b/api/cloud/1.1/server`, and alike for `disk`, `switch` ..."},
    {"register", "the headings of a register; no other format has them", "spreadsheets of offices: [registers](registers.md)"},
    {"resources", "`sekimori: resources/v1`", "your own tools: the form is below"},
};

const format_words& words_of(std::string_view name) {
  static constexpr format_words none = {"", "**no words in docs/generate/formats.cpp**", ""};
  for (const format_words& one : all_words) {
    if (one.name == name) return one;
  }
  return none;
}

}  // namespace

std::string formats_table() {
  std::string page = "| `--input-format` | stage | what it is | known by | made by |\n| --- | --- | --- | --- | --- |\n";
  for (const inventory::format_reader* one : inventory::format_readers()) {
    const format_words& words = words_of(one->name());
    page += "| `" + std::string(one->name()) + "` | " + std::string(one->stage()) + " | " + std::string(one->title()) + " | " + std::string(words.known_by) + " | " + std::string(words.made_by) + " |\n";
  }
  return page;
}

}  // namespace sekimori::docs

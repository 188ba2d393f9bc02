// base: which cloud a resource's type is of, and how such a type is written. Entry points: cloud_of_type,
// is_resource_type. The one table of these forms: rules and readers of inputs ask here.
#pragma once

#include <array>
#include <string_view>

namespace sekimori {

// The clouds that rules are about.
inline constexpr std::array<std::string_view, 5> known_clouds = {"aws", "azure", "google", "oci", "sakura"};

// "aws", "azure", "google", "oci", "sakura", "kubernetes"; empty: none of them.
//   aws_s3_bucket, azurerm_..., azuread_..., google_..., oci_..., sakura_..., sakuracloud_..., kubernetes_...   Terraform
//   AWS::S3::Bucket                            CloudFormation
//   aws-config:AWS::S3::Bucket                 AWS Config, whose attributes are those of the service's own API
//   aws-api:ec2.SecurityGroup                  an element of a result of the AWS SDKs
//   microsoft.storage/storageaccounts          Azure Resource Manager, templates and resources alike; in lower case, as
//                                              its types are told apart without case
//   storage.googleapis.com/Bucket              Cloud Asset Inventory; its policy: storage.googleapis.com/Bucket:iam_policy
//   ocid:bucket                                OCI, by the word that its OCIDs have
//   sakura-api:Disk                            Sakura Cloud's API
//   apps/v1/Deployment                         Kubernetes
//   register:account                           a row of a register of accounts, of whichever cloud it says
//   register:system                            a row of a register of systems
//   organisation:waiver                        a waiver of the organisation document
//   terraform:provider, terraform:module       what the configuration of a plan says of where its providers and modules are from
//   account:aws, account:azure ...             an account that something names, of which nothing else was given
std::string_view cloud_of_type(std::string_view type);

// Types whose resources are of no cloud, or of the one that they say themselves. The table's own text; empty: none of them.
std::string_view type_without_cloud(std::string_view type);

// Whether a text has one of these forms; Terraform's with any prefix.
bool is_resource_type(std::string_view text);
// "aws_s3_bucket", "random_id"
bool is_terraform_type(std::string_view text);
// "v1/Pod", "apps/v1/Deployment"
bool is_object_type(std::string_view text);

}  // namespace sekimori

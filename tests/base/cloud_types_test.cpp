#include "base/cloud_types.hpp"

#include <doctest/doctest.h>

using namespace sekimori;

TEST_CASE("each cloud's way of writing a type is known") {
  struct row { std::string_view type, cloud; };
  for (auto [type, cloud] : {row{"aws_s3_bucket", "aws"}, row{"azuread_user", "azure"}, row{"azurerm_subnet", "azure"}, row{"google_project", "google"},
                             row{"oci_core_vcn", "oci"}, row{"sakuracloud_disk", "sakura"}, row{"sakura_disk", "sakura"},
                             row{"AWS::S3::Bucket", "aws"}, row{"aws-config:AWS::EC2::SecurityGroup", "aws"}, row{"aws-api:ec2.SecurityGroup", "aws"},
                             row{"microsoft.storage/storageaccounts", "azure"}, row{"microsoft.sql/servers/firewallrules", "azure"},
                             row{"storage.googleapis.com/Bucket", "google"}, row{"storage.googleapis.com/Bucket:iam_policy", "google"},
                             row{"ocid:bucket", "oci"}, row{"sakura-api:Disk", "sakura"}, row{"v1/Pod", "kubernetes"},
                             row{"networking.k8s.io/v1/Ingress", "kubernetes"}}) {
    CAPTURE(type);
    CHECK(cloud_of_type(type) == cloud);
    CHECK(is_resource_type(type));
  }
}

TEST_CASE("what only looks like a type is none") {
  CHECK(is_resource_type("random_id"));          // of a provider that is no cloud
  CHECK(cloud_of_type("random_id").empty());
  for (std::string_view text : {"", "aws", "Bucket", "AWS::S3", "AWS::S3::", "aws-config:", "aws-config:S3", "aws-api:ec2", "aws-api:ec2.", "microsoft.storage",
                                "Microsoft.Storage/storageAccounts", "microsoft.storage/", "microsoft.storage//x", "storage.googleapis.com/", ".googleapis.com/Bucket",
                                "storage.googleapis.com/Bucket:", "ocid:", "ocid:a b", "sakura-api:", "v1/", "/Pod", "a b", "v1/pod"}) {
    CAPTURE(text);
    CHECK(cloud_of_type(text).empty());
    CHECK(!is_resource_type(text));
  }
}

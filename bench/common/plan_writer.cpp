// bench: see plan_writer.hpp.
#include "common/plan_writer.hpp"

#include <fmt/format.h>

#include <cstdint>

namespace bench {
namespace {

constexpr int buckets = 30, groups = 20, instances = 20;

class plan_writer {
 public:
  std::string write(int tenants) {
    for (int i = 0; i < tenants; ++i) tenant(i);
    return fmt::format(
        R"({{"format_version":"1.2","terraform_version":"1.11.4","planned_values":{{"root_module":{{"child_modules":[{}]}}}},)"
        R"("resource_changes":[{}],"configuration":{{"provider_config":{{"aws":{{"name":"aws","full_name":"registry.terraform.io/hashicorp/aws"}}}},)"
        R"("root_module":{{"module_calls":{{{}}}}}}},"timestamp":"2026-11-24T00:00:00Z","applyable":true,"complete":true,"errored":false}})",
        planned_, changes_, calls_);
  }

 private:
  void tenant(int number) {
    module_ = fmt::format("module.tenant_{:04}", number);
    tags_ = fmt::format(R"({{"classification":"confidentiality-2","environment":"prod","owner":"情報政策課","system":"tenant-{:04}"}})", number);
    resources_.clear();
    for (int i = 0; i < buckets; ++i) bucket(number, i);
    for (int i = 0; i < groups; ++i) group(i);
    for (int i = 0; i < instances; ++i) instance(i);
    planned_ += fmt::format(R"({}{{"resources":[{}],"address":"{}"}})", comma(planned_), resources_, module_);
    std::string configuration =
        R"({"address":"aws_s3_bucket.store","mode":"managed","type":"aws_s3_bucket","name":"store","provider_config_key":"aws","expressions":{"bucket":{"references":["each.value"]},"tags":{"references":["var.tags"]}},"schema_version":0,"for_each_expression":{"references":["local.buckets"]}},)"
        R"({"address":"aws_s3_bucket_public_access_block.store","mode":"managed","type":"aws_s3_bucket_public_access_block","name":"store","provider_config_key":"aws","expressions":{"block_public_acls":{"constant_value":true},"block_public_policy":{"references":["each.value"]},"bucket":{"references":["aws_s3_bucket.store","each.key"]},"ignore_public_acls":{"constant_value":true},"restrict_public_buckets":{"constant_value":true}},"schema_version":0,"for_each_expression":{"references":["local.buckets"]}},)"
        R"({"address":"aws_instance.web","mode":"managed","type":"aws_instance","name":"web","provider_config_key":"aws","expressions":{"ami":{"constant_value":"ami-0000000000example"},"instance_type":{"constant_value":"t3.large"},"root_block_device":[{"encrypted":{"constant_value":true},"volume_size":{"constant_value":50}}],"vpc_security_group_ids":{"references":["aws_security_group.g00.id","aws_security_group.g00"]}},"schema_version":2,"count_expression":{"constant_value":20}})";
    for (int i = 0; i < groups; ++i) {
      configuration += fmt::format(
          R"(,{{"address":"aws_security_group.g{0:02}","mode":"managed","type":"aws_security_group","name":"g{0:02}","provider_config_key":"aws","expressions":{{"ingress":{{"constant_value":[{{"cidr_blocks":["10.0.0.0/8"],"from_port":443,"protocol":"tcp","to_port":443}}]}},"name":{{"constant_value":"g{0:02}"}},"vpc_id":{{"references":["var.vpc_id"]}}}},"schema_version":1}})",
          i);
    }
    calls_ += fmt::format(R"({}"tenant_{:04}":{{"source":"./tenant","module":{{"resources":[{}]}}}})", comma(calls_), number, configuration);
  }

  void bucket(int number, int i) {
    std::string index = fmt::format("\"k{:02}\"", i);
    add("aws_s3_bucket", "store", index,
        fmt::format(R"({{"bucket":"tenant-{:04}-{:02}","force_destroy":false,"region":"ap-northeast-1","tags":{},"tags_all":{},"timeouts":null}})", number, i, tags_, tags_),
        R"({"acceleration_status":true,"acl":true,"arn":true,"bucket_domain_name":true,"bucket_prefix":true,"bucket_regional_domain_name":true,"cors_rule":true,"grant":true,"hosted_zone_id":true,"id":true,"lifecycle_rule":true,"logging":true,"object_lock_configuration":true,"object_lock_enabled":true,"policy":true,"replication_configuration":true,"request_payer":true,"server_side_encryption_configuration":true,"tags":{},"tags_all":{},"versioning":true,"website":true,"website_domain":true,"website_endpoint":true})",
        R"({"cors_rule":[],"grant":[],"lifecycle_rule":[],"logging":[],"object_lock_configuration":[],"replication_configuration":[],"server_side_encryption_configuration":[],"tags":{},"tags_all":{},"versioning":[],"website":[]})");
    add("aws_s3_bucket_public_access_block", "store", index,
        fmt::format(R"({{"block_public_acls":true,"block_public_policy":{},"ignore_public_acls":true,"region":"ap-northeast-1","restrict_public_buckets":true,"skip_destroy":null}})", i % 10 != 0),
        R"({"bucket":true,"id":true})", "{}");
  }

  void group(int i) {
    std::string ssh = i % 10 == 0
                          ? R"(,{"cidr_blocks":["0.0.0.0/0"],"description":"保守用","from_port":22,"ipv6_cidr_blocks":[],"prefix_list_ids":[],"protocol":"tcp","security_groups":[],"self":false,"to_port":22})"
                          : R"(,{"cidr_blocks":["10.0.0.0/8"],"description":"保守用","from_port":22,"ipv6_cidr_blocks":[],"prefix_list_ids":[],"protocol":"tcp","security_groups":[],"self":false,"to_port":22})";
    constexpr const char* mask = R"({"cidr_blocks":[false],"ipv6_cidr_blocks":[],"prefix_list_ids":[],"security_groups":[]})";
    add("aws_security_group", fmt::format("g{:02}", i), "",
        fmt::format(R"({{"description":"Managed by Terraform","egress":[],"ingress":[{{"cidr_blocks":["10.0.0.0/8"],"description":"","from_port":443,"ipv6_cidr_blocks":[],"prefix_list_ids":[],"protocol":"tcp","security_groups":[],"self":false,"to_port":443}}{}],"name":"g{:02}","region":"ap-northeast-1","revoke_rules_on_delete":false,"tags":{},"tags_all":{},"timeouts":null}})", ssh, i, tags_, tags_),
        fmt::format(R"({{"arn":true,"egress":[],"id":true,"ingress":[{0},{0}],"name_prefix":true,"owner_id":true,"tags":{{}},"tags_all":{{}},"vpc_id":true}})", mask),
        fmt::format(R"({{"egress":[],"ingress":[{0},{0}],"tags":{{}},"tags_all":{{}}}})", mask));
  }

  void instance(int i) {
    add("aws_instance", "web", std::to_string(i),
        fmt::format(R"({{"ami":"ami-0000000000example","associate_public_ip_address":false,"credit_specification":[],"force_destroy":false,"get_password_data":false,"hibernation":null,"instance_type":"t3.large","launch_template":[],"region":"ap-northeast-1","root_block_device":[{{"delete_on_termination":true,"encrypted":true,"tags":null,"volume_size":50}}],"source_dest_check":true,"tags":{},"tags_all":{},"timeouts":null,"user_data":null,"user_data_replace_on_change":false,"volume_tags":null,"vpc_security_group_ids":[null]}})", tags_, tags_),
        R"({"arn":true,"availability_zone":true,"capacity_reservation_specification":true,"cpu_options":true,"credit_specification":[],"disable_api_stop":true,"disable_api_termination":true,"ebs_block_device":true,"ebs_optimized":true,"enclave_options":true,"ephemeral_block_device":true,"host_id":true,"iam_instance_profile":true,"id":true,"instance_state":true,"ipv6_addresses":true,"key_name":true,"launch_template":[],"maintenance_options":true,"metadata_options":true,"monitoring":true,"network_interface":true,"password_data":true,"placement_group":true,"private_dns":true,"private_ip":true,"public_dns":true,"public_ip":true,"root_block_device":[{"device_name":true,"iops":true,"kms_key_id":true,"volume_id":true,"volume_type":true}],"security_groups":true,"subnet_id":true,"tags":{},"tags_all":{},"tenancy":true,"vpc_security_group_ids":[true]})",
        R"({"credit_specification":[],"ebs_block_device":[],"ephemeral_block_device":[],"launch_template":[],"metadata_options":[],"root_block_device":[{"tags":{}}],"tags":{},"tags_all":{},"vpc_security_group_ids":[false]})");
  }

  void add(const std::string& type, const std::string& name, const std::string& index, const std::string& after, const std::string& unknown,
           const std::string& sensitive) {
    std::string in_address, member;
    if (!index.empty()) {
      member = ",\"index\":" + index;
      in_address = index.front() == '"' ? "[\\\"" + index.substr(1, index.size() - 2) + "\\\"]" : "[" + index + "]";
    }
    std::string address = fmt::format("{}.{}.{}{}", module_, type, name, in_address);
    resources_ += fmt::format(
        R"({}{{"address":"{}","mode":"managed","type":"{}","name":"{}"{},"provider_name":"registry.terraform.io/hashicorp/aws","schema_version":0,"values":{},"sensitive_values":{}}})",
        comma(resources_), address, type, name, member, after, sensitive);
    changes_ += fmt::format(
        R"({}{{"address":"{}","module_address":"{}","mode":"managed","type":"{}","name":"{}"{},"provider_name":"registry.terraform.io/hashicorp/aws","change":{{"actions":["create"],"before":null,"after":{},"after_unknown":{},"before_sensitive":false,"after_sensitive":{}}}}})",
        comma(changes_), address, module_, type, name, member, after, unknown, sensitive);
  }

  static const char* comma(const std::string& so_far) { return so_far.empty() ? "" : ","; }

  std::string planned_, changes_, calls_, resources_, module_, tags_;
};

}  // namespace

std::string large_plan(int resources) { return plan_writer().write(resources / resources_of_tenant); }

std::string wrong_verdicts(const sekimori::report& made, int resources) {
  auto expect = [](const char* what, std::uint64_t found, std::uint64_t expected) {
    return found == expected ? std::string() : fmt::format("{}: {} instead of {}\n", what, found, expected);
  };
  auto tenants = static_cast<std::uint64_t>(resources / resources_of_tenant);
  auto& by_rule = made.summary.by_rule;
  auto of = [&](const char* rule) {
    auto found = by_rule.find(rule);
    return found == by_rule.end() ? sekimori::verdict_counts{} : found->second;
  };
  auto ports = of("baseline.network/NET-01");
  auto open = of("baseline.data/DAT-01");
  return expect("resources", made.summary.examined.resources, static_cast<std::uint64_t>(resources)) +
         expect("errors", made.summary.total.error, 0) +
         expect("NET-01 fail", ports.fail, tenants * groups / 10) +
         expect("NET-01 judged", ports.fail + ports.pass, tenants * groups * 2) +
         // Both a bucket and its access block are asked.
         expect("DAT-01 fail", open.fail, 2 * tenants * buckets / 10) +
         expect("DAT-01 judged", open.pass + open.fail + open.undetermined, 2 * tenants * buckets);
}

}  // namespace bench

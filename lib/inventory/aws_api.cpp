// inventory: results of the AWS APIs as the command line and the SDKs write them (`aws ec2 describe-security-groups`), alone,
// in lists, or with boto3's `data` around them. Entry point: aws_api_reader. What is read is one table: a result is known by
// its member, its elements by members that they always have. Names as in the models of botocore.
#include <algorithm>

#include "inventory/exported.hpp"
#include "inventory/reading.hpp"

namespace sekimori::inventory {
namespace {

constexpr int most_wrappings = 4;

struct result_row {
  std::string_view member;        // of the result: a list, or one object
  std::string_view known_by, also;   // members of an element; `also` may be empty
  std::string_view type;
  std::string_view arn, name;     // members of an element; an ARN may be left out by older versions
  std::string_view tags;          // empty: the result never has them
  bool tags_left_out_if_none;     // else they are not known where they are left out
};

constexpr result_row results[] = {
    {"SecurityGroups", "GroupId", "GroupName", "ec2.SecurityGroup", "SecurityGroupArn", "GroupId", "Tags", true},
    {"NetworkAcls", "NetworkAclId", "Entries", "ec2.NetworkAcl", "", "NetworkAclId", "Tags", true},
    {"Instances", "InstanceId", "ImageId", "ec2.Instance", "", "InstanceId", "Tags", true},
    {"Volumes", "VolumeId", "Encrypted", "ec2.Volume", "VolumeArn", "VolumeId", "Tags", true},
    {"Vpcs", "VpcId", "CidrBlock", "ec2.Vpc", "", "VpcId", "Tags", true},
    {"Subnets", "SubnetId", "VpcId", "ec2.Subnet", "SubnetArn", "SubnetId", "Tags", true},
    {"FlowLogs", "FlowLogId", "FlowLogStatus", "ec2.FlowLog", "", "FlowLogId", "Tags", true},
    {"InternetGateways", "InternetGatewayId", "Attachments", "ec2.InternetGateway", "", "InternetGatewayId", "Tags", true},
    {"NatGateways", "NatGatewayId", "VpcId", "ec2.NatGateway", "", "NatGatewayId", "Tags", true},
    {"RouteTables", "RouteTableId", "Routes", "ec2.RouteTable", "", "RouteTableId", "Tags", true},
    {"Images", "ImageId", "ImageLocation", "ec2.Image", "", "ImageId", "Tags", true},
    {"VpcPeeringConnections", "VpcPeeringConnectionId", "AccepterVpcInfo", "ec2.VpcPeeringConnection", "", "VpcPeeringConnectionId", "Tags", true},
    {"VpnConnections", "VpnConnectionId", "CustomerGatewayId", "ec2.VpnConnection", "", "VpnConnectionId", "Tags", true},
    {"Snapshots", "SnapshotId", "VolumeId", "ec2.Snapshot", "SnapshotArn", "SnapshotId", "Tags", true},
    {"DBInstances", "DBInstanceIdentifier", "Engine", "rds.DBInstance", "DBInstanceArn", "DBInstanceIdentifier", "TagList", false},
    {"DBClusters", "DBClusterIdentifier", "Engine", "rds.DBCluster", "DBClusterArn", "DBClusterIdentifier", "TagList", false},
    {"DBSnapshots", "DBSnapshotIdentifier", "Engine", "rds.DBSnapshot", "DBSnapshotArn", "DBSnapshotIdentifier", "TagList", false},
    {"Clusters", "ClusterIdentifier", "NodeType", "redshift.Cluster", "", "ClusterIdentifier", "Tags", false},
    {"DBSnapshotAttributesResult", "DBSnapshotIdentifier", "DBSnapshotAttributes", "rds.DBSnapshotAttributesResult", "", "DBSnapshotIdentifier", "", false},
    {"DBClusterSnapshotAttributesResult", "DBClusterSnapshotIdentifier", "DBClusterSnapshotAttributes", "rds.DBClusterSnapshotAttributesResult", "",
     "DBClusterSnapshotIdentifier", "", false},
    {"Table", "TableName", "KeySchema", "dynamodb.Table", "TableArn", "TableName", "", false},
    {"FileSystems", "FileSystemId", "Encrypted", "efs.FileSystemDescription", "FileSystemArn", "FileSystemId", "Tags", false},
    {"logGroups", "logGroupName", "", "logs.LogGroup", "logGroupArn", "logGroupName", "", false},
    {"KeyMetadata", "KeyId", "Arn", "kms.KeyMetadata", "Arn", "KeyId", "", false},
    {"Listeners", "ListenerArn", "LoadBalancerArn", "elbv2.Listener", "ListenerArn", "ListenerArn", "", false},
    {"LoadBalancers", "LoadBalancerArn", "Scheme", "elbv2.LoadBalancer", "LoadBalancerArn", "LoadBalancerName", "", false},
    {"cluster", "name", "resourcesVpcConfig", "eks.Cluster", "arn", "name", "tags", false},
    {"trailList", "TrailARN", "Name", "cloudtrail.Trail", "TrailARN", "Name", "", false},
    {"UserDetailList", "UserName", "Arn", "iam.UserDetail", "Arn", "UserName", "Tags", true},
    {"GroupDetailList", "GroupName", "Arn", "iam.GroupDetail", "Arn", "GroupName", "", false},
    {"RoleDetailList", "RoleName", "Arn", "iam.RoleDetail", "Arn", "RoleName", "Tags", true},
    {"Policies", "PolicyName", "PolicyVersionList", "iam.ManagedPolicyDetail", "Arn", "PolicyName", "", false},
    {"PasswordPolicy", "MinimumPasswordLength", "", "iam.PasswordPolicy", "", "", "", false},
    {"AccessKeyMetadata", "AccessKeyId", "Status", "iam.AccessKeyMetadata", "", "AccessKeyId", "", false},
    {"Addresses", "AllocationId", "PublicIp", "ec2.Address", "", "AllocationId", "Tags", true},
    {"LoginProfile", "UserName", "CreateDate", "iam.LoginProfile", "", "UserName", "", false},
    {"SummaryMap", "AccountAccessKeysPresent", "", "iam.summaryMapType", "", "", "", false},
    {"SecretList", "ARN", "Name", "secretsmanager.Secret", "ARN", "Name", "Tags", true},
    {"Functions", "FunctionArn", "FunctionName", "lambda.Function", "FunctionArn", "FunctionName", "", false},
    {"taskDefinition", "taskDefinitionArn", "containerDefinitions", "ecs.TaskDefinition", "taskDefinitionArn", "family", "", false},
    {"FunctionUrlConfigs", "FunctionUrl", "AuthType", "lambda.FunctionUrlConfig", "", "FunctionUrl", "", false},
    {"BackupVaultList", "BackupVaultName", "BackupVaultArn", "backup.BackupVaultListMember", "BackupVaultArn", "BackupVaultName", "", false},
    {"CertificateSummaryList", "CertificateArn", "DomainName", "acm.CertificateSummary", "CertificateArn", "DomainName", "", false},
    {"ServerCertificateMetadataList", "ServerCertificateName", "Arn", "iam.ServerCertificateMetadata", "Arn", "ServerCertificateName", "", false},
    {"Buckets", "Name", "CreationDate", "s3.Bucket", "BucketArn", "Name", "", false},
};

constexpr std::string_view reservations = "Reservations";
constexpr std::string_view type_begins = "aws-api:";

bool is_of(const result_row& row, const document_node& element) {
  return !element.field(row.known_by).is_null() && (row.also.empty() || !element.field(row.also).is_null());
}

// A result within boto3's record of it.
document_node result_in(document_node given) {
  for (int i = 0; i < most_wrappings && given.field("data").is_map(); ++i) given = given.field("data");
  return given;
}

bool is_result(const document_node& given) {
  constexpr std::size_t keys_of_an_empty_one = 3;    // itself, ResponseMetadata, a marker
  const document_node one = result_in(given);
  auto has = [&](std::string_view member, auto is_element) {
    const document_node held = one.field(member);
    if (held.is_map()) return is_element(held);
    return held.is_list() && (held.size() == 0 ? one.size() <= keys_of_an_empty_one : is_element(held.at(0)));
  };
  if (has(reservations, [](const document_node& element) { return element.field("Instances").is_list(); })) return true;
  return std::any_of(std::begin(results), std::end(results), [&](const result_row& row) {
    return has(row.member, [&](const document_node& element) { return is_of(row, element); });
  });
}

class results_reading {
 public:
  explicit results_reading(reading& into) : into_(into) {}

  void read(const document_node& root) {
    if (root.is_list()) {
      std::size_t index = 0;
      root.each_element([&](const document_node& one) {
        into_.looks_at_all_of(one);
        result(one, into_.element(index++));
      });
    } else {
      into_.looks_at_all_of(root);
      result(root, "");
    }
    into_.tell_more_shapes("more places do not have the form of a result");
    for (const std::string& name : unread_) into_.record.notes.push_back({"読まない一覧があります: " + name, "a list that is not read: " + name});
    into_.links = export_links();
  }

 private:
  void wrong(const std::string& pointer, const std::string& message, std::string help = {}) {
    into_.wrong_shape((pointer.empty() ? std::string("the result") : pointer) + " " + message,
                  {"a result of an AWS API, such as that of `aws ec2 describe-security-groups`", std::move(help)});
  }
  std::string_view kept(const std::string& text) { return into_.memory.copy(std::string_view(text)); }

  void result(document_node given, std::string pointer) {
    for (int i = 0; i < most_wrappings && given.field("data").is_map(); ++i) {
      given = given.field("data");
      pointer += "/data";
    }
    if (!given.is_map()) return wrong(pointer, "is no object");
    bool any = false;
    given.each_entry([&](std::string_view name, const document_node& held) {
      const std::string place = pointer + "/" + std::string(name);
      const auto row = std::find_if(std::begin(results), std::end(results), [&](const result_row& one) { return one.member == name; });
      if (name == reservations && held.is_list()) {
        any = true;
        each(held, place, [&](const document_node& one, const std::string& at) { reservation(one, at); });
      } else if (row != std::end(results) && (held.is_list() || held.is_map())) {
        any = true;
        each(held, place, [&](const document_node& one, const std::string& at) { element(*row, one, {}, at); });
      } else if (held.is_list() && held.at(0).is_map()) {
        unread(std::string(name));
      } else if (name == "IsTruncated" || name == "Truncated") {
        if (held.is_true()) into_.goes_on(std::string(name));
      } else if (name == "NextToken" || name == "nextToken" || name == "Marker" || name == "NextMarker" || name == "ContinuationToken") {
        if (!held.text().empty()) into_.goes_on(std::string(name));
      }
    });
    if (!any) wrong(pointer, "has no list that is read");
  }

  void unread(std::string name) {
    if (std::find(unread_.begin(), unread_.end(), name) == unread_.end()) unread_.push_back(std::move(name));
  }

  template <class Take>
  void each(const document_node& held, const std::string& place, Take take) {
    if (held.is_map()) return take(held, place);
    std::size_t index = 0;
    held.each_element([&](const document_node& one) { take(one, place + "/" + std::to_string(index++)); });
  }

  void reservation(const document_node& given, const std::string& pointer) {
    const document_node instances = given.field("Instances");
    if (!instances.is_list()) return wrong(pointer, "has no `Instances`");
    const result_row& row = *std::find_if(std::begin(results), std::end(results), [](const result_row& one) { return one.member == "Instances"; });
    each(instances, pointer + "/Instances", [&](const document_node& one, const std::string& at) { element(row, one, given.field("OwnerId").text(), at); });
  }

  void element(const result_row& row, const document_node& one, std::string_view owner, const std::string& pointer) {
    if (!one.is_map()) return wrong(pointer, "is no object");
    if (!is_of(row, one)) {
      return wrong(pointer, "has no `" + std::string(row.known_by) + "`" + (row.also.empty() ? std::string() : " or no `" + std::string(row.also) + "`"),
                   row.member == "Policies" ? "`aws iam get-account-authorization-details` has policies with their text" : "");
    }
    exported_resource made;
    made.type = kept(std::string(type_begins) + std::string(row.type));
    made.name = row.name.empty() ? row.type : one.field(row.name).text();
    says(row, one, owner, made);
    made.attributes = one;
    made.pointer = kept(pointer);
    add_exported(into_, made);
  }

  void says(const result_row& row, const document_node& one, std::string_view owner, exported_resource& to) {
    std::string_view arn = row.arn.empty() ? std::string_view() : one.field(row.arn).text();
    if (arn.empty()) arn = one.field("arn").text();                 // log groups: older versions have "arn:...:*" alone
    if (arn.ends_with(":*")) arn.remove_suffix(2);
    const std::string_view placed = arn.empty() ? one.field("ClusterNamespaceArn").text() : arn;
    to.says.native_id = arn;
    to.says.account = one.field("OwnerId").text();
    if (to.says.account.empty()) to.says.account = owner.empty() ? arn_field(placed, 4) : owner;
    for (std::string_view place : {arn_field(placed, 3), one.field("BucketRegion").text(), one.field("AvailabilityZone").text(), one.field("Placement").field("AvailabilityZone").text()}) {
      if (place.empty()) continue;
      to.says.region = kept(normal_region("aws", place));
      break;
    }
    document_node tags;
    const bool there = !row.tags.empty() && one.find(row.tags, tags);
    to.says.tags = tags;
    to.says.tags_told = there || row.tags_left_out_if_none;
    to.address = arn;
    if (!arn.empty()) return;
    std::string address = std::string(row.type) + (row.name.empty() ? std::string() : "/" + std::string(to.name));
    for (std::string_view place : {to.says.region, to.says.account}) {
      if (!place.empty()) address = std::string(place) + "/" + address;
    }
    to.address = kept(address);
  }

  reading& into_;
  std::vector<std::string> unread_;
};

class results_reader final : public format_reader {
 public:
  std::string_view name() const override { return "aws-api"; }
  std::string_view stage() const override { return "inventory"; }
  std::string_view cloud() const override { return "aws"; }
  std::string_view title() const override { return "results of the AWS APIs"; }
  bool recognises(const document_node& root) const override { return is_result(root.is_list() ? root.at(0) : root); }
  void read(const document_node& root, reading& into) const override { results_reading(into).read(root); }
  std::optional<std::vector<std::string>> types_like(std::string_view type) const override {
    if (!type.starts_with(type_begins)) return std::nullopt;
    std::vector<std::string> made;
    for (const result_row& row : results) made.push_back(std::string(type_begins) + std::string(row.type));
    return made;
  }
};

}  // namespace

const format_reader& aws_api_reader() {
  static const results_reader reader;
  return reader;
}

}  // namespace sekimori::inventory

"""A large inventory for measuring: a line for each asset of Google's Cloud Asset Inventory, in the shares of an organisation.

large_inventory.py BYTES > FILE. Nothing is drawn by chance: the same number makes the same bytes. `/usr/bin/time -v` beside
`sekimori check FILE` gives the rows of docs/performance.md."""
import json
import sys

# Of a hundred assets: (type, how many).
SHARES = (("storage.googleapis.com/Bucket", 20), ("compute.googleapis.com/Disk", 30), ("compute.googleapis.com/Instance", 25),
          ("compute.googleapis.com/Firewall", 15), ("compute.googleapis.com/Subnetwork", 8), ("compute.googleapis.com/Network", 2))
API = "https://www.googleapis.com/compute/v1/"
OF_A_PROJECT = 400
# Spread, so that no type stands in one place of the file.
ORDER = [kind for kind, share in SHARES for _ in range(share)]
ORDER = [ORDER[at * 37 % len(ORDER)] for at in range(len(ORDER))]
PLACES = {kind: [at for at in range(OF_A_PROJECT) if ORDER[at % len(ORDER)] == kind] for kind, _ in SHARES}   # in each project


def other(kind, i):
    """The name of a resource of the same project that stands in it."""
    places = PLACES["compute.googleapis.com/" + kind]
    return f"{kind.lower()}-{i // OF_A_PROJECT * OF_A_PROJECT + places[i % len(places)]}"


def bucket(i, project):
    return {"name": f"bureau-{i}", "location": ("ASIA-NORTHEAST1", "ASIA-NORTHEAST2", "US")[i % 17 % 3], "storageClass": "STANDARD",
            "iamConfiguration": {"publicAccessPrevention": "enforced" if i % 9 else "inherited", "uniformBucketLevelAccess": {"enabled": bool(i % 7)}},
            "versioning": {"enabled": i % 3 != 0}, "labels": {"owner": f"bureau-{i % 40}", "environment": ("prod", "stage", "dev")[i % 3]},
            "encryption": {"defaultKmsKeyName": f"projects/{project}/locations/asia-northeast1/keyRings/r/cryptoKeys/k{i % 5}"} if i % 2 else {}}


def disk(i, project):
    return {"name": f"disk-{i}", "sizeGb": str(10 + i % 500), "zone": f"{API}projects/{project}/zones/asia-northeast1-a", "status": "READY",
            "type": f"{API}projects/{project}/zones/asia-northeast1-a/diskTypes/pd-balanced", "labels": {"owner": f"bureau-{i % 40}"},
            "selfLink": f"{API}projects/{project}/zones/asia-northeast1-a/disks/disk-{i}", "users": [f"{API}projects/{project}/zones/asia-northeast1-a/instances/{other('Instance', i)}"]}


def instance(i, project):
    interface = {"name": "nic0", "network": f"{API}projects/{project}/global/networks/{other('Network', i)}", "subnetwork": f"{API}projects/{project}/regions/asia-northeast1/subnetworks/{other('Subnetwork', i)}",
                 "networkIP": f"10.{i % 250}.{i // 250 % 250}.7"}
    if i % 25 == 0:
        interface["accessConfigs"] = [{"type": "ONE_TO_ONE_NAT", "natIP": f"203.0.113.{i % 250}"}]
    return {"name": f"instance-{i}", "machineType": f"{API}projects/{project}/zones/asia-northeast1-a/machineTypes/e2-standard-4", "zone": f"{API}projects/{project}/zones/asia-northeast1-a",
            "status": "RUNNING", "canIpForward": False, "networkInterfaces": [interface], "labels": {"owner": f"bureau-{i % 40}", "environment": "prod"},
            "disks": [{"boot": True, "source": f"{API}projects/{project}/zones/asia-northeast1-a/disks/{other('Disk', i)}", "mode": "READ_WRITE"}],
            "serviceAccounts": [{"email": f"app@{project}.iam.gserviceaccount.com", "scopes": ["https://www.googleapis.com/auth/cloud-platform"]}],
            "shieldedInstanceConfig": {"enableSecureBoot": bool(i % 4), "enableVtpm": True, "enableIntegrityMonitoring": True}}


def firewall(i, project):
    return {"name": f"firewall-{i}", "network": f"{API}projects/{project}/global/networks/{other('Network', i)}", "direction": "INGRESS", "priority": 1000, "disabled": False,
            "sourceRanges": ["0.0.0.0/0"] if i % 30 == 0 else ["10.0.0.0/8"], "allowed": [{"IPProtocol": "tcp", "ports": ["22" if i % 11 == 0 else "443"]}], "logConfig": {"enable": i % 2 == 0}}


def subnetwork(i, project):
    return {"name": f"subnetwork-{i}", "network": f"{API}projects/{project}/global/networks/{other('Network', i)}", "ipCidrRange": f"10.{i % 250}.0.0/20", "region": f"{API}projects/{project}/regions/asia-northeast1",
            "privateIpGoogleAccess": True, "enableFlowLogs": i % 5 != 0, "logConfig": {"enable": i % 5 != 0}}


def network(i, project):
    return {"name": f"network-{i}", "autoCreateSubnetworks": False, "selfLink": f"{API}projects/{project}/global/networks/network-{i}", "routingConfig": {"routingMode": "REGIONAL"}}


BODIES = {"Bucket": bucket, "Disk": disk, "Instance": instance, "Firewall": firewall, "Subnetwork": subnetwork, "Network": network}
PLURAL = {"Disk": "zones/asia-northeast1-a/disks", "Instance": "zones/asia-northeast1-a/instances", "Firewall": "global/firewalls",
          "Subnetwork": "regions/asia-northeast1/subnetworks", "Network": "global/networks"}


def main():
    wanted, written, i = int(sys.argv[1]), 0, 0
    while written < wanted:
        kind = ORDER[i % len(ORDER)]
        short, project = kind.rpartition("/")[2], f"city-{i // OF_A_PROJECT}"
        body = BODIES[short](i, project)
        where = body["name"] if short == "Bucket" else f"projects/{project}/{PLURAL[short]}/{body['name']}"
        line = json.dumps({"name": f"//{kind.partition('/')[0]}/{where}", "assetType": kind, "ancestors": [f"projects/{100000 + i // OF_A_PROJECT}", "folders/7", "organizations/1"],
                           "updateTime": "2026-11-01T00:00:00Z",
                           "resource": {"version": "v1", "discoveryName": short, "parent": f"//cloudresourcemanager.googleapis.com/projects/{100000 + i // OF_A_PROJECT}", "data": body}})
        written += len(line) + 1
        i += 1
        print(line)


if __name__ == "__main__":
    main()

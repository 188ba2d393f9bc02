terraform {
  required_version = ">= 1.11"
  required_providers {
    oci = {
      source  = "oracle/oci"
      version = "~> 7.0"
    }
  }
}

# 市民申請システム（架空、模擬データ）。急いで作られた版で、基準に合わないところが多い。
provider "oci" {
  region       = "ap-tokyo-1"
  tenancy_ocid = "ocid1.tenancy.oc1..examplemogi"
}

# 様式の予備だけ国外
provider "oci" {
  alias        = "far"
  region       = "us-ashburn-1"
  tenancy_ocid = "ocid1.tenancy.oc1..examplemogi"
}

variable "db_password" {
  description = "データベースの合言葉"
  type        = string
  sensitive   = true
  default     = "Example-Passw0rd1"
}

variable "web_count" {
  type    = number
  default = 2
}

locals {
  tenancy     = "ocid1.tenancy.oc1..examplemogi"
  compartment = "ocid1.compartment.oc1..examplemogishinseiprod"
  # 局・区分・契約番号・費用負担が抜けている
  free = { "managed-by" = "terraform" }
  tags = { "gov.system" = "shinsei", "gov.environment" = "prod", "gov.owner" = "情報政策課" }
}

module "network" {
  source         = "./modules/network"
  compartment_id = local.compartment
  subnets        = { web = "10.60.10.0/24" }
  freeform_tags  = local.free
  defined_tags   = local.tags
}

resource "oci_core_security_list" "web" {
  compartment_id = local.compartment
  vcn_id         = module.network.vcn_id
  display_name   = "shinsei-web"
  freeform_tags  = local.free
  defined_tags   = local.tags

  ingress_security_rules {
    description = "保守用（あとで閉じる）"
    protocol    = "6"
    source      = "0.0.0.0/0"
    tcp_options {
      min = 22
      max = 22
    }
  }

  ingress_security_rules {
    description = "とりあえず全部"
    protocol    = "all"
    source      = "0.0.0.0/0"
  }
}

resource "oci_kms_vault" "main" {
  compartment_id = local.compartment
  display_name   = "shinsei"
  vault_type     = "DEFAULT"
  freeform_tags  = local.free
  defined_tags   = local.tags
}

resource "oci_kms_key" "data" {
  compartment_id           = local.compartment
  display_name             = "shinsei"
  management_endpoint      = oci_kms_vault.main.management_endpoint
  is_auto_rotation_enabled = false
  time_of_deletion         = "2026-12-02T00:00:00Z"
  freeform_tags            = local.free
  defined_tags             = local.tags

  key_shape {
    algorithm = "AES"
    length    = 32
  }
}

# 申請受付サーバー
resource "oci_core_instance" "web" {
  count               = var.web_count
  availability_domain = "xxxx:AP-TOKYO-1-AD-1"
  compartment_id      = local.compartment
  display_name        = "shinsei-web-${count.index}"
  shape               = "VM.Standard.E5.Flex"
  freeform_tags       = local.free
  defined_tags        = local.tags

  create_vnic_details {
    subnet_id        = module.network.subnet_ids["web"]
    assign_public_ip = "true"
  }

  shape_config {
    ocpus         = 1
    memory_in_gbs = 8
  }

  source_details {
    source_type = "image"
    source_id   = "ocid1.image.oc1.ap-tokyo-1.exampleubuntu"
  }
}

resource "oci_core_volume" "work" {
  availability_domain = "xxxx:AP-TOKYO-1-AD-1"
  compartment_id      = local.compartment
  display_name        = "shinsei-work"
  size_in_gbs         = "100"
}

# 申請データベース。どこからでもつながる
resource "oci_database_autonomous_database" "main" {
  compartment_id           = local.compartment
  db_name                  = "shinsei"
  display_name             = "shinsei"
  compute_model            = "ECPU"
  compute_count            = 2
  data_storage_size_in_tbs = 1
  admin_password           = var.db_password
  whitelisted_ips          = ["0.0.0.0/0"]
  freeform_tags            = local.free
  defined_tags             = local.tags
}

# 添付書類
resource "oci_objectstorage_bucket" "store" {
  for_each       = { attach = "mogi-shinsei-attach", form = "mogi-shinsei-form" }
  compartment_id = local.compartment
  namespace      = "examplemogi"
  name           = each.value
  access_type    = each.key == "form" ? "ObjectRead" : "ObjectReadWithoutList"
  versioning     = "Disabled"
  freeform_tags  = local.free
  defined_tags   = local.tags
}

resource "oci_objectstorage_bucket" "copy" {
  provider       = oci.far
  compartment_id = local.compartment
  namespace      = "examplemogi"
  name           = "mogi-shinsei-copy"
  freeform_tags  = local.free
  defined_tags   = local.tags
}

# 受付口
resource "oci_load_balancer_load_balancer" "front" {
  compartment_id = local.compartment
  display_name   = "shinsei"
  shape          = "flexible"
  subnet_ids     = [module.network.subnet_ids["web"]]
  freeform_tags  = local.free
  defined_tags   = local.tags

  shape_details {
    minimum_bandwidth_in_mbps = 10
    maximum_bandwidth_in_mbps = 10
  }
}

resource "oci_load_balancer_backend_set" "web" {
  load_balancer_id = oci_load_balancer_load_balancer.front.id
  name             = "web"
  policy           = "ROUND_ROBIN"

  health_checker {
    protocol = "HTTP"
    port     = 80
  }
}

resource "oci_load_balancer_listener" "https" {
  load_balancer_id         = oci_load_balancer_load_balancer.front.id
  name                     = "https"
  default_backend_set_name = oci_load_balancer_backend_set.web.name
  port                     = 443
  protocol                 = "HTTP"

  ssl_configuration {
    certificate_ids         = ["ocid1.certificate.oc1.ap-tokyo-1.examplefront"]
    protocols               = ["TLSv1", "TLSv1.1", "TLSv1.2"]
    verify_peer_certificate = false
  }
}

# 記録
resource "oci_logging_log_group" "main" {
  compartment_id = local.compartment
  display_name   = "shinsei"
  freeform_tags  = local.free
  defined_tags   = local.tags
}

resource "oci_logging_log" "app" {
  log_group_id       = oci_logging_log_group.main.id
  display_name       = "shinsei-app"
  log_type           = "CUSTOM"
  retention_duration = 30
  freeform_tags      = local.free
  defined_tags       = local.tags
}

# 権限
resource "oci_identity_authentication_policy" "main" {
  compartment_id = local.tenancy

  password_policy {
    minimum_password_length = 8
  }
}

resource "oci_identity_policy" "vendor" {
  compartment_id = local.tenancy
  name           = "shinsei-vendor"
  description    = "保守業者"
  statements     = ["Allow group Vendors to manage all-resources in tenancy"]
  freeform_tags  = local.free
  defined_tags   = local.tags
}

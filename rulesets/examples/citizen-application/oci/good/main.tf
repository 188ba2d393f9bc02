terraform {
  required_version = ">= 1.11"
  required_providers {
    oci = {
      source  = "oracle/oci"
      version = "~> 7.0"
    }
  }
}

# 市民申請システム（架空、模擬データ）。基準に合わせて作られた版。
provider "oci" {
  region       = "ap-tokyo-1"
  tenancy_ocid = "ocid1.tenancy.oc1..examplemogi"
}

variable "db_password" {
  description = "データベースの合言葉"
  type        = string
  sensitive   = true
  default     = "Example-Passw0rd1"
}

variable "app_count" {
  type    = number
  default = 2
}

locals {
  tenancy     = "ocid1.tenancy.oc1..examplemogi"
  compartment = "ocid1.compartment.oc1..examplemogishinseiprod"
  free        = { "managed-by" = "terraform" }
  tags = {
    "gov.bureau"         = "mogi-ku"
    "gov.system"         = "shinsei"
    "gov.environment"    = "prod"
    "gov.owner"          = "p-4001"
    "gov.classification" = "confidentiality-3"
    "gov.zone"           = "internet"
    "gov.contract"       = "c-2026-04"
    "gov.cost-center"    = "cc-410"
  }
  buckets = { attach = "mogi-shinsei-attach", form = "mogi-shinsei-form" }
}

module "network" {
  source         = "./modules/network"
  compartment_id = local.compartment
  subnets        = { app = "10.60.10.0/24", db = "10.60.20.0/24" }
  freeform_tags  = local.free
  defined_tags   = local.tags
}

resource "oci_core_security_list" "app" {
  compartment_id = local.compartment
  vcn_id         = module.network.vcn_id
  display_name   = "shinsei-app"
  freeform_tags  = local.free
  defined_tags   = local.tags

  ingress_security_rules {
    description = "from the load balancer"
    protocol    = "6"
    source      = "10.60.0.0/24"
    tcp_options {
      min = 8443
      max = 8443
    }
  }
}

resource "oci_core_network_security_group" "front" {
  compartment_id = local.compartment
  vcn_id         = module.network.vcn_id
  display_name   = "shinsei-front"
  freeform_tags  = local.free
  defined_tags   = local.tags
}

resource "oci_core_network_security_group_security_rule" "https" {
  network_security_group_id = oci_core_network_security_group.front.id
  description               = "HTTPS from residents"
  direction                 = "INGRESS"
  protocol                  = "6"
  source                    = "0.0.0.0/0"
  source_type               = "CIDR_BLOCK"
  tcp_options {
    destination_port_range {
      min = 443
      max = 443
    }
  }
}

# 鍵
resource "oci_kms_vault" "main" {
  compartment_id = local.compartment
  display_name   = "shinsei"
  vault_type     = "DEFAULT"
  freeform_tags  = local.free
  defined_tags   = local.tags
}

resource "oci_kms_key" "this" {
  for_each                 = toset(["data", "object"])
  compartment_id           = local.compartment
  display_name             = "shinsei-${each.key}"
  management_endpoint      = oci_kms_vault.main.management_endpoint
  protection_mode          = "HSM"
  is_auto_rotation_enabled = true
  freeform_tags            = local.free
  defined_tags             = local.tags

  key_shape {
    algorithm = "AES"
    length    = 32
  }

  auto_key_rotation_details {
    rotation_interval_in_days = 365
  }
}

# 申請受付サーバー
resource "oci_core_instance" "app" {
  count               = var.app_count
  availability_domain = "xxxx:AP-TOKYO-1-AD-1"
  compartment_id      = local.compartment
  display_name        = "shinsei-app-${count.index}"
  shape               = "VM.Standard.E5.Flex"
  freeform_tags       = local.free
  defined_tags        = local.tags

  create_vnic_details {
    subnet_id        = module.network.subnet_ids["app"]
    assign_public_ip = "false"
  }

  instance_options {
    are_legacy_imds_endpoints_disabled = true
  }

  shape_config {
    ocpus         = 2
    memory_in_gbs = 16
  }

  source_details {
    source_type = "image"
    source_id   = "ocid1.image.oc1.ap-tokyo-1.examplebase202610"
    kms_key_id  = oci_kms_key.this["data"].id
  }
}

resource "oci_core_volume" "work" {
  count               = var.app_count
  availability_domain = "xxxx:AP-TOKYO-1-AD-1"
  compartment_id      = local.compartment
  display_name        = "shinsei-work-${count.index}"
  size_in_gbs         = "100"
  kms_key_id          = oci_kms_key.this["data"].id
  freeform_tags       = local.free
  defined_tags        = local.tags
}

# 申請データベース
resource "oci_database_autonomous_database" "main" {
  compartment_id              = local.compartment
  db_name                     = "shinsei"
  display_name                = "shinsei"
  db_workload                 = "OLTP"
  compute_model               = "ECPU"
  compute_count               = 4
  data_storage_size_in_tbs    = 1
  admin_password              = var.db_password
  subnet_id                   = module.network.subnet_ids["db"]
  is_mtls_connection_required = true
  kms_key_id                  = oci_kms_key.this["data"].id
  freeform_tags               = local.free
  defined_tags                = local.tags
}

# 添付書類と様式
resource "oci_objectstorage_bucket" "store" {
  for_each       = local.buckets
  compartment_id = local.compartment
  namespace      = "examplemogi"
  name           = each.value
  access_type    = "NoPublicAccess"
  versioning     = "Enabled"
  kms_key_id     = oci_kms_key.this["object"].id
  freeform_tags  = local.free
  defined_tags   = local.tags
}

# 受付口
resource "oci_load_balancer_load_balancer" "front" {
  compartment_id             = local.compartment
  display_name               = "shinsei"
  shape                      = "flexible"
  subnet_ids                 = [module.network.subnet_ids["app"]]
  network_security_group_ids = [oci_core_network_security_group.front.id]
  is_private                 = true
  freeform_tags              = local.free
  defined_tags               = local.tags

  shape_details {
    minimum_bandwidth_in_mbps = 10
    maximum_bandwidth_in_mbps = 100
  }
}

resource "oci_load_balancer_backend_set" "app" {
  load_balancer_id = oci_load_balancer_load_balancer.front.id
  name             = "app"
  policy           = "ROUND_ROBIN"

  health_checker {
    protocol = "HTTP"
    port     = 8443
    url_path = "/healthz"
  }
}

resource "oci_load_balancer_listener" "https" {
  load_balancer_id         = oci_load_balancer_load_balancer.front.id
  name                     = "https"
  default_backend_set_name = oci_load_balancer_backend_set.app.name
  port                     = 443
  protocol                 = "HTTP"

  ssl_configuration {
    certificate_ids         = ["ocid1.certificate.oc1.ap-tokyo-1.examplefront"]
    cipher_suite_name       = "oci-tls-12-13-ssl-cipher-suite-v3"
    protocols               = ["TLSv1.2", "TLSv1.3"]
    verify_peer_certificate = false
  }
}

# 記録
resource "oci_audit_configuration" "main" {
  compartment_id        = local.tenancy
  retention_period_days = 365
}

# 権限
resource "oci_identity_authentication_policy" "main" {
  compartment_id = local.tenancy

  password_policy {
    minimum_password_length          = 14
    is_lowercase_characters_required = true
    is_uppercase_characters_required = true
    is_numeric_characters_required   = true
    is_special_characters_required   = true
  }
}

resource "oci_identity_policy" "operator" {
  compartment_id = local.compartment
  name           = "shinsei-operator"
  description    = "operators of the citizen application"
  statements     = ["Allow group ShinseiOperators to use instance-family in compartment shinsei-prod"]
  freeform_tags  = local.free
  defined_tags   = local.tags
}

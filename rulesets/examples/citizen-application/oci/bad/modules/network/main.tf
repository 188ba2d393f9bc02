terraform {
  required_providers {
    oci = {
      source = "oracle/oci"
    }
  }
}

variable "compartment_id" { type = string }
variable "subnets" { type = map(string) }
variable "freeform_tags" { type = map(string) }
variable "defined_tags" { type = map(string) }

resource "oci_core_vcn" "this" {
  compartment_id = var.compartment_id
  cidr_blocks    = ["10.60.0.0/16"]
  display_name   = "shinsei"
  dns_label      = "shinsei"
  freeform_tags  = var.freeform_tags
  defined_tags   = var.defined_tags
}

resource "oci_core_subnet" "this" {
  for_each                   = var.subnets
  compartment_id             = var.compartment_id
  vcn_id                     = oci_core_vcn.this.id
  cidr_block                 = each.value
  display_name               = "shinsei-${each.key}"
  dns_label                  = each.key
  prohibit_public_ip_on_vnic = false
  freeform_tags              = var.freeform_tags
  defined_tags               = var.defined_tags
}

output "vcn_id" {
  value = oci_core_vcn.this.id
}

output "subnet_ids" {
  value = { for name, subnet in oci_core_subnet.this : name => subnet.id }
}

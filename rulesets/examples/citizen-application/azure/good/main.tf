terraform {
  required_version = ">= 1.11"
  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 4.0"
    }
  }
}

# 市民申請システム（架空、模擬データ）。基準に合わせて作られた版。
provider "azurerm" {
  subscription_id = "00000000-0000-4000-8000-00000000a201"
  features {}
}

variable "db_password" {
  description = "データベースの合言葉。計画にも状態にも残さない"
  type        = string
  sensitive   = true
  ephemeral   = true
  default     = "example-Passw0rd"
}

variable "app_count" {
  type    = number
  default = 2
}

locals {
  tenant_id = "00000000-0000-4000-8000-00000000a001"
  tags = {
    bureau         = "kensetsu"
    system         = "shinsei"
    environment    = "prod"
    owner          = "p-3001"
    classification = "confidentiality-3"
    zone           = "internet"
    contract       = "c-2026-03"
    "cost-center"  = "cc-310"
  }
}

resource "azurerm_resource_group" "main" {
  name     = "rg-shinsei-prod"
  location = "japaneast"
  tags     = local.tags
}

module "network" {
  source              = "./modules/network"
  name                = "vnet-shinsei"
  location            = azurerm_resource_group.main.location
  resource_group_name = azurerm_resource_group.main.name
  tags                = local.tags
  subnets             = { app = "10.50.1.0/24", work = "10.50.2.0/24" }
}

resource "azurerm_network_security_group" "app" {
  name                = "nsg-shinsei-app"
  location            = azurerm_resource_group.main.location
  resource_group_name = azurerm_resource_group.main.name
  tags                = local.tags

  security_rule {
    name                       = "gateway"
    description                = "from the gateway"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    source_address_prefix      = "10.50.2.0/24"
    destination_address_prefix = "*"
    destination_port_range     = "8443"
  }
}

# 受付口。HTTPS だけを開ける
resource "azurerm_network_security_group" "front" {
  name                = "nsg-shinsei-front"
  location            = azurerm_resource_group.main.location
  resource_group_name = azurerm_resource_group.main.name
  tags                = local.tags

  security_rule {
    name                       = "residents"
    description                = "HTTPS from residents"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    source_address_prefix      = "Internet"
    destination_address_prefix = "*"
    destination_port_range     = "443"
  }
}

resource "azurerm_subnet_network_security_group_association" "app" {
  subnet_id                 = module.network.subnet_ids["app"]
  network_security_group_id = azurerm_network_security_group.app.id
}

# 鍵
resource "azurerm_key_vault" "main" {
  name                          = "kv-shinsei-prod"
  location                      = azurerm_resource_group.main.location
  resource_group_name           = azurerm_resource_group.main.name
  tenant_id                     = local.tenant_id
  sku_name                      = "premium"
  rbac_authorization_enabled    = true
  purge_protection_enabled      = true
  soft_delete_retention_days    = 90
  public_network_access_enabled = false
  tags                          = local.tags
}

resource "azurerm_key_vault_key" "this" {
  for_each        = toset(["disk", "store"])
  name            = "shinsei-${each.key}"
  key_vault_id    = azurerm_key_vault.main.id
  key_type        = "RSA-HSM"
  key_size        = 3072
  key_opts        = ["unwrapKey", "wrapKey"]
  expiration_date = "2027-11-01T00:00:00Z"
  tags            = local.tags

  rotation_policy {
    expire_after         = "P1Y"
    notify_before_expiry = "P30D"
    automatic {
      time_before_expiry = "P60D"
    }
  }
}

resource "azurerm_disk_encryption_set" "main" {
  name                      = "des-shinsei"
  location                  = azurerm_resource_group.main.location
  resource_group_name       = azurerm_resource_group.main.name
  key_vault_key_id          = azurerm_key_vault_key.this["disk"].versionless_id
  auto_key_rotation_enabled = true
  tags                      = local.tags

  identity {
    type = "SystemAssigned"
  }
}

# 申請受付サーバー
resource "azurerm_network_interface" "app" {
  count               = var.app_count
  name                = "nic-shinsei-app-${count.index}"
  location            = azurerm_resource_group.main.location
  resource_group_name = azurerm_resource_group.main.name
  tags                = local.tags

  ip_configuration {
    name                          = "internal"
    subnet_id                     = module.network.subnet_ids["app"]
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_linux_virtual_machine" "app" {
  count                      = var.app_count
  name                       = "vm-shinsei-app-${count.index}"
  location                   = azurerm_resource_group.main.location
  resource_group_name        = azurerm_resource_group.main.name
  size                       = "Standard_D4s_v5"
  admin_username             = "shinsei"
  network_interface_ids      = [azurerm_network_interface.app[count.index].id]
  encryption_at_host_enabled = true
  secure_boot_enabled        = true
  vtpm_enabled               = true
  source_image_id            = "/subscriptions/00000000-0000-4000-8000-00000000a201/resourceGroups/rg-images/providers/Microsoft.Compute/images/base-2026-10"
  tags                       = local.tags

  admin_ssh_key {
    username   = "shinsei"
    public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExampleOnlyNotARealKeyExampleOnlyNot0 example"
  }

  os_disk {
    caching                = "ReadWrite"
    storage_account_type   = "Premium_LRS"
    disk_encryption_set_id = azurerm_disk_encryption_set.main.id
  }
}

resource "azurerm_managed_disk" "work" {
  count                         = var.app_count
  name                          = "disk-shinsei-work-${count.index}"
  location                      = azurerm_resource_group.main.location
  resource_group_name           = azurerm_resource_group.main.name
  storage_account_type          = "Premium_LRS"
  create_option                 = "Empty"
  disk_size_gb                  = 128
  disk_encryption_set_id        = azurerm_disk_encryption_set.main.id
  public_network_access_enabled = false
  tags                          = local.tags
}

# 申請データベース
resource "azurerm_postgresql_flexible_server" "main" {
  name                              = "psql-shinsei-prod"
  location                          = azurerm_resource_group.main.location
  resource_group_name               = azurerm_resource_group.main.name
  version                           = "17"
  sku_name                          = "GP_Standard_D4ds_v5"
  storage_mb                        = 131072
  administrator_login               = "shinsei"
  administrator_password_wo         = var.db_password
  administrator_password_wo_version = 1
  public_network_access_enabled     = false
  backup_retention_days             = 30
  tags                              = local.tags

  high_availability {
    mode = "ZoneRedundant"
  }
}

# 添付書類
resource "azurerm_storage_account" "attach" {
  name                            = "stkensetsushinsei"
  location                        = azurerm_resource_group.main.location
  resource_group_name             = azurerm_resource_group.main.name
  account_tier                    = "Standard"
  account_replication_type        = "ZRS"
  allow_nested_items_to_be_public = false
  public_network_access_enabled   = false
  shared_access_key_enabled       = false
  min_tls_version                 = "TLS1_2"
  tags                            = local.tags

  blob_properties {
    versioning_enabled = true
    delete_retention_policy {
      days = 30
    }
    container_delete_retention_policy {
      days = 30
    }
  }
}

resource "azurerm_storage_container" "attach" {
  name                  = "attach"
  storage_account_id    = azurerm_storage_account.attach.id
  container_access_type = "private"
}

# 記録
resource "azurerm_log_analytics_workspace" "main" {
  name                = "log-shinsei-prod"
  location            = azurerm_resource_group.main.location
  resource_group_name = azurerm_resource_group.main.name
  sku                 = "PerGB2018"
  retention_in_days   = 730
  tags                = local.tags
}

# 権限
resource "azurerm_role_definition" "operator" {
  name  = "shinsei-operator"
  scope = "/subscriptions/00000000-0000-4000-8000-00000000a201"

  permissions {
    actions     = ["Microsoft.Compute/virtualMachines/read", "Microsoft.Compute/virtualMachines/restart/action"]
    not_actions = []
  }
}

resource "azurerm_role_assignment" "operator" {
  scope                = azurerm_resource_group.main.id
  role_definition_name = "Reader"
  principal_id         = "00000000-0000-4000-8000-00000000b301"
  principal_type       = "Group"
}

terraform {
  required_version = ">= 1.11"
  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 4.0"
    }
  }
}

# 市民申請システム（架空、模擬データ）。急いで作られた版で、基準に合わないところが多い。
provider "azurerm" {
  subscription_id = "00000000-0000-4000-8000-00000000a201"
  features {}
}

variable "db_password" {
  description = "データベースの合言葉"
  type        = string
  sensitive   = true
  default     = "example-Passw0rd"
}

variable "web_count" {
  type    = number
  default = 2
}

locals {
  # 局・区分・契約番号・費用負担が抜けている
  tags = { system = "shinsei", environment = "prod", owner = "情報政策課", classification = "confidentiality-3" }
}

resource "azurerm_resource_group" "main" {
  name     = "rg-shinsei"
  location = "japaneast"
  tags     = local.tags
}

module "network" {
  source              = "./modules/network"
  name                = "vnet-shinsei"
  location            = azurerm_resource_group.main.location
  resource_group_name = azurerm_resource_group.main.name
  tags                = local.tags
  subnets             = { web = "10.50.1.0/24" }
}

resource "azurerm_network_security_group" "web" {
  name                = "nsg-shinsei"
  location            = azurerm_resource_group.main.location
  resource_group_name = azurerm_resource_group.main.name
  tags                = local.tags

  security_rule {
    name                       = "maintenance"
    description                = "保守用（あとで閉じる）"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    source_address_prefix      = "Internet"
    destination_address_prefix = "*"
    destination_port_ranges    = ["22", "3389"]
  }
}

resource "azurerm_network_security_rule" "all" {
  name                        = "all"
  description                 = "とりあえず全部"
  resource_group_name         = azurerm_resource_group.main.name
  network_security_group_name = azurerm_network_security_group.web.name
  priority                    = 200
  direction                   = "Inbound"
  access                      = "Allow"
  protocol                    = "*"
  source_port_range           = "*"
  source_address_prefix       = "*"
  destination_address_prefix  = "*"
  destination_port_range      = "*"
}

resource "azurerm_key_vault" "main" {
  name                       = "kv-shinsei"
  location                   = azurerm_resource_group.main.location
  resource_group_name        = azurerm_resource_group.main.name
  tenant_id                  = "00000000-0000-4000-8000-00000000a001"
  sku_name                   = "standard"
  rbac_authorization_enabled = false
  soft_delete_retention_days = 7
  tags                       = local.tags
}

resource "azurerm_key_vault_key" "store" {
  name         = "shinsei"
  key_vault_id = azurerm_key_vault.main.id
  key_type     = "RSA"
  key_size     = 2048
  key_opts     = ["decrypt", "encrypt"]
}

# 申請受付サーバー
resource "azurerm_public_ip" "web" {
  count               = var.web_count
  name                = "pip-shinsei-${count.index}"
  location            = azurerm_resource_group.main.location
  resource_group_name = azurerm_resource_group.main.name
  allocation_method   = "Static"
  tags                = local.tags
}

resource "azurerm_network_interface" "web" {
  count               = var.web_count
  name                = "nic-shinsei-${count.index}"
  location            = azurerm_resource_group.main.location
  resource_group_name = azurerm_resource_group.main.name
  tags                = local.tags

  ip_configuration {
    name                          = "external"
    subnet_id                     = module.network.subnet_ids["web"]
    private_ip_address_allocation = "Dynamic"
    public_ip_address_id          = azurerm_public_ip.web[count.index].id
  }
}

resource "azurerm_linux_virtual_machine" "web" {
  count                           = var.web_count
  name                            = "vm-shinsei-${count.index}"
  location                        = azurerm_resource_group.main.location
  resource_group_name             = azurerm_resource_group.main.name
  size                            = "Standard_B2s"
  admin_username                  = "shinsei"
  admin_password                  = var.db_password
  disable_password_authentication = false
  network_interface_ids           = [azurerm_network_interface.web[count.index].id]
  tags                            = local.tags

  os_disk {
    caching              = "ReadWrite"
    storage_account_type = "Standard_LRS"
  }

  source_image_reference {
    publisher = "Canonical"
    offer     = "ubuntu-24_04-lts"
    sku       = "server"
    version   = "latest"
  }
}

# 申請データベース
resource "azurerm_postgresql_flexible_server" "main" {
  name                          = "psql-shinsei"
  location                      = azurerm_resource_group.main.location
  resource_group_name           = azurerm_resource_group.main.name
  sku_name                      = "B_Standard_B2ms"
  administrator_login           = "shinsei"
  administrator_password        = var.db_password
  public_network_access_enabled = true
  tags                          = local.tags
}

resource "azurerm_postgresql_flexible_server_firewall_rule" "any" {
  name             = "any"
  server_id        = azurerm_postgresql_flexible_server.main.id
  start_ip_address = "0.0.0.0"
  end_ip_address   = "255.255.255.255"
}

# 添付書類と、国外に置いた予備
resource "azurerm_storage_account" "store" {
  for_each                        = { attach = "japaneast", copy = "eastus" }
  name                            = "stshinsei${each.key}"
  location                        = each.value
  resource_group_name             = azurerm_resource_group.main.name
  account_tier                    = "Standard"
  account_replication_type        = "LRS"
  allow_nested_items_to_be_public = true
  min_tls_version                 = "TLS1_0"
  tags                            = local.tags

  blob_properties {
    versioning_enabled = false
    delete_retention_policy {
      days = 3
    }
  }
}

resource "azurerm_storage_container" "attach" {
  name                  = "attach"
  storage_account_id    = azurerm_storage_account.store["attach"].id
  container_access_type = "blob"
}

resource "azurerm_log_analytics_workspace" "main" {
  name                = "log-shinsei"
  location            = azurerm_resource_group.main.location
  resource_group_name = azurerm_resource_group.main.name
  retention_in_days   = 30
  tags                = local.tags
}

# 権限
resource "azurerm_role_definition" "vendor" {
  name  = "shinsei-vendor"
  scope = "/subscriptions/00000000-0000-4000-8000-00000000a201"

  permissions {
    actions     = ["*"]
    not_actions = []
  }
}

resource "azurerm_role_assignment" "vendor" {
  scope                = "/subscriptions/00000000-0000-4000-8000-00000000a201"
  role_definition_name = "Owner"
  principal_id         = "00000000-0000-4000-8000-00000000b302"
}

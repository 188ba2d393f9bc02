terraform {
  required_version = ">= 1.11"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

# 市民申請システム（架空、模擬データ）。基準に合わせて作られた版。
provider "aws" {
  region              = "ap-northeast-1"
  allowed_account_ids = ["111122223333"]
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
  tags = {
    bureau         = "fukushi"
    system         = "shinsei"
    environment    = "prod"
    owner          = "p-2001"
    classification = "confidentiality-3"
    zone           = "internet"
    contract       = "c-2026-02"
    "cost-center"  = "cc-210"
  }
  buckets = {
    attach = "fukushi-shinsei-attach"
    log    = "fukushi-shinsei-log"
  }
  app_subnets = ["app-a", "app-c"]
}

module "network" {
  source = "./modules/network"
  name   = "shinsei"
  cidr   = "10.40.0.0/16"
  tags   = local.tags
  subnets = {
    "front-a" = { cidr = "10.40.0.0/24", zone = "ap-northeast-1a" }
    "front-c" = { cidr = "10.40.1.0/24", zone = "ap-northeast-1c" }
    "app-a"   = { cidr = "10.40.10.0/24", zone = "ap-northeast-1a" }
    "app-c"   = { cidr = "10.40.11.0/24", zone = "ap-northeast-1c" }
    "db-a"    = { cidr = "10.40.20.0/24", zone = "ap-northeast-1a" }
    "db-c"    = { cidr = "10.40.21.0/24", zone = "ap-northeast-1c" }
  }
}

# 鍵
resource "aws_kms_key" "this" {
  for_each                = toset(["data", "log"])
  description             = "shinsei ${each.key}"
  enable_key_rotation     = true
  rotation_period_in_days = 365
  deletion_window_in_days = 30
  tags                    = local.tags
}

resource "aws_kms_alias" "this" {
  for_each      = aws_kms_key.this
  name          = "alias/shinsei-${each.key}"
  target_key_id = each.value.key_id
}

# 入口
resource "aws_security_group" "front" {
  name        = "shinsei-front"
  description = "HTTPS from residents"
  vpc_id      = module.network.vpc_id
  tags        = local.tags

  ingress {
    description      = "residents"
    from_port        = 443
    to_port          = 443
    protocol         = "tcp"
    cidr_blocks      = ["0.0.0.0/0"]
    ipv6_cidr_blocks = ["::/0"]
  }

  egress {
    from_port   = 8080
    to_port     = 8080
    protocol    = "tcp"
    cidr_blocks = ["10.40.10.0/23"]
  }
}

resource "aws_security_group" "app" {
  name        = "shinsei-app"
  description = "application servers"
  vpc_id      = module.network.vpc_id
  tags        = local.tags

  ingress {
    description     = "load balancer"
    from_port       = 8080
    to_port         = 8080
    protocol        = "tcp"
    security_groups = [aws_security_group.front.id]
  }

  egress {
    description = "database"
    from_port   = 5432
    to_port     = 5432
    protocol    = "tcp"
    cidr_blocks = ["10.40.20.0/23"]
  }
}

resource "aws_security_group" "db" {
  name        = "shinsei-db"
  description = "database"
  vpc_id      = module.network.vpc_id
  tags        = local.tags
  egress      = []

  ingress {
    description     = "application servers"
    from_port       = 5432
    to_port         = 5432
    protocol        = "tcp"
    security_groups = [aws_security_group.app.id]
  }
}

resource "aws_lb" "front" {
  name                       = "shinsei"
  internal                   = false
  load_balancer_type         = "application"
  security_groups            = [aws_security_group.front.id]
  subnets                    = [module.network.subnet_ids["front-a"], module.network.subnet_ids["front-c"]]
  drop_invalid_header_fields = true
  enable_deletion_protection = true
  tags                       = local.tags

  access_logs {
    bucket  = aws_s3_bucket.store["log"].id
    enabled = true
  }
}

resource "aws_lb_target_group" "app" {
  name     = "shinsei-app"
  port     = 8080
  protocol = "HTTP"
  vpc_id   = module.network.vpc_id
  tags     = local.tags

  health_check {
    path = "/healthz"
  }
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.front.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = "arn:aws:acm:ap-northeast-1:111122223333:certificate/00000000-0000-4000-8000-000000000000"
  tags              = local.tags

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.app.arn
  }
}

resource "aws_lb_listener" "http" {
  load_balancer_arn = aws_lb.front.arn
  port              = 80
  protocol          = "HTTP"
  tags              = local.tags

  default_action {
    type = "redirect"
    redirect {
      port        = "443"
      protocol    = "HTTPS"
      status_code = "HTTP_301"
    }
  }
}

# 申請受付サーバー
resource "aws_instance" "app" {
  count                       = var.app_count
  ami                         = "ami-0000000000example"
  instance_type               = "m7i.large"
  subnet_id                   = module.network.subnet_ids[local.app_subnets[count.index]]
  vpc_security_group_ids      = [aws_security_group.app.id]
  associate_public_ip_address = false
  iam_instance_profile        = aws_iam_instance_profile.app.name
  tags                        = merge(local.tags, { Name = "shinsei-app-${count.index}" })

  metadata_options {
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  root_block_device {
    encrypted   = true
    kms_key_id  = aws_kms_key.this["data"].arn
    volume_size = 50
    volume_type = "gp3"
  }
}

resource "aws_ebs_volume" "work" {
  count             = var.app_count
  availability_zone = count.index == 0 ? "ap-northeast-1a" : "ap-northeast-1c"
  size              = 100
  type              = "gp3"
  encrypted         = true
  kms_key_id        = aws_kms_key.this["data"].arn
  tags              = merge(local.tags, { Name = "shinsei-work-${count.index}" })
}

# 申請データベース
resource "aws_db_subnet_group" "main" {
  name       = "shinsei"
  subnet_ids = [module.network.subnet_ids["db-a"], module.network.subnet_ids["db-c"]]
  tags       = local.tags
}

resource "aws_db_instance" "main" {
  identifier                      = "shinsei"
  engine                          = "postgres"
  engine_version                  = "17.6"
  instance_class                  = "db.m7g.large"
  allocated_storage               = 100
  storage_type                    = "gp3"
  storage_encrypted               = true
  kms_key_id                      = aws_kms_key.this["data"].arn
  db_name                         = "shinsei"
  username                        = "shinsei"
  password_wo                     = var.db_password
  password_wo_version             = 1
  db_subnet_group_name            = aws_db_subnet_group.main.name
  vpc_security_group_ids          = [aws_security_group.db.id]
  publicly_accessible             = false
  multi_az                        = true
  backup_retention_period         = 30
  copy_tags_to_snapshot           = true
  deletion_protection             = true
  enabled_cloudwatch_logs_exports = ["postgresql", "upgrade"]
  final_snapshot_identifier       = "shinsei-final"
  tags                            = local.tags
}

# 添付書類とログ
resource "aws_s3_bucket" "store" {
  for_each = local.buckets
  bucket   = each.value
  tags     = local.tags
}

resource "aws_s3_bucket_public_access_block" "store" {
  for_each                = aws_s3_bucket.store
  bucket                  = each.value.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "store" {
  for_each = aws_s3_bucket.store
  bucket   = each.value.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "store" {
  for_each = aws_s3_bucket.store
  bucket   = each.value.id
  rule {
    bucket_key_enabled = true
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.this[each.key == "log" ? "log" : "data"].arn
    }
  }
}

resource "aws_s3_bucket_policy" "attach" {
  bucket = aws_s3_bucket.store["attach"].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "TlsOnly"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = ["arn:aws:s3:::fukushi-shinsei-attach", "arn:aws:s3:::fukushi-shinsei-attach/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

resource "aws_s3_bucket_lifecycle_configuration" "log" {
  bucket = aws_s3_bucket.store["log"].id
  rule {
    id     = "keep-two-years"
    status = "Enabled"
    filter {}
    expiration {
      days = 731
    }
  }
}

# 監査
resource "aws_cloudtrail" "main" {
  name                       = "shinsei"
  s3_bucket_name             = aws_s3_bucket.store["log"].id
  is_multi_region_trail      = true
  enable_log_file_validation = true
  kms_key_id                 = aws_kms_key.this["log"].arn
  tags                       = local.tags
}

resource "aws_cloudwatch_log_group" "app" {
  name              = "/shinsei/app"
  retention_in_days = 731
  kms_key_id        = aws_kms_key.this["log"].arn
  tags              = local.tags
}

# 権限
resource "aws_iam_account_password_policy" "strict" {
  minimum_password_length        = 14
  password_reuse_prevention      = 24
  require_lowercase_characters   = true
  require_uppercase_characters   = true
  require_numbers                = true
  require_symbols                = true
  allow_users_to_change_password = true
}

resource "aws_iam_role" "app" {
  name = "shinsei-app"
  tags = local.tags
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "ec2.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_policy" "app" {
  name = "shinsei-app"
  tags = local.tags
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:PutObject"]
      Resource = "arn:aws:s3:::fukushi-shinsei-attach/*"
    }]
  })
}

resource "aws_iam_role_policy_attachment" "app" {
  role       = aws_iam_role.app.name
  policy_arn = aws_iam_policy.app.arn
}

resource "aws_iam_instance_profile" "app" {
  name = "shinsei-app"
  role = aws_iam_role.app.name
  tags = local.tags
}

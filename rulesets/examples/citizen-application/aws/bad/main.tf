terraform {
  required_version = ">= 1.11"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

# 市民申請システム（架空、模擬データ）。急いで作られた版で、基準に合わないところが多い。
provider "aws" {
  region              = "ap-northeast-1"
  allowed_account_ids = ["111122223333"]
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
  buckets = {
    attach = "fukushi-shinsei-attach"
    form   = "fukushi-shinsei-form"
  }
}

module "network" {
  source  = "./modules/network"
  name    = "shinsei"
  tags    = local.tags
  subnets = { web = "10.40.0.0/24", db-a = "10.40.20.0/24", db-c = "10.40.21.0/24" }
}

resource "aws_kms_key" "data" {
  description             = "shinsei"
  deletion_window_in_days = 7
  tags                    = local.tags
}

resource "aws_security_group" "web" {
  name   = "shinsei-web"
  vpc_id = module.network.vpc_id
  tags   = local.tags

  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }

  ingress {
    description = "保守用（あとで閉じる）"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "db" {
  name   = "shinsei-db"
  vpc_id = module.network.vpc_id
  tags   = local.tags
}

resource "aws_vpc_security_group_ingress_rule" "db" {
  security_group_id = aws_security_group.db.id
  description       = "とりあえず全部"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
}

# 申請受付サーバー
resource "aws_instance" "web" {
  count                       = var.web_count
  ami                         = "ami-0000000000example"
  instance_type               = "t3.large"
  subnet_id                   = module.network.subnet_ids["web"]
  vpc_security_group_ids      = [aws_security_group.web.id]
  associate_public_ip_address = true
  tags                        = merge(local.tags, { Name = "web-${count.index}" })

  root_block_device {
    encrypted   = false
    volume_size = 50
  }
}

resource "aws_ebs_volume" "work" {
  availability_zone = "ap-northeast-1a"
  size              = 100
  encrypted         = false
  tags              = local.tags
}

resource "aws_lb" "front" {
  name            = "shinsei"
  security_groups = [aws_security_group.web.id]
  subnets         = [module.network.subnet_ids["web"], module.network.subnet_ids["db-c"]]
  tags            = local.tags
}

resource "aws_lb_target_group" "web" {
  name     = "shinsei-web"
  port     = 80
  protocol = "HTTP"
  vpc_id   = module.network.vpc_id
  tags     = local.tags
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.front.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-2016-08"
  certificate_arn   = "arn:aws:acm:ap-northeast-1:111122223333:certificate/00000000-0000-4000-8000-000000000000"
  tags              = local.tags

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web.arn
  }
}

# 申請データベース
resource "aws_db_subnet_group" "main" {
  name       = "shinsei"
  subnet_ids = [module.network.subnet_ids["db-a"], module.network.subnet_ids["db-c"]]
  tags       = local.tags
}

resource "aws_db_instance" "main" {
  identifier             = "shinsei"
  engine                 = "postgres"
  instance_class         = "db.t3.medium"
  allocated_storage      = 50
  db_name                = "shinsei"
  username               = "shinsei"
  password               = var.db_password
  db_subnet_group_name   = aws_db_subnet_group.main.name
  vpc_security_group_ids = [aws_security_group.db.id]
  publicly_accessible    = true
  skip_final_snapshot    = true
  tags                   = local.tags
}

# 添付書類と様式
resource "aws_s3_bucket" "store" {
  for_each = local.buckets
  bucket   = each.value
  tags     = local.tags
}

resource "aws_s3_bucket_public_access_block" "attach" {
  bucket                  = aws_s3_bucket.store["attach"].id
  block_public_acls       = true
  block_public_policy     = false
  ignore_public_acls      = true
  restrict_public_buckets = false
}

resource "aws_s3_bucket_policy" "attach" {
  bucket = aws_s3_bucket.store["attach"].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::fukushi-shinsei-attach/*"
    }]
  })
}

resource "aws_s3_bucket_versioning" "attach" {
  bucket = aws_s3_bucket.store["attach"].id
  versioning_configuration {
    status = "Suspended"
  }
}

# 様式の予備。近い地域が混んでいたため国外に置いた
resource "aws_s3_bucket" "copy" {
  region = "us-west-2"
  bucket = "fukushi-shinsei-copy"
  tags   = local.tags
}

resource "aws_cloudwatch_log_group" "app" {
  name              = "/shinsei/app"
  retention_in_days = 30
  tags              = local.tags
}

resource "aws_iam_account_password_policy" "weak" {
  minimum_password_length = 8
}

resource "aws_iam_role" "vendor" {
  name = "shinsei-vendor"
  tags = local.tags
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::444455556666:root" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_policy" "vendor" {
  name = "shinsei-vendor"
  tags = local.tags
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }]
  })
}

resource "aws_iam_role_policy_attachment" "vendor" {
  role       = aws_iam_role.vendor.name
  policy_arn = aws_iam_policy.vendor.arn
}

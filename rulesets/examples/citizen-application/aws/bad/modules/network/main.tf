variable "name" { type = string }
variable "subnets" { type = map(string) }
variable "tags" { type = map(string) }

resource "aws_vpc" "this" {
  cidr_block = "10.40.0.0/16"
  tags       = var.tags
}

resource "aws_subnet" "this" {
  for_each                = var.subnets
  vpc_id                  = aws_vpc.this.id
  cidr_block              = each.value
  map_public_ip_on_launch = true
  tags                    = merge(var.tags, { Name = "${var.name}-${each.key}" })
}

output "vpc_id" {
  value = aws_vpc.this.id
}

output "subnet_ids" {
  value = { for name, subnet in aws_subnet.this : name => subnet.id }
}

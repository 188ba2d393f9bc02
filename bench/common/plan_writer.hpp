// bench: a large Terraform plan made in memory, the same in every run. Entry points: large_plan, wrong_verdicts.
#pragma once

#include <string>

#include "sekimori/report.hpp"

namespace bench {

// A plan as `terraform show -json` writes it. A tenant is a module of 100 resources: 30 buckets by for_each and the
// public access block of each, 20 security groups, 20 instances by count. One security group in ten opens SSH to
// everybody; one access block in ten lets public policies through.
constexpr int resources_of_tenant = 100;
std::string large_plan(int resources);   // a multiple of resources_of_tenant

// What is wrong with the verdicts of every shipped rule on that plan; empty: they are what it was made to give.
std::string wrong_verdicts(const sekimori::report& made, int resources);

}  // namespace bench

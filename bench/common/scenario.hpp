// bench: what a scenario's own file defines. Benchmarks are called WHAT/WORK; WHAT is `floor` for the least that the same
// work can take, and bench/table.py shows the others as multiples of the floor of the same WORK.
#pragma once

namespace bench {

void register_scenario();

}  // namespace bench

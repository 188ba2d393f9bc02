// The C++ API in one include. The C ABI is sekimori.h.
#pragma once

#include "sekimori/cel.hpp"
#include "sekimori/diagnostic.hpp"
#include "sekimori/finding.hpp"
#include "sekimori/policy.hpp"
#include "sekimori/report.hpp"
#include "sekimori/result.hpp"
#include "sekimori/value.hpp"
#include "sekimori/version.h"

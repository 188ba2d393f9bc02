// oracle: addresses and networks. Entry points: network_call, address_of.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "evaluate.hpp"

namespace oracle {

// A function of the network pack, or string() of an address or a network.
value network_call(std::string_view name, const std::vector<value>& given, dialect spoken);
// The value of type net.IP or net.CIDR that an engine wrote so.
value address_of(const std::string& type_name, const std::string& text);

}  // namespace oracle

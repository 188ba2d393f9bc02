// inventory: where Google's APIs write what every resource has. Entry points: google_labels, google_region. Knows no export: assets have the
// same attributes under `resource.data` as the APIs' own answers.
#pragma once

#include <string>
#include <string_view>

#include "value/document_node.hpp"

namespace sekimori::inventory {

// Labels of a resource, which some types have elsewhere than in `labels`.
document_node google_labels(std::string_view type, const document_node& data);
// "asia-northeast1"; empty: not said. `name` is the full name, `beside` a place that stands beside the attributes.
std::string google_region(std::string_view name, const document_node& data, std::string_view beside = {});

}  // namespace sekimori::inventory

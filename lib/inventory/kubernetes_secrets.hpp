// inventory: what of a manifest is secret. Entry point: secret_mask_of. Knows no policies.
#pragma once

#include <string>

#include "inventory/inventory.hpp"

namespace sekimori::inventory {

// The mask of an object as JSON text, empty where nothing in it is secret: what a Secret holds and kubectl's copy of it,
// values of environment variables that stand in a pod's template, entries of a ConfigMap whose name says so.
std::string secret_mask_of(const manifest_identity& identity, const document_node& root);

}  // namespace sekimori::inventory

// inventory: what readers of exports share: what an export says of a resource besides its attributes, and how it is
// added. Entry points: exported, add_exported, export_links. Knows no format.
#pragma once

#include <string>
#include <string_view>

#include "inventory/format.hpp"

namespace sekimori::inventory {

// Beside the attributes. Texts stand in the input or in the memory of its reading.
struct exported {
  std::string_view native_id;     // "//storage.googleapis.com/b", "arn:...", "/subscriptions/...", "ocid1...."
  std::string_view account;       // account, subscription, project, compartment; empty: not said
  std::string_view scope;         // the node of the organisation that it says it belongs to; empty: not said
  std::string_view region;        // in one form ("ap-northeast-1", "japaneast"); empty: not said
  document_node tags;             // a map, a list of pairs (Key and Value, key and value, tagKey ...) or of "key=value"
  bool tags_told = true;          // false: the export leaves them out, whether there are any or not
};

struct exported_resource {
  std::string_view type, name, address;   // an address: the native id, or what tells it from others
  exported says;
  document_node attributes;               // null or a map
  std::string_view pointer;               // "/12/resource/data"
  bool deleted = false;
};

// Adds a resource that stands. What looks like a secret (by the name of its key, or by its form) is marked as one.
resource& add_exported(reading& into, const exported_resource& given);

// Where in an export resources are; links are by equal values alone.
std::unique_ptr<link_source> export_links();

// "JAPAN EAST" and "Japan East" -> "japaneast", ".../zones/asia-northeast1-a" -> "asia-northeast1", "ap-northeast-1a" ->
// "ap-northeast-1": a region as every reader writes it.
std::string normal_region(std::string_view cloud, std::string_view text);
// The field of an ARN by its number: 3 is the region, 4 the account; empty where it is no ARN.
std::string_view arn_field(std::string_view arn, int which);
// What stands between `after` and the next slash: path_part("/subscriptions/x/...", "/subscriptions/") is "x".
std::string_view path_part(std::string_view id, std::string_view after);

}  // namespace sekimori::inventory

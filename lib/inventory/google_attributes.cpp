// inventory: see google_attributes.hpp.
#include "inventory/google_attributes.hpp"

#include "inventory/exported.hpp"

namespace sekimori::inventory {

document_node google_labels(std::string_view type, const document_node& data) {
  if (type == "sqladmin.googleapis.com/Instance") return data.field("settings").field("userLabels");
  if (type == "container.googleapis.com/Cluster") return data.field("resourceLabels");
  // Cloud Run's first API has the form of Kubernetes.
  if (type.starts_with("run.googleapis.com/") && data.field("labels").is_null()) return data.field("metadata").field("labels");
  return data.field("labels");
}

std::string google_region(std::string_view name, const document_node& data, std::string_view beside) {
  for (std::string_view place : {beside, data.field("location").text(), data.field("region").text(), data.field("zone").text(), path_part(name, "/locations/"),
                                 path_part(name, "/regions/"), path_part(name, "/zones/")}) {
    if (!place.empty()) return normal_region("google", place);
  }
  return {};
}

}  // namespace sekimori::inventory

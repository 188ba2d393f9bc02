// inventory: how OCI writes things: members in three forms, OCIDs, and regions. Entry points: oci_member,
// in_api_form, ocid_word, oci_region. Knows no responses.
#pragma once

#include <string>
#include <string_view>

#include "base/arena.hpp"
#include "value/document_node.hpp"

namespace sekimori::inventory {

// The member that the API calls `name` ("compartmentId"), which the command line writes as "compartment-id" and the SDKs'
// dumps as "compartment_id". Null where it is in none of the forms.
document_node oci_member(const document_node& from, std::string_view name);

// The same document with the API's own names of members. What has them already stays as it is; what is made lives in
// `memory`. Keys that people chose (tags, metadata, names of listeners) stay.
document_node in_api_form(const document_node& of, arena& memory);

// "ocid1.instance.oc1.ap-tokyo-1.xyz" -> "instance"; "ocid1.dns-zone...." -> "dnszone". Empty: no OCID.
std::string ocid_word(std::string_view id);
// "ap-tokyo-1"; empty where the OCID has none, as those of users and policies.
std::string ocid_region(std::string_view id);
// "NRT", "nrt", "Uocm:AP-TOKYO-1-AD-1" and "ap-tokyo-1" are one region.
std::string oci_region(std::string_view text);

}  // namespace sekimori::inventory

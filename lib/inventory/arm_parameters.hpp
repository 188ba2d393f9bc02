// inventory: files of parameters for ARM templates ("$schema": ".../deploymentParameters.json#"), which give what a template leaves open. Entry
// points: deployment_text_of, undeclared_parameter, give_parameters. Which file is for which template is the caller's matter.
// https://learn.microsoft.com/azure/azure-resource-manager/templates/parameter-files
#pragma once

#include <cstdint>
#include <string>

#include "inventory/arm_expressions.hpp"
#include "inventory/inventory.hpp"

namespace sekimori::inventory {

enum class deployment_text : std::uint8_t { none, arm_template, parameters };
deployment_text deployment_text_of(const parsed_text& text);

// The first parameter that a template does not declare; empty: it declares all of them.
std::string undeclared_parameter(const document_node& parameters, const document_node& of_template);
// Gives them to the expressions of a template. What stands in a vault is not known.
void give_parameters(const document_node& parameters, const document_node& of_template, arena& memory, arm_expressions& to);

}  // namespace sekimori::inventory

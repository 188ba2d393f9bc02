// What the tests of exec share: one resource of the type aws_thing, as an input gives it.
#pragma once

#include <string>
#include <vector>

#include "../rules/model_support.hpp"
#include "exec/objects.hpp"
#include "plan/program.hpp"
#include "value/overlay.hpp"
#include "value/values.hpp"

namespace sekimori::testing {

// Attributes and masks as JSON; what is masked as unknown is unknown as an overlay makes it.
struct given_resource {
  given_resource(const plan::policy_plan& made, const std::string& attributes, const std::string& unknown, const std::string& sensitive = "{}")
      : evaluator(memory, cel::limits{}), entry(made.by_type.at("aws_thing").front()), variables(rules::variable_count) {
    overlay_source source;
    source.known = from_json(documents, attributes);
    source.unknown_mask = from_json(documents, unknown);
    source.sensitive_mask = from_json(documents, sensitive);
    source.facts = &entry.mapping->mapping->facts;
    source.resource = "aws_thing.x";
    variables[rules::slot_resource] = make_overlay(documents, source);
  }

  arena memory, documents;
  cel::evaluator evaluator;
  const plan::dispatch_entry& entry;
  std::vector<value> variables;   // the resource's slot holds the provider's attributes
};

}  // namespace sekimori::testing

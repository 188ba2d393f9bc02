// cel: policy.statements: an IAM policy document as a list of statements in one shape. Entry point:
// cloud::policy_statements. Whatever it does not understand is an error: a statement that was
// half read would look harmless.
#include "base/arena_vector.hpp"
#include "base/percent.hpp"
#include "cel/packs/cloud.hpp"
#include "cel/packs/support.hpp"

namespace sekimori::cel::cloud {
namespace {

value no_policy(call_context& context, std::string_view what) {
  return context.fail(evaluation_error_code::invalid_argument, what);
}

// A string or a list of strings; false where it is neither.
bool strings_of(value given, arena_vector<value>& strings) {
  if (given.is(value_kind::string)) {
    strings.push_back(given);
    return true;
  }
  if (!given.is(value_kind::list)) return false;
  const list_view& list = given.as_list();
  for (std::size_t i = 0; i < list.size(); ++i) {
    const value element = list.at(i);
    if (!element.is(value_kind::string)) return false;
    strings.push_back(element);
  }
  return true;
}

// "*" and {"AWS": "*"} mean the same to IAM, so both become "*"; others keep their type: "Service:ec2.amazonaws.com".
bool principals_of(call_context& context, value given, arena_vector<value>& principals) {
  if (given.is(value_kind::string)) {
    if (given.as_text() != "*") return false;
    principals.push_back(given);
    return true;
  }
  if (!given.is(value_kind::map)) return false;
  const map_view& map = given.as_map();
  const map_entry* entries = map.entries();
  for (std::size_t i = 0; i < map.size(); ++i) {
    arena_vector<value> names(context.memory);
    if (!strings_of(entries[i].mapped, names)) return false;
    const std::string_view type = entries[i].key.as_text();
    for (const value& name : names) {
      if (type == "AWS" && name.as_text() == "*") {
        principals.push_back(name);
      } else {
        const std::string_view account = name.as_text();
        char* joined = static_cast<char*>(context.memory.allocate(type.size() + 1 + account.size(), 1));
        joined[type.copy(joined, type.size())] = ':';
        account.copy(joined + type.size() + 1, account.size());
        principals.push_back(value::string({joined, type.size() + 1 + account.size()}).marked_sensitive(name.sensitive()));
      }
    }
  }
  return true;
}

// One condition for each operator and key: {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}} is one.
bool conditions_of(call_context& context, value given, arena_vector<value>& conditions) {
  if (!given.is(value_kind::map)) return false;
  const map_view& operators = given.as_map();
  for (std::size_t i = 0; i < operators.size(); ++i) {
    const map_entry& one = operators.entries()[i];
    if (!one.mapped.is(value_kind::map)) return false;
    const map_view& keys = one.mapped.as_map();
    for (std::size_t k = 0; k < keys.size(); ++k) {
      const map_entry& compared = keys.entries()[k];
      value values = compared.mapped;
      if (!values.is(value_kind::list)) {
        const value single[] = {values};
        values = make_list(context.memory, single);
      }
      const map_entry entries[] = {
          {value::string("key"), compared.key},
          {value::string("operator"), one.key},
          {value::string("values"), values},
      };
      conditions.push_back(make_map(context.memory, entries));
    }
  }
  return true;
}

struct statement_parts {
  explicit statement_parts(sekimori::arena& memory)
      : actions(memory), not_actions(memory), resources(memory), not_resources(memory), principals(memory), not_principals(memory), conditions(memory) {}

  value effect;
  arena_vector<value> actions, not_actions, resources, not_resources, principals, not_principals, conditions;
  bool has_condition = false;
};

// null kind: read.
value read_statement(call_context& context, const map_view& map, statement_parts& parts) {
  const map_entry* entries = map.entries();
  for (std::size_t i = 0; i < map.size(); ++i) {
    const std::string_view key = entries[i].key.as_text();
    const value mapped = entries[i].mapped;
    bool read = true;
    if (key == "Effect") {
      read = mapped.is(value_kind::string) && (mapped.as_text() == "Allow" || mapped.as_text() == "Deny");
      parts.effect = mapped;
    } else if (key == "Action") {
      read = strings_of(mapped, parts.actions);
    } else if (key == "NotAction") {
      read = strings_of(mapped, parts.not_actions);
    } else if (key == "Resource") {
      read = strings_of(mapped, parts.resources);
    } else if (key == "NotResource") {
      read = strings_of(mapped, parts.not_resources);
    } else if (key == "Principal") {
      read = principals_of(context, mapped, parts.principals);
    } else if (key == "NotPrincipal") {
      read = principals_of(context, mapped, parts.not_principals);
    } else if (key == "Condition") {
      read = conditions_of(context, mapped, parts.conditions);
      parts.has_condition = read && mapped.as_map().size() > 0;
    } else if (key != "Sid") {
      return no_policy(context, "a statement of the policy has an element that IAM does not define");
    }
    if (!read) return no_policy(context, "an element of a statement of the policy has another form than IAM defines");
  }
  if (parts.effect.is_null()) return no_policy(context, "a statement of the policy has no Effect");
  return value::null();
}

value statement_value(call_context& context, const statement_parts& parts) {
  sekimori::arena& memory = context.memory;
  const map_entry entries[] = {
      {value::string("actions"), make_list(memory, parts.actions)},
      {value::string("conditions"), make_list(memory, parts.conditions)},
      {value::string("effect"), parts.effect},
      {value::string("has_condition"), value::boolean(parts.has_condition)},
      {value::string("not_actions"), make_list(memory, parts.not_actions)},
      {value::string("not_principals"), make_list(memory, parts.not_principals)},
      {value::string("not_resources"), make_list(memory, parts.not_resources)},
      {value::string("principals"), make_list(memory, parts.principals)},
      {value::string("resources"), make_list(memory, parts.resources)},
  };
  return make_map(memory, entries);
}

// The first part that is not known; null where all are, or where it is nested deeper than any policy.
value unknown_part(value of, int depth) {
  constexpr int deepest = 16;
  if (of.is_unknown() || depth > deepest) return of;
  value found;
  if (of.is(value_kind::list)) {
    for (std::size_t i = 0, n = of.as_list().size(); i < n && !found.is_unknown(); ++i) found = unknown_part(of.as_list().at(i), depth + 1);
  } else if (of.is(value_kind::map)) {
    const map_entry* entries = of.as_map().entries();
    for (std::size_t i = 0, n = of.as_map().size(); i < n && !found.is_unknown(); ++i) found = unknown_part(entries[i].mapped, depth + 1);
  }
  return found.is_unknown() ? found : value::null();
}

// The document in a text. Where APIs give it percent-encoded (RFC 3986), as IAM's do, that is undone first: no JSON text
// begins with `%`.
value document_in(call_context& context, std::string_view text, bool sensitive) {
  if (!text.starts_with('%')) return parse_json(context, text, sensitive);
  pack_support::count_work(context, text.size());
  char* plain = static_cast<char*>(context.memory.allocate(text.size(), 1));
  const auto size = decode_percent(text, plain);
  return size ? parse_json(context, {plain, *size}, sensitive) : no_policy(context, "the policy is percent-encoded, and not as RFC 3986 defines");
}

}  // namespace

value policy_statements(call_context& context, arguments given) {
  const bool text = given[0].is(value_kind::string);
  const value document = text ? document_in(context, given[0].as_text(), given[0].sensitive()) : given[0];
  if (document.is_error()) return document;
  // A template may take a part from somewhere that is not known yet: then nothing is.
  if (const value part = text ? value::null() : unknown_part(document, 0); part.is_unknown()) return part;
  value statements;
  if (!document.is(value_kind::map) || !document.as_map().find(value::string("Statement"), statements)) {
    return no_policy(context, "the policy has no Statement");
  }
  arena_vector<value> read(context.memory);
  const auto add = [&](value statement) {
    if (!statement.is(value_kind::map)) return no_policy(context, "a statement of the policy is no object");
    statement_parts parts(context.memory);
    const value problem = read_statement(context, statement.as_map(), parts);
    if (problem.is_null()) read.push_back(statement_value(context, parts).marked_sensitive(given[0].sensitive()));
    return problem;
  };
  if (statements.is(value_kind::list)) {
    const list_view& list = statements.as_list();
    for (std::size_t i = 0; i < list.size(); ++i) {
      const value problem = add(list.at(i));
      if (problem.is_error()) return problem;
    }
  } else {
    const value problem = add(statements);
    if (problem.is_error()) return problem;
  }
  return make_list(context.memory, read).marked_sensitive(given[0].sensitive());
}

}  // namespace sekimori::cel::cloud

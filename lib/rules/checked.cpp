// rules: documents -> model. Entry point: check_documents. Knows no inputs.
#include "rules/checked.hpp"

#include <algorithm>
#include <set>

#include "base/account_types.hpp"
#include "base/diagnostics.hpp"
#include "base/digest.hpp"
#include "cel/evaluator.hpp"
#include "rules/checked_kubernetes.hpp"
#include "rules/checked_names.hpp"
#include "rules/host.hpp"
#include "rules/organisation.hpp"
#include "rules/related_types.hpp"
#include "value/values.hpp"

namespace sekimori::rules {
namespace {

class checker {
 public:
  explicit checker(std::shared_ptr<const loaded_documents> documents) : documents_(std::move(documents)) {
    made_->documents = documents_;
    made_->constants = std::make_shared<arena>();
  }

  result<model_ptr> run() {
    check_kinds();
    index_standards();
    check_rulesets();
    check_kubernetes(*documents_, *made_, mistakes_);
    tell_once();
    if (has_error(mistakes_)) return std::move(mistakes_);
    return {model_ptr(made_), std::move(mistakes_)};
  }

 private:
  // A rule over several kinds is checked against each: a mistake that is the same for all is told once.
  void tell_once() {
    std::set<std::string> told;
    std::vector<diagnostic> kept;
    for (auto& d : mistakes_) {
      if (told.insert(render(d)).second) kept.push_back(std::move(d));
    }
    mistakes_ = std::move(kept);
  }

  void report(diagnostic_code code, const located_string& at, std::string message, diagnostic_details details = {}) {
    mistakes_.push_back(at.source ? make_diagnostic(code, *at.source, at.where, std::move(message), std::move(details))
                                  : make_diagnostic(code, std::string(), std::move(message), std::move(details)));
  }

  cel::compiled_ptr compile(const cel::environment& names, const located_text& text, const cel::type* expected) {
    cel::environment::compile_options options;
    options.expected = expected;
    options.constants = diagnostic_level::error;
    options.memory = trees_;
    auto compiled = names.compile(text, options);
    if (compiled) return compiled.value();
    for (auto& d : compiled.diagnostics()) mistakes_.push_back(d);
    return nullptr;
  }

  const cel::environment& keep(std::unique_ptr<cel::environment> made) {
    made_->environments.push_back(std::move(made));
    return *made_->environments.back();
  }

  // --- kinds ---------------------------------------------------------------------------------------
  void check_kinds() {
    auto mapping_names = make_environment(*packs_, "", {}, nullptr);
    mapping_names_ = mapping_names.get();
    made_->mapping_names = &keep(std::move(mapping_names));
    std::map<std::string, const located_string*> seen;
    for (auto& document : documents_->kinds) {
      for (auto& source : document.kinds) {
        auto [at, fresh] = seen.emplace(source.name.text, &source.name);
        if (!fresh) {
          report(diagnostic_code::duplicate_id, source.name, "kind `" + source.name.text + "` is declared twice", {"", "the other declaration is in " + at->second->source->name()});
          continue;
        }
        check_kind(source);
      }
    }
  }

  void check_kind(const kind& source) {
    auto made = std::make_unique<checked_kind>();
    made->name = source.name.text;
    made->title = text_of(source.title);
    std::vector<named_type> fields;
    for (auto& declared : source.fields) {
      auto* type = read_type(*const_cast<cel::environment*>(mapping_names_), declared.type.text);
      if (type == nullptr) report(diagnostic_code::cel_type, declared.type, "`" + declared.type.text + "` is not a type", {"a CEL type such as string, int, bool, list(string), map(string, string), ports", ""});
      made->fields.push_back({declared.name.text, type, declared.nullable, nullptr});
      fields.push_back({declared.name.text, declared.type.text});
    }
    if (!source.derive.empty()) {
      // Derived fields see the declared ones and each other's results in order.
      for (auto& derived : source.derive) {
        if (std::any_of(fields.begin(), fields.end(), [&](auto& f) { return f.name == derived.name.text; })) {
          report(diagnostic_code::duplicate_id, derived.name, "field `" + derived.name.text + "` is declared twice");
          continue;
        }
        auto& names = keep(make_environment(*packs_, "kind." + source.name.text, fields, nullptr));
        auto program = compile(names, derived.expression, nullptr);
        std::string type = program ? cel::to_string(*program->result_type) : "dyn";
        made->fields.push_back({derived.name.text, nullptr, false, program});
        fields.push_back({derived.name.text, type});
      }
    }
    fields_[source.name.text] = fields;
    kind_types_->add(source.name.text, fields);
    for (auto& mapping : source.from) made->from.push_back(check_mapping(*made, mapping, source.fields.size()));
    made_->kinds.push_back(std::move(made));
  }

  absent_value check_absent(const std::optional<absent_default>& source) {
    absent_value made;
    if (!source) return made;
    made.given = true;
    auto program = compile(*mapping_names_, source->value, nullptr);
    if (!program) return made;
    cel::evaluator evaluator(*made_->constants, cel::limits{});
    // Reading any variable is an error: a default that depends on something is none.
    std::vector<value> none(variable_count, make_error(*made_->constants, evaluation_error_code::invalid_argument, "not a constant"));
    made.means = evaluator.evaluate(*program, none);
    if (made.means.is_error() || made.means.is_unknown()) {
      mistakes_.push_back(make_diagnostic(diagnostic_code::cel_constant, source->value, {0, static_cast<std::uint32_t>(source->value.text.size())},
                                          "a documented default must be a constant", {"a literal such as 'false', '0' or '{\"a\": true}'", ""}));
      made.means = value::null();
    }
    kept_programs_.push_back(program);  // constants of the literal live in the program
    return made;
  }

  attribute_table check_attributes(const std::vector<attribute_note>& notes) {
    attribute_table table;
    for (auto& note : notes) {
      attribute_facts facts;
      for (auto& former : note.also) facts.also.push_back(former.text);
      auto absent = check_absent(note.absent);
      facts.has_default = absent.given;
      facts.absent = absent.means;
      facts.nullable = note.nullable;
      auto unset = check_absent(note.unset);
      facts.has_unset = unset.given;
      facts.unset = unset.means;
      for (auto& other : note.unless) facts.unless.push_back(other.text);
      if (unset.given) check_unset(*note.unset, unset.means);
      table.emplace(note.path.text, std::move(facts));
    }
    for (auto& note : notes) check_unless(note, table);
    return table;
  }

  static bool is_plain(value v) { return !v.is(value_kind::list) && !v.is(value_kind::map); }

  // Blocks, and attributes that may be written as blocks, hold objects.
  void check_unset(const absent_default& note, value means) {
    bool plain = true;
    for (std::size_t i = 0; means.is(value_kind::list) && i < means.as_list().size(); ++i) plain = plain && is_plain(means.as_list().at(i));
    for (std::size_t i = 0; means.is(value_kind::map) && i < means.as_map().size(); ++i) plain = plain && is_plain(means.as_map().entries()[i].mapped);
    if (plain) return;
    mistakes_.push_back(make_diagnostic(diagnostic_code::cel_constant, note.value, {0, static_cast<std::uint32_t>(note.value.text.size())},
                                        "`unset` is said of what may be a block, which `dynamic` makes without a trace in a plan's configuration",
                                        {"a boolean, a number, a text, null, or a list or map of these", ""}));
  }

  // Whether another attribute is set must not hang on this one in turn.
  void check_unless(const attribute_note& note, const attribute_table& table) {
    if (!note.unset) return;
    for (auto* names : {&note.unless, &note.also}) {
      for (auto& other : *names) {
        const attribute_facts* found = table.find(other.text);
        if (found == nullptr || !found->has_unset || (found->unless.empty() && found->also.empty())) continue;
        report(diagnostic_code::cycle, other, "`" + other.text + "` is said to be unset itself, and hangs on other attributes",
               {"an attribute with neither `unless` nor `also` of its own", ""});
      }
    }
  }

  checked_mapping check_mapping(const checked_kind& into, const mapping& source, std::size_t declared) {
    checked_mapping made;
    made.type = source.type.text;
    made.cloud = source.cloud;
    made.facts = check_attributes(source.attributes);
    for (auto& part : source.parts) {
      checked_part checked;
      checked.name = part.name.text;
      for (auto& type : part.types) checked.types.push_back(type.text);
      checked.by = part.by.text;
      checked.to = part.to.text;
      checked.absent = check_absent(part.absent);
      checked.facts = check_attributes(part.attributes);
      made.parts.push_back(std::move(checked));
    }
    auto& types = const_cast<cel::environment*>(mapping_names_)->types();
    auto* boolean = types.simple(cel::type_kind::boolean);
    if (source.when) made.when = compile(*mapping_names_, *source.when, boolean);
    for (auto& [group, collection] : source.each) made.each.push_back({group.text, compile(*mapping_names_, collection, nullptr)});
    if (source.each_id) made.each_id = compile(*mapping_names_, *source.each_id, types.simple(cel::type_kind::string));
    made.fields.resize(into.fields.size());
    std::vector<std::string_view> names;
    for (std::size_t i = 0; i < declared; ++i) names.push_back(into.fields[i].name);
    for (auto& field : source.fields) {
      auto at = std::find(names.begin(), names.end(), field.name.text);
      if (at == names.end()) {
        std::string known;
        for (auto name : names) known += (known.empty() ? "" : ", ") + std::string(name);
        report(diagnostic_code::cel_no_field, field.name, "kind `" + into.name + "` declares no field `" + field.name.text + "`",
               {known, did_you_mean(field.name.text, names)});
        continue;
      }
      auto slot = static_cast<std::size_t>(at - names.begin());
      const cel::type* expected = into.fields[slot].nullable ? nullptr : into.fields[slot].type;
      made.fields[slot] = compile(*mapping_names_, field.expression, expected);
    }
    return made;
  }

  // --- standards -----------------------------------------------------------------------------------
  void index_standards() {
    for (auto& document : documents_->standards) {
      for (auto& standard : document.standards) {
        if (!standards_.emplace(standard.id.text, &standard).second) report(diagnostic_code::duplicate_id, standard.id, "standard `" + standard.id.text + "` is declared twice");
      }
    }
  }

  void resolve_clauses(const rule& source, checked_rule& made) {
    for (auto& reference : source.clauses) {
      auto colon = reference.text.find(':');
      std::string standard_id = reference.text.substr(0, colon), clause_id = colon == std::string::npos ? "" : reference.text.substr(colon + 1);
      clause_reference resolved{standard_id, clause_id, {}, false};
      std::vector<std::string> clouds;
      auto found = standards_.find(standard_id);
      if (found != standards_.end()) {
        clouds = found->second->clouds;
        bool known = false;
        std::vector<std::string_view> ids;
        for (auto& clause : found->second->clauses) {
          ids.push_back(clause.id.text);
          if (clause.id.text != clause_id) continue;
          known = true;
          resolved.title = {clause.title.ja.text, clause.title.en.text};
          resolved.verified = clause.verified;
        }
        if (!known) report(diagnostic_code::unknown_reference, reference, "standard `" + standard_id + "` has no clause `" + clause_id + "`", {"", did_you_mean(clause_id, ids)});
      } else if (!documents_->standards.empty()) {
        std::vector<std::string_view> ids;
        for (auto& [id, standard] : standards_) ids.push_back(id);
        report(diagnostic_code::unknown_reference, reference, "no standards document declares `" + standard_id + "`", {"", did_you_mean(standard_id, ids)});
      }
      made.clauses.push_back(std::move(resolved));
      made.clause_clouds.push_back(std::move(clouds));
    }
  }

  // --- rule sets -----------------------------------------------------------------------------------
  void check_rulesets() {
    std::map<std::string, const located_string*> seen;
    for (auto& document : documents_->rulesets) {
      auto [at, fresh] = seen.emplace(document.id.text, &document.id);
      if (!fresh) {
        report(diagnostic_code::duplicate_id, document.id, "rule set `" + document.id.text + "` is loaded twice", {"", "the other one is " + at->second->source->name()});
        continue;
      }
      check_ruleset(document);
    }
  }

  void check_ruleset(const ruleset_document& document) {
    checked_ruleset made;
    made.id = document.id.text;
    made.version = document.version;
    made.title = text_of(document.title);
    made.digest = "sha256:" + sha256_hex(document.header.source->text());
    std::vector<named_type> parameters;
    for (auto& parameter : document.parameters) {
      if (read_type(*const_cast<cel::environment*>(mapping_names_), parameter.type.text) == nullptr) {
        report(diagnostic_code::cel_type, parameter.type, "`" + parameter.type.text + "` is not a type", {"a CEL type such as int, list(string), map(string, list(string))", ""});
        continue;
      }
      for (auto& d : check_parameter(parameter, parameter.initial)) mistakes_.push_back(d);
      made.parameters.push_back(parameter.name.text);
      parameters.push_back({parameter.name.text, parameter.type.text});
    }
    auto index = static_cast<std::uint32_t>(made_->rulesets.size());
    made_->rulesets.push_back(std::move(made));
    std::map<std::string, const cel::environment*> by_kind;
    // Their types are declared only where something can name them.
    const bool registers = document.header.source->text().find("data.") != std::string_view::npos;
    for (auto& source : document.rules) {
      checked_rule checked;
      checked.source = &source;
      checked.ruleset = index;
      checked.full_id = document.id.text + "/" + source.id.text;
      resolve_clauses(source, checked);
      for (std::uint32_t i = 0; i < source.subjects.size(); ++i) check_subject(source.subjects[i], i, by_kind, parameters, registers, checked);
      made_->rules.push_back(std::move(checked));
    }
  }

  void check_subject(const rule_subject& subject, std::uint32_t index, std::map<std::string, const cel::environment*>& by_kind, const std::vector<named_type>& parameters, bool registers, checked_rule& checked) {
    if (subject.kinds.empty()) {
      auto& names = environment_for(by_kind, "", parameters, asks_held(subject), registers);
      checked_variant variant;
      variant.subject = index;
      for (auto& type : subject.types) variant.types.push_back(type.text);
      check_variant(subject, names, variant);
      checked.variants.push_back(std::move(variant));
    }
    for (auto& name : subject.kinds) {
      auto* found = find_kind(name);
      if (found == nullptr) continue;
      // A resource is asked once: two verdicts of one rule on it would be two findings with one identity.
      if (std::any_of(checked.variants.begin(), checked.variants.end(), [&](auto& before) { return before.kind == found; })) {
        report(diagnostic_code::duplicate_id, name, "the rule is asked of kind `" + name.text + "` already", {"", "put the asserts together"});
        continue;
      }
      checked_variant variant;
      variant.subject = index;
      variant.kind = found;
      check_variant(subject, environment_for(by_kind, name.text, parameters, asks_held(subject), registers), variant);
      checked.variants.push_back(std::move(variant));
    }
  }

  const checked_kind* find_kind(const located_string& name) {
    std::vector<std::string_view> names;
    for (auto& candidate : made_->kinds) {
      if (candidate->name == name.text) return candidate.get();
      names.push_back(candidate->name);
    }
    std::string known;
    for (auto candidate : names) known += (known.empty() ? "" : ", ") + std::string(candidate);
    report(diagnostic_code::unknown_kind, name, "no kinds document declares kind `" + name.text + "`",
           {known.empty() ? "a kinds document among the loaded paths" : known,
            names.empty() ? "load the kinds as well: add rulesets/kinds to --rules" : did_you_mean(name.text, names)});
    return nullptr;
  }

  const cel::environment& environment_for(std::map<std::string, const cel::environment*>& by_kind, const std::string& kind_name,
                                          const std::vector<named_type>& parameters, bool holdings, bool registers) {
    auto& names = by_kind[kind_name + (holdings ? "+held" : "")];
    if (names == nullptr) {
      auto made = make_environment(*packs_, "kind." + kind_name, kind_name.empty() ? std::vector<named_type>{} : fields_[kind_name], &parameters, registers);
      if (holdings) {
        made->add_pack(holdings_pack());
        made->add_types(kind_types_);
      }
      names = &keep(std::move(made));
    }
    return *names;
  }

  // held() of what stands for no account would be an error for every resource.
  void check_held(const rule_subject& source, const checked_variant& variant) {
    auto stands = [](std::string_view type) { return account_type_of(type) != nullptr; };
    const bool any = variant.kind != nullptr ? std::any_of(variant.kind->from.begin(), variant.kind->from.end(), [&](auto& one) { return stands(one.type); })
                                             : std::any_of(variant.types.begin(), variant.types.end(), stands);
    if (any) return;
    auto check = [&](const cel::compiled_ptr& program, const located_text& text) {
      const cel::expression* call = program ? find_call(*program->root, "held") : nullptr;
      if (call == nullptr) return;
      mistakes_.push_back(make_diagnostic(diagnostic_code::unknown_kind, text, call->where, "held() is asked of accounts, and this rule is about none",
                                          {"`kind: account`, or types of resources that stand for an account", "all_held() is what all inputs hold"}));
    };
    if (source.when) check(variant.when, *source.when);
    for (std::size_t i = 0; i < source.asserts.size(); ++i) check(variant.asserts[i].condition, source.asserts[i].condition);
  }

  // Few rules do, and the names of all kinds make every look-up of a name dearer.
  static bool asks_held(const rule_subject& source) {
    auto asks = [](const std::string& text) { return text.find("held") != std::string::npos; };
    return (source.when && asks(source.when->text)) || std::any_of(source.asserts.begin(), source.asserts.end(), [&](auto& one) {
             return asks(one.condition.text) || asks(one.message.ja.text) || asks(one.message.en.text);
           });
  }

  void check_variant(const rule_subject& source, const cel::environment& names, checked_variant& variant) {
    auto* boolean = const_cast<cel::environment&>(names).types().simple(cel::type_kind::boolean);
    variant.names = &names;
    if (source.when) variant.when = compile(names, *source.when, boolean);
    for (auto& assertion : source.asserts) {
      checked_assert made;
      made.id = assertion.id.text;
      made.condition = compile(names, assertion.condition, boolean);
      made.ja = messages_.compile(assertion.message.ja, names);
      made.en = messages_.compile(assertion.message.en, names);
      variant.asserts.push_back(std::move(made));
    }
    if (variant.when) variant.registers |= registers_read(*variant.when);
    for (auto& assertion : variant.asserts) {
      if (assertion.condition) variant.registers |= registers_read(*assertion.condition);
    }
    if (asks_held(source)) check_held(source, variant);
  }

  std::shared_ptr<const loaded_documents> documents_;
  std::shared_ptr<model> made_ = std::make_shared<model>();
  std::vector<diagnostic> mistakes_;
  std::shared_ptr<arena> trees_ = std::make_shared<arena>();   // of all expressions: each in one of its own would be mostly empty
  message_compiler messages_{trees_, mistakes_};
  std::unique_ptr<cel::environment> packs_ = make_packs();   // what all environments begin with
  const cel::environment* mapping_names_ = nullptr;
  std::map<std::string, std::vector<named_type>> fields_;
  std::shared_ptr<kind_types> kind_types_ = std::make_shared<kind_types>();
  std::map<std::string, const standard*> standards_;
  std::vector<cel::compiled_ptr>& kept_programs_ = made_->kept_programs;
};

}  // namespace

result<model_ptr> check_documents(std::shared_ptr<const loaded_documents> documents) { return checker(std::move(documents)).run(); }

bool is_variable(const cel::expression& e, variable_slot slot) {
  return e.kind == cel::expression_kind::identifier && !e.local && e.slot == static_cast<std::int32_t>(slot);
}

}  // namespace sekimori::rules

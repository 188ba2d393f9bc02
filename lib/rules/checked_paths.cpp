// rules: attribute paths out of the mappings' expressions.
#include "rules/checked_paths.hpp"

#include <map>
#include <set>

namespace sekimori::rules {
namespace {

using cel::expression;
using cel::expression_kind;

// Where a value may come from: an attribute path of a provider type.
struct origin { std::string type, path; };
using origins = std::vector<origin>;

class walker {
 public:
  walker(const checked_mapping& mapping, std::vector<named_path>& to) : mapping_(mapping), to_(to) {}

  void run(const rules::mapping& source) {
    for (std::size_t i = 0; i < source.attributes.size(); ++i) note(mapping_.type, source.attributes[i]);
    for (auto& part : source.parts) {
      for (auto& type : part.types) {
        place(type.text, part.by.text, part.by);
        for (auto& attribute : part.attributes) note(type.text, attribute);
      }
      if (part.to.source && part.to.text != "id") place(mapping_.type, part.to.text, part.to);
    }
    expression_of(mapping_.when);
    instances();
    expression_of(mapping_.each_id);
    for (auto& field : mapping_.fields) expression_of(field);
  }

  void run(std::size_t field) {
    instances();
    expression_of(mapping_.fields[field]);
  }

 private:
  void instances() {
    for (auto& each : mapping_.each) {
      for (auto& o : expression_of(each.collection)) each_value_.push_back(o);
    }
  }

  void note(const std::string& type, const attribute_note& attribute) {
    place(type, attribute.path.text, attribute.path);
    for (auto& other : attribute.unless) place(type, other.text, other);
  }

  void place(const std::string& type, const std::string& path, const located_string& at) {
    named_path made;
    made.type = type;
    made.path = path;
    made.also = also(type, path);
    made.place = &at;
    to_.push_back(std::move(made));
  }

  std::vector<std::string> also(const std::string& type, const std::string& path) const {
    const attribute_table* facts = type == mapping_.type ? &mapping_.facts : nullptr;
    for (auto& part : mapping_.parts) {
      for (auto& part_type : part.types) {
        if (part_type == type) facts = &part.facts;
      }
    }
    if (facts == nullptr) return {};
    const attribute_facts* found = facts->find(path);
    return found == nullptr ? std::vector<std::string>() : found->also;
  }

  origins expression_of(const cel::compiled_ptr& program) {
    if (!program) return {};
    current_ = program.get();
    locals_.clear();
    return visit(*program->root);
  }

  void record(const origins& found, const expression& e) {
    if (found.empty() || found.front().path.empty()) return;
    named_path made;
    made.type = found.front().type;
    made.path = found.front().path;
    std::string all;
    for (auto& o : found) {
      all += o.type + "|" + o.path + "|";
      if (&o != &found.front()) made.others.emplace_back(o.type, o.path);
    }
    if (!seen_.insert(all).second) return;
    made.also = also(made.type, made.path);
    made.expression = &current_->text;
    made.inside = e.anchor;
    to_.push_back(std::move(made));
  }

  static void append(origins& to, const origins& more) { to.insert(to.end(), more.begin(), more.end()); }

  // The origins of an expression's value; records every path on the way.
  origins visit(const expression& e) {
    switch (e.kind) {
      case expression_kind::identifier: return identifier(e);
      case expression_kind::select: return select(e);
      case expression_kind::call: return call(e);
      case expression_kind::comprehension: return comprehension(e);
      default: {
        origins all;
        for (auto* argument : e.arguments) append(all, visit(*argument));
        return e.kind == expression_kind::list ? all : origins{};
      }
    }
  }

  origins identifier(const expression& e) {
    if (e.local) {
      for (auto at = locals_.rbegin(); at != locals_.rend(); ++at) {
        if (at->first == e.name) return at->second;
      }
      return {};
    }
    if (e.slot == slot_resource) return {{mapping_.type, ""}};
    return {};
  }

  origins select(const expression& e) {
    auto& operand = *e.operand;
    if (operand.kind == expression_kind::identifier && !operand.local) {
      if (operand.slot == slot_part) {
        origins all;
        for (auto& part : mapping_.parts) {
          if (part.name != e.name) continue;
          for (auto& type : part.types) all.push_back({type, ""});
        }
        return all;
      }
      if (operand.slot == slot_each) return e.name == "value" ? each_value_ : origins{};
    }
    origins below = visit(operand);
    for (auto& o : below) o.path += (o.path.empty() ? "" : ".") + std::string(e.name);
    record(below, e);
    return below;
  }

  static std::string literal_text(const expression& e) {
    return e.kind == expression_kind::literal && e.constant.is(value_kind::string) ? std::string(e.constant.as_text()) : std::string();
  }

  origins call(const expression& e) {
    if (e.operand == nullptr && (e.name == "related" || e.name == "references_to") && e.arguments.size() >= 2) return relation(e);
    origins receiver;
    if (e.operand != nullptr) receiver = visit(*e.operand);
    std::vector<origins> arguments;
    for (auto* argument : e.arguments) arguments.push_back(visit(*argument));
    // Calls whose value is one of their operands, or an element of it.
    static const std::set<std::string_view> passing = {"orValue", "or", "value", "_[_]", "_[?_]", "_+_", "_?_:_", "dyn", "optional.of", "optional.ofNonZeroValue", "flatten", "distinct", "reverse", "first", "last", "slice", "_?._"};
    if (passing.count(e.name) == 0) return {};
    origins all = receiver;
    bool index = e.name == "_[_]" || e.name == "_[?_]";
    std::size_t skip = e.name == "_?_:_" ? 1 : 0;
    for (std::size_t i = skip; i < arguments.size() && (!index || i == 0); ++i) append(all, arguments[i]);
    return all;
  }

  origins relation(const expression& e) {
    origins all;
    if (e.name == "related") {
      std::vector<std::string> types;
      if (e.arguments[0]->kind == expression_kind::list) {
        for (auto* type : e.arguments[0]->arguments) types.push_back(literal_text(*type));
      } else {
        types.push_back(literal_text(*e.arguments[0]));
      }
      for (auto& type : types) {
        if (type.empty()) continue;
        record({{type, literal_text(*e.arguments[1])}}, *e.arguments[1]);
        all.push_back({type, ""});
      }
    } else {
      record({{mapping_.type, literal_text(*e.arguments[0])}}, *e.arguments[0]);
      std::string type = literal_text(*e.arguments[1]);
      if (!type.empty()) all.push_back({type, ""});
    }
    return all;
  }

  origins comprehension(const expression& e) {
    origins range = visit(*e.operand);
    std::size_t kept = locals_.size();
    // With two variables the first one is an index or a key.
    locals_.emplace_back(std::string(e.variable), e.variable2.empty() ? range : origins{});
    if (!e.variable2.empty()) locals_.emplace_back(std::string(e.variable2), range);
    if (e.condition != nullptr) visit(*e.condition);
    origins body;
    if (e.body != nullptr) body = visit(*e.body);
    locals_.resize(kept);
    switch (e.macro) {
      case cel::macro_kind::filter:
      case cel::macro_kind::sort_by: return range;
      case cel::macro_kind::all:
      case cel::macro_kind::exists:
      case cel::macro_kind::exists_one: return {};
      default: return body;
    }
  }

  const checked_mapping& mapping_;
  std::vector<named_path>& to_;
  const cel::compiled* current_ = nullptr;
  origins each_value_;
  std::vector<std::pair<std::string, origins>> locals_;
  std::set<std::string> seen_;
};

}  // namespace

std::vector<named_path> attribute_paths(const model& checked) {
  std::vector<named_path> made;
  std::map<std::string, const kind*> sources;
  for (auto& file : checked.documents->kinds) {
    for (auto& source : file.kinds) sources.emplace(source.name.text, &source);
  }
  for (auto& kind : checked.kinds) {
    auto* source = sources[kind->name];
    for (std::size_t i = 0; i < kind->from.size(); ++i) walker(kind->from[i], made).run(source->from[i]);
  }
  return made;
}

std::vector<named_path> attribute_paths(const checked_mapping& mapping, std::size_t field) {
  std::vector<named_path> made;
  walker(mapping, made).run(field);
  return made;
}

}  // namespace sekimori::rules

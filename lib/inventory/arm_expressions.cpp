// inventory: see arm_expressions.hpp. What functions do is in arm_functions.cpp.
#include "inventory/arm_expressions.hpp"

#include <algorithm>
#include <charconv>

#include "inventory/arm_functions.hpp"
#include "inventory/azure_ids.hpp"
#include "inventory/json_pointer.hpp"
#include "value/values.hpp"

namespace sekimori::inventory {
namespace {

constexpr std::size_t deepest = 100;          // calls in calls, variables in variables
constexpr std::size_t most_steps = 1'000'000;
constexpr std::size_t longest_text = 2'048;   // of what an unknown stands for
constexpr std::int64_t most_copies = 800;     // Azure's own limit of a loop

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

// Reads an expression and works it out on the way.
class arm_parser {
 public:
  arm_parser(arm_expressions& in, std::string_view text) : in_(in), text_(text) {}

  bool read(value& made) {
    made = expression();
    space();
    return !failed_ && at_ == text_.size();
  }

 private:
  void space() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\r' || text_[at_] == '\t')) ++at_;
  }
  bool takes(char c) {
    space();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  value fail() {
    failed_ = true;
    return value::null();
  }
  std::string_view word() {
    space();
    const std::size_t from = at_;
    while (at_ < text_.size() && (is_letter(text_[at_]) || is_digit(text_[at_]))) ++at_;
    return text_.substr(from, at_ - from);
  }

  value expression() {
    if (++depth_ > deepest) return fail();
    space();
    value made;
    if (takes('\'')) made = literal();
    else if (at_ < text_.size() && (is_digit(text_[at_]) || text_[at_] == '-')) made = number();
    else made = call();
    while (!failed_) {
      if (takes('.')) {
        const std::string_view key = word();
        if (key.empty()) return fail();
        made = arm_member(in_.memory_, made, value::string(key));
      } else if (takes('[')) {
        const value key = expression();
        if (failed_ || !takes(']')) return fail();
        made = arm_member(in_.memory_, made, key);
      } else {
        break;
      }
    }
    --depth_;
    return made;
  }

  value literal() {
    std::string made;
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c != '\'') made += c;
      else if (at_ < text_.size() && text_[at_] == '\'') made += text_[at_++];
      else return make_string(in_.memory_, made);
    }
    return fail();
  }

  value number() {
    std::int64_t made = 0;
    const char* end = text_.data() + text_.size();
    const auto [stop, error] = std::from_chars(text_.data() + at_, end, made);
    if (error != std::errc()) return fail();
    at_ = static_cast<std::size_t>(stop - text_.data());
    return value::integer(made);
  }

  value call() {
    std::string name(word());
    if (name.empty() || is_digit(name[0])) return fail();
    if (at_ < text_.size() && text_[at_] == '.') {     // a function of a user's own
      ++at_;
      name += "." + std::string(word());
    }
    if (!takes('(')) return fail();
    std::vector<value> arguments;
    if (!takes(')')) {
      do {
        arguments.push_back(expression());
        if (failed_) return value::null();
      } while (takes(','));
      if (!takes(')')) return fail();
    }
    return in_.call(name, arguments);
  }

  arm_expressions& in_;
  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
  bool failed_ = false;
};

std::string_view arm_text(value unknown) {
  if (!unknown.is_unknown() || unknown.as_unknown().count == 0) return {};
  return unknown.as_unknown().paths[0].path;
}

std::string arm_text_of(value one) {
  if (one.is_unknown()) return std::string(arm_text(one));
  return one.is(value_kind::string) ? std::string(one.as_text()) : to_json(one);
}

std::string arm_resource_text(std::string_view type, std::string_view name) {
  return name.empty() ? std::string() : "{id of " + lower_ascii(type) + " " + lower_ascii(name) + "}";
}

value arm_expressions::unknown(const std::string& text) {
  return make_unknown(memory_, {}, text.size() > longest_text ? std::string_view() : memory_.copy(std::string_view(text)), unknown_reason::computed);
}

// What is too large to be looked through again and again is not known.
value arm_expressions::bounded(value one) {
  const std::size_t size = arm_size(one);
  steps_ += size;
  return size > arm_most ? unknown("") : one;
}

std::int64_t arm_expressions::times(value count) const {
  if (!count.is(value_kind::integer) || count.as_integer() < 0 || count.as_integer() > most_copies) return -1;
  return count.as_integer();
}

value arm_expressions::resolve(const document_node& one, const std::string& pointer) {
  if (depth_ >= deepest || ++steps_ > most_steps) {
    const bool steps = steps_ > most_steps;
    if (!steps || !told_steps_) wrong_(pointer, steps ? "takes more steps than are made for a template" : "is nested too deeply");
    told_steps_ = told_steps_ || steps;
    return unknown("");
  }
  ++depth_;
  value made;
  if (one.is_string()) made = text_of(one.text(), pointer);
  else if (one.is_list()) made = list(one, pointer);
  else if (one.is_map()) made = map(one, pointer);
  else made = one.scalar();
  --depth_;
  return made;
}

value arm_expressions::text_of(std::string_view text, const std::string& pointer) {
  if (text.size() < 2 || text.front() != '[' || text.back() != ']') return value::string(text);
  if (text[1] == '[') return value::string(text.substr(1));
  value made;
  if (arm_parser(*this, text.substr(1, text.size() - 2)).read(made)) return made;
  wrong_(pointer, "is no expression of the template language");
  return unknown("");
}

value arm_expressions::list(const document_node& one, const std::string& pointer) {
  std::vector<value> made;
  one.each_element([&](const document_node& element) { made.push_back(resolve(element, pointer + "/" + std::to_string(made.size()))); });
  return make_list(memory_, made);
}

value arm_expressions::map(const document_node& one, const std::string& pointer) {
  std::vector<map_entry> made;
  bool whole = true;
  one.each_entry([&](std::string_view key, const document_node& under) {
    const std::string at = pointer + "/" + pointer_part(key);
    if (key == "copy" && under.is_list()) {
      whole = loops_of(under, at, made) && whole;
      return;
    }
    const value name = text_of(key, at);
    if (name.is(value_kind::string)) made.push_back({name, resolve(under, at)});
    else whole = false;
  });
  if (!whole) return unknown("");
  std::stable_sort(made.begin(), made.end(), [](const map_entry& a, const map_entry& b) { return key_less(a.key, b.key); });
  made.erase(std::unique(made.begin(), made.end(), [](const map_entry& a, const map_entry& b) { return a.key.as_text() == b.key.as_text(); }), made.end());
  return make_map(memory_, made);
}

// [{"name": "disks", "count": 3, "input": {...}}]: a property with a list. False where one of them is none.
bool arm_expressions::loops_of(const document_node& loops, const std::string& pointer, std::vector<map_entry>& into) {
  std::size_t index = 0;
  bool whole = true;
  loops.each_element([&](const document_node& loop) {
    const std::string at = pointer + "/" + std::to_string(index++);
    const std::string_view name = loop.field("name").text();
    if (name.empty()) {
      wrong_(at, "is a loop without a name");
      whole = false;
      return;
    }
    const std::int64_t count = times(resolve(loop.field("count"), at + "/count"));
    std::vector<value> made;
    for (std::int64_t i = 0; i < count; ++i) {
      enter_loop(name, value::integer(i));
      made.push_back(resolve(loop.field("input"), at + "/input"));
      leave_loop();
    }
    into.push_back({value::string(name), count < 0 ? unknown("") : make_list(memory_, made)});
  });
  return whole;
}

value arm_expressions::parameter(std::string_view name) {
  auto [at, fresh] = parameters_.try_emplace(std::string(name));
  const std::string text = "{parameters('" + place_ + std::string(name) + "')}";
  if (at->second.open) return unknown("");
  const document_node declared = of_.field("parameters").field(name);
  if (fresh) {
    at->second.open = true;
    document_node usual;
    value made = unknown(text);
    if (declared.find("defaultValue", usual)) {
      took_defaults_ = true;
      made = resolve(usual, place_ + "/parameters/" + pointer_part(name) + "/defaultValue");
      if (made.is_unknown() && arm_text(made).empty()) made = unknown(text);     // newGuid() and utcNow() are made once
    }
    at->second = {bounded(made), false};
  }
  const std::string type = lower_ascii(declared.field("type").text());
  return type == "securestring" || type == "secureobject" ? at->second.held.marked_sensitive(true) : at->second.held;
}

value arm_expressions::variable(std::string_view name) {
  auto [at, fresh] = variables_.try_emplace(std::string(name));
  if (at->second.open) return unknown("");
  if (!fresh) return at->second.held;
  at->second.open = true;
  const document_node all = of_.field("variables");
  document_node found;
  value made = unknown("{variables('" + place_ + std::string(name) + "')}");
  if (all.find(name, found) && name != "copy") {
    made = resolve(found, place_ + "/variables/" + pointer_part(name));
  } else {
    std::vector<map_entry> loops;
    loops_of(all.field("copy"), place_ + "/variables/copy", loops);
    for (const map_entry& one : loops) {
      if (one.key.as_text() == name) made = one.mapped;
    }
  }
  at->second = {bounded(made), false};
  return at->second.held;
}

value arm_expressions::call(std::string_view function, std::vector<value>& arguments) {
  if (++steps_ > most_steps || depth_ >= deepest) return unknown("");
  ++depth_;
  const std::string name = lower_ascii(function);
  bool secret = false;
  value made;
  const std::string_view first = !arguments.empty() && arguments[0].is(value_kind::string) ? arguments[0].as_text() : std::string_view();
  if (name == "parameters") made = parameter(first);
  else if (name == "variables") made = variable(first);
  else if (name == "copyindex") {
    const bool by_name = !first.empty();
    auto loop = loops_.rbegin();
    while (loop != loops_.rend() && by_name && loop->first != first) ++loop;
    const std::size_t offset_at = by_name ? 1 : 0;
    const value offset = arguments.size() > offset_at ? arguments[offset_at] : value::integer(0);
    made = loop != loops_.rend() && loop->second.is(value_kind::integer) && offset.is(value_kind::integer) ? value::integer(loop->second.as_integer() + offset.as_integer()) : unknown("");
  } else {
    for (value& one : arguments) one = bounded(one);
    for (const value& one : arguments) secret = secret || arm_secret(one);
    std::string text;
    if (!arm_call(memory_, name, arguments, made, text)) made = unknown(text);
  }
  --depth_;
  return secret ? made.marked_sensitive(true) : made;
}

}  // namespace sekimori::inventory

// cel: text to a syntax tree: a Pratt parser over tokens. Entry point: parse. Knows neither types nor names.
#include "cel/syntax/parser.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "cel/syntax/builder.hpp"
#include "cel/syntax/lexer.hpp"
#include "cel/syntax/literal.hpp"
#include "cel/syntax/macros.hpp"

namespace sekimori::cel {
namespace {

struct infix {
  int precedence = 0;  // 0: no operator
  std::string_view name;
};

constexpr int or_precedence = 1, and_precedence = 2;

infix infix_of(token_kind kind) {
  switch (kind) {
    case token_kind::or_or:
    case token_kind::single_or: return {or_precedence, "_||_"};
    case token_kind::and_and:
    case token_kind::single_and: return {and_precedence, "_&&_"};
    case token_kind::equal:
    case token_kind::single_equal: return {3, "_==_"};
    case token_kind::not_equal: return {3, "_!=_"};
    case token_kind::less: return {3, "_<_"};
    case token_kind::less_equal: return {3, "_<=_"};
    case token_kind::greater: return {3, "_>_"};
    case token_kind::greater_equal: return {3, "_>=_"};
    case token_kind::in_word: return {3, "@in"};
    case token_kind::plus: return {4, "_+_"};
    case token_kind::minus: return {4, "_-_"};
    case token_kind::star: return {5, "_*_"};
    case token_kind::slash: return {5, "_/_"};
    case token_kind::percent: return {5, "_%_"};
    default: return {};
  }
}

std::string_view closer_text(token_kind closer) {
  if (closer == token_kind::right_paren) return ")";
  return closer == token_kind::right_bracket ? "]" : "}";
}

// Counts how deep the parser stands in the text, so that no text can exhaust the stack.
class nesting_guard {
 public:
  nesting_guard(builder& tree, std::uint32_t& depth, span where) : depth_(depth) {
    if (++depth_ > tree.bounds().nesting) too_deep(tree, where);
  }
  ~nesting_guard() { --depth_; }
  nesting_guard(const nesting_guard&) = delete;
  nesting_guard& operator=(const nesting_guard&) = delete;

 private:
  [[gnu::noinline, gnu::cold]] static void too_deep(builder& tree, span where) {
    std::string levels = std::to_string(tree.bounds().nesting);
    tree.give_up(where, "the expression is nested more than " + levels + " levels deep",
                 {"", "split it: give a part a name with cel.bind(name, part, rest)"});
  }

  std::uint32_t& depth_;
};

// Depth costs the machine's stack, and a thread of a host may have little of it: what recurses keeps its frame
// small, so that cases and mistakes are functions of their own, kept out of it by noinline.
// Methods give nullptr after a mistake; it has then been reported, and whoever parses the items of a
// bracket goes on behind it.
class parser {
 public:
  parser(std::string_view text, token_reader& tokens, builder& tree, const grammar& on)
      : text_(text), tokens_(tokens), tree_(tree), on_(on) {
    terms_.reserve(8);
    waiting_.reserve(8);
  }

  expression* parse_all() {
    if (peek().kind == token_kind::end) {
      report(peek().where, "the expression is empty");
      return nullptr;
    }
    expression* root = parse_expression();
    if (root != nullptr && peek().kind != token_kind::end) {
      unexpected("an operator or the end");
      return nullptr;
    }
    return root;
  }

 private:
  token peek(std::size_t ahead = 0) const { return tokens_.at(at_ + ahead); }
  token advance() {
    token taken = peek();
    if (taken.kind != token_kind::end) {
      last_end_ = taken.where.end;
      ++at_;
    }
    return taken;
  }
  bool accept(token_kind kind) {
    if (peek().kind != kind) return false;
    advance();
    return true;
  }
  // The `?` of optional syntax. Where that is off it is reported, and the rest is read as if it were on.
  bool accept_optional() {
    if (peek().kind != token_kind::question) return false;
    span mark = advance().where;
    if (!on_.optional_syntax) no_optionals(mark);
    return true;
  }
  [[gnu::noinline, gnu::cold]] void no_optionals(span mark) {
    report(mark, "a `?` for an optional is not turned on", "", "it is in pack optionals, which is not turned on");
  }
  std::string_view text_of(span where) const { return text_.substr(where.begin, where.end - where.begin); }
  span since(std::uint32_t begin) const { return {begin, last_end_}; }

  void report(span where, std::string message, std::string expected = {}, std::string help = {}) {
    if (!tree_.given_up()) {
      tree_.found().add(diagnostic_code::cel_syntax, where, std::move(message), {std::move(expected), std::move(help)});
    }
  }

  void unexpected(std::string expected, std::string help = {}) {
    token t = peek();
    if (t.kind == token_kind::bad) return;
    if (help.empty()) help = slip_help(expected);
    bool text = t.kind == token_kind::string || t.kind == token_kind::bytes;
    std::string what = t.kind == token_kind::end ? "the expression ends too early"
                       : text                    ? "unexpected " + shown(t)
                                                 : "unexpected `" + shown(t) + "`";
    report(t.where, std::move(what), std::move(expected), std::move(help));
  }

  // String literals may hold a secret; a token's text is shown only where it cannot.
  std::string shown(const token& t) const {
    if (t.kind == token_kind::string) return "string";
    if (t.kind == token_kind::bytes) return "bytes";
    return std::string(text_of(t.where));
  }

  // What people who come from another language meant.
  std::string slip_help(std::string_view expected = {}) const {
    token t = peek();
    std::string_view word = text_of(t.where);
    if (t.kind == token_kind::identifier) {
      if (word == "and") return "CEL writes `&&`";
      if (word == "or") return "CEL writes `||`";
      if (word == "not" && peek(1).kind == token_kind::in_word) return "CEL writes `!(x in list)`";
      if (word == "not") return "CEL writes `!`";
      if (word == "is") return "CEL writes `==`";
      if (word == "else" || word == "then" || word == "if") return "CEL writes `condition ? this : that`";
    }
    token_kind before = at_ > 0 ? tokens_.at(at_ - 1).kind : token_kind::end;
    bool touches = at_ > 0 && tokens_.at(at_ - 1).where.end == t.where.begin;
    if (t.kind == token_kind::single_equal && before == token_kind::colon) return "a value is named with cel.bind(name, value, expression)";
    if (t.kind == token_kind::colon && peek(1).kind == token_kind::single_equal) return "a value is named with cel.bind(name, value, expression)";
    if (t.kind == token_kind::single_equal && at_ > 0) return "equality is `==`, inequality `!=`";
    if (t.kind == token_kind::greater && before == token_kind::less) return "inequality is `!=`";
    if (t.kind == token_kind::question && before == token_kind::question && touches) {
      return "a default is given with .orValue(...): x.?field.orValue(default)";
    }
    if (t.kind == token_kind::colon && before == token_kind::question && touches) {
      return "CEL writes both results: x != '' ? x : other";
    }
    if (t.kind == token_kind::plus && before == token_kind::plus && touches) return "an expression changes nothing: write x + 1";
    if (t.kind == token_kind::star && before == token_kind::star && touches) return "CEL has no power operator: multiply";
    if (t.kind == token_kind::star && before == token_kind::slash && touches) return "a comment begins with // and ends with the line";
    if (t.kind == token_kind::right_paren && before == token_kind::comma) return "no comma behind the last argument";
    if (t.kind == token_kind::comma && before == token_kind::comma) return "one of the two commas is too many";
    if (t.kind == token_kind::colon && expected == "`]`") return "CEL has no slices: the lists and strings packs have .slice(from, to) and .substring(from, to)";
    if (t.kind == token_kind::in_word && at_ > 0 && text_of(tokens_.at(at_ - 1).where) == "not") return "CEL writes `!(x in list)`";
    token_kind after = peek(1).kind;
    bool looks_called = after == token_kind::string || after == token_kind::left_paren;
    if (t.kind == token_kind::identifier && looks_called) {
      return "a method is called with a dot: x." + std::string(word) + "(...)";
    }
    if (at_ > 0 && text_of(tokens_.at(at_ - 1).where) == "not") return "CEL writes `!`";
    return {};
  }

  [[gnu::noinline]] expression* parse_expression() {
    nesting_guard guard(tree_, depth_, peek().where);
    if (tree_.given_up()) return nullptr;
    std::uint32_t begin = peek().where.begin;
    expression* condition = parse_operators();
    if (condition == nullptr || peek().kind != token_kind::question) return condition;
    span mark = advance().where;
    bool looks_optional = peek().kind == token_kind::dot && peek().where.begin == mark.end;
    expression* yes = parse_operators();
    if (yes == nullptr) return nullptr;
    if (!accept(token_kind::colon)) return no_colon(looks_optional);
    expression* no = parse_expression();
    if (no == nullptr) return nullptr;
    return tree_.call("_?_:_", since(begin), mark, {condition, yes, no});
  }

  [[gnu::noinline, gnu::cold]] expression* no_colon(bool looks_optional) {
    std::string help;
    if (looks_optional) help = "an optional field is selected with `.?`, as in a.?b";
    if (peek().kind == token_kind::question) help = "put the inner `? :` in parentheses";
    unexpected("`:` and the other result", std::move(help));
    return nullptr;
  }

  // `and` and `or` between two operands are reported and then read as what was meant.
  infix infix_here() {
    infix here = infix_of(peek().kind);
    if (peek().kind != token_kind::identifier) return here;
    std::string_view word = text_of(peek().where);
    if (word == "and") return {and_precedence, "_&&_"};
    if (word == "or") return {or_precedence, "_||_"};
    return {};
  }

  [[gnu::noinline]] token advance_infix() {
    token_kind kind = peek().kind;
    bool is_arrow = kind == token_kind::single_equal && peek(1).kind == token_kind::greater &&
                    peek(1).where.begin == peek().where.end;
    if (is_arrow) {
      report({peek().where.begin, peek(1).where.end}, "unexpected `=>`", "",
             "a macro takes its variable and what to ask of it: .exists(x, x > 1)");
      advance();
      return advance();
    }
    if (kind == token_kind::single_equal) report(peek().where, "unexpected `=`", "", "write `==` to compare");
    if (kind == token_kind::single_and) report(peek().where, "unexpected `&`", "", "write `&&` for \"and\"");
    if (kind == token_kind::single_or) report(peek().where, "unexpected `|`", "", "write `||` for \"or\"");
    if (kind == token_kind::identifier) unexpected("");
    return advance();
  }

  // An operand, parentheses included in its span.
  struct term {
    expression* tree;
    span where;
  };
  // An operator that waits for what binds tighter on its right.
  struct waiting {
    infix of;
    span mark;
  };

  // Operands and operators with the tightest binding last (an operator-precedence parser with stacks of its
  // own): precedence costs no depth of the machine's stack.
  [[gnu::noinline]] expression* parse_operators() {
    std::size_t first_term = terms_.size();
    std::size_t first_waiting = waiting_.size();
    expression* made = nullptr;
    while (read_operand()) {
      infix here = infix_here();
      while (waiting_.size() > first_waiting && !tree_.given_up() && binds_first(waiting_.back().of, here)) {
        reduce(first_waiting);
      }
      if (tree_.given_up()) break;
      if (here.precedence == 0) {
        made = terms_.back().tree;
        break;
      }
      span mark = advance_infix().where;
      waiting_.push_back({here, mark});
    }
    terms_.resize(first_term);
    waiting_.resize(first_waiting);
    return made;
  }

  bool read_operand() {
    std::uint32_t begin = peek().where.begin;
    expression* operand = parse_unary();
    if (operand == nullptr) return false;
    terms_.push_back({operand, since(begin)});
    return true;
  }

  // Chains of one logical operator wait until they are whole; the others group to the left.
  static bool binds_first(const infix& left, const infix& right) {
    if (left.precedence != right.precedence) return left.precedence > right.precedence;
    return left.precedence > and_precedence;
  }

  // Makes a node of the operators on top that have one precedence (one of them, but for a logical chain).
  [[gnu::noinline]] void reduce(std::size_t first_waiting) {
    infix of = waiting_.back().of;
    std::size_t count = 1;
    if (of.precedence <= and_precedence) {
      while (waiting_.size() - count > first_waiting && waiting_[waiting_.size() - count - 1].of.precedence == of.precedence) {
        ++count;
      }
    }
    std::size_t left = terms_.size() - count - 1;
    std::size_t marks = waiting_.size() - count;
    span where{terms_[left].where.begin, terms_.back().where.end};
    expression* made = balance(of.name, left, terms_.size() - 1, marks);
    terms_.resize(left);
    waiting_.resize(marks);
    terms_.push_back({made, where});
  }

  // `&&` and `||` decide in any grouping alike, so that a chain becomes a tree of logarithmic height; terms
  // stay in source order. `mark`: the operator behind the first term.
  expression* balance(std::string_view name, std::size_t first, std::size_t last, std::size_t mark) {
    if (first == last) return terms_[first].tree;
    std::size_t middle = first + (last - first) / 2;
    expression* left = balance(name, first, middle, mark);
    expression* right = balance(name, middle + 1, last, mark + (middle - first) + 1);
    span where{terms_[first].where.begin, terms_[last].where.end};
    return tree_.call(name, where, waiting_[mark + (middle - first)].mark, {left, right});
  }

  static bool is_number(token_kind kind) {
    return kind == token_kind::integer || kind == token_kind::unsigned_integer || kind == token_kind::floating;
  }

  // Prefix operators stand in the token list: the way back to the first is the stack.
  [[gnu::noinline]] expression* parse_unary() {
    std::size_t first = at_;
    while (peek().kind == token_kind::bang || peek().kind == token_kind::minus) {
      if (at_ - first >= tree_.bounds().height()) {
        tree_.too_tall(peek().where);
        return nullptr;
      }
      if (at_ > first && peek().kind != tokens_.at(first).kind) break;  // langdef: of one kind, or with parentheses between
      // A minus before an int or a double belongs to the literal: the smallest int has no positive twin.
      token_kind after = peek(1).kind;
      if (peek().kind == token_kind::minus && (after == token_kind::integer || after == token_kind::floating)) break;
      advance();
    }
    std::size_t end = at_;
    expression* made = parse_member();
    for (std::size_t i = end; made != nullptr && i-- > first;) {
      span mark = tokens_.at(i).where;
      made = tree_.call(tokens_.at(i).kind == token_kind::bang ? "!_" : "-_", since(mark.begin), mark, {made});
      if (tree_.given_up()) return nullptr;
    }
    return made;
  }

  expression* parse_member() {
    std::uint32_t begin = peek().where.begin;
    expression* made = parse_primary();
    while (made != nullptr && !tree_.given_up()) {
      token_kind kind = peek().kind;
      if (kind == token_kind::dot) {
        made = parse_selection(made, begin);
      } else if (kind == token_kind::left_bracket) {
        made = parse_index(made, begin);
      } else if (kind == token_kind::left_brace && tokens_.at(at_ - 1).kind != token_kind::right_paren && names_type(*made)) {
        made = parse_object(made, begin);
      } else {
        return made;
      }
    }
    return nullptr;
  }

  // Whether a node is a.b.c, and could so name a type.
  static bool names_type(const expression& made) {
    const expression* part = &made;
    while (part->kind == expression_kind::select && !part->optional && !part->test_only) part = part->operand;
    return part->kind == expression_kind::identifier && part->name.front() != '@';
  }

  [[gnu::noinline]] static std::string qualified_name(const expression& made) {
    std::vector<std::string_view> parts;
    const expression* part = &made;
    for (; part->kind == expression_kind::select; part = part->operand) parts.push_back(part->name);
    std::string name(part->name);
    for (std::size_t i = parts.size(); i-- > 0;) {
      name += '.';
      name += parts[i];
    }
    return name;
  }

  [[gnu::noinline]] expression* parse_selection(expression* operand, std::uint32_t begin) {
    advance();
    bool optional = accept_optional();
    token name = peek();
    if (name.kind != token_kind::identifier && name.kind != token_kind::escaped_identifier) return no_field_name(name);
    advance();
    if (!optional && name.kind == token_kind::identifier && peek().kind == token_kind::left_paren) {
      return parse_call(operand, text_of(name.where), name.where, begin);
    }
    expression* made = tree_.make(expression_kind::select, since(begin), name.where);
    made->name = name_of(name);
    made->optional = optional;
    made->operand = operand;
    return tree_.finish(made);
  }

  [[gnu::noinline, gnu::cold]] expression* no_field_name(const token& name) {
    bool keyword = name.kind == token_kind::true_word || name.kind == token_kind::false_word ||
                   name.kind == token_kind::null_word || name.kind == token_kind::in_word;
    std::string help;
    if (keyword) help = "write `" + std::string(text_of(name.where)) + "` in backquotes, or [\"...\"]";
    unexpected("a field's name", std::move(help));
    return nullptr;
  }

  std::string_view name_of(const token& name) const {
    std::string_view text = text_of(name.where);
    return name.kind == token_kind::escaped_identifier ? text.substr(1, text.size() - 2) : text;
  }

  [[gnu::noinline]] expression* parse_index(expression* operand, std::uint32_t begin) {
    token opener = advance();
    bool optional = accept_optional();
    expression* key = parse_expression();
    if (key == nullptr) recover();
    if (!close(token_kind::right_bracket, opener) || key == nullptr) return nullptr;
    expression* made = tree_.call(optional ? "_[?_]" : "_[_]", since(begin), opener.where, {operand, key});
    made->optional = optional;
    return made;
  }

  // Reads the closing mark of a bracket, or reports that it is missing.
  bool close(token_kind closer, const token& opener) {
    if (accept(closer)) return true;
    not_closed(closer, opener);
    return false;
  }

  [[gnu::noinline, gnu::cold]] void not_closed(token_kind closer, const token& opener) {
    if (peek().kind == token_kind::end) {
      report(opener.where, "`" + std::string(text_of(opener.where)) + "` is not closed",
             "`" + std::string(closer_text(closer)) + "` before the end");
    } else if (peek().kind == token_kind::comma && closer == token_kind::right_paren) {
      unexpected("`)`", "a list is written [a, b]");
    } else {
      unexpected("`" + std::string(closer_text(closer)) + "`");
    }
  }

  static bool is_closer(token_kind kind) {
    return kind == token_kind::right_paren || kind == token_kind::right_bracket || kind == token_kind::right_brace;
  }
  // A bracket with the name before it, if there is one: "exists(".
  std::string context_of(const token& opener) const {
    std::size_t i = 0;
    for (std::size_t end = at_; i < end;) {
      std::size_t middle = i + (end - i) / 2;
      if (tokens_.at(middle).where.begin < opener.where.begin) {
        i = middle + 1;
      } else {
        end = middle;
      }
    }
    bool named = i > 0 && tokens_.at(i - 1).kind == token_kind::identifier && tokens_.at(i - 1).where.end == opener.where.begin;
    return std::string(text_of({named ? tokens_.at(i - 1).where.begin : opener.where.begin, opener.where.end}));
  }

  // After a mistake: on to the next comma or closing mark of this bracket.
  void recover() {
    std::size_t open = 0;
    for (; peek().kind != token_kind::end; advance()) {
      switch (peek().kind) {
        case token_kind::left_paren:
        case token_kind::left_bracket:
        case token_kind::left_brace: ++open; break;
        case token_kind::right_paren:
        case token_kind::right_bracket:
        case token_kind::right_brace:
          if (open == 0) return;
          --open;
          break;
        case token_kind::comma:
          if (open == 0) return;
          break;
        default: break;
      }
    }
  }

  // The items of a bracket that has been opened, with its closing mark. False: a mistake was reported.
  template <class Item>
  bool parse_items(token_kind closer, const token& opener, bool trailing_comma, Item&& item) {
    bool good = true;
    if (accept(closer)) return true;
    if (trailing_comma && peek().kind == token_kind::comma && peek(1).kind == closer) {  // langdef allows [,]
      advance();
      advance();
      return true;
    }
    while (!tree_.given_up()) {
      if (!item()) {
        good = false;
        recover();
      }
      if (peek().kind != token_kind::comma) break;
      advance();
      if (trailing_comma && peek().kind == closer) break;
    }
    if (tree_.given_up()) return false;
    if (!good && peek().kind != closer) return false;  // one mistake is enough for one place
    if (peek().kind != closer && peek().kind != token_kind::end) {
      no_comma(closer, opener);
      return false;
    }
    return close(closer, opener) && good;
  }

  [[gnu::noinline, gnu::cold]] void no_comma(token_kind closer, const token& opener) {
    std::string help;
    if (is_closer(peek().kind)) help = "this bracket does not close `" + context_of(opener) + "`";
    if (peek().kind == token_kind::string || peek().kind == token_kind::integer) help = "elements are separated by commas";
    unexpected("`,` or `" + std::string(closer_text(closer)) + "`", std::move(help));
    recover();
    accept(closer);
  }

  // After mistakes inside a bracket that was closed: something in its place, so that what follows is read too.
  expression* go_on(token_kind closer, std::uint32_t begin) {
    bool closed = at_ > 0 && tokens_.at(at_ - 1).kind == closer;
    return closed && !tree_.given_up() ? literal(value::null(), since(begin)) : nullptr;
  }

  [[gnu::noinline]] expression* parse_call(expression* target, std::string_view name, span name_at, std::uint32_t begin) {
    token opener = advance();
    macro_call call{name, name_at, {}, target, {}};
    bool good = parse_items(token_kind::right_paren, opener, false, [&] {
      call.arguments.push_back(parse_expression());
      return call.arguments.back() != nullptr;
    });
    if (!good) return go_on(token_kind::right_paren, begin);
    call.where = since(begin);
    return finish_call(call);
  }

  [[gnu::noinline]] expression* finish_call(const macro_call& call) {
    // `.has(x)` asks for a function of that name in no namespace: macros have no such form.
    macro_result expansion;
    if (call.name.front() != '.') expansion = expand_macro(tree_, call, on_);
    if (expansion.outcome == macro_outcome::expanded) return expansion.made;
    if (expansion.outcome == macro_outcome::mistaken) return literal(value::null(), call.where);
    expression* made = tree_.make(expression_kind::call, call.where, call.name_at);
    made->name = call.name;
    made->operand = call.target;
    made->arguments = keep(call.arguments);
    return tree_.finish(made);
  }

  std::span<expression* const> keep(const std::vector<expression*>& nodes) {
    return tree_.memory().copy(std::span<expression* const>(nodes));
  }

  // Which items have a `?`: those at these places, of so many. Empty where none has.
  std::span<const bool> keep(const std::vector<std::size_t>& optional, std::size_t count) {
    if (optional.empty()) return {};
    auto kept = tree_.memory().make_array<bool>(count);
    for (const std::size_t place : optional) kept[place] = true;
    return kept;
  }

  void note_optional(std::vector<std::size_t>& optional, std::size_t place) {
    if (accept_optional()) optional.push_back(place);
  }

  [[gnu::noinline]] expression* parse_object(expression* type_name, std::uint32_t begin) {
    token opener = advance();
    std::vector<std::string_view> fields;
    std::vector<expression*> values;
    std::vector<std::size_t> optional;
    bool good = parse_items(token_kind::right_brace, opener, true, [&] {
      note_optional(optional, fields.size());
      token field = peek();
      if (field.kind != token_kind::identifier && field.kind != token_kind::escaped_identifier) {
        unexpected("a field's name");
        return false;
      }
      advance();
      fields.push_back(name_of(field));
      return parse_mapped(values);
    });
    if (!good) return go_on(token_kind::right_brace, begin);
    expression* made = tree_.make(expression_kind::object, since(begin), type_name->where);
    made->name = tree_.memory().copy(std::string_view(qualified_name(*type_name)));
    made->fields = tree_.memory().copy(std::span<const std::string_view>(fields));
    made->arguments = keep(values);
    made->optional_at = keep(optional, fields.size());
    return tree_.finish(made);
  }

  bool parse_mapped(std::vector<expression*>& values) {
    if (!accept(token_kind::colon)) {
      unexpected("`:` and a value", "a map is written {key: value}");
      return false;
    }
    values.push_back(parse_expression());
    return values.back() != nullptr;
  }

  [[gnu::noinline]] expression* parse_map() {
    token opener = advance();
    std::vector<expression*> parts;
    std::vector<std::size_t> optional;
    bool good = parse_items(token_kind::right_brace, opener, true, [&] {
      note_optional(optional, parts.size() / 2);
      parts.push_back(parse_expression());
      return parts.back() != nullptr && parse_mapped(parts);
    });
    if (!good) return go_on(token_kind::right_brace, opener.where.begin);
    return collection(expression_kind::map, opener, parts, optional);
  }

  [[gnu::noinline]] expression* parse_list() {
    token opener = advance();
    std::vector<expression*> parts;
    std::vector<std::size_t> optional;
    bool good = parse_items(token_kind::right_bracket, opener, true, [&] {
      note_optional(optional, parts.size());
      parts.push_back(parse_expression());
      return parts.back() != nullptr;
    });
    if (!good) return go_on(token_kind::right_bracket, opener.where.begin);
    return collection(expression_kind::list, opener, parts, optional);
  }

  expression* collection(expression_kind kind, const token& opener, const std::vector<expression*>& parts,
                         const std::vector<std::size_t>& optional) {
    expression* made = tree_.make(kind, since(opener.where.begin), opener.where);
    made->arguments = keep(parts);
    made->optional_at = keep(optional, kind == expression_kind::map ? parts.size() / 2 : parts.size());
    return tree_.finish(made);
  }

  [[gnu::noinline]] expression* literal(value constant, span where) {
    expression* made = tree_.make(expression_kind::literal, where, where);
    made->constant = constant;
    return made;
  }

  [[gnu::noinline]] expression* parse_literal(bool negative) {
    std::uint32_t begin = peek().where.begin;
    if (negative) advance();
    token text = advance();
    value decoded;
    // After a mistake in the literal the rest of the expression is still worth reading.
    bool sound = decode_literal(tree_.memory(), text_, text, negative, since(begin), tree_.found(), decoded);
    return literal(sound ? decoded : value::null(), since(begin));
  }

  [[gnu::noinline]] expression* parse_primary() {
    switch (peek().kind) {
      case token_kind::integer:
      case token_kind::unsigned_integer:
      case token_kind::floating:
      case token_kind::string:
      case token_kind::bytes: return parse_literal(false);
      case token_kind::minus: return is_number(peek(1).kind) ? parse_literal(true) : no_primary();
      case token_kind::true_word: return literal(value::boolean(true), advance().where);
      case token_kind::false_word: return literal(value::boolean(false), advance().where);
      case token_kind::null_word: return literal(value::null(), advance().where);
      case token_kind::left_bracket: return parse_list();
      case token_kind::left_brace: return parse_map();
      case token_kind::left_paren: return parse_group();
      case token_kind::dot:
      case token_kind::identifier: return parse_name();
      default: return no_primary();
    }
  }

  [[gnu::noinline, gnu::cold]] expression* no_primary() {
    if (peek().kind == token_kind::escaped_identifier) {
      report(peek().where, "a name in backquotes can only be a field", "", "variables are written without backquotes");
    } else {
      unexpected("a value, a name or `(`");
    }
    return nullptr;
  }

  [[gnu::noinline]] expression* parse_group() {
    token opener = advance();
    expression* inner = parse_expression();
    if (inner == nullptr) {
      recover();
      accept(token_kind::right_paren);
      return go_on(token_kind::right_paren, opener.where.begin);
    }
    return close(token_kind::right_paren, opener) ? inner : nullptr;
  }

  [[gnu::noinline]] expression* parse_name() {
    std::uint32_t begin = peek().where.begin;
    bool absolute = accept(token_kind::dot);
    token name = peek();
    std::string_view word = text_of(name.where);
    if (name.kind != token_kind::identifier || is_reserved_word(word) || (!absolute && mistaken_name(word))) return no_name(word);
    advance();
    std::string_view full = absolute ? with_dot(word) : word;
    if (peek().kind == token_kind::left_paren) return parse_call(nullptr, full, name.where, begin);
    expression* made = tree_.make(expression_kind::identifier, since(begin), name.where);
    made->name = full;
    return made;
  }

  bool mistaken_name(std::string_view word) const {
    return word == "not" && starts_operand(peek(1).kind);
  }

  [[gnu::noinline, gnu::cold]] expression* no_name(std::string_view word) {
    if (peek().kind != token_kind::identifier) {
      unexpected("a name");
    } else if (word == "not") {
      report(peek().where, "unexpected `not`", "", "CEL writes `!`");
    } else {
      report(peek().where, "`" + std::string(word) + "` is a reserved word", "", slip_help());
    }
    return nullptr;
  }

  // The dot of an absolute name may stand apart from it.
  [[gnu::noinline]] std::string_view with_dot(std::string_view word) {
    return tree_.memory().copy(std::string_view("." + std::string(word)));
  }

  static bool starts_operand(token_kind kind) {
    return is_number(kind) || kind == token_kind::identifier || kind == token_kind::string ||
           kind == token_kind::true_word || kind == token_kind::false_word || kind == token_kind::bang;
  }

  std::string_view text_;
  token_reader& tokens_;
  builder& tree_;
  const grammar& on_;
  std::vector<term> terms_;
  std::vector<waiting> waiting_;
  std::size_t at_ = 0;
  std::uint32_t last_end_ = 0;
  std::uint32_t depth_ = 0;
};

// Provisional ids follow the order of making; macros and failed attempts leave gaps.
void number(expression& node, std::uint32_t& last) {
  node.id = ++last;
  auto go = [&](const expression* child) {
    // The tree is still being made: nobody else holds it.
    if (child != nullptr) number(const_cast<expression&>(*child), last);
  };
  go(node.operand);
  for (const expression* argument : node.arguments) go(argument);
  go(node.condition);
  go(node.body);
  go(node.body2);
}

}  // namespace

parsed parse(arena& memory, std::string_view text, const limits& bounds, const grammar& on, mistakes& found) {
  if (text.size() > bounds.source_bytes) {
    found.add(diagnostic_code::cel_limit, {0, 1},
              "the expression has more than " + std::to_string(bounds.source_bytes) + " bytes");
    return {};
  }
  builder tree(memory, bounds, found, std::min<std::size_t>(text.size() / 5 + 4, bounds.nodes));
  token_reader tokens(text, found);
  if (found.any()) return {};   // no UTF-8: nothing can be read, which is not to be empty
  expression* root = parser(text, tokens, tree, on).parse_all();
  if (!tree.given_up()) tokens.finish();
  if (root == nullptr || found.any()) return {};
  parsed done{root, 0};
  number(*root, done.node_count);
  return done;
}

}  // namespace sekimori::cel

// CEL alone: declare names, compile an expression once, evaluate it many times.
//
//   sekimori::cel::compiler names;
//   auto greeting = names.variable("name", "string").compile("'hello, ' + name");
//   if (!greeting) return tell(sekimori::render(greeting.diagnostics()));
//   sekimori::cel::activation bound(*greeting);
//   bound.set("name", sekimori::value::string("Hana"));
//   std::cout << sekimori::cel::json_text(greeting->evaluate(bound)) << '\n';      // "hello, Hana"
//
// Language: github.com/cel-expr/cel-spec, doc/langdef.md; packs and functions: docs/language.md.
// Nothing is thrown on bad input, nothing is printed, no clock is read. Limits are on by default.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sekimori/result.hpp"
#include "sekimori/value.hpp"

namespace sekimori {

class arena;

namespace cel {

class regex_cache;

// --- Limits -----------------------------------------------------------------------------------------

// What an expression may be and do. Going over one is an error of its own: SKM206 from compile(), an
// error value with evaluation_error_code::limit from evaluate(), which && and || never absorb. With
// the defaults an expression takes less than 256 KiB of the thread's stack; the need grows with `nesting`.
struct limits {
  std::uint32_t source_bytes = 100'000;
  std::uint32_t nesting = 250;            // of the syntax, counted by the parser
  std::uint32_t height() const { return nesting * 2; }  // of the tree: chains (a.b.c, 1 + 2 + 3) nest no text
  std::uint32_t nodes = 100'000;          // after macros
  std::uint32_t regex_bytes = 1'000;      // pattern text
  std::uint32_t regex_size = 100'000;     // of a pattern, repetitions written out, in instructions as this library
                                          // counts them; of all constant patterns of an expression together
  std::uint64_t steps = 1'000'000;        // of one evaluation, about 100 ns each: a loop iteration, a few nodes, a stretch
                                          // of text or list that a function looks at (docs/language.md)
  // Costs in cel-go's units (docs/language.md, "Cost and limits"). Without a limit nothing is counted.
  static constexpr std::uint64_t no_limit = UINT64_MAX;
  std::uint64_t estimated_cost = no_limit;  // what compile() lets an expression be estimated to cost at most
  std::uint64_t cost = no_limit;            // of one evaluation
  std::uint64_t policy_cost = no_limit;     // of all evaluations of a policy over one object: for who evaluates them
  bool presence_tests_cost = true;          // has(x.y) costs 1 beside its operand
};

// --- Object types (langdef.md, "Field Selection", "Message Creation") -------------------------------

// What has() asks of a field, and what reading it gives where it was not set.
enum class field_presence : std::uint8_t {
  key,      // as a key of a map: has() is whether it is there; reading an absent one is an error
  set,      // as a field of a message: has() is whether it was set; unset it reads as its default
  nonzero,  // as a scalar of proto3: has() is whether it differs from the default, which it is when unset
};

// What a field can hold where that is less than its type. `Type{field: value}` refuses or rounds the rest.
enum class field_storage : std::uint8_t {
  whole,    // every value of its type
  int32,    // an int, or an enum, of 32 bits: others are an overflow error
  uint32,
  float32,  // a double is rounded
  json,     // of type dyn, list(dyn) or map(string, dyn): numbers become double, bytes base64, times text,
};          // as in google.protobuf.Value

struct object_field {
  std::string name;
  std::string type;                       // as declarations write it: "int", "list(string)", "acme.User", "wrapper(int)"
  field_presence presence = field_presence::key;
  field_storage storage = field_storage::whole;
  std::optional<value> initial = {};      // the default; nothing: the type's own (0, "", [], {}, null of a wrapper, an
                                          // object with nothing set). Lives as long as the declaration.
};

struct object_type {
  std::string name;                       // qualified: "acme.User"
  std::vector<object_field> fields;       // the index of a field is its slot: map_view::field
  int index_of(std::string_view field) const;  // -1: none
};

// Where object types come from: a schema that is too large to be declared whole, or shared by compilers.
// Asked by full name, while compiling and while evaluating, from several threads at once. What find_object
// gives stays the same and lives as long as the provider.
class type_provider {
 public:
  virtual ~type_provider() = default;
  virtual const object_type* find_object(std::string_view name) const = 0;    // nullptr: none of that name
  virtual bool find_constant(std::string_view name, value& found) const {     // "acme.Colour.RED": an enum's is an int
    (void)name, (void)found;
    return false;
  }
  virtual void add_names(std::vector<std::string_view>& to) const { (void)to; }  // for "did you mean"; may give none
};

// --- Functions --------------------------------------------------------------------------------------

// What a function's body may use beside its arguments. Neither errors nor unknowns reach a body: calls merge
// and return those first. What the makers give lives as long as the result of the evaluation.
struct call_context {
  sekimori::arena& memory;
  void* host = nullptr;           // activation::set_host
  value now;                      // a timestamp, or unknown
  std::uint32_t expression = 0;   // id of the call, for errors
  std::uint64_t work = 0;         // what the body did, in loop steps: counts against limits.steps
  regex_cache* regexes = nullptr; // for the library's own bodies

  value fail(evaluation_error_code code, std::string_view message) const;  // the message names no value
  value string(std::string_view text) const;                               // copies
  value list(std::span<const value> elements) const;                       // copies the values, not what they point to
  value map(std::span<const map_entry> entries) const;                     // in any order; keys are distinct
};

// Must not throw. The arguments have the kinds that the signature says; of dyn, list(...) and map(...) only that.
using function_body = value (*)(call_context& context, std::span<const value> arguments);

// --- Evaluation -------------------------------------------------------------------------------------

class program;

// JSON text, parsed once and read in place. Values from root() live as long as it does; one document is read
// by one thread at a time. Integers are int, or uint beyond int64; a fraction or an exponent makes a double.
class document {
 public:
  document();
  ~document();
  document(document&&) noexcept;
  document& operator=(document&&) noexcept;
  // `name` is what diagnostics call it (SKM300 to SKM307, SKM400). A key twice in one object is refused.
  static result<document> parse(std::string name, std::string json);
  value root() const;

 private:
  struct implementation;
  std::unique_ptr<implementation> implementation_;
};

// The values of variables, and the memory that evaluation works in: one per thread, for all programs of one
// compiler. The first evaluations fill its memory; warm, evaluating allocates nothing from the heap.
class activation {
 public:
  explicit activation(const program& of);
  ~activation();
  activation(activation&&) noexcept;
  activation& operator=(activation&&) noexcept;

  // False where the variable is not declared. The value is borrowed: what it points to outlives its use. A host's
  // own objects are read in place through map_view and list_view. A variable with no value evaluates to an error.
  bool set(std::string_view variable, value given);
  // What `path` names is not known: a variable, or fields, keys and indexes of one: "request.user.groups[0]",
  // `labels["a.b"]`. False where it is no such path. Stays until clear().
  bool set_unknown(std::string_view path, unknown_reason reason = unknown_reason::computed);
  void set_now(value timestamp);          // for functions that ask for the time; unknown until then
  void set_host(void* host);              // for function bodies
  // Makers of values that live until clear(): a copied text, a list, a map of entries in any order.
  value string(std::string_view text);
  value list(std::span<const value> elements);
  value map(std::span<const map_entry> entries);
  void clear();                           // forgets variables, unknowns and what was made; keeps the memory

  struct implementation;
  implementation& inside() { return *implementation_; }

 private:
  std::unique_ptr<implementation> implementation_;
};

// One sub-expression and what it came to. Inside a macro: the last time round.
struct explained_step {
  std::uint32_t expression;               // its id, 1, 2 ... in source order
  std::uint32_t begin, end;               // bytes of the source text
  std::uint32_t line, column;             // 1-based; a column counts code points
  std::string_view text;                  // that part of the source; lives as long as the program
  std::string type;                       // as checked: "int"
  value found;
};

struct explanation {
  value found;
  std::vector<explained_step> steps;      // of what was evaluated, in source order
};

struct partial_result;

// A compiled expression. Immutable: any number of threads evaluate one program at once, each with its own
// activation. Copies share it. Outlives its compiler, and must outlive the values that it gives.
class program {
 public:
  program() = default;                    // empty: evaluates to an error

  // The value, which may be an error or an unknown. Never throws on data. Lives until the next evaluation with
  // the same activation, as long as that, the program, and what was bound.
  value evaluate(activation& with) const;
  // The same, and the value of every sub-expression that was evaluated. Allocates.
  explanation explain(activation& with) const;
  // What is left once everything known is filled in: the answer, or an expression over the unknowns. Allocates.
  partial_result residual(activation& with) const;
  // An evaluation error with its place in the source (SKM207; SKM400 for a limit).
  diagnostic describe(value failed) const;

  std::string result_type() const;        // "map(string, int)"
  std::string tree() const;               // the checked tree as a one-line s-expression
  std::string text() const;               // CEL that parses to the same tree

  struct implementation;
  const implementation* inside() const { return implementation_.get(); }

 private:
  friend class compiler;
  std::shared_ptr<const implementation> implementation_;
};

struct partial_result {
  value known;                            // the answer; of unknown kind where `rest` is needed for it
  program rest;                           // with the unknowns given, it has the answer; empty where `known` is it
  std::string text;                       // of `rest`, as CEL
};

// --- Compilation ------------------------------------------------------------------------------------

// Declares what expressions may name. Set it up, then compile: compile() is const and safe from several threads
// once nothing more is declared. A mistake in a declaration (a type that does not read, a pack that is not there)
// is told by every compile() after it, SKM001 or SKM203.
class compiler {
 public:
  compiler();
  ~compiler();
  compiler(compiler&&) noexcept;
  compiler& operator=(compiler&&) noexcept;

  // Types are written as CEL writes them: int, list(string), map(string, dyn), timestamp, wrapper(int),
  // optional_type(int), an object's or an extension's name. Declare objects before what uses them.
  compiler& variable(std::string_view name, std::string_view type = "dyn");   // the name may be qualified: "request.auth"
  compiler& object(object_type declared);
  compiler& opaque(std::string_view name);                                    // an extension type: values are opaque_view
  compiler& constant(std::string_view name, std::int64_t number);             // of an enum: "acme.Colour.RED"
  compiler& types(std::shared_ptr<const type_provider> provider);             // asked after what is declared here
  // Function libraries by name, with the newest version or a given one: "strings", "strings@2"; a profile takes
  // several: "kubernetes@1.34", "sekimori" (what rules have). The standard functions and macros are always there.
  compiler& use(std::string_view pack);
  // An overload: "(string, int) -> string" of name(...), "string.(int) -> string" of x.name(...). The name may be
  // qualified ("geo.country"). A capital letter is a type variable: "list(T).(T) -> bool".
  compiler& function(std::string_view name, std::string_view signature, function_body body);
  compiler& container(std::string_view name);                                 // names resolve inside it first
  compiler& bounds(const limits& set);

  // Parses and checks. All mistakes of the text at once (SKM200 to SKM206), with line and column in `name`.
  // `expected`: a type that the result must be assignable to, or empty.
  result<program> compile(std::string_view expression, std::string_view expected = {}, std::string_view name = "<expression>") const;

  struct implementation;

 private:
  std::unique_ptr<implementation> implementation_;
};

// --- Values as text ---------------------------------------------------------------------------------

// JSON without loss, by docs/embedding.md, "Values as JSON": what JSON has no form for is an object with one key
// that begins with `$`, as {"$bytes": "aGk="}.
std::string json_text(value shown);
// CEL text that evaluates to an equal value, where there is one; of errors and unknowns a word in parentheses.
std::string cel_text(value shown);

}  // namespace cel
}  // namespace sekimori

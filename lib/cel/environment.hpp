// cel: what an expression may name: variables, functions, object types; and the one entry point
// from text to a checked expression, compile(). Knows no documents of ours.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.hpp"
#include "base/source.hpp"
#include "cel/ast.hpp"
#include "cel/function.hpp"
#include "cel/type.hpp"
#include "cel/type_sources.hpp"
#include "sekimori/cel.hpp"
#include "sekimori/diagnostic.hpp"
#include "sekimori/result.hpp"

namespace sekimori::cel {

// What is known of the size of a value of a variable: code points of a string, bytes, elements,
// entries. A path begins with the variable; its other parts are fields, "@items" for a list's elements,
// "@keys" and "@values" for a map's, joined by dots: "resource.tags.@values".
struct size_hint {
  std::string path;
  std::uint64_t min = 0;
  std::uint64_t max = UINT64_MAX;
};

// Limits that belong together, by name: "default" and "kubernetes".
struct limit_profile {
  std::string_view name;
  limits set;
};
std::span<const limit_profile> limit_profiles();
const limit_profile* find_limit_profile(std::string_view name);  // nullptr: none of that name

struct variable {
  std::string name;                       // may be qualified: "a.b"
  const type* declared;
};

// A checked expression. Immutable after compile(); shared by evaluators of many threads.
struct compiled {
  std::shared_ptr<sekimori::arena> memory;      // the tree lives here; several programs may share one
  std::shared_ptr<const type_pool> types; // keeps the types below alive
  std::shared_ptr<const type_sources> objects;  // the declared object types, and those of providers
  located_text text;
  const expression* root = nullptr;
  const type* result_type = nullptr;
  std::uint32_t node_count = 0;           // ids are 1 .. node_count
  std::uint32_t local_depth = 0;          // most comprehension variables alive at once
  bool checked = false;                   // types and overloads are resolved
};
using compiled_ptr = std::shared_ptr<const compiled>;

// Set up once, then read-only: compile() is const and safe from several threads only after that.
class environment {
 public:
  environment();
  // The packs of `like`, which has declared nothing of its own: quicker than to add them again.
  explicit environment(const environment* like);
  ~environment();
  environment(const environment&) = delete;
  environment& operator=(const environment&) = delete;

  type_pool& types();
  // Slots are given in the order of declaration: 0, 1, ...
  std::uint32_t declare_variable(std::string_view name, const type* declared);
  // A type as declarations write it, the names of object types included; nullptr: it is none.
  const type* read_type(std::string_view text) const;
  const object_type& declare_object(object_type declared);
  const object_type* find_object(std::string_view name) const;
  void declare_constant(std::string_view name, std::int64_t number);
  void declare_opaque(std::string_view name);   // an extension type: its values are opaque_view
  void add_types(std::shared_ptr<const type_provider> provider);
  // What came after `version` stays out: functions, macros and syntax. A pack may be added again with a later version.
  // Of two packs that clash (network and k8s.network) the overload that was added first is called.
  void add_pack(const pack& added, std::uint8_t version);
  void add_pack(const pack& added) { add_pack(added, added.newest); }
  // Functions of a host.
  void add_pack(std::span<const function_row> rows, std::uint8_t version = 255);
  void set_container(std::string_view container);
  void set_limits(limits set);
  const limits& current_limits() const;
  void add_size_hint(size_hint hint);     // for limits.estimated_cost
  const std::vector<variable>& variables() const;

  struct compile_options {
    const type* expected = nullptr;       // the result must be assignable to it
    bool check = true;                    // off: parse only, every call resolved at run time
    bool macros = true;                   // off: every macro is an ordinary function name
    // A constant that is an error whenever it is evaluated: CEL takes it with a warning, documents of ours do not.
    diagnostic_level constants = diagnostic_level::warning;
    // Where the tree is to live, for who compiles many on one thread; nothing: in an arena of its own.
    std::shared_ptr<sekimori::arena> memory = {};
  };
  // Parses and checks. All mistakes of the text at once, SKM200 to SKM206, placed in the document
  // that the text came from. Beside a program there may be warnings (SKM205).
  result<compiled_ptr> compile(located_text text, compile_options options) const;
  result<compiled_ptr> compile(located_text text) const { return compile(std::move(text), compile_options{}); }

  struct implementation;
  const implementation& inside() const { return *implementation_; }

 private:
  std::unique_ptr<implementation> implementation_;
};

// A text that stands in no file, for eval and tests.
located_text plain_text(std::string text, std::string name = "<expression>");

}  // namespace sekimori::cel

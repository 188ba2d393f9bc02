// bench: the expressions of cases.json (bench/peers/inputs/expressions.py), compiled, bound and answering as they must.
// Entry points: all_cases, bound_cases. Through include/sekimori/cel.hpp alone.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sekimori/cel.hpp"

namespace bench {

class expression_case {
 public:
  using variables = std::vector<std::pair<std::string, sekimori::value>>;

  // Ends the program where it does not compile, or answers otherwise.
  expression_case(std::string name, std::string text, sekimori::cel::compiler names, variables given, sekimori::value answer);

  const std::string& name() const { return name_; }
  void bind() { for (auto& [variable, given] : given_) bound_.set(variable, given); }
  sekimori::value evaluate() { return program_.evaluate(bound_); }
  bool compile() const { return static_cast<bool>(names_.compile(text_)); }

 private:
  std::string name_, text_;
  sekimori::cel::compiler names_;
  variables given_;
  sekimori::cel::program program_;
  sekimori::cel::activation bound_;
};

using expression_cases = std::vector<std::unique_ptr<expression_case>>;

// Inputs are parsed JSON, read in place: `file` outlives the cases.
expression_cases all_cases(const sekimori::cel::document& file);
// What wirefilter can say, over flat variables of known types.
expression_cases bound_cases();

// The value, or the end of the program with the diagnostics.
sekimori::cel::document parsed(const std::string& path);
sekimori::cel::program compiled(const sekimori::cel::compiler& names, std::string_view text);

}  // namespace bench

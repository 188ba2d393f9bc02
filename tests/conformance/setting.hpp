// conformance: what one test of the suite declares and binds. Entry point: setting::read. Knows no expectations.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "values.hpp"

namespace conformance {

class setting {
 public:
  // Packs by the names of the test's extensions, each in its newest version; container, declarations, bindings. With
  // `types`, messages of their types are values. False: there is no pack of the name that missing() gives.
  bool read(json test, std::shared_ptr<const sekimori::cel::type_provider> types = nullptr);

  // The test's expression, with the phases that it asks for.
  sekimori::result<sekimori::cel::compiled_ptr> compile(json test) const;

  sekimori::arena& memory() { return memory_; }
  sekimori::cel::environment& environment() { return environment_; }
  const std::vector<sekimori::value>& variables() const { return variables_; }   // by slot; without a binding: an error
  const std::string& missing() const { return missing_; }
  bool declares_functions() const { return !rows_.empty(); }                     // they have no bodies

 private:
  std::size_t declare(std::string_view name, const sekimori::cel::type* type);
  void declare_function(json declaration);
  std::string_view keep(std::string text) { return texts_.emplace_back(std::move(text)); }

  sekimori::arena memory_;
  sekimori::cel::environment environment_;
  std::vector<sekimori::value> variables_;
  std::string missing_;
  // Rows of functions point into these.
  std::deque<std::string> texts_;
  std::deque<std::vector<std::string_view>> parameters_;
  std::deque<std::vector<sekimori::cel::overload>> overloads_;
  std::deque<sekimori::cel::function_row> rows_;
};

}  // namespace conformance

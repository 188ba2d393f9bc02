// Evaluates an expression in Kubernetes' environment and shows the result as tests/cel/kubernetes/main.go does.
#pragma once

#include <algorithm>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "cel/evaluator.hpp"
#include "cel/profiles.hpp"
#include "value/values.hpp"

namespace sekimori::cel::testing {

inline std::string quoted(std::string_view text) {
  std::string made = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') made += '\\';
    if (c == '\n') {
      made += "\\n";
    } else {
      made += c;
    }
  }
  return made + "\"";
}

inline std::string shown_as_go(value v) {
  switch (v.kind()) {
    case value_kind::error: return v.as_error().code == evaluation_error_code::limit ? "limit" : "error";
    case value_kind::boolean: return v.as_boolean() ? "true" : "false";
    case value_kind::integer: return std::to_string(v.as_integer());
    case value_kind::unsigned_integer: return std::to_string(v.as_unsigned()) + "u";
    case value_kind::floating: {
      char text[64];
      double number = v.as_floating();
      if (number != number) return "double NaN";
      if (number - number != 0) return number > 0 ? "double +Inf" : "double -Inf";
      std::snprintf(text, sizeof text, "double %.17g", number);
      return text;
    }
    case value_kind::string: return quoted(v.as_text());
    case value_kind::duration: return "duration " + std::to_string(v.seconds() * 1'000'000'000 + v.nanos());
    case value_kind::optional: return v.some() == nullptr ? "none" : "some " + shown_as_go(*v.some());
    case value_kind::opaque: return std::string(v.as_opaque().type_name());
    case value_kind::list: {
      std::string text = "[";
      for (std::size_t i = 0; i < v.as_list().size(); ++i) text += (i > 0 ? ", " : "") + shown_as_go(v.as_list().at(i));
      return text + "]";
    }
    case value_kind::map: {
      std::vector<std::string> entries;
      for (std::size_t i = 0; i < v.as_map().size(); ++i) {
        const map_entry& entry = v.as_map().entries()[i];
        entries.push_back(shown_as_go(entry.key) + ": " + shown_as_go(entry.mapped));
      }
      std::sort(entries.begin(), entries.end());
      std::string text = "{";
      for (std::size_t i = 0; i < entries.size(); ++i) text += (i > 0 ? ", " : "") + entries[i];
      return text + "}";
    }
    default: return std::string(kind_name(v.kind()));
  }
}

struct kubernetes_environment : environment {
  kubernetes_environment() { add_profile(*this, *find_profile("kubernetes")); }

  std::string operator()(const std::string& text) const {
    auto made = compile(plain_text(text));
    if (!made.ok()) return "no compile";
    arena memory;
    evaluator run(memory, limits());
    return shown_as_go(run.evaluate(*made.value(), {}));
  }
};

}  // namespace sekimori::cel::testing

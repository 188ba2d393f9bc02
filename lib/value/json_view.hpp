// value: JSON text as values, read in place. Entry point: json_document::parse. simdjson stays in
// the .cpp file. Integers that fit int64 are int, that fit uint64 uint; a fraction or exponent is
// double; beyond both is an input error.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.hpp"
#include "sekimori/diagnostic.hpp"
#include "sekimori/result.hpp"
#include "sekimori/value.hpp"
#include "value/document_node.hpp"

namespace sekimori {

// What a parse found; the text is not needed any longer. Movable, never changes: any number of threads read one
// document, each making views in an arena of its own (document_node::read). Views live as long as document and arena.
class json_document {
 public:
  json_document();
  ~json_document();
  json_document(json_document&&) noexcept;
  json_document& operator=(json_document&&) noexcept;

  // `name` is what diagnostics call the input. Accepts UTF-8 with or without BOM and UTF-16 with BOM
  // (either byte order). Depth over 1,000 is refused. With `strict` a key that stands twice in one object is
  // refused (SKM304) wherever it is; otherwise it is for the caller to ask has_duplicate_keys of what it reads,
  // and the first one counts.
  static result<json_document> parse(const std::string& name, std::string_view text, bool strict = false);

  document_node root() const;

  struct implementation;

 private:
  std::unique_ptr<implementation> implementation_;
};

// Where in `text` keys stand twice (SKM304), for has_duplicate_keys; the first few.
std::vector<diagnostic> duplicate_keys(const std::string& name, std::string_view text);

// A view of a container of a document. `tape` and `memory` must outlive it.
value view_json(const json_tape& tape, std::uint32_t place, arena& memory);

}  // namespace sekimori

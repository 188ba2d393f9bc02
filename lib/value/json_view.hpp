// value: JSON text as values, read in place. Entry point: json_document::parse. simdjson stays in
// the .cpp file. Integers that fit int64 are int, that fit uint64 uint; a fraction or exponent is
// double; beyond both is an input error.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/arena.hpp"
#include "sekimori/result.hpp"
#include "sekimori/value.hpp"

namespace sekimori {

// Owns the text and its parse. Movable. Values from root() live as long as it does. Views are made
// on demand in the document's own arena and kept, so one document is read by one thread at a time.
class json_document {
 public:
  json_document();
  ~json_document();
  json_document(json_document&&) noexcept;
  json_document& operator=(json_document&&) noexcept;

  // `name` is what diagnostics call the input. Accepts UTF-8 with or without BOM and UTF-16 with BOM
  // (either byte order). A duplicate key is refused (SKM304) in every object that a reader enters;
  // with `strict` in all of them, at once. Depth over 1,000 is refused.
  static result<json_document> parse(std::string name, std::string text, bool strict = false);

  value root() const;
  // Duplicate keys met by readers since the parse; readers go on with the first one, the caller must
  // report these and treat the input as unreadable.
  const std::vector<diagnostic>& duplicate_keys() const;

  struct implementation;

 private:
  std::unique_ptr<implementation> implementation_;
};

}  // namespace sekimori

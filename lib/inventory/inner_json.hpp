// inventory: JSON that stands in texts of an input (AWS Config's `configuration`), parsed together and kept as long as the
// input. Entry points: inner_json, append_json. Knows no format.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "inventory/format.hpp"

namespace sekimori::inventory {

// Whether a text is one value from end to end, as far as its brackets and quotes tell: what is put into another text
// then can't reach out of its place. Not whether it is JSON.
bool is_one_value(std::string_view text);
// Whether it is an object in that sense.
bool is_one_object(std::string_view text);

// A value of a document as JSON; `retold`, where there is one, says what stands for the text of a key. False: it is nested
// too deeply.
using retold_text = std::string (*)(std::string_view key, std::string_view text);
bool append_json(const document_node& of, std::string& to, retold_text retold = nullptr);

// Texts that become one document of the reading, so that many small ones take no parser and no memory of their own.
class inner_json {
 public:
  explicit inner_json(reading& into) : into_(into) {}

  // A text and where it stands. False: it is not one value, and nothing was added.
  bool add(std::string_view text, std::string pointer);
  std::size_t size() const { return pointers_.size(); }
  const std::string& pointer(std::size_t index) const { return pointers_[index]; }

  // In the order in which they were added. Of what is no JSON `wrong` hears, by its index, and there are none then. A key
  // that stands twice is told to the reading.
  std::vector<document_node> parse(const std::function<void(std::size_t)>& wrong);

 private:
  std::string_view text(std::size_t index) const;

  reading& into_;
  std::string text_ = "[";
  std::vector<std::size_t> begins_;
  std::vector<std::string> pointers_;
};

}  // namespace sekimori::inventory

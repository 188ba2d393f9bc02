// inventory: the bytes of a file one after another, unpacked where it is packed. Entry point: byte_stream. Knows no format
// of documents.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "sekimori/result.hpp"

namespace sekimori::inventory {

// What gives bytes, piece by piece.
class byte_stream {
 public:
  virtual ~byte_stream() = default;
  // Appends some bytes to `to`; false: there are no more. An error says what is wrong with the input, and ends it.
  virtual result<bool> read(std::string& to) = 0;
};

// As they stand in the file. `digest` hears every byte that is read, if it is not null.
class byte_listener {
 public:
  virtual ~byte_listener() = default;
  virtual void take(std::string_view bytes) = 0;
};
std::unique_ptr<byte_stream> file_stream(const std::string& path, byte_listener* listener);
// Of bytes that are there, which must stay.
std::unique_ptr<byte_stream> text_stream(std::string_view bytes);
// Unpacked by gzip or zstd where the first bytes say so, else as they are. More than `most` bytes are over the limit
// (SKM400); what is damaged or cut off is an error (SKM305).
std::unique_ptr<byte_stream> unpacked_stream(const std::string& name, std::unique_ptr<byte_stream> from, std::uint64_t most);

}  // namespace sekimori::inventory

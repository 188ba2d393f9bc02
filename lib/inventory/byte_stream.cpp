// inventory: see byte_stream.hpp.
#include "inventory/byte_stream.hpp"

#include <zlib.h>
#include <zstd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>

#include "base/diagnostics.hpp"
#include "inventory/compressed.hpp"

namespace sekimori::inventory {
namespace {

constexpr std::size_t piece = 1 << 18;

class of_file final : public byte_stream {
 public:
  of_file(const std::string& path, byte_listener* listener) : path_(path), file_(std::fopen(path.c_str(), "rb"), &std::fclose), listener_(listener) {
    if (!file_) error_ = errno;
  }

  result<bool> read(std::string& to) override {
    if (!file_) return unreadable(error_);
    const std::size_t before = to.size();
    to.resize(before + piece);
    errno = 0;
    const std::size_t got = std::fread(to.data() + before, 1, piece, file_.get());
    to.resize(before + got);
    if (got < piece && std::ferror(file_.get()) != 0) return unreadable(errno);
    if (listener_ != nullptr) listener_->take(std::string_view(to).substr(before));
    return got > 0;
  }

 private:
  diagnostic unreadable(int error) const {
    return make_diagnostic(diagnostic_code::unreadable_file, path_, "the file cannot be read: " + std::generic_category().message(error), {"", "check the path"});
  }

  std::string path_;
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
  byte_listener* listener_;
  int error_ = 0;
};

class of_text final : public byte_stream {
 public:
  explicit of_text(std::string_view bytes) : bytes_(bytes) {}
  result<bool> read(std::string& to) override {
    to += bytes_.substr(0, piece);
    const bool any = !bytes_.empty();
    bytes_.remove_prefix(std::min(bytes_.size(), piece));
    return any;
  }

 private:
  std::string_view bytes_;
};

// One way of packing: takes packed bytes and gives others.
class unpacker {
 public:
  virtual ~unpacker() = default;
  virtual std::string_view name() const = 0;
  // Takes from `packed` and appends to `to`; false: damaged.
  virtual bool step(std::string_view& packed, std::string& to) = 0;
  virtual bool at_end() const = 0;     // between members or frames
};

class gzip_unpacker final : public unpacker {
 public:
  gzip_unpacker() {
    constexpr int gzip_only = 16 + MAX_WBITS;
    good_ = inflateInit2(&state_, gzip_only) == Z_OK;
  }
  ~gzip_unpacker() override { inflateEnd(&state_); }
  gzip_unpacker(const gzip_unpacker&) = delete;
  gzip_unpacker& operator=(const gzip_unpacker&) = delete;

  std::string_view name() const override { return "gzip"; }
  bool at_end() const override { return ended_; }
  bool step(std::string_view& packed, std::string& to) override {
    if (!good_) return false;
    if (ended_ && inflateReset(&state_) != Z_OK) return false;   // a further member
    const std::size_t before = to.size(), given = std::min<std::size_t>(packed.size(), piece);
    to.resize(before + piece);
    state_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    state_.avail_in = static_cast<uInt>(given);
    state_.next_out = reinterpret_cast<Bytef*>(to.data() + before);
    state_.avail_out = piece;
    const int outcome = inflate(&state_, Z_NO_FLUSH);
    packed.remove_prefix(given - state_.avail_in);
    to.resize(before + piece - state_.avail_out);
    ended_ = outcome == Z_STREAM_END;
    return outcome == Z_OK || ended_ || outcome == Z_BUF_ERROR;
  }

 private:
  z_stream state_{};
  bool good_ = false, ended_ = false;
};

class zstd_unpacker final : public unpacker {
 public:
  std::string_view name() const override { return "zstd"; }
  bool at_end() const override { return wanted_ == 0; }
  bool step(std::string_view& packed, std::string& to) override {
    if (state_ == nullptr) return false;
    const std::size_t before = to.size();
    to.resize(before + piece);
    ZSTD_inBuffer in{packed.data(), packed.size(), 0};
    ZSTD_outBuffer out{to.data() + before, piece, 0};
    wanted_ = ZSTD_decompressStream(state_.get(), &out, &in);
    packed.remove_prefix(in.pos);
    to.resize(before + out.pos);
    return !ZSTD_isError(wanted_);
  }

 private:
  std::unique_ptr<ZSTD_DCtx, std::size_t (*)(ZSTD_DCtx*)> state_{ZSTD_createDCtx(), ZSTD_freeDCtx};
  std::size_t wanted_ = 1;
};

class unpacked final : public byte_stream {
 public:
  unpacked(const std::string& name, std::unique_ptr<byte_stream> from, std::uint64_t most) : name_(name), from_(std::move(from)), most_(most) {}

  result<bool> read(std::string& to) override {
    const std::size_t before = to.size();
    if (!begun_) {
      begun_ = true;
      while (packed_.size() < 4) {
        auto more = from_->read(packed_);
        if (!more) return std::move(more.diagnostics());
        if (!more.value()) break;
      }
      if (is_gzip(packed_)) unpacker_ = std::make_unique<gzip_unpacker>();
      else if (is_zstd(packed_)) unpacker_ = std::make_unique<zstd_unpacker>();
      if (unpacker_ == nullptr) {
        to += packed_;
        packed_.clear();
        return counted(to, before, to.size() > before);
      }
      left_ = packed_;
    }
    if (unpacker_ == nullptr) {
      auto more = from_->read(to);
      return more ? counted(to, before, more.value()) : std::move(more);
    }
    // As long as a step gives something there may be more of it within.
    while (true) {
      if (left_.empty() && !ended_) {
        packed_.clear();
        auto more = from_->read(packed_);
        if (!more) return std::move(more.diagnostics());
        ended_ = !more.value();
        left_ = packed_;
      }
      if (left_.empty() && ended_ && unpacker_->at_end()) return false;
      const std::size_t had = left_.size();
      if (!unpacker_->step(left_, to)) return damaged();
      if (to.size() > before) return counted(to, before, true);
      if (left_.size() == had && ended_ && !unpacker_->at_end()) return damaged();
    }
  }

 private:
  result<bool> counted(const std::string& to, std::size_t before, bool more) {
    given_ += to.size() - before;
    if (given_ <= most_) return more;
    return make_diagnostic(diagnostic_code::limit_exceeded, name_, "the input has more than the " + std::to_string(most_) + " bytes that are allowed", {"", "raise the limit of input bytes"});
  }
  diagnostic damaged() const {
    return make_diagnostic(diagnostic_code::input_encoding, name_, "the input is packed with " + std::string(unpacker_->name()) + " and cannot be unpacked: it is damaged or cut off",
                           {"a whole file", "make or fetch it again"});
  }

  std::string name_, packed_;
  std::string_view left_;        // of packed_
  std::unique_ptr<byte_stream> from_;
  std::unique_ptr<unpacker> unpacker_;
  std::uint64_t most_, given_ = 0;
  bool begun_ = false, ended_ = false;
};

}  // namespace

std::unique_ptr<byte_stream> file_stream(const std::string& path, byte_listener* listener) { return std::make_unique<of_file>(path, listener); }
std::unique_ptr<byte_stream> text_stream(std::string_view bytes) { return std::make_unique<of_text>(bytes); }
std::unique_ptr<byte_stream> unpacked_stream(const std::string& name, std::unique_ptr<byte_stream> from, std::uint64_t most) {
  return std::make_unique<unpacked>(name, std::move(from), most);
}

}  // namespace sekimori::inventory

// cli: terminals and files.
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <iterator>

#include "commands.hpp"

namespace sekimori::cli {

bool is_terminal(int descriptor) { return isatty(descriptor) == 1; }

unsigned terminal_width() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40) return size.ws_col;
  return 100;
}

void print_diagnostics(const std::vector<diagnostic>& shown) { std::fputs(render(shown, is_terminal(STDERR_FILENO)).c_str(), stderr); }

int usage(const std::string& message, const std::string& help) {
  diagnostic wrong;
  wrong.code = "SKM001";
  wrong.message = message;
  wrong.help = help;
  print_diagnostics({wrong});
  return exit_usage;
}

std::string standard_input() { return {std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()}; }

std::optional<std::string> read_file(const std::string& name) {
  if (name == "-") return standard_input();
  // stdio, as a stream would open a folder and find it empty.
  std::string text;
  std::FILE* file = std::fopen(name.c_str(), "rb");
  bool read = file != nullptr;
  char block[65536];
  while (read) {
    std::size_t size = std::fread(block, 1, sizeof block, file);
    text.append(block, size);
    if (size == 0) break;
  }
  read = read && std::ferror(file) == 0;
  int reason = errno;
  if (file != nullptr) std::fclose(file);
  if (read) return text;
  diagnostic failed;
  failed.code = "SKM002";
  failed.message = std::string("the file cannot be read: ") + std::strerror(reason);
  failed.file = name;
  print_diagnostics({failed});
  return std::nullopt;
}

void output::open() {
  file_ = name_.empty() || name_ == "-" ? stdout : std::fopen(name_.c_str(), "wb");
  if (file_ == nullptr) reason_ = errno;
}

output::~output() {
  if (file_ != nullptr && file_ != stdout) std::fclose(file_);
}

void output::write(std::string_view text) {
  if (file_ == nullptr && reason_ == 0) open();
  if (reason_ == 0 && std::fwrite(text.data(), 1, text.size(), file_) != text.size()) reason_ = errno;
}

bool output::close() {
  if (file_ == nullptr && reason_ == 0) open();
  if (reason_ == 0 && std::fflush(file_) != 0) reason_ = errno;
  if (file_ != nullptr && file_ != stdout && std::fclose(file_) != 0 && reason_ == 0) reason_ = errno;
  file_ = nullptr;
  if (reason_ == 0) return true;
  diagnostic failed;
  failed.code = "SKM003";
  failed.message = std::string("the report cannot be written: ") + std::strerror(reason_);
  failed.file = name_;
  failed.help = "check that the folder exists and can be written to";
  print_diagnostics({failed});
  return false;
}

bool write_output(const std::string& file, std::string_view text) {
  output to(file);
  to.write(text);
  return to.close();
}

}  // namespace sekimori::cli

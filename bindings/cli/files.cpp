// cli: terminals and files.
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>

#include "commands.hpp"

namespace sekimori::cli {

bool is_terminal(int descriptor) { return isatty(descriptor) == 1; }

unsigned terminal_width() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40) return size.ws_col;
  return 100;
}

void print_diagnostics(const std::vector<diagnostic>& shown) { std::fputs(render(shown, is_terminal(STDERR_FILENO)).c_str(), stderr); }

bool write_output(const std::string& file, std::string_view text) {
  bool written;
  if (file.empty() || file == "-") {
    written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
  } else {
    std::ofstream to(file, std::ios::binary | std::ios::trunc);
    to.write(text.data(), static_cast<std::streamsize>(text.size()));
    to.close();
    written = !to.fail();
  }
  if (!written) {
    diagnostic failed;
    failed.code = "SKM003";
    failed.message = std::string("the report cannot be written: ") + std::strerror(errno);
    failed.file = file;
    failed.help = "check that the folder exists and can be written to";
    print_diagnostics({failed});
  }
  return written;
}

}  // namespace sekimori::cli

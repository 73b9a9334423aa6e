#include "own_configuration.h"

#include <fstream>
#include <iterator>

#include "support/patience.h"

namespace softbot::tests {

namespace fs = std::filesystem;

void write_file(const fs::path& file, const std::string& text) {
  std::ofstream(file) << text;
}

std::string read_file(const fs::path& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

fs::path configuration_in(const TemporaryFolder& folder) {
  fs::copy(shipped_configuration(), folder.path() / "config", fs::copy_options::recursive);
  return folder.path() / "config";
}

Ended serve_once(const fs::path& data, const std::vector<std::string>& more, const std::string& listen) {
  std::vector<std::string> command{softbot_program(), "serve", "--data",           data.string(),
                                   "--listen",        listen,  "--metrics-listen", "off"};
  command.insert(command.end(), more.begin(), more.end());
  const TemporaryFolder folder;
  Process process(command, folder.path() / "log");
  const auto status = process.wait(patience);
  return {status.value_or(-1), process.output()};
}

}  // namespace softbot::tests

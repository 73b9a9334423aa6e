#include "daemon/tool_store.h"

#include <termios.h>
#include <unistd.h>

#include <iostream>

namespace softbot::daemon {

ExitCode exit_code_of(const Error& error) {
  switch (error.code) {
    case ErrorCode::configuration:
      return ExitCode::configuration;
    case ErrorCode::incompatible:
    case ErrorCode::damaged:
      return ExitCode::store;
    case ErrorCode::invalid_input:
    case ErrorCode::too_large:
    case ErrorCode::unsupported:
      return ExitCode::bad_input;
    default:
      return ExitCode::failed;
  }
}

ExitCode report(const Error& error) {
  std::cerr << "softbot: " << error.message << '\n';
  if (error.code != ErrorCode::configuration) {
    for (const FieldError& one : error.fields) std::cerr << "  " << one.field << ": " << one.message << '\n';
  }
  return exit_code_of(error);
}

Result<Settings> settings_of(const std::filesystem::path& config_file) {
  return read_settings(config_file.empty() ? shipped_config_folder() / "softbot.json" : config_file);
}

Result<std::unique_ptr<ToolStore>> open_tool_store(const StorePlace& place) {
  auto tool = std::make_unique<ToolStore>();
  auto settings = settings_of(place.config_file);
  if (!settings) return fail(settings.error());
  tool->settings = std::move(*settings);
  const auto key =
      tool->settings.master_key_file.empty() ? default_key_file(place.data) : tool->settings.master_key_file;
  const bool exists = sqlite::store_exists(place.data);
  auto vault = FileVault::open(key, place.data, exists ? WhenAbsent::refuse : WhenAbsent::create);
  if (!vault) return fail(vault.error());
  tool->vault = std::move(*vault);
  SqliteOptions options;
  options.role = sqlite::Role::tool;
  auto store = SqliteStore::open(place.data, *tool->vault, tool->clock, options);
  if (!store) return fail(store.error());
  tool->store = std::move(*store);
  auto files = FolderDocumentFiles::open(place.data / "documents");
  if (!files) return fail(files.error());
  tool->files = std::move(*files);
  return tool;
}

std::string secret_line(const std::string& question) {
  std::string line;
  if (isatty(STDIN_FILENO) == 0) {
    std::getline(std::cin, line);
    return line;
  }
  std::cerr << question << ": " << std::flush;
  termios before{};
  tcgetattr(STDIN_FILENO, &before);
  termios silent = before;
  silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
  tcsetattr(STDIN_FILENO, TCSANOW, &silent);
  std::getline(std::cin, line);
  tcsetattr(STDIN_FILENO, TCSANOW, &before);
  std::cerr << '\n';
  return line;
}

}  // namespace softbot::daemon

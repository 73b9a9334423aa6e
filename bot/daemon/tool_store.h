#pragma once

#include <memory>

#include "adapters/files/folder_document_files.h"
#include "adapters/sqlite/store.h"
#include "adapters/vault/file_vault.h"
#include "daemon/commands.h"
#include "daemon/settings.h"
#include "ports/clock.h"

namespace softbot::daemon {

/// The store opened beside a running node, for a command.
struct ToolStore {
  Settings settings;
  SystemClock clock;
  std::unique_ptr<FileVault> vault;
  std::unique_ptr<SqliteStore> store;
  std::unique_ptr<FolderDocumentFiles> files;
};

/// Makes the store when the folder has none, so that an account can be added before the first start.
[[nodiscard]] Result<std::unique_ptr<ToolStore>> open_tool_store(const StorePlace& place);

/// The settings of this place: the file named, else the shipped one.
[[nodiscard]] Result<Settings> settings_of(const std::filesystem::path& config_file);

/// Prints the error to standard error, each field on a line, and gives the exit code.
[[nodiscard]] ExitCode report(const Error& error);

/// One line from standard input; asks for it without echo when that is a terminal.
[[nodiscard]] std::string secret_line(const std::string& question);

}  // namespace softbot::daemon

#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "adapters/files/file_system.h"

namespace softbot::test {

/// A disk in memory that keeps apart what is written and what is durable. It can be told to fail at a call;
/// after `lose_power` only what was synced is left: contents by write_synced, names by sync_folder.
class ForgetfulFiles final : public FileSystem {
 public:
  /// The call of that number (from 0) and all after it fail, as if the program were gone.
  void fail_from(int call) { fails_from_ = call; }
  [[nodiscard]] int calls() const { return calls_; }
  void lose_power();
  /// What somebody who takes files away does.
  void take_away(const std::filesystem::path& file);
  /// Names in a folder, as seen now.
  [[nodiscard]] std::set<std::string> names(const std::filesystem::path& folder) const;

  [[nodiscard]] Result<void> make_folder(const std::filesystem::path& folder) override;
  [[nodiscard]] Result<void> write_synced(const std::filesystem::path& file, std::string_view bytes) override;
  [[nodiscard]] Result<void> rename(const std::filesystem::path& from,
                                    const std::filesystem::path& to) override;
  [[nodiscard]] Result<void> sync_folder(const std::filesystem::path& folder) override;
  [[nodiscard]] Result<std::string> read(const std::filesystem::path& file) override;
  [[nodiscard]] Result<void> remove(const std::filesystem::path& file) override;

 private:
  [[nodiscard]] Result<void> count_call();

  std::map<std::filesystem::path, std::string> seen_;
  std::map<std::filesystem::path, std::string> durable_;
  int calls_ = 0;
  std::optional<int> fails_from_;
};

}  // namespace softbot::test

#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "adapters/files/file_system.h"
#include "ports/clock.h"
#include "ports/delivery.h"

namespace softbot {

/// Post as files for the mail room: `<key>.pdf` and beside it `<key>.json` with the address and the planned
/// posting date (see README.md). The manifest is written last: where it lies, the letter is whole. Durable
/// before `deliver` returns; the same key twice leaves one letter, the first, also when the mail room took it
/// away in between. Thread-safe within one process.
class PostFolder final : public Deliverer {
 public:
  /// Makes the folder and its parent. `clock` and `files` must outlive it. Fails with `storage`.
  [[nodiscard]] static Result<std::unique_ptr<PostFolder>> open(const std::filesystem::path& folder,
                                                                const Clock& clock,
                                                                FileSystem& files = system_files());

  /// `delivery.content`: `letter` and `title` (texts), `address` {name, street, postcode, town},
  /// `context.date` (the planned posting date, ISO). Fails with `invalid_input` when the address is missing
  /// or lacks a line, when there is no date or no readable PDF, or when the key is no name for a file
  /// (letters, digits, - and _ only, so that nobody's name can stand in it); with `storage` when the disk
  /// fails.
  [[nodiscard]] Result<void> deliver(const Delivery& delivery, const std::string& bytes) override;

 private:
  PostFolder(std::filesystem::path folder, const Clock& clock, FileSystem& files)
      : folder_(std::move(folder)), clock_(clock), files_(files) {}
  [[nodiscard]] Result<void> put(const std::filesystem::path& file, std::string_view bytes);
  [[nodiscard]] Result<bool> has(const std::filesystem::path& file);

  const std::filesystem::path folder_;
  const Clock& clock_;
  FileSystem& files_;
  std::mutex mutex_;  ///< one delivery at a time: two of the same key must not interleave
};

}  // namespace softbot

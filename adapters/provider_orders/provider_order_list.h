#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "adapters/files/file_system.h"
#include "domain/date.h"
#include "ports/clock.h"
#include "ports/delivery.h"

namespace softbot {

/// Orders to providers as lists: one CSV file per provider and day, one line per order (columns: README.md).
/// Durable before `deliver` returns; the same key twice leaves one line, also on another day. Thread-safe
/// within one process.
class ProviderOrderList final : public Deliverer {
 public:
  /// Makes the folder and its parent. `clock` and `files` must outlive it. Fails with `storage`.
  [[nodiscard]] static Result<std::unique_ptr<ProviderOrderList>> open(const std::filesystem::path& folder,
                                                                       const Clock& clock,
                                                                       FileSystem& files = system_files());

  /// `delivery.content`: `provider`, `municipality`, `type`, `title`, `aid`, `from`, `until`, `bsn`,
  /// `birthDate`, `phone` (texts or null), `minutesPerWeek` (number or null), `address` {name, street,
  /// postcode, town}. Fails with `invalid_input` when neither minutes nor an aid is ordered, when the first
  /// day or the resident's name and address are missing, or when the key is no name for a file.
  [[nodiscard]] Result<void> deliver(const Delivery& delivery, const std::string& bytes) override;

 private:
  ProviderOrderList(std::filesystem::path folder, const Clock& clock, FileSystem& files)
      : folder_(std::move(folder)), clock_(clock), files_(files) {}
  [[nodiscard]] Result<void> put(const std::filesystem::path& file, std::string_view bytes);
  [[nodiscard]] Result<void> add_line(const std::string& list, const std::string& key,
                                      const std::string& line);

  const std::filesystem::path folder_;
  const Clock& clock_;
  FileSystem& files_;
  std::mutex mutex_;
};

/// A field as RFC 4180 writes it, in quotes where needed. A text that a spreadsheet would take for a formula
/// (= + - @, tab, carriage return in front) gets an apostrophe before it.
[[nodiscard]] std::string csv_field(std::string_view text);

/// Name of the list for a provider's orders of one day: "2026-11-21-thuiszorg-de-linde-4f0c.csv". The four
/// digits keep apart providers whose names look alike. Without a provider: "2026-11-21-no-provider.csv".
[[nodiscard]] std::string order_list_name(Date day, std::string_view provider);

}  // namespace softbot

#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "adapters/reader_process/document.h"
#include "adapters/reader_process/program.h"
#include "ports/log.h"
#include "ports/metrics.h"
#include "ports/reader.h"

namespace softbot {

struct ReaderProcessOptions {
  ProgramPlace place;
  std::size_t at_once = 1;  ///< documents read at once: as many programs
  DocumentTime time;
  std::chrono::milliseconds start_limit{60'000};
  /// Before a program that ended is started again; doubles until a document was read, up to a minute.
  std::chrono::milliseconds first_pause{250};
};

/// Reads scans with programs that are locked in: see README.md. Programs are started at once and kept running
/// by a thread of its own. Thread-safe; calls wait until a program is free.
class ReaderProcess final : public Reader {
 public:
  /// `log` and `metrics` must outlive it.
  ReaderProcess(ReaderProcessOptions options, Log& log, Metrics& metrics);
  ~ReaderProcess() override;

  Result<ReadFile> read(const std::string& bytes, const FindGeometry& find_geometry) override;
  Result<ReadFile> look(const std::string& bytes) override;
  Result<ReadFile> read_by(const ReadingTemplates& templates, const std::string& bytes,
                           const FindGeometry& find_geometry) override;
  /// "none" until a program has been ready.
  [[nodiscard]] std::string version() const override;

  /// For health: starting, works, or broken (the last start failed; it goes on trying).
  [[nodiscard]] std::string_view health() const;

  /// Ends the programs; readings under way answer with a retryable error. Idempotent.
  void stop();

 private:
  struct State;
  [[nodiscard]] Result<ReadFile> read_with_needs(const std::string& bytes, const DocumentNeeds& needs);
  std::unique_ptr<State> state_;
};

}  // namespace softbot

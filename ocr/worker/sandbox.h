#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

#include "domain/result.h"
#include "ocr/worker/font_files.h"

namespace softbot::ocr {

/// What the child of one document may use.
struct SandboxLimits {
  /// Address space beyond what is mapped when the child begins. Not set in sanitized builds:
  /// see sanitized.h.
  std::uint64_t memory_bytes = std::uint64_t{1536} << 20;
  /// Of the processor. The starter ends a child long before; this holds when nobody does.
  std::chrono::seconds processor{1100};
};

/// Closes every descriptor but `kept` and those of the fonts.
void close_all_but(int kept, const FontFiles& fonts);

/// Locks this process in for good: no new privileges, no core files, no files written, bounded memory and
/// time, and of the system calls only those for memory, for descriptors that are open already, for the clock
/// and for ending. Opening a file answers EACCES, except a font of `fonts`, which gives a copy of its
/// descriptor (`fonts` must outlive the process). Programs, sockets, tracing and signals to others end it at
/// once (SIGSYS); everything else answers EPERM. Error: what the kernel refused; then no document may be
/// looked at.
[[nodiscard]] Result<void> lock_in(const SandboxLimits& limits, const FontFiles& fonts);

}  // namespace softbot::ocr

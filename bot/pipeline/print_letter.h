#pragma once

#include <string>

#include "pipeline/services.h"

namespace softbot::pipeline {

/// A letter as PDF, and the row that will tell of it; nothing is stored yet.
struct PrintedLetter {
  DocumentRecord record;
  std::string bytes;
};
/// Prints what an entry of the outbox says: its `letter` with its `context`.
[[nodiscard]] Result<PrintedLetter> print_letter(const Services& services, const OutboxRecord& row);

}  // namespace softbot::pipeline

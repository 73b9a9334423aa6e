#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "adapters/reader_process/program.h"
#include "forms/geometry/reading_template.h"
#include "ports/reader.h"

namespace softbot {

/// How long a document may take, for every fifty pages begun, on a machine that has time for it: where more
/// processes wait than there are cores, as much longer (at most eight times).
struct DocumentTime {
  std::chrono::milliseconds per_fifty_pages{24'000};
  std::chrono::milliseconds with_templates{76'000};  ///< so much more: pages are held against each
};

/// What a document is read with beside its own bytes; borrowed for the call.
struct DocumentNeeds {
  const FindGeometry& find_geometry;
  const ReadingTemplates& templates;  ///< for pages without a code of ours
  std::string_view task = "read";     ///< or "look": ocr/protocol/control.h
};

/// How one document went through a program.
struct DocumentOutcome {
  ReadFile file;
  /// read, refused (by the child, in order), time, odd, or how the child ended: "signal 11", "exit 1".
  std::string how;
  bool program_is_sound = true;  ///< false: end it, and start another
};

/// Gives the document to an idle program, hears what its child says, and sees to it that it ends. Error
/// `unavailable` (retryable): the program ended, could not give the document a safe place, or `stop` could be
/// read; such a program is to be ended.
[[nodiscard]] Result<DocumentOutcome> read_with(Program& program, const std::string& bytes,
                                                const DocumentNeeds& needs, const DocumentTime& time,
                                                int stop);

}  // namespace softbot

#pragma once

#include <string>
#include <string_view>

#include "forms/definition.h"
#include "pipeline/services.h"

namespace softbot::web {

/// What a look at a file shows while its sender can still choose a better one. It never stops anybody.
struct FileLook {
  std::string word;     ///< unclear, blank, encrypted, damaged, no-statement; "" when nothing stood out
  std::string account;  ///< of a bank statement that says so: IBAN; ""
  std::string from;     ///< its first day, ISO; ""
  std::string until;    ///< its last day, ISO; ""
};

/// Looks at kinds that the form says are read (`reads`), with the reader that later reads them for the case.
/// Of an identity document nothing is read. Where nothing reads, or another file is being looked at, nothing
/// stands out: nobody waits in a row for this.
[[nodiscard]] FileLook look_at(const Services& services, AttachmentReading reads, std::string_view media_type,
                               const std::string& bytes);

/// What the sender may do about it; "" for "".
[[nodiscard]] std::string look_words(std::string_view word, std::string_view language);

}  // namespace softbot::web

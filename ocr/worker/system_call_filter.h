#pragma once

#include "domain/result.h"
#include "ocr/worker/font_files.h"

namespace softbot::ocr {

/// The filter of lock_in(): see there. Needs no_new_privs, and cannot be taken away again.
[[nodiscard]] Result<void> filter_system_calls(const FontFiles& fonts);

}  // namespace softbot::ocr

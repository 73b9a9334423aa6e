#pragma once

#include <string_view>

namespace softbot {

/// What the bytes of a file say of themselves.
enum class Wholeness {
  whole,    ///< begins and ends as a PDF, PNG, JPEG or TIFF does
  not_yet,  ///< begins like one, and its end is not there
  no_scan,  ///< no kind that a scanner makes
};

[[nodiscard]] Wholeness wholeness_of(std::string_view bytes);

}  // namespace softbot

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "forms/from_web.h"

namespace softbot::web {

/// How many rows of a list are on the page: as typed, as the page said, and at least one.
[[nodiscard]] std::size_t rows_of(const WebParameters& typed, const std::string& name);

/// The number of rows shown for each list grows with "add:NAME" and shrinks with "remove:NAME.INDEX", the
/// values of the pressed button; numbering stays without gaps.
void change_rows(WebParameters& typed, std::string_view action);

}  // namespace softbot::web

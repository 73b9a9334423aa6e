#pragma once

#include <optional>
#include <string_view>

#include "forms/geometry/geometry.h"

namespace softbot {

/// Where everything stands on a sheet that belongs to a case (PageCode::Kind::sheet). One page with marks and
/// code; "sign-sheet": the fields "signature" and "signingDate"; "return-sheet": "answer", writing lines.
/// The field's part is the kind. Nothing for any other kind.
///
/// These places are never changed: paper with them is under way. Another sheet gets another kind.
[[nodiscard]] std::optional<FormGeometry> sheet_geometry(std::string_view kind);

inline constexpr std::string_view sign_sheet = "sign-sheet";
inline constexpr std::string_view return_sheet = "return-sheet";

/// Words on a sheet end above this, mm from the top: below it are the fields.
[[nodiscard]] double room_for_words(std::string_view kind);

}  // namespace softbot

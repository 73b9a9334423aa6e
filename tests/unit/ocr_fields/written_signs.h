#pragma once

#include <string_view>
#include <vector>

#include "forms/geometry/geometry.h"
#include "ocr/fields/signs.h"

namespace softbot::ocr {

/// A field with boxes as it is printed for this kind of answer.
[[nodiscard]] PaperField field_of(std::string_view answer_kind, std::string_view pattern);

/// A sign that a net is sure of to this degree, with the rest on `rival`; no rival: spread over all. ' ' is
/// an empty box, '#' ink that is no sign.
[[nodiscard]] SignChances sign(char written, double chance = 0.9999, char rival = 0);
/// All of a writing, each as sure.
[[nodiscard]] std::vector<SignChances> written(std::string_view signs, double chance = 0.9999);

}  // namespace softbot::ocr

#pragma once

#include "forms/geometry/geometry.h"

namespace softbot::paper {

/// Measures of a printed form, mm. Changing one changes every geometry from then on; old paper keeps its own.
inline constexpr double code_smallest_module = 0.62;  ///< still read at 150 dpi and on a fax

inline constexpr double number_left = 18;  ///< numbers of questions, headings
inline constexpr double left = 28;         ///< questions and answers
inline constexpr double right = 192;
inline constexpr double width = right - left;
inline constexpr double top = 43;
inline constexpr double bottom = 277;

inline constexpr double box_width = 7.4;
inline constexpr double box_height = 9.5;
inline constexpr double box_pitch = 8.2;
inline constexpr double box_row_gap = 3;  ///< between rows of boxes of one answer
inline constexpr double group_gap = 2.4;  ///< more between groups
inline constexpr double sign_gap = 4.6;   ///< more where a hyphen or comma is printed

inline constexpr double tick_side = 5.5;
inline constexpr double tick_pitch = 9;
inline constexpr double tick_words = 8.5;  ///< from the tick's left to its words

inline constexpr double line_box = 11;     ///< height of a single writing line
inline constexpr double line_pitch = 9.5;  ///< between writing lines
inline constexpr double thin = 0.4;        ///< of frames that drop out

inline constexpr double label_gap = 2.4;   ///< between words and the boxes below them
inline constexpr double question_gap = 6;  ///< between questions

}  // namespace softbot::paper

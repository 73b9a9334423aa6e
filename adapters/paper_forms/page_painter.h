#pragma once

#include <cairo.h>

#include <string>
#include <string_view>

#include "domain/result.h"
#include "forms/geometry/paper_form.h"

namespace softbot::paper_forms {

/// What is painted: what is read aloud, or everything around it (frames, marks, code, head and foot).
enum class Layer { words, around };

/// Paints one layer of one page in points from the page's top left. With `tagged`, words stand in elements of
/// the document's structure.
enum class Tags { none, written };
[[nodiscard]] Result<void> paint_layer(cairo_t* canvas, const PaperForm& form, int page, std::string_view set,
                                       Layer layer, Tags tags);

}  // namespace softbot::paper_forms

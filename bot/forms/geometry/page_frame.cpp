#include "forms/geometry/page_frame.h"

#include <cmath>

namespace softbot {

PaperPage framed_page(double code_side) {
  using namespace page_frame;
  constexpr double a4_width = 210;
  constexpr double a4_height = 297;
  PaperPage page;
  for (const double y : {mark_edge, a4_height - mark_edge - mark_side}) {
    for (const double x : {mark_edge, a4_width - mark_edge - mark_side})
      page.marks.push_back({x, y, mark_side, mark_side});
  }
  const double code_left = std::round((code_right - code_side) * 100) / 100;
  page.code = {code_left, code_top, code_side, code_side};
  return page;
}

}  // namespace softbot

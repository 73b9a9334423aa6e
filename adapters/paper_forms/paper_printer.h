#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "domain/result.h"
#include "forms/geometry/paper_form.h"

namespace softbot {

/// Measures texts with the fonts that they are printed with. Not thread-safe: one per layout.
class PangoTextMeasure final : public TextMeasure {
 public:
  PangoTextMeasure();
  ~PangoTextMeasure() override;
  PangoTextMeasure(const PangoTextMeasure&) = delete;
  PangoTextMeasure& operator=(const PangoTextMeasure&) = delete;

  [[nodiscard]] int lines(std::string_view text, const PaperStyle& style, double width) const override;
  [[nodiscard]] double width(std::string_view text, const PaperStyle& style) const override;

 private:
  struct Canvas;
  std::unique_ptr<Canvas> canvas_;
};

/// Eight random signs of base 32 that hold the pages of one print together.
[[nodiscard]] std::string random_set_number();

/// The form as tagged A4 PDF with title and language. The same form and set number give the same bytes.
/// Thread-safe.
[[nodiscard]] Result<std::string> print_paper_form(const PaperForm& form, std::string_view set);

/// A grey picture: 0 black, 255 white, rows from the top without padding.
struct GrayRaster {
  int width = 0;
  int height = 0;
  double dpi = 0;
  std::vector<std::uint8_t> pixels;
};

/// One page (from 1) as it looks on paper, at 50 to 1200 dots per inch. Thread-safe.
[[nodiscard]] Result<GrayRaster> paint_page(const PaperForm& form, int page, double dpi,
                                            std::string_view set);

}  // namespace softbot

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "domain/result.h"
#include "forms/geometry/paper_form.h"
#include "ports/paper_printer.h"

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

/// The port PaperPrinter with Pango and Cairo.
class PangoPaperPrinter final : public PaperPrinter {
 public:
  [[nodiscard]] std::unique_ptr<TextMeasure> measure() const override;
  [[nodiscard]] std::string new_set_number() const override;
  /// The same form and set number give the same bytes.
  [[nodiscard]] Result<std::string> print(const PaperForm& form, std::string_view set) const override;
};

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

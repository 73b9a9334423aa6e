#pragma once

#include "forms/geometry/geometry.h"
#include "ocr/image.h"
#include "ocr/page/registration.h"

namespace softbot::ocr {

/// Pixels of a placed page in a millimetre, from its top left.
inline constexpr double placed_per_mm = 12;

/// A page as it lies in its geometry, whatever the scan looked like. A plain value.
struct PlacedPage {
  GrayImage gray;        ///< as scanned
  GrayImage darkness;    ///< 0 paper, 255 black; shadows evened out
  double paper = 0;      ///< how dark paper is in `darkness`, 0..1: a little more than nothing
  double noise = 0;      ///< standard deviation on the dark side of paper, 0..1 of its brightness
  bool bilevel = false;  ///< scanned in black and white: weak ink left dots, or nothing
  MmBox seen;            ///< the part of the page that the picture surely shows
};

/// `page` counts from 1. Pure.
[[nodiscard]] PlacedPage placed_page(const GrayImage& image, const Registration& registration,
                                     const FormGeometry& geometry, int page);

/// True when the picture shows all of `box`: what is cut off is not empty.
[[nodiscard]] bool is_seen(const PlacedPage& page, const MmBox& box);

[[nodiscard]] MmBox grown(const MmBox& box, double by_mm);
[[nodiscard]] MmBox grown(const MmBox& box, double across_mm, double down_mm);

/// A rectangle in pixels of a placed page.
struct PixelBox {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
  [[nodiscard]] int right() const { return x + width; }
  [[nodiscard]] int bottom() const { return y + height; }
  [[nodiscard]] bool holds(int at_x, int at_y) const {
    return at_x >= x && at_y >= y && at_x < right() && at_y < bottom();
  }
};
/// Cut off at the page's edges.
[[nodiscard]] PixelBox pixels_of(const MmBox& box, const GrayImage& page);

}  // namespace softbot::ocr

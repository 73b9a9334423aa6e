#pragma once

#include <functional>
#include <vector>

#include "ocr/image.h"
#include "ocr/page/plane.h"

namespace softbot::ocr {

/// Work on pictures, in one thread. Pure functions; empty pictures give empty results.

/// Smaller (factor below 1) by averaging; larger by interpolation. The result has at least one pixel a side.
[[nodiscard]] GrayImage resized(const GrayImage& image, double factor);

/// `width` x `height` pixels, each looked up by `to_source` (from a place in the result to a place in
/// `image`); white outside of it. Interpolates, so `image` should not be much finer than the result.
[[nodiscard]] GrayImage warped(const GrayImage& image, const Projection& to_source, int width, int height);

/// The same by any smooth map, which is asked for places 2 mm apart or so (every 24 pixels) and taken as
/// straight between them.
[[nodiscard]] GrayImage bent(const GrayImage& image, const std::function<Point(Point)>& to_source, int width,
                             int height);

/// Turned clockwise by 0, 90, 180 or 270 degrees.
[[nodiscard]] GrayImage turned(const GrayImage& image, int degrees);

/// A part of a picture, cut off at its borders.
[[nodiscard]] GrayImage cut(const GrayImage& image, int x, int y, int width, int height);

/// How bright the paper is around each pixel: the brightest within `radius`, smoothed. Same size.
[[nodiscard]] GrayImage paper_brightness(const GrayImage& image, int radius);

/// How dark each pixel is beside the paper around it: 0 paper, 255 black.
[[nodiscard]] GrayImage darkness(const GrayImage& image, const GrayImage& paper);

/// 0 where darker than `share` of `paper`, else 255.
[[nodiscard]] GrayImage dark_parts(const GrayImage& image, const GrayImage& paper, double share);

/// Black and white by the local mean: for codes under shadows and on bad copies.
[[nodiscard]] GrayImage locally_bilevel(const GrayImage& image, int radius);
/// Smoothed by a Gaussian of `sigma` pixels.
[[nodiscard]] GrayImage smoothed(const GrayImage& image, double sigma);

/// Black parts of a bilevel picture: gaps up to `gap` pixels closed, then all that is thinner than
/// `thickness` removed. 0 leaves a step out.
[[nodiscard]] GrayImage solid_parts(const GrayImage& bilevel, int gap, int thickness);

/// Black pixels that touch (also by corners).
struct Blob {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
  int area = 0;  ///< pixels
  Point middle;  ///< of its pixels
};
[[nodiscard]] std::vector<Blob> black_blobs(const GrayImage& bilevel);

/// The same, with the number of its blob for every pixel, row by row; -1 where it is white.
struct LabelledBlobs {
  std::vector<Blob> blobs;
  std::vector<int> labels;
};
[[nodiscard]] LabelledBlobs labelled_blobs(const GrayImage& bilevel);

}  // namespace softbot::ocr

#include "picture_ink.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <vector>

namespace softbot::eval {
namespace {

using Histogram = std::array<std::size_t, 256>;

/// Of the darkest ink of a picture so much sets its level, as in ocr/fields/field_ink.cpp.
constexpr double share_of_darkest = 0.05;
/// What has less than this share of the file's contrast is no ink: a picture of nothing but noise stays pale.
constexpr double least_level = 0.22;

/// The value that this share of all values is below or at.
int quantile(const Histogram& histogram, double share) {
  std::size_t total = 0;
  for (const std::size_t count : histogram) total += count;
  std::size_t passed = 0;
  for (std::size_t value = 0; value < histogram.size(); ++value) {
    passed += histogram[value];
    if (static_cast<double>(passed) >= share * static_cast<double>(total)) return static_cast<int>(value);
  }
  return 255;
}

bool on_edge(std::size_t place, int width, int height) {
  const auto across = static_cast<std::size_t>(width);
  const std::size_t x = place % across;
  const std::size_t y = place / across;
  return x == 0 || y == 0 || x + 1 == across || y + 1 == static_cast<std::size_t>(height);
}

float stretched_level(std::vector<float> ink) {
  std::erase_if(ink, [](float value) { return value < static_cast<float>(least_level); });
  if (ink.empty()) return 1;
  const auto from_end = static_cast<std::ptrdiff_t>(share_of_darkest * static_cast<double>(ink.size()));
  const auto place = ink.end() - 1 - from_end;
  std::nth_element(ink.begin(), place, ink.end());
  return *place;
}

std::size_t place_in(std::size_t place, const fill::LabelledPictures& pictures, Lie lie) {
  if (lie == Lie::upright) return place;
  const auto height = static_cast<std::size_t>(pictures.height);
  return place % height * static_cast<std::size_t>(pictures.width) + place / height;
}

}  // namespace

InkLevels ink_levels(const fill::LabelledPictures& pictures) {
  Histogram edges{};
  Histogram all{};
  const std::size_t size = pictures.size_of_one();
  for (std::size_t at = 0; at < pictures.pixels.size(); ++at) {
    ++all[pictures.pixels[at]];
    if (on_edge(at % size, pictures.width, pictures.height)) ++edges[pictures.pixels[at]];
  }
  const int paper = quantile(edges, 0.5);
  const int dark = quantile(all, 0.005);
  const int light = quantile(all, 0.995);
  return {paper, light - paper >= paper - dark ? light : dark};
}

ocr::BoxInk ink_of(const fill::LabelledPictures& pictures, std::size_t index, const InkLevels& levels,
                   Lie lie) {
  const std::size_t size = pictures.size_of_one();
  const auto picture = std::span(pictures.pixels).subspan(index * size, size);
  const bool turned = lie == Lie::transposed;
  ocr::BoxInk box{turned ? pictures.height : pictures.width, turned ? pictures.width : pictures.height, {}};
  const auto contrast = static_cast<float>(levels.darkest - levels.paper);
  for (std::size_t place = 0; place < picture.size(); ++place) {
    const auto above_paper = static_cast<float>(picture[place_in(place, pictures, lie)] - levels.paper);
    box.ink.push_back(contrast == 0 ? 0.0F : std::clamp(above_paper / contrast, 0.0F, 1.0F));
  }
  const float level = stretched_level(box.ink);
  for (float& value : box.ink) value = std::min(1.0F, value / level);
  return box;
}

}  // namespace softbot::eval

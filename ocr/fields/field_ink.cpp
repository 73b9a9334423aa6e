#include "ocr/fields/field_ink.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdlib>

#include "ocr/fields/printed_lines.h"

namespace softbot::ocr {
namespace {

constexpr double least_darkness = 0.10;  ///< of ink, beside that of paper
constexpr double noise_factor = 4.8;
constexpr double share_of_level = 0.35;  ///< what is lighter than this share of the darkest ink is its edge
constexpr double least_level = 0.22;
constexpr std::size_t least_ink = 25;  ///< pixels

constexpr double speck_mm = 0.35;
constexpr double speck_square_mm = 0.05;
constexpr double frame_dot_thickness_mm = 0.8;
constexpr double frame_dot_length_mm = 2.5;
constexpr double ruling_dot_length_mm = 6;  ///< nobody writes in dashes along a line

GrayImage above_paper(const PlacedPage& page, const PixelBox& area) {
  GrayImage ink = cut(page.darkness, area.x, area.y, area.width, area.height);
  const int paper = static_cast<int>(std::lround(page.paper * 255));
  for (std::uint8_t& value : ink.pixels) value = static_cast<std::uint8_t>(std::max(0, value - paper));
  return ink;
}

/// How dark the darkest ink in the places is; 0 when there is none.
double darkest(const FieldInk& field, const std::vector<MmBox>& places, int least) {
  std::array<std::size_t, 256> histogram{};
  std::size_t total = 0;
  for (const MmBox& place : places) {
    const PixelBox box = field.local(place);
    for (int y = box.y; y < box.bottom(); ++y) {
      for (int x = box.x; x < box.right(); ++x) {
        const int value = field.ink.at(x, y);
        if (value < least) continue;
        ++histogram[static_cast<std::size_t>(value)];
        ++total;
      }
    }
  }
  if (total < least_ink) return 0;
  std::size_t above = 0;
  int value = 255;
  while (value > 0 && static_cast<double>(above) < 0.05 * static_cast<double>(total))
    above += histogram[static_cast<std::size_t>(value--)];
  return value / 255.0;
}

/// A dot of a line that was printed light and came out as dots.
bool is_dot_of(const PrintedLine& line, const Blob& part, double longest_mm) {
  const int thickness = line.upright ? part.width : part.height;
  const int length = line.upright ? part.height : part.width;
  const double middle = line.upright ? part.middle.x : part.middle.y;
  const double along = line.upright ? part.middle.y : part.middle.x;
  return thickness <= frame_dot_thickness_mm * placed_per_mm && length <= longest_mm * placed_per_mm &&
         std::abs(middle - line.at) <= line_reach && along >= line.from - line_reach &&
         along <= line.to + line_reach;
}

bool is_speck(const Blob& part) {
  return length_mm(part) < speck_mm || square_mm(part.area) < speck_square_mm;
}

void find_parts(FieldInk& field, const std::vector<PrintedLine>& frames,
                const std::vector<PrintedLine>& rulings, int threshold) {
  GrayImage bilevel = field.ink;
  for (std::uint8_t& value : bilevel.pixels) value = value >= threshold ? 0 : 255;
  LabelledBlobs found = labelled_blobs(bilevel);
  std::vector<int> number(found.blobs.size(), -1);
  for (std::size_t i = 0; i < found.blobs.size(); ++i) {
    const Blob& part = found.blobs[i];
    const auto dot_of = [&](double longest_mm) {
      return [&part, longest_mm](const PrintedLine& line) { return is_dot_of(line, part, longest_mm); };
    };
    if (std::any_of(frames.begin(), frames.end(), dot_of(frame_dot_length_mm))) continue;
    if (std::any_of(rulings.begin(), rulings.end(), dot_of(ruling_dot_length_mm))) continue;
    if (is_speck(part)) {
      if (part.area > 1) field.specks.push_back(part);
      continue;
    }
    number[i] = static_cast<int>(field.parts.size());
    field.parts.push_back(part);
  }
  for (int& label : found.labels) label = label < 0 ? -1 : number[static_cast<std::size_t>(label)];
  field.labels = std::move(found.labels);
}

/// Means over squares of `side` pixels: what noise is left is much less.
GrayImage averaged(const GrayImage& image, int side) {
  const int width = image.width;
  const int height = image.height;
  const auto columns = static_cast<std::size_t>(width + 1);
  std::vector<int> sums(columns * static_cast<std::size_t>(height + 1), 0);
  for (int y = 0; y < height; ++y) {
    int row = 0;
    for (int x = 0; x < width; ++x) {
      row += image.at(x, y);
      sums[static_cast<std::size_t>(y + 1) * columns + static_cast<std::size_t>(x + 1)] =
          sums[static_cast<std::size_t>(y) * columns + static_cast<std::size_t>(x + 1)] + row;
    }
  }
  GrayImage result = image;
  const auto sum = [&](int x, int y) {
    return sums[static_cast<std::size_t>(y) * columns + static_cast<std::size_t>(x)];
  };
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const int left = std::max(0, x - side / 2);
      const int top = std::max(0, y - side / 2);
      const int right = std::min(width, x + side / 2 + 1);
      const int bottom = std::min(height, y + side / 2 + 1);
      const int total = sum(right, bottom) - sum(left, bottom) - sum(right, top) + sum(left, top);
      result.pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                    static_cast<std::size_t>(x)] =
          static_cast<std::uint8_t>(total / std::max(1, (right - left) * (bottom - top)));
    }
  }
  return result;
}

}  // namespace

double length_mm(const Blob& part) {
  return std::max(part.width, part.height) / placed_per_mm;
}

double square_mm(double pixels) {
  return pixels / (placed_per_mm * placed_per_mm);
}

PixelBox FieldInk::local(const MmBox& box) const {
  const auto pixel = [](double mm) { return static_cast<int>(std::lround(mm * placed_per_mm)); };
  const int left = std::clamp(pixel(box.x) - area.x, 0, area.width);
  const int top = std::clamp(pixel(box.y) - area.y, 0, area.height);
  const int right = std::clamp(pixel(box.x + box.width) - area.x, left, area.width);
  const int bottom = std::clamp(pixel(box.y + box.height) - area.y, top, area.height);
  return {left, top, right - left, bottom - top};
}

FieldInk field_ink(const PlacedPage& page, const MmBox& around, const std::vector<MmBox>& places,
                   Ruling ruling) {
  FieldInk field;
  field.area = pixels_of(around, page.darkness);
  field.noise = page.noise;
  field.bilevel = page.bilevel;
  field.ink = above_paper(page, field.area);
  if (field.ink.empty()) return field;
  std::vector<PrintedLine> lines;
  for (const MmBox& place : places) {
    for (const PrintedLine& side : sides_of(field.local(place))) lines.push_back(side);
  }
  if (ruling == Ruling::frames_and_lines) {
    for (const MmBox& place : places)
      field.ink = without_rulings(std::move(field.ink), field.local(place), lines);
  }
  field.ink = without_lines(std::move(field.ink), lines);
  const double least = std::max(least_darkness, noise_factor * page.noise);
  const double level = darkest(field, places, static_cast<int>(least * 255));
  field.level = level > 0 ? std::max(least_level, level) : 1;
  const auto threshold = static_cast<int>(std::max(least, level * share_of_level) * 255);
  std::vector<PrintedLine> rulings;
  if (ruling == Ruling::frames_and_lines) {
    for (const MmBox& place : places) {
      for (const PrintedLine& line : dotted_rulings(field.ink, field.local(place), threshold))
        rulings.push_back(line);
    }
  }
  find_parts(field, lines, rulings, threshold);
  return field;
}

namespace {

std::vector<double> places_of(const std::vector<Blob>& blobs, const PixelBox& area) {
  std::vector<double> places;
  for (const Blob& blob : blobs) {
    if (area.holds(static_cast<int>(blob.middle.x), static_cast<int>(blob.middle.y)))
      places.push_back(blob.middle.x);
  }
  return places;
}

/// The most of these places that lie in one word's room.
int most_together(std::vector<double> places) {
  constexpr double word_mm = 15;
  std::sort(places.begin(), places.end());
  std::size_t first = 0;
  std::size_t most = 0;
  for (std::size_t last = 0; last < places.size(); ++last) {
    while (places[last] - places[first] > word_mm * placed_per_mm) ++first;
    most = std::max(most, last - first + 1);
  }
  return static_cast<int>(most);
}

}  // namespace

int specks_in(const FieldInk& field, const MmBox& box) {
  return most_together(places_of(field.specks, field.local(box)));
}

int crumbs_in(const FieldInk& field, const MmBox& box) {
  std::vector<Blob> crumbs = field.specks;
  for (const Blob& part : field.parts) {
    if (length_mm(part) < short_mm) crumbs.push_back(part);
  }
  return most_together(places_of(crumbs, field.local(box)));
}

int beside_grains(int clean, double noise) {
  constexpr double hardly_grainy = 0.009;
  constexpr double grainy = 0.015;    // twice as many
  constexpr double most_share = 1.5;  // smoothed grains hang together
  const double share = std::clamp((noise - hardly_grainy) / (grainy - hardly_grainy), 0.0, most_share);
  return clean + static_cast<int>(std::lround(share * clean));
}

double faint_trace_mm(const FieldInk& field, const MmBox& box) {
  if (field.bilevel) return 0;
  constexpr int side = 5;  // pixels
  constexpr double least = 0.05;
  constexpr double thinnest_mm = 0.25;
  const PixelBox area = field.local(box);
  GrayImage soft = averaged(cut(field.ink, area.x, area.y, area.width, area.height), side);
  const double threshold = std::max(least, 2.2 * field.noise);  // noise of neighbours hangs together
  for (std::uint8_t& value : soft.pixels) value = value >= threshold * 255 ? 0 : 255;
  double longest = 0;
  for (const Blob& trace : black_blobs(soft)) {
    if (square_mm(trace.area) >= thinnest_mm * length_mm(trace))
      longest = std::max(longest, length_mm(trace));
  }
  return longest;
}

}  // namespace softbot::ocr

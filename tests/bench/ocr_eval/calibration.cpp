#include "calibration.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace softbot::eval {
namespace {

constexpr double side = 480;  ///< of the plot, in SVG units
constexpr double margin = 60;
constexpr double nearest = 1e-4;  ///< to 1 that the plot tells apart

template <class... Numbers>
std::string formatted(const char* format, Numbers... numbers) {
  std::array<char, 256> text{};
  std::snprintf(text.data(), text.size(), format, numbers...);
  return text.data();
}

CalibrationBin bin_of(const Judged* first, const Judged* last) {
  CalibrationBin bin{static_cast<std::size_t>(last - first), 0, 0};
  for (const Judged* one = first; one != last; ++one) {
    bin.said += one->said;
    bin.right += one->right ? 1 : 0;
  }
  bin.said /= static_cast<double>(bin.count);
  bin.right /= static_cast<double>(bin.count);
  return bin;
}

/// The end of a bin that begins at `first` and is meant to end at `wanted`: readings that say the same stay
/// together, with what comes after them where there is something before them.
std::size_t end_of(const std::vector<Judged>& readings, std::size_t first, std::size_t wanted) {
  if (wanted <= first || wanted == readings.size()) return wanted;
  const auto is_below = [](const Judged& one, const Judged& other) { return one.said < other.said; };
  const auto [begin, end] =
      std::equal_range(readings.begin(), readings.end(), readings[wanted - 1], is_below);
  const auto place = [&](auto one) { return static_cast<std::size_t>(one - readings.begin()); };
  if (place(end) == wanted) return wanted;
  return place(begin) > first ? place(begin) : place(end);
}

/// A probability's place on an axis, 0..1: by how many powers of ten it is short of 1.
double place_of(double probability) {
  return std::log10(std::max(nearest, 1 - probability)) / std::log10(nearest);
}

struct Interval {
  double low = 0;
  double high = 1;
};

Interval wilson95(const CalibrationBin& bin) {
  constexpr double z = 1.96;
  const auto count = static_cast<double>(bin.count);
  const double middle = (bin.right + z * z / (2 * count)) / (1 + z * z / count);
  const double reach =
      z / (1 + z * z / count) * std::sqrt(bin.right * (1 - bin.right) / count + z * z / (4 * count * count));
  return {std::max(0.0, middle - reach), std::min(1.0, middle + reach)};
}

double across(double probability) {
  return margin + side * place_of(probability);
}

double down(double probability) {
  return margin + side * (1 - place_of(probability));
}

std::string axes() {
  std::string svg = formatted("<rect x='%g' y='%g' width='%g' height='%g' fill='none' stroke='#888'/>\n",
                              margin, margin, side, side);
  for (const double mark : {0.0, 0.5, 0.9, 0.99, 0.999, 0.9999}) {
    svg += formatted("<text x='%g' y='%g' text-anchor='middle'>%g</text>\n", across(mark), margin + side + 20,
                     mark);
    svg += formatted("<text x='%g' y='%g' text-anchor='end'>%g</text>\n", margin - 6, down(mark) + 4, mark);
  }
  svg += formatted("<path d='M%g %gL%g %g' stroke='#888' stroke-dasharray='4 4'/>\n", margin, margin + side,
                   margin + side, margin);
  svg += formatted("<text x='%g' y='%g' text-anchor='middle'>said</text>\n", margin + side / 2,
                   margin + side + 44);
  return svg + formatted("<text x='%g' y='%g'>right</text>\n", margin, margin - 10);
}

std::string without_markup(std::string_view text) {
  std::string safe;
  for (const char sign : text) safe += sign == '<' || sign == '&' || sign == '>' ? ' ' : sign;
  return safe;
}

}  // namespace

Calibration calibration_of(std::vector<Judged> readings, std::size_t bins) {
  Calibration calibration;
  if (readings.empty()) return calibration;
  std::sort(readings.begin(), readings.end(),
            [](const Judged& one, const Judged& other) { return one.said < other.said; });
  const auto count = static_cast<double>(readings.size());
  for (const Judged& one : readings) {
    const double off = one.said - (one.right ? 1 : 0);
    calibration.brier += off * off / count;
  }
  std::size_t first = 0;
  for (std::size_t i = 1; i <= bins; ++i) {
    const std::size_t last = end_of(readings, first, i * readings.size() / bins);
    if (last <= first) continue;
    const CalibrationBin bin = bin_of(readings.data() + first, readings.data() + last);
    calibration.error += std::abs(bin.said - bin.right) * static_cast<double>(bin.count) / count;
    calibration.bins.push_back(bin);
    first = last;
  }
  return calibration;
}

std::string table_of(const Calibration& calibration) {
  std::string table = formatted(
      "brier %.5f\ncalibration error %.5f in %zu bins of equal mass\n   count      said     right\n",
      calibration.brier, calibration.error, calibration.bins.size());
  for (const CalibrationBin& bin : calibration.bins)
    table += formatted("%8zu  %8.5f  %8.5f\n", bin.count, bin.said, bin.right);
  return table;
}

std::string plot_of(const Calibration& calibration, std::string_view title) {
  constexpr double whole = side + 2 * margin;
  std::string svg =
      formatted(
          "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %g %g' font-family='sans-serif' "
          "font-size='12'>\n",
          whole, whole) +
      "<rect width='100%' height='100%' fill='white'/>\n" +
      formatted("<text x='%g' y='24' text-anchor='middle' font-size='15'>", whole / 2) +
      without_markup(title) +
      formatted(": Brier %.4f, calibration error %.4f</text>\n", calibration.brier, calibration.error) +
      axes();
  for (const CalibrationBin& bin : calibration.bins) {
    const Interval likely = wilson95(bin);
    const double x = across(bin.said);
    svg += formatted("<path d='M%g %gL%g %g' stroke='#06c'/>\n", x, down(likely.low), x, down(likely.high));
    svg += formatted("<circle cx='%g' cy='%g' r='4' fill='#06c'/>\n", x, down(bin.right));
  }
  return svg + "</svg>\n";
}

}  // namespace softbot::eval

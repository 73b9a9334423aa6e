#include "glyph_sets.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <stdexcept>

#include "samples/fill/idx.h"

namespace softbot::ocr {
namespace {

constexpr int box_width = 60;
constexpr int box_height = 76;

std::vector<WrittenGlyph> glyphs_in(const std::filesystem::path& images_file,
                                    const std::filesystem::path& labels_file) {
  const auto read = fill::read_labelled_pictures(images_file, labels_file);
  if (!read) throw std::runtime_error(read.error().message);
  std::vector<WrittenGlyph> glyphs;
  auto pixel = read->pixels.begin();
  for (const std::uint8_t label : read->labels) {
    WrittenGlyph glyph{static_cast<char>(label < 10 ? '0' + label : label), {read->width, read->height, {}}};
    for (std::size_t at = 0; at < read->size_of_one(); ++at) {
      glyph.ink.ink.push_back(static_cast<float>(*pixel++) / 255);
    }
    glyphs.push_back(std::move(glyph));
  }
  return glyphs;
}

double between(std::mt19937& random, double least, double most) {
  return std::uniform_real_distribution<double>(least, most)(random);
}

bool one_in(std::mt19937& random, unsigned many) {
  return random() % many == 0;
}

/// The part that holds ink.
cv::Mat cut_out(const cv::Mat& glyph) {
  std::vector<cv::Point> inked;
  cv::findNonZero(glyph > 0.25, inked);
  return inked.empty() ? glyph : glyph(cv::boundingRect(inked));
}

/// From the glyph's square to the box: size, turn, slant, place.
cv::Mat placed(const cv::Mat& glyph, std::mt19937& random) {
  const double size = between(random, 26, 56) / std::max(glyph.cols, glyph.rows);
  const double turn = between(random, -0.12, 0.12);
  const double slant = between(random, -0.2, 0.2);
  const double stretch = between(random, 0.88, 1.12);
  const double x = box_width / 2.0 + between(random, -5, 5);
  const double y = box_height / 2.0 + between(random, -8, 8);
  const double a = size * stretch * std::cos(turn);
  const double b = size * (slant * std::cos(turn) - std::sin(turn));
  const double c = size * stretch * std::sin(turn);
  const double d = size * (slant * std::sin(turn) + std::cos(turn));
  const cv::Matx23d map(a, b, x - a * glyph.cols / 2 - b * glyph.rows / 2,  //
                        c, d, y - c * glyph.cols / 2 - d * glyph.rows / 2);
  cv::Mat box;
  cv::warpAffine(glyph, box, map, {box_width, box_height}, cv::INTER_LINEAR, cv::BORDER_CONSTANT, 0);
  return box;
}

cv::Mat with_pen(const cv::Mat& box, std::mt19937& random) {
  const auto kind = random() % 10;
  if (kind > 3) return box;
  const cv::Mat tip = cv::getStructuringElement(cv::MORPH_ELLIPSE, {2 + int(random() % 2), 2});
  cv::Mat drawn;
  if (kind < 2) {
    cv::dilate(box, drawn, tip);
    return drawn;
  }
  cv::erode(box, drawn, tip);
  return cv::sum(drawn)[0] > 0.45 * cv::sum(box)[0] ? drawn : box;
}

void leave_frame(cv::Mat& box, std::mt19937& random) {
  const int along = static_cast<int>(between(random, 5, box_width - 20));
  const int reach = static_cast<int>(between(random, 4, 20));
  const int y = one_in(random, 2) ? int(random() % 3) : box_height - 1 - int(random() % 3);
  cv::line(box, {along, y}, {std::min(along + reach, box_width - 1), y}, between(random, 0.2, 0.7));
}

}  // namespace

GlyphSets glyph_sets(const std::filesystem::path& folder, const std::string& alphabet) {
  const std::string images_end = "-" + alphabet + "-images-idx3-ubyte.gz";
  GlyphSets sets;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (!name.ends_with(images_end)) continue;
    const std::string source = name.substr(0, name.size() - images_end.size());
    sets[source] = glyphs_in(entry.path(), folder / (source + "-" + alphabet + "-labels-idx1-ubyte.gz"));
  }
  return sets;
}

BoxInk as_scanned(const BoxInk& glyph, std::mt19937& random) {
  const cv::Mat ink = cv::Mat(glyph.ink, true).reshape(1, glyph.height);
  cv::Mat box = with_pen(placed(cut_out(ink), random), random);
  cv::GaussianBlur(box, box, {0, 0}, between(random, 0.4, 1.1));
  double most = 0;
  cv::minMaxLoc(box, nullptr, &most);
  if (most > 0) box /= most;
  if (one_in(random, 5)) leave_frame(box, random);
  const double darkest = between(random, 0.7, 1.0);
  if (one_in(random, 200)) box.rowRange(0, box_height / 2).setTo(0);
  std::normal_distribution<float> noise(0, static_cast<float>(between(random, 0, 0.05)));
  BoxInk scanned{box_width, box_height, {}};
  for (int y = 0; y < box.rows; ++y) {
    for (int x = 0; x < box.cols; ++x) {
      const float value = box.at<float>(y, x) * static_cast<float>(darkest) + noise(random);
      scanned.ink.push_back(std::clamp(value, 0.0F, 1.0F));
    }
  }
  return scanned;
}

}  // namespace softbot::ocr

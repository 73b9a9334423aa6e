#include "ocr/page/codes.h"

#define ZX_USE_UTF8  // text() gives UTF-8
#include <ZXing/ReadBarcode.h>

#include <algorithm>
#include <exception>
#include <functional>
#include <utility>

#include "ocr/page/pixels.h"

namespace softbot::ocr {
namespace {

/// The part of a picture that was searched, at another scale.
struct Window {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
};

bool has_ours(const std::vector<FoundCode>& codes) {
  return std::any_of(codes.begin(), codes.end(),
                     [](const FoundCode& code) { return is_of_softbot(code.text); });
}

std::vector<FoundCode> find_in(const GrayImage& image, const Window& window, double factor,
                               const std::function<GrayImage(GrayImage)>& prepare) {
  GrayImage part = cut(image, window.x, window.y, window.width, window.height);
  if (part.empty()) return {};
  if (factor < 0.95 || factor > 1.05) {
    part = resized(part, factor);
  } else {
    factor = 1;
  }
  std::vector<FoundCode> found = find_codes(prepare(std::move(part)));
  for (FoundCode& code : found) {
    for (Point& corner : code.corners) {
      corner = {corner.x / factor + std::max(0, window.x), corner.y / factor + std::max(0, window.y)};
    }
    code.blur /= factor;
  }
  return found;
}

GrayImage as_it_is(GrayImage image) {
  return image;
}

/// Strips along the edges: a page of ours has its code at the top, however it lies.
std::vector<Window> edges(const GrayImage& image) {
  const int across = image.width;
  const int down = image.height;
  const int strip = std::max(across, down) / 5;
  return {{0, 0, across, strip},
          {0, down - strip, across, strip},
          {across - strip, 0, strip, down},
          {0, 0, strip, down}};
}

}  // namespace

bool is_of_softbot(const std::string& text) {
  return text.size() > 4 && text.starts_with("SB") && text[2] >= '0' && text[2] <= '9';
}

std::vector<FoundCode> find_codes(const GrayImage& image) {
  std::vector<FoundCode> found;
  if (image.width < 21 || image.height < 21) return found;
  ZXing::DecodeHints hints;
  hints.setFormats(ZXing::BarcodeFormat::QRCode);
  hints.setTryRotate(false);
  hints.setMaxNumberOfSymbols(4);
  const ZXing::ImageView view(image.pixels.data(), image.width, image.height, ZXing::ImageFormat::Lum);
  try {
    for (const ZXing::Result& result : ZXing::ReadBarcodes(view, hints)) {
      if (!result.isValid() || result.isMirrored()) continue;
      FoundCode code;
      code.text = result.text();
      for (std::size_t i = 0; i < code.corners.size(); ++i) {
        code.corners[i] = {static_cast<double>(result.position()[i].x),
                           static_cast<double>(result.position()[i].y)};
      }
      found.push_back(std::move(code));
    }
  } catch (const std::exception&) {
    // a picture that the library cannot take has no code that it can read
    found.clear();
  }
  return found;
}

std::vector<std::string> texts_of_codes(const GrayImage& image) {
  std::vector<std::string> texts;
  if (image.width < 8 || image.height < 8) return texts;
  ZXing::DecodeHints hints;
  hints.setFormats(ZXing::BarcodeFormat::Any);
  hints.setTryHarder(true);
  hints.setTryRotate(true);
  hints.setMaxNumberOfSymbols(4);
  const ZXing::ImageView view(image.pixels.data(), image.width, image.height, ZXing::ImageFormat::Lum);
  try {
    for (const ZXing::Result& result : ZXing::ReadBarcodes(view, hints)) {
      std::string text = result.text();
      if (result.isValid() && !text.empty() && std::ranges::find(texts, text) == texts.end())
        texts.push_back(std::move(text));
    }
  } catch (const std::exception&) {
    texts.clear();  // a picture that the library cannot take has no code that it can read
  }
  return texts;
}

std::vector<FoundCode> find_page_code(const GrayImage& image, double pixels_per_mm) {
  if (image.empty() || !(pixels_per_mm > 0)) return {};
  const Window all{0, 0, image.width, image.height};
  constexpr double moderate = 8;  // pixels a millimetre: five for a module of 0.6 mm
  const double to_moderate = std::min(2.0, moderate / pixels_per_mm);
  const double to_fine = std::min(1.0, 1.5 * moderate / pixels_per_mm);
  std::vector<FoundCode> others;
  const auto search = [&](const Window& window, double factor,
                          const std::function<GrayImage(GrayImage)>& prepare) {
    std::vector<FoundCode> found = find_in(image, window, factor, prepare);
    const bool ours = has_ours(found);
    if (ours || others.empty()) others = std::move(found);
    return ours;
  };
  for (const Window& window : edges(image)) {
    if (search(window, to_moderate, as_it_is)) return others;
  }
  const int radius = static_cast<int>(3 * moderate);
  const auto bilevel = [&](GrayImage part) { return locally_bilevel(part, radius); };
  const auto soft = [](GrayImage part) { return smoothed(part, 1.2); };
  const auto soft_bilevel = [&](GrayImage part) { return locally_bilevel(smoothed(part, 1.5), radius); };
  const std::vector<std::pair<double, std::function<GrayImage(GrayImage)>>> further{
      {to_moderate, as_it_is}, {to_moderate, soft},         {to_moderate, bilevel},
      {to_fine, as_it_is},     {to_moderate, soft_bilevel}, {to_moderate / 1.6, as_it_is}};
  for (const auto& [factor, prepare] : further) {
    if (search(all, factor, prepare)) break;
  }
  return others;
}

}  // namespace softbot::ocr

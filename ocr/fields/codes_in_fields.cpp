#include "ocr/fields/codes_in_fields.h"

#include <algorithm>
#include <string>

#include "forms/geometry/reading_template.h"
#include "ocr/page/codes.h"
#include "ocr/page/pixels.h"

namespace softbot::ocr {
namespace {

constexpr double margin_mm = 3;    ///< the quiet zone, and a page that lies a little aside
constexpr double checked = 0.999;  ///< a checksum held
constexpr std::size_t longest_text = 500;

void say(const std::vector<std::string>& texts, Reading& reading) {
  reading.value = Value(texts.front());
  const bool one = texts.size() == 1;
  reading.state = one ? ReadingState::certain : ReadingState::doubtful;
  reading.probability = one ? checked : 1.0 / static_cast<double>(texts.size());
  for (std::size_t i = 1; i < texts.size(); ++i)
    reading.alternatives.push_back({Value(texts[i]), reading.probability});
}

}  // namespace

void read_codes(const PlacedPage& page, const FormGeometry& geometry, int number,
                std::vector<Reading>& readings) {
  for (const PaperField& field : geometry.fields) {
    if (field.page != number || !is_barcode(field)) continue;
    const auto reading = std::ranges::find(readings, field.name, &Reading::field);
    if (reading == readings.end() || !is_seen(page, field.box)) continue;
    const PixelBox area = pixels_of(grown(field.box, margin_mm), page.gray);
    std::vector<std::string> texts = texts_of_codes(cut(page.gray, area.x, area.y, area.width, area.height));
    std::erase_if(texts, [](const std::string& text) { return text.size() > longest_text; });
    if (!texts.empty()) say(texts, *reading);
  }
}

}  // namespace softbot::ocr

#include "web/page_pictures.h"

#include <algorithm>
#include <cmath>

#include "domain/measure.h"
#include "web/words.h"

namespace softbot::web {
namespace {

bool is_picture(const DocumentRecord& document) {
  return document.media_type == "image/png" || document.media_type == "image/jpeg";
}

double length_at(const Value& box, std::size_t index) {
  return index < box.items().size() ? measure_in(box.items()[index]).value_or(0) : 0;
}

Value place_view(const PlaceOnPage& place) {
  const auto at = [&](std::size_t index) { return length_at(place.box_mm, index); };
  constexpr double margin = 1;  // mm: the line stands beside the ink, not on it
  return Value::object({{"placeId", place.id},
                        {"placeNumber", place.number},
                        {"placeState", place.state},
                        {"x", millimetres(std::max(0.0, at(0) - margin))},
                        {"y", millimetres(std::max(0.0, at(1) - margin))},
                        {"width", millimetres(at(2) + 2 * margin)},
                        {"height", millimetres(at(3) + 2 * margin)},
                        {"numberX", millimetres(std::max(6.0, at(0) - margin - 1))},
                        {"numberY", millimetres(at(1) + at(3) / 2 + 1.6)}});
}

}  // namespace

std::string millimetres(double length) {
  const long tenths = std::lround(length * 10);
  return std::to_string(tenths / 10) + "." + std::to_string(std::labs(tenths % 10));
}

Value pictures_view(const std::vector<PagePicture>& pictures) {
  Value pages = Value::list();
  for (const PagePicture& picture : pictures) {
    Value places = Value::list();
    for (const PlaceOnPage& place : picture.places) {
      if (place.box_mm.items().size() == 4) places.push(place_view(place));
    }
    pages.push(Value::object({{"pageId", picture.id},
                              {"pageTitle", picture.title},
                              {"src", picture.address},
                              {"hasPlaces", !places.items().empty()},
                              {"places", std::move(places)}}));
  }
  return pages;
}

std::vector<PagePicture> pictures_among(const std::vector<DocumentRecord>& documents,
                                        const std::string& address) {
  std::vector<PagePicture> pictures;
  for (const DocumentRecord& document : documents) {
    if (!is_picture(document) || document.kind == "scan-crop") continue;
    const std::string number = std::to_string(pictures.size() + 1);
    pictures.push_back({"pagina-" + number,
                        document.kind == "scan-page" ? document.title : "Bladzijde " + number,
                        address + document.id.text,
                        {}});
  }
  return pictures;
}

Value files_among(const std::vector<DocumentRecord>& documents, const std::string& address) {
  Value files = Value::list();
  for (const DocumentRecord& document : documents) {
    if (is_picture(document)) continue;
    const bool pdf = document.media_type == "application/pdf";
    files.push(Value::object({{"fileTitle", document.kind == "scan" ? "Het hele bestand" : document.title},
                              {"fileAddress", address + document.id.text},
                              {"fileSize", (pdf ? "PDF, " : "") + size_words(document.bytes)}}));
  }
  return files;
}

}  // namespace softbot::web

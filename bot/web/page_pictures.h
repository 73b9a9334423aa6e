#pragma once

#include <string>
#include <vector>

#include "domain/value.h"
#include "ports/records.h"

namespace softbot::web {

/// "12.5": a length as SVG takes it, whatever the language of the machine.
[[nodiscard]] std::string millimetres(double length);

/// Where something stands on a page, drawn over its picture.
struct PlaceOnPage {
  std::string id;      ///< of the place: "plek-<id>"
  std::string number;  ///< beside it and beside its field; "" for none
  std::string state;   ///< doubtful, done, other: how it is drawn
  Value box_mm;        ///< x, y, width, height from the top left of an A4
};

/// A page of paper as a picture. Only what browsers show: PNG and JPEG.
struct PagePicture {
  std::string id;  ///< of the figure
  std::string title;
  std::string address;
  std::vector<PlaceOnPage> places = {};
};

/// The context of staff/page_pictures.
[[nodiscard]] Value pictures_view(const std::vector<PagePicture>& pictures);

/// The pictures among a case's documents; `address` is what their ids stand behind.
[[nodiscard]] std::vector<PagePicture> pictures_among(const std::vector<DocumentRecord>& documents,
                                                      const std::string& address);
/// What is no picture, as a list to open: {fileTitle, fileAddress, fileSize}.
[[nodiscard]] Value files_among(const std::vector<DocumentRecord>& documents, const std::string& address);

}  // namespace softbot::web

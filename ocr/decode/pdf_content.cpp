#include "ocr/decode/pdf_content.h"

#include <set>

namespace softbot::ocr {
namespace {

/// The least part of each side of the page that the picture takes; printers leave a margin.
constexpr double least_cover = 0.9;
constexpr std::size_t deepest = 32;

/// Operators that draw nothing: text state and positions, marked content, line style, colours.
bool draws_nothing(const std::string& name) {
  static const std::set<std::string> harmless{"BT", "ET", "Tc",  "Tw",  "Tz",  "TL", "Tf", "Ts", "Td", "TD",
                                              "Tm", "T*", "BMC", "BDC", "EMC", "MP", "DP", "BX", "EX", "w",
                                              "J",  "j",  "M",   "d",   "ri",  "i",  "g",  "G",  "rg", "RG",
                                              "k",  "K",  "cs",  "CS",  "sc",  "SC", "n"};
  return harmless.count(name) != 0;
}

bool shows_text(const std::string& name) {
  return name == "Tj" || name == "TJ" || name == "'" || name == "\"";
}

}  // namespace

void OnePictureCheck::take(const std::string& name, const std::vector<double>& numbers,
                           const std::string& picture) {
  if (!sound_) return;
  if (name == "q") {
    saved_.push_back(current_);
    sound_ = saved_.size() <= deepest;
  } else if (name == "Q") {
    sound_ = !saved_.empty();
    if (!sound_) return;
    current_ = saved_.back();
    saved_.pop_back();
  } else if (name == "cm") {
    sound_ = numbers.size() == 6 && numbers[1] == 0 && numbers[2] == 0;
    if (!sound_) return;
    const Matrix before = current_;
    current_ = {numbers[0] * before[0],
                0,
                0,
                numbers[3] * before[3],
                numbers[4] * before[0] + before[4],
                numbers[5] * before[3] + before[5]};
  } else if (name == "Do") {
    place(picture);
  } else if (name == "re") {
    sound_ = rectangle_.empty() && numbers.size() == 4;
    rectangle_ = numbers;
  } else if (name == "W" || name == "W*") {
    clip(rectangle_);
  } else if (name == "Tr") {
    text_hidden_ = numbers.size() == 1 && numbers[0] == 3;
  } else if (shows_text(name)) {
    sound_ = text_hidden_;
  } else {
    sound_ = draws_nothing(name);
  }
  if (name == "n") rectangle_.clear();
}

void OnePictureCheck::place(const std::string& picture) {
  ++pictures_;
  picture_ = picture;
  placed_ = current_;
  sound_ = pictures_ == 1 && placed_[0] > 0 && placed_[3] > 0 &&
           covers_page(placed_[4], placed_[5], placed_[4] + placed_[0], placed_[5] + placed_[3]);
}

void OnePictureCheck::clip(const std::vector<double>& rectangle) {
  sound_ = rectangle.size() == 4;
  if (!sound_) return;
  const double left = rectangle[0] * current_[0] + current_[4];
  const double bottom = rectangle[1] * current_[3] + current_[5];
  sound_ = covers_page(left, bottom, left + rectangle[2] * current_[0], bottom + rectangle[3] * current_[3]);
}

/// Nor does it stick out: then the rest of the picture is not to be seen.
bool OnePictureCheck::covers_page(double left, double bottom, double right, double top) const {
  const double width = page_.right - page_.left;
  const double height = page_.top - page_.bottom;
  const double spare_across = width * (1 - least_cover);
  const double spare_down = height * (1 - least_cover);
  const double over = 2;  // points
  return right - left >= width * least_cover && top - bottom >= height * least_cover &&
         left >= page_.left - over && left <= page_.left + spare_across && right <= page_.right + over &&
         bottom >= page_.bottom - over && bottom <= page_.bottom + spare_down && top <= page_.top + over;
}

}  // namespace softbot::ocr

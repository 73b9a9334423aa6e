#pragma once

// Plain C++17, as pdf_file.h.

#include <array>
#include <cstddef>
#include <string>
#include <vector>

namespace softbot::ocr {

/// Follows the operators of a page's content and finds out whether all that it draws is one picture, upright
/// and unclipped. Text that is not shown (as scanners put under a scan) is passed over.
class OnePictureCheck {
 public:
  using Matrix = std::array<double, 6>;

  /// The page as far as it is shown, in points.
  struct Area {
    double left = 0;
    double bottom = 0;
    double right = 0;
    double top = 0;
  };
  explicit OnePictureCheck(const Area& page) : page_(page) {}

  /// One operator with the numbers before it and, for Do, the name.
  void take(const std::string& name, const std::vector<double>& numbers, const std::string& picture);

  [[nodiscard]] bool holds() const { return sound_ && pictures_ == 1; }
  [[nodiscard]] const std::string& picture() const { return picture_; }
  /// Width and height of the picture on paper, in points.
  [[nodiscard]] double placed_width() const { return placed_[0]; }
  [[nodiscard]] double placed_height() const { return placed_[3]; }

 private:
  void place(const std::string& picture);
  void clip(const std::vector<double>& rectangle);
  [[nodiscard]] bool covers_page(double left, double bottom, double right, double top) const;

  Area page_;
  bool sound_ = true;
  int pictures_ = 0;
  std::string picture_;
  Matrix placed_{};
  Matrix current_{1, 0, 0, 1, 0, 0};
  std::vector<Matrix> saved_;
  bool text_hidden_ = false;
  std::vector<double> rectangle_;  ///< a path of one rectangle that is not used yet
};

}  // namespace softbot::ocr

#include "ocr/fields/recogniser.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "ocr/fields/nets.h"
#include "ocr/fields/normalise.h"
#include "ocr/fields/print.h"

namespace softbot::ocr {
namespace {

/// Ink below the net's threshold that may still be a pale stroke: a box with more of it than this share is
/// not surely empty.
constexpr float pale_ink = 0.15F;
constexpr double pale_share = 0.01;
/// A mark lower and narrower than this share of the box is a dot, dust or what is left of a frame: no sign of
/// any alphabet here is that small.
constexpr double smallest_sign = 0.12;

/// Width and height of the box of all ink above a threshold, and its share of the area.
struct InkExtent {
  int width = 0;
  int height = 0;
  double share = 0;
};

InkExtent extent_of(const BoxInk& box, float threshold) {
  if (box.width <= 0 || box.height <= 0) return {};
  int left = box.width;
  int right = -1;
  int top = box.height;
  int bottom = -1;
  std::size_t count = 0;
  for (std::size_t at = 0; at < box.ink.size(); ++at) {
    if (!(box.ink[at] > threshold)) continue;
    ++count;
    const int x = static_cast<int>(at % static_cast<std::size_t>(box.width));
    const int y = static_cast<int>(at / static_cast<std::size_t>(box.width));
    left = std::min(left, x);
    right = std::max(right, x);
    top = std::min(top, y);
    bottom = std::max(bottom, y);
  }
  if (count == 0) return {};
  return {right - left + 1, bottom - top + 1,
          static_cast<double>(count) / static_cast<double>(box.ink.size())};
}

bool surely_empty(const BoxInk& box) {
  const bool sizes_are_true =
      box.width > 0 && box.height > 0 &&
      box.ink.size() == static_cast<std::size_t>(box.width) * static_cast<std::size_t>(box.height);
  if (!sizes_are_true) return false;
  const InkExtent pale = extent_of(box, pale_ink);
  const int longest = std::max(pale.width, pale.height);
  return pale.share < pale_share && longest < smallest_sign * box.height;
}

bool asks_digits(char sign) {
  return sign != 'A';
}

bool asks_capitals(char sign) {
  return sign != '9';
}

class NetsAndPrint final : public Recogniser {
 public:
  NetsAndPrint(Nets nets, std::unique_ptr<PrintReader> print)
      : nets_(std::move(nets)), print_(std::move(print)) {}

  std::vector<SignChances> signs(const std::vector<BoxInk>& boxes, std::string_view pattern) override {
    std::vector<SignChances> found(boxes.size());
    std::vector<std::size_t> digit_boxes;
    std::vector<std::size_t> capital_boxes;
    std::vector<std::vector<float>> digits;
    std::vector<std::vector<float>> capitals;
    for (std::size_t i = 0; i < boxes.size(); ++i) {
      found[i].empty = surely_empty(boxes[i]);
      if (found[i].empty) continue;
      const char sign = i < pattern.size() ? pattern[i] : '?';
      std::vector<float> glyph = normalised(boxes[i], nets_.normalisation);
      if (asks_digits(sign)) {
        digit_boxes.push_back(i);
        digits.push_back(glyph);
      }
      if (asks_capitals(sign)) {
        capital_boxes.push_back(i);
        capitals.push_back(std::move(glyph));
      }
    }
    auto digit_chances = nets_.digits->probabilities(digits);
    auto capital_chances = nets_.capitals->probabilities(capitals);
    for (std::size_t i = 0; i < digit_boxes.size(); ++i) {
      found[digit_boxes[i]].digits = std::move(digit_chances[i]);
    }
    for (std::size_t i = 0; i < capital_boxes.size(); ++i) {
      found[capital_boxes[i]].capitals = std::move(capital_chances[i]);
    }
    return found;
  }

  std::string printed_text(const GrayImage& page) override { return print_->text_of(page); }
  std::vector<PrintedWord> printed_words(const GrayImage& page) override { return print_->words_of(page); }

  std::string version() const override {
    return "digits " + nets_.digits->version() + ", capitals " + nets_.capitals->version();
  }

 private:
  Nets nets_;
  std::unique_ptr<PrintReader> print_;
};

}  // namespace

Result<std::unique_ptr<Recogniser>> Recogniser::load(const std::filesystem::path& models) {
  auto nets = load_nets(models);
  if (!nets) return fail(nets.error());
  auto print = PrintReader::load();
  if (!print) return fail(print.error());
  return std::make_unique<NetsAndPrint>(*std::move(nets), *std::move(print));
}

}  // namespace softbot::ocr

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "bench/ocr_eval/cut_glyphs.h"
#include "bench/ocr_eval/try_models.h"
#include "domain/json.h"
#include "forms/geometry/field_crop.h"
#include "ocr/fields/nets.h"
#include "samples/fill/codec.h"
#include "samples/fill/idx.h"
#include "support/checkout.h"
#include "support/process.h"

namespace softbot::eval {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using tests::Ended;

const std::filesystem::path here = checkout() / "tests" / "unit" / "ocr_eval";
const std::filesystem::path models = checkout() / "ocr" / "models";

Ended ocr_eval(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), SOFTBOT_OCR_EVAL);
  return tests::run(arguments);
}

/// A field of four boxes for digits, as printed forms have them.
PaperField four_boxes() {
  PaperField field;
  field.name = "amount";
  field.part = "common";
  field.answer_kind = "integer";
  field.field_class = "decisive";
  field.box = {20, 50, 26, 8};
  for (int i = 0; i < 4; ++i) field.boxes.push_back({20 + 6.5 * i, 50, 6.5, 8});
  field.pattern = "9999";
  return field;
}

fill::Picture paper_with_frames(const FormGeometry& geometry) {
  const auto pixels = [](double mm) { return static_cast<int>(std::lround(mm * crop_pixels_per_mm)); };
  fill::Picture paper =
      fill::blank_picture(pixels(geometry.page_width), pixels(geometry.page_height), 1, 152.4);
  for (const MmBox& box : geometry.fields.front().boxes) {
    const int left = pixels(box.x);
    const int right = pixels(box.x + box.width);
    const int top = pixels(box.y);
    const int bottom = pixels(box.y + box.height);
    for (int x = left; x <= right; ++x) *paper.at(x, top) = *paper.at(x, bottom) = 200;
    for (int y = top; y <= bottom; ++y) *paper.at(left, y) = *paper.at(right, y) = 200;
  }
  return paper;
}

/// Draws a white-on-black digit as ink into a box, pixel by pixel.
void draw(const fill::LabelledPictures& digits, std::size_t which, const MmBox& box, fill::Picture& paper) {
  const int left = static_cast<int>(std::lround((box.x + 0.6) * crop_pixels_per_mm));
  const int top = static_cast<int>(std::lround((box.y + 1.3) * crop_pixels_per_mm));
  for (int y = 0; y < digits.height; ++y) {
    for (int x = 0; x < digits.width; ++x) {
      const auto at = which * digits.size_of_one() + static_cast<std::size_t>(y * digits.width + x);
      if (digits.pixels[at] > 127) *paper.at(left + x, top + y) = 40;
    }
  }
}

/// An export of readings of four digits each, as `softbot corrections export` lays it out.
class Export {
 public:
  explicit Export(std::size_t readings) {
    const auto digits = fill::read_labelled_pictures(here / "optdigits-images-idx3-ubyte.gz",
                                                     here / "optdigits-labels-idx1-ubyte.gz");
    if (!digits) throw std::runtime_error(digits.error().message);
    const FormGeometry geometry = geometry_of_crop(four_boxes());
    for (std::size_t i = 0; i < readings; ++i) {
      fill::Picture paper = paper_with_frames(geometry);
      std::string written;
      for (std::size_t box = 0; box < 4; ++box) {
        // No number begins with 0: the field's rules would not take it.
        std::size_t which = (4 * i + 7 * box) % digits->count();
        while (box == 0 && digits->labels[which] == 0) which = (which + 1) % digits->count();
        draw(*digits, which, geometry.fields.front().boxes[box], paper);
        written += static_cast<char>('0' + digits->labels[which]);
      }
      add(paper, Value::object({{"geometry", to_value(geometry)}, {"written", written}}));
    }
  }
  void add(const fill::Picture& paper, Value line) {
    const std::string name = std::to_string(++count_) + ".png";
    const auto bytes = fill::encode({paper}, {fill::ScanFormat::png, false, 75});
    if (!bytes) throw std::runtime_error(bytes.error().message);
    std::ofstream(folder() / name, std::ios::binary) << *bytes;
    line.set("picture", name);
    std::ofstream(folder() / "readings.jsonl", std::ios::app) << to_json(line) << '\n';
  }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_.path(); }

 private:
  tests::TemporaryFolder folder_;
  int count_ = 0;
};

TEST(OcrEvalGlyphs, CutsAnExportIntoFilesToTrainWith) {
  const Export corrections(15);
  const tests::TemporaryFolder out;
  const Ended ended =
      ocr_eval({"glyphs", "--dir", corrections.folder().string(), "--out", (out.path() / "cut").string()});
  ASSERT_EQ(ended.status, 0) << ended.output;
  const auto digits =
      fill::read_labelled_pictures(out.path() / "cut" / "corrections-digits-images-idx3-ubyte",
                                   out.path() / "cut" / "corrections-digits-labels-idx1-ubyte");
  ASSERT_TRUE(digits) << digits.error().message;
  EXPECT_EQ(digits->width, 32);
  EXPECT_GE(digits->count(), 48u) << ended.output << "of fifteen readings of four digits a few may be joined";
  const Ended read =
      ocr_eval({"characters", "--classes", "digits", "--images",
                (out.path() / "cut" / "corrections-digits-images-idx3-ubyte").string(), "--labels",
                (out.path() / "cut" / "corrections-digits-labels-idx1-ubyte").string()});
  ASSERT_EQ(read.status, 0) << read.output;
  EXPECT_GE(std::stod(read.output.substr(read.output.find(' ') + 1)), 0.9) << "each goes with its label";
}

TEST(OcrEvalGlyphs, LeavesOutAReadingWhoseInkIsNotWhatAPersonSays) {
  const Export corrections(1);
  auto readings = kept_readings(corrections.folder());
  ASSERT_TRUE(readings) << readings.error().message;
  const auto nets = ocr::load_nets(models);
  ASSERT_TRUE(nets) << nets.error().message;
  EXPECT_THAT(glyphs_of(readings->front(), nets->normalisation), SizeIs(4));
  readings->front().written = "12";
  EXPECT_THAT(glyphs_of(readings->front(), nets->normalisation), IsEmpty());
}

TEST(OcrEvalCorrections, LetsModelsReplaceThemselvesAndTellsBoth) {
  const Export corrections(least_readings);
  const Ended ended =
      ocr_eval({"corrections", "--dir", corrections.folder().string(), "--models", models.string()});
  EXPECT_EQ(ended.status, 0) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("in use (digits"));
  EXPECT_THAT(ended.output, HasSubstr("new (digits"));
  EXPECT_THAT(ended.output, HasSubstr("of 50 upper95"));
  EXPECT_THAT(ended.output, HasSubstr("may replace"));
}

TEST(OcrEvalCorrections, SaysNothingOfModelsOnTooFewReadings) {
  const Export corrections(2);
  const Ended ended =
      ocr_eval({"corrections", "--dir", corrections.folder().string(), "--models", models.string()});
  EXPECT_EQ(ended.status, 1) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("refused\n  there are 2 readings; 50 are the least"));
}

TEST(OcrEvalCorrections, NamesTheLineThatIsWrong) {
  const Export corrections(1);
  std::ofstream(corrections.folder() / "readings.jsonl", std::ios::app)
      << R"({"picture": "../1.png"})" << '\n';
  const Ended ended =
      ocr_eval({"corrections", "--dir", corrections.folder().string(), "--models", models.string()});
  EXPECT_EQ(ended.status, 2);
  EXPECT_THAT(ended.output, HasSubstr("line 2 of "));
  EXPECT_THAT(ended.output, HasSubstr("names no picture"));
}

TEST(Replacing, IsRefusedWhereOneFigureIsWorse) {
  const TrialFigures in_use{100, 60, 30, 1};
  EXPECT_THAT(against_replacing(in_use, in_use), IsEmpty());
  EXPECT_THAT(against_replacing(in_use, {100, 61, 31, 0}), IsEmpty());
  EXPECT_THAT(against_replacing(in_use, {100, 59, 40, 0}),
              ::testing::ElementsAre(HasSubstr("fewer are exact: 59, where those in use have 60")));
  EXPECT_THAT(against_replacing(in_use, {100, 70, 29, 0}),
              ::testing::ElementsAre(HasSubstr("fewer are certain")));
  EXPECT_THAT(against_replacing(in_use, {100, 70, 40, 2}),
              ::testing::ElementsAre(HasSubstr("more are wrong among the certain: 2")));
  EXPECT_THAT(against_replacing(in_use, {100, 1, 1, 9}), SizeIs(3));
}

}  // namespace
}  // namespace softbot::eval

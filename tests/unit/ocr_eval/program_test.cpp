#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <string>
#include <vector>

#include "samples/fill/idx.h"
#include "support/checkout.h"
#include "support/process.h"

namespace softbot::eval {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using tests::Ended;

const std::filesystem::path here = checkout() / "tests" / "unit" / "ocr_eval";
const std::string images = here / "optdigits-images-idx3-ubyte.gz";
const std::string labels = here / "optdigits-labels-idx1-ubyte.gz";

Ended ocr_eval(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), SOFTBOT_OCR_EVAL);
  return tests::run(arguments);
}

Ended characters(const std::string& pictures, const std::string& numbers, const std::string& classes) {
  return ocr_eval({"characters", "--images", pictures, "--labels", numbers, "--classes", classes});
}

std::string header(char kind, std::size_t count) {
  std::string bytes{'\0', '\0', '\x08', kind};
  return bytes + std::string(3, '\0') + static_cast<char>(count);
}

/// The digits, black on white and plain, with labels as character codes.
std::pair<std::string, std::string> as_black_on_white(const std::filesystem::path& folder) {
  const auto read = fill::read_labelled_pictures(images, labels);
  if (!read) throw std::runtime_error(read.error().message);
  std::string pictures = header('\x03', read->count());
  for (const int side : {read->height, read->width})
    pictures += std::string(3, '\0') + static_cast<char>(side);
  for (const auto pixel : read->pixels) pictures += static_cast<char>(255 - pixel);
  std::string codes = header('\x01', read->count());
  for (const auto label : read->labels) codes += static_cast<char>('0' + label);
  const auto pictures_file = folder / "black-on-white";
  const auto codes_file = folder / "codes";
  std::ofstream(pictures_file, std::ios::binary) << pictures;
  std::ofstream(codes_file, std::ios::binary) << codes;
  return {pictures_file, codes_file};
}

TEST(OcrEvalCharacters, ReadsKeptOutDigitsAndErrsOnNoneThatItAccepts) {
  const Ended ended = characters(images, labels, "digits");
  ASSERT_EQ(ended.status, 0) << ended.output;
  std::smatch found;
  const std::regex wanted("accuracy (\\d\\.\\d{4}) of 60\naccepted (\\d+) errors 0 upper95 (0\\.\\d+)\n");
  ASSERT_TRUE(std::regex_match(ended.output, found, wanted)) << ended.output;
  EXPECT_GE(std::stod(found[1]), 0.95);
  EXPECT_GE(std::stoi(found[2]), 10);
  EXPECT_LT(std::stod(found[3]), 0.3);
}

TEST(OcrEvalCharacters, TellsAndDrawsWhatProbabilitiesAreWorth) {
  const tests::TemporaryFolder folder;
  const std::string plot = folder.path() / "plot.svg";
  const Ended ended = ocr_eval({"characters", "--images", images, "--labels", labels, "--classes", "digits",
                                "--calibration", "--plot", plot});
  ASSERT_EQ(ended.status, 0) << ended.output;
  EXPECT_THAT(ended.output, AllOf(StartsWith("accuracy "), HasSubstr("\nbrier 0.0"),
                                  HasSubstr("in 15 bins of equal mass")));
  std::ifstream file(plot);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(file), {}).substr(0, 4), "<svg");
  EXPECT_EQ(ocr_eval({"characters", "--images", images, "--labels", labels, "--classes", "digits", "--plot",
                      folder.path() / "absent" / "plot.svg"})
                .status,
            2);
}

TEST(OcrEvalCharacters, BlackOnWhiteAndCodesGiveTheSameFigures) {
  const tests::TemporaryFolder folder;
  const auto [pictures, codes] = as_black_on_white(folder.path());
  const Ended ended = characters(pictures, codes, "digits");
  EXPECT_EQ(ended.status, 0);
  EXPECT_EQ(ended.output, characters(images, labels, "digits").output);
}

TEST(OcrEvalCharacters, AmongAllClassesEachKindHasItsFigures) {
  const Ended ended = characters(images, labels, "all");
  ASSERT_EQ(ended.status, 0) << ended.output;
  EXPECT_THAT(ended.output, AllOf(StartsWith("accuracy "), HasSubstr("\ndigits: accuracy "),
                                  HasSubstr("\ndigits: accepted ")));
}

TEST(OcrEvalCharacters, SaysWhatIsWrongWithAFileAndEndsWithTwo) {
  const Ended swapped = characters(labels, images, "digits");
  EXPECT_EQ(swapped.status, 2);
  EXPECT_THAT(swapped.output, AllOf(HasSubstr(labels), HasSubstr("other way round")));
  const Ended absent = characters("/nowhere/images", labels, "digits");
  EXPECT_EQ(absent.status, 2);
  EXPECT_THAT(absent.output, HasSubstr("/nowhere/images cannot be read"));
  const Ended capitals = characters(images, labels, "capitals");
  EXPECT_EQ(capitals.status, 2);
  EXPECT_THAT(capitals.output, HasSubstr("labels of capitals"));
}

TEST(OcrEvalLines, SaysWhatIsWrongWithItsFiles) {
  const tests::TemporaryFolder folder;
  const std::string truth = folder.path() / "truth.csv";
  std::ofstream(truth) << "file,text\na.png,JANSEN\n";
  const Ended ended = ocr_eval({"lines", "--images", images, "--truth", truth});
  EXPECT_EQ(ended.status, 2);
  EXPECT_THAT(ended.output, AllOf(HasSubstr(images), HasSubstr("no tar archive")));
}

TEST(OcrEvalForms, SaysWhatIsWrongWithAFolder) {
  const tests::TemporaryFolder folder;
  const auto refusal = [&] {
    const Ended ended = ocr_eval({"forms", "--dir", folder.path()});
    EXPECT_EQ(ended.status, 2);
    return ended.output;
  };
  EXPECT_THAT(refusal(), HasSubstr("truth.json cannot be read"));
  std::ofstream(folder.path() / "truth.json") << "{\"files\": []}";
  EXPECT_THAT(refusal(), HasSubstr("names no files"));
  std::ofstream(folder.path() / "truth.json")
      << R"({"files": [{"file": "1.pdf", "forms": [{"submission": {"requests": [{}]}}]}]})";
  EXPECT_THAT(refusal(), HasSubstr("names 1.pdf, which is not there"));
}

TEST(OcrEval, SaysWhatIsWrongWithTheCommandLine) {
  const std::vector<std::pair<std::vector<std::string>, std::string>> wrong{
      {{}, "Say what to measure"},
      {{"letters"}, "\"letters\" cannot be measured"},
      {{"characters", "--images", images}, "needs --labels"},
      {{"characters", "--images"}, "needs a value"},
      {{"characters", "--pictures", images}, "\"--pictures\" is no option"},
      {{"characters", "--images", images, "--images", images}, "twice"},
      {{"characters", "--images", images, "--labels", labels, "--classes", "small"}, "not \"small\""},
      {{"characters", "--images", images, "--labels", labels, "--classes", "digits", "--models", "/nowhere"},
       "/nowhere/models.json"},
  };
  for (const auto& [arguments, message] : wrong) {
    const Ended ended = ocr_eval(arguments);
    EXPECT_EQ(ended.status, 2) << ended.output;
    EXPECT_THAT(ended.output, AllOf(StartsWith("ocr-eval: "), HasSubstr(message)));
  }
}

TEST(OcrEval, ExplainsItself) {
  const Ended ended = ocr_eval({"--help"});
  EXPECT_EQ(ended.status, 0);
  EXPECT_THAT(ended.output, AllOf(HasSubstr("--classes digits|capitals|all"), HasSubstr("Exit codes")));
}

}  // namespace
}  // namespace softbot::eval

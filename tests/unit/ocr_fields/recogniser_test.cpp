#include "ocr/fields/recogniser.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <numeric>

#include "vectors.h"

namespace softbot::ocr {
namespace {

Recogniser& recogniser() {
  static const std::unique_ptr<Recogniser> loaded = *Recogniser::load(models_folder());
  return *loaded;
}

double number(const Value& value) {
  return std::stod(value.as_number()->text);
}

std::vector<float> softmax(const std::vector<float>& logits, double temperature) {
  std::vector<float> chances;
  double sum = 0;
  for (const float logit : logits) sum += std::exp(logit / temperature);
  for (const float logit : logits) chances.push_back(static_cast<float>(std::exp(logit / temperature) / sum));
  return chances;
}

std::size_t threads_of_this_process() {
  const std::filesystem::directory_iterator tasks("/proc/self/task");
  return static_cast<std::size_t>(std::distance(begin(tasks), end(tasks)));
}

TEST(Recogniser, SaysOfTheExamplesWhatTheirNetsSaidInTraining) {
  const Value models = json_of(models_folder() / "models.json");
  for (const std::string net : {"digits", "capitals"}) {
    const auto vectors = vectors_of(net);
    std::vector<BoxInk> boxes;
    for (const Vector& vector : vectors) boxes.push_back(vector.bitmap);
    const std::string pattern(boxes.size(), net == "digits" ? '9' : 'A');
    const auto signs = recogniser().signs(boxes, pattern);
    ASSERT_EQ(signs.size(), boxes.size());
    for (std::size_t i = 0; i < signs.size(); ++i) {
      const auto wanted = softmax(vectors[i].logits, number(models[net]["temperature"]));
      const auto& got = net == "digits" ? signs[i].digits : signs[i].capitals;
      ASSERT_EQ(got.size(), wanted.size());
      for (std::size_t at = 0; at < got.size(); ++at) EXPECT_NEAR(got[at], wanted[at], 2e-3) << net << i;
    }
  }
}

TEST(Recogniser, AsksTheNetsThatThePatternNames) {
  const std::vector<BoxInk> boxes(4, vectors_of("digits").front().bitmap);
  const auto signs = recogniser().signs(boxes, "9AX?");
  const auto asked = [&](std::size_t i) {
    return std::pair(signs[i].digits.size(), signs[i].capitals.size());
  };
  EXPECT_EQ(asked(0), std::pair(11UL, 0UL));
  EXPECT_EQ(asked(1), std::pair(0UL, 27UL));
  EXPECT_EQ(asked(2), std::pair(11UL, 27UL));
  EXPECT_EQ(asked(3), std::pair(11UL, 27UL));
}

TEST(Recogniser, OneAnswerPerBoxHoweverManyThereAre) {
  const BoxInk glyph = vectors_of("digits").front().bitmap;
  const auto alone = recogniser().signs({glyph}, "9").front().digits;
  for (const std::size_t count : {0UL, 1UL, 7UL, 8UL, 9UL, 40UL}) {
    const auto signs = recogniser().signs(std::vector<BoxInk>(count, glyph), std::string(count, '9'));
    ASSERT_EQ(signs.size(), count);
    for (const SignChances& sign : signs) {
      for (std::size_t at = 0; at < alone.size(); ++at) EXPECT_NEAR(sign.digits[at], alone[at], 1e-4);
    }
  }
}

TEST(Recogniser, PaperIsSurelyEmptyButAPaleStrokeIsNot) {
  const BoxInk paper{60, 80, std::vector<float>(4800, 0.05F)};
  EXPECT_TRUE(recogniser().signs({paper}, "9").front().empty);

  BoxInk pale = paper;
  for (std::size_t y = 20; y < 60; ++y) {
    for (std::size_t x = 28; x < 31; ++x) pale.ink[y * 60 + x] = 0.2F;
  }
  const auto signs = recogniser().signs({pale}, "9");
  EXPECT_FALSE(signs.front().empty);
  EXPECT_FLOAT_EQ(signs.front().digits.back(), 1.0F) << "no glyph, so surely no digit that may be believed";
}

TEST(Recogniser, ADotIsNoSign) {
  BoxInk dot{60, 80, std::vector<float>(4800, 0.0F)};
  for (std::size_t y = 70; y < 76; ++y) {
    for (std::size_t x = 28; x < 34; ++x) dot.ink[y * 60 + x] = 1.0F;
  }
  EXPECT_TRUE(recogniser().signs({dot}, "9").front().empty);
}

TEST(Recogniser, ABoxWhoseSizesAreNotTrueIsNoSignAndNotEmpty) {
  const auto signs = recogniser().signs({{10, 10, {}}, {}}, "9A");
  EXPECT_FALSE(signs[0].empty);
  EXPECT_FALSE(signs[1].empty);
  EXPECT_FLOAT_EQ(signs[0].digits.back(), 1.0F);
  EXPECT_FLOAT_EQ(signs[1].capitals.back(), 1.0F);
}

TEST(Recogniser, NamesItsVersions) {
  const Value models = json_of(models_folder() / "models.json");
  EXPECT_EQ(recogniser().version(), "digits " + models["digits"]["version"].text_or_empty() + ", capitals " +
                                        models["capitals"]["version"].text_or_empty());
}

TEST(Recogniser, WorksInOneThread) {
  (void)recogniser().printed_text({800, 400, 200, std::vector<std::uint8_t>(320000, 255)});
  const std::size_t before = threads_of_this_process();
  (void)recogniser().signs(std::vector<BoxInk>(40, vectors_of("digits").front().bitmap),
                           std::string(40, 'X'));
  EXPECT_EQ(threads_of_this_process(), before);
}

TEST(Recogniser, AFolderWithoutModelsIsSaidWithItsName) {
  const auto loaded = Recogniser::load("/no/such/folder");
  ASSERT_FALSE(loaded);
  EXPECT_NE(loaded.error().message.find("/no/such/folder/models.json"), std::string::npos);
}

class BrokenModels : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(testing::TempDir()) /
              testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    for (const char* name : {"models.json", "digits.onnx", "capitals.onnx"}) {
      std::filesystem::copy_file(models_folder() / name, folder_ / name);
    }
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string refusal() const {
    const auto loaded = Recogniser::load(folder_);
    return loaded ? "" : loaded.error().message;
  }

  std::filesystem::path folder_;
};

TEST_F(BrokenModels, ANetThatIsCutOffIsRefused) {
  std::filesystem::resize_file(folder_ / "digits.onnx", 5000);
  EXPECT_NE(refusal().find("digits.onnx"), std::string::npos);
}

TEST_F(BrokenModels, ANetThatIsNotThereIsRefused) {
  std::filesystem::remove(folder_ / "capitals.onnx");
  EXPECT_NE(refusal().find("capitals.onnx"), std::string::npos);
}

TEST_F(BrokenModels, NetsInEachOthersPlaceAreRefused) {
  std::filesystem::copy_file(folder_ / "capitals.onnx", folder_ / "digits.onnx",
                             std::filesystem::copy_options::overwrite_existing);
  EXPECT_NE(refusal().find("digits.onnx"), std::string::npos);
}

TEST_F(BrokenModels, ACardThatIsNoJsonIsRefused) {
  std::ofstream(folder_ / "models.json") << "{";
  EXPECT_NE(refusal().find("models.json"), std::string::npos);
}

}  // namespace
}  // namespace softbot::ocr

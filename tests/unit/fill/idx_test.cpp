#include "samples/fill/idx.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <zlib.h>

#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "bench_of_forms.h"

namespace softbot::fill::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

std::string number(std::uint32_t value) {
  std::string bytes;
  for (const unsigned shift : {24U, 16U, 8U, 0U}) bytes += static_cast<char>(value >> shift & 0xFFU);
  return bytes;
}

std::string pictures_of(std::uint32_t count, std::uint32_t height, std::uint32_t width) {
  std::string bytes = number(0x803) + number(count) + number(height) + number(width);
  for (std::size_t i = 0; i < std::size_t{count} * height * width; ++i)
    bytes += static_cast<char>(i * 7 % 256);
  return bytes;
}

std::string labels_of(const std::string& labels) {
  return number(0x801) + number(static_cast<std::uint32_t>(labels.size())) + labels;
}

std::string gzipped(const TemporaryFolder& folder, const std::string& bytes) {
  const auto file = folder.path() / "packed";
  gzFile stream = gzopen(file.c_str(), "wb");
  gzwrite(stream, bytes.data(), static_cast<unsigned>(bytes.size()));
  gzclose(stream);
  std::ifstream packed(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(packed), {}};
}

/// What is said about these bytes.
std::string refusal_of(const std::string& pictures, const std::string& labels) {
  const auto read = labelled_pictures({"some-images", pictures}, {"some-labels", labels});
  return read ? "taken" : read.error().message;
}

TEST(Idx, PicturesComeWithTheirLabels) {
  const auto read = labelled_pictures({"images", pictures_of(2, 16, 20)}, {"labels", labels_of("\x05\x41")});
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->count(), 2U);
  EXPECT_EQ(read->width, 20);
  EXPECT_EQ(read->height, 16);
  EXPECT_EQ(read->labels, (std::vector<std::uint8_t>{5, 65}));
  EXPECT_EQ(read->pixels.size(), 640U);
  EXPECT_EQ(read->pixels[321], 321 * 7 % 256);
}

TEST(Idx, GzipAndPlainAreTheSame) {
  const TemporaryFolder folder;
  const std::string pictures = pictures_of(3, 28, 28);
  const std::string labels = labels_of("abc");
  const auto plain = read_labelled_pictures(folder.add("p", pictures), folder.add("l", labels));
  const auto packed = read_labelled_pictures(folder.add("p.gz", gzipped(folder, pictures)),
                                             folder.add("l.gz", gzipped(folder, labels)));
  ASSERT_TRUE(plain) << plain.error().message;
  ASSERT_TRUE(packed) << packed.error().message;
  EXPECT_EQ(*plain, *packed);
}

TEST(Idx, WhatIsNoIdxFileIsRefusedByItsFirstBytes) {
  const std::string labels = labels_of("a");
  EXPECT_THAT(refusal_of("PK\x03\x04 a zip archive", labels),
              AllOf(HasSubstr("some-images"), HasSubstr("50 4b 03 04"), HasSubstr("00 00 08 03")));
  EXPECT_THAT(refusal_of("", labels), AllOf(HasSubstr("some-images"), HasSubstr("0 bytes")));
  EXPECT_THAT(refusal_of(pictures_of(1, 16, 16), "???????"),
              AllOf(HasSubstr("some-labels"), HasSubstr("00 00 08 01")));
}

TEST(Idx, PicturesOfNumbersThatAreNoBytesAreRefused) {
  std::string floats = pictures_of(1, 16, 16);
  floats[2] = '\x0D';
  EXPECT_THAT(refusal_of(floats, labels_of("a")), HasSubstr("unsigned bytes"));
}

TEST(Idx, FilesTheOtherWayRoundAreToldSo) {
  EXPECT_THAT(refusal_of(labels_of("a"), pictures_of(1, 16, 16)), HasSubstr("the other way round"));
  EXPECT_THAT(refusal_of(pictures_of(1, 16, 16), pictures_of(1, 16, 16)), HasSubstr("the other way round"));
}

TEST(Idx, PicturesOfSixteenToSixtyFourPixelsAreTaken) {
  EXPECT_EQ(refusal_of(pictures_of(1, 16, 64), labels_of("a")), "taken");
  EXPECT_THAT(refusal_of(pictures_of(1, 15, 16), labels_of("a")), HasSubstr("16x15"));
  EXPECT_THAT(refusal_of(pictures_of(1, 16, 65), labels_of("a")), HasSubstr("65x16"));
}

TEST(Idx, AFileThatIsShorterOrLongerThanItSaysIsRefused) {
  const std::string pictures = pictures_of(2, 16, 16);
  EXPECT_THAT(refusal_of(pictures.substr(0, 10), labels_of("ab")), HasSubstr("within its header"));
  EXPECT_THAT(refusal_of(pictures.substr(0, pictures.size() - 1), labels_of("ab")),
              AllOf(HasSubstr("promises 2 images"), HasSubstr("holds 1.")));
  EXPECT_THAT(refusal_of(pictures + "x", labels_of("ab")), HasSubstr("1 byte more"));
  EXPECT_THAT(refusal_of(pictures, labels_of("ab").substr(0, 7)), HasSubstr("within its header"));
  EXPECT_THAT(refusal_of(pictures, labels_of("ab").substr(0, 9)), HasSubstr("promises 2 labels"));
  EXPECT_THAT(refusal_of(pictures, labels_of("ab") + "c"), HasSubstr("promises 2 labels and holds 3"));
  EXPECT_THAT(refusal_of(pictures_of(0, 16, 16), labels_of("")), HasSubstr("holds no images"));
}

TEST(Idx, EveryPictureNeedsItsLabel) {
  EXPECT_THAT(refusal_of(pictures_of(2, 16, 16), labels_of("abc")),
              AllOf(HasSubstr("some-labels"), HasSubstr("3 labels for the 2 images in some-images")));
}

TEST(Idx, AGzipFileThatIsCutOffIsRefusedWithItsName) {
  const TemporaryFolder folder;
  const std::string packed = gzipped(folder, pictures_of(20, 28, 28));
  const auto cut = folder.add("cut.gz", packed.substr(0, packed.size() / 2));
  const auto read = read_labelled_pictures(cut, folder.add("labels", labels_of(std::string(20, 'a'))));
  ASSERT_FALSE(read);
  EXPECT_THAT(read.error().message, AllOf(HasSubstr("cut.gz"), HasSubstr("cut off")));
}

TEST(Idx, FilesThatAreAbsentOrNoFilesAreRefusedWithTheirName) {
  const TemporaryFolder folder;
  const auto labels = folder.add("labels", labels_of("a"));
  const auto absent = read_labelled_pictures(folder.path() / "absent", labels);
  ASSERT_FALSE(absent);
  EXPECT_THAT(absent.error().message, HasSubstr("absent"));
  EXPECT_FALSE(read_labelled_pictures(folder.path(), labels));
}

/// Bytes like those of a real file, some of them changed, taken away or added.
rc::Gen<std::string> spoilt(const std::string& bytes) {
  const auto place = rc::gen::inRange<std::size_t>(0, bytes.size());
  const auto changes = rc::gen::container<std::vector<std::pair<std::size_t, char>>>(
      rc::gen::pair(rc::gen::oneOf(rc::gen::inRange<std::size_t>(0, 16), place), rc::gen::arbitrary<char>()));
  const auto lengths = rc::gen::oneOf(rc::gen::just(bytes.size()), place, rc::gen::just(bytes.size() + 3));
  return rc::gen::map(rc::gen::pair(changes, lengths), [bytes](const auto& spoiling) {
    std::string changed = bytes;
    for (const auto& [at, byte] : spoiling.first) changed[at % changed.size()] = byte;
    changed.resize(spoiling.second, 'x');
    return changed;
  });
}

RC_GTEST_PROP(Idx, WhateverTheBytesAreTheyAreRefusedOrHoldWhatTheySay, ()) {
  const std::string pictures = *spoilt(pictures_of(3, 17, 16));
  const std::string labels = *spoilt(labels_of("123"));
  const auto read = labelled_pictures({"images", pictures}, {"labels", labels});
  RC_CLASSIFY(read.has_value(), "taken");
  if (!read) {
    RC_ASSERT(read.error().message.starts_with("images ") || read.error().message.starts_with("labels "));
    return;
  }
  RC_ASSERT(read->width >= 16 && read->width <= 64 && read->height >= 16 && read->height <= 64);
  RC_ASSERT(read->pixels.size() == read->count() * read->size_of_one());
  RC_ASSERT(pictures.size() == 16 + read->pixels.size());
  RC_ASSERT(labels.size() == 8 + read->count());
}

}  // namespace
}  // namespace softbot::fill::testing

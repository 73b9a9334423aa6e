#include "adapters/reader_process/answer.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <limits>

#include "adapters/reader_process/image_header.h"
#include "domain/json.h"
#include "ports/read_page_bytes.h"

namespace softbot {
namespace {

using ocr::Frame;
using ocr::FrameKind;
using ocr::FrameParser;

const std::string png = "\x89PNG\r\n\x1A\n" +
                        std::string("\0\0\0\rIHDR\0\0\0\x0A\0\0\0\x14\x08\0\0\0\0", 21) +
                        "IEND\xAE\x42\x60\x82";
const std::string jpeg = "\xFF\xD8\xFF\xE0" + std::string("\0\x04zz\xFF\xC0\0\x0B\x08\0\x14\0\x0A", 13) +
                         std::string(10, 'x') + "\xFF\xD9";

std::optional<FormGeometry> find_nothing(const PageCode&) {
  return std::nullopt;
}
const FindGeometry nothing = find_nothing;
const ReadingTemplates no_templates;

ReadPage page_with_a_field() {
  ReadPage page;
  page.width = 1'654;
  page.height = 2'339;
  page.dpi = 200.5;
  page.skew = -0.25;
  page.residual_mm = 0.125;
  page.printed_text = "Geachte heer é";
  page.signature = true;
  page.legible = false;
  page.images = {{"image/png", png, 10, 20}, {"image/jpeg", jpeg, 10, 20}};
  Reading reading;
  reading.field = "bsn";
  reading.value = "999990019";
  reading.probability = 0.5;
  reading.state = ReadingState::doubtful;
  reading.alternatives = {{Value("999990020"), 0.25}};
  reading.box_mm = {10, 20, 30, 40};
  reading.crop = 1;
  page.readings = {reading};
  return page;
}

/// What becomes of one page that a child sends.
bool is_believed(const ReadPage& page) {
  DocumentAnswer answer(nothing, no_templates);
  EXPECT_TRUE(answer.take({FrameKind::opened, "3"}));
  return answer.take({FrameKind::page, to_bytes(page)}).has_value();
}

TEST(APageInBytes, ComesBackAsItWas) {
  const ReadPage page = page_with_a_field();
  const auto back = read_page_from(to_bytes(page));
  ASSERT_TRUE(back);
  EXPECT_EQ(back->dpi, page.dpi);
  EXPECT_EQ(back->skew, page.skew);
  EXPECT_EQ(back->residual_mm, page.residual_mm);
  EXPECT_EQ(back->printed_text, page.printed_text);
  EXPECT_EQ(back->signature, page.signature);
  EXPECT_EQ(back->legible, page.legible);
  EXPECT_EQ(back->readings, page.readings);
  ASSERT_EQ(back->images.size(), 2U);
  EXPECT_EQ(back->images[1].bytes, jpeg);
}

TEST(APageInBytes, ThatWasCutOffIsDamaged) {
  const std::string bytes = to_bytes(page_with_a_field());
  for (std::size_t length = 0; length < bytes.size(); ++length)
    EXPECT_FALSE(read_page_from(std::string_view(bytes).substr(0, length))) << length;
  EXPECT_FALSE(read_page_from(bytes + "x"));
}

TEST(APictureHeader, SaysItsSize) {
  EXPECT_EQ(png_size(png), (ImageSize{10, 20}));
  EXPECT_EQ(jpeg_size(jpeg), (ImageSize{10, 20}));
  EXPECT_FALSE(png_size(jpeg));
  EXPECT_FALSE(jpeg_size(png));
  for (std::size_t length = 0; length < png.size(); ++length)
    EXPECT_FALSE(png_size(std::string_view(png).substr(0, length)));
  for (std::size_t length = 0; length < jpeg.size(); ++length)
    EXPECT_FALSE(jpeg_size(std::string_view(jpeg).substr(0, length)));
}

TEST(ADocumentsAnswer, IsBelievedWhenEverythingIsInOrder) {
  EXPECT_TRUE(is_believed(page_with_a_field()));
}

TEST(ADocumentsAnswer, IsNotBelievedWhenANumberIsOdd) {
  const auto changed = [](const std::function<void(ReadPage&)>& change) {
    ReadPage page = page_with_a_field();
    change(page);
    return is_believed(page);
  };
  EXPECT_FALSE(changed([](ReadPage& page) { page.index = 1; }));
  EXPECT_FALSE(changed([](ReadPage& page) { page.width = -1; }));
  EXPECT_FALSE(changed([](ReadPage& page) { page.rotation = 45; }));
  EXPECT_FALSE(changed([](ReadPage& page) { page.dpi = std::numeric_limits<double>::infinity(); }));
  EXPECT_FALSE(changed([](ReadPage& page) { page.skew = std::numeric_limits<double>::quiet_NaN(); }));
  EXPECT_FALSE(changed([](ReadPage& page) { page.residual_mm = -0.5; }));
  EXPECT_FALSE(changed([](ReadPage& page) { page.problem = "<script>"; }));
  EXPECT_FALSE(changed([](ReadPage& page) { page.readings[0].probability = 1.5; }));
  EXPECT_FALSE(changed([](ReadPage& page) { page.readings[0].page = 1; }));
  EXPECT_FALSE(changed([](ReadPage& page) { page.readings[0].crop = 2; }));
  EXPECT_FALSE(changed([](ReadPage& page) { page.readings[0].box_mm = {1, 2, 3}; }));
  EXPECT_FALSE(changed([](ReadPage& page) { page.readings[0].field = ""; }));
  EXPECT_FALSE(changed([](ReadPage& page) { page.readings[0].value = Value::object({{"a", 1}}); }));
}

TEST(ADocumentsAnswer, IsNotBelievedWhenAPictureIsNotWhatItSays) {
  const auto with_picture = [](const ReadImage& image) {
    ReadPage page = page_with_a_field();
    page.images[0] = image;
    return is_believed(page);
  };
  EXPECT_FALSE(with_picture({"image/svg+xml", png, 10, 20}));
  EXPECT_FALSE(with_picture({"image/jpeg", png, 10, 20}));
  EXPECT_FALSE(with_picture({"image/png", png, 11, 20}));
  EXPECT_FALSE(with_picture({"image/png", "<html>", 10, 20}));
  EXPECT_FALSE(with_picture({"image/png", "", 10, 20}));
}

TEST(ADocumentsAnswer, HasItsPagesInOrderAndAllOfThem) {
  DocumentAnswer answer(nothing, no_templates);
  ReadPage page;
  EXPECT_FALSE(DocumentAnswer(nothing, no_templates).take({FrameKind::page, to_bytes(page)}))
      << "before it was opened";
  ASSERT_TRUE(answer.take({FrameKind::opened, "2"}));
  ASSERT_TRUE(answer.take({FrameKind::page, to_bytes(page)}));
  EXPECT_FALSE(DocumentAnswer(answer).take({FrameKind::end, ""})) << "a page is missing";
  EXPECT_FALSE(DocumentAnswer(answer).take({FrameKind::page, to_bytes(page)})) << "the same page again";
  page.index = 1;
  ASSERT_TRUE(answer.take({FrameKind::page, to_bytes(page)}));
  const auto ended = answer.take({FrameKind::end, ""});
  ASSERT_TRUE(ended && ended->ended);
  EXPECT_FALSE(answer.take({FrameKind::end, ""})) << "after the end";
}

TEST(ADocumentsAnswer, RefusesWithAKnownCodeInOneLine) {
  const auto refused = [](const std::string& code, const std::string& words) {
    const std::string payload = to_json(Value::object({{"code", code}, {"message", words}}));
    return DocumentAnswer(nothing, no_templates).take({FrameKind::refused, payload}).has_value();
  };
  EXPECT_TRUE(refused("damaged", "Dit bestand is beschadigd."));
  EXPECT_FALSE(refused("hacked", "Dit bestand is beschadigd."));
  EXPECT_FALSE(refused("damaged", ""));
  EXPECT_FALSE(refused("damaged", "twee\nregels"));
  EXPECT_FALSE(refused("damaged", std::string(2'000, 'x')));
}

TEST(ADocumentsAnswer, TellsTheTemplatesToWhoAsks) {
  ReadingTemplate form;
  form.geometry.types = {"parking"};
  form.geometry.versions = {1, 1};
  form.geometry.pages = {{}};
  form.pages = {{{{AnchorKind::cross, {10, 10, 5, 5}, ""}}, {{20, 30, 170, 0}}, {}}};
  const auto told = [&](const ReadingTemplates& known) {
    DocumentAnswer answer(nothing, known);
    EXPECT_FALSE(DocumentAnswer(answer).take({FrameKind::template_question, ""})) << "before it was opened";
    EXPECT_TRUE(answer.take({FrameKind::opened, "1"}));
    FrameParser parser;
    parser.feed(answer.take({FrameKind::template_question, ""})->reply);
    return parser.next().value().value().payload;
  };
  EXPECT_EQ(told({}), "");
  ReadingTemplate proven = form;
  proven.proven = true;
  proven.pages.front().edition = TemplateEdition{{20, 280, 60, 5}, "Uitgave 2026-1"};
  const Value list = parse_json(told({form, proven})).value();
  ASSERT_EQ(list.items().size(), 2U);
  EXPECT_EQ(reading_template_from(list.items()[0]).value(), form);
  EXPECT_EQ(reading_template_from(list.items()[1]).value(), proven);
}

TEST(ADocumentsAnswer, WithoutOnePageThatWasReadHasNone) {
  DocumentAnswer answer(nothing, no_templates);
  ASSERT_TRUE(answer.take({FrameKind::opened, "2"}));
  ReadPage page;
  page.problem = "damaged";
  ASSERT_TRUE(answer.take({FrameKind::page, to_bytes(page)}));
  const ReadFile file = std::move(answer).finish(refused_for_time());
  EXPECT_TRUE(file.pages.empty());
  EXPECT_EQ(file.refused->code, "time");
}

RC_GTEST_PROP(AnyBytesFromAChild, AreFramesOrRefused, (const std::string& bytes)) {
  FrameParser parser;
  DocumentAnswer answer(nothing, no_templates);
  parser.feed(bytes);
  while (true) {
    const auto frame = parser.next();
    if (!frame || !*frame || !answer.take(**frame)) break;
  }
  RC_ASSERT(std::move(answer).finish(std::nullopt).pages.size() <= 500U);
}

RC_GTEST_PROP(ASoundAnswerWithOneByteChanged, NeverBreaksTheListener, (std::size_t at, std::uint8_t byte)) {
  std::string bytes = frame_bytes(FrameKind::opened, "1") +
                      frame_bytes(FrameKind::page, to_bytes(page_with_a_field())) +
                      frame_bytes(FrameKind::end, "");
  bytes[at % bytes.size()] = static_cast<char>(byte);
  FrameParser parser;
  DocumentAnswer answer(nothing, no_templates);
  parser.feed(bytes);
  while (true) {
    const auto frame = parser.next();
    if (!frame || !*frame || !answer.take(**frame)) break;
  }
  for (const ReadPage& page : std::move(answer).finish(std::nullopt).pages) {
    RC_ASSERT(page.index == 0);
    for (const ReadImage& image : page.images) RC_ASSERT(png_size(image.bytes) || jpeg_size(image.bytes));
  }
}

RC_GTEST_PROP(Frames, ComeBackHoweverTheirBytesAreCut, (std::vector<std::uint8_t> cuts)) {
  const std::string bytes =
      frame_bytes(FrameKind::question, std::string(700, 'q')) + frame_bytes(FrameKind::end, "");
  FrameParser parser;
  std::vector<Frame> frames;
  std::string_view rest = bytes;
  cuts.push_back(255);
  for (std::size_t i = 0; !rest.empty(); i = (i + 1) % cuts.size()) {
    const std::string_view piece = rest.substr(0, cuts[i] + std::size_t{1});
    rest.remove_prefix(piece.size());
    parser.feed(piece);
    for (auto frame = parser.next(); *frame; frame = parser.next()) frames.push_back(**frame);
  }
  RC_ASSERT(frames.size() == 2U);
  RC_ASSERT(frames[0].payload == std::string(700, 'q'));
  RC_ASSERT(parser.at_border());
}

TEST(AFrame, LargerThanItsKindMayBeIsRefusedBeforeItHasCome) {
  FrameParser parser;
  parser.feed(std::string("P\xFF\xFF\xFF\xFF", 5));
  EXPECT_FALSE(parser.next());
  FrameParser other;
  other.feed("X1234");
  EXPECT_FALSE(other.next());
}

}  // namespace
}  // namespace softbot

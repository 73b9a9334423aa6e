#include "forms/template_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "domain/json.h"
#include "json_schema.h"
#include "shipped.h"

namespace softbot {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

std::string content_of(const fs::path& path) {
  std::ifstream in(path);
  std::ostringstream content;
  content << in.rdbuf();
  return content.str();
}

fs::path root() {
  return fs::path(forms_test::config_dir()).parent_path();
}

std::string example() {
  return content_of(root() / "samples" / "templates" / "parking-permit.json");
}

const Value& schema() {
  static const Value read =
      forms_test::json(content_of(root() / "config" / "schemas" / "reading-template.json"));
  return read;
}

/// The fields of a template of one page of A4.
std::string with_fields(const std::string& fields) {
  return R"({"template": "t", "municipality": "m", "pageWidth": 210, "pageHeight": 297, "pages": [{}], "fields": [)" +
         fields + "]}";
}

std::string with_page(const std::string& page) {
  return R"({"template": "t", "municipality": "m", "pageWidth": 210, "pageHeight": 297, "pages": [)" + page +
         R"(], "fields": [{"name": "a", "kind": "line", "box": [20, 20, 100, 8]}]})";
}

/// The first mistake as "place: what to do", and whether the schema sees it too.
struct Refused {
  std::string path;
  std::string remedy;
  bool by_schema = false;
};
Refused refusal_of(const std::string& json) {
  const auto read = read_template("t.json", json);
  if (read) return {"(taken)", "", false};
  const auto value = parse_json(json);
  const bool by_schema = value && !forms_test::validate(schema(), *value).empty();
  return {read.error().front().path, read.error().front().remedy, by_schema};
}

TEST(AReadingTemplate, OfTheExampleHasAFieldOfEveryKind) {
  const auto read = read_template("parking-permit.json", example());
  ASSERT_TRUE(read) << to_line(read.error().front());
  EXPECT_EQ(forms_test::validate(schema(), forms_test::json(example())), "");
  const FormGeometry& geometry = read->geometry;
  EXPECT_EQ(geometry.types, std::vector<std::string>{"parking-permit"});
  const PaperField* bsn = geometry.find("bsn");
  ASSERT_NE(bsn, nullptr);
  EXPECT_EQ(bsn->answer_kind, "bsn");
  EXPECT_EQ(bsn->pattern, "999999999");
  EXPECT_TRUE(bsn->required);
  ASSERT_EQ(bsn->boxes.size(), 9U);
  EXPECT_EQ(bsn->boxes[8], (MmBox{116, 50, 6, 8}));
  EXPECT_EQ(bsn->box, (MmBox{60, 50, 62, 8}));
  EXPECT_EQ(geometry.find("postcode")->pattern, "9999AA");
  EXPECT_EQ(geometry.find("numberPlate")->pattern, "XXXXXX");
  EXPECT_FALSE(geometry.find("vehicle")->many);
  EXPECT_TRUE(geometry.find("days")->many);
  EXPECT_EQ(geometry.find("days")->ticks[1], (PaperTick{"saturday", {120, 139, 5, 5}}));
  EXPECT_EQ(geometry.find("remarks")->kind, PaperFieldKind::line);
  EXPECT_EQ(geometry.find("signature")->kind, PaperFieldKind::signature);
  EXPECT_TRUE(is_barcode(*geometry.find("formNumber")));
  EXPECT_EQ(read->pages[0].lines[0], (MmBox{20, 30, 170, 0}));
}

TEST(AReadingTemplate, TakesAnchorsOfEveryKind) {
  const auto read = read_template("t.json", with_page(R"({"anchors": [
      {"kind": "square", "box": [10, 10, 5, 5]}, {"kind": "circle", "box": [190, 10, 5, 5]},
      {"kind": "cross", "box": [10, 280, 6, 6]}, {"kind": "text", "box": [80, 280, 40, 4], "text": "Gemeente Voorbeeld"}]})"));
  ASSERT_TRUE(read) << to_line(read.error().front());
  ASSERT_EQ(read->pages[0].anchors.size(), 4U);
  EXPECT_EQ(read->pages[0].anchors[2], (TemplateAnchor{AnchorKind::cross, {10, 280, 6, 6}, ""}));
  EXPECT_EQ(read->pages[0].anchors[3].text, "Gemeente Voorbeeld");
}

TEST(AReadingTemplate, IsRefusedWithThePlaceAndWhatToDo) {
  const std::string box = R"("box": [20, 20, 100, 8])";
  const auto characters = [](const std::string& rest) {
    return with_fields(R"({"name": "a", "kind": "characters", )" + rest + "}");
  };
  struct Case {
    std::string json;
    std::string path;
    std::string remedy;
    bool by_schema;
  };
  const std::vector<Case> cases{
      {"[]", "", "Begin it with {", true},
      {"{", "", "Correct the JSON", false},
      {R"({"fields": []})", "", "Add \"template\"", true},
      {with_fields(""), "/fields", "Add at least one", true},
      {with_fields(R"({"name": "a", "kind": "line", )" + box + R"(, "colour": 1})"), "/fields/0/colour", "",
       true},
      {with_fields(R"({"name": "a", "kind": "photo", )" + box + "}"), "/fields/0/kind", "characters", true},
      {with_fields(R"({"kind": "line", )" + box + "}"), "/fields/0", "Add \"name\"", true},
      {with_fields(R"({"name": "A b", "kind": "line", )" + box + "}"), "/fields/0/name", "birthDate", true},
      {with_fields(R"({"name": "a", "kind": "line", )" + box + R"(}, {"name": "a", "kind": "line", )" + box +
                   "}"),
       "/fields/1/name", "name of its own", false},
      {with_fields(R"({"name": "a", "kind": "line", "page": 2, )" + box + "}"), "/fields/0/page",
       "from 1 to 1", false},
      {with_fields(R"({"name": "a", "kind": "line", "box": [20, 20, 100]})"), "/fields/0/box",
       "[x, y, width, height]", true},
      {with_fields(R"({"name": "a", "kind": "line", "box": [20, 20, 300, 8]})"), "/fields/0/box", "pageWidth",
       false},
      {with_fields(R"({"name": "a", "kind": "line", "box": [20, -1, 30, 8]})"), "/fields/0/box",
       "millimetres", true},
      {characters(R"("content": "digits", "boxes": {"first": [20, 20, 6, 8], "pitch": 3, "count": 4})"),
       "/fields/0/boxes/pitch", "left side", false},
      {characters(R"("content": "digits", "boxes": {"first": [20, 20, 6, 8], "pitch": 7, "count": 40})"),
       "/fields/0/boxes/count", "top left", false},
      {characters(R"("content": "runes", "boxes": [[20, 20, 6, 8]])"), "/fields/0/content", "digits", true},
      {characters(R"("boxes": [[20, 20, 6, 8]])"), "/fields/0", "Add \"content\"", true},
      {characters(R"("rule": "passport", "boxes": [[20, 20, 6, 8]])"), "/fields/0/rule", "bsn", true},
      {characters(R"("rule": "bsn", "boxes": [[20, 20, 6, 8]])"), "/fields/0/boxes", "It takes 9", false},
      {characters(
           R"("content": "digits", "rule": "postcode", "boxes": {"first": [20, 20, 6, 8], "pitch": 7, "count": 6})"),
       "/fields/0/content", "Remove", false},
      {with_fields(R"({"name": "a", "kind": "tick", "options": [{"value": "x", "box": [9, 9, 5, 5]}]})"),
       "/fields/0", "Add \"choice\"", true},
      {with_fields(
           R"({"name": "a", "kind": "tick", "choice": "single", "options": [{"value": "x", "box": [9, 9, 5, 5]}, {"value": "x", "box": [9, 19, 5, 5]}]})"),
       "/fields/0/options/1/value", "value of its own", false},
      {with_page(R"({"anchors": [{"kind": "square", "box": [10, 10, 5, 5]}]})"), "/pages/0/anchors",
       "two to 100", false},
      {with_page(
           R"({"anchors": [{"kind": "text", "box": [10, 10, 5, 5]}, {"kind": "cross", "box": [90, 10, 5, 5]}]})"),
       "/pages/0/anchors/0", "Add \"text\"", true},
      {with_page("{}"), "/pages/0", "Name anchors", false},
      {with_page(R"({"lines": [[10, 10, 50, 50]]})"), "/pages/0/lines/0", "width, 0", false},
  };
  for (const Case& one : cases) {
    const Refused refused = refusal_of(one.json);
    EXPECT_EQ(refused.path, one.path) << one.json;
    EXPECT_THAT(refused.remedy, HasSubstr(one.remedy)) << one.json;
    EXPECT_TRUE(refused.by_schema || !one.by_schema) << one.json;
  }
}

TEST(AReadingTemplate, IsTheSameAfterItTravelled) {
  const auto read = read_template("parking-permit.json", example());
  ASSERT_TRUE(read);
  const auto back = reading_template_from(*parse_json(to_json(to_value(*read))));
  ASSERT_TRUE(back) << back.error().fields.front().field;
  EXPECT_EQ(*back, *read);
}

/// Changes one byte or takes some away, again and again: each text is taken or refused with a place, and what
/// is taken travels unharmed.
TEST(AReadingTemplate, ThatWasDamagedIsTakenWholeOrRefused) {
  const std::string whole = example();
  std::mt19937 random(20261127);
  int taken = 0;
  int refused = 0;
  for (int round = 0; round < 3'000; ++round) {
    std::string text = whole;
    const std::size_t changes = 1 + random() % 3;
    for (std::size_t i = 0; i < changes; ++i) {
      const std::size_t at = random() % text.size();
      if (random() % 2 == 0) {
        text[at] = static_cast<char>(' ' + random() % 95);
      } else {
        text.erase(at, 1 + random() % 12);
      }
    }
    const auto read = read_template("t.json", text);
    if (!read) {
      ++refused;
      ASSERT_FALSE(read.error().empty());
      EXPECT_FALSE(read.error().front().problem.empty());
      EXPECT_FALSE(read.error().front().remedy.empty()) << read.error().front().path;
      continue;
    }
    ++taken;
    const auto back = reading_template_from(to_value(*read));
    ASSERT_TRUE(back) << text;
    EXPECT_EQ(geometry_id(back->geometry), geometry_id(read->geometry));
    EXPECT_EQ(back->pages.size(), back->geometry.pages.size());
  }
  EXPECT_GT(taken, 100);
  EXPECT_GT(refused, 1'000);
}

}  // namespace
}  // namespace softbot

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "forms_on_paper.h"

namespace softbot::paper_test {
namespace {

using forms_test::json;
using ::testing::Contains;
using ::testing::IsEmpty;

/// What filling in adds to the form.
std::vector<PaperItem> added(const std::vector<std::string>& types, std::string_view known_json) {
  PaperForm form = form_of(types);
  const std::size_t before = form.items.size();
  const auto known = known_answers_from(json(known_json), forms_test::shipped(), "voorbeeld");
  EXPECT_TRUE(known);
  fill_in(form, *known, forms_test::shipped(), PangoTextMeasure());
  return {form.items.begin() + static_cast<std::ptrdiff_t>(before), form.items.end()};
}

/// The signs that were put in the boxes of a field, blank for an empty box.
std::string in_boxes_of(const std::vector<PaperItem>& items, const PaperField& field) {
  std::string signs;
  for (const MmBox& box : field.boxes) {
    std::string sign = " ";
    for (const PaperItem& item : items) {
      const auto* text = std::get_if<PaperText>(&item);
      if (text != nullptr && text->page == field.page && text->place.x == box.x &&
          between(text->place, box) == 0 && text->place.y > box.y) {
        sign = text->text;
      }
    }
    signs += sign;
  }
  return signs;
}

std::vector<std::string> crossed(const std::vector<PaperItem>& items, const PaperField& field) {
  std::vector<std::string> values;
  for (const PaperTick& tick : field.ticks) {
    if (std::ranges::find(items, PaperItem(PaperCross{field.page, tick.box})) != items.end())
      values.push_back(tick.value);
  }
  return values;
}

TEST(KnownAnswers, StandInTheirBoxesAsPeopleWriteThem) {
  const auto items =
      added({"small-aids"}, R"({"common":{"bsn":"999990019","initials":"j.m.","birthName":"van der Meulen",
    "birthDate":"1948-03-27","postcode":"1234 ab","houseNumber":7,"phone":"+31612345678","town":"Bergen op Zoom"},
    "requests":[{"type":"small-aids","fields":{"price":"49,95","bodyWeightKg":82}}]})");
  const FormGeometry geometry = form_of({"small-aids"}).geometry;
  const auto boxes = [&](std::string_view name) { return in_boxes_of(items, *geometry.find(name)); };
  EXPECT_EQ(boxes("bsn"), "999990019");
  EXPECT_EQ(boxes("initials"), "JM        ");
  EXPECT_EQ(boxes("birthName"), "VAN DER MEULEN      ");
  EXPECT_EQ(boxes("birthDate"), "27031948");
  EXPECT_EQ(boxes("postcode"), "1234AB");
  EXPECT_EQ(boxes("houseNumber"), "7    ");
  EXPECT_EQ(boxes("phone"), "0612345678");
  EXPECT_EQ(boxes("town"), "BERGEN OP ZOOM      ");
  EXPECT_EQ(boxes("price"), "    4995") << "euros at the right of their boxes, then cents";
  EXPECT_EQ(boxes("bodyWeightKg"), "82 ");
}

TEST(KnownAnswers, CrossWhatWasChosen) {
  const auto items = added({"household-help"}, R"({"common":{"livingSituation":"with-others","wlz":false,
    "householdMembers":[{"relation":"partner","birthYear":1950,"canHelp":true}]},
    "requests":[{"type":"household-help","fields":{"tasks":["laundry","beds"]}}]})");
  const FormGeometry geometry = form_of({"household-help"}).geometry;
  const auto chosen = [&](std::string_view name) { return crossed(items, *geometry.find(name)); };
  EXPECT_EQ(chosen("livingSituation"), std::vector<std::string>{"with-others"});
  EXPECT_EQ(chosen("wlz"), std::vector<std::string>{"false"});
  EXPECT_EQ(chosen("tasks"), (std::vector<std::string>{"laundry", "beds"}));
  EXPECT_EQ(chosen("householdMembers[0].relation"), std::vector<std::string>{"partner"});
  EXPECT_EQ(chosen("householdMembers[0].canHelp"), std::vector<std::string>{"true"});
  EXPECT_EQ(in_boxes_of(items, *geometry.find("householdMembers[0].birthYear")), "1950");
  EXPECT_THAT(chosen("householdMembers[1].relation"), IsEmpty());
}

TEST(KnownAnswers, OfOneTypeStayOutOfAnother) {
  const auto items = added({"household-help", "small-aids"},
                           R"({"requests":[{"type":"small-aids","fields":{"provisionForm":"in-kind"}}]})");
  const FormGeometry geometry = form_of({"household-help", "small-aids"}).geometry;
  EXPECT_THAT(crossed(items, *geometry.find("household-help", "provisionForm")), IsEmpty());
  EXPECT_THAT(crossed(items, *geometry.find("small-aids", "provisionForm")), Contains("in-kind"));
}

TEST(KnownAnswers, ThatDoNotFitStayOpenForTheHand) {
  const auto items =
      added({"small-aids"}, R"({"common":{"birthName":"Wolkenstein-Hohenlohe zu Schillingsfürst",
    "phone":"+442071234567","signature":true,"signingDate":"2026-11-20"}})");
  EXPECT_THAT(items, IsEmpty());
}

TEST(KnownAnswers, NameWhatIsWrongWithoutShowingIt) {
  const auto wrong =
      known_answers_from(json(R"({"common":{"secret":"999990019"},"requests":[{"type":"boat"}],"x":1})"),
                         forms_test::shipped(), "voorbeeld");
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code, ErrorCode::invalid_input);
  std::string all = wrong.error().message;
  std::vector<std::string> places;
  for (const FieldError& field : wrong.error().fields) {
    places.push_back(field.field);
    all += field.message;
  }
  EXPECT_THAT(places, ::testing::UnorderedElementsAre("x", "common.secret", "requests[0].type"));
  EXPECT_EQ(all.find("999990019"), std::string::npos);
}

}  // namespace
}  // namespace softbot::paper_test

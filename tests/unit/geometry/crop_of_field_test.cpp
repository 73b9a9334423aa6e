#include <gtest/gtest.h>

#include "forms/geometry/box_signs.h"
#include "forms/geometry/field_crop.h"

namespace softbot {
namespace {

PaperField field_with(std::size_t boxes, const std::string& kind, char sign) {
  PaperField field;
  field.name = "birthName";
  field.part = "common";
  field.answer_kind = kind;
  field.field_class = "decisive";
  field.page = 2;
  field.box = {20, 50, static_cast<double>(boxes) * 5, 6};
  for (std::size_t i = 0; i < boxes; ++i) field.boxes.push_back({20 + static_cast<double>(i) * 5, 50, 5, 6});
  field.pattern = std::string(boxes, sign);
  return field;
}

TEST(TheCropOfAField, IsAFormOfThatFieldAlone) {
  const PaperField field = field_with(3, "text", 'A');
  const FormGeometry crop = geometry_of_crop(field);
  EXPECT_DOUBLE_EQ(crop.page_width, 21);
  EXPECT_DOUBLE_EQ(crop.page_height, 12);
  ASSERT_EQ(crop.fields.size(), 1u);
  EXPECT_EQ(crop.fields[0].boxes[0], (MmBox{3, 3, 5, 6}));
  EXPECT_EQ(crop.fields[0].boxes[2], (MmBox{13, 3, 5, 6}));
  EXPECT_EQ(crop.fields[0].pattern, "AAA");
  EXPECT_EQ(crop.fields[0].page, 1);
  EXPECT_EQ(geometry_from(to_value(crop)), crop);
}

TEST(TheCropOfAField, DoesNotSayWhichQuestionItAnswers) {
  const FormGeometry crop = geometry_of_crop(field_with(3, "text", 'A'));
  EXPECT_EQ(crop.fields[0].name, "field");
  EXPECT_EQ(crop.fields[0].field_class, "supporting");
  EXPECT_TRUE(crop.types.empty());
}

TEST(AnswersInBoxes, AreWrittenAsTheFormAsks) {
  EXPECT_EQ(signs_in_boxes(field_with(8, "date", '9'), "1946-03-14"), "14031946");
  EXPECT_EQ(signs_in_boxes(field_with(6, "postcode", 'X'), "1234ab"), "1234AB");
  EXPECT_EQ(signs_in_boxes(field_with(7, "money", '9'), "45.50"), "4550");
  EXPECT_EQ(signs_in_boxes(field_with(4, "integer", '9'), 70), "70");
  EXPECT_EQ(signs_in_boxes(field_with(10, "phone", '9'), "+31612345678"), "0612345678");
  EXPECT_EQ(signs_in_boxes(field_with(5, "text", 'A'), "A.M."), "AM");
  EXPECT_EQ(signs_in_boxes(field_with(12, "text", '?'), "de Vries"), "DEVRIES");
}

TEST(AnswersInBoxes, AreNothingWhereTheyDoNotFit) {
  EXPECT_EQ(signs_in_boxes(field_with(3, "text", 'A'), "Zonneveld"), "");
  EXPECT_EQ(signs_in_boxes(field_with(9, "bsn", '9'), "12a"), "");
  EXPECT_EQ(signs_in_boxes(field_with(9, "bsn", '9'), Value()), "");
}

TEST(TheAnswerOfAField, IsFoundInItsRow) {
  const Value answers = Value::object(
      {{"bsn", "1"},
       {"members", Value(Value::List{Value::object({{"name", "A"}}), Value::object({{"name", "B"}})})}});
  EXPECT_EQ(answer_of_field(answers, "bsn").text_or_empty(), "1");
  EXPECT_EQ(answer_of_field(answers, "members[1].name").text_or_empty(), "B");
  EXPECT_TRUE(answer_of_field(answers, "members[2].name").is_null());
  EXPECT_TRUE(answer_of_field(answers, "members[x].name").is_null());
}

}  // namespace
}  // namespace softbot

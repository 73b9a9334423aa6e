#include "forms/geometry/geometry.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "domain/json.h"

namespace softbot {
namespace {

FormGeometry small_form() {
  FormGeometry geometry;
  geometry.types = {"small-aids"};
  geometry.versions = {1, 1};
  geometry.municipality = "molendam";
  PaperPage page;
  page.marks = {{8, 8, 6, 6}, {196, 8, 6, 6}, {8, 283, 6, 6}, {196, 283, 6, 6}};
  page.code = {165, 8, 25, 25};
  geometry.pages = {page};
  PaperField postcode;
  postcode.name = "postcode";
  postcode.part = "common";
  postcode.answer_kind = "postcode";
  postcode.field_class = "decisive";
  postcode.required = true;
  postcode.box = {20, 100, 48, 9};
  for (int i = 0; i < 6; ++i) postcode.boxes.push_back({20 + 8.0 * i, 100, 7, 9});
  postcode.pattern = "9999AA";
  PaperField aid;
  aid.name = "aid";
  aid.part = "small-aids";
  aid.answer_kind = "choice";
  aid.field_class = "decisive";
  aid.kind = PaperFieldKind::ticks;
  aid.box = {20, 120, 100, 20};
  aid.ticks = {{"grab-rail", {20, 120, 5, 5}}, {"shower-stool", {20, 130, 5, 5}}};
  geometry.fields = {postcode, aid};
  return geometry;
}

TEST(Geometry, GoesToJsonAndBack) {
  const auto back = geometry_from(to_value(small_form()));
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(*back, small_form());
}

TEST(Geometry, TheIdNamesTheContent) {
  FormGeometry moved = small_form();
  moved.fields[0].boxes[3].x += 0.02;
  EXPECT_EQ(geometry_id(small_form()), geometry_id(small_form()));
  EXPECT_NE(geometry_id(small_form()), geometry_id(moved));
  EXPECT_EQ(geometry_id(small_form()).size(), 8U);
}

TEST(Geometry, TheIdStaysWhenItIsReadBack) {
  rc::check("lengths with any fraction", [] {
    FormGeometry geometry = small_form();
    for (MmBox& box : geometry.fields[0].boxes) box.y = *rc::gen::inRange(0, 280'000) / 1000.0;
    const auto back = geometry_from(to_value(geometry));
    RC_ASSERT(back.has_value());
    RC_ASSERT(geometry_id(*back) == geometry_id(geometry));
  });
}

TEST(Geometry, FindsAFieldByName) {
  const FormGeometry geometry = small_form();
  ASSERT_NE(geometry.find("aid"), nullptr);
  EXPECT_EQ(geometry.find("aid")->ticks.size(), 2U);
  EXPECT_EQ(geometry.find("bsn"), nullptr);
}

/// The form with one member changed by `change`, as JSON.
Value with(const std::function<void(Value&)>& change) {
  Value value = to_value(small_form());
  change(value);
  return value;
}

Value field_with(std::string_view member, Value content) {
  return with([&](Value& geometry) {
    Value field = geometry["fields"].items()[0];
    field.set(member, std::move(content));
    geometry.set("fields", Value::List{field});
  });
}

TEST(Geometry, AMistakeIsNamedByItsPlace) {
  const std::vector<std::pair<Value, std::string>> wrong{
      {Value(), "versions"},
      {with([](Value& geometry) { geometry.set("versions", Value::List{1}); }), "versions"},
      {with([](Value& geometry) { geometry.set("pageWidth", -210); }), "pageWidth"},
      {field_with("kind", "hologram"), "fields.postcode.kind"},
      {field_with("page", 2), "fields.postcode.page"},
      {field_with("pattern", "9999A"), "fields.postcode.pattern"},
      {field_with("pattern", "9999AB"), "fields.postcode.pattern"},
      {field_with("box", Value::List{20, 100, 400, 9}), "fields.postcode.box"},
      {field_with("box", Value::List{20, 100, 48}), "fields.postcode.box"},
      {field_with("box", Value::List{20, 100, 48, Number{"1e300"}}), "fields.postcode.box"},
  };
  for (const auto& [value, place] : wrong) {
    const auto read = geometry_from(value);
    ASSERT_FALSE(read) << place;
    EXPECT_EQ(read.error().code, ErrorCode::damaged);
    EXPECT_EQ(read.error().fields.at(0).field, place);
  }
}

}  // namespace
}  // namespace softbot

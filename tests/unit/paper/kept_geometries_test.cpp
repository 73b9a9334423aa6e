#include <gtest/gtest.h>

#include "forms_on_paper.h"
#include "unit/store/sqlite_home.h"

namespace softbot::paper_test {
namespace {

std::size_t stored(Store& store) {
  std::size_t count = 0;
  const auto read = store.read([&](Transaction& transaction) -> Result<void> {
    count = transaction.configurations("geometry").size();
    return {};
  });
  EXPECT_TRUE(read);
  return count;
}

TEST(KeptGeometries, AreFoundByTheCodeOfAPageAlsoAfterARestart) {
  testing::SqliteHome home;
  const FormGeometry printed = form_of({"household-help", "small-aids"}, "molendam").geometry;
  ASSERT_TRUE(pipeline::keep_geometries(home.store(), {printed}, home.clock.now()));
  home.reopen();
  const PageCode code = page_code_from(to_text(page_code_of(printed, 2, "0a1b2c3d"))).value();
  EXPECT_EQ(pipeline::find_geometry(home.store(), code), printed);
}

TEST(KeptGeometries, AreNotFoundUnderAnotherCode) {
  testing::SqliteHome home;
  const FormGeometry printed = form_of({"small-aids"}).geometry;
  ASSERT_TRUE(pipeline::keep_geometries(home.store(), {printed}, home.clock.now()));
  PageCode other = page_code_of(printed, 1, "0a1b2c3d");
  other.geometry = "00000000";
  EXPECT_FALSE(pipeline::find_geometry(home.store(), other));
  other = page_code_of(printed, 1, "0a1b2c3d");
  other.types = {"extension"};
  EXPECT_FALSE(pipeline::find_geometry(home.store(), other));
}

TEST(KeptGeometries, AreKeptOnceAndOldOnesStayBesideNewOnes) {
  testing::SqliteHome home;
  FormGeometry printed = form_of({"small-aids"}).geometry;
  ASSERT_TRUE(pipeline::keep_geometries(home.store(), {printed}, home.clock.now()));
  ASSERT_TRUE(pipeline::keep_geometries(home.store(), {printed}, home.clock.now()));
  EXPECT_EQ(stored(home.store()), 1U);
  const PageCode old = page_code_of(printed, 1, "0a1b2c3d");
  printed.fields.front().box.x += 1;
  ASSERT_TRUE(pipeline::keep_geometries(home.store(), {printed}, home.clock.now()));
  EXPECT_EQ(stored(home.store()), 2U);
  EXPECT_EQ(pipeline::find_geometry(home.store(), old)->fields.front().box.x,
            printed.fields.front().box.x - 1);
}

TEST(GeometriesOfAConfiguration, HoldEverySetOfTypesOfEveryMunicipality) {
  const auto all = pipeline::geometries_of(shipped_configuration(), PangoTextMeasure());
  std::set<std::string> ids;
  for (const FormGeometry& geometry : all) ids.insert(geometry_id(geometry));
  EXPECT_EQ(ids.size(), all.size());
  EXPECT_EQ(all.size(), 2U * (31 + 5)) << "31 sets of five types in Dutch, each type in English";
  for (const auto& types : printed_types())
    EXPECT_TRUE(ids.contains(geometry_id(form_of(types, "molendam").geometry))) << name_of_types(types);
}

}  // namespace
}  // namespace softbot::paper_test

#include <gmock/gmock.h>

#include "domain/zone.h"
#include "pipeline/policy_life.h"
#include "unit/pipeline/paper_world.h"

namespace softbot::testing {
namespace {

using ::testing::Contains;

const pipeline::PolicyEditor anna{"anna", "person-anna", {}};
const pipeline::PolicyEditor bert{"bert", "person-bert", {}};

/// A policy of two persons that lends nothing to who weighs more than fifty kilograms.
std::string strict_policy(PaperWorld& world, std::optional<Date> from) {
  const auto proposed = pipeline::propose_policy(
      *world.services, anna,
      {"",
       {{"small-aids.examples.json", std::nullopt}},
       {{"aidMaximumBodyWeightKg", "",
         Date{std::chrono::year{2026}, std::chrono::January, std::chrono::day{1}}, Value(50)}},
       "De leverancier levert niets zwaarders."});
  if (!proposed) throw std::runtime_error(proposed.error().message);
  const auto approved =
      pipeline::approve_configuration(*world.services, bert, {"policy", proposed->version, "Akkoord.", from});
  if (!approved) throw std::runtime_error(approved.error().message);
  return proposed->version;
}

Application granted_or_not(PaperWorld& world) {
  return with_ink(world, {"bodyWeightKg", "58"});
}

pipeline::PolicyLife life(PaperWorld& world) {
  auto life = pipeline::policy_life(*world.services);
  if (!life) throw std::runtime_error(life.error().message);
  return *std::move(life);
}

TEST(APlannedPolicy, DecidesFromItsDayOnAndNotBefore) {
  PaperWorld world;
  const Date tomorrow = add_days(local_date(world.home.clock.now()), 1);
  const auto shipped = life(world).active;
  const auto strict = strict_policy(world, tomorrow);
  EXPECT_EQ(granted_or_not(world).outcome, Outcome::granted);
  EXPECT_EQ(life(world).active, shipped);
  EXPECT_EQ(life(world).planned->version, strict);

  world.home.clock.set(start_of_day(tomorrow));
  EXPECT_EQ(granted_or_not(world).status, ApplicationStatus::referred);
  const auto after = life(world);
  EXPECT_EQ(after.active, strict);
  EXPECT_FALSE(after.planned);
  EXPECT_EQ(after.earlier, shipped) << "and one step back goes to the one before";
}

TEST(APlannedPolicy, BeginsOnItsDayAlsoWhenNobodyApplies) {
  PaperWorld world;
  const Date tomorrow = add_days(local_date(world.home.clock.now()), 1);
  const auto strict = strict_policy(world, tomorrow);
  world.work();
  EXPECT_NE(life(world).active, strict);
  world.home.clock.set(start_of_day(tomorrow));
  world.work();
  EXPECT_EQ(life(world).active, strict);
}

TEST(APlannedPolicy, ThatIsWithdrawnByOnePersonNeverBegins) {
  PaperWorld world;
  const Date tomorrow = add_days(local_date(world.home.clock.now()), 1);
  const auto strict = strict_policy(world, tomorrow);
  EXPECT_EQ(pipeline::withdraw_policy(*world.services, bert, strict, " ").error().code,
            ErrorCode::invalid_input);
  ASSERT_TRUE(pipeline::withdraw_policy(*world.services, bert, strict, "De raad stelt het uit."));
  world.home.clock.set(start_of_day(tomorrow));
  EXPECT_EQ(granted_or_not(world).outcome, Outcome::granted);
  EXPECT_NE(life(world).active, strict);
}

TEST(APlannedPolicy, ThatBeginsTodayBeginsAtOnce) {
  PaperWorld world;
  const auto strict = strict_policy(world, local_date(world.home.clock.now()));
  EXPECT_EQ(life(world).active, strict);
}

}  // namespace
}  // namespace softbot::testing

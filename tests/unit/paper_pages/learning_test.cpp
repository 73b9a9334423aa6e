#include <gmock/gmock.h>

#include "pipeline/learning.h"
#include "unit/paper_pages/desk.h"

namespace softbot::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// What an administrator sees of learning.
struct LearningOnThePage : ::testing::Test {
  PaperWorld world;
  Desk administrator{world, "ada", http::role::administrator};
  Desk consultant{world, "cora", http::role::consultant};

  void learn(const std::optional<Learning>& learning) {
    Municipalities all = *world.configuration->municipalities;
    all.at("voorbeeld").learning = learning;
    world.configuration->municipalities = std::make_shared<const Municipalities>(std::move(all));
  }
};

TEST_F(LearningOnThePage, IsOffUntilAMunicipalityWantsIt) {
  const std::string page = administrator.get("/staff/beheer").body;
  EXPECT_THAT(page, HasSubstr("Leren van verbeteringen"));
  EXPECT_THAT(page, HasSubstr("Er is nu niets bewaard."));
  EXPECT_THAT(page, Not(HasSubstr("Elke verbetering wordt")));
}

TEST_F(LearningOnThePage, TellsHowManyAreKeptUntilWhenAndOnWhatGround) {
  learn(Learning{10, "DPIA van 3 maart 2026"});
  const Application application =
      with_ink(world, {"bodyWeightKg", "10", ReadingState::doubtful, 0.6, {{"70", 0.3}}});
  const auto corrected =
      pipeline::correct(*world.services, world.consultant, application.reference, application.version,
                        {.fields = Value::object({{"bodyWeightKg", 70}}), .why = "gezien"});
  ASSERT_TRUE(corrected) << corrected.error().message;
  const std::string page = administrator.get("/staff/beheer").body;
  EXPECT_THAT(page, HasSubstr("Elke verbetering wordt 10 dagen bewaard. Grond: DPIA van 3 maart 2026"));
  EXPECT_THAT(page, HasSubstr("Er is er nu 1 bewaard. Bewaard tot en met 28 november 2026."));
}

TEST_F(LearningOnThePage, ThePaperPageSaysWhatReadTheForm) {
  const Application application =
      with_ink(world, {"bodyWeightKg", "10", ReadingState::doubtful, 0.6, {{"70", 0.3}}});
  const std::string page = consultant.get("/staff/zaak/" + application.reference.text + "/papier").body;
  EXPECT_THAT(page, HasSubstr("Gelezen door scripted 1."));
}

}  // namespace
}  // namespace softbot::testing

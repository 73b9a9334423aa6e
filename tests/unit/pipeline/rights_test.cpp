#include "pipeline/rights_life.h"

#include <gtest/gtest.h>

#include "pipeline/policy_life.h"
#include "unit/pipeline/paper_world.h"

namespace softbot::testing {
namespace {

using pipeline::is_only_less;
using pipeline::Rights;
using pipeline::RightsOutcome;

const pipeline::PolicyEditor anna{"anna", "person-anna", {}};

void add_account(PaperWorld& world, const std::string& name, const Rights& rights) {
  AccountRecord account;
  account.name = AccountName(name);
  account.person = "person-" + name;
  account.roles = rights.roles;
  account.municipalities = rights.municipalities;
  account.active = rights.active;
  const auto stored = world.home.store().write([&](Transaction& transaction) -> Result<void> {
    transaction.put_account(account);
    return {};
  });
  ASSERT_TRUE(stored);
}

TEST(LessRights, AreThoseThatGiveNothingNew) {
  const Rights both{{"consultant", "auditor"}, {"voorbeeld"}, true};
  EXPECT_TRUE(is_only_less(both, {{"auditor"}, {"voorbeeld"}, true}));
  EXPECT_TRUE(is_only_less(both, {{"consultant", "auditor"}, {"voorbeeld"}, false}));
  EXPECT_FALSE(is_only_less(both, {{"auditor"}, {}, true})) << "none named is all";
  EXPECT_FALSE(is_only_less(both, {{"auditor"}, {"molendam"}, true}));
  EXPECT_FALSE(is_only_less(both, {{"auditor", "administrator"}, {"voorbeeld"}, true}));
  EXPECT_FALSE(is_only_less({{"auditor"}, {}, false}, {{"auditor"}, {}, true})) << "somebody who had left";
  EXPECT_TRUE(is_only_less({{"auditor"}, {}, true}, {{"auditor"}, {"molendam"}, true}));
}

TEST(Rights, AreNotTakenFromTheLastWhoMayChangeAnything) {
  PaperWorld world;
  add_account(world, "anna", {{"administrator"}, {}, true});
  add_account(world, "bert", {{"administrator"}, {}, true});
  add_account(world, "mo", {{"administrator"}, {"voorbeeld"}, true});
  const auto leaves = [&](const std::string& name) {
    return pipeline::change_rights(*world.services, anna, {name, {{"administrator"}, {}, false}, "Weg."});
  };
  EXPECT_EQ(leaves("bert"), RightsOutcome::changed);
  EXPECT_EQ(leaves("anna").error().code, ErrorCode::conflict);
  EXPECT_EQ(leaves("bert").error().code, ErrorCode::conflict) << "nothing changes";
}

TEST(Rights, ThatWereTakenAwayCanBeProposedAndApprovedAgain) {
  PaperWorld world;
  const pipeline::PolicyEditor bert{"bert", "person-bert", {}};
  add_account(world, "anna", {{"administrator"}, {}, true});
  add_account(world, "cor", {{"consultant"}, {}, true});
  const Rights more{{"consultant", "auditor"}, {}, true};
  for (int round = 0; round < 2; ++round) {
    ASSERT_EQ(pipeline::change_rights(*world.services, anna, {"cor", more, "Controleert ook."}),
              RightsOutcome::proposed);
    const auto life = pipeline::rights_life(*world.services);
    ASSERT_EQ(life->drafts.size(), 1U);
    ASSERT_TRUE(pipeline::approve_configuration(*world.services, bert,
                                                {"rights", life->drafts[0].record.version, "Goed."}));
    world.home.clock.advance(std::chrono::hours(1));
    ASSERT_EQ(
        pipeline::change_rights(*world.services, anna, {"cor", {{"consultant"}, {}, true}, "Niet meer."}),
        RightsOutcome::changed);
  }
}

}  // namespace
}  // namespace softbot::testing

#include "policy/versions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "memory_transaction.h"
#include "shipped_policy.h"

namespace softbot {
namespace {

using ::testing::HasSubstr;

const Instant morning = *parse_instant("2026-11-21T08:00:00Z");
const ConfigurationName letter{"letter", "grant"};
const ConfigurationFiles first{{"grant.mustache", "Beste {{name}}"}};
const ConfigurationFiles second{{"grant.mustache", "Geachte {{name}}"}};

std::string state_of(MemoryTransaction& transaction, const ConfigurationFiles& files) {
  for (const auto& record : transaction.records) {
    if (record.version == version_of(files)) return record.state;
  }
  return "absent";
}

ConfigurationChange by(const char* person) {
  return {person, "Duidelijker", morning};
}

TEST(ContentAddress, is_the_same_for_the_same_files_only) {
  EXPECT_EQ(version_of(first), version_of(ConfigurationFiles(first)));
  EXPECT_NE(version_of(first), version_of(second));
  EXPECT_NE(version_of(first), version_of({{"other.mustache", "Beste {{name}}"}}));
  EXPECT_EQ(version_of(first).size(), 64U);
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(ContentAddress, keeps_files_whole) {
  const ConfigurationFiles files{{"b.dmn", "<x y=\"1\">\n é</x>"}, {"a.json", "{}"}};
  EXPECT_EQ(files_of(content_of(files)), files);
  EXPECT_EQ(files_of("[1]").error().code, ErrorCode::damaged);
  EXPECT_EQ(files_of("{\"a\":1}").error().code, ErrorCode::damaged);
}

TEST(Versions, fill_an_empty_store_once_and_keep_a_difference_as_a_draft) {
  MemoryTransaction transaction;
  EXPECT_EQ(offer_shipped(transaction, letter, first, morning), Shipped::activated);
  EXPECT_EQ(offer_shipped(transaction, letter, first, morning), Shipped::known);
  EXPECT_EQ(offer_shipped(transaction, letter, second, morning), Shipped::drafted);
  EXPECT_EQ(offer_shipped(transaction, letter, second, morning), Shipped::known);
  EXPECT_EQ(active_configuration(transaction, letter)->version, version_of(first));
  EXPECT_EQ(state_of(transaction, second), "draft");
}

TEST(Versions, are_kept_apart_by_kind_and_name) {
  MemoryTransaction transaction;
  EXPECT_EQ(offer_shipped(transaction, letter, first, morning), Shipped::activated);
  EXPECT_EQ(offer_shipped(transaction, {"letter", "repair"}, second, morning), Shipped::activated);
  EXPECT_EQ(offer_shipped(transaction, {"form", "grant"}, second, morning), Shipped::activated);
  EXPECT_FALSE(active_configuration(transaction, {"policy", "grant"}));
}

TEST(Versions, become_active_only_by_a_second_person) {
  MemoryTransaction transaction;
  ASSERT_TRUE(offer_shipped(transaction, letter, first, morning));
  const auto version = propose(transaction, letter, second, by("anna"));
  ASSERT_TRUE(version);
  EXPECT_EQ(approve(transaction, letter, *version, by("anna")).error().code, ErrorCode::forbidden);
  EXPECT_EQ(active_configuration(transaction, letter)->version, version_of(first));

  ASSERT_TRUE(approve(transaction, letter, *version, by("bert")));
  EXPECT_EQ(active_configuration(transaction, letter)->version, version_of(second));
  EXPECT_EQ(state_of(transaction, first), "replaced");
  EXPECT_EQ(approval_of(transaction, letter, *version)->person, "bert");
  EXPECT_EQ(approve(transaction, letter, *version, by("carla")).error().code, ErrorCode::conflict);
}

TEST(Versions, come_back_by_a_new_proposal_and_approval) {
  MemoryTransaction transaction;
  ASSERT_TRUE(offer_shipped(transaction, letter, first, morning));
  ASSERT_TRUE(propose(transaction, letter, second, by("anna")));
  ASSERT_TRUE(approve(transaction, letter, version_of(second), by("bert")));
  EXPECT_EQ(approve(transaction, letter, version_of(first), by("bert")).error().code, ErrorCode::conflict);
  ASSERT_TRUE(propose(transaction, letter, first, by("anna")));
  ASSERT_TRUE(approve(transaction, letter, version_of(first), by("bert")));
  EXPECT_EQ(active_configuration(transaction, letter)->version, version_of(first));
}

TEST(Versions, go_back_to_the_one_before_by_one_person_at_once) {
  MemoryTransaction transaction;
  const ConfigurationFiles third{{"grant.mustache", "Dag {{name}}"}};
  ASSERT_TRUE(offer_shipped(transaction, letter, first, morning));
  EXPECT_FALSE(earlier_version(transaction, letter));
  for (const auto& files : {second, third}) {
    ASSERT_TRUE(propose(transaction, letter, files, by("anna")));
    ASSERT_TRUE(approve(transaction, letter, version_of(files), by("bert")));
  }
  EXPECT_EQ(earlier_version(transaction, letter), version_of(second));
  EXPECT_EQ(go_back(transaction, letter, version_of(third), by("bert")), version_of(second));
  EXPECT_EQ(active_configuration(transaction, letter)->version, version_of(second));
  EXPECT_EQ(state_of(transaction, third), "replaced");
  EXPECT_EQ(go_back(transaction, letter, version_of(second), by("anna")), version_of(first));
  EXPECT_EQ(go_back(transaction, letter, version_of(first), by("anna")).error().code, ErrorCode::conflict);
  EXPECT_EQ(active_configuration(transaction, letter)->version, version_of(first));
}

TEST(Versions, go_back_only_from_the_one_that_was_seen_and_with_a_reason) {
  MemoryTransaction transaction;
  ASSERT_TRUE(offer_shipped(transaction, letter, first, morning));
  ASSERT_TRUE(propose(transaction, letter, second, by("anna")));
  ASSERT_TRUE(approve(transaction, letter, version_of(second), by("bert")));
  EXPECT_EQ(go_back(transaction, letter, version_of(first), by("bert")).error().code, ErrorCode::conflict);
  EXPECT_EQ(go_back(transaction, letter, version_of(second), {"bert", " ", morning}).error().code,
            ErrorCode::invalid_input);
  EXPECT_EQ(active_configuration(transaction, letter)->version, version_of(second));
}

TEST(Versions, that_were_gone_back_from_can_be_proposed_and_left_again) {
  MemoryTransaction transaction;
  ASSERT_TRUE(offer_shipped(transaction, letter, first, morning));
  for (int round = 0; round < 2; ++round) {
    ASSERT_TRUE(propose(transaction, letter, second, by("anna")));
    ASSERT_TRUE(approve(transaction, letter, version_of(second), by("bert")));
    EXPECT_EQ(go_back(transaction, letter, version_of(second), by("bert")), version_of(first));
  }
  EXPECT_FALSE(earlier_version(transaction, letter));
}

TEST(Versions, of_a_draft_are_thrown_away_but_stay_to_be_seen) {
  MemoryTransaction transaction;
  ASSERT_TRUE(offer_shipped(transaction, letter, first, morning));
  ASSERT_TRUE(propose(transaction, letter, second, by("anna")));
  EXPECT_EQ(throw_away(transaction, letter, version_of(second), {"bert", "", morning}).error().code,
            ErrorCode::invalid_input);
  EXPECT_EQ(throw_away(transaction, letter, "0", by("bert")).error().code, ErrorCode::not_found);
  EXPECT_EQ(throw_away(transaction, letter, version_of(first), by("bert")).error().code, ErrorCode::conflict);
  ASSERT_TRUE(throw_away(transaction, letter, version_of(second), by("bert")));
  EXPECT_EQ(state_of(transaction, second), "thrown-away");
  EXPECT_EQ(approve(transaction, letter, version_of(second), by("bert")).error().code, ErrorCode::conflict);
}

TEST(Versions, that_were_active_once_are_replaced_again_when_thrown_away) {
  MemoryTransaction transaction;
  ASSERT_TRUE(offer_shipped(transaction, letter, first, morning));
  ASSERT_TRUE(propose(transaction, letter, second, by("anna")));
  ASSERT_TRUE(approve(transaction, letter, version_of(second), by("bert")));
  ASSERT_TRUE(propose(transaction, letter, first, by("anna")));
  ASSERT_TRUE(throw_away(transaction, letter, version_of(first), by("anna")));
  EXPECT_EQ(state_of(transaction, first), "replaced");

  EXPECT_EQ(go_back(transaction, letter, version_of(second), by("bert")), version_of(first));
  ASSERT_TRUE(propose(transaction, letter, second, by("anna")));
  ASSERT_TRUE(throw_away(transaction, letter, version_of(second), by("anna")));
  EXPECT_EQ(state_of(transaction, second), "replaced") << "it was active, though it was gone back from";
}

TEST(Versions, tell_who_did_what_and_why) {
  MemoryTransaction transaction;
  ASSERT_TRUE(offer_shipped(transaction, letter, first, morning));
  ASSERT_TRUE(propose(transaction, letter, second, by("anna")));
  ASSERT_TRUE(approve(transaction, letter, version_of(second), by("bert")));
  ASSERT_TRUE(go_back(transaction, letter, version_of(second), {"carla", "Fout in de aanhef", morning}));
  const auto events = events_of(transaction, letter);
  ASSERT_EQ(events.size(), 3U);
  EXPECT_EQ(events[0], (ConfigurationEvent{version_of(second), "proposed", "", by("anna")}));
  EXPECT_EQ(events[1], (ConfigurationEvent{version_of(second), "approved", version_of(first), by("bert")}));
  EXPECT_EQ(
      events[2],
      (ConfigurationEvent{
          version_of(first), "went-back", version_of(second), {"carla", "Fout in de aanhef", morning}}));
  EXPECT_TRUE(events_of(transaction, {"form", "grant"}).empty());
}

TEST(Versions, wait_for_their_day_and_begin_on_it) {
  MemoryTransaction transaction;
  ASSERT_TRUE(offer_shipped(transaction, letter, first, morning));
  ASSERT_TRUE(propose(transaction, letter, second, by("anna")));
  const Date new_year{std::chrono::year{2027}, std::chrono::January, std::chrono::day{1}};
  ASSERT_TRUE(approve(transaction, letter, version_of(second), by("bert"), new_year));
  EXPECT_EQ(state_of(transaction, second), "planned");
  EXPECT_EQ(active_configuration(transaction, letter)->version, version_of(first));
  EXPECT_EQ(planned_version(transaction, letter)->from, new_year);
  EXPECT_EQ(propose(transaction, letter, second, by("anna")).error().code, ErrorCode::conflict);
  EXPECT_EQ(throw_away(transaction, letter, version_of(second), by("bert")).error().code,
            ErrorCode::conflict);

  EXPECT_FALSE(begin_planned(transaction, letter, *parse_instant("2026-12-31T22:59:59Z")));
  EXPECT_EQ(begin_planned(transaction, letter, *parse_instant("2026-12-31T23:00:00Z")), version_of(second))
      << "midnight in the Netherlands";
  EXPECT_EQ(active_configuration(transaction, letter)->version, version_of(second));
  EXPECT_FALSE(planned_version(transaction, letter));
  EXPECT_FALSE(begin_planned(transaction, letter, *parse_instant("2026-12-31T23:00:01Z")));
  EXPECT_EQ(earlier_version(transaction, letter), version_of(first));
  const auto events = events_of(transaction, letter);
  EXPECT_EQ(events.back().kind, "began");
  EXPECT_EQ(events.back().change.person, "bert");
  EXPECT_EQ(events.back().from, new_year);
}

TEST(Versions, that_wait_for_their_day_are_drafts_again_once_another_one_becomes_active) {
  const ConfigurationFiles third{{"grant.mustache", "Dag {{name}}"}};
  const Date new_year{std::chrono::year{2027}, std::chrono::January, std::chrono::day{1}};
  MemoryTransaction transaction;
  ASSERT_TRUE(offer_shipped(transaction, letter, first, morning));
  ASSERT_TRUE(propose(transaction, letter, second, by("anna")));
  ASSERT_TRUE(propose(transaction, letter, third, by("anna")));
  ASSERT_TRUE(approve(transaction, letter, version_of(second), by("bert"), new_year));
  EXPECT_EQ(approve(transaction, letter, version_of(third), by("bert"), new_year).error().code,
            ErrorCode::conflict)
      << "one at a time";
  ASSERT_TRUE(approve(transaction, letter, version_of(third), by("bert")));
  EXPECT_EQ(state_of(transaction, second), "draft");
  EXPECT_FALSE(planned_version(transaction, letter));

  ASSERT_TRUE(approve(transaction, letter, version_of(second), by("bert"), new_year));
  EXPECT_EQ(go_back(transaction, letter, version_of(third), by("bert")), version_of(first));
  EXPECT_EQ(state_of(transaction, second), "draft");
  EXPECT_FALSE(begin_planned(transaction, letter, *parse_instant("2027-06-01T12:00:00Z")));
}

TEST(Versions, cannot_begin_on_a_day_that_has_passed) {
  MemoryTransaction transaction;
  ASSERT_TRUE(offer_shipped(transaction, letter, first, morning));
  ASSERT_TRUE(propose(transaction, letter, second, by("anna")));
  const Date yesterday{std::chrono::year{2026}, std::chrono::November, std::chrono::day{20}};
  EXPECT_EQ(approve(transaction, letter, version_of(second), by("bert"), yesterday).error().code,
            ErrorCode::invalid_input);
  ASSERT_TRUE(approve(transaction, letter, version_of(second), by("bert"), add_days(yesterday, 1)));
  EXPECT_EQ(active_configuration(transaction, letter)->version, version_of(second));
}

TEST(Versions, refuse_what_is_unknown_active_or_anonymous) {
  MemoryTransaction transaction;
  ASSERT_TRUE(offer_shipped(transaction, letter, first, morning));
  EXPECT_EQ(approve(transaction, letter, "0", by("bert")).error().code, ErrorCode::not_found);
  EXPECT_EQ(propose(transaction, letter, first, by("anna")).error().code, ErrorCode::conflict);
  EXPECT_EQ(propose(transaction, letter, second, by("")).error().code, ErrorCode::invalid_input);
  EXPECT_EQ(propose(transaction, letter, second, {"anna", " ", morning}).error().code,
            ErrorCode::invalid_input);
  EXPECT_EQ(propose(transaction, letter, second, by("shipped")).error().code, ErrorCode::invalid_input);
}

TEST(Versions, of_a_folder_that_is_not_there_say_which) {
  const auto files = read_configuration_folder("/nowhere/policy", {".dmn"});
  ASSERT_FALSE(files);
  EXPECT_THAT(files.error().message, HasSubstr("/nowhere/policy"));
}

TEST(ActivePolicy, compiles_once_and_again_after_an_approval) {
  MemoryTransaction transaction;
  ActivePolicy active;
  EXPECT_EQ(active.get(transaction).error().code, ErrorCode::configuration);

  ASSERT_TRUE(offer_shipped(transaction, policy_name(), shipped_files(), morning));
  const auto before = active.get(transaction);
  ASSERT_TRUE(before) << before.error().message;
  EXPECT_EQ(*active.get(transaction), *before);

  auto files = shipped_files();
  files.erase("extension.dmn");
  files.erase("extension.examples.json");
  ASSERT_TRUE(propose(transaction, policy_name(), files, by("anna")));
  EXPECT_EQ((*active.get(transaction))->types().size(), 3U);
  ASSERT_TRUE(approve(transaction, policy_name(), version_of(files), by("bert")));
  EXPECT_EQ((*active.get(transaction))->types().size(), 2U);
}

TEST(ActivePolicy, refuses_content_that_is_not_its_version) {
  MemoryTransaction transaction;
  ASSERT_TRUE(offer_shipped(transaction, policy_name(), shipped_files(), morning));
  auto files = shipped_files();
  files.erase("extension.dmn");
  files.erase("extension.examples.json");
  transaction.records.front().content = content_of(files);
  ActivePolicy active;
  EXPECT_EQ(active.get(transaction).error().code, ErrorCode::damaged);
}

}  // namespace
}  // namespace softbot

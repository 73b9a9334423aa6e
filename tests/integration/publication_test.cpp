#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "domain/json.h"
#include "support/crowd.h"
#include "support/daemon.h"

namespace softbot::tests {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

Daemon& daemon() {
  static Daemon shared;
  return shared;
}

/// The shipped configuration with one text of one file changed.
fs::path configuration_with(const fs::path& folder, const std::string& file, const std::string& from,
                            const std::string& to) {
  fs::copy(shipped_configuration(), folder, fs::copy_options::recursive);
  std::stringstream text;
  text << std::ifstream(folder / file).rdbuf();
  std::string content = text.str();
  const auto at = content.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  content.replace(at, from.size(), to);
  std::ofstream(folder / file) << content;
  return folder / "softbot.json";
}

const Value& entry_of(const Value& entries, const std::string& title) {
  static const Value none;
  for (const Value& entry : entries.items()) {
    if (entry["name"].text_or_empty().find(title) != std::string::npos) return entry;
  }
  return none;
}

std::size_t characters(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

TEST(TheRegisterEntry, HasTheFieldsOfThePublicationStandardWithinTheirLengths) {
  const Answer answer = daemon().get("/api/v1/policy/register-entries?municipality=molendam");
  ASSERT_EQ(answer.status, 200) << answer.body;
  const Value entries = answer.json()["entries"];
  ASSERT_EQ(entries.items().size(), 3U);
  const std::map<std::string, std::size_t> texts{{"name", 100},
                                                 {"description_short", 350},
                                                 {"organization", 100},
                                                 {"contact_email", 500},
                                                 {"website", 500},
                                                 {"goal", 2500},
                                                 {"proportionality", 2500},
                                                 {"human_intervention", 2500},
                                                 {"risks", 2500},
                                                 {"lawful_basis", 2500},
                                                 {"source_data", 2500},
                                                 {"methods_and_models", 5000},
                                                 {"provider", 200},
                                                 {"begin_date", 7},
                                                 {"publication_category", 40},
                                                 {"source_id", 100},
                                                 {"tags", 2500}};
  for (const Value& entry : entries.items()) {
    for (const auto& [name, most] : texts) {
      const std::string& text = entry[name].text_or_empty();
      EXPECT_FALSE(text.empty()) << name;
      EXPECT_LE(characters(text), most) << name << ": " << text;
    }
    EXPECT_EQ(entry["organization"].text_or_empty(), "Gemeente Molendam");
    EXPECT_EQ(entry["lang"].text_or_empty(), "nld");
    EXPECT_EQ(entry["standard_version"].text_or_empty(), "1.0");
    EXPECT_EQ(entry["status"].text_or_empty(), "In gebruik");
    EXPECT_GE(entry["lawful_basis_grouping"].items().size(), 3U);
    EXPECT_FALSE(entry["category"].items().empty());
  }
  const Value& help = entry_of(entries, "huishouden");
  EXPECT_THAT(help["source_data"].text_or_empty(), HasSubstr("Basisregistratie Personen"));
  EXPECT_THAT(help["human_intervention"].text_or_empty(), HasSubstr("5% eerst, als steekproef"));
  EXPECT_THAT(help["methods_and_models"].text_or_empty(),
              HasSubstr("Leeftijd waarop de bot hulp mag toekennen: 65 jaar"));
}

TEST(TheRegisterEntry, IsTheSameFromTheCommandLine) {
  const Ended ended = daemon().command({"policy", "register-entry", "--municipality", "molendam"});
  ASSERT_EQ(ended.status, 0) << ended.output;
  EXPECT_EQ(*parse_json(ended.output),
            daemon().get("/api/v1/policy/register-entries?municipality=molendam").json()["entries"]);
}

TEST(TheRegisterEntry, NeedsWhatOnlyTheMunicipalityKnows) {
  EXPECT_EQ(daemon().get("/api/v1/policy/register-entries?municipality=elders").status, 404);
  const TemporaryFolder folder;
  const auto bad = configuration_with(folder.path() / "config", "municipalities/molendam.json",
                                      "\"Impactvolle algoritmes\"", "\"Geheim\"");
  const Ended checked = run({softbot_program(), "check-config", bad.string()});
  EXPECT_NE(checked.status, 0);
  EXPECT_THAT(checked.output, HasSubstr("/algorithmRegister/publicationCategory"));
}

TEST(TheExplanation, ChangesWithAParameterOfTheActivePolicy) {
  const TemporaryFolder folder;
  Daemon::Options options;
  options.config = configuration_with(folder.path() / "config", "policy/default/parameters.json",
                                      "\"value\": 65", "\"value\": 64");
  // Its example at the boundary is about 65; without examples nothing keeps this version from becoming
  // active.
  fs::remove(folder.path() / "config/policy/default/household-help.examples.json");
  Daemon other(options);
  const std::string page = other.get("/beleid").body;
  EXPECT_THAT(page, HasSubstr("<strong>64 jaar</strong>"));
  EXPECT_THAT(page, Not(HasSubstr("<strong>65 jaar</strong>")));
  EXPECT_THAT(daemon().get("/beleid").body, HasSubstr("<strong>65 jaar</strong>"));
  const Ended text = other.command({"policy", "explain"});
  EXPECT_THAT(text.output, HasSubstr("Leeftijd waarop de bot hulp mag toekennen: 64 jaar"));
}

TEST(TheExplanation, IsAPageForEverybodyLinkedFromTheStart) {
  EXPECT_THAT(daemon().get("/").body, HasSubstr("href=\"/beleid\""));
  const std::string page = daemon().get("/beleid").body;
  EXPECT_THAT(page, HasSubstr("U hebt geen eigen schoonmaakhulp."));
  EXPECT_THAT(page, HasSubstr("De inwoner vraagt een persoonsgebonden budget."));
  EXPECT_THAT(page, Not(HasSubstr("light-cleaning"))) << "answers are named as the form names them";
  const Value explanation = daemon().get("/api/v1/policy/explanation").json();
  EXPECT_EQ(explanation["types"].items().size(), 3U);
}

TEST(TheFigures, TellSharesPerGroupAndNothingOfSmallOnes) {
  const TemporaryFolder folder;
  const std::vector<Resident> people = crowd(14);
  write_register(folder.path() / "persons.json", people);
  Daemon::Options options;
  options.config = generous_configuration(folder.path() / "config", "0");
  options.persons = folder.path() / "persons.json";
  Daemon one(options);
  std::size_t count = 0;
  for (const Resident& resident : people) {
    Value submission = toilet_raiser_for(resident);
    if (++count > 11) submission = with_answer(std::move(submission), "provisionForm", "personal-budget");
    const Answer accepted = one.submit(submission, "group-" + std::to_string(count), "digid");
    ASSERT_EQ(accepted.status, 202) << accepted.body;
    static_cast<void>(one.settled(reference_in(accepted)));
  }
  const Value groups = one.get_as_machine("/api/v1/figures").json()["groups"];
  EXPECT_EQ(groups["smallestShown"].as_integer(), 10);
  std::int64_t granted = 0;
  std::int64_t referred = 0;
  for (const Value& shares : groups["shares"].items()) {
    if (shares["type"].text_or_empty() != "small-aids") continue;
    for (const Value& group : shares["groups"].items()) {
      EXPECT_EQ(group.contains("granted"), group["shown"].as_bool().value_or(false));
      if (shares["dimension"].text_or_empty() != "channel") continue;
      granted += group["granted"].as_integer().value_or(0);
      referred += group["referred"].as_integer().value_or(0);
    }
  }
  EXPECT_EQ(granted, 11);
  EXPECT_EQ(referred, 3);
}

}  // namespace
}  // namespace softbot::tests

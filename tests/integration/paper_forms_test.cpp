#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>

#include "domain/json.h"
#include "support/daemon.h"

namespace softbot::tests {
namespace {

using testing::HasSubstr;
using testing::Not;
namespace fs = std::filesystem;

Daemon& daemon() {
  static Daemon shared;
  return shared;
}

Ended softbot(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), softbot_program());
  return run(arguments);
}

std::string read_file(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

std::string words_of(const std::string& pdf) {
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "printed.pdf";
  std::ofstream(file, std::ios::binary) << pdf;
  return run({"/usr/bin/pdftotext", "-layout", file.string(), "-"}).output;
}

std::string without_spaces(std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\f'; });
  return text;
}

/// The sign of the geometry in the readable code: the group before the set number.
std::string geometry_in(const std::string& words) {
  const auto dash = words.find("1/");
  const auto begin = words.find_first_not_of(' ', words.find(' ', dash));
  return words.substr(begin, 8);
}

TEST(TheFormOnPaper, IsPrintedForWhoAsks) {
  const Answer form = daemon().get("/forms/small-aids.pdf?gemeente=molendam");
  ASSERT_EQ(form.status, 200);
  EXPECT_EQ(form.header("content-type"), "application/pdf");
  EXPECT_EQ(form.header("cache-control"), "no-store");
  const std::string words = words_of(form.body);
  EXPECT_THAT(words, HasSubstr("Gemeente Molendam"));
  EXPECT_THAT(words, HasSubstr("Welk hulpmiddel vraagt u aan?"));
  EXPECT_NE(words_of(daemon().get("/forms/small-aids.pdf?gemeente=molendam").body), words)
      << "each print has a set number of its own";
}

TEST(TheFormOnPaper, AsksForSeveralThingsWithOneCommonPart) {
  const Answer form = daemon().get("/forms/small-aids.pdf?type=extension&gemeente=voorbeeld");
  ASSERT_EQ(form.status, 200);
  const std::string words = words_of(form.body);
  EXPECT_THAT(words, HasSubstr("Welk hulpmiddel vraagt u aan?"));
  EXPECT_THAT(words, HasSubstr("Wanneer stopt de hulp?"));
  EXPECT_EQ(words.find("Burgerservicenummer"), words.rfind("Burgerservicenummer"));
}

TEST(TheFormOnPaper, IsReachedFromTheStartPage) {
  EXPECT_THAT(daemon().get("/").body, HasSubstr("formaction=\"/forms\""));
  const Answer chosen = daemon().get("/forms?type=small-aids&type=extension&gemeente=molendam");
  EXPECT_EQ(chosen.status, 303);
  EXPECT_EQ(chosen.header("location"), "/forms/small-aids.pdf?gemeente=molendam&type=extension");
  EXPECT_EQ(daemon().get("/forms").header("location"), "/?kies=1");
}

TEST(TheFormOnPaper, ThatDoesNotExistIsNotFound) {
  for (const char* path : {"/forms/boat.pdf", "/forms/small-aids", "/forms/.pdf", "/forms/common.pdf",
                           "/forms/small-aids.pdf?type=boat", "/forms/..%2Fsecret.pdf"}) {
    EXPECT_EQ(daemon().get(path).status, 404) << path;
  }
}

TEST(TheFormOnPaper, HoldsWhatIsKnownOnlyForWhoSignedIn) {
  EXPECT_EQ(daemon().get("/forms/small-aids.pdf?known=1").status, 401);
  EXPECT_EQ(daemon().get("/forms/small-aids.pdf?known=1", {"Authorization: Bearer " + daemon().key()}).status,
            401);
  static_cast<void>(
      daemon().settled(reference_in(daemon().submit(toilet_raiser_for_zonneveld(), "known-1", "digid"))));
  const Answer session = daemon().post("/api/v1/demo-session", Value::object({{"bsn", "999900006"}}));
  const std::string cookie =
      "Cookie: " + session.header("set-cookie").substr(0, session.header("set-cookie").find(';'));
  const Answer known = daemon().get("/forms/household-help.pdf?known=1", {cookie});
  ASSERT_EQ(known.status, 200);
  const std::string signs = without_spaces(words_of(known.body));
  for (const char* said : {"999900006", "ZONNEVELD", "DORPSSTRAAT", "14-03-1946"})
    EXPECT_TRUE(signs.find(said) != std::string::npos) << said;
  const std::string blank =
      without_spaces(words_of(daemon().get("/forms/household-help.pdf", {cookie}).body));
  EXPECT_EQ(blank.find("999900006"), std::string::npos);
  EXPECT_THAT(daemon().get("/", {cookie}).body, HasSubstr("name=\"known\""));
  EXPECT_THAT(daemon().get("/").body, Not(HasSubstr("name=\"known\"")));
}

/// Paper from the command line must be known to the daemon that reads it.
TEST(TheFormOnPaper, FromTheCommandLineHasAGeometryThatTheDaemonKeeps) {
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "form.pdf";
  const Ended printed = softbot(
      {"print-form", "living-allowance", "small-aids", "--municipality", "molendam", "-o", file.string()});
  ASSERT_EQ(printed.status, 0) << printed.output;
  std::string id = geometry_in(words_of(read_file(file)));
  std::ranges::transform(id, id.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const std::string kept =
      run({"/usr/bin/sqlite3", "-cmd", ".timeout 5000", (daemon().data() / "softbot.db").string(),
           "SELECT name FROM configuration WHERE kind = 'geometry' AND version = '" + id + "'"})
          .output;
  EXPECT_EQ(kept, "small-aids+living-allowance\n") << id;
}

/// The letter that asks this application for more, in words.
std::string repair_letter_for(Value submission, const std::string& idempotency_key) {
  const std::string reference =
      reference_in(daemon().submit(std::move(submission), idempotency_key, "paper-signed"));
  const auto letter_in = [](const Value& view) {
    std::string id;
    for (const Value& document : view["documents"].items()) {
      if (document["title"].text_or_empty() == "Wij missen nog gegevens") id = document["id"].text_or_empty();
    }
    return id;
  };
  const Value view =
      daemon().wait_until(reference, [&](const Value& seen) { return !letter_in(seen).empty(); });
  return words_of(
      daemon().get_as_machine("/api/v1/applications/" + reference + "/documents/" + letter_in(view)).body);
}

TEST(TheLetterThatAsks, BringsASheetToAnswerOnToWhoAppliedOnPaper) {
  Value submission = with_answer(household_help_for_de_graaf(), "roomsInUse", Value());
  submission.set("channel", "paper");
  const std::string on_paper = repair_letter_for(submission, "answer-sheet-1");
  EXPECT_THAT(on_paper, HasSubstr("Antwoordblad"));
  submission.set("channel", "api");
  EXPECT_THAT(repair_letter_for(submission, "answer-sheet-2"), Not(HasSubstr("ntwoordblad")));
}

TEST(PrintForm, WritesAPdfOrItsGeometry) {
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "form.pdf";
  ASSERT_EQ(softbot({"print-form", "extension", "--municipality", "voorbeeld", "-o", file.string()}).status,
            0);
  EXPECT_EQ(read_file(file).substr(0, 5), "%PDF-");
  const Ended geometry =
      softbot({"print-form", "extension", "--municipality", "voorbeeld", "--geometry", "-o", "-"});
  ASSERT_EQ(geometry.status, 0);
  const auto json = parse_json(geometry.output);
  ASSERT_TRUE(json) << geometry.output.substr(0, 200);
  EXPECT_EQ((*json)["types"].items().front(), Value("extension"));
  EXPECT_FALSE((*json)["fields"].items().empty());
  EXPECT_EQ((*json)["pages"].items().front()["marks"].items().size(), 4U);
}

TEST(PrintForm, PrintsWhatIsKnown) {
  const TemporaryFolder folder;
  const fs::path known = folder.path() / "known.json";
  const fs::path file = folder.path() / "form.pdf";
  std::ofstream(known) << R"({"common":{"bsn":"999900006","town":"Voorbeeld"}})";
  const std::vector<std::string> command{"print-form", "extension",   "--municipality", "voorbeeld",
                                         "-o",         file.string(), "--known",        known.string()};
  ASSERT_EQ(softbot(command).status, 0);
  EXPECT_NE(without_spaces(words_of(read_file(file))).find("999900006"), std::string::npos);
  std::ofstream(known) << R"({"common":{"height":"999900006"}})";
  const Ended refused = softbot(command);
  EXPECT_EQ(refused.status, 3);
  EXPECT_THAT(refused.output, HasSubstr("common.height"));
  EXPECT_THAT(refused.output, Not(HasSubstr("999900006")));
  std::ofstream(known) << "{";
  EXPECT_EQ(softbot(command).status, 3);
  fs::remove(known);
  EXPECT_EQ(softbot(command).status, 3);
}

TEST(CheckConfig, NamesAFormThatNoPageHolds) {
  const TemporaryFolder folder;
  const fs::path config = folder.path() / "config";
  fs::copy(shipped_configuration(), config, fs::copy_options::recursive);
  const fs::path file = config / "forms" / "extension.json";
  std::string text = read_file(file);
  std::string options;
  for (int i = 0; i < 60; ++i) {
    const std::string words =
        std::to_string(i) +
        ": een antwoord van zoveel woorden dat er maar één naast een hokje past, en niet twee";
    options += "{\"value\": \"answer-" + std::to_string(i) + R"(", "label": {"nl": ")" + words +
               R"(", "en": ")" + words + "\"}},";
  }
  const std::string before = R"({"value": "same")";
  ASSERT_NE(text.find(before), std::string::npos);
  text.insert(text.find(before), options);
  std::ofstream(file) << text;
  const Ended checked = softbot({"check-config", config.string()});
  EXPECT_EQ(checked.status, 4) << checked.output;
  EXPECT_THAT(checked.output, HasSubstr("forms/extension.json on paper for molendam"));
  EXPECT_THAT(checked.output, HasSubstr("\"wantedChange\""));
}

TEST(PrintForm, SaysWhatIsWrongWithItsOptions) {
  const TemporaryFolder folder;
  const std::string file = (folder.path() / "form.pdf").string();
  const Ended boat = softbot({"print-form", "boat", "--municipality", "voorbeeld", "-o", file});
  EXPECT_EQ(boat.status, 2);
  EXPECT_THAT(boat.output, HasSubstr("small-aids"));
  const Ended place = softbot({"print-form", "extension", "--municipality", "atlantis", "-o", file});
  EXPECT_EQ(place.status, 2);
  EXPECT_THAT(place.output, HasSubstr("molendam"));
  EXPECT_EQ(softbot({"print-form", "--municipality", "voorbeeld", "-o", file}).status, 2);
  EXPECT_EQ(softbot({"print-form", "extension", "--municipality", "voorbeeld"}).status, 2);
  EXPECT_EQ(softbot({"print-form", "extension", "--language", "fr", "-o", file}).status, 2);
  EXPECT_EQ(softbot({"print-form", "extension", "--municipality", "voorbeeld", "-o",
                     (folder.path() / "absent" / "form.pdf").string()})
                .status,
            1);
  EXPECT_FALSE(fs::exists(file));
}

}  // namespace
}  // namespace softbot::tests

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "domain/json.h"
#include "support/crowd.h"
#include "support/daemon.h"
#include "test_data.h"

namespace softbot::tests {
namespace {

using testing::HasSubstr;
namespace fs = std::filesystem;

Ended softbot(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), softbot_program());
  return run(arguments);
}

Ended softbot_in(const fs::path& folder, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {"/usr/bin/env", "-C", folder.string(), softbot_program()});
  return run(arguments);
}

/// The report on one file; more arguments may follow it.
Value read_json(std::vector<std::string> arguments, int wanted_status) {
  arguments.insert(arguments.begin(), {"read", "--json"});
  const Ended ended = softbot(arguments);
  EXPECT_EQ(ended.status, wanted_status) << ended.output;
  const auto json = parse_json(ended.output, {std::size_t{64} << 20, 32, 1'000'000, 1'000});
  EXPECT_TRUE(json) << ended.output;
  return json && (*json)["files"].items().size() == 1 ? (*json)["files"].items().front() : Value();
}

std::vector<std::string> names_in(const Value& object) {
  std::vector<std::string> names;
  for (const Value::Member& member : object.members()) names.push_back(member.name);
  return names;
}

/// The first page of an empty form as it is handed out, and the first of its own questions.
class PrintedForm {
 public:
  explicit PrintedForm(std::vector<std::string> types) {
    const std::string whole = (folder() / "whole.pdf").string();
    std::vector<std::string> command{"print-form", "--municipality", "voorbeeld", "-o", whole};
    command.insert(command.end(), types.begin(), types.end());
    EXPECT_EQ(softbot(command).status, 0);
    EXPECT_EQ(run({"/usr/bin/qpdf", whole, "--pages", whole, "1,4", "--", pdf().string()}).status, 0);
  }
  [[nodiscard]] fs::path pdf() const { return folder_.path() / "form.pdf"; }
  [[nodiscard]] const fs::path& folder() const { return folder_.path(); }

 private:
  TemporaryFolder folder_;
};

TEST(ReadingAForm, TellsPagesFormsAndFields) {
  const PrintedForm form({"small-aids", "extension"});
  const Value report = read_json({form.pdf().string()}, 0);
  EXPECT_THAT(names_in(report), testing::ElementsAre("file", "error", "pages", "forms"));
  EXPECT_TRUE(report["error"].is_null());
  ASSERT_FALSE(report["pages"].items().empty());
  const Value& page = report["pages"].items().front();
  EXPECT_THAT(names_in(page),
              testing::ElementsAre("index", "width", "height", "form", "rotation", "residual_mm"));
  EXPECT_EQ(page["form"]["municipality"].text_or_empty(), "voorbeeld");
  EXPECT_TRUE(page["residual_mm"].is_number());
  const auto& forms = report["forms"].items();
  ASSERT_EQ(forms.size(), 2U) << "one entry for each type";
  std::vector<std::string> types;
  for (const Value& one : forms) {
    types.push_back(one["type"].text_or_empty());
    EXPECT_EQ(one["municipality"].text_or_empty(), "voorbeeld");
    EXPECT_EQ(one["pages"].items().size(), report["pages"].items().size());
    EXPECT_GE(one["version"].as_integer().value_or(0), 1);
    const Value& bsn = one["fields"]["bsn"];
    EXPECT_EQ(bsn["state"].text_or_empty(), "empty") << "common fields stand with each type";
    EXPECT_TRUE(bsn["value"].is_null());
    EXPECT_EQ(bsn["box_mm"].items().size(), 4U);
    EXPECT_TRUE(bsn["alternatives"].is_list());
  }
  EXPECT_THAT(types, testing::UnorderedElementsAre("small-aids", "extension"));
  EXPECT_TRUE(forms[types[0] == "small-aids" ? 0 : 1]["fields"].contains("aid"));
  EXPECT_FALSE(forms[types[0] == "small-aids" ? 1 : 0]["fields"].contains("aid"));
}

TEST(ReadingAForm, GivesATableForPeople) {
  const PrintedForm form({"small-aids"});
  const Ended ended = softbot({"read", form.pdf().string()});
  EXPECT_EQ(ended.status, 0) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("small-aids of voorbeeld, 2 of "));
  EXPECT_THAT(ended.output, HasSubstr("bsn"));
}

TEST(ReadingAForm, WorksFromAnyFolder) {
  const PrintedForm form({"small-aids"});
  EXPECT_EQ(softbot_in(form.folder(), {"read", "--json", "form.pdf"}).status, 0);
}

TEST(ReadingSeveralFiles, TellsEachAndEndsWithThreeWhenOneWasNotRead) {
  const PrintedForm form({"small-aids"});
  const fs::path words = form.folder() / "words.txt";
  std::ofstream(words) << "Geachte heer, mevrouw";
  std::ofstream(form.folder() / "empty.pdf");
  std::ofstream(form.folder() / "broken.pdf") << "%PDF-1.7 no pages at all\n%%EOF\n";
  const Ended ended = softbot_in(form.folder(), {"read", "--json", "form.pdf", "absent.pdf", "words.txt",
                                                 "empty.pdf", "broken.pdf", ".", "form.pdf"});
  EXPECT_EQ(ended.status, 3) << ended.output;
  const auto json = parse_json(ended.output);
  ASSERT_TRUE(json) << ended.output;
  std::vector<std::string> codes;
  for (const Value& file : (*json)["files"].items())
    codes.push_back(file["error"].is_null() ? "read" : file["error"]["code"].text_or_empty());
  EXPECT_THAT(codes, testing::ElementsAre("read", "absent", "unsupported", "empty", "damaged", "unsupported",
                                          "read"));
  for (const Value& file : (*json)["files"].items()) {
    EXPECT_NE(file["error"].is_null(), !file["error"]["message"].text_or_empty().empty());
  }
}

TEST(Reading, WithWrongOptionsEndsWithTwo) {
  EXPECT_EQ(softbot({"read"}).status, 2);
  EXPECT_EQ(softbot({"read", "--json"}).status, 2);
  EXPECT_EQ(softbot({"read", "--nonsense", "form.pdf"}).status, 2);
  EXPECT_EQ(softbot({"read", "--data", "/nowhere", "form.pdf"}).status, 2);
}

TEST(Reading, KnowsWhatAStoreEverPrinted) {
  const TemporaryFolder folder;
  Daemon::Options options;
  options.config = generous_configuration(folder.path() / "config", "0");
  const fs::path definition = options.config.parent_path() / "forms" / "small-aids.json";
  std::string text = bytes_of(definition);
  const std::string version = "\"version\": ";
  ASSERT_NE(text.find(version), std::string::npos);
  text.insert(text.find(version) + version.size(), "7");
  std::ofstream(definition) << text;
  Daemon daemon(options);
  const fs::path form = folder.path() / "form.pdf";
  const fs::path whole = folder.path() / "whole.pdf";
  std::ofstream(whole, std::ios::binary) << daemon.get("/forms/small-aids.pdf").body;
  ASSERT_EQ(run({"/usr/bin/qpdf", whole.string(), "--pages", ".", "4", "--", form.string()}).status, 0);
  const Value stranger = read_json({form.string()}, 0)["forms"].items().front();
  EXPECT_EQ(stranger["version"].as_integer().value_or(0) / 10, 7);
  EXPECT_TRUE(stranger["fields"].members().empty());
  const Value known =
      read_json({form.string(), "--data", daemon.data().string()}, 0)["forms"].items().front();
  EXPECT_TRUE(known["fields"].contains("aid"));
}

TEST(ReadingAnEncryptedFile, SaysSo) {
  const PrintedForm form({"small-aids"});
  const fs::path locked = form.folder() / "locked.pdf";
  ASSERT_EQ(run({"/usr/bin/qpdf", "--encrypt", "geheim", "geheim", "256", "--", form.pdf().string(),
                 locked.string()})
                .status,
            0);
  EXPECT_EQ(read_json({locked.string()}, 3)["error"]["code"].text_or_empty(), "encrypted");
}

}  // namespace
}  // namespace softbot::tests

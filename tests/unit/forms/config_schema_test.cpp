#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "json_schema.h"
#include "shipped.h"

namespace softbot {
namespace {

namespace fs = std::filesystem;
using forms_test::config_dir;
using forms_test::json;
using forms_test::validate;

Value read(const fs::path& path) {
  std::ifstream in(path);
  std::ostringstream content;
  content << in.rdbuf();
  return json(content.str());
}

TEST(ConfigSchemas, FitEveryFileThatNamesOne) {
  std::vector<std::string> named;
  for (const auto& entry : fs::recursive_directory_iterator(config_dir())) {
    if (entry.path().extension() != ".json") continue;
    const auto document = read(entry.path());
    const auto& schema = document["$schema"].text_or_empty();
    if (schema.empty() || schema.starts_with("https:")) continue;
    const auto file = entry.path().parent_path() / schema;
    ASSERT_TRUE(fs::exists(file)) << entry.path() << " names " << schema;
    EXPECT_EQ(validate(read(file), document), "") << entry.path();
    named.push_back(file.filename().string());
  }
  for (const char* schema :
       {"form-definition.json", "municipality.json", "signals.json", "policy-examples.json"})
    EXPECT_THAT(named, testing::Contains(schema));
}

TEST(ConfigSchemas, RefuseAnExampleOfAPolicyThatSaysNoOutcome) {
  const auto schema = read(fs::path(config_dir()) / "schemas" / "policy-examples.json");
  const auto with = [](const std::string& expect) {
    return json(
        R"({"municipality": "m", "today": "2026-11-21", "facts": {}, "examples": [{"name": "n", "expect": )" +
        expect + "}]}");
  };
  EXPECT_EQ(validate(schema, with(R"({"refer": ["wlz"]})")), "");
  EXPECT_NE(validate(schema, with("{}")), "");
  EXPECT_NE(validate(schema, with(R"({"grant": {}})")), "");
  EXPECT_NE(validate(schema, with(R"({"refuse": ["wlz"]})")), "");
}

TEST(ConfigSchemas, LetCorrectionsBeKeptOnlyWithATermAndAGround) {
  const auto schema = read(fs::path(config_dir()) / "schemas" / "municipality.json");
  const auto with = [](const std::string& learning) {
    Value file = read(fs::path(config_dir()) / "municipalities" / "voorbeeld.json");
    file.set("learning", json(learning));
    return file;
  };
  EXPECT_EQ(validate(schema, with(R"({"keepCorrections": false})")), "");
  EXPECT_EQ(validate(schema, with(R"({"keepCorrections": true, "retentionDays": 90, "ground": "x"})")), "");
  EXPECT_NE(validate(schema, with(R"({"keepCorrections": true, "ground": "x"})")), "");
  EXPECT_NE(validate(schema, with(R"({"keepCorrections": true, "retentionDays": 90})")), "");
  EXPECT_NE(validate(schema, with(R"({"keepCorrections": true, "retentionDays": 0, "ground": "x"})")), "");
}

}  // namespace
}  // namespace softbot

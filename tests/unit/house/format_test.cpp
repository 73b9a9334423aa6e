#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "source_files.h"
#include "support/checkout.h"

namespace softbot::house {
namespace {

const std::filesystem::path root = checkout();

struct PipeCloser {
  void operator()(FILE* pipe) const { pclose(pipe); }
};

bool has_program(const std::string& name) {
  return std::system(("command -v " + name + " >/dev/null 2>&1").c_str()) == 0;
}

TEST(House, EveryFileIsFormatted) {
  if (!has_program("clang-format-14")) GTEST_SKIP() << "clang-format-14 is not installed";
  std::string command = "cd '" + root.string() + "' && clang-format-14 --dry-run -Werror 2>&1";
  std::size_t count = 0;
  for (const char* folder : {"bot", "adapters", "samples", "tests"}) {
    for (const SourceFile& file : source_files(root, folder)) {
      command += " '" + file.path + "'";
      ++count;
    }
  }
  ASSERT_GT(count, 100U);
  const std::unique_ptr<FILE, PipeCloser> pipe(popen(command.c_str(), "r"));
  ASSERT_NE(pipe, nullptr);
  std::string said;
  char piece[4096];
  while (const auto length = std::fread(piece, 1, sizeof piece, pipe.get())) said.append(piece, length);
  EXPECT_EQ(said.substr(0, 2000), "") << "Format with: clang-format-14 -i FILE";
}

TEST(House, EveryPartSaysWhatLivesThere) {
  for (const char* folder : {"bot", "adapters"}) {
    for (const auto& entry : std::filesystem::directory_iterator(root / folder)) {
      if (!entry.is_directory()) continue;
      EXPECT_TRUE(std::filesystem::exists(entry.path() / "README.md"))
          << entry.path() << " has no README.md.";
    }
  }
}

TEST(House, ScriptsMayBeRun) {
  for (const char* script : {"run", "test", ".ci/run", ".ci/setup"}) {
    const auto permissions = std::filesystem::status(root / script).permissions();
    EXPECT_NE(permissions & std::filesystem::perms::others_exec, std::filesystem::perms::none) << script;
  }
}

}  // namespace
}  // namespace softbot::house

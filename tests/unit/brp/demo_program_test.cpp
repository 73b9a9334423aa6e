#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <memory>
#include <string>

#include "adapters/brp/brp_register.h"
#include "support/checkout.h"

namespace softbot {
namespace {

using ::testing::HasSubstr;

/// The program itself, with its first two lines read.
class Program {
 public:
  Program() {
    std::array<int, 2> ends{};
    if (pipe(ends.data()) != 0) throw std::runtime_error("pipe");
    child_ = fork();
    if (child_ == 0) {
      dup2(ends[1], STDOUT_FILENO);
      close(ends[0]);
      execl(SOFTBOT_DEMO_REGISTER, "demo-register", "--listen", "127.0.0.1:0", "--file",
            (checkout() / "samples/register.json").c_str(), static_cast<char*>(nullptr));
      _exit(127);
    }
    close(ends[1]);
    output_ = fdopen(ends[0], "r");
    banner = line();
    const auto second = line();
    base = second.substr(second.find("http://"));
  }
  ~Program() {
    if (child_ > 0) stop();
    if (output_ != nullptr) (void)fclose(output_);
  }
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  int stop() {
    kill(child_, SIGTERM);
    int status = 0;
    waitpid(child_, &status, 0);
    child_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  std::string banner;
  std::string base;

 private:
  std::string line() {
    std::array<char, 256> text{};
    if (fgets(text.data(), static_cast<int>(text.size()), output_) == nullptr) return "http://nothing";
    std::string result(text.data());
    while (!result.empty() && result.back() == '\n') result.pop_back();
    return result;
  }
  pid_t child_ = -1;
  FILE* output_ = nullptr;
};

TEST(DemoProgram, says_loudly_what_it_is_answers_and_stops_in_order) {
  Program program;
  EXPECT_THAT(program.banner, HasSubstr("DEMO REGISTER"));
  EXPECT_THAT(program.banner, HasSubstr("made-up"));
  BrpOptions options;
  options.base_url = program.base;
  BrpRegister persons(options);
  const auto person = persons.find("999902441");
  ASSERT_TRUE(person) << person.error().message;
  ASSERT_TRUE(*person);
  EXPECT_EQ((*person)->surname, "Kuipers");
  EXPECT_EQ(program.stop(), 0);
}

}  // namespace
}  // namespace softbot

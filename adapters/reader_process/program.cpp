#include "adapters/reader_process/program.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <utility>

#include "domain/json.h"

namespace softbot {
namespace {

using std::chrono::steady_clock;

constexpr std::size_t longest_version = 200;

/// What the child gets: its standard input is the socket, its outputs go nowhere, all else is closed.
class Files {
 public:
  explicit Files(int control) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_adddup2(&actions_, control, STDIN_FILENO);
    for (const int output : {STDOUT_FILENO, STDERR_FILENO})
      posix_spawn_file_actions_addopen(&actions_, output, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1);
  }
  ~Files() { posix_spawn_file_actions_destroy(&actions_); }
  Files(const Files&) = delete;
  Files& operator=(const Files&) = delete;
  [[nodiscard]] const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

/// No signal blocked or ignored, and a group of its own: Ctrl-C is for the starter, which ends it in order.
class Attributes {
 public:
  Attributes() {
    posix_spawnattr_init(&attributes_);
    sigset_t none;
    sigset_t all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setsigdefault(&attributes_, &all);
    posix_spawnattr_setpgroup(&attributes_, 0);
    posix_spawnattr_setflags(&attributes_,
                             POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  }
  ~Attributes() { posix_spawnattr_destroy(&attributes_); }
  Attributes(const Attributes&) = delete;
  Attributes& operator=(const Attributes&) = delete;
  [[nodiscard]] const posix_spawnattr_t* get() const { return &attributes_; }

 private:
  posix_spawnattr_t attributes_{};
};

bool is_sensible(const std::string& text) {
  return text.size() <= longest_version && is_utf8(text) &&
         std::ranges::all_of(text, [](char sign) { return static_cast<unsigned char>(sign) >= ' '; });
}

Result<pid_t> spawn(const ProgramPlace& place, int control) {
  std::string program = place.program.string();
  std::string models = place.models.string();
  std::string language = "LC_ALL=C.UTF-8";
  std::string threads = "OMP_THREAD_LIMIT=1";
  const std::array<char*, 3> arguments{program.data(), models.data(), nullptr};
  std::string algebra = "OPENBLAS_NUM_THREADS=1";  // it starts its threads when it is loaded
  const std::array<char*, 4> environment{language.data(), threads.data(), algebra.data(), nullptr};
  const Files files(control);
  const Attributes attributes;
  pid_t id = -1;
  const int problem =
      posix_spawn(&id, program.c_str(), files.get(), attributes.get(), arguments.data(), environment.data());
  if (problem != 0) {
    return fail(ErrorCode::configuration,
                "The reader of scans cannot be started: " + program + " is absent or may not be run.");
  }
  return id;
}

}  // namespace

Ready wait_for(const Wait& wait) {
  while (true) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(wait.until - steady_clock::now()).count();
    if (left <= 0) return Ready::nothing;
    const short first_for = wait.first_for == Wait::For::room ? POLLOUT : POLLIN;
    std::array<pollfd, 3> files{
        {{wait.stop, POLLIN, 0}, {wait.first, first_for, 0}, {wait.second, POLLIN, 0}}};
    const int found = poll(files.data(), files.size(), static_cast<int>(std::min<long long>(left, 60'000)));
    if (found <= 0) continue;
    if (files[0].revents != 0) return Ready::stop;
    return files[1].revents != 0 ? Ready::first : Ready::second;
  }
}

Result<std::unique_ptr<Program>> Program::start(const ProgramPlace& place, std::chrono::milliseconds limit,
                                                int stop) {
  auto sockets = ocr::control_sockets();
  if (!sockets) return fail(sockets.error());
  const auto id = spawn(place, sockets->theirs.number());
  if (!id) return fail(id.error());
  std::unique_ptr<Program> program(new Program(*id, std::move(sockets->mine)));
  sockets->theirs.close();  // so that its end is seen
  const Ready ready = wait_for({program->control(), -1, stop, steady_clock::now() + limit});
  if (ready == Ready::stop) return fail(ErrorCode::unavailable, "The reader of scans is being stopped.");
  if (ready == Ready::nothing)
    return fail(ErrorCode::unavailable, "The reader of scans did not get ready in time.");
  const auto message = ocr::receive_control(program->control());
  if (!message) {
    return fail(ErrorCode::configuration, "The reader of scans ends as soon as it is started: run " +
                                              place.program.string() +
                                              " by hand, and look whether its libraries are there.");
  }
  if (message->word != "ready" || !is_sensible(message->rest)) {
    const bool told = message->word == "broken" && is_sensible(message->rest);
    return fail(ErrorCode::configuration,
                told ? message->rest : "The reader of scans is another program than it should be.");
  }
  program->version_ = message->rest;
  return program;
}

Program::~Program() {
  ::kill(id_, SIGKILL);
  while (waitpid(id_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

}  // namespace softbot

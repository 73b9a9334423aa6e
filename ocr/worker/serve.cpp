#include "ocr/worker/serve.h"

#include <poll.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <exception>
#include <new>
#include <optional>

#include "ocr/protocol/control.h"

namespace softbot::ocr {
namespace {

constexpr int done = 0;
constexpr int not_locked_in = 4;
constexpr int no_document = 5;
constexpr int failed = 1;

std::optional<std::string> whole_file(int file) {
  struct stat about {};
  if (fstat(file, &about) != 0 || about.st_size < 0) return std::nullopt;
  std::string bytes(static_cast<std::size_t>(about.st_size), '\0');
  for (std::size_t at = 0; at < bytes.size();) {
    const ssize_t came = pread(file, bytes.data() + at, bytes.size() - at, static_cast<off_t>(at));
    if (came < 0 && errno == EINTR) continue;
    if (came <= 0) return std::nullopt;
    at += static_cast<std::size_t>(came);
  }
  return bytes;
}

/// The child from its first to its last moment.
int run_child(const ControlMessage& message, const ServeOptions& options, const ReadDocument& read) {
  const int socket = message.descriptors[1].number();
  const auto bytes = whole_file(message.descriptors[0].number());
  if (!bytes) return no_document;
  close_all_but(socket, options.fonts);
  if (!lock_in(options.limits, options.fonts)) return not_locked_in;
  DocumentChannel channel(socket);
  try {
    read(*bytes, message.word == "look" ? DocumentTask::look : DocumentTask::read, channel);
  } catch (const std::bad_alloc&) {
    channel.refused("memory", "Dit bestand vraagt meer geheugen dan één document mag gebruiken.");
  } catch (const std::exception&) {
    return failed;
  }
  return done;
}

class Child {
 public:
  explicit Child(pid_t id) : id_(id), file_(static_cast<int>(syscall(SYS_pidfd_open, id, 0))) {}
  ~Child() {
    if (id_ <= 0) return;
    kill();
    waitpid(id_, nullptr, 0);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  [[nodiscard]] int end_to_poll() const { return file_.number(); }
  void kill() const { ::kill(id_, SIGKILL); }
  /// Waits for the end: "exit 0", "signal 9".
  [[nodiscard]] std::string how_it_ended() {
    int status = 0;
    while (waitpid(id_, &status, 0) < 0 && errno == EINTR) {
    }
    id_ = -1;
    if (WIFSIGNALED(status)) return "signal " + std::to_string(WTERMSIG(status));
    return "exit " + std::to_string(WEXITSTATUS(status));
  }

 private:
  pid_t id_;
  Descriptor file_;
};

/// Whether this machine lets a document be locked in at all.
bool can_lock_in(const ServeOptions& options) {
  const pid_t id = fork();
  if (id == 0) _exit(lock_in(options.limits, options.fonts) ? done : not_locked_in);
  return id > 0 && Child(id).how_it_ended() == "exit 0";
}

/// Until the child ended, or the starter is gone (false).
bool watch(int control, Child& child) {
  while (true) {
    std::array<pollfd, 2> both{{{control, POLLIN, 0}, {child.end_to_poll(), POLLIN, 0}}};
    if (poll(both.data(), both.size(), -1) < 0) continue;
    if (both[1].revents != 0) return send_control(control, "ended", child.how_it_ended()).has_value();
    if (both[0].revents == 0) continue;
    const auto message = receive_control(control);
    if (!message || message->word != "stop") return false;
    child.kill();
  }
}

}  // namespace

int serve(int control, const ServeOptions& options, const ReadDocument& read) {
  std::signal(SIGPIPE, SIG_IGN);
  if (!can_lock_in(options)) {
    static_cast<void>(send_control(control, "broken",
                                   "Scans are not read: this system does not let a process lock itself in "
                                   "(seccomp, setrlimit)."));
    return not_locked_in;
  }
  if (!send_control(control, "ready", options.version)) return done;
  const pid_t self = getpid();
  while (auto message = receive_control(control)) {
    if (message->word == "stop") continue;  // crossed with the end of its document
    const bool task = message->word == "read" || message->word == "look";
    if (!task || message->descriptors.size() != 2) return failed;
    const pid_t id = fork();
    if (id < 0) {
      if (!send_control(control, "ended", "exit " + std::to_string(no_document))) return done;
      continue;
    }
    if (id == 0) {
      prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
      _exit(getppid() == self ? run_child(*message, options, read) : done);
    }
    Child child(id);
    message.reset();  // the socket must end with the child
    if (!watch(control, child)) return done;
  }
  return done;
}

}  // namespace softbot::ocr

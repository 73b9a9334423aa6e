#include "adapters/reader_process/document.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <optional>
#include <thread>
#include <utility>

#include "adapters/reader_process/answer.h"

namespace softbot {
namespace {

using std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr int pages_of_a_portion = 50;
constexpr auto patience = 5s;  // with what takes no time

tl::unexpected<Error> gone(std::string message) {
  return fail(ErrorCode::unavailable, std::move(message));
}

/// The bytes in memory of their own that nobody can change any more.
Result<ocr::Descriptor> sealed_file(const std::string& bytes) {
  ocr::Descriptor file(memfd_create("softbot-scan", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (!file.is_open()) return gone("The system gives no memory for a scan.");
  for (std::size_t at = 0; at < bytes.size();) {
    const ssize_t more = write(file.number(), bytes.data() + at, bytes.size() - at);
    if (more < 0 && errno == EINTR) continue;
    if (more <= 0) return gone("The system gives no memory for a scan.");
    at += static_cast<std::size_t>(more);
  }
  fcntl(file.number(), F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE);
  return file;
}

/// How many processes share a core, by the last minute.
double crowding() {
  constexpr double most = 8;
  double load = 0;
  if (getloadavg(&load, 1) != 1) return 1;
  return std::clamp(load / std::max(1.0, static_cast<double>(std::thread::hardware_concurrency())), 1.0,
                    most);
}

/// One document under way.
class Document {
 public:
  Document(Program& program, const DocumentNeeds& needs, const DocumentTime& time, int stop)
      : program_(program),
        task_(needs.task),
        answer_(needs.find_geometry, needs.templates),
        per_portion_(time.per_fifty_pages +
                     (needs.templates.empty() ? std::chrono::milliseconds(0) : time.with_templates)),
        stop_(stop) {}

  Result<void> give(const std::string& bytes) {
    auto file = sealed_file(bytes);
    if (!file) return fail(file.error());
    auto sockets = ocr::document_sockets();
    if (!sockets) return fail(sockets.error());
    socket_ = std::move(sockets->mine);
    const std::array<int, 2> given{file->number(), sockets->theirs.number()};
    begun_ = steady_clock::now();
    return ocr::send_control(program_.control(), task_, {}, given);
  }

  Result<DocumentOutcome> hear() {
    while (how_.empty()) {
      const auto waits_for = unsaid_.empty() ? Wait::For::bytes : Wait::For::room;
      switch (wait_for({socket_.number(), program_.control(), stop_, deadline(), waits_for})) {
        case Ready::stop:
          return gone("The reader of scans is being stopped.");
        case Ready::nothing:
          how_ = "time";
          break;
        case Ready::first:
          if (unsaid_.empty()) {
            hear_child();
          } else {
            say();
            take_frames();
          }
          break;
        case Ready::second:
          if (auto heard = hear_end(); !heard) return fail(heard.error());
          break;
      }
    }
    return end();
  }

 private:
  [[nodiscard]] steady_clock::time_point deadline() const {
    const int portions = (std::max(answer_.pages(), 1) + pages_of_a_portion - 1) / pages_of_a_portion;
    return begun_ + std::chrono::duration_cast<steady_clock::duration>(per_portion_ * portions * crowding());
  }

  /// Takes what lies ready. False when nothing more lies there.
  bool hear_child() {
    std::array<char, 262'144> piece;
    const ssize_t came = recv(socket_.number(), piece.data(), piece.size(), MSG_DONTWAIT);
    if (came < 0 && errno == EINTR) return true;
    if (came < 0 && errno == EAGAIN) return false;
    if (came <= 0) {
      socket_.close();  // how the child ended is said elsewhere
      return false;
    }
    parser_.feed({piece.data(), static_cast<std::size_t>(came)});
    take_frames();
    return true;
  }

  /// Until the child is to hear something first.
  void take_frames() {
    while (how_.empty() && unsaid_.empty()) {
      const auto frame = parser_.next();
      if (frame && !*frame) return;
      auto step = frame ? answer_.take(**frame) : Result<DocumentAnswer::Step>(fail(frame.error()));
      if (!step) {
        how_ = "odd";
      } else if (step->ended) {
        how_ = answer_.refused() ? "refused" : "read";
      } else {
        unsaid_ = std::move(step->reply);
        say();
      }
    }
  }

  /// As much as there is room for: a child that does not listen holds up nobody.
  void say() {
    while (!unsaid_.empty()) {
      const ssize_t more =
          send(socket_.number(), unsaid_.data(), unsaid_.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
      if (more < 0 && errno == EINTR) continue;
      if (more < 0 && errno == EAGAIN) return;
      unsaid_.erase(0, more < 0 ? unsaid_.size() : static_cast<std::size_t>(more));  // or nobody is there
    }
  }

  /// The parent speaks: the child has ended, and what it said before lies in the socket.
  Result<void> hear_end() {
    const auto message = ocr::receive_control(program_.control());
    if (!message || message->word != "ended") return gone("The reader of scans has ended.");
    child_has_ended_ = true;
    unsaid_.clear();
    take_frames();
    while (how_.empty() && socket_.is_open() && hear_child()) {
    }
    if (message->rest == "exit 4" || message->rest == "exit 5")
      return gone("The reader of scans could not lock in the process of a document.");
    if (how_.empty()) how_ = message->rest;
    return {};
  }

  Result<DocumentOutcome> end() {
    DocumentOutcome outcome;
    outcome.how = how_;
    if (!child_has_ended_) outcome.program_is_sound = end_child();
    std::optional<FieldError> refused;
    if (how_ == "refused") {
      refused = answer_.refused();
    } else if (how_ == "time" || how_ == "signal " + std::to_string(SIGXCPU)) {
      refused = refused_for_time();
    } else if (how_ == "signal " + std::to_string(SIGKILL)) {
      refused = refused_for_memory();  // nobody here killed it: the kernel had no memory left
    } else if (how_ != "read") {
      refused = refused_as_crashed();
    }
    outcome.file = std::move(answer_).finish(std::move(refused));
    return outcome;
  }

  /// Everything was said, or nothing more is wanted. False when the program does not obey.
  [[nodiscard]] bool end_child() {
    socket_.close();
    if (!ocr::send_control(program_.control(), "stop")) return false;
    if (wait_for({program_.control(), -1, -1, steady_clock::now() + patience}) != Ready::first) return false;
    const auto message = ocr::receive_control(program_.control());
    return message && message->word == "ended";
  }

  Program& program_;
  std::string_view task_;
  DocumentAnswer answer_;
  std::chrono::milliseconds per_portion_;
  int stop_;
  ocr::Descriptor socket_;
  ocr::FrameParser parser_;
  std::string unsaid_;  // what the child is still to hear
  steady_clock::time_point begun_;
  std::string how_;  // "" while it is under way
  bool child_has_ended_ = false;
};

}  // namespace

Result<DocumentOutcome> read_with(Program& program, const std::string& bytes, const DocumentNeeds& needs,
                                  const DocumentTime& time, int stop) {
  Document document(program, needs, time, stop);
  if (auto given = document.give(bytes); !given) return fail(given.error());
  return document.hear();
}

}  // namespace softbot

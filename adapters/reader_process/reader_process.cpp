#include "adapters/reader_process/reader_process.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace softbot {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::milliseconds longest_pause{60'000};
const ReadingTemplates no_templates;

/// Something that poll() can wait for.
class Event {
 public:
  Event() : file_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}
  [[nodiscard]] int number() const { return file_.number(); }
  void set() const { static_cast<void>(eventfd_write(file_.number(), 1)); }
  void clear() const {
    eventfd_t count = 0;
    static_cast<void>(eventfd_read(file_.number(), &count));
  }

 private:
  ocr::Descriptor file_;
};

bool has_something_to_say(const Program& program) {
  pollfd file{program.control(), POLLIN, 0};
  return poll(&file, 1, 0) > 0;
}

}  // namespace

struct ReaderProcess::State {
  using Idle = std::vector<std::unique_ptr<Program>>;

  ReaderProcessOptions options;
  Log& log;
  Metrics& metrics;
  Event stop_event;  ///< stays set
  Event changed_event;
  mutable std::mutex mutex;  // guards everything below
  std::condition_variable changed;
  Idle idle;
  std::size_t running = 0;  ///< idle ones, and those with a document
  std::string problem;      ///< of the last start; "" when it went well
  bool stopping = false;
  std::string version = "none";
  std::chrono::milliseconds pause;
  steady_clock::time_point next_start = steady_clock::now();
  std::thread keeper;

  State(ReaderProcessOptions options_in, Log& log_in, Metrics& metrics_in)
      : options(std::move(options_in)), log(log_in), metrics(metrics_in), pause(options.first_pause) {}

  void note_running() {
    metrics.gauge("softbot_reader_programs", "Programs that read scans and are up.", {})
        .set(static_cast<double>(running));
    metrics.gauge("softbot_reader_busy", "Scans that are being read.", {})
        .set(static_cast<double>(running - idle.size()));
  }

  /// Keeps as many programs up as there should be, until it is told to stop.
  void keep() {
    std::unique_lock lock(mutex);
    while (!stopping) {
      bury_the_dead();
      if (running < options.at_once && steady_clock::now() >= next_start) {
        start_one(lock);
      } else {
        wait_for_change(lock);
      }
    }
  }

  void bury_the_dead() {
    const auto dead = std::erase_if(idle, [](const auto& one) { return has_something_to_say(*one); });
    for (std::size_t i = 0; i < dead; ++i) lost_one();
    note_running();
  }

  /// A program ended, or has to.
  void lost_one() {
    --running;
    next_start = steady_clock::now() + pause;
    pause = std::min(2 * pause, longest_pause);
    log.warn("reader-ended", {{"running", running}});
    changed_event.set();
  }

  void start_one(std::unique_lock<std::mutex>& lock) {
    lock.unlock();
    auto started = Program::start(options.place, options.start_limit, stop_event.number());
    lock.lock();
    if (stopping) return;
    metrics
        .counter("softbot_reader_starts_total", "Starts of a program that reads scans.",
                 {{"result", started ? "ready" : "failed"}})
        .add();
    problem = started ? std::string() : started.error().message;
    if (started) {
      version = (*started)->version();
      log.info("reader-ready", {{"version", version}});
      idle.push_back(std::move(*started));
      ++running;
    } else {
      log.error("reader-not-started", {{"problem", problem}});
      next_start = steady_clock::now() + pause;
      pause = std::min(2 * pause, longest_pause);
    }
    note_running();
    changed.notify_all();
  }

  void wait_for_change(std::unique_lock<std::mutex>& lock) {
    std::vector<pollfd> files{{stop_event.number(), POLLIN, 0}, {changed_event.number(), POLLIN, 0}};
    for (const auto& program : idle) files.push_back({program->control(), POLLIN, 0});
    int limit = -1;
    if (running < options.at_once) {
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(next_start - steady_clock::now());
      limit = static_cast<int>(std::max<std::int64_t>(left.count(), 0));
    }
    lock.unlock();
    poll(files.data(), files.size(), limit);
    changed_event.clear();
    lock.lock();
  }

  Result<std::unique_ptr<Program>> take() {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return stopping || !idle.empty() || (!problem.empty() && running == 0); });
    if (stopping) return fail(ErrorCode::unavailable, "The reader of scans is being stopped.");
    if (idle.empty()) return fail(ErrorCode::unavailable, problem);
    auto program = std::move(idle.back());
    idle.pop_back();
    note_running();
    return program;
  }

  void give_back(std::unique_ptr<Program> program) {
    const std::lock_guard lock(mutex);
    if (program) {
      pause = options.first_pause;
      idle.push_back(std::move(program));
    } else if (stopping) {
      --running;
    } else {
      lost_one();
    }
    note_running();
    changed_event.set();
    changed.notify_all();
  }

  void tell(const DocumentOutcome& outcome) {
    const std::string code = outcome.file.refused ? outcome.file.refused->code : "read";
    metrics.counter("softbot_reader_documents_total", "Scans by how reading them ended.", {{"result", code}})
        .add();
    if (outcome.how == "read" || outcome.how == "refused") return;
    log.warn("document-ended", {{"code", code}, {"how", outcome.how}});
  }
};

ReaderProcess::ReaderProcess(ReaderProcessOptions options, Log& log, Metrics& metrics)
    : state_(std::make_unique<State>(std::move(options), log, metrics)) {
  state_->keeper = std::thread([this] { state_->keep(); });
}

ReaderProcess::~ReaderProcess() {
  stop();
}

Result<ReadFile> ReaderProcess::read(const std::string& bytes, const FindGeometry& find_geometry) {
  return read_with_needs(bytes, {find_geometry, no_templates});
}

Result<ReadFile> ReaderProcess::look(const std::string& bytes) {
  const FindGeometry none = [](const PageCode&) { return std::optional<FormGeometry>(); };
  auto seen = read_with_needs(bytes, {none, no_templates, "look"});
  if (!seen) return seen;
  ReadFile file;
  file.refused = std::move(seen->refused);
  for (const ReadPage& page : seen->pages) {  // whatever else a child may say
    ReadPage& kept = file.pages.emplace_back();
    kept.index = page.index;
    kept.width = page.width;
    kept.height = page.height;
    kept.dpi = page.dpi;
    kept.blank = page.blank;
    kept.problem = page.problem;
    kept.legible = page.legible;
  }
  return file;
}

Result<ReadFile> ReaderProcess::read_by(const ReadingTemplates& templates, const std::string& bytes,
                                        const FindGeometry& find_geometry) {
  return read_with_needs(bytes, {find_geometry, templates});
}

Result<ReadFile> ReaderProcess::read_with_needs(const std::string& bytes, const DocumentNeeds& needs) {
  auto program = state_->take();
  if (!program) return fail(program.error());
  auto outcome = read_with(**program, bytes, needs, state_->options.time, state_->stop_event.number());
  if (!outcome || !outcome->program_is_sound) program->reset();
  state_->give_back(std::move(*program));
  if (!outcome) return fail(outcome.error());
  state_->tell(*outcome);
  return std::move(outcome->file);
}

std::string ReaderProcess::version() const {
  const std::lock_guard lock(state_->mutex);
  return state_->version;
}

std::string_view ReaderProcess::health() const {
  const std::lock_guard lock(state_->mutex);
  if (state_->running > 0) return "works";
  return state_->problem.empty() ? "starting" : "broken";
}

void ReaderProcess::stop() {
  {
    const std::lock_guard lock(state_->mutex);
    if (state_->stopping) return;
    state_->stopping = true;
    state_->stop_event.set();
    state_->changed.notify_all();
  }
  if (state_->keeper.joinable()) state_->keeper.join();
  const std::lock_guard lock(state_->mutex);
  state_->running -= state_->idle.size();
  state_->idle.clear();
}

}  // namespace softbot

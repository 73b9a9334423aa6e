#include "adapters/scan_folder/scan_folder.h"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <random>
#include <set>
#include <system_error>
#include <thread>

#include "adapters/scan_folder/whole_file.h"
#include "domain/date.h"
#include "domain/json.h"
#include "domain/zone.h"

namespace softbot {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::milliseconds still_unknown{60'000};  ///< of what does not begin like a scan
constexpr std::size_t longest_name = 180;

/// What tells that a file is being written: it differs from one look to the next.
struct Looks {
  std::uintmax_t size = 0;
  fs::file_time_type changed{};
  bool operator==(const Looks&) const = default;
};

struct Watched {
  Looks looks;
  Instant since{};  ///< looks like this since
  std::optional<Wholeness> wholeness;
};

bool is_passing_name(const std::string& name) {
  static constexpr std::array<std::string_view, 6> ends{".tmp",        ".part",     ".partial",
                                                        ".crdownload", ".filepart", "~"};
  static constexpr std::array<std::string_view, 2> of_systems{"Thumbs.db", "desktop.ini"};
  return name.starts_with('.') || name.starts_with('~') ||
         std::any_of(ends.begin(), ends.end(), [&](std::string_view end) { return name.ends_with(end); }) ||
         std::find(of_systems.begin(), of_systems.end(), name) != of_systems.end();
}

/// The name as it may be kept and shown: UTF-8, without control characters, the end of it when it is long.
std::string kept_name(const std::string& name) {
  if (!is_utf8(name)) return "scan";
  std::string kept;
  for (const char c : name) {
    if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) kept += c;
  }
  while (kept.size() > longest_name ||
         (!kept.empty() && (static_cast<unsigned char>(kept.front()) & 0xC0U) == 0x80U))
    kept.erase(0, 1);
  return kept.empty() ? "scan" : kept;
}

std::string random_prefix() {
  static thread_local std::random_device device;
  std::string text;
  for (int i = 0; i < 16; ++i) text += "0123456789abcdef"[device() % 16U];
  return text;
}

/// The name behind the prefix that the spool gave it.
std::string name_behind_prefix(const std::string& spooled) {
  return spooled.size() > 17 ? spooled.substr(17) : spooled;
}

}  // namespace

struct ScanFolder::State {
  ScanFolderOptions options;
  TakeScan take;
  const Clock& clock;
  Log& log;
  Metrics& metrics;
  FileSystem& files;
  std::map<fs::path, Watched> watched;
  std::set<std::string> told;  ///< troubles that were logged and are not over

  std::mutex mutex;  // guards stopping
  std::condition_variable changed;
  bool stopping = false;
  std::thread thread;

  State(ScanFolderOptions options_in, TakeScan take_in, const Clock& clock_in, Log& log_in,
        Metrics& metrics_in, FileSystem& files_in)
      : options(std::move(options_in)),
        take(std::move(take_in)),
        clock(clock_in),
        log(log_in),
        metrics(metrics_in),
        files(files_in) {}

  [[nodiscard]] fs::path in() const { return options.folder / "in"; }
  [[nodiscard]] fs::path spool() const { return options.folder / "spool"; }
  [[nodiscard]] fs::path done() const { return options.folder / "done"; }

  Result<void> make_folders() {
    std::vector<fs::path> folders{options.folder, in(), spool(), done()};
    std::set<std::string> names(options.municipalities.begin(), options.municipalities.end());
    names.insert(options.default_municipality);
    for (const std::string& name : names) {
      if (name != options.default_municipality) folders.push_back(in() / name);
      folders.push_back(spool() / name);
    }
    for (const fs::path& folder : folders) {
      std::error_code ignored;
      if (fs::is_directory(fs::symlink_status(folder, ignored))) continue;
      if (auto made = files.make_folder(folder); !made) return made;
      if (auto synced = files.sync_folder(folder.parent_path()); !synced) return synced;
    }
    return {};
  }

  /// Counts every time, tells once until it works again. File names may name people: they stay out of it.
  void trouble(const std::string& what, const fs::path& file) {
    metrics
        .counter("softbot_scan_folder_failures_total",
                 "Files of the scan folder that wait because of a failure.", {{"what", what}})
        .add();
    if (told.insert(what + file.string()).second) log.error("scan-folder-failure", {{"what", what}});
  }

  void over(const fs::path& file) {
    std::erase_if(told, [&](const std::string& one) { return one.ends_with(file.string()); });
  }

  static std::vector<fs::path> plain_files(const fs::path& folder) {
    std::vector<fs::path> found;
    std::error_code problem;
    for (fs::directory_iterator entry(folder, problem), end; !problem && entry != end;
         entry.increment(problem)) {
      std::error_code ignored;
      // The entry itself, not what a link points to: no links, pipes, folders.
      if (entry->symlink_status(ignored).type() == fs::file_type::regular) found.push_back(entry->path());
    }
    std::sort(found.begin(), found.end());
    return found;
  }

  /// Takes one spooled file in and puts it away.
  void take_spooled(const fs::path& file, const std::string& municipality) {
    auto bytes = files.read(file);
    if (!bytes) return trouble("unreadable", file);
    DroppedScan scan;
    scan.municipality = municipality;
    scan.file_name = kept_name(name_behind_prefix(file.filename().string()));
    const Wholeness wholeness = wholeness_of(*bytes);
    if (wholeness == Wholeness::not_yet) scan.refused = "damaged";
    if (wholeness == Wholeness::no_scan) scan.refused = "unsupported";
    scan.bytes = std::move(*bytes);
    if (const auto taken = take(scan); !taken) return trouble("not-taken", file);
    if (const auto put = put_away(file); !put) return trouble("not-put-away", file);
    over(file);
  }

  Result<void> put_away(const fs::path& file) {
    const fs::path day = done() / format_iso(local_date(clock.now()));
    if (auto made = files.make_folder(day); !made) return made;
    if (auto synced = files.sync_folder(done()); !synced) return synced;
    fs::path target = day / name_behind_prefix(file.filename().string());
    std::error_code ignored;
    if (fs::exists(fs::symlink_status(target, ignored))) target = day / file.filename();
    if (auto moved = files.rename(file, target); !moved) return moved;
    if (auto synced = files.sync_folder(day); !synced) return synced;
    return files.sync_folder(file.parent_path());
  }

  void empty_spool() {
    std::error_code problem;
    std::vector<fs::path> folders;
    for (const auto& entry : fs::directory_iterator(spool(), problem)) folders.push_back(entry.path());
    for (const fs::path& folder : folders) {
      for (const fs::path& file : plain_files(folder)) take_spooled(file, folder.filename().string());
    }
  }

  /// True when the file is to be taken now, whole or not.
  bool is_ready(const fs::path& file, const Looks& looks) {
    Watched& known = watched[file];
    const Instant now = clock.now();
    if (known.since == Instant{} || known.looks != looks || now < known.since) {
      known = {looks, now, std::nullopt};
      return false;
    }
    const auto unchanged = now - known.since;
    if (unchanged < options.still) return false;
    if (!known.wholeness) {
      const auto bytes = files.read(file);
      if (!bytes) {
        trouble("unreadable", file);
        return false;
      }
      known.wholeness = wholeness_of(*bytes);
    }
    switch (*known.wholeness) {
      case Wholeness::whole:
        return true;
      case Wholeness::no_scan:
        return unchanged >= std::min(still_unknown, options.give_up);
      case Wholeness::not_yet:
        break;
    }
    return unchanged >= options.give_up;
  }

  void look_at(const fs::path& file, const std::string& municipality, std::set<fs::path>& seen) {
    if (is_passing_name(file.filename().string())) return;
    std::error_code problem;
    const auto size = fs::file_size(file, problem);
    const auto time = problem ? fs::file_time_type{} : fs::last_write_time(file, problem);
    if (problem) return;  // it went while we looked
    seen.insert(file);
    if (size > options.largest_bytes) return trouble("too-large", file);
    if (!is_ready(file, {size, time})) return;
    std::string name = file.filename().string();
    if (name.size() > longest_name) name = kept_name(name);
    const fs::path spooled = spool() / municipality / (random_prefix() + "-" + name);
    if (const auto moved = files.rename(file, spooled); !moved) return trouble("not-moved", file);
    const auto there = files.sync_folder(spooled.parent_path());
    const auto gone = files.sync_folder(file.parent_path());
    if (!there || !gone) return trouble("not-synced", file);
    watched.erase(file);
    over(file);
    std::error_code ignored;
    if (fs::symlink_status(spooled, ignored).type() != fs::file_type::regular)
      return trouble("no-plain-file", spooled);
    take_spooled(spooled, municipality);
  }

  void look() {
    if (const auto made = make_folders(); !made) return trouble("no-folders", options.folder);
    over(options.folder);
    empty_spool();
    std::set<fs::path> seen;
    for (const fs::path& file : plain_files(in())) look_at(file, options.default_municipality, seen);
    for (const std::string& municipality : options.municipalities) {
      for (const fs::path& file : plain_files(in() / municipality)) look_at(file, municipality, seen);
    }
    std::erase_if(watched, [&](const auto& one) { return !seen.contains(one.first); });
    metrics.gauge("softbot_scan_folder_waiting", "Files in the scan folder that are not taken yet.", {})
        .set(static_cast<double>(watched.size()));
  }

  void run() {
    std::unique_lock lock(mutex);
    while (!stopping) {
      lock.unlock();
      look();
      lock.lock();
      changed.wait_for(lock, options.poll, [this] { return stopping; });
    }
  }
};

ScanFolder::ScanFolder(std::unique_ptr<State> state) : state_(std::move(state)) {
}

ScanFolder::~ScanFolder() {
  stop();
}

Result<std::unique_ptr<ScanFolder>> ScanFolder::open(ScanFolderOptions options, TakeScan take,
                                                     const Clock& clock, Log& log, Metrics& metrics,
                                                     FileSystem& files) {
  auto state = std::make_unique<State>(std::move(options), std::move(take), clock, log, metrics, files);
  if (auto made = state->make_folders(); !made) return fail(made.error());
  return std::unique_ptr<ScanFolder>(  // NOLINTNEXTLINE(cppcoreguidelines-owning-memory)
      new ScanFolder(std::move(state)));
}

void ScanFolder::look() {
  state_->look();
}

void ScanFolder::start() {
  state_->thread = std::thread([this] { state_->run(); });
}

void ScanFolder::stop() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->stopping = true;
    state_->changed.notify_all();
  }
  if (state_->thread.joinable()) state_->thread.join();
}

}  // namespace softbot

#include <csignal>
#include <fstream>
#include <iostream>
#include <map>
#include <optional>

#include "adapters/reader_process/reader_process.h"
#include "daemon/commands.h"
#include "daemon/paper_forms.h"
#include "daemon/reading_report.h"
#include "daemon/tool_store.h"
#include "domain/json.h"
#include "forms/template_reader.h"
#include "pipeline/paper.h"

namespace softbot::daemon {
namespace {

constexpr std::size_t largest_file = std::size_t{64} << 20;
constexpr int most_tries = 3;

FieldError refused(const char* code, std::string words) {
  return {"file", code, std::move(words)};
}

/// The bytes of a file, or why there are none for the reader.
tl::expected<std::string, FieldError> bytes_of(const std::filesystem::path& file) {
  std::error_code error;
  if (std::filesystem::is_directory(file, error))
    return tl::unexpected(refused("unsupported", "Dit is een map, geen bestand."));
  if (std::filesystem::exists(file, error) && !std::filesystem::is_regular_file(file, error))
    return tl::unexpected(refused("unsupported", "Dit is geen gewoon bestand."));
  std::ifstream stream(file, std::ios::binary);
  if (!stream) {
    const bool there = std::filesystem::exists(file, error);
    return tl::unexpected(there ? refused("absent", "Dit bestand mag niet gelezen worden.")
                                : refused("absent", "Dit bestand bestaat niet."));
  }
  std::string bytes;
  std::string piece(std::size_t{1} << 20, '\0');
  do {
    stream.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    bytes.append(piece, 0, static_cast<std::size_t>(stream.gcount()));
    if (bytes.size() > largest_file)
      return tl::unexpected(refused("too-large", "Dit bestand is te groot: het mag hoogstens 64 MB zijn."));
  } while (stream);
  return bytes;
}

/// What was printed, by the configuration as it is now (laid out at the first question) and by a store.
class KnownForms {
 public:
  KnownForms(Configuration configuration, SqliteStore* store,
             const std::optional<ReadingTemplate>& reading_template)
      : configuration_(std::move(configuration)), store_(store) {
    if (!reading_template) return;
    template_ = reading_template->geometry;
    template_id_ = geometry_id(*template_);
  }

  std::optional<FormGeometry> find(const PageCode& code) {
    if (template_ && code.geometry == template_id_) return template_;
    if (store_ != nullptr) {
      if (auto printed = pipeline::find_geometry(*store_, code)) return printed;
    }
    if (!laid_out_) {
      laid_out_.emplace();
      for (FormGeometry& geometry : geometries_of(configuration_)) {
        std::string id = geometry_id(geometry);
        laid_out_->emplace(std::move(id), std::move(geometry));
      }
    }
    const auto found = laid_out_->find(code.geometry);
    return found == laid_out_->end() ? std::nullopt : std::optional(found->second);
  }

 private:
  Configuration configuration_;
  SqliteStore* store_;
  std::optional<FormGeometry> template_;
  std::string template_id_;
  std::optional<std::map<std::string, FormGeometry>> laid_out_;
};

/// A reader that was killed is not the file's fault: again, a few times.
Result<ReadFile> read_one(ReaderProcess& reader, const std::string& bytes, const FindGeometry& find,
                          const std::optional<ReadingTemplate>& reading_template) {
  const auto once = [&] {
    return reading_template ? reader.read_by({*reading_template}, bytes, find) : reader.read(bytes, find);
  };
  auto read = once();
  for (int tries = 1; !read && tries < most_tries; ++tries) read = once();
  return read;
}

/// The template of --template; nothing without one. Error: each mistake in it, for the one who wrote it.
Result<std::optional<ReadingTemplate>> template_of(const ReadOptions& options) {
  if (options.template_file.empty()) return std::nullopt;
  const std::string name = options.template_file.string();
  const auto bytes = bytes_of(options.template_file);
  if (!bytes)
    return fail(ErrorCode::invalid_input, "The template " + name + " cannot be read. Name a file that can.");
  auto read = read_template(name, *bytes);
  if (!read) {
    Error error = to_error(read.error());
    error.code = ErrorCode::invalid_input;
    error.message = "The template " + name + " has mistakes. Nothing was read.";
    return fail(std::move(error));
  }
  return std::optional(std::move(*read));
}

Result<std::unique_ptr<ToolStore>> store_of(const ReadOptions& options) {
  if (options.data.empty()) return nullptr;
  if (!sqlite::store_exists(options.data))
    return fail(ErrorCode::invalid_input, "There is no store in " + options.data.string() + ".");
  return open_tool_store({options.data, options.config_file});
}

Result<std::vector<FileReport>> read_all(const ReadOptions& options, ReaderProcess& reader,
                                         const FindGeometry& find,
                                         const std::optional<ReadingTemplate>& reading_template) {
  std::vector<FileReport> reports;
  for (const std::filesystem::path& file : options.files) {
    FileReport report{file.string(), {}, reading_template.has_value()};
    if (const auto bytes = bytes_of(file)) {
      auto read = read_one(reader, *bytes, find, reading_template);
      if (!read) return fail(read.error());
      report.read = std::move(*read);
    } else {
      report.read.refused = bytes.error();
    }
    reports.push_back(std::move(report));
  }
  return reports;
}

ExitCode print(const ReadOptions& options, const std::vector<FileReport>& reports, const FindGeometry& find) {
  bool all_read = true;
  Value files = Value::list();
  for (const FileReport& report : reports) {
    all_read = all_read && !report.read.refused;
    if (options.as_json) {
      files.push(to_value(report, find));
    } else {
      std::cout << to_table(report, find);
    }
  }
  if (options.as_json) std::cout << to_pretty_json(Value::object({{"files", std::move(files)}}));
  if (!std::cout.flush()) return ExitCode::failed;
  return all_read ? ExitCode::done : ExitCode::bad_input;
}

}  // namespace

ExitCode read_files(const ReadOptions& options) {
  std::signal(SIGPIPE, SIG_IGN);
  const auto settings = settings_of(options.config_file);
  if (!settings) return report(settings.error());
  auto configuration = configuration_on_disk(settings->config_folder);
  if (!configuration) return report(configuration.error());
  const auto place = reader_place(settings->reading);
  if (!place)
    return report(
        {ErrorCode::configuration, "reading.program in softbot.json says that no scan is read.", false, {}});
  const auto store = store_of(options);
  if (!store) {
    const ExitCode code = report(store.error());
    return store.error().code == ErrorCode::invalid_input ? ExitCode::wrong_options : code;
  }
  const auto reading_template = template_of(options);
  if (!reading_template) return report(reading_template.error());
  KnownForms forms(std::move(*configuration), *store ? (*store)->store.get() : nullptr, *reading_template);
  const FindGeometry find = [&](const PageCode& code) { return forms.find(code); };
  NullLog log;
  NullMetrics metrics;
  ReaderProcessOptions process;
  process.place = {place->program, place->models};
  ReaderProcess reader(std::move(process), log, metrics);
  const auto reports = read_all(options, reader, find, *reading_template);
  if (!reports) return report(reports.error());
  return print(options, *reports, find);
}

}  // namespace softbot::daemon

#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "adapters/sqlite/durable_file.h"
#include "daemon/commands.h"
#include "daemon/tool_store.h"
#include "domain/json.h"
#include "domain/zone.h"
#include "pipeline/learning.h"

namespace softbot::daemon {
namespace {

constexpr const char* activity = "lezen-verbeteren";

/// The municipality's setting, or why nothing may leave.
Result<Learning> learning_of(const Municipalities& municipalities, const std::string& id) {
  const auto found = municipalities.find(id);
  if (found == municipalities.end())
    return fail(ErrorCode::invalid_input, "There is no municipality \"" + id + "\".");
  if (!found->second.learning) {
    return fail(ErrorCode::conflict, "Learning is off for \"" + id +
                                         "\": no correction is kept and none is exported. "
                                         "\"learning\" in municipalities/" +
                                         id + ".json switches it on (config/README.md).");
  }
  return *found->second.learning;
}

Result<void> note(ToolStore& tool, const std::string& action, const CorrectionExport& request,
                  const std::string& what) {
  AuditRecord row;
  row.actor = "operator";
  row.action = action;
  row.subject = request.municipality;
  row.purpose = request.why + what;
  row.activity = activity;
  row.at = tool.clock.now();
  return tool.store->write([&](Transaction& transaction) -> Result<void> {
    transaction.append_audit(row);
    return {};
  });
}

/// One of the two folders of an export: pictures, and a line of JSON for each.
class ExportFolder {
 public:
  explicit ExportFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}

  Result<void> add(const CorrectionRecord& record) {
    if (count_ == 0) {
      if (auto made = sqlite::need_empty_folder(folder_); !made) return made;
    }
    std::string number = std::to_string(++count_);
    number.insert(0, number.size() < 6 ? 6 - number.size() : 0, '0');
    const std::string picture = number + (record.picture_type == "image/jpeg" ? ".jpg" : ".png");
    Value line = Value::object({{"picture", picture}, {"keptOn", format_iso(record.kept_on)}});
    for (const Value::Member& member : record.content.members()) line.set(member.name, member.value);
    lines_ += to_json(line) + "\n";
    return sqlite::write_durable(folder_ / picture, record.picture);
  }
  Result<void> finish() {
    return count_ == 0 ? Result<void>() : sqlite::write_durable(folder_ / "readings.jsonl", lines_);
  }
  [[nodiscard]] std::size_t count() const { return count_; }

 private:
  std::filesystem::path folder_;
  std::string lines_;
  std::size_t count_ = 0;
};

struct Exported {
  std::size_t train = 0;
  std::size_t trial = 0;
};

/// What is within its term, page by page; what waits to be destroyed stays behind.
Result<Exported> write_corrections(ToolStore& tool, const CorrectionExport& request, Date first_kept) {
  ExportFolder train(request.target / "train");
  ExportFolder trial(request.target / "trial");
  CorrectionFilter filter;
  filter.municipality = request.municipality;
  while (true) {
    std::vector<CorrectionRecord> page;
    const auto read = tool.store->read([&](Transaction& transaction) -> Result<void> {
      page = transaction.corrections(filter);
      return {};
    });
    if (!read) return fail(read.error());
    if (page.empty()) break;
    filter.after = page.back().id;
    for (const CorrectionRecord& record : page) {
      if (record.kept_on < first_kept) continue;
      if (auto added = (pipeline::is_for_trial(record.owner) ? trial : train).add(record); !added)
        return fail(added.error());
    }
  }
  if (auto done = train.finish(); !done) return fail(done.error());
  if (auto done = trial.finish(); !done) return fail(done.error());
  return Exported{train.count(), trial.count()};
}

}  // namespace

ExitCode export_corrections(const CorrectionExport& request) {
  auto tool = open_tool_store(request.place);
  if (!tool) return report(tool.error());
  auto municipalities = load_municipalities((*tool)->settings.config_folder);
  if (!municipalities) return report(municipalities.error());
  const auto learning = learning_of(*municipalities, request.municipality);
  if (!learning) return report(learning.error());
  if (auto empty = sqlite::need_empty_folder(request.target); !empty) return report(empty.error());
  if (auto noted = note(**tool, "corrections-export-began", request, ""); !noted)
    return report(noted.error());
  const Date first_kept = pipeline::first_kept_day(*learning, local_date((*tool)->clock.now()));
  const auto exported = write_corrections(**tool, request, first_kept);
  if (!exported) return report(exported.error());
  const std::string counts =
      std::to_string(exported->train) + " to train, " + std::to_string(exported->trial) + " to try";
  if (auto noted = note(**tool, "corrections-exported", request, " (" + counts + ")"); !noted)
    return report(noted.error());
  std::cout
      << "Exported to " << request.target.string() << ": " << counts << ".\n"
      << "These are personal data in the clear. Destroy them when they have been used, and no later than "
         "the term ends: "
      << learning->retention_days << " days after the day on each.\n";
  return ExitCode::done;
}

ExitCode list_corrections(const StorePlace& place) {
  auto tool = open_tool_store(place);
  if (!tool) return report(tool.error());
  auto municipalities = load_municipalities((*tool)->settings.config_folder);
  if (!municipalities) return report(municipalities.error());
  const auto read = (*tool)->store->read([&](Transaction& transaction) -> Result<void> {
    const auto kept = pipeline::kept_corrections(*municipalities, transaction.correction_days());
    for (const pipeline::KeptCorrections& one : kept) {
      std::cout << one.municipality << '\t' << (one.learning ? "kept for " : "off");
      if (one.learning) std::cout << one.learning->retention_days << " days";
      std::cout << '\t' << one.count;
      if (one.first_ends) std::cout << "\tthe first until " << format_iso(*one.first_ends);
      std::cout << '\n';
    }
    return {};
  });
  return read ? ExitCode::done : report(read.error());
}

}  // namespace softbot::daemon

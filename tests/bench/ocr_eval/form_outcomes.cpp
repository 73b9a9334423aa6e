#include "form_outcomes.h"

#include <chrono>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "domain/json.h"
#include "support/daemon.h"
#include "support/patience.h"

namespace softbot::eval {
namespace {

namespace fs = std::filesystem;
using tests::Answer;
using tests::comes_to_hold;
using tests::Daemon;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::minutes longest_reading{2};     ///< of one file, beside those before it
constexpr std::chrono::seconds longest_gathering{20};  ///< of what a file held, when it is read
constexpr std::chrono::milliseconds pause_between_looks{100};

std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

Daemon::Options options_for(const fs::path& folder) {
  Daemon::Options options;
  options.persons = folder / "register.json";
  options.demo = false;
  return options;
}

void give_provisions(Daemon& daemon, const fs::path& folder) {
  const auto provisions = parse_json(content_of(folder / "provisions.json"));
  if (!provisions) return;
  const Value& list = provisions->is_list() ? *provisions : (*provisions)["provisions"];
  if (list.items().empty()) return;
  const Answer answer = daemon.post_as_machine("/api/v1/provisions", Value::object({{"provisions", list}}));
  if (answer.status >= 300)
    throw std::runtime_error((folder / "provisions.json").string() + " is not taken: " + answer.body);
}

std::string upload(Daemon& daemon, const fs::path& path) {
  static const std::map<std::string, std::string> types{
      {".pdf", "application/pdf"}, {".tif", "image/tiff"}, {".jpg", "image/jpeg"}, {".png", "image/png"}};
  const auto type = types.find(path.extension().string());
  if (type == types.end()) throw std::runtime_error(path.string() + " is no PDF, TIFF, JPEG or PNG.");
  const Answer answer = tests::request(
      "POST", daemon.url() + "/api/v1/scans",
      {"Authorization: Bearer " + daemon.key(), "Content-Type: " + type->second}, content_of(path));
  const Value body = answer.json();
  if (answer.status != 202 || body["scans"].items().empty())
    throw std::runtime_error(path.string() + " is not taken: " + answer.body);
  return body["scans"].items().front()["id"].text_or_empty();
}

std::size_t requests_in(const Value& file) {
  std::size_t requests = 0;
  for (const Value& form : file["forms"].items()) requests += form["submission"]["requests"].items().size();
  return requests;
}

/// Waits until as many applications were made of the scan as its forms ask for, or no more will come.
Value placed_scan(Daemon& daemon, const std::string& id, const Value& file) {
  const auto end = Clock::now() + longest_reading;
  auto end_when_read = end;
  Value scan;
  while (Clock::now() < std::min(end, end_when_read)) {
    scan = daemon.get_as_machine("/api/v1/scans/" + id).json();
    if (scan["applications"].items().size() >= requests_in(file)) break;
    const std::string& state = scan["state"].text_or_empty();
    const bool is_read = state == "read" || state == "refused" || state == "failed";
    if (is_read && end_when_read == end) end_when_read = Clock::now() + longest_gathering;
    std::this_thread::sleep_for(pause_between_looks);
  }
  return scan;
}

/// The case when it is decided, or when a person has to do something first.
Value settled_case(Daemon& daemon, const std::string& reference) {
  const std::string in_queue = "/api/v1/queue/" + reference;
  static_cast<void>(comes_to_hold([&] {
    const Value view = daemon.get_as_machine("/api/v1/applications/" + reference).json();
    const std::string& status = view["status"].text_or_empty();
    if (status != "received" && status != "deciding") return !status.empty();
    return !daemon.get_as_machine(in_queue).json()["openTasks"].items().empty();
  }));
  Value view = daemon.get_as_machine(in_queue).json();
  if (!view["status"].text_or_empty().empty()) return view;
  return daemon.get_as_machine("/api/v1/applications/" + reference).json();
}

}  // namespace

Outcome outcome_in(const Value& view) {
  Outcome outcome;
  outcome.view = view;
  const std::string& status = view["status"].text_or_empty();
  outcome.result = view["outcome"].text_or_empty();
  if (outcome.result.empty() || status == "held-for-sample") outcome.result = status;
  for (const Value& reason : view["reasons"].items()) {
    const std::string& field = reason["field"].text_or_empty();
    outcome.reasons.push_back(reason["code"].text_or_empty() + (field.empty() ? "" : " " + field));
  }
  for (const Value& asked : view["asked"].items())
    outcome.reasons.push_back("asked " + asked["field"].text_or_empty());
  for (const Value& task : view["openTasks"].items()) outcome.tasks.insert(task["code"].text_or_empty());
  for (const std::string& task : outcome.tasks) outcome.reasons.push_back("task " + task);
  return outcome;
}

Outcomes outcomes_of_truth(const std::vector<Value>& files, const fs::path& folder) {
  Daemon daemon(options_for(folder));
  give_provisions(daemon, folder);
  Outcomes outcomes;
  for (const Value& file : files) {
    for (const Value& form : file["forms"].items()) {
      const std::string& set = form["set"].text_or_empty();
      const Answer answer = daemon.submit(form["submission"], "truth-" + set, "digid");
      if (answer.status != 202)
        throw std::runtime_error("The truth of " + file["file"].text_or_empty() +
                                 " in truth.json is not taken: " + answer.body);
      const Value accepted = answer.json();
      for (const Value& one : accepted["applications"].items()) {
        const Value view = settled_case(daemon, one["reference"].text_or_empty());
        outcomes[{set, view["type"].text_or_empty()}] = outcome_in(view);
      }
    }
  }
  return outcomes;
}

RunOnScans outcomes_of_scans(const std::vector<Value>& files, const fs::path& folder) {
  Daemon daemon(options_for(folder));
  give_provisions(daemon, folder);
  const auto started = Clock::now();
  std::vector<std::string> ids;
  for (const Value& file : files) ids.push_back(upload(daemon, folder / file["file"].text_or_empty()));
  std::vector<Value> scans;
  for (std::size_t i = 0; i < files.size(); ++i) scans.push_back(placed_scan(daemon, ids[i], files[i]));
  RunOnScans run;
  run.seconds = std::chrono::duration<double>(Clock::now() - started).count();
  for (const Value& scan : scans) {
    for (const Value& one : scan["applications"].items()) {
      const Value view = settled_case(daemon, one["reference"].text_or_empty());
      run.outcomes[{view["paper"]["set"].text_or_empty(), view["type"].text_or_empty()}] = outcome_in(view);
    }
  }
  return run;
}

}  // namespace softbot::eval

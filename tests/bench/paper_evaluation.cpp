// Of the forms that the policy grants on the truth: how many does the bot grant on the scan, and is any grant
// wrong? Input: a folder of fill-forms. Two daemons with the same register: one is told the truth, one gets
// the scans.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <thread>

#include "domain/json.h"
#include "domain/text.h"
#include "support/daemon.h"

namespace softbot::tests {
namespace {

namespace fs = std::filesystem;

std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

/// What became of one application.
struct Outcome {
  std::string result;  ///< the outcome, or the status where there is none; "nothing" when there is no case
  std::vector<std::string> reasons;
  Value view;
};

/// By the set number of the form and the type.
using Outcomes = std::map<std::pair<std::string, std::string>, Outcome>;

bool is_grant(const Outcome& outcome) {
  return outcome.result == "granted" || outcome.result == "held-for-sample";
}

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
  for (const Value& task : view["openTasks"].items())
    outcome.reasons.push_back("task " + task["code"].text_or_empty());
  return outcome;
}

void give_provisions(Daemon& daemon, const fs::path& folder) {
  const auto provisions = parse_json(content_of(folder / "provisions.json"));
  if (!provisions) return;
  const Value& list = provisions->is_list() ? *provisions : (*provisions)["provisions"];
  if (list.items().empty()) return;
  const Answer answer = daemon.post_as_machine("/api/v1/provisions", Value::object({{"provisions", list}}));
  if (answer.status >= 300) std::printf("provisions: %d %s\n", answer.status, answer.body.c_str());
}

/// The truth as somebody who signs in would send it.
Outcomes outcomes_of_truth(Daemon& daemon, const std::vector<Value>& files) {
  Outcomes outcomes;
  for (const Value& file : files) {
    for (const Value& form : file["forms"].items()) {
      const std::string& set = form["set"].text_or_empty();
      const Answer answer = daemon.submit(form["submission"], "truth-" + set, "digid");
      if (answer.status != 202) {
        std::printf("%s: the truth is not accepted: %s\n", file["file"].text_or_empty().c_str(),
                    answer.body.c_str());
        continue;
      }
      const Value accepted = answer.json();
      for (const Value& one : accepted["applications"].items()) {
        const Value view = daemon.settled(one["reference"].text_or_empty());
        outcomes[{set, view["type"].text_or_empty()}] = outcome_in(view);
      }
    }
  }
  return outcomes;
}

std::string upload(Daemon& daemon, const fs::path& path) {
  static const std::map<std::string, std::string> types{
      {".pdf", "application/pdf"}, {".tif", "image/tiff"}, {".jpg", "image/jpeg"}, {".png", "image/png"}};
  const Answer answer = request(
      "POST", daemon.url() + "/api/v1/scans",
      {"Authorization: Bearer " + daemon.key(), "Content-Type: " + types.at(path.extension().string())},
      content_of(path));
  const Value body = answer.json();
  if (answer.status != 202 || body["scans"].items().empty()) {
    std::printf("%s: %d %s\n", path.filename().c_str(), answer.status, answer.body.c_str());
    return {};
  }
  return body["scans"].items().front()["id"].text_or_empty();
}

/// Waits until as many applications were made of the scan as its forms ask for, two minutes at most.
Value placed_scan(Daemon& daemon, const std::string& id, const Value& file) {
  std::size_t wanted = 0;
  for (const Value& form : file["forms"].items()) wanted += form["submission"]["requests"].items().size();
  Value scan;
  for (int i = 0; i < 600; ++i) {
    scan = daemon.get_as_machine("/api/v1/scans/" + id).json();
    if (scan["applications"].items().size() >= wanted) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
  }
  return scan;
}

Outcomes outcomes_of_scans(Daemon& daemon, const std::vector<Value>& files, const fs::path& folder) {
  std::vector<std::string> ids;
  for (const Value& file : files) ids.push_back(upload(daemon, folder / file["file"].text_or_empty()));
  Outcomes outcomes;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const Value scan = ids[i].empty() ? Value() : placed_scan(daemon, ids[i], files[i]);
    for (const Value& one : scan["applications"].items()) {
      const std::string& reference = one["reference"].text_or_empty();
      Value view;
      for (int patience = 0; patience < 12; ++patience) {
        view = daemon.settled(reference);
        const std::string& status = view["status"].text_or_empty();
        if (status != "received" && status != "deciding") break;
        view = daemon.get_as_machine("/api/v1/queue/" + reference).json();
        if (!view["openTasks"].items().empty()) break;  // a person looks first
      }
      view = daemon.get_as_machine("/api/v1/queue/" + reference).json();
      if (view["status"].text_or_empty().empty())
        view = daemon.get_as_machine("/api/v1/applications/" + reference).json();
      outcomes[{view["paper"]["set"].text_or_empty(), view["type"].text_or_empty()}] = outcome_in(view);
    }
  }
  return outcomes;
}

/// In one way of writing: order of options, capitals, diacritics and spaces say nothing here.
std::string plain(const Value& value) {
  if (value.is_list()) {
    std::set<std::string> all;
    for (const Value& one : value.items()) all.insert(plain(one));
    std::string joined;
    for (const std::string& one : all) joined += one + ",";
    return joined;
  }
  std::string text = value.is_text() ? fold(value.text_or_empty()) : to_json(value);
  std::erase(text, ' ');
  return text;
}

/// What was meant is among the readings that were all granted alike.
bool rests_on_every_reading(const Value& reading, const Value& told) {
  const std::vector<Value> tried = reading["tried"].items();
  return reading["support"].text_or_empty() == "every-reading" &&
         std::any_of(tried.begin(), tried.end(), [&](const Value& one) { return plain(one) == plain(told); });
}

/// "list[2].part": of one answer in a row of a list.
struct InRow {
  std::string list;
  std::size_t row = 0;
  std::string part;
};

std::optional<InRow> in_row(const std::string& name) {
  const auto open = name.find('[');
  const auto close = name.find("].");
  if (open == std::string::npos || close == std::string::npos) return std::nullopt;
  return InRow{name.substr(0, open), std::stoul(name.substr(open + 1)), name.substr(close + 2)};
}

/// The answer under a reading's name; null when there is none.
Value answer_at(const Value& answers, const std::string& name) {
  const auto place = in_row(name);
  if (!place) return answers[name];
  const std::vector<Value> rows = answers[place->list].items();
  return place->row < rows.size() ? rows[place->row][place->part] : Value();
}

/// The list has as many rows in both.
bool same_rows(const Value& told, const Value& read, const std::string& name) {
  const auto place = in_row(name);
  return !place || told[place->list].items().size() == read[place->list].items().size();
}

/// Decisive answers of the case that are not what was written, or lack though they were written, and lists of
/// which a row is missing or too many; "" when there are none. The signature stands elsewhere in the case.
std::string misread(const Value& told, const Value& read) {
  std::string found;
  for (const Value::Member& member : read["readings"].members()) {
    const std::string& name = member.name;
    const bool counts = member.value["class"].text_or_empty() == "decisive" &&
                        member.value["applies"].as_bool().value_or(true) && name != "signature";
    const char* part = member.value["part"].text_or_empty() == "common" ? "common" : "fields";
    if (!counts) continue;
    const Value meant = answer_at(told[part], name);
    const bool same =
        same_rows(told[part], read[part], name) && plain(meant) == plain(answer_at(read[part], name));
    if (!same && !rests_on_every_reading(member.value, meant)) found += " " + name;
  }
  return found;
}

std::map<std::string, int> states_of(const Value& view) {
  std::map<std::string, int> states;
  for (const Value::Member& member : view["readings"].members())
    ++states[member.value["state"].text_or_empty()];
  return states;
}

/// Forms that nobody signed: the truth goes in as if its sender had signed in, so this is looked at apart.
std::set<std::string> unsigned_sets(const std::vector<Value>& files) {
  std::set<std::string> sets;
  for (const Value& file : files) {
    for (const Value& form : file["forms"].items()) {
      if (!form["fields"]["signature"].as_bool().value_or(false)) sets.insert(form["set"].text_or_empty());
    }
  }
  return sets;
}

/// Somebody wrote in their own words on the form, which a person looks at before any grant.
bool has_own_words(const Value& told, const Value& read) {
  for (const Value::Member& member : read["readings"].members()) {
    const char* part = member.value["part"].text_or_empty() == "common" ? "common" : "fields";
    if (member.value["class"].text_or_empty() == "free" && !told[part][member.name].text_or_empty().empty())
      return true;
  }
  return false;
}

struct Totals {
  int grantable = 0;
  int granted = 0;
  int with_words = 0;  ///< grantable ones on which somebody wrote in their own words
  int wrong = 0;
  std::map<std::string, int> why;  ///< what kept grantable ones from a grant
  std::map<std::string, int> results;
  std::map<std::string, int> states;
};

/// Why a grant on the scan is wrong; "" when it is right.
std::string wrong_about(const Outcome& told, const Outcome& read, bool is_signed) {
  if (!is_signed) return "nobody signed";
  const std::string different = misread(told.view, read.view);
  if (!different.empty()) return "misread:" + different;
  // A screen asks for one's own words; on paper they may be left out: that alone is not wrong.
  const bool asked_words =
      told.result == "asked" &&
      std::all_of(told.reasons.begin(), told.reasons.end(), [](const std::string& reason) {
        return reason.starts_with("incomplete") || reason == "asked limitations" ||
               reason == "asked limitation" || reason == "asked changeExplanation";
      });
  return is_grant(told) || asked_words ? "" : "on the truth " + told.result;
}

Totals compared(const Outcomes& by_truth, const Outcomes& by_scan,
                const std::set<std::string>& unsigned_ones) {
  Totals totals;
  for (const auto& [key, told] : by_truth) {
    const auto found = by_scan.find(key);
    const Outcome read = found == by_scan.end() ? Outcome{"nothing", {}, {}} : found->second;
    const bool is_signed = !unsigned_ones.contains(key.first);
    ++totals.results[(is_signed ? "" : "not signed, ") + told.result + " -> " + read.result];
    for (const auto& [state, count] : states_of(read.view)) totals.states[state] += count;
    if (is_grant(told) && is_signed) {
      ++totals.grantable;
      if (has_own_words(told.view, read.view)) ++totals.with_words;
      if (is_grant(read)) ++totals.granted;
      if (!is_grant(read)) {
        std::printf("not granted: set %s, %s: %s:", key.first.c_str(), key.second.c_str(),
                    read.result.c_str());
        for (const std::string& reason : read.reasons) {
          std::printf(" %s;", reason.c_str());
          ++totals.why[reason];
        }
        std::printf("\n");
      }
    }
    if (!is_grant(read)) continue;
    const std::string why = wrong_about(told, read, is_signed);
    if (why.empty()) continue;
    ++totals.wrong;
    std::printf("wrong: set %s, %s: granted; %s\n", key.first.c_str(), key.second.c_str(), why.c_str());
  }
  for (const auto& [key, read] : by_scan) {
    if (!is_grant(read) || by_truth.contains(key)) continue;
    ++totals.wrong;
    std::printf("wrong: set %s, %s: granted, and no form says so\n", key.first.c_str(), key.second.c_str());
  }
  return totals;
}

void print(const Totals& totals) {
  for (const auto& [result, count] : totals.results) std::printf("  %-40s %4d\n", result.c_str(), count);
  std::printf("fields:");
  for (const auto& [state, count] : totals.states) std::printf(" %s %d", state.c_str(), count);
  std::printf("\nwhat kept grantable ones from a grant:\n");
  for (const auto& [reason, count] : totals.why) std::printf("  %-40s %4d\n", reason.c_str(), count);
  std::printf("grantable ones with somebody's own words, which wait for a look: %d\n", totals.with_words);
  std::printf("granted by the bot: %d of %d that the policy grants on the truth (%.1f%%); wrong grants: %d\n",
              totals.granted, totals.grantable,
              totals.grantable == 0 ? 0.0 : 100.0 * totals.granted / totals.grantable, totals.wrong);
}

std::size_t requests_in(const std::vector<Value>& files) {
  std::size_t requests = 0;
  for (const Value& file : files) {
    for (const Value& form : file["forms"].items()) requests += form["submission"]["requests"].items().size();
  }
  return requests;
}

int evaluate(const fs::path& folder) {
  const auto truth = parse_json(content_of(folder / "truth.json"));
  if (!truth) {
    std::printf("No truth.json in %s: name a folder of fill-forms.\n", folder.c_str());
    return 2;
  }
  const std::vector<Value> files = (*truth)["files"].items();
  Daemon::Options options;
  options.persons = folder / "register.json";
  options.demo = false;
  Outcomes by_truth;
  {
    Daemon told(options);
    give_provisions(told, folder);
    by_truth = outcomes_of_truth(told, files);
  }
  Daemon reads(options);
  give_provisions(reads, folder);
  const auto started = std::chrono::steady_clock::now();
  const Outcomes by_scan = outcomes_of_scans(reads, files, folder);
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  std::printf("\napplications on the truth: %zu; scans read and placed in %.1f s\n", by_truth.size(),
              seconds);
  const Totals totals = compared(by_truth, by_scan, unsigned_sets(files));
  print(totals);
  if (by_truth.size() != requests_in(files) || totals.grantable == 0) {
    std::printf("This tells nothing: not every truth was taken, or the policy grants none of them.\n");
    return 2;
  }
  return totals.wrong == 0 ? 0 : 1;
}

}  // namespace
}  // namespace softbot::tests

int main(int count, char** arguments) {
  if (count != 2) {
    std::printf(
        "paper_evaluation FOLDER: a folder of fill-forms. 0 no wrong grant, 1 a wrong grant, 2 wrong use, or "
        "nothing to tell.\n");
    return 2;
  }
  return softbot::tests::evaluate(arguments[1]);
}

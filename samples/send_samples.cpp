// Sends the sample applications to a running demonstration and says what came of each:
//   send-samples --url http://127.0.0.1:8080 --key-file KEY --ledger FILE [--samples FOLDER] [--demo FILE]
//   [--check] [--table]

#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/json.h"
#include "domain/time.h"
#include "domain/zone.h"
#include "sample_file.h"
#include "sample_ledger.h"
#include "sample_scan.h"
#include "sample_sender.h"

namespace {

using namespace softbot;
using namespace softbot::samples;

constexpr int wrong_use = 64;  ///< EX_USAGE

constexpr const char* usage =
    "Usage: send-samples --url URL --key-file FILE --ledger FILE [options]\n"
    "  --url       of the node, such as http://127.0.0.1:8080\n"
    "  --key-file  a machine key that may assert identity, with the roles clerk, mail-room, administrator, "
    "auditor\n"
    "  --ledger    remembers what was sent, so that nothing is sent twice; one for each data folder\n"
    "  --samples   folder with the samples; default samples/submissions\n"
    "  --scans     folder with scans to send too, such as samples/scans\n"
    "  --demo      the demo accounts, for what a colleague does; default samples/demo.json\n"
    "  --table     print lines \"reference type result reasons\" only; progress goes to standard error\n"
    "  --check     fail when a result is not the expected one\n";

struct Arguments {
  std::string url;
  std::string key_file;
  std::string ledger;
  std::string samples = "samples/submissions";
  std::string scans;  ///< "": none
  std::string demo = "samples/demo.json";
  bool table = false;
  bool check = false;
};

bool read_arguments(const std::vector<std::string_view>& values, Arguments& arguments) {
  const std::map<std::string_view, std::string*> texts{
      {"--url", &arguments.url},         {"--key-file", &arguments.key_file}, {"--ledger", &arguments.ledger},
      {"--samples", &arguments.samples}, {"--scans", &arguments.scans},       {"--demo", &arguments.demo}};
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] == "--table") {
      arguments.table = true;
    } else if (values[i] == "--check") {
      arguments.check = true;
    } else if (const auto found = texts.find(values[i]); found != texts.end() && i + 1 < values.size()) {
      *found->second = values[++i];
    } else {
      return false;
    }
  }
  return !arguments.url.empty() && !arguments.key_file.empty() && !arguments.ledger.empty();
}

Result<std::string> text_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return fail(ErrorCode::invalid_input, path + " cannot be read.");
  std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

Result<std::map<std::string, std::string>> passwords_in(const std::string& path) {
  const auto text = text_of(path);
  if (!text) return fail(text.error());
  const auto json = parse_json(*text);
  if (!json) return fail(ErrorCode::invalid_input, path + ": " + json.error().message);
  std::map<std::string, std::string> passwords;
  for (const Value& one : (*json)["accounts"].items()) {
    passwords[one["name"].text_or_empty()] = one["password"].text_or_empty();
  }
  return passwords;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string all;
  for (const std::string& part : parts) all += (all.empty() ? "" : ",") + part;
  return all.empty() ? "-" : all;
}

/// One line that says how far we are: rewritten in place on a terminal, left out elsewhere.
void show_progress(std::size_t number, std::size_t all, const std::string& title) {
  if (isatty(STDERR_FILENO) == 0) return;
  std::fprintf(stderr, "\r\033[K  [%zu/%zu] %s", number, all, title.c_str());
  std::fflush(stderr);
}

void clear_progress() {
  if (isatty(STDERR_FILENO) != 0) std::fputs("\r\033[K", stderr);
}

void print_line(const SampleResult& result) {
  std::printf("%-14s %-20s %-16s %s\n", result.reference.c_str(), result.type.c_str(), result.result.c_str(),
              joined(result.reasons).c_str());
}

void print_outcomes(const std::string& heading, const std::vector<SampleResult>& results) {
  std::printf("%s\n", heading.c_str());
  for (const SampleResult& result : results) {
    const std::string by = result.decided_by == "person" ? " by a person" : "";
    const std::string why = result.reasons.empty() ? "" : " (" + joined(result.reasons) + ")";
    std::printf("     %-14s %-20s %s%s%s\n", result.reference.c_str(), result.type.c_str(),
                result.result.c_str(), by.c_str(), why.c_str());
  }
}

/// Counts what went wrong, and prints every result.
struct Tally {
  std::size_t refused = 0;
  std::size_t unexpected = 0;
  std::size_t sent_now = 0;
  std::size_t held = 0;
};

Tally send_all(SampleSender& sender, const std::vector<Sample>& samples, const Arguments& arguments) {
  Tally tally;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const Sample& sample = samples[i];
    show_progress(i + 1, samples.size(), sample.title);
    const bool before = sender.is_done(sample);
    if (!before) ++tally.sent_now;
    const auto results = sender.send(sample);
    if (!results) {
      ++tally.refused;
      clear_progress();
      std::fprintf(stderr, "send-samples: %s: %s\n", sample.name.c_str(), results.error().message.c_str());
      continue;
    }
    clear_progress();
    if (!arguments.table) print_outcomes(sample.name.substr(0, 2) + " " + sample.title, *results);
    for (std::size_t j = 0; j < results->size(); ++j) {
      const SampleResult& result = (*results)[j];
      if (arguments.table) print_line(result);
      if (result.result == "held-for-sample") ++tally.held;
      if (before || as_expected(sample.expected[j], result)) continue;
      ++tally.unexpected;
      std::fprintf(stderr, "send-samples: %s: %s was expected to be %s (%s) and is %s (%s)\n",
                   sample.name.c_str(), result.reference.c_str(), sample.expected[j].result.c_str(),
                   joined(sample.expected[j].reasons).c_str(), result.result.c_str(),
                   joined(result.reasons).c_str());
    }
    std::fflush(stdout);
  }
  return tally;
}

/// Says what came of a scan, and whether that was expected.
void tell(const SampleScan& scan, const std::vector<SampleResult>& results, bool before,
          const Arguments& arguments, Tally& tally) {
  if (arguments.table) {
    for (const SampleResult& result : results) print_line(result);
  } else {
    print_outcomes("scan " + scan.name.substr(0, 2) + " " + scan.title, results);
  }
  for (const SampleResult& result : results) tally.held += result.result == "held-for-sample" ? 1U : 0U;
  if (before || as_expected(scan, results)) return;
  ++tally.unexpected;
  if (!arguments.check) return;
  std::string found;
  for (const SampleResult& result : results)
    found += " " + result.type + " " + result.result + " (" + joined(result.reasons) + ")";
  std::fprintf(stderr, "send-samples: %s came out otherwise than samples/scans/scans.json says:%s\n",
               scan.name.c_str(), found.empty() ? " nothing" : found.c_str());
}

/// Uploads all scans first: reading goes on while the next is sent.
void send_scans(SampleSender& sender, const std::vector<SampleScan>& scans, const Arguments& arguments,
                Tally& tally) {
  std::map<std::string, bool> sent_before;
  for (const SampleScan& scan : scans) {
    const auto fresh = sender.upload(scan);
    if (fresh) {
      sent_before[scan.name] = !*fresh;
      tally.sent_now += *fresh ? 1U : 0U;
      continue;
    }
    ++tally.refused;
    std::fprintf(stderr, "send-samples: %s: %s\n", scan.name.c_str(), fresh.error().message.c_str());
  }
  for (std::size_t i = 0; i < scans.size(); ++i) {
    const SampleScan& scan = scans[i];
    if (!sent_before.contains(scan.name)) continue;
    show_progress(i + 1, scans.size(), scan.title);
    const auto results = sender.follow(scan);
    clear_progress();
    if (results) {
      tell(scan, *results, sent_before[scan.name], arguments, tally);
    } else {
      ++tally.refused;
      std::fprintf(stderr, "send-samples: %s: %s\n", scan.name.c_str(), results.error().message.c_str());
    }
    std::fflush(stdout);
  }
}

Result<int> run(const Arguments& arguments) {
  const auto key = text_of(arguments.key_file);
  if (!key) return fail(key.error());
  auto passwords = passwords_in(arguments.demo);
  if (!passwords) return fail(passwords.error());
  const Date today =
      local_date(std::chrono::time_point_cast<Instant::duration>(std::chrono::system_clock::now()));
  const auto samples = read_samples(arguments.samples, today);
  if (!samples) return fail(samples.error());
  Result<std::vector<SampleScan>> scans;
  if (!arguments.scans.empty()) scans = read_sample_scans(arguments.scans, today);
  if (!scans) return fail(scans.error());
  auto ledger = SampleLedger::open(arguments.ledger);
  if (!ledger) return fail(ledger.error());
  SampleSender sender(arguments.url, ApiClient(arguments.url, *key), std::move(*ledger),
                      std::move(*passwords));
  Tally tally = send_all(sender, *samples, arguments);
  send_scans(sender, *scans, arguments, tally);
  const std::size_t all = samples->size() + scans->size();
  std::fprintf(stderr, "%zu samples: %zu sent now, %zu sent before.", all, tally.sent_now,
               all - tally.sent_now);
  if (tally.held > 0) {
    std::fprintf(stderr, " %zu drawn at random for a person to look at before the letter goes out.",
                 tally.held);
  }
  std::fputs("\n", stderr);
  return tally.refused > 0 || (arguments.check && tally.unexpected > 0) ? 1 : 0;
}

}  // namespace

int main(int count, char** values) {
  Arguments arguments;
  if (!read_arguments(std::vector<std::string_view>(values + 1, values + count), arguments)) {
    std::fputs(usage, stderr);
    return wrong_use;
  }
  const auto done = run(arguments);
  if (!done) std::fprintf(stderr, "send-samples: %s\n", done.error().message.c_str());
  return done ? *done : 1;
}

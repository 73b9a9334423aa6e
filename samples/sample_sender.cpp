#include "sample_sender.h"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>
#include <thread>
#include <utility>

namespace softbot::samples {
namespace {

using namespace std::chrono_literals;

constexpr auto longest_wait = 60s;
constexpr auto longest_reading = 300s;  ///< of all scans before it, too
constexpr auto longest_rest = 5s;
constexpr const char* purpose = "Processing-Purpose: demonstration";

bool ok(const ApiAnswer& answer) {
  return answer.status >= 200 && answer.status < 300;
}

tl::unexpected<Error> refused(const std::string& what, const ApiAnswer& answer) {
  return fail(ErrorCode::invalid_input, what + " was refused: " + problem_in(answer));
}

std::string application_path(const std::string& reference) {
  return "/api/v1/applications/" + reference;
}

std::string queue_path(const std::string& reference) {
  return "/api/v1/queue/" + reference;
}

}  // namespace

bool as_expected(const Expected& expected, const SampleResult& result) {
  if (expected.result == "granted" && result.result == "held-for-sample") return true;
  return expected.result == result.result &&
         std::all_of(expected.reasons.begin(), expected.reasons.end(), [&](const std::string& code) {
           return std::find(result.reasons.begin(), result.reasons.end(), code) != result.reasons.end();
         });
}

bool as_expected(const SampleScan& scan, const std::vector<SampleResult>& results) {
  std::vector<SampleResult> left = results;
  for (const ExpectedOfScan& one : scan.expected) {
    const auto found = std::find_if(left.begin(), left.end(), [&](const SampleResult& result) {
      return result.type == one.type && as_expected(one.expected, result);
    });
    if (found == left.end()) return false;
    left.erase(found);
  }
  return left.empty();
}

SampleSender::SampleSender(std::string url, ApiClient machine, SampleLedger ledger,
                           std::map<std::string, std::string> passwords)
    : url_(std::move(url)),
      machine_(std::move(machine)),
      ledger_(std::move(ledger)),
      passwords_(std::move(passwords)) {
}

bool SampleSender::is_done(const Sample& sample) const {
  return !ledger_.sent(sample.name).empty() && ledger_.steps(sample.name) >= sample.steps.size();
}

Result<std::vector<SampleResult>> SampleSender::send(const Sample& sample) {
  const bool fresh = !is_done(sample);
  const auto sent = submit(sample);
  if (!sent) return fail(sent.error());
  for (std::size_t i = ledger_.steps(sample.name); i < sample.steps.size(); ++i) {
    const Step& step = sample.steps[i];
    const Sent& application = (*sent)[step.application];
    // The end is there already when a run was cut off between a step and its note.
    const Expected& end = sample.expected[step.application];
    const auto before = look_until(application, {{step.when, {}}, end});
    if (!before) return fail(before.error());
    if (!as_expected(end, *before)) {
      if (auto taken = take_step(step, application); !taken) return fail(taken.error());
    }
    if (auto noted = ledger_.note_step(sample.name, i + 1); !noted) return fail(noted.error());
  }
  std::vector<SampleResult> results;
  for (std::size_t i = 0; i < sent->size(); ++i) {
    auto result = fresh ? look_until((*sent)[i], {sample.expected[i]}) : look((*sent)[i]);
    if (!result) return fail(result.error());
    results.push_back(std::move(*result));
  }
  return results;
}

Result<void> SampleSender::give_provisions(const Value& provisions) {
  if (provisions.is_null()) return {};
  const auto stored = machine_.post("/api/v1/provisions", Value::object({{"provisions", provisions}}));
  if (!stored) return fail(stored.error());
  if (!ok(*stored)) return refused("Its earlier provision", *stored);
  return {};
}

Result<bool> SampleSender::upload(const SampleScan& scan) {
  if (!ledger_.scan(scan.name).empty()) return false;
  if (auto given = give_provisions(scan.provisions); !given) return fail(given.error());
  std::ifstream stream(scan.file, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  if (bytes.empty()) return fail(ErrorCode::invalid_input, scan.file.string() + " cannot be read.");
  const auto answer =
      machine_.upload("/api/v1/scans", bytes, scan.media_type,
                      {"Idempotency-Key: scan-" + scan.name, "File-Name: " + scan.file.filename().string()});
  if (!answer) return fail(answer.error());
  if (!ok(*answer) || answer->body["scans"].items().empty()) return refused("The scan", *answer);
  if (auto noted = ledger_.note_scan(scan.name, answer->body["scans"].items().front()["id"].text_or_empty());
      !noted)
    return fail(noted.error());
  return true;
}

Result<std::vector<SampleResult>> SampleSender::follow(const SampleScan& scan) {
  const std::string path = "/api/v1/scans/" + ledger_.scan(scan.name);
  const auto end = std::chrono::steady_clock::now() + longest_reading;
  std::vector<SampleResult> last;
  auto changed = std::chrono::steady_clock::now();
  for (;;) {
    const auto answer = machine_.get(path, {purpose});
    if (!answer) return fail(answer.error());
    if (!ok(*answer)) return refused("A look at the scan", *answer);
    const std::string& state = answer->body["state"].text_or_empty();
    auto results = results_of(*answer);
    if (!results) return results;
    const auto now = std::chrono::steady_clock::now();
    const bool read = state != "waiting" && state != "reading";
    if (!read || *results != last) changed = now;
    last = *results;
    // As expected, or nothing moves any more: waiting longer would change nothing.
    if ((read && as_expected(scan, *results)) || now - changed > longest_rest || now > end) return results;
    std::this_thread::sleep_for(200ms);
  }
}

Result<std::vector<SampleResult>> SampleSender::results_of(const ApiAnswer& scan) {
  std::vector<SampleResult> results;
  for (const Value& one : scan.body["applications"].items()) {
    auto result = look({one["reference"].text_or_empty(), one["type"].text_or_empty(), ""});
    if (!result) return fail(result.error());
    results.push_back(std::move(*result));
  }
  return results;
}

Result<std::vector<SampleLedger::Sent>> SampleSender::submit(const Sample& sample) {
  if (auto earlier = ledger_.sent(sample.name); !earlier.empty()) return earlier;
  if (auto given = give_provisions(sample.provisions); !given) return fail(given.error());
  const auto answer =
      machine_.post("/api/v1/submissions", sample.submission, {"Idempotency-Key: sample-" + sample.name});
  if (!answer) return fail(answer.error());
  if (!ok(*answer)) return refused("The submission", *answer);
  std::vector<Sent> sent;
  for (const Value& one : answer->body["applications"].items()) {
    sent.push_back(
        {one["reference"].text_or_empty(), one["type"].text_or_empty(), one["code"].text_or_empty()});
  }
  if (sent.size() != sample.expected.size()) {
    return fail(ErrorCode::invalid_input,
                "The submission became another number of applications than it has requests.");
  }
  if (auto noted = ledger_.note_sent(sample.name, sent); !noted) return fail(noted.error());
  return sent;
}

Result<void> SampleSender::take_step(const Step& step, const Sent& application) {
  if (step.action == "decision") return decide(step, application);
  const bool event = step.action == "event";
  const std::string path = event ? queue_path(application.reference) + "/events"
                                 : application_path(application.reference) + "/" + step.action;
  // An applicant's own step goes with reference and code, as it would from their screen; the mail room's with
  // the key.
  Result<ApiAnswer> answer = fail(ErrorCode::internal, "not sent");
  if (event) {
    answer = machine_.post(path, step.body);
  } else {
    ApiClient applicant(url_, "");
    answer = applicant.post(path, step.body, {"Application-Code: " + application.code});
  }
  if (!answer) return fail(answer.error());
  if (!ok(*answer)) return refused("The step \"" + step.action + "\"", *answer);
  return {};
}

Result<void> SampleSender::decide(const Step& step, const Sent& application) {
  auto found = colleagues_.find(step.by);
  if (found == colleagues_.end()) {
    const auto password = passwords_.find(step.by);
    if (password == passwords_.end())
      return fail(ErrorCode::invalid_input, "There is no demo account \"" + step.by + "\".");
    ApiClient client(url_, "");
    if (auto in = client.sign_in(step.by, password->second); !in) return in;
    found = colleagues_.emplace(step.by, std::move(client)).first;
  }
  ApiClient& colleague = found->second;
  const std::string path = queue_path(application.reference);
  const auto seen = colleague.get(path, {purpose});
  if (!seen) return fail(seen.error());
  if (!ok(*seen)) return refused("A look at the case", *seen);
  const auto claimed = colleague.post(path + "/claim", Value::object(), {"If-Match: " + seen->etag});
  if (!claimed) return fail(claimed.error());
  if (!ok(*claimed)) return refused("The claim", *claimed);
  const auto decided = colleague.post(path + "/decision", step.body, {"If-Match: " + claimed->etag});
  if (!decided) return fail(decided.error());
  if (!ok(*decided)) return refused("The decision", *decided);
  return {};
}

Result<SampleResult> SampleSender::look(const Sent& application) {
  const auto answer = machine_.get(application_path(application.reference), {purpose});
  if (!answer) return fail(answer.error());
  if (!ok(*answer)) return refused("A look at the application", *answer);
  const Value& view = answer->body;
  SampleResult result{application.reference, application.type, application.code, {}, {}, {}};
  const std::string& outcome = view["outcome"].text_or_empty();
  result.result = outcome.empty() ? view["status"].text_or_empty() : outcome;
  result.decided_by = view["decidedBy"].text_or_empty();
  for (const Value& reason : view["reasons"].items()) {
    const std::string& code = reason["code"].text_or_empty();
    if (std::find(result.reasons.begin(), result.reasons.end(), code) == result.reasons.end()) {
      result.reasons.push_back(code);
    }
  }
  return result;
}

Result<SampleResult> SampleSender::look_until(const Sent& application, const std::vector<Expected>& wanted) {
  const auto end = std::chrono::steady_clock::now() + longest_wait;
  for (auto pause = 20ms;; pause = std::min(2 * pause, std::chrono::milliseconds(320))) {
    std::this_thread::sleep_for(pause);
    auto result = look(application);
    const bool there = result && std::any_of(wanted.begin(), wanted.end(), [&](const Expected& expected) {
                         return as_expected(expected, *result);
                       });
    if (!result || there || std::chrono::steady_clock::now() > end) return result;
  }
}

}  // namespace softbot::samples

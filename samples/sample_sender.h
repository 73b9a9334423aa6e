#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "api_client.h"
#include "sample_file.h"
#include "sample_ledger.h"
#include "sample_scan.h"

namespace softbot::samples {

/// How one application stands.
struct SampleResult {
  std::string reference;
  std::string type;
  std::string code;
  std::string result;                ///< the outcome, or the status where there is none
  std::string decided_by;            ///< bot, person or ""
  std::vector<std::string> reasons;  ///< codes
  bool operator==(const SampleResult&) const = default;
};

/// A grant that was drawn for the sample is held until a person has looked: that, too, is as expected.
[[nodiscard]] bool as_expected(const Expected& expected, const SampleResult& result);

/// Whether exactly what is expected came out of a scan, in any order.
[[nodiscard]] bool as_expected(const SampleScan& scan, const std::vector<SampleResult>& results);

/// Sends samples to a node, each once, and follows them to where the bot leaves them. Not thread-safe.
class SampleSender {
 public:
  /// `machine`: a key with roles administrator (for provisions), clerk, mail-room and auditor that may assert
  /// identity. `passwords`: of demo accounts, for the steps that a colleague takes.
  SampleSender(std::string url, ApiClient machine, SampleLedger ledger,
               std::map<std::string, std::string> passwords);

  /// True when this sample was sent and every step of it taken, by an earlier run.
  [[nodiscard]] bool is_done(const Sample& sample) const;

  /// Does what was not yet done and says how its applications stand. Waits until they are as expected, at
  /// most ten seconds; then says how they are. The error names the refusal.
  [[nodiscard]] Result<std::vector<SampleResult>> send(const Sample& sample);

  /// Uploads a scan that was not sent yet. True when it was sent now. Reading takes a while: send all scans,
  /// then look at each.
  [[nodiscard]] Result<bool> upload(const SampleScan& scan);
  /// What came of an uploaded scan: applications, and items of post (type incoming-post). Waits until it is
  /// as expected, at most two minutes; then says how it is. Empty: it waits for the pages that are missing.
  [[nodiscard]] Result<std::vector<SampleResult>> follow(const SampleScan& scan);

 private:
  using Sent = SampleLedger::Sent;

  [[nodiscard]] Result<void> give_provisions(const Value& provisions);
  [[nodiscard]] Result<std::vector<SampleResult>> results_of(const ApiAnswer& scan);
  [[nodiscard]] Result<std::vector<Sent>> submit(const Sample& sample);
  [[nodiscard]] Result<void> take_step(const Step& step, const Sent& application);
  [[nodiscard]] Result<void> decide(const Step& step, const Sent& application);
  [[nodiscard]] Result<SampleResult> look(const Sent& application);
  [[nodiscard]] Result<SampleResult> look_until(const Sent& application, const std::vector<Expected>& wanted);

  std::string url_;
  ApiClient machine_;
  SampleLedger ledger_;
  std::map<std::string, std::string> passwords_;
  std::map<std::string, ApiClient> colleagues_;
};

}  // namespace softbot::samples

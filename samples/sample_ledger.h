#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "domain/result.h"
#include "domain/value.h"

namespace softbot::samples {

/// What was sent to one data folder, so that a second run repeats nothing: a small JSON file beside that
/// data, readable by its owner alone (it holds the codes of made-up people's applications). Saved after each
/// change.
class SampleLedger {
 public:
  struct Sent {
    std::string reference;
    std::string type;
    std::string code;
  };

  /// An absent file is an empty ledger. `damaged` when it is no ledger.
  [[nodiscard]] static Result<SampleLedger> open(std::filesystem::path file);

  /// Applications of a sample that was sent; empty when it was not.
  [[nodiscard]] std::vector<Sent> sent(const std::string& sample) const;
  /// How many of its steps were taken.
  [[nodiscard]] std::size_t steps(const std::string& sample) const;

  /// The number that a scan got; "" when it was not sent.
  [[nodiscard]] std::string scan(const std::string& sample) const;

  [[nodiscard]] Result<void> note_scan(const std::string& sample, const std::string& id);
  [[nodiscard]] Result<void> note_sent(const std::string& sample, const std::vector<Sent>& applications);
  [[nodiscard]] Result<void> note_step(const std::string& sample, std::size_t steps);

 private:
  explicit SampleLedger(std::filesystem::path file) : file_(std::move(file)) {}
  [[nodiscard]] Result<void> save() const;

  std::filesystem::path file_;
  Value content_ = Value::object();  ///< sample -> {applications[], steps} or {scan}
};

}  // namespace softbot::samples

#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "domain/value.h"
#include "support/http_client.h"
#include "support/process.h"

namespace softbot::tests {

/// The real daemon with the real demo register, on free ports and a data folder of its own.
class Daemon {
 public:
  struct Options {
    std::filesystem::path data;    ///< empty: a temporary folder
    std::filesystem::path config;  ///< empty: the shipped softbot.json
    bool with_register = true;
    std::filesystem::path persons;    ///< of the demo register; empty: samples/register.json
    std::vector<std::string> before;  ///< put before the daemon's command, such as env with variables
    bool demo = true;
  };
  /// Starts and waits until it is ready. Throws std::runtime_error with the log when it does not get there.
  explicit Daemon(Options options);
  Daemon() : Daemon(Options{}) {}

  [[nodiscard]] const std::string& url() const { return url_; }
  [[nodiscard]] const std::string& metrics_url() const { return metrics_url_; }
  [[nodiscard]] const std::filesystem::path& data() const { return data_; }
  [[nodiscard]] Process& process() { return *daemon_; }
  /// Stops the daemon without warning, as a power cut would the process.
  void kill();
  /// SIGTERM; the exit status.
  int stop();
  /// Starts it again on the same data and port.
  void start();
  /// What start() runs.
  [[nodiscard]] std::vector<std::string> serve_command() const;

  /// A machine key with every role that may assert identity; made once.
  [[nodiscard]] const std::string& key();

  [[nodiscard]] Answer get(const std::string& path, const HeaderLines& headers = {}) const;
  /// With the machine key.
  [[nodiscard]] Answer get_as_machine(const std::string& path);
  [[nodiscard]] Answer post(const std::string& path, const Value& body, HeaderLines headers = {}) const;
  [[nodiscard]] Answer post_as_machine(const std::string& path, const Value& body, HeaderLines headers = {});

  /// Sends a submission with the machine key and this identity assurance.
  [[nodiscard]] Answer submit(Value submission, const std::string& idempotency_key,
                              const std::string& assurance);
  /// Asks until the application's status is none of received, deciding; its staff view.
  [[nodiscard]] Value settled(const std::string& reference);
  /// Asks until `reached` holds for the staff view, as long as a test has patience; the last view. Jobs run
  /// in any order: wait for all that is looked at afterwards, or for rest.
  [[nodiscard]] Value wait_until(const std::string& reference,
                                 const std::function<bool(const Value&)>& reached);

  /// Waits until no job is under way or due: nothing changes by itself any more. False when it never comes.
  [[nodiscard]] bool comes_to_rest() const;

  /// Runs a command of the program on this daemon's data.
  [[nodiscard]] Ended command(std::vector<std::string> arguments, const std::string& input = {}) const;

 private:
  Options options_;
  TemporaryFolder folder_;
  std::filesystem::path data_;
  std::string url_;
  std::string metrics_url_;
  std::string register_url_;
  std::string key_;
  std::unique_ptr<Process> register_;
  std::unique_ptr<Process> daemon_;
};

/// Paths of the programs of this build.
[[nodiscard]] std::string softbot_program();
[[nodiscard]] std::string demo_register_program();
/// The configuration folder of the sources.
[[nodiscard]] std::filesystem::path shipped_configuration();

/// The ordinary submissions that tests start from: people of samples/register.json.
[[nodiscard]] Value toilet_raiser_for_zonneveld();  ///< granted when signed
[[nodiscard]] Value household_help_for_de_graaf();  ///< granted when signed
/// The same with one answer changed ("common.urgent" or a field of the first request).
[[nodiscard]] Value with_answer(Value submission, const std::string& path, const Value& answer);

/// First reference, and its code, of a 202 answer.
[[nodiscard]] std::string reference_in(const Answer& accepted);
[[nodiscard]] std::string code_in(const Answer& accepted);

}  // namespace softbot::tests

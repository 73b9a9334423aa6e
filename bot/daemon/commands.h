#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "domain/result.h"

namespace softbot::daemon {

/// What the program says when it ends. Documented in `softbot help`.
enum class ExitCode {
  done = 0,
  failed = 1,         ///< it did not work; the message says why
  wrong_options = 2,  ///< the command line is wrong
  bad_input = 3,      ///< a file named on the command line is absent, damaged or not accepted
  configuration = 4,  ///< a configuration file, the environment or the master key is wrong
  store = 5,          ///< the store is held by another node, of another version, or damaged
};
[[nodiscard]] ExitCode exit_code_of(const Error& error);

/// Where the store is and who opens it.
struct StorePlace {
  std::filesystem::path data = "var/data";
  std::filesystem::path config_file;  ///< "" for the shipped one
};

struct ServeOptions {
  StorePlace place;
  std::string listen;          ///< "": as the settings say
  std::string metrics_listen;  ///< "": as the settings say; "off": none
  std::string register_url;    ///< "": as the settings say
  std::filesystem::path demo;  ///< a file such as samples/demo.json; "": no demonstration
};
/// Runs until SIGTERM or SIGINT.
[[nodiscard]] ExitCode serve(const ServeOptions& options);

[[nodiscard]] ExitCode check_config(const std::filesystem::path& config_file);
[[nodiscard]] ExitCode deadlines(const std::filesystem::path& input, const std::string& today, bool as_json);
[[nodiscard]] ExitCode import_provisions(const StorePlace& place, const std::filesystem::path& csv);

struct PrintFormOptions {
  std::vector<std::string> types;
  std::string municipality;  ///< "": the settings' own
  std::string language = "nl";
  std::filesystem::path target;  ///< "-": standard output
  std::filesystem::path known;   ///< JSON with answers to print in; "": none
  std::filesystem::path config_file;
  bool geometry = false;  ///< where everything stands, as JSON, instead of the PDF
};
/// Prints a form, empty or with known answers, with a set number of its own.
[[nodiscard]] ExitCode print_form(const PrintFormOptions& options);

struct ReadOptions {
  std::vector<std::filesystem::path> files;
  std::filesystem::path data;  ///< a store whose printed forms are known too; "": none
  std::filesystem::path config_file;
  std::filesystem::path template_file;  ///< for forms that softbot did not print; "": none
  bool as_json = false;                 ///< JSON instead of a table
};
/// Reads scans as the daemon does, without one, and prints what stands on them.
[[nodiscard]] ExitCode read_files(const ReadOptions& options);

/// Judges an application again from the input and the policy version that are kept with it; `failed`, with
/// what differs, when the outcome is not the same.
[[nodiscard]] ExitCode replay(const StorePlace& place, const std::string& reference);

struct SimulateOptions {
  StorePlace place;
  std::filesystem::path draft;  ///< a folder with the files of a policy
  std::string from;             ///< first day of receipt; "": no bound
  std::string to;               ///< last day of receipt; "": no bound
  std::string municipality;     ///< "": all
  std::string type;             ///< of application; "": all
  bool as_json = false;         ///< JSON with every changed case instead of text
};
/// Tries a draft of the policy on the applications that were judged, and prints what would change.
[[nodiscard]] ExitCode simulate(const SimulateOptions& options);

/// Runs the examples of the policy in a folder and prints which of them come out otherwise than they say;
/// `failed` when one does.
[[nodiscard]] ExitCode policy_examples(const std::filesystem::path& folder, bool as_json);

struct PublishOptions {
  StorePlace place;
  std::string municipality;  ///< "": the first one
};
/// Prints the entries for the Algoritmeregister, generated from the active policy, as JSON.
[[nodiscard]] ExitCode policy_register_entries(const PublishOptions& options);
/// Prints the active policy in plain Dutch.
[[nodiscard]] ExitCode policy_explain(const PublishOptions& options);

struct AccountOptions {
  std::string name;
  std::string display_name;
  std::string person;  ///< who it is; "": the same as the name
  std::vector<std::string> roles;
  std::vector<std::string> municipalities;
  std::vector<std::string> teams;
};
/// Reads the password from standard input, or asks for it on a terminal.
[[nodiscard]] ExitCode add_account(const StorePlace& place, const AccountOptions& options);
[[nodiscard]] ExitCode list_accounts(const StorePlace& place);
[[nodiscard]] ExitCode disable_account(const StorePlace& place, const std::string& name);

struct KeyOptions {
  std::string name;
  std::vector<std::string> roles;
  std::vector<std::string> municipalities;
  bool may_assert_identity = false;
};
/// Prints the new key once.
[[nodiscard]] ExitCode add_key(const StorePlace& place, const KeyOptions& options);
[[nodiscard]] ExitCode list_keys(const StorePlace& place);
[[nodiscard]] ExitCode disable_key(const StorePlace& place, const std::string& name);

[[nodiscard]] ExitCode backup(const StorePlace& place, const std::filesystem::path& target);
[[nodiscard]] ExitCode restore(const std::filesystem::path& from, const std::filesystem::path& data);
[[nodiscard]] ExitCode verify_audit(const StorePlace& place, const std::filesystem::path& checkpoint);
[[nodiscard]] ExitCode export_checkpoint(const StorePlace& place, const std::filesystem::path& target);
/// The BSN comes from standard input, so that it stands in no process list.
[[nodiscard]] ExitCode export_person(const StorePlace& place, const std::filesystem::path& target,
                                     const std::string& purpose);
[[nodiscard]] ExitCode destroy_person(const StorePlace& place, const std::string& why);

struct CorrectionExport {
  StorePlace place;
  std::filesystem::path target;  ///< absent or empty
  std::string municipality;
  std::string why;  ///< for the record
};
/// Writes what may be learned from into two folders, `train` and `trial`: readings.jsonl and its pictures.
/// `failed` where the municipality does not let corrections be kept.
[[nodiscard]] ExitCode export_corrections(const CorrectionExport& request);
/// Prints how many corrections are kept of each municipality, and until when.
[[nodiscard]] ExitCode list_corrections(const StorePlace& place);

}  // namespace softbot::daemon

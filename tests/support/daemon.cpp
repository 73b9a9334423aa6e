#include "support/daemon.h"

#include <csignal>
#include <stdexcept>

#include "domain/json.h"
#include "support/checkout.h"
#include "support/patience.h"

namespace softbot::tests {
namespace {

std::string after(const std::string& line, const std::string& marker) {
  const auto begin = line.find(marker);
  if (begin == std::string::npos) return {};
  const auto end = line.find_first_of(", \n", begin);
  return line.substr(begin, end - begin);
}

Value common_of(const char* bsn, const char* initials, const char* name, const char* born, const char* street,
                const char* number, const char* postcode) {
  return Value::object({{"bsn", bsn},
                        {"initials", initials},
                        {"birthName", name},
                        {"birthDate", born},
                        {"street", street},
                        {"houseNumber", number},
                        {"postcode", postcode},
                        {"town", "Voorbeeld"},
                        {"phone", "0612345678"},
                        {"livingSituation", "alone"},
                        {"housing", "owner"},
                        {"hasRepresentative", false},
                        {"wlz", false},
                        {"personalPlan", false},
                        {"urgent", false}});
}

Value submission_of(Value common, const char* type, Value fields) {
  Value requests = Value::list();
  requests.push(Value::object({{"type", type}, {"fields", std::move(fields)}}));
  return Value::object({{"municipality", "voorbeeld"},
                        {"channel", "api"},
                        {"common", std::move(common)},
                        {"requests", std::move(requests)}});
}

}  // namespace

std::string softbot_program() {
  return SOFTBOT_PROGRAM;
}

std::string demo_register_program() {
  return SOFTBOT_DEMO_REGISTER;
}

std::filesystem::path shipped_configuration() {
  return checkout() / "config";
}

Daemon::Daemon(Options options) : options_(std::move(options)) {
  data_ = options_.data.empty() ? folder_.path() / "data" : options_.data;
  if (options_.with_register) {
    const std::string persons = options_.persons.empty() ? (checkout() / "samples/register.json").string()
                                                         : options_.persons.string();
    register_ = std::make_unique<Process>(
        std::vector<std::string>{demo_register_program(), "--listen", "127.0.0.1:0", "--file", persons},
        folder_.path() / "register.log");
    register_url_ = after(register_->wait_for_line("listening on", patience), "http://");
    if (register_url_.empty())
      throw std::runtime_error("the demo register does not start:\n" + register_->output());
  }
  start();
}

std::vector<std::string> Daemon::serve_command() const {
  const std::string listen = url_.empty() ? "127.0.0.1:0" : url_.substr(url_.find("//") + 2);
  std::vector<std::string> command = options_.before;
  command.insert(command.end(), {softbot_program(), "serve", "--data", data_.string(), "--listen", listen,
                                 "--metrics-listen", "127.0.0.1:0"});
  const auto add = [&](const char* option, const std::string& value) {
    command.emplace_back(option);
    command.push_back(value);
  };
  if (!options_.config.empty()) add("--config", options_.config.string());
  if (!register_url_.empty()) add("--register-url", register_url_);
  if (options_.demo) add("--demo", (checkout() / "samples/demo.json").string());
  return command;
}

void Daemon::start() {
  daemon_ = std::make_unique<Process>(serve_command(), folder_.path() / "daemon.log");
  const std::string line = daemon_->wait_for_line("softbot serves", patience);
  if (line.empty()) throw std::runtime_error("the daemon does not start:\n" + daemon_->output());
  if (url_.empty()) url_ = after(line, "http://");  // the same at every start: clients may be reading it
  const auto metrics = line.find("metrics");
  metrics_url_ = metrics == std::string::npos ? std::string() : after(line.substr(metrics), "http://");
}

void Daemon::kill() {
  daemon_->signal(SIGKILL);
  daemon_->wait(patience);
}

int Daemon::stop() {
  daemon_->signal(SIGTERM);
  return daemon_->wait(patience).value_or(-1);
}

const std::string& Daemon::key() {
  if (key_.empty()) {
    const Ended made =
        command({"key", "add", "test", "--role", "consultant", "--role", "clerk", "--role", "mail-room",
                 "--role", "administrator", "--role", "auditor", "--may-assert-identity"});
    if (made.status != 0) throw std::runtime_error("no key: " + made.output);
    key_ = made.output.substr(0, made.output.find('\n'));
  }
  return key_;
}

Answer Daemon::get(const std::string& path, const HeaderLines& headers) const {
  return request("GET", url_ + path, headers);
}

Answer Daemon::get_as_machine(const std::string& path) {
  return get(path, {"Authorization: Bearer " + key()});
}

Answer Daemon::post(const std::string& path, const Value& body, HeaderLines headers) const {
  headers.emplace_back("Content-Type: application/json");
  return request("POST", url_ + path, headers, to_json(body));
}

Answer Daemon::post_as_machine(const std::string& path, const Value& body, HeaderLines headers) {
  headers.push_back("Authorization: Bearer " + key());
  return post(path, body, std::move(headers));
}

Answer Daemon::submit(Value submission, const std::string& idempotency_key, const std::string& assurance) {
  submission.set("identityAssurance", assurance);
  return post_as_machine("/api/v1/submissions", submission, {"Idempotency-Key: " + idempotency_key});
}

Value Daemon::settled(const std::string& reference) {
  return wait_until(reference, [](const Value& view) {
    const std::string& status = view["status"].text_or_empty();
    return !status.empty() && status != "received" && status != "deciding";
  });
}

Value Daemon::wait_until(const std::string& reference, const std::function<bool(const Value&)>& reached) {
  Value view;
  static_cast<void>(comes_to_hold([&] {
    view = get_as_machine("/api/v1/applications/" + reference).json();
    return reached(view);
  }));
  return view;
}

bool Daemon::comes_to_rest() const {
  // A job that is done is gone; what it gave rise to was there before.
  return comes_to_hold([&] {
    const Ended waiting =
        run({"/usr/bin/sqlite3", "-cmd", ".timeout 5000", (data_ / "softbot.db").string(),
             "SELECT count(*) FROM job WHERE leased = 1 OR due < (unixepoch() + 5) * 1000"});
    return waiting.output == "0\n";
  });
}

Ended Daemon::command(std::vector<std::string> arguments, const std::string& input) const {
  arguments.insert(arguments.begin(), softbot_program());
  arguments.emplace_back("--data");
  arguments.push_back(data_.string());
  return run(arguments, input);
}

Value toilet_raiser_for_zonneveld() {
  Value common = common_of("999900006", "A.M.", "Zonneveld", "1946-03-14", "Dorpsstraat", "12", "1234AB");
  common.set("houseNumberAddition", "A");
  return submission_of(std::move(common), "small-aids",
                       Value::object({{"aid", "raised-toilet-seat"},
                                      {"limitation", "Ik kom moeilijk overeind."},
                                      {"duration", "26-weeks-or-longer"},
                                      {"alreadyBorrowed", false},
                                      {"bodyWeightKg", 70},
                                      {"price", 45},
                                      {"provisionForm", "in-kind"}}));
}

Value household_help_for_de_graaf() {
  Value tasks = Value::list();
  tasks.push("light-cleaning");
  tasks.push("heavy-cleaning");
  return submission_of(common_of("999901643", "C.W.", "de Graaf", "1939-05-30", "Havenkade", "41", "1236XZ"),
                       "household-help",
                       Value::object({{"tasks", std::move(tasks)},
                                      {"takeover", "full"},
                                      {"since", "2026-01-01"},
                                      {"limitationDuration", "lasting"},
                                      {"limitations", "Ik kan niet bukken."},
                                      {"informalCarer", false},
                                      {"roomsInUse", 2},
                                      {"roomsNotInUse", 0},
                                      {"pets", false},
                                      {"allergy", false},
                                      {"privateCleaner", false},
                                      {"provisionForm", "in-kind"}}));
}

Value with_answer(Value submission, const std::string& path, const Value& answer) {
  static const std::string prefix = "common.";
  if (path.starts_with(prefix)) {
    Value common = submission["common"];
    common.set(path.substr(prefix.size()), answer);
    submission.set("common", std::move(common));
    return submission;
  }
  Value request = submission["requests"].items().front();
  Value fields = request["fields"];
  fields.set(path, answer);
  request.set("fields", std::move(fields));
  Value requests = Value::list();
  requests.push(std::move(request));
  submission.set("requests", std::move(requests));
  return submission;
}

std::string reference_in(const Answer& accepted) {
  const Value body = accepted.json();
  const auto& all = body["applications"].items();
  return all.empty() ? std::string() : all.front()["reference"].text_or_empty();
}

std::string code_in(const Answer& accepted) {
  const Value body = accepted.json();
  const auto& all = body["applications"].items();
  return all.empty() ? std::string() : all.front()["code"].text_or_empty();
}

}  // namespace softbot::tests

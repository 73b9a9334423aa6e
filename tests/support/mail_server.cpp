#include "support/mail_server.h"

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "domain/json.h"
#include "support/checkout.h"

namespace softbot::tests {
namespace {

constexpr std::chrono::seconds limit{10};
constexpr const char* openssl = "/usr/bin/openssl";

void make(const std::vector<std::string>& command) {
  const Ended ended = run(command);
  if (ended.status != 0) throw std::runtime_error("no certificate could be made:\n" + ended.output);
}

}  // namespace

TestCertificate::TestCertificate(const std::filesystem::path& folder)
    : authority(folder / "authority.pem"), certificate(folder / "server.pem"), key(folder / "server.key") {
  const auto authority_key = folder / "authority.key";
  const auto request = folder / "server.csr";
  const auto extensions = folder / "server.ext";
  std::ofstream(extensions) << "subjectAltName = IP:127.0.0.1\nbasicConstraints = CA:FALSE\n";
  make({openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days",
        "2", "-subj", "/CN=Test authority", "-keyout", authority_key, "-out", authority});
  make({openssl, "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj",
        "/CN=127.0.0.1", "-keyout", key, "-out", request});
  make({openssl, "x509", "-req", "-in", request, "-CA", authority, "-CAkey", authority_key, "-CAcreateserial",
        "-days", "2", "-extfile", extensions, "-out", certificate});
}

MailServer::MailServer(Options options) : options_(std::move(options)) {
  start();
}

void MailServer::start() {
  std::vector<std::string> command{"/usr/bin/python3",
                                   (checkout() / "tests" / "support" / "mail_server.py").string(), "--port",
                                   std::to_string(port_)};
  if (options_.certificate != nullptr) {
    for (const std::string& part : {std::string("--certificate"), options_.certificate->certificate.string(),
                                    std::string("--key"), options_.certificate->key.string()})
      command.push_back(part);
  }
  if (options_.tls_from_the_start) command.emplace_back("--from-the-start");
  if (!options_.user.empty()) {
    for (const std::string& part :
         {std::string("--user"), options_.user, std::string("--password"), options_.password})
      command.push_back(part);
  }
  process_ = std::make_unique<Process>(command, folder_.path() / "log");
  const std::string line = process_->wait_for_line("listening ", limit);
  if (line.empty()) throw std::runtime_error("The mail server does not listen:\n" + process_->output());
  port_ = static_cast<std::uint16_t>(std::stoi(line.substr(line.find(' '))));
}

void MailServer::stop() {
  process_.reset();
}

std::vector<Value> MailServer::messages() const {
  std::vector<Value> all;
  std::ifstream log(folder_.path() / "log");
  for (std::string line; std::getline(log, line);) {
    if (!line.starts_with("{") || log.eof()) continue;  // the last line may be half written
    if (auto message = parse_json(line)) all.push_back(std::move(*message));
  }
  return all;
}

std::vector<Value> MailServer::wait_for(std::size_t count) const {
  const auto end = std::chrono::steady_clock::now() + limit;
  while (messages().size() < count && std::chrono::steady_clock::now() < end)
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  return messages();
}

}  // namespace softbot::tests

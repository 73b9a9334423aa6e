#include "http/tls.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "http/server.h"
#include "unit/http/client.h"

namespace softbot::http {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

/// A folder with a fresh self-signed certificate; gone afterwards.
class Certificate {
 public:
  explicit Certificate(const std::string& name) {
    std::string pattern = (std::filesystem::temp_directory_path() / "softbot-tls-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    const std::string command =
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=" +
        name + " -keyout " + files().key + " -out " + files().certificate + " 2>/dev/null";
    made_ = std::system(command.c_str()) == 0;  // NOLINT: a test's own fixed command
  }
  ~Certificate() { std::filesystem::remove_all(folder_); }
  Certificate(const Certificate&) = delete;
  Certificate& operator=(const Certificate&) = delete;

  [[nodiscard]] bool made() const { return made_; }
  [[nodiscard]] TlsFiles files() const {
    return {(folder_ / "certificate.pem").string(), (folder_ / "key.pem").string()};
  }

 private:
  std::filesystem::path folder_;
  bool made_ = false;
};

Response secure_or_not(const Request& request, const PathParameters&) {
  return text_response(200, (request.secure ? "secure " : "plain ") + std::to_string(request.body.size()));
}

class HttpsServer : public testing::Test {
 protected:
  void start(Timeouts timeouts = {}) {
    ASSERT_TRUE(certificate.made()) << "openssl could not make a certificate";
    ServerOptions options;
    options.port = 0;
    options.worker_threads = 2;
    options.tls = certificate.files();
    options.timeouts = timeouts;
    Router router;
    router.add({.method = Method::get, .pattern = "/", .handler = secure_or_not});
    router.add({.method = Method::post, .pattern = "/", .handler = secure_or_not});
    server.emplace(options, std::move(router), log, metrics);
    const Result<> started = server->start();
    ASSERT_TRUE(started) << started.error().message;
  }

  Certificate certificate{"localhost"};
  NullLog log;
  NullMetrics metrics;
  std::optional<Server> server;
};

TEST_F(HttpsServer, ServesOverTls) {
  start();
  TlsWireClient client(server->port());
  ASSERT_TRUE(client.connected());
  EXPECT_EQ(client.protocol(), "http/1.1");
  for (int round = 0; round < 3; ++round) {
    client.send(post("/", std::string(100'000, 'x')));
    EXPECT_EQ(client.receive()->body, "secure 100000");
  }
}

TEST_F(HttpsServer, TellsATlsClientThatItsBodyIsTooLarge) {
  start();
  TlsWireClient client(server->port());
  client.send("POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 104857600\r\n\r\n");
  EXPECT_EQ(client.receive()->status, 413);
  EXPECT_TRUE(client.closed_by_server());
}

TEST_F(HttpsServer, CutsOffSlowTlsClients) {
  start({.header = 1s, .linger = 200ms});  // in which a slow machine shakes hands
  WireClient silent(server->port());
  EXPECT_TRUE(silent.closed_by_server()) << "no handshake";
  TlsWireClient slow(server->port());
  slow.send("GET / HTTP/1.1\r\nHo");
  EXPECT_EQ(slow.receive()->status, 408);
}

TEST_F(HttpsServer, SurvivesPlainTextOnATlsPort) {
  start();
  WireClient plain(server->port());
  plain.send(get("/"));
  EXPECT_FALSE(plain.receive());
  TlsWireClient client(server->port());
  client.send(get("/"));
  EXPECT_EQ(client.receive()->status, 200);
}

TEST_F(HttpsServer, KeepsTheOldCertificateWhenTheNewOneIsBroken) {
  start();
  std::ofstream(certificate.files().certificate) << "no certificate";
  const Result<> reloaded = server->reload({});
  ASSERT_FALSE(reloaded);
  EXPECT_THAT(reloaded.error().message, HasSubstr(certificate.files().certificate));
  TlsWireClient client(server->port());
  EXPECT_TRUE(client.connected());
}

TEST_F(HttpsServer, TakesANewCertificateWithoutARestart) {
  start();
  const Certificate renewed("renewed");
  std::filesystem::copy_file(renewed.files().certificate, certificate.files().certificate,
                             std::filesystem::copy_options::overwrite_existing);
  std::filesystem::copy_file(renewed.files().key, certificate.files().key,
                             std::filesystem::copy_options::overwrite_existing);
  ASSERT_TRUE(server->reload({}));
  TlsWireClient client(server->port());
  client.send(get("/"));
  EXPECT_EQ(client.receive()->status, 200);
  EXPECT_EQ(client.subject(), "renewed");
}

TEST(TlsFilesTest, AreRefusedWhenTheKeyBelongsToAnotherCertificate) {
  const Certificate one("one");
  const Certificate other("other");
  const Result<TlsContext> loaded = load_tls({one.files().certificate, other.files().key});
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().code, ErrorCode::configuration);
  EXPECT_THAT(loaded.error().message, HasSubstr(other.files().key));
}

}  // namespace
}  // namespace softbot::http

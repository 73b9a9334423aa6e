#include "http/server.h"

#include <gmock/gmock.h>

#include <atomic>
#include <functional>
#include <future>
#include <mutex>
#include <thread>

#include "http/exchange.h"
#include "http/metrics.h"
#include "http/page_headers.h"
#include "http/problem.h"
#include "support/patience.h"
#include "unit/http/client.h"

namespace softbot::http {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

/// Keeps what was logged, as text.
class ListLog final : public Log {
 public:
  void write(LogLevel, std::string_view event, std::span<const LogField> fields) noexcept override {
    const std::lock_guard lock(mutex_);
    lines_.append(event);
    for (const LogField& field : fields) {
      lines_.append(" ").append(field.key).append("=");
      if (const auto* text = std::get_if<std::string_view>(&field.value)) {
        lines_.append(*text);
      } else if (const auto* number = std::get_if<std::int64_t>(&field.value)) {
        lines_.append(std::to_string(*number));
      }
    }
    lines_.append(" trace=").append(current_trace()).append("\n");
  }
  std::string lines() const {
    const std::lock_guard lock(mutex_);
    return lines_;
  }

 private:
  mutable std::mutex mutex_;
  std::string lines_;
};

Response echo(const Request& request, const PathParameters&) {
  return text_response(200, std::string(name_of(request.method)) + " " + request.body);
}

Response who(const Request& request, const PathParameters&) {
  return text_response(200, request.peer + (request.secure ? " secure" : " plain") + " " + request.trace_id);
}

Response fail_loudly(const Request&, const PathParameters&) {
  throw std::runtime_error("secret 123456782");
}

Response large(const Request&, const PathParameters&) {
  return text_response(200, std::string(5'000'000, 'x'));
}

/// A door that handlers wait at until the test opens it.
class Gate {
 public:
  void open() { promise_.set_value(); }
  Response pass() {
    ++waiting_;
    opened_.wait();
    return text_response(200, "through");
  }
  /// Waits until so many handlers stand before the gate.
  bool wait_for(int count) const {
    const auto end = std::chrono::steady_clock::now() + tests::patience;
    while (waiting_ < count && std::chrono::steady_clock::now() < end) {
      std::this_thread::yield();
    }
    return waiting_ >= count;
  }

 private:
  std::promise<void> promise_;
  std::shared_future<void> opened_ = promise_.get_future().share();
  std::atomic<int> waiting_{0};
};

class HttpServer : public testing::Test {
 protected:
  void start(const std::function<void(ServerOptions&)>& change = [](ServerOptions&) {}) {
    ServerOptions options;
    options.port = 0;
    options.worker_threads = 4;
    options.timeouts = {.header = 60s, .body = 60s, .write = 60s, .idle = 60s, .linger = 5s, .drain = 60s};
    change(options);
    Router router;
    router.add({.method = Method::get, .pattern = "/", .handler = echo});
    router.add({.method = Method::get, .pattern = "/live", .runs = Runs::network, .handler = echo});
    router.add({.method = Method::post, .pattern = "/echo/{name}", .body_limit = 1'000, .handler = echo});
    router.add(
        {.method = Method::post, .pattern = "/large", .body_limit = std::size_t{30} << 20, .handler = echo});
    router.add({.method = Method::get, .pattern = "/who", .handler = who});
    router.add({.method = Method::get, .pattern = "/api/failing", .handler = fail_loudly});
    router.add({.method = Method::get, .pattern = "/large", .handler = large});
    router.add({.method = Method::get,
                .pattern = "/gate",
                .handler = [this](const Request&, const PathParameters&) { return gate.pass(); }});
    server.emplace(options, std::move(router), log, metrics);
    const Result<> started = server->start();
    ASSERT_TRUE(started) << started.error().message;
  }
  std::uint16_t port() const { return server->port(); }

  ListLog log;
  MetricsRegistry metrics;
  Gate gate;
  std::optional<Server> server;
};

TEST_F(HttpServer, AnswersSeveralRequestsOnOneConnection) {
  start();
  WireClient client(port());
  for (int round = 0; round < 3; ++round) {
    client.send(post("/echo/x", "round " + std::to_string(round)));
    const auto answer = client.receive();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(answer->body, "POST round " + std::to_string(round));
  }
}

TEST_F(HttpServer, AnswersPipelinedRequestsInTheirOrder) {
  start();
  WireClient client(port());
  client.send(post("/echo/x", "one") + "\r\n" + get("/") + post("/echo/x", "three"));
  EXPECT_EQ(client.receive()->body, "POST one");
  EXPECT_EQ(client.receive()->body, "GET ");
  EXPECT_EQ(client.receive()->body, "POST three");
}

TEST_F(HttpServer, ReadsRequestsThatArriveByteByByte) {
  start();
  WireClient client(port());
  for (const char byte : post("/echo/x", "drop by drop")) {
    client.send(std::string_view(&byte, 1));
  }
  EXPECT_EQ(client.receive()->body, "POST drop by drop");
}

TEST_F(HttpServer, ReadsChunkedBodiesAndIgnoresTrailers) {
  start();
  WireClient client(port());
  client.send(
      "POST /echo/x HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n"
      "3\r\nabc\r\n5;x=y\r\ndefgh\r\n0\r\nHost: elsewhere\r\n\r\n");
  EXPECT_EQ(client.receive()->body, "POST abcdefgh");
  client.send(get("/"));
  EXPECT_EQ(client.receive()->status, 200);
}

TEST_F(HttpServer, ClosesWhenTheClientWantsThat) {
  start();
  WireClient client(port());
  client.send(get("/", "Connection: close\r\n"));
  EXPECT_EQ(client.receive()->headers["connection"], "close");
  EXPECT_TRUE(client.closed_by_server());
}

TEST_F(HttpServer, ClosesAfterHttp10UnlessAskedToStay) {
  start();
  WireClient once(port());
  once.send("GET / HTTP/1.0\r\n\r\n");
  EXPECT_EQ(once.receive()->status, 200);
  EXPECT_TRUE(once.closed_by_server());
  WireClient staying(port());
  staying.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_EQ(staying.receive()->headers["connection"], "keep-alive");
  staying.send(get("/"));
  EXPECT_EQ(staying.receive()->status, 200);
}

TEST_F(HttpServer, AnswersHeadWithTheLengthButWithoutTheBody) {
  start();
  WireClient client(port());
  client.send("HEAD /large HTTP/1.1\r\nHost: here\r\n\r\n");
  const auto answer = client.receive(WireClient::Expect::head_only);
  EXPECT_EQ(answer->headers.at("content-length"), "5000000");
  client.send(get("/"));
  EXPECT_EQ(client.receive()->body, "GET ");
}

TEST_F(HttpServer, TellsWhichMethodsAPathTakes) {
  start();
  WireClient client(port());
  client.send("DELETE /large HTTP/1.1\r\nHost: here\r\n\r\n");
  auto answer = client.receive();
  EXPECT_EQ(answer->status, 405);
  EXPECT_EQ(answer->headers["allow"], "GET, HEAD, POST, OPTIONS");
  client.send("OPTIONS /large HTTP/1.1\r\nHost: here\r\n\r\n");
  answer = client.receive();
  EXPECT_EQ(answer->status, 204);
  EXPECT_EQ(answer->headers["allow"], "GET, HEAD, POST, OPTIONS");
  EXPECT_FALSE(answer->headers.contains("content-length"));
}

TEST_F(HttpServer, SendsLargeAnswersWhole) {
  start();
  WireClient client(port());
  client.send(get("/large"));
  EXPECT_EQ(client.receive()->body.size(), 5'000'000U);
}

TEST_F(HttpServer, TakesLargeBodiesWhereTheRouteAllows) {
  start();
  WireClient client(port());
  client.send(post("/large", std::string(20'000'000, 'y')));
  EXPECT_EQ(client.receive()->body.size(), 20'000'005U);
}

TEST_F(HttpServer, TellsAClientWithAHugeBodyBeforeItHasSentItAll) {
  start();
  WireClient client(port());
  client.send("POST /echo/x HTTP/1.1\r\nHost: here\r\nContent-Length: 104857600\r\n\r\n");
  const std::string block(std::size_t{1} << 20, 'z');
  for (int megabyte = 0; megabyte < 100; ++megabyte) {
    ASSERT_TRUE(client.send(block)) << "the connection was cut before the client could read why";
  }
  const auto answer = client.receive();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 413);
  EXPECT_EQ(answer->headers.at("connection"), "close");
}

TEST_F(HttpServer, CutsChunkedBodiesAtTheRoutesLimit) {
  start();
  WireClient client(port());
  client.send("POST /echo/x HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n");
  for (int chunk = 0; chunk < 20; ++chunk) {
    client.send("64\r\n" + std::string(100, 'c') + "\r\n");
  }
  EXPECT_EQ(client.receive()->status, 413);
}

TEST_F(HttpServer, LetsAClientSendItsBodyOnlyWhenItIsWanted) {
  start();
  WireClient wanted(port());
  wanted.send("POST /echo/x HTTP/1.1\r\nHost: here\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(wanted.receive()->status, 100);
  wanted.send("body");
  EXPECT_EQ(wanted.receive()->body, "POST body");
  WireClient unwanted(port());
  unwanted.send(
      "POST /echo/x HTTP/1.1\r\nHost: here\r\nContent-Length: 4000\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(unwanted.receive()->status, 413);
  WireClient strange(port());
  strange.send("POST /echo/x HTTP/1.1\r\nHost: here\r\nContent-Length: 4\r\nExpect: a-miracle\r\n\r\n");
  EXPECT_EQ(strange.receive()->status, 417);
}

TEST_F(HttpServer, RefusesHeadersBeyondTheLimit) {
  start();
  WireClient client(port());
  client.send("GET / HTTP/1.1\r\nHost: here\r\nX-Filler: " + std::string(20'000, 'f') + "\r\n\r\n");
  EXPECT_EQ(client.receive()->status, 431);
  WireClient address(port());
  address.send("GET /" + std::string(20'000, 'a') + " HTTP/1.1\r\n\r\n");
  EXPECT_EQ(address.receive()->status, 431);
}

TEST_F(HttpServer, RefusesWhatIsNotWellFormed) {
  start();
  const std::vector<std::pair<std::string, int>> wrong{
      {"hello\r\n\r\n", 400},
      {"GET /\r\n\r\n", 400},
      {"GET / HTTP/3.0\r\nHost: here\r\n\r\n", 505},
      {"GET / HTTP/1.1\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nHost: here\r\nno colon\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nHost : here\r\n\r\n", 400},
      {"GET /%zz HTTP/1.1\r\nHost: here\r\n\r\n", 400},
      {"GET /%2e%2e/etc HTTP/1.1\r\nHost: here\r\n\r\n", 400},
      {"GET /%ff HTTP/1.1\r\nHost: here\r\n\r\n", 400},
      {"GET /?a=%00 HTTP/1.1\r\nHost: here\r\n\r\n", 400},
      {"CONNECT here:80 HTTP/1.1\r\nHost: here\r\n\r\n", 400},
      {"POST /large HTTP/1.1\r\nHost: here\r\nContent-Length: -1\r\n\r\n", 400},
      {"POST /large HTTP/1.1\r\nHost: here\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", 400},
      {"POST /large HTTP/1.1\r\nHost: here\r\nContent-Length: 3\r\nTransfer-Encoding: "
       "chunked\r\n\r\n0\r\n\r\n",
       400},
      {"POST /large HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: gzip\r\n\r\n", 501},
      {"POST /large HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n", 400},
  };
  for (const auto& [text, status] : wrong) {
    WireClient client(port());
    client.send(text);
    const auto answer = client.receive();
    ASSERT_TRUE(answer) << text;
    EXPECT_EQ(answer->status, status) << text;
    EXPECT_TRUE(client.closed_by_server()) << text;
  }
}

TEST_F(HttpServer, ServesOnAfterClientsThatLeaveInTheMiddle) {
  start();
  for (const std::string_view text :
       {"", "GET / HT", "POST /large HTTP/1.1\r\nHost: here\r\nContent-Length: 9\r\n\r\nabc"}) {
    WireClient client(port());
    client.send(text);
  }
  WireClient client(port());
  client.send(get("/"));
  EXPECT_EQ(client.receive()->status, 200);
}

TEST_F(HttpServer, CutsOffAClientWithSlowHeaders) {
  start([](ServerOptions& options) { options.timeouts.header = 500ms; });  // in which it does say something
  WireClient client(port());
  client.send("GET / HTTP/1.1\r\nHost:");
  EXPECT_EQ(client.receive()->status, 408);
  EXPECT_TRUE(client.closed_by_server());
}

TEST_F(HttpServer, CutsOffAClientWithASlowBody) {
  start([](ServerOptions& options) { options.timeouts.body = 60ms; });
  WireClient client(port());
  client.send("POST /echo/x HTTP/1.1\r\nHost: here\r\nContent-Length: 10\r\n\r\nabc");
  EXPECT_EQ(client.receive()->status, 408);
  EXPECT_TRUE(client.closed_by_server());
}

TEST_F(HttpServer, GivesALargeBodyNoMoreTimeThanWhatArrivesEarns) {
  start([](ServerOptions& options) {
    options.timeouts.body = 60ms;
    options.minimum_body_rate = 1'000;
  });
  WireClient client(port());
  client.send("POST /large HTTP/1.1\r\nHost: here\r\nContent-Length: 30000000\r\n\r\nabc");
  EXPECT_EQ(client.receive()->status, 408) << "declaring much buys no time";
}

TEST_F(HttpServer, ClosesConnectionsThatSayNothingWithoutAWord) {
  start([](ServerOptions& options) { options.timeouts.header = 60ms; });
  WireClient never_spoke(port());
  EXPECT_TRUE(never_spoke.closed_by_server());
}

TEST_F(HttpServer, ClosesIdleConnectionsWithoutAWord) {
  start([](ServerOptions& options) { options.timeouts.idle = 60ms; });
  WireClient spoke_once(port());
  spoke_once.send(get("/"));
  EXPECT_EQ(spoke_once.receive()->status, 200);
  EXPECT_TRUE(spoke_once.closed_by_server());
}

TEST_F(HttpServer, ClosesOnClientsThatDoNotRead) {
  start([](ServerOptions& options) {
    options.timeouts.write = 60ms;
    options.minimum_body_rate = std::size_t{1} << 30;
  });
  WireClient client(port());
  for (int request = 0; request < 10; ++request) {
    client.send(get("/large"));
  }
  const std::string none = "softbot_http_connections{listener=\"http\"} 0";
  EXPECT_TRUE(tests::comes_to_hold([&] { return metrics.prometheus_text().find(none) != std::string::npos; }))
      << "the connection stays open";
}

TEST_F(HttpServer, LetsSlowHandlersTakeTheirTime) {
  start([](ServerOptions& options) { options.timeouts = {1s, 20ms, 20ms, 20ms, 20ms, 60s}; });
  WireClient client(port());
  client.send(get("/gate"));
  ASSERT_TRUE(gate.wait_for(1));
  std::this_thread::sleep_for(1'200ms);  // longer than every timeout above: that is the point
  gate.open();
  EXPECT_EQ(client.receive()->body, "through");
}

TEST_F(HttpServer, SaysBusyWhenTheQueueIsFullAndStaysAlive) {
  start([](ServerOptions& options) {
    options.worker_threads = 2;
    options.worker_queue = 1;
  });
  std::vector<std::unique_ptr<WireClient>> clients;
  for (int index = 0; index < 2; ++index) {
    clients.push_back(std::make_unique<WireClient>(port()));
    clients.back()->send(get("/gate"));
  }
  ASSERT_TRUE(gate.wait_for(2));
  // One more may wait; of two more, one is refused.
  WireClient first(port());
  WireClient second(port());
  first.send(get("/"));
  second.send(get("/"));
  WireClient live(port());
  live.send(get("/live"));
  EXPECT_EQ(live.receive()->status, 200) << "liveness must not need a worker";
  EXPECT_TRUE(tests::comes_to_hold([&] { return first.has_something() || second.has_something(); }));
  gate.open();
  const auto one = first.receive();
  const auto other = second.receive();
  EXPECT_EQ(one->status + other->status, 200 + 503);
  const WireResponse& refused = one->status == 503 ? *one : *other;
  EXPECT_EQ(refused.headers.at("retry-after"), "1");
  WireClient& again = one->status == 503 ? first : second;
  again.send(get("/"));
  EXPECT_EQ(again.receive()->status, 200);
}

TEST_F(HttpServer, RefusesConnectionsBeyondTheLimitPolitely) {
  start([](ServerOptions& options) { options.max_connections = 2; });
  WireClient first(port());
  WireClient second(port());
  first.send(get("/"));
  second.send(get("/"));
  EXPECT_EQ(first.receive()->status, 200);
  EXPECT_EQ(second.receive()->status, 200);
  WireClient third(port());
  third.send(get("/"));
  const auto refused = third.receive();
  EXPECT_EQ(refused->status, 503);
  EXPECT_EQ(refused->headers.at("retry-after"), "1");
  EXPECT_TRUE(third.closed_by_server());
  std::vector<std::unique_ptr<WireClient>> crowd;
  for (int index = 0; index < 20; ++index) {
    crowd.push_back(std::make_unique<WireClient>(port()));
  }
  EXPECT_TRUE(crowd.back()->closed_by_server());
}

TEST_F(HttpServer, LimitsTheMemoryOfLargeBodies) {
  start([](ServerOptions& options) { options.max_body_bytes_in_memory = 600'000; });
  for (int round = 0; round < 3; ++round) {
    WireClient large(port());
    large.send(post("/large", std::string(700'000, 'b')));
    const auto refused = large.receive();
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->status, 503);
    EXPECT_EQ(refused->headers.at("retry-after"), "1");
    WireClient fitting(port());
    fitting.send(post("/large", std::string(200'000, 'c')));
    EXPECT_EQ(fitting.receive()->status, 200) << "what was refused or answered was given back";
  }
}

TEST(BodyShareTest, IsTakenFromOneBudgetAndGivenBack) {
  std::atomic<std::size_t> total{0};
  BodyShare small(total, 100'000);
  EXPECT_TRUE(small.cover(BodyShare::free_bytes));
  EXPECT_EQ(total, 0U) << "small bodies are free";
  {
    BodyShare first(total, 100'000);
    EXPECT_TRUE(first.cover(70'000));
    EXPECT_TRUE(first.cover(80'000));
    EXPECT_TRUE(first.cover(75'000));
    EXPECT_EQ(total, 80'000U);
    BodyShare second(total, 100'000);
    EXPECT_FALSE(second.cover(70'000));
    EXPECT_EQ(total, 80'000U);
  }
  EXPECT_EQ(total, 0U);
}

TEST_F(HttpServer, LimitsTheConnectionsOfOneClient) {
  start([](ServerOptions& options) {
    options.max_connections_per_client = 1;
    options.trusted_proxies = {"127.0.0.9"};
  });
  WireClient first(port());
  WireClient second(port());
  first.send(get("/"));
  EXPECT_EQ(first.receive()->status, 200);
  second.send(get("/"));
  EXPECT_EQ(second.receive()->status, 503);
  WireClient somebody_else(port(), "127.0.0.2");
  somebody_else.send(get("/"));
  EXPECT_EQ(somebody_else.receive()->status, 200);
  WireClient proxy(port(), "127.0.0.9");
  WireClient proxy_again(port(), "127.0.0.9");
  proxy.send(get("/"));
  proxy_again.send(get("/"));
  EXPECT_EQ(proxy.receive()->status, 200);
  EXPECT_EQ(proxy_again.receive()->status, 200);
}

TEST_F(HttpServer, LimitsTheRateOfAClient) {
  start([](ServerOptions& options) { options.rate = {.per_second = 0.01, .burst = 2}; });
  WireClient client(port());
  client.send(get("/") + get("/") + get("/"));
  EXPECT_EQ(client.receive()->status, 200);
  EXPECT_EQ(client.receive()->status, 200);
  const auto refused = client.receive();
  EXPECT_EQ(refused->status, 429);
  EXPECT_GE(std::stoi(refused->headers.at("retry-after")), 90);
  WireClient somebody_else(port(), "127.0.0.2");
  somebody_else.send(get("/"));
  EXPECT_EQ(somebody_else.receive()->status, 200);
  ASSERT_TRUE(server->reload({.per_second = 0, .burst = 0}));
  client.send(get("/"));
  EXPECT_EQ(client.receive()->status, 200);
}

TEST_F(HttpServer, BelievesForwardedHeadersOnlyFromATrustedProxy) {
  start([](ServerOptions& options) { options.trusted_proxies = {"127.0.0.2/32"}; });
  const std::string request =
      get("/who", "X-Forwarded-For: 198.51.100.1, 203.0.113.9\r\nX-Forwarded-Proto: https\r\n");
  WireClient stranger(port());
  stranger.send(request);
  EXPECT_THAT(stranger.receive()->body, HasSubstr("127.0.0.1 plain"));
  WireClient proxy(port(), "127.0.0.2");
  proxy.send(request);
  EXPECT_THAT(proxy.receive()->body, HasSubstr("203.0.113.9 secure"));
}

TEST_F(HttpServer, FollowsTheSendersTraceAndMakesOneOtherwise) {
  start();
  WireClient client(port());
  client.send(get("/who", "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\n"));
  auto answer = client.receive();
  EXPECT_THAT(answer->body, HasSubstr("4bf92f3577b34da6a3ce929d0e0e4736"));
  EXPECT_EQ(answer->headers.at("trace-id"), "4bf92f3577b34da6a3ce929d0e0e4736");
  client.send(get("/who"));
  EXPECT_EQ(client.receive()->headers.at("trace-id").size(), 32U);
}

TEST_F(HttpServer, AnswersAFailingHandlerWithAProblemThatTellsNothing) {
  start();
  WireClient client(port());
  client.send(get("/api/failing"));
  const auto answer = client.receive();
  EXPECT_EQ(answer->status, 500);
  EXPECT_EQ(answer->headers.at("content-type"), "application/problem+json");
  EXPECT_THAT(answer->body, Not(HasSubstr("123456782")));
  client.send(get("/"));
  EXPECT_EQ(client.receive()->status, 200) << "the connection goes on";
  EXPECT_THAT(log.lines(), HasSubstr("handler-failed route=/api/failing"));
  EXPECT_THAT(log.lines(), Not(HasSubstr("123456782")));
}

TEST_F(HttpServer, AnswersErrorsAsProblemsUnderApiAndAsPagesElsewhere) {
  start();
  WireClient client(port());
  client.send(get("/api/nothing"));
  EXPECT_EQ(client.receive()->headers.at("content-type"), "application/problem+json");
  client.send(get("/nothing"));
  const auto page = client.receive();
  EXPECT_EQ(page->status, 404);
  EXPECT_EQ(page->headers.at("content-type"), "text/html; charset=utf-8");
}

TEST_F(HttpServer, LogsTheRouteAndNeverThePath) {
  start();
  WireClient client(port());
  client.send(post("/echo/123456782?bsn=123456782", "x",
                   "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\n"));
  EXPECT_EQ(client.receive()->status, 200);
  client.send(get("/unknown/123456782"));
  EXPECT_EQ(client.receive()->status, 404);
  server->stop();
  EXPECT_THAT(log.lines(), HasSubstr("request listener=http method=POST route=/echo/{name} status=200"));
  EXPECT_THAT(log.lines(), HasSubstr("trace=4bf92f3577b34da6a3ce929d0e0e4736"));
  EXPECT_THAT(log.lines(), Not(HasSubstr("123456782")));
  EXPECT_THAT(metrics.prometheus_text(), Not(HasSubstr("123456782")));
}

TEST_F(HttpServer, CountsByRouteAndStatus) {
  start();
  WireClient client(port());
  client.send(get("/") + get("/") + get("/nothing"));
  for (int answer = 0; answer < 3; ++answer) {
    ASSERT_TRUE(client.receive());
  }
  server->stop();
  const std::string text = metrics.prometheus_text();
  EXPECT_THAT(
      text,
      HasSubstr(R"(softbot_http_requests_total{listener="http",method="GET",route="/",status="2xx"} 2)"));
  EXPECT_THAT(text,
              HasSubstr(R"(softbot_http_requests_total{listener="http",method="",route="",status="4xx"} 1)"));
  EXPECT_THAT(text,
              HasSubstr(R"(softbot_http_request_seconds_count{listener="http",method="GET",route="/"} 2)"));
}

TEST_F(HttpServer, ServesManyClientsAtOnce) {
  start([](ServerOptions& options) { options.network_threads = 2; });
  std::atomic<int> good{0};
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 8; ++thread) {
    threads.emplace_back([&] {
      WireClient client(port());
      for (int round = 0; round < 200; ++round) {
        client.send(post("/echo/x", "hello"));
        const auto answer = client.receive();
        good += answer && answer->body == "POST hello" ? 1 : 0;
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  EXPECT_EQ(good, 1'600);
}

TEST_F(HttpServer, FinishesRequestsUnderWayWhenItStops) {
  start();
  WireClient busy(port());
  busy.send(get("/gate"));
  ASSERT_TRUE(gate.wait_for(1));
  WireClient idle(port());
  idle.send(get("/"));
  ASSERT_TRUE(idle.receive());
  std::thread stopping([this] { server->stop(); });
  EXPECT_TRUE(idle.closed_by_server());
  gate.open();
  const auto answer = busy.receive();
  EXPECT_EQ(answer->body, "through");
  EXPECT_EQ(answer->headers.at("connection"), "close");
  busy.finish_sending();
  EXPECT_TRUE(busy.closed_by_server());
  stopping.join();
  EXPECT_THROW(WireClient(server->port()), std::runtime_error);
}

TEST_F(HttpServer, CutsOffWhatDoesNotFinishWithinTheDrainTime) {
  start([](ServerOptions& options) { options.timeouts.drain = 60ms; });
  WireClient slow(port());
  slow.send("POST /large HTTP/1.1\r\nHost: here\r\nContent-Length: 1000\r\n\r\nabc");
  WireClient sign_of_life(port());
  sign_of_life.send(get("/"));
  ASSERT_TRUE(sign_of_life.receive());
  const auto before = std::chrono::steady_clock::now();
  server->stop();
  EXPECT_LT(std::chrono::steady_clock::now() - before, 20s);
  EXPECT_FALSE(slow.receive());
}

TEST_F(HttpServer, SaysThatAPortIsInUse) {
  start();
  ServerOptions options;
  options.port = port();
  Server second(options, Router(), log, metrics);
  const Result<> started = second.start();
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().code, ErrorCode::conflict);
  EXPECT_THAT(started.error().message, HasSubstr("another program has this port"));
}

TEST_F(HttpServer, SaysWhichSettingIsWrong) {
  ServerOptions nowhere;
  nowhere.host = "256.0.0.1";
  EXPECT_EQ(Server(nowhere, Router(), log, metrics).start().error().code, ErrorCode::configuration);
  ServerOptions elsewhere;
  elsewhere.host = "192.0.2.7";
  EXPECT_EQ(Server(elsewhere, Router(), log, metrics).start().error().code, ErrorCode::configuration);
  ServerOptions proxies;
  proxies.trusted_proxies = {"10.0.0.0/99"};
  EXPECT_THAT(Server(proxies, Router(), log, metrics).start().error().message, HasSubstr("10.0.0.0/99"));
  ServerOptions tls;
  tls.tls = TlsFiles{"/nonexistent/certificate.pem", "/nonexistent/key.pem"};
  EXPECT_THAT(Server(tls, Router(), log, metrics).start().error().message,
              HasSubstr("/nonexistent/certificate.pem"));
}

}  // namespace
}  // namespace softbot::http

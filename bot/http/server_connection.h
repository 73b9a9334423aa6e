#pragma once

// Part of server.cpp: one connection, from its first byte to its last. Coroutines are free functions that
// take pointers to what their caller keeps alive.

#include <array>
#include <atomic>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <condition_variable>
#include <cstring>
#include <ctime>
#include <exception>
#include <mutex>
#include <thread>
#include <unordered_set>
#include <utility>

#include "http/exchange.h"
#include "http/server_parser.h"
#include "http/worker_pool.h"

namespace softbot::http {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;

constexpr auto never = Clock::time_point::max();

/// What the thread of a lane needs to know of a connection to watch over it.
class Watched {
 public:
  virtual ~Watched() = default;
  /// Ends the wait for the client; what is under way returns with an error.
  virtual void interrupt() = 0;
  virtual void cut_off() = 0;

  // Only touched by the lane's thread.
  Clock::time_point deadline = never;
  bool late = false;  ///< the deadline passed
  bool idle = true;   ///< between requests: may be closed without loss

 protected:
  Watched() = default;
  Watched(const Watched&) = default;
  Watched& operator=(const Watched&) = default;
};

/// One network thread with the connections that live on it. One sweep over all deadlines every so often costs
/// less than a timer for every step of every connection.
struct Lane {
  asio::io_context io{1};
  asio::executor_work_guard<asio::io_context::executor_type> work = asio::make_work_guard(io);
  asio::steady_timer sweep_timer{io};
  bool ending = false;  ///< touched by the lane's own thread alone
  std::unordered_set<Watched*> connections;
  std::time_t date_second = 0;
  std::string date;
  std::thread thread;

  /// Value of the Date header, made once a second.
  const std::string& date_now() {
    const std::time_t now = std::time(nullptr);
    if (now != date_second) {
      std::array<char, 40> text{};
      std::tm parts{};
      gmtime_r(&now, &parts);
      std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
      date = text.data();
      date_second = now;
    }
    return date;
  }
};

inline Address address_of(const asio::ip::address& address) {
  const asio::ip::address_v6 six =
      address.is_v6() ? address.to_v6() : asio::ip::make_address_v6(asio::ip::v4_mapped, address.to_v4());
  return Address{six.to_bytes()};
}

/// A deadline moved back by what so many bytes may take at a rate in bytes a second.
inline Clock::time_point later(Clock::time_point deadline, std::uint64_t bytes, std::size_t rate) {
  return deadline + std::chrono::milliseconds(bytes * 1'000 / std::max<std::size_t>(1, rate));
}

struct ServerState {
  ServerState(ServerOptions given, Router router, Log& log_to, Metrics& count_in)
      : options(std::move(given)),
        connections(options.max_connections, options.max_connections_per_client),
        pending_router(std::move(router)),
        log(log_to),
        metrics(count_in) {}

  ServerOptions options;
  ConnectionLimit connections;
  std::optional<Router> pending_router;  ///< until start() moves it into the front
  Log& log;
  Metrics& metrics;

  std::unique_ptr<Front> front;
  std::unique_ptr<WorkerPool> workers;
  std::vector<std::unique_ptr<Lane>> lanes;  ///< the first one accepts
  std::optional<tcp::acceptor> acceptor;
  std::uint16_t port = 0;
  std::atomic<bool> draining{false};
  bool stopped = false;

  std::mutex tls_mutex;
  std::shared_ptr<asio::ssl::context> tls;  ///< protected by tls_mutex; null: plain

  std::mutex empty_mutex;
  std::condition_variable empty;  ///< connections became zero

  std::shared_ptr<asio::ssl::context> tls_now() {
    const std::lock_guard lock(tls_mutex);
    return tls;
  }
  [[nodiscard]] std::chrono::milliseconds sweep_interval() const {
    const Timeouts& limits = options.timeouts;
    const auto shortest = std::min({limits.header, limits.body, limits.write, limits.idle, limits.linger});
    return std::clamp(shortest / 4, std::chrono::milliseconds(5), std::chrono::milliseconds(250));
  }
  Result<> load_certificate();
  Result<> bind();
};

/// A client's connection; plain or TLS by `Stream`. Lives on one lane.
template <class Stream>
class Connection final : public Watched {
 public:
  Connection(ServerState& server, Lane& on, Stream open_stream, Client who, ConnectionLimit::Verdict counted)
      : state(server), lane(on), stream(std::move(open_stream)), client(who), verdict(counted) {
    front().connection_opened();
  }
  ~Connection() override {
    front().connection_closed();
    lane.connections.erase(this);
    if (state.connections.close(front().connection_key(client.address))) {
      const std::lock_guard lock(state.empty_mutex);
      state.empty.notify_all();
    }
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void interrupt() override {
    error_code ignored;
    stream.lowest_layer().cancel(ignored);
  }
  void cut_off() override {
    error_code ignored;
    stream.lowest_layer().close(ignored);
  }

  [[nodiscard]] Front& front() const { return *state.front; }
  [[nodiscard]] const Timeouts& timeouts() const { return state.options.timeouts; }

  [[nodiscard]] std::size_t buffered() const { return filled - taken; }
  [[nodiscard]] asio::const_buffer unread() const { return {buffer.data() + taken, buffered()}; }
  void consume(std::size_t bytes) { taken += bytes; }
  [[nodiscard]] bool full() const { return buffered() >= state.options.max_header_bytes; }
  /// Room behind what is buffered; grows up to the limit on headers.
  [[nodiscard]] asio::mutable_buffer room() {
    if (taken > 0) {
      std::memmove(buffer.data(), buffer.data() + taken, buffered());
      filled -= std::exchange(taken, 0);
    }
    if (filled == buffer.size()) {
      buffer.resize(
          std::min(std::max<std::size_t>(4'096, buffer.size() * 2), state.options.max_header_bytes));
    }
    return {buffer.data() + filled, buffer.size() - filled};
  }

  ServerState& state;
  Lane& lane;
  Stream stream;
  const Client client;
  const ConnectionLimit::Verdict verdict;
  std::vector<char> buffer;
  std::size_t taken = 0;
  std::size_t filled = 0;
  std::string out;    ///< head of the answer, reused
  error_code error;   ///< of the last read or write
  bool fresh = true;  ///< no request yet
};

/// How a read ended, other than with a status to refuse with.
constexpr int arrived = 0;
constexpr int gone = -1;

template <class Stream>
asio::awaitable<void> read_more(Connection<Stream>* connection) {
  auto token = asio::redirect_error(asio::use_awaitable, connection->error);
  const asio::mutable_buffer room = connection->room();
  const std::size_t bytes = co_await connection->stream.async_read_some(room, token);
  connection->filled += bytes;
}

/// Reads up to the end of a head. Gives arrived, gone, or a status.
template <class Stream>
asio::awaitable<int> read_head(Connection<Stream>* connection, RequestParser* parser) {
  const Timeouts& timeouts = connection->timeouts();
  bool begun = false;
  connection->idle = true;
  connection->deadline = Clock::now() + (connection->fresh ? timeouts.header : timeouts.idle);
  for (;;) {
    while (!begun && connection->buffered() > 0 &&
           std::strchr("\r\n", connection->buffer[connection->taken]) != nullptr) {
      connection->consume(1);  // some clients send an empty line between requests
    }
    if (connection->buffered() > 0) {
      if (!begun) {
        begun = true;
        connection->idle = false;
        connection->deadline = Clock::now() + timeouts.header;
      }
      error_code error;
      const asio::const_buffer unread = connection->unread();
      connection->consume(parser->put(unread, error));
      if (parser->is_header_done()) {
        co_return arrived;
      }
      if (const int status = RequestParser::status_of_failure(error); error && status != 0) {
        co_return status;
      }
      if (connection->full()) {
        co_return 431;
      }
    } else if (!begun && connection->state.draining) {
      co_return gone;
    }
    co_await read_more(connection);
    if (connection->error) {
      co_return connection->late&& begun ? 408 : gone;
    }
  }
}

template <class Stream>
asio::awaitable<int> read_body(Connection<Stream>* connection, RequestParser* parser, BodyShare* share) {
  const Clock::time_point start = Clock::now();
  std::uint64_t received = 0;
  parser->eager(true);
  bool wants_more = connection->buffered() == 0;
  while (!parser->is_done()) {
    if (wants_more) {
      connection->deadline =
          later(start + connection->timeouts().body, received, connection->state.options.minimum_body_rate);
      co_await read_more(connection);
      if (connection->error) {
        co_return connection->late ? 408 : gone;
      }
    }
    error_code error;
    const asio::const_buffer unread = connection->unread();
    const std::size_t used = parser->put(unread, error);
    connection->consume(used);
    received += used;
    if (const int status = RequestParser::status_of_failure(error); error && status != 0) {
      co_return status;
    }
    if (!share->cover(parser->body_memory())) {
      co_return 503;
    }
    wants_more = connection->buffered() == 0 || error;
    if (error && connection->full()) {
      co_return 400;  // a chunk's head or the trailers do not end
    }
  }
  co_return arrived;
}

template <class Stream>
asio::awaitable<void> write_text(Connection<Stream>* connection, std::string_view text) {
  auto token = asio::redirect_error(asio::use_awaitable, connection->error);
  const asio::const_buffer bytes(text.data(), text.size());
  co_await asio::async_write(connection->stream, bytes, token);
}

template <class Stream>
asio::awaitable<void> write_answer(Connection<Stream>* connection, const Exchange* exchange) {
  constexpr std::size_t copied_along = std::size_t{16} << 10;  // one packet, one TLS record
  std::string& out = connection->out;
  out.clear();
  connection->front().write_head(*exchange, connection->lane.date_now(), out);
  const int status = exchange->response.status;
  const bool bodiless = exchange->head.method == Method::head || status == 204 || status == 304;
  const std::string_view body = bodiless ? std::string_view() : exchange->response.bytes();
  connection->deadline = later(Clock::now() + connection->timeouts().write, body.size(),
                               connection->state.options.minimum_body_rate);
  if (body.size() <= copied_along) {
    out.append(body);
    co_await write_text(connection, out);
    co_return;
  }
  auto token = asio::redirect_error(asio::use_awaitable, connection->error);
  const std::array<asio::const_buffer, 2> both{asio::buffer(out),
                                               asio::const_buffer(body.data(), body.size())};
  co_await asio::async_write(connection->stream, both, token);
}

/// A handler's run on a worker; afterwards the waiting coroutine goes on where it belongs.
template <class Resume>
class HandlerTask final : public WorkerPool::Task {
 public:
  HandlerTask(Front& front, Exchange& exchange, Resume resume)
      : front_(front), exchange_(exchange), resume_(std::move(resume)) {}
  void run() override {
    front_.perform(exchange_);
    resume();
  }
  void resume() {
    auto executor = asio::get_associated_executor(resume_);
    asio::post(executor, std::move(resume_));
  }

 private:
  Front& front_;
  Exchange& exchange_;
  Resume resume_;
};

struct StartHandler {
  template <class Resume>
  void operator()(Resume resume, ServerState* state, Exchange* exchange) const {
    using Task = HandlerTask<Resume>;
    std::unique_ptr<WorkerPool::Task> refused =
        state->workers->submit(std::make_unique<Task>(*state->front, *exchange, std::move(resume)));
    if (refused) {  // the exchange stays unanswered
      static_cast<Task&>(*refused).resume();
    }
  }
};

/// Runs the handler where its route says. Unanswered afterwards: the queue is full.
inline asio::awaitable<void> run_handler(ServerState* state, Exchange* exchange) {
  if (exchange->match.route->runs == Runs::network) {
    state->front->perform(*exchange);
    co_return;
  }
  auto waiting = asio::async_initiate<const asio::use_awaitable_t<>&, void()>(
      StartHandler{}, asio::use_awaitable, state, exchange);
  co_await std::move(waiting);
}

/// Reads what the admitted request still lacks and has it answered. False: the client went away.
template <class Stream>
asio::awaitable<bool> read_and_handle(Connection<Stream>* connection, RequestParser* parser,
                                      Exchange* exchange) {
  if (exchange->head.has_body()) {
    connection->deadline = Clock::now() + connection->timeouts().body;
    parser->body_limit(exchange->body_limit);
    if (exchange->expects_continue && connection->buffered() == 0) {
      co_await write_text(connection, "HTTP/1.1 100 Continue\r\n\r\n");
      if (connection->error) {
        co_return false;
      }
    }
    const int read = co_await read_body(connection, parser, &*exchange->body_share);
    if (read != arrived) {
      if (read != gone) {
        connection->front().refuse(*exchange, read);
      }
      co_return read != gone;
    }
    exchange->request.body = parser->take_body();
  }
  connection->deadline = never;  // handlers take the time that they need
  co_await run_handler(&connection->state, exchange);
  if (!exchange->answered) {
    const bool keep_alive = exchange->keep_alive;
    connection->front().refuse(*exchange, 503);
    exchange->keep_alive = keep_alive;
  }
  co_return true;
}

/// One request and its answer. False: the conversation is over.
template <class Stream>
asio::awaitable<bool> serve_one(Connection<Stream>* connection) {
  RequestParser parser(connection->state.options.max_header_bytes);
  Front& front = connection->front();
  Exchange exchange;
  const int read = co_await read_head(connection, &parser);
  if (read == gone) {
    co_return false;
  }
  exchange.started = Clock::now();
  connection->fresh = false;
  if (read != arrived) {
    front.refuse(exchange, read);
  } else {
    exchange.head = parser.head();
    exchange.keep_alive = exchange.head.keep_alive;
    exchange.request = parser.take_request();
    front.admit(exchange, connection->client, connection->verdict);
  }
  if (!exchange.answered) {
    const bool there = co_await read_and_handle(connection, &parser, &exchange);
    if (!there) {
      co_return false;
    }
  }
  exchange.keep_alive = exchange.keep_alive && !connection->state.draining;
  connection->late = false;
  co_await write_answer(connection, &exchange);
  connection->deadline = never;
  front.record(exchange);
  co_return exchange.keep_alive && !connection->error;
}

inline tcp::socket& socket_of(tcp::socket& stream) {
  return stream;
}
inline tcp::socket& socket_of(asio::ssl::stream<tcp::socket>& stream) {
  return stream.next_layer();
}

template <class Stream>
constexpr bool is_tls = !std::is_same_v<Stream, tcp::socket>;

/// Says goodbye so that the client reads the last answer: a plain close with bytes unread would reset the
/// connection and may take the answer with it.
template <class Stream>
asio::awaitable<void> part(Connection<Stream>* connection) {
  connection->late = false;
  const Clock::time_point start = Clock::now();
  connection->deadline = start + connection->timeouts().linger;
  auto token = asio::redirect_error(asio::use_awaitable, connection->error);
  if constexpr (is_tls<Stream>) {
    co_await connection->stream.async_shutdown(token);
  }
  error_code ignored;
  tcp::socket& socket = socket_of(connection->stream);
  socket.shutdown(tcp::socket::shutdown_send, ignored);
  connection->error = {};
  constexpr std::size_t most = std::size_t{256} << 20;
  connection->buffer.resize(std::size_t{64} << 10);
  const asio::mutable_buffer waste(connection->buffer.data(), connection->buffer.size());
  for (std::size_t received = 0; !connection->error && !connection->late && received < most;) {
    const std::size_t bytes = co_await socket.async_read_some(waste, token);
    received += bytes;
    connection->deadline =
        later(start + connection->timeouts().linger, received, connection->state.options.minimum_body_rate);
  }
}

template <class Stream>
asio::awaitable<bool> greet(Connection<Stream>* connection) {
  if constexpr (is_tls<Stream>) {
    connection->deadline = Clock::now() + connection->timeouts().header;
    auto token = asio::redirect_error(asio::use_awaitable, connection->error);
    co_await connection->stream.async_handshake(asio::ssl::stream_base::server, token);
  }
  co_return !connection->error;
}

/// A connection from its first byte to its last.
template <class Stream>
asio::awaitable<void> converse(std::unique_ptr<Connection<Stream>> connection) {
  connection->lane.connections.insert(connection.get());
  bool open = co_await greet(connection.get());
  const bool greeted = open;
  while (open) {
    open = co_await serve_one(connection.get());
  }
  const bool answered_last = greeted && !connection->fresh && !connection->error;
  if (answered_last) {
    co_await part(connection.get());
  }
}

}  // namespace softbot::http

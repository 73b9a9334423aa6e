#include "http/server.h"

#include <boost/asio/detached.hpp>

#include "http/server_connection.h"

namespace softbot::http {
namespace {

struct LogFailure {
  ServerState* state;
  void operator()(const std::exception_ptr& failure) const {
    if (failure) {
      state->log.error("connection-failed", {{"listener", state->options.name}});
    }
  }
};

void welcome(ServerState& state, Lane& lane, tcp::socket socket) {
  error_code ignored;
  const tcp::endpoint peer = socket.remote_endpoint(ignored);
  const Address address = address_of(peer.address());
  const ConnectionLimit::Verdict verdict = state.connections.open(state.front->connection_key(address));
  if (verdict == ConnectionLimit::Verdict::hopeless) {
    state.front->connection_refused();
    return;
  }
  socket.set_option(tcp::no_delay(true), ignored);
  const std::shared_ptr<asio::ssl::context> tls = state.tls_now();
  const Client client{address, tls != nullptr};
  if (tls) {
    using Stream = asio::ssl::stream<tcp::socket>;
    auto connection =
        std::make_unique<Connection<Stream>>(state, lane, Stream(std::move(socket), *tls), client, verdict);
    asio::co_spawn(lane.io, converse(std::move(connection)), LogFailure{&state});
  } else {
    auto connection =
        std::make_unique<Connection<tcp::socket>>(state, lane, std::move(socket), client, verdict);
    asio::co_spawn(lane.io, converse(std::move(connection)), LogFailure{&state});
  }
}

asio::awaitable<void> accept_all(ServerState* state) {
  error_code error;
  auto token = asio::redirect_error(asio::use_awaitable, error);
  asio::steady_timer pause(state->lanes.front()->io);
  for (std::size_t next = 0; !state->draining; next = (next + 1) % state->lanes.size()) {
    Lane& lane = *state->lanes[next];
    tcp::socket socket = co_await state->acceptor->async_accept(lane.io, token);
    if (!error) {
      welcome(*state, lane, std::move(socket));
    } else if (!state->draining) {  // out of descriptors, most likely; some come free as connections end
      state->log.warn("accept-failed", {{"listener", state->options.name}, {"code", error.value()}});
      pause.expires_after(std::chrono::milliseconds(200));
      co_await pause.async_wait(token);
    }
  }
}

void interrupt_idle(const std::unordered_set<Watched*>& connections) {
  for (Watched* connection : connections) {
    if (connection->idle) {
      connection->interrupt();
    }
  }
}

/// Looks after the deadlines of one lane.
asio::awaitable<void> sweep(ServerState* state, Lane* lane) {
  error_code error;
  auto token = asio::redirect_error(asio::use_awaitable, error);
  const std::chrono::milliseconds interval = state->sweep_interval();
  while (!error && !lane->ending) {
    const Clock::time_point now = Clock::now();
    for (Watched* connection : lane->connections) {
      if (connection->deadline <= now) {
        connection->deadline = never;
        connection->late = true;
        connection->interrupt();
      } else if (connection->idle && state->draining) {
        connection->interrupt();
      }
    }
    lane->sweep_timer.expires_after(interval);
    co_await lane->sweep_timer.async_wait(token);
  }
}

}  // namespace

Result<> ServerState::load_certificate() {
  if (!options.tls) {
    return {};
  }
  Result<TlsContext> loaded = load_tls(*options.tls);
  if (!loaded) {
    return fail(loaded.error());
  }
  auto context = std::make_shared<asio::ssl::context>(loaded->release());
  const std::lock_guard lock(tls_mutex);
  tls = std::move(context);
  return {};
}

Result<> ServerState::bind() {
  const std::string place = options.host + ":" + std::to_string(options.port);
  error_code error;
  tcp::resolver resolver(lanes.front()->io);
  const auto found = resolver.resolve(options.host, std::to_string(options.port), error);
  if (error || found.empty()) {
    return fail(ErrorCode::configuration, "Cannot listen on " + place + ": there is no such address here.");
  }
  const tcp::endpoint endpoint = *found.begin();
  tcp::acceptor opened(lanes.front()->io);
  opened.open(endpoint.protocol(), error);
  error = error ? error : opened.set_option(tcp::acceptor::reuse_address(true), error);
  error = error ? error : opened.bind(endpoint, error);
  error = error ? error : opened.listen(asio::socket_base::max_listen_connections, error);
  if (error == asio::error::address_in_use) {
    return fail(ErrorCode::conflict, "Cannot listen on " + place +
                                         ": another program has this port. Stop it, or choose another port.");
  }
  if (error == asio::error::access_denied) {
    return fail(ErrorCode::configuration,
                "Cannot listen on " + place + ": ports below 1024 need a privilege. Choose a port above it.");
  }
  if (error) {
    return fail(ErrorCode::configuration, "Cannot listen on " + place + ": " + error.message() + ".");
  }
  port = opened.local_endpoint().port();
  acceptor.emplace(std::move(opened));
  return {};
}

Server::Server(ServerOptions options, Router router, Log& log, Metrics& metrics)
    : state_(std::make_unique<ServerState>(std::move(options), std::move(router), log, metrics)) {
}

Server::~Server() {
  stop();
}

Result<> Server::start() {
  ServerState& state = *state_;
  std::vector<Network> trusted;
  for (const std::string& text : state.options.trusted_proxies) {
    Result<Network> network = parse_network(text);
    if (!network) {
      return fail(network.error());
    }
    trusted.push_back(*network);
  }
  if (Result<> loaded = state.load_certificate(); !loaded) {
    return loaded;
  }
  for (std::size_t index = 0; index < std::max<std::size_t>(1, state.options.network_threads); ++index) {
    state.lanes.push_back(std::make_unique<Lane>());
  }
  if (Result<> bound = state.bind(); !bound) {
    state.lanes.clear();
    return bound;
  }
  state.front = std::make_unique<Front>(state.options, std::move(trusted), std::move(*state.pending_router),
                                        state.log, state.metrics);
  state.workers = std::make_unique<WorkerPool>(state.options.worker_threads, state.options.worker_queue);
  asio::co_spawn(state.lanes.front()->io, accept_all(&state), asio::detached);
  for (const std::unique_ptr<Lane>& lane : state.lanes) {
    asio::co_spawn(lane->io, sweep(&state, lane.get()), asio::detached);
    lane->thread = std::thread([&io = lane->io] { io.run(); });
  }
  state.log.info(
      "listening",
      {{"listener", state.options.name}, {"port", state.port}, {"tls", state.options.tls.has_value()}});
  return {};
}

std::uint16_t Server::port() const {
  return state_->port;
}

void Server::stop() {
  ServerState& state = *state_;
  if (!state.workers || std::exchange(state.stopped, true)) {
    return;
  }
  state.draining = true;
  asio::post(state.lanes.front()->io, [&state] {
    error_code ignored;
    state.acceptor->close(ignored);
  });
  for (const std::unique_ptr<Lane>& lane : state.lanes) {
    asio::post(lane->io, [&connections = lane->connections] { interrupt_idle(connections); });
  }
  const auto nobody = [&state] { return state.connections.size() == 0; };
  std::unique_lock lock(state.empty_mutex);
  if (!state.empty.wait_for(lock, state.options.timeouts.drain, nobody)) {
    state.log.warn("drain-cut-off",
                   {{"listener", state.options.name}, {"connections", state.connections.size()}});
    for (const std::unique_ptr<Lane>& lane : state.lanes) {
      asio::post(lane->io, [&connections = lane->connections] {
        for (Watched* connection : connections) {
          connection->cut_off();
        }
      });
    }
    state.empty.wait(lock, nobody);  // for handlers that still run
  }
  lock.unlock();
  state.workers.reset();
  for (const std::unique_ptr<Lane>& lane : state.lanes) {
    // A timer that has just run out cannot be cancelled any more: the sweep must see by itself that it is
    // over.
    asio::post(lane->io, [own = lane.get()] {
      own->ending = true;
      own->sweep_timer.cancel();
    });
    lane->work.reset();
  }
  for (const std::unique_ptr<Lane>& lane : state.lanes) {
    lane->thread.join();
  }
  state.log.info("stopped", {{"listener", state.options.name}});
}

Result<> Server::reload(Rate rate) {
  if (Result<> loaded = state_->load_certificate(); !loaded) {
    return loaded;
  }
  if (state_->front) {
    state_->front->limiter().set_rate(rate);
  }
  return {};
}

const Router& Server::router() const {
  return state_->front ? state_->front->router() : *state_->pending_router;
}

}  // namespace softbot::http

#include <csignal>
#include <iostream>

#include "adapters/log/json_log.h"
#include "daemon/commands.h"
#include "daemon/node.h"
#include "daemon/tool_store.h"

namespace softbot::daemon {
namespace {

sigset_t handled_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int one : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&signals, one);
  return signals;
}

/// Waits for signals until one says stop.
void run_until_told(Node& node, Log& log, const sigset_t& signals) {
  while (true) {
    int received = 0;
    if (sigwait(&signals, &received) != 0) continue;
    if (received != SIGHUP) return;
    const auto reloaded = node.reload();
    if (reloaded) {
      log.info("settings-reloaded");
    } else {
      // Names of settings and what is wrong with them; never their values.
      log.error("settings-refused", {{"problem", reloaded.error().message}});
    }
  }
}

Result<NodeOptions> node_options(const ServeOptions& options) {
  auto settings = settings_of(options.place.config_file);
  if (!settings) return fail(settings.error());
  NodeOptions node;
  node.settings = std::move(*settings);
  node.data = options.place.data;
  if (!options.listen.empty()) node.settings.listen = options.listen;
  if (!options.metrics_listen.empty()) {
    node.settings.metrics_listen = options.metrics_listen == "off" ? std::string() : options.metrics_listen;
  }
  if (!options.register_url.empty()) node.settings.persons.url = options.register_url;
  const auto endpoint = parse_endpoint(node.settings.listen);
  if (!endpoint) return fail(endpoint.error());
  if (!endpoint->is_loopback() && !node.settings.tls && node.settings.trusted_proxies.empty()) {
    return fail(ErrorCode::configuration,
                "Listening beyond this machine needs \"tls\", or \"trustedProxies\" that name the proxy that "
                "does TLS: set one "
                "of them in " +
                    node.settings.file.string() + ".");
  }
  if (!options.demo.empty()) {
    auto demo = read_demo(options.demo);
    if (!demo) return fail(demo.error());
    node.demo = std::move(*demo);
  }
  return node;
}

}  // namespace

ExitCode serve(const ServeOptions& options) {
  // Blocked before any thread exists, so that only sigwait sees them; a broken connection is an error value,
  // not a signal.
  const sigset_t signals = handled_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);

  const auto prepared = node_options(options);
  if (!prepared) return report(prepared.error());
  JsonLog log(JsonLog::Options{});
  auto node = Node::start(*prepared, log);
  if (!node) {
    const ExitCode code = report(node.error());
    return node.error().code == ErrorCode::conflict ? ExitCode::store : code;
  }
  std::cout << "softbot serves " << (*node)->address();
  if (const std::string metrics = (*node)->metrics_address(); !metrics.empty())
    std::cout << ", metrics " << metrics;
  std::cout << std::endl;
  run_until_told(**node, log, signals);
  log.info("stopping");
  (*node)->stop();
  log.info("stopped");
  return ExitCode::done;
}

}  // namespace softbot::daemon

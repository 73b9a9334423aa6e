#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "daemon/demo.h"
#include "daemon/settings.h"
#include "ports/log.h"

namespace softbot::daemon {

struct NodeOptions {
  Settings settings;
  std::filesystem::path data;
  std::optional<Demo> demo;  ///< demo accounts and the demo sign-in exist; every page says so
};

/// One running softbot: store, stages, jobs, pages and API, with the adapters of this machine. Made and
/// stopped by one thread.
class Node {
 public:
  /// Opens everything and fills an empty store with what is shipped. `log` outlives the node. Errors say what
  /// to do: another node holds the data, another key sealed it, a configuration file is wrong, a port is
  /// taken.
  [[nodiscard]] static Result<std::unique_ptr<Node>> start(const NodeOptions& options, Log& log);
  ~Node();
  Node(const Node&) = delete;
  Node& operator=(const Node&) = delete;

  /// "http://127.0.0.1:8080"
  [[nodiscard]] std::string address() const;
  [[nodiscard]] std::string metrics_address() const;

  /// SIGHUP: reads the operating settings and the templates of municipalities' own forms again. A bad file
  /// leaves everything as it was and says why.
  [[nodiscard]] Result<void> reload();

  /// SIGTERM: stops accepting, finishes what is under way, gives leases back, closes the store.
  void stop();

 private:
  struct State;
  explicit Node(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace softbot::daemon

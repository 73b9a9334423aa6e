#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/result.h"

namespace softbot::ocr {

/// An open file, closed when it goes out of scope.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() { close(); }
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    if (this != &other) {
      close();
      number_ = std::exchange(other.number_, -1);
    }
    return *this;
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] bool is_open() const { return number_ >= 0; }
  void close() noexcept;

 private:
  int number_ = -1;
};

/// Two sockets that are connected with each other; both are closed in programs that are started.
struct SocketPair {
  Descriptor mine;
  Descriptor theirs;
};
/// Messages keep their borders (control) or are a stream of bytes (one document).
[[nodiscard]] Result<SocketPair> control_sockets();
[[nodiscard]] Result<SocketPair> document_sockets();

/// What the starter and the parent process say to each other:
/// to the parent: "read" or "look" (at a document of which nothing is read) with the document's memory file
/// and the child's socket; "stop": end the child. from the parent: "ready <version>" once; "broken <why>"
/// instead, and it ends; "ended exit <status>" or "ended signal <number>" once for every document.
struct ControlMessage {
  std::string word;  ///< ready, broken, read, look, stop, ended
  std::string rest;
  std::vector<Descriptor> descriptors;
};

inline constexpr std::size_t longest_control_message = 4'000;

/// Error `unavailable`: the other side is gone.
[[nodiscard]] Result<void> send_control(int socket, std::string_view word, std::string_view rest = {},
                                        std::span<const int> descriptors = {});
/// Waits for the next message; nothing when the other side is gone.
[[nodiscard]] std::optional<ControlMessage> receive_control(int socket);

}  // namespace softbot::ocr

#include "ocr/protocol/control.h"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace softbot::ocr {
namespace {

constexpr std::size_t most_descriptors = 2;

/// Room for the descriptors that travel with a message, aligned as the kernel wants it.
union AncillaryRoom {
  std::array<char, CMSG_SPACE(sizeof(int) * most_descriptors)> bytes;
  cmsghdr header;
};

Result<SocketPair> sockets_of(int type) {
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, ends.data()) != 0)
    return fail(ErrorCode::unavailable, "The system gives no sockets to speak with the reader of scans.");
  return SocketPair{Descriptor(ends[0]), Descriptor(ends[1])};
}

std::vector<Descriptor> taken_from(const msghdr& message) {
  std::vector<Descriptor> taken;
  for (cmsghdr* part = CMSG_FIRSTHDR(&message); part != nullptr;
       part = CMSG_NXTHDR(const_cast<msghdr*>(&message), part)) {
    if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS) continue;
    const std::size_t count = (part->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (std::size_t i = 0; i < count; ++i) {
      int number = -1;
      std::memcpy(&number, CMSG_DATA(part) + i * sizeof(int), sizeof number);
      taken.emplace_back(number);
    }
  }
  return taken;
}

}  // namespace

void Descriptor::close() noexcept {
  if (number_ >= 0) ::close(number_);
  number_ = -1;
}

Result<SocketPair> control_sockets() {
  return sockets_of(SOCK_SEQPACKET);
}

Result<SocketPair> document_sockets() {
  return sockets_of(SOCK_STREAM);
}

Result<void> send_control(int socket, std::string_view word, std::string_view rest,
                          std::span<const int> descriptors) {
  std::string text(word);
  if (!rest.empty()) text += " " + std::string(rest);
  if (text.size() > longest_control_message) text.resize(longest_control_message);
  iovec piece{text.data(), text.size()};
  msghdr message{};
  message.msg_iov = &piece;
  message.msg_iovlen = 1;
  AncillaryRoom room{};
  if (!descriptors.empty()) {
    message.msg_control = room.bytes.data();
    message.msg_controllen = CMSG_SPACE(descriptors.size_bytes());
    cmsghdr* part = CMSG_FIRSTHDR(&message);
    part->cmsg_level = SOL_SOCKET;
    part->cmsg_type = SCM_RIGHTS;
    part->cmsg_len = CMSG_LEN(descriptors.size_bytes());
    std::memcpy(CMSG_DATA(part), descriptors.data(), descriptors.size_bytes());
  }
  ssize_t sent = -1;
  do {
    sent = sendmsg(socket, &message, MSG_NOSIGNAL);
  } while (sent < 0 && errno == EINTR);
  if (sent < 0) return fail(ErrorCode::unavailable, "The reader of scans is gone.");
  return {};
}

std::optional<ControlMessage> receive_control(int socket) {
  std::string text(longest_control_message, '\0');
  iovec piece{text.data(), text.size()};
  AncillaryRoom room{};
  msghdr message{};
  message.msg_iov = &piece;
  message.msg_iovlen = 1;
  message.msg_control = room.bytes.data();
  message.msg_controllen = room.bytes.size();
  ssize_t came = -1;
  do {
    came = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
  } while (came < 0 && errno == EINTR);
  if (came <= 0) return std::nullopt;
  text.resize(static_cast<std::size_t>(came));
  const auto space = text.find(' ');
  ControlMessage result;
  result.word = text.substr(0, space);
  if (space != std::string::npos) result.rest = text.substr(space + 1);
  result.descriptors = taken_from(message);
  return result;
}

}  // namespace softbot::ocr

#include "ocr/protocol/frame.h"

#include <array>
#include <utility>

namespace softbot::ocr {
namespace {

constexpr std::size_t header_bytes = 5;
constexpr std::size_t mebibyte = std::size_t{1} << 20;

struct Limit {
  FrameKind kind;
  std::size_t bytes;
};
constexpr std::array<Limit, 7> limits{{
    {FrameKind::opened, 12},
    {FrameKind::question, 1'000},
    {FrameKind::template_question, 0},
    {FrameKind::answer, 8 * mebibyte},
    {FrameKind::page, 48 * mebibyte},
    {FrameKind::refused, 4'000},
    {FrameKind::end, 0},
}};

}  // namespace

std::optional<std::size_t> frame_limit(std::uint8_t kind) {
  for (const Limit& limit : limits) {
    if (static_cast<std::uint8_t>(limit.kind) == kind) return limit.bytes;
  }
  return std::nullopt;
}

std::string frame_bytes(FrameKind kind, std::string_view payload) {
  std::string bytes(1, static_cast<char>(kind));
  bytes.reserve(header_bytes + payload.size());
  for (unsigned shift = 0; shift < 32; shift += 8)
    bytes.push_back(static_cast<char>((payload.size() >> shift) & 0xFFU));
  bytes += payload;
  return bytes;
}

void FrameParser::feed(std::string_view bytes) {
  if (begin_ > 0) {
    bytes_.erase(0, begin_);
    begin_ = 0;
  }
  bytes_ += bytes;
}

Result<std::optional<Frame>> FrameParser::next() {
  if (bytes_.size() - begin_ < header_bytes) return std::nullopt;
  const auto byte = [&](std::size_t at) { return static_cast<std::uint8_t>(bytes_[begin_ + at]); };
  std::size_t length = 0;
  for (std::size_t i = 0; i < 4; ++i) length |= static_cast<std::size_t>(byte(i + 1)) << (8 * i);
  const auto limit = frame_limit(byte(0));
  if (!limit || length > *limit) return fail(ErrorCode::damaged, "These bytes are no frame of the reader.");
  if (bytes_.size() - begin_ - header_bytes < length) return std::nullopt;
  Frame frame{static_cast<FrameKind>(byte(0)), bytes_.substr(begin_ + header_bytes, length)};
  begin_ += header_bytes + length;
  return frame;
}

}  // namespace softbot::ocr

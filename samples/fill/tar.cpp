#include "tar.h"

#include <algorithm>
#include <optional>

namespace softbot::fill {
namespace {

constexpr std::size_t block = 512;
constexpr std::size_t size_at = 124;
constexpr std::size_t size_digits = 11;
constexpr std::size_t kind_at = 156;
constexpr std::size_t magic_at = 257;
constexpr std::size_t name_length = 100;

std::optional<std::size_t> octal(std::string_view digits) {
  std::size_t value = 0;
  for (const char digit : digits) {
    if (digit == ' ' || digit == '\0') break;
    if (digit < '0' || digit > '7') return std::nullopt;
    value = value * 8 + static_cast<std::size_t>(digit - '0');
  }
  return value;
}

}  // namespace

bool looks_like_tar(std::string_view bytes) {
  return bytes.size() >= block && bytes.substr(magic_at, 5) == "ustar";
}

Result<std::vector<TarMember>> tar_members(std::string_view bytes, const std::string& file) {
  std::vector<TarMember> members;
  for (std::size_t at = 0; at + block <= bytes.size();) {
    const std::string_view header = bytes.substr(at, block);
    if (std::all_of(header.begin(), header.end(), [](char byte) { return byte == '\0'; })) break;
    const auto length = octal(header.substr(size_at, size_digits));
    if (!looks_like_tar(header) || !length || *length > bytes.size() - at - block) {
      return fail(ErrorCode::invalid_input,
                  file + " is damaged at byte " + std::to_string(at) + ": make the tar archive again.");
    }
    std::string name(header.substr(0, name_length));
    name = name.substr(0, name.find('\0'));
    const char kind = header[kind_at];
    if (kind == '0' || kind == '\0') {
      members.push_back({name.substr(name.find_last_of('/') + 1), at + block, *length});
    }
    at += block + (*length + block - 1) / block * block;
  }
  return members;
}

}  // namespace softbot::fill

#include "domain/ids.h"

#include <cctype>
#include <cstdint>

namespace softbot {
namespace {

std::string in_groups(std::string_view plain) {
  std::string out;
  for (std::size_t i = 0; i < plain.size(); ++i) {
    if (i > 0 && i % 4 == 0) out += '-';
    out += plain[i];
  }
  return out;
}

}  // namespace

std::string normalise_reference(std::string_view typed) {
  std::string plain;
  for (const char raw : typed) {
    const auto byte = static_cast<unsigned char>(raw);
    if (std::isalnum(byte) == 0) continue;
    const char upper = static_cast<char>(std::toupper(byte));
    plain += upper == 'O' ? '0' : upper == 'I' || upper == 'L' ? '1' : upper;
    if (plain.size() > 64) break;
  }
  return in_groups(plain);
}

std::string base32_groups(std::string_view bytes, std::size_t characters) {
  static constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  std::string plain;
  std::uint32_t buffer = 0;
  int bits = 0;
  for (const char raw : bytes) {
    buffer = (buffer << 8U) | static_cast<unsigned char>(raw);
    bits += 8;
    while (bits >= 5 && plain.size() < characters) {
      bits -= 5;
      plain += alphabet[(buffer >> static_cast<unsigned>(bits)) & 31U];
    }
  }
  return in_groups(plain);
}

}  // namespace softbot

#include "policy/content_address.h"

#include <sodium.h>

#include <array>

#include "domain/json.h"

namespace softbot {
namespace {

constexpr JsonLimits content_limits{
    .bytes = std::size_t{16} << 20, .depth = 2, .values = 2'000, .members = 1'000};

}  // namespace

std::string content_of(const ConfigurationFiles& files) {
  auto object = Value::object();
  for (const auto& [name, text] : files) object.set(name, text);
  return to_json(object);
}

Result<ConfigurationFiles> files_of(std::string_view content) {
  const auto value = parse_json(content, content_limits);
  if (!value || !value->is_object()) {
    return fail(ErrorCode::damaged, "A stored configuration is not an object of file names and texts.");
  }
  ConfigurationFiles files;
  for (const auto& member : value->members()) {
    const auto* text = member.value.as_text();
    if (!text) return fail(ErrorCode::damaged, "A file in a stored configuration is not a text.");
    files.emplace(member.name, *text);
  }
  return files;
}

std::string sha256_hex(std::string_view text) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(text.data()), text.size());
  std::array<char, 2 * crypto_hash_sha256_BYTES + 1> hex{};
  sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
  return hex.data();
}

std::string version_of(const ConfigurationFiles& files) {
  return sha256_hex(content_of(files));
}

}  // namespace softbot

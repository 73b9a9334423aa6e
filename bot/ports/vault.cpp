#include "ports/vault.h"

namespace softbot {

bool same_secret(std::string_view left, std::string_view right) {
  if (left.size() != right.size()) return false;
  unsigned char difference = 0;
  for (std::size_t i = 0; i < left.size(); ++i) {
    difference = static_cast<unsigned char>(
        difference | (static_cast<unsigned char>(left[i]) ^ static_cast<unsigned char>(right[i])));
  }
  return difference == 0;
}

ApplicationReference new_reference(const Vault& vault) {
  return ApplicationReference(base32_groups(vault.random_bytes(8), 12));
}

std::string new_id(const Vault& vault) {
  const std::string grouped = base32_groups(vault.random_bytes(17), 26);
  std::string plain;
  for (const char c : grouped) {
    if (c != '-') plain += c;
  }
  return plain;
}

}  // namespace softbot

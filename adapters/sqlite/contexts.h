#pragma once

#include <string>
#include <string_view>

/// What binds a sealed column to its row: a text moved to another row does not open.
namespace softbot::sqlite {

[[nodiscard]] inline std::string submission_context(std::string_view id) {
  return "submission:" + std::string(id);
}
[[nodiscard]] inline std::string application_context(std::string_view reference) {
  return "application:" + std::string(reference);
}
[[nodiscard]] inline std::string names_context(std::string_view document) {
  return "document-names:" + std::string(document);
}
[[nodiscard]] inline std::string outbox_context(std::string_view key) {
  return "outbox:" + std::string(key);
}
[[nodiscard]] inline std::string provision_context(std::string_view id) {
  return "provision:" + std::string(id);
}

}  // namespace softbot::sqlite

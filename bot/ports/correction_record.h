#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "domain/date.h"
#include "domain/ids.h"
#include "domain/value.h"
#include "ports/vault.h"

namespace softbot {

/// One reading in doubt and what a person made of it, kept to learn from. It names neither its case nor its
/// person: those are keyed hashes, so that it can be replaced and taken along when the person is erased. Its
/// content and its picture are sealed under a key that its municipality's day alone has.
struct CorrectionRecord {
  std::string id;
  std::string municipality;
  Date kept_on{};
  std::string about;  ///< correction_about(): one reading is kept once
  std::string owner;  ///< correction_owner()
  /// {geometry: of the crop (forms/geometry/field_crop.h), raw, probability, state, alternatives, value: what
  /// the person made of it, written: its signs in boxes, reader: what read it}. Sealed by the store.
  Value content;
  std::string picture_type;  ///< image/jpeg or image/png
  std::string picture;       ///< the crop; sealed by the store
};

/// Which corrections. Empty means all.
struct CorrectionFilter {
  std::string municipality;
  std::string owner;
  std::string after;  ///< id of the one to go on after, in the order of the list
  std::size_t limit = 100;
};

/// How many are kept of one municipality and day.
struct CorrectionDay {
  std::string municipality;
  Date kept_on{};
  std::int64_t count = 0;
};

[[nodiscard]] inline std::string correction_owner(const Vault& vault, const PersonId& person) {
  return vault.commitment("correction-owner", person.text);
}
[[nodiscard]] inline std::string correction_about(const Vault& vault, const ApplicationReference& reference,
                                                  std::string_view field) {
  return vault.commitment("correction-about", reference.text + ":" + std::string(field));
}

}  // namespace softbot

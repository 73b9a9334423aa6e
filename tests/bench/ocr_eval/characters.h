#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/result.h"
#include "ocr/fields/nets.h"
#include "picture_ink.h"
#include "samples/fill/idx.h"

namespace softbot::eval {

enum class Classes { digits, capitals, all };
[[nodiscard]] std::optional<Classes> classes_from(std::string_view name);

/// One character per label: digits from 0 to 9 or their codes; capitals from their codes (65 for A), or
/// counted from 1 or from 0 where the labels leave no doubt; small letters from their codes, among `all`
/// only. Error `invalid_input`: the first label that is none of the classes. Pure.
[[nodiscard]] Result<std::string> characters_of(const std::vector<std::uint8_t>& labels, Classes classes,
                                                const std::filesystem::path& file);

/// What the reader makes of one picture.
struct SignRead {
  char sign = 0;          ///< the likeliest of the classes; 0 where no ink is seen
  bool accepted = false;  ///< from the frozen threshold of models.json on
  double chance = 0;      ///< that it is `sign`, as the reader says
};

/// Reads each picture as the reader reads a box by itself: glyphs that it normalises, its nets, its choice
/// between them.
[[nodiscard]] std::vector<SignRead> signs_on(const fill::LabelledPictures& pictures, const InkLevels& levels,
                                             Lie lie, Classes classes, ocr::Nets& nets);

/// Whether what is read is what was written. A small letter is read as its capital, but for g, j and l,
/// which the nets do not know.
[[nodiscard]] bool is_right(char written, char read);

struct CharacterFigures {
  std::size_t count = 0;
  std::size_t right = 0;
  std::size_t accepted = 0;
  std::size_t errors = 0;  ///< among the accepted
};

/// By kind of character ("digits", "capitals", "small letters"), and "" for all together. `read`: one per
/// written character.
[[nodiscard]] std::map<std::string, CharacterFigures> figures_of(const std::string& written,
                                                                 const std::vector<SignRead>& read);

}  // namespace softbot::eval

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "codec.h"
#include "degrade.h"
#include "domain/result.h"
#include "domain/value.h"
#include "writer.h"
#include "written.h"

namespace softbot::fill {

/// How one form is filled in. What is not said is drawn.
struct FormRecipe {
  std::string municipality = "voorbeeld";
  std::vector<std::string> types;
  std::string bsn;                 ///< of somebody in the register; "": anybody
  Value answers;                   ///< {"common.urgent": true, "household-help.pets": false}: not drawn
  std::optional<Pen> pen;          ///< absent: drawn
  std::optional<TickStyle> ticks;  ///< absent: drawn
  Mistake mistake = Mistake::none;
  double free_text = 0.15;     ///< share of forms with words in a free field
  double corrections = 0.15;   ///< share with one character crossed out and written again
  double cancelled = 0.06;     ///< share with one tick made black and another one ticked
  bool older_version = false;  ///< printed from the definitions' versions of before
  /// The municipality that the code names, where it is another one than ours; "": the same.
  std::string code_municipality;
};

/// One page of a file.
struct SheetRecipe {
  enum class Kind { form_page, blank, letter };
  Kind kind = Kind::form_page;
  std::size_t form = 0;  ///< index in the file
  int page = 1;          ///< of the form, from 1
  bool upside_down = false;
  bool operator==(const SheetRecipe&) const = default;
};

/// One file.
struct FileRecipe {
  std::string name;  ///< without its ending
  std::string title;
  std::uint64_t seed = 1;
  Degradation degradation = Degradation::normal;
  std::optional<ScanFormat> format;  ///< absent: drawn
  std::optional<double> dpi;         ///< absent: of the machine
  std::optional<bool> bilevel;       ///< black and white; absent: of the machine
  std::vector<FormRecipe> forms;
  std::vector<SheetRecipe> sheets;  ///< empty: every page of every form in order
  bool blank_backs = false;         ///< without `sheets`: both sides of every sheet were scanned
  bool shuffled = false;            ///< without `sheets`: pages in any order
  std::string letter;               ///< what stands on pages that are a letter
};

/// Reads {"files": [{"name", "title", "seed", "degrade", "format", "dpi", "bilevel", "forms":
/// [{"municipality", "types", "bsn", "pen", "answers", "mistake", "freeText", "corrections", "cancelled",
/// "olderVersion", "codeMunicipality"}], "sheets": ["1:3", "2:1 upside-down", "blank", "letter"],
/// "letter"}]}. What a sample says beside it ("municipality", "expect", "provisions") is not for here. Error
/// `invalid_input`: the file and what is wrong with it.
[[nodiscard]] Result<std::vector<FileRecipe>> recipes_from(std::string_view json);

}  // namespace softbot::fill

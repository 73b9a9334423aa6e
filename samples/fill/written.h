#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "answers.h"
#include "forms/geometry/geometry.h"
#include "random.h"

namespace softbot::fill {

enum class TickMark {
  ticked,
  cancelled,  ///< filled in, because another one is meant
};

/// A character first written wrong, crossed out, and written again.
struct Correction {
  std::size_t box = 0;
  char first = ' ';
  enum class Again { above, next_box } again = Again::above;
};

/// What somebody puts down in one place of the form.
struct WrittenField {
  const PaperField* field = nullptr;
  Value meant;        ///< as the definition takes it; null: nothing
  Value written;      ///< what a perfect reader reads; differs from `meant` by a mistake only
  std::string boxes;  ///< for characters: one sign per box, ' ' where it stays empty; "" when all do
  std::optional<Correction> correction;
  std::map<std::string, TickMark> ticks;  ///< by option; absent: left alone
  std::string words;                      ///< on lines
  bool strips = false;  ///< somebody's real handwriting stands for the words: nobody knows what it says
  bool is_signed = false;
};

/// What people do wrong.
enum class Mistake { none, wrong_digit, empty_question, two_ticks, no_signature };

[[nodiscard]] std::string_view name_of(Mistake mistake);  ///< kebab-case
[[nodiscard]] std::optional<Mistake> mistake_from(std::string_view name);

struct WritingOptions {
  Mistake mistake = Mistake::none;
  bool numbers_to_the_right = false;
  bool strips = false;        ///< there is real handwriting for words on free lines
  double corrections = 0.15;  ///< share of forms with one character crossed out and written again
  double cancelled = 0.06;    ///< share of forms with one tick filled in and another ticked
};

struct WrittenForm {
  std::vector<WrittenField> fields;  ///< one per field of the geometry, in its order
  std::string mistake_in;            ///< the field that the mistake is in; "" without one
};

/// Puts the answers into the form's boxes. `geometry` outlives the result.
[[nodiscard]] WrittenForm write_down(const FormGeometry& geometry, const MeantForm& form,
                                     const WritingOptions& options, Random& random);

/// The application as a perfect reader would have it: `form` with the mistakes that were made on paper.
[[nodiscard]] MeantForm as_written(MeantForm form, const WrittenForm& written);

/// Text in the signs of a form's boxes: capitals without diacritics.
[[nodiscard]] std::string in_capitals(std::string_view text);

}  // namespace softbot::fill

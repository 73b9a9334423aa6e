#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "answers.h"
#include "forms/catalogue.h"
#include "forms/geometry/paper_form.h"
#include "forms/municipality.h"
#include "person.h"
#include "recipe.h"
#include "writer.h"

namespace softbot::fill {

/// What forms are made from. All of it outlives the maker.
struct Workshop {
  const Catalogue& catalogue;
  const Municipalities& municipalities;
  const Mix& mix;
  const Handwriting& handwriting;
  const TextMeasure& measure;
  /// One page (from 1) as it is printed, grey.
  std::function<Result<Picture>(const PaperForm& form, int page, double dpi, std::string_view set)> paint;
  std::string register_json;  ///< people to take; "": they are invented
  Date today{};
};

/// A file as a scanner would have made it, and the truth about it.
struct MadeFile {
  std::string name;  ///< with its ending
  std::string bytes;
  Value truth;       ///< of each form, as README.md says
  Value people;      ///< register entries of who was invented
  Value provisions;  ///< granted before, as POST /api/v1/provisions takes them
};

/// Fills in forms and lays them on the scanner. The same recipe gives the same file, whatever was made before
/// it, save for who is invented: nobody twice.
class FormMaker {
 public:
  FormMaker(const Workshop& workshop, Inventor inventor)
      : workshop_(workshop), inventor_(std::move(inventor)) {}

  /// Errors: `not_found` for an unknown type, municipality or person, naming it; `invalid_input` for a page
  /// or question that the form does not have.
  [[nodiscard]] Result<MadeFile> make(const FileRecipe& recipe);

 private:
  struct FilledForm;
  [[nodiscard]] Result<Person> person_for(const FormRecipe& recipe, const Municipality& municipality,
                                          Random& random);
  [[nodiscard]] Result<PaperForm> layout(const FormRecipe& recipe) const;
  [[nodiscard]] Result<FilledForm> fill_in(const FileRecipe& file, std::size_t index, const Scanner& scanner);
  [[nodiscard]] Result<std::vector<Picture>> write(const FileRecipe& file, std::size_t index,
                                                   const FilledForm& form, const Scanner& scanner,
                                                   Random& random) const;

  const Workshop& workshop_;
  Inventor inventor_;
};

}  // namespace softbot::fill

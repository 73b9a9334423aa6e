#include "adapters/letters/letter_printer.h"

#include <exception>

#include "adapters/letters/markup.h"
#include "adapters/letters/paint.h"
#include "adapters/letters/show.h"
#include "adapters/pdf/pdf_finish.h"

namespace softbot {
namespace {

Result<letters::Letter> filled_letter(const LetterTemplates& templates, std::string_view letter,
                                      const Value& context) {
  const auto filled = letters::fill(templates, letter, context);
  if (!filled) return fail(filled.error());
  auto read = letters::parse_markup(filled->markup);
  if (read) return read;
  return fail(ErrorCode::configuration,
              letters::template_name(templates, letter, context) + ".mustache: " + read.error().message);
}

Result<std::string> finish(const letters::Letter& letter, const letters::PaintedLetter& painted) {
  try {
    return pdf::finish_pdf(painted.pdf, painted.furniture, {letter.title, letter.language, painted.figures});
  } catch (const std::exception& problem) {
    return fail(ErrorCode::internal,
                std::string("The printed letter cannot be completed: ") + problem.what());
  }
}

}  // namespace

Result<PangoLetterPrinter> PangoLetterPrinter::from_folder(const std::filesystem::path& folder) {
  return read_letter_templates(folder).map(
      [](LetterTemplates templates) { return PangoLetterPrinter(std::move(templates)); });
}

Result<std::string> PangoLetterPrinter::print(std::string_view letter, const Value& context) const {
  const auto read = filled_letter(templates_, letter, context);
  if (!read) return fail(read.error());
  const auto painted = letters::paint(*read);
  if (!painted) return fail(painted.error());
  return finish(*read, *painted);
}

Result<std::string> PangoLetterPrinter::show(std::string_view letter, const Value& context) const {
  const auto read = filled_letter(templates_, letter, context);
  if (!read) return fail(read.error());
  return letters::to_html(*read);
}

}  // namespace softbot

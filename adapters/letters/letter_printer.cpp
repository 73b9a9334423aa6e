#include "adapters/letters/letter_printer.h"

#include <exception>

#include "adapters/letters/markup.h"
#include "adapters/letters/paint.h"
#include "adapters/pdf/pdf_finish.h"

namespace softbot {
namespace {

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
  const auto filled = letters::fill(templates_, letter, context);
  if (!filled) {
    return fail(filled.error());
  }
  const auto read = letters::parse_markup(filled->markup);
  if (!read) {
    return fail(ErrorCode::configuration,
                letters::template_name(templates_, letter, context) + ".mustache: " + read.error().message);
  }
  const auto painted = letters::paint(*read);
  if (!painted) {
    return fail(painted.error());
  }
  return finish(*read, *painted);
}

}  // namespace softbot

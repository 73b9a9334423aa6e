#include "adapters/letters/letter_printer.h"

#include "adapters/letters/markup.h"
#include "adapters/letters/paint.h"
#include "adapters/letters/pdf_finish.h"

namespace softbot {

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
  return letters::finish_pdf(painted->pdf, painted->furniture,
                             {read->title, read->language, painted->figures});
}

}  // namespace softbot

#include "adapters/letters/letter_printer.h"

#include <exception>

#include "adapters/letters/markup.h"
#include "adapters/letters/paint.h"
#include "adapters/letters/pdf_finish.h"

namespace softbot {
namespace {

/// XMP: what programs that do not open the PDF look at.
std::string metadata_of(const letters::Letter& letter) {
  return R"(<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">)" +
         letters::escape(letter.title) + R"(</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>)" +
         letter.language + R"(</rdf:li></rdf:Bag></dc:language>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>)";
}

Result<std::string> finish(const letters::Letter& letter, const letters::PaintedLetter& painted) {
  try {
    return letters::finish_pdf(painted.pdf, painted.furniture,
                               {letter.title, letter.language, metadata_of(letter), painted.figures});
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

#include "pipeline/print_letter.h"

#include <utility>

namespace softbot::pipeline {
namespace {

/// What a stored letter is called, by its template.
std::string document_kind_of(const std::string& letter) {
  if (letter == "grant" || letter == "person-decision") return "decision";
  return letter;
}

}  // namespace

Result<PrintedLetter> print_letter(const Services& services, const OutboxRecord& row) {
  const std::string& letter = row.content["letter"].text_or_empty();
  auto bytes = services.letters.print(letter, row.content["context"]);
  if (!bytes) return fail(bytes.error());
  DocumentRecord record;
  record.reference = row.reference;
  record.kind = document_kind_of(letter);
  record.title = row.content["title"].text_or_empty();
  record.file_name = letter + ".pdf";
  record.media_type = "application/pdf";
  record.own = row.content["own"].as_bool().value_or(false);
  record.for_resident = true;
  return PrintedLetter{std::move(record), std::move(*bytes)};
}

}  // namespace softbot::pipeline

#include "web/known_answers.h"

#include <algorithm>

#include "domain/zone.h"
#include "forms/catalogue.h"
#include "web/queries.h"
#include "web/words.h"

namespace softbot::web {
namespace {

/// What stands in boxes on paper, and goes for everybody.
bool says_who_or_where(const Field& field) {
  const bool of_boxes = field.kind != FieldKind::text || field.paper.boxes > 0;
  const bool chosen = field.kind == FieldKind::yes_no || field.kind == FieldKind::choice ||
                      field.kind == FieldKind::choices || field.kind == FieldKind::list;
  const bool of_applicant = field.show_if.kind == AnswerCondition::Kind::always;
  return of_boxes && !chosen && of_applicant && field.name != "bsn";
}

}  // namespace

EarlierAnswers known_of(const Visit& visit) {
  EarlierAnswers known{Value::object({{"bsn", visit.identity().bsn}}), ""};
  const auto earlier = applications_of(visit.services(), visit.identity().bsn);
  if (!earlier) return known;
  const auto latest = std::ranges::find_if(
      *earlier, [](const Application& application) { return application.signed_by == "digid"; });
  if (latest == earlier->end()) return known;
  for (const Section& section : visit.configuration().forms->common().sections) {
    if (section.at_end) continue;
    for (const Field& field : section.fields) {
      if (says_who_or_where(field)) known.common.set(field.name, latest->common[field.name]);
    }
  }
  known.given = date_words(format_iso(local_date(latest->received)), visit.language());
  return known;
}

}  // namespace softbot::web

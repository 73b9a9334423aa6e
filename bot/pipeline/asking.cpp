#include "pipeline/asking.h"

#include "domain/bsn.h"
#include "domain/date.h"
#include "domain/paper.h"
#include "domain/zone.h"
#include "forms/completeness.h"
#include "forms/geometry/page_code.h"
#include "forms/geometry/sheet_geometry.h"
#include "pipeline/attachment_reading.h"
#include "pipeline/letters.h"
#include "pipeline/repair_call.h"
#include "pipeline/terms.h"
#include "pipeline/views.h"
#include "queue/reasons.h"

namespace softbot::pipeline {
namespace {

std::optional<Date> date_or_nothing(const Value& value) {
  const auto date = parse_iso_date(value.text_or_empty());
  if (!date) return std::nullopt;
  return *date;
}

Asked missing_signature(const Application& application) {
  const bool english = application.language == "en";
  return {"signature", "signature-missing",
          english ? "Your signature. Sign in, or sign the sheet that you receive by post."
                  : "Uw handtekening. Log in, of onderteken het blad dat u per post krijgt."};
}

/// What stands in the code of a sheet, so that it finds its case when it comes back.
PageCode sheet_code(const Application& application, std::string_view kind, std::int64_t number) {
  PageCode code;
  code.kind = PageCode::Kind::sheet;
  code.municipality = application.municipality;
  code.types.emplace_back(kind);
  code.sheet_number = number;
  code.reference = application.reference.text;
  return code;
}

/// A sheet to answer on, for who applied on paper.
Value return_sheet_of(const Application& application) {
  if (application.channel != "paper") return {};
  const std::int64_t number = application.facts["sheetNumber"].as_integer().value_or(0);
  const PageCode code = sheet_code(application, return_sheet, number);
  return Value::object({{"code", to_text(code)}, {"readable", to_readable(code)}});
}

void add_sign_sheet(const Services& services, Application& application, const RegisterPerson& person,
                    Effects& effects, std::optional<Date> until) {
  const std::int64_t number = application.facts["sheetNumber"].as_integer().value_or(0) + 1;
  application.facts.set("sheetNumber", number);
  application.facts.set("sheetPlanned", format_iso(planned_posting(today(services))));
  application.facts.erase("sheetOutdated");
  const auto configuration = services.configuration();
  const Date planned = planned_posting(today(services));
  Value context = letter_context(*configuration, application, planned);
  address_to(context, person);
  context.set("until", until ? Value(format_iso(*until)) : Value());
  context.set("decisive", answers_in_words(*configuration, application, Which::decisive));
  context.set("other", answers_in_words(*configuration, application, Which::others));
  context.set("signer", context["recipient"]["name"]);
  context.set("returnFree", true);
  const PageCode code = sheet_code(application, sign_sheet, number);
  context.set("sheetCode", to_text(code));
  context.set("sheetReadable", to_readable(code));
  send_out(
      services, effects,
      letter_row(services, application, "post", "sign-sheet", "Ondertekenblad", std::move(context), planned));
}

/// One letter; with the sheet to sign when the signature is missing, alone or beside other things.
void add_letters(const Services& services, Application& application, const RegisterPerson& person,
                 Effects& effects, Date until) {
  const auto configuration = services.configuration();
  const Date day = today(services);
  const Date planned = planned_posting(day);
  bool signature = false;
  for (const Asked& item : application.asked) signature = signature || item.field == "signature";

  Value context = letter_context(*configuration, application, planned);
  address_to(context, person);
  context.set("asked", texts_of(application.asked));
  context.set("until", format_iso(until));
  context.set("signSheetEnclosed", signature);
  context.set("returnSheet", return_sheet_of(application));
  context.set("suspendedFrom", format_iso(add_days(day, 1)));
  send_out(services, effects,
           letter_row(services, application, "post", "repair", "Wij missen nog gegevens", std::move(context),
                      planned));
  if (signature) add_sign_sheet(services, application, person, effects, until);
}

}  // namespace

std::vector<Asked> what_to_ask(const Configuration& configuration, const Application& application) {
  const FormDefinition* definition = configuration.forms->find(application.type, application.municipality);
  if (definition == nullptr) return {};
  CompletenessInput input;
  input.common = application.common;
  input.fields = application.fields;
  input.attachments = attachments_of(application);
  input.channel = application.channel;
  input.today = local_date(application.received);
  input.language = application.language;
  std::vector<Asked> asked = check_completeness(configuration.forms->common(), *definition, input);
  std::erase_if(asked, [](const Asked& item) { return item.field == "signature"; });
  // What somebody wrote in their own words stands on the page, typed over or not.
  std::erase_if(asked, [&](const Asked& item) {
    const Value& reading = paper::reading_of(application, item.field);
    return reading["class"].text_or_empty() == "free" && reading["look"].is_text();
  });
  if (application.signed_by.empty() || !application.unconfirmed.empty())
    asked.push_back(missing_signature(application));
  return asked;
}

void send_repair_request(const Services& services, Application& application, Effects& effects, Date until,
                         std::string_view by) {
  const Instant now = services.clock.now();
  const Date day = today(services);
  application.status = ApplicationStatus::incomplete;
  application.outcome = Outcome::asked;
  application.decided_by = DecidedBy::bot;
  add_event(application, "repair-request", day, now, by, "", until);
  plan_repair_term(services, application, effects, until);
  application.facts.erase("repairLetterSent");
  send_repair_letters(services, application, effects, until);
  effects.audit.push_back(audit_row(by, "asked"));
}

void send_repair_letters(const Services& services, Application& application, Effects& effects, Date until) {
  const auto person = register_person_of(application);
  if (!person || !person->address) {
    queue::add_reason(application.open_tasks, queue::reason("no-postal-address"));
    return;
  }
  add_letters(services, application, *person, effects, until);
  application.facts.set("repairLetterSent", true);
}

void send_sign_sheet(const Services& services, Application& application, Effects& effects) {
  const auto person = register_person_of(application);
  const CaseEvent* asked = last_event(application, "repair-request");
  if (!person || !person->address) return;
  add_sign_sheet(services, application, *person, effects, asked == nullptr ? std::nullopt : asked->until);
}

void refer(const Services& services, Application& application, Effects& effects,
           const std::vector<Reason>& reasons, std::string_view by) {
  for (const Reason& one : reasons) queue::add_reason(application.reasons, one);
  if (application.status == ApplicationStatus::received) {
    effects.jobs.push_back({std::string(job::receipt), application.reference.text, services.clock.now()});
  }
  application.status = ApplicationStatus::referred;
  application.outcome.reset();
  application.decided_by.reset();
  application.team = team_of(services, application);
  add_event(application, "referred", today(services), services.clock.now(), by);
  effects.audit.push_back(audit_row(by, "referred"));
}

std::string team_of(const Services& services, const Application& application) {
  const auto configuration = services.configuration();
  const auto found = configuration->municipalities->find(application.municipality);
  if (found == configuration->municipalities->end()) return {};
  std::optional<int> age;
  const auto person = register_person_of(application);
  if (person && person->birth_date) {
    age = age_on(*person->birth_date, today(services));
  } else if (const auto typed = date_or_nothing(application.common["birthDate"])) {
    age = age_on(*typed, today(services));
  }
  return team_for(found->second, application.type, age);
}

Result<std::optional<RegisterPerson>> ask_register(const Services& services, Application& application) {
  const auto bsn = parse_bsn(application.common["bsn"].text_or_empty());
  // A number that is not settled may be somebody else's: nothing of whoever has it is kept with this case.
  if (!bsn || !paper::is_settled(application, "bsn")) {
    application.facts.erase("registerPerson");
    return std::optional<RegisterPerson>();
  }
  auto person = services.persons.find(bsn->digits());
  if (!person) return fail(person.error());
  Value kept = *person ? to_value(**person) : Value();
  if (*person) kept.set("bsn", bsn->digits());
  application.facts.set("registerPerson", std::move(kept));
  return std::move(*person);
}

}  // namespace softbot::pipeline

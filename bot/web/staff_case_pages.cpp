#include <algorithm>

#include "domain/text.h"
#include "forms/answer_condition.h"
#include "forms/catalogue.h"
#include "forms/completeness.h"
#include "forms/normalise.h"
#include "pipeline/by_post.h"
#include "pipeline/edit.h"
#include "pipeline/incoming_post.h"
#include "pipeline/views.h"
#include "web/case_post.h"
#include "web/words.h"
#include "web/worklist.h"

namespace softbot::web {
namespace {

ApplicationReference reference_of(const http::PathParameters& parameters) {
  return ApplicationReference(normalise_reference(parameters["reference"]));
}

/// The purposes that the page offers; anything else counts as the usual one.
std::string purpose_of(const Visit& visit) {
  const std::string_view asked = visit.request().query.get("doel");
  for (const char* known : {"vraag-inwoner", "controle", "bezwaar", "beheer"}) {
    if (asked == known) return known;
  }
  return "behandeling";
}

http::Response look(Visit& visit, const http::PathParameters& parameters) {
  const ApplicationReference reference = reference_of(parameters);
  const auto file = own_case(visit, reference);
  if (!file) return visit.sorry(file.error(), Audience::staff);
  if (file->application.type == pipeline::incoming_post_type)
    return http::see_other("/staff/binnengekomen/" + reference.text);
  if (const auto recorded =
          pipeline::record_look(visit.services(), visit.identity().account, reference, purpose_of(visit));
      !recorded) {
    return visit.sorry(recorded.error(), Audience::staff);
  }
  http::Response response = show_staff_case(visit, *file, {});
  keep_place(visit, response, reference, staff_case_address(reference));
  return response;
}

/// For the log: whether it was a picture of paper or another document.
std::string_view purpose_of_document(const CaseFile& file, const std::string& id) {
  const auto found = std::find_if(file.documents.begin(), file.documents.end(),
                                  [&](const DocumentRecord& document) { return document.id.text == id; });
  return found != file.documents.end() && found->kind.starts_with("scan") ? "scan bekijken" : "stuk bekijken";
}

http::Response document(Visit& visit, const http::PathParameters& parameters) {
  const ApplicationReference reference = reference_of(parameters);
  const auto file = own_case(visit, reference);
  if (!file) return visit.sorry(file.error(), Audience::staff);
  if (const auto recorded = pipeline::record_look(visit.services(), visit.identity().account, reference,
                                                  purpose_of_document(*file, parameters["document"]));
      !recorded) {
    return visit.sorry(recorded.error(), Audience::staff);
  }
  return document_response(visit, reference, parameters["document"], pipeline::Viewer::staff);
}

http::Response claim(CasePost& action) {
  return finished(action,
                  pipeline::claim(action.visit.services(), action.staff, action.reference, action.version),
                  "gepakt");
}

http::Response release(CasePost& action) {
  return finished(action,
                  pipeline::release(action.visit.services(), action.staff, action.reference, action.version),
                  "losgelaten");
}

http::Response send_by_post(CasePost& action) {
  return finished(action, pipeline::send_by_post(action.visit.services(), action.staff, action.reference),
                  "met-de-post");
}

/// Only what differs from what is stored counts as a correction.
Value changed_answers(const Visit& visit, const Application& application, const WebParameters& typed) {
  Value changes = Value::object();
  const auto compare = [&](const FormDefinition& part, const std::string& prefix, const std::string& start,
                           const Value& stored) {
    const Value answers = answers_of(part, prefix, typed);
    for (const Section& section : part.sections) {
      for (const Field& field : section.fields) {
        if (!field.on_channel(application.channel)) continue;
        const Value& before = stored[field.name];
        const Value& after = answers[field.name];
        if (is_answered(after) ? !(normalise_answer(field, before) == after) : is_answered(before)) {
          changes.set(start + field.name, after);
        }
      }
    }
  };
  compare(visit.configuration().forms->common(), "common", "common.", application.common);
  if (const FormDefinition* own =
          visit.configuration().forms->find(application.type, application.municipality)) {
    compare(*own, application.type, "", application.fields);
  }
  return changes;
}

/// Corrected answers must be right: a consultant hears at once what cannot be.
Problems mistakes_in(const Visit& visit, const Application& application, const Value& changes) {
  Problems problems;
  const FormDefinition* own = visit.configuration().forms->find(application.type, application.municipality);
  for (const Value::Member& change : changes.members()) {
    const bool common = change.name.starts_with("common.");
    const FormDefinition* part = common ? &visit.configuration().forms->common() : own;
    const Field* field = part == nullptr ? nullptr
                                         : part->find(common ? std::string_view(change.name).substr(7)
                                                             : std::string_view(change.name));
    if (field == nullptr || !is_answered(change.value)) continue;
    if (const auto wrong = check_answer(*field, change.value, pipeline::today(visit.services()), "nl")) {
      problems[common ? change.name : application.type + "." + change.name] = wrong->text;
    }
  }
  return problems;
}

http::Response correct(CasePost& action) {
  const auto file = own_case(action.visit, action.reference);
  if (!file) return action.visit.sorry(file.error(), Audience::staff);
  CaseInput input;
  input.open_fields = true;
  input.typed = &action.posted.typed;
  if (const std::string button = action.posted.get("action");
      button.starts_with("add:") || button.starts_with("remove:")) {
    change_rows(action.posted.typed, button);
    return show_staff_case(action.visit, *file, input);
  }
  pipeline::Correction correction;
  correction.fields = changed_answers(action.visit, file->application, action.posted.typed);
  correction.why = action.posted.get("why");
  correction.judge_again = action.posted.get("again") == "yes";
  input.problems = mistakes_in(action.visit, file->application, correction.fields);
  if (correction.why.empty() && !correction.fields.members().empty())
    input.problems["why"] = "Schrijf waarom u dit verandert.";
  if (!input.problems.empty()) return show_staff_case(action.visit, *file, input);
  return finished(
      action,
      pipeline::correct(action.visit.services(), action.staff, action.reference, action.version, correction),
      "verbeterd", input);
}

http::Response ask(CasePost& action) {
  pipeline::Question question;
  const std::string text = action.posted.get("question");
  std::size_t start = 0;
  while (start <= text.size()) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    const std::string line(trim(std::string_view(text).substr(start, end - start)));
    if (!line.empty()) question.items.push_back({"question", "missing", line});
    start = end + 1;
  }
  if (const auto until = parse_iso_date(action.posted.get("until"))) question.until = *until;
  CaseInput input;
  if (question.items.empty()) {
    Error error{ErrorCode::invalid_input,
                "",
                false,
                {{"question", "missing", "Schrijf wat u van de inwoner vraagt."}}};
    return refused(action, error, input);
  }
  return finished(
      action,
      pipeline::ask(action.visit.services(), action.staff, action.reference, action.version, question),
      "gevraagd", input);
}

http::Response finish_task(CasePost& action) {
  pipeline::TaskEnd end;
  end.note = action.posted.get("note");
  return finished(action,
                  pipeline::finish_task(action.visit.services(), action.staff, action.reference,
                                        action.version, std::string(action.posted.get("code")), end),
                  "afgerond");
}

http::Response record(CasePost& action) {
  pipeline::IncomingEvent event;
  event.kind = action.posted.get("kind");
  event.note = action.posted.get("note");
  const auto received = parse_iso_date(action.posted.get("received"));
  if (!received) {
    return refused(
        action,
        Error{
            ErrorCode::invalid_input, "", false, {{"received", "missing", "Kies de datum van ontvangst."}}});
  }
  event.received = *received;
  return finished(action,
                  pipeline::record_event(action.visit.services(), action.staff, action.reference, event),
                  "vastgelegd");
}

}  // namespace

std::string staff_case_address(const ApplicationReference& reference) {
  return "/staff/zaak/" + reference.text;
}

Result<CaseFile> own_case(const Visit& visit, const ApplicationReference& reference) {
  auto file = case_file(visit.services(), reference);
  if (file && !works_for(visit.identity().municipalities, file->application.municipality)) {
    return fail(ErrorCode::not_found, "Er is geen aanvraag met dit kenmerk.");
  }
  return file;
}

http::Response show_stale(const Visit& visit, const ApplicationReference& reference,
                          const PostedForm& posted) {
  const auto file = own_case(visit, reference);
  if (!file) return visit.sorry(file.error(), Audience::staff);
  const Value view = pipeline::view_of(visit.services(), file->application, {}, pipeline::Viewer::staff);
  Value changes = Value::list();
  const auto& events = view["events"].items();
  const std::size_t shown = std::min<std::size_t>(events.size(), 5);
  for (std::size_t index = 0; index < shown; ++index) {
    const Value& event = events[events.size() - 1 - index];
    changes.push(Value::object({{"eventText", capitalised(event["text"].text_or_empty())},
                                {"eventDate", moment_words(event["recorded"].text_or_empty())},
                                {"by", event["by"].text_or_empty()},
                                {"note", event["note"].text_or_empty()}}));
  }
  Value typed = Value::list();
  for (const auto& [name, label] :
       {std::pair{"reasons", "Redenen"}, std::pair{"question", "Vraag"}, std::pair{"why", "Waarom"},
        std::pair{"note", "Opmerking"}, std::pair{"heard-said", "Wat de inwoner zei"},
        std::pair{"test-effect", "Gewenst effect"}, std::pair{"test-values", "Waarden van de wet"},
        std::pair{"test-effects", "Effecten van het besluit"}, std::pair{"test-law", "Juridische toets"}}) {
    if (std::string text = posted.get(name); !text.empty())
      typed.push(Value::object({{"key", label}, {"text", text}}));
  }
  for (const auto& [name, text] : posted.typed) {
    const bool from_paper = name.starts_with("overname:") || name.starts_with("anders:");
    if (from_paper && !text.empty())
      typed.push(Value::object({{"key", "Overgenomen van papier"}, {"text", text}}));
  }
  Frame frame;
  frame.title = "Intussen veranderd";
  frame.audience = Audience::staff;
  frame.menu = "queue";
  return visit.show(412, "staff/stale", frame,
                    Value::object({{"reference", reference.text},
                                   {"status", status_words(view["status"].text_or_empty())},
                                   {"claimedBy", view["claim"]["account"].text_or_empty()},
                                   {"hasChanges", !changes.items().empty()},
                                   {"changes", std::move(changes)},
                                   {"hasTyped", !typed.items().empty()},
                                   {"typed", std::move(typed)}}));
}

void add_staff_case_pages(http::Router& router, const std::shared_ptr<const Site>& site) {
  using http::Method;
  constexpr std::uint64_t consultant = http::role::consultant;
  const auto add = [&](const char* pattern, CaseAct act) {
    add_page(router, site, Method::post, pattern, consultant, case_post_page(std::move(act)));
  };
  add_page(router, site, Method::get, "/staff/zaak/{reference}", consultant, look);
  add_page(router, site, Method::get, "/staff/zaak/{reference}/document/{document}", consultant, document);
  add("/staff/zaak/{reference}/pakken", claim);
  add("/staff/zaak/{reference}/loslaten", release);
  add("/staff/zaak/{reference}/gegevens", correct);
  add("/staff/zaak/{reference}/vragen", ask);
  add("/staff/zaak/{reference}/taak", finish_task);
  add("/staff/zaak/{reference}/met-de-post", send_by_post);
  add("/staff/zaak/{reference}/gebeurtenis", record);
  add_case_call_pages(router, site);
  add_decide_pages(router, site);
  add_paper_check_pages(router, site);
}

}  // namespace softbot::web

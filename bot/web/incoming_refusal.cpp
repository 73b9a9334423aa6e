#include "web/incoming_refusal.h"

#include "domain/zone.h"
#include "pipeline/terms.h"
#include "web/shared_views.h"

namespace softbot::web {
namespace {

std::string end_advice(const pipeline::PostEnd& end) {
  if (end.how == "post-started")
    return "Er is al een aanvraag van gemaakt. Vergelijk uw antwoorden met die aanvraag. Moet daar iets "
           "anders "
           "staan? Verbeter het bij ‘Gegevens verbeteren’ van die zaak, of vraag het aan " +
           end.by + ".";
  const std::string again = "Laat het papier dan opnieuw scannen, en neem uw antwoorden daar over.";
  if (end.how == "post-linked")
    return "De papieren liggen nu bij een zaak. Overleg met " + end.by +
           ". Is het toch een nieuwe aanvraag? " + again;
  return "Overleg met " + end.by + ". Is het toch een aanvraag? " + again;
}

}  // namespace

std::optional<PostRefusal> post_refusal(const Visit& visit, const Error& error, const Application& item) {
  if (error.code != ErrorCode::stale && error.code != ErrorCode::conflict) return std::nullopt;
  const int status = error.code == ErrorCode::stale ? 412 : 409;
  if (!is_open_post(item))
    return PostRefusal{status,
                       "Een collega heeft deze post intussen afgehandeld. Wat u deed, is niet uitgevoerd."};
  if (is_held_by_other(visit, item)) {
    const std::string& who = item.claim->account;
    return PostRefusal{status, who + " is met deze post bezig, tot " + format_dutch_local(item.claim->until) +
                                   ". Wat u deed, is niet uitgevoerd. Overleg met " + who +
                                   ", of wacht tot de post weer vrij is."};
  }
  if (error.code == ErrorCode::conflict)
    return PostRefusal{status, error.message + " Wat u deed, is niet uitgevoerd."};
  return PostRefusal{
      status,
      "Een collega heeft intussen iets met deze post gedaan. Wat u deed, is niet uitgevoerd. Klopt "
      "het nog? Doe het dan opnieuw."};
}

bool is_open_post(const Application& item) {
  return item.status == ApplicationStatus::referred || item.status == ApplicationStatus::failed;
}

Result<std::optional<pipeline::PostEnd>> end_of_item(const Visit& visit, const Application& item) {
  if (is_open_post(item)) return std::optional<pipeline::PostEnd>();
  return pipeline::end_of_post(visit.services(), item.reference);
}

void add_end(Value& context, const Application& item, const pipeline::PostEnd& end) {
  context.set("endWords", pipeline::event_in_words(end.how));
  context.set("endBy", end.by);
  context.set("endDate", format_dutch_local(end.at));
  context.set("endCase", end.to.text);
  context.set("endNote",
              end.to.text.empty() && !item.events.empty() ? item.events.back().note : std::string());
  context.set("endAdvice", end_advice(end));
}

}  // namespace softbot::web

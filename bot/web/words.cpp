#include "web/words.h"

#include <algorithm>
#include <array>

#include "domain/deadlines.h"
#include "domain/money.h"
#include "domain/zone.h"
#include "web/word_table.h"

namespace softbot::web {
namespace {

constexpr std::array outcomes{
    Word{"granted", "Toegekend", "Granted"},
    Word{"granted-in-part", "Deels toegekend", "Granted in part"},
    Word{"refused", "Afgewezen", "Refused"},
    Word{"untreated", "Niet in behandeling genomen", "Not processed"},
    Word{"asked", "Wij vragen u om aanvulling", "We ask you to add something"},
};

constexpr std::array terms{
    Word{"upcoming", "begint later", "starts later"}, Word{"running", "loopt", "running"},
    Word{"suspended", "staat stil", "paused"},        Word{"met", "gehaald", "met"},
    Word{"passed", "verstreken", "passed"},           Word{"lapsed", "vervallen", "no longer needed"},
};

/// Kinds that domain/deadlines.h has in Dutch only, and the pipeline's own.
constexpr std::array events{
    Word{"notification", "Melding ontvangen", "Notification received"},
    Word{"received", "Aanvraag ontvangen", "Application received"},
    Word{"application-signed", "Aanvraag ondertekend", "Application signed"},
    Word{"investigation-finished", "Onderzoek klaar", "Investigation finished"},
    Word{"personal-plan", "Persoonlijk plan ontvangen", "Personal plan received"},
    Word{"personal-plan-declined", "Geen persoonlijk plan", "No personal plan"},
    Word{"repair-request", "Om aanvulling gevraagd", "Asked for additions"},
    Word{"completed", "Aanvraag compleet", "Application complete"},
    Word{"repair-term-ended", "Termijn voor aanvulling voorbij", "Time for additions has passed"},
    Word{"extension-notice", "Termijn verlengd", "Term extended"},
    Word{"notice-of-default", "Ingebrekestelling ontvangen", "Notice of default received"},
    Word{"decision-published", "Besluit verstuurd", "Decision sent"},
    Word{"objection", "Bezwaar ontvangen", "Objection received"},
    Word{"objection-extension", "Besluit op bezwaar verdaagd", "Decision on objection postponed"},
    Word{"objection-decided", "Besluit op bezwaar", "Decision on objection"},
    Word{"withdrawn", "Ingetrokken", "Withdrawn"},
    Word{"withdrawal", "Ingetrokken", "Withdrawn"},
    Word{"signed-sheet", "Handtekening ontvangen", "Signature received"},
    Word{"signed", "Ondertekend", "Signed"},
    Word{"complaint", "Klacht ontvangen", "Complaint received"},
    Word{"human-request", "Gevraagd om een medewerker", "Asked for a person"},
    Word{"change-of-circumstances", "Wijziging doorgegeven", "Change reported"},
    Word{"explanation-request", "Gevraagd om uitleg", "Asked for an explanation"},
    Word{"referrer-notice", "Bericht van een verwijzer", "Notice from a referrer"},
    Word{"documents", "Stukken ontvangen", "Documents received"},
    Word{"document", "Stuk ontvangen", "Document received"},
    Word{"answer", "Antwoord ontvangen", "Answer received"},
    Word{"answered", "Antwoord ontvangen", "Answer received"},
    Word{"corrected", "Gegevens verbeterd", "Details corrected"},
    Word{"correction", "Gegevens verbeterd", "Details corrected"},
    Word{"referred", "Naar een consulent", "To a consultant"},
    Word{"decided", "Besluit genomen", "Decision taken"},
    Word{"letter-posted", "Brief gepost", "Letter posted"},
    Word{"posted", "Brief gepost", "Letter posted"},
    Word{"announced-by-mail", "Wij stuurden u een e-mail: er staat een bericht klaar",
         "We sent you an e-mail: a message is ready"},
    Word{"mail-refused", "U krijgt de brief met de post, want uw e-mailadres werkt niet",
         "You get the letter by post, because your e-mail address does not work"},
    Word{"mail-too-late", "U krijgt de brief met de post, want het lukte niet om u op tijd te mailen",
         "You get the letter by post, because we could not e-mail you in time"},
    Word{"mail-stopped", "U krijgt de brief met de post", "You get the letter by post"},
    Word{"mail-stopped-by-staff", "U krijgt de brief met de post", "You get the letter by post"},
    Word{"staff-chose-post", "Wij sturen u onze brieven voortaan met de post",
         "We send you our letters by post from now on"},
    Word{"chose-post", "U koos voor brieven met de post", "You chose letters by post"},
    Word{"chose-mail", "U koos voor bericht per e-mail", "You chose messages by e-mail"},
    Word{"claimed", "In behandeling genomen", "Taken up"},
    Word{"released", "Losgelaten", "Released"},
    Word{"repair-call", "Wij belden over de stukken", "We called about the documents"},
    Word{"judge-again", "Opnieuw beoordeeld", "Judged again"},
};

/// The kinds of pipeline::incoming_event_kinds() as what lies on the table.
constexpr std::array incoming{
    Word{"signed-sheet", "Ondertekenblad", ""},
    Word{"objection", "Bezwaar", ""},
    Word{"notice-of-default", "Ingebrekestelling", ""},
    Word{"complaint", "Klacht", ""},
    Word{"withdrawal", "Intrekking", ""},
    Word{"human-request", "Vraag om een medewerker", ""},
    Word{"change-of-circumstances", "Verandering in de situatie", ""},
    Word{"explanation-request", "Vraag om uitleg", ""},
    Word{"referrer-notice", "Bericht van een verwijzer", ""},
    Word{"documents", "Stukken, of een antwoord op onze vraag", ""},
    Word{"personal-plan", "Persoonlijk plan", ""},
    Word{"suspension-consent", "Instemming met uitstel", ""},
    Word{"heard", "Hoorgesprek", ""},
    Word{"conversation", "Gesprek", ""},
};

constexpr std::array provision_forms{
    Word{"in-kind", "In natura: wij regelen het", "In kind: we arrange it"},
    Word{"personal-budget", "Persoonsgebonden budget", "Personal budget"},
};

constexpr std::array documents{
    Word{"receipt", "Ontvangstbevestiging", "Confirmation of receipt"},
    Word{"copy", "Kopie van wat u hebt gestuurd", "Copy of what you sent"},
    Word{"repair-extension", "Brief: u heeft meer tijd", "Letter: you have more time"},
    Word{"sign-sheet", "Ondertekenblad", "Signature sheet"},
    Word{"repair", "Brief: vraag om aanvulling", "Letter: please add something"},
    Word{"decision", "Besluit", "Decision"},
    Word{"grant", "Besluit", "Decision"},
    Word{"person-decision", "Besluit", "Decision"},
    Word{"investigation-report", "Onderzoeksverslag", "Investigation report"},
    Word{"advice", "Brief: een consulent kijkt mee", "Letter: a consultant looks at it"},
    Word{"event-confirmation", "Bevestiging", "Confirmation"},
    Word{"withdrawal-confirmation", "Bevestiging van intrekking", "Confirmation of withdrawal"},
    Word{"term-extension", "Brief: meer tijd nodig", "Letter: more time needed"},
};

constexpr std::array months{"January", "February", "March",     "April",   "May",      "June",
                            "July",    "August",   "September", "October", "November", "December"};

std::string english_date(Date date) {
  return std::to_string(static_cast<unsigned>(date.day())) + " " +
         months[static_cast<unsigned>(date.month()) - 1] + " " +
         std::to_string(static_cast<int>(date.year()));
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) {
    text += (text.empty() ? "" : ", ") + part;
  }
  return text;
}

std::string option_words(const Field& field, const Value& answer, std::string_view language) {
  const Option* option = field.option(answer.text_or_empty());
  return option == nullptr ? answer.text_or_empty() : option->label.in(language);
}

std::string row_words(const Field& list, const Value& row, std::string_view language) {
  std::vector<std::string> parts;
  for (const Field& field : list.fields) {
    if (std::string words = answer_words(field, row[field.name], language); !words.empty()) {
      parts.push_back(field.label.in(language) + ": " + words);
    }
  }
  return joined(parts);
}

}  // namespace

ErrorWords words_of(const Error& error, std::string_view language) {
  const auto say = [&](const char* title_nl, const char* text_nl, const char* title_en, const char* text_en) {
    return language == "en" ? ErrorWords{title_en, text_en} : ErrorWords{title_nl, text_nl};
  };
  switch (error.code) {
    case ErrorCode::not_found:
      return say("Niet gevonden",
                 "Deze pagina of aanvraag is er niet, of u mag die niet zien. Kijk of u het adres of het "
                 "kenmerk goed hebt overgenomen.",
                 "Not found",
                 "This page or application does not exist, or you may not see it. Check that the address or "
                 "reference is right.");
    case ErrorCode::unauthenticated:
      return say("Eerst inloggen", "Log eerst in, of vul uw kenmerk en code in.", "Sign in first",
                 "Please sign in, or enter your reference and code.");
    case ErrorCode::forbidden:
      return say("Dat mag niet",
                 "U hebt geen toegang tot deze pagina. Was uw sessie verlopen? Ga dan terug, laad de pagina "
                 "opnieuw en probeer het nog eens.",
                 "Not allowed",
                 "You have no access to this page. If your session had ended, go back, reload the page and "
                 "try again.");
    case ErrorCode::conflict:
      return say("Dat kan nu niet",
                 "Iemand anders werkt hieraan, of er is intussen al iets beslist. Laad de pagina opnieuw om "
                 "te zien hoe het ervoor staat.",
                 "Not possible now",
                 "Somebody else is working on this, or it has been decided meanwhile. Reload the page to see "
                 "how it stands.");
    case ErrorCode::stale:
      return say(
          "Intussen veranderd",
          "Iemand anders heeft dit intussen veranderd. Laad de pagina opnieuw en kijk wat er nieuw is.",
          "Changed meanwhile",
          "Somebody else has changed this meanwhile. Reload the page to see what is new.");
    case ErrorCode::key_reused:
      return say("Al verstuurd",
                 "Dit formulier is al verstuurd, en daarna veranderd. Wat u eerst stuurde hebben we. Wilt u "
                 "iets aanvullen? Gebruik uw kenmerk en code.",
                 "Already sent",
                 "This form was sent before, and changed since. We have what you sent first. To add "
                 "something, use your reference and code.");
    case ErrorCode::too_large:
      return say("Te groot", "Wat u stuurt is te groot. Stuur minder of kleinere bestanden tegelijk.",
                 "Too large", "What you send is too large. Send fewer or smaller files at once.");
    case ErrorCode::too_many:
      return say(
          "Even wachten",
          "Dit is te vaak achter elkaar geprobeerd. Wacht een paar minuten en probeer het dan opnieuw.",
          "Please wait", "This was tried too often. Wait a few minutes and try again.");
    case ErrorCode::unavailable:
    case ErrorCode::busy:
      return say("Het is druk",
                 "Het lukt nu even niet. Er is niets verloren. Probeer het over een minuut opnieuw.",
                 "We are busy", "It does not work just now. Nothing is lost. Try again in a minute.");
    case ErrorCode::invalid_input:
    case ErrorCode::precondition:
    case ErrorCode::unsupported:
      return say("Er klopt iets niet",
                 "Wat u stuurde, kunnen we zo niet gebruiken. Ga terug en controleer wat u hebt ingevuld.",
                 "Something is wrong", "We cannot use what you sent. Go back and check what you filled in.");
    case ErrorCode::storage:
    case ErrorCode::incompatible:
    case ErrorCode::configuration:
    case ErrorCode::damaged:
    case ErrorCode::internal:
      break;
  }
  return say("Er ging iets mis",
             "Er ging bij ons iets mis. Probeer het straks opnieuw. Blijft het misgaan? Bel ons dan.",
             "Something went wrong",
             "Something went wrong on our side. Try again later. If it keeps going wrong, call us.");
}

StatusWords resident_status(std::string_view status, std::string_view language) {
  const bool english = language == "en";
  const auto say = [&](const char* label_nl, const char* text_nl, const char* label_en, const char* text_en,
                       const char* badge) {
    return english ? StatusWords{label_en, text_en, badge} : StatusWords{label_nl, text_nl, badge};
  };
  if (status == "received" || status == "reading") {
    return say("Ontvangen", "We hebben uw aanvraag. We kijken nu of alles erin staat.", "Received",
               "We have your application. We are checking that it is complete.", "neutral");
  }
  if (status == "incomplete") {
    return say("We hebben nog iets van u nodig",
               "Hieronder staat wat er ontbreekt. Daarna gaan we verder met uw aanvraag.",
               "We need something from you",
               "Below is what is missing. After that we go on with your application.", "warning");
  }
  if (status == "decided") {
    return say(
        "Besluit genomen",
        "Er is een besluit. U krijgt het per post. Bent u ingelogd? Dan leest u het ook hier.", "Decided",
        "There is a decision. You get it by post. If you are signed in, you can also read it here.", "safe");
  }
  if (status == "withdrawn") {
    return say("Ingetrokken", "Deze aanvraag is ingetrokken. We doen er niets meer mee.", "Withdrawn",
               "This application was withdrawn. We do nothing more with it.", "neutral");
  }
  return say("In behandeling", "We zijn met uw aanvraag bezig. U hoeft nu niets te doen.", "Being processed",
             "We are working on your application. You need not do anything now.", "neutral");
}

std::string outcome_words(std::string_view outcome, std::string_view language) {
  return look_up(outcomes, outcome, language);
}
std::string term_words(std::string_view status, std::string_view language) {
  return look_up_or_name(terms, status, language);
}
std::string event_words(std::string_view kind, std::string_view language) {
  std::string word = look_up(events, kind, language);
  if (!word.empty()) {
    return word;
  }
  const auto& table = event_kinds();
  const auto found =
      std::find_if(table.begin(), table.end(), [&](const EventKindInfo& info) { return info.name == kind; });
  if (found != table.end()) {
    return std::string(found->dutch);
  }
  return look_up_or_name(events, kind, language);
}

std::string incoming_words(std::string_view kind) {
  return look_up_or_name(incoming, kind, "nl");
}

std::string provision_form_words(std::string_view form, std::string_view language) {
  return look_up_or_name(provision_forms, form, language);
}

std::string capitalised(std::string text) {
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
  return text;
}

std::string document_words(std::string_view kind, std::string_view language) {
  return look_up(documents, kind, language);
}

std::string date_words(std::string_view iso, std::string_view language) {
  const auto date = parse_iso_date(iso);
  if (!date) {
    return std::string(iso);
  }
  return language == "en" ? english_date(*date) : format_dutch(*date);
}

std::string moment_words(std::string_view instant) {
  const auto moment = parse_instant(instant);
  return moment ? format_dutch_local(*moment) : std::string(instant);
}

std::string size_words(std::int64_t bytes) {
  if (bytes < 1'000'000) {
    return std::to_string(std::max<std::int64_t>(1, (bytes + 500) / 1000)) + " kB";
  }
  const std::int64_t tenths = (bytes + 50'000) / 100'000;
  return std::to_string(tenths / 10) + "," + std::to_string(tenths % 10) + " MB";
}

std::string answer_words(const Field& field, const Value& answer, std::string_view language) {
  if (!is_answered(answer)) {
    return {};
  }
  switch (field.kind) {
    case FieldKind::yes_no:
    case FieldKind::signature:
      if (const auto flag = answer.as_bool()) {
        return language == "en" ? (*flag ? "Yes" : "No") : (*flag ? "Ja" : "Nee");
      }
      break;
    case FieldKind::choice:
      return option_words(field, answer, language);
    case FieldKind::choices: {
      std::vector<std::string> parts;
      for (const Value& item : answer.items()) {
        parts.push_back(option_words(field, item, language));
      }
      return joined(parts);
    }
    case FieldKind::list: {
      std::string text;
      for (const Value& row : answer.items()) {
        text += (text.empty() ? "" : "\n") + row_words(field, row, language);
      }
      return text;
    }
    case FieldKind::date:
      return date_words(answer.text_or_empty(), language);
    case FieldKind::money: {
      const Number* number = answer.as_number();
      const auto amount = parse_money(number != nullptr ? number->text : answer.text_or_empty());
      return amount ? format_euro(*amount) : answer.text_or_empty();
    }
    default:
      break;
  }
  if (const Number* number = answer.as_number()) {
    std::string text = number->text;
    if (language != "en") {
      std::replace(text.begin(), text.end(), '.', ',');
    }
    return text;
  }
  return answer.text_or_empty();
}

}  // namespace softbot::web

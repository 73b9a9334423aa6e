#include "web/letter_view.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "domain/measure.h"
#include "domain/zone.h"
#include "web/shared_views.h"
#include "web/words.h"

namespace softbot::web {
namespace {

constexpr double probable = 0.5;
/// What may be it too is shown from here on.
constexpr double possible = 0.05;

struct KindWords {
  std::string_view kind;
  std::string_view words;  ///< behind "Waarschijnlijk: "
  std::string_view event;  ///< what it becomes when it is laid with a case
  std::string_view type;   ///< what it asks for
};

constexpr std::array kind_words{
    KindWords{"objection", "bezwaar", "objection", ""},
    KindWords{"notice-of-default", "ingebrekestelling", "notice-of-default", ""},
    KindWords{"human-request", "vraag om een mens", "human-request", ""},
    KindWords{"withdrawal", "intrekking van een aanvraag", "withdrawal", ""},
    KindWords{"complaint", "klacht", "complaint", ""},
    KindWords{"explanation-request", "vraag om uitleg", "explanation-request", ""},
    KindWords{"repair-answer", "antwoord op een vraag van ons", "documents", ""},
    KindWords{"change-of-circumstances", "verandering in de situatie", "change-of-circumstances", ""},
    KindWords{"referrer-notice", "bericht van een verwijzer", "referrer-notice", ""},
    KindWords{"household-help", "aanvraag voor hulp bij het huishouden", "", "household-help"},
    KindWords{"small-aids", "aanvraag voor een hulpmiddel", "", "small-aids"},
    KindWords{"extension", "aanvraag om verlenging", "", "extension"},
    KindWords{"living-allowance", "aanvraag voor bijstand", "", "living-allowance"},
    KindWords{"general-notification", "melding voor de Wmo", "", "general-notification"},
    KindWords{"bank-statement", "rekeningafschrift", "documents", ""},
    KindWords{"identity-document", "kopie van een identiteitsbewijs", "documents", ""},
};

const KindWords* words_for(std::string_view kind) {
  const auto found = std::ranges::find(kind_words, kind, &KindWords::kind);
  return found == kind_words.end() ? nullptr : &*found;
}

double probability_in(const Value& likely) {
  return measure_within(likely["probability"], 0, 1).value_or(0);
}

std::string percent(double probability) {
  return std::to_string(std::lround(probability * 100)) + "%";
}

/// What the first letter of an item probably is; null when nothing is.
const KindWords* likely_kind(const Application& item) {
  const auto& letters = item.paper["letters"].items();
  if (letters.empty() || letters.front()["kinds"].items().empty()) return nullptr;
  const Value& first = letters.front()["kinds"].items().front();
  return probability_in(first) < probable ? nullptr : words_for(first["kind"].text_or_empty());
}

/// What the law asks when the letter is what it seems to be.
std::string term_of(std::string_view kind, Date received) {
  if (kind == "notice-of-default") {
    return "Is het een ingebrekestelling, en is de beslistermijn voorbij? Dan is er tot en met " +
           format_dutch(add_weeks(received, 2)) + " om te beslissen zonder dwangsom (Awb 4:17).";
  }
  if (kind == "objection") {
    return "Is het een bezwaar? Bevestig dan de ontvangst op " + format_dutch(received) +
           " (Awb 6:14). De termijn om erop te beslissen begint na de bezwaartermijn (Awb 7:10).";
  }
  if (kind == "human-request") {
    return "Vraagt de inwoner om een mens? Dan hoort die uiterlijk op " +
           format_dutch(add_months(received, 1)) + " wat u ermee doet (AVG 12 en 22).";
  }
  return {};
}

std::string joined(const Value& texts) {
  std::string all;
  for (const Value& text : texts.items()) all += (all.empty() ? "" : ", ") + text.text_or_empty();
  return all;
}

std::string address_of(const Value& sender) {
  const std::string street = sender["street"].text_or_empty() +
                             (sender["houseNumber"].text_or_empty().empty() ? "" : " ") +
                             sender["houseNumber"].text_or_empty();
  const std::string place = sender["postcode"].text_or_empty() +
                            (sender["town"].text_or_empty().empty() ? "" : " ") +
                            sender["town"].text_or_empty();
  return street + (street.empty() || place.empty() ? "" : ", ") + place;
}

Value facts_view(const Value& letter) {
  Value facts = Value::list();
  const auto add = [&](const char* key, std::string text) {
    if (!text.empty()) facts.push(Value::object({{"key", key}, {"text", std::move(text)}}));
  };
  add("Afzender", letter["sender"]["name"].text_or_empty());
  add("Adres", address_of(letter["sender"]));
  add("Datum van de brief", date_words(letter["date"].text_or_empty(), "nl"));
  add("Kenmerk", joined(letter["references"]));
  add("Ander nummer", joined(letter["numbers"]));
  return facts;
}

/// The words that speak for one kind, as they stand in the letter.
Value words_view(const Value& letter, std::string_view kind) {
  Value list = Value::list();
  for (const Value& one : letter["words"].items()) {
    if (one["kind"].text_or_empty() == kind) list.push(Value::object({{"text", one["words"]}}));
  }
  return list;
}

/// What else it may be.
std::string others_in(const Value& letter) {
  std::string others;
  const auto& kinds = letter["kinds"].items();
  for (std::size_t i = 1; i < kinds.size(); ++i) {
    const KindWords* words = words_for(kinds[i]["kind"].text_or_empty());
    const double probability = probability_in(kinds[i]);
    if (words == nullptr || probability < possible) continue;
    others += (others.empty() ? "" : ", ") + std::string(words->words) + " (" + percent(probability) + ")";
  }
  return others;
}

std::string pages_in(const Value& letter) {
  std::string numbers;
  for (const Value& page : letter["pages"].items())
    numbers += (numbers.empty() ? "" : ", ") + std::to_string(page.as_integer().value_or(0));
  return numbers;
}

Value letter_view(const Application& item, const Value& letter) {
  static const Value nothing = Value::object();
  const auto& kinds = letter["kinds"].items();
  const Value& first = kinds.empty() ? nothing : kinds.front();
  const KindWords* kind = words_for(first["kind"].text_or_empty());
  const bool little = letter["little"].as_bool().value_or(false);
  Value words = words_view(letter, first["kind"].text_or_empty());
  Value facts = facts_view(letter);
  const std::string& transcript = letter["transcript"].text_or_empty();
  const bool said = kind != nullptr && !little;
  return Value::object({{"letterPages", pages_in(letter)},
                        {"letterKind", said ? std::string(kind->words) : std::string()},
                        {"letterPercent", percent(probability_in(first))},
                        {"letterLittle", little},
                        {"hasLetterWords", said && !words.items().empty()},
                        {"letterWords", std::move(words)},
                        {"letterOthers", others_in(letter)},
                        {"letterTerm", said ? term_of(kind->kind, local_date(item.received)) : std::string()},
                        {"hasLetterFacts", !facts.items().empty()},
                        {"letterFacts", std::move(facts)},
                        {"transcript", transcript}});
}

Value cases_view(const Visit& visit, const Application& item) {
  Value list = Value::list();
  for (const Value& one : item.paper["cases"].items()) {
    list.push(Value::object({{"caseReference", one["reference"]},
                             {"caseTitle", type_title(visit, one["type"].text_or_empty(), item.municipality)},
                             {"caseReceived", date_words(one["received"].text_or_empty(), "nl")},
                             {"byReference", one["by"].text_or_empty() == "reference"},
                             {"byBsn", one["by"].text_or_empty() == "bsn"},
                             {"byNearly", one["by"].text_or_empty() == "like-reference"}}));
  }
  return list;
}

}  // namespace

Value letters_view(const Visit& visit, const Application& item) {
  Value letters = Value::list();
  for (const Value& letter : item.paper["letters"].items()) letters.push(letter_view(item, letter));
  Value cases = cases_view(visit, item);
  const bool many = letters.items().size() > 1;
  return Value::object({{"hasLetters", !letters.items().empty()},
                        {"manyLetters", many},
                        {"letters", std::move(letters)},
                        {"hasCases", !cases.items().empty()},
                        {"cases", std::move(cases)}});
}

std::string likely_event(const Application& item) {
  const KindWords* kind = likely_kind(item);
  return kind == nullptr ? std::string() : std::string(kind->event);
}

std::string likely_type(const Application& item) {
  const KindWords* kind = likely_kind(item);
  return kind == nullptr ? std::string() : std::string(kind->type);
}

std::string proposed_case(const Application& item) {
  const auto& cases = item.paper["cases"].items();
  return cases.size() == 1 ? cases.front()["reference"].text_or_empty() : std::string();
}

}  // namespace softbot::web

#include "web/paper_check.h"

#include <algorithm>
#include <charconv>

#include "domain/paper.h"
#include "forms/catalogue.h"
#include "forms/normalise.h"
#include "forms/structure.h"
#include "web/word_table.h"
#include "web/words.h"

namespace softbot::web {
namespace {

/// More than these help nobody to choose: then it is quicker to type.
constexpr std::size_t most_alternatives = 4;

constexpr std::array states{
    Word{"certain", "Zeker gelezen", ""},
    Word{"repaired", "Verbeterd: wat er leek te staan, bestaat niet", ""},
    Word{"doubtful", "Niet zeker", ""},
    Word{"empty", "Leeg", ""},
    Word{"unreadable", "Niet te lezen", ""},
};

constexpr std::array remedies{
    Word{"page-missing",
         "Wat op die pagina staat, vraagt de bot aan de inwoner. Komt de pagina later binnen, dan komt die "
         "vanzelf bij deze zaak. Vink dit alleen aan als u de pagina niet nodig hebt.",
         ""},
    Word{"page-unreadable",
         "Kijk hiernaast wat er staat en neem het over bij ‘Gegevens verbeteren’ op de pagina van de zaak. "
         "Kunt u het ook niet lezen? Vraag het dan aan de inwoner.",
         ""},
    Word{"page-twice", "Vergelijk de twee pagina’s. Weet u niet welke geldt? Vraag het aan de inwoner.", ""},
    Word{"pages-disagree", "Kijk of alle pagina’s van dezelfde inwoner zijn. Zo niet: vraag het na.", ""},
    Word{
        "form-of-other-version",
        "Kijk of er antwoorden ontbreken die we nu wel vragen. Vraag die aan de inwoner, of vink dit aan als "
        "er niets ontbreekt.",
        ""},
    Word{"form-by-template",
         "Vergelijk de antwoorden hieronder met de pagina’s, en zet recht wat niet klopt. Klopt alles? Vink "
         "dit "
         "dan aan. De beheerder kan deze controle weglaten als het formulier vaak genoeg goed is gelezen.",
         ""},
    Word{"pages-by-order",
         "Kijk of alle pagina’s van dezelfde inwoner zijn. Zo ja: vink dit aan. Zo niet: vraag het na.", ""},
    Word{
        "looks-like-earlier",
        "Kijk of het dezelfde vraag is als een andere aanvraag van deze inwoner. Is het dezelfde? Beslis dan "
        "maar één van de twee, en laat de inwoner de andere intrekken. Is het een nieuwe vraag? Vink dit "
        "aan.",
        ""},
};

std::string id_of_field(std::string_view name) {
  std::string id;
  for (const char c : name) {
    if (c == ']') continue;
    id += c == '[' || c == '.' ? '-' : c;
  }
  return id;
}

const Field* row_field(const Field& list, std::string_view name) {
  const auto found = std::find_if(list.fields.begin(), list.fields.end(),
                                  [&](const Field& one) { return one.name == name; });
  return found == list.fields.end() ? nullptr : &*found;
}

/// Finds the question that a reading answers, a row's own question included.
void find_question(const FormDefinition* definition, PaperCheck& check) {
  const auto open = check.name.find('[');
  const auto close = check.name.find("].");
  const bool in_row = open != std::string::npos && close != std::string::npos && open + 1 < close;
  const std::string top = check.name.substr(0, open);
  const Field* field = definition == nullptr ? nullptr : definition->find(top);
  check.question = field == nullptr ? check.name : field->label.nl;
  if (in_row) {
    check.list = top;
    std::from_chars(check.name.data() + open + 1, check.name.data() + close, check.row);
    const Field* own = field == nullptr ? nullptr : row_field(*field, check.name.substr(close + 2));
    if (own != nullptr)
      check.question = field->row_label.nl + " " + std::to_string(check.row + 1) + ": " + own->label.nl;
    field = own;
  }
  check.known = field != nullptr;
  if (field != nullptr) check.field = *field;
}

Value value_now(const PaperCheck& check, const Application& application) {
  const Value& part = check.common ? application.common : application.fields;
  if (check.list.empty()) return part[check.name];
  const auto& rows = part[check.list].items();
  return check.row < rows.size() ? rows[check.row][check.field.name] : Value();
}

/// What may stand there too, as answers that the question takes; each once.
std::vector<Value> alternatives_of(const PaperCheck& check) {
  std::vector<Value> alternatives;
  const auto add = [&](const Value& raw) {
    if (raw.is_null() || !check_field_structure(check.field, raw, "").empty()) return;
    Value answer = normalise_answer(check.field, raw);
    if (answer == check.value || paper_answer_words(check, answer).empty()) return;
    if (alternatives.size() < most_alternatives &&
        std::find(alternatives.begin(), alternatives.end(), answer) == alternatives.end())
      alternatives.push_back(std::move(answer));
  };
  if (!check.known) return alternatives;
  add(check.reading["raw"]);
  for (const Value& alternative : check.reading["alternatives"].items()) add(alternative["value"]);
  return alternatives;
}

bool is_asked_for(const Application& application, const std::string& name) {
  return std::any_of(application.reasons.begin(), application.reasons.end(), [&](const Reason& reason) {
    return reason.code == "field-doubtful" && reason.field == name;
  });
}

Check check_of(const PaperCheck& check, const Application& application) {
  const std::string& field_class = check.reading["class"].text_or_empty();
  if (check.reading["look"].text_or_empty() == "pending") return Check::look;
  if (field_class == "signature" || field_class == "free" || paper::is_settled(application, check.name))
    return Check::nothing;
  return field_class == "decisive" || is_asked_for(application, check.name) ? Check::must : Check::may;
}

int rank_of(const PaperCheck& check) {
  const bool doubtful = check.reading["state"].text_or_empty() == "doubtful";
  switch (check.check) {
    case Check::must:
      return doubtful ? 0 : 1;
    case Check::look:
      return 2;
    case Check::may:
      return doubtful ? 3 : 4;
    case Check::nothing:
      break;
  }
  return 5;
}

std::string by_words(const Value& look) {
  return " door " + look["by"].text_or_empty() + " op " + moment_words(look["at"].text_or_empty());
}

}  // namespace

std::vector<PaperCheck> paper_checks(const Configuration& configuration, const Application& application) {
  const FormDefinition* own = configuration.forms->find(application.type, application.municipality);
  std::vector<PaperCheck> checks;
  for (const Value::Member& member : application.readings.members()) {
    PaperCheck check;
    check.name = member.name;
    check.id = id_of_field(member.name);
    check.common = member.value["part"].text_or_empty() == "common";
    check.reading = member.value;
    find_question(check.common ? &configuration.forms->common() : own, check);
    check.value = value_now(check, application);
    check.check = check_of(check, application);
    if (check.check == Check::must || check.check == Check::may) check.alternatives = alternatives_of(check);
    checks.push_back(std::move(check));
  }
  std::stable_sort(checks.begin(), checks.end(), [](const PaperCheck& left, const PaperCheck& right) {
    return rank_of(left) < rank_of(right);
  });
  return checks;
}

std::string reading_words(const PaperCheck& check) {
  const Value& reading = check.reading;
  if (reading["checked"].is_object()) return "Nagekeken" + by_words(reading["checked"]);
  if (reading["lookedAt"].is_object()) return "Bekeken" + by_words(reading["lookedAt"]);
  if (reading["look"].text_or_empty() == "pending") return "Nog bekijken";
  if (reading["support"].text_or_empty() == "receipt") return "Past bij de dag van ontvangst";
  if (reading["support"].text_or_empty() == "every-reading") return "Maakt voor de uitkomst niet uit";
  if (reading["support"].text_or_empty() == "provision") return "Past bij een besluit dat deze inwoner kreeg";
  if (reading["support"].is_text()) return "Bevestigd door het register";
  if (!reading["applies"].as_bool().value_or(true)) return "Hoeft niet: deze vraag geldt hier niet";
  return look_up_or_name(states, reading["state"].text_or_empty(), "nl");
}

std::string reading_badge(const PaperCheck& check) {
  if (check.check != Check::nothing) return "warning";
  const std::string& state = check.reading["state"].text_or_empty();
  const bool settled = check.reading["checked"].is_object() || check.reading["support"].is_text();
  return settled || state == "certain" ? "safe" : "neutral";
}

std::string paper_answer_words(const PaperCheck& check, const Value& answer) {
  if (answer.is_null()) return "niets ingevuld";
  if (check.known) return answer_words(check.field, answer, "nl");
  if (const auto flag = answer.as_bool()) return *flag ? "ja" : "nee";
  if (const Number* number = answer.as_number()) return number->text;
  return answer.text_or_empty();
}

PaperLeft paper_left(const std::vector<PaperCheck>& checks, const Application& application) {
  PaperLeft left;
  for (const PaperCheck& check : checks) {
    left.fields += check.check == Check::must ? 1U : 0U;
    left.looks += check.check == Check::look ? 1U : 0U;
  }
  left.doubts = paper::open_doubts(application).size();
  return left;
}

std::string paper_left_words(const PaperLeft& left) {
  std::string text;
  if (left.fields > 0)
    text += left.fields == 1 ? "1 antwoord is niet zeker gelezen. "
                             : std::to_string(left.fields) + " antwoorden zijn niet zeker gelezen. ";
  if (left.looks > 0)
    text += left.looks == 1
                ? "Er is op 1 plek iets met de hand bij geschreven. "
                : "Er is op " + std::to_string(left.looks) + " plekken iets met de hand bij geschreven. ";
  if (left.doubts > 0)
    text += left.doubts == 1 ? "Er is 1 vraag over het papier zelf. "
                             : "Er zijn " + std::to_string(left.doubts) + " vragen over het papier zelf. ";
  if (!text.empty()) text.pop_back();
  return text;
}

std::string doubt_remedy_words(std::string_view code) {
  return look_up(remedies, code, "nl");
}

}  // namespace softbot::web

#include "pipeline/register_entry.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "domain/zone.h"
#include "pipeline/policy_explanation.h"
#include "policy/safeguards.h"
#include "policy/share.h"

namespace softbot::pipeline {
namespace {

// The longest values that the publication standard takes, in characters.
constexpr std::size_t longest_name = 100;
constexpr std::size_t longest_summary = 350;
constexpr std::size_t longest_text = 2'500;
constexpr std::size_t longest_method = 5'000;

struct Law {
  std::string_view id;
  std::string_view title;
  std::string_view link;
  std::string_view theme;
};
constexpr std::array laws{
    Law{"wmo2015", "Wet maatschappelijke ondersteuning 2015", "https://wetten.overheid.nl/BWBR0035362",
        "Zorg en gezondheid"},
    Law{"participatiewet", "Participatiewet", "https://wetten.overheid.nl/BWBR0015703", "Sociale zekerheid"}};

/// Characters, not bytes: continuation bytes of UTF-8 do not count.
std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// Whole lines of a text as far as they fit, and where the rest is to be read; a single line is cut.
std::string fitting(const std::string& text, std::size_t most, const std::string& rest) {
  if (characters(text) <= most) return text;
  std::string kept;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = text.find('\n', begin);
    end = end == std::string::npos ? text.size() : end + 1;
    const std::string line = text.substr(begin, end - begin);
    if (characters(kept) + characters(line) + characters(rest) > most) break;
    kept += line;
    begin = end;
  }
  if (!kept.empty()) return kept + rest;
  for (const char c : text) {
    const bool begins = (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    if (begins && characters(kept) == most) break;
    kept += c;
  }
  return kept;
}

const Law& law_of(const FormDefinition& form) {
  const auto found =
      std::find_if(laws.begin(), laws.end(), [&](const Law& law) { return law.id == form.law; });
  return found == laws.end() ? laws.front() : *found;
}

Value links(const std::vector<TitledLink>& list) {
  Value all = Value::list();
  for (const TitledLink& one : list) {
    Value link = Value::object({{"title", one.title}});
    if (!one.link.empty()) link.set("link", one.link);
    all.push(std::move(link));
  }
  return all;
}

/// What goes into every entry of one municipality.
struct Source {
  const Configuration& configuration;
  const Municipality& municipality;
  const AlgorithmRegister& own;
  ActivePolicyWords policy;
  SafeguardSettings safeguards;
  std::string page;  ///< where residents read the policy
};

std::string human_intervention(const Source& source, const std::string& type) {
  std::string text =
      "Het algoritme kan alleen toekennen. Het wijst nooit af en kent nooit maar een deel toe. Alles wat "
      "niet "
      "zeker is of niet aan elke regel voldoet, gaat naar een consulent. ";
  if (const auto share = source.safeguards.sample(source.municipality.id, type))
    text += "Van wat het algoritme wil toekennen, bekijkt een medewerker " + percent_words(*share) +
            " eerst, als steekproef. ";
  return text +
         "Een inwoner mag altijd om een mens vragen en kan bezwaar maken. Een nieuwe versie van de regels "
         "gaat pas "
         "gelden als een tweede persoon die goedkeurt. Een beheerder kan het algoritme met een noodstop "
         "meteen "
         "stilzetten.";
}

std::string risks(const Source& source, const std::string& type) {
  const SampleTestSettings& test = source.safeguards.sample_test;
  std::string text =
      "Een gegeven dat niet met zekerheid is gelezen of niet door de basisregistratie is bevestigd, leidt "
      "nooit tot "
      "een toekenning. ";
  if (const auto cap = source.safeguards.cap(source.municipality.id, type))
    text += "Per dag kent het algoritme hooguit " + std::to_string(cap->number) +
            " aanvragen van deze soort toe. ";
  text += "Een toets op de steekproef telt hoe vaak een mens anders beslist. Hooguit " +
          percent_words(test.acceptable) +
          " is goed. Wijst de toets op meer, dan stopt het algoritme vanzelf. Bij " +
          percent_words(test.unacceptable) + " fouten stopt het in ten minste " +
          percent_words(whole_share - test.missed) + " van de rondes van de toets. ";
  return text +
         "Beheerders zien per leeftijdsgroep, gemeente en manier van aanvragen welk deel naar een consulent "
         "gaat. Zo "
         "valt op of een groep zwaarder wordt getroffen. Afkomst en wijk tellen niet mee. Wat op papier niet "
         "zeker te lezen is, bekijkt een mens. Elk "
         "besluit "
         "noemt de versie van de regels en is opnieuw na te rekenen.";
}

std::string source_data(const Source& source, const TypeWords& words, const FormDefinition& form) {
  std::string text =
      "Basisregistratie Personen (BRP): klopt het burgerservicenummer bij naam en adres, leeftijd, woont in "
      "de "
      "gemeente.\nEigen administratie van de gemeente: hulp die de inwoner al heeft, eerdere aanvragen en de "
      "datum van "
      "de aanvraag.\nAntwoorden op het aanvraagformulier:\n";
  const FormDefinition& common = source.configuration.forms->common();
  for (const std::string& name : words.inputs) {
    const Field* field = form.find(name);
    if (field == nullptr) field = common.find(name);
    if (field != nullptr) text += "- " + field->label.nl + "\n";
  }
  return text;
}

std::string method(const Source& source, const TypeWords& words) {
  return "Beslisregels (DMN), niet zelflerend. Invoer: de gegevens hierboven. Uitvoer: toekennen, of "
         "doorgeven aan "
         "een consulent met alle redenen. Versie " +
         source.policy.version.substr(0, 12) + ", in de opslag sinds " +
         format_iso(local_date(source.policy.since)) + ".\n\n" + policy_text({words});
}

Value entry_of(const Source& source, const TypeWords& words, const FormDefinition& form) {
  const Law& law = law_of(form);
  const std::string& title = form.title.nl;
  const std::string more = "Lees verder: " + source.page;
  Value entry = Value::object(
      {{"name", fitting("Aanvragen beoordelen: " + title, longest_name, "")},
       {"description_short", fitting("Dit algoritme beoordeelt aanvragen voor: " + title +
                                         ". Voldoet een aanvraag aan alle regels en is alles zeker, dan kent "
                                         "het toe. Al het andere gaat "
                                         "naar een consulent. Het wijst nooit af.",
                                     longest_summary, "")},
       {"organization", source.municipality.display},
       {"category", Value::list()},
       {"status", "In gebruik"},
       {"begin_date", source.own.in_use_since.empty()
                          ? format_iso(local_date(source.policy.since)).substr(0, 7)
                          : source.own.in_use_since},
       {"contact_email", source.own.contact},
       {"website", source.page},
       {"publication_category", source.own.publication_category},
       {"goal",
        fitting("Inwoners met een eenvoudige aanvraag krijgen snel duidelijkheid. " + words.description +
                    " Inwoners merken het algoritme doordat zij het besluit sneller krijgen.",
                longest_text, more)},
       {"human_intervention", human_intervention(source, form.type)},
       {"risks", risks(source, form.type)},
       {"lawful_basis",
        "De gemeente beslist op deze aanvraag volgens de " + std::string(law.title) +
            ". De Algemene wet bestuursrecht zegt hoe een besluit wordt genomen en uitgelegd."},
       {"source_data", fitting(source_data(source, words, form), longest_text, more)},
       {"methods_and_models", fitting(method(source, words), longest_method, more)},
       {"lang", "nld"},
       {"standard_version", "1.0"},
       {"source_id", source.municipality.id + "/" + form.type + "@" + source.policy.version.substr(0, 12)},
       {"tags", title + ", " + std::string(law.title) + ", beslisregels, DMN"}});
  Value category = Value::list();
  category.push(law.theme);
  entry.set("category", std::move(category));
  std::vector<TitledLink> basis{{std::string(law.title), std::string(law.link)},
                                {"Algemene wet bestuursrecht", "https://wetten.overheid.nl/BWBR0005537"}};
  // The standard wants an address with each of these.
  std::copy_if(source.own.local_rules.begin(), source.own.local_rules.end(), std::back_inserter(basis),
               [](const TitledLink& rule) { return !rule.link.empty(); });
  entry.set("lawful_basis_grouping", links(basis));
  const std::array<std::pair<const char*, const std::string*>, 5> told{
      {{"proportionality", &source.own.considerations},
       {"process_index_url", &source.own.processing_register},
       {"provider", &source.own.provider},
       {"publiccode", &source.own.source_code},
       {"impacttoetsen", &source.own.impact_note}}};
  for (const auto& [name, text] : told) {
    if (!text->empty()) entry.set(name, *text);
  }
  if (!source.own.impact_assessments.empty())
    entry.set("impacttoetsen_grouping", links(source.own.impact_assessments));
  return entry;
}

Result<const Municipality*> municipality_of(const Configuration& configuration, std::string_view id) {
  const auto found = configuration.municipalities->find(id);
  if (found == configuration.municipalities->end())
    return fail(ErrorCode::not_found, "There is no municipality with this name.");
  return &found->second;
}

Value values_of(const std::vector<ParameterWords>& uses) {
  Value list = Value::list();
  for (const ParameterWords& use : uses) {
    list.push(Value::object(
        {{"name", use.name}, {"label", use.label}, {"value", use.value}, {"explanation", use.explanation}}));
  }
  return list;
}

Value texts_of(const std::vector<std::string>& texts) {
  Value list = Value::list();
  for (const std::string& text : texts) list.push(text);
  return list;
}

Value type_value(const TypeWords& type) {
  Value conditions = Value::list();
  for (const ConditionWords& condition : type.conditions) {
    Value refers = Value::list();
    for (const ReasonWords& reason : condition.refers)
      refers.push(Value::object({{"code", reason.code}, {"sentence", reason.sentence}}));
    conditions.push(Value::object({{"name", condition.name},
                                   {"sentence", condition.sentence},
                                   {"met", texts_of(condition.met)},
                                   {"refers", std::move(refers)},
                                   {"values", values_of(condition.uses)}}));
  }
  Value steps = Value::list();
  for (const StepWords& step : type.steps) {
    steps.push(Value::object(
        {{"sentence", step.sentence}, {"lines", texts_of(step.lines)}, {"values", values_of(step.uses)}}));
  }
  return Value::object({{"type", type.type},
                        {"title", type.title},
                        {"description", type.description},
                        {"conditions", std::move(conditions)},
                        {"steps", std::move(steps)}});
}

}  // namespace

Result<Value> register_entries(Transaction& transaction, const Configuration& configuration,
                               std::string_view municipality, Date day) {
  const auto found = municipality_of(configuration, municipality);
  if (!found) return fail(found.error());
  const auto& own = (*found)->algorithm_register;
  if (!own) {
    return fail(ErrorCode::not_found, "municipalities/" + (*found)->id +
                                          ".json has no \"algorithmRegister\". Add publicationCategory and "
                                          "contact: what only the municipality knows.");
  }
  auto policy = active_policy_words(transaction);
  if (!policy) return fail(policy.error());
  const auto row = transaction.setting("safeguards");
  auto safeguards = row ? safeguard_settings_from(*row) : Result<SafeguardSettings>(SafeguardSettings{});
  if (!safeguards) return fail(safeguards.error());
  const std::string page = configuration.public_address.empty()
                               ? (*found)->website
                               : configuration.public_address + "/beleid?gemeente=" + (*found)->id;
  const Source source{configuration, **found, *own, *std::move(policy), *std::move(safeguards), page};
  Value entries = Value::list();
  for (const TypeWords& words :
       explain_policy(source.policy.words, *configuration.forms, municipality, day)) {
    const FormDefinition* form = configuration.forms->find(words.type, municipality);
    if (form != nullptr) entries.push(entry_of(source, words, *form));
  }
  return entries;
}

Result<Value> policy_explanation(Transaction& transaction, const Configuration& configuration,
                                 std::string_view municipality, Date day) {
  const auto found = municipality_of(configuration, municipality);
  if (!found) return fail(found.error());
  const auto policy = active_policy_words(transaction);
  if (!policy) return fail(policy.error());
  Value types = Value::list();
  for (const TypeWords& type : explain_policy(policy->words, *configuration.forms, municipality, day))
    types.push(type_value(type));
  return Value::object({{"version", policy->version},
                        {"since", format_instant(policy->since)},
                        {"municipality", (*found)->id},
                        {"types", std::move(types)}});
}

Result<std::string> policy_explanation_text(Transaction& transaction, const Configuration& configuration,
                                            std::string_view municipality, Date day) {
  const auto found = municipality_of(configuration, municipality);
  if (!found) return fail(found.error());
  const auto policy = active_policy_words(transaction);
  if (!policy) return fail(policy.error());
  return policy_text(explain_policy(policy->words, *configuration.forms, municipality, day));
}

}  // namespace softbot::pipeline

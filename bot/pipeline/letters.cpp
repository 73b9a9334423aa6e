#include "pipeline/letters.h"

#include "domain/date.h"
#include "domain/deadlines.h"
#include "domain/money.h"
#include "domain/working_days.h"
#include "domain/zone.h"
#include "pipeline/announce.h"

namespace softbot::pipeline {
namespace {

Value lines(std::initializer_list<std::string> all) {
  Value list = Value::list();
  for (const std::string& line : all) {
    if (!line.empty()) list.push(line);
  }
  return list;
}

Value text_or_null(const std::string& text) {
  return text.empty() ? Value() : Value(text);
}

Value address_lines(const PostalAddress& address) {
  return lines({address.name, address.street, address.postcode + "  " + address.town});
}

Value municipality_value(const Municipality& municipality, const Application& application) {
  const PostalAddress& post = municipality.return_address;
  return Value::object({{"name", municipality.name},
                        {"letterhead", municipality.display},
                        {"department", application.law == "participatiewet" ? "Team Inkomen" : "Team Wmo"},
                        {"postalAddress", lines({post.street, post.postcode + "  " + post.town})},
                        {"website", municipality.website},
                        {"window", "left"},
                        {"colour", municipality.accent_colour}});
}

std::string typed_name(const Application& application) {
  const std::string& initials = application.common["initials"].text_or_empty();
  const std::string& name = application.common["birthName"].text_or_empty();
  if (initials.empty() && name.empty()) return "heer of mevrouw";
  return initials.empty() ? name : initials + " " + name;
}

std::string register_name(const RegisterPerson& person) {
  std::string name = person.initials;
  for (const std::string& part : {person.prefix, person.surname}) {
    if (!part.empty()) name += (name.empty() ? "" : " ") + part;
  }
  return name;
}

std::string street_line(const Address& address) {
  std::string line = address.street + " " + address.house_number;
  if (!address.house_number_addition.empty()) line += " " + address.house_number_addition;
  return line;
}

/// "1234 AB  Voorbeeld", as envelopes have it.
std::string postcode_line(const Address& address) {
  const std::string& code = address.postcode;
  const bool compact = code.size() == 6 && code.find(' ') == std::string::npos;
  return (compact ? code.substr(0, 4) + " " + code.substr(4) : code) + "  " + address.town;
}

std::string hours_in_words(std::int64_t minutes) {
  const auto part = [](std::int64_t number, const char* one, const char* many) {
    return std::to_string(number) + " " + (number == 1 ? one : many);
  };
  if (minutes < 60) return part(minutes, "minuut", "minuten");
  std::string words = part(minutes / 60, "uur", "uur");
  if (minutes % 60 != 0) words += " en " + part(minutes % 60, "minuut", "minuten");
  return words;
}

std::string in_lower_case(std::string text) {
  if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z') text[0] = static_cast<char>(text[0] - 'A' + 'a');
  return text;
}

std::string aid_in_words(const Configuration& configuration, const Application& application,
                         const std::string& aid) {
  const auto* definition = configuration.forms->find(application.type, application.municipality);
  const Field* field = definition == nullptr ? nullptr : definition->find("aid");
  const Option* option = field == nullptr ? nullptr : field->option(aid);
  return option == nullptr ? aid : in_lower_case(option->label.nl);
}

Value contribution_of(const Municipality& municipality, const Value& grant) {
  // A grant says what is contributed; when it is silent, the household's contribution of the year of the
  // first day holds.
  if (const auto cents = grant["contributionCents"].as_integer()) {
    if (*cents == 0) return {};
    return Value::object({{"amount", format_euro(Cents{*cents})}, {"per", "maand"}});
  }
  const auto from = parse_iso_date(grant["from"].text_or_empty());
  const auto amount = from ? own_contribution_on(municipality, *from) : std::nullopt;
  if (!amount) return {};
  return Value::object({{"amount", format_euro(*amount)}, {"per", "maand"}});
}

const Municipality& municipality_of(const Configuration& configuration, const Application& application) {
  // A municipality that was taken out of the configuration: the bot grants nothing there, people still write
  // letters.
  static const Municipality unknown;
  const auto found = configuration.municipalities->find(application.municipality);
  return found == configuration.municipalities->end() ? unknown : found->second;
}

}  // namespace

Date planned_posting(Date today) {
  return add_working_days(today, 1);
}

std::string title_of(const Configuration& configuration, const Application& application) {
  const auto* definition = configuration.forms->find(application.type, application.municipality);
  return definition == nullptr ? application.type : definition->title.nl;
}

Value letter_context(const Configuration& configuration, const Application& application, Date date) {
  const Municipality& municipality = municipality_of(configuration, application);
  Value context = Value::object();
  context.set("language", application.language);
  context.set("municipality", municipality_value(municipality, application));
  context.set("recipient", Value::object({{"name", typed_name(application)}, {"address", Value::list()}}));
  context.set("contact", Value::object({{"name", municipality.display},
                                        {"phone", municipality.phone},
                                        {"hours", municipality.opening_hours},
                                        {"email", text_or_null(municipality.email)}}));
  context.set("date", format_iso(date));
  context.set("online", text_or_null(configuration.public_address));
  context.set("reference", application.reference.text);
  context.set("title", title_of(configuration, application));
  context.set("received", format_iso(local_date(application.received)));
  context.set("wmo", application.law == "wmo2015");
  const ClientSupport& support = municipality.client_support;
  context.set("clientSupport", application.law != "wmo2015"
                                   ? Value()
                                   : Value::object({{"name", support.name},
                                                    {"phone", support.phone},
                                                    {"website", text_or_null(support.website)}}));
  return context;
}

Value to_value(const RegisterPerson& person) {
  Value address;
  if (person.address) {
    address = Value::object({{"street", person.address->street},
                             {"houseNumber", person.address->house_number},
                             {"houseNumberAddition", person.address->house_number_addition},
                             {"postcode", person.address->postcode},
                             {"town", person.address->town}});
  }
  return Value::object({{"initials", person.initials},
                        {"firstNames", person.first_names},
                        {"prefix", person.prefix},
                        {"surname", person.surname},
                        {"partnerPrefix", person.partner_prefix},
                        {"partnerSurname", person.partner_surname},
                        {"birthDate", person.birth_date ? Value(format_iso(*person.birth_date)) : Value()},
                        {"deceased", person.deceased},
                        {"emigrated", person.emigrated},
                        {"secretAddress", person.secret_address},
                        {"addressUnderInvestigation", person.address_under_investigation},
                        {"recordSuspended", person.record_suspended},
                        {"address", address},
                        {"municipalityCode", person.municipality_code}});
}

std::optional<RegisterPerson> register_person_of(const Application& application) {
  // An answer about another number than the one that stands in the case now says nothing about this resident.
  const Value& kept = application.facts["registerPerson"];
  if (!kept.is_object() || kept["bsn"] != application.common["bsn"]) return std::nullopt;
  RegisterPerson person;
  person.initials = kept["initials"].text_or_empty();
  person.prefix = kept["prefix"].text_or_empty();
  person.surname = kept["surname"].text_or_empty();
  person.secret_address = kept["secretAddress"].as_bool().value_or(false);
  person.deceased = kept["deceased"].as_bool().value_or(false);
  if (const auto birth = parse_iso_date(kept["birthDate"].text_or_empty())) person.birth_date = *birth;
  if (const Value& address = kept["address"]; address.is_object()) {
    person.address = Address{address["street"].text_or_empty(), address["houseNumber"].text_or_empty(),
                             address["houseNumberAddition"].text_or_empty(),
                             address["postcode"].text_or_empty(), address["town"].text_or_empty()};
  }
  return person;
}

void address_to(Value& context, const RegisterPerson& person) {
  Value address = Value::list();
  if (person.address) {
    address = lines({street_line(*person.address), postcode_line(*person.address)});
  }
  context.set("recipient", Value::object({{"name", register_name(person)}, {"address", address}}));
}

Value address_value(const RegisterPerson& person) {
  if (!person.address) return {};
  return Value::object({{"name", register_name(person)},
                        {"street", street_line(*person.address)},
                        {"postcode", person.address->postcode},
                        {"town", person.address->town}});
}

Value granted_in_words(const Configuration& configuration, const Application& application,
                       const Value& grant) {
  const Municipality& municipality = municipality_of(configuration, application);
  const auto minutes = grant["minutesPerWeek"].as_integer();
  const std::string& aid = grant["aid"].text_or_empty();
  const std::string& provider = grant["provider"].text_or_empty();
  const std::string aid_words = aid.empty() ? std::string() : aid_in_words(configuration, application, aid);
  const std::string what =
      aid.empty() ? in_lower_case(title_of(configuration, application)) : "een " + aid_words;
  Value granted = Value::object({{"what", what}});
  granted.set("minutesPerWeek", minutes ? Value(*minutes) : Value());
  granted.set("inHours", minutes ? Value(hours_in_words(*minutes)) : Value());
  granted.set("aid", text_or_null(aid_words));
  granted.set("note", text_or_null(grant["note"].text_or_empty()));
  granted.set("from", grant["from"]);
  granted.set("until", grant["until"]);
  granted.set("provider",
              provider.empty() ? Value() : Value::object({{"name", provider}, {"phone", Value()}}));
  granted.set("contribution", contribution_of(municipality, grant));
  return granted;
}

Value objection_in_words(const Configuration& configuration, const Application& application, Date published) {
  const Municipality& municipality = municipality_of(configuration, application);
  return Value::object({{"lastDay", format_iso(objection_last_day(published))},
                        {"address", address_lines(municipality.objection_address)},
                        {"website", text_or_null(municipality.website)}});
}

Value texts_of(const std::vector<Reason>& reasons) {
  Value list = Value::list();
  for (const Reason& reason : reasons) list.push(Value::object({{"text", reason.text}}));
  return list;
}

Value texts_of(const std::vector<Asked>& asked) {
  Value list = Value::list();
  for (const Asked& item : asked) list.push(Value::object({{"text", item.text}}));
  return list;
}

namespace {

/// Paper by nature: a sheet to sign, and the code for who did not sign in.
bool is_for_paper(std::string_view letter) {
  return letter == "sign-sheet" || letter == "receipt";
}

}  // namespace

OutboxRecord letter_row(const Services& services, const Application& application, std::string_view channel,
                        std::string_view letter, std::string_view title, Value context, Date planned) {
  OutboxRecord row;
  row.key =
      application.reference.text + "-" + std::string(letter) + "-" + std::to_string(application.version + 1);
  row.reference = application.reference;
  row.person = application.person;
  row.channel = !is_for_paper(letter) && mail_address_of(services, application) ? "mail" : channel;
  row.state = "waiting";
  row.created = services.clock.now();
  if (row.channel == "post") row.planned_date = planned;
  const auto person = register_person_of(application);
  row.content = Value::object({{"letter", letter},
                               {"title", title},
                               {"address", person ? address_value(*person) : Value()},
                               {"context", std::move(context)}});
  return row;
}

Value legal_basis_of(const Application& application) {
  if (application.law == "participatiewet")
    return lines({"Participatiewet", "Algemene wet bestuursrecht (Awb)"});
  return lines({"Wet maatschappelijke ondersteuning 2015 (Wmo 2015), artikel 2.3.5",
                "Wmo 2015, artikel 2.3.2 (het onderzoek)",
                "Algemene wet bestuursrecht (Awb), artikel 3:46 en 3:47"});
}

}  // namespace softbot::pipeline

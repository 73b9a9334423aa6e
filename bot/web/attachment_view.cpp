#include "web/attachment_view.h"

#include <algorithm>
#include <array>
#include <optional>

#include "domain/date.h"
#include "domain/iban.h"
#include "forms/bank_statement.h"
#include "web/word_table.h"
#include "web/words.h"

namespace softbot::web {
namespace {

constexpr std::array reasons{
    Word{"encrypted", "er staat een wachtwoord op", ""},
    Word{"damaged", "het bestand is beschadigd", ""},
    Word{"unsupported", "dit soort bestand wordt niet gelezen", ""},
    Word{"too-large", "het bestand is te groot", ""},
    Word{"too-many-pages", "het bestand heeft te veel bladzijden", ""},
    Word{"empty", "het bestand is leeg", ""},
    Word{"time", "het lezen duurde te lang", ""},
    Word{"memory", "het bestand is te groot om te lezen", ""},
    Word{"off", "hier worden geen bestanden gelezen", ""},
};

std::string formatted(const std::string& account) {
  const auto iban = parse_iban(account);
  return iban ? iban->formatted() : account;
}

std::string days(const std::string& from, const std::string& until) {
  if (from.empty() || until.empty()) return from.empty() ? until : from;
  return date_words(from, "nl") + " tot en met " + date_words(until, "nl");
}

std::string days(const BankStatement& statement) {
  return days(format_iso(*statement.from), format_iso(*statement.until));
}

std::string balances(const BankStatement& statement) {
  if (statement.opening && statement.closing)
    return "saldo van " + format_euro(*statement.opening) + " naar " + format_euro(*statement.closing);
  if (statement.opening) return "saldo aan het begin " + format_euro(*statement.opening);
  return statement.closing ? "saldo aan het eind " + format_euro(*statement.closing) : std::string();
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) {
    if (!part.empty()) text += (text.empty() ? "" : ", ") + part;
  }
  return text;
}

/// "Gelezen uit het bestand: rekening ..., op naam van ..., 1 juli 2026 tot en met 31 juli 2026, saldo ...".
std::string sentence_of(const BankStatement& statement) {
  std::string period = "periode niet gevonden";
  if (statement.period == PeriodSource::stated) period = days(statement);
  if (statement.period == PeriodSource::estimated)
    period = "periode niet gevonden (transacties van " + days(statement) + ")";
  return "Gelezen uit het bestand: " +
         joined({statement.account.empty() ? "rekening niet gevonden"
                                           : "rekening " + formatted(statement.account),
                 statement.holder.empty() ? "" : "op naam van " + statement.holder, period,
                 balances(statement)}) +
         ".";
}

/// The accounts that the applicant named, where the form asks for files of each of them.
std::vector<std::string> accounts_named(const Catalogue& forms, const Application& application,
                                        const std::string& kind) {
  const FormDefinition* definition = forms.find(application.type, application.municipality);
  const Attachment* asked = definition == nullptr ? nullptr : definition->attachment(kind);
  std::vector<std::string> accounts;
  if (asked == nullptr || asked->per_list.empty()) return accounts;
  for (const Value& row : application.fields[asked->per_list].items()) {
    if (const auto iban = parse_iban(row[asked->per_field].text_or_empty()))
      accounts.push_back(iban->compact());
  }
  return accounts;
}

/// What the sender stated of the file, when something read of it is otherwise.
std::string difference(const Value& entry, const BankStatement& statement) {
  const auto stated = parse_iban(entry["iban"].text_or_empty());
  const std::string& from = entry["periodFrom"].text_or_empty();
  const std::string& until = entry["periodTo"].text_or_empty();
  const bool account = stated && !statement.account.empty() && stated->compact() != statement.account;
  const bool period =
      statement.period == PeriodSource::stated && ((!from.empty() && from != format_iso(*statement.from)) ||
                                                   (!until.empty() && until != format_iso(*statement.until)));
  if (!account && !period) return {};
  return "Let op, de inwoner gaf iets anders op: " +
         joined({account ? "rekening " + stated->formatted() : "", period ? days(from, until) : ""}) + ".";
}

void add_statements(const Catalogue& forms, const Application& application, const Value& entry,
                    std::vector<std::string>& sentences) {
  const auto named = accounts_named(forms, application, entry["kind"].text_or_empty());
  for (const Value& one : entry["reading"]["statements"].items()) {
    const auto statement = bank_statement_from(one);
    if (!statement) continue;
    sentences.push_back(sentence_of(*statement));
    if (auto other = difference(entry, *statement); !other.empty()) sentences.push_back(std::move(other));
    const bool unknown = !statement->account.empty() && !named.empty() &&
                         std::ranges::find(named, statement->account) == named.end();
    if (unknown) sentences.emplace_back("Let op, deze rekening staat niet in de aanvraag.");
  }
  if (sentences.empty())
    sentences.emplace_back(
        "Uit dit bestand is geen rekening, periode of saldo gelezen. Kijk zelf in het stuk.");
}

}  // namespace

std::vector<std::string> attachment_sentences(const Catalogue& forms, const Application& application,
                                              const std::string& document) {
  const auto& entries = application.attachments.items();
  const auto entry = std::ranges::find_if(
      entries, [&](const Value& one) { return one["document"].text_or_empty() == document; });
  if (entry == entries.end() || !(*entry)["reading"].is_object()) return {};
  const Value& reading = (*entry)["reading"];
  const std::string& state = reading["state"].text_or_empty();
  if (state == "waiting") return {"Dit bestand wordt nog gelezen."};
  if (state != "read") {
    const std::string why = look_up(reasons, reading["reason"].text_or_empty(), "nl");
    return {"Dit bestand is niet gelezen" + (why.empty() ? std::string() : ": " + why) +
            ". Kijk zelf in het stuk."};
  }
  std::vector<std::string> sentences;
  if (reading["what"].text_or_empty() == "legibility") {
    sentences.emplace_back(reading["legible"].as_bool().value_or(false)
                               ? "De kopie is scherp genoeg om te lezen. De bot las er niets uit."
                               : "Let op, deze kopie lijkt niet goed te lezen. De bot las er niets uit.");
    return sentences;
  }
  add_statements(forms, application, *entry, sentences);
  if (reading["partly"].as_bool().value_or(false))
    sentences.emplace_back("Niet alle bladzijden zijn gelezen.");
  return sentences;
}

}  // namespace softbot::web

#include "policy/safeguards.h"

#include <stdexcept>
#include <utility>

#include "domain/date.h"
#include "domain/paper.h"
#include "domain/zone.h"
#include "policy/kill_switch.h"

namespace softbot {
namespace {

constexpr std::int64_t sample_range = 1'000'000;

class Verdict {
 public:
  void check(std::string_view name, bool holds, std::string_view text, Reason reason) {
    const auto state = holds ? ConditionState::met : ConditionState::unmet;
    verdict_.conditions.push_back({std::string(name), state, std::string(text)});
    if (!holds) verdict_.reasons.push_back(std::move(reason));
  }
  [[nodiscard]] bool clear() const { return verdict_.reasons.empty(); }
  SafeguardVerdict& result() { return verdict_; }

 private:
  SafeguardVerdict verdict_;
};

bool asks_personal_budget(const Application& application) {
  return application.fields["provisionForm"].text_or_empty() == "personal-budget" ||
         application.common["provisionForm"].text_or_empty() == "personal-budget";
}

bool is_urgent(const Application& application) {
  return application.common["urgent"].as_bool().value_or(false) ||
         application.fields["urgent"].as_bool().value_or(false);
}

/// Certainty: who asks, what was confirmed, what the register says (DESIGN.md, Certainty).
void check_certainty(Verdict& verdict, const SafeguardInput& input) {
  const auto& application = input.application;
  const bool is_signed = application.assurance != IdentityAssurance::none && !application.signed_by.empty();
  verdict.check(
      "safeguard-signed", is_signed, "De aanvraag is ondertekend door iemand van wie we weten wie het is.",
      {"not-signed", "De aanvraag is niet ondertekend of we weten niet zeker van wie die is.", "signature"});
  if (application.unconfirmed.empty()) {
    verdict.check("safeguard-confirmed", true, "Alle gegevens die tellen zijn bevestigd.", {});
  } else {
    for (const auto& field : application.unconfirmed) {
      verdict.result().reasons.push_back(
          {"fields-unconfirmed", "Een gegeven dat telt is veranderd en nog niet bevestigd.", field});
    }
    verdict.result().conditions.push_back(
        {"safeguard-confirmed", ConditionState::unmet, "Alle gegevens die tellen zijn bevestigd."});
  }
  verdict.check("safeguard-register", input.findings.clear(), "De basisregistratie bevestigt de gegevens.",
                {"register-not-confirmed", "De basisregistratie bevestigt de gegevens niet.", ""});
}

/// Paper: nothing decides that was not read with certainty, and nothing that somebody wrote by hand in their
/// own words goes unseen (DESIGN.md, Certainty).
void check_paper(Verdict& verdict, const Application& application) {
  if (!paper::is_on_paper(application)) return;
  std::vector<std::string> fields = paper::unsettled(application, "decisive");
  const std::vector<Reason> doubts = paper::open_doubts(application);
  const bool certain = fields.empty() && doubts.empty();
  verdict.result().conditions.push_back({"safeguard-read-certainly",
                                         certain ? ConditionState::met : ConditionState::unmet,
                                         "Alles wat telt is met zekerheid gelezen, door een mens bekeken, of "
                                         "maakt voor de uitkomst niet uit."});
  auto& reasons = verdict.result().reasons;
  for (std::string& field : fields) {
    reasons.push_back({"field-doubtful",
                       "Dit is niet met zekerheid gelezen. Kijk zelf op de scan wat er staat.",
                       std::move(field)});
  }
  reasons.insert(reasons.end(), doubts.begin(), doubts.end());
  verdict.check(
      "safeguard-ink-looked-at", paper::ink_to_look_at(application).empty(),
      "Wat er met de hand bij is geschreven, is door een mens bekeken.",
      {"look-at-crop",
       "Er is met de hand iets bij geschreven. Kijk of er iets in staat dat niet kan wachten.", ""});
}

/// What the law and the municipality leave to a person, whatever a policy says.
void check_for_a_person(Verdict& verdict, const Application& application) {
  verdict.check("safeguard-type", !is_always_a_person(application.type),
                "Dit soort aanvraag mag de bot toekennen.",
                {"always-a-person", "Deze aanvraag wordt altijd door een consulent behandeld.", ""});
  verdict.check(
      "safeguard-in-kind", !asks_personal_budget(application), "De hulp wordt niet als pgb gevraagd.",
      {"personal-budget", "De inwoner vraagt een persoonsgebonden budget. Daarover beslist een consulent.",
       "provisionForm"});
  verdict.check("safeguard-not-urgent", !is_urgent(application), "De aanvraag heeft geen spoed.",
                {"urgent", "De inwoner vraagt om hulp die nu meteen nodig is (Wmo 2015 2.3.3).", "urgent"});
}

void check_kill_switch(Verdict& verdict, Transaction& transaction, const Application& application) {
  const std::string subject = kill_switch_subject(application.type, application.municipality);
  const bool off = !kill_switch(transaction, kill_switch_for_all).on &&
                   !kill_switch(transaction, application.type).on && !kill_switch(transaction, subject).on;
  verdict.check("safeguard-kill-switch", off, "De bot staat aan voor dit soort aanvraag.",
                {"kill-switch", "De bot is stilgezet. Een consulent beslist.", ""});
}

std::string counter_name(std::string_view municipality, std::string_view type, Date day,
                         std::string_view what) {
  return "grants:" + std::string(municipality) + ":" + std::string(type) + ":" + format_iso(day) + ":" +
         std::string(what);
}

/// Counts the grant against both caps, or against neither.
void count(Verdict& verdict, Transaction& transaction, const SafeguardInput& input, const DailyCap& cap) {
  const auto& application = input.application;
  const auto day = local_date(input.now);
  const auto number = counter_name(application.municipality, application.type, day, "number");
  const auto amount = counter_name(application.municipality, application.type, day, "cents");
  const bool number_fits = transaction.add_within(number, 1, cap.number);
  verdict.check("safeguard-cap-number", number_fits,
                "Het aantal toekenningen van vandaag is binnen de grens.",
                {"daily-cap-number", "De bot heeft vandaag het hoogste aantal toekenningen bereikt.", ""});
  if (!number_fits) return;
  const bool amount_fits = transaction.add_within(amount, *input.amount_cents_per_year, cap.amount_cents);
  verdict.check(
      "safeguard-cap-amount", amount_fits, "Het bedrag van vandaag is binnen de grens.",
      {"daily-cap-amount", "De bot heeft vandaag het hoogste bedrag aan toekenningen bereikt.", ""});
  if (!amount_fits) (void)transaction.add_within(number, -1, cap.number);
}

/// Uniform over 0..999999: the remainder of 64 bits is off by less than one in 10^13.
std::int64_t draw_from(std::string_view bytes) {
  std::uint64_t number = 0;
  for (const char byte : bytes.substr(0, 8)) number = number << 8 | static_cast<unsigned char>(byte);
  return static_cast<std::int64_t>(number % static_cast<std::uint64_t>(sample_range));
}

void draw_sample(SafeguardVerdict& verdict, std::string_view random_bytes, std::int64_t share) {
  const auto number = draw_from(random_bytes);
  const bool held = number < share;
  verdict.draw = Value::object({{"share", share}, {"number", number}, {"of", sample_range}, {"held", held}});
  verdict.kind = held ? SafeguardVerdict::Kind::hold : SafeguardVerdict::Kind::allow;
  if (held) {
    verdict.reasons.push_back(
        {"sample", "Deze toekenning is uit de steekproef: een mens kijkt mee voor de brief weg gaat.", ""});
  }
}

std::optional<SafeguardSettings> stored_settings(Transaction& transaction) {
  const auto row = transaction.setting("safeguards");
  if (!row) return std::nullopt;
  auto settings = safeguard_settings_from(*row);
  return settings ? std::optional(*std::move(settings)) : std::nullopt;
}

}  // namespace

bool is_always_a_person(std::string_view type) {
  return type == "general-notification" || type == "living-allowance";
}

bool is_left_to_a_person(const Application& application) {
  return is_always_a_person(application.type) || asks_personal_budget(application) || is_urgent(application);
}

SafeguardVerdict Safeguards::check(Transaction& transaction, const SafeguardInput& input) {
  if (input.random_bytes.size() < 8) throw std::invalid_argument("the safeguards need eight random bytes");
  const auto& application = input.application;
  Verdict verdict;
  check_certainty(verdict, input);
  check_paper(verdict, application);
  check_for_a_person(verdict, application);
  check_kill_switch(verdict, transaction, application);

  const auto settings = stored_settings(transaction);
  const auto cap = settings ? settings->cap(application.municipality, application.type) : std::nullopt;
  const auto share = settings ? settings->sample(application.municipality, application.type) : std::nullopt;
  verdict.check("safeguard-settings", cap && share, "De grenzen voor dit soort aanvraag zijn ingesteld.",
                {"safeguards-missing",
                 "Voor dit soort aanvraag zijn geen grenzen ingesteld. Een consulent beslist.", ""});
  verdict.check("safeguard-amount", input.amount_cents_per_year.value_or(-1) >= 0,
                "Het is bekend wat de toekenning kost.",
                {"amount-unknown", "Het is niet bekend wat de toekenning kost.", ""});
  if (verdict.clear()) count(verdict, transaction, input, *cap);
  if (verdict.clear()) draw_sample(verdict.result(), input.random_bytes, *share);
  return std::move(verdict.result());
}

std::optional<CapUse> cap_use(Transaction& transaction, std::string_view municipality, std::string_view type,
                              Date day) {
  const auto settings = stored_settings(transaction);
  const auto cap = settings ? settings->cap(municipality, type) : std::nullopt;
  if (!cap) return std::nullopt;
  return CapUse{*cap,
                {transaction.counter(counter_name(municipality, type, day, "number")),
                 transaction.counter(counter_name(municipality, type, day, "cents"))}};
}

}  // namespace softbot

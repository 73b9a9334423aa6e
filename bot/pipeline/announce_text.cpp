#include "pipeline/announce_text.h"

#include <utility>

namespace softbot::pipeline {
namespace {

std::string dutch(const Municipality& from, const std::string& mine) {
  return "Beste lezer,\n"
         "\n"
         "Er staat een bericht van " +
         from.display +
         " voor u klaar.\n"
         "\n"
         "Zo leest u het bericht:\n"
         "1. Ga naar " +
         mine +
         "\n"
         "   Twijfelt u aan deze e-mail? Typ dit adres dan zelf over.\n"
         "2. Log in.\n"
         "3. Kies uw aanvraag. Daar staat het bericht.\n"
         "\n"
         "Lees het op tijd. Soms moet u voor een bepaalde dag iets doen.\n"
         "\n"
         "In deze e-mail staat met opzet niet waar het bericht over gaat. Zo blijft dat alleen van u.\n"
         "Wij vragen u nooit per e-mail om een wachtwoord, een code of geld.\n"
         "\n"
         "Liever brieven met de post? Log in, kies uw aanvraag en kies daar voor de post. Of bel ons.\n"
         "\n"
         "Is deze e-mail niet voor u? Dan is bij ons een verkeerd e-mailadres opgegeven. Bel ons, dan\n"
         "sturen wij u niets meer. Gooi deze e-mail daarna weg.\n"
         "\n"
         "Deze e-mail is automatisch verstuurd. U kunt hem niet beantwoorden.\n"
         "Hebt u een vraag? Bel " +
         from.phone + " (" + from.opening_hours +
         ").\n"
         "\n"
         "Met vriendelijke groet,\n" +
         from.display + "\n";
}

std::string english(const Municipality& from, const std::string& mine) {
  return "Dear reader,\n"
         "\n"
         "A message from " +
         from.display +
         " is ready for you.\n"
         "\n"
         "This is how you read it:\n"
         "1. Go to " +
         mine +
         "\n"
         "   Not sure about this e-mail? Then type this address yourself.\n"
         "2. Sign in.\n"
         "3. Choose your application. The message is there.\n"
         "\n"
         "Read it in time. Sometimes you have to do something before a certain day.\n"
         "\n"
         "This e-mail does not say what the message is about, so that only you can see it.\n"
         "We never ask for a password, a code or money by e-mail.\n"
         "\n"
         "Rather letters by post? Sign in, choose your application and choose post there. Or call us.\n"
         "\n"
         "Is this e-mail not for you? Then we were given a wrong e-mail address. Call us, and we send\n"
         "you nothing more. Then delete this e-mail.\n"
         "\n"
         "This e-mail was sent automatically. You cannot reply to it.\n"
         "Do you have a question? Call " +
         from.phone +
         ".\n"
         "\n"
         "Kind regards,\n" +
         from.display + "\n";
}

}  // namespace

MailMessage announcement(const Municipality& municipality, const std::string& page,
                         const std::string& language, const EmailAddress& to, std::string id) {
  std::string mine = page;
  while (mine.ends_with('/')) mine.pop_back();
  mine += "/mijn";
  const bool is_english = language == "en";
  return {to, std::move(id), is_english ? "en" : "nl",
          is_english ? "A message from " + municipality.display + " is ready for you"
                     : "Er staat een bericht van " + municipality.display + " voor u klaar",
          is_english ? english(municipality, mine) : dutch(municipality, mine)};
}

}  // namespace softbot::pipeline

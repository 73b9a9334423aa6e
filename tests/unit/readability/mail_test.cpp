#include <gtest/gtest.h>

#include "pipeline/announce_text.h"
#include "readability.h"

namespace softbot::readability {
namespace {

TEST(TheMailThatAnnouncesALetter, IsPlainDutch) {
  Municipality municipality;
  municipality.display = "Gemeente Voorbeeld";
  municipality.phone = "14 0999";
  municipality.opening_hours = "maandag tot en met vrijdag van 8.30 tot 17.00 uur";
  const MailMessage mail = pipeline::announcement(municipality, "https://loket.voorbeeld.nl", "nl",
                                                  parse_email("bewoner@voorbeeld.nl").value(), "een");
  const Count counted = count(mail.subject + ".\n" + mail.text);
  EXPECT_GE(ease(counted), 60);
  EXPECT_LE(counted.longest_sentence, 20U);
}

}  // namespace
}  // namespace softbot::readability

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "support/daemon.h"
#include "support/patience.h"

namespace softbot::tests {
namespace {

using testing::HasSubstr;

/// A page of print as a PDF of one page, in letters that every reader of PDF has.
std::string printed_page(const std::vector<std::string>& lines, int points) {
  std::string drawing =
      "BT /F1 " + std::to_string(points) + " Tf " + std::to_string(points + 6) + " TL 70 780 Td\n";
  for (const std::string& line : lines) drawing += "(" + line + ") Tj T*\n";
  drawing += "ET\n";
  const std::vector<std::string> objects{
      "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R "
      ">> >> >>",
      "<< /Length " + std::to_string(drawing.size()) + " >>\nstream\n" + drawing + "endstream",
      "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"};
  std::string pdf = "%PDF-1.4\n";
  std::string places;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    const std::string at = std::to_string(pdf.size());
    places += std::string(10 - at.size(), '0') + at + " 00000 n \n";
    pdf += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
  }
  const std::string table = std::to_string(pdf.size());
  return pdf + "xref\n0 6\n0000000000 65535 f \n" + places +
         "trailer << /Size 6 /Root 1 0 R >>\nstartxref\n" + table + "\n%%EOF\n";
}

/// The staff view of what this page became.
Value item_of(Daemon& of, const std::vector<std::string>& lines, int points = 12) {
  const Answer answer = request("POST", of.url() + "/api/v1/scans",
                                {"Authorization: Bearer " + of.key(), "Content-Type: application/pdf"},
                                printed_page(lines, points));
  EXPECT_EQ(answer.status, 202) << answer.body;
  const Value body = answer.json();
  if (body["scans"].items().empty()) return {};
  const std::string id = body["scans"].items().front()["id"].text_or_empty();
  Value scan;
  if (!comes_to_hold([&] {
        scan = of.get_as_machine("/api/v1/scans/" + id).json();
        return !scan["applications"].items().empty();
      })) {
    ADD_FAILURE() << "nothing was made of the scan";
    return {};
  }
  const Value& made = scan["applications"].items().front();
  return of.get_as_machine("/api/v1/queue/" + made["reference"].text_or_empty()).json();
}

TEST(APrintedLetter, IsReadSortedAndShownToAPersonBeforeOtherPost) {
  Daemon daemon;
  const Value ordinary =
      item_of(daemon, {"Beste mensen,", "Ik wil graag een douchestoel en een toiletverhoger.",
                       "Met vriendelijke groet,", "Ria Smit"});
  EXPECT_EQ(ordinary["paper"]["letters"].items().front()["kinds"].items().front()["kind"].text_or_empty(),
            "small-aids");
  const Value urgent = item_of(
      daemon, {"J. de Wit", "Molenstraat 14", "1234 CD Voorbeeld", "", "Gemeente Voorbeeld",
               "Raadhuisplein 1", "1234 AB Voorbeeld", "", "Betreft: bezwaarschrift", "", "Geacht college,",
               "Hierbij maak ik bezwaar tegen uw besluit over de hulp bij het huishouden.", "Hoogachtend,",
               "J. de Wit"});
  EXPECT_EQ(urgent["status"].text_or_empty(), "referred");
  const Value& letter = urgent["paper"]["letters"].items().front();
  EXPECT_EQ(letter["kinds"].items().front()["kind"].text_or_empty(), "objection");
  EXPECT_EQ(letter["sender"]["street"].text_or_empty(), "Molenstraat");
  EXPECT_EQ(letter["sender"]["postcode"].text_or_empty(), "1234 CD");
  EXPECT_THAT(letter["transcript"].text_or_empty(), HasSubstr("maak ik bezwaar"));

  const Value queue = daemon.get_as_machine("/api/v1/queue?type=incoming-post").json();
  ASSERT_EQ(queue["items"].items().size(), 2U);
  EXPECT_EQ(queue["items"].items().front()["reference"].text_or_empty(), urgent["reference"].text_or_empty());
}

TEST(APrintedLetter, ThatNamesACaseProposesIt) {
  Daemon daemon;
  const std::string reference =
      reference_in(daemon.submit(toilet_raiser_for_zonneveld(), "letter-1", "none"));
  const Value item =
      item_of(daemon,
              {"Uw kenmerk: " + reference, "", "Geachte heer,", "Ik wil graag uitleg over uw besluit.",
               "Het gaat om zaak " + reference + ".", "Groet, Anna"},
              18);
  ASSERT_EQ(item["paper"]["cases"].items().size(), 1U)
      << reference << " in " << item["paper"]["letters"].items().front()["transcript"].text_or_empty();
  EXPECT_EQ(item["paper"]["cases"].items().front()["reference"].text_or_empty(), reference);
}

}  // namespace
}  // namespace softbot::tests

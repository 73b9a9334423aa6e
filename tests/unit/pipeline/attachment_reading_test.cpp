#include "pipeline/attachment_reading.h"

#include <gmock/gmock.h>

#include "domain/json.h"
#include "pipeline/case_actions.h"
#include "pipeline/intake.h"
#include "unit/pipeline/paper_world.h"

namespace softbot::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr const char* first = "NL91ABNA0417164300";
constexpr const char* second = "NL20INGB0001234567";

/// Received on 18 November 2026: the statements must cover 18 August to 11 November.
class AttachmentsOfALivingAllowance : public ::testing::Test {
 protected:
  /// A statement whose print says this; its bytes.
  std::string statement(const std::string& account, const std::string& from, const std::string& until) {
    ReadPage page;
    page.width = 2480;
    page.height = 3508;
    page.printed_text = "Rekeningnummer " + account + "\nT.n.v. A.M. Zonneveld\nPeriode " + from + " t/m " +
                        until + "\nNieuw saldo 12,50\n";
    return file(std::move(page));
  }
  std::string file(ReadPage page) {
    const std::string bytes = "%PDF-1.4 " + std::to_string(world_.reader.files.size());
    world_.reader.files[bytes] = ReadFile{{std::move(page)}, std::nullopt};
    return bytes;
  }
  std::string identity(bool legible) {
    ReadPage page;
    page.width = 1000;
    page.height = 1400;
    page.legible = legible;
    page.printed_text = "SPECI1234";
    return file(std::move(page));
  }
  static pipeline::Attachment attached(const std::string& kind, std::string bytes,
                                       const std::string& iban = "", const std::string& from = "",
                                       const std::string& until = "") {
    return {kind, kind + ".pdf", "application/pdf", std::move(bytes), iban, from, until};
  }
  /// Anna applies with these files, signed in, and names these accounts.
  ApplicationReference apply(const std::vector<std::string>& accounts,
                             std::vector<pipeline::Attachment> attachments) {
    pipeline::IncomingRequest request;
    request.type = "living-allowance";
    Value rows = Value::list();
    for (const std::string& account : accounts)
      rows.push(Value::object({{"iban", account}, {"holder", "A.M. Zonneveld"}}));
    request.fields = Value::object({{"accounts", std::move(rows)},
                                    {"income", "0"},
                                    {"assets", "850.00"},
                                    {"rent", "0"},
                                    {"wantedFrom", "2026-11-18"},
                                    {"explanation", "Mijn contract is gestopt."}});
    request.attachments = std::move(attachments);
    pipeline::IncomingSubmission incoming;
    incoming.municipality = "voorbeeld";
    incoming.channel = "api";
    incoming.common = *parse_json(R"({"bsn": "999900006", "initials": "A.M.", "birthName": "Zonneveld",
        "birthDate": "1946-03-14", "postcode": "1234AB", "houseNumber": "12", "houseNumberAddition": "A",
        "street": "Dorpsstraat", "town": "Voorbeeld", "hasRepresentative": false, "electronicDelivery": false,
        "civilStatus": "unmarried", "livingSituation": "alone", "housing": "owner"})");
    incoming.requests.push_back(std::move(request));
    incoming.idempotency_key = "k";
    incoming.body = "b";
    pipeline::Sender sender;
    sender.assurance = IdentityAssurance::digid;
    sender.bsn = "999900006";
    const auto accepted = pipeline::take_in(*world_.services, sender, incoming);
    if (!accepted) throw std::runtime_error(accepted.error().message);
    return accepted->applications.front().reference;
  }
  Application worked(const ApplicationReference& reference) {
    world_.work();
    return world_.application(reference);
  }
  static std::vector<std::string> texts_of(const Application& application) {
    std::vector<std::string> texts;
    for (const Asked& item : application.asked) texts.push_back(item.text);
    return texts;
  }
  static const Value& reading(const Application& application, std::size_t index) {
    return application.attachments.items().at(index)["reading"];
  }

  PaperWorld world_;
};

TEST_F(AttachmentsOfALivingAllowance, CoverWhatTheirPrintSays) {
  const auto application =
      worked(apply({first}, {attached("identity-document", identity(true)),
                             attached("bank-statement", statement(first, "01-08-2026", "30-09-2026")),
                             attached("bank-statement", statement(first, "01-10-2026", "15-11-2026"))}));
  EXPECT_THAT(texts_of(application), IsEmpty());
  EXPECT_EQ(application.status, ApplicationStatus::referred);
  EXPECT_THAT(codes_of(application.reasons), ElementsAre("always-a-person"));
  EXPECT_EQ(reading(application, 1)["state"].text_or_empty(), "read");
  EXPECT_EQ(reading(application, 1)["statements"].items().at(0)["account"].text_or_empty(), first);
}

TEST_F(AttachmentsOfALivingAllowance, AreAskedForByTheDaysThatMiss) {
  const auto application = worked(
      apply({first, second}, {attached("identity-document", identity(true)),
                              attached("bank-statement", statement(first, "01-08-2026", "30-09-2026")),
                              attached("bank-statement", statement(second, "01-08-2026", "15-11-2026")),
                              attached("bank-statement", statement(first, "01-11-2026", "15-11-2026"))}));
  EXPECT_THAT(texts_of(application),
              ElementsAre("Stuur mee: Bankafschriften van de laatste drie maanden, van de rekening die "
                          "eindigt op 300. Nu ontbreekt: 1 oktober 2026 tot en met 31 oktober 2026."));
  EXPECT_EQ(application.status, ApplicationStatus::incomplete);
}

TEST_F(AttachmentsOfALivingAllowance, OfAnotherAccountAreNotOfTheOneThatWasNamed) {
  const auto application =
      worked(apply({first}, {attached("identity-document", identity(true)),
                             attached("bank-statement", statement(second, "01-08-2026", "15-11-2026"))}));
  EXPECT_THAT(texts_of(application), ElementsAre(HasSubstr("van de rekening die eindigt op 300.")));
}

TEST_F(AttachmentsOfALivingAllowance, CountAsTheSenderStatedWhateverTheirPrintSays) {
  const auto application =
      worked(apply({first}, {attached("identity-document", identity(true)),
                             attached("bank-statement", statement(second, "01-08-2026", "31-08-2026"), first,
                                      "2026-08-01", "2026-11-15")}));
  EXPECT_THAT(texts_of(application), IsEmpty());
  EXPECT_EQ(reading(application, 1)["statements"].items().at(0)["account"].text_or_empty(), second);
}

TEST_F(AttachmentsOfALivingAllowance, ThatCoverDaysToComeAreNotBelieved) {
  const auto application =
      worked(apply({first}, {attached("identity-document", identity(true)),
                             attached("bank-statement", statement(first, "01-08-2026", "31-12-2026"))}));
  EXPECT_THAT(texts_of(application), ElementsAre(HasSubstr("over welke periode")));
}

TEST_F(AttachmentsOfALivingAllowance, KeepNothingOfAnIdentityDocument) {
  const auto application = worked(apply({first}, {attached("identity-document", identity(true))}));
  EXPECT_EQ(reading(application, 0)["legible"].as_bool(), true);
  EXPECT_THAT(reading(application, 0).members(), SizeIs(4)) << "what, state, version, legible";
  EXPECT_THAT(to_json(to_value(application)), Not(HasSubstr("SPECI1234")));
}

TEST_F(AttachmentsOfALivingAllowance, AskForNothingBecauseACopyIsNotSharp) {
  const auto application =
      worked(apply({first}, {attached("identity-document", identity(false)),
                             attached("bank-statement", statement(first, "01-08-2026", "15-11-2026"))}));
  EXPECT_EQ(reading(application, 0)["legible"].as_bool(), false);
  EXPECT_THAT(texts_of(application), IsEmpty());
}

TEST_F(AttachmentsOfALivingAllowance, GoOnAsStatedWhenTheReaderDoesNotWork) {
  world_.reader.broken = true;
  const auto application =
      worked(apply({first}, {attached("identity-document", identity(true)),
                             attached("bank-statement", "%PDF-", first, "2026-08-01", "2026-11-15")}));
  EXPECT_EQ(reading(application, 1)["state"].text_or_empty(), "unread");
  EXPECT_EQ(reading(application, 1)["reason"].text_or_empty(), "failed");
  EXPECT_THAT(texts_of(application), IsEmpty());
  EXPECT_EQ(application.status, ApplicationStatus::referred);
}

TEST_F(AttachmentsOfALivingAllowance, SayWhyAFileWasNotRead) {
  const auto application =
      worked(apply({first}, {attached("bank-statement", "%PDF-1.4 unknown to the reader", first)}));
  EXPECT_EQ(reading(application, 0)["state"].text_or_empty(), "unread");
  EXPECT_EQ(reading(application, 0)["reason"].text_or_empty(), "damaged");
}

TEST_F(AttachmentsOfALivingAllowance, HoldUpTheCaseForAQuarterOfAnHourAtMost) {
  const auto reference = apply({first}, {attached("identity-document", identity(true))});
  ASSERT_TRUE(world_.home.store().write([&](Transaction& transaction) -> Result<void> {
    transaction.cancel_jobs(pipeline::job::read_attachments, reference.text);  // behind a thick scan
    return {};
  }));
  EXPECT_EQ(worked(reference).status, ApplicationStatus::received);
  world_.home.clock.advance(14min);
  EXPECT_EQ(worked(reference).status, ApplicationStatus::received);
  world_.home.clock.advance(1min);
  EXPECT_EQ(worked(reference).status, ApplicationStatus::incomplete);
}

TEST_F(AttachmentsOfALivingAllowance, ThatComeLaterAreReadToo) {
  const auto reference =
      apply({first}, {attached("identity-document", identity(true)),
                      attached("bank-statement", statement(first, "01-08-2026", "30-09-2026"))});
  EXPECT_THAT(texts_of(worked(reference)),
              ElementsAre(HasSubstr("1 oktober 2026 tot en met 11 november 2026")));
  pipeline::Sender sender;
  ASSERT_TRUE(pipeline::hand_in(*world_.services, reference, sender,
                                attached("bank-statement", statement(first, "01-10-2026", "15-11-2026"))));
  const auto application = worked(reference);
  EXPECT_THAT(texts_of(application), IsEmpty());
  EXPECT_EQ(application.status, ApplicationStatus::referred);
}

TEST_F(AttachmentsOfALivingAllowance, AsADownloadGiveTheirAccount) {
  auto download =
      attached("bank-statement", "02-09-2026,NL20INGB0001234567,NL81RABO0312345678,x,,EUR,1.00\n");
  download.media_type = "text/csv";
  const auto application = worked(apply({second}, {download}));
  EXPECT_EQ(reading(application, 0)["statements"].items().at(0)["account"].text_or_empty(), second);
  EXPECT_EQ(reading(application, 0)["statements"].items().at(0)["period"].text_or_empty(), "estimated");
}

}  // namespace
}  // namespace softbot::testing

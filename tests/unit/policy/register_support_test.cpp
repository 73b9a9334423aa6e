#include "policy/register_support.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "domain/paper.h"

namespace softbot {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Value alternatives(std::initializer_list<std::pair<const char*, const char*>> all) {
  Value list = Value::list();
  for (const auto& [value, probability] : all)
    list.push(Value::object({{"value", value}, {"probability", Number{probability}}}));
  return list;
}

Value reading(const char* value, const char* state, const char* probability, Value others = Value::list()) {
  return Value::object({{"part", "common"},
                        {"class", "decisive"},
                        {"value", value},
                        {"state", state},
                        {"probability", Number{probability}},
                        {"alternatives", std::move(others)}});
}

RegisterPerson anna() {
  RegisterPerson person;
  person.bsn = "999900006";
  person.surname = "Zonneveld";
  person.birth_date = Date(std::chrono::year(1946), std::chrono::month(3), std::chrono::day(14));
  person.address = Address{"Dorpsstraat", "12", "A", "1234AB", "Voorbeeld"};
  return person;
}

/// Anna's form; one field is to be changed by the test.
Application form() {
  Application application;
  application.common = Value::object({{"bsn", "999900006"},
                                      {"birthName", "ZONNEVELD"},
                                      {"birthDate", "1946-03-14"},
                                      {"postcode", "1234AB"},
                                      {"houseNumber", "12"}});
  application.readings = Value::object();
  for (const Value::Member& member : application.common.members())
    application.readings.set(member.name, reading(member.value.text_or_empty().c_str(), "certain", "0.9999"));
  return application;
}

void put(Application& application, const char* field, Value read) {
  application.common.set(field, read["value"]);
  application.readings.set(field, std::move(read));
}

TEST(RegisterSupport, SettlesADateThatMayWellBeTheRegisters) {
  Application application = form();
  put(application, "birthDate",
      reading("1946-03-19", "doubtful", "0.60", alternatives({{"1946-03-14", "0.38"}})));
  EXPECT_THAT(support_by_register(application, anna()), ElementsAre("birthDate"));
  EXPECT_EQ(application.common["birthDate"].text_or_empty(), "1946-03-14");
  EXPECT_TRUE(paper::is_settled(application, "birthDate"));
  ASSERT_EQ(support_conditions(application).size(), 1U);
  EXPECT_EQ(support_conditions(application).front().name, "register-supports-birthDate");
}

TEST(RegisterSupport, NeedsTheRegistersValueInTheReading) {
  Application application = form();
  put(application, "birthDate",
      reading("1946-03-19", "doubtful", "0.97", alternatives({{"1946-03-14", "0.009"}})));
  EXPECT_THAT(support_by_register(application, anna()), IsEmpty());
  put(application, "birthDate",
      reading("1946-03-19", "doubtful", "0.97", alternatives({{"1946-08-14", "0.02"}})));
  EXPECT_THAT(support_by_register(application, anna()), IsEmpty());
}

TEST(RegisterSupport, StreetAndNumberSayWhichPostcodeItIsWhereOneLetterWasMisread) {
  Application application = form();
  put(application, "postcode", reading("1234TB", "doubtful", "0.93"));
  put(application, "street", reading("D0RPSSTRAAT", "doubtful", "0.3"));
  EXPECT_THAT(support_by_register(application, anna()), ElementsAre("postcode", "street"));
  EXPECT_EQ(application.common["postcode"].text_or_empty(), "1234AB");
}

TEST(RegisterSupport, APostcodeIsLeftOpenWhereAnythingOfTheAddressMayBeAnother) {
  const auto settled = [](const char* postcode, const char* street, const char* number) {
    Application application = form();
    put(application, "postcode", reading(postcode, "doubtful", "0.93"));
    put(application, "street", reading(street, "doubtful", "0.9"));
    put(application, "houseNumber", reading(number, "certain", "0.999"));
    return support_by_register(application, anna());
  };
  EXPECT_THAT(settled("1234TT", "DORPSSTRAAT", "12"), IsEmpty()) << "two letters";
  EXPECT_THAT(settled("1235AB", "DORPSSTRAAT", "12"), IsEmpty()) << "a digit";
  EXPECT_THAT(settled("1234TB", "KORFSTRAAT", "12"), IsEmpty()) << "another street";
  EXPECT_THAT(settled("1234TB", "DORPSSTRAAT", "14"), IsEmpty()) << "another house";

  Application number_in_doubt = form();
  put(number_in_doubt, "postcode", reading("1234TB", "doubtful", "0.93"));
  put(number_in_doubt, "street", reading("DORPSSTRAAT", "doubtful", "0.9"));
  put(number_in_doubt, "houseNumber", reading("14", "doubtful", "0.6", alternatives({{"12", "0.3"}})));
  EXPECT_THAT(support_by_register(number_in_doubt, anna()), IsEmpty());
}

TEST(RegisterSupport, NeverChangesWhatWasReadWithCertainty) {
  Application application = form();
  put(application, "birthDate",
      reading("1946-03-19", "certain", "0.995", alternatives({{"1946-03-14", "0.05"}})));
  EXPECT_THAT(support_by_register(application, anna()), IsEmpty());
  EXPECT_EQ(application.common["birthDate"].text_or_empty(), "1946-03-19");
}

TEST(RegisterSupport, NeedsANumberThatIsSettled) {
  for (const char* state : {"doubtful", "repaired"}) {
    Application application = form();
    put(application, "bsn", reading("999900006", state, "0.99"));
    put(application, "birthDate", reading("1946-03-14", "doubtful", "0.95"));
    EXPECT_THAT(support_by_register(application, anna()), IsEmpty()) << state;
    EXPECT_FALSE(paper::is_settled(application, "bsn"));
  }
}

TEST(RegisterSupport, IsNotTheOnlyWitnessOfWhoseNumberItIs) {
  Application application = form();
  put(application, "birthDate", reading("1946-03-14", "doubtful", "0.95"));
  for (const char* field : {"birthName", "postcode"}) put(application, field, reading("", "unreadable", "0"));
  EXPECT_THAT(support_by_register(application, anna()), IsEmpty());
}

TEST(RegisterSupport, TakesTwoDoubtfulWitnessesThatAgreeForOneThatIsCertain) {
  Application application = form();
  for (const char* field : {"birthDate", "birthName", "postcode"}) {
    const std::string value = application.common[field].text_or_empty();
    put(application, field, reading(value.c_str(), "doubtful", "0.90"));
  }
  EXPECT_THAT(support_by_register(application, anna()), ElementsAre("birthDate", "birthName", "postcode"));
}

TEST(RegisterSupport, SettlesWordsThatResembleTheRegisters) {
  Application application = form();
  put(application, "birthName", reading("ZOMNEVELO", "doubtful", "0.30"));
  put(application, "street",
      reading("", "unreadable", "0", alternatives({{"DORRSSTRAAT", "0.02"}, {"DQRRSSTRAAT", "0.01"}})));
  put(application, "town", reading("VQQRBEELD", "repaired", "0.20"));
  EXPECT_THAT(support_by_register(application, anna()), ElementsAre("birthName", "street", "town"));
  EXPECT_EQ(application.common["birthName"].text_or_empty(), "Zonneveld");
  EXPECT_EQ(application.common["street"].text_or_empty(), "Dorpsstraat");
}

TEST(RegisterSupport, SettlesAStreetThatCanHardlyBeReadWhereTheAddressIsTheirs) {
  Application application = form();
  put(application, "street", reading("", "unreadable", "0", alternatives({{"SXQWKLPVR", "0.02"}})));
  put(application, "town", reading("KJWB", "repaired", "0.10"));
  EXPECT_THAT(support_by_register(application, anna()), ElementsAre("street", "town"));
  EXPECT_EQ(application.common["street"].text_or_empty(), "Dorpsstraat");
  put(application, "houseNumber", reading("14", "certain", "0.9999"));
  put(application, "street", reading("", "unreadable", "0"));
  EXPECT_THAT(support_by_register(application, anna()), IsEmpty());
}

TEST(RegisterSupport, SettlesAnAdditionThatCannotBeReadWhereTheAddressIsTheirs) {
  Application application = form();
  put(application, "houseNumberAddition", reading("", "unreadable", "0"));
  EXPECT_THAT(support_by_register(application, anna()), ElementsAre("houseNumberAddition"));
  EXPECT_EQ(application.common["houseNumberAddition"].text_or_empty(), "A");
  put(application, "houseNumber", reading("14", "certain", "0.9999"));
  put(application, "houseNumberAddition", reading("", "unreadable", "0"));
  EXPECT_THAT(support_by_register(application, anna()), IsEmpty());
}

TEST(RegisterSupport, LeavesAnAdditionThatWasReadAsAnotherToAPerson) {
  Application application = form();
  put(application, "houseNumberAddition", reading("B", "doubtful", "0.85"));
  EXPECT_THAT(support_by_register(application, anna()), IsEmpty());
  EXPECT_EQ(application.common["houseNumberAddition"].text_or_empty(), "B");
}

TEST(RegisterSupport, TrustsAHouseNumberMoreBesideThePostcodeOfTheRegister) {
  Application application = form();
  application.common.set("houseNumberAddition", "A");
  put(application, "houseNumber", reading("72", "doubtful", "0.73", alternatives({{"12", "0.21"}})));
  put(application, "houseNumberAddition", reading("4", "doubtful", "0.54", alternatives({{"A", "0.22"}})));
  EXPECT_THAT(support_by_register(application, anna()), ElementsAre("houseNumber", "houseNumberAddition"));

  put(application, "postcode", reading("9999ZZ", "doubtful", "0.90"));
  put(application, "houseNumber", reading("72", "doubtful", "0.73", alternatives({{"12", "0.21"}})));
  put(application, "houseNumberAddition", reading("4", "doubtful", "0.54", alternatives({{"A", "0.22"}})));
  EXPECT_THAT(support_by_register(application, anna()), IsEmpty());
}

TEST(RegisterSupport, LeavesAPostcodeThatMayBeASlipOfThePenToAPerson) {
  Application application = form();
  put(application, "postcode", reading("1234AR", "doubtful", "0.95"));
  EXPECT_THAT(support_by_register(application, anna()), IsEmpty())
      << "a resident who writes one sign wrong looks the same as a reader who misreads it";
}

TEST(RegisterSupport, LeavesAnotherNameToAPerson) {
  Application application = form();
  put(application, "birthName", reading("BLOEMENDAL", "doubtful", "0.90"));
  put(application, "street", reading("KERKWEG", "doubtful", "0.90"));
  EXPECT_THAT(support_by_register(application, anna()), IsEmpty());
}

TEST(RegisterSupport, TakesNoWordsWhereTheAddressIsAnother) {
  Application application = form();
  put(application, "houseNumber", reading("14", "certain", "0.9999"));
  put(application, "street", reading("DORRSSTRAAT", "doubtful", "0.60"));
  EXPECT_THAT(support_by_register(application, anna()), IsEmpty());
}

/// Anna's form with a number in doubt.
Application form_with_number(const char* state, const char* probability) {
  Application application = form();
  put(application, "bsn", reading("999900006", state, probability, alternatives({{"999900018", "0.05"}})));
  return application;
}

TEST(ANumberInDoubt, IsSettledByBirthDateNameAndPostcode) {
  Application application = form_with_number("doubtful", "0.90");
  ASSERT_TRUE(may_be_looked_up(application));
  EXPECT_TRUE(support_number_by_register(application, anna()));
  EXPECT_TRUE(paper::is_settled(application, "bsn"));
  ASSERT_EQ(support_conditions(application).size(), 1U);
  EXPECT_EQ(support_conditions(application).front().name, "register-supports-bsn");
}

TEST(ANumberInDoubt, IsSettledByTwoThatAreDoubtfulThemselves) {
  Application application = form_with_number("doubtful", "0.90");
  put(application, "birthDate",
      reading("1946-03-19", "doubtful", "0.50", alternatives({{"1946-03-14", "0.45"}})));
  put(application, "birthName", reading("", "unreadable", "0"));
  put(application, "postcode", reading("1234AB", "doubtful", "0.80"));
  EXPECT_TRUE(support_number_by_register(application, anna()));
  EXPECT_THAT(support_by_register(application, anna()), ElementsAre("birthDate", "postcode"));
}

TEST(ANumberInDoubt, IsSettledByABirthDateAndANameThatResemblesTheRegisters) {
  Application application = form_with_number("doubtful", "0.95");
  put(application, "birthName", reading("", "unreadable", "0", alternatives({{"ZONNEVELO", "0.30"}})));
  put(application, "postcode", reading("", "unreadable", "0"));
  EXPECT_TRUE(support_number_by_register(application, anna()));
}

TEST(ANumberInDoubt, IsNotSettledByOneWitness) {
  Application application = form_with_number("doubtful", "0.97");
  for (const char* field : {"birthName", "postcode"}) put(application, field, reading("", "unreadable", "0"));
  EXPECT_FALSE(support_number_by_register(application, anna()));
  EXPECT_FALSE(paper::is_settled(application, "bsn"));
}

TEST(ANumberInDoubt, IsNotSettledWhenSomethingCertainSpeaksAgainstIt) {
  Application application = form_with_number("doubtful", "0.99");
  put(application, "birthDate", reading("1951-03-14", "certain", "0.9999"));
  EXPECT_FALSE(support_number_by_register(application, anna()));
}

TEST(ANumberInDoubt, IsNeverTheNumberOfSomebodyElse) {
  Application application = form_with_number("doubtful", "0.97");
  RegisterPerson other = anna();
  other.bsn = "999900018";
  EXPECT_FALSE(support_number_by_register(application, other));
}

TEST(ANumberInDoubt, IsSettledWhenItWasRepairedAndTheOthersAgree) {
  Application application = form_with_number("repaired", "0.40");
  put(application, "birthDate",
      reading("1946-08-14", "doubtful", "0.65", alternatives({{"1946-03-14", "0.30"}})));
  put(application, "birthName", reading("ZDNNEVELD", "doubtful", "0.60"));
  application.readings.set("initials", reading("A", "doubtful", "0.95"));
  RegisterPerson person = anna();
  person.initials = "A.";
  EXPECT_TRUE(support_number_by_register(application, person));
  EXPECT_TRUE(paper::is_settled(application, "bsn"));
}

TEST(ANumberInDoubt, NeedsTheInitialsWhereItIsFarFromSure) {
  RegisterPerson person = anna();
  person.initials = "A.";
  for (const auto& [state, probability] : {std::pair{"repaired", "0.95"}, std::pair{"doubtful", "0.70"}}) {
    Application application = form_with_number(state, probability);
    EXPECT_FALSE(support_number_by_register(application, person)) << state;  // none were read
    application.readings.set("initials", reading("A", "doubtful", "0.60"));
    EXPECT_FALSE(support_number_by_register(application, person)) << state;
    application.readings.set("initials", reading("A", "doubtful", "0.95"));
    EXPECT_FALSE(support_number_by_register(application, anna())) << state;  // the register has none
    EXPECT_TRUE(support_number_by_register(application, person)) << state;
  }
}

TEST(ANumberInDoubt, IsNotThatOfATwinWithOtherInitials) {
  RegisterPerson twin = anna();
  twin.initials = "J.";
  Application application = form_with_number("repaired", "0.95");
  application.readings.set("initials", reading("A", "certain", "0.999"));
  EXPECT_FALSE(support_number_by_register(application, twin));
  twin.initials = "A.";
  EXPECT_TRUE(support_number_by_register(application, twin));
}

TEST(ANumberInDoubt, IsLookedUpOnlyWhenItIsReadWell) {
  EXPECT_TRUE(may_be_looked_up(form_with_number("doubtful", "0.31")));
  EXPECT_TRUE(may_be_looked_up(form_with_number("repaired", "0.31")));
  for (const char* state : {"doubtful", "repaired"}) {
    Application application = form_with_number(state, "0.29");
    EXPECT_FALSE(may_be_looked_up(application)) << state;
    EXPECT_FALSE(support_number_by_register(application, anna())) << state;
  }
  EXPECT_FALSE(may_be_looked_up(form_with_number("unreadable", "0.99")));
}

TEST(RegisterSupport, AsksMoreOfAShortField) {
  Application application = form();
  put(application, "houseNumber", reading("72", "doubtful", "0.90", alternatives({{"12", "0.08"}})));
  EXPECT_THAT(support_by_register(application, anna()), IsEmpty());
  put(application, "birthDate",
      reading("1946-03-19", "doubtful", "0.90", alternatives({{"1946-03-14", "0.08"}})));
  EXPECT_THAT(support_by_register(application, anna()), ElementsAre("birthDate"));
  put(application, "houseNumber", reading("72", "doubtful", "0.60", alternatives({{"12", "0.38"}})));
  EXPECT_THAT(support_by_register(application, anna()), ElementsAre("houseNumber"));
}

RC_GTEST_PROP(RegisterSupport, GrowsWithTheReadingAndIsAProbability, ()) {
  const double low = *rc::gen::inRange(0, 1'000) / 1'000.0;
  const double high = low + *rc::gen::inRange(0, 1'000) / 1'000.0 * (1 - low);
  const double surprise = RegisterSupport::long_field_surprise;
  RC_ASSERT(posterior_with_register(low, surprise) <= posterior_with_register(high, surprise));
  RC_ASSERT(posterior_with_register(high, surprise) >= 0);
  RC_ASSERT(posterior_with_register(high, surprise) <= 1);
}

}  // namespace
}  // namespace softbot

#include "domain/paper.h"

#include <gtest/gtest.h>

namespace softbot {
namespace {

Value reading(const char* field_class, const char* state) {
  return Value::object({{"part", "common"}, {"class", field_class}, {"state", state}});
}

/// Somebody who lives with Maria, born in 1936, who cannot help.
Application with_maria() {
  Application application;
  const Value row = Value::object({{"name", "MARIA"}, {"birthYear", 1936}, {"canHelp", false}});
  application.common = Value::object({{"householdMembers", Value(Value::List{row})}});
  application.readings = Value::object({{"householdMembers[0].name", reading("supporting", "certain")},
                                        {"householdMembers[0].birthYear", reading("decisive", "certain")},
                                        {"householdMembers[0].canHelp", reading("decisive", "certain")}});
  return application;
}

TEST(SettledAnswers, KeepARowWhoseNameCanHardlyBeRead) {
  Application application = with_maria();
  application.readings.set("householdMembers[0].name", reading("supporting", "unreadable"));
  const Value rows = paper::settled_answers(application, "common")["householdMembers"];
  EXPECT_EQ(rows, Value(Value::List{Value::object({{"birthYear", 1936}, {"canHelp", false}})}));
}

TEST(SettledAnswers, LeaveTheWholeListOutWhenWhatDecidesInARowIsInDoubt) {
  Application application = with_maria();
  application.readings.set("householdMembers[0].birthYear", reading("decisive", "doubtful"));
  EXPECT_FALSE(paper::settled_answers(application, "common").contains("householdMembers"));
}

TEST(SettledAnswers, AreUnharmedByAReadingOfARowThatIsNotThere) {
  Application application = with_maria();
  application.readings.set("householdMembers[7].name", reading("supporting", "unreadable"));
  EXPECT_EQ(paper::settled_answers(application, "common"), application.common);
}

}  // namespace
}  // namespace softbot

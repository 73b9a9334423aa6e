#include "policy/name_match.h"

#include <gtest/gtest.h>

namespace softbot {
namespace {

RegisterPerson married() {
  RegisterPerson person;
  person.initials = "J.M.";
  person.first_names = "Janna Maria";
  person.prefix = "van den";
  person.surname = "Berg";
  person.partner_prefix = "de";
  person.partner_surname = "Vries";
  return person;
}

TEST(NameMatch, takes_every_way_in_which_people_write_their_name) {
  for (const char* typed : {"van den Berg", "Van Den Berg", "Berg", "Berg, van den", "v.d. Berg de Vries"}) {
    EXPECT_EQ(name_fits("J.M.", typed, married()), std::string_view(typed) != "v.d. Berg de Vries") << typed;
  }
  for (const char* typed :
       {"de Vries", "Vries", "de Vries-van den Berg", "van den Berg-de Vries", "Berg-Vries"}) {
    EXPECT_TRUE(name_fits("", typed, married())) << typed;
  }
}

TEST(NameMatch, does_not_care_for_accents_and_case) {
  RegisterPerson person;
  person.surname = "Öztürk";
  EXPECT_TRUE(name_fits("", "OZTURK", person));
  EXPECT_TRUE(name_fits("", "öztürk", person));
  person.surname = "Santos-Évora";
  EXPECT_TRUE(name_fits("", "Santos Evora", person));
}

TEST(NameMatch, refuses_another_name_and_no_name) {
  EXPECT_FALSE(name_fits("J.M.", "Bergman", married()));
  EXPECT_FALSE(name_fits("J.M.", "Ber", married()));
  EXPECT_FALSE(name_fits("J.M.", "", married()));
  EXPECT_FALSE(name_fits("J.M.", "Berg", RegisterPerson{}));
  EXPECT_FALSE(name_fits("J.M.", "van den", married()));
}

TEST(NameMatch, compares_initials_when_both_are_there) {
  EXPECT_TRUE(initials_fit("J.M.", "J.M.", "Janna Maria"));
  EXPECT_TRUE(initials_fit("jm", "J.M.", "Janna Maria"));
  EXPECT_TRUE(initials_fit("J", "J.M.", "Janna Maria"));
  EXPECT_TRUE(initials_fit("J.M.A.", "J.M.", "Janna Maria"));
  EXPECT_TRUE(initials_fit("Janna", "J.M.", "Janna Maria"));
  EXPECT_TRUE(initials_fit("", "J.M.", ""));
  EXPECT_TRUE(initials_fit("J", "", ""));
  EXPECT_FALSE(initials_fit("M.J.", "J.M.", "Janna Maria"));
  EXPECT_FALSE(initials_fit("Jo", "J.M.", "Janna Maria"));
}

}  // namespace
}  // namespace softbot

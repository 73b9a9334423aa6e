#include "web/words.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "pipeline/staff_actions.h"
#include "web/form_post.h"
#include "web/shared_views.h"

namespace softbot::web {
namespace {

TEST(Words, DatesSizesAndMomentsAsPeopleWriteThem) {
  EXPECT_EQ(date_words("2026-03-01", "nl"), "1 maart 2026");
  EXPECT_EQ(date_words("2026-03-01", "en"), "1 March 2026");
  EXPECT_EQ(date_words("maart", "nl"), "maart");
  EXPECT_EQ(moment_words("2026-01-01T23:30:00.000Z"), "2 januari 2026 00:30");
  EXPECT_EQ(size_words(1), "1 kB");
  EXPECT_EQ(size_words(340'400), "340 kB");
  EXPECT_EQ(size_words(2'140'000), "2,1 MB");
}

TEST(Words, TheStatusOfAReferredCaseTellsOutsidersNothing) {
  EXPECT_EQ(resident_status("referred", "nl").label, resident_status("deciding", "nl").label);
  EXPECT_EQ(resident_status("held-for-sample", "en").text, resident_status("deciding", "en").text);
  EXPECT_EQ(resident_status("failed", "nl").label, resident_status("deciding", "nl").label);
}

TEST(Words, EveryErrorHasWordsInBothLanguagesAndNeverItsOwnMessage) {
  for (int code = 0; code <= static_cast<int>(ErrorCode::internal); ++code) {
    const Error error{static_cast<ErrorCode>(code), "secret detail", false, {}};
    for (const char* language : {"nl", "en"}) {
      const ErrorWords words = words_of(error, language);
      EXPECT_FALSE(words.title.empty());
      EXPECT_EQ(words.text.find("secret"), std::string::npos);
    }
  }
}

TEST(Words, WhatComesInIsCalledWhatItIs) {
  EXPECT_EQ(incoming_words("withdrawal"), "Intrekking");
  EXPECT_EQ(incoming_words("objection"), "Bezwaar");
  EXPECT_EQ(incoming_words("notice-of-default"), "Ingebrekestelling");
  std::set<std::string> words;
  for (const std::string& kind : pipeline::incoming_event_kinds()) words.insert(incoming_words(kind));
  EXPECT_EQ(words.size(), pipeline::incoming_event_kinds().size());
  EXPECT_FALSE(words.contains(incoming_words("something-new")));
}

TEST(Words, AnUnknownKindIsShownRatherThanHidden) {
  EXPECT_EQ(event_words("something-new", "nl"), "something new");
  EXPECT_EQ(reason_words("household-can-help"), "Household can help");
  EXPECT_EQ(reason_words("urgent"), "De inwoner vraagt om hulp die nu meteen nodig is (Wmo 2015 2.3.3).");
}

TEST(Uploads, TheBytesSayWhatAFileIs) {
  EXPECT_EQ(media_type_of("%PDF-1.7\n"), "application/pdf");
  EXPECT_EQ(media_type_of("\xFF\xD8\xFF\xE0"), "image/jpeg");
  EXPECT_EQ(media_type_of("\x89PNG\r\n\x1A\n"), "image/png");
  EXPECT_EQ(media_type_of("<svg onload=x>"), "");
  EXPECT_EQ(media_type_of(""), "");
}

TEST(Places, OnlyPathsOfOursAreFollowed) {
  EXPECT_EQ(safe_place("zaak/7KQM-4T9X-HR2D", "mijn"), "/zaak/7KQM-4T9X-HR2D");
  EXPECT_EQ(safe_place("aanvragen?type=small-aids", "mijn"), "/aanvragen?type=small-aids");
  EXPECT_EQ(safe_place("//elsewhere", "mijn"), "/mijn");
  EXPECT_EQ(safe_place("https://elsewhere", "mijn"), "/mijn");
  EXPECT_EQ(safe_place("", "mijn"), "/mijn");
}

RC_GTEST_PROP(Places, NoTextLeadsElsewhere, (const std::string& wanted)) {
  const std::string place = safe_place(wanted, "mijn");
  RC_ASSERT(place.front() == '/');
  RC_ASSERT(place.size() < 2 || (place[1] != '/' && place[1] != '\\'));
  RC_ASSERT(place.find_first_of("\r\n:") == std::string::npos);
}

}  // namespace
}  // namespace softbot::web

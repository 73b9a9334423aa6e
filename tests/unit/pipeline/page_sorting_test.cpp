#include "pipeline/page_sorting.h"

#include <gtest/gtest.h>

#include "pipeline/post_letters.h"
#include "pipeline/read_parts.h"
#include "unit/pipeline/paper_world.h"

namespace softbot::testing {
namespace {

TEST(ALetter, IsSortedByItsWordsAsAHint) {
  const PaperWorld world;
  const LetterKinds kinds = pipeline::letter_kinds(*world.services).value();
  const auto kind_of = [&](std::string_view text) { return pipeline::kind_of_letter(kinds, text); };
  EXPECT_EQ(kind_of("Hierbij maak ik bezwaar tegen uw besluit van 3 maart."), "objection");
  EXPECT_EQ(kind_of("INGEBREKESTELLING en bezwaar"), "notice-of-default");
  EXPECT_EQ(kind_of("Hierbij trek ik mijn aanvraag in."), "withdrawal");
  EXPECT_EQ(kind_of("Mijn klacht gaat over de balie."), "complaint");
  EXPECT_EQ(kind_of("Rekeningafschrift nr. 4 van de betaalrekening"), "bank-statement");
  EXPECT_EQ(kind_of("Koninkrijk der Nederlanden paspoort"), "identity-document");
  EXPECT_EQ(kind_of("Met vriendelijke groet"), "");
  EXPECT_EQ(kind_of(""), "");
}

TEST(WhatWasRead, ComesBackAsItWas) {
  PaperWorld world;
  ReadFile file;
  file.pages = world.filled_form();
  file.pages.push_back(world.letter("Tekst met \"tekens\" \u00e9\u00e9n"));
  file.pages.push_back(world.sheet("AAAA-BBBB-CCCC", "sign-sheet", 3, false));
  file.refused = FieldError{"file", "time", "Time was up."};
  const auto back = pipeline::read_file_from(pipeline::to_bytes(file));
  ASSERT_TRUE(back) << back.error().message;
  ASSERT_EQ(back->pages.size(), file.pages.size());
  EXPECT_EQ(back->refused->code, "time");
  for (std::size_t i = 0; i < file.pages.size(); ++i) {
    EXPECT_EQ(back->pages[i].code, file.pages[i].code);
    EXPECT_EQ(back->pages[i].readings, file.pages[i].readings);
    EXPECT_EQ(back->pages[i].printed_text, file.pages[i].printed_text);
    EXPECT_EQ(back->pages[i].signature, file.pages[i].signature);
    EXPECT_EQ(back->pages[i].residual_mm, file.pages[i].residual_mm);
    ASSERT_EQ(back->pages[i].images.size(), file.pages[i].images.size());
    for (std::size_t j = 0; j < file.pages[i].images.size(); ++j)
      EXPECT_EQ(back->pages[i].images[j].bytes, file.pages[i].images[j].bytes);
  }
}

TEST(WhatWasRead, IsRefusedWhenItIsCutOffAnywhere) {
  PaperWorld world;
  ReadFile file;
  file.pages = {world.letter("kort")};
  const std::string bytes = pipeline::to_bytes(file);
  for (std::size_t length = 0; length < bytes.size(); ++length)
    EXPECT_FALSE(pipeline::read_file_from(std::string_view(bytes).substr(0, length))) << length;
}

}  // namespace
}  // namespace softbot::testing

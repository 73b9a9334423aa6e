#include "adapters/letters/letter_printer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cctype>
#include <sstream>
#include <thread>

#include "letter_samples.h"

namespace softbot {
namespace {

using test::ask;
using test::sample_context;
using test::words_of;
using ::testing::HasSubstr;
using ::testing::Not;

const PangoLetterPrinter& shipped() {
  static const PangoLetterPrinter printer = PangoLetterPrinter::from_folder(test::letters_folder()).value();
  return printer;
}

PangoLetterPrinter printer_of(const std::string& body, std::map<std::string, std::string> partials = {}) {
  const std::string markup =
      "<letter language=\"nl\" title=\"Proef\" window=\"left\" colour=\"#000000\"><body>\n" + body +
      "\n</body></letter>";
  return PangoLetterPrinter(LetterTemplates{{{"proef", markup}}, std::move(partials)});
}

std::string printed(const LetterPrinter& printer, std::string_view letter, const Value& context) {
  const auto pdf = printer.print(letter, context);
  EXPECT_TRUE(pdf) << pdf.error().message;
  return pdf.value_or("");
}

TEST(ShippedLetters, AllHoldTogetherAndPrintWithTheirExamples) {
  for (const auto& problem : check_letters(test::letters_folder())) {
    ADD_FAILURE() << problem.file << ":" << problem.line << ": " << problem.problem << " " << problem.remedy;
  }
}

TEST(ShippedLetters, AreSoundTaggedPdfsWithTitleAndLanguage) {
  for (const auto& sample : test::letter_samples()) {
    SCOPED_TRACE(sample.name);
    const auto pdf = printed(shipped(), sample.letter, sample.context);
    EXPECT_THAT(ask("qpdf --check", pdf), HasSubstr("No syntax or stream encoding errors found"));
    const auto about = ask("pdfinfo", pdf);
    EXPECT_THAT(about, ::testing::ContainsRegex("Title: +[A-Z]"));
    EXPECT_THAT(about, ::testing::ContainsRegex("Tagged: +yes"));
    EXPECT_THAT(about, HasSubstr("(A4)"));
    const auto fonts = ask("pdffonts", pdf);
    EXPECT_THAT(fonts, HasSubstr("LiberationSans"));
    EXPECT_THAT(fonts, Not(HasSubstr(" no  yes"))) << "a font is not embedded";
  }
}

TEST(ShippedLetters, LeaveNoTagUnfilled) {
  for (const auto& sample : test::letter_samples()) {
    const auto words = words_of(printed(shipped(), sample.letter, sample.context));
    EXPECT_THAT(words, Not(HasSubstr("{{"))) << sample.name;
    EXPECT_THAT(words, Not(HasSubstr("}}"))) << sample.name;
    EXPECT_THAT(words, ::testing::AnyOf(HasSubstr("Pagina 1 van "), HasSubstr("Page 1 of "))) << sample.name;
  }
}

TEST(ALetterOnAPage, SaysWordByWordWhatThePaperSays) {
  const auto words_on = [](std::string html) {
    for (std::size_t at = html.find("\u00a0"); at != std::string::npos; at = html.find("\u00a0"))
      html.replace(at, 2, " ");
    std::string words;
    bool tag = false;
    for (const char letter : html) {
      tag = letter == '<' || (tag && letter != '>');
      words += tag || letter == '>' || std::isspace(static_cast<unsigned char>(letter)) != 0 ? ' ' : letter;
    }
    return words;
  };
  for (const auto* const name : {"grant", "person-decision", "person-decision.refused"}) {
    const auto context = sample_context(name);
    const std::string letter = std::string(name).substr(0, std::string(name).find('.'));
    const auto html = shipped().show(letter, context);
    ASSERT_TRUE(html) << html.error().message;
    const auto on_paper = words_of(printed(shipped(), letter, context));
    std::istringstream shown(words_on(*html));
    for (std::string word; shown >> word;) {
      if (word.find('&') != std::string::npos) continue;
      EXPECT_THAT(on_paper, HasSubstr(word)) << name;
    }
    for (const auto& reason : context["reasons"].items())
      EXPECT_THAT(*html, HasSubstr(reason["text"].text_or_empty()));
  }
}

TEST(ALetterOnAPage, HoldsNothingThatABrowserWouldRun) {
  const auto html = printer_of("<p>{{words}}</p><ul><li>{{words}}</li></ul>")
                        .show("proef", Value::object({{"words", "<script>alert(\"x\")</script> & 'y'"}}));
  ASSERT_TRUE(html) << html.error().message;
  EXPECT_THAT(*html, Not(HasSubstr("<script")));
  EXPECT_THAT(*html, HasSubstr("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;y&#39;"));
}

TEST(ALetterOnAPage, KeepsTheLinesOfWhatWasWritten) {
  const auto html = printer_of("<p>{{words}}</p>").show("proef", Value::object({{"words", "een\ntwee"}}));
  ASSERT_TRUE(html) << html.error().message;
  EXPECT_THAT(*html, HasSubstr("een<br>twee"));
}

TEST(ShippedLetters, AGrantSaysWhatTheLawWantsItToSay) {
  const auto words = words_of(printed(shipped(), "grant", sample_context("grant")));
  for (const auto* const said : {"125 minuten per week (2 uur en 5 minuten)",
                                 "1 december 2026",
                                 "30 november 2028",
                                 "Thuiszorg De Linde",
                                 "€ 21,80 per maand",
                                 "CAK",
                                 "U woont in de gemeente Voorbeeld.",
                                 "artikel 2.3.5",
                                 "namens het college van burgemeester en wethouders van Voorbeeld",
                                 "Dit besluit is automatisch genomen",
                                 "vragen of een medewerker opnieuw",
                                 "vragen om uitleg",
                                 "artikel 22 van de AVG",
                                 "artikel 40 van de Uitvoeringswet AVG",
                                 "Geef veranderingen meteen door",
                                 "bezwaar",
                                 "4 januari 2027",
                                 "Afdeling Bezwaar",
                                 "012 345 67 89",
                                 "7KQM-4T9X-HR2D",
                                 "23 november 2026"}) {
    EXPECT_THAT(words, HasSubstr(said));
  }
}

TEST(ShippedLetters, ARepairLetterNamesEverythingAtOnceAndTheLastDay) {
  const auto context = sample_context("repair");
  const auto words = words_of(printed(shipped(), "repair", context));
  for (const auto& asked : context["asked"].items()) {
    EXPECT_THAT(words, HasSubstr(asked["text"].text_or_empty()));
  }
  for (const auto* const said : {"uiterlijk op 14 december 2026", "staat stil vanaf 24 november 2026",
                                 "artikel 4:5", "4:15", "cliëntondersteuning"}) {
    EXPECT_THAT(words, HasSubstr(said));
  }
  EXPECT_THAT(words_of(printed(shipped(), "repair", sample_context("repair.running-clock"))),
              Not(HasSubstr("staat stil")));
}

TEST(ShippedLetters, AReceiptShowsTheCodeOnlyWhereTheContextHasOne) {
  EXPECT_THAT(words_of(printed(shipped(), "receipt", sample_context("receipt"))),
              HasSubstr("M3PX-9WQT-2C7K"));
  auto stored = sample_context("receipt.signed");
  const auto words = words_of(printed(shipped(), "receipt", stored));
  EXPECT_THAT(words, Not(HasSubstr("Code ")));
  EXPECT_THAT(words, Not(HasSubstr("Uw handtekening ontbreekt")));
}

TEST(ShippedLetters, AReceiptNamesFreeSupportThePersonalPlanAndTheComputer) {
  const auto words = words_of(printed(shipped(), "receipt", sample_context("receipt")));
  for (const auto* const said : {"cliëntondersteuning", "Het is gratis", "persoonlijk plan",
                                 "30 november 2026", "een computer", "medewerker"}) {
    EXPECT_THAT(words, HasSubstr(said));
  }
}

TEST(ShippedLetters, TheSignSheetRepeatsTheDecisiveAnswersFirst) {
  const auto context = sample_context("sign-sheet");
  const auto words = words_of(printed(shipped(), "sign-sheet", context));
  const auto decisive = words.find(context["decisive"].items().front()["answer"].text_or_empty());
  const auto other = words.find(context["other"].items().front()["question"].text_or_empty());
  ASSERT_NE(decisive, std::string::npos);
  ASSERT_NE(other, std::string::npos);
  EXPECT_LT(decisive, other);
  EXPECT_THAT(words, HasSubstr("Handtekening"));
}

TEST(ShippedLetters, EnglishIsForReceiptsAndCopiesOnly) {
  EXPECT_THAT(words_of(printed(shipped(), "receipt", sample_context("receipt.english"))),
              HasSubstr("We received your application"));
  auto context = sample_context("grant");
  context.set("language", "en");
  const auto pdf = printed(shipped(), "grant", context);
  EXPECT_THAT(words_of(pdf), HasSubstr("U krijgt hulp bij het huishouden"));
}

TEST(ShippedLetters, SayTheirLanguageAndWantTheirTitleShown) {
  const auto dutch = test::entries_of(printed(shipped(), "grant", sample_context("grant")));
  EXPECT_THAT(dutch, HasSubstr("/Lang (nl-NL)"));
  EXPECT_THAT(dutch, HasSubstr("/DisplayDocTitle true"));
  EXPECT_THAT(dutch, HasSubstr("/Marked true"));
  const auto english = test::entries_of(printed(shipped(), "receipt", sample_context("receipt.english")));
  EXPECT_THAT(english, HasSubstr("/Lang (en)"));
}

TEST(ShippedLetters, AreReadAloudInOrderWithHeadingsListsAndTables) {
  const auto structure = ask("pdfinfo -struct-text", printed(shipped(), "grant", sample_context("grant")));
  for (const auto* const element : {"Document", "H1 (block)", "H2 (block)", "L (block)", "LBody (block)",
                                    "Table (block)", "/Scope /Row", "Link"}) {
    EXPECT_THAT(structure, HasSubstr(element));
  }
  // A paragraph of several lines is one element, with a space where a line ends.
  EXPECT_THAT(structure, HasSubstr("A. de Vries Dorpsstraat 12 A 1234 AB"));
  EXPECT_THAT(structure, HasSubstr("beslist: u krijgt wat u vroeg. In deze brief"));
}

TEST(ShippedLetters, KeepPageNumbersOutOfWhatIsReadAloud) {
  const auto pdf = printed(shipped(), "grant", sample_context("grant"));
  EXPECT_THAT(words_of(pdf), HasSubstr("Pagina 3 van 3"));
  EXPECT_THAT(ask("pdfinfo -struct-text", pdf), Not(HasSubstr("Pagina")));
}

TEST(Printing, KeepsAParagraphOverTwoPagesOneElement) {
  std::string text;
  for (int count = 0; count < 600; ++count) {
    text += "woord" + std::to_string(count) + " ";
  }
  const auto pdf = printed(printer_of("<p>{{text}}</p>"), "proef", Value::object({{"text", text}}));
  const auto structure = ask("pdfinfo -struct-text", pdf);
  EXPECT_THAT(words_of(pdf), HasSubstr("woord599"));
  EXPECT_EQ(structure.find("P (block)", structure.find("woord0")), std::string::npos)
      << "the paragraph was cut";
}

TEST(Printing, GivesTheSameBytesForTheSameFacts) {
  const auto context = sample_context("sign-sheet");
  EXPECT_EQ(printed(shipped(), "sign-sheet", context), printed(shipped(), "sign-sheet", context));
}

TEST(Printing, WorksFromManyThreadsAtOnce) {
  const auto grant = sample_context("grant");
  const auto expected = printed(shipped(), "grant", grant);
  std::atomic<int> same = 0;
  std::vector<std::jthread> threads;
  threads.reserve(4);
  for (int number = 0; number < 4; ++number) {
    threads.emplace_back([&] {
      for (int round = 0; round < 5; ++round) {
        const auto pdf = shipped().print("grant", grant);
        same += pdf && *pdf == expected ? 1 : 0;
      }
    });
  }
  threads.clear();
  EXPECT_EQ(same, 20);
}

TEST(Printing, RefusesALetterThatIsNotThere) {
  const auto pdf = shipped().print("geen-brief", Value::object());
  ASSERT_FALSE(pdf);
  EXPECT_EQ(pdf.error().code, ErrorCode::configuration);
  EXPECT_THAT(pdf.error().message, HasSubstr("geen-brief"));
}

TEST(Printing, NamesTemplateLineAndNameWhenAFactIsMissing) {
  auto context = sample_context("grant");
  context.erase("decidedOn");
  const auto pdf = shipped().print("grant", context);
  ASSERT_FALSE(pdf);
  EXPECT_EQ(pdf.error().code, ErrorCode::configuration);
  EXPECT_THAT(pdf.error().message, ::testing::ContainsRegex("grant\\.mustache:1[0-9] "));
  EXPECT_THAT(pdf.error().message, HasSubstr("\"decidedOn\""));
}

TEST(Printing, NamesThePartialWhenAFactThatItNeedsIsMissing) {
  auto context = sample_context("grant");
  context.erase("contact");
  const auto pdf = shipped().print("grant", context);
  ASSERT_FALSE(pdf);
  EXPECT_THAT(pdf.error().message, HasSubstr("partials/contact.mustache:3"));
}

TEST(Printing, NeedsEveryNameOfEveryShippedLetter) {
  for (const auto& sample : test::letter_samples()) {
    for (const auto& member : sample.context.members()) {
      auto context = sample.context;
      context.erase(member.name);
      const auto pdf = shipped().print(sample.letter, context);
      if (!pdf) {
        EXPECT_EQ(pdf.error().code, ErrorCode::configuration) << sample.name << " without " << member.name;
      }
    }
  }
}

TEST(Printing, RefusesNullWhereTextIsNeeded) {
  const auto pdf = printer_of("<p>{{name}}</p>").print("proef", Value::object({{"name", Value()}}));
  ASSERT_FALSE(pdf);
  EXPECT_THAT(pdf.error().message, HasSubstr("\"name\""));
}

TEST(Printing, TakesNullForASectionThatAsksForIt) {
  const auto printer = printer_of("<p>tot{{#until}} {{until}}{{/until}}{{^until}} later{{/until}}</p>");
  EXPECT_THAT(words_of(printed(printer, "proef", Value::object({{"until", Value()}}))),
              HasSubstr("tot later"));
  EXPECT_THAT(words_of(printed(printer, "proef", Value::object({{"until", "2026-03-01"}}))),
              HasSubstr("tot 1 maart 2026"));
}

TEST(Printing, NeverLetsAValueBecomeMarkup) {
  const auto printer = printer_of("<p>{{name}}</p>");
  const auto words =
      words_of(printed(printer, "proef", Value::object({{"name", "</p><h1>Besluit</h1> & \"x\" <b>"}})));
  EXPECT_THAT(words, HasSubstr("</p><h1>Besluit</h1> & \"x\" <b>"));
}

TEST(Printing, RefusesWaysAroundEscaping) {
  for (const auto* const body : {"<p>{{{name}}}</p>", "<p>{{&name}}</p>", "{{=<% %>=}}<p><%name%></p>"}) {
    const auto pdf = printer_of(body).print("proef", Value::object({{"name", "x"}}));
    ASSERT_FALSE(pdf) << body;
    EXPECT_EQ(pdf.error().code, ErrorCode::configuration);
    EXPECT_THAT(pdf.error().message, HasSubstr("proef.mustache:2"));
  }
}

TEST(Printing, RefusesAPartialInAPartialBeforeItCallsItself) {
  const auto pdf = printer_of("{{> a}}", {{"a", "{{> a}}"}}).print("proef", Value::object());
  ASSERT_FALSE(pdf);
  EXPECT_THAT(pdf.error().message, HasSubstr("partials/a.mustache:1"));
}

TEST(Printing, SaysWhatIsWrongWithMarkup) {
  for (const auto* const body : {"<p>open", "<script>x</script>", "<p onclick=\"x\">x</p>", "woorden",
                                 "<ul><p>x</p></ul>", "<qr content=\"\" description=\"x\"/>"}) {
    const auto pdf = printer_of(body).print("proef", Value::object());
    ASSERT_FALSE(pdf) << body;
    EXPECT_EQ(pdf.error().code, ErrorCode::configuration) << body;
  }
}

TEST(Printing, LinksOnlyToWebMailAndTelephone) {
  const auto printer = printer_of("<p><a href=\"{{address}}\">hier</a></p>");
  const auto raw = [&](const char* address) {
    return test::entries_of(printed(printer, "proef", Value::object({{"address", address}})));
  };
  EXPECT_THAT(raw("https://www.voorbeeld.example/a?b=c"),
              HasSubstr("/URI (https://www.voorbeeld.example/a?b=c)"));
  EXPECT_THAT(raw("https://https://www.voorbeeld.example"),
              HasSubstr("/URI (https://www.voorbeeld.example)"));
  EXPECT_THAT(raw("javascript:alert(1)"), Not(HasSubstr("/URI")));
  EXPECT_THAT(raw("https://a'rect='[0]"), HasSubstr("/URI (https://a%27rect=%27%5B0%5D)"));
}

}  // namespace
}  // namespace softbot

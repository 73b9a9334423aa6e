#include "pipeline/page_sorting.h"

#include <algorithm>
#include <array>

#include "domain/text.h"

namespace softbot::pipeline {
namespace {

/// Words that a kind of letter holds, as fold() leaves them. The first kind that fits counts: what starts a
/// clock of the law stands before what does not.
struct Words {
  std::string_view kind;
  std::array<std::string_view, 6> words;
};

constexpr std::array<Words, 9> letter_words{{
    {"notice-of-default", {"ingebrekestelling", "in gebreke", "dwangsom"}},
    {"objection", {"bezwaarschrift", "maak bezwaar", "maken bezwaar", "bezwaar tegen", "bezwaar maken"}},
    {"withdrawal",
     {"trek ik mijn aanvraag", "intrekken van mijn aanvraag", "aanvraag intrekken", "trek mijn aanvraag",
      "intrekking"}},
    {"complaint", {"klacht", "klachtbrief", "klachten over"}},
    {"human-request", {"een mens", "met een medewerker spreken", "bel mij", "wil graag een gesprek"}},
    {"change-of-circumstances",
     {"wijziging doorgeven", "ga verhuizen", "ben verhuisd", "verandering in mijn", "is overleden"}},
    {"bank-statement",
     {"rekeningafschrift", "rekeningoverzicht", "bij af", "beginsaldo", "eindsaldo", "afschrift"}},
    {"identity-document", {"paspoort", "identiteitskaart", "identity card", "passport", "rijbewijs"}},
    {"medical", {"huisarts", "ziekenhuis", "fysiotherapie", "ergotherapeut", "diagnose", "specialist"}},
}};

bool is_word_in(std::string_view text, std::string_view words) {
  const std::string padded = " " + std::string(text) + " ";
  return padded.find(" " + std::string(words) + " ") != std::string::npos;
}

void sort_form(const PageCode& code, const Serves& serves, const KnowsType& knows_type, SortedPage& page) {
  page.page = code.page;
  page.pages = code.pages;
  page.set = code.set;
  const bool known = std::all_of(code.types.begin(), code.types.end(), [&](const std::string& type) {
    return knows_type(code.municipality, type);
  });
  if (!serves(code.municipality)) {
    page.problem = "other-municipality";
  } else if (page.problem == "unknown-geometry" || page.problem == "other-version" || !known) {
    page.problem = "unknown-form";
  }
  const bool unreadable_here = page.problem == "other-municipality" || page.problem == "unknown-form";
  page.sort = unreadable_here ? SortedPage::Sort::other : SortedPage::Sort::form;
}

SortedPage sorted(const ReadPage& read, const Serves& serves, const KnowsType& knows_type) {
  SortedPage page;
  page.index = read.index;
  page.problem = read.problem;
  if (read.code && read.code->kind == PageCode::Kind::form) {
    sort_form(*read.code, serves, knows_type, page);
  } else if (read.code) {
    page.sort = SortedPage::Sort::sheet;
    page.kind = read.code->types.empty() ? std::string() : read.code->types.front();
    page.page = read.code->page;
    page.pages = read.code->pages;
    page.reference = read.code->reference;
    page.sheet_number = read.code->sheet_number;
  } else if (read.blank && !read.code_of_softbot) {
    page.sort = SortedPage::Sort::blank;
  } else {
    page.kind = kind_of_letter(read.printed_text);
    if (page.problem == "no-marks") page.problem.clear();  // a letter has none
  }
  return page;
}

}  // namespace

std::string_view name_of(SortedPage::Sort sort) {
  switch (sort) {
    case SortedPage::Sort::form:
      return "form";
    case SortedPage::Sort::sheet:
      return "sheet";
    case SortedPage::Sort::blank:
      return "blank";
    case SortedPage::Sort::other:
      break;
  }
  return "other";
}

std::vector<SortedPage> sort_pages(const ReadFile& file, const Serves& serves, const KnowsType& knows_type) {
  std::vector<SortedPage> pages;
  for (const ReadPage& page : file.pages) pages.push_back(sorted(page, serves, knows_type));
  return pages;
}

Value to_value(const SortedPage& page) {
  Value value = Value::object({{"index", page.index},
                               {"sort", name_of(page.sort)},
                               {"problem", page.problem},
                               {"where", page.sort == SortedPage::Sort::blank ? "none" : ""},
                               {"reference", page.reference}});
  if (page.page > 0) {
    value.set("page", page.page);
    value.set("pages", page.pages);
  }
  if (!page.set.empty()) value.set("set", page.set);
  if (!page.kind.empty()) value.set("kind", page.kind);
  if (page.sort == SortedPage::Sort::sheet) value.set("sheetNumber", page.sheet_number);
  return value;
}

std::string_view kind_of_letter(std::string_view printed_text) {
  const std::string text = fold(printed_text);
  for (const Words& one : letter_words) {
    for (const std::string_view words : one.words) {
      if (!words.empty() && is_word_in(text, words)) return one.kind;
    }
  }
  return {};
}

}  // namespace softbot::pipeline

#include "pipeline/page_sorting.h"

#include <algorithm>

#include "forms/letter_guess.h"

namespace softbot::pipeline {
namespace {

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

SortedPage sorted(const ReadPage& read, const Serves& serves, const KnowsType& knows_type,
                  const LetterKinds& kinds) {
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
    page.kind = kind_of_letter(kinds, read.printed_text);
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

std::vector<SortedPage> sort_pages(const ReadFile& file, const Serves& serves, const KnowsType& knows_type,
                                   const LetterKinds& kinds) {
  std::vector<SortedPage> pages;
  for (const ReadPage& page : file.pages) pages.push_back(sorted(page, serves, knows_type, kinds));
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
  if (!page.template_version.empty()) value.set("template", page.template_version);
  if (page.sort == SortedPage::Sort::sheet) value.set("sheetNumber", page.sheet_number);
  return value;
}

std::string kind_of_letter(const LetterKinds& kinds, std::string_view printed_text) {
  const auto told = told_kinds(kinds, guess_letter(kinds, printed_text));
  return told.empty() ? std::string() : told.front();
}

}  // namespace softbot::pipeline

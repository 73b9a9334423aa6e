#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/value.h"
#include "forms/letter_kinds.h"
#include "ports/reader.h"

namespace softbot::pipeline {

/// What a page of a scan is, as far as its code, its marks and its printed text tell.
struct SortedPage {
  enum class Sort {
    form,   ///< a page of a printed form that is read here
    sheet,  ///< a return sheet or a sheet to sign
    other,  ///< anything else: a letter, a copy, a form that is not known here
    blank   ///< nothing is on it
  };
  int index = 0;  ///< in the file, from 0
  Sort sort = Sort::other;
  std::string problem;  ///< the reader's, or unknown-form, other-municipality
  std::string set;      ///< of a form
  int page = 0;         ///< of a form or sheet, from 1
  int pages = 0;
  std::string kind;       ///< of a sheet: return-sheet, sign-sheet; of another page: what its text looks like
  std::string reference;  ///< of a sheet: the case that it belongs to
  std::int64_t sheet_number = 0;
  std::string template_version;  ///< of a form without a code: by which template it was read
  bool operator==(const SortedPage&) const = default;
};

[[nodiscard]] std::string_view name_of(SortedPage::Sort sort);

/// What the pages are. `served`: whether a municipality's forms are dealt with here; `known_type`: whether a
/// type exists there; `kinds`: what words say about a letter. Pure.
using Serves = std::function<bool(std::string_view municipality)>;
using KnowsType = std::function<bool(std::string_view municipality, std::string_view type)>;
[[nodiscard]] std::vector<SortedPage> sort_pages(const ReadFile& file, const Serves& serves,
                                                 const KnowsType& knows_type, const LetterKinds& kinds);

/// As ScanRecord::pages holds them; `where` is "none" for blank pages and "" for all others.
[[nodiscard]] Value to_value(const SortedPage& page);

/// The kind of letter that printed text looks like, the most urgent one that is likely enough; "" for none. A
/// hint for a person, never a decision (forms/letter_guess.h).
[[nodiscard]] std::string kind_of_letter(const LetterKinds& kinds, std::string_view printed_text);

}  // namespace softbot::pipeline

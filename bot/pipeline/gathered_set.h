#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pipeline/paper_files.h"
#include "ports/reader.h"

namespace softbot::pipeline {

/// Everything that lies here of one printed form: pages that wait, in whatever scans they came, and the
/// applications that were made of earlier ones.
struct GatheredSet {
  struct Page {
    std::size_t scan = 0;  ///< in `scans`
    int index = 0;         ///< in that scan
  };
  std::string set;
  std::vector<OpenedScan> scans;              ///< with pages that wait, in the order of receipt
  std::vector<Page> pages;                    ///< those pages
  std::vector<ApplicationReference> earlier;  ///< made of this set before
  std::string template_version;               ///< "" when its pages carry codes of ours

  [[nodiscard]] const ReadPage& read(const Page& page) const;
};

/// Which page to use for each number of the form.
struct ChosenPages {
  std::vector<std::optional<GatheredSet::Page>> by_number;  ///< [0] is page 1; nothing: not there
  std::vector<GatheredSet::Page> spare;                     ///< the same page once more
  std::string conflict;  ///< "" or why a person must sort these pages: page-twice, pages-disagree

  [[nodiscard]] std::vector<int> missing() const;
};

/// Finds all that waits of a set. Empty `pages`: nothing does.
[[nodiscard]] Result<GatheredSet> find_set(const Services& services, const std::string& set);

/// Puts the pages in their order. Pure.
[[nodiscard]] ChosenPages choose_pages(const GatheredSet& set);

/// Indices of the set's pages in one of its scans.
[[nodiscard]] std::vector<int> indices_in(const GatheredSet& set, std::size_t scan);
/// The same, with the loose pages that go along because the scan holds nothing else.
[[nodiscard]] std::vector<int> all_indices_in(const GatheredSet& set, std::size_t scan);

}  // namespace softbot::pipeline

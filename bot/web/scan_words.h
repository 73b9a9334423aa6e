#pragma once

#include <string>
#include <string_view>

namespace softbot::web {

/// What the mail room reads of scans, in Dutch: only staff see these pages.

[[nodiscard]] std::string scan_state_words(std::string_view state);
/// The badge that goes with a state: neutral, safe, warning or danger.
[[nodiscard]] std::string scan_state_badge(std::string_view state);
[[nodiscard]] std::string scan_source_words(std::string_view source);
/// What to do about a file that was not read, by the reason of ScanRecord.
[[nodiscard]] std::string scan_remedy_words(std::string_view reason);
/// What a page is: "form", "sheet", "other", "blank".
[[nodiscard]] std::string page_sort_words(std::string_view sort);
/// Why a page could not be used: the problems of ports/reader.h and pipeline/page_sorting.h.
[[nodiscard]] std::string page_problem_words(std::string_view problem);
/// What became of a sheet that came back: the outcomes of ScanRecord::sheets.
[[nodiscard]] std::string sheet_outcome_words(std::string_view outcome);

}  // namespace softbot::web

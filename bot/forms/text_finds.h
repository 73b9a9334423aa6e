#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "domain/date.h"
#include "domain/money.h"

namespace softbot {

/// Where something stands in a text: bytes from `at` up to `end`.
struct TextPlace {
  std::size_t at = 0;
  std::size_t end = 0;
  bool operator==(const TextPlace&) const = default;
};

struct FoundIban {
  TextPlace place;
  std::string compact;  ///< NL91ABNA0417164300
};

struct FoundDate {
  TextPlace place;
  Date date{};
};

struct FoundRange {
  TextPlace place;
  Date from{};
  Date until{};  ///< the last day; "tot 1 augustus" ends on 31 July
};

struct FoundAmount {
  TextPlace place;
  Cents amount;
};

/// Text in which every kind of space is a space (a tab is two), every kind of dash a hyphen, and in which no
/// other control characters are than line feeds. For the functions below, which take one line or many.
[[nodiscard]] std::string plain_print(std::string_view text);

/// Account numbers whose check digits fit. A Dutch one in which a letter was taken for a digit of the same
/// shape (O for 0), or the other way round, is mended by what its places hold; the check digits must fit
/// then.
[[nodiscard]] std::vector<FoundIban> ibans_in(std::string_view text);

/// Whole dates of the years 2000 to 2099, in figures or with the month in Dutch or English words.
[[nodiscard]] std::vector<FoundDate> dates_in(std::string_view text);

/// "1 t/m 31 juli 2026", "van 01-07-2026 tot en met 31-07-2026", "1-7-2026 - 31-7-2026". In order, at most
/// 400 days long.
[[nodiscard]] std::vector<FoundRange> ranges_in(std::string_view text);

/// "periode: juli 2026": the whole month, where a word for period or month stands before it.
[[nodiscard]] std::vector<FoundRange> months_in(std::string_view text);

/// Amounts with two decimals and their sign: "-12,50", "€ 1.234,56", "12,50-", "1.234,56 D", "12,50 Af".
[[nodiscard]] std::vector<FoundAmount> amounts_in(std::string_view text);

}  // namespace softbot

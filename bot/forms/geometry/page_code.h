#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace softbot {

/// What the code on a printed page says. For a page of a form:
///   SB1:F:<municipality>:<type+type>:<common version.type version...>:<page>/<pages>:<geometry id>:<set
///   number>
/// for a sheet that belongs to a case (return sheet of a repair letter, sheet to sign):
///   SB1:R:<municipality>:<kind>:<sheet number>:<page>/<pages>:<reference>
/// all in QR's alphanumeric signs (upper case on paper, lower case in here). No personal data: the set number
/// and the reference are random.
struct PageCode {
  enum class Kind { form, sheet };
  Kind kind = Kind::form;
  std::string municipality;
  std::vector<std::string> types;  ///< of a form; of a sheet one: "return-sheet" or "sign-sheet"
  std::vector<int> versions;       ///< of a form: common part, then each type
  int page = 1;                    ///< 1-based
  int pages = 1;
  std::string geometry;   ///< geometry id; "" on a sheet
  std::string set;        ///< of a form: eight random signs of base 32, the same on all pages of one print
  std::string reference;  ///< of a sheet: the application's reference
  std::int64_t sheet_number = 0;  ///< of a sheet: only the newest confirms (facts.sheetNumber)
  bool operator==(const PageCode&) const = default;
};

[[nodiscard]] std::string to_text(const PageCode& code);
/// The code in a form for people, printed beside the QR code: groups apart, pages as "2/5".
[[nodiscard]] std::string to_readable(const PageCode& code);
/// Nothing for any text that is not exactly such a code, within sensible limits (99 pages, 10 types).
[[nodiscard]] std::optional<PageCode> page_code_from(std::string_view text);

}  // namespace softbot

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/bsn.h"
#include "domain/date.h"
#include "domain/result.h"
#include "forms/municipality.h"

namespace softbot {

/// Who a letter says that it is from. Each part is "" when it was not found.
struct LetterSender {
  std::string name;
  std::string street;
  std::string house_number;
  std::string postcode;  ///< "1234 AB"
  std::string town;
  bool operator==(const LetterSender&) const = default;
};

/// What stands in a letter beside its message, as far as it was found in print. Personal data.
struct LetterFacts {
  LetterSender sender;
  std::optional<Date> date;             ///< of the letter
  std::vector<std::string> references;  ///< that look like ours: "7KQM-4T9X-HR2D"
  std::vector<std::string> numbers;     ///< of decisions and files, as the letter names them
  bool operator==(const LetterFacts&) const = default;
};

/// Finds sender, date and references. `ours`: addresses that are never the sender's. A date after `received`
/// or years before it is not the letter's. Pure; any bytes will do.
[[nodiscard]] LetterFacts letter_facts(std::string_view text, const std::vector<PostalAddress>& ours,
                                       Date received);

/// What a reference may have been, of which up to two signs were misread as ones that look like them (S for
/// 5): each to be looked up. Without the reference itself; at most a few hundred.
[[nodiscard]] std::vector<std::string> misread_references(const std::string& reference);

/// The one burgerservicenummer that the letter calls so; nothing when it names none, or more than one.
[[nodiscard]] std::optional<Bsn> bsn_in_letter(std::string_view text);

/// True when a line greets somebody, as the first page of a letter does ("Geachte heer", "Beste Jan").
[[nodiscard]] bool has_salutation(std::string_view text);

/// The addresses of all municipalities: where post goes to.
[[nodiscard]] std::vector<PostalAddress> addresses_of(const Municipalities& municipalities);

}  // namespace softbot

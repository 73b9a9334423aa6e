#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/date.h"
#include "domain/money.h"
#include "domain/result.h"
#include "domain/value.h"

namespace softbot {

/// Where the first and the last day of a statement come from.
enum class PeriodSource {
  unknown,
  stated,     ///< the statement says which days it covers, and its transactions do not contradict it
  estimated,  ///< first and last transaction, or the day of the statement: days around them may be covered
              ///< too
};

/// What a statement of a bank account says of itself. What was not surely found is left open. A plain value.
struct BankStatement {
  std::string account;  ///< IBAN without spaces, check digits fit; ""
  std::string holder;   ///< as written; ""
  std::optional<Date> from;
  std::optional<Date> until;  ///< the last day covered
  PeriodSource period = PeriodSource::unknown;
  std::optional<Cents> opening;  ///< balance before the first transaction
  std::optional<Cents> closing;
  bool operator==(const BankStatement&) const = default;
};

/// The statements in a file, from the print of its pages in order, as a PDF or an OCR gives it; or a download
/// of transactions with a comma, semicolon or tab between the columns. One for each account and period; at
/// most `most_statements`. Accounts of the other side of a transaction are never taken for the account
/// itself. Takes any bytes; time and memory grow with their number.
[[nodiscard]] std::vector<BankStatement> read_bank_statements(const std::vector<std::string>& pages);
inline constexpr std::size_t most_statements = 60;

/// A download of transactions: one statement per account in it, its days estimated. Empty when it is none.
[[nodiscard]] std::vector<BankStatement> read_bank_download(std::string_view text);

/// {account, holder, from, until, period, opening, closing}, and back. Error: `damaged`.
[[nodiscard]] Value to_value(const BankStatement& statement);
[[nodiscard]] Result<BankStatement> bank_statement_from(const Value& value);

}  // namespace softbot

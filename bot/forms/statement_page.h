#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/date.h"
#include "domain/money.h"

namespace softbot {

/// What one page of a bank statement says; see BankStatement. What is not surely found is left open.
struct StatementPage {
  std::string account;
  std::string holder;
  std::optional<Date> from;  ///< as the page states it, with `until`
  std::optional<Date> until;
  std::optional<Date> dated;       ///< day of the statement
  std::vector<Date> transactions;  ///< the days of the transactions, as far as they have a year
  std::optional<Cents> opening;
  std::optional<Cents> closing;
};

/// Reads the print of one page, as plain_print() gives it. The head of the page ends where the transactions
/// begin: only there stand the account itself, its holder and the period.
[[nodiscard]] StatementPage read_statement_page(std::string_view print);

}  // namespace softbot

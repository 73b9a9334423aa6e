// links: softbot_forms softbot_geometry softbot_domain
// Whatever a bank statement says, what is read of it can be, and travels unharmed.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "domain/iban.h"
#include "forms/bank_statement.h"

namespace {

void must(bool holds) {
  if (!holds) std::abort();
}

/// Pages end with a form feed, as pdftotext writes them.
std::vector<std::string> pages_of(std::string_view text) {
  std::vector<std::string> pages(1);
  for (const char c : text) {
    if (c == '\f') {
      pages.emplace_back();
    } else {
      pages.back() += c;
    }
  }
  return pages;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace softbot;
  const auto statements =
      read_bank_statements(pages_of(std::string_view(reinterpret_cast<const char*>(data), size)));
  must(statements.size() <= most_statements);
  for (const BankStatement& statement : statements) {
    must(statement.account.empty() || parse_iban(statement.account).has_value());
    must(!statement.from || *statement.from <= *statement.until);
    const auto back = bank_statement_from(to_value(statement));
    must(back.has_value() && *back == statement);
  }
  return 0;
}

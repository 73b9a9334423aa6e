#include "forms/bank_statement.h"

#include <algorithm>
#include <array>
#include <utility>

#include "domain/iban.h"
#include "domain/text.h"
#include "forms/statement_page.h"
#include "forms/text_finds.h"

namespace softbot {
namespace {

constexpr std::size_t most_pages = 600;
constexpr std::size_t longest_page = 60'000;

constexpr std::array<std::pair<PeriodSource, std::string_view>, 3> sources{
    {{PeriodSource::unknown, ""}, {PeriodSource::stated, "stated"}, {PeriodSource::estimated, "estimated"}}};

/// Pages that belong together: the first names the account and the period, the next ones may repeat them.
struct Gathered {
  StatementPage all;

  /// A page without an account says nothing of its own beside pages with one: what looks like a period there
  /// may be what was paid for.
  [[nodiscard]] bool is_mere_continuation(const StatementPage& page) const {
    return page.account.empty() && !all.account.empty();
  }

  [[nodiscard]] bool continues_with(const StatementPage& page) const {
    if (is_mere_continuation(page)) return true;
    if (!all.account.empty() && page.account != all.account) return false;
    return !page.from || !all.from || (page.from == all.from && page.until == all.until);
  }

  void add(StatementPage page) {
    if (!all.from && !is_mere_continuation(page)) {
      all.from = page.from;
      all.until = page.until;
    }
    if (all.account.empty()) all.account = std::move(page.account);
    if (all.holder.empty()) all.holder = std::move(page.holder);
    if (!all.dated) all.dated = page.dated;
    if (!all.opening) all.opening = page.opening;
    if (page.closing) all.closing = page.closing;
    all.transactions.insert(all.transactions.end(), page.transactions.begin(), page.transactions.end());
  }
};

/// Sees whether most transactions lie in the stated period: else that period, or a day in it, was misread.
bool period_holds(const StatementPage& page) {
  const auto outside = std::ranges::count_if(page.transactions,
                                             [&](Date day) { return day < *page.from || day > *page.until; });
  return 2 * outside <= std::ssize(page.transactions);
}

void set_period(const StatementPage& page, BankStatement& statement) {
  if (page.from && period_holds(page)) {
    statement.from = page.from;
    statement.until = page.until;
    statement.period = PeriodSource::stated;
    return;
  }
  if (page.transactions.empty()) return;
  const auto [first, last] = std::ranges::minmax(page.transactions);
  statement.from = first;
  statement.until = page.dated && *page.dated > last ? *page.dated : last;
  statement.period = PeriodSource::estimated;
}

BankStatement statement_of(const StatementPage& page) {
  BankStatement statement;
  statement.account = page.account;
  statement.holder = page.holder;
  set_period(page, statement);
  statement.opening = page.opening;
  statement.closing = page.closing;
  return statement;
}

bool says_something(const BankStatement& statement) {
  return !statement.account.empty() || statement.from || statement.opening || statement.closing ||
         !statement.holder.empty();
}

Value date_or_null(std::optional<Date> date) {
  return date ? Value(format_iso(*date)) : Value();
}

Value amount_or_null(std::optional<Cents> amount) {
  return amount ? Value(format_decimal(*amount)) : Value();
}

tl::unexpected<Error> damaged() {
  return fail(ErrorCode::damaged, "What was read of a bank statement cannot be used.");
}

}  // namespace

std::vector<BankStatement> read_bank_statements(const std::vector<std::string>& pages) {
  if (pages.size() == 1) {
    if (auto download = read_bank_download(pages.front()); !download.empty()) return download;
  }
  std::vector<Gathered> gathered;
  for (std::size_t i = 0; i < pages.size() && i < most_pages; ++i) {
    StatementPage page = read_statement_page(plain_print(std::string_view(pages[i]).substr(0, longest_page)));
    if (gathered.empty() || !gathered.back().continues_with(page)) {
      if (gathered.size() == most_statements) break;
      gathered.emplace_back();
    }
    gathered.back().add(std::move(page));
  }
  std::vector<BankStatement> statements;
  for (const Gathered& one : gathered) {
    BankStatement statement = statement_of(one.all);
    const bool known = std::ranges::find(statements, statement) != statements.end();
    if (says_something(statement) && !known) statements.push_back(std::move(statement));
  }
  return statements;
}

Value to_value(const BankStatement& statement) {
  const auto source = std::ranges::find(sources, statement.period, &decltype(sources)::value_type::first);
  return Value::object({{"account", statement.account},
                        {"holder", statement.holder},
                        {"from", date_or_null(statement.from)},
                        {"until", date_or_null(statement.until)},
                        {"period", std::string(source->second)},
                        {"opening", amount_or_null(statement.opening)},
                        {"closing", amount_or_null(statement.closing)}});
}

Result<BankStatement> bank_statement_from(const Value& value) {
  if (!value.is_object()) return damaged();
  BankStatement statement;
  statement.account = value["account"].text_or_empty();
  statement.holder = value["holder"].text_or_empty();
  if (!statement.account.empty() && !parse_iban(statement.account)) return damaged();
  const auto source =
      std::ranges::find(sources, value["period"].text_or_empty(), &decltype(sources)::value_type::second);
  if (source == sources.end()) return damaged();
  statement.period = source->first;
  if (!value["from"].is_null() || !value["until"].is_null()) {
    const auto from = parse_iso_date(value["from"].text_or_empty());
    const auto until = parse_iso_date(value["until"].text_or_empty());
    if (!from || !until || *until < *from) return damaged();
    statement.from = *from;
    statement.until = *until;
  }
  if ((statement.period == PeriodSource::unknown) != !statement.from) return damaged();
  for (auto [name, amount] : {std::pair{"opening", &statement.opening}, {"closing", &statement.closing}}) {
    if (value[name].is_null()) continue;
    const auto read = parse_money(value[name].text_or_empty());
    if (!read) return damaged();
    *amount = *read;
  }
  return statement;
}

}  // namespace softbot

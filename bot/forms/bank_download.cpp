#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

#include "domain/iban.h"
#include "domain/text.h"
#include "forms/bank_statement.h"
#include "forms/text_finds.h"

namespace softbot {
namespace {

constexpr std::size_t most_rows = 50'000;
constexpr std::size_t most_columns = 60;
constexpr std::size_t longest_row = 4'000;
constexpr std::size_t most_accounts = 20;

using Row = std::vector<std::string>;

/// One row, with quotes around what holds the separator.
Row columns_of(std::string_view line, char separator) {
  Row columns(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == separator && !quoted) {
      if (columns.size() == most_columns) break;
      columns.emplace_back();
    } else {
      columns.back() += c;
    }
  }
  for (std::string& column : columns) column = collapse_spaces(column);
  return columns;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty() && lines.size() < most_rows) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trim(text.substr(0, end));
    if (!line.empty() && line.size() <= longest_row) lines.push_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

/// "20260731" besides what dates_in() finds.
std::optional<Date> date_in(const std::string& column) {
  const bool figures =
      column.size() == 8 && std::ranges::all_of(column, [](char c) { return c >= '0' && c <= '9'; });
  const std::string text =
      figures ? column.substr(0, 4) + "-" + column.substr(4, 2) + "-" + column.substr(6, 2) : column;
  const auto dates = dates_in(text);
  if (dates.size() != 1 || dates.front().place != TextPlace{0, text.size()}) return std::nullopt;
  return dates.front().date;
}

struct Places {
  std::size_t account = 0;
  std::size_t date = 0;
};

/// The first column under one of these names.
std::optional<std::size_t> column_named(const Row& header, const auto& names) {
  for (std::size_t i = 0; i < header.size(); ++i) {
    const std::string name = fold(header[i]);
    if (std::ranges::find(names, std::string_view(name)) != names.end()) return i;
  }
  return std::nullopt;
}

std::optional<Places> places_by_names(const Row& header) {
  constexpr std::array<std::string_view, 7> accounts{
      "rekening", "iban bban", "iban", "rekeningnummer", "account", "eigen rekening", "account number"};
  constexpr std::array<std::string_view, 6> dates{"datum", "boekdatum",        "transactiedatum",
                                                  "date",  "transactie datum", "booking date"};
  const auto account = column_named(header, accounts);
  const auto date = column_named(header, dates);
  if (!account || !date) return std::nullopt;
  return Places{*account, *date};
}

/// Some banks give no names: the day first, then the account.
std::optional<Places> places_without_names(const Row& row) {
  if (row.size() < 5 || !date_in(row[0]) || !parse_iban(row[1])) return std::nullopt;
  return Places{1, 0};
}

char separator_of(std::string_view line) {
  char best = ',';
  for (const char separator : {';', '\t'}) {
    if (std::ranges::count(line, separator) > std::ranges::count(line, best)) best = separator;
  }
  return best;
}

}  // namespace

std::vector<BankStatement> read_bank_download(std::string_view text) {
  const auto lines = lines_of(text);
  if (lines.empty()) return {};
  const char separator = separator_of(lines.front());
  const Row first = columns_of(lines.front(), separator);
  auto places = first.size() < 4 ? std::nullopt : places_by_names(first);
  const std::size_t begin = places ? 1 : 0;
  if (!places) places = places_without_names(first);
  if (!places) return {};
  std::map<std::string, std::pair<Date, Date>> days;  // by account
  for (std::size_t i = begin; i < lines.size(); ++i) {
    const Row row = columns_of(lines[i], separator);
    if (row.size() <= std::max(places->account, places->date)) continue;
    const auto account = parse_iban(row[places->account]);
    const auto date = date_in(row[places->date]);
    if (!account || !date) continue;
    if (days.size() == most_accounts && !days.contains(account->compact())) continue;
    auto& [from, until] = days.try_emplace(account->compact(), *date, *date).first->second;
    from = std::min(from, *date);
    until = std::max(until, *date);
  }
  std::vector<BankStatement> statements;
  for (const auto& [account, range] : days) {
    BankStatement& statement = statements.emplace_back();
    statement.account = account;
    statement.from = range.first;
    statement.until = range.second;
    statement.period = PeriodSource::estimated;
  }
  return statements;
}

}  // namespace softbot

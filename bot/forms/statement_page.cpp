#include "forms/statement_page.h"

#include <algorithm>
#include <array>

#include "domain/text.h"
#include "forms/text_finds.h"

namespace softbot {
namespace {

constexpr std::size_t most_lines = 400;
constexpr std::size_t longest_line = 400;
constexpr std::size_t first_columns = 12;  ///< a transaction has its day within so many signs
constexpr std::size_t longest_holder = 80;

struct Line {
  std::string text;
  std::string lower;  ///< the same places
};

struct Label {
  TextPlace place;
  int meaning = 0;
};

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

/// Where a word or words stand in a line in lower case, not as a part of a longer word unless `inside`.
enum class Match { whole_word, end_of_word };

bool stands_at(std::string_view lower, std::size_t place, std::string_view words, Match match) {
  const bool begins = place == 0 || match == Match::end_of_word || !is_letter(lower[place - 1]);
  const std::size_t end = place + words.size();
  const bool ends = end >= lower.size() || !is_letter(lower[end]) || words.ends_with('.');
  return begins && ends;
}

std::size_t find_words(std::string_view lower, std::string_view words, Match match = Match::whole_word) {
  for (std::size_t place = lower.find(words); place != std::string_view::npos;
       place = lower.find(words, place + 1)) {
    if (stands_at(lower, place, words, match)) return place;
  }
  return std::string_view::npos;
}

bool has_words(std::string_view lower, std::string_view words, Match match = Match::whole_word) {
  return find_words(lower, words, match) != std::string_view::npos;
}

std::vector<Line> lines_of(std::string_view print) {
  std::vector<Line> lines;
  while (!print.empty() && lines.size() < most_lines) {
    const std::size_t end = std::min(print.find('\n'), print.size());
    const std::string_view line = trim(print.substr(0, std::min(end, longest_line)));
    if (!line.empty()) lines.push_back({std::string(line), ascii_lower(line)});
    print.remove_prefix(std::min(end + 1, print.size()));
  }
  return lines;
}

/// "01-07" or "1 jul" where a transaction has its day, with or without a year.
bool begins_with_day(const std::string& lower) {
  std::size_t place = 0;
  while (place < lower.size() && place < 2 && lower[place] >= '0' && lower[place] <= '9') ++place;
  if (place == 0 || place + 2 >= lower.size()) return false;
  const char next = lower[place];
  if (next == '-' || next == '/' || next == '.') return lower[place + 1] >= '0' && lower[place + 1] <= '9';
  return next == ' ' && lower[place + 1] >= 'a' && lower[place + 1] <= 'z';
}

bool names_balance(const std::string& lower) {
  return lower.find("saldo") != std::string::npos || has_words(lower, "balance");
}

std::optional<Date> first_day(const std::string& text) {
  const auto dates = dates_in(std::string_view(text).substr(0, 40));
  if (dates.empty() || dates.front().place.at > first_columns) return std::nullopt;
  return dates.front().date;
}

bool is_transaction(const Line& line) {
  if (names_balance(line.lower)) return false;
  return (begins_with_day(line.lower) || first_day(line.text)) && !amounts_in(line.text).empty();
}

/// The names of the columns above the transactions.
bool is_column_names(const std::string& lower) {
  const bool day = has_words(lower, "datum") || has_words(lower, "boekdatum") || has_words(lower, "date");
  if (!day) return false;
  for (const std::string_view other : {"afschrift", "rekeningnummer", "periode", "volgnummer", "iban"}) {
    if (lower.find(other) != std::string::npos) return false;
  }
  for (const std::string_view column : {"omschrijving", "bedrag", "naam", "description", "amount", "af",
                                        "mutatie", "mutaties", "tegenpartij"}) {
    if (has_words(lower, column)) return true;
  }
  return lower.find("omschrijving") != std::string::npos;
}

/// One of them alone: an OCR tells columns one after the other.
bool is_one_column_name(const std::string& lower) {
  for (const std::string_view name : {"datum", "boekdatum", "date", "omschrijving", "description"}) {
    if (lower == name) return true;
  }
  return lower.starts_with("naam / omschrijving");
}

/// Where the transactions begin. The name of one column counts only behind an account number: above it, it
/// may be the day of the statement.
std::vector<Line>::const_iterator end_of_head(const std::vector<Line>& lines) {
  bool account = false;
  return std::ranges::find_if(lines, [&](const Line& line) {
    if (is_transaction(line) || is_column_names(line.lower)) return true;
    if (account && is_one_column_name(line.lower)) return true;
    account = account || !ibans_in(line.text).empty();
    return false;
  });
}

enum AccountLabel { own = 1, other = 2 };

/// What the words of a line say about the account numbers beside or below them, in order.
std::vector<Label> account_labels(const std::string& lower) {
  struct Words {
    std::string_view words;
    AccountLabel meaning;
    Match match;
  };
  constexpr std::array<Words, 19> all{{{"tegenrekening", other, Match::whole_word},
                                       {"tegenrekeningnummer", other, Match::whole_word},
                                       {"tegenpartij", other, Match::whole_word},
                                       {"naar rekening", other, Match::whole_word},
                                       {"van rekening", other, Match::whole_word},
                                       {"begunstigde", other, Match::whole_word},
                                       {"incassant", other, Match::whole_word},
                                       {"counterparty", other, Match::whole_word},
                                       {"beneficiary", other, Match::whole_word},
                                       {"contra account", other, Match::whole_word},
                                       {"rekeningnummer", own, Match::whole_word},
                                       {"rekeningnr", own, Match::whole_word},
                                       {"rekening nr", own, Match::whole_word},
                                       {"rek.nr", own, Match::whole_word},
                                       {"rekening", own, Match::end_of_word},
                                       {"rekeningafschrift", own, Match::whole_word},
                                       {"iban", own, Match::whole_word},
                                       {"account number", own, Match::whole_word},
                                       {"account", own, Match::whole_word}}};
  std::vector<Label> labels;
  for (std::size_t place = 0; place < lower.size(); ++place) {
    for (const Words& one : all) {
      if (lower.compare(place, one.words.size(), one.words) != 0) continue;
      if (!stands_at(lower, place, one.words, one.match)) continue;
      labels.push_back({{place, place + one.words.size()}, one.meaning});
      place += one.words.size() - 1;
      break;
    }
  }
  return labels;
}

/// "rekening IBAN" and "tegenrekening (IBAN)" are one label each.
std::vector<int> meanings_in_order(const std::vector<Label>& labels) {
  std::vector<int> meanings;
  std::size_t behind = std::string::npos;
  for (const Label& label : labels) {
    const bool joined = behind != std::string::npos && label.place.at <= behind + 2;
    if (!joined) meanings.push_back(label.meaning);
    behind = label.place.end;
  }
  return meanings;
}

/// Whose account the numbers of a line are, by the labels in it and in the two lines above.
std::vector<int> owners_of(const std::vector<Line>& head, std::size_t row,
                           const std::vector<FoundIban>& ibans) {
  std::vector<int> owners(ibans.size(), 0);
  const auto beside = account_labels(head[row].lower);
  for (std::size_t i = 0; i < ibans.size(); ++i) {
    for (const Label& label : beside) {
      if (label.place.end > ibans[i].place.at) break;
      const bool after_other_number = i > 0 && label.place.end <= ibans[i - 1].place.at;
      if (after_other_number) continue;
      // "tegenrekening IBAN": what comes first in a label says whose it is
      if (owners[i] != other || label.meaning == other) owners[i] = label.meaning;
    }
  }
  const bool none = std::ranges::all_of(owners, [](int owner) { return owner == 0; });
  for (std::size_t above = 1; none && above <= 2 && above <= row; ++above) {
    const auto meanings = meanings_in_order(account_labels(head[row - above].lower));
    if (meanings.empty()) continue;
    if (!ibans_in(head[row - above].text).empty()) break;
    const bool all_own = std::ranges::all_of(meanings, [](int meaning) { return meaning == own; });
    if (meanings.size() == ibans.size()) return meanings;
    if (all_own && ibans.size() == 1) return {own};
    break;
  }
  if (none && ibans.size() == 1) {  // "NL91 ABNA 0417 1643 00 EUR Betaalrekening"
    const auto behind = std::ranges::find_if(
        beside, [&](const Label& label) { return label.place.at >= ibans.front().place.end; });
    if (behind != beside.end()) owners.front() = behind->meaning;
  }
  return owners;
}

/// The one account that the head calls its own.
std::string account_in(const std::vector<Line>& head) {
  std::vector<std::string> accounts;
  std::vector<std::string> nameless;
  bool others = false;
  for (std::size_t row = 0; row < head.size(); ++row) {
    const auto ibans = ibans_in(head[row].text);
    if (ibans.empty()) continue;
    const auto owners = owners_of(head, row, ibans);
    for (std::size_t i = 0; i < ibans.size(); ++i) {
      others = others || owners[i] == other;
      auto& list = owners[i] == own ? accounts : nameless;
      if (owners[i] != other && std::ranges::find(list, ibans[i].compact) == list.end())
        list.push_back(ibans[i].compact);
    }
  }
  if (accounts.size() == 1) return accounts.front();
  const bool titled = std::ranges::any_of(head, [](const Line& line) {
    return line.lower.find("afschrift") != std::string::npos ||
           line.lower.find("overzicht") != std::string::npos ||
           line.lower.find("statement") != std::string::npos;
  });
  const bool only_one = accounts.empty() && nameless.size() == 1 && !others;
  return only_one && titled ? nameless.front() : std::string();
}

/// Parts of a line with at least two spaces between them.
std::vector<std::string_view> columns_of(std::string_view text) {
  std::vector<std::string_view> columns;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find("  "), text.size());
    if (const std::string_view column = trim(text.substr(0, end)); !column.empty()) columns.push_back(column);
    text.remove_prefix(std::min(end + 2, text.size()));
  }
  return columns;
}

/// What can stand behind a name in the same column.
std::string_view before_next_label(std::string_view text) {
  const std::string lower = ascii_lower(text);
  std::size_t end = text.size();
  for (const std::string_view label : {"periode", "datum", "saldo", "iban", "rekening", "volgnummer", "blad",
                                       "pagina", "bic", "rekeningnummer", "valuta", "afschrift", "adres",
                                       "klantnummer", "account", "period", "page", "eur"}) {
    end = std::min(end, find_words(lower, label));
  }
  return trim(text.substr(0, end));
}

std::string name_from(std::string_view text) {
  constexpr std::string_view marks = " :()-.";
  text.remove_prefix(std::min(text.find_first_not_of(marks), text.size()));
  text = before_next_label(text.substr(0, text.find("  ")));
  while (!text.empty() && (text.back() == ',' || text.back() == ':')) text.remove_suffix(1);
  const bool digits = std::ranges::any_of(text, [](char c) { return c >= '0' && c <= '9'; });
  const bool name = text.size() >= 3 && text.size() <= longest_holder && !digits && is_plausible_name(text);
  return name ? std::string(text) : std::string();
}

constexpr std::array<std::string_view, 10> holder_labels{"t.n.v.",
                                                         "tnv",
                                                         "ten name van",
                                                         "op naam van",
                                                         "tenaamstelling",
                                                         "naam rekeninghouder",
                                                         "rekeninghouder(s)",
                                                         "rekeninghouders",
                                                         "rekeninghouder",
                                                         "account holder"};

std::string holder_in(const std::vector<Line>& head) {
  for (std::size_t row = 0; row < head.size(); ++row) {
    const Line& line = head[row];
    for (const std::string_view label : holder_labels) {
      const std::size_t place = find_words(line.lower, label);
      if (place == std::string::npos) continue;
      if (auto name = name_from(std::string_view(line.text).substr(place + label.size())); !name.empty())
        return name;
      if (row + 1 == head.size()) continue;
      const auto names = columns_of(line.lower);
      const auto values = columns_of(head[row + 1].text);
      for (std::size_t i = 0; i < names.size() && names.size() == values.size(); ++i) {
        if (!has_words(names[i], label)) continue;
        if (auto name = name_from(values[i]); !name.empty()) return name;
      }
    }
  }
  return {};
}

bool is_labelled(std::string_view lower, std::size_t place) {
  constexpr std::size_t near = 40;
  const std::string_view before = lower.substr(place > near ? place - near : 0, std::min(place, near));
  for (const std::string_view label : {"periode", "period", "van", "vanaf", "from", "begindatum"}) {
    if (has_words(before, label)) return true;
  }
  return false;
}

/// "Van   Tot en met" with the two days in the line below.
std::vector<FoundRange> ranges_in_columns(const std::vector<Line>& head) {
  std::vector<FoundRange> found;
  for (std::size_t row = 1; row < head.size(); ++row) {
    const auto dates = dates_in(head[row].text);
    if (dates.size() != 2 || dates[1].date < dates[0].date) continue;
    const std::string_view between =
        std::string_view(head[row].text).substr(dates[0].place.end, dates[1].place.at - dates[0].place.end);
    const std::string& above = head[row - 1].lower;
    const bool first = has_words(above, "van") || has_words(above, "vanaf") ||
                       has_words(above, "begindatum") || has_words(above, "periode") ||
                       has_words(above, "from");
    const bool last = has_words(above, "t/m") || has_words(above, "tot en met") ||
                      has_words(above, "einddatum") || has_words(above, "until");
    if (first && last && trim(between).empty())
      found.push_back({{dates[0].place.at, dates[1].place.end}, dates[0].date, dates[1].date});
  }
  return found;
}

bool all_the_same(const std::vector<FoundRange>& ranges) {
  return std::ranges::all_of(ranges, [&](const FoundRange& range) {
    return range.from == ranges.front().from && range.until == ranges.front().until;
  });
}

/// The period that the head states; nothing when it names several.
void take_period(const std::vector<Line>& head, StatementPage& page) {
  std::string text;
  for (const Line& line : head) text += line.text + "\n";
  const std::string lower = ascii_lower(text);
  const auto all = ranges_in(text);
  std::vector<FoundRange> labelled;
  std::ranges::copy_if(all, std::back_inserter(labelled),
                       [&](const FoundRange& range) { return is_labelled(lower, range.place.at); });
  for (const auto& ranges : {labelled, ranges_in_columns(head), all, months_in(text)}) {
    if (ranges.empty()) continue;
    if (!all_the_same(ranges)) return;
    page.from = ranges.front().from;
    page.until = ranges.front().until;
    return;
  }
}

std::optional<Date> dated_in(const std::vector<Line>& head) {
  for (std::size_t row = 0; row < head.size(); ++row) {
    for (const std::string_view label :
         {"datum afschrift", "afschriftdatum", "datum overzicht", "statement date"}) {
      const std::size_t place = find_words(head[row].lower, label);
      if (place == std::string::npos) continue;
      const auto beside = dates_in(std::string_view(head[row].text).substr(place));
      if (!beside.empty()) return beside.front().date;
      const auto below = row + 1 < head.size() ? dates_in(head[row + 1].text) : std::vector<FoundDate>();
      if (below.size() == 1) return below.front().date;
    }
  }
  return std::nullopt;
}

enum BalanceLabel { opens = 1, closes = 2, sum = 3 };

std::vector<Label> balance_labels(const std::string& lower) {
  struct Words {
    std::string_view words;
    BalanceLabel meaning;
  };
  constexpr std::array<Words, 22> all{{{"beginsaldo", opens},         {"begin saldo", opens},
                                       {"vorig saldo", opens},        {"oud saldo", opens},
                                       {"startsaldo", opens},         {"openingssaldo", opens},
                                       {"opening balance", opens},    {"previous balance", opens},
                                       {"eindsaldo", closes},         {"eind saldo", closes},
                                       {"nieuw saldo", closes},       {"slotsaldo", closes},
                                       {"huidig saldo", closes},      {"closing balance", closes},
                                       {"new balance", closes},       {"totaal afgeschreven", sum},
                                       {"totaal bijgeschreven", sum}, {"totaal af", sum},
                                       {"totaal bij", sum},           {"bedrag af", sum},
                                       {"bedrag bij", sum},           {"totaal", sum}}};
  std::vector<Label> labels;
  for (std::size_t place = 0; place < lower.size(); ++place) {
    for (const Words& one : all) {
      if (lower.compare(place, one.words.size(), one.words) != 0 ||
          !stands_at(lower, place, one.words, Match::whole_word))
        continue;
      labels.push_back({{place, place + one.words.size()}, one.meaning});
      place += one.words.size() - 1;
      break;
    }
  }
  return labels;
}

void note_balance(int meaning, Cents amount, StatementPage& page) {
  if (meaning == opens && !page.opening) page.opening = amount;
  if (meaning == closes) page.closing = amount;
}

/// Balances beside their labels, or in the same order in the line below them.
void take_balances(const std::vector<Line>& lines, StatementPage& page) {
  for (std::size_t row = 0; row < lines.size(); ++row) {
    const auto labels = balance_labels(lines[row].lower);
    const auto balance =
        std::ranges::find_if(labels, [](const Label& label) { return label.meaning != sum; });
    if (balance == labels.end()) continue;
    if (begins_with_day(lines[row].lower) && labels.front().place.at > first_columns) continue;
    const auto amounts = amounts_in(lines[row].text);
    for (std::size_t i = 0; i < labels.size(); ++i) {
      const std::size_t end = i + 1 < labels.size() ? labels[i + 1].place.at : lines[row].text.size();
      const auto amount = std::ranges::find_if(amounts, [&](const FoundAmount& one) {
        return one.place.at >= labels[i].place.end && one.place.at < end;
      });
      if (amount != amounts.end()) note_balance(labels[i].meaning, amount->amount, page);
    }
    if (!amounts.empty() || row + 1 == lines.size()) continue;
    const auto below = amounts_in(lines[row + 1].text);
    if (below.size() != labels.size() || begins_with_day(lines[row + 1].lower)) continue;
    for (std::size_t i = 0; i < labels.size(); ++i) note_balance(labels[i].meaning, below[i].amount, page);
  }
}

}  // namespace

StatementPage read_statement_page(std::string_view print) {
  const std::vector<Line> lines = lines_of(print);
  const auto body = end_of_head(lines);
  const std::vector<Line> head(lines.begin(), body);
  StatementPage page;
  page.account = account_in(head);
  page.holder = holder_in(head);
  take_period(head, page);
  page.dated = dated_in(head);
  take_balances(lines, page);
  for (auto line = body; line != lines.end(); ++line) {
    if (!is_transaction(*line)) continue;
    if (const auto day = first_day(line->text)) page.transactions.push_back(*day);
  }
  return page;
}

}  // namespace softbot

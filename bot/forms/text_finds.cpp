#include "forms/text_finds.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "domain/iban.h"
#include "domain/text.h"

namespace softbot {
namespace {

constexpr std::size_t longest_iban = 34;
constexpr std::size_t shortest_iban = 15;
constexpr std::size_t dutch_iban = 18;
constexpr int longest_range = 400;  // days

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}

bool is_word(char c) {
  return is_digit(c) || is_upper(c) || (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

char at(std::string_view text, std::size_t place) {
  return place < text.size() ? text[place] : ' ';
}

bool begins_word(std::string_view text, std::size_t place) {
  return place == 0 || !is_word(text[place - 1]);
}

/// What a sign is where only a digit, or only a letter, can stand.
char as_digit(char c) {
  constexpr std::string_view letters = "OQDILZSBG";
  constexpr std::string_view digits = "000112586";
  const std::size_t place = letters.find(c);
  return place == std::string_view::npos ? c : digits[place];
}

char as_letter(char c) {
  constexpr std::string_view digits = "012568";
  constexpr std::string_view letters = "OIZSGB";
  const std::size_t place = digits.find(c);
  return place == std::string_view::npos ? c : letters[place];
}

/// Letters and digits from a place on, with at most one space, dot or hyphen between two of them.
struct Run {
  std::string signs;              ///< in capitals
  std::vector<std::size_t> ends;  ///< behind each sign
};

Run run_from(std::string_view text, std::size_t place) {
  Run run;
  while (place < text.size() && run.signs.size() < longest_iban) {
    const char c = text[place];
    if (!is_word(c) || static_cast<unsigned char>(c) >= 0x80) break;
    run.signs += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    run.ends.push_back(++place);
    const bool gap = at(text, place) == ' ' || at(text, place) == '.' || at(text, place) == '-';
    if (gap && is_word(at(text, place + 1))) ++place;
  }
  return run;
}

std::optional<FoundIban> iban_from(std::string_view text, std::size_t place) {
  const Run run = run_from(text, place);
  for (std::size_t length = shortest_iban; length <= run.signs.size(); ++length) {
    const std::size_t end = run.ends[length - 1];
    if (is_word(at(text, end))) continue;
    if (const auto iban = parse_iban(std::string_view(run.signs).substr(0, length)))
      return FoundIban{{place, end}, iban->compact()};
  }
  if (!run.signs.starts_with("NL") || run.signs.size() < dutch_iban) return std::nullopt;
  const std::size_t end = run.ends[dutch_iban - 1];
  if (is_word(at(text, end))) return std::nullopt;
  std::string mended = run.signs.substr(0, dutch_iban);
  for (std::size_t i = 2; i < mended.size(); ++i)
    mended[i] = i >= 4 && i < 8 ? as_letter(mended[i]) : as_digit(mended[i]);
  const auto iban = parse_iban(mended);
  if (!iban) return std::nullopt;
  return FoundIban{{place, end}, iban->compact()};
}

/// A whole number of `least` to `most` digits at a place; moves the place behind it.
std::optional<unsigned> number_at(std::string_view text, std::size_t& place, std::size_t least,
                                  std::size_t most) {
  std::size_t end = place;
  unsigned value = 0;
  while (end < text.size() && is_digit(text[end]) && end - place < most) {
    value = value * 10 + static_cast<unsigned>(text[end] - '0');
    ++end;
  }
  if (end - place < least || is_digit(at(text, end))) return std::nullopt;
  place = end;
  return value;
}

constexpr std::array<std::array<std::string_view, 4>, 12> months{{
    {"januari", "january", "jan", ""},
    {"februari", "february", "feb", ""},
    {"maart", "march", "mrt", "mar"},
    {"april", "apr", "", ""},
    {"mei", "may", "", ""},
    {"juni", "june", "jun", ""},
    {"juli", "july", "jul", ""},
    {"augustus", "august", "aug", ""},
    {"september", "sept", "sep", ""},
    {"oktober", "october", "okt", "oct"},
    {"november", "nov", "", ""},
    {"december", "dec", "", ""},
}};

/// The month whose name stands at a place, from 1; moves the place behind the name and its dot.
std::optional<unsigned> month_at(std::string_view text, std::size_t& place) {
  std::size_t end = place;
  while (end < text.size() && is_word(text[end]) && !is_digit(text[end]) && end - place < 12) ++end;
  const std::string word = ascii_lower(text.substr(place, end - place));
  if (word.empty()) return std::nullopt;
  for (unsigned month = 0; month < months.size(); ++month) {
    if (std::ranges::find(months[month], std::string_view(word)) == months[month].end()) continue;
    place = at(text, end) == '.' ? end + 1 : end;
    return month + 1;
  }
  return std::nullopt;
}

std::optional<Date> date_of(unsigned year, unsigned month, unsigned day) {
  const Date date{std::chrono::year(static_cast<int>(year)), std::chrono::month(month),
                  std::chrono::day(day)};
  if (!date.ok() || year < 2000 || year > 2099) return std::nullopt;
  return date;
}

void skip_spaces(std::string_view text, std::size_t& place) {
  while (place < text.size() && (text[place] == ' ' || text[place] == '\n')) ++place;
}

bool is_date_separator(char c) {
  return c == '-' || c == '/' || c == '.';
}

/// "2026-07-01" at a place.
std::optional<FoundDate> iso_date_at(std::string_view text, std::size_t place) {
  std::size_t end = place;
  const auto year = number_at(text, end, 4, 4);
  if (!year || at(text, end) != '-') return std::nullopt;
  const auto month = number_at(text, ++end, 2, 2);
  if (!month || at(text, end) != '-') return std::nullopt;
  const auto day = number_at(text, ++end, 2, 2);
  if (!day || is_word(at(text, end))) return std::nullopt;
  const auto date = date_of(*year, *month, *day);
  if (!date) return std::nullopt;
  return FoundDate{{place, end}, *date};
}

/// "01-07-2026" or "1 juli 2026" at a place.
std::optional<FoundDate> dutch_date_at(std::string_view text, std::size_t place) {
  std::size_t end = place;
  const auto day = number_at(text, end, 1, 2);
  if (!day) return std::nullopt;
  std::optional<unsigned> month;
  const char separator = at(text, end);
  if (is_date_separator(separator)) {
    month = number_at(text, ++end, 1, 2);
    if (!month || at(text, end) != separator) return std::nullopt;
    ++end;
  } else {
    skip_spaces(text, end);
    month = month_at(text, end);
    if (!month) return std::nullopt;
    skip_spaces(text, end);
  }
  const auto year = number_at(text, end, 4, 4);
  if (!year || is_word(at(text, end))) return std::nullopt;
  const auto date = date_of(*year, *month, *day);
  if (!date) return std::nullopt;
  return FoundDate{{place, end}, *date};
}

/// What joins the first day and the last.
enum class Link { none, including, until };

Link link_of(std::string_view between) {
  std::string words;
  for (const char c : ascii_lower(between)) words += c == ':' || c == '\n' ? ' ' : c;
  const std::string text = collapse_spaces(words);
  for (const std::string_view link :
       {"t/m", "tm", "t/m.", "tot en met", "tot/met", "-", "through", "up to and including", "einddatum",
        "datum tot en met", "datum t/m", "en met"}) {
    if (text == link) return Link::including;
  }
  for (const std::string_view link : {"tot", "to", "until", "datum tot"}) {
    if (text == link) return Link::until;
  }
  return Link::none;
}

std::optional<FoundRange> range_of(TextPlace place, Date from, Date until, Link link) {
  if (link == Link::none) return std::nullopt;
  if (link == Link::until && until.day() == std::chrono::day(1)) until = add_days(until, -1);
  if (until < from || days_between(from, until) > longest_range) return std::nullopt;
  return FoundRange{place, from, until};
}

/// The first day where only the last one is written out: "1", "01-07" or "1 juli" at a place.
std::optional<std::pair<Date, std::size_t>> short_date_at(std::string_view text, std::size_t place,
                                                          Date last) {
  std::size_t end = place;
  const auto day = number_at(text, end, 1, 2);
  if (!day) return std::nullopt;
  unsigned month = static_cast<unsigned>(last.month());
  std::size_t behind = end;
  if (is_date_separator(at(text, end))) {
    const auto number = number_at(text, ++behind, 1, 2);
    if (!number || is_date_separator(at(text, behind))) return std::nullopt;
    month = *number;
    end = behind;
  } else {
    skip_spaces(text, behind);
    if (const auto named = month_at(text, behind)) {
      month = *named;
      end = behind;
    }
  }
  const bool year_before = month > static_cast<unsigned>(last.month());
  const auto date =
      date_of(static_cast<unsigned>(static_cast<int>(last.year())) - (year_before ? 1 : 0), month, *day);
  if (!date) return std::nullopt;
  return std::pair{*date, end};
}

/// "1 t/m 31 juli 2026": looks back from the last day for the beginning.
std::optional<FoundRange> short_range_before(std::string_view text, const FoundDate& last) {
  constexpr std::size_t most = 40;
  const std::size_t first = last.place.at > most ? last.place.at - most : 0;
  for (std::size_t place = first; place < last.place.at; ++place) {
    if (!is_digit(text[place]) || !begins_word(text, place)) continue;
    if (place > 0 && is_date_separator(text[place - 1])) continue;
    const auto from = short_date_at(text, place, last.date);
    if (!from || from->second > last.place.at) continue;
    const Link link = link_of(text.substr(from->second, last.place.at - from->second));
    if (const auto range = range_of({place, last.place.end}, from->first, last.date, link)) return range;
  }
  return std::nullopt;
}

/// "1.234,56" or "1,234.56" or "12,50" at a place; the place behind it.
std::optional<std::pair<Cents, std::size_t>> plain_amount_at(std::string_view text, std::size_t place) {
  std::size_t end = place;
  while (end < text.size() && (is_digit(text[end]) || text[end] == '.' || text[end] == ',')) ++end;
  const std::string_view number = text.substr(place, end - place);
  if (number.size() < 4 || number.size() > 20 || is_word(at(text, end))) return std::nullopt;
  const char decimal = number[number.size() - 3];
  if (decimal != ',' && decimal != '.') return std::nullopt;
  if (number.find(decimal) != number.size() - 3) return std::nullopt;
  const auto amount = parse_money(number);
  if (!amount) return std::nullopt;
  return std::pair{*amount, end};
}

/// A minus before the number, or before the currency in front of it.
bool minus_before(std::string_view text, std::size_t place) {
  std::string_view before = text.substr(0, place);
  const auto drop = [&](std::string_view end) {
    while (before.ends_with(' ')) before.remove_suffix(1);
    if (before.ends_with(end)) before.remove_suffix(end.size());
  };
  if (before.ends_with('-')) return begins_word(text, place - 1);
  const std::size_t size = before.size();
  drop("€");
  drop("EUR");
  if (before.size() + 1 >= size) return false;
  while (before.ends_with(' ')) before.remove_suffix(1);
  return before.ends_with('-') && (before.size() == 1 || !is_word(before[before.size() - 2]));
}

/// What stands behind the number and makes it less: "-", " D", " Af". Moves the place behind it.
bool minus_behind(std::string_view text, std::size_t& place) {
  if (at(text, place) == '-' && !is_word(at(text, place + 1))) {
    ++place;
    return true;
  }
  std::size_t begin = place;
  while (at(text, begin) == ' ' && begin < text.size() && begin - place < 3) ++begin;
  std::size_t end = begin;
  while (end < text.size() && is_word(text[end]) && end - begin < 12) ++end;
  const std::string word = ascii_lower(text.substr(begin, end - begin));
  std::string_view next = trim(text.substr(end, 12));
  if (next.starts_with("€")) next = trim(next.substr(std::string_view("€").size()));
  if (!next.empty() && is_digit(next.front())) return false;  // "Af" above, or before, the next amount
  for (const std::string_view less : {"d", "db", "dt", "af", "debet", "debit"}) {
    if (word != less) continue;
    place = end;
    return true;
  }
  return false;
}

}  // namespace

std::string plain_print(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 8> plain{{{"\xC2\xA0", " "},
                                                                                {"\xE2\x80\xAF", " "},
                                                                                {"\xE2\x80\x89", " "},
                                                                                {"\xE2\x80\x90", "-"},
                                                                                {"\xE2\x80\x91", "-"},
                                                                                {"\xE2\x80\x93", "-"},
                                                                                {"\xE2\x80\x94", "-"},
                                                                                {"\xE2\x88\x92", "-"}}};
  std::string out;
  out.reserve(text.size());
  for (std::size_t place = 0; place < text.size();) {
    const auto found = std::ranges::find_if(
        plain, [&](const auto& pair) { return text.substr(place).starts_with(pair.first); });
    if (found != plain.end()) {
      out += found->second;
      place += found->first.size();
      continue;
    }
    const char c = text[place++];
    if (c == '\t') {
      out += "  ";
    } else if (c == '\n' || static_cast<unsigned char>(c) >= 0x20) {
      out += c;
    }
  }
  return out;
}

std::vector<FoundIban> ibans_in(std::string_view text) {
  std::vector<FoundIban> found;
  for (std::size_t place = 0; place + shortest_iban <= text.size(); ++place) {
    if (!is_upper(text[place]) || !is_upper(text[place + 1]) || !begins_word(text, place)) continue;
    if (!is_digit(as_digit(text[place + 2]))) continue;
    auto iban = iban_from(text, place);
    if (!iban) continue;
    place = iban->place.end - 1;
    found.push_back(std::move(*iban));
  }
  return found;
}

std::vector<FoundDate> dates_in(std::string_view text) {
  std::vector<FoundDate> found;
  for (std::size_t place = 0; place < text.size(); ++place) {
    if (!is_digit(text[place]) || !begins_word(text, place)) continue;
    auto date = iso_date_at(text, place);
    if (!date) date = dutch_date_at(text, place);
    if (!date) continue;
    found.push_back(*date);
    place = date->place.end - 1;
  }
  return found;
}

std::vector<FoundRange> ranges_in(std::string_view text) {
  std::vector<FoundRange> found;
  const std::vector<FoundDate> dates = dates_in(text);
  for (std::size_t i = 0; i < dates.size(); ++i) {
    if (i + 1 < dates.size()) {
      const std::size_t begin = dates[i].place.end;
      const Link link = link_of(text.substr(begin, dates[i + 1].place.at - begin));
      const auto range =
          range_of({dates[i].place.at, dates[i + 1].place.end}, dates[i].date, dates[i + 1].date, link);
      if (range) {
        found.push_back(*range);
        ++i;
        continue;
      }
    }
    if (const auto range = short_range_before(text, dates[i])) found.push_back(*range);
  }
  return found;
}

std::vector<FoundRange> months_in(std::string_view text) {
  std::vector<FoundRange> found;
  const std::string lower = ascii_lower(text);
  for (const std::string_view label : {"periode", "maand", "maandoverzicht", "period", "month"}) {
    for (std::size_t begin = lower.find(label); begin != std::string::npos;
         begin = lower.find(label, begin + 1)) {
      std::size_t place = begin + label.size();
      if (!begins_word(lower, begin) || is_word(at(lower, place))) continue;
      while (place < lower.size() && (lower[place] == ' ' || lower[place] == ':' || lower[place] == '\n'))
        ++place;
      const auto month = month_at(lower, place);
      if (!month) continue;
      skip_spaces(lower, place);
      const auto year = number_at(lower, place, 4, 4);
      const auto first = year ? date_of(*year, *month, 1) : std::nullopt;
      if (first) found.push_back({{begin, place}, *first, add_days(add_months(*first, 1), -1)});
    }
  }
  return found;
}

std::vector<FoundAmount> amounts_in(std::string_view text) {
  std::vector<FoundAmount> found;
  for (std::size_t place = 0; place < text.size(); ++place) {
    if (!is_digit(text[place])) continue;
    const bool begins = place == 0 ||
                        (!is_word(text[place - 1]) && text[place - 1] != ',' && text[place - 1] != '.') ||
                        text.substr(0, place).ends_with("€") || text.substr(0, place).ends_with("EUR");
    auto amount = begins ? plain_amount_at(text, place) : std::nullopt;
    if (!amount) {
      while (place + 1 < text.size() &&
             (is_digit(text[place + 1]) || text[place + 1] == '.' || text[place + 1] == ','))
        ++place;
      continue;
    }
    std::size_t end = amount->second;
    const bool before = minus_before(text, place);
    const bool behind = minus_behind(text, end);
    if (before || behind) amount->first.value = -amount->first.value;
    found.push_back({{place, end}, amount->first});
    place = end - 1;
  }
  return found;
}

}  // namespace softbot

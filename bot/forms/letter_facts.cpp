#include "forms/letter_facts.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "domain/ids.h"
#include "domain/text.h"
#include "forms/letter_sender.h"
#include "forms/letter_words.h"

namespace softbot {
namespace {

constexpr std::size_t most_text = 40'000;  // bytes
constexpr std::size_t most_references = 10;
constexpr int oldest_days = 400;
constexpr std::size_t longest_number = 32;
constexpr std::size_t reference_length = 12;
constexpr std::size_t group_length = 4;

using Tokens = std::vector<std::string>;

/// What stands between white space, without marks around it.
Tokens tokens_of(std::string_view text) {
  Tokens tokens;
  static constexpr std::string_view around = ".,;:!?()[]\"'|";
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t end = text.find_first_of(" \n\r\t\f\v", at);
    if (end == std::string_view::npos) end = text.size();
    std::string_view token = text.substr(at, end - at);
    while (!token.empty() && around.find(token.front()) != std::string_view::npos) token.remove_prefix(1);
    while (!token.empty() && around.find(token.back()) != std::string_view::npos) token.remove_suffix(1);
    if (!token.empty()) tokens.emplace_back(token);
    at = end + 1;
  }
  return tokens;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool has_digit(std::string_view text) {
  return std::ranges::any_of(text, is_digit);
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

// --- dates ------------------------------------------------------------------------------------------------

/// "12-03-26" as people shorten it, with the century.
std::string with_century(const std::string& token) {
  const std::size_t last = token.find_last_of("-/.");
  if (last == std::string::npos || token.size() - last != 3 || !has_digit(token.substr(last + 1)))
    return token;
  return token.substr(0, last + 1) + "20" + token.substr(last + 1);
}

struct DateFound {
  Date date;
  std::size_t line = 0;
};

/// A date that the words before it make another one: of birth, of a decision, of our letter.
bool is_of_something_else(const Tokens& tokens, std::size_t at) {
  for (std::size_t back = 1; back <= 4 && back <= at; ++back) {
    const std::string word = fold(tokens[at - back]);
    if (is_one_of(word, {"geboren", "geb", "geboortedatum", "besluit", "beschikking", "brief", "sinds",
                         "vanaf", "per", "op", "born", "aanvraag", "received", "letter", "tot"}))
      return true;
  }
  return false;
}

void add_dates(const std::string& line, std::size_t number, Date received, std::vector<DateFound>& found) {
  const Tokens tokens = tokens_of(line);
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    if (!has_digit(tokens[at])) continue;
    auto date = parse_date(with_century(tokens[at]));
    if (!date && at + 2 < tokens.size())
      date = parse_date(tokens[at] + " " + tokens[at + 1] + " " + tokens[at + 2]);
    if (!date || is_of_something_else(tokens, at)) continue;
    const int age = days_between(*date, received);
    if (age >= 0 && age <= oldest_days) found.push_back({*date, number});
  }
}

bool is_salutation(std::string_view line) {
  const std::string folded = fold(line);
  static constexpr std::array<std::string_view, 7> starts{"geacht", "beste ",    "dear ",      "l s",
                                                          "hallo",  "goedendag", "mijne heren"};
  return std::ranges::any_of(starts, [&](std::string_view start) { return folded.starts_with(start); });
}

/// The date at the head of the letter, before it begins to speak; else the one at its foot.
std::optional<Date> date_of(const std::vector<std::string>& lines, Date received) {
  std::vector<DateFound> found;
  for (std::size_t i = 0; i < lines.size(); ++i) add_dates(lines[i], i, received, found);
  if (found.empty()) return std::nullopt;
  const auto begins = static_cast<std::size_t>(std::ranges::find_if(lines, is_salutation) - lines.begin());
  if (found.front().line < begins) return found.front().date;
  // In the middle of the text a date may be of anything.
  const std::size_t short_line = 45;
  return lines[found.back().line].size() <= short_line ? std::optional(found.back().date) : std::nullopt;
}

// --- references -------------------------------------------------------------------------------------------

void add_once(std::vector<std::string>& all, std::string one) {
  if (all.size() < most_references && std::ranges::find(all, one) == all.end()) all.push_back(std::move(one));
}

std::string without_dashes(std::string_view token) {
  std::string plain;
  for (std::size_t i = 0; i < token.size(); ++i) {
    if (token.substr(i).starts_with("\xE2\x80\x93") || token.substr(i).starts_with("\xE2\x80\x94")) {
      i += 2;  // a dash as printers set it
    } else if (token[i] != '-') {
      plain += token[i];
    }
  }
  return plain;
}

bool is_group(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; });
}

bool is_label(std::string_view token) {
  return is_one_of(fold(token),
                   {"kenmerk", "referentie", "reference", "zaaknummer", "zaak", "nummer", "ref"});
}

/// As it is printed on our letters: one in ninety has no digit.
bool is_printed_reference(std::string_view token) {
  return token.size() == reference_length + 2 && token[group_length] == '-' &&
         token[2 * group_length + 1] == '-';
}

/// Twelve characters in three groups of four, with dashes, or after a word that says what they are.
std::string reference_at(const Tokens& tokens, std::size_t at) {
  const std::string whole = without_dashes(tokens[at]);
  const bool dashed = whole.size() < tokens[at].size();
  const bool labelled = (at >= 1 && is_label(tokens[at - 1])) || (at >= 2 && is_label(tokens[at - 2]));
  // OCR sees a space where there is none; people leave the dashes out.
  const bool begins = dashed ? is_group(std::string_view(tokens[at]).substr(0, group_length))
                             : labelled && whole.size() == group_length;
  std::string plain = whole;
  for (std::size_t next = at + 1; begins && plain.size() < reference_length && next < tokens.size(); ++next)
    plain += without_dashes(tokens[next]);
  if (plain.size() != reference_length || !is_group(plain) || (!dashed && !labelled)) return {};
  const std::string reference = normalise_reference(plain);
  const bool may_be_one = has_digit(reference) || is_printed_reference(tokens[at]);
  return may_be_one && reference.size() == reference_length + 2 ? reference : std::string();
}

/// Signs of references that a scan makes one of the other.
constexpr std::array<std::string_view, 9> look_alikes{"0DQ", "5S", "8B", "2Z", "6G",
                                                      "17T", "VY", "4A", "HNM"};

/// The text with one sign, at `from` or behind it, replaced by one that looks like it.
std::vector<std::string> with_one_sign_else(const std::string& text, std::size_t from) {
  std::vector<std::string> all;
  for (std::size_t at = from; at < text.size(); ++at) {
    for (const std::string_view signs : look_alikes) {
      if (signs.find(text[at]) == std::string_view::npos) continue;
      for (const char other : signs) {
        if (other == text[at]) continue;
        all.push_back(text);
        all.back()[at] = other;
      }
    }
  }
  return all;
}

bool is_number_label(std::string_view token) {
  return is_one_of(fold(token), {"besluitnummer", "beschikkingsnummer", "beschikkingnummer", "dossiernummer",
                                 "klantnummer", "zaaknummer", "kenmerk", "nummer", "factuurnummer"});
}

/// What is called a number of a decision or a file, when it can be one and is nobody's number.
std::string number_at(const Tokens& tokens, std::size_t at) {
  if (at == 0 || !is_number_label(tokens[at - 1])) return {};
  const std::string& token = tokens[at];
  if (!has_digit(token) || token.size() > longest_number || parse_bsn(token)) return {};
  return token;
}

}  // namespace

LetterFacts letter_facts(std::string_view text, const std::vector<PostalAddress>& ours, Date received) {
  const std::string_view read = text.substr(0, most_text);
  const std::vector<std::string> lines = letter_lines(read);
  LetterFacts facts;
  facts.sender = letter_sender(lines, ours);
  facts.date = date_of(lines, received);
  const Tokens tokens = tokens_of(read);
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    if (std::string reference = reference_at(tokens, at); !reference.empty()) {
      add_once(facts.references, std::move(reference));
    } else if (std::string number = number_at(tokens, at); !number.empty()) {
      add_once(facts.numbers, std::move(number));
    }
  }
  return facts;
}

std::vector<std::string> misread_references(const std::string& reference) {
  const std::vector<std::string> once = with_one_sign_else(reference, 0);
  std::vector<std::string> all = once;
  for (const std::string& one : once) {
    const auto changed = std::ranges::mismatch(one, reference).in1 - one.begin();
    const auto twice = with_one_sign_else(one, static_cast<std::size_t>(changed) + 1);
    all.insert(all.end(), twice.begin(), twice.end());
  }
  return all;
}

bool has_salutation(std::string_view text) {
  return std::ranges::any_of(letter_lines(text.substr(0, most_text)), is_salutation);
}

std::optional<Bsn> bsn_in_letter(std::string_view text) {
  std::optional<Bsn> found;
  const Tokens tokens = tokens_of(text.substr(0, most_text));
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    if (!is_one_of(fold(tokens[at]), {"bsn", "burgerservicenummer", "sofinummer", "bsnummer"})) continue;
    std::string digits;
    for (std::size_t next = at + 1; next < tokens.size() && next <= at + 4 && digits.size() < 9; ++next) {
      if (is_one_of(fold(tokens[next]), {"nummer", "nr", "is"})) continue;
      if (!has_digit(tokens[next])) break;
      for (const char c : tokens[next]) {
        if (is_digit(c)) digits += c;
      }
    }
    const auto bsn = digits.size() == 9 ? parse_bsn(digits) : fail_value("bsn-length", "");
    if (!bsn) continue;
    if (found && *found != *bsn) return std::nullopt;
    found = *bsn;
  }
  return found;
}

std::vector<PostalAddress> addresses_of(const Municipalities& municipalities) {
  std::vector<PostalAddress> all;
  for (const auto& [id, municipality] : municipalities) {
    for (const PostalAddress& one :
         {municipality.letterhead, municipality.return_address, municipality.objection_address})
      all.push_back(one);
  }
  return all;
}

}  // namespace softbot

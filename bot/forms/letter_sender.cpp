#include "forms/letter_sender.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "domain/house_number.h"
#include "domain/postcode.h"
#include "domain/text.h"
#include "forms/word_pattern.h"

namespace softbot {
namespace {

using Lines = std::vector<std::string>;

constexpr std::size_t head_lines = 14;
constexpr std::size_t most_name_words = 7;
constexpr std::size_t most_town_words = 4;
constexpr std::size_t most_street_words = 5;
constexpr std::size_t longest_line = 200;

/// An address as it stands in the letter.
struct Candidate {
  LetterSender sender;
  std::size_t line = 0;        ///< of the postcode
  std::size_t first_line = 0;  ///< of the street
  int worth = 0;
};

bool starts_with_any(std::string_view text, std::initializer_list<std::string_view> starts) {
  return std::ranges::any_of(starts, [&](std::string_view start) { return text.starts_with(start); });
}

bool has_word(std::string_view folded, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(
      words_of(folded), [&](std::string_view word) { return std::ranges::find(words, word) != words.end(); });
}

/// "l234AB" as it was meant: in the four places of digits, letters that look like one.
std::string with_digits(std::string text) {
  for (std::size_t i = 0; i < 4 && i < text.size(); ++i) {
    char& c = text[i];
    if (c == 'O' || c == 'o') c = '0';
    if (c == 'l' || c == 'I' || c == '|') c = '1';
  }
  return text;
}

bool is_edge(std::string_view text, std::size_t at) {
  return at >= text.size() || std::isalnum(static_cast<unsigned char>(text[at])) == 0;
}

struct PostcodeFound {
  std::string formatted;
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// A postcode in a line, its letters in capitals.
std::optional<PostcodeFound> postcode_in(std::string_view line) {
  for (std::size_t at = 0; at + 6 <= line.size(); ++at) {
    if (at > 0 && !is_edge(line, at - 1)) continue;
    for (const std::size_t length : {std::size_t{7}, std::size_t{6}}) {
      if (at + length > line.size() || !is_edge(line, at + length)) continue;
      const std::string_view piece = line.substr(at, length);
      if (length == 7 && piece[4] != ' ') continue;
      const std::string_view letters = piece.substr(length - 2);
      const auto digits =
          std::ranges::count_if(piece.substr(0, 4), [](char c) { return c >= '0' && c <= '9'; });
      const bool capitals = std::ranges::all_of(letters, [](char c) { return c >= 'A' && c <= 'Z'; });
      if (!capitals || digits < 3) continue;
      if (const auto postcode = parse_postcode(with_digits(std::string(piece))))
        return PostcodeFound{postcode->formatted(), at, at + length};
    }
  }
  return std::nullopt;
}

std::string_view without_marks(std::string_view text) {
  static constexpr std::string_view around = " ,.;:-()|";
  while (!text.empty() && around.find(text.front()) != std::string_view::npos) text.remove_prefix(1);
  while (!text.empty() && around.find(text.back()) != std::string_view::npos) text.remove_suffix(1);
  return text;
}

/// The words behind a postcode that begin with a capital ("'s-Gravenhage" too), and small ones between them.
std::string town_in(std::string_view rest) {
  std::string town;
  std::size_t count = 0;
  for (const std::string_view word : words_of(without_marks(rest))) {
    const std::string_view plain = without_marks(word);
    const bool named = !plain.empty() && (std::isupper(static_cast<unsigned char>(plain.front())) != 0 ||
                                          plain.starts_with("'s"));
    const bool between = plain == "aan" || plain == "den" || plain == "de" || plain == "op" || plain == "bij";
    if ((!named && (!between || town.empty())) || count == most_town_words) break;
    town += (town.empty() ? "" : " ") + std::string(plain);
    ++count;
    if (plain.size() < word.size()) break;  // a mark ends it
  }
  return town;
}

struct Street {
  std::string name;
  std::string number;
};

/// "Molenstraat 14 a" at the end of a text.
std::optional<Street> street_in(std::string_view text) {
  const std::string line(without_marks(text));
  if (line.size() > longest_line) return std::nullopt;
  const auto words = words_of(line);
  for (std::size_t tail = 3; tail >= 1; --tail) {
    if (words.size() <= tail) continue;
    const std::size_t at = words.size() - tail;
    const auto begin = static_cast<std::size_t>(words[at].data() - line.data());
    if (std::isdigit(static_cast<unsigned char>(line[begin])) == 0) continue;
    const auto number = parse_house_number(line.substr(begin));
    if (!number) continue;
    std::size_t first = at > most_street_words ? at - most_street_words : 0;
    for (std::size_t i = first; i < at; ++i) {
      const std::string word = fold(words[i]);
      const bool leads = word == "op" || word == "aan" || word == "adres" || word == "wonende" ||
                         word == "te" || words[i].ends_with(',') || words[i].ends_with(':') ||
                         words[i].ends_with('.');
      if (leads && i + 1 < at) first = i + 1;
    }
    const auto start = static_cast<std::size_t>(words[first].data() - line.data());
    const std::string name(without_marks(std::string_view(line).substr(start, begin - start)));
    if (!is_plausible_name(name)) return std::nullopt;
    return Street{name, format(*number)};
  }
  return std::nullopt;
}

bool is_greeting(std::string_view line) {
  const std::string folded = fold(line);
  return starts_with_any(
      folded, {"met vriendelijke groet", "vriendelijke groet", "hoogachtend", "groet", "mvg", "met groet",
               "met collegiale groet", "kind regards", "regards", "yours", "hartelijke groet", "m v g"});
}

/// A line that can be a person's name, without what may stand before it.
std::string name_in(std::string_view line) {
  std::string_view name = without_marks(line);
  for (const std::string_view label : {"Afzender", "Naam", "Van:", "Ondergetekende"}) {
    if (name.starts_with(label)) name = without_marks(name.substr(label.size()));
  }
  const std::string folded = fold(name);
  const auto words = words_of(folded);
  const bool digits = std::ranges::any_of(name, [](char c) { return c >= '0' && c <= '9'; });
  const bool official = has_word(folded, {"gemeente", "college", "burgemeester", "postbus", "afdeling", "aan",
                                          "betreft", "onderwerp", "geachte", "geacht", "beste", "bijlage",
                                          "datum", "kenmerk", "ik", "wij", "is", "de heer mevrouw"});
  if (words.empty() || words.size() > most_name_words || digits || official || !is_plausible_name(name))
    return {};
  const bool capital = std::ranges::any_of(name, [](char c) { return c >= 'A' && c <= 'Z'; });
  return capital ? std::string(name) : std::string();
}

/// The name below the last greeting, or behind it on its line.
std::string name_at_foot(const Lines& lines) {
  for (std::size_t at = lines.size(); at-- > 0;) {
    if (!is_greeting(lines[at])) continue;
    const std::size_t comma = lines[at].find(',');
    if (comma != std::string::npos) {
      if (std::string name = name_in(lines[at].substr(comma + 1)); !name.empty()) return name;
    }
    for (std::size_t next = at + 1; next < lines.size() && next <= at + 5; ++next) {
      if (std::string name = name_in(lines[next]); !name.empty()) return name;
    }
    return {};
  }
  return {};
}

bool is_ours(const Candidate& candidate, const Lines& lines, const std::vector<PostalAddress>& ours) {
  const LetterSender& sender = candidate.sender;
  for (const PostalAddress& address : ours) {
    const bool same_postcode = same_name(address.postcode, sender.postcode);
    const bool same_street = same_name(address.street, sender.street + sender.house_number);
    if (same_postcode && (same_street || sender.street.empty())) return true;
  }
  if (starts_with_any(fold(sender.street), {"postbus", "antwoordnummer"})) return true;
  for (std::size_t back = 1; back <= 4 && back <= candidate.first_line; ++back) {
    const std::string& line = lines[candidate.first_line - back];
    if (line.empty()) break;
    if (has_word(fold(line), {"gemeente", "college", "burgemeester", "sociale", "gemeentehuis", "stadhuis"}))
      return true;
  }
  return false;
}

/// The address of which this line holds the postcode.
std::optional<Candidate> candidate_at(const Lines& lines, std::size_t at) {
  const std::string& line = lines[at];
  if (line.size() > longest_line) return std::nullopt;
  const auto postcode = postcode_in(line);
  if (!postcode) return std::nullopt;
  Candidate candidate;
  candidate.line = candidate.first_line = at;
  candidate.sender.postcode = postcode->formatted;
  candidate.sender.town = town_in(std::string_view(line).substr(postcode->end));
  auto street = street_in(std::string_view(line).substr(0, postcode->begin));
  if (!street && at > 0) {
    street = street_in(lines[at - 1]);
    if (street) candidate.first_line = at - 1;
  }
  if (street) {
    candidate.sender.street = street->name;
    candidate.sender.house_number = street->number;
  }
  return candidate;
}

int worth_of(const Lines& lines, const Candidate& candidate, std::size_t greeting) {
  int worth = candidate.sender.street.empty() ? 0 : 2;
  if (candidate.line < head_lines) worth += 2;
  if (candidate.line > greeting) worth += 2;
  const std::string folded = fold(lines[candidate.line]);
  if (words_of(folded).size() > 9) worth -= 2;
  if (has_word(folded, {"nieuwe", "nieuw", "verhuizen", "verhuisd"})) worth -= 3;
  return worth;
}

std::string name_above(const Lines& lines, const Candidate& candidate) {
  if (candidate.first_line == candidate.line) {
    // "J. de Wit, Molenstraat 14, 1234 CD Voorbeeld"
    const std::string& line = lines[candidate.line];
    const std::size_t comma = line.find(',');
    if (comma != std::string::npos && line.find(candidate.sender.street) > comma) {
      if (std::string name = name_in(std::string_view(line).substr(0, comma)); !name.empty()) return name;
    }
  }
  if (candidate.first_line == 0) return {};
  return name_in(lines[candidate.first_line - 1]);
}

}  // namespace

LetterSender letter_sender(const std::vector<std::string>& lines, const std::vector<PostalAddress>& ours) {
  const auto greeting = static_cast<std::size_t>(std::ranges::find_if(lines, is_greeting) - lines.begin());
  std::optional<Candidate> best;
  for (std::size_t at = 0; at < lines.size(); ++at) {
    auto candidate = candidate_at(lines, at);
    if (!candidate || is_ours(*candidate, lines, ours)) continue;
    candidate->worth = worth_of(lines, *candidate, greeting);
    if (!best || candidate->worth > best->worth) best = std::move(candidate);
  }
  LetterSender sender;
  if (best) {
    sender = best->sender;
    sender.name = name_above(lines, *best);
  }
  if (sender.name.empty()) sender.name = name_at_foot(lines);
  return sender;
}

}  // namespace softbot

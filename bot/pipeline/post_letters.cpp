#include "pipeline/post_letters.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "domain/date.h"
#include "domain/measure.h"
#include "domain/text.h"
#include "domain/zone.h"
#include "forms/letter_facts.h"
#include "forms/letter_guess.h"
#include "pipeline/incoming_post.h"
#include "queue/reasons.h"

namespace softbot::pipeline {
namespace {

constexpr std::string_view setting_name = "letter-kinds";
constexpr std::size_t most_kinds_kept = 5;
/// No count of words makes a letter surer than this.
constexpr double surest = 0.99;
constexpr double least_kept = 0.01;
constexpr std::size_t longest_transcript = 20'000;  // code points
constexpr std::size_t most_cases = 3;
constexpr std::size_t most_letters = 50;
/// From this probability on a page may be an identity document, of which no text is kept.
constexpr double may_be_identity = 0.1;

/// Pages that belong together.
struct Letter {
  Value pages = Value::list();  ///< from 1
  std::string text;
  bool closed = false;  ///< nothing is added to it: a statement or a card is a thing of its own
};

bool is_letter_page(const Value& page) {
  return page["sort"].text_or_empty() == "other" && page["problem"].text_or_empty().empty();
}

bool may_be_card(const LetterKinds& kinds, const std::string& text) {
  return probability_of(guess_letter(kinds, text), "identity-document") >= may_be_identity;
}

/// A page begins a letter when it greets somebody; what does not goes with the letter before it.
std::vector<Letter> letters_among(const LetterKinds& kinds, const OpenedScan& scan,
                                  const std::vector<int>& indices) {
  std::vector<Letter> letters;
  int last = -2;
  for (const Value& page : scan.record.pages.items()) {
    const int index = static_cast<int>(page["index"].as_integer().value_or(0));
    if (std::ranges::find(indices, index) == indices.end() || !is_letter_page(page)) continue;
    const ReadPage* read = page_at(scan.read, index);
    const std::string text = read == nullptr ? std::string() : read->printed_text;
    const std::string& kind = page["kind"].text_or_empty();
    const bool alone = kind == "bank-statement" || may_be_card(kinds, text);
    const bool goes_on = !letters.empty() && !letters.back().closed && !alone && !has_salutation(text) &&
                         index <= last + 2;  // the back of a sheet may be blank
    if (!goes_on && letters.size() == most_letters) break;
    if (!goes_on) letters.emplace_back();
    letters.back().pages.push(index + 1);
    letters.back().text += (letters.back().text.empty() ? "" : "\n\n") + text;
    letters.back().closed = alone;
    last = index;
  }
  return letters;
}

Value probability_value(double probability) {
  const std::string digits = std::to_string(std::lround(std::min(probability, surest) * 100));
  return Number{"0." + std::string(2 - digits.size(), '0') + digits};
}

Value kinds_value(const LetterGuess& guess) {
  Value kinds = Value::list();
  for (const LikelyKind& one : guess.kinds) {
    if (kinds.items().size() == most_kinds_kept || one.probability < least_kept) break;
    kinds.push(Value::object({{"kind", one.kind}, {"probability", probability_value(one.probability)}}));
  }
  return kinds;
}

Value words_value(const LetterGuess& guess) {
  Value words = Value::list();
  for (const LetterEvidence& one : guess.evidence)
    words.push(Value::object({{"kind", one.kind}, {"words", one.words}}));
  return words;
}

Value texts_value(const std::vector<std::string>& texts) {
  Value list = Value::list();
  for (const std::string& text : texts) list.push(text);
  return list;
}

Value letter_value(const Letter& letter, const LetterGuess& guess, const LetterFacts& facts) {
  const bool withheld = probability_of(guess, "identity-document") >= may_be_identity;
  Value value = Value::object({{"pages", letter.pages},
                               {"kinds", kinds_value(guess)},
                               {"words", words_value(guess)},
                               {"little", guess.says_little}});
  if (withheld) return value;
  value.set("sender", Value::object({{"name", facts.sender.name},
                                     {"street", facts.sender.street},
                                     {"houseNumber", facts.sender.house_number},
                                     {"postcode", facts.sender.postcode},
                                     {"town", facts.sender.town}}));
  value.set("date", facts.date ? Value(format_iso(*facts.date)) : Value());
  value.set("references", texts_value(facts.references));
  value.set("numbers", texts_value(facts.numbers));
  value.set("transcript", first_code_points(letter.text, longest_transcript));
  return value;
}

/// What a letter says that points to a case.
struct Named {
  std::vector<std::string> references;
  std::vector<std::string> bsns;
};

void add_case(const Application& application, const std::string& municipality, std::string_view by,
              Value& cases) {
  if (application.type == incoming_post_type || application.municipality != municipality) return;
  const auto known = [&](const Value& one) {
    return one["reference"].text_or_empty() == application.reference.text;
  };
  if (cases.items().size() == most_cases || std::ranges::any_of(cases.items(), known)) return;
  cases.push(Value::object({{"reference", application.reference.text},
                            {"type", application.type},
                            {"received", format_iso(local_date(application.received))},
                            {"by", by}}));
}

Result<Value> cases_of(const Services& services, const std::string& municipality, const Named& named) {
  Value cases = Value::list();
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    for (const std::string& reference : named.references) {
      if (const auto one = transaction.application(ApplicationReference(reference))) {
        add_case(*one, municipality, "reference", cases);
        continue;
      }
      for (const std::string& other : misread_references(reference)) {
        if (const auto one = transaction.application(ApplicationReference(other)))
          add_case(*one, municipality, "like-reference", cases);
      }
    }
    for (const std::string& bsn : named.bsns) {
      const auto person = transaction.person_by_bsn(bsn);
      if (!person) continue;
      auto theirs = transaction.applications_of(person->id);
      std::ranges::stable_sort(theirs, std::greater<>(), &Application::received);
      for (const Application& one : theirs) add_case(one, municipality, "bsn", cases);
    }
    return {};
  });
  if (!read) return fail(read.error());
  return cases;
}

}  // namespace

Result<void> keep_letter_kinds(Store& store, std::string_view json) {
  if (const auto usable = parse_letter_kinds(json); !usable) return fail(usable.error());
  return store.write([&](Transaction& transaction) -> Result<void> {
    const Value text{std::string(json)};
    if (transaction.setting(setting_name) != text) transaction.put_setting(setting_name, text);
    return {};
  });
}

Result<LetterKinds> letter_kinds(const Services& services) {
  std::string json;
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    if (const auto kept = transaction.setting(setting_name)) json = kept->text_or_empty();
    return {};
  });
  if (!read) return fail(read.error());
  auto kinds = parse_letter_kinds(json);
  if (kinds) return kinds;
  services.log.error("letter-words-unusable", {{"problem", kinds.error().message}});
  return LetterKinds{};
}

Result<Value> letters_on(const Services& services, const LetterKinds& kinds, const OpenedScan& scan,
                         const std::vector<int>& indices) {
  if (kinds.kinds.empty()) return Value();
  const auto configuration = services.configuration();
  const auto ours = addresses_of(*configuration->municipalities);
  Value list = Value::list();
  Named named;
  for (const Letter& letter : letters_among(kinds, scan, indices)) {
    const LetterGuess guess = guess_letter(kinds, letter.text);
    const LetterFacts facts = letter_facts(letter.text, ours, scan.record.received_on);
    list.push(letter_value(letter, guess, facts));
    named.references.insert(named.references.end(), facts.references.begin(), facts.references.end());
    if (probability_of(guess, "identity-document") >= may_be_identity) continue;
    if (const auto bsn = bsn_in_letter(letter.text)) named.bsns.push_back(bsn->digits());
  }
  if (list.items().empty()) return Value();
  auto cases = cases_of(services, scan.record.municipality, named);
  if (!cases) return fail(cases.error());
  return Value::object({{"letters", std::move(list)}, {"cases", std::move(*cases)}});
}

void add_letter_reasons(const LetterKinds& kinds, const Value& letters, std::vector<Reason>& reasons) {
  for (const Value& letter : letters["letters"].items()) {
    LetterGuess guess;
    for (const Value& one : letter["kinds"].items())
      guess.kinds.push_back(
          {one["kind"].text_or_empty(), measure_within(one["probability"], 0, 1).value_or(0)});
    for (const std::string& kind : told_kinds(kinds, guess)) {
      const std::string code = "post-" + kind;
      if (std::ranges::none_of(reasons, [&](const Reason& reason) { return reason.code == code; }))
        reasons.push_back(queue::reason(code));
    }
  }
}

}  // namespace softbot::pipeline

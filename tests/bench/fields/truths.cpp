#include "truths.h"

#include <array>
#include <cstdio>
#include <stdexcept>

#include "forms/geometry/geometry.h"
#include "ocr/fields/field_rules.h"

namespace softbot::ocr {
namespace {

constexpr std::array names{"JANSEN",  "DE VRIES",    "VAN DEN BERG", "BAKKER",    "VISSER", "SMIT",
                           "MEIJER",  "DE BOER",     "MULDER",       "DE GROOT",  "BOS",    "VOS",
                           "PETERS",  "HENDRIKS",    "VAN DIJK",     "KOK",       "JACOBS", "VERMEER",
                           "KUIPERS", "HOOGENDOORN", "YILMAZ",       "EL AMRANI", "NGUYEN", "KOWALSKI",
                           "QUIST",   "ZIJLSTRA",    "WOUTERS",      "XHOFLEER"};

std::size_t below(std::mt19937& random, std::size_t most) {
  return random() % most;
}

std::string digits(std::mt19937& random, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += static_cast<char>('0' + below(random, 10));
  return text;
}

std::string date(std::mt19937& random) {
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%02zu%02zu%04zu", 1 + below(random, 31), 1 + below(random, 12),
                1925 + below(random, 102));
  return text.data();
}

/// A number without leading zeros, at the left or at the right of its boxes.
std::string number(std::mt19937& random, std::size_t boxes) {
  const std::size_t count = 1 + below(random, boxes);
  std::string text = digits(random, count);
  if (text[0] == '0') text[0] = static_cast<char>('1' + below(random, 9));
  text.insert(below(random, 2) == 0 ? text.size() : 0, boxes - count, ' ');
  return text;
}

std::string proposal(const AskedField& field, std::mt19937& random) {
  const std::size_t boxes = field.pattern.size();
  if (field.kind == "date") return date(random);
  if (field.kind == "postcode") {
    const auto letter = [&] { return static_cast<char>('A' + below(random, 26)); };
    return digits(random, 4) + letter() + letter();
  }
  if (field.kind == "phone") return "06" + digits(random, 8);
  if (field.kind == "iban") return "NL" + digits(random, 2) + "INGB0" + digits(random, 9);
  if (field.kind == "money") return number(random, boxes - 2) + digits(random, 2);
  if (field.kind == "house-number" || field.kind == "integer") return number(random, boxes);
  if (field.kind == "text") {
    std::string name = names.at(below(random, names.size()));
    name.resize(boxes, ' ');
    return name;
  }
  return digits(random, boxes);
}

}  // namespace

Truth made_up(const AskedField& field, std::mt19937& random) {
  PaperField paper;
  paper.answer_kind = field.kind;
  paper.pattern = field.pattern;
  const FieldRules rules(paper);
  for (int tried = 0; tried < 100'000; ++tried) {
    const std::string writing = proposal(field, random);
    if (auto understood = rules.understood(writing)) return {writing, understood->value};
  }
  throw std::logic_error("no answer of kind " + field.kind + " could be made up");
}

}  // namespace softbot::ocr

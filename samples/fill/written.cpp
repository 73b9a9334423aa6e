#include "written.h"

#include <algorithm>
#include <array>
#include <utility>

#include "domain/text.h"

namespace softbot::fill {
namespace {

constexpr std::array<std::pair<Mistake, std::string_view>, 5> mistakes{
    {{Mistake::none, "none"},
     {Mistake::wrong_digit, "wrong-digit"},
     {Mistake::empty_question, "empty-question"},
     {Mistake::two_ticks, "two-ticks"},
     {Mistake::no_signature, "no-signature"}}};

bool is_digit(char sign) {
  return sign >= '0' && sign <= '9';
}

bool is_capital(char sign) {
  return sign >= 'A' && sign <= 'Z';
}

bool fits(char sign, char pattern) {
  switch (pattern) {
    case '9':
      return is_digit(sign);
    case 'A':
      return is_capital(sign);
    case 'X':
      return is_digit(sign) || is_capital(sign);
    default:
      return true;
  }
}

/// "householdMembers[0].birthYear" in the answers of a part.
const Value& answer_at(const Value& answers, std::string_view name) {
  const auto open = name.find('[');
  if (open == std::string_view::npos) return answers[name];
  const auto close = name.find(']', open);
  const auto& rows = answers[name.substr(0, open)].items();
  const auto row = std::stoul(std::string(name.substr(open + 1, close - open - 1)));
  static const Value nothing;
  return row < rows.size() ? rows[row][name.substr(close + 2)] : nothing;
}

const Value& part_of(const MeantForm& form, const std::string& part) {
  if (part == "common") return form.common;
  const auto found = std::find(form.types.begin(), form.types.end(), part);
  static const Value nothing;
  return found == form.types.end() ? nothing
                                   : form.fields[static_cast<std::size_t>(found - form.types.begin())];
}

Value* part_of(MeantForm& form, const std::string& part) {
  if (part == "common") return &form.common;
  const auto found = std::find(form.types.begin(), form.types.end(), part);
  return found == form.types.end() ? nullptr
                                   : &form.fields[static_cast<std::size_t>(found - form.types.begin())];
}

std::string plain_text(const Value& value) {
  return value.as_number() != nullptr ? value.as_number()->text : value.text_or_empty();
}

std::string digits_of(std::string_view text) {
  std::string digits;
  for (const char sign : text) {
    if (is_digit(sign)) digits += sign;
  }
  return digits;
}

/// Whole units to the left, so many decimals in the last boxes.
std::string with_decimals(std::string_view text, std::size_t boxes, std::size_t decimals, bool to_the_right) {
  const auto point = text.find_first_of(".,");
  const std::string whole = digits_of(text.substr(0, point));
  std::string part = point == std::string_view::npos ? "" : digits_of(text.substr(point + 1));
  part.resize(decimals, '0');
  if (whole.size() + decimals > boxes) return {};
  const std::string room(boxes - decimals - whole.size(), ' ');
  return to_the_right ? room + whole + part : whole + room + part;
}

/// The signs of a text that these boxes take; a space leaves a box empty.
std::string text_in_boxes(std::string_view text, const std::string& pattern) {
  std::string boxes;
  for (const char sign : text) {
    if (boxes.size() == pattern.size()) break;
    if (sign == ' ' || fits(sign, pattern[boxes.size()])) boxes += sign;
  }
  return boxes;
}

std::string boxes_for(const PaperField& field, const Value& answer, bool to_the_right) {
  const std::string text = plain_text(answer);
  const std::string& kind = field.answer_kind;
  if (text.empty()) return {};
  if (kind == "date" && text.size() == 10) {
    return text.substr(8, 2) + text.substr(5, 2) + text.substr(0, 4);
  }
  if (kind == "money") return with_decimals(text, field.boxes.size(), 2, to_the_right);
  if (kind == "decimal") return with_decimals(text, field.boxes.size(), 1, to_the_right);
  std::string boxes = kind == "bsn" || kind == "phone" || kind == "integer" || kind == "house-number"
                          ? digits_of(text)
                          : in_capitals(text);
  if (kind == "postcode" || kind == "iban") std::erase(boxes, ' ');
  boxes = text_in_boxes(boxes, field.pattern);
  const bool is_number = kind == "integer" || kind == "house-number";
  if (is_number && to_the_right && boxes.size() < field.boxes.size()) {
    boxes.insert(0, field.boxes.size() - boxes.size(), ' ');
  }
  return boxes;
}

void tick_for(WrittenField& place, const Value& answer) {
  const auto tick = [&](const std::string& option) {
    const auto& all = place.field->ticks;
    const bool printed =
        std::any_of(all.begin(), all.end(), [&](const PaperTick& one) { return one.value == option; });
    if (printed) place.ticks[option] = TickMark::ticked;
  };
  if (const auto flag = answer.as_bool()) tick(*flag ? "true" : "false");
  if (answer.is_text()) tick(answer.text_or_empty());
  for (const Value& option : answer.items()) tick(option.text_or_empty());
}

WrittenField put_down(const PaperField& field, const Value& answer, const WritingOptions& options) {
  WrittenField place;
  place.field = &field;
  place.meant = answer;
  place.written = answer;
  switch (field.kind) {
    case PaperFieldKind::characters:
      place.boxes = boxes_for(field, answer, options.numbers_to_the_right);
      break;
    case PaperFieldKind::ticks:
      tick_for(place, answer);
      break;
    case PaperFieldKind::line:
      place.words = plain_text(answer);
      place.strips = options.strips && field.field_class == "free" && !place.words.empty();
      break;
    case PaperFieldKind::signature:
      place.is_signed = answer.as_bool().value_or(false);
      break;
  }
  return place;
}

/// Indices of the fields for which `wanted` holds.
template <class Condition>
std::vector<std::size_t> places(const WrittenForm& form, Condition wanted) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < form.fields.size(); ++i) {
    if (wanted(form.fields[i])) found.push_back(i);
  }
  return found;
}

char other_digit(char digit, Random& random) {
  return static_cast<char>('0' + (digit - '0' + random.whole(1, 9)) % 10);
}

/// What the boxes of a date, postcode or number say, as the definition takes it.
Value value_in(const PaperField& field, const std::string& boxes) {
  if (field.answer_kind == "date")
    return boxes.substr(4, 4) + "-" + boxes.substr(2, 2) + "-" + boxes.substr(0, 2);
  if (field.answer_kind == "postcode") return boxes.substr(0, 4) + " " + boxes.substr(4);
  return boxes;
}

void write_wrong_digit(WrittenForm& form, Random& random) {
  static const std::vector<std::string> prone{"bsn", "birthDate", "postcode"};
  const auto found = places(form, [](const WrittenField& place) {
    return std::find(prone.begin(), prone.end(), place.field->name) != prone.end() && !place.boxes.empty();
  });
  if (found.empty()) return;
  WrittenField& place = form.fields[random.one_of(found)];
  std::size_t box = random.below(place.boxes.size());
  while (!is_digit(place.boxes[box])) box = random.below(place.boxes.size());
  place.boxes[box] = other_digit(place.boxes[box], random);
  place.written = value_in(*place.field, place.boxes);
  form.mistake_in = place.field->name;
}

bool is_single_choice(const WrittenField& place) {
  return place.field->kind == PaperFieldKind::ticks && !place.field->many && !place.ticks.empty() &&
         place.field->required;
}

void make_mistake(WrittenForm& form, Mistake mistake, Random& random) {
  const auto choices = places(form, is_single_choice);
  if (mistake == Mistake::wrong_digit) write_wrong_digit(form, random);
  if (mistake == Mistake::no_signature) {
    for (WrittenField& place : form.fields) {
      if (!place.is_signed) continue;
      place.is_signed = false;
      place.written = false;
      form.mistake_in = place.field->name;
    }
  }
  if ((mistake != Mistake::empty_question && mistake != Mistake::two_ticks) || choices.empty()) return;
  WrittenField& place = form.fields[random.one_of(choices)];
  if (mistake == Mistake::empty_question) {
    place.ticks.clear();
  } else {
    for (const PaperTick& tick : place.field->ticks) {
      if (!place.ticks.contains(tick.value)) {
        place.ticks[tick.value] = TickMark::ticked;
        break;
      }
    }
  }
  place.written = nullptr;
  form.mistake_in = place.field->name;
}

void correct_something(WrittenForm& form, Random& random) {
  const auto found = places(form, [&](const WrittenField& place) {
    return !place.boxes.empty() && place.field->name != form.mistake_in;
  });
  if (found.empty()) return;
  WrittenField& place = form.fields[random.one_of(found)];
  Correction correction;
  correction.box = random.below(place.boxes.size());
  while (place.boxes[correction.box] == ' ') correction.box = random.below(place.boxes.size());
  const char right = place.boxes[correction.box];
  if (is_digit(right)) {
    correction.first = other_digit(right, random);
  } else if (is_capital(right)) {
    correction.first = static_cast<char>('A' + (right - 'A' + random.whole(1, 25)) % 26);
  } else {
    return;
  }
  const bool room = place.field->answer_kind == "text" && place.boxes.size() < place.field->boxes.size();
  if (room && random.chance(0.5)) correction.again = Correction::Again::next_box;
  place.correction = correction;
}

void cancel_something(WrittenForm& form, Random& random) {
  const auto found = places(form, [&](const WrittenField& place) {
    return is_single_choice(place) && place.ticks.size() == 1 && place.field->ticks.size() > 1;
  });
  if (found.empty()) return;
  WrittenField& place = form.fields[random.one_of(found)];
  std::vector<std::string> others;
  for (const PaperTick& tick : place.field->ticks) {
    if (!place.ticks.contains(tick.value)) others.push_back(tick.value);
  }
  place.ticks[random.one_of(others)] = TickMark::cancelled;
}

}  // namespace

std::string_view name_of(Mistake mistake) {
  for (const auto& [value, name] : mistakes) {
    if (value == mistake) return name;
  }
  return {};
}

std::optional<Mistake> mistake_from(std::string_view name) {
  for (const auto& [value, known] : mistakes) {
    if (known == name) return value;
  }
  return std::nullopt;
}

std::string in_capitals(std::string_view text) {
  // fold() keeps letters and digits only: what stands between them is put back.
  std::string capitals;
  for (const char32_t point : code_points(text)) {
    const bool plain = point < 128;
    const char sign = plain ? static_cast<char>(point) : ' ';
    const bool letter = !plain || (sign >= 'a' && sign <= 'z') || is_capital(sign) || is_digit(sign);
    capitals += letter ? ascii_upper(fold(utf8({point}))) : std::string(1, sign);
  }
  return capitals;
}

WrittenForm write_down(const FormGeometry& geometry, const MeantForm& form, const WritingOptions& options,
                       Random& random) {
  WrittenForm written;
  for (const PaperField& field : geometry.fields) {
    written.fields.push_back(put_down(field, answer_at(part_of(form, field.part), field.name), options));
  }
  make_mistake(written, options.mistake, random);
  if (random.chance(options.corrections)) correct_something(written, random);
  if (random.chance(options.cancelled)) cancel_something(written, random);
  return written;
}

MeantForm as_written(MeantForm form, const WrittenForm& written) {
  for (const WrittenField& place : written.fields) {
    if (place.written == place.meant || place.field->name.find('[') != std::string::npos) continue;
    Value* part = part_of(form, place.field->part);
    if (part == nullptr) continue;
    if (place.written.is_null()) {
      part->erase(place.field->name);
    } else {
      part->set(place.field->name, place.written);
    }
  }
  return form;
}

}  // namespace softbot::fill

#include "forms/paper_known.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "domain/text.h"
#include "forms/normalise.h"
#include "forms/structure.h"

namespace softbot {
namespace {

constexpr char32_t blank = U' ';
const PaperStyle in_box{15, false, false};
const PaperStyle on_line{12, false, false};

/// One sign per box, or nothing when the answer does not go into the boxes.
using Signs = std::optional<std::vector<char32_t>>;

char32_t capital(char32_t letter) {
  if (letter >= U'a' && letter <= U'z') return letter - 32;
  if (letter >= 0xE0 && letter <= 0xFE && letter != 0xF7) return letter - 32;
  return letter;
}

Signs digits_only(std::string_view text, std::size_t boxes) {
  const bool digits = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  if (!digits || text.empty() || text.size() > boxes) return std::nullopt;
  return std::vector<char32_t>(text.begin(), text.end());
}

Signs date_signs(std::string_view iso) {
  if (iso.size() != 10) return std::nullopt;
  return digits_only(
      std::string(iso.substr(8, 2)) + std::string(iso.substr(5, 2)) + std::string(iso.substr(0, 4)), 8);
}

/// Whole units at the right of their boxes, then so many decimals.
Signs number_signs(const std::string& number, std::size_t boxes, std::size_t decimals) {
  const std::size_t dot = number.find('.');
  std::string fraction = dot == std::string::npos ? "" : number.substr(dot + 1);
  if (fraction.size() > decimals) return std::nullopt;
  fraction.resize(decimals, '0');
  const auto whole = digits_only(number.substr(0, dot), boxes - decimals);
  if (!whole) return std::nullopt;
  std::vector<char32_t> signs(boxes - decimals - whole->size(), blank);
  signs.insert(signs.end(), whole->begin(), whole->end());
  signs.insert(signs.end(), fraction.begin(), fraction.end());
  return signs;
}

Signs signs_of(const PaperField& field, const Value& answer) {
  const std::size_t boxes = field.boxes.size();
  const std::string text = answer.as_number() != nullptr ? answer.as_number()->text : answer.text_or_empty();
  if (field.answer_kind == "date") return date_signs(text);
  if (field.answer_kind == "money") return number_signs(text, boxes, 2);
  if (field.answer_kind == "decimal") return number_signs(text, boxes, 1);
  if (field.answer_kind == "phone")
    return digits_only(text.starts_with("+31") ? "0" + text.substr(3) : text, boxes);
  if (field.answer_kind == "bsn" || field.answer_kind == "integer" || field.answer_kind == "house-number")
    return digits_only(text, boxes);
  std::vector<char32_t> signs = code_points(text);
  // Initials: "J.M." is JM in boxes, and as people write it there.
  if (field.pattern.starts_with('A')) std::erase(signs, U'.');
  if (signs.empty() || signs.size() > boxes) return std::nullopt;
  std::ranges::transform(signs, signs.begin(), capital);
  return signs;
}

bool is_ticked(const std::string& value, const Value& answer) {
  if (const auto flag = answer.as_bool()) return value == (*flag ? "true" : "false");
  if (answer.is_list()) return std::ranges::find(answer.items(), Value(value)) != answer.items().end();
  return answer.text_or_empty() == value;
}

class Filler {
 public:
  Filler(PaperForm& form, const TextMeasure& measure) : form_(form), measure_(measure) {}

  void fill(const PaperField& field, const Value& answer) {
    switch (field.kind) {
      case PaperFieldKind::characters:
        boxes(field, answer);
        break;
      case PaperFieldKind::ticks:
        for (const PaperTick& tick : field.ticks) {
          if (is_ticked(tick.value, answer)) form_.items.emplace_back(PaperCross{field.page, tick.box});
        }
        break;
      case PaperFieldKind::line:
        line(field, answer);
        break;
      case PaperFieldKind::signature:
        break;
    }
  }

 private:
  void boxes(const PaperField& field, const Value& answer) {
    const Signs signs = signs_of(field, answer);
    if (!signs) return;
    for (std::size_t i = 0; i < signs->size(); ++i) {
      if ((*signs)[i] == blank) continue;
      PaperText text;
      text.page = field.page;
      text.text = utf8({(*signs)[i]});
      text.style = in_box;
      text.align = PaperAlign::centre;
      text.role = PaperRole::furniture;
      const MmBox& box = field.boxes[i];
      text.place = {box.x, box.y + (box.height - line_height(in_box)) / 2, box.width, line_height(in_box)};
      form_.items.emplace_back(std::move(text));
    }
  }

  void line(const PaperField& field, const Value& answer) {
    constexpr double inset = 2;
    PaperText text;
    text.page = field.page;
    text.text = answer.text_or_empty();
    text.style = on_line;
    const double width = field.box.width - 2 * inset;
    const double height = measure_.lines(text.text, on_line, width) * line_height(on_line);
    if (text.text.empty() || height > field.box.height - inset) return;
    text.place = {field.box.x + inset, field.box.y + inset, width, height};
    form_.items.emplace_back(std::move(text));
  }

  PaperForm& form_;
  const TextMeasure& measure_;
};

/// The answer that a field's name means: "bsn", "accounts[1].iban".
const Value& answer_of_field(const Value& answers, std::string_view name) {
  const std::size_t open = name.find('[');
  if (open == std::string_view::npos) return answers[name];
  std::size_t row = 0;
  const char* const end = name.data() + name.size();
  const auto read = std::from_chars(name.data() + open + 1, end, row);
  const auto& rows = answers[name.substr(0, open)].items();
  static const Value none;
  if (read.ec != std::errc() || end - read.ptr < 2 || row >= rows.size()) return none;
  return rows[row][std::string_view(read.ptr + 2, static_cast<std::size_t>(end - read.ptr - 2))];
}

void add_all(std::vector<FieldError>& all, std::vector<FieldError> more) {
  all.insert(all.end(), more.begin(), more.end());
}

}  // namespace

Result<KnownAnswers> known_answers_from(const Value& json, const Catalogue& forms,
                                        std::string_view municipality) {
  KnownAnswers known;
  std::vector<FieldError> wrong;
  if (!json.is_object()) wrong.push_back({"", "no-object", "This is no JSON object."});
  for (const Value::Member& member : json.members()) {
    if (member.name != "common" && member.name != "requests")
      wrong.push_back({member.name, "unknown-field", "Only common and requests are known."});
  }
  if (!json["common"].is_null())
    add_all(wrong, check_part_structure(forms.common(), json["common"], "common"));
  known.common = json["common"];
  for (std::size_t i = 0; i < json["requests"].items().size(); ++i) {
    const Value& request = json["requests"].items()[i];
    const std::string place = "requests[" + std::to_string(i) + "]";
    const std::string& type = request["type"].text_or_empty();
    const FormDefinition* definition = forms.find(type, municipality);
    if (definition == nullptr) {
      wrong.push_back({place + ".type", "unknown-type", "There is no form of this type."});
      continue;
    }
    if (!request["fields"].is_null())
      add_all(wrong, check_part_structure(*definition, request["fields"], place + ".fields"));
    known.requests.emplace_back(type, request["fields"]);
  }
  if (!wrong.empty())
    return fail(Error{ErrorCode::invalid_input, "The known answers do not fit the form.", false, wrong});
  return known;
}

void fill_in(PaperForm& form, const KnownAnswers& known, const Catalogue& forms, const TextMeasure& measure) {
  Filler filler(form, measure);
  const auto fill_part = [&](const FormDefinition& definition, const Value& answers) {
    const Value tidy = normalise(definition, answers);
    for (const PaperField& field : form.geometry.fields) {
      const Field* asked = definition.find(field.name);
      const bool by_hand = asked != nullptr && asked->channels == std::vector<std::string>{"paper"} &&
                           (asked->kind == FieldKind::signature || asked->kind == FieldKind::date);
      if (field.part == definition.type && !by_hand) filler.fill(field, answer_of_field(tidy, field.name));
    }
  };
  if (known.common.is_object()) fill_part(forms.common(), known.common);
  for (const auto& [type, answers] : known.requests) {
    const FormDefinition* definition = forms.find(type, form.geometry.municipality);
    if (definition != nullptr && answers.is_object()) fill_part(*definition, answers);
  }
}

}  // namespace softbot

#include "forms/paper_known.h"

#include <algorithm>

#include "domain/text.h"
#include "forms/geometry/box_signs.h"
#include "forms/normalise.h"
#include "forms/structure.h"

namespace softbot {
namespace {

constexpr char32_t blank = U' ';
const PaperStyle in_box{15, false, false};
const PaperStyle on_line{12, false, false};

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
    const auto signs = box_signs(field, answer);
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

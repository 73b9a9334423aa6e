#include "web/paper_view.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <set>
#include <utility>

#include "domain/measure.h"
#include "domain/paper.h"
#include "web/page_pictures.h"

namespace softbot::web {
namespace {

/// Numbers the fields that somebody looks at, from 1 in the order in which they stand on screen: the same
/// number stands on the picture of the page.
using Numbers = std::map<std::string, std::string>;

Numbers numbers_of(const std::vector<PaperCheck>& checks) {
  Numbers numbers;
  for (const PaperCheck& check : checks) {
    if (check.check != Check::nothing) numbers[check.name] = std::to_string(numbers.size() + 1);
  }
  return numbers;
}

std::string number_in(const Numbers& numbers, const PaperCheck& check) {
  const auto found = numbers.find(check.name);
  return found == numbers.end() ? std::string() : found->second;
}

std::string document_address(const std::string& address, const std::string& document) {
  return document.empty() ? std::string() : address + "/document/" + document;
}

bool has_ticks(const PaperCheck& check) {
  const FieldKind kind = check.field.kind;
  return check.known &&
         (kind == FieldKind::choice || kind == FieldKind::choices || kind == FieldKind::yes_no);
}

/// The part of the page that shows a field, in millimetres.
struct Cut {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;
};

/// Words beside ticks are struck out or ringed by hand, and explained in the margin: a person has to see
/// them.
Cut with_words_beside(const Cut& box) {
  constexpr double before = 15;
  constexpr double above = 6;
  constexpr double right_edge = 206;  // of the paper, without its shadow
  const double x = std::max(0.0, box.x - before);
  return {x, std::max(0.0, box.y - above), std::max(right_edge, box.x + box.width) - x,
          box.height + 2 * above};
}

std::optional<Cut> cut_out(const PaperCheck& check) {
  const auto& sides = check.reading["boxMm"].items();
  if (sides.size() != 4) return std::nullopt;
  std::array<double, 4> mm{};
  for (std::size_t i = 0; i < mm.size(); ++i) {
    const auto length = measure_in(sides[i]);
    if (!length) return std::nullopt;
    mm.at(i) = *length;
  }
  const Cut box{mm[0], mm[1], mm[2], mm[3]};
  return has_ticks(check) ? with_words_beside(box) : box;
}

/// The picture of one field: {crop} for its own, {cutPage, cut, cutWidth} for a part of its page.
void add_picture(const PaperCheck& check, const std::string& address, Value& view) {
  constexpr double dots_per_mm = 6;  // of the pictures: larger shows no more
  const std::string crop = document_address(address, check.reading["crop"].text_or_empty());
  const std::string page = document_address(address, check.reading["pageDocument"].text_or_empty());
  const bool from_page = !page.empty() && (crop.empty() || has_ticks(check));
  const auto cut = from_page ? cut_out(check) : std::nullopt;
  view.set("crop", cut ? std::string() : crop);
  view.set("cut", cut ? millimetres(cut->x) + " " + millimetres(cut->y) + " " + millimetres(cut->width) +
                            " " + millimetres(cut->height)
                      : std::string());
  view.set("cutPage", cut ? page : std::string());
  view.set("cutWidth", cut ? std::to_string(std::lround(cut->width * dots_per_mm)) : std::string());
  view.set("hasPlace", !page.empty());
}

/// What every shown field has: question, state, place, crop.
Value shown_field(const PaperCheck& check, const std::string& address, const Numbers& numbers) {
  const auto number = check.reading["page"].as_integer();
  Value view = Value::object({{"fieldId", check.id},
                              {"fieldName", check.name},
                              {"number", number_in(numbers, check)},
                              {"question", check.question},
                              {"answer", paper_answer_words(check, check.value)},
                              {"stateWords", reading_words(check)},
                              {"badge", reading_badge(check)},
                              {"pageNumber", number ? std::to_string(*number) : std::string()}});
  add_picture(check, address, view);
  return view;
}

/// The choices of one field, in the order of their keys.
class Choices {
 public:
  Choices(const PaperCheck& check, const PaperInput& input)
      : check_(check), chosen_(choice_of(check, input.typed)) {}

  void add(const std::string& value, const std::string& text, const std::string& note = {}) {
    const std::string key = list_.items().size() < 9 ? std::to_string(list_.items().size() + 1) : "";
    list_.push(Value::object({{"choiceId", check_.id + "-" + std::to_string(list_.items().size())},
                              {"choiceName", choice_name(check_)},
                              {"choiceValue", value},
                              {"choiceText", text},
                              {"choiceNote", note},
                              {"key", key},
                              {"isOther", value == "anders"},
                              {"checked", value == chosen_}}));
  }
  [[nodiscard]] Value take() && { return std::move(list_); }

 private:
  const PaperCheck& check_;
  std::string chosen_;
  Value list_ = Value::list();
};

bool is_choice(const PaperCheck& check) {
  return check.known && (check.field.kind == FieldKind::choice || check.field.kind == FieldKind::yes_no);
}

void add_options(const PaperCheck& check, Choices& choices) {
  const auto add = [&](const Value& value, const std::string& name, const std::string& label) {
    if (value == check.value) return;
    const bool likely =
        std::find(check.alternatives.begin(), check.alternatives.end(), value) != check.alternatives.end();
    choices.add("o:" + name, label, likely ? "kan er ook staan" : "");
  };
  if (check.field.kind == FieldKind::yes_no) {
    add(true, "true", "Ja");
    add(false, "false", "Nee");
    return;
  }
  for (const Option& option : check.field.options) add(option.value, option.value, option.label.nl);
}

Value choices_of(const PaperCheck& check, const PaperInput& input) {
  Choices choices(check, input);
  const bool empty = check.value.is_null();
  if (!empty) choices.add("ok", paper_answer_words(check, check.value), "zo gelezen");
  if (is_choice(check)) {
    add_options(check, choices);
  } else {
    for (std::size_t index = 0; index < check.alternatives.size(); ++index)
      choices.add("a" + std::to_string(index), paper_answer_words(check, check.alternatives[index]),
                  "kan er ook staan");
    if (check.known) choices.add("anders", "Er staat iets anders: ik vul het zelf in");
  }
  if (empty) {
    choices.add("ok", "Er staat niets, of ik kan het ook niet lezen");
  } else if (check.known) {
    choices.add("leeg", "Er staat niets, of ik kan het ook niet lezen");
  }
  return std::move(choices).take();
}

/// The input for what none of the choices says.
Value other_input(const PaperCheck& check, const PaperInput& input) {
  if (!check.known || is_choice(check)) return false;
  FormState state;
  state.channel = "paper";
  state.typed = input.typed;
  const FormDefinition definition = other_definition(check);
  Value fields = fields_view(definition, definition, other_prefix(check), state, {check.field.name});
  return fields.items().empty() ? Value(false) : fields.items().front();
}

Value open_fields(const std::vector<PaperCheck>& checks, Check wanted, const std::string& address,
                  const Numbers& numbers, const PaperInput& input) {
  Value list = Value::list();
  for (const PaperCheck& check : checks) {
    if (check.check != wanted) continue;
    Value view = shown_field(check, address, numbers);
    view.set("choices", choices_of(check, input));
    view.set("other", other_input(check, input));
    const auto problem = input.problems.find(check.id);
    view.set("error", problem == input.problems.end() ? std::string() : problem->second);
    list.push(std::move(view));
  }
  return list;
}

Value ink_view(const std::vector<PaperCheck>& checks, const std::string& address, const Numbers& numbers,
               const PaperInput& input) {
  Value list = Value::list();
  for (const PaperCheck& check : checks) {
    if (check.check != Check::look) continue;
    Value view = shown_field(check, address, numbers);
    view.set("typedOver", web_value(input.typed, "overname:" + check.id));
    list.push(std::move(view));
  }
  return list;
}

/// All that was read, as on the form.
Value all_fields(const std::vector<PaperCheck>& checks, const std::string& address) {
  Value list = Value::list();
  for (const PaperCheck& check : checks) {
    if (check.check == Check::nothing && check.reading["class"].text_or_empty() != "signature")
      list.push(shown_field(check, address, {}));
  }
  return list;
}

Value doubts_view(const Application& application, const PaperInput& input) {
  const auto chosen = web_values(input.typed, "twijfel");
  Value list = Value::list();
  for (const Reason& doubt : paper::open_doubts(application)) {
    if (doubt.code == "signature-doubtful") continue;
    list.push(
        Value::object({{"code", doubt.code},
                       {"text", doubt.text},
                       {"remedy", doubt_remedy_words(doubt.code)},
                       {"checked", std::find(chosen.begin(), chosen.end(), doubt.code) != chosen.end()}}));
  }
  return list;
}

/// Where the signature should be, when it is not certain that it is there.
Value signature_view(const Application& application, const std::vector<PaperCheck>& checks,
                     const std::string& address, const PaperInput& input) {
  if (!application.signed_by.empty() || !application.paper.contains("signature")) return false;
  const auto found = std::find_if(checks.begin(), checks.end(), [](const PaperCheck& check) {
    return check.reading["class"].text_or_empty() == "signature";
  });
  Value view = found == checks.end() ? Value::object({{"crop", ""}, {"cut", ""}, {"hasPlace", false}})
                                     : shown_field(*found, address, {});
  const std::string chosen = web_value(input.typed, "handtekening");
  view.set("doubtful", application.paper["signature"].text_or_empty() == "doubtful");
  view.set("saysYes", chosen == "ja");
  view.set("saysNo", chosen == "nee");
  return view;
}

std::vector<PlaceOnPage> places_on(const std::vector<PaperCheck>& checks, const Numbers& numbers,
                                   std::int64_t page) {
  std::vector<PlaceOnPage> places;
  for (const PaperCheck& check : checks) {
    if (check.reading["page"].as_integer() != page) continue;
    const bool settled = check.reading["checked"].is_object() || check.reading["lookedAt"].is_object();
    places.push_back({check.id, number_in(numbers, check),
                      check.check != Check::nothing ? "doubtful"
                      : settled                     ? "done"
                                                    : "other",
                      check.reading["boxMm"]});
  }
  // What is to be looked at lies on top.
  std::stable_sort(places.begin(), places.end(), [](const PlaceOnPage& left, const PlaceOnPage& right) {
    return (left.state == "doubtful") < (right.state == "doubtful");
  });
  return places;
}

/// The pages of the form with their places, and behind them whatever else came along.
Value pages_view(const CaseFile& file, const std::vector<PaperCheck>& checks, const Numbers& numbers,
                 const std::string& address) {
  std::vector<PagePicture> pictures;
  std::set<std::string> shown;
  for (const Value& page : file.application.paper["pages"].items()) {
    const std::string& document = page["document"].text_or_empty();
    const std::int64_t number = page["page"].as_integer().value_or(0);
    if (document.empty()) continue;
    shown.insert(document);
    pictures.push_back({"pagina-" + std::to_string(number), "Pagina " + std::to_string(number),
                        document_address(address, document), places_on(checks, numbers, number)});
  }
  std::vector<DocumentRecord> others;
  for (const DocumentRecord& document : file.documents) {
    const bool paper = document.kind == "scan-page" || document.kind == "scan";
    if (paper && !shown.contains(document.id.text)) others.push_back(document);
  }
  std::size_t extra = 0;
  for (PagePicture& picture : pictures_among(others, address + "/document/")) {
    picture.id = "erbij-" + std::to_string(++extra);
    pictures.push_back(std::move(picture));
  }
  return pictures_view(pictures);
}

/// A form without a code was read by a template: which one.
Value template_view(const Application& application) {
  const Value& by = application.paper["template"];
  if (!by.is_object()) return false;
  return Value::object({{"templateFile", by["file"].text_or_empty()}, {"templateVersion", by["version"]}});
}

/// What read the form: one name, unless its pages were read on either side of a change.
std::string readers_of(const std::vector<PaperCheck>& checks) {
  std::set<std::string> readers;
  for (const PaperCheck& check : checks) readers.insert(check.reading["reader"].text_or_empty());
  readers.erase("");
  std::string words;
  for (const std::string& reader : readers) words += (words.empty() ? "" : "; ") + reader;
  return words;
}

}  // namespace

Value paper_card(const std::vector<PaperCheck>& checks, const Application& application) {
  if (!paper::is_on_paper(application)) return false;
  return Value::object({{"left", paper_left_words(paper_left(checks, application))},
                        {"typedBy", application.paper["typedBy"].text_or_empty()}});
}

Value reasons_in_words(const Value& reasons, const std::vector<PaperCheck>& checks) {
  Value list = Value::list();
  bool look_is_there = false;
  for (const Value& reason : reasons.items()) {
    const std::string& code = reason["code"].text_or_empty();
    if (code == "look-at-crop" && std::exchange(look_is_there, true)) continue;
    const auto about = std::find_if(checks.begin(), checks.end(), [&](const PaperCheck& check) {
      return check.name == reason["field"].text_or_empty();
    });
    Value view = reason;
    view.set("about", about == checks.end() || code == "look-at-crop" ? std::string() : about->question);
    view.set("atPaper", code == "look-at-crop");
    view.set("toCall", code == "repair-call");
    list.push(std::move(view));
  }
  return list;
}

Value paper_view(const CaseFile& file, const std::vector<PaperCheck>& checks, const std::string& address,
                 const PaperInput& input) {
  const Numbers numbers = numbers_of(checks);
  Value pages = pages_view(file, checks, numbers, address);
  Value must = open_fields(checks, Check::must, address, numbers, input);
  Value may = open_fields(checks, Check::may, address, numbers, input);
  Value ink = ink_view(checks, address, numbers, input);
  Value all = all_fields(checks, address);
  Value doubts = doubts_view(file.application, input);
  return Value::object({{"left", paper_left_words(paper_left(checks, file.application))},
                        {"typedBy", file.application.paper["typedBy"].text_or_empty()},
                        {"hasPages", !pages.items().empty()},
                        {"pages", std::move(pages)},
                        {"hasMust", !must.items().empty()},
                        {"must", std::move(must)},
                        {"hasMay", !may.items().empty()},
                        {"may", std::move(may)},
                        {"hasInk", !ink.items().empty()},
                        {"ink", std::move(ink)},
                        {"hasDoubts", !doubts.items().empty()},
                        {"doubts", std::move(doubts)},
                        {"signature", signature_view(file.application, checks, address, input)},
                        {"readers", readers_of(checks)},
                        {"byTemplate", template_view(file.application)},
                        {"hasAll", !all.items().empty()},
                        {"all", std::move(all)}});
}

}  // namespace softbot::web

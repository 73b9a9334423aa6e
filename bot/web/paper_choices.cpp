#include "web/paper_choices.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <set>

#include "domain/paper.h"
#include "forms/completeness.h"
#include "forms/normalise.h"

namespace softbot::web {
namespace {

constexpr std::string_view not_typed = "Vul in wat er staat, of kies een ander antwoord.";
constexpr std::string_view rest_of_row =
    "Kijk dit vakje ook na: het hoort bij de lijst waarin u iets verbetert.";

/// The answer that a choice stands for. Nothing when it confirms what stands there already.
struct Chosen {
  bool made = false;
  std::optional<Value> answer;
  std::string problem;
};

std::optional<std::size_t> index_of(std::string_view choice) {
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(choice.data() + 1, choice.data() + choice.size(), index);
  if (error != std::errc() || end != choice.data() + choice.size()) return std::nullopt;
  return index;
}

Value option_value(const Field& field, std::string_view option) {
  if (field.kind == FieldKind::yes_no) return option == "true";
  return Value(option);
}

Chosen typed_answer(const PaperCheck& check, const WebParameters& typed, Date today) {
  const Value answers = answers_of(other_definition(check), other_prefix(check), typed);
  const Value& answer = answers[check.field.name];
  const bool empty = answer.is_null() || (answer.is_list() && answer.items().empty());
  if (empty) return {true, {}, std::string(not_typed)};
  if (const auto wrong = check_answer(check.field, answer, today, "nl")) return {true, {}, wrong->text};
  return {true, answer, {}};
}

Chosen chosen_for(const PaperCheck& check, const WebParameters& typed, Date today) {
  const std::string choice = choice_of(check, typed);
  if (choice.empty()) return {};
  if (choice == "ok") return {true, {}, {}};
  if (!check.known) return {};
  if (choice == "leeg") return {true, Value(), {}};
  if (choice == "anders") return typed_answer(check, typed, today);
  if (choice.starts_with("o:")) {
    Value answer = option_value(check.field, std::string_view(choice).substr(2));
    if (const auto wrong = check_answer(check.field, answer, today, "nl")) return {true, {}, wrong->text};
    return {true, std::move(answer), {}};
  }
  const auto index = choice.front() == 'a' ? index_of(choice) : std::nullopt;
  if (!index || *index >= check.alternatives.size()) return {};
  return {true, check.alternatives[*index], {}};
}

bool is_open(const PaperCheck& check) {
  return check.check == Check::must || check.check == Check::may;
}

/// Collects corrections; rows of one list end in one new list.
class Corrections {
 public:
  explicit Corrections(const Application& application) : application_(application) {}

  void set(const PaperCheck& check, Value answer) {
    const std::string top = check.list.empty() ? check.name : check.list;
    const std::string path = (check.common ? "common." : "") + top;
    if (check.list.empty()) {
      fields_.set(path, std::move(answer));
      return;
    }
    lists_.insert(check.list);
    Value::List rows = fields_.contains(path)
                           ? fields_[path].items()
                           : (check.common ? application_.common : application_.fields)[top].items();
    while (rows.size() <= check.row) rows.push_back(Value::object());
    if (answer.is_null()) {
      rows[check.row].erase(check.field.name);
    } else {
      rows[check.row].set(check.field.name, std::move(answer));
    }
    fields_.set(path, Value(std::move(rows)));
  }

  [[nodiscard]] const std::set<std::string>& lists() const { return lists_; }
  [[nodiscard]] Value take() && { return std::move(fields_); }

 private:
  const Application& application_;
  Value fields_ = Value::object();
  std::set<std::string> lists_;
};

/// What was chosen about the paper itself: doubts set aside, and the signature.
std::vector<std::string> settled_doubts(const Application& application, const WebParameters& typed) {
  std::vector<std::string> settled;
  const auto chosen = web_values(typed, "twijfel");
  const std::string signature = web_value(typed, "handtekening");
  for (const Reason& doubt : paper::open_doubts(application)) {
    const bool set_aside = std::find(chosen.begin(), chosen.end(), doubt.code) != chosen.end();
    const bool no_signature = doubt.code == "signature-doubtful" && signature == "nee";
    if (set_aside || no_signature) settled.push_back(doubt.code);
  }
  if (signature == "ja") settled.emplace_back("signature");
  return settled;
}

bool leaves_doubts(const Application& application, const std::vector<std::string>& settled) {
  const auto doubts = paper::open_doubts(application);
  return std::any_of(doubts.begin(), doubts.end(), [&](const Reason& doubt) {
    const bool by_signature = doubt.code == "signature-doubtful" &&
                              std::find(settled.begin(), settled.end(), "signature") != settled.end();
    return doubt.code != "page-missing" && !by_signature &&
           std::find(settled.begin(), settled.end(), doubt.code) == settled.end();
  });
}

}  // namespace

std::string choice_name(const PaperCheck& check) {
  return "kies:" + check.id;
}

std::string choice_of(const PaperCheck& check, const WebParameters& typed) {
  std::string choice = web_value(typed, choice_name(check));
  if (!choice.empty()) return choice;
  const std::string inputs = other_prefix(check) + ".";
  const bool is_typed = std::any_of(typed.begin(), typed.end(), [&](const auto& input) {
    return input.first.starts_with(inputs) && !input.second.empty();
  });
  return is_typed ? "anders" : choice;
}

FormDefinition other_definition(const PaperCheck& check) {
  FormDefinition definition;
  definition.type = "paper";
  Section section;
  section.fields.push_back(check.field);
  section.fields.front().show_if = {};
  definition.sections.push_back(std::move(section));
  return definition;
}

std::string other_prefix(const PaperCheck& check) {
  return "anders:" + check.id;
}

PaperChoices paper_choices(const std::vector<PaperCheck>& checks, const Application& application,
                           const WebParameters& typed, Date today) {
  PaperChoices choices;
  Corrections corrections(application);
  std::set<std::string> answered;
  for (const PaperCheck& check : checks) {
    if (!is_open(check)) continue;
    Chosen chosen = chosen_for(check, typed, today);
    if (!chosen.made) continue;
    if (!chosen.problem.empty()) {
      choices.problems.try_emplace(check.id, std::move(chosen.problem));
      continue;
    }
    answered.insert(check.name);
    if (chosen.answer && *chosen.answer != check.value) {
      corrections.set(check, std::move(*chosen.answer));
    } else {
      choices.correction.confirmed.push_back(check.name);
    }
  }
  choices.settles_all = true;
  for (const PaperCheck& check : checks) {
    if (!is_open(check) || answered.contains(check.name)) continue;
    if (check.check == Check::must) choices.settles_all = false;
    if (corrections.lists().contains(check.list)) choices.problems.try_emplace(check.id, rest_of_row);
  }
  const std::vector<std::string> doubts = settled_doubts(application, typed);
  choices.settles_all = choices.settles_all && !leaves_doubts(application, doubts);
  choices.answered = answered.size() + doubts.size();
  choices.correction.confirmed.insert(choices.correction.confirmed.end(), doubts.begin(), doubts.end());
  choices.correction.fields = std::move(corrections).take();
  return choices;
}

}  // namespace softbot::web

#include "pipeline/paper_checks.h"

#include <algorithm>
#include <array>
#include <set>

#include "domain/date.h"
#include "domain/measure.h"
#include "domain/paper.h"
#include "domain/zone.h"
#include "queue/reasons.h"

namespace softbot::pipeline {
namespace {

/// False when the question surely does not apply, going by what is settled.
bool may_apply(const FormDefinition& definition, const std::string& name, const AnswerContext& context) {
  const std::string top = name.substr(0, name.find('['));
  const Field* field = definition.find(top);
  const Section* section = definition.section_of(top);
  return field == nullptr || section == nullptr || applies(*section, *field, context) != Truth::no;
}

double probability_of(const Value& one) {
  return measure_within(one["probability"], 0, 1).value_or(0);
}

/// In the three months before.
bool is_shortly_before(Instant received, const Value& one) {
  const auto day = parse_date(one["value"].text_or_empty());
  const Date received_on = local_date(received);
  return day && *day <= received_on &&
         std::chrono::sys_days(received_on) - std::chrono::sys_days(*day) <= std::chrono::days(92);
}

}  // namespace

Reason doubtful_field(std::string_view field) {
  Reason reason = queue::reason("field-doubtful");
  reason.field = field;
  return reason;
}

std::vector<Reason> reasons_to_look(const Application& application, const std::vector<Asked>& asked) {
  std::vector<Reason> reasons;
  if (!paper::is_on_paper(application)) return reasons;
  for (const std::string& field : paper::unsettled(application, "decisive"))
    queue::add_reason(reasons, doubtful_field(field));
  for (const Asked& item : asked) {
    const Value& reading = paper::reading_of(application, item.field);
    if (reading["class"].text_or_empty() != "free" && paper::has_unread_ink(application, item.field))
      queue::add_reason(
          reasons, doubtful_field(item.field.starts_with("common.") ? item.field.substr(7) : item.field));
  }
  for (const Reason& doubt : paper::open_doubts(application)) {
    if (doubt.code != "page-missing") queue::add_reason(reasons, doubt);
  }
  return reasons;
}

void note_what_applies(const Configuration& configuration, Application& application) {
  const FormDefinition* own = configuration.forms->find(application.type, application.municipality);
  if (!paper::is_on_paper(application) || own == nullptr) return;
  const Value readings = application.readings;
  for (const Value::Member& member : readings.members()) paper::mark_applies(application, member.name, true);
  const FormDefinition& common = configuration.forms->common();
  const Value settled_common = paper::settled_answers(application, "common");
  const Value settled_fields = paper::settled_answers(application, application.type);
  const AnswerContext context{&settled_common, &settled_fields, {application.type}, nullptr, &common, own};
  std::vector<std::string> idle;
  for (const Value::Member& member : application.readings.members()) {
    const bool in_common = member.value["part"].text_or_empty() == "common";
    if (!paper::is_settled(application, member.name) &&
        !may_apply(in_common ? common : *own, member.name, context))
      idle.push_back(member.name);
  }
  for (const std::string& name : idle) paper::mark_applies(application, name, false);
}

void support_by_receipt(Application& application) {
  constexpr std::string_view field = "signingDate";
  const Value reading = paper::reading_of(application, field);
  const std::string& state = reading["state"].text_or_empty();
  if (paper::is_settled(application, field) || (state != "doubtful" && state != "repaired")) return;
  std::vector<Value> candidates = reading["alternatives"].items();
  candidates.insert(candidates.begin(), reading);
  const Value* best = nullptr;
  double recent = 0;
  Value::List days;
  for (const Value& one : candidates) {
    if (!is_shortly_before(application.received, one)) continue;
    recent += probability_of(one);
    days.push_back(one["value"]);
    if (best == nullptr || probability_of(one) > probability_of(*best)) best = &one;
  }
  if (best == nullptr || probability_of(*best) < least_recent) return;
  const Value day = (*best)["value"];
  const bool as_read = best == &candidates.front();
  if (as_read && probability_of(*best) >= least_of_recent * recent) {
    paper::mark_supported(application, field, day, "receipt");
  } else {
    paper::mark_tried(application, field, Value(std::move(days)));
  }
  application.common.set(field, day);
}

bool holds_up_grant(std::string_view task) {
  static constexpr std::array<std::string_view, 4> tasks{"documents", "reply-on-paper", "page-came-later",
                                                         "look-at-crop"};
  return std::find(tasks.begin(), tasks.end(), task) != tasks.end() || task.starts_with("post-");
}

bool waits_for_a_look(const Application& application) {
  return !paper::ink_to_look_at(application).empty() ||
         std::any_of(application.open_tasks.begin(), application.open_tasks.end(),
                     [](const Reason& task) { return holds_up_grant(task.code); });
}

Value usable_answers(const Application& application, std::string_view part) {
  if (paper::is_on_paper(application)) return paper::settled_answers(application, part);
  return part == "common" ? application.common : application.fields;
}

}  // namespace softbot::pipeline

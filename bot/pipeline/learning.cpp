#include "pipeline/learning.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <utility>

#include "domain/measure.h"
#include "domain/paper.h"
#include "domain/zone.h"
#include "forms/geometry/box_signs.h"
#include "forms/geometry/field_crop.h"
#include "pipeline/views.h"

namespace softbot::pipeline {
namespace {

constexpr std::string_view common_prefix = "common.";
constexpr std::string_view activity = "lezen-verbeteren";

const Learning* learning_of(const Configuration& configuration, std::string_view municipality) {
  const auto found = configuration.municipalities->find(municipality);
  return found == configuration.municipalities->end() || !found->second.learning ? nullptr
                                                                                 : &*found->second.learning;
}

std::string_view bare(std::string_view field) {
  return field.starts_with(common_prefix) ? field.substr(common_prefix.size()) : field;
}

bool is_named(const std::string& reading, std::string_view field) {
  return reading == field || (reading.starts_with(field) && reading[field.size()] == '[');
}

bool is_in(const std::string& reading, const Value& fields) {
  return std::ranges::any_of(
      fields.members(), [&](const Value::Member& member) { return is_named(reading, bare(member.name)); });
}

bool is_in(const std::string& reading, const std::vector<std::string>& confirmed) {
  return std::ranges::any_of(confirmed, [&](const std::string& field) { return reading == bare(field); });
}

/// Read, and not surely enough.
bool is_in_doubt(const Value& reading) {
  const std::string& state = reading["state"].text_or_empty();
  return state == "doubtful" || state == "repaired" || state == "unreadable";
}

const Value& answers_with(const Application& application, const Value& reading) {
  return reading["part"].text_or_empty() == "common" ? application.common : application.fields;
}

std::size_t rows_of(const Application& application, const std::string& field, const Value& reading) {
  const std::string_view list = std::string_view(field).substr(0, field.find('['));
  return answers_with(application, reading)[list].items().size();
}

bool lies_at(const PaperField& field, const Value& reading) {
  constexpr double same_mm = 0.02;
  const auto& sides = reading["boxMm"].items();
  const auto is_side = [&](std::size_t index, double side) {
    const auto measured = measure_in(sides[index]);
    return measured && std::abs(*measured - side) < same_mm;
  };
  return field.page == reading["page"].as_integer() && sides.size() == 4 && is_side(0, field.box.x) &&
         is_side(1, field.box.y) && is_side(2, field.box.width) && is_side(3, field.box.height);
}

/// The field in boxes that this reading is of, as it was printed. Rows may have other numbers there.
const PaperField* boxes_of(const FormGeometry& geometry, const Value& reading) {
  const auto found = std::ranges::find_if(geometry.fields, [&](const PaperField& field) {
    return field.kind == PaperFieldKind::characters && field.field_class != "free" && !field.boxes.empty() &&
           lies_at(field, reading);
  });
  return found == geometry.fields.end() ? nullptr : &*found;
}

std::optional<FormGeometry> printed_geometry(const Services& services, const Application& application) {
  PageCode code;
  code.geometry = application.paper["geometry"].text_or_empty();
  for (const Value& type : application.paper["types"].items()) code.types.push_back(type.text_or_empty());
  return services.find_geometry(code);
}

void add_case(const Services& services, const Application& application, const FormGeometry& geometry,
              const Value::Member& reading, Lesson& lesson) {
  const DocumentId crop(reading.value["crop"].text_or_empty());
  const PaperField* field = boxes_of(geometry, reading.value);
  if (crop.empty() || field == nullptr) return;
  auto picture = open_document(services, application.reference, crop, Viewer::staff);
  if (!picture) return;
  lesson.cases.push_back({reading.name, reading.value, geometry_of_crop(*field),
                          rows_of(application, reading.name, reading.value),
                          std::move(picture->record.media_type), std::move(picture->bytes)});
}

/// Nothing when the answer teaches nothing.
std::optional<CorrectionRecord> record_of(const Services& services, const Lesson::Case& lesson_case,
                                          const Application& application) {
  const Value& reading = lesson_case.reading;
  const Value& answer = answer_of_field(answers_with(application, reading), lesson_case.field);
  const std::string written = signs_in_boxes(lesson_case.crop.fields.front(), answer);
  if (written.empty() || rows_of(application, lesson_case.field, reading) != lesson_case.rows)
    return std::nullopt;
  CorrectionRecord record;
  record.id = new_id(services.vault);
  record.municipality = application.municipality;
  record.kept_on = today(services);
  record.about = correction_about(services.vault, application.reference, lesson_case.field);
  record.owner = correction_owner(services.vault, application.person);
  record.content = Value::object({{"geometry", to_value(lesson_case.crop)},
                                  {"raw", reading["raw"]},
                                  {"probability", reading["probability"]},
                                  {"state", reading["state"]},
                                  {"alternatives", reading["alternatives"]},
                                  {"value", answer},
                                  {"written", written},
                                  {"reader", reading["reader"]}});
  record.picture_type = lesson_case.picture_type;
  record.picture = lesson_case.picture;
  return record;
}

AuditRecord end_of_term(const Services& services, const std::string& municipality, std::int64_t count,
                        Date first_kept) {
  AuditRecord row = audit_row("bot", "corrections-destroyed",
                              std::to_string(count) + " kept before " + format_iso(first_kept));
  row.subject = municipality;
  row.activity = activity;
  row.at = services.clock.now();
  return row;
}

void plan_next(const Services& services, Transaction& transaction) {
  transaction.cancel_jobs(job::correction_terms, "");
  transaction.add_job(job::correction_terms, "", start_of_day(add_days(today(services), 1)));
}

}  // namespace

Lesson lesson_in(const Services& services, const ApplicationReference& reference,
                 const Correction& correction) {
  const auto configuration = services.configuration();
  const bool anybody = std::ranges::any_of(*configuration->municipalities,
                                           [](const auto& one) { return one.second.learning.has_value(); });
  if (!anybody) return {};
  const auto application = load_application(services, reference);
  if (!application || !paper::is_on_paper(*application) ||
      learning_of(*configuration, application->municipality) == nullptr)
    return {};
  const auto geometry = printed_geometry(services, *application);
  Lesson lesson;
  for (const Value::Member& reading : application->readings.members()) {
    const bool changed = is_in(reading.name, correction.fields);
    if (!changed && !is_in(reading.name, correction.confirmed)) continue;
    if (paper::is_settled(*application, reading.name)) {
      if (changed) lesson.taken_back.push_back(reading.name);
    } else if (geometry && is_in_doubt(reading.value)) {
      add_case(services, *application, *geometry, reading, lesson);
    }
  }
  return lesson;
}

void keep_lesson(const Services& services, Transaction& transaction, const Lesson& lesson,
                 const Application& application, Effects& effects) {
  for (const std::string& field : lesson.taken_back)
    transaction.drop_correction(correction_about(services.vault, application.reference, field));
  std::size_t kept = 0;
  for (const Lesson::Case& one : lesson.cases) {
    const auto record = record_of(services, one, application);
    if (!record) continue;
    transaction.keep_correction(*record);
    ++kept;
  }
  if (kept == 0) return;
  AuditRecord row = audit_row("bot", "kept-to-learn", std::to_string(kept) + " readings");
  row.activity = activity;
  effects.audit.push_back(std::move(row));
}

Date first_kept_day(const Learning& learning, Date today) {
  return add_days(today, -learning.retention_days);
}

Result<void> end_terms_of_corrections(const Services& services, const std::string&) {
  const auto configuration = services.configuration();
  const Date now = today(services);
  return services.store.write([&](Transaction& transaction) -> Result<void> {
    std::vector<std::string> municipalities;
    for (const auto& [id, municipality] : *configuration->municipalities) municipalities.push_back(id);
    for (const CorrectionDay& day : transaction.correction_days()) municipalities.push_back(day.municipality);
    std::ranges::sort(municipalities);
    municipalities.erase(std::unique(municipalities.begin(), municipalities.end()), municipalities.end());
    for (const std::string& municipality : municipalities) {
      const Learning* learning = learning_of(*configuration, municipality);
      const Date first_kept = learning == nullptr ? add_days(now, 1) : first_kept_day(*learning, now);
      const auto destroyed = transaction.destroy_corrections(municipality, first_kept);
      if (destroyed > 0) transaction.append_audit(end_of_term(services, municipality, destroyed, first_kept));
    }
    plan_next(services, transaction);
    return {};
  });
}

Result<void> plan_terms_of_corrections(const Services& services) {
  return services.store.write([&](Transaction& transaction) -> Result<void> {
    transaction.cancel_jobs(job::correction_terms, "");
    transaction.add_job(job::correction_terms, "", services.clock.now());
    return {};
  });
}

std::vector<KeptCorrections> kept_corrections(const Municipalities& municipalities,
                                              const std::vector<CorrectionDay>& days) {
  std::vector<KeptCorrections> all;
  for (const auto& [id, municipality] : municipalities) {
    KeptCorrections kept{id, municipality.learning, 0, std::nullopt, std::nullopt};
    for (const CorrectionDay& day : days) {
      if (day.municipality != id) continue;
      kept.count += day.count;
      if (!kept.learning) continue;
      const Date end = add_days(day.kept_on, kept.learning->retention_days);
      if (!kept.first_ends || end < *kept.first_ends) kept.first_ends = end;
      if (!kept.last_ends || *kept.last_ends < end) kept.last_ends = end;
    }
    all.push_back(std::move(kept));
  }
  return all;
}

bool is_for_trial(std::string_view owner) {
  std::uint32_t sum = 2'166'136'261U;  // FNV-1a: the same on every machine
  for (const char sign : owner) {
    sum ^= static_cast<unsigned char>(sign);
    sum *= 16'777'619U;
  }
  return sum % 5 == 0;
}

}  // namespace softbot::pipeline

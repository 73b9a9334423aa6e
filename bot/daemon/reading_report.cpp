#include "daemon/reading_report.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>

#include "domain/json.h"
#include "pipeline/form_answers.h"
#include "pipeline/tick_habit.h"

namespace softbot::daemon {
namespace {

/// Pages of one print, in the order of the file.
struct ReadForm {
  PageCode code;  ///< of its first page
  std::optional<FormGeometry> geometry;
  std::vector<const ReadPage*> pages;
};

std::vector<ReadForm> forms_in(const ReadFile& file, const FindGeometry& find_geometry) {
  std::vector<ReadForm> forms;
  for (const ReadPage& page : file.pages) {
    if (!page.code || page.code->kind != PageCode::Kind::form) continue;
    const PageCode& code = *page.code;
    const auto same = std::ranges::find_if(forms, [&](const ReadForm& one) {
      return one.code.set == code.set && one.code.geometry == code.geometry &&
             one.code.municipality == code.municipality && one.code.types == code.types;
    });
    if (same != forms.end()) {
      same->pages.push_back(&page);
    } else {
      forms.push_back({code, find_geometry(code), {&page}});
    }
  }
  return forms;
}

/// The readings of one type and of the common part; of a page that is there twice the first.
std::vector<const Reading*> readings_of(const ReadForm& form, std::string_view type) {
  std::vector<const Reading*> readings;
  std::set<std::pair<std::string, std::string>> taken;
  for (const ReadPage* page : form.pages) {
    for (const Reading& reading : page->readings) {
      const PaperField* field =
          form.geometry ? pipeline::printed_field(*form.geometry, page->code->page, reading) : nullptr;
      if (field == nullptr || (field->part != "common" && field->part != type)) continue;
      if (taken.emplace(field->part, field->name).second) readings.push_back(&reading);
    }
  }
  return readings;
}

/// Readings as the whole form tells them: who circles boxes all over it ticks by circles, who puts dots by
/// dots, and on a form that softbot did not print, which says nothing of filled boxes, who fills them by
/// filling.
std::vector<Reading> understood(const ReadForm& form, const std::vector<const Reading*>& readings) {
  std::vector<Reading> result;
  std::vector<pipeline::TickQuestion> questions;
  const auto field_of = [&](const Reading& reading) {
    return form.geometry ? form.geometry->find(reading.field) : nullptr;
  };
  for (const Reading* reading : readings) {
    const PaperField* field = field_of(*reading);
    if (field != nullptr && field->kind == PaperFieldKind::ticks) questions.push_back({field, reading});
  }
  const bool of_softbot = form.pages.front()->code_of_softbot;
  pipeline::TickHabit habit = pipeline::tick_habit_of(questions);
  if (of_softbot && habit == pipeline::TickHabit::filling) habit = pipeline::TickHabit::signs;
  for (const Reading* reading : readings) {
    const PaperField* field = field_of(*reading);
    const bool ticks = field != nullptr && field->kind == PaperFieldKind::ticks;
    result.push_back(pipeline::meant_by(ticks ? habit : pipeline::TickHabit::signs, {field, reading}));
  }
  return result;
}

Value field_value(const Reading& reading) {
  Value value = softbot::to_value(reading);
  value.erase("ink");
  value.erase("crop");
  return value;
}

Value rounded(const std::optional<double>& millimetres) {
  if (!millimetres) return {};
  std::array<char, 48> text{};
  const auto written =
      std::to_chars(text.data(), text.data() + text.size(), *millimetres, std::chars_format::fixed, 3);
  return Number{std::string(text.data(), written.ptr)};
}

Value code_value(const PageCode& code) {
  Value types = Value::list();
  for (const std::string& type : code.types) types.push(type);
  Value versions = Value::list();
  for (const int version : code.versions) versions.push(version);
  return Value::object({{"types", std::move(types)},
                        {"versions", std::move(versions)},
                        {"municipality", code.municipality},
                        {"page", code.page},
                        {"pages", code.pages},
                        {"geometry", code.geometry},
                        {"set", code.set}});
}

Value page_value(const ReadPage& page) {
  Value form;
  if (page.code && page.code->kind == PageCode::Kind::form) {
    form = code_value(*page.code);
    form.set("problem", page.problem);
  }
  return Value::object({{"index", page.index},
                        {"width", page.width},
                        {"height", page.height},
                        {"form", std::move(form)},
                        {"rotation", page.rotation},
                        {"residual_mm", rounded(page.residual_mm)}});
}

int version_of(const PageCode& code, std::size_t type) {
  return type + 1 < code.versions.size() ? code.versions[type + 1] : 0;
}

Value form_value(const ReadForm& form, std::size_t type) {
  Value pages = Value::list();
  for (const ReadPage* page : form.pages) pages.push(page->index);
  Value fields = Value::object({});
  for (const Reading& reading : understood(form, readings_of(form, form.code.types[type])))
    fields.set(reading.field, field_value(reading));
  return Value::object({{"type", form.code.types[type]},
                        {"version", version_of(form.code, type)},
                        {"municipality", form.code.municipality},
                        {"pages", std::move(pages)},
                        {"fields", std::move(fields)}});
}

std::string padded(std::string text, std::size_t width) {
  const auto starts_sign = [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; };
  const auto signs = static_cast<std::size_t>(std::ranges::count_if(text, starts_sign));
  if (signs < width) text.append(width - signs, ' ');
  return text;
}

std::string answer_text(const Value& value) {
  return value.is_null() ? "-" : value.is_text() ? value.text_or_empty() : to_json(value);
}

std::string form_table(const ReadForm& form) {
  std::string text;
  for (const std::string& type : form.code.types) {
    text += "  " + type + " of " + form.code.municipality + ", " + std::to_string(form.pages.size()) +
            " of " + std::to_string(form.code.pages) + " pages";
    text += form.geometry ? "\n" : "; this form is not known here (see --data)\n";
    for (const Reading& reading : understood(form, readings_of(form, type)))
      text += "    " + padded(reading.field, 34) + padded(std::string(name_of(reading.state)), 12) +
              answer_text(reading.value) + "\n";
  }
  return text;
}

std::string what_it_is(const ReadPage& page) {
  if (page.blank) return "blank";
  if (page.code && page.code->kind == PageCode::Kind::sheet) return page.code->types.front();
  const bool form = page.code.has_value();
  if (page.problem.empty() || (form && page.problem == "no-marks"))
    return form ? "page of a form" : "no form";
  return (form ? "page of a form: " : "") + page.problem;
}

}  // namespace

Value to_value(const FileReport& report, const FindGeometry& find_geometry) {
  Value error;
  if (report.read.refused)
    error = Value::object({{"code", report.read.refused->code}, {"message", report.read.refused->message}});
  Value pages = Value::list();
  for (const ReadPage& page : report.read.pages) {
    Value value = page_value(page);
    if (report.by_template) value.set("problem", page.problem);
    pages.push(std::move(value));
  }
  Value forms = Value::list();
  for (const ReadForm& form : forms_in(report.read, find_geometry)) {
    for (std::size_t type = 0; type < form.code.types.size(); ++type) forms.push(form_value(form, type));
  }
  return Value::object({{"file", report.file},
                        {"error", std::move(error)},
                        {"pages", std::move(pages)},
                        {"forms", std::move(forms)}});
}

std::string to_table(const FileReport& report, const FindGeometry& find_geometry) {
  std::string text = report.file + ": " + std::to_string(report.read.pages.size()) + " pages\n";
  if (report.read.refused)
    text += "  " + report.read.refused->code + ": " + report.read.refused->message + "\n";
  for (const ReadForm& form : forms_in(report.read, find_geometry)) text += form_table(form);
  for (const ReadPage& page : report.read.pages) {
    const bool shown = page.code && page.code->kind == PageCode::Kind::form && page.problem.empty();
    if (!shown) text += "  page " + std::to_string(page.index + 1) + ": " + what_it_is(page) + "\n";
  }
  return text;
}

}  // namespace softbot::daemon

#include "truth.h"

#include <cmath>
#include <string>

namespace softbot::fill {
namespace {

std::string name_in(const Value& so_far, const PaperField& field) {
  return so_far.contains(field.name) ? field.part + "." + field.name : field.name;
}

Value value_of(const WrittenField& place) {
  if (place.field->kind == PaperFieldKind::signature) return place.is_signed;
  if (place.strips) return {};
  return place.written;
}

Number hundredths(double value) {
  const long rounded = std::lround(value * 100);
  const long positive = std::abs(rounded);
  const std::string rest = std::to_string(positive % 100);
  return {(rounded < 0 ? "-" : "") + std::to_string(positive / 100) + "." +
          std::string(2 - rest.size(), '0') + rest};
}

std::string source_name(const GlyphSource* source) {
  return source == nullptr ? "" : source->name;
}

Value mistake(const std::string& field, std::string_view kind, const Value& meant) {
  return Value::object({{"field", field}, {"kind", kind}, {"meant", meant}});
}

}  // namespace

Value fields_truth(const WrittenForm& form) {
  Value truth = Value::object();
  for (const WrittenField& place : form.fields) truth.set(name_in(truth, *place.field), value_of(place));
  return truth;
}

Value ticks_truth(const WrittenForm& form) {
  Value truth = Value::object();
  for (const WrittenField& place : form.fields) {
    if (place.field->kind != PaperFieldKind::ticks) continue;
    Value options = Value::object();
    for (const PaperTick& tick : place.field->ticks) {
      const auto mark = place.ticks.find(tick.value);
      options.set(tick.value, mark != place.ticks.end() && mark->second == TickMark::ticked);
    }
    truth.set(name_in(truth, *place.field), std::move(options));
  }
  return truth;
}

Value mistakes_truth(const WrittenForm& form, Mistake kind) {
  Value all = Value::list();
  for (const WrittenField& place : form.fields) {
    const std::string& name = place.field->name;
    if (name == form.mistake_in) all.push(mistake(name, name_of(kind), place.meant));
    if (place.correction) all.push(mistake(name, "crossed-out", place.meant));
    for (const auto& [option, mark] : place.ticks) {
      if (mark == TickMark::cancelled) all.push(mistake(name, "cancelled-tick", place.meant));
    }
  }
  return all;
}

Value to_value(const Writer& writer) {
  return Value::object({{"digits", source_name(writer.digits)},
                        {"capitals", source_name(writer.capitals)},
                        {"lines", source_name(writer.line_font)},
                        {"pen", name_of(writer.pen)},
                        {"penMm", hundredths(writer.pen_mm)},
                        {"size", hundredths(writer.size)},
                        {"slant", hundredths(writer.slant)},
                        {"shakeMm", hundredths(writer.shake_mm)},
                        {"ticks", name_of(writer.tick)}});
}

}  // namespace softbot::fill

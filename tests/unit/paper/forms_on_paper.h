#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "adapters/paper_forms/paper_printer.h"
#include "forms/municipality.h"
#include "forms/paper_layout.h"
#include "pipeline/paper.h"
#include "unit/forms/shipped.h"

namespace softbot::paper_test {

/// What is shipped, as the daemon would have it.
inline const Configuration& shipped_configuration() {
  static const Configuration configuration = [] {
    Configuration made;
    made.forms = std::make_shared<const Catalogue>(forms_test::shipped());
    made.municipalities =
        std::make_shared<const Municipalities>(load_municipalities(forms_test::config_dir()).value());
    return made;
  }();
  return configuration;
}

inline PaperForm form_of(const std::vector<std::string>& types, const std::string& municipality = "voorbeeld",
                         const std::string& language = "nl") {
  return pipeline::paper_form(shipped_configuration(), {municipality, types, language}, PangoTextMeasure())
      .value();
}

/// Each type alone, and all in one form.
inline std::vector<std::vector<std::string>> printed_types() {
  const std::vector<std::string> all = forms_test::shipped().types();
  std::vector<std::vector<std::string>> forms;
  for (const std::string& type : all) forms.push_back({type});
  forms.push_back(all);
  return forms;
}

inline std::string name_of_types(const std::vector<std::string>& types) {
  std::string name;
  for (const std::string& type : types) name += (name.empty() ? "" : "+") + type;
  return name;
}

inline std::vector<PaperText> texts_of(const PaperForm& form) {
  std::vector<PaperText> texts;
  for (const PaperItem& item : form.items) {
    if (const auto* text = std::get_if<PaperText>(&item)) texts.push_back(*text);
  }
  return texts;
}

/// All words of the form, in reading order.
inline std::string words_of(const PaperForm& form) {
  std::string words;
  for (const PaperText& text : texts_of(form)) words += text.text + "\n";
  return words;
}

/// Every box that somebody writes in, with its field.
struct WrittenBox {
  const PaperField* field;
  MmBox box;
};
inline std::vector<WrittenBox> written_boxes(const FormGeometry& geometry) {
  std::vector<WrittenBox> boxes;
  for (const PaperField& field : geometry.fields) {
    for (const MmBox& box : field.boxes) boxes.push_back({&field, box});
    for (const PaperTick& tick : field.ticks) boxes.push_back({&field, tick.box});
    if (field.boxes.empty() && field.ticks.empty()) boxes.push_back({&field, field.box});
  }
  return boxes;
}

/// Distance between two boxes, mm; 0 when they touch or overlap.
inline double between(const MmBox& one, const MmBox& other) {
  const double x = std::max({0.0, other.x - (one.x + one.width), one.x - (other.x + other.width)});
  const double y = std::max({0.0, other.y - (one.y + one.height), one.y - (other.y + other.height)});
  return std::max(x, y);
}

/// Where the ink of a text is: a line that does not fill its column is as wide as its words.
inline MmBox ink_of(const PaperText& text, const TextMeasure& measure) {
  MmBox ink = text.place;
  if (text.place.height > 1.5 * line_height(text.style)) return ink;
  const double width = std::min(measure.width(text.text, text.style), ink.width);
  const double spare = ink.width - width;
  ink.x += text.align == PaperAlign::left ? 0 : text.align == PaperAlign::centre ? spare / 2 : spare;
  ink.width = width;
  return ink;
}

/// What must hold of every printed form; each broken promise in words.
std::vector<std::string> broken_promises(const PaperForm& form, const TextMeasure& measure);

}  // namespace softbot::paper_test

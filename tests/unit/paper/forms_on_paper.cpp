#include "forms_on_paper.h"

#include <map>
#include <set>

#include "domain/json.h"

namespace softbot::paper_test {
namespace {

std::string text_of(const MmBox& box) {
  return "[" + std::to_string(box.x) + " " + std::to_string(box.y) + " " + std::to_string(box.width) + " " +
         std::to_string(box.height) + "]";
}

/// Places are rounded to hundredths of a millimetre.
bool is_inside(const MmBox& inner, const MmBox& outer) {
  return inner.x >= outer.x - 0.03 && inner.y >= outer.y - 0.03 &&
         inner.x + inner.width <= outer.x + outer.width + 0.03 &&
         inner.y + inner.height <= outer.y + outer.height + 0.03;
}

class Judge {
 public:
  Judge(const PaperForm& form, const TextMeasure& measure) : form_(form), measure_(measure) {}

  std::vector<std::string> judge() {
    names();
    places();
    distances();
    words();
    shapes();
    pages();
    geometry();
    return std::move(broken_);
  }

 private:
  void names() {
    std::set<std::pair<std::string, std::string>> known;
    for (const PaperField& field : form_.geometry.fields) {
      if (!known.emplace(field.part, field.name).second) broken_.push_back(field.name + " stands twice");
    }
  }

  /// Away from marks, code, head and foot.
  void places() {
    const MmBox room{18, 43, 174, 234};
    for (const WrittenBox& one : written_boxes(form_.geometry)) {
      if (!is_inside(one.box, room))
        broken_.push_back(one.field->name + " leaves its room: " + text_of(one.box));
      if (!is_inside(one.box, one.field->box))
        broken_.push_back(one.field->name + " has a box outside its own");
      if (one.box.width < 5 || one.box.height < 5)
        broken_.push_back(one.field->name + " has too small a box");
    }
    for (const PaperText& text : texts_of(form_)) {
      if (!is_inside(text.place, {9, 9, 192, 282})) broken_.push_back("words outside the page: " + text.text);
    }
  }

  void distances() {
    const auto boxes = written_boxes(form_.geometry);
    for (std::size_t i = 0; i < boxes.size(); ++i) {
      for (std::size_t j = i + 1; j < boxes.size(); ++j) {
        if (boxes[i].field->page != boxes[j].field->page) continue;
        const bool same = boxes[i].field == boxes[j].field;
        if (between(boxes[i].box, boxes[j].box) < (same ? 0.5 : 1.5))
          broken_.push_back(boxes[i].field->name + " and " + boxes[j].field->name + " stand too near");
      }
    }
  }

  /// No dark words within 1.4 mm of a box that is written in.
  void words() {
    std::map<int, std::vector<WrittenBox>> by_page;
    for (const WrittenBox& one : written_boxes(form_.geometry)) by_page[one.field->page].push_back(one);
    for (const PaperText& text : texts_of(form_)) {
      const MmBox ink = ink_of(text, measure_);
      for (const WrittenBox& one : by_page[text.page]) {
        const double distance = between(ink, one.box);
        if (distance < (text.tone == PaperTone::light ? 0.01 : 1.4))
          broken_.push_back("\"" + text.text + "\" is too near to " + one.field->name);
      }
    }
  }

  /// What is drawn in or around a box drops out.
  void shapes() {
    for (const PaperItem& item : form_.items) {
      const auto* shape = std::get_if<PaperShape>(&item);
      if (shape == nullptr || shape->tone == PaperTone::light) continue;
      for (const WrittenBox& one : written_boxes(form_.geometry)) {
        if (one.field->page == shape->page && between(shape->box, one.box) < 1.4)
          broken_.push_back("a dark shape is too near to " + one.field->name);
      }
    }
  }

  void pages() {
    const FormGeometry& geometry = form_.geometry;
    if (geometry.pages.empty()) broken_.push_back("no page");
    for (const PaperPage& page : geometry.pages) {
      if (page != geometry.pages.front()) broken_.push_back("marks or code stand elsewhere on another page");
      if (page.marks.size() != 4) broken_.push_back("not four marks");
      if (page.code.width / form_.code_modules < 0.6) broken_.push_back("the code's modules are too small");
      for (const MmBox& mark : page.marks) {
        if (between(mark, page.code) < 4 * page.code.width / form_.code_modules)
          broken_.push_back("a mark stands in the code's quiet zone");
      }
    }
  }

  void geometry() {
    const auto again = geometry_from(to_value(form_.geometry));
    if (!again || *again != form_.geometry) broken_.push_back("the geometry is not the same out of its JSON");
  }

  const PaperForm& form_;
  const TextMeasure& measure_;
  std::vector<std::string> broken_;
};

}  // namespace

std::vector<std::string> broken_promises(const PaperForm& form, const TextMeasure& measure) {
  return Judge(form, measure).judge();
}

}  // namespace softbot::paper_test

#include "forms/paper_layout.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "forms/geometry/page_code.h"
#include "forms/geometry/page_frame.h"
#include "forms/paper_block.h"
#include "forms/paper_content.h"
#include "forms/paper_furniture.h"
#include "forms/paper_metrics.h"

namespace softbot {
namespace {

using paper::Block;

constexpr std::size_t most_types = 10;

double rounded(double length) {
  return std::round(length * 100) / 100;
}

void round_box(MmBox& box) {
  box = {rounded(box.x), rounded(box.y), rounded(box.width), rounded(box.height)};
}

/// Puts blocks under each other and turns pages.
class Pages {
 public:
  void add(std::vector<Block> blocks) {
    for (std::size_t i = 0; i < blocks.size();) {
      std::size_t last = i;
      while (blocks[last].with_next && last + 1 < blocks.size()) ++last;
      add_together(blocks, i, last + 1);
      i = last + 1;
    }
  }

  /// Everything at its place, rounded as the geometry's JSON is.
  void finish(PaperForm& form) {
    for (Block& page : pages_) {
      const int number = static_cast<int>(form.geometry.pages.size()) + 1;
      for (PaperItem& item : page.items) {
        std::visit([&](auto& one) { one.page = number; }, item);
        form.items.push_back(std::move(item));
      }
      for (PaperField& field : page.fields) {
        field.page = number;
        round_box(field.box);
        for (MmBox& box : field.boxes) round_box(box);
        for (PaperTick& tick : field.ticks) round_box(tick.box);
        form.geometry.fields.push_back(std::move(field));
      }
      form.geometry.pages.emplace_back();
    }
  }

 private:
  static double height_of(const std::vector<Block>& blocks, std::size_t begin, std::size_t end) {
    double height = 0;
    for (std::size_t i = begin; i < end; ++i) height += blocks[i].height + (i + 1 < end ? blocks[i].gap : 0);
    return height;
  }

  void add_together(std::vector<Block>& blocks, std::size_t begin, std::size_t end) {
    if (pages_.empty() || y_ + height_of(blocks, begin, end) > paper::bottom) {
      pages_.emplace_back();
      y_ = paper::top;
    }
    for (std::size_t i = begin; i < end; ++i) {
      const double height = blocks[i].height;
      const double gap = blocks[i].gap;
      pages_.back().take(std::move(blocks[i]), y_);
      y_ += height + gap;
    }
  }

  std::vector<Block> pages_;
  double y_ = 0;
};

class Layout {
 public:
  Layout(const FormDefinition& common, const std::vector<const FormDefinition*>& definitions,
         const Municipality& municipality, std::string_view language, const TextMeasure& measure)
      : common_(common),
        definitions_(definitions),
        language_(language == "en" ? "en" : "nl"),
        frame_{municipality, {}, language_},
        blocks_(measure, language_) {
    for (const FormDefinition* definition : definitions)
      frame_.titles.push_back(definition->title.in(language_));
  }

  Result<PaperForm> lay_out() {
    const PaperContent content = paper_content(common_, definitions_, language_);
    std::vector<std::string> intros;
    for (const FormDefinition* definition : definitions_) {
      if (!definition->intro.empty()) intros.push_back(definition->intro.in(language_));
    }
    pages_.add(paper::opening(frame_, intros, blocks_));
    for (std::size_t i = 0; i < content.parts.size(); ++i) {
      if (auto added = add_part(content, content.parts[i], i); !added) return fail(added.error());
    }
    return finish();
  }

 private:
  Result<void> add_part(const PaperContent& content, const PaperPart& part, std::size_t index) {
    const bool last = index + 1 == content.parts.size();
    for (std::size_t i = 0; i < part.sections.size(); ++i) {
      std::vector<Block> blocks;
      const bool titled = definitions_.size() > 1 && i == 0 && !(last && part.definition == &common_);
      if (titled) blocks.push_back(part_title(*part.definition));
      const PaperSection& section = part.sections[i];
      if (section.keep_together) pages_.add(enclosure_blocks(content));
      blocks.push_back(section_title(section.title, section.intro, section.when));
      add_questions(section, *part.definition, blocks);
      if (section.keep_together) keep_together(blocks);
      if (auto fits = check(blocks, part.definition->type); !fits) return fits;
      pages_.add(std::move(blocks));
    }
    return {};
  }

  [[nodiscard]] Block part_title(const FormDefinition& definition) const {
    Block block;
    PaperText title =
        blocks_.words(definition.title.in(language_), {paper::number_left, paper::right - paper::number_left},
                      3, {18, true, false});
    title.role = PaperRole::part;
    title.tone = PaperTone::accent;
    block.height = title.place.y + title.place.height;
    block.add_text(title);
    if (!definition.intro.empty()) {
      const PaperText intro = blocks_.words(definition.intro.in(language_),
                                            {paper::number_left, paper::right - paper::number_left},
                                            block.height + 1, {12, false, false});
      block.height = intro.place.y + intro.place.height;
      block.add_text(intro);
    }
    block.gap = 5;
    block.with_next = true;
    return block;
  }

  [[nodiscard]] Block section_title(const std::string& words, const std::string& intro,
                                    const std::string& when) const {
    const paper::Column column{paper::number_left, paper::right - paper::number_left};
    Block block;
    PaperText title = blocks_.words(words, column, 1.5, {15, true, false});
    title.role = PaperRole::heading;
    title.tone = PaperTone::accent;
    block.height = title.place.y + title.place.height;
    block.add_text(title);
    for (const std::string& text : {intro, when}) {
      if (text.empty()) continue;
      const PaperText one = blocks_.words(text, column, block.height + 1, {12, false, &text == &when});
      block.height = one.place.y + one.place.height;
      block.add_text(one);
    }
    block.gap = 4;
    block.with_next = true;
    return block;
  }

  std::vector<Block> enclosure_blocks(const PaperContent& content) const {
    const bool english = language_ == "en";
    return {
        section_title(content.enclosures.empty() ? (english ? "Where to send it" : "Waar stuurt u dit heen?")
                                                 : (english ? "What to send along" : "Wat stuurt u mee?"),
                      "", ""),
        paper::enclosures(frame_, content.enclosures, blocks_)};
  }

  void add_questions(const PaperSection& section, const FormDefinition& definition,
                     std::vector<Block>& blocks) const {
    for (std::size_t i = 0; i < section.questions.size();) {
      std::vector<const PaperQuestion*> group{&section.questions[i]};
      while (i + group.size() < section.questions.size() &&
             section.questions[i + group.size()].field->paper.beside)
        group.push_back(&section.questions[i + group.size()]);
      i += group.size();
      if (group.size() > 1) {
        if (auto together = blocks_.beside(group, definition.type)) {
          blocks.push_back(std::move(*together));
          continue;
        }
      }
      for (const PaperQuestion* question : group) add_question(*question, definition, blocks);
    }
  }

  void add_question(const PaperQuestion& question, const FormDefinition& definition,
                    std::vector<Block>& blocks) const {
    blocks.push_back(blocks_.question(question, definition.type));
    if (question.field->kind != FieldKind::list) return;
    for (Block& row : blocks_.rows(question, definition.type)) blocks.push_back(std::move(row));
  }

  static void keep_together(std::vector<Block>& blocks) {
    for (std::size_t i = 0; i + 1 < blocks.size(); ++i) blocks[i].with_next = true;
  }

  static Result<void> check(const std::vector<Block>& blocks, const std::string& type) {
    double height = 0;
    for (const Block& block : blocks) {
      height += block.height;
      if (height > paper::bottom - paper::top) {
        std::string message = "The printed form of \"" + type + "\" has no page that is high enough for ";
        message += block.fields.empty() ? "a heading" : "\"" + block.fields.front().name + "\"";
        message += ": shorten its words or options, or ask it in parts.";
        return fail(ErrorCode::configuration, std::move(message));
      }
      height = block.with_next ? height + block.gap : 0;
    }
    return {};
  }

  Result<PaperForm> finish() {
    PaperForm form;
    FormGeometry& geometry = form.geometry;
    geometry.municipality = frame_.municipality.id;
    geometry.language = language_;
    geometry.versions.push_back(common_.version);
    for (const FormDefinition* definition : definitions_) {
      geometry.types.push_back(definition->type);
      geometry.versions.push_back(definition->version);
    }
    pages_.finish(form);
    const std::size_t pages = geometry.pages.size();
    PageCode longest = page_code_of(geometry, static_cast<int>(pages), "00000000");
    longest.page = longest.pages;
    form.code_modules = paper::qr_modules_for(to_text(longest).size());
    const double side = std::max(page_frame::code_side, form.code_modules * paper::code_smallest_module);
    if (form.code_modules == 0 || pages > 99 || page_frame::code_top + side > paper::top - 6) {
      return fail(ErrorCode::configuration,
                  "A form of so many types has no room for its code. Print them in two forms.");
    }
    std::fill(geometry.pages.begin(), geometry.pages.end(), framed_page(rounded(side)));
    for (std::size_t page = 1; page <= pages; ++page) {
      auto around = paper::page_furniture(frame_, static_cast<int>(page), static_cast<int>(pages), blocks_);
      form.items.insert(form.items.end(), around.begin(), around.end());
    }
    for (const std::string& title : frame_.titles) {
      if (!form.title.empty()) form.title += ", ";
      form.title += title;
    }
    form.author = frame_.municipality.display;
    form.accent = frame_.municipality.accent_colour;
    form.readable_code = {paper::number_left, page_frame::readable_top,
                          page_frame::code_right - side - 8 - paper::number_left, 7};
    return form;
  }

  const FormDefinition& common_;
  const std::vector<const FormDefinition*>& definitions_;
  std::string language_;
  paper::FormFrame frame_;
  paper::Blocks blocks_;
  Pages pages_;
};

}  // namespace

Result<PaperForm> lay_out_paper_form(const FormDefinition& common,
                                     const std::vector<const FormDefinition*>& definitions,
                                     const Municipality& municipality, std::string_view language,
                                     const TextMeasure& measure) {
  std::set<std::string_view> known;
  for (const FormDefinition* definition : definitions) known.insert(definition->type);
  if (definitions.empty() || definitions.size() > most_types || known.size() != definitions.size()) {
    return fail(ErrorCode::invalid_input, "A printed form has one to ten types, each once.");
  }
  return Layout(common, definitions, municipality, language, measure).lay_out();
}

}  // namespace softbot

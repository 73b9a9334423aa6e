#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "forms/geometry/paper_form.h"
#include "forms/paper_content.h"

namespace softbot::paper {

/// Something that stands on one page as a whole: a question, a heading. Places are from the top of the block
/// and the left of the paper.
struct Block {
  double height = 0;
  double gap = 0;          ///< below it, when something follows on the page
  bool with_next = false;  ///< stands on one page with what follows
  std::vector<PaperItem> items;
  std::vector<PaperField> fields;

  /// Moves what another block holds into this one, `down` below this one's top.
  void take(Block other, double down);
  void add_text(const PaperText& text) { items.emplace_back(text); }
};

/// Where a question's column stands.
struct Column {
  double x = 0;
  double width = 0;
};

/// Puts questions into blocks.
class Blocks {
 public:
  Blocks(const TextMeasure& measure, std::string_view language) : measure_(measure), language_(language) {}

  /// Words in a column, broken into lines; their height is that of the returned place.
  [[nodiscard]] PaperText words(const std::string& text, Column column, double y,
                                const PaperStyle& style) const;

  /// A question with its number, words and answer. Rows of a list are questions of their own: see rows().
  [[nodiscard]] Block question(const PaperQuestion& question, std::string_view part) const;

  /// Short questions beside each other, when they fit; else nothing: every one becomes a block of its own.
  [[nodiscard]] std::optional<Block> beside(const std::vector<const PaperQuestion*>& questions,
                                            std::string_view part) const;

  /// One block per row of a list, and words for who needs more of them.
  [[nodiscard]] std::vector<Block> rows(const PaperQuestion& list, std::string_view part) const;

 private:
  [[nodiscard]] bool english() const { return language_ == "en"; }
  [[nodiscard]] std::string say(const char* nl, const char* en) const { return english() ? en : nl; }
  [[nodiscard]] PaperField field_of(const PaperQuestion& question, std::string_view part,
                                    const std::string& name) const;
  [[nodiscard]] bool add_note(Block& block, const PaperText& label) const;
  [[nodiscard]] Block row(const PaperQuestion& list, std::string_view part, int index) const;
  [[nodiscard]] Block label(const PaperQuestion& question, Column column) const;
  [[nodiscard]] Block asked(const PaperQuestion& question, std::string_view part, const std::string& name,
                            Column column) const;
  [[nodiscard]] Block answer(const PaperQuestion& question, std::string_view part, const std::string& name,
                             Column column) const;
  [[nodiscard]] Block boxes(const PaperQuestion& question, PaperField field, Column column) const;
  [[nodiscard]] Block lines(const PaperQuestion& question, PaperField field, Column column) const;
  [[nodiscard]] Block ticks(const PaperQuestion& question, PaperField field, Column column) const;
  [[nodiscard]] Block yes_no(PaperField field, double x) const;
  [[nodiscard]] Block signature(PaperField field, Column column) const;
  void add_tick(Block& block, PaperField& field, const std::string& value, const std::string& words_beside,
                Column column, double y) const;

  const TextMeasure& measure_;
  std::string_view language_;
};

/// How an answer in boxes is divided: so many boxes, then what is printed before the next group.
struct BoxGroup {
  int boxes = 0;
  std::string sign;   ///< printed behind it in drop-out grey: "-", ",", or "" for a gap
  std::string guide;  ///< below it: "dag"
};

/// Whether the answer is written in one box per character.
[[nodiscard]] bool in_boxes(const Field& field);

/// Groups and pattern of an answer in boxes.
struct BoxPlan {
  std::vector<BoxGroup> groups;
  std::string pattern;
  std::string before;  ///< printed before the first box: "€"
};
[[nodiscard]] BoxPlan box_plan(const Field& field, std::string_view language);

/// Width of the boxes of a plan when they stand in one row, mm, with what is printed before them.
[[nodiscard]] double width_of(const BoxPlan& plan);

/// Limits of an answer as a geometry holds them (PaperField::bounds).
[[nodiscard]] Value bounds_of(const Bounds& bounds);

/// The smallest box around both.
[[nodiscard]] MmBox around(const MmBox& one, const MmBox& other);

}  // namespace softbot::paper

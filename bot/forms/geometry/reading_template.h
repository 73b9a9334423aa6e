#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/result.h"
#include "domain/value.h"
#include "forms/geometry/geometry.h"

namespace softbot {

/// What is printed on a page to find it by.
enum class AnchorKind {
  square,  ///< solid
  circle,  ///< solid
  cross,   ///< two lines, level and upright, through the middle of the box
  text,    ///< printed words on one line
};

[[nodiscard]] std::string_view name_of(AnchorKind kind);
[[nodiscard]] std::optional<AnchorKind> anchor_kind_from(std::string_view name);

struct TemplateAnchor {
  AnchorKind kind = AnchorKind::square;
  MmBox box;         ///< around its ink
  std::string text;  ///< of words: as printed
  bool operator==(const TemplateAnchor&) const = default;
};

/// What is printed on a page to tell which edition of which form it is.
struct TemplateEdition {
  MmBox box;         ///< around the words, with some white
  std::string text;  ///< as printed, on one line
  bool operator==(const TemplateEdition&) const = default;
};

/// One page of somebody else's form. Without anchors it is found by its layout: the frames of its fields and
/// these lines.
struct TemplatePage {
  std::vector<TemplateAnchor> anchors;
  std::vector<MmBox> lines;  ///< printed, level (no height) or upright (no width)
  /// A page on which these words do not stand is no page of this form, however well it fits.
  std::optional<TemplateEdition> edition = std::nullopt;
  bool operator==(const TemplatePage&) const = default;
};

/// How to read a form that softbot did not print. A plain value.
struct ReadingTemplate {
  /// Fields as on our own forms. Its only type is the template's name; its pages have no marks and no code. A
  /// printed code is a field of kind `line` whose answer kind is "barcode".
  FormGeometry geometry;
  std::vector<TemplatePage> pages;  ///< as many as the geometry has
  /// Somebody tried it on paper that came in, and takes what it reads without looking. Nothing to the reader.
  bool proven = false;
  bool operator==(const ReadingTemplate&) const = default;
};

using ReadingTemplates = std::vector<ReadingTemplate>;

[[nodiscard]] bool is_barcode(const PaperField& field);
/// A place to tick that is filled altogether, as on answer sheets: its answer kind is "filled-choice" or
/// "filled-choices".
[[nodiscard]] bool is_bubble(const PaperField& field);
/// True for what has no printed frame around it, on another maker's form: codes, bubbles, and writing lines,
/// whose answer kind is "open-text".
[[nodiscard]] bool stands_in_the_open(const PaperField& field);

/// As it travels to the process that reads, and back, lossless to 0.01 mm. Error: `damaged`, naming the
/// place. What people write is another format: forms/template_reader.h.
[[nodiscard]] Value to_value(const ReadingTemplate& reading_template);
[[nodiscard]] Result<ReadingTemplate> reading_template_from(const Value& value);

/// The version of a template: the first sixteen hexadecimal digits of its file's SHA-256.
[[nodiscard]] std::string template_version(std::string_view file);

}  // namespace softbot

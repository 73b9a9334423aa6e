#pragma once

#include <cstddef>
#include <string>

#include "forms/geometry/reading_template.h"
#include "ocr/protocol/frame.h"
#include "ports/reader.h"

namespace softbot {

/// What the child of one document says, frame by frame -> ReadFile. The child looked at a stranger's bytes
/// and may be in a stranger's hands: each number, text and picture is checked, and so is the order in which
/// things are said. Not thread-safe.
class DocumentAnswer {
 public:
  /// Both are borrowed.
  DocumentAnswer(const FindGeometry& find_geometry, const ReadingTemplates& templates)
      : find_geometry_(find_geometry), templates_(templates) {}

  struct Step {
    bool ended = false;  ///< the child has said all
    std::string reply;   ///< bytes to send to the child; may be empty
  };
  /// Error `damaged`: what was said is odd, and the rest is not worth hearing.
  [[nodiscard]] Result<Step> take(const ocr::Frame& frame);

  /// As the file says; 0 while it is not known.
  [[nodiscard]] int pages() const { return pages_; }

  /// What came through. With `refused` the pages that did not are there as not-read; a file of which no page
  /// was read has none.
  [[nodiscard]] ReadFile finish(std::optional<FieldError> refused) &&;
  /// As the child says it: nothing unless it has ended.
  [[nodiscard]] const std::optional<FieldError>& refused() const { return refused_; }

 private:
  [[nodiscard]] Result<Step> opened(const std::string& payload);
  [[nodiscard]] Result<Step> question(const std::string& payload);
  [[nodiscard]] Result<Step> template_question();
  [[nodiscard]] Result<Step> page(const std::string& payload);
  [[nodiscard]] Result<Step> refusal(const std::string& payload);

  const FindGeometry& find_geometry_;
  const ReadingTemplates& templates_;
  int pages_ = 0;
  int questions_ = 0;
  std::size_t bytes_ = 0;
  ReadFile file_;
  std::optional<FieldError> refused_;
  bool ended_ = false;
};

/// Codes of ReadFile::refused that the starter gives by itself, with Dutch words.
[[nodiscard]] FieldError refused_for_time();
[[nodiscard]] FieldError refused_for_memory();
[[nodiscard]] FieldError refused_as_crashed();

}  // namespace softbot

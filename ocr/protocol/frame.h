#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/result.h"

namespace softbot::ocr {

/// What the child of one document says (opened, question, template_question, page, refused, end) and hears
/// (answer).
enum class FrameKind : std::uint8_t {
  opened = 'O',             ///< the file could be opened: its number of pages in decimal digits
  question = 'Q',           ///< what was printed under this page code? The code as its text
  template_question = 'T',  ///< what templates are there for pages without a code of ours? Nothing more
  answer = 'A',             ///< the geometry, or a list of templates, as JSON; or nothing
  page = 'P',               ///< a page that was read, as to_bytes(ReadPage) writes it
  refused = 'R',            ///< the file, or the rest of it, is not read: {"code","message"}
  end = 'E',                ///< everything was read
};

struct Frame {
  FrameKind kind = FrameKind::end;
  std::string payload;
};

/// The most bytes that a frame of this kind may carry; nothing when there is no such kind.
[[nodiscard]] std::optional<std::size_t> frame_limit(std::uint8_t kind);

/// The kind in one byte, the length in four (least significant first), the payload.
[[nodiscard]] std::string frame_bytes(FrameKind kind, std::string_view payload);

/// Bytes as they come in -> frames. Asks for no more memory than has come in. Not thread-safe.
class FrameParser {
 public:
  void feed(std::string_view bytes);
  /// The next whole frame; nothing while it is not whole. Error `damaged`: these are no frames, and nothing
  /// that follows can be one.
  [[nodiscard]] Result<std::optional<Frame>> next();
  /// True between two frames.
  [[nodiscard]] bool at_border() const { return begin_ == bytes_.size(); }

 private:
  std::string bytes_;
  std::size_t begin_ = 0;
};

}  // namespace softbot::ocr

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "forms/geometry/paper_form.h"
#include "forms/municipality.h"
#include "forms/paper_block.h"

namespace softbot::paper {

/// What stands around the questions.
struct FormFrame {
  const Municipality& municipality;
  std::vector<std::string> titles;  ///< of the types
  std::string_view language;
};

/// The first page's head: title, introductions, how to fill it in.
[[nodiscard]] std::vector<Block> opening(const FormFrame& frame, const std::vector<std::string>& intros,
                                         const Blocks& blocks);

/// What to send along, and where to.
[[nodiscard]] Block enclosures(const FormFrame& frame, const std::vector<PaperEnclosure>& enclosures,
                               const Blocks& blocks);

/// What stands on every page, outside the questions.
[[nodiscard]] std::vector<PaperItem> page_furniture(const FormFrame& frame, int page, int pages,
                                                    const Blocks& blocks);

/// Modules of one side of the QR code that holds a text of so many signs; 0 when none does.
[[nodiscard]] int qr_modules_for(std::size_t signs);

/// "Gemeente Voorbeeld, Postkamer, Postbus 100, 1230 AA Voorbeeld"
[[nodiscard]] std::string on_one_line(const PostalAddress& address);

}  // namespace softbot::paper

#pragma once

#include <string_view>
#include <vector>

#include "domain/application.h"

namespace softbot::queue {

/// One reason why a case waits for a person, or why something is open beside its status.
struct ReasonText {
  std::string_view code;  ///< stable, kebab-case
  std::string_view text;  ///< Dutch, a whole sentence
};

/// The reasons that the stages and actions themselves give. Those of the register check, the policy and the
/// safeguards come with texts of their own.
[[nodiscard]] const std::vector<ReasonText>& reason_texts();

/// The reason with this code. Throws std::out_of_range for a code that is not in the table: that is a bug.
[[nodiscard]] Reason reason(std::string_view code);

/// The same, with the pages that it is about before it: "Pagina 1, 3 en 4: ...". `page_word`: what a page is
/// called where people look for it.
[[nodiscard]] Reason reason_of_pages(std::string_view code, std::string_view page_word,
                                     const std::vector<int>& pages);

/// Why a file could not be read, for people. Any code of ReadFile::refused; others read as damaged.
[[nodiscard]] std::string_view scan_reason_text(std::string_view code);

/// Adds the reason unless one with the same code and field is there.
void add_reason(std::vector<Reason>& reasons, Reason reason);

/// Takes out every reason with this code.
void remove_reason(std::vector<Reason>& reasons, std::string_view code);

}  // namespace softbot::queue

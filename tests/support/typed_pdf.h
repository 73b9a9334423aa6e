#pragma once

#include <string>
#include <vector>

namespace softbot::tests {

/// A PDF of A4 pages typed in Courier, one text per page, line by line from the top; without fonts of its
/// own. Only ASCII.
[[nodiscard]] std::string typed_pdf(const std::vector<std::string>& pages);

/// One page that is a picture of a black bar, with this text behind it that nobody sees, as scanners put it
/// there.
[[nodiscard]] std::string picture_with_hidden_text(const std::string& text);

}  // namespace softbot::tests

#include "adapters/post/pdf_pages.h"

#include <exception>
#include <qpdf/QPDF.hh>

namespace softbot::post {

std::optional<int> count_pages(const std::string& pdf) {
  try {
    QPDF document;
    document.setSuppressWarnings(true);
    document.processMemoryFile("letter", pdf.data(), pdf.size());
    return static_cast<int>(document.getAllPages().size());
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

}  // namespace softbot::post

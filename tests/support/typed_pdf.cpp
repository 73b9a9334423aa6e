#include "support/typed_pdf.h"

#include <sstream>

namespace softbot::tests {
namespace {

std::string escaped(const std::string& line) {
  std::string out;
  for (const char c : line) {
    if (c == '(' || c == ')' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string stream_of(const std::string& dictionary, const std::string& bytes) {
  return "<<" + dictionary + " /Length " + std::to_string(bytes.size()) + ">>\nstream\n" + bytes +
         "\nendstream";
}

/// Objects from number 1 on; the first is the catalogue.
std::string pdf_of(const std::vector<std::string>& objects) {
  std::string pdf = "%PDF-1.4\n";
  std::string places = "0000000000 65535 f \n";
  for (std::size_t i = 0; i < objects.size(); ++i) {
    const std::string place = std::to_string(pdf.size());
    places += std::string(10 - place.size(), '0') + place + " 00000 n \n";
    pdf += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
  }
  const std::string size = std::to_string(objects.size() + 1);
  const std::string start = std::to_string(pdf.size());
  return pdf + "xref\n0 " + size + "\n" + places + "trailer <</Size " + size + " /Root 1 0 R>>\nstartxref\n" +
         start + "\n%%EOF\n";
}

const std::string font = "/Font <</F1 <</Type /Font /Subtype /Type1 /BaseFont /Courier>>>>";

std::string page_object(std::size_t contents, const std::string& resources) {
  return "<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents " + std::to_string(contents) +
         " 0 R /Resources <<" + resources + ">>>>";
}

std::string typed(const std::string& page) {
  std::string words = "BT /F1 9 Tf 12 TL 40 790 Td\n";
  std::istringstream lines(page);
  for (std::string line; std::getline(lines, line);) words += "(" + escaped(line) + ") Tj T*\n";
  return words + "ET";
}

}  // namespace

std::string typed_pdf(const std::vector<std::string>& pages) {
  std::vector<std::string> objects{"<</Type /Catalog /Pages 2 0 R>>", ""};
  std::string kids;
  for (const std::string& page : pages) {
    kids += std::to_string(objects.size() + 1) + " 0 R ";
    objects.push_back(page_object(objects.size() + 2, font));
    objects.push_back(stream_of("", typed(page)));
  }
  objects[1] = "<</Type /Pages /Kids [" + kids + "] /Count " + std::to_string(pages.size()) + ">>";
  return pdf_of(objects);
}

std::string picture_with_hidden_text(const std::string& text) {
  constexpr int width = 850;
  constexpr int height = 1200;
  std::string samples;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) samples += y > 500 && y < 560 && x > 100 && x < 700 ? '\0' : '\xFF';
  }
  const std::string picture = "/Type /XObject /Subtype /Image /Width " + std::to_string(width) + " /Height " +
                              std::to_string(height) + " /ColorSpace /DeviceGray /BitsPerComponent 8";
  const std::string words =
      "q 595 0 0 842 0 0 cm /Im Do Q BT 3 Tr /F1 9 Tf 40 790 Td (" + escaped(text) + ") Tj ET";
  return pdf_of({"<</Type /Catalog /Pages 2 0 R>>", "<</Type /Pages /Kids [3 0 R] /Count 1>>",
                 page_object(4, font + " /XObject <</Im 5 0 R>>"), stream_of("", words),
                 stream_of(picture, samples)});
}

}  // namespace softbot::tests

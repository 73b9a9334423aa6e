#include "ocr/worker/warm.h"

#include <iconv.h>

#include <clocale>
#include <string>
#include <vector>

#include "ocr/decode/scan_file.h"

namespace softbot::ocr {
namespace {

/// A page with words in fonts that it does not carry, so that every part of the drawing is used once.
std::string page_of_words() {
  const std::vector<std::string> fonts{"Helvetica", "Times-Roman", "Courier", "Symbol", "ZapfDingbats"};
  std::string resources;
  std::string words;
  for (std::size_t i = 0; i < fonts.size(); ++i) {
    const std::string name = "/F" + std::to_string(i);
    resources += name + " <</Type /Font /Subtype /Type1 /BaseFont /" + fonts[i] + ">> ";
    words += "BT " + name + " 12 Tf 10 " + std::to_string(20 + 20 * i) + " Td (Aa) Tj ET\n";
  }
  const std::vector<std::string> objects{
      "<</Type /Catalog /Pages 2 0 R>>", "<</Type /Pages /Kids [3 0 R] /Count 1>>",
      "<</Type /Page /Parent 2 0 R /MediaBox [0 0 144 144] /Contents 4 0 R /Resources <</Font <<" +
          resources + ">>>>>>",
      "<</Length " + std::to_string(words.size()) + ">>\nstream\n" + words + "endstream"};
  std::string pdf = "%PDF-1.4\n";
  std::string places = "0000000000 65535 f \n";
  for (std::size_t i = 0; i < objects.size(); ++i) {
    const std::string place = std::to_string(pdf.size());
    places += std::string(10 - place.size(), '0') + place + " 00000 n \n";
    pdf += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
  }
  const std::string start = std::to_string(pdf.size());
  return pdf + "xref\n0 5\n" + places + "trailer <</Size 5 /Root 1 0 R>>\nstartxref\n" + start + "\n%%EOF\n";
}

}  // namespace

void warm_libraries() {
  std::setlocale(LC_ALL, "C.UTF-8");
  for (const char* from : {"UTF-16BE", "UTF-16LE", "UTF-8", "ISO-8859-1"}) {
    const iconv_t converter = iconv_open("UTF-8", from);
    if (converter != reinterpret_cast<iconv_t>(-1)) iconv_close(converter);
  }
  const std::string words = page_of_words();
  if (auto file = ScanFile::open(words)) static_cast<void>(file->page(0));
}

}  // namespace softbot::ocr

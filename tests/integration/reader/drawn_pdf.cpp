#include "drawn_pdf.h"

#include <fstream>

#include "ocr/page/encode.h"

namespace softbot::tests {

std::string pdf_of(const std::vector<ocr::GrayImage>& pictures) {
  std::string pdf =
      "%PDF-1.4\n1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj\n2 0 obj <</Type /Pages /Kids [";
  for (std::size_t i = 0; i < pictures.size(); ++i) pdf += std::to_string(3 * i + 3) + " 0 R ";
  pdf += "] /Count " + std::to_string(pictures.size()) + ">> endobj\n";
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    const ocr::GrayImage& picture = pictures[i];
    const auto points = [&](int pixels) { return std::to_string(pixels * 72 / picture.dpi); };
    const std::string width = points(picture.width);
    const std::string height = points(picture.height);
    const auto object = [&](std::size_t number) { return std::to_string(3 * i + number) + " 0 "; };
    const std::string drawing = width + " 0 0 " + height + " 0 0 cm /P Do";
    const std::string jpeg = ocr::jpeg_of(picture, 85);
    pdf += object(3) + "obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 " + width + " " + height +
           "] /Contents " + object(4) + "R /Resources <</XObject <</P " + object(5) + "R>>>>>> endobj\n";
    pdf += object(4) + "obj <</Length " + std::to_string(drawing.size()) + ">> stream\n" + drawing +
           "\nendstream endobj\n";
    pdf += object(5) + "obj <</Type /XObject /Subtype /Image /Width " + std::to_string(picture.width) +
           " /Height " + std::to_string(picture.height) +
           " /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode /Length " +
           std::to_string(jpeg.size()) + ">> stream\n" + jpeg + "\nendstream endobj\n";
  }
  return pdf + "trailer <</Root 1 0 R>>\n%%EOF\n";
}

ocr::GrayImage pgm_in(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string magic;
  int most = 0;
  ocr::GrayImage picture;
  in >> magic >> picture.width >> picture.height >> most;
  in.get();
  picture.pixels.resize(static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height));
  in.read(reinterpret_cast<char*>(picture.pixels.data()),
          static_cast<std::streamsize>(picture.pixels.size()));
  return picture;
}

}  // namespace softbot::tests

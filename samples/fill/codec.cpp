#include "codec.h"

#include <leptonica/allheaders.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <utility>

namespace softbot::fill {
namespace {

struct PixFree {
  void operator()(Pix* pix) const { pixDestroy(&pix); }
};
using PixPointer = std::unique_ptr<Pix, PixFree>;

struct MallocFree {
  void operator()(void* memory) const { std::free(memory); }
};
using Bytes = std::unique_ptr<l_uint8, MallocFree>;

struct PixaFree {
  void operator()(Pixa* pixa) const { pixaDestroy(&pixa); }
};

constexpr std::array<std::pair<ScanFormat, std::string_view>, 4> formats{
    {{ScanFormat::pdf, "pdf"}, {ScanFormat::png, "png"}, {ScanFormat::tif, "tif"}, {ScanFormat::jpg, "jpg"}}};

PixPointer to_pix(const Picture& picture, bool bilevel) {
  const int depth = picture.channels == 3 ? 32 : 8;
  PixPointer pix(pixCreate(picture.width, picture.height, depth));
  if (!pix) return pix;
  const int dpi = static_cast<int>(picture.dpi + 0.5);
  pixSetResolution(pix.get(), dpi, dpi);
  l_uint32* data = pixGetData(pix.get());
  const int words = pixGetWpl(pix.get());
  for (int y = 0; y < picture.height; ++y) {
    l_uint32* line = data + static_cast<std::ptrdiff_t>(y) * words;
    const std::uint8_t* row = picture.at(0, y);
    for (int x = 0; x < picture.width; ++x) {
      if (depth == 8) {
        SET_DATA_BYTE(line, x, row[x]);
      } else {
        composeRGBPixel(row[3 * x], row[3 * x + 1], row[3 * x + 2], line + x);
      }
    }
  }
  if (!bilevel) return pix;
  PixPointer grey(depth == 8 ? pixClone(pix.get()) : pixConvertTo8(pix.get(), 0));
  PixPointer black_and_white(pixThresholdToBinary(grey.get(), 128));
  return black_and_white;
}

std::string taken(l_uint8* data, std::size_t size) {
  const Bytes owner(data);
  return data == nullptr ? std::string() : std::string(reinterpret_cast<const char*>(data), size);
}

std::string one_page(Pix* pix, const ScanCoding& coding) {
  l_uint8* data = nullptr;
  std::size_t size = 0;
  if (coding.format == ScanFormat::png) {
    pixWriteMemPng(&data, &size, pix, 0);
  } else {
    pixWriteMemJpeg(&data, &size, pix, coding.jpeg_quality == 0 ? 95 : coding.jpeg_quality, 0);
  }
  return taken(data, size);
}

std::string tiff(const std::vector<Picture>& pages, bool bilevel) {
  const std::unique_ptr<Pixa, PixaFree> all(pixaCreate(static_cast<int>(pages.size())));
  for (const Picture& page : pages) pixaAddPix(all.get(), to_pix(page, bilevel).release(), L_INSERT);
  l_uint8* data = nullptr;
  std::size_t size = 0;
  pixaWriteMemMultipageTiff(&data, &size, all.get());
  return taken(data, size);
}

/// An object of a PDF for one page's picture: its bytes as they go between stream and endstream.
struct PdfImage {
  std::string dictionary;
  std::string stream;
};

struct CompressedFree {
  void operator()(L_COMP_DATA* data) const { l_CIDataDestroy(&data); }
};

std::optional<PdfImage> pdf_image(Pix* pix, const ScanCoding& coding) {
  int kind = coding.jpeg_quality == 0 ? L_FLATE_ENCODE : L_JPEG_ENCODE;
  if (coding.bilevel) kind = L_G4_ENCODE;
  L_COMP_DATA* raw = nullptr;
  if (pixGenerateCIData(pix, kind, coding.jpeg_quality, 0, &raw) != 0) return std::nullopt;
  const std::unique_ptr<L_COMP_DATA, CompressedFree> data(raw);
  const std::string width = std::to_string(data->w);
  const std::string height = std::to_string(data->h);
  PdfImage image;
  image.dictionary = "/Type /XObject /Subtype /Image /Width " + width + " /Height " + height +
                     " /BitsPerComponent " + std::to_string(data->bps) + " /ColorSpace " +
                     (data->spp == 3 ? "/DeviceRGB" : "/DeviceGray");
  if (kind == L_JPEG_ENCODE) image.dictionary += " /Filter /DCTDecode";
  if (kind == L_FLATE_ENCODE) {
    image.dictionary += " /Filter /FlateDecode";
    if (data->predictor != 0) {
      image.dictionary += " /DecodeParms << /Predictor 14 /Colors " + std::to_string(data->spp) +
                          " /BitsPerComponent " + std::to_string(data->bps) + " /Columns " + width + " >>";
    }
  }
  if (kind == L_G4_ENCODE) {
    image.dictionary +=
        " /Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns " + width + " /Rows " + height;
    image.dictionary += data->minisblack != 0 ? " /BlackIs1 true >>" : " >>";
  }
  image.stream.assign(reinterpret_cast<const char*>(data->datacomp), data->nbytescomp);
  return image;
}

/// Writes objects one after the other and the table of where they are.
class PdfWriter {
 public:
  void add(const std::string& content) {
    places_.push_back(text_.size());
    text_ += std::to_string(places_.size()) + " 0 obj\n" + content + "\nendobj\n";
  }
  [[nodiscard]] std::string finished() {
    const std::size_t table = text_.size();
    text_ += "xref\n0 " + std::to_string(places_.size() + 1) + "\n0000000000 65535 f \n";
    for (const std::size_t place : places_) {
      const std::string digits = std::to_string(place);
      text_ += std::string(10 - digits.size(), '0') + digits + " 00000 n \n";
    }
    text_ += "trailer\n<< /Size " + std::to_string(places_.size() + 1) + " /Root 1 0 R >>\nstartxref\n" +
             std::to_string(table) + "\n%%EOF\n";
    return std::move(text_);
  }

 private:
  std::string text_ = "%PDF-1.4\n%\xE2\xE3\xCF\xD3\n";
  std::vector<std::size_t> places_;
};

std::string points(double pixels, double dpi) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.2f", pixels * 72 / dpi);
  return text.data();
}

std::string stream_object(const std::string& dictionary, const std::string& stream) {
  return "<< " + dictionary + " /Length " + std::to_string(stream.size()) + " >>\nstream\n" + stream +
         "\nendstream";
}

std::string pdf(const std::vector<Picture>& pages, const ScanCoding& coding) {
  PdfWriter writer;
  std::string kids;
  for (std::size_t i = 0; i < pages.size(); ++i) kids += std::to_string(3 + 3 * i) + " 0 R ";
  writer.add("<< /Type /Catalog /Pages 2 0 R >>");
  writer.add("<< /Type /Pages /Count " + std::to_string(pages.size()) + " /Kids [ " + kids + "] >>");
  for (std::size_t i = 0; i < pages.size(); ++i) {
    const auto image = pdf_image(to_pix(pages[i], coding.bilevel).get(), coding);
    if (!image) return {};
    const std::string width = points(pages[i].width, pages[i].dpi);
    const std::string height = points(pages[i].height, pages[i].dpi);
    const std::string name = std::to_string(5 + 3 * i) + " 0 R";
    writer.add("<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 " + width + " " + height + " ] /Contents " +
               std::to_string(4 + 3 * i) + " 0 R /Resources << /XObject << /Page " + name + " >> >> >>");
    writer.add(stream_object("", "q " + width + " 0 0 " + height + " 0 0 cm /Page Do Q"));
    writer.add(stream_object(image->dictionary, image->stream));
  }
  return writer.finished();
}

}  // namespace

std::string_view name_of(ScanFormat format) {
  for (const auto& [value, name] : formats) {
    if (value == format) return name;
  }
  return {};
}

std::optional<ScanFormat> scan_format_from(std::string_view name) {
  for (const auto& [value, known] : formats) {
    if (known == name) return value;
  }
  return std::nullopt;
}

std::optional<Picture> decode_grey(std::string_view bytes) {
  setMsgSeverity(L_SEVERITY_NONE);
  const PixPointer pix(pixReadMem(reinterpret_cast<const l_uint8*>(bytes.data()), bytes.size()));
  if (!pix) return std::nullopt;
  // A picture with transparent parts lies on white paper.
  const PixPointer opaque(pixGetSpp(pix.get()) == 4 ? pixAlphaBlendUniform(pix.get(), 0xffffff00)
                                                    : pixClone(pix.get()));
  const PixPointer grey(pixConvertTo8(opaque.get(), 0));
  if (!grey) return std::nullopt;
  Picture picture = blank_picture(pixGetWidth(grey.get()), pixGetHeight(grey.get()), 1, 300);
  for (int y = 0; y < picture.height; ++y) {
    const l_uint32* line = pixGetData(grey.get()) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(grey.get());
    for (int x = 0; x < picture.width; ++x) {
      *picture.at(x, y) = static_cast<std::uint8_t>(GET_DATA_BYTE(line, x));
    }
  }
  return picture;
}

Result<std::string> encode(const std::vector<Picture>& pages, const ScanCoding& coding) {
  setMsgSeverity(L_SEVERITY_NONE);
  const bool single = coding.format == ScanFormat::png || coding.format == ScanFormat::jpg;
  if (pages.empty() || (single && pages.size() != 1)) {
    return fail(ErrorCode::invalid_input, std::string(name_of(coding.format)) + " holds exactly one page.");
  }
  std::string bytes;
  if (single) {
    bytes = one_page(to_pix(pages.front(), coding.bilevel && coding.format == ScanFormat::png).get(), coding);
  } else {
    bytes = coding.format == ScanFormat::tif ? tiff(pages, coding.bilevel) : pdf(pages, coding);
  }
  if (bytes.empty()) return fail(ErrorCode::internal, "A page could not be encoded.");
  return bytes;
}

}  // namespace softbot::fill

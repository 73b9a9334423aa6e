#pragma once

// Plain C++17: libqpdf's headers do not compile as C++20 with every compiler, so what includes them is built
// as C++17 (CMakeLists.txt).

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

namespace softbot::ocr {

/// The one picture that fills a page of PDF, as it lies in the file.
struct PdfPicture {
  enum class Coding {
    none,     ///< the page is more, or other, than one plain picture: it has to be drawn
    jpeg,     ///< `encoded` is a JPEG file
    fax,      ///< `encoded` is CCITT fax data
    samples,  ///< rows of samples, to be streamed
  };
  Coding coding = Coding::none;
  int width = 0;
  int height = 0;
  int bits = 8;
  int components = 1;
  bool inverted = false;  ///< 0 is white
  std::string palette;    ///< RGB triples
  std::string encoded;
  int fax_k = 0;  ///< below 0: group 4; 0: group 3; above: group 3 in two dimensions
  int fax_columns = 1728;
  double dpi_x = 0;  ///< as it is placed on the page
  double dpi_y = 0;
  int rotation = 0;  ///< degrees clockwise by which it is to be turned: 0, 90, 180, 270
};

/// A PDF file looked into without drawing it. Not thread-safe.
class PdfFile {
 public:
  enum class State { open, encrypted, damaged };

  /// `bytes` must outlive the file.
  explicit PdfFile(const std::string& bytes);
  ~PdfFile();
  PdfFile(const PdfFile&) = delete;
  PdfFile& operator=(const PdfFile&) = delete;

  [[nodiscard]] State state() const;
  [[nodiscard]] int pages() const;
  /// Never throws for what is in the file: a page that is not understood has to be drawn.
  [[nodiscard]] PdfPicture picture(int page) const;
  /// Hands out the samples of the page's picture, at most `most` bytes of them. False when they are damaged
  /// (what came before may be whole rows).
  [[nodiscard]] bool stream_samples(int page, std::size_t most,
                                    const std::function<void(const unsigned char*, std::size_t)>& take) const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace softbot::ocr

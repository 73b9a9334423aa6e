#include "ocr/fields/print.h"

#include <dlfcn.h>
#include <tesseract/baseapi.h>
#include <tesseract/ocrclass.h>
#include <tesseract/resultiterator.h>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <exception>

#include "domain/text.h"
#include "ocr/page/pixels.h"

namespace softbot::ocr {
namespace {

constexpr double most_seconds = 8;
/// An A4 page at 200 dpi: print is still read well, and layout, which cannot be stopped, ends soon.
constexpr double most_pixels = 4e6;
constexpr int assumed_dpi = 200;
constexpr std::size_t most_text = 20'000;
constexpr std::size_t most_words = 5'000;
/// A densely printed page has about five thousand; with more than this it is noise or a raster, over which
/// Tesseract's layout would take minutes.
constexpr std::size_t most_parts = 12'000;
constexpr int local_radius = 20;

/// Tesseract asks OpenMP for four threads wherever it runs a net. They would not survive a fork, and could
/// not be started in a locked child: no level of parallel work at all leaves everything in the calling
/// thread. Looked up, because OpenMP comes with Tesseract or not at all.
void forbid_threads() {
  using SetLevels = void (*)(int);
  void* found = dlsym(RTLD_DEFAULT, "omp_set_max_active_levels");
  if (found == nullptr) return;
  const auto set_levels = reinterpret_cast<SetLevels>(found);
  set_levels(0);
}

/// Of this process, so that a busy machine does not cut a page short; who waits sets a limit of their own.
double seconds_used() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

/// Tesseract asks before each word.
bool time_is_up(void* end, int /*words*/) {
  return seconds_used() > *static_cast<const double*>(end);
}

class TesseractReader final : public PrintReader {
 public:
  TesseractReader() = default;
  TesseractReader(const TesseractReader&) = delete;
  TesseractReader& operator=(const TesseractReader&) = delete;
  ~TesseractReader() override { api_.End(); }

  bool open() {
    forbid_threads();
    if (api_.Init(nullptr, "nld", tesseract::OEM_LSTM_ONLY) != 0) return false;
    api_.SetPageSegMode(tesseract::PSM_AUTO);
    api_.SetVariable("debug_file", "/dev/null");
    return true;
  }

  std::string text_of(const GrayImage& page) override {
    std::string text;
    recognise(page, [&](double /*factor*/) {
      const std::unique_ptr<char[]> found(api_.GetUTF8Text());
      if (found) text = found.get();
    });
    if (text.size() > most_text) text = first_code_points(text, most_text / 4);
    return std::string(trim(text));
  }

  std::vector<PrintedWord> words_of(const GrayImage& page) override {
    std::vector<PrintedWord> words;
    recognise(page, [&](double factor) { words = words_found(factor); });
    return words;
  }

 private:
  /// Calls `take` with what was recognised still in the engine, and with how much smaller the page was made.
  template <class Take>
  void recognise(const GrayImage& page, const Take& take) {
    try {
      const double pixels = static_cast<double>(page.width) * page.height;
      if (page.empty()) return;
      if (pixels <= most_pixels) {
        recognise_sized(page, 1, take);
      } else {
        const GrayImage smaller = resized(page, 0.999 * std::sqrt(most_pixels / pixels));
        recognise_sized(smaller, static_cast<double>(smaller.width) / page.width, take);
      }
    } catch (const std::exception&) {
      // what Tesseract cannot take has no print that it can read
    }
    api_.Clear();
  }

  template <class Take>
  void recognise_sized(const GrayImage& page, double factor, const Take& take) {
    if (black_blobs(locally_bilevel(page, local_radius)).size() > most_parts) return;
    api_.SetImage(page.pixels.data(), page.width, page.height, 1, page.width);
    api_.SetSourceResolution(page.dpi >= 70 ? static_cast<int>(page.dpi) : assumed_dpi);
    tesseract::ETEXT_DESC monitor;
    double end = seconds_used() + most_seconds;
    monitor.cancel = time_is_up;
    monitor.cancel_this = &end;
    if (api_.Recognize(&monitor) == 0) take(factor);
  }

  std::vector<PrintedWord> words_found(double factor) {
    std::vector<PrintedWord> words;
    const std::unique_ptr<tesseract::ResultIterator> at(api_.GetIterator());
    if (!at) return words;
    const auto pixel = [&](int place) { return static_cast<int>(std::lround(place / factor)); };
    do {
      const std::unique_ptr<char[]> text(at->GetUTF8Text(tesseract::RIL_WORD));
      int left = 0;
      int top = 0;
      int right = 0;
      int bottom = 0;
      if (!text || !at->BoundingBox(tesseract::RIL_WORD, &left, &top, &right, &bottom)) continue;
      words.push_back({text.get(), pixel(left), pixel(top), pixel(right - left), pixel(bottom - top)});
    } while (words.size() < most_words && at->Next(tesseract::RIL_WORD));
    return words;
  }

  tesseract::TessBaseAPI api_;
};

/// A few strokes that stand where letters would: enough to send a line through every part.
GrayImage first_picture() {
  GrayImage picture{400, 120, 200, std::vector<std::uint8_t>(400 * 120, 255)};
  for (int stroke = 0; stroke < 20; ++stroke) {
    for (int y = 40; y < 75; ++y) {
      for (int x = 0; x < 5; ++x) {
        picture.pixels[static_cast<std::size_t>(y * 400 + 40 + stroke * 15 + x)] = 0;
      }
    }
  }
  return picture;
}

}  // namespace

Result<std::unique_ptr<PrintReader>> PrintReader::load() {
  auto reader = std::make_unique<TesseractReader>();
  if (!reader->open()) {
    return fail(ErrorCode::configuration,
                "Tesseract cannot load the language nld. Install the package tesseract-ocr-nld.");
  }
  (void)reader->text_of(first_picture());
  return reader;
}

}  // namespace softbot::ocr

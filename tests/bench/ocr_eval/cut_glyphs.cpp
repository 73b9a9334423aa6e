#include "cut_glyphs.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <system_error>

#include "domain/text.h"
#include "ocr/fields/nets.h"
#include "ocr/fields/read_crop.h"

namespace softbot::eval {
namespace {

bool is_digit(char sign) {
  return sign >= '0' && sign <= '9';
}
bool is_capital(char sign) {
  return sign >= 'A' && sign <= 'Z';
}

/// The header of an IDX file of bytes, with its sizes.
std::string idx_header(const std::vector<std::size_t>& sizes) {
  std::string head{'\0', '\0', '\x08', static_cast<char>(sizes.size())};
  for (const std::size_t size : sizes) {
    for (const int shift : {24, 16, 8, 0}) head += static_cast<char>((size >> shift) & 0xFFU);
  }
  return head;
}

char level_of(float ink) {
  return static_cast<char>(static_cast<std::uint8_t>(std::lround(std::clamp(ink, 0.0F, 1.0F) * 255)));
}

Result<void> write(const std::filesystem::path& file, const std::string& bytes) {
  std::ofstream out(file, std::ios::binary);
  out << bytes;
  if (!out.flush()) return fail(ErrorCode::invalid_input, file.string() + " cannot be written.");
  return {};
}

Result<void> write_pair(const std::filesystem::path& folder, const std::string& name,
                        const std::vector<LabelledGlyph>& glyphs, int side) {
  const auto length = static_cast<std::size_t>(side);
  std::string pictures = idx_header({glyphs.size(), length, length});
  std::string labels = idx_header({glyphs.size()});
  for (const LabelledGlyph& one : glyphs) {
    for (const float ink : one.glyph) pictures += level_of(ink);
    labels += is_digit(one.sign) ? static_cast<char>(one.sign - '0') : one.sign;
  }
  if (auto done = write(folder / (name + "-images-idx3-ubyte"), pictures); !done) return done;
  return write(folder / (name + "-labels-idx1-ubyte"), labels);
}

}  // namespace

std::vector<LabelledGlyph> glyphs_of(const KeptReading& reading, const ocr::Normalisation& how) {
  const std::vector<char32_t> signs = code_points(reading.written);
  std::vector<ocr::WrittenBox> boxes = ocr::boxes_on_crop(reading.crop, reading.geometry);
  std::erase_if(boxes, [](const ocr::WrittenBox& box) { return box.empty; });
  if (boxes.size() != signs.size()) return {};
  std::vector<LabelledGlyph> glyphs;
  for (std::size_t i = 0; i < signs.size(); ++i) {
    const char sign = signs[i] < 128 ? static_cast<char>(signs[i]) : '\0';
    if (!is_digit(sign) && !is_capital(sign)) continue;
    auto glyph = ocr::normalised(boxes[i].ink, how);
    if (!glyph.empty()) glyphs.push_back({sign, std::move(glyph)});
  }
  return glyphs;
}

Result<std::string> cut_glyphs(const Options& options) {
  const auto readings = kept_readings(options.value("dir"));
  if (!readings) return fail(readings.error());
  const auto nets = ocr::load_nets(models_of(options));
  if (!nets) return fail(nets.error());
  const std::filesystem::path folder = options.value("out");
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  std::vector<LabelledGlyph> digits;
  std::vector<LabelledGlyph> capitals;
  std::size_t left_out = 0;
  for (const KeptReading& reading : *readings) {
    auto glyphs = glyphs_of(reading, nets->normalisation);
    left_out += glyphs.empty() ? 1U : 0U;
    for (LabelledGlyph& glyph : glyphs)
      (is_digit(glyph.sign) ? digits : capitals).push_back(std::move(glyph));
  }
  const int side = nets->normalisation.side;
  if (auto done = write_pair(folder, "corrections-digits", digits, side); !done) return fail(done.error());
  if (auto done = write_pair(folder, "corrections-capitals", capitals, side); !done)
    return fail(done.error());
  return std::to_string(digits.size()) + " digits and " + std::to_string(capitals.size()) +
         " capitals; readings left out: " + std::to_string(left_out) + " of " +
         std::to_string(readings->size()) + "\n";
}

}  // namespace softbot::eval

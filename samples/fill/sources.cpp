#include "sources.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <sstream>
#include <utility>

#include "codec.h"
#include "idx.h"
#include "tar.h"

namespace softbot::fill {
namespace {

constexpr int largest_glyph = 64;  ///< pixels; bigger pictures are made smaller
constexpr std::size_t largest_file = std::size_t{1} << 30U;

enum class Alphabet { digits, capitals };

std::optional<char> character_of(int label, Alphabet alphabet, int lowest, int highest) {
  if (alphabet == Alphabet::digits) {
    return label <= 9 ? std::optional(static_cast<char>('0' + label)) : std::nullopt;
  }
  int letter = label - 'A';
  if (highest <= 25 && lowest == 0) letter = label;
  if (highest <= 26 && lowest > 0) letter = label - 1;
  return letter >= 0 && letter < 26 ? std::optional(static_cast<char>('A' + letter)) : std::nullopt;
}

tl::unexpected<Error> wrong(const std::filesystem::path& file, const std::string& what) {
  return fail(ErrorCode::invalid_input, file.string() + " " + what);
}

Result<GlyphSource> idx_source(const NamedBytes& pictures_file, const NamedBytes& labels_file,
                               Alphabet alphabet) {
  const auto pictures = labelled_pictures(pictures_file, labels_file);
  if (!pictures) return fail(pictures.error());
  const auto [lowest, highest] = std::minmax_element(pictures->labels.begin(), pictures->labels.end());
  GlyphSource source{pictures_file.file.filename().string(), {}};
  const auto size = static_cast<std::ptrdiff_t>(pictures->size_of_one());
  auto picture = pictures->pixels.begin();
  for (const std::uint8_t label : pictures->labels) {
    const auto character = character_of(label, alphabet, *lowest, *highest);
    if (!character) {
      return wrong(labels_file.file,
                   "has the label " + std::to_string(label) +
                       (alphabet == Alphabet::digits
                            ? "; labels of digits are 0 to 9."
                            : "; labels of capitals are character codes (65 to 90), 0 to 25 or 1 to 26."));
    }
    Glyph glyph = cut_out(pictures->width, pictures->height, {picture, picture + size});
    if (!glyph.empty()) source.glyphs[*character].push_back(std::move(glyph));
    picture += size;
  }
  return source;
}

/// "CAP_A_12.png" -> 'A', "DIGIT_7_3.png" -> '7', "SMALL_a_1.png" -> 'a'.
std::optional<char> character_in(std::string_view name) {
  for (const std::string_view prefix : {"CAP_", "DIGIT_", "SMALL_"}) {
    if (name.starts_with(prefix) && name.size() > prefix.size() + 1 && name[prefix.size() + 1] == '_') {
      return name[prefix.size()];
    }
  }
  return std::nullopt;
}

Result<GlyphSource> tar_source(const std::filesystem::path& file, std::string_view bytes, Alphabet alphabet) {
  const auto members = tar_members(bytes, file.string());
  if (!members) return fail(members.error());
  GlyphSource source{file.filename().string(), {}};
  for (const TarMember& member : *members) {
    const auto character = character_in(member.name);
    const bool wanted = character && (alphabet == Alphabet::digits ? *character >= '0' && *character <= '9'
                                                                   : *character >= 'A' && *character <= 'Z');
    if (!wanted) continue;
    const auto picture = decode_grey(bytes.substr(member.offset, member.length));
    if (!picture) return wrong(file, "holds " + member.name + ", which is no picture that can be decoded.");
    const Glyph glyph = at_most(cut_out(picture->width, picture->height, picture->pixels), largest_glyph);
    if (!glyph.empty()) source.glyphs[*character].push_back(glyph);
  }
  if (source.glyphs.empty()) {
    return wrong(file, "holds no characters: members are named CAP_A_1.png or DIGIT_7_1.png.");
  }
  return source;
}

/// Rows of zeros and ones, 32 of 32, then a line with the digit.
Result<GlyphSource> text_source(const std::filesystem::path& file, const std::string& text) {
  constexpr int side = 32;
  GlyphSource source{file.filename().string(), {}};
  std::istringstream stream(text);
  std::vector<std::uint8_t> pixels;
  for (std::string line; std::getline(stream, line);) {
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
    if (line.size() == side && line.find_first_not_of("01") == std::string::npos) {
      for (const char bit : line) pixels.push_back(bit == '1' ? 255 : 0);
    } else if (pixels.size() == static_cast<std::size_t>(side * side)) {
      const std::size_t at = line.find_first_not_of(' ');
      const char digit = at == std::string::npos ? '?' : line[at];
      if (digit < '0' || digit > '9') return wrong(file, "has an image without its digit below it.");
      const Glyph glyph = cut_out(side, side, pixels);
      if (!glyph.empty()) source.glyphs[digit].push_back(glyph);
      pixels.clear();
    }
  }
  if (source.glyphs.empty()) return wrong(file, "holds no digits of 32 rows of 32 zeros and ones.");
  return source;
}

/// Where the labels of images lie when they were not given.
std::filesystem::path labels_beside(const std::filesystem::path& file) {
  std::string name = file.filename().string();
  for (const auto& [from, to] : {std::pair{"images-idx3", "labels-idx1"}, std::pair{"images", "labels"}}) {
    if (const auto at = name.find(from); at != std::string::npos) {
      return file.parent_path() / name.replace(at, std::string(from).size(), to);
    }
  }
  return {};
}

Result<std::vector<GlyphSource>> read_glyphs(const Paths& files, Alphabet alphabet) {
  std::vector<GlyphSource> sources;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const std::filesystem::path& file = files[i];
    const auto bytes = contents_of(file);
    if (!bytes) return fail(bytes.error());
    Result<GlyphSource> source;
    if (holds_idx_pictures(*bytes)) {
      std::filesystem::path labels_file = labels_beside(file);
      auto labels = Result<std::string>();
      if (i + 1 < files.size()) labels = contents_of(files[i + 1]);
      if (i + 1 < files.size() && labels && holds_idx_labels(*labels)) {
        labels_file = files[++i];
      } else {
        labels = labels_file.empty() ? Result<std::string>() : contents_of(labels_file);
      }
      if (!labels || !holds_idx_labels(*labels)) {
        return wrong(file, "has no labels: give the file with its labels (IDX, one byte each) after it.");
      }
      source = idx_source({file, *bytes}, {labels_file, *labels}, alphabet);
    } else if (holds_idx_labels(*bytes)) {
      return wrong(file, "holds labels: give the file with their images before it.");
    } else if (looks_like_tar(*bytes)) {
      source = tar_source(file, *bytes, alphabet);
    } else if (alphabet == Alphabet::digits && bytes->find("entwidth = 32") != std::string::npos) {
      source = text_source(file, *bytes);
    } else {
      return wrong(
          file,
          "is neither IDX images (plain or gzip), nor a tar archive of characters, nor optdigits' text.");
    }
    if (!source) return fail(source.error());
    sources.push_back(std::move(*source));
  }
  return sources;
}

}  // namespace

Result<std::string> contents_of(const std::filesystem::path& file) {
  if (std::filesystem::is_directory(file)) return wrong(file, "is a folder; a file is wanted.");
  const std::unique_ptr<gzFile_s, int (*)(gzFile)> stream(gzopen(file.c_str(), "rb"), gzclose);
  if (!stream) return wrong(file, "cannot be read.");
  std::string bytes;
  std::vector<char> part(std::size_t{1} << 20U);
  for (;;) {
    const int count = gzread(stream.get(), part.data(), static_cast<unsigned>(part.size()));
    if (count < 0) return wrong(file, "is damaged: it does not unpack as gzip.");
    if (count == 0) break;
    bytes.append(part.data(), static_cast<std::size_t>(count));
    if (bytes.size() > largest_file) return wrong(file, "is larger than 1 GiB unpacked.");
  }
  int status = Z_OK;
  gzerror(stream.get(), &status);
  if (status != Z_OK) return wrong(file, "is cut off: it does not unpack to its end.");
  return bytes;
}

Result<std::vector<GlyphSource>> read_digits(const Paths& files) {
  return read_glyphs(files, Alphabet::digits);
}

Result<std::vector<GlyphSource>> read_capitals(const Paths& files) {
  return read_glyphs(files, Alphabet::capitals);
}

Result<LineStrips> LineStrips::open(const Paths& tars) {
  LineStrips strips;
  for (const auto& file : tars) {
    auto bytes = contents_of(file);
    if (!bytes) return fail(bytes.error());
    if (!looks_like_tar(*bytes))
      return wrong(file, "is no tar archive; lines are pictures in a tar archive.");
    const auto members = tar_members(*bytes, file.string());
    if (!members) return fail(members.error());
    for (const TarMember& member : *members) {
      strips.members_.push_back({strips.archives_.size(), member.offset, member.length});
    }
    strips.archives_.push_back(std::move(*bytes));
  }
  return strips;
}

Glyph LineStrips::strip(std::size_t index) const {
  const Member& member = members_[index];
  const auto picture =
      decode_grey(std::string_view(archives_[member.archive]).substr(member.offset, member.length));
  if (!picture || picture->width < 24 || picture->height < 12) return {};
  const Glyph glyph = cut_out(picture->width, picture->height, picture->pixels);
  const auto inked =
      std::count_if(glyph.ink.begin(), glyph.ink.end(), [](std::uint8_t ink) { return ink > 120; });
  const bool enough = static_cast<std::size_t>(inked) * 50 > glyph.ink.size() && glyph.width > 30;
  return enough ? glyph : Glyph{};
}

}  // namespace softbot::fill

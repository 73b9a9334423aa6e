#include <ft2build.h>
#include FT_FREETYPE_H

#include <algorithm>
#include <memory>
#include <set>
#include <utility>

#include "sources.h"

namespace softbot::fill {
namespace {

constexpr char first_sign = 33;
constexpr char last_sign = 126;
const std::string needed = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

using Library = std::unique_ptr<FT_LibraryRec_, FT_Error (*)(FT_Library)>;
using Face = std::unique_ptr<FT_FaceRec_, FT_Error (*)(FT_Face)>;

bool is_font(const std::filesystem::path& path) {
  static const std::set<std::string> endings{".ttf", ".otf", ".woff", ".woff2"};
  return endings.contains(path.extension().string());
}

/// npm packs a family as files/<family>-<subset>-<weight>-<style>.woff2: one of them is enough.
bool is_other_cut(const std::string& stem, const std::set<std::string>& stems) {
  const auto latin = stem.find("-latin-");
  if (latin == std::string::npos) {
    // A subset such as "kalam-devanagari-400-normal" beside "kalam-latin-400-normal".
    const auto family = stem.find('-');
    if (!stem.ends_with("-normal") && !stem.ends_with("-italic")) return false;
    return std::any_of(stems.begin(), stems.end(), [&](const std::string& other) {
      return other.find("-latin-") != std::string::npos && other.substr(0, family) == stem.substr(0, family);
    });
  }
  const std::string family = stem.substr(0, latin);
  const std::string wanted = family + "-latin-400-normal";
  if (stems.contains(wanted)) return stem != wanted;
  for (const std::string& other : stems) {
    if (other.starts_with(family + "-latin-") && !other.starts_with(family + "-latin-ext-")) {
      return stem != other;
    }
  }
  return true;
}

/// Every file once, of each family one, in the order of their names.
Result<Paths> font_files(const std::filesystem::path& folder) {
  std::error_code error;
  std::map<std::filesystem::path, std::map<std::string, std::filesystem::path>> by_folder;
  for (auto entry = std::filesystem::recursive_directory_iterator(folder, error);
       !error && entry != std::filesystem::recursive_directory_iterator(); entry.increment(error)) {
    if (!entry->is_regular_file() || !is_font(entry->path())) continue;
    by_folder[entry->path().parent_path()].emplace(entry->path().stem().string(), entry->path());
  }
  if (error) return fail(ErrorCode::invalid_input, folder.string() + " cannot be read as a folder of fonts.");
  Paths files;
  for (const auto& [parent, fonts] : by_folder) {
    std::set<std::string> stems;
    for (const auto& [stem, path] : fonts) stems.insert(stem);
    for (const auto& [stem, path] : fonts) {
      if (!is_other_cut(stem, stems)) files.push_back(path);
    }
  }
  return files;
}

Glyph drawn(FT_Face face, char sign) {
  if (FT_Load_Char(face, static_cast<FT_ULong>(sign), FT_LOAD_RENDER | FT_LOAD_NO_HINTING) != 0) return {};
  const FT_GlyphSlot slot = face->glyph;
  const FT_Bitmap& bitmap = slot->bitmap;
  if (bitmap.pixel_mode != FT_PIXEL_MODE_GRAY) return {};
  Glyph glyph{static_cast<int>(bitmap.width),
              static_cast<int>(bitmap.rows),
              {},
              slot->bitmap_left,
              slot->bitmap_top,
              static_cast<double>(slot->advance.x) / 64};
  for (unsigned row = 0; row < bitmap.rows; ++row) {
    const unsigned char* line = bitmap.buffer + static_cast<std::ptrdiff_t>(row) * bitmap.pitch;
    glyph.ink.insert(glyph.ink.end(), line, line + bitmap.width);
  }
  return glyph;
}

GlyphSource read_font(FT_Library library, const std::filesystem::path& file) {
  GlyphSource source{file.stem().string(), {}};
  const auto bytes = contents_of(file);
  if (!bytes) return source;
  FT_Face raw = nullptr;
  if (FT_New_Memory_Face(library, reinterpret_cast<const FT_Byte*>(bytes->data()),
                         static_cast<FT_Long>(bytes->size()), 0, &raw) != 0) {
    return source;
  }
  const Face face(raw, FT_Done_Face);
  if (FT_Set_Pixel_Sizes(face.get(), 0, font_em) != 0) return source;
  for (char sign = first_sign; sign <= last_sign; ++sign) {
    if (FT_Get_Char_Index(face.get(), static_cast<FT_ULong>(sign)) == 0) continue;
    Glyph glyph = drawn(face.get(), sign);
    if (!glyph.empty()) source.glyphs[sign].push_back(std::move(glyph));
  }
  return source;
}

}  // namespace

Result<std::vector<GlyphSource>> read_fonts(const Paths& folders) {
  FT_Library raw = nullptr;
  if (FT_Init_FreeType(&raw) != 0) return fail(ErrorCode::internal, "FreeType does not start.");
  const Library library(raw, FT_Done_FreeType);
  std::vector<GlyphSource> sources;
  for (const auto& folder : folders) {
    const auto files = font_files(folder);
    if (!files) return fail(files.error());
    const std::size_t before = sources.size();
    for (const auto& file : *files) {
      GlyphSource source = read_font(library.get(), file);
      if (source.has(needed)) sources.push_back(std::move(source));
    }
    if (sources.size() == before) {
      return fail(ErrorCode::invalid_input,
                  folder.string() + " holds no font (ttf, otf, woff, woff2) with all digits and letters.");
    }
  }
  return sources;
}

}  // namespace softbot::fill

#include "ocr/worker/font_files.h"

#include <fcntl.h>
#include <fontconfig/fontconfig.h>

#include <memory>
#include <set>

namespace softbot::ocr {
namespace {

constexpr std::size_t most_fonts = 200;

std::set<std::string> font_paths() {
  const std::unique_ptr<FcPattern, decltype(&FcPatternDestroy)> all(FcPatternCreate(), FcPatternDestroy);
  const std::unique_ptr<FcObjectSet, decltype(&FcObjectSetDestroy)> wanted(
      FcObjectSetBuild(FC_FILE, static_cast<char*>(nullptr)), FcObjectSetDestroy);
  const std::unique_ptr<FcFontSet, decltype(&FcFontSetDestroy)> found(
      FcFontList(nullptr, all.get(), wanted.get()), FcFontSetDestroy);
  std::set<std::string> paths;
  for (int i = 0; found && i < found->nfont; ++i) {
    FcChar8* path = nullptr;
    if (FcPatternGetString(found->fonts[i], FC_FILE, 0, &path) == FcResultMatch)
      paths.insert(reinterpret_cast<const char*>(path));
  }
  return paths;
}

}  // namespace

FontFiles open_fonts() {
  FontFiles fonts;
  for (const std::string& path : font_paths()) {
    if (fonts.size() == most_fonts) break;
    Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.is_open()) fonts.push_back({path, std::move(file)});
  }
  return fonts;
}

}  // namespace softbot::ocr

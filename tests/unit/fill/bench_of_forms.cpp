#include "bench_of_forms.h"

#include <stdlib.h>

#include <fstream>
#include <stdexcept>

#include "support/checkout.h"

namespace softbot::fill::testing {
namespace {

const std::filesystem::path root = checkout();
constexpr int side = 28;

template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return std::move(*result);
}

void append_number(std::string& bytes, std::size_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift & 0xff);
}

/// A ring with spokes by the bits of the character.
std::string picture_of(char character) {
  std::string pixels(side * side, '\0');
  const auto ink = [&](int x, int y) { pixels[static_cast<std::size_t>(y * side + x)] = '\xff'; };
  for (int i = 4; i < 24; ++i) {
    for (int thick = 0; thick < 3; ++thick) {
      ink(5 + thick, i);
      for (int bit = 0; bit < 5; ++bit) {
        if ((character >> bit & 1) != 0) ink(5 + i * 3 / 5, 4 + bit * 4 + thick);
      }
    }
  }
  return pixels;
}

Handwriting drawn_handwriting() {
  const TemporaryFolder folder;
  const std::string digits = "0123456789";
  const std::string capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  folder.add("digits-images-idx3-ubyte", idx_images(digits));
  folder.add("digits-labels-idx1-ubyte", idx_labels(digits));
  folder.add("capitals-images-idx3-ubyte", idx_images(capitals));
  folder.add("capitals-labels-idx1-ubyte", idx_labels(capitals));
  return must(read_handwriting({folder.path() / "digits-images-idx3-ubyte"},
                               {folder.path() / "capitals-images-idx3-ubyte"}, {}, {}));
}

Result<Picture> paint(const PaperForm& form, int page, double dpi, std::string_view set) {
  auto raster = paint_page(form, page, dpi, set);
  if (!raster) return fail(raster.error());
  return Picture{raster->width, raster->height, 1, raster->dpi, std::move(raster->pixels)};
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "fill-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code error;
  std::filesystem::remove_all(path_, error);
}

std::filesystem::path TemporaryFolder::add(const std::string& name, const std::string& bytes) const {
  std::ofstream(path_ / name, std::ios::binary) << bytes;
  return path_ / name;
}

std::string idx_images(const std::string& characters) {
  std::string bytes("\0\0\x08\x03", 4);
  append_number(bytes, characters.size());
  append_number(bytes, side);
  append_number(bytes, side);
  for (const char character : characters) bytes += picture_of(character);
  return bytes;
}

std::string idx_labels(const std::string& characters) {
  std::string bytes("\0\0\x08\x01", 4);
  append_number(bytes, characters.size());
  for (const char character : characters)
    bytes += character <= '9' ? static_cast<char>(character - '0') : character;
  return bytes;
}

TestWorkshop::TestWorkshop()
    : catalogue_(must(load_catalogue(root / "config"))),
      municipalities_(must(load_municipalities(root / "config"))),
      mix_(must(Mix::from(must(contents_of(root / "samples/fill/mix.json")), catalogue_))),
      handwriting_(drawn_handwriting()) {
}

FormMaker TestWorkshop::maker(const std::string& register_json) const {
  workshops_.push_back(std::make_unique<Workshop>(
      Workshop{catalogue_, municipalities_, mix_, handwriting_, measure_, paint, register_json, today}));
  return {*workshops_.back(), shipped_inventor()};
}

Inventor shipped_inventor() {
  return must(Inventor::from(must(contents_of(root / "samples/fill/people.json"))));
}

FileRecipe plain_recipe(const std::string& type, std::uint64_t seed) {
  FileRecipe recipe;
  recipe.name = "form";
  recipe.seed = seed;
  recipe.degradation = Degradation::none;
  recipe.format = ScanFormat::tif;
  FormRecipe form;
  form.types = {type};
  form.free_text = 0;
  form.corrections = 0;
  form.cancelled = 0;
  recipe.forms.push_back(form);
  return recipe;
}

}  // namespace softbot::fill::testing

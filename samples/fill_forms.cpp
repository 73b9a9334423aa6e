// Fills in printed forms by hand and scans them; see --help and samples/fill/README.md.

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/paper_forms/paper_printer.h"
#include "domain/json.h"
#include "domain/time.h"
#include "domain/zone.h"
#include "fill/command_line.h"
#include "fill/form_maker.h"

namespace {

using namespace softbot;
using namespace softbot::fill;

constexpr int done = 0;
constexpr int failed = 1;
constexpr int wrong_options = 2;

/// The checkout that this program was built in.
std::filesystem::path checkout() {
  std::error_code error;
  for (auto folder = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
       !error && folder != folder.root_path(); folder = folder.parent_path()) {
    if (std::filesystem::exists(folder / "samples" / "fill" / "mix.json", error)) return folder;
  }
  return {};
}

Result<void> write(const std::filesystem::path& file, std::string_view bytes) {
  std::ofstream stream(file, std::ios::binary | std::ios::trunc);
  stream << bytes;
  if (!stream.flush()) return fail(ErrorCode::storage, file.string() + " cannot be written.");
  return {};
}

Result<Picture> paint(const PaperForm& form, int page, double dpi, std::string_view set) {
  auto raster = paint_page(form, page, dpi, set);
  if (!raster) return fail(raster.error());
  return Picture{raster->width, raster->height, 1, raster->dpi, std::move(raster->pixels)};
}

Result<std::vector<FileRecipe>> recipes_of(const Orders& orders) {
  if (orders.recipes.empty()) return recipes_for(orders);
  const auto json = contents_of(orders.recipes);
  if (!json) return fail(json.error());
  return recipes_from(*json);
}

/// Makes every file, and writes each as soon as it is made.
Result<void> make_all(FormMaker& maker, const std::vector<FileRecipe>& recipes,
                      const std::filesystem::path& out) {
  Value truth = Value::list();
  Value people = Value::list();
  Value provisions = Value::list();
  for (const FileRecipe& recipe : recipes) {
    auto made = maker.make(recipe);
    if (!made) return fail(made.error());
    if (auto written = write(out / made->name, made->bytes); !written) return written;
    truth.push(std::move(made->truth));
    for (const Value& person : made->people.items()) people.push(person);
    for (const Value& provision : made->provisions.items()) provisions.push(provision);
  }
  const std::vector<std::pair<const char*, Value>> lists{
      {"truth.json", Value::object({{"files", std::move(truth)}})},
      {"register.json",
       Value::object({{"type", "RaadpleegMetBurgerservicenummer"}, {"personen", std::move(people)}})},
      {"provisions.json", Value::object({{"provisions", std::move(provisions)}})}};
  for (const auto& [name, list] : lists) {
    if (list.members().back().value.items().empty()) continue;
    if (auto written = write(out / name, to_pretty_json(list)); !written) return written;
  }
  return {};
}

Result<void> run(const Orders& orders) {
  const auto root = checkout();
  const auto config = orders.config.empty() ? root / "config" : orders.config;
  const auto catalogue = load_catalogue(config);
  if (!catalogue) return fail(catalogue.error());
  const auto municipalities = load_municipalities(config);
  if (!municipalities) return fail(municipalities.error());
  const auto mix_text = contents_of(root / "samples" / "fill" / "mix.json");
  if (!mix_text) return fail(mix_text.error());
  const auto mix = Mix::from(*mix_text, *catalogue);
  if (!mix) return fail(mix.error());
  const auto names = contents_of(root / "samples" / "fill" / "people.json");
  if (!names) return fail(names.error());
  auto inventor = Inventor::from(*names);
  if (!inventor) return fail(inventor.error());
  Result<std::string> people;
  if (!orders.people.empty()) people = contents_of(orders.people);
  if (!people) return fail(people.error());
  const auto handwriting = read_handwriting(orders.digits, orders.capitals, orders.lines, orders.fonts);
  if (!handwriting) return fail(handwriting.error());
  const auto recipes = recipes_of(orders);
  if (!recipes) return fail(recipes.error());
  std::error_code error;
  std::filesystem::create_directories(orders.out, error);
  if (error) return fail(ErrorCode::storage, orders.out.string() + " cannot be made.");
  const PangoTextMeasure measure;
  const Workshop workshop{*catalogue, *municipalities, *mix,    *handwriting,
                          measure,    paint,           *people, orders.today};
  FormMaker maker(workshop, std::move(*inventor));
  return make_all(maker, *recipes, orders.out);
}

}  // namespace

int main(int count, char** values) {
  const auto now = std::chrono::time_point_cast<Instant::duration>(std::chrono::system_clock::now());
  const auto orders = orders_from({values + 1, values + count}, local_date(now));
  if (!orders) {
    std::fprintf(stderr, "fill-forms: %s\nSee fill-forms --help.\n", orders.error().message.c_str());
    return wrong_options;
  }
  if (orders->help) {
    std::fputs(usage().data(), stdout);
    return done;
  }
  const auto made = run(*orders);
  if (made) return done;
  std::fprintf(stderr, "fill-forms: %s\n", made.error().message.c_str());
  // What was named and is not there is a wrong option.
  const bool named =
      made.error().code == ErrorCode::invalid_input || made.error().code == ErrorCode::not_found;
  return named ? wrong_options : failed;
}

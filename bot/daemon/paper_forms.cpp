#include "daemon/paper_forms.h"

#include <algorithm>
#include <bit>
#include <cstdint>

#include "adapters/paper_forms/paper_printer.h"
#include "forms/paper_layout.h"

namespace softbot::daemon {
namespace {

constexpr std::size_t most_for_all_sets = 6;

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

Result<const Municipality*> find_municipality(const Configuration& configuration, std::string_view name) {
  const auto found = configuration.municipalities->find(name);
  if (found != configuration.municipalities->end()) return &found->second;
  std::vector<std::string> known;
  for (const auto& [id, municipality] : *configuration.municipalities) known.push_back(id);
  return fail(ErrorCode::not_found,
              "There is no municipality \"" + std::string(name) + "\". Known: " + joined(known) + ".");
}

Result<PaperForm> lay_out(const Configuration& configuration, const Municipality& municipality,
                          const std::vector<std::string>& types, std::string_view language,
                          const TextMeasure& measure) {
  std::vector<const FormDefinition*> definitions;
  for (const std::string& type : types) {
    definitions.push_back(configuration.forms->find(type, municipality.id));
  }
  return lay_out_paper_form(configuration.forms->common(), definitions, municipality, language, measure);
}

/// Which sets of so many types are printed, as bits.
std::vector<std::uint64_t> printed_sets(std::size_t types) {
  std::vector<std::uint64_t> sets;
  const std::uint64_t all = (std::uint64_t{1} << types) - 1;
  if (types <= most_for_all_sets) {
    for (std::uint64_t set = 1; set <= all; ++set) sets.push_back(set);
    return sets;
  }
  for (std::size_t first = 0; first < types; ++first) {
    for (std::size_t second = first; second < types; ++second)
      sets.push_back(std::uint64_t{1} << first | std::uint64_t{1} << second);
  }
  sets.push_back(all);
  return sets;
}

}  // namespace

Result<Configuration> configuration_on_disk(const std::filesystem::path& folder) {
  auto forms = load_catalogue(folder);
  if (!forms) return fail(forms.error());
  auto municipalities = load_municipalities(folder);
  if (!municipalities) return fail(municipalities.error());
  Configuration configuration;
  configuration.forms = std::make_shared<const Catalogue>(std::move(*forms));
  configuration.municipalities = std::make_shared<const Municipalities>(std::move(*municipalities));
  return configuration;
}

Result<PaperForm> paper_form(const Configuration& configuration, std::string_view municipality,
                             const std::vector<std::string>& types, std::string_view language) {
  const auto owner = find_municipality(configuration, municipality);
  if (!owner) return fail(owner.error());
  const std::vector<std::string> known = configuration.forms->types(municipality);
  for (const std::string& type : types) {
    if (std::ranges::find(known, type) != known.end()) continue;
    return fail(ErrorCode::not_found, "There is no form \"" + type + "\". Known: " + joined(known) + ".");
  }
  std::vector<std::string> wanted;
  std::ranges::copy_if(known, std::back_inserter(wanted), [&](const std::string& type) {
    return std::ranges::find(types, type) != types.end();
  });
  const PangoTextMeasure measure;
  return lay_out(configuration, **owner, wanted, language, measure);
}

std::vector<FormGeometry> geometries_of(const Configuration& configuration) {
  std::vector<FormGeometry> geometries;
  const PangoTextMeasure measure;
  for (const auto& [id, municipality] : *configuration.municipalities) {
    const std::vector<std::string> known = configuration.forms->types(id);
    for (const std::uint64_t set : printed_sets(std::min<std::size_t>(known.size(), 60))) {
      std::vector<std::string> types;
      for (std::size_t i = 0; i < known.size() && i < 60; ++i) {
        if ((set >> i & 1U) != 0) types.push_back(known[i]);
      }
      for (const char* language : {"nl", "en"}) {
        auto form = lay_out(configuration, municipality, types, language, measure);
        if (form) geometries.push_back(std::move(form->geometry));
      }
    }
  }
  return geometries;
}

}  // namespace softbot::daemon

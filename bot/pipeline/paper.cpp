#include "pipeline/paper.h"

#include <algorithm>
#include <iterator>

#include "domain/json.h"
#include "forms/paper_layout.h"

namespace softbot::pipeline {
namespace {

constexpr std::size_t most_for_all_sets = 6;
constexpr std::size_t most_for_sets = 60;
constexpr std::string_view geometry_kind = "geometry";

std::string joined(const std::vector<std::string>& words, std::string_view between) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : std::string(between)) + word;
  return text;
}

Result<const Municipality*> find_municipality(const Configuration& configuration, std::string_view name) {
  const auto found = configuration.municipalities->find(name);
  if (found != configuration.municipalities->end()) return &found->second;
  std::vector<std::string> known;
  for (const auto& [id, municipality] : *configuration.municipalities) known.push_back(id);
  return fail(ErrorCode::not_found,
              "There is no municipality \"" + std::string(name) + "\". Known: " + joined(known, ", ") + ".");
}

Result<PaperForm> lay_out(const Configuration& configuration, const Municipality& municipality,
                          const std::vector<std::string>& types, std::string_view language,
                          const TextMeasure& measure) {
  std::vector<const FormDefinition*> definitions;
  definitions.reserve(types.size());
  for (const std::string& type : types)
    definitions.push_back(configuration.forms->find(type, municipality.id));
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

ConfigurationRecord record_of(const FormGeometry& geometry, Instant now) {
  return {std::string(geometry_kind),
          joined(geometry.types, "+"),
          geometry_id(geometry),
          to_json(to_value(geometry)),
          "active",
          "softbot",
          "printed",
          now};
}

}  // namespace

Result<PaperForm> paper_form(const Configuration& configuration, const PaperChoice& choice,
                             const TextMeasure& measure) {
  const auto municipality = find_municipality(configuration, choice.municipality);
  if (!municipality) return fail(municipality.error());
  const std::vector<std::string> known = configuration.forms->types(choice.municipality);
  for (const std::string& type : choice.types) {
    if (std::ranges::find(known, type) != known.end()) continue;
    return fail(ErrorCode::not_found,
                "There is no form \"" + type + "\". Known: " + joined(known, ", ") + ".");
  }
  std::vector<std::string> wanted;
  std::ranges::copy_if(known, std::back_inserter(wanted), [&](const std::string& type) {
    return std::ranges::find(choice.types, type) != choice.types.end();
  });
  return lay_out(configuration, **municipality, wanted, choice.language, measure);
}

std::vector<FormGeometry> geometries_of(const Configuration& configuration, const TextMeasure& measure) {
  std::vector<FormGeometry> geometries;
  for (const auto& [id, municipality] : *configuration.municipalities) {
    const std::vector<std::string> known = configuration.forms->types(id);
    for (const std::uint64_t set : printed_sets(std::min(known.size(), most_for_sets))) {
      std::vector<std::string> types;
      for (std::size_t i = 0; i < std::min(known.size(), most_for_sets); ++i) {
        if ((set >> i & 1U) != 0) types.push_back(known[i]);
      }
      for (const char* language : {"nl", "en"}) {
        if (language == std::string_view("en") && types.size() > 1) continue;
        auto form = lay_out(configuration, municipality, types, language, measure);
        if (form) geometries.push_back(std::move(form->geometry));
      }
    }
  }
  return geometries;
}

Result<std::string> print_paper(const Services& services, const PaperChoice& choice,
                                const KnownAnswers& known) {
  const auto configuration = services.configuration();
  const auto measure = services.paper.measure();
  auto form = paper_form(*configuration, choice, *measure);
  if (!form) return fail(form.error());
  if (auto kept = keep_geometries(services.store, {form->geometry}, services.clock.now()); !kept)
    return fail(kept.error());
  fill_in(*form, known, *configuration->forms, *measure);
  return services.paper.print(*form, services.paper.new_set_number());
}

Result<void> keep_geometries(Store& store, const std::vector<FormGeometry>& geometries, Instant now) {
  std::vector<ConfigurationRecord> absent;
  auto looked = store.read([&](Transaction& transaction) -> Result<void> {
    for (const FormGeometry& geometry : geometries) {
      ConfigurationRecord record = record_of(geometry, now);
      if (!transaction.configuration(record.kind, record.name, record.version))
        absent.push_back(std::move(record));
    }
    return {};
  });
  if (!looked || absent.empty()) return looked;
  return store.write([&](Transaction& transaction) -> Result<void> {
    for (const ConfigurationRecord& record : absent) transaction.put_configuration(record);
    return {};
  });
}

std::optional<FormGeometry> find_geometry(Transaction& transaction, const PageCode& code) {
  if (code.kind != PageCode::Kind::form) return std::nullopt;
  const auto record = transaction.configuration(geometry_kind, joined(code.types, "+"), code.geometry);
  if (!record) return std::nullopt;
  const auto json = parse_json(record->content);
  if (!json) return std::nullopt;
  auto geometry = geometry_from(*json);
  if (!geometry) return std::nullopt;
  return std::move(*geometry);
}

std::optional<FormGeometry> find_geometry(Store& store, const PageCode& code) {
  std::optional<FormGeometry> found;
  const auto looked = store.read([&](Transaction& transaction) -> Result<void> {
    found = find_geometry(transaction, code);
    return {};
  });
  return looked ? found : std::nullopt;
}

}  // namespace softbot::pipeline

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/result.h"
#include "forms/geometry/page_code.h"
#include "forms/geometry/paper_form.h"
#include "forms/paper_known.h"
#include "pipeline/services.h"

namespace softbot::pipeline {

/// Which form for paper. The types in any order: one set of types is one form.
struct PaperChoice {
  std::string municipality;
  std::vector<std::string> types;
  std::string language = "nl";
};

/// The form as the municipality hands it out. Errors: `not_found` for an unknown municipality or type, naming
/// what there is; `invalid_input` without types; `configuration` when it cannot be laid out.
[[nodiscard]] Result<PaperForm> paper_form(const Configuration& configuration, const PaperChoice& choice,
                                           const TextMeasure& measure);

/// Where everything stands on every form that this configuration prints. Dutch: each municipality, each set
/// of its types (beyond six types: each alone, each pair, and all together); English: each type alone. A form
/// that cannot be laid out is left out: printing it says why.
[[nodiscard]] std::vector<FormGeometry> geometries_of(const Configuration& configuration,
                                                      const TextMeasure& measure);

/// Prints a form, with what is known filled in, and keeps its geometry for as long as there is a store.
/// Errors as of paper_form().
[[nodiscard]] Result<std::string> print_paper(const Services& services, const PaperChoice& choice,
                                              const KnownAnswers& known);

/// Stores geometries that are not there yet, for ever: paper comes back after years. Writes nothing when all
/// are known.
[[nodiscard]] Result<void> keep_geometries(Store& store, const std::vector<FormGeometry>& geometries,
                                           Instant now);

/// The geometry that a page was printed with; nothing when this store never printed it.
[[nodiscard]] std::optional<FormGeometry> find_geometry(Transaction& transaction, const PageCode& code);
[[nodiscard]] std::optional<FormGeometry> find_geometry(Store& store, const PageCode& code);

}  // namespace softbot::pipeline

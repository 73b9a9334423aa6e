#include "daemon/paper_forms.h"

#include "adapters/paper_forms/paper_printer.h"
#include "pipeline/paper.h"

namespace softbot::daemon {

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

std::vector<FormGeometry> geometries_of(const Configuration& configuration) {
  return pipeline::geometries_of(configuration, PangoTextMeasure());
}

}  // namespace softbot::daemon

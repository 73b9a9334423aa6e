#include <iostream>

#include "adapters/files/file_system.h"
#include "adapters/paper_forms/paper_printer.h"
#include "daemon/commands.h"
#include "daemon/paper_forms.h"
#include "daemon/tool_store.h"
#include "domain/json.h"

namespace softbot::daemon {
namespace {

Result<PaperForm> wanted_form(const PrintFormOptions& options) {
  const auto settings = settings_of(options.config_file);
  if (!settings) return fail(settings.error());
  const auto configuration = configuration_on_disk(settings->config_folder);
  if (!configuration) return fail(configuration.error());
  const std::string municipality =
      options.municipality.empty() ? settings->default_municipality : options.municipality;
  return paper_form(*configuration, municipality, options.types, options.language);
}

ExitCode write_out(const PrintFormOptions& options, const std::string& content) {
  if (options.target == "-") {
    std::cout << content;
    return std::cout.flush() ? ExitCode::done : ExitCode::failed;
  }
  if (const auto written = system_files().write_synced(options.target, content); !written)
    return report(written.error());
  return ExitCode::done;
}

}  // namespace

ExitCode print_form(const PrintFormOptions& options) {
  auto form = wanted_form(options);
  if (!form) {
    const ExitCode code = report(form.error());
    return form.error().code == ErrorCode::not_found ? ExitCode::wrong_options : code;
  }
  if (options.geometry) return write_out(options, to_pretty_json(to_value(form->geometry)));
  const auto pdf = print_paper_form(*form, random_set_number());
  if (!pdf) return report(pdf.error());
  return write_out(options, *pdf);
}

}  // namespace softbot::daemon

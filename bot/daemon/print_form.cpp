#include <iostream>

#include "adapters/files/file_system.h"
#include "adapters/paper_forms/paper_printer.h"
#include "daemon/commands.h"
#include "daemon/paper_forms.h"
#include "daemon/tool_store.h"
#include "domain/json.h"
#include "pipeline/paper.h"

namespace softbot::daemon {
namespace {

/// Writes what is known into the form; an unusable file is bad input.
Result<void> add_known(const PrintFormOptions& options, const Configuration& configuration, PaperForm& form,
                       const TextMeasure& measure) {
  if (options.known.empty()) return {};
  const auto text = read_text_file(options.known);
  if (!text) return fail(ErrorCode::invalid_input, text.error().message);
  const auto json = parse_json(*text);
  if (!json) return fail(ErrorCode::invalid_input, options.known.string() + ": " + json.error().message);
  const auto known = known_answers_from(*json, *configuration.forms, form.geometry.municipality);
  if (!known) return fail(known.error());
  fill_in(form, *known, *configuration.forms, measure);
  return {};
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

/// What was chosen on the command line and does not exist is a wrong option.
ExitCode report_choice(const Error& error) {
  const ExitCode code = report(error);
  return error.code == ErrorCode::not_found || error.code == ErrorCode::invalid_input
             ? ExitCode::wrong_options
             : code;
}

}  // namespace

ExitCode print_form(const PrintFormOptions& options) {
  const auto settings = settings_of(options.config_file);
  if (!settings) return report(settings.error());
  const auto configuration = configuration_on_disk(settings->config_folder);
  if (!configuration) return report(configuration.error());
  const std::string municipality =
      options.municipality.empty() ? settings->default_municipality : options.municipality;
  const PangoTextMeasure measure;
  auto form = pipeline::paper_form(*configuration, {municipality, options.types, options.language}, measure);
  if (!form) return report_choice(form.error());
  if (options.geometry) return write_out(options, to_pretty_json(to_value(form->geometry)));
  if (auto known = add_known(options, *configuration, *form, measure); !known) return report(known.error());
  const PangoPaperPrinter printer;
  const auto pdf = printer.print(*form, printer.new_set_number());
  if (!pdf) return report(pdf.error());
  return write_out(options, *pdf);
}

}  // namespace softbot::daemon

#include <iostream>

#include "daemon/commands.h"
#include "daemon/configuration.h"
#include "daemon/tool_store.h"
#include "domain/json.h"
#include "domain/zone.h"
#include "pipeline/register_entry.h"

namespace softbot::daemon {
namespace {

/// Makes something out of the active policy, in the words of one municipality.
template <class Made>
Result<Made> published(const PublishOptions& options,
                       Result<Made> (*make)(Transaction&, const Configuration&, std::string_view, Date)) {
  auto tool = open_tool_store(options.place);
  if (!tool) return fail(tool.error());
  const auto configuration = load_configuration((*tool)->settings, *(*tool)->store);
  if (!configuration) return fail(configuration.error());
  const Municipalities& known = *(*configuration)->municipalities;
  const std::string municipality =
      options.municipality.empty() && !known.empty() ? known.begin()->first : options.municipality;
  Made made;
  const auto read = (*tool)->store->read([&](Transaction& transaction) -> Result<void> {
    auto value = make(transaction, **configuration, municipality, local_date((*tool)->clock.now()));
    if (!value) return fail(value.error());
    made = *std::move(value);
    return {};
  });
  if (!read) return fail(read.error());
  return made;
}

}  // namespace

ExitCode policy_register_entries(const PublishOptions& options) {
  const auto entries = published<Value>(options, pipeline::register_entries);
  if (!entries) return report(entries.error());
  std::cout << to_pretty_json(*entries);
  return ExitCode::done;
}

ExitCode policy_explain(const PublishOptions& options) {
  const auto text = published<std::string>(options, pipeline::policy_explanation_text);
  if (!text) return report(text.error());
  std::cout << *text;
  return ExitCode::done;
}

}  // namespace softbot::daemon

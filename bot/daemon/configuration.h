#pragma once

#include <memory>

#include "adapters/letters/letter_printer.h"
#include "daemon/settings.h"
#include "pipeline/services.h"
#include "ports/log.h"
#include "ports/store.h"

namespace softbot::daemon {

/// Fills an empty store with policy, forms, letters and safeguards from the configuration folder; where the
/// disk differs from the store, the difference becomes a draft and the log says so.
[[nodiscard]] Result<void> offer_configuration(const Settings& settings, Store& store, const Clock& clock,
                                               Log& log);

/// What the stages work with, from the store's active versions and the operator's settings.
[[nodiscard]] Result<std::shared_ptr<const Configuration>> load_configuration(const Settings& settings,
                                                                              Store& store);

/// The municipalities' own paper forms as they lie on disk, with the questions of this configuration. Error:
/// every mistake.
[[nodiscard]] Result<FormTemplates> load_form_templates(const Settings& settings,
                                                        const Configuration& configuration);

/// The letters that are active in the store.
[[nodiscard]] Result<PangoLetterPrinter> load_letters(Store& store);

/// Every mistake in a configuration folder, a line each; empty when all is well. For `softbot check-config`.
[[nodiscard]] std::vector<std::string> check_configuration(const std::filesystem::path& folder);

}  // namespace softbot::daemon

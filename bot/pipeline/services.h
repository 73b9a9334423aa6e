#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "forms/catalogue.h"
#include "forms/form_template.h"
#include "forms/municipality.h"
#include "forms/standard_texts.h"
#include "policy/versions.h"
#include "ports/clock.h"
#include "ports/delivery.h"
#include "ports/document_files.h"
#include "ports/letters.h"
#include "ports/log.h"
#include "ports/mailer.h"
#include "ports/metrics.h"
#include "ports/paper_printer.h"
#include "ports/reader.h"
#include "ports/register.h"
#include "ports/store.h"
#include "ports/vault.h"

namespace softbot {

/// Everything that administrators and operators tune, as one immutable snapshot; a reload swaps the whole.
struct Configuration {
  std::shared_ptr<const Catalogue> forms;
  std::shared_ptr<const Municipalities> municipalities;
  std::string
      public_address;  ///< where residents reach the pages ("https://..."); "" when letters should name none
  int repair_term_days = 14;          ///< Awb 4:5; how long an applicant gets
  int repair_call_working_days = 3;   ///< before its last day: time to call about it; 0: never
  int job_attempts = 10;              ///< then the case goes to the queue
  std::int64_t job_backoff_ms = 500;  ///< doubles at each attempt, up to an hour
  FormTemplates templates;            ///< the municipalities' own paper forms
  StandardTexts standard_texts;       ///< what consultants choose from when they write reasons
};

/// What the stages work with. Everything in it is thread-safe and outlives them.
struct Services {
  Store& store;
  Vault& vault;
  DocumentFiles& files;
  Clock& clock;
  Register& persons;
  Reader& reader;
  FindGeometry find_geometry;  ///< what was printed under an id, however long ago
  ActivePolicy& policy;
  LetterPrinter& letters;
  PaperPrinter& paper;
  Deliverer& post;
  Deliverer& provider_orders;
  Log& log;
  Metrics& metrics;
  std::function<std::shared_ptr<const Configuration>()> configuration;
  /// Tells the job runner that there is work; may be empty.
  std::function<void()> wake;
  /// Announces letters that lie on the resident's page; null where nobody is mailed and all letters go by
  /// post.
  Mailer* mailer = nullptr;
};

}  // namespace softbot

#include "daemon/configuration.h"

#include <algorithm>
#include <array>
#include <utility>

#include "adapters/paper_forms/paper_printer.h"
#include "daemon/paper_forms.h"
#include "domain/json.h"
#include "forms/catalogue.h"
#include "forms/facts.h"
#include "forms/form_template.h"
#include "forms/letter_kinds.h"
#include "forms/municipality.h"
#include "forms/standard_texts.h"
#include "pipeline/paper.h"
#include "pipeline/post_letters.h"
#include "policy/policy_set.h"
#include "policy/safeguard_versions.h"
#include "policy/versions.h"

namespace softbot::daemon {
namespace {

constexpr std::string_view letter_prefix = "letters/";
constexpr std::string_view partial_prefix = "partials/";

ConfigurationName forms_name() {
  return {"form", "default"};
}

ConfigurationName letters_name() {
  return {"letter", "default"};
}

ConfigurationFiles files_of_letters(const LetterTemplates& templates) {
  ConfigurationFiles files;
  for (const auto& [name, text] : templates.letters) files[std::string(letter_prefix) + name] = text;
  for (const auto& [name, text] : templates.partials) files[std::string(partial_prefix) + name] = text;
  return files;
}

LetterTemplates letters_of_files(const ConfigurationFiles& files) {
  LetterTemplates templates;
  for (const auto& [name, text] : files) {
    if (name.starts_with(letter_prefix)) templates.letters[name.substr(letter_prefix.size())] = text;
    if (name.starts_with(partial_prefix)) templates.partials[name.substr(partial_prefix.size())] = text;
  }
  return templates;
}

/// What lies on disk of each kind.
struct Shelf {
  ConfigurationFiles policy;
  ConfigurationFiles forms;
  ConfigurationFiles letters;
  std::string safeguards;
};

Result<Shelf> read_shelf(const std::filesystem::path& folder) {
  Shelf shelf;
  auto policy = read_configuration_folder(folder / "policy" / "default", {".dmn", ".json"});
  if (!policy) return fail(policy.error());
  auto forms = read_form_files(folder);
  if (!forms) return fail(forms.error());
  auto letters = read_letter_templates(folder / "letters");
  if (!letters) return fail(letters.error());
  auto safeguards = read_text_file(folder / "safeguards.json");
  if (!safeguards) return fail(safeguards.error());
  shelf.policy = std::move(*policy);
  shelf.forms = std::move(*forms);
  shelf.letters = files_of_letters(*letters);
  shelf.safeguards = std::move(*safeguards);
  return shelf;
}

/// The shelf, when everything on it can be used.
Result<Shelf> sound_shelf(const std::filesystem::path& folder) {
  auto shelf = read_shelf(folder);
  if (!shelf) return shelf;
  if (const auto compiled = PolicySet::load(shelf->policy); !compiled) return fail(compiled.error());
  if (const auto forms = load_catalogue(shelf->forms); !forms) return fail(forms.error());
  const auto problems = check_letters(folder / "letters");
  if (!problems.empty()) {
    const LetterProblem& first = problems.front();
    return fail(ErrorCode::configuration, "letters/" + first.file + " line " + std::to_string(first.line) +
                                              ": " + first.problem + " -> " + first.remedy);
  }
  return shelf;
}

/// True when every kind has an active version in the store.
Result<bool> is_filled(Store& store) {
  bool filled = true;
  const auto read = store.read([&](Transaction& transaction) -> Result<void> {
    for (const ConfigurationName& what : {policy_name(), forms_name(), letters_name()}) {
      filled = filled && active_configuration(transaction, what).has_value();
    }
    return {};
  });
  if (!read) return fail(read.error());
  return filled;
}

Result<ConfigurationFiles> active_files(Store& store, const ConfigurationName& what) {
  std::optional<ConfigurationRecord> record;
  const auto read = store.read([&](Transaction& transaction) -> Result<void> {
    record = active_configuration(transaction, what);
    return {};
  });
  if (!read) return fail(read.error());
  if (!record)
    return fail(ErrorCode::configuration,
                "The store has no active " + what.kind + ". Start with an empty data folder.");
  return files_of(record->content);
}

/// Answers that a policy reads and no form asks: always unknown, so never a grant.
void check_policy_names(const PolicySet& policy, const Catalogue& forms, std::vector<std::string>& lines) {
  for (const std::string& type : policy.types()) {
    const FormDefinition* definition = forms.find(type);
    if (definition == nullptr) {
      lines.push_back("policy/default/" + type + ".dmn: there is no form of this type -> add forms/" + type +
                      ".json");
      continue;
    }
    const auto names = fact_names(forms.common(), *definition);
    for (const std::string& read : policy.answers_read(type)) {
      const bool known =
          std::any_of(names.begin(), names.end(), [&](const FactName& f) { return f.name == read; });
      if (!known) {
        lines.push_back("policy/default/" + type + ".dmn: reads the answer \"" + read +
                        "\", which the form does not give -> add the field, or mark it as a fact");
      }
    }
  }
}

/// Texts for a type that nobody can apply for would never be seen.
void check_text_types(const std::filesystem::path& folder, const Catalogue& forms,
                      std::vector<std::string>& lines) {
  const auto texts = load_standard_texts(folder);
  if (!texts) return;  // said already
  const auto types = forms.types();
  for (const StandardText& text : *texts) {
    for (const std::string& type : text.types) {
      if (std::find(types.begin(), types.end(), type) == types.end())
        lines.push_back("standard-texts.json: the text " + text.name + " is for the type \"" + type +
                        "\", which has no form -> name a type of forms/, or leave types out");
    }
  }
}

void check_policy_examples(const PolicySet& policy, std::vector<std::string>& lines) {
  for (const auto& result : run_examples(policy)) {
    for (const auto& difference : result.differences)
      lines.push_back("policy/default/" + result.example.file + ": " + result.example.name + ": " +
                      difference);
  }
}

void add_error(const std::string& file, const Error& error, std::vector<std::string>& lines) {
  if (error.fields.empty()) lines.push_back(file + ": " + error.message);
  for (const FieldError& one : error.fields) lines.push_back(file + " " + one.field + ": " + one.message);
}

/// Forms that cannot be printed: a question that no page holds.
void check_paper(const std::filesystem::path& folder, std::vector<std::string>& lines) {
  const auto configuration = configuration_on_disk(folder);
  if (!configuration) return;  // said already
  const PangoTextMeasure measure;
  for (const auto& [id, municipality] : *configuration->municipalities) {
    for (const std::string& type : configuration->forms->types(id)) {
      const auto form = pipeline::paper_form(*configuration, {id, {type}}, measure);
      if (!form) add_error("forms/" + type + ".json on paper for " + id, form.error(), lines);
    }
  }
}

/// What the municipalities' own paper forms look like.
void check_templates(const std::filesystem::path& folder, std::vector<std::string>& lines) {
  const auto configuration = configuration_on_disk(folder);
  if (!configuration) return;  // said already
  const auto files = read_template_files(folder);
  if (!files) {
    add_error("templates", files.error(), lines);
    return;
  }
  const auto read = form_templates(*files, *configuration->forms, *configuration->municipalities);
  if (read) return;
  for (const ConfigProblem& problem : read.error()) lines.push_back(to_line(problem));
}

/// A policy whose examples fail may wait as a draft; nobody can approve it.
void log_failing_examples(const ConfigurationFiles& files, Log& log) {
  const auto policy = PolicySet::load(files);
  if (!policy) return;
  for (const auto& result : run_examples(*policy)) {
    if (!result.as_expected())
      log.warn("policy-example-fails", {{"file", result.example.file}, {"example", result.example.name}});
  }
}

/// What words say about letters is taken in at each start. A broken file is refused, and what was taken in
/// before stays; without either letters go to people unsorted.
Result<void> take_letter_kinds(const Settings& settings, Store& store, Log& log) {
  const auto text = read_text_file(settings.config_folder / "post" / "letters.json");
  const auto kept = text ? pipeline::keep_letter_kinds(store, *text) : fail(text.error());
  if (kept || kept.error().code != ErrorCode::configuration) return kept;
  const auto filled = is_filled(store);
  if (!filled) return fail(filled.error());
  if (!*filled) return kept;
  log.error("configuration-on-disk-refused", {{"problem", kept.error().message}});
  return {};
}

void warn_of_draft(Log& log, const ConfigurationName& what, Shipped offered) {
  if (offered != Shipped::drafted) return;
  log.warn("configuration-differs",
           {{"kind", what.kind}, {"state", "draft, waits for approval by a second person"}});
}

}  // namespace

Result<void> offer_configuration(const Settings& settings, Store& store, const Clock& clock, Log& log) {
  if (auto taken = take_letter_kinds(settings, store, log); !taken) return taken;
  if (const auto texts = load_standard_texts(settings.config_folder); !texts)
    log.error("configuration-on-disk-refused", {{"problem", texts.error().message}});
  const auto shelf = sound_shelf(settings.config_folder);
  if (!shelf) {
    const auto filled = is_filled(store);
    if (!filled) return fail(filled.error());
    if (!*filled) return fail(shelf.error());
    // What is active stays active: a broken file on disk is no reason to serve nobody.
    log.error("configuration-on-disk-refused", {{"problem", shelf.error().message}});
    return {};
  }
  log_failing_examples(shelf->policy, log);
  return store.write([&](Transaction& transaction) -> Result<void> {
    const std::array<std::pair<ConfigurationName, const ConfigurationFiles*>, 3> offers{
        {{policy_name(), &shelf->policy}, {forms_name(), &shelf->forms}, {letters_name(), &shelf->letters}}};
    for (const auto& [what, files] : offers) {
      const auto offered = offer_shipped(transaction, what, *files, clock.now());
      if (!offered) return fail(offered.error());
      warn_of_draft(log, what, *offered);
    }
    const auto offered = offer_safeguards(transaction, shelf->safeguards, clock.now());
    if (offered) {
      warn_of_draft(log, safeguards_name(), *offered);
      return {};
    }
    const std::string file = (settings.config_folder / "safeguards.json").string();
    return fail(
        Error{offered.error().code, file + ": " + offered.error().message, false, offered.error().fields});
  });
}

Result<std::shared_ptr<const Configuration>> load_configuration(const Settings& settings, Store& store) {
  const auto forms = active_files(store, forms_name());
  if (!forms) return fail(forms.error());
  auto catalogue = load_catalogue(*forms);
  if (!catalogue) return fail(catalogue.error());
  auto municipalities = load_municipalities(settings.config_folder);
  if (!municipalities) return fail(municipalities.error());
  auto configuration = std::make_shared<Configuration>();
  configuration->forms = std::make_shared<const Catalogue>(std::move(*catalogue));
  configuration->municipalities = std::make_shared<const Municipalities>(std::move(*municipalities));
  configuration->public_address = settings.public_address;
  configuration->repair_term_days = settings.repair_term_days;
  configuration->repair_call_working_days = settings.repair_call_working_days;
  configuration->job_attempts = settings.job_attempts;
  configuration->job_backoff_ms = settings.job_backoff_ms;
  if (auto texts = load_standard_texts(settings.config_folder))
    configuration->standard_texts = std::move(*texts);  // without them people write their own words
  return std::shared_ptr<const Configuration>(std::move(configuration));
}

Result<FormTemplates> load_form_templates(const Settings& settings, const Configuration& configuration) {
  const auto files = read_template_files(settings.config_folder);
  if (!files) return fail(files.error());
  auto templates = form_templates(*files, *configuration.forms, *configuration.municipalities);
  if (!templates) return fail(to_error(templates.error()));
  return std::move(*templates);
}

Result<PangoLetterPrinter> load_letters(Store& store) {
  const auto files = active_files(store, letters_name());
  if (!files) return fail(files.error());
  return PangoLetterPrinter(letters_of_files(*files));
}

std::vector<std::string> check_configuration(const std::filesystem::path& folder) {
  std::vector<std::string> lines;
  for (const ConfigProblem& problem : check_forms(folder)) lines.push_back(to_line(problem));
  for (const ConfigProblem& problem : check_municipalities(folder)) lines.push_back(to_line(problem));
  for (const ConfigProblem& problem : check_letter_kinds(folder)) lines.push_back(to_line(problem));
  for (const ConfigProblem& problem : check_standard_texts(folder)) lines.push_back(to_line(problem));
  for (const LetterProblem& problem : check_letters(folder / "letters")) {
    lines.push_back("letters/" + problem.file + " line " + std::to_string(problem.line) + ": " +
                    problem.problem + " -> " + problem.remedy);
  }
  if (const auto text = read_text_file(folder / "safeguards.json"); !text) {
    add_error("safeguards.json", text.error(), lines);
  } else {
    const auto json = parse_json(*text);
    const auto settings = json ? safeguard_settings_from(*json) : fail(json.error());
    if (!settings) add_error("safeguards.json", settings.error(), lines);
  }
  const auto files = read_configuration_folder(folder / "policy" / "default", {".dmn", ".json"});
  const auto policy = files ? PolicySet::load(*files) : fail(files.error());
  if (!policy) add_error("policy/default", policy.error(), lines);
  const auto forms = load_catalogue(folder);
  if (forms) check_text_types(folder, *forms, lines);
  if (policy && forms) check_policy_names(*policy, *forms, lines);
  if (policy) check_policy_examples(*policy, lines);
  check_paper(folder, lines);
  check_templates(folder, lines);
  const auto settings_file = folder / "softbot.json";
  std::error_code absent;
  if (std::filesystem::exists(settings_file, absent)) {
    if (const auto settings = read_settings(settings_file); !settings)
      add_error("softbot.json", settings.error(), lines);
  }
  return lines;
}

}  // namespace softbot::daemon

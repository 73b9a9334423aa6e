#include <CLI/CLI.hpp>
#include <iostream>
#include <string>

#include "daemon/commands.h"
#include "daemon/dmn_commands.h"
#include "daemon/help.h"

namespace {

using namespace softbot::daemon;

/// What the command line chose, and how the program ends.
struct Choice {
  StorePlace place;
  ServeOptions serving;
  PrintFormOptions printing;
  ReadOptions reading;
  AccountOptions account;
  KeyOptions key;
  EvaluateModelOptions model;
  SimulateOptions simulation;
  std::string config;
  std::string input;
  std::string target;
  std::string today;
  std::string name;
  std::string why;
  std::string topic;
  bool as_json = false;
  bool failures = false;
  ExitCode result = ExitCode::done;
};

void with_store(CLI::App& command, Choice& choice) {
  command.add_option("--data", choice.place.data, "Data folder")->capture_default_str();
  command.add_option("--config", choice.place.config_file, "softbot.json (default: the shipped one)");
}

void add_serve(CLI::App& app, Choice& choice) {
  CLI::App* command =
      app.add_subcommand("serve", "Serve until SIGTERM; SIGHUP reads the operating settings again");
  with_store(*command, choice);
  command->add_option("--listen", choice.serving.listen, "HOST:PORT (port 0: any free one)");
  command->add_option("--metrics-listen", choice.serving.metrics_listen, "HOST:PORT for /metrics, or off");
  command->add_option("--register-url", choice.serving.register_url,
                      "Base address of the register of persons (BRP)");
  command->add_option("--demo", choice.serving.demo,
                      "Demonstration: made-up accounts and residents from this file");
  command->callback([&choice] {
    choice.serving.place = choice.place;
    choice.result = serve(choice.serving);
  });
}

void add_files(CLI::App& app, Choice& choice) {
  CLI::App* check = app.add_subcommand("check-config",
                                       "Name every mistake in the configuration, with file, path and remedy");
  check->add_option("--config,config", choice.config,
                    "softbot.json or a configuration folder (default: the shipped one)");
  check->callback([&choice] { choice.result = check_config(choice.config); });

  CLI::App* terms =
      app.add_subcommand("deadlines", "Compute every term of a case, with its article (see: help deadlines)");
  terms->add_option("--input", choice.input, "JSON file with events and dates")->required();
  terms->add_option("--today", choice.today, "Look as on this day, 2026-12-01");
  terms->add_flag("--json", choice.as_json, "Print JSON instead of a table");
  terms->callback([&choice] { choice.result = deadlines(choice.input, choice.today, choice.as_json); });

  CLI::App* provisions =
      app.add_subcommand("import-provisions", "Take over provisions that were granted before");
  with_store(*provisions, choice);
  provisions->add_option("file", choice.input, "CSV file (see: help import-provisions)")->required();
  provisions->callback([&choice] { choice.result = import_provisions(choice.place, choice.input); });
}

void add_paper(CLI::App& app, Choice& choice) {
  CLI::App* print = app.add_subcommand("print-form", "Print the paper form of one or more types as PDF");
  print->add_option("type", choice.printing.types, "Application types: household-help, small-aids, ...")
      ->required();
  print->add_option("--municipality", choice.printing.municipality,
                    "Whose form (default: as the settings say)");
  print->add_option("--language", choice.printing.language, "nl or en")
      ->capture_default_str()
      ->check(CLI::IsMember({"nl", "en"}));
  print->add_option("-o,--output", choice.printing.target, "File to write; - is standard output")->required();
  print->add_option("--config", choice.printing.config_file, "softbot.json (default: the shipped one)");
  print->add_option("--known", choice.printing.known,
                    "JSON file with answers to print in (see: help print-form)");
  print->add_flag("--geometry", choice.printing.geometry,
                  "Write where everything stands, in millimetres, as JSON instead");
  print->callback([&choice] { choice.result = print_form(choice.printing); });

  CLI::App* read = app.add_subcommand("read", "Read scans and print what stands on them (see: help read)");
  read->add_option("file", choice.reading.files, "PDF, TIFF, JPEG or PNG")->required();
  read->add_flag("--json", choice.reading.as_json, "Print JSON instead of a table");
  read->add_option("--data", choice.reading.data, "Data folder whose printed forms are known too");
  read->add_option("--template", choice.reading.template_file,
                   "JSON file that says where the fields are on a form of another maker (see: help read)");
  read->add_option("--config", choice.reading.config_file, "softbot.json (default: the shipped one)");
  read->callback([&choice] { choice.result = read_files(choice.reading); });
}

void add_models(CLI::App& app, Choice& choice) {
  CLI::App* models = app.add_subcommand("dmn", "Evaluate and check DMN models")->require_subcommand(1);
  CLI::App* evaluate = models->add_subcommand("evaluate", "Evaluate the decisions of a model");
  evaluate->add_option("model", choice.model.model, "DMN file")->required();
  evaluate->add_option("--decision", choice.model.decision,
                       "Name or id of a decision, a service or a knowledge model (default: all decisions)");
  evaluate->add_option("--input", choice.model.input, "JSON file with the inputs (see: help dmn)")
      ->required();
  evaluate->add_flag("--trace", choice.model.trace, "Print each rule and cell that was compared too");
  evaluate->callback([&choice] { choice.result = evaluate_model(choice.model); });

  CLI::App* check =
      models->add_subcommand("check", "Find gaps, overlaps, rules that never fire, and type errors");
  check->add_option("model", choice.input, "DMN file")->required();
  check->callback([&choice] { choice.result = check_model(choice.input); });

  CLI::App* kit = models->add_subcommand("kit", "Run the DMN compatibility kit, or a folder of its form");
  kit->add_option("folder", choice.input, "Folder with the cases")->required();
  kit->add_flag("--failures", choice.failures, "Name every case that fails");
  kit->callback([&choice] {
    choice.result = run_model_kit(choice.input, choice.failures ? KitFailures::named : KitFailures::counted);
  });
}

void add_publication(CLI::App& policy, Choice& choice) {
  const auto add = [&](const char* name, const char* what, ExitCode (*function)(const PublishOptions&)) {
    CLI::App* command = policy.add_subcommand(name, what);
    with_store(*command, choice);
    command->add_option("--municipality", choice.name, "Whose values and names (default: the first)");
    command->callback([&choice, function] { choice.result = function({choice.place, choice.name}); });
  };
  add("explain", "Print the active policy in plain Dutch", policy_explain);
  add("register-entry", "Print the entries for the Algoritmeregister (publication standard 1.0) as JSON",
      policy_register_entries);
}

void add_policy(CLI::App& app, Choice& choice) {
  CLI::App* policy = app.add_subcommand("policy", "Policies as files, and the active one for the public")
                         ->require_subcommand(1);
  CLI::App* examples =
      policy->add_subcommand("examples", "Run the examples of a policy; fail when one comes out otherwise");
  examples->add_option("folder", choice.input, "Folder with the files of the policy")->required();
  examples->add_flag("--json", choice.as_json, "Print JSON, with every example");
  examples->callback([&choice] { choice.result = policy_examples(choice.input, choice.as_json); });

  add_publication(*policy, choice);

  CLI::App* again = app.add_subcommand(
      "replay", "Judge an application again from its kept input and policy version; shout when it differs");
  with_store(*again, choice);
  again->add_option("reference", choice.name, "Reference of the application")->required();
  again->callback([&choice] { choice.result = replay(choice.place, choice.name); });

  CLI::App* simulation =
      app.add_subcommand("simulate", "Try a draft of the policy on the applications that were judged");
  with_store(*simulation, choice);
  simulation->add_option("--draft", choice.simulation.draft, "Folder with the files of the policy")
      ->required();
  simulation->add_option("--from", choice.simulation.from, "Received on this day or later, 2026-12-01");
  simulation->add_option("--to", choice.simulation.to, "Received on this day or earlier");
  simulation->add_option("--municipality", choice.simulation.municipality, "Only of this municipality");
  simulation->add_option("--type", choice.simulation.type,
                         "Only of this type: household-help, small-aids, ...");
  simulation->add_flag("--json", choice.simulation.as_json, "Print JSON, with every changed case");
  simulation->callback([&choice] {
    choice.simulation.place = choice.place;
    choice.result = simulate(choice.simulation);
  });
}

void add_accounts(CLI::App& app, Choice& choice) {
  CLI::App* accounts = app.add_subcommand("account", "Accounts of staff")->require_subcommand(1);
  CLI::App* add = accounts->add_subcommand("add", "Add an account; the password comes from standard input");
  with_store(*add, choice);
  add->add_option("name", choice.account.name, "Sign-in name")->required();
  add->add_option("--display-name", choice.account.display_name, "As letters and screens name them");
  add->add_option("--person", choice.account.person, "Who it is, for four eyes (default: the name)");
  add->add_option("--role", choice.account.roles, "consultant, clerk, mail-room, administrator, auditor")
      ->required();
  add->add_option("--municipality", choice.account.municipalities, "Only these municipalities");
  add->add_option("--team", choice.account.teams, "Only these teams");
  add->callback([&choice] { choice.result = add_account(choice.place, choice.account); });
  CLI::App* list = accounts->add_subcommand("list", "List accounts");
  with_store(*list, choice);
  list->callback([&choice] { choice.result = list_accounts(choice.place); });
  CLI::App* disable = accounts->add_subcommand("disable", "Let an account sign in no longer");
  with_store(*disable, choice);
  disable->add_option("name", choice.name, "Sign-in name")->required();
  disable->callback([&choice] { choice.result = disable_account(choice.place, choice.name); });
}

void add_keys(CLI::App& app, Choice& choice) {
  CLI::App* keys = app.add_subcommand("key", "Keys of machines for the API")->require_subcommand(1);
  CLI::App* add = keys->add_subcommand("add", "Make a key and print it once");
  with_store(*add, choice);
  add->add_option("name", choice.key.name, "What the key is for")->required();
  add->add_option("--role", choice.key.roles, "consultant, clerk, mail-room, administrator, auditor")
      ->required();
  add->add_option("--municipality", choice.key.municipalities, "Only these municipalities");
  add->add_flag("--may-assert-identity", choice.key.may_assert_identity,
                "May send identityAssurance with a submission");
  add->callback([&choice] { choice.result = add_key(choice.place, choice.key); });
  CLI::App* list = keys->add_subcommand("list", "List keys (never the keys themselves)");
  with_store(*list, choice);
  list->callback([&choice] { choice.result = list_keys(choice.place); });
  CLI::App* disable = keys->add_subcommand("disable", "Let a key open nothing any more");
  with_store(*disable, choice);
  disable->add_option("name", choice.name, "Name of the key")->required();
  disable->callback([&choice] { choice.result = disable_key(choice.place, choice.name); });
}

void add_keeping(CLI::App& app, Choice& choice) {
  CLI::App* save = app.add_subcommand("backup", "Copy the store while it runs (without the master key)");
  with_store(*save, choice);
  save->add_option("folder", choice.target, "Absent or empty folder")->required();
  save->callback([&choice] { choice.result = backup(choice.place, choice.target); });

  CLI::App* back = app.add_subcommand("restore", "Put a backup into an empty data folder");
  back->add_option("folder", choice.input, "Folder with the backup")->required();
  back->add_option("--data", choice.place.data, "Absent or empty data folder")->required();
  back->callback([&choice] { choice.result = restore(choice.input, choice.place.data); });

  CLI::App* verify =
      app.add_subcommand("verify-audit", "Recompute the audit chain and its signed checkpoints");
  with_store(*verify, choice);
  verify->add_option("--checkpoint", choice.input, "A checkpoint that was exported before");
  verify->callback([&choice] { choice.result = verify_audit(choice.place, choice.input); });

  CLI::App* checkpoint =
      app.add_subcommand("export-checkpoint", "Sign the audit chain as it stands, to keep elsewhere");
  with_store(*checkpoint, choice);
  checkpoint->add_option("file", choice.target, "File to write")->required();
  checkpoint->callback([&choice] { choice.result = export_checkpoint(choice.place, choice.target); });

  CLI::App* person = app.add_subcommand("export-person",
                                        "Everything kept about a person; the BSN comes from standard input");
  with_store(*person, choice);
  person->add_option("folder", choice.target, "Absent or empty folder")->required();
  person->add_option("--purpose", choice.why, "Why, for the record")->required();
  person->callback([&choice] { choice.result = export_person(choice.place, choice.target, choice.why); });

  CLI::App* destroy = app.add_subcommand(
      "destroy-person", "Erase a person by destroying their key; the BSN comes from standard input");
  with_store(*destroy, choice);
  destroy->add_option("--why", choice.why, "Why, for the record")->required();
  destroy->callback([&choice] { choice.result = destroy_person(choice.place, choice.why); });
}

void add_corrections(CLI::App& app, Choice& choice) {
  CLI::App* corrections =
      app.add_subcommand("corrections", "What is kept to learn from, where a municipality lets it be kept")
          ->require_subcommand(1);
  CLI::App* list = corrections->add_subcommand("list", "How many are kept, and until when");
  with_store(*list, choice);
  list->callback([&choice] { choice.result = list_corrections(choice.place); });
  CLI::App* out = corrections->add_subcommand(
      "export", "Write them to train with and to try models on (see: help corrections)");
  with_store(*out, choice);
  out->add_option("--out", choice.target, "Absent or empty folder")->required();
  out->add_option("--municipality", choice.name, "Whose")->required();
  out->add_option("--why", choice.why, "Why, for the record")->required();
  out->callback([&choice] {
    choice.result = export_corrections({choice.place, choice.target, choice.name, choice.why});
  });
}

}  // namespace

int main(int argc, char** argv) {
  Choice choice;
  CLI::App app{"softbot handles the routine applications of Dutch municipalities.", "softbot"};
  app.require_subcommand(1);
  app.set_version_flag("--version", std::string(version()));
  add_serve(app, choice);
  add_files(app, choice);
  add_paper(app, choice);
  add_models(app, choice);
  add_policy(app, choice);
  add_accounts(app, choice);
  add_keys(app, choice);
  add_keeping(app, choice);
  add_corrections(app, choice);
  CLI::App* help = app.add_subcommand("help", "Explain the program, its borders and its exit codes");
  help->add_option(
      "topic", choice.topic,
      "api, config, corrections, deadlines, dmn, import-provisions, policy, print-form, read, exit-codes");
  const std::string usage =
      app.help();  // before parsing: afterwards it would be the help of the command that was chosen
  help->callback([&] {
    const auto text = help_text(choice.topic, usage);
    (text ? std::cout : std::cerr) << (text ? *text : "softbot: there is no help on this topic.\n");
    choice.result = text ? ExitCode::done : ExitCode::wrong_options;
  });
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : static_cast<int>(ExitCode::wrong_options);
  }
  return static_cast<int>(choice.result);
}

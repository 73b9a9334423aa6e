#include "daemon/node.h"

#include <atomic>
#include <mutex>
#include <utility>

#include "adapters/files/folder_document_files.h"
#include "adapters/paper_forms/paper_printer.h"
#include "adapters/post/post_folder.h"
#include "adapters/provider_orders/provider_order_list.h"
#include "adapters/reader_process/reader_process.h"
#include "adapters/scan_folder/scan_folder.h"
#include "adapters/sqlite/history.h"
#include "adapters/sqlite/store.h"
#include "adapters/vault/file_vault.h"
#include "daemon/configuration.h"
#include "daemon/outside.h"
#include "daemon/paper_forms.h"
#include "daemon/safeguard_watch.h"
#include "http/api/api.h"
#include "http/api/policy_trials.h"
#include "http/metrics.h"
#include "http/page_headers.h"
#include "http/server.h"
#include "pipeline/job_runner.h"
#include "pipeline/learning.h"
#include "pipeline/paper.h"
#include "pipeline/scan_intake.h"
#include "policy/trials.h"
#include "web/pages.h"

namespace softbot::daemon {
namespace {

constexpr unsigned trial_threads = 2;  ///< that yield to everything else

/// Where nothing reads paper every scan goes to a person, with its file.
class NoReader final : public Reader {
 public:
  Result<ReadFile> read(const std::string&, const FindGeometry&) override { return nothing_reads(); }
  Result<ReadFile> read_by(const ReadingTemplates&, const std::string&, const FindGeometry&) override {
    return nothing_reads();
  }
  Result<ReadFile> look(const std::string&) override { return nothing_reads(); }
  [[nodiscard]] std::string version() const override { return "none"; }

 private:
  static Result<ReadFile> nothing_reads() {
    return fail(ErrorCode::configuration,
                "No scan is read here: set reading.program in softbot.json, or install softbot-reader beside "
                "softbot.");
  }
};

Result<http::ServerOptions> server_options(const Settings& settings, const std::string& listen) {
  const auto endpoint = parse_endpoint(listen);
  if (!endpoint) return fail(endpoint.error());
  http::ServerOptions options;
  options.host = endpoint->host;
  options.port = endpoint->port;
  options.trusted_proxies = settings.trusted_proxies;
  options.worker_threads = settings.worker_threads;
  options.max_connections = settings.connections;
  options.rate = {.per_second = settings.requests_per_second, .burst = settings.burst};
  if (settings.tls)
    options.tls = http::TlsFiles{settings.tls->certificate.string(), settings.tls->key.string()};
  return options;
}

std::string url_of(const http::Server& server, const std::string& listen, bool tls) {
  const auto endpoint = parse_endpoint(listen);
  const std::string host = endpoint && endpoint->host.find(':') == std::string::npos ? endpoint->host
                           : endpoint ? "[" + endpoint->host + "]"
                                      : "localhost";
  return std::string(tls ? "https" : "http") + "://" + host + ":" + std::to_string(server.port());
}

}  // namespace

struct Node::State {
  NodeOptions options;
  Log& log;
  SystemClock clock;
  http::MetricsRegistry metrics;
  std::unique_ptr<FileVault> vault;
  std::unique_ptr<SqliteStore> store;
  std::unique_ptr<FolderDocumentFiles> files;
  std::unique_ptr<Register> persons;
  std::unique_ptr<SignOn> residents_sign_on;  // null where residents cannot sign in
  std::unique_ptr<Mailer> mailer;             // null where nobody is mailed
  std::unique_ptr<Reader> reader;
  ReaderProcess* programs = nullptr;     // the reader, when it is one with programs
  std::string_view no_reading = "none";  // else why: by the settings, or broken
  std::unique_ptr<PangoLetterPrinter> letters;
  PangoPaperPrinter paper;
  std::unique_ptr<PostFolder> post;
  std::unique_ptr<ProviderOrderList> orders;
  ActivePolicy policy;
  std::unique_ptr<sqlite::SqliteHistory> history;
  std::unique_ptr<PolicyTrials> trials;
  std::mutex configuration_mutex;  // guards configuration
  std::shared_ptr<const Configuration> configuration;
  std::atomic<pipeline::JobRunner*> running_jobs = nullptr;
  std::unique_ptr<Services> services;
  std::unique_ptr<http::Gatekeeper> gatekeeper;
  std::unique_ptr<pipeline::JobRunner> jobs;
  std::unique_ptr<pipeline::JobRunner> reading_jobs;
  std::unique_ptr<pipeline::JobRunner> announcing_jobs;
  std::unique_ptr<ScanFolder> scan_folder;
  std::unique_ptr<http::Server> server;
  std::unique_ptr<http::Server> metrics_server;

  State(NodeOptions options_in, Log& log_in) : options(std::move(options_in)), log(log_in) {}

  std::shared_ptr<const Configuration> current() {
    const std::lock_guard lock(configuration_mutex);
    return configuration;
  }

  Result<void> open_memory() {
    const Settings& settings = options.settings;
    const auto key =
        settings.master_key_file.empty() ? default_key_file(options.data) : settings.master_key_file;
    const bool exists = sqlite::store_exists(options.data);
    auto opened_vault = FileVault::open(key, options.data, exists ? WhenAbsent::refuse : WhenAbsent::create);
    if (!opened_vault) return fail(opened_vault.error());
    vault = std::move(*opened_vault);
    auto opened_store = SqliteStore::open(options.data, *vault, clock);
    if (!opened_store) return fail(opened_store.error());
    store = std::move(*opened_store);
    auto opened_files = FolderDocumentFiles::open(options.data / "documents");
    if (!opened_files) return fail(opened_files.error());
    files = std::move(*opened_files);
    files->remove_leftovers();
    return {};
  }

  Result<void> open_outside() {
    auto opened_register = open_register(options.settings.persons);
    if (!opened_register) return fail(opened_register.error());
    persons = std::move(*opened_register);
    auto opened_sign_on = open_sign_on(options.settings, clock);
    if (!opened_sign_on) return fail(opened_sign_on.error());
    residents_sign_on = std::move(*opened_sign_on);
    auto opened_mailer =
        open_mailer(options.settings.mail, residents_sign_on != nullptr || options.demo.has_value(), clock);
    if (!opened_mailer) return fail(opened_mailer.error());
    mailer = std::move(*opened_mailer);
    open_reader();
    auto opened_post = PostFolder::open(options.data / "outbox" / "post", clock);
    if (!opened_post) return fail(opened_post.error());
    post = std::move(*opened_post);
    auto opened_orders = ProviderOrderList::open(options.data / "outbox" / "orders", clock);
    if (!opened_orders) return fail(opened_orders.error());
    orders = std::move(*opened_orders);
    return {};
  }

  /// A node without a reader works all the same: scans go to people.
  void open_reader() {
    const ReadingSettings& settings = options.settings.reading;
    const auto place = reader_place(settings);
    std::error_code error;
    if (place && std::filesystem::exists(place->program, error)) {
      ReaderProcessOptions process;
      process.place = {place->program, place->models};
      process.at_once = settings.at_once;
      auto opened = std::make_unique<ReaderProcess>(std::move(process), log, metrics);
      programs = opened.get();
      reader = std::move(opened);
      return;
    }
    reader = std::make_unique<NoReader>();
    no_reading = place ? "broken" : "none";
    if (place) log.error("reader-absent", {{"problem", "softbot-reader is not beside softbot"}});
  }

  [[nodiscard]] std::string_view reading_health() const {
    return programs != nullptr ? programs->health() : no_reading;
  }

  /// The same with the templates that lie on disk now; where their fields stand is kept like what was
  /// printed.
  Result<std::shared_ptr<const Configuration>> with_templates(const Configuration& without,
                                                              const Settings& settings) {
    auto templates = load_form_templates(settings, without);
    if (!templates) return fail(templates.error());
    std::vector<FormGeometry> geometries;
    for (const FormTemplate& one : *templates) geometries.push_back(one.reading.geometry);
    if (auto kept = pipeline::keep_geometries(*store, geometries, clock.now()); !kept)
      return fail(kept.error());
    auto changed = std::make_shared<Configuration>(without);
    changed->templates = std::move(*templates);
    return std::shared_ptr<const Configuration>(std::move(changed));
  }

  Result<void> open_configuration() {
    if (auto offered = offer_configuration(options.settings, *store, clock, log); !offered) return offered;
    auto loaded = load_configuration(options.settings, *store);
    if (!loaded) return fail(loaded.error());
    configuration = std::move(*loaded);
    auto printer = load_letters(*store);
    if (!printer) return fail(printer.error());
    letters = std::make_unique<PangoLetterPrinter>(std::move(*printer));
    if (auto compiled = policy.get(*store); !compiled) return fail(compiled.error());
    const auto printed = geometries_of(*configuration);
    if (auto kept = pipeline::keep_geometries(*store, printed, clock.now()); !kept) return kept;
    const auto with_forms = with_templates(*configuration, options.settings);
    if (with_forms) {
      configuration = *with_forms;
    } else if (with_forms.error().code == ErrorCode::configuration) {
      // Their forms go to people, as every form that is not known.
      log.error("configuration-on-disk-refused", {{"problem", with_forms.error().message}});
    } else {
      return fail(with_forms.error());
    }
    if (options.demo) return add_demo_accounts(*store, *vault, *options.demo);
    return {};
  }

  void assemble() {
    history = std::make_unique<sqlite::SqliteHistory>(*store);
    trials = std::make_unique<PolicyTrials>(*history, trial_threads);
    services = std::make_unique<Services>(Services{
        .store = *store,
        .vault = *vault,
        .files = *files,
        .clock = clock,
        .persons = *persons,
        .reader = *reader,
        .find_geometry = [this](const PageCode& code) { return pipeline::find_geometry(*store, code); },
        .policy = policy,
        .letters = *letters,
        .paper = paper,
        .post = *post,
        .provider_orders = *orders,
        .log = log,
        .metrics = metrics,
        .configuration = [this] { return current(); },
        .wake =
            [this] {
              if (auto* runner = running_jobs.load()) runner->wake();
            },
        .mailer = mailer.get()});
    gatekeeper =
        std::make_unique<http::Gatekeeper>(*services, http::AccessOptions{.demo = options.demo.has_value()});
    jobs =
        std::make_unique<pipeline::JobRunner>(*services, pipeline::other_jobs(options.settings.job_threads));
    reading_jobs = std::make_unique<pipeline::JobRunner>(
        *services, pipeline::reading_jobs(options.settings.reading.at_once));
    announcing_jobs = std::make_unique<pipeline::JobRunner>(*services, pipeline::announcing_jobs());
  }

  Result<void> open_scan_folder() {
    ScanFolderOptions folder;
    folder.folder = options.data / "scans";
    folder.default_municipality = options.settings.default_municipality;
    folder.largest_bytes = options.settings.scan_mebibytes << 20U;
    for (const auto& [id, municipality] : *current()->municipalities) folder.municipalities.push_back(id);
    if (folder.default_municipality.empty() && !folder.municipalities.empty())
      folder.default_municipality = folder.municipalities.front();
    const auto take = [this](const DroppedScan& dropped) -> Result<void> {
      pipeline::IncomingScan incoming;
      incoming.municipality = dropped.municipality;
      incoming.source = "folder";
      incoming.by = "folder";
      incoming.file_name = dropped.file_name;
      incoming.bytes = dropped.bytes;
      incoming.refused = dropped.refused;
      const auto taken = pipeline::take_scan(*services, incoming);
      if (!taken) return fail(taken.error());
      return {};
    };
    auto opened = ScanFolder::open(std::move(folder), take, clock, log, metrics);
    if (!opened) return fail(opened.error());
    scan_folder = std::move(*opened);
    return {};
  }

  http::Router make_router() {
    web::PageOptions pages;
    pages.demo = options.demo.has_value();
    pages.default_municipality = options.settings.default_municipality;
    pages.scan_bytes = options.settings.scan_mebibytes << 20U;
    pages.trials = trials.get();
    pages.residents_sign_on = residents_sign_on.get();
    if (options.demo) {
      pages.demo_accounts = options.demo->sign_ins;
      pages.demo_residents = options.demo->residents;
    }
    http::RouterHooks hooks;
    hooks.guard = web::page_guard(*services, *gatekeeper, pages);
    hooks.error_page = web::error_page(*services, pages);
    hooks.finish = [](const http::Request& request, http::Response& response) {
      http::add_common_headers(request, response);
    };
    http::Router router(std::move(hooks));
    http::ApiOptions api;
    api.submission_bytes = options.settings.submission_mebibytes << 20U;
    api.document_bytes = options.settings.document_mebibytes << 20U;
    api.scan_bytes = options.settings.scan_mebibytes << 20U;
    api.default_municipality = options.settings.default_municipality;
    api.public_address = options.settings.public_address;
    api.ready = [this] { return store->healthy(); };
    api.reading = [this] { return reading_health(); };
    api.granting = [this] { return granting_health(*services); };
    http::add_api(router, *services, *gatekeeper, api);
    http::add_policy_trial_routes(router, *services, *trials);
    web::add_pages(router, *services, *gatekeeper, pages);
    return router;
  }

  Result<void> listen() {
    auto main_options = server_options(options.settings, options.settings.listen);
    if (!main_options) return fail(main_options.error());
    server = std::make_unique<http::Server>(std::move(*main_options), make_router(), log, metrics);
    if (auto started = server->start(); !started) return started;
    if (options.settings.metrics_listen.empty()) return {};
    auto own = server_options(options.settings, options.settings.metrics_listen);
    if (!own) return fail(own.error());
    own->name = "metrics";
    own->worker_threads = 1;
    own->max_connections = 16;
    own->tls.reset();
    own->access_log = false;
    http::Router router;
    router.add({.pattern = "/metrics",
                .access = {http::role::anyone},
                .handler = [this](const http::Request&, const http::PathParameters&) {
                  refresh_gauges();
                  return http::bytes_response(http::prometheus_content_type, metrics.prometheus_text());
                }});
    metrics_server = std::make_unique<http::Server>(std::move(*own), std::move(router), log, metrics);
    return metrics_server->start();
  }

  void refresh_gauges() {
    const auto read = store->read([&](Transaction& transaction) -> Result<void> {
      metrics.gauge("softbot_jobs_waiting", "Jobs that are due and not yet done.", {})
          .set(static_cast<double>(transaction.waiting_jobs(clock.now())));
      metrics.gauge("softbot_outbox_stuck", "Letters and orders that could not be brought outside.", {})
          .set(static_cast<double>(transaction.outbox_in("", {"stuck"}, 10'000).size()));
      return {};
    });
    refresh_safeguard_gauges(*services);
    const SqliteStore::Written written = store->written();
    metrics.gauge("softbot_store_commits", "Commits since the start.", {})
        .set(static_cast<double>(written.commits));
    metrics.gauge("softbot_store_units", "Units of work in those commits.", {})
        .set(static_cast<double>(written.units));
    metrics.gauge("softbot_reading_works", "1 when scans are read here.", {})
        .set(reading_health() == "works" ? 1 : 0);
    metrics.gauge("softbot_store_readable", "1 when the store answers.", {}).set(read ? 1 : 0);
  }

  Result<void> start() {
    if (auto done = open_memory(); !done) return done;
    if (auto done = open_outside(); !done) return done;
    if (auto done = open_configuration(); !done) return done;
    assemble();
    if (auto done = open_scan_folder(); !done) return done;
    if (auto done = pipeline::plan_terms_of_corrections(*services); !done) return done;
    if (auto done = listen(); !done) return done;
    jobs->start();
    reading_jobs->start();
    announcing_jobs->start();
    running_jobs = jobs.get();
    scan_folder->start();
    log.info("started", {{"demo", options.demo.has_value()},
                         {"register", !options.settings.persons.url.empty()},
                         {"residentSignIn", residents_sign_on != nullptr},
                         {"mail", mailer != nullptr}});
    return {};
  }

  void stop() {
    if (server) server->stop();
    trials.reset();  // cancels what is tried
    if (metrics_server) metrics_server->stop();
    if (scan_folder) scan_folder->stop();
    running_jobs = nullptr;
    if (programs != nullptr) programs->stop();  // a long reading would hold up the end: it is done again
    if (reading_jobs) reading_jobs->stop();
    if (announcing_jobs) announcing_jobs->stop();
    if (jobs) jobs->stop();
    scan_folder.reset();
    server.reset();
    metrics_server.reset();
    jobs.reset();
    reading_jobs.reset();
    announcing_jobs.reset();
    gatekeeper.reset();
    store.reset();
  }
};

Node::Node(std::unique_ptr<State> state) : state_(std::move(state)) {
}

Node::~Node() {
  stop();
}

Result<std::unique_ptr<Node>> Node::start(const NodeOptions& options, Log& log) {
  auto state = std::make_unique<State>(options, log);
  auto started = state->start();
  if (!started) {
    state->stop();
    return fail(started.error());
  }
  return std::unique_ptr<Node>(new Node(std::move(state)));
}

std::string Node::address() const {
  return url_of(*state_->server, state_->options.settings.listen, state_->options.settings.tls.has_value());
}

std::string Node::metrics_address() const {
  if (!state_->metrics_server) return {};
  return url_of(*state_->metrics_server, state_->options.settings.metrics_listen, false) + "/metrics";
}

Result<void> Node::reload() {
  auto settings = read_settings(state_->options.settings.file);
  if (!settings) return fail(settings.error());
  const auto with_forms = state_->with_templates(*state_->current(), *settings);
  if (!with_forms) return fail(with_forms.error());
  if (auto done =
          state_->server->reload({.per_second = settings->requests_per_second, .burst = settings->burst});
      !done) {
    return done;
  }
  // Addresses, the data, the register and the configuration in the store stay as they are until the next
  // start.
  auto changed = std::make_shared<Configuration>(**with_forms);
  changed->public_address = settings->public_address;
  changed->repair_term_days = settings->repair_term_days;
  changed->repair_call_working_days = settings->repair_call_working_days;
  changed->job_attempts = settings->job_attempts;
  changed->job_backoff_ms = settings->job_backoff_ms;
  const std::lock_guard lock(state_->configuration_mutex);
  state_->configuration = std::move(changed);
  return {};
}

void Node::stop() {
  if (state_) state_->stop();
}

}  // namespace softbot::daemon

#include "web/queries.h"

#include <algorithm>

#include "domain/zone.h"
#include "pipeline/policy_explanation.h"
#include "pipeline/safeguard_life.h"
#include "pipeline/views.h"

namespace softbot::web {
namespace {

constexpr std::size_t most_letters = 500;
constexpr std::size_t most_confirmed = 20;

void sort_latest_first(std::vector<Application>& applications) {
  std::stable_sort(
      applications.begin(), applications.end(),
      [](const Application& left, const Application& right) { return left.received > right.received; });
}

}  // namespace

Result<CaseFile> case_file(const Services& services, const ApplicationReference& reference) {
  std::optional<CaseFile> file;
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    auto application = transaction.application(reference);
    if (application) {
      file = CaseFile{std::move(*application), transaction.documents_of(reference),
                      transaction.outbox_of(reference)};
    }
    return {};
  });
  if (!read) return fail(read.error());
  if (!file) return fail(ErrorCode::not_found, "Er is geen aanvraag met dit kenmerk.");
  return std::move(*file);
}

Result<std::vector<Application>> applications_of(const Services& services, const std::string& bsn) {
  std::vector<Application> all;
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    if (const auto person = transaction.person_by_bsn(bsn)) all = transaction.applications_of(person->id);
    return {};
  });
  if (!read) return fail(read.error());
  sort_latest_first(all);
  return all;
}

Result<std::vector<Application>> applications_of_person(const Services& services, const PersonId& person) {
  std::vector<Application> all;
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    all = transaction.applications_of(person);
    return {};
  });
  if (!read) return fail(read.error());
  sort_latest_first(all);
  return all;
}

Result<PostOverview> post_overview(const Services& services, const pipeline::Staff& staff) {
  PostOverview overview;
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    const auto add = [&](OutboxFilter filter, std::vector<PostItem>& items) {
      filter.channel = "post";
      filter.municipalities = staff.municipalities;
      for (OutboxRecord& row : transaction.outbox_page(filter)) {
        const auto application = transaction.application(row.reference);
        if (application) items.push_back({std::move(row), application->municipality});
      }
    };
    OutboxFilter filter;
    filter.states = {"delivered", "waiting", "stuck"};
    filter.limit = most_letters;
    add(filter, overview.waiting);
    filter.states = {"confirmed"};
    filter.limit = most_confirmed;
    filter.order = OutboxOrder::newest_first;
    add(filter, overview.confirmed);
    return {};
  });
  if (!read) return fail(read.error());
  return overview;
}

Result<OutboxRecord> letter_in_post(const Services& services, const pipeline::Staff& staff,
                                    const std::string& key) {
  std::optional<OutboxRecord> letter;
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    const auto row = transaction.outbox(key);
    if (!row || row->channel != "post") return {};
    const auto application = transaction.application(row->reference);
    if (application && works_for(staff.municipalities, application->municipality)) letter = row;
    return {};
  });
  if (!read) return fail(read.error());
  if (!letter) return fail(ErrorCode::not_found, "Er is geen brief met dit nummer.");
  return std::move(*letter);
}

Result<QueuePage> queue_page(const Services& services, const QueueFilter& filter) {
  QueuePage page;
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    page = transaction.queue(filter);
    return {};
  });
  if (!read) return fail(read.error());
  return page;
}

namespace {

std::vector<std::string> municipalities_of(const Configuration& configuration,
                                           const std::vector<std::string>& limits) {
  std::vector<std::string> ids;
  for (const auto& [id, municipality] : *configuration.municipalities) {
    if (works_for(limits, id)) ids.push_back(id);
  }
  return ids;
}

}  // namespace

Result<Management> management(const Services& services, const pipeline::Staff& staff) {
  const auto configuration = services.configuration();
  const Instant now = services.clock.now();
  const Date day = local_date(now);
  const auto active = services.policy.get(services.store);
  const std::string active_version = active ? (*active)->version() : std::string();
  Management all;
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    all.figures = transaction.figures(now - std::chrono::hours(24 * 30));
    std::erase_if(all.figures, [&](const Figure& figure) {
      const auto municipality = figure.labels.find("municipality");
      return municipality == figure.labels.end() || !works_for(staff.municipalities, municipality->second);
    });
    const auto municipalities = municipalities_of(*configuration, staff.municipalities);
    all.switches = kill_switches(transaction, configuration->forms->types(), municipalities);
    for (const KillSwitch& one : all.switches)
      all.switch_history[one.subject] = pipeline::history_of_switch(transaction, one.subject);
    if (auto active_words = pipeline::active_policy_words(transaction))
      all.policy_words = std::move(active_words->words);
    all.groups = group_shares(transaction, configuration->forms->types(), municipalities, day);
    all.sample_tests =
        sample_tests(transaction, configuration->forms->types(), municipalities, active_version);
    std::optional<SafeguardSettings> settings;
    if (const auto stored = transaction.setting("safeguards")) {
      if (auto parsed = safeguard_settings_from(*stored)) settings = std::move(*parsed);
    }
    if (settings) all.sample_test = settings->sample_test;
    for (const auto& [id, municipality] : *configuration->municipalities) {
      if (!works_for(staff.municipalities, id)) continue;
      for (const std::string& type : configuration->forms->types(id)) {
        const auto use = cap_use(transaction, id, type, day);
        if (!use) continue;
        all.caps.push_back({id, type, *use, settings ? settings->sample(id, type) : std::nullopt});
      }
    }
    OutboxFilter stuck;
    stuck.states = {"stuck"};
    stuck.municipalities = staff.municipalities;
    stuck.limit = most_confirmed;
    all.stuck = transaction.outbox_page(stuck);
    all.corrections =
        pipeline::kept_corrections(*configuration->municipalities, transaction.correction_days());
    std::erase_if(all.corrections,
                  [&](const auto& one) { return !works_for(staff.municipalities, one.municipality); });
    return {};
  });
  if (!read) return fail(read.error());
  return all;
}

Result<std::vector<AuditRecord>> audit_rows(const Services& services, const std::string& subject) {
  std::vector<AuditRecord> rows;
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    rows = transaction.audit_of(subject);
    return {};
  });
  if (!read) return fail(read.error());
  return rows;
}

pipeline::Staff staff_of(const http::Identity& identity) {
  return {.account = identity.account,
          .display_name = identity.display_name,
          .municipalities = identity.municipalities};
}

bool works_for(const std::vector<std::string>& municipalities, const std::string& municipality) {
  return municipalities.empty() ||
         std::find(municipalities.begin(), municipalities.end(), municipality) != municipalities.end();
}

}  // namespace softbot::web

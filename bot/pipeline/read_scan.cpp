#include <algorithm>
#include <chrono>

#include "domain/date.h"
#include "domain/working_days.h"
#include "domain/zone.h"
#include "pipeline/incoming_post.h"
#include "pipeline/page_sorting.h"
#include "pipeline/paper_stages.h"
#include "pipeline/post_letters.h"
#include "pipeline/read_parts.h"
#include "pipeline/scan_intake.h"
#include "pipeline/stages.h"
#include "pipeline/template_pages.h"

namespace softbot::pipeline {
namespace {

bool is_to_read(const ScanRecord& scan) {
  return scan.state == "waiting" || scan.state == "reading";
}

std::vector<SortedPage> sorted_here(const Configuration& configuration, const LetterKinds& kinds,
                                    const ReadFile& file) {
  std::vector<SortedPage> pages = sort_pages(
      file,
      [&](std::string_view municipality) {
        return configuration.municipalities->find(std::string(municipality)) !=
               configuration.municipalities->end();
      },
      [&](std::string_view municipality, std::string_view type) {
        return configuration.forms->find(type, municipality) != nullptr;
      },
      kinds);
  for (std::size_t i = 0; i < pages.size(); ++i)
    pages[i].template_version = template_version_of(file.pages[i], configuration.templates);
  return pages;
}

Result<void> note_reading(const Services& services, const std::string& id) {
  return services.store.write([&](Transaction& transaction) -> Result<void> {
    auto scan = transaction.scan(id);
    if (!scan || scan->state != "waiting") return {};
    scan->state = "reading";
    transaction.update_scan(*scan);
    return {};
  });
}

/// What the file came to, into its record.
void note_pages(const ReadFile& file, const std::vector<SortedPage>& pages, ScanRecord& scan) {
  scan.pages = Value::list();
  for (const SortedPage& page : pages) scan.pages.push(to_value(page));
  scan.reason = file.refused ? file.refused->code : std::string();
  scan.state = file.refused && file.pages.empty() ? "refused" : "read";
  if (scan.state == "read" && scan.pages.items().empty()) {
    scan.state = "refused";
    scan.reason = "empty";
  }
}

void count_fields(const Services& services, const ReadFile& file) {
  for (const ReadPage& page : file.pages) {
    for (const Reading& reading : page.readings) {
      services.metrics
          .counter("softbot_fields_read_total", "Fields of paper forms by how sure they were read.",
                   {{"state", std::string(name_of(reading.state))}})
          .add();
    }
  }
}

/// The reader's answer, timed.
Result<ReadFile> read_bytes(const Services& services, const FormTemplates& templates, const ScanRecord& scan,
                            const std::string& bytes) {
  const auto started = std::chrono::steady_clock::now();
  auto file =
      services.reader.read_by(reading_templates(templates, scan.municipality), bytes, services.find_geometry);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - started;
  services.metrics.histogram("softbot_scan_read_seconds", "Time that reading a scan took.", {})
      .observe(seconds.count());
  if (!file) return file;
  return with_template_sets(std::move(*file), templates, scan.municipality,
                            [&] { return services.paper.new_set_number(); });
}

}  // namespace

Result<void> read_scan(const Services& services, const std::string& id) {
  auto scan = load_scan(services, id);
  if (!scan) return fail(scan.error());
  if (!is_to_read(*scan)) return {};
  if (auto noted = note_reading(services, id); !noted) return noted;
  const auto bytes = scan_bytes(services, *scan);
  if (!bytes) return fail(bytes.error());
  const auto configuration = services.configuration();
  const auto file = read_bytes(services, configuration->templates, *scan, *bytes);
  if (!file) return fail(file.error());
  const auto kinds = letter_kinds(services);
  if (!kinds) return fail(kinds.error());
  const std::vector<SortedPage> pages = sorted_here(*configuration, *kinds, *file);

  std::optional<PersonRecord> person;
  const auto found = services.store.read([&](Transaction& transaction) -> Result<void> {
    person = transaction.person(scan->person);
    return {};
  });
  if (!found) return fail(found.error());
  DocumentRecord record;
  record.kind = "scan-parts";
  record.title = "Wat er gelezen is";
  record.media_type = "application/octet-stream";
  auto parts = keep_document(services, *person, std::move(record), to_bytes(*file));
  if (!parts) return fail(parts.error());

  std::optional<ScanRecord> stored_scan;
  const auto stored = services.store.write([&](Transaction& transaction) -> Result<void> {
    stored_scan.reset();
    auto now = transaction.scan(id);
    if (!now || !is_to_read(*now)) return {};
    note_pages(*file, pages, *now);
    now->parts = parts->id;
    now->reader_version = services.reader.version();
    transaction.add_document(*parts);
    const Instant at = services.clock.now();
    for (const std::string& set : sets_in(*now)) {
      transaction.mark_scan(id, set_mark(set));
      transaction.add_job(job::gather_set, set, at);
    }
    transaction.add_job(job::place_pages, id, at);
    transaction.update_scan(*now);
    AuditRecord row =
        audit_row("bot", now->state == "read" ? "scan-read" : "scan-refused", "by " + now->reader_version);
    row.subject = id;
    row.at = at;
    transaction.append_audit(std::move(row));
    stored_scan = std::move(now);
    return {};
  });
  if (!stored || !stored_scan) remove_files(services, {parts->id});
  if (!stored) return fail(stored.error());
  if (!stored_scan) return {};
  count_scan(services, *stored_scan);
  count_fields(services, *file);
  services.log.info("scan-read", {{"scan", id},
                                  {"state", stored_scan->state},
                                  {"reason", stored_scan->reason},
                                  {"pages", static_cast<std::int64_t>(file->pages.size())}});
  if (services.wake) services.wake();
  return {};
}

Instant end_of_wait(const ScanRecord& scan) {
  return start_of_day(add_days(add_working_days(local_date(scan.received), 1), 1));
}

std::vector<int> loose_pages(const ScanRecord& scan) {
  std::vector<int> indices;
  for (const Value& page : scan.pages.items()) {
    const bool waits = page["where"].text_or_empty().empty();
    const std::string& problem = page["problem"].text_or_empty();
    const bool is_of_a_form = problem == "resembles-form" || problem == "template-other-municipality";
    if (waits && !is_of_a_form && page["sort"].text_or_empty() == "other" &&
        page["set"].text_or_empty().empty())
      indices.push_back(static_cast<int>(page["index"].as_integer().value_or(0)));
  }
  return indices;
}

std::vector<std::string> sets_in(const ScanRecord& scan) {
  std::vector<std::string> sets;
  for (const Value& page : scan.pages.items()) {
    const std::string& set = page["set"].text_or_empty();
    if (page["sort"].text_or_empty() == "form" && std::find(sets.begin(), sets.end(), set) == sets.end())
      sets.push_back(set);
  }
  return sets;
}

bool has_one_form_alone(const ScanRecord& scan) {
  const bool sheets = std::any_of(scan.pages.items().begin(), scan.pages.items().end(),
                                  [](const Value& page) { return page["sort"].text_or_empty() == "sheet"; });
  return !sheets && sets_in(scan).size() == 1;
}

Result<void> give_up_paper(const Services& services, const Job& job) {
  std::vector<std::string> ids{job.subject};
  if (job.kind == job::gather_set) {
    ids.clear();
    const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
      for (const ScanRecord& scan : transaction.scans_marked(set_mark(job.subject))) ids.push_back(scan.id);
      return {};
    });
    if (!read) return fail(read.error());
  }
  for (const std::string& id : ids) {
    OpenedScan opened;
    const auto marked = services.store.write([&](Transaction& transaction) -> Result<void> {
      auto scan = transaction.scan(id);
      if (!scan) return fail(ErrorCode::not_found, "There is no scan with this number.");
      if (is_to_read(*scan)) {
        scan->state = "failed";
        scan->reason = "processing-failed";
        transaction.update_scan(*scan);
      }
      opened.record = std::move(*scan);
      return {};
    });
    if (!marked) return fail(marked.error());
    PostItem item;
    item.key = "gave-up\n" + id + "\n" + job.kind + "\n" + job.subject;
    item.reasons = {reason_of_refusal("processing-failed")};
    for (const Value& page : opened.record.pages.items()) {
      const bool concerned = job.kind != job::gather_set || page["set"].text_or_empty() == job.subject ||
                             has_one_form_alone(opened.record);
      if (concerned && page["where"].text_or_empty().empty())
        item.indices.push_back(static_cast<int>(page["index"].as_integer().value_or(0)));
    }
    if (opened.record.state == "read" && item.indices.empty()) continue;  // everything has its place
    if (opened.record.state != "read" && !opened.record.applications.empty()) continue;
    // What was read may be what cannot be opened: the untouched file is enough.
    if (auto with_pages = open_scan(services, opened.record)) opened = std::move(*with_pages);
    const auto queued = put_in_queue(services, opened, item);
    if (!queued) return fail(queued.error());
    if (opened.record.state == "failed") count_scan(services, opened.record);
  }
  return {};
}

}  // namespace softbot::pipeline

#include <algorithm>
#include <map>
#include <tuple>

#include "domain/paper.h"
#include "domain/zone.h"
#include "pipeline/asking.h"
#include "pipeline/incoming_post.h"
#include "pipeline/moves.h"
#include "pipeline/paper_stages.h"
#include "pipeline/scan_intake.h"
#include "pipeline/stages.h"
#include "pipeline/terms.h"
#include "queue/reasons.h"

namespace softbot::pipeline {
namespace {

/// The pages of one sheet that came back.
struct Sheet {
  ApplicationReference reference;
  std::string kind;
  std::int64_t number = 0;
  std::vector<int> indices;
  std::string signature = "absent";  ///< found, doubtful, absent
};

int index_of(const Value& page) {
  return static_cast<int>(page["index"].as_integer().value_or(0));
}

bool waits(const Value& page) {
  return page["where"].text_or_empty().empty();
}

/// One page that is surely signed signs the sheet; one that is not surely empty leaves a doubt.
void add_signature(const ReadPage* page, Sheet& sheet) {
  if (page == nullptr || sheet.signature == "found") return;
  const bool readable = page->problem.empty();
  if (page->signature && *page->signature && readable) {
    sheet.signature = "found";
  } else if (!page->signature || !readable) {
    sheet.signature = "doubtful";
  }
}

std::vector<Sheet> sheets_in(const OpenedScan& scan) {
  std::vector<Sheet> sheets;
  for (const Value& page : scan.record.pages.items()) {
    if (page["sort"].text_or_empty() != "sheet" || !waits(page)) continue;
    const ApplicationReference reference(page["reference"].text_or_empty());
    const std::string& kind = page["kind"].text_or_empty();
    const auto number = page["sheetNumber"].as_integer().value_or(0);
    auto found = std::find_if(sheets.begin(), sheets.end(), [&](const Sheet& one) {
      return one.reference == reference && one.kind == kind && one.number == number;
    });
    if (found == sheets.end()) {
      sheets.push_back({reference, kind, number, {}, "absent"});
      found = std::prev(sheets.end());
    }
    found->indices.push_back(index_of(page));
    add_signature(page_at(scan.read, index_of(page)), *found);
  }
  return sheets;
}

/// The case that a sheet names, and whose it is; nothing when there is none that could take it.
Result<std::optional<Destination>> case_of(const Services& services, const ApplicationReference& reference) {
  std::optional<Destination> destination;
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    const auto application = transaction.application(reference);
    const auto person = application && application->type != incoming_post_type
                            ? transaction.person(application->person)
                            : std::nullopt;
    if (person && !person->wrapped_key.empty()) destination = Destination{reference, *person};
    return {};
  });
  if (!read) return fail(read.error());
  return destination;
}

/// A sheet with a signature confirms by itself; anything else is for a person. What became of it.
Result<std::string> take_signed_sheet(const Services& services, Transaction& transaction,
                                      const ScanRecord& scan, const Sheet& sheet, Application& application,
                                      Effects& effects) {
  const Staff mail_room{scan.by, "", {}};
  const Date day = std::max(scan.received_on, local_date(application.received));
  const bool open = must_be_open(application).has_value();
  if (!open || sheet.signature != "found") {
    add_event(application, "sheet-unsigned", day, services.clock.now(), scan.by);
    queue::add_reason(application.open_tasks, queue::reason(open ? "sheet-unsigned" : "documents"));
    return sheet.signature == "found" ? "signed" : sheet.signature == "absent" ? "unsigned" : "doubtful";
  }
  IncomingEvent event;
  event.kind = "signed-sheet";
  event.received = day;
  event.sheet = sheet.number;
  const bool outdated_before = std::any_of(application.open_tasks.begin(), application.open_tasks.end(),
                                           [](const Reason& task) { return task.code == "sheet-outdated"; });
  if (auto taken = take_incoming(services, transaction, mail_room, event, application, effects); !taken)
    return fail(taken.error());
  const bool outdated = std::any_of(application.open_tasks.begin(), application.open_tasks.end(),
                                    [](const Reason& task) { return task.code == "sheet-outdated"; });
  return outdated && (!outdated_before || application.signed_by.empty()) ? "outdated" : "signed";
}

/// Handwriting on lines is shown, not guessed: a person types it over.
std::string take_reply(const Services& services, const ScanRecord& scan, Application& application) {
  const Date day = std::max(scan.received_on, local_date(application.received));
  add_event(application, "reply-on-paper", day, services.clock.now(), scan.by);
  queue::add_reason(application.open_tasks, queue::reason("reply-on-paper"));
  if (application.team.empty()) application.team = team_of(services, application);
  return "reply";
}

/// What goes with a sheet: its pages, and loose ones that nothing else in the file could claim.
Result<void> place_sheet(const Services& services, const OpenedScan& scan, const Sheet& sheet,
                         const Destination& destination, const std::vector<int>& along) {
  std::vector<int> indices = sheet.indices;
  indices.insert(indices.end(), along.begin(), along.end());
  auto documents = keep_loose(services, destination, scan, indices);
  if (!documents) return fail(documents.error());
  if (is_whole(scan.record, indices)) {
    auto file = keep_whole_file(services, destination, scan.record);
    if (!file) return fail(file.error());
    documents->push_back(std::move(*file));
  }
  std::vector<DocumentId> files;
  const auto edited = edit_application(
      services, destination.reference,
      [&](Transaction& transaction, Application& application, Effects& effects) -> Result<void> {
        files.clear();
        auto now = transaction.scan(scan.record.id);
        if (!now || now->pages != scan.record.pages)
          return fail(Error{ErrorCode::stale, "The scan changed meanwhile.", true, {}});
        if (application.person != destination.person.id)
          return fail(Error{ErrorCode::stale, "The case moved meanwhile.", true, {}});
        std::string outcome;
        if (sheet.kind == "sign-sheet") {
          auto taken = take_signed_sheet(services, transaction, scan.record, sheet, application, effects);
          if (!taken) return fail(taken.error());
          outcome = std::move(*taken);
        } else {
          outcome = take_reply(services, scan.record, application);
        }
        attach(scan.record, along, *documents, application);
        effects.documents.insert(effects.documents.end(), documents->begin(), documents->end());
        effects.audit.push_back(audit_row("bot", "sheet:" + outcome));
        place(*now, indices, "case", destination.reference);
        now->sheets.push(Value::object({{"reference", sheet.reference.text},
                                        {"kind", sheet.kind},
                                        {"sheetNumber", sheet.number},
                                        {"outcome", outcome}}));
        files = store_scan(transaction, *now);
        return {};
      });
  if (!edited) return fail(edited.error());
  remove_files(services, files);
  return {};
}

/// Sheets of cases that are there, each to its own. Reads the scan anew after each, as each changes it.
Result<void> place_sheets(const Services& services, OpenedScan& scan) {
  const std::vector<Sheet> sheets = sheets_in(scan);
  std::vector<std::pair<Sheet, Destination>> known;
  for (const Sheet& sheet : sheets) {
    const auto destination = case_of(services, sheet.reference);
    if (!destination) return fail(destination.error());
    if (*destination) known.emplace_back(sheet, **destination);
  }
  // What lies behind the one sheet of a file, such as a bank statement that was asked for, belongs to it.
  const bool alone = known.size() == 1 && sheets.size() == 1 && sets_in(scan.record).empty();
  for (const auto& [sheet, destination] : known) {
    const auto along = alone ? loose_pages(scan.record) : std::vector<int>();
    if (auto placed = place_sheet(services, scan, sheet, destination, along); !placed) return placed;
    auto again = load_scan(services, scan.record.id);
    if (!again) return fail(again.error());
    scan.record = std::move(*again);
  }
  return {};
}

void note_sheets_without_case(const ScanRecord& scan, Value& sheets) {
  for (const Value& page : scan.pages.items()) {
    if (page["sort"].text_or_empty() != "sheet" || !waits(page)) continue;
    sheets.push(Value::object({{"reference", page["reference"]},
                               {"kind", page["kind"]},
                               {"sheetNumber", page["sheetNumber"]},
                               {"outcome", "without-case"}}));
  }
}

/// All pages of a scan on which nothing was seen. They are not thrown away: thin pencil may look like paper.
std::vector<int> pages_of_blank_scan(const ScanRecord& scan) {
  std::vector<int> indices;
  for (const Value& page : scan.pages.items()) {
    if (page["sort"].text_or_empty() != "blank" || page["where"].text_or_empty() != "none") return {};
    indices.push_back(index_of(page));
  }
  return indices;
}

/// Everything that still waits and is no form that is being gathered: an item for a person.
Result<void> queue_the_rest(const Services& services, const OpenedScan& scan) {
  PostItem item;
  item.key = "rest\n" + scan.record.id;
  std::vector<Value> waiting;
  for (const Value& page : scan.record.pages.items()) {
    if (!waits(page) || page["sort"].text_or_empty() == "form") continue;
    item.indices.push_back(index_of(page));
    waiting.push_back(page);
  }
  item.reasons = reasons_of_pages(waiting);
  if (item.indices.empty()) {
    item.indices = pages_of_blank_scan(scan.record);
    item.reasons = {queue::reason("scan-blank")};
  }
  if (item.indices.empty()) return {};
  const auto queued = put_in_queue(services, scan, item);
  if (!queued) return fail(queued.error());
  Value without_case = Value::list();
  note_sheets_without_case(scan.record, without_case);
  if (without_case.items().empty()) return {};
  return services.store.write([&](Transaction& transaction) -> Result<void> {
    auto now = transaction.scan(scan.record.id);
    if (!now || !now->sheets.items().empty()) return {};
    now->sheets = without_case;
    transaction.update_scan(*now);
    return {};
  });
}

Result<void> queue_refused(const Services& services, const OpenedScan& scan) {
  if (!scan.record.applications.empty()) return {};
  PostItem item;
  item.key = "rest\n" + scan.record.id;
  item.reasons = {reason_of_refusal(scan.record.reason)};
  const auto queued = put_in_queue(services, scan, item);
  if (!queued) return fail(queued.error());
  return {};
}

}  // namespace

Result<std::vector<DocumentRecord>> keep_loose(const Services& services, const Destination& destination,
                                               const OpenedScan& scan, const std::vector<int>& indices) {
  std::vector<DocumentRecord> documents;
  for (const int index : indices) {
    const ReadPage* page = page_at(scan.read, index);
    if (page == nullptr) continue;
    auto kept = keep_page(services, destination, *page,
                          "Bladzijde " + std::to_string(index + 1) + " van de post", WholeFile::stays_behind);
    if (!kept) return fail(kept.error());
    if (*kept) documents.push_back(std::move(**kept));
  }
  return documents;
}

void attach(const ScanRecord& scan, const std::vector<int>& indices,
            const std::vector<DocumentRecord>& documents, Application& application) {
  if (indices.empty()) return;
  for (const DocumentRecord& document : documents) {
    application.attachments.push(Value::object({{"document", document.id.text},
                                                {"kind", "other"},
                                                {"fileName", document.file_name},
                                                {"mediaType", document.media_type},
                                                {"bytes", document.bytes},
                                                {"iban", ""},
                                                {"periodFrom", ""},
                                                {"periodTo", ""}}));
  }
  queue::add_reason(application.open_tasks, queue::reason("documents"));
  for (const Value& page : scan.pages.items()) {
    const bool here = std::find(indices.begin(), indices.end(), index_of(page)) != indices.end();
    const std::string& kind = page["kind"].text_or_empty();
    if (!here) continue;
    if (!kind.empty() && page["sort"].text_or_empty() == "other")
      queue::add_reason(application.open_tasks, queue::reason("post-" + kind));
    if (!page["problem"].text_or_empty().empty())
      paper::add_doubt(application, queue::reason("page-unreadable"));
  }
}

Result<void> place_pages(const Services& services, const std::string& id) {
  auto record = load_scan(services, id);
  if (!record) return fail(record.error());
  auto scan = open_scan(services, *record);
  if (!scan) return fail(scan.error());
  if (record->state == "refused") return queue_refused(services, *scan);
  if (record->state != "read") return {};
  if (auto placed = place_sheets(services, *scan); !placed) return placed;
  // Loose pages go with the one form of their file, when that is gathered.
  const bool with_form = has_one_form_alone(scan->record);
  const auto loose = loose_pages(scan->record);
  const bool only_loose = std::all_of(
      scan->record.pages.items().begin(), scan->record.pages.items().end(), [&](const Value& page) {
        return !waits(page) || page["sort"].text_or_empty() == "form" ||
               std::find(loose.begin(), loose.end(), index_of(page)) != loose.end();
      });
  if (with_form && only_loose) return {};
  return queue_the_rest(services, *scan);
}

}  // namespace softbot::pipeline

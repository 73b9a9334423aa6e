#include "pipeline/scan_intake.h"

#include "domain/date.h"
#include "domain/zone.h"
#include "pipeline/edit.h"
#include "pipeline/views.h"
#include "queue/reasons.h"

namespace softbot::pipeline {
namespace {

/// A letter may have lain for a while before it was scanned, but not for years.
constexpr int oldest_receipt_days = 366;

tl::unexpected<Error> wrong(std::string field, std::string code, std::string message) {
  return fail(Error{ErrorCode::invalid_input,
                    "The scan is not accepted.",
                    false,
                    {{std::move(field), std::move(code), std::move(message)}}});
}

Result<void> check(const Services& services, const IncomingScan& incoming) {
  const auto configuration = services.configuration();
  if (incoming.bytes.empty() && incoming.refused.empty())
    return wrong("file", "empty", "The file is empty. Send the bytes of a PDF, TIFF, JPEG or PNG.");
  if (configuration->municipalities->find(incoming.municipality) == configuration->municipalities->end())
    return wrong("municipality", "unknown-municipality", "This municipality is not served here.");
  if (incoming.received_on) {
    const Date day = today(services);
    if (!incoming.received_on->ok() || day < *incoming.received_on ||
        *incoming.received_on < add_days(day, -oldest_receipt_days)) {
      return wrong("received", "out-of-range",
                   "The day of receipt is a date as 2026-12-01, not in the future and at most a year ago.");
    }
  }
  if (incoming.refused.empty() && scan_media_type(incoming.bytes).empty()) {
    return fail(Error{ErrorCode::unsupported,
                      "This is no kind of file that a scanner makes. Send a PDF, TIFF, JPEG or PNG.",
                      false,
                      {{"file", "unsupported", "Send a PDF, TIFF, JPEG or PNG."}}});
  }
  return {};
}

struct Earlier {
  std::optional<ScanRecord> scan;
  PersonRecord person;
};

/// The scan of these bytes if there is one; an error when the key came with other bytes.
Result<std::optional<ScanRecord>> earlier_scan(Transaction& transaction, const std::string& commitment,
                                               const std::string& key_mark) {
  auto same = transaction.scan_by_content(commitment);
  if (!key_mark.empty()) {
    for (const ScanRecord& other : transaction.scans_marked(key_mark)) {
      if (other.content_commitment == commitment) continue;
      return fail(ErrorCode::key_reused,
                  "This Idempotency-Key was used before with another file. Use a new key for another file.");
    }
  }
  return same;
}

void store_new(Transaction& transaction, const ScanRecord& scan, const DocumentRecord& document,
               const std::string& key_mark) {
  transaction.add_document(document);
  transaction.add_scan(scan);
  if (!key_mark.empty()) transaction.mark_scan(scan.id, key_mark);
  transaction.add_job(scan.state == "refused" ? job::place_pages : job::read_scan, scan.id, scan.received);
  AuditRecord row = audit_row(scan.by, "scan-received");
  row.subject = scan.id;
  row.at = scan.received;
  row.commitment = scan.content_commitment;
  transaction.append_audit(std::move(row));
}

Value reason_of(const ScanRecord& scan) {
  if (scan.reason.empty()) return {};
  return Value::object({{"code", scan.reason}, {"text", queue::scan_reason_text(scan.reason)}});
}

/// As versions of the policy, of forms and of letters have it.
bool is_content_address(std::string_view typed) {
  return typed.size() == 64 && typed.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace

std::string_view scan_media_type(std::string_view bytes) {
  using namespace std::string_view_literals;
  if (bytes.substr(0, 1024).find("%PDF-") != std::string_view::npos) return "application/pdf";
  if (bytes.starts_with("II*\0"sv) || bytes.starts_with("MM\0*"sv)) return "image/tiff";
  if (bytes.starts_with("\xFF\xD8\xFF"sv)) return "image/jpeg";
  if (bytes.starts_with("\x89PNG\r\n\x1A\n"sv)) return "image/png";
  return {};
}

Result<TakenScan> take_scan(const Services& services, const IncomingScan& incoming) {
  if (auto fits = check(services, incoming); !fits) return fail(fits.error());
  const std::string commitment = services.vault.commitment("scan", incoming.bytes);
  const std::string key_mark =
      incoming.idempotency_key.empty()
          ? std::string()
          : "key:" + services.vault.commitment("idempotency", incoming.idempotency_key);
  std::optional<ScanRecord> earlier;
  PersonRecord person;
  const auto known = services.store.write([&](Transaction& transaction) -> Result<void> {
    auto found = earlier_scan(transaction, commitment, key_mark);
    if (!found) return fail(found.error());
    earlier = std::move(*found);
    if (!earlier) person = transaction.find_or_add_person("");
    return {};
  });
  if (!known) return fail(known.error());
  if (earlier) return TakenScan{std::move(*earlier), true};

  ScanRecord scan;
  scan.id = new_id(services.vault);
  scan.person = person.id;
  scan.municipality = incoming.municipality;
  scan.source = incoming.source;
  scan.by = incoming.by;
  scan.received = services.clock.now();
  scan.received_on = incoming.received_on.value_or(local_date(scan.received));
  scan.content_commitment = commitment;
  scan.state = incoming.refused.empty() ? "waiting" : "refused";
  scan.reason = incoming.refused;
  scan.media_type = scan_media_type(incoming.bytes);
  if (scan.media_type.empty()) scan.media_type = "application/octet-stream";
  scan.bytes = static_cast<std::int64_t>(incoming.bytes.size());
  scan.file_name = incoming.file_name;
  DocumentRecord document;
  document.kind = "scan";
  document.title = "Scan";
  document.file_name = incoming.file_name;
  document.media_type = scan.media_type;
  auto kept = keep_document(services, person, std::move(document), incoming.bytes);
  if (!kept) return fail(kept.error());
  scan.document = kept->id;

  const auto stored = services.store.write([&](Transaction& transaction) -> Result<void> {
    auto found = earlier_scan(transaction, commitment, key_mark);
    if (!found) return fail(found.error());
    earlier = std::move(*found);
    if (!earlier) store_new(transaction, scan, *kept, key_mark);
    return {};
  });
  if (!stored || earlier) (void)services.files.remove(kept->id);
  if (!stored) return fail(stored.error());
  if (earlier) return TakenScan{std::move(*earlier), true};
  count_scan(services, scan);
  if (services.wake) services.wake();
  return TakenScan{std::move(scan), false};
}

Result<LogSubject> log_subject(const Services& services, std::string_view typed) {
  if (is_content_address(typed)) return LogSubject{std::string(typed), {}};
  if (services.configuration()->municipalities->contains(typed))
    return LogSubject{std::string(typed), std::string(typed)};
  LogSubject subject{normalise_reference(typed), {}};
  std::string number = subject.name;
  std::erase(number, '-');
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    if (const auto scan = transaction.scan(number)) {
      subject = {scan->id, scan->municipality};
    } else if (const auto application = transaction.application(ApplicationReference(subject.name))) {
      subject.municipality = application->municipality;
    }
    return {};
  });
  if (!read) return fail(read.error());
  return subject;
}

Result<ScanRecord> load_scan(const Services& services, std::string_view id) {
  std::optional<ScanRecord> scan;
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    scan = transaction.scan(id);
    return {};
  });
  if (!read) return fail(read.error());
  if (!scan) return fail(ErrorCode::not_found, "There is no scan with this number.");
  return std::move(*scan);
}

Result<Value> view_of_scan(const Services& services, const ScanRecord& scan) {
  Value applications = Value::list();
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    applications = Value::list();
    for (const ApplicationReference& reference : scan.applications) {
      const auto application = transaction.application(reference);
      if (!application) continue;
      applications.push(Value::object({{"reference", reference.text},
                                       {"type", application->type},
                                       {"status", name_of(application->status)}}));
    }
    return {};
  });
  if (!read) return fail(read.error());
  return Value::object({{"id", scan.id},
                        {"state", scan.state},
                        {"reason", reason_of(scan)},
                        {"municipality", scan.municipality},
                        {"source", scan.source},
                        {"by", scan.by},
                        {"received", format_instant(scan.received)},
                        {"receivedOn", format_iso(scan.received_on)},
                        {"fileName", scan.file_name},
                        {"mediaType", scan.media_type},
                        {"bytes", scan.bytes},
                        {"readerVersion", scan.reader_version},
                        {"looksLikeEarlier", scan.looks_like_earlier},
                        {"pages", scan.pages},
                        {"applications", std::move(applications)},
                        {"sheets", scan.sheets}});
}

void count_scan(const Services& services, const ScanRecord& scan) {
  services.metrics
      .counter("softbot_scans_total", "Scans that came into a state.",
               {{"state", scan.state}, {"source", scan.source}})
      .add();
}

}  // namespace softbot::pipeline

#include "pipeline/incoming_post.h"

#include <algorithm>
#include <array>

#include "domain/json.h"
#include "domain/zone.h"
#include "pipeline/asking.h"
#include "pipeline/post_letters.h"
#include "pipeline/terms.h"
#include "pipeline/views.h"
#include "queue/reasons.h"

namespace softbot::pipeline {
namespace {

Application new_item(const Services& services, const ScanRecord& scan, const PostItem& item) {
  Application application;
  application.reference = new_reference(services.vault);
  application.type = incoming_post_type;
  application.law = "awb";
  application.municipality = scan.municipality;
  application.channel = "paper";
  application.received = receipt_of(services, scan.received_on);
  application.status = ApplicationStatus::referred;
  application.reasons = item.reasons;
  application.attachments = Value::list();
  application.common = Value::object();
  application.fields = Value::object();
  add_event(application, "post-received", scan.received_on, services.clock.now(), scan.by);
  add_event(application, "referred", today(services), services.clock.now(), "bot");
  application.team = team_of(services, application);
  return application;
}

SubmissionRecord submission_of(const Services& services, const ScanRecord& scan, const PostItem& item,
                               const Application& application) {
  SubmissionRecord record;
  record.id = application.submission;
  record.person = application.person;
  record.channel = "paper";
  record.received = application.received;
  record.idempotency_scope = "scan";
  record.idempotency_key = services.vault.commitment("idempotency", "post\n" + item.key);
  record.body_commitment = scan.content_commitment;
  record.body = to_json(Value::object({{"scan", scan.id}}));
  record.applications = {application.reference};
  return record;
}

constexpr std::string_view page_word = "Bladzijde";

std::string page_title(int index) {
  return std::string(page_word) + " " + std::to_string(index + 1);
}

std::vector<std::string> codes_of_page(const Value& page) {
  const std::string& problem = page["problem"].text_or_empty();
  const std::string& kind = page["kind"].text_or_empty();
  if (page["sort"].text_or_empty() == "sheet") return {"sheet-without-case"};
  static constexpr std::array<std::string_view, 4> told{"unknown-form", "other-municipality",
                                                        "resembles-form", "template-other-municipality"};
  if (std::find(told.begin(), told.end(), problem) != told.end()) return {problem};
  if (!problem.empty()) return {"page-unreadable"};
  std::vector<std::string> codes{"letter-without-form"};
  if (!kind.empty()) codes.push_back("post-" + kind);
  return codes;
}

/// The page images, and the untouched file where all of it goes here.
Result<std::vector<DocumentRecord>> keep_pages(const Services& services, const Destination& destination,
                                               const ScanRecord& scan, const ReadFile& read,
                                               const std::vector<int>& indices) {
  std::vector<DocumentRecord> documents;
  const bool whole = indices.empty() || is_whole(scan, indices);
  for (const int index : indices) {
    const ReadPage* page = page_at(read, index);
    if (page == nullptr) continue;
    auto kept = keep_page(services, destination, *page, page_title(index),
                          whole ? WholeFile::goes_along : WholeFile::stays_behind);
    if (!kept) return fail(kept.error());
    if (*kept) documents.push_back(std::move(**kept));
  }
  // A page that nothing was made of can be seen in the file alone.
  const bool unseen = std::any_of(indices.begin(), indices.end(), [&](int index) {
    const ReadPage* page = page_at(read, index);
    return page == nullptr || page->images.empty();
  });
  if (whole || unseen) {
    auto kept = keep_whole_file(services, destination, scan);
    if (!kept) return fail(kept.error());
    documents.push_back(std::move(*kept));
  }
  return documents;
}

/// Pages of one scan, as they were when somebody looked.
struct Part {
  const ScanRecord* seen = nullptr;
  std::vector<int> indices;
};

Result<void> place_part(Transaction& transaction, const Part& part, const ApplicationReference& reference,
                        std::vector<DocumentId>& files) {
  auto scan = transaction.scan(part.seen->id);
  if (!scan || scan->pages != part.seen->pages)
    return fail(Error{ErrorCode::stale, "The scan changed meanwhile.", true, {}});
  place(*scan, part.indices, "post", reference);
  for (DocumentId& file : store_scan(transaction, *scan)) files.push_back(std::move(file));
  return {};
}

}  // namespace

Result<ApplicationReference> put_in_queue(const Services& services, const OpenedScan& scan,
                                          const PostItem& item, const std::vector<MorePages>& also) {
  std::optional<SubmissionRecord> earlier;
  Destination destination;
  Application application = new_item(services, scan.record, item);
  application.submission = SubmissionId(new_id(services.vault));
  const std::string key = services.vault.commitment("idempotency", "post\n" + item.key);
  const auto known = services.store.write([&](Transaction& transaction) -> Result<void> {
    earlier = transaction.submission_by_key(key);
    if (!earlier) destination.person = transaction.find_or_add_person("");
    return {};
  });
  if (!known) return fail(known.error());
  if (earlier && !earlier->applications.empty()) return earlier->applications.front();

  const auto kinds = letter_kinds(services);
  if (!kinds) return fail(kinds.error());
  auto letters = letters_on(services, *kinds, scan, item.indices);
  if (!letters) return fail(letters.error());
  add_letter_reasons(*kinds, *letters, application.reasons);
  application.paper = std::move(*letters);
  application.person = destination.person.id;
  destination.reference = application.reference;
  auto documents = keep_pages(services, destination, scan.record, scan.read, item.indices);
  if (!documents) return fail(documents.error());
  std::vector<Part> parts{{&scan.record, item.indices}};
  for (const MorePages& more : also) {
    auto kept = keep_pages(services, destination, more.scan, more.read, more.indices);
    if (!kept) return fail(kept.error());
    documents->insert(documents->end(), kept->begin(), kept->end());
    parts.push_back({&more.scan, more.indices});
  }
  std::vector<DocumentId> files;
  const auto stored = services.store.write([&](Transaction& transaction) -> Result<void> {
    files.clear();
    transaction.add_submission(submission_of(services, scan.record, item, application));
    transaction.add_application(application);
    for (const DocumentRecord& document : *documents) transaction.add_document(document);
    AuditRecord row = audit_row("bot", "post-queued");
    row.subject = application.reference.text;
    row.at = services.clock.now();
    transaction.append_audit(std::move(row));
    for (const Part& part : parts) {
      if (auto placed = place_part(transaction, part, application.reference, files); !placed) return placed;
    }
    return {};
  });
  if (!stored) return fail(stored.error());
  remove_files(services, files);
  return application.reference;
}

std::vector<Reason> reasons_of_pages(const std::vector<Value>& pages) {
  std::vector<std::pair<std::string, std::vector<int>>> told;
  for (const Value& page : pages) {
    const int number = static_cast<int>(page["index"].as_integer().value_or(0)) + 1;
    for (const std::string& code : codes_of_page(page)) {
      auto same = std::find_if(told.begin(), told.end(), [&](const auto& one) { return one.first == code; });
      if (same == told.end()) same = told.insert(told.end(), {code, {}});
      same->second.push_back(number);
    }
  }
  std::vector<Reason> reasons;
  for (const auto& [code, numbers] : told)
    reasons.push_back(numbers.size() == pages.size() ? queue::reason(code)
                                                     : queue::reason_of_pages(code, page_word, numbers));
  return reasons;
}

Reason reason_of_refusal(std::string_view code) {
  if (code == "encrypted") return queue::reason("scan-encrypted");
  if (code == "unsupported") return queue::reason("scan-unsupported");
  if (code == "processing-failed") return queue::reason("processing-failed");
  return queue::reason("scan-unreadable");
}

}  // namespace softbot::pipeline

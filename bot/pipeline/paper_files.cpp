#include "pipeline/paper_files.h"

#include <algorithm>
#include <set>

#include "domain/zone.h"
#include "pipeline/read_parts.h"
#include "pipeline/views.h"

namespace softbot::pipeline {
namespace {

Result<std::string> open_sealed(const Services& services, const PersonId& owner, const DocumentId& document) {
  std::optional<PersonRecord> person;
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    person = transaction.person(owner);
    return {};
  });
  if (!read) return fail(read.error());
  if (!person || person->wrapped_key.empty() || document.empty())
    return fail(ErrorCode::not_found, "The file of this scan is not here any more.");
  const auto sealed = services.files.get(document);
  if (!sealed) return fail(sealed.error());
  return services.vault.open(person->wrapped_key, document_context(document), *sealed);
}

DocumentRecord image_record(const Destination& destination, std::string kind, std::string title,
                            const ReadImage& image) {
  DocumentRecord record;
  record.reference = destination.reference;
  record.kind = std::move(kind);
  record.title = std::move(title);
  record.file_name = image.media_type == "image/jpeg" ? "pagina.jpg" : "pagina.png";
  record.media_type = image.media_type;
  return record;
}

Result<std::optional<DocumentRecord>> keep_image(const Services& services, const Destination& destination,
                                                 DocumentRecord record, const ReadImage& image) {
  auto kept = keep_document(services, destination.person, std::move(record), image.bytes);
  if (!kept) return fail(kept.error());
  return std::optional<DocumentRecord>(std::move(*kept));
}

bool waits(const Value& page) {
  return page["where"].text_or_empty().empty();
}

/// Everything of the scan went to one case, which holds the untouched file too.
bool is_one_cases(const ScanRecord& scan) {
  if (scan.state != "read") return !scan.applications.empty();
  std::set<std::string> references;
  for (const Value& page : scan.pages.items()) {
    if (page["where"].text_or_empty() != "none") references.insert(page["case"].text_or_empty());
  }
  return references.size() == 1;
}

}  // namespace

Result<OpenedScan> open_scan(const Services& services, const ScanRecord& record) {
  OpenedScan opened;
  opened.record = record;
  if (record.parts.empty()) return opened;
  const auto bytes = open_sealed(services, record.person, record.parts);
  if (!bytes) return fail(bytes.error());
  auto read = read_file_from(*bytes);
  if (!read) return fail(read.error());
  opened.read = std::move(*read);
  return opened;
}

Result<std::string> scan_bytes(const Services& services, const ScanRecord& record) {
  return open_sealed(services, record.person, record.document);
}

const ReadPage* page_at(const ReadFile& file, int index) {
  const auto found = std::find_if(file.pages.begin(), file.pages.end(),
                                  [&](const ReadPage& page) { return page.index == index; });
  return found == file.pages.end() ? nullptr : &*found;
}

Result<std::optional<DocumentRecord>> keep_page(const Services& services, const Destination& destination,
                                                const ReadPage& page, const std::string& title,
                                                WholeFile whole) {
  if (page.images.empty()) return std::optional<DocumentRecord>();
  DocumentRecord record = image_record(destination, "scan-page", title, page.images.front());
  record.own = whole == WholeFile::stays_behind;
  record.for_resident = record.own;
  return keep_image(services, destination, std::move(record), page.images.front());
}

Result<std::optional<DocumentRecord>> keep_crop(const Services& services, const Destination& destination,
                                                const ReadPage& page, int image, const std::string& title) {
  if (image < 0 || static_cast<std::size_t>(image) >= page.images.size())
    return std::optional<DocumentRecord>();
  const ReadImage& crop = page.images[static_cast<std::size_t>(image)];
  return keep_image(services, destination, image_record(destination, "scan-crop", title, crop), crop);
}

Result<DocumentRecord> keep_whole_file(const Services& services, const Destination& destination,
                                       const ScanRecord& scan) {
  const auto bytes = scan_bytes(services, scan);
  if (!bytes) return fail(bytes.error());
  DocumentRecord record;
  record.reference = destination.reference;
  record.kind = "scan";
  record.title = "Uw papieren post (scan)";
  record.file_name = scan.file_name;
  record.media_type = scan.media_type;
  record.own = true;
  record.for_resident = true;
  return keep_document(services, destination.person, std::move(record), *bytes);
}

bool is_whole(const ScanRecord& scan, const std::vector<int>& indices) {
  return std::all_of(scan.pages.items().begin(), scan.pages.items().end(), [&](const Value& page) {
    const auto index = page["index"].as_integer().value_or(-1);
    return page["where"].text_or_empty() == "none" ||
           std::find(indices.begin(), indices.end(), static_cast<int>(index)) != indices.end();
  });
}

void place(ScanRecord& scan, const std::vector<int>& indices, std::string_view where,
           const ApplicationReference& reference) {
  Value::List pages = scan.pages.items();
  for (Value& page : pages) {
    const auto index = static_cast<int>(page["index"].as_integer().value_or(-1));
    if (std::find(indices.begin(), indices.end(), index) == indices.end()) continue;
    page.set("where", where);
    page.set("case", reference.text);
  }
  scan.pages = Value(std::move(pages));
  if (std::find(scan.applications.begin(), scan.applications.end(), reference) == scan.applications.end())
    scan.applications.push_back(reference);
}

std::vector<DocumentId> store_scan(Transaction& transaction, ScanRecord& scan) {
  std::vector<DocumentId> files;
  const bool waiting = std::any_of(scan.pages.items().begin(), scan.pages.items().end(), waits) ||
                       (scan.state != "read" && scan.applications.empty());
  const bool over = !waiting && (scan.state == "read" || scan.state == "refused" || scan.state == "failed");
  if (over && !scan.parts.empty()) {
    files.push_back(scan.parts);
    scan.parts = DocumentId();
  }
  const bool given_away = over && is_one_cases(scan);
  if (given_away && !scan.document.empty()) {
    files.push_back(scan.document);
    scan.document = DocumentId();
    scan.file_name.clear();
  }
  transaction.update_scan(scan);
  if (given_away) transaction.destroy_person_key(scan.person);
  return files;
}

void remove_files(const Services& services, const std::vector<DocumentId>& files) {
  for (const DocumentId& file : files) {
    if (!services.files.remove(file)) services.log.warn("scan-file-left", {});
  }
}

Instant receipt_of(const Services& services, Date received_on) {
  const Instant now = services.clock.now();
  return received_on == local_date(now) ? now : start_of_day(received_on);
}

std::string set_mark(std::string_view set) {
  return "set:" + std::string(set);
}

}  // namespace softbot::pipeline

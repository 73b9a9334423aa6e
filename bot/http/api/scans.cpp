#include <optional>
#include <utility>
#include <vector>

#include "domain/date.h"
#include "http/api/api.h"
#include "http/api/api_support.h"
#include "http/multipart.h"
#include "http/problem.h"
#include "pipeline/scan_intake.h"
#include "pipeline/staff_actions.h"

namespace softbot::http {
namespace {

constexpr std::uint64_t scan_readers = role::mail_room | role::consultant | role::auditor;
constexpr std::size_t longest_key = 200;
constexpr std::size_t most_files = 20;

tl::unexpected<Error> wrong(std::string field, std::string code, std::string message) {
  return fail(Error{ErrorCode::invalid_input,
                    "The scan is not accepted.",
                    false,
                    {{std::move(field), std::move(code), std::move(message)}}});
}

/// What comes with the files: form fields of a multipart body, or the query of a raw one. A file's name may
/// say something about a person, so it stands in no address.
struct Upload {
  std::vector<UploadedFile> files;
  std::string municipality;
  std::string received;
};

Result<Upload> upload_in(const Request& request, std::size_t most_bytes) {
  Upload upload;
  upload.municipality = request.query.get("municipality");
  upload.received = request.query.get("received");
  if (request.content_type() != "multipart/form-data") {
    UploadedFile file;
    file.name = safe_file_name(request.headers.get("File-Name"));
    file.content_type = request.content_type();
    file.content = request.body;
    upload.files.push_back(std::move(file));
    return upload;
  }
  MultipartLimits limits;
  limits.files = most_files;
  limits.file_bytes = most_bytes;
  auto form = parse_multipart(request.headers.get("Content-Type"), request.body, limits);
  if (!form) return fail(form.error());
  if (form->files.empty()) return wrong("file", "missing", "Send at least one file.");
  upload.files = std::move(form->files);
  if (form->fields.contains("municipality")) upload.municipality = form->fields.get("municipality");
  if (form->fields.contains("received")) upload.received = form->fields.get("received");
  return upload;
}

/// The municipality that was named, else the only one that the sender works for, else the default one.
Result<std::string> municipality_of(const Identity& identity, const Upload& upload,
                                    const ApiOptions& options) {
  std::string municipality = upload.municipality;
  if (municipality.empty() && identity.municipalities.size() == 1)
    municipality = identity.municipalities.front();
  if (municipality.empty()) municipality = options.default_municipality;
  if (!works_for(identity, municipality))
    return wrong("municipality", "not-yours", "Name a municipality that you work for.");
  return municipality;
}

Value taken_value(const pipeline::TakenScan& taken) {
  return Value::object({{"id", taken.scan.id},
                        {"location", "/api/v1/scans/" + taken.scan.id},
                        {"state", taken.scan.state},
                        {"repeated", taken.repeated}});
}

/// All files are looked at before any is kept: a refused one is sent again with the others.
Result<void> check_kinds(const Upload& upload) {
  for (const UploadedFile& file : upload.files) {
    if (file.content.empty())
      return wrong("file", "empty", "A file is empty. Send the bytes of a PDF, TIFF, JPEG or PNG.");
    if (pipeline::scan_media_type(file.content).empty()) {
      return fail(Error{ErrorCode::unsupported,
                        "A file is of no kind that a scanner makes. Send a PDF, TIFF, JPEG or PNG.",
                        false,
                        {{"file", "unsupported", "Send a PDF, TIFF, JPEG or PNG."}}});
    }
  }
  return {};
}

Response post_scan(const Services& services, const ApiOptions& options, const Request& request) {
  const Identity& identity = identity_of(request);
  const std::string_view key = request.headers.get("Idempotency-Key");
  if (key.size() > longest_key)
    return problem_response(wrong("Idempotency-Key", "too-long", "Use at most 200 characters.").value());
  auto upload = upload_in(request, options.scan_bytes);
  if (!upload) return problem_response(upload.error());
  const auto municipality = municipality_of(identity, *upload, options);
  if (!municipality) return problem_response(municipality.error());
  std::optional<Date> received;
  if (!upload->received.empty()) {
    const auto day = parse_iso_date(upload->received);
    if (!day)
      return problem_response(
          wrong("received", "not-a-date", "Give the day of receipt as 2026-12-01.").value());
    received = *day;
  }
  if (auto known = check_kinds(*upload); !known) return problem_response(known.error());

  Value scans = Value::list();
  std::string location;
  for (std::size_t i = 0; i < upload->files.size(); ++i) {
    pipeline::IncomingScan incoming;
    incoming.municipality = *municipality;
    incoming.source = "upload";
    incoming.by = identity.account;
    incoming.file_name = upload->files[i].name;
    incoming.bytes = std::move(upload->files[i].content);
    incoming.received_on = received;
    if (!key.empty())
      incoming.idempotency_key = identity.account + "\n" + std::to_string(i) + "\n" + std::string(key);
    const auto taken = pipeline::take_scan(services, incoming);
    if (!taken) return problem_response(taken.error());
    if (location.empty()) location = "/api/v1/scans/" + taken->scan.id;
    scans.push(taken_value(*taken));
  }
  return json_response(202, Value::object({{"scans", std::move(scans)}}))
      .with("Location", location)
      .with("Cache-Control", "no-store");
}

Response get_scan(const Services& services, const Request& request, const PathParameters& path) {
  const Identity& identity = identity_of(request);
  const auto scan = pipeline::load_scan(services, path["scan"]);
  if (!scan) return problem_response(scan.error());
  if (!works_for(identity, scan->municipality)) {
    return problem_response(Error{ErrorCode::not_found, "There is no scan with this number.", false, {}});
  }
  const auto noted =
      pipeline::record_look(services, identity.account, ApplicationReference(scan->id), purpose_of(request));
  if (!noted) return problem_response(noted.error());
  const auto view = pipeline::view_of_scan(services, *scan);
  if (!view) return problem_response(view.error());
  return json_response(200, *view).with("Cache-Control", "no-store");
}

Response get_scans(const Services& services, const Request& request) {
  const auto limit = limit_of(request);
  if (!limit) return problem_response(limit.error());
  ScanFilter filter;
  filter.state = request.query.get("state");
  filter.municipality = request.query.get("municipality");
  filter.municipalities = identity_of(request).municipalities;
  filter.after = request.query.get("after");
  filter.limit = *limit + 1;  // one more tells whether there is a next page
  std::vector<ScanRecord> found;
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    found = transaction.scans(filter);
    return {};
  });
  if (!read) return problem_response(read.error());
  const bool more = found.size() > *limit;
  if (more) found.pop_back();
  Value scans = Value::list();
  for (const ScanRecord& scan : found) {
    const auto view = pipeline::view_of_scan(services, scan);
    if (!view) return problem_response(view.error());
    scans.push(*view);
  }
  return json_response(200, Value::object({{"scans", std::move(scans)},
                                           {"next", more ? Value(found.back().id) : Value()}}))
      .with("Cache-Control", "no-store");
}

}  // namespace

void add_scan_routes(Router& router, const Services& services, const ApiOptions& options) {
  router.add({.method = Method::post,
              .pattern = "/api/v1/scans",
              .access = {role::mail_room},
              .body_limit = options.scan_bytes,
              .handler = [&services, options](const Request& request, const PathParameters&) {
                return post_scan(services, options, request);
              }});
  router.add({.pattern = "/api/v1/scans",
              .access = {role::mail_room},
              .handler = [&services](const Request& request, const PathParameters&) {
                return get_scans(services, request);
              }});
  router.add({.pattern = "/api/v1/scans/{scan}",
              .access = {scan_readers},
              .handler = [&services](const Request& request, const PathParameters& path) {
                return get_scan(services, request, path);
              }});
}

}  // namespace softbot::http

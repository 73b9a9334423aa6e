#include <algorithm>

#include "domain/base64.h"
#include "domain/date.h"
#include "http/api/api.h"
#include "http/api/api_support.h"
#include "http/multipart.h"
#include "http/problem.h"
#include "pipeline/case_actions.h"

namespace softbot::http {
namespace {

constexpr std::uint64_t applicant = role::application_code | role::resident;
constexpr std::uint64_t file_readers = role::consultant | role::clerk | role::auditor;
constexpr std::uint64_t readers = applicant | file_readers;

/// True when this document lies in the post: what the mail room may open.
Result<bool> is_in_post(const Services& services, const ApplicationReference& reference,
                        const std::string& document) {
  bool in_post = false;
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    const auto rows = transaction.outbox_of(reference);
    in_post = std::any_of(rows.begin(), rows.end(), [&](const OutboxRecord& row) {
      return row.channel == "post" && row.document == document;
    });
    return {};
  });
  if (!read) return fail(read.error());
  return in_post;
}

Response get_application(const Services& services, const Request& request, const PathParameters& path) {
  const Identity& identity = identity_of(request);
  const auto visible = visible_to(services, identity, reference_of(path));
  if (!visible) return problem_response(visible.error());
  if (visible->viewer == pipeline::Viewer::staff) {
    const auto noted = pipeline::record_look(services, identity.account, visible->application.reference,
                                             purpose_of(request));
    if (!noted) return problem_response(noted.error());
  }
  return application_response(services, *visible);
}

Response get_document(const Services& services, const Request& request, const PathParameters& path) {
  const Identity& identity = identity_of(request);
  const auto visible = visible_to(services, identity, reference_of(path));
  if (!visible) return problem_response(visible.error());
  if (visible->viewer == pipeline::Viewer::staff && !has_role(identity, file_readers)) {
    const auto in_post = is_in_post(services, visible->application.reference, path["document"]);
    if (!in_post) return problem_response(in_post.error());
    if (!*in_post) {
      return problem_response(
          Error{ErrorCode::not_found, "Er is geen document met dit nummer bij deze aanvraag.", false, {}});
    }
  }
  auto opened = pipeline::open_document(services, visible->application.reference,
                                        DocumentId(path["document"]), visible->viewer);
  if (!opened) return problem_response(opened.error());
  if (visible->viewer == pipeline::Viewer::staff) {
    const auto noted =
        pipeline::record_look(services, identity.account, visible->application.reference, "document");
    if (!noted) return problem_response(noted.error());
  }
  const std::string type =
      opened->record.media_type.empty() ? "application/octet-stream" : opened->record.media_type;
  const std::string name = opened->record.file_name.empty() ? "document" : opened->record.file_name;
  return bytes_response(type, std::move(opened->bytes))
      .with("Content-Disposition", attachment_disposition(name))
      .with("X-Content-Type-Options", "nosniff")
      .with("Content-Security-Policy", "sandbox")
      .with("Cache-Control", "no-store");
}

Response post_answers(const Services& services, const Request& request, const PathParameters& path) {
  auto body = json_body(request);
  if (!body) return std::move(body.error());
  if (auto known = only_members(*body, {"fields"}); !known) return problem_response(known.error());
  const Identity& identity = identity_of(request);
  const auto visible = visible_to(services, identity, reference_of(path));
  if (!visible) return problem_response(visible.error());
  return action_response(
      services, request,
      pipeline::answer(services, visible->application.reference, sender_of(identity), (*body)["fields"]),
      file_readers);
}

/// A file either raw (its kind in the query, its name in the header File-Name), as multipart, or as JSON with
/// base64.
tl::expected<pipeline::Attachment, Response> document_in(const Request& request) {
  pipeline::Attachment attachment;
  const auto wrong = [](std::string field, std::string message) {
    return tl::unexpected(problem_response(Error{ErrorCode::invalid_input,
                                                 "The file is not accepted.",
                                                 false,
                                                 {{std::move(field), "invalid", std::move(message)}}}));
  };
  const std::string type = request.content_type();
  if (type == "application/json") {
    auto body = json_body(request);
    if (!body) return tl::unexpected(std::move(body.error()));
    if (auto known = only_members(
            *body, {"kind", "fileName", "mediaType", "content", "iban", "periodFrom", "periodTo"});
        !known) {
      return tl::unexpected(problem_response(known.error()));
    }
    auto bytes = decode_base64((*body)["content"].text_or_empty());
    if (!bytes) return wrong("content", "The content must be base64.");
    attachment = {(*body)["kind"].text_or_empty(),      (*body)["fileName"].text_or_empty(),
                  (*body)["mediaType"].text_or_empty(), std::move(*bytes),
                  (*body)["iban"].text_or_empty(),      (*body)["periodFrom"].text_or_empty(),
                  (*body)["periodTo"].text_or_empty()};
  } else if (type == "multipart/form-data") {
    auto form = parse_multipart(request.headers.get("Content-Type"), request.body);
    if (!form) return tl::unexpected(malformed_response(form.error()));
    if (form->files.size() != 1) return wrong("file", "Send one file at a time.");
    attachment = {std::string(form->fields.get("kind")),
                  form->files[0].name,
                  form->files[0].content_type,
                  std::move(form->files[0].content),
                  std::string(form->fields.get("iban")),
                  std::string(form->fields.get("periodFrom")),
                  std::string(form->fields.get("periodTo"))};
  } else {
    // A file's name may say something about a person, so an address holds only its kind.
    attachment.kind = request.query.get("kind");
    attachment.file_name = safe_file_name(request.headers.get("File-Name"));
    attachment.media_type = type;
    attachment.bytes = request.body;
    attachment.period_from = request.query.get("periodFrom");
    attachment.period_to = request.query.get("periodTo");
  }
  if (attachment.bytes.empty()) return wrong("content", "The file is empty.");
  if (attachment.kind.empty()) attachment.kind = "other";
  if (attachment.kind.size() > 60 || attachment.file_name.size() > 200)
    return wrong("kind", "The name is too long.");
  for (const std::string* period : {&attachment.period_from, &attachment.period_to}) {
    if (!period->empty() && !parse_iso_date(*period)) return wrong("periodFrom", "Give dates as 2026-12-01.");
  }
  return attachment;
}

Response post_document(const Services& services, const Request& request, const PathParameters& path) {
  const Identity& identity = identity_of(request);
  const auto visible = visible_to(services, identity, reference_of(path));
  if (!visible) return problem_response(visible.error());
  auto attachment = document_in(request);
  if (!attachment) return std::move(attachment.error());
  const FormDefinition* definition =
      services.configuration()->forms->find(visible->application.type, visible->application.municipality);
  const bool known = attachment->kind == "other" || attachment->kind == "personal-plan" ||
                     (definition != nullptr && definition->attachment(attachment->kind) != nullptr);
  if (!known) {
    return problem_response(
        Error{ErrorCode::invalid_input,
              "The file is not accepted.",
              false,
              {{"kind", "unknown-kind", "This application asks no file of this kind; use \"other\"."}}});
  }
  return action_response(
      services, request,
      pipeline::hand_in(services, visible->application.reference, sender_of(identity), *attachment),
      file_readers);
}

using Action = Result<Application> (*)(const Services&, const ApplicationReference&, const pipeline::Sender&);

Handler acting(const Services& services, Action action) {
  return [&services, action](const Request& request, const PathParameters& path) {
    const Identity& identity = identity_of(request);
    const auto visible = visible_to(services, identity, reference_of(path));
    if (!visible) return problem_response(visible.error());
    return action_response(services, request,
                           action(services, visible->application.reference, sender_of(identity)),
                           file_readers);
  };
}

using Function = Response (*)(const Services&, const Request&, const PathParameters&);

Handler calling(const Services& services, Function function) {
  return [&services, function](const Request& request, const PathParameters& path) {
    return function(services, request, path);
  };
}

Response list_own(const Services& services, const Request& request, const PathParameters&) {
  const Identity& identity = identity_of(request);
  Value list = Value::list();
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    const auto person = transaction.person_by_bsn(identity.bsn);
    if (!person) return {};
    for (const Application& application : transaction.applications_of(person->id)) {
      list.push(pipeline::view_of(services, application, transaction.documents_of(application.reference),
                                  pipeline::Viewer::resident));
    }
    return {};
  });
  if (!read) return problem_response(read.error());
  return json_response(200, Value::object({{"applications", list}})).with("Cache-Control", "no-store");
}

}  // namespace

void add_application_routes(Router& router, const Services& services, const ApiOptions& options) {
  const std::string one = "/api/v1/applications/{reference}";
  router.add({.pattern = "/api/v1/applications",
              .access = {role::resident},
              .handler = calling(services, list_own)});
  router.add({.pattern = one, .access = {readers}, .handler = calling(services, get_application)});
  router.add({.pattern = one + "/documents/{document}",
              .access = {readers | role::mail_room},
              .handler = calling(services, get_document)});
  router.add({.method = Method::post,
              .pattern = one + "/answers",
              .access = {applicant | role::clerk},
              .handler = calling(services, post_answers)});
  router.add({.method = Method::post,
              .pattern = one + "/documents",
              .access = {applicant | role::clerk | role::mail_room},
              .body_limit = options.document_bytes,
              .handler = calling(services, post_document)});
  router.add({.method = Method::post,
              .pattern = one + "/withdrawal",
              .access = {applicant | role::clerk},
              .handler = acting(services, pipeline::withdraw)});
  router.add({.method = Method::post,
              .pattern = one + "/human-request",
              .access = {applicant | role::clerk},
              .handler = acting(services, pipeline::ask_for_person)});
  router.add({.method = Method::post,
              .pattern = one + "/signature",
              .access = {role::resident},
              .handler = acting(services, pipeline::sign)});
}

}  // namespace softbot::http

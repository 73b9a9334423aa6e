#include "pipeline/intake.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "domain/base64.h"
#include "domain/json.h"
#include "domain/zone.h"
#include "forms/completeness.h"
#include "forms/normalise.h"
#include "forms/structure.h"
#include "pipeline/attachment_reading.h"
#include "pipeline/edit.h"
#include "pipeline/terms.h"
#include "policy/weekly_figures.h"

namespace softbot::pipeline {
namespace {

constexpr std::size_t most_requests = 10;
constexpr std::size_t most_attachments = 30;
constexpr std::array<std::string_view, 6> channels{"web", "api", "counter", "phone", "mail", "paper"};

std::string at(std::size_t index, std::string_view rest) {
  return "requests[" + std::to_string(index) + "]" + std::string(rest);
}

/// Collects what is wrong, so that a sender hears everything at once.
class Problems {
 public:
  void add(std::string field, std::string code, std::string message) {
    fields_.push_back({std::move(field), std::move(code), std::move(message)});
  }
  void add(std::vector<FieldError> errors) {
    for (FieldError& error : errors) fields_.push_back(std::move(error));
  }
  [[nodiscard]] bool any() const { return !fields_.empty(); }
  [[nodiscard]] Error as_error() && {
    return {ErrorCode::invalid_input,
            "The submission is not accepted; `errors` names every field that is wrong.", false,
            std::move(fields_)};
  }

 private:
  std::vector<FieldError> fields_;
};

void expect_members(const Value& object, const std::string& path,
                    std::initializer_list<std::string_view> known, Problems& problems) {
  for (const Value::Member& member : object.members()) {
    if (std::find(known.begin(), known.end(), member.name) == known.end()) {
      problems.add(path.empty() ? member.name : path + "." + member.name, "unknown-field",
                   "This member is not known here. Leave it out, or look at the schema.");
    }
  }
}

std::string text_member(const Value& object, std::string_view name, const std::string& path,
                        Problems& problems) {
  const Value& value = object[name];
  if (!value.is_null() && !value.is_text()) {
    problems.add(path + std::string(name), "wrong-kind", "This must be a text.");
  }
  return value.text_or_empty();
}

Attachment attachment_from(const Value& value, const std::string& path, Problems& problems) {
  expect_members(value, path, {"kind", "fileName", "mediaType", "content", "iban", "periodFrom", "periodTo"},
                 problems);
  const std::string dot = path + ".";
  Attachment attachment;
  attachment.kind = text_member(value, "kind", dot, problems);
  attachment.file_name = text_member(value, "fileName", dot, problems);
  attachment.media_type = text_member(value, "mediaType", dot, problems);
  attachment.iban = text_member(value, "iban", dot, problems);
  attachment.period_from = text_member(value, "periodFrom", dot, problems);
  attachment.period_to = text_member(value, "periodTo", dot, problems);
  auto bytes = decode_base64(text_member(value, "content", dot, problems));
  if (!bytes) problems.add(dot + "content", "not-base64", "The content must be base64.");
  attachment.bytes = std::move(bytes).value_or(std::string());
  return attachment;
}

IncomingRequest request_from(const Value& value, std::size_t index, Problems& problems) {
  expect_members(value, at(index, ""), {"type", "fields", "attachments"}, problems);
  IncomingRequest request;
  request.type = text_member(value, "type", at(index, "."), problems);
  request.fields = value["fields"].is_null() ? Value::object() : value["fields"];
  if (!request.fields.is_object())
    problems.add(at(index, ".fields"), "wrong-kind", "This must be an object.");
  const Value& attachments = value["attachments"];
  if (!attachments.is_null() && !attachments.is_list()) {
    problems.add(at(index, ".attachments"), "wrong-kind", "This must be a list.");
  }
  for (std::size_t i = 0; i < attachments.items().size(); ++i) {
    const std::string path = at(index, ".attachments[") + std::to_string(i) + "]";
    request.attachments.push_back(attachment_from(attachments.items()[i], path, problems));
  }
  return request;
}

void check_request(const Configuration& configuration, const IncomingSubmission& incoming, std::size_t index,
                   Problems& problems) {
  const IncomingRequest& request = incoming.requests[index];
  const FormDefinition* definition = configuration.forms->find(request.type, incoming.municipality);
  if (definition == nullptr) {
    problems.add(at(index, ".type"), "unknown-type", "This application type does not exist here.");
    return;
  }
  // Mistakes in the common part are reported once, with the first request.
  if (index == 0) {
    problems.add(
        check_structure(configuration.forms->common(), *definition, incoming.common, request.fields, index));
  } else {
    problems.add(check_part_structure(*definition, request.fields, at(index, ".fields")));
  }
  if (request.attachments.size() > most_attachments) {
    problems.add(at(index, ".attachments"), "too-many", "At most 30 files go with one request.");
  }
}

Result<void> check(const Configuration& configuration, const Sender& sender,
                   const IncomingSubmission& incoming) {
  Problems problems;
  if (configuration.municipalities->find(incoming.municipality) == configuration.municipalities->end()) {
    problems.add("municipality", "unknown-municipality", "This municipality is not served here.");
  }
  if (std::find(channels.begin(), channels.end(), incoming.channel) == channels.end()) {
    problems.add("channel", "unknown-channel",
                 "The channel is one of web, api, counter, phone, mail, paper.");
  }
  if (incoming.requests.empty() || incoming.requests.size() > most_requests) {
    problems.add("requests", "count", "A submission holds one to ten requests.");
  }
  for (std::size_t i = 0; i < incoming.requests.size() && i < most_requests; ++i) {
    check_request(configuration, incoming, i, problems);
  }
  const std::string& typed = incoming.common["bsn"].text_or_empty();
  if (!sender.bsn.empty() && !typed.empty()) {
    const Value canonical = normalise(configuration.forms->common(), Value::object({{"bsn", typed}}));
    if (canonical["bsn"].text_or_empty() != sender.bsn) {
      problems.add("common.bsn", "not-the-signed-in-person",
                   "Dit is niet het burgerservicenummer van degene die is ingelogd.");
    }
  }
  if (problems.any()) return fail(std::move(problems).as_error());
  return {};
}

std::string signed_by(IdentityAssurance assurance) {
  switch (assurance) {
    case IdentityAssurance::digid:
      return "digid";
    case IdentityAssurance::counter:
      return "counter";
    case IdentityAssurance::paper_signed:
      return "sheet";
    case IdentityAssurance::none:
      return {};
  }
  return {};
}

Application new_application(const Services& services, const Configuration& configuration,
                            const Sender& sender, const IncomingSubmission& incoming,
                            const IncomingRequest& request) {
  const FormDefinition& definition = *configuration.forms->find(request.type, incoming.municipality);
  Application application;
  application.reference = new_reference(services.vault);
  application.type = request.type;
  application.law = definition.law;
  application.municipality = incoming.municipality;
  application.channel = incoming.channel;
  application.language = incoming.language;
  application.assurance = sender.assurance;
  application.signed_by = sender.signed_by.empty() ? signed_by(sender.assurance) : sender.signed_by;
  application.received = incoming.received.value_or(services.clock.now());
  application.definition_version = definition_version(configuration.forms->common(), definition);
  application.common = normalise(configuration.forms->common(), incoming.common);
  if (!sender.bsn.empty()) application.common.set("bsn", sender.bsn);
  application.fields = normalise(definition, request.fields);
  application.attachments = Value::list();
  const Date day = local_date(application.received);
  // An unsigned form is a notification (Wmo 2015 2.3.2 lid 1); it becomes an application when it is signed.
  const bool notifies = application.law == "wmo2015" && application.signed_by.empty();
  add_event(application, notifies ? "notification" : "received", day, services.clock.now(),
            sender.account.empty() ? "resident" : sender.account);
  application.legal_deadline = first_binding_end(terms_of(application, day));
  return application;
}

/// Stores the files of one request under the person's key.
Result<std::vector<DocumentRecord>> keep_attachments(const Services& services, const PersonRecord& person,
                                                     Application& application,
                                                     const std::vector<Attachment>& attachments) {
  std::vector<DocumentRecord> records;
  for (const Attachment& attachment : attachments) {
    if (attachment.kind == "personal-plan") {
      add_event(application, "personal-plan", local_date(application.received), application.received,
                "resident");
    }
    auto kept = keep_attachment(services, person, application, attachment);
    if (!kept) return fail(kept.error());
    records.push_back(std::move(*kept));
  }
  return records;
}

Accepted answer_of(const Services& services, const SubmissionRecord& record,
                   const std::vector<std::string>& types) {
  Accepted accepted;
  accepted.submission = record.id;
  for (std::size_t i = 0; i < record.applications.size(); ++i) {
    const ApplicationReference& reference = record.applications[i];
    accepted.applications.push_back({reference, types[i], services.vault.application_code(reference)});
  }
  return accepted;
}

/// What a repeated delivery gets: the first answer, or an error when the body differs.
Result<std::optional<Accepted>> repeated(const Services& services, Transaction& transaction,
                                         const SubmissionRecord& wanted) {
  const auto earlier = transaction.submission_by_key(wanted.idempotency_key);
  if (!earlier) return std::optional<Accepted>();
  if (!same_secret(earlier->body_commitment, wanted.body_commitment)) {
    return fail(
        ErrorCode::key_reused,
        "This Idempotency-Key was used before with another body. Use a new key for another submission.");
  }
  std::vector<std::string> types;
  for (const ApplicationReference& reference : earlier->applications) {
    const auto application = transaction.application(reference);
    types.push_back(application ? application->type : std::string());
  }
  Accepted accepted = answer_of(services, *earlier, types);
  accepted.repeated = true;
  return std::optional<Accepted>(std::move(accepted));
}

bool has_attachments(const IncomingSubmission& incoming) {
  return std::any_of(incoming.requests.begin(), incoming.requests.end(),
                     [](const IncomingRequest& request) { return !request.attachments.empty(); });
}

/// A BSN that passes the 11-test identifies; anything else is kept as it was typed and identifies nobody.
std::string identifying_bsn(const Configuration& configuration, const Value& common) {
  const Value& bsn = common["bsn"];
  const Field* field = configuration.forms->common().find("bsn");
  if (field == nullptr || !bsn.is_text() || check_answer(*field, bsn, Date{}, "nl")) return {};
  return bsn.text_or_empty();
}

void add_everything(Transaction& transaction, SubmissionRecord& record, const PersonRecord& person,
                    std::vector<Application>& applications, const std::vector<DocumentRecord>& documents,
                    Instant now) {
  record.person = person.id;
  transaction.add_submission(record);
  for (Application& application : applications) {
    application.person = person.id;
    transaction.add_application(application);
    count_received(transaction, application);
    if (!waits_for_reading(application, now))
      transaction.add_job(job::complete, application.reference.text, now);
    for (const NewJob& job : jobs_to_read(application, now))
      transaction.add_job(job.kind, job.subject, job.run_at);
    AuditRecord row = audit_row(record.idempotency_scope, "received");
    row.subject = application.reference.text;
    row.at = now;
    row.commitment = record.body_commitment;
    transaction.append_audit(std::move(row));
  }
  for (const DocumentRecord& document : documents) transaction.add_document(document);
}

}  // namespace

Result<IncomingSubmission> submission_from_json(const Value& body) {
  Problems problems;
  if (!body.is_object()) return fail(ErrorCode::invalid_input, "The body must be a JSON object.");
  expect_members(body, "", {"municipality", "channel", "language", "common", "requests", "identityAssurance"},
                 problems);
  IncomingSubmission incoming;
  incoming.municipality = text_member(body, "municipality", "", problems);
  incoming.channel = text_member(body, "channel", "", problems);
  incoming.language = text_member(body, "language", "", problems);
  if (incoming.language.empty()) incoming.language = "nl";
  if (incoming.language != "nl" && incoming.language != "en") {
    problems.add("language", "unknown-language", "The language is nl or en.");
  }
  incoming.common = body["common"].is_null() ? Value::object() : body["common"];
  if (!incoming.common.is_object()) problems.add("common", "wrong-kind", "This must be an object.");
  if (!body["requests"].is_list()) problems.add("requests", "wrong-kind", "This must be a list of requests.");
  for (std::size_t i = 0; i < body["requests"].items().size() && i < most_requests + 1; ++i) {
    incoming.requests.push_back(request_from(body["requests"].items()[i], i, problems));
  }
  if (problems.any()) return fail(std::move(problems).as_error());
  return incoming;
}

Result<DocumentRecord> keep_attachment(const Services& services, const PersonRecord& person,
                                       Application& application, const Attachment& attachment) {
  DocumentRecord record;
  record.reference = application.reference;
  record.kind = "attachment:" + attachment.kind;
  record.title = attachment.file_name.empty() ? attachment.kind : attachment.file_name;
  record.file_name = attachment.file_name;
  record.media_type = attachment.media_type;
  record.own = true;
  record.for_resident = true;
  auto kept = keep_document(services, person, std::move(record), attachment.bytes);
  if (!kept) return fail(kept.error());
  Value entry = Value::object({{"document", kept->id.text},
                               {"kind", attachment.kind},
                               {"fileName", attachment.file_name},
                               {"mediaType", attachment.media_type},
                               {"bytes", kept->bytes},
                               {"iban", attachment.iban},
                               {"periodFrom", attachment.period_from},
                               {"periodTo", attachment.period_to}});
  application.attachments.push(marked_for_reading(services, application, std::move(entry)));
  return kept;
}

Result<Accepted> take_in(const Services& services, const Sender& sender, const IncomingSubmission& incoming) {
  return take_in(services, sender, incoming, PaperIntake());
}

Result<Accepted> take_in(const Services& services, const Sender& sender, const IncomingSubmission& incoming,
                         const PaperIntake& paper) {
  const auto configuration = services.configuration();
  if (auto fits = check(*configuration, sender, incoming); !fits) return fail(fits.error());

  SubmissionRecord record;
  record.id = SubmissionId(new_id(services.vault));
  record.channel = incoming.channel;
  record.received = incoming.received.value_or(services.clock.now());
  record.idempotency_scope = sender.scope;
  record.idempotency_key =
      services.vault.commitment("idempotency", sender.scope + "\n" + incoming.idempotency_key);
  record.body_commitment = services.vault.commitment("body", incoming.body);
  record.body = incoming.body;
  std::vector<Application> applications;
  std::vector<std::string> types;
  for (const IncomingRequest& request : incoming.requests) {
    applications.push_back(new_application(services, *configuration, sender, incoming, request));
    applications.back().submission = record.id;
    record.applications.push_back(applications.back().reference);
    types.push_back(request.type);
  }
  const std::string bsn =
      paper.number_identifies ? identifying_bsn(*configuration, applications.front().common) : std::string();

  std::optional<Accepted> earlier;
  std::optional<PersonRecord> person;
  std::vector<DocumentRecord> documents;
  if (has_attachments(incoming) || paper.prepare) {
    // Files must be durable before their rows, and are sealed with the person's key: so the person comes
    // first.
    const auto known = services.store.write([&](Transaction& transaction) -> Result<void> {
      auto before = repeated(services, transaction, record);
      if (!before) return fail(before.error());
      earlier = std::move(*before);
      if (!earlier) person = transaction.find_or_add_person(bsn);
      return {};
    });
    if (!known) return fail(known.error());
    if (earlier) return std::move(*earlier);
    for (std::size_t i = 0; i < applications.size(); ++i) {
      auto kept = keep_attachments(services, *person, applications[i], incoming.requests[i].attachments);
      if (!kept) return fail(kept.error());
      documents.insert(documents.end(), kept->begin(), kept->end());
    }
    if (paper.prepare) {
      auto kept = paper.prepare(*person, applications);
      if (!kept) return fail(kept.error());
      documents.insert(documents.end(), kept->begin(), kept->end());
    }
  }
  const auto stored = services.store.write([&](Transaction& transaction) -> Result<void> {
    auto before = repeated(services, transaction, record);
    if (!before) return fail(before.error());
    earlier = std::move(*before);
    if (earlier) return {};
    if (!person) person = transaction.find_or_add_person(bsn);
    add_everything(transaction, record, *person, applications, documents, services.clock.now());
    if (paper.store) return paper.store(transaction, applications);
    return {};
  });
  if (!stored) return fail(stored.error());
  if (earlier) return std::move(*earlier);
  if (services.wake) services.wake();
  return answer_of(services, record, types);
}

}  // namespace softbot::pipeline

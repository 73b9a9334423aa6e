#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "domain/application.h"
#include "pipeline/services.h"

namespace softbot::pipeline {

/// Who sends, as the border established it. Decides identity assurance and the scope of idempotency keys.
struct Sender {
  std::string scope = "open";  ///< "open", "account:NAME", "machine:NAME" or "resident:ID"
  IdentityAssurance assurance = IdentityAssurance::none;
  std::string bsn;             ///< of a signed-in resident, else ""
  std::string account;         ///< of a clerk, else ""
  std::string signed_by = {};  ///< how it was signed, where the assurance alone does not tell: "form"
};

/// A file that comes with a submission or later.
struct Attachment {
  std::string kind;  ///< as in the definition: identity-document, bank-statement, ... or "other"
  std::string file_name;
  std::string media_type;
  std::string bytes;
  std::string iban;         ///< for statements: which account
  std::string period_from;  ///< ISO dates; "" when unknown
  std::string period_to;
};

/// One request within a submission. `attachments` belong to this request.
struct IncomingRequest {
  std::string type;
  Value fields;
  std::vector<Attachment> attachments;
};

/// A submission as it arrived, whatever the channel.
struct IncomingSubmission {
  std::string municipality;
  std::string channel;  ///< web, api, counter
  std::string language = "nl";
  Value common;
  std::vector<IncomingRequest> requests;
  std::string idempotency_key;
  std::string body;                                ///< the untouched bytes, kept
  std::optional<Instant> received = std::nullopt;  ///< of paper: the day on which it came in; absent: now
};

struct AcceptedApplication {
  ApplicationReference reference;
  std::string type;
  std::string code;
};

struct Accepted {
  SubmissionId submission;
  std::vector<AcceptedApplication> applications;
  bool repeated = false;  ///< the same key and the same body came before: the same answer
};

/// Reads the body of POST /api/v1/submissions. Unknown members are errors that name the field.
[[nodiscard]] Result<IncomingSubmission> submission_from_json(const Value& body);

/// Seals and keeps one file for the application and lists it among its attachments; the row to add in the
/// transaction.
[[nodiscard]] Result<DocumentRecord> keep_attachment(const Services& services, const PersonRecord& person,
                                                     Application& application, const Attachment& attachment);

/// What paper adds to a submission.
struct PaperIntake {
  /// False when the citizen service number was not read with certainty: the case is nobody's until it is.
  bool number_identifies = true;
  /// Completes the new applications and seals their files for this person, before the transaction.
  std::function<Result<std::vector<DocumentRecord>>(const PersonRecord&, std::vector<Application>&)> prepare;
  /// What else is stored in the same transaction.
  std::function<Result<void>(Transaction&, const std::vector<Application>&)> store;
};

/// Takes a submission in and returns once it is durable: the submission, an application per request, its
/// attachments and its first job. Structural mistakes (unknown field, wrong kind) are `invalid_input` with
/// every field named; what is missing or not valid in content is taken in and asked for later. `key_reused`
/// for the same key with another body.
[[nodiscard]] Result<Accepted> take_in(const Services& services, const Sender& sender,
                                       const IncomingSubmission& incoming);
/// The same for what came on paper. `store` is not called for what came before.
[[nodiscard]] Result<Accepted> take_in(const Services& services, const Sender& sender,
                                       const IncomingSubmission& incoming, const PaperIntake& paper);

}  // namespace softbot::pipeline

#pragma once

#include <string>
#include <vector>

#include "domain/application.h"
#include "pipeline/intake.h"
#include "web/form_post.h"
#include "web/form_view.h"
#include "web/shared_views.h"
#include "web/site.h"

namespace softbot::web {

/// A half-filled application form: what was typed and chosen, for one or more types at once. One object per
/// request.
class ApplicationForm {
 public:
  /// A fresh form for these types; unknown ones are left out. `channel` is web, counter or phone.
  ApplicationForm(const Visit& visit, std::string channel, const std::vector<std::string>& types);

  /// Takes over what was posted: answers, rows, files into the tray.
  void take(PostedForm posted);
  /// Fills in an answer that we know already and that cannot be changed here.
  void fix(const std::string& name, const std::string& value);
  /// Fills in canonical answers to common questions that may still be changed; what was typed stays.
  void suggest(const Value& common);

  [[nodiscard]] const std::vector<std::string>& types() const { return state_.types; }
  [[nodiscard]] const std::string& key() const { return key_; }
  [[nodiscard]] const std::string& channel() const { return state_.channel; }

  /// One thing that is missing or wrong, with the input that it is about.
  struct Finding {
    std::string name;  ///< of the input
    std::string text;
    bool missing = false;
  };
  /// What is missing, invalid or contradictory now, in the order of the form. Computed from the definitions
  /// alone.
  [[nodiscard]] std::vector<Finding> findings() const;
  /// Marks the questions that these are about.
  void mark(const std::vector<Finding>& findings);
  /// Problems with files that were just chosen: too large, of a kind that we do not take.
  [[nodiscard]] const std::vector<Finding>& file_findings() const { return file_findings_; }
  /// True when files that were added before are no longer kept.
  [[nodiscard]] bool lost_files() const { return lost_files_; }
  /// Structural mistakes that intake found, with the inputs that they are about.
  [[nodiscard]] std::vector<Finding> findings_of(const Error& error) const;

  /// What goes to intake: answers that apply, files, and the idempotency key of this very form.
  [[nodiscard]] pipeline::IncomingSubmission submission() const;

  /// True when a clerk took it down but did not say whether the resident is there or on the phone.
  [[nodiscard]] bool conversation_unknown() const;

  /// What was typed and chosen as sentences per section, each with the way back to it, and all answers for
  /// inputs that nobody sees: {parts, files, hidden, formKey, fileCount, chosenTypes}.
  [[nodiscard]] Value summary() const;

  /// The page's context: parts, attachments, key.
  [[nodiscard]] Value view() const;

 private:
  [[nodiscard]] const FormDefinition& common() const;
  [[nodiscard]] const FormDefinition* definition(const std::string& type) const;
  [[nodiscard]] Value part_answers(const FormDefinition& part, const std::string& prefix) const;
  [[nodiscard]] std::string input_of(const Asked& asked, const std::string& type) const;
  [[nodiscard]] std::string row_input(const FormDefinition& part, const std::string& prefix,
                                      const std::string& field) const;
  [[nodiscard]] std::vector<pipeline::Attachment> attachments_for(const std::string& type) const;
  void take_files(std::vector<http::UploadedFile> files);
  [[nodiscard]] Value part_summary(const FormDefinition& part, const std::string& prefix,
                                   const Value& common_answers) const;
  void take_look(const softbot::Attachment& attachment, TrayFile& file) const;
  void add_still_missing(Value& attachments) const;
  [[nodiscard]] std::vector<TrayFile> files() const;

  const Visit& visit_;
  FormState state_;
  std::string key_;
  std::vector<Finding> file_findings_;
  std::vector<std::string> pending_;  ///< attachments chosen in the browser but not sent along (live check)
  bool lost_files_ = false;
};

}  // namespace softbot::web

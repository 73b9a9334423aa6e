#include "pipeline/policy_editor.h"

#include "domain/text.h"
#include "pipeline/edit.h"

namespace softbot::pipeline {
namespace {

Result<void> is_a_person(const PolicyEditor& editor) {
  if (editor.person.empty() || editor.person.starts_with("machine:"))
    return fail(ErrorCode::forbidden, "Een machine kan dit niet veranderen. Log in met uw eigen account.");
  return {};
}

}  // namespace

Result<void> may_sign(const PolicyEditor& editor, const std::string& why) {
  if (auto person = is_a_person(editor); !person) return person;
  if (trim(why).empty()) {
    return fail(Error{ErrorCode::invalid_input,
                      "Schrijf op waarom u dit doet.",
                      false,
                      {{"why", "missing", "Schrijf op waarom u dit doet."}}});
  }
  return {};
}

Result<void> may_change(const PolicyEditor& editor, const std::string& why) {
  if (auto person = is_a_person(editor); !person) return person;
  if (!editor.municipalities.empty()) {
    return fail(ErrorCode::forbidden,
                "Dit geldt voor alle gemeenten en uw account werkt voor een deel daarvan. Vraag een "
                "beheerder die voor alle gemeenten werkt.");
  }
  return may_sign(editor, why);
}

ConfigurationChange signed_change(const Services& services, const PolicyEditor& editor,
                                  const std::string& why) {
  return {editor.person, std::string(trim(why)), services.clock.now()};
}

void append_row(Transaction& transaction, const PolicyEditor& editor, std::string_view action,
                std::string_view version, const ConfigurationChange& change) {
  AuditRecord row = audit_row(editor.account, action, change.why);
  row.subject = version;
  row.at = change.at;
  transaction.append_audit(std::move(row));
}

}  // namespace softbot::pipeline

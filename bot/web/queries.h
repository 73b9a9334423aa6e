#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "http/api/access.h"
#include "pipeline/learning.h"
#include "pipeline/services.h"
#include "pipeline/staff_actions.h"
#include "policy/group_shares.h"
#include "policy/kill_switch.h"
#include "policy/policy_words.h"
#include "policy/safeguards.h"
#include "policy/sample_alarm.h"

namespace softbot::web {

/// What pages read beyond the pipeline's own functions; each is one consistent view.

/// A case with all that belongs to it.
struct CaseFile {
  Application application;
  std::vector<DocumentRecord> documents;
  std::vector<OutboxRecord> outbox;
};
/// `not_found` when there is no such application.
[[nodiscard]] Result<CaseFile> case_file(const Services& services, const ApplicationReference& reference);

/// The applications of the person with this citizen number, the latest first.
[[nodiscard]] Result<std::vector<Application>> applications_of(const Services& services,
                                                               const std::string& bsn);

/// All applications of a person, the latest first.
[[nodiscard]] Result<std::vector<Application>> applications_of_person(const Services& services,
                                                                      const PersonId& person);

/// A letter on its way by post, with the municipality of its case.
struct PostItem {
  OutboxRecord row;
  std::string municipality;
};
/// What the mail room sees: what waits, is ready or is stuck, oldest first (500 at most: the rest follows as
/// these are posted); and what was confirmed last, the latest first.
struct PostOverview {
  std::vector<PostItem> waiting;
  std::vector<PostItem> confirmed;
};
[[nodiscard]] Result<PostOverview> post_overview(const Services& services, const pipeline::Staff& staff);

/// A letter for the post, of a municipality that this colleague works for; `not_found` else.
[[nodiscard]] Result<OutboxRecord> letter_in_post(const Services& services, const pipeline::Staff& staff,
                                                  const std::string& key);

[[nodiscard]] Result<QueuePage> queue_page(const Services& services, const QueueFilter& filter);

/// The administrator's page.
struct Management {
  std::vector<Figure> figures;  ///< of the last 30 days
  std::vector<KillSwitch> switches;
  std::map<std::string, std::vector<AuditRecord>> switch_history;  ///< of each, by subject
  struct Cap {
    std::string municipality;
    std::string type;
    CapUse use;
    std::optional<std::int64_t> sample_per_million;
  };
  std::vector<Cap> caps;
  std::vector<OutboxRecord> stuck;
  PolicyWords policy_words;  ///< of the active policy
  std::vector<GroupShares> groups;
  SampleTestSettings sample_test;                      ///< how the sample is tested
  std::vector<SampleTest> sample_tests;                ///< and how each test stands
  std::vector<pipeline::KeptCorrections> corrections;  ///< kept to learn from
};
/// Figures, caps and stuck letters of the municipalities that this colleague works for.
[[nodiscard]] Result<Management> management(const Services& services, const pipeline::Staff& staff);

[[nodiscard]] Result<std::vector<AuditRecord>> audit_rows(const Services& services,
                                                          const std::string& subject);

/// The colleague who asks, as the pipeline wants it.
[[nodiscard]] pipeline::Staff staff_of(const http::Identity& identity);
/// True when this colleague works for that municipality.
[[nodiscard]] bool works_for(const std::vector<std::string>& municipalities, const std::string& municipality);

}  // namespace softbot::web

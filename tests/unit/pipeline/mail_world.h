#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "pipeline/announce.h"
#include "pipeline/staff_actions.h"
#include "pipeline/terms.h"
#include "unit/pipeline/paper_world.h"

namespace softbot::testing {

inline const std::string annas_number = "999900006";

/// A mail server that answers what a test says.
class ScriptedMailer final : public Mailer {
 public:
  tl::expected<void, MailFailure> send(const MailMessage& message) override {
    ++tries;
    if (meanwhile) std::exchange(meanwhile, {})();
    if (answers) return tl::unexpected(*answers);
    mails.push_back(message);
    return {};
  }
  std::optional<MailFailure> answers;  ///< nothing: takes every mail
  std::vector<MailMessage> mails;
  int tries = 0;
  std::function<void()> meanwhile;  ///< once, before the next answer
};

inline const MailFailure away{MailFailure::Kind::later, 0, "no answer"};
inline const MailFailure refused{MailFailure::Kind::refused, 550, "refused"};

struct MailWorld : PaperWorld {
  MailWorld() {
    configuration->public_address = "https://loket.voorbeeld.nl";
    services->mailer = &mailer;
  }
  ScriptedMailer mailer;

  std::vector<OutboxRecord> outbox(const Application& application) {
    std::vector<OutboxRecord> rows;
    EXPECT_TRUE(home.store().read([&](Transaction& transaction) -> Result<void> {
      rows = transaction.outbox_of(application.reference);
      return {};
    }));
    std::erase_if(rows, [](const OutboxRecord& row) { return !row.content["letter"].is_text(); });
    return rows;
  }
  OutboxRecord letter(const Application& application, const std::string& name) {
    for (OutboxRecord& row : outbox(application)) {
      if (row.content["letter"].text_or_empty() == name) return std::move(row);
    }
    ADD_FAILURE() << "there is no letter " << name;
    return {};
  }
  std::vector<std::string> events(const Application& application) {
    std::vector<std::string> kinds;
    for (const CaseEvent& event : this->application(application.reference).events)
      kinds.push_back(event.kind);
    return kinds;
  }
  std::vector<std::string> kinds_of_documents(const Application& application) {
    std::vector<std::string> kinds;
    for (const DocumentRecord& document : documents(application.reference)) kinds.push_back(document.kind);
    return kinds;
  }
  void at(std::chrono::milliseconds later) {
    home.clock.set(home.clock.now() + later);
    work();
  }
};

/// Anna asks a personal budget on paper: a consultant decides.
inline Application referred(MailWorld& world) {
  return with_ink(world, {"provisionForm", "personal-budget"});
}

/// She signed in and typed where she wants to be told.
inline Application with_mail(MailWorld& world, const std::string& address = "anna@voorbeeld.nl") {
  const Application application = referred(world);
  EXPECT_TRUE(pipeline::choose_letters(*world.services, application.reference, annas_number, {address}));
  return world.application(application.reference);
}

inline void decide(MailWorld& world, const Application& application) {
  const Application now = world.application(application.reference);
  ASSERT_TRUE(
      pipeline::decide(*world.services, world.consultant, now.reference, now.version,
                       {.outcome = Outcome::granted,
                        .written_reasons = "U kunt niet zonder.",
                        .grant = Value::object({{"aid", "raised-toilet-seat"}, {"from", "2026-11-20"}})}));
  world.work();
}

/// A letter that gives her time to answer.
inline void ask_for_the_price(MailWorld& world, const Application& application) {
  const Application now = world.application(application.reference);
  ASSERT_TRUE(pipeline::ask(*world.services, world.consultant, now.reference, now.version,
                            {.items = {{"price", "missing", "Wat kost het?"}}, .until = std::nullopt}));
  world.work();
}

inline Date end_of_repair_term(MailWorld& world, const Application& application) {
  return *pipeline::last_event(world.application(application.reference), "repair-request")->until;
}

}  // namespace softbot::testing

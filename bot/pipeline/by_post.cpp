#include "pipeline/by_post.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "domain/date.h"
#include "domain/deadlines.h"
#include "domain/working_days.h"
#include "pipeline/announce.h"
#include "pipeline/granting.h"
#include "pipeline/letters.h"
#include "pipeline/repair_call.h"
#include "pipeline/staff_edit.h"
#include "pipeline/terms.h"
#include "pipeline/views.h"

namespace softbot::pipeline {
namespace {

constexpr std::string_view instead_of_mail = "insteadOfMail";  ///< in a letter's content: a kind of by_post

/// A letter that asks for something gives as many days as it would have by the mail that did not go.
void give_days_back(const Services& services, Application& application, Effects& effects, OutboxRecord& row,
                    Date planned) {
  Value context = row.content["context"];
  const CaseEvent* asked = last_event(application, "repair-request");
  const auto made = parse_iso_date(context["date"].text_or_empty());
  const bool asks = row.content["letter"].text_or_empty() == "repair" && repair_is_open(application) &&
                    made && asked != nullptr && asked->until &&
                    context["until"].text_or_empty() == format_iso(*asked->until);
  if (!asks || planned <= *made) return;
  const auto lost = std::chrono::sys_days(planned) - std::chrono::sys_days(*made);
  const Date until = end_of_term(add_days(*asked->until, static_cast<int>(lost.count())));
  add_event(application, "repair-request", today(services), services.clock.now(), "bot",
            "De brief ging later met de post.", until);
  plan_repair_term(services, application, effects, until);
  context.set("until", format_iso(until));
  row.content.set("context", std::move(context));
}

bool can_be_posted(const OutboxRecord& row) {
  return row.content["address"].is_object() || is_decision(row);
}

std::string key_of_post(const OutboxRecord& announced) {
  return announced.key + "-post";
}

/// A letter on the page goes by post too; once, however often it is asked: the outbox takes a key once.
void post_as_well(const Services& services, Application& application, const OutboxRecord& announced,
                  Effects& effects) {
  OutboxRecord row = announced;
  row.key = key_of_post(announced);
  if (!can_be_posted(row)) return;
  row.created = services.clock.now();
  row.document.clear();
  row.delivered.reset();
  turn_to_post(services, application, row, by_post::by_staff, effects);
  effects.outbox.push_back(std::move(row));
}

}  // namespace

void date_letter(OutboxRecord& row, Date day) {
  Value context = row.content["context"];
  context.set("date", format_iso(day));
  if (context["objection"].is_object()) {
    Value objection = context["objection"];
    objection.set("lastDay", format_iso(objection_last_day(day)));
    context.set("objection", std::move(objection));
  }
  row.content.set("context", std::move(context));
}

bool is_decision(const OutboxRecord& row) {
  const std::string& letter = row.content["letter"].text_or_empty();
  return letter == "grant" || letter == "person-decision";
}

void turn_to_post(const Services& services, Application& application, OutboxRecord& row, std::string_view why,
                  Effects& effects) {
  const Date planned = planned_posting(today(services));
  give_days_back(services, application, effects, row, planned);
  const bool posted = can_be_posted(row);
  row.channel = posted ? "post" : "page";
  row.state = "waiting";
  row.last_error.clear();
  row.attempts = 0;
  if (posted) row.planned_date = planned;
  date_letter(row, planned);
  row.content.set(instead_of_mail, why);
  effects.jobs.push_back(job_for(row, services.clock.now()));
  if (is_decision(row)) expect_posting(row, effects);
}

std::string why_posted_instead(const OutboxRecord& row) {
  return row.content[instead_of_mail].text_or_empty();
}

Result<Application> send_by_post(const Services& services, const Staff& staff,
                                 const ApplicationReference& reference) {
  return edit_application(
      services, reference,
      [&](Transaction& transaction, Application& application, Effects& effects) -> Result<void> {
        if (auto seen = must_see(staff, application); !seen) return seen;
        stop_mail(application, by_post::by_staff);
        application.common.set("electronicDelivery", false);
        add_event(application, "staff-chose-post", today(services), services.clock.now(), staff.account);
        effects.audit.push_back(audit_row(staff.account, "staff-chose-post"));
        for (const OutboxRecord& row : transaction.outbox_of(reference)) {
          if (row.channel != "mail") continue;
          if (row.state == "delivered") {
            post_as_well(services, application, row, effects);
          } else {
            effects.jobs.push_back(job_for(row, services.clock.now()));
          }
        }
        return {};
      });
}

bool may_send_by_post(const Services& services, const Application& application,
                      const std::vector<OutboxRecord>& rows) {
  const auto is_on_page_alone = [&](const OutboxRecord& row) {
    return row.channel == "mail" && (row.state != "delivered" || can_be_posted(row)) &&
           std::none_of(rows.begin(), rows.end(),
                        [&](const OutboxRecord& other) { return other.key == key_of_post(row); });
  };
  return mail_address_of(services, application) || std::any_of(rows.begin(), rows.end(), is_on_page_alone);
}

Result<std::optional<ApplicationReference>> case_mailed_to(const Services& services, const Staff& staff,
                                                           const EmailAddress& address) {
  constexpr std::size_t newest = 1000;
  std::optional<ApplicationReference> found;
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    OutboxFilter filter;
    filter.channel = "mail";
    filter.municipalities = staff.municipalities;
    filter.order = OutboxOrder::newest_first;
    filter.limit = newest;
    for (const OutboxRecord& row : transaction.outbox_page(filter)) {
      const auto application = transaction.application(row.reference);
      const auto kept = application ? parse_email(application->common["email"].text_or_empty())
                                    : Result<EmailAddress>(fail(ErrorCode::not_found, ""));
      if (!kept || kept->text() != address.text()) continue;
      if (!may_send_by_post(services, *application, transaction.outbox_of(row.reference))) continue;
      found = row.reference;
      return {};
    }
    return {};
  });
  if (!read) return fail(read.error());
  return found;
}

}  // namespace softbot::pipeline

#include "pipeline/announce.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>
#include <vector>

#include "domain/date.h"
#include "domain/paper.h"
#include "domain/zone.h"
#include "pipeline/announce_text.h"
#include "pipeline/by_post.h"
#include "pipeline/edit.h"
#include "pipeline/paper_files.h"
#include "pipeline/print_letter.h"
#include "pipeline/terms.h"
#include "pipeline/views.h"

namespace softbot::pipeline {
namespace {

/// In the facts of a case: {"stopped": kind of by_post, "typed": true, "doubtful": true}.
constexpr std::string_view wish_fact = "letterWish";
constexpr std::chrono::milliseconds longest_wait = std::chrono::hours(1);

bool is_true(const Value& value) {
  return value.as_bool().value_or(false);
}

Value wish_of(const Application& application) {
  const Value& wish = application.facts[wish_fact];
  return wish.is_object() ? wish : Value::object();
}

bool waits_for_mail(const OutboxRecord& row) {
  return row.channel == "mail" && (row.state == "waiting" || row.state == "stuck");
}

/// What one mail announces.
struct Waiting {
  Application application;
  PersonRecord person;
  std::vector<OutboxRecord> rows;  ///< of this case, oldest first; empty when there is nothing to do
};

Result<Waiting> find_waiting(const Services& services, const std::string& key) {
  Waiting found;
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    const auto row = transaction.outbox(key);
    if (!row) return fail(ErrorCode::not_found, "There is no such entry in the outbox.");
    auto application = transaction.application(row->reference);
    const auto person = transaction.person(row->person);
    if (!application || !person || person->wrapped_key.empty()) return {};  // erased meanwhile
    found.application = std::move(*application);
    found.person = *person;
    found.rows = transaction.outbox_of(row->reference);
    std::erase_if(found.rows, [](const OutboxRecord& one) { return !waits_for_mail(one); });
    return {};
  });
  if (!read) return fail(read.error());
  return found;
}

Instant last_moment(const Waiting& waiting) {
  return waiting.rows.front().created + announced_within;
}

void count(const Services& services, std::string_view outcome) {
  services.metrics
      .counter("softbot_mails_total", "Mails that announce letters, by how the try ended.",
               {{"outcome", std::string(outcome)}})
      .add();
}

std::string_view name_of(MailFailure::Kind kind) {
  switch (kind) {
    case MailFailure::Kind::later:
      return "later";
    case MailFailure::Kind::refused:
      return "refused";
    case MailFailure::Kind::set_up:
      return "set-up";
  }
  return "later";
}

/// The same for the same letters, and says nothing about them.
std::string message_id(const Services& services, const Waiting& waiting) {
  std::string keys;
  for (const OutboxRecord& row : waiting.rows) keys += row.key + "\n";
  std::string id = services.vault.commitment("mail", keys);
  std::erase_if(id, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; });
  return id;
}

MailMessage message_about(const Services& services, const Waiting& waiting, const EmailAddress& to) {
  static const Municipality unknown;
  const auto configuration = services.configuration();
  const auto found = configuration->municipalities->find(waiting.application.municipality);
  return announcement(found == configuration->municipalities->end() ? unknown : found->second,
                      configuration->public_address, waiting.application.language, to,
                      message_id(services, waiting));
}

/// The row as it is stored now, when it still waits.
std::optional<OutboxRecord> still_waiting(Transaction& transaction, const OutboxRecord& row) {
  auto stored = transaction.outbox(row.key);
  if (!stored || !waits_for_mail(*stored)) return std::nullopt;
  return stored;
}

/// Letters that came to wait while this mail was under way get one of their own.
void go_on_with_others(const Services& services, const Waiting& waiting, Transaction& transaction,
                       Effects& effects) {
  for (const OutboxRecord& row : transaction.outbox_of(waiting.application.reference)) {
    const bool ours = std::any_of(waiting.rows.begin(), waiting.rows.end(),
                                  [&](const OutboxRecord& one) { return one.key == row.key; });
    if (!ours && waits_for_mail(row)) effects.jobs.push_back(job_for(row, services.clock.now()));
  }
}

void forget(const Services& services, const std::vector<DocumentRecord>& kept) {
  std::vector<DocumentId> files;
  for (const DocumentRecord& document : kept) files.push_back(document.id);
  remove_files(services, files);
}

/// The letters of today, durable before a mail promises that they lie on the page: after that mail only the
/// transaction can fail.
Result<std::vector<DocumentRecord>> keep_letters(const Services& services, Waiting& waiting) {
  std::vector<DocumentRecord> records;
  for (OutboxRecord& row : waiting.rows) {
    date_letter(row, today(services));
    auto printed = print_letter(services, row);
    auto kept = printed ? keep_document(services, waiting.person, std::move(printed->record), printed->bytes)
                        : Result<DocumentRecord>(fail(printed.error()));
    if (!kept) {
      forget(services, records);
      return fail(kept.error());
    }
    records.push_back(std::move(*kept));
  }
  return records;
}

/// The mail went: the letters lie on the page from now on.
Result<void> note_announced(const Services& services, const Waiting& waiting,
                            const std::vector<DocumentRecord>& records) {
  std::vector<DocumentRecord> unused;
  const auto edited = edit_application(
      services, waiting.application.reference,
      [&](Transaction& transaction, Application& application, Effects& effects) -> Result<void> {
        const Instant now = services.clock.now();
        unused.clear();
        bool published = false;
        bool any = false;
        for (std::size_t i = 0; i < waiting.rows.size(); ++i) {
          auto row = still_waiting(transaction, waiting.rows[i]);
          if (!row) {
            unused.push_back(records[i]);
            continue;
          }
          any = true;
          row->content = waiting.rows[i].content;
          row->document = records[i].id.text;
          row->state = "delivered";
          row->delivered = now;
          row->last_error.clear();
          transaction.update_outbox(*row);
          effects.documents.push_back(records[i]);
          published = published || is_decision(*row);
        }
        go_on_with_others(services, waiting, transaction, effects);
        if (!any) return {};
        add_event(application, "announced-by-mail", today(services), now, "bot");
        if (published) add_event(application, "decision-published", today(services), now, "bot");
        effects.audit.push_back(audit_row("bot", "announced-by-mail"));
        return {};
      });
  if (!edited) return fail(edited.error());
  forget(services, unused);
  return {};
}

Result<void> go_by_post(const Services& services, const Waiting& waiting, std::string_view why) {
  const auto edited = edit_application(
      services, waiting.application.reference,
      [&](Transaction& transaction, Application& application, Effects& effects) -> Result<void> {
        bool any = false;
        for (const OutboxRecord& one : waiting.rows) {
          auto row = still_waiting(transaction, one);
          if (!row) continue;
          any = true;
          transaction.cancel_jobs(job::announce, row->key);
          turn_to_post(services, application, *row, why, effects);
          transaction.update_outbox(*row);
        }
        go_on_with_others(services, waiting, transaction, effects);
        if (!any) return {};
        // Another address may have been given while this one was tried.
        const bool same_address = application.common["email"] == waiting.application.common["email"];
        if (why == by_post::refused && same_address) stop_mail(application, why);
        add_event(application, why, today(services), services.clock.now(), "bot");
        effects.audit.push_back(audit_row("bot", why));
        return {};
      });
  if (!edited) return fail(edited.error());
  services.metrics
      .counter("softbot_letters_posted_instead_total", "Letters for which a mail was agreed, sent by post.",
               {{"why", std::string(why)}})
      .add(waiting.rows.size());
  return {};
}

std::chrono::milliseconds wait_before(int attempt, std::int64_t first_ms) {
  const int doublings = std::clamp(attempt - 1, 0, 20);
  return std::min(std::chrono::milliseconds(first_ms << doublings), longest_wait);
}

Result<void> try_later(const Services& services, const Waiting& waiting, const MailFailure& failure) {
  return services.store.write([&](Transaction& transaction) -> Result<void> {
    for (const OutboxRecord& one : waiting.rows) {
      auto row = still_waiting(transaction, one);
      if (!row) continue;
      ++row->attempts;
      row->last_error = "mail-" + std::string(name_of(failure.kind));
      transaction.update_outbox(*row);
    }
    const OutboxRecord& first = waiting.rows.front();
    const auto wait = wait_before(first.attempts + 1, services.configuration()->job_backoff_ms);
    transaction.cancel_jobs(job::announce, first.key);
    transaction.add_job(job::announce, first.key,
                        std::min(services.clock.now() + wait, last_moment(waiting)));
    return {};
  });
}

/// For the log: codes, never an address or words of the mail server.
void tell(const Services& services, const Waiting& waiting, const MailFailure& failure) {
  const std::array<LogField, 4> fields{LogField("kind", name_of(failure.kind)),
                                       LogField("reply", failure.reply), LogField("why", failure.why),
                                       LogField("attempt", waiting.rows.front().attempts + 1)};
  const bool ours = failure.kind == MailFailure::Kind::set_up;
  services.log.write(ours ? LogLevel::error : LogLevel::warn, "mail-not-sent", fields);
}

}  // namespace

std::optional<EmailAddress> mail_address_of(const Services& services, const Application& application) {
  if (services.mailer == nullptr) return std::nullopt;
  const Value& wish = application.facts[wish_fact];
  const bool signed_as_it_stands = !application.signed_by.empty() && application.unconfirmed.empty();
  if (!is_true(application.common["electronicDelivery"]) || !signed_as_it_stands) return std::nullopt;
  if (wish["stopped"].is_text() || is_true(wish["doubtful"])) return std::nullopt;
  const bool on_paper = application.channel == "paper" || paper::is_on_paper(application);
  if (on_paper && !is_true(wish["typed"])) return std::nullopt;
  auto address = parse_email(application.common["email"].text_or_empty());
  if (!address) return std::nullopt;
  return std::move(*address);
}

std::string why_no_mail(const Application& application) {
  return application.facts[wish_fact]["stopped"].text_or_empty();
}

Result<void> announce(const Services& services, const std::string& outbox_key) {
  auto waiting = find_waiting(services, outbox_key);
  if (!waiting) return fail(waiting.error());
  // The oldest one speaks for all.
  if (waiting->rows.empty() || waiting->rows.front().key != outbox_key) return {};
  const auto address = mail_address_of(services, waiting->application);
  if (!address) {
    const std::string stopped = why_no_mail(waiting->application);
    return go_by_post(services, *waiting, stopped.empty() ? by_post::not_wished : std::string_view(stopped));
  }
  if (services.clock.now() >= last_moment(*waiting)) return go_by_post(services, *waiting, by_post::too_late);

  const auto letters = keep_letters(services, *waiting);
  if (!letters) return fail(letters.error());
  const auto sent = services.mailer->send(message_about(services, *waiting, *address));
  if (sent) {
    count(services, "sent");
    return note_announced(services, *waiting, *letters);
  }
  forget(services, *letters);
  count(services, name_of(sent.error().kind));
  tell(services, *waiting, sent.error());
  if (sent.error().kind == MailFailure::Kind::refused)
    return go_by_post(services, *waiting, by_post::refused);
  return try_later(services, *waiting, sent.error());
}

Result<void> post_instead(const Services& services, const std::string& outbox_key, std::string_view why) {
  const auto waiting = find_waiting(services, outbox_key);
  if (!waiting) return fail(waiting.error());
  if (waiting->rows.empty()) return {};
  return go_by_post(services, *waiting, why);
}

Result<Application> choose_letters(const Services& services, const ApplicationReference& reference,
                                   const std::string& bsn, const LetterWish& wish) {
  std::string address;
  if (!wish.address.empty()) {
    auto parsed = parse_email(wish.address);
    if (!parsed) return fail(parsed.error());
    address = parsed->text();
  }
  return edit_application(
      services, reference,
      [&](Transaction& transaction, Application& application, Effects& effects) -> Result<void> {
        if (bsn.empty() || bsn != application.common["bsn"].text_or_empty())
          return fail(ErrorCode::forbidden, "Alleen wie de aanvraag deed, kan dit kiezen.");
        application.common.set("electronicDelivery", !address.empty());
        if (address.empty()) {
          stop_mail(application, by_post::not_wished);
        } else {
          application.common.set("email", address);
          application.facts.set(wish_fact, Value::object({{"typed", true}}));
        }
        const std::string_view chosen = address.empty() ? "chose-post" : "chose-mail";
        add_event(application, chosen, today(services), services.clock.now(), "resident");
        effects.audit.push_back(audit_row("resident", chosen));
        for (const OutboxRecord& row : transaction.outbox_of(reference)) {
          if (waits_for_mail(row))
            effects.jobs.push_back({std::string(job::announce), row.key, services.clock.now()});
        }
        return {};
      });
}

void stop_mail(Application& application, std::string_view why) {
  Value wish = wish_of(application);
  wish.set("stopped", why);
  application.facts.set(wish_fact, std::move(wish));
}

void note_mail_changed(Application& application, const std::vector<FieldChange>& changes, WhoChanged who) {
  bool address = false;
  bool agreed = false;
  bool any = false;
  for (const FieldChange& change : changes) {
    if (!change.common || !change.changes) continue;
    address = address || change.name == "email";
    agreed = agreed || (change.name == "electronicDelivery" && is_true(change.value));
    any = any || change.name == "email" || change.name == "electronicDelivery";
  }
  if (!any) return;
  const Value before = wish_of(application);
  const std::string& stopped = before["stopped"].text_or_empty();
  Value wish = Value::object();
  const bool trusted = who == WhoChanged::trusted;
  const bool typed = trusted && address;
  if (typed || is_true(before["typed"])) wish.set("typed", true);
  if (!trusted || (is_true(before["doubtful"]) && !typed)) wish.set("doubtful", true);
  // That an address was refused says nothing about another one; that somebody wanted post does.
  const bool goes_on = trusted && (agreed || (typed && stopped == by_post::refused));
  if (!stopped.empty() && !goes_on) wish.set("stopped", stopped);
  application.facts.set(wish_fact, std::move(wish));
}

bool is_about_mail(std::string_view event_kind) {
  constexpr std::array<std::string_view, 8> kinds{"announced-by-mail", by_post::refused,  by_post::too_late,
                                                  by_post::not_wished, by_post::by_staff, "chose-mail",
                                                  "chose-post",        "staff-chose-post"};
  return std::find(kinds.begin(), kinds.end(), event_kind) != kinds.end();
}

}  // namespace softbot::pipeline

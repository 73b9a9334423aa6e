#include "pipeline/attachment_reading.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <utility>

#include "domain/date.h"
#include "domain/text.h"
#include "domain/zone.h"
#include "forms/bank_statement.h"
#include "pipeline/stages.h"
#include "pipeline/views.h"

namespace softbot::pipeline {
namespace {

constexpr std::chrono::minutes longest_wait{15};

std::string name_of_reading(AttachmentReading reads) {
  switch (reads) {
    case AttachmentReading::bank_statement:
      return "bank-statement";
    case AttachmentReading::legibility:
      return "legibility";
    case AttachmentReading::nothing:
      break;
  }
  return {};
}

bool is_waiting(const Value& entry) {
  return entry["reading"]["state"].text_or_empty() == "waiting";
}

Value unread(const std::string& what, const std::string& reason) {
  return Value::object({{"what", what}, {"state", "unread"}, {"reason", reason}});
}

/// A day that is still to come was misread, and with it the period.
BankStatement without_days_to_come(BankStatement statement, Date today) {
  if (!statement.until || *statement.until <= today) return statement;
  statement.from.reset();
  statement.until.reset();
  statement.period = PeriodSource::unknown;
  return statement;
}

Value statements_of(const std::vector<std::string>& pages, Date today) {
  Value statements = Value::list();
  for (BankStatement& statement : read_bank_statements(pages))
    statements.push(to_value(without_days_to_come(std::move(statement), today)));
  return statements;
}

Value reading_of_statement(const std::vector<std::string>& pages, const Services& services) {
  return Value::object({{"what", "bank-statement"},
                        {"state", "read"},
                        {"version", services.reader.version()},
                        {"statements", statements_of(pages, today(services))}});
}

/// Legible when every page with something on it is; nothing of the pages themselves is kept.
Value reading_of_legibility(const ReadFile& file, const Services& services) {
  bool any = false;
  bool all = true;
  for (const ReadPage& page : file.pages) {
    if (page.blank || !page.legible) continue;
    any = true;
    all = all && *page.legible;
  }
  return Value::object({{"what", "legibility"},
                        {"state", "read"},
                        {"version", services.reader.version()},
                        {"legible", any && all}});
}

std::vector<std::string> print_of(const ReadFile& file) {
  std::vector<std::string> pages;
  for (const ReadPage& page : file.pages) pages.push_back(page.printed_text);
  return pages;
}

bool is_partly_read(const ReadFile& file) {
  const bool left_out = std::ranges::any_of(file.pages, [](const ReadPage& page) {
    return !page.problem.empty() || (!page.blank && page.printed_text.empty() && page.readings.empty());
  });
  return file.refused.has_value() || left_out;
}

bool is_text(const std::string& media_type) {
  return media_type.starts_with("text/csv") || media_type.starts_with("text/plain");
}

/// What is read of one file. Error: only what may go better later.
Result<Value> read_one(const Services& services, const Application& application, const Value& entry) {
  const std::string& what = entry["reading"]["what"].text_or_empty();
  const auto opened = open_document(services, application.reference,
                                    DocumentId(entry["document"].text_or_empty()), Viewer::staff);
  if (!opened && opened.error().retryable) return fail(opened.error());
  if (!opened) return unread(what, "failed");
  const bool statement = what == "bank-statement";
  if (statement && is_text(opened->record.media_type)) return reading_of_statement({opened->bytes}, services);
  const auto file = statement ? services.reader.read(opened->bytes, services.find_geometry)
                              : services.reader.look(opened->bytes);
  if (!file && file.error().retryable) return fail(file.error());
  if (!file) return unread(what, "off");
  if (file->pages.empty()) return unread(what, file->refused ? file->refused->code : "empty");
  if (!statement) return reading_of_legibility(*file, services);
  Value reading = reading_of_statement(print_of(*file), services);
  reading.set("partly", is_partly_read(*file));
  return reading;
}

/// Puts what was read in the place of the marks; the case goes on when no file waits any more.
void take_readings(const Services& services, const std::vector<std::pair<std::string, Value>>& readings,
                   Application& application, Effects& effects) {
  Value attachments = Value::list();
  bool waits = false;
  for (Value entry : application.attachments.items()) {
    const auto read =
        std::ranges::find(readings, entry["document"].text_or_empty(), &std::pair<std::string, Value>::first);
    if (is_waiting(entry) && read != readings.end()) entry.set("reading", read->second);
    waits = waits || is_waiting(entry);
    attachments.push(std::move(entry));
  }
  application.attachments = std::move(attachments);
  const bool goes_on = application.status == ApplicationStatus::received ||
                       application.status == ApplicationStatus::incomplete;
  if (waits || !goes_on) return;
  effects.cancelled_jobs.emplace_back(job::complete);
  effects.jobs.push_back({std::string(job::complete), application.reference.text, services.clock.now()});
}

void count_readings(const Services& services, const std::vector<std::pair<std::string, Value>>& readings) {
  for (const auto& [document, reading] : readings) {
    services.metrics
        .counter("softbot_attachments_read_total", "Files that were handed in, by what reading them came to.",
                 {{"what", reading["what"].text_or_empty()}, {"state", reading["state"].text_or_empty()}})
        .add();
  }
}

std::optional<Date> date_or_nothing(const Value& value) {
  const auto date = parse_iso_date(value.text_or_empty());
  if (!date) return std::nullopt;
  return *date;
}

std::string compact_account(const std::string& text) {
  std::string compact;
  for (const char c : ascii_upper(text)) {
    if (c != ' ' && c != '.' && c != '-') compact += c;
  }
  return compact;
}

/// The statements of a file that may be of the account that was stated.
std::vector<BankStatement> statements_in(const Value& entry, const std::string& account) {
  std::vector<BankStatement> statements;
  for (const Value& one : entry["reading"]["statements"].items()) {
    auto statement = bank_statement_from(one);
    if (!statement) continue;
    const bool fits = account.empty() || statement->account.empty() || statement->account == account;
    if (fits) statements.push_back(std::move(*statement));
  }
  return statements;
}

/// The one account that all statements are of; "".
std::string only_account(const std::vector<BankStatement>& statements) {
  std::string account;
  for (const BankStatement& statement : statements) {
    if (statement.account.empty() || statement.account == account) continue;
    if (!account.empty()) return {};
    account = statement.account;
  }
  return account;
}

/// One file as stated, or one per statement that was found in it.
std::vector<AttachmentInfo> infos_of(const Value& entry) {
  AttachmentInfo stated{entry["kind"].text_or_empty(), entry["iban"].text_or_empty(),
                        date_or_nothing(entry["periodFrom"]), date_or_nothing(entry["periodTo"])};
  const auto statements = statements_in(entry, compact_account(stated.iban));
  if (stated.from || stated.until || statements.empty()) {
    if (stated.iban.empty()) stated.iban = only_account(statements);
    return {std::move(stated)};
  }
  std::vector<AttachmentInfo> infos;
  for (const BankStatement& statement : statements) {
    AttachmentInfo& info = infos.emplace_back(stated);
    if (info.iban.empty()) info.iban = statement.account;
    if (statement.period != PeriodSource::stated) continue;
    info.from = statement.from;
    info.until = statement.until;
  }
  return infos;
}

}  // namespace

Value marked_for_reading(const Services& services, const Application& application, Value entry) {
  const FormDefinition* definition =
      services.configuration()->forms->find(application.type, application.municipality);
  const Attachment* asked =
      definition == nullptr ? nullptr : definition->attachment(entry["kind"].text_or_empty());
  if (asked == nullptr || asked->reads == AttachmentReading::nothing) return entry;
  entry.set("reading", Value::object({{"what", name_of_reading(asked->reads)},
                                      {"state", "waiting"},
                                      {"until", format_instant(services.clock.now() + longest_wait)}}));
  return entry;
}

bool waits_for_reading(const Application& application, Instant now) {
  return std::ranges::any_of(application.attachments.items(), [&](const Value& entry) {
    if (!is_waiting(entry)) return false;
    const auto until = parse_instant(entry["reading"]["until"].text_or_empty());
    return until && now < *until;
  });
}

std::vector<NewJob> jobs_to_read(const Application& application, Instant now) {
  if (std::ranges::none_of(application.attachments.items(), is_waiting)) return {};
  const std::string& subject = application.reference.text;
  return {{std::string(job::read_attachments), subject, now},
          {std::string(job::complete), subject, now + longest_wait}};
}

std::vector<AttachmentInfo> attachments_of(const Application& application) {
  std::vector<AttachmentInfo> all;
  for (const Value& entry : application.attachments.items())
    std::ranges::move(infos_of(entry), std::back_inserter(all));
  return all;
}

Result<void> read_attachments(const Services& services, const ApplicationReference& reference) {
  const auto loaded = load_application(services, reference);
  if (!loaded) return fail(loaded.error());
  if (loaded->status == ApplicationStatus::withdrawn) return {};
  const Value::List& entries = loaded->attachments.items();
  const auto waiting = std::ranges::find_if(entries, is_waiting);
  if (waiting == entries.end()) return {};
  auto reading = read_one(services, *loaded, *waiting);
  if (!reading) return fail(reading.error());
  const std::vector<std::pair<std::string, Value>> readings{
      {(*waiting)["document"].text_or_empty(), std::move(*reading)}};
  const auto edited = edit_application(
      services, reference, [&](Transaction&, Application& application, Effects& effects) -> Result<void> {
        take_readings(services, readings, application, effects);
        if (std::ranges::any_of(application.attachments.items(), is_waiting))
          effects.jobs.push_back(
              {std::string(job::read_attachments), application.reference.text, services.clock.now()});
        effects.audit.push_back(audit_row("bot", "attachments-read"));
        return {};
      });
  if (!edited) return fail(edited.error());
  count_readings(services, readings);
  return {};
}

Result<void> give_up_attachments(const Services& services, const ApplicationReference& reference) {
  const auto edited = edit_application(
      services, reference, [&](Transaction&, Application& application, Effects& effects) -> Result<void> {
        std::vector<std::pair<std::string, Value>> readings;
        for (const Value& entry : application.attachments.items()) {
          if (is_waiting(entry))
            readings.emplace_back(entry["document"].text_or_empty(),
                                  unread(entry["reading"]["what"].text_or_empty(), "failed"));
        }
        take_readings(services, readings, application, effects);
        return {};
      });
  if (!edited) return fail(edited.error());
  return {};
}

}  // namespace softbot::pipeline

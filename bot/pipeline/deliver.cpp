#include <algorithm>
#include <array>
#include <utility>

#include "domain/date.h"
#include "domain/paper.h"
#include "domain/zone.h"
#include "pipeline/edit.h"
#include "pipeline/incoming_post.h"
#include "pipeline/letters.h"
#include "pipeline/print_letter.h"
#include "pipeline/stages.h"
#include "pipeline/terms.h"
#include "pipeline/views.h"
#include "queue/reasons.h"

namespace softbot::pipeline {
namespace {

struct OutboxView {
  OutboxRecord row;
  std::optional<PersonRecord> person;
};

Result<OutboxView> load_entry(const Services& services, const std::string& key) {
  OutboxView view;
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    auto row = transaction.outbox(key);
    if (!row) return fail(ErrorCode::not_found, "There is no such entry in the outbox.");
    view.row = std::move(*row);
    view.person = transaction.person(view.row.person);
    return {};
  });
  if (!read) return fail(read.error());
  return view;
}

/// Its bytes lie durable, its row is not stored yet.
Result<PrintedLetter> print(const Services& services, const PersonRecord& person, const OutboxRecord& row) {
  auto printed = print_letter(services, row);
  if (!printed) return printed;
  auto kept = keep_document(services, person, std::move(printed->record), printed->bytes);
  if (!kept) return fail(kept.error());
  printed->record = std::move(*kept);
  return printed;
}

Result<void> bring_outside(const Services& services, const OutboxRecord& row, const std::string& bytes) {
  if (row.channel == "page") return {};
  const Delivery delivery{row.key, row.reference.text, row.channel, row.document, row.content};
  return row.channel == "post" ? services.post.deliver(delivery, bytes)
                               : services.provider_orders.deliver(delivery, bytes);
}

/// A letter without an address cannot be posted: it stays on the resident's page and a person finds the
/// address.
bool lacks_address(const OutboxRecord& row) {
  return row.channel == "post" && !row.content["address"].is_object();
}

}  // namespace

Result<void> deliver(const Services& services, const std::string& outbox_key) {
  auto entry = load_entry(services, outbox_key);
  if (!entry) return fail(entry.error());
  OutboxRecord& row = entry->row;
  if (row.state != "waiting" && row.state != "stuck") return {};
  if (!entry->person || entry->person->wrapped_key.empty()) return {};  // erased meanwhile

  std::optional<PrintedLetter> printed;
  if (row.document.empty() && row.content["letter"].is_text()) {
    auto done = print(services, *entry->person, row);
    if (!done) return fail(done.error());
    printed = std::move(*done);
    row.document = printed->record.id.text;
  }
  const bool unaddressed = lacks_address(row);
  if (!unaddressed) {
    std::string bytes = printed ? std::move(printed->bytes) : std::string();
    if (!printed && !row.document.empty()) {  // printed at an earlier try
      auto opened = open_document(services, row.reference, DocumentId(row.document), Viewer::staff);
      if (!opened) return fail(opened.error());
      bytes = std::move(opened->bytes);
    }
    const auto outside = bring_outside(services, row, bytes);
    if (!outside) return fail(outside.error());
  }
  row.state = unaddressed ? "stuck" : "delivered";
  row.delivered = unaddressed ? std::nullopt : std::optional<Instant>(services.clock.now());
  row.last_error = unaddressed ? "no-postal-address" : "";
  const auto stored = services.store.write([&](Transaction& transaction) -> Result<void> {
    const auto now_stored = transaction.outbox(outbox_key);
    if (!now_stored || (now_stored->state != "waiting" && now_stored->state != "stuck")) return {};
    if (printed) transaction.add_document(printed->record);
    transaction.update_outbox(row);
    return {};
  });
  if (!stored) return fail(stored.error());
  if (!unaddressed) return {};
  const auto told = edit_application(
      services, row.reference, [](Transaction&, Application& application, Effects&) -> Result<void> {
        queue::add_reason(application.open_tasks, queue::reason("no-postal-address"));
        return {};
      });
  if (!told) return fail(told.error());
  return {};
}

namespace {

Value receipt_context(const Services& services, const Application& application) {
  const auto configuration = services.configuration();
  const Date day = local_date(application.received);
  Value context = letter_context(*configuration, application, day);
  const TermReport terms = terms_of(application, day);
  const Deadline* plan = find_term(terms, "personal-plan");
  const CaseEvent* asked = last_event(application, "repair-request");
  const bool no_plan = !application.common["personalPlan"].as_bool().value_or(true);
  Value listed = Value::list();
  // On the screen the code was shown when it was sent; who sent paper has it from this letter alone.
  const bool on_paper = paper::is_on_paper(application);
  listed.push(Value::object(
      {{"reference", application.reference.text},
       {"title", title_of(*configuration, application)},
       {"code", on_paper ? Value(services.vault.application_code(application.reference)) : Value()},
       {"decideBy", application.legal_deadline ? Value(format_iso(*application.legal_deadline)) : Value()}}));
  context.set("applications", std::move(listed));
  context.set("signed", !application.signed_by.empty());
  context.set("asked", texts_of(application.asked));
  context.set("askedUntil", asked != nullptr && asked->until ? Value(format_iso(*asked->until)) : Value());
  context.set("personalPlanUntil", plan != nullptr && !no_plan ? Value(format_iso(plan->end)) : Value());
  context.set("sections", sections_in_words(*configuration, application));
  Value attachments = Value::list();
  for (const Value& one : application.attachments.items()) {
    attachments.push(Value::object({{"name", one["fileName"].text_or_empty()}}));
  }
  context.set("attachments", std::move(attachments));
  return context;
}

/// Who applied on paper gets the receipt by post, once the register gives an address to send it to.
std::optional<OutboxRecord> posted_receipt(const Services& services, const Application& application,
                                           Value context) {
  const auto person = register_person_of(application);
  if (!person || !person->address || !application.facts["receiptByPost"].as_bool().value_or(false))
    return std::nullopt;
  address_to(context, *person);
  OutboxRecord row = letter_row(services, application, "post", "receipt", "Ontvangstbevestiging",
                                std::move(context), planned_posting(today(services)));
  row.key = application.reference.text + "-receipt";  // one, however often the case is looked at again
  row.content.set("own", true);
  return row;
}

bool is_copy(const DocumentRecord& document) {
  return document.kind == "copy";
}

}  // namespace

Result<void> write_receipt(const Services& services, const ApplicationReference& reference) {
  const auto application = load_application(services, reference);
  if (!application) return fail(application.error());
  if (application->type == incoming_post_type) return {};
  std::optional<PersonRecord> person;
  bool written = false;
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    person = transaction.person(application->person);
    const auto documents = transaction.documents_of(reference);
    written = std::any_of(documents.begin(), documents.end(), is_copy);
    return {};
  });
  if (!read) return fail(read.error());
  if (!person || person->wrapped_key.empty()) return {};

  const Value context = receipt_context(services, *application);
  const auto posted = posted_receipt(services, *application, context);
  std::vector<DocumentRecord> records;
  const std::array<std::pair<const char*, const char*>, 2> letters{
      {{"receipt", "Ontvangstbevestiging"}, {"copy", "Kopie van wat u stuurde"}}};
  for (const auto& [letter, title] : letters) {
    if (written || (posted && std::string_view(letter) == "receipt")) continue;
    OutboxRecord row;
    row.reference = reference;
    row.content = Value::object({{"letter", letter}, {"title", title}, {"own", true}, {"context", context}});
    auto printed = print(services, *person, row);
    if (!printed) return fail(printed.error());
    records.push_back(std::move(printed->record));
  }
  const auto stored = services.store.write([&](Transaction& transaction) -> Result<void> {
    if (posted && !transaction.outbox(posted->key)) {
      transaction.add_outbox(*posted);
      transaction.add_job(job::deliver, posted->key, services.clock.now());
    }
    const auto documents = transaction.documents_of(reference);
    if (std::any_of(documents.begin(), documents.end(), is_copy)) return {};
    for (const DocumentRecord& record : records) transaction.add_document(record);
    return {};
  });
  if (stored && services.wake) services.wake();
  return stored;
}

Result<void> check_posting(const Services& services, const std::string& outbox_key) {
  const auto entry = load_entry(services, outbox_key);
  if (!entry) return fail(entry.error());
  if (entry->row.confirmed_date) return {};
  const auto edited = edit_application(
      services, entry->row.reference, [&](Transaction&, Application& application, Effects&) -> Result<void> {
        queue::add_reason(application.open_tasks, queue::reason("posting-unconfirmed"));
        return {};
      });
  if (!edited) return fail(edited.error());
  return {};
}

}  // namespace softbot::pipeline

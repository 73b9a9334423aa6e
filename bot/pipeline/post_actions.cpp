#include <algorithm>
#include <utility>

#include "domain/date.h"
#include "domain/zone.h"
#include "pipeline/incoming_post.h"
#include "pipeline/moves.h"
#include "pipeline/terms.h"
#include "pipeline/views.h"
#include "queue/claims.h"
#include "queue/reasons.h"

namespace softbot::pipeline {
namespace {

/// In the log, before the reference of the case that an item's papers went to.
constexpr std::string_view to_case = "naar zaak ";

bool works_for(const Staff& staff, std::string_view municipality) {
  return staff.municipalities.empty() || std::find(staff.municipalities.begin(), staff.municipalities.end(),
                                                   municipality) != staff.municipalities.end();
}

tl::unexpected<Error> no_item() {
  return fail(ErrorCode::not_found, "Er is geen post met dit kenmerk.");
}

/// The item may be dealt with by this colleague, on the version that they looked at.
Result<void> may_deal_with(const Services& services, const Staff& staff, const Application& item,
                           std::int64_t version) {
  if (item.type != incoming_post_type || !works_for(staff, item.municipality)) return no_item();
  if (auto may = queue::may_change(item, staff.account, services.clock.now(), version); !may) return may;
  if (item.status != ApplicationStatus::referred && item.status != ApplicationStatus::failed)
    return fail(ErrorCode::conflict, "Deze post is al afgehandeld.");
  return {};
}

void close_item(const Services& services, const Staff& staff, std::string_view how, const std::string& note,
                Application& item) {
  item.status = ApplicationStatus::decided;
  item.outcome.reset();
  item.decided_by = DecidedBy::person;
  item.reasons.clear();
  item.open_tasks.clear();
  queue::let_go(item);
  add_event(item, how, today(services), services.clock.now(), staff.account, note);
}

struct LoadedItem {
  Application item;
  std::vector<DocumentRecord> documents;
};

Result<LoadedItem> load_item(const Services& services, const Staff& staff,
                             const ApplicationReference& reference, std::int64_t version) {
  LoadedItem loaded;
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    auto item = transaction.application(reference);
    if (!item) return no_item();
    loaded.item = std::move(*item);
    loaded.documents = transaction.documents_of(reference);
    return {};
  });
  if (!read) return fail(read.error());
  if (auto may = may_deal_with(services, staff, loaded.item, version); !may) return fail(may.error());
  return loaded;
}

/// The item's documents sealed anew for where they belong; the applicant's own from then on.
Result<std::vector<DocumentRecord>> keep_anew(const Services& services, const LoadedItem& loaded,
                                              const Destination& destination) {
  std::vector<DocumentRecord> documents;
  for (const DocumentRecord& document : loaded.documents) {
    auto opened = open_document(services, loaded.item.reference, document.id, Viewer::staff);
    if (!opened) return fail(opened.error());
    DocumentRecord record = opened->record;
    record.reference = destination.reference;
    auto kept = keep_document(services, destination.person, std::move(record), opened->bytes);
    if (!kept) return fail(kept.error());
    documents.push_back(std::move(*kept));
  }
  return documents;
}

void add_to_attachments(const std::vector<DocumentRecord>& documents, Application& application) {
  for (const DocumentRecord& document : documents) {
    application.attachments.push(Value::object({{"document", document.id.text},
                                                {"kind", "other"},
                                                {"fileName", document.file_name},
                                                {"mediaType", document.media_type},
                                                {"bytes", document.bytes}}));
  }
}

/// The item is dealt with, and its own key goes: what it held lies with the case, under the case's key.
Result<void> give_away(const Services& services, Transaction& transaction, const Staff& staff,
                       const LoadedItem& loaded, std::string_view how, const ApplicationReference& to) {
  auto item = transaction.application(loaded.item.reference);
  if (!item) return no_item();
  if (auto may = may_deal_with(services, staff, *item, loaded.item.version); !may) return may;
  close_item(services, staff, how, to.text, *item);
  if (auto updated = transaction.update_application(*item); !updated) return updated;
  AuditRecord row = audit_row(staff.account, how);
  row.subject = item->reference.text;
  row.purpose = std::string(to_case) + to.text;
  row.at = services.clock.now();
  transaction.append_audit(std::move(row));
  transaction.destroy_person_key(item->person);
  return {};
}

void remove_old(const Services& services, const LoadedItem& loaded) {
  std::vector<DocumentId> files;
  for (const DocumentRecord& document : loaded.documents) files.push_back(document.id);
  remove_files(services, files);
}

Result<Destination> destination_of(const Services& services, const Staff& staff,
                                   const ApplicationReference& reference) {
  Destination destination;
  destination.reference = reference;
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    const auto application = transaction.application(reference);
    const bool seen =
        application && application->type != incoming_post_type && works_for(staff, application->municipality);
    const auto person = seen ? transaction.person(application->person) : std::nullopt;
    if (!person || person->wrapped_key.empty()) {
      return fail(Error{ErrorCode::invalid_input,
                        "Er is geen aanvraag met dit kenmerk.",
                        false,
                        {{"reference", "unknown", "Kijk het kenmerk na."}}});
    }
    destination.person = *person;
    return {};
  });
  if (!read) return fail(read.error());
  return destination;
}

}  // namespace

Result<Application> link_post(const Services& services, const Staff& staff, const ApplicationReference& item,
                              std::int64_t version, const PostLink& link) {
  auto loaded = load_item(services, staff, item, version);
  if (!loaded) return fail(loaded.error());
  const auto destination = destination_of(services, staff, link.reference);
  if (!destination) return fail(destination.error());
  auto documents = keep_anew(services, *loaded, *destination);
  if (!documents) return fail(documents.error());
  const auto linked = edit_application(
      services, link.reference,
      [&](Transaction& transaction, Application& application, Effects& effects) -> Result<void> {
        IncomingEvent event;
        event.kind = link.kind;
        event.received = std::max(local_date(loaded->item.received), local_date(application.received));
        event.note = link.note;
        if (auto taken = take_incoming(services, transaction, staff, event, application, effects); !taken)
          return taken;
        add_to_attachments(*documents, application);
        effects.documents.insert(effects.documents.end(), documents->begin(), documents->end());
        return give_away(services, transaction, staff, *loaded, "post-linked", link.reference);
      });
  if (!linked) return fail(linked.error());
  remove_old(services, *loaded);
  return linked;
}

Result<Application> start_from_post(const Services& services, const Staff& staff,
                                    const ApplicationReference& item, std::int64_t version,
                                    const PostStart& start) {
  auto loaded = load_item(services, staff, item, version);
  if (!loaded) return fail(loaded.error());
  IncomingSubmission incoming;
  incoming.municipality = start.municipality.empty() ? loaded->item.municipality : start.municipality;
  incoming.channel = "paper";
  incoming.common = start.common;
  incoming.requests.push_back({start.type, start.fields, {}});
  incoming.idempotency_key = "post-started\n" + item.text;
  incoming.received = loaded->item.received;
  Sender sender;
  sender.scope = "account:" + staff.account;
  sender.account = staff.account;
  if (start.is_signed) {
    sender.assurance = IdentityAssurance::paper_signed;
    sender.signed_by = "form";
  }
  PaperIntake paper;
  paper.prepare = [&](const PersonRecord& person,
                      std::vector<Application>& applications) -> Result<std::vector<DocumentRecord>> {
    auto documents = keep_anew(services, *loaded, {applications.front().reference, person});
    if (!documents) return fail(documents.error());
    // Typed over by somebody who has the paper before them: nothing was read, and nothing is in doubt.
    applications.front().readings = Value::object();
    applications.front().paper = Value::object({{"typedBy", staff.account}});
    add_to_attachments(*documents, applications.front());
    return documents;
  };
  ApplicationReference started;
  paper.store = [&](Transaction& transaction, const std::vector<Application>& applications) -> Result<void> {
    started = applications.front().reference;
    return give_away(services, transaction, staff, *loaded, "post-started", started);
  };
  const auto accepted = take_in(services, sender, incoming, paper);
  if (!accepted) return fail(accepted.error());
  remove_old(services, *loaded);
  return load_application(services, accepted->applications.front().reference);
}

Result<std::optional<PostEnd>> end_of_post(const Services& services, const ApplicationReference& item) {
  std::optional<PostEnd> end;
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    for (const AuditRecord& row : transaction.audit_of(item.text)) {
      if (row.action != "post-linked" && row.action != "post-started" && row.action != "post-closed")
        continue;
      end = PostEnd{row.action, row.actor, row.at, {}};
      if (row.purpose.starts_with(to_case))
        end->to = ApplicationReference(row.purpose.substr(to_case.size()));
    }
    return {};
  });
  if (!read) return fail(read.error());
  return end;
}

Result<Application> close_post(const Services& services, const Staff& staff, const ApplicationReference& item,
                               std::int64_t version, const std::string& note) {
  if (note.empty()) {
    return fail(Error{ErrorCode::invalid_input,
                      "Zeg wat er met deze post is gedaan.",
                      false,
                      {{"note", "missing", "Schrijf kort op wat u deed."}}});
  }
  return edit_application(services, item,
                          [&](Transaction&, Application& application, Effects& effects) -> Result<void> {
                            if (auto may = may_deal_with(services, staff, application, version); !may)
                              return may;
                            close_item(services, staff, "post-closed", note, application);
                            effects.audit.push_back(audit_row(staff.account, "post-closed"));
                            return {};
                          });
}

}  // namespace softbot::pipeline

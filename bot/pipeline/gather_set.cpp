#include <algorithm>
#include <array>

#include "domain/date.h"
#include "domain/json.h"
#include "domain/paper.h"
#include "domain/zone.h"
#include "pipeline/gathered_set.h"
#include "pipeline/incoming_post.h"
#include "pipeline/intake.h"
#include "pipeline/new_form.h"
#include "pipeline/paper_stages.h"
#include "pipeline/stages.h"
#include "pipeline/template_pages.h"
#include "pipeline/terms.h"
#include "pipeline/views.h"
#include "policy/register_support.h"
#include "queue/reasons.h"

namespace softbot::pipeline {
namespace {

std::vector<FormPage> form_pages(const GatheredSet& set, const ChosenPages& chosen) {
  std::vector<FormPage> pages;
  for (std::size_t i = 0; i < chosen.by_number.size(); ++i) {
    if (chosen.by_number[i]) pages.push_back({static_cast<int>(i) + 1, &set.read(*chosen.by_number[i])});
  }
  return pages;
}

std::vector<int> versions_here(const Configuration& configuration, const PageCode& code) {
  std::vector<int> versions{configuration.forms->common().version};
  for (const std::string& type : code.types) {
    const FormDefinition* definition = configuration.forms->find(type, code.municipality);
    versions.push_back(definition == nullptr ? 0 : definition->version);
  }
  return versions;
}

/// What a person must know of this paper before anything is granted on it.
std::vector<Reason> doubts_about(const Services& services, const NewForm& form) {
  std::vector<Reason> doubts;
  if (!form.chosen.missing().empty()) doubts.push_back(queue::reason("page-missing"));
  std::vector<int> unreadable;
  for (const FormPage& page : form_pages(form.set, form.chosen)) {
    if (!page.read->problem.empty()) unreadable.push_back(page.number);
  }
  if (!unreadable.empty()) doubts.push_back(queue::reason_of_pages("page-unreadable", "Pagina", unreadable));
  if (!form.types.empty() && form.types.front().answers.signature == "doubtful")
    doubts.push_back(queue::reason("signature-doubtful"));
  if (form.code.versions != versions_here(*services.configuration(), form.code))
    doubts.push_back(queue::reason("form-of-other-version"));
  if (!form.set.earlier.empty()) doubts.push_back(queue::reason("looks-like-earlier"));
  for (Reason& doubt : doubts_about_template(services, form)) doubts.push_back(std::move(doubt));
  return doubts;
}

Sender sender_of(const NewForm& form) {
  Sender sender;
  sender.scope = "scan";
  if (!form.types.empty() && form.types.front().answers.signature == "found") {
    sender.assurance = IdentityAssurance::paper_signed;
    sender.signed_by = "form";
  }
  return sender;
}

/// Earliest day of receipt among the files: that is when the application was received (Awb 4:13).
Date received_on(const GatheredSet& set) {
  Date day = set.scans.front().record.received_on;
  for (const OpenedScan& scan : set.scans) day = std::min(day, scan.record.received_on);
  return day;
}

IncomingSubmission submission_of(const Services& services, const NewForm& form) {
  IncomingSubmission incoming;
  incoming.municipality = form.code.municipality;
  incoming.channel = "paper";
  incoming.language = form.geometry.language == "en" ? "en" : "nl";
  incoming.common = form.types.front().answers.common;
  for (const TypeAnswers& one : form.types) incoming.requests.push_back({one.type, one.answers.fields, {}});
  incoming.received = receipt_of(services, received_on(form.set));
  Value scans = Value::list();
  std::vector<std::string> contents;
  for (const OpenedScan& scan : form.set.scans) {
    scans.push(scan.record.id);
    contents.push_back(scan.record.content_commitment);
  }
  std::sort(contents.begin(), contents.end());
  incoming.idempotency_key = "set\n" + form.set.set;
  for (const std::string& content : contents) incoming.idempotency_key += "\n" + content;
  incoming.body = to_json(Value::object({{"set", form.set.set}, {"scans", std::move(scans)}}));
  return incoming;
}

/// Who asked for what on which day, as something to know it by again that says nothing.
std::string ask_mark(const Services& services, const Application& application) {
  return "ask:" + services.vault.commitment("ask", application.common["bsn"].text_or_empty() + "\n" +
                                                       application.type + "\n" +
                                                       format_iso(local_date(application.received)));
}

/// Writes down in the scans where their pages went. `stale` when one of them is not as it was.
Result<void> place_set(Transaction& transaction, const GatheredSet& set, std::string_view where,
                       const std::vector<ApplicationReference>& references, bool looks_like_earlier,
                       Instant now, std::vector<DocumentId>& files) {
  for (std::size_t i = 0; i < set.scans.size(); ++i) {
    auto scan = transaction.scan(set.scans[i].record.id);
    if (!scan || scan->pages != set.scans[i].record.pages)
      return fail(Error{ErrorCode::stale, "The scan changed meanwhile.", true, {}});
    const std::vector<int> indices = all_indices_in(set, i);
    for (auto reference = references.rbegin(); reference != references.rend(); ++reference)
      place(*scan, indices, where, *reference);  // the first one last: it is the one that pages name
    scan->looks_like_earlier = scan->looks_like_earlier || looks_like_earlier;
    transaction.add_job(job::place_pages, scan->id, now);
    for (DocumentId& file : store_scan(transaction, *scan)) files.push_back(std::move(file));
  }
  return {};
}

/// The same resident asked for the same on the same day, in another scan than these.
bool was_asked_before(Transaction& transaction, const std::string& mark, const GatheredSet& set) {
  const auto scans = transaction.scans_marked(mark);
  return std::any_of(scans.begin(), scans.end(), [&](const ScanRecord& other) {
    return std::none_of(set.scans.begin(), set.scans.end(),
                        [&](const OpenedScan& own) { return own.record.id == other.id; });
  });
}

/// A number that is not certain as it was read may be settled by what stands beside it: then it is known at
/// receipt whose case this is.
Result<void> settle_number(const Services& services, NewForm& form) {
  Application probe;
  probe.common = form.types.front().answers.common;
  probe.readings = form.types.front().answers.readings;
  if (!may_be_looked_up(probe)) return {};
  const auto person = services.persons.find(paper::reading_of(probe, "bsn")["value"].text_or_empty());
  if (!person) return fail(person.error());
  if (!*person || !support_number_by_register(probe, **person)) return {};
  for (TypeAnswers& type : form.types) {
    type.answers.common.set("bsn", (*person)->bsn);
    type.answers.readings.set("bsn", paper::reading_of(probe, "bsn"));
  }
  return {};
}

Result<void> make_submission(const Services& services, NewForm& form) {
  if (auto settled = settle_number(services, form); !settled && settled.error().retryable) return settled;
  const IncomingSubmission incoming = submission_of(services, form);
  Application probe;
  probe.readings = form.types.front().answers.readings;
  PaperIntake paper;
  paper.number_identifies = paper::is_settled(probe, "bsn");
  std::vector<std::string> marks;
  paper.prepare = [&](const PersonRecord& person,
                      std::vector<Application>& applications) -> Result<std::vector<DocumentRecord>> {
    std::vector<DocumentRecord> documents;
    for (std::size_t i = 0; i < applications.size(); ++i) {
      if (paper.number_identifies) marks.push_back(ask_mark(services, applications[i]));
    }
    const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
      for (const std::string& mark : marks) {
        if (was_asked_before(transaction, mark, form.set))
          queue::add_reason(form.doubts, queue::reason("looks-like-earlier"));
      }
      return {};
    });
    if (!read) return fail(read.error());
    for (std::size_t i = 0; i < applications.size(); ++i) {
      auto kept = keep_form(services, form, person, form.types[i], applications[i]);
      if (!kept) return fail(kept.error());
      documents.insert(documents.end(), kept->begin(), kept->end());
    }
    return documents;
  };
  std::vector<DocumentId> files;
  paper.store = [&](Transaction& transaction, const std::vector<Application>& applications) -> Result<void> {
    files.clear();
    std::vector<ApplicationReference> references;
    for (const Application& one : applications) references.push_back(one.reference);
    for (const OpenedScan& scan : form.set.scans) {
      for (const std::string& mark : marks) transaction.mark_scan(scan.record.id, mark);
    }
    const bool earlier = std::any_of(form.doubts.begin(), form.doubts.end(),
                                     [](const Reason& doubt) { return doubt.code == "looks-like-earlier"; });
    return place_set(transaction, form.set, "case", references, earlier, services.clock.now(), files);
  };
  const auto accepted = take_in(services, sender_of(form), incoming, paper);
  if (!accepted) return fail(accepted.error());
  remove_files(services, files);
  return {};
}

/// A person sorts these pages: all of the set, from all its scans, in one item.
Result<void> queue_set(const Services& services, const GatheredSet& set, std::string_view why) {
  PostItem item;
  item.key = "set\n" + set.set;
  for (const OpenedScan& scan : set.scans) item.key += "\n" + scan.record.content_commitment;
  item.indices = all_indices_in(set, 0);
  item.reasons = {queue::reason(why)};
  std::vector<MorePages> also;
  for (std::size_t i = 1; i < set.scans.size(); ++i)
    also.push_back({set.scans[i].record, set.scans[i].read, all_indices_in(set, i)});
  const auto queued = put_in_queue(services, set.scans.front(), item, also);
  if (!queued) return fail(queued.error());
  return {};
}

/// Pages that the case lacked when it was made: they go there, and a person types over what they say.
Result<void> add_late_pages(const Services& services, const GatheredSet& set,
                            const ApplicationReference& reference) {
  Destination destination;
  destination.reference = reference;
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    const auto application = transaction.application(reference);
    const auto person = application ? transaction.person(application->person) : std::nullopt;
    if (!person || person->wrapped_key.empty())
      return fail(ErrorCode::not_found, "The case of an earlier page is not there.");
    destination.person = *person;
    return {};
  });
  if (!read) return fail(read.error());
  std::vector<DocumentRecord> documents;
  for (std::size_t i = 0; i < set.scans.size(); ++i) {
    const std::vector<int> indices = all_indices_in(set, i);
    auto kept = keep_loose(services, destination, set.scans[i], indices);
    if (!kept) return fail(kept.error());
    documents.insert(documents.end(), kept->begin(), kept->end());
    if (!is_whole(set.scans[i].record, indices)) continue;
    auto file = keep_whole_file(services, destination, set.scans[i].record);
    if (!file) return fail(file.error());
    documents.push_back(std::move(*file));
  }
  std::vector<DocumentId> files;
  const auto edited = edit_application(
      services, reference,
      [&](Transaction& transaction, Application& application, Effects& effects) -> Result<void> {
        files.clear();
        effects.documents.insert(effects.documents.end(), documents.begin(), documents.end());
        queue::add_reason(application.open_tasks, queue::reason("page-came-later"));
        add_event(application, "documents", set.scans.front().record.received_on, services.clock.now(),
                  set.scans.front().record.by);
        effects.audit.push_back(audit_row("bot", "page-came-later"));
        return place_set(transaction, set, "case", {reference}, false, services.clock.now(), files);
      });
  if (!edited) return fail(edited.error());
  remove_files(services, files);
  return {};
}

bool are_missing_in(const Application& application, const GatheredSet& set) {
  const auto& missing = application.paper["missing"].items();
  return std::all_of(set.pages.begin(), set.pages.end(), [&](const GatheredSet::Page& page) {
    const int number = set.read(page).code->page;
    return std::any_of(missing.begin(), missing.end(),
                       [&](const Value& one) { return one.as_integer() == number; });
  });
}

/// Pages of a form of which an application was made before.
Result<void> take_again(const Services& services, const GatheredSet& set) {
  for (const ApplicationReference& reference : set.earlier) {
    const auto application = load_application(services, reference);
    if (!application) return fail(application.error());
    if (are_missing_in(*application, set)) return add_late_pages(services, set, reference);
  }
  return queue_set(services, set, "looks-like-earlier");
}

Result<void> wait_for_rest(const Services& services, const GatheredSet& set, Instant until) {
  return services.store.write([&](Transaction& transaction) -> Result<void> {
    transaction.add_job(job::gather_set, set.set, until);
    return {};
  });
}

}  // namespace

Result<void> gather_set(const Services& services, const std::string& set_number) {
  const auto set = find_set(services, set_number);
  if (!set) return fail(set.error());
  if (set->pages.empty()) return {};
  const ChosenPages chosen = choose_pages(*set);
  if (!chosen.conflict.empty()) return queue_set(services, *set, chosen.conflict);
  const bool whole = chosen.missing().empty();
  if (!whole && !set->earlier.empty()) return take_again(services, *set);
  const Instant until = end_of_wait(set->scans.front().record);
  const bool may_come = set->template_version.empty();  // without a code nothing ties pages of two files
  if (!whole && may_come && services.clock.now() < until) return wait_for_rest(services, *set, until);

  const PageCode code = *set->read(set->pages.front()).code;
  const auto geometry = services.find_geometry(code);
  if (!geometry) return queue_set(services, *set, "unknown-form");
  const auto configuration = services.configuration();
  NewForm form{*set, chosen, *geometry, code, {}, {}};
  for (const std::string& type : code.types) {
    const FormDefinition* definition = configuration->forms->find(type, code.municipality);
    if (definition == nullptr) return queue_set(services, *set, "unknown-form");
    form.types.push_back(
        {type, answers_of(*geometry, configuration->forms->common(), *definition, form_pages(*set, chosen))});
  }
  form.doubts = doubts_about(services, form);
  return make_submission(services, form);
}

}  // namespace softbot::pipeline

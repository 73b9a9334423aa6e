#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "domain/application.h"
#include "domain/ids.h"
#include "domain/time.h"
#include "domain/value.h"

namespace softbot {

/// A resident as the store knows one: a random id and a key. The BSN is found by its look-up value alone.
struct PersonRecord {
  PersonId id;
  std::string wrapped_key;  ///< "" once destroyed
  std::string bsn_lookup;   ///< "" when unknown
};

/// One delivery of one or more requests, as it came in.
struct SubmissionRecord {
  SubmissionId id;
  PersonId person;
  std::string channel;
  Instant received{};
  std::string idempotency_scope;  ///< who sent it: an account, a machine key, a session, or "open"
  std::string idempotency_key;    ///< commitment of scope and key, or of the content for scans; unique
  std::string body_commitment;    ///< keyed hash of the body, to tell the same key with other content
  std::string body;               ///< untouched, sealed by the store
  std::vector<ApplicationReference> applications;
};

/// Work to do: a stage for an application, or a delivery. Leased while somebody works on it.
struct Job {
  std::int64_t id = 0;
  std::string kind;     ///< complete, facts, decide, write, deliver, ...
  std::string subject;  ///< an application's reference, or an outbox key
  Instant run_at{};
  int attempts = 0;
  std::string last_error;
};

/// Which jobs: every one, those of these kinds, or those of all others.
struct JobKinds {
  enum class Which { all, only, all_but };
  Which which = Which::all;
  std::vector<std::string> kinds = {};  ///< for `only` and `all_but`
};

/// A file of a case. Bytes are in DocumentFiles under the same id.
struct DocumentRecord {
  DocumentId id;
  ApplicationReference reference;
  PersonId person;
  std::string kind;       ///< receipt, copy, sign-sheet, repair, decision, investigation-report,
                          ///< attachment:bank-statement, ...
  std::string title;      ///< sealed by the store
  std::string file_name;  ///< sealed by the store
  std::string media_type;
  std::int64_t bytes = 0;
  bool own = false;           ///< the applicant handed it in or may see it with the code alone
  bool for_resident = false;  ///< visible to the signed-in resident
  Instant created{};
};

/// Something to bring outside, and how it stands.
struct OutboxRecord {
  std::string key;
  ApplicationReference reference;
  PersonId person;
  std::string channel;
  std::string document;  ///< document id, or ""
  Value content;         ///< sealed by the store
  std::string state;     ///< waiting, delivered, confirmed, stuck
  Instant created{};
  std::optional<Instant> delivered;
  std::optional<Date> planned_date;  ///< the posting day that the letter counts on
  std::optional<Date>
      confirmed_date;  ///< the posting day that the mail room confirmed: the day of publication
  int attempts = 0;
  std::string last_error;
};

enum class OutboxOrder { oldest_first, newest_first };

/// A page of the outbox: entries of this channel in these states, by when they were made.
struct OutboxFilter {
  std::string channel;                      ///< "": any
  std::vector<std::string> states;          ///< empty: all
  std::vector<std::string> municipalities;  ///< of the application that it is about; empty: all
  OutboxOrder order = OutboxOrder::oldest_first;
  std::size_t limit = 100;
  std::string after;  ///< key of the entry to go on after; "" (or a key that is not there): the beginning
};

/// A provision already granted (by us, or imported).
struct ProvisionRecord {
  std::string id;
  PersonId person;
  std::string type;  ///< household-help, small-aids, ...
  std::string municipality;
  std::string decision_number;  ///< sealed by the store
  Value details;                ///< minutesPerWeek, aid, provider, ...; sealed
  Date from{};
  std::optional<Date> until;
  std::string source;  ///< "import" or an application's reference
};

/// Somebody of the municipality.
struct AccountRecord {
  AccountName name;
  std::string display_name;
  std::string person;  ///< who it is: two accounts of one person are one person (four eyes)
  std::string password_hash;
  std::vector<std::string> roles;           ///< consultant, clerk, mail-room, administrator, auditor
  std::vector<std::string> municipalities;  ///< empty: all
  std::vector<std::string> teams;           ///< empty: all
  bool active = true;
  bool demo = false;
};

/// A machine's key for the API. The key itself is never stored.
struct MachineKeyRecord {
  std::string name;
  std::string key_commitment;
  std::vector<std::string> roles;  ///< as for accounts
  std::vector<std::string> municipalities;
  bool may_assert_identity = false;
  bool active = true;
};

/// A signed-in browser. The token itself is never stored.
struct SessionRecord {
  std::string token_commitment;
  std::string kind;     ///< staff or resident
  std::string account;  ///< for staff
  std::string bsn;      ///< for residents; sealed by the store under the master key
  std::string csrf;
  Instant created{};
  Instant expires{};
};

/// One link of the audit chain. Holds random ids and commitments, never personal data.
struct AuditRecord {
  std::int64_t number = 0;
  Instant at{};
  std::string actor;       ///< bot, an account name, a machine key's name, or resident
  std::string action;      ///< received, decided, looked, corrected, signed-in, kill-switch, ...
  std::string subject;     ///< a reference or another random id
  std::string purpose;     ///< why somebody looked
  std::string activity;    ///< processing activity of the record of processing
  std::string commitment;  ///< keyed hash of what it was about
  std::string previous;    ///< hash of the link before
  std::string hash;
};

/// A version of something shipped under config/: content-addressed, never changed once stored.
struct ConfigurationRecord {
  std::string kind;     ///< policy, form, letter, geometry
  std::string name;     ///< policy set, form type, letter name; of a geometry its types joined by "+"
  std::string version;  ///< content address; of a geometry its id
  std::string content;
  std::string state;  ///< draft, active, replaced
  std::string by;
  std::string why;
  Instant created{};
};

/// A part of the queue: all of it; what cannot wait or is late; or where a term ends within seven days.
enum class QueuePart { all, pressing, within_week };

/// What the queue can be asked for. Empty means all.
struct QueueFilter {
  std::string municipality;
  std::string type;
  std::string team;
  std::string reason;
  std::string status;
  std::string claimed_by;
  QueuePart part = QueuePart::all;
  std::vector<std::string> municipalities;  ///< what the asker may see; empty: all
  std::string counted_for;                  ///< whose claimed cases are counted as own; "": nobody's
  std::size_t limit = 100;
  std::string after;  ///< opaque place to go on from; "" for the beginning
};

/// How many cases each part of the queue holds, whatever `part` and `claimed_by` of the filter say.
struct QueueCounts {
  std::size_t all = 0;
  std::size_t own = 0;
  std::size_t pressing = 0;
  std::size_t within_week = 0;
  bool operator==(const QueueCounts&) const = default;
};

struct QueuePage {
  std::vector<Application> items;  ///< what cannot wait, then by legal deadline, then by date of receipt
  std::size_t total = 0;
  std::string next;  ///< "" when there is no more
  QueueCounts counts;
};

/// What lies before and behind a place in the queue, whether or not its own case is still there.
struct QueueNeighbours {
  std::optional<ApplicationReference> previous;
  std::optional<ApplicationReference> next;
  std::size_t before = 0;  ///< how many cases
  std::size_t behind = 0;
};

/// Counts for the administrator's figures. Keys such as {"municipality":"molendam","type":"small-aids",
/// "outcome":"granted"}.
struct Figure {
  std::map<std::string, std::string> labels;
  std::int64_t count = 0;
};

}  // namespace softbot

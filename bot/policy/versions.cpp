#include "policy/versions.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>
#include <vector>

#include "domain/json.h"
#include "domain/text.h"
#include "domain/zone.h"
#include "policy/examples.h"

namespace softbot {
namespace {

constexpr std::uintmax_t largest_file = std::uintmax_t{4} << 20;
constexpr const char* planned_state = "planned";
constexpr std::string_view shipper = "shipped";  ///< proposes what lies on disk; no account has this person

std::vector<ConfigurationRecord> versions_of(Transaction& transaction, const ConfigurationName& what) {
  auto records = transaction.configurations(what.kind);
  std::erase_if(records, [&](const auto& record) { return record.name != what.name; });
  return records;
}

std::string events_setting(const ConfigurationName& what) {
  return "events:" + what.kind + ":" + what.name;
}

Value to_value(const ConfigurationEvent& event) {
  Value value = Value::object({{"version", event.version},
                               {"kind", event.kind},
                               {"before", event.before},
                               {"by", event.change.person},
                               {"why", event.change.why},
                               {"at", format_instant(event.change.at)}});
  if (event.from) value.set("from", format_iso(*event.from));
  return value;
}

ConfigurationEvent event_from(const Value& value) {
  const auto at = parse_instant(value["at"].text_or_empty());
  const auto from = parse_iso_date(value["from"].text_or_empty());
  return {value["version"].text_or_empty(),
          value["kind"].text_or_empty(),
          value["before"].text_or_empty(),
          {value["by"].text_or_empty(), value["why"].text_or_empty(), at ? *at : Instant{}},
          from ? std::optional(*from) : std::nullopt};
}

void add_event(Transaction& transaction, const ConfigurationName& what, const ConfigurationEvent& event) {
  auto events = transaction.setting(events_setting(what)).value_or(Value::list());
  events.push(to_value(event));
  transaction.put_setting(events_setting(what), events);
}

/// True for an approval at once, and for the day of a planned version.
bool makes_active(const ConfigurationEvent& event) {
  return (event.kind == "approved" && !event.from) || event.kind == "began";
}

/// The versions that were active and may be gone back to, the active one last: an approval puts one on top,
/// going back takes one off.
std::vector<std::string> activated(const std::vector<ConfigurationEvent>& events) {
  std::vector<std::string> stack;
  for (const auto& event : events) {
    if (makes_active(event)) {
      if (stack.empty() && !event.before.empty()) stack.push_back(event.before);
      stack.push_back(event.version);
    } else if (event.kind == "went-back" && !stack.empty()) {
      stack.pop_back();
    }
  }
  return stack;
}

/// Makes one version active and the one that was replaced; gives the latter.
std::string activate(Transaction& transaction, std::vector<ConfigurationRecord> known,
                     std::string_view version) {
  std::string before;
  for (auto& record : known) {
    const bool wanted = record.version == version;
    if (wanted == (record.state == "active")) continue;
    if (!wanted) before = record.version;
    record.state = wanted ? "active" : "replaced";
    transaction.put_configuration(record);
  }
  return before;
}

/// What was planned waits for approval again.
void unplan(Transaction& transaction, const ConfigurationName& what, std::vector<ConfigurationRecord>& known,
            const ConfigurationChange& change) {
  const auto planned = std::ranges::find(known, planned_state, &ConfigurationRecord::state);
  if (planned == known.end()) return;
  planned->state = "draft";
  transaction.put_configuration(*planned);
  add_event(transaction, what, {planned->version, "withdrawn", "", change});
}

bool is_signed(const ConfigurationChange& change) {
  return !change.person.empty() && change.person != shipper && !trim(change.why).empty();
}

ConfigurationRecord record_of(const ConfigurationName& what, const ConfigurationFiles& files,
                              std::string_view state, const ConfigurationChange& change) {
  return {what.kind,          what.name,     version_of(files), content_of(files),
          std::string(state), change.person, change.why,        change.at};
}

/// A policy whose examples come out otherwise than they say is not put to work.
Result<void> check_examples(const ConfigurationName& what, const ConfigurationFiles& files) {
  if (what.kind != policy_name().kind) return {};
  const auto policy = PolicySet::load(files);
  if (!policy) return fail(policy.error());
  return all_as_expected(run_examples(*policy));
}

/// A draft that is approved for a later day.
struct Plan {
  ConfigurationRecord draft;
  Date from{};
  ConfigurationChange change;
};

Result<void> plan(Transaction& transaction, const ConfigurationName& what,
                  const std::vector<ConfigurationRecord>& known, Plan plan) {
  if (std::ranges::find(known, planned_state, &ConfigurationRecord::state) != known.end()) {
    return fail(ErrorCode::conflict, "Er wacht al een versie op haar dag. Trek die eerst in.");
  }
  plan.draft.state = planned_state;
  transaction.put_configuration(plan.draft);
  add_event(transaction, what, {plan.draft.version, "approved", "", plan.change, plan.from});
  return {};
}

Result<std::string> read_file(const std::filesystem::path& path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  if (error) return fail(ErrorCode::configuration, path.string() + ": cannot be read: " + error.message());
  if (size > largest_file) return fail(ErrorCode::configuration, path.string() + ": is larger than 4 MiB.");
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (!file.good() && !file.eof()) return fail(ErrorCode::configuration, path.string() + ": cannot be read.");
  if (!is_utf8(text))
    return fail(ErrorCode::configuration, path.string() + ": is not UTF-8. Save it as UTF-8.");
  return text;
}

}  // namespace

Result<Shipped> offer_shipped(Transaction& transaction, const ConfigurationName& what,
                              const ConfigurationFiles& files, Instant now) {
  const auto version = version_of(files);
  const auto known = versions_of(transaction, what);
  if (std::ranges::find(known, version, &ConfigurationRecord::version) != known.end()) return Shipped::known;
  const bool first = known.empty();
  if (first)
    if (auto checked = check_examples(what, files); !checked) return fail(checked.error());
  const ConfigurationChange change{std::string(shipper),
                                   first ? "Shipped with the program." : "Differs on disk.", now};
  transaction.put_configuration(record_of(what, files, first ? "active" : "draft", change));
  return first ? Shipped::activated : Shipped::drafted;
}

Result<std::string> propose(Transaction& transaction, const ConfigurationName& what,
                            const ConfigurationFiles& files, const ConfigurationChange& change) {
  if (!is_signed(change)) {
    return fail(ErrorCode::invalid_input, "Schrijf op wie deze wijziging voorstelt en waarom.");
  }
  const auto version = version_of(files);
  const auto known = versions_of(transaction, what);
  const auto same = std::ranges::find(known, version, &ConfigurationRecord::version);
  if (same != known.end() && same->state == "active") {
    return fail(ErrorCode::conflict, "Deze versie is al in gebruik.");
  }
  if (same != known.end() && same->state == planned_state) {
    return fail(ErrorCode::conflict, "Deze versie is al goedgekeurd en wacht op haar dag.");
  }
  transaction.put_configuration(record_of(what, files, "draft", change));
  add_event(transaction, what, {version, "proposed", "", change});
  return version;
}

Result<void> approve(Transaction& transaction, const ConfigurationName& what, std::string_view version,
                     const ConfigurationChange& change, std::optional<Date> from) {
  if (!is_signed(change)) {
    return fail(ErrorCode::invalid_input, "Schrijf op wie deze wijziging goedkeurt en waarom.");
  }
  const Date today = local_date(change.at);
  if (from && *from < today) {
    return fail(Error{ErrorCode::invalid_input,
                      "De dag waarop deze versie begint is al geweest.",
                      false,
                      {{"from", "in-the-past", "Kies vandaag of een latere dag."}}});
  }
  auto known = versions_of(transaction, what);
  const auto draft = std::ranges::find(known, version, &ConfigurationRecord::version);
  if (draft == known.end()) return fail(ErrorCode::not_found, "Deze versie bestaat niet.");
  if (draft->state != "draft") return fail(ErrorCode::conflict, "Alleen een concept kan worden goedgekeurd.");
  if (draft->by == change.person) {
    return fail(ErrorCode::forbidden,
                "Wie een wijziging voorstelt, kan die niet zelf goedkeuren. Vraag een collega.");
  }
  const auto files = files_of(draft->content);
  if (!files) return fail(files.error());
  if (auto checked = check_examples(what, *files); !checked) return checked;
  if (from && *from > today) return plan(transaction, what, known, {*draft, *from, change});
  unplan(transaction, what, known, change);
  const auto before = activate(transaction, std::move(known), version);
  add_event(transaction, what, {std::string(version), "approved", before, change});
  return {};
}

std::vector<ConfigurationEvent> events_of(Transaction& transaction, const ConfigurationName& what) {
  std::vector<ConfigurationEvent> events;
  const auto stored = transaction.setting(events_setting(what));
  if (!stored) return events;
  for (const auto& event : stored->items()) events.push_back(event_from(event));
  return events;
}

std::optional<std::string> earlier_version(Transaction& transaction, const ConfigurationName& what) {
  const auto stack = activated(events_of(transaction, what));
  return stack.size() < 2 ? std::nullopt : std::optional(stack[stack.size() - 2]);
}

Result<std::string> go_back(Transaction& transaction, const ConfigurationName& what, std::string_view leaving,
                            const ConfigurationChange& change) {
  if (!is_signed(change)) {
    return fail(ErrorCode::invalid_input, "Schrijf op wie teruggaat naar de vorige versie en waarom.");
  }
  auto known = versions_of(transaction, what);
  const auto active = std::ranges::find(known, "active", &ConfigurationRecord::state);
  if (active == known.end() || active->version != leaving) {
    return fail(ErrorCode::conflict, "Intussen is een andere versie in gebruik. Kijk eerst welke.");
  }
  const auto earlier = earlier_version(transaction, what);
  if (!earlier || std::ranges::find(known, *earlier, &ConfigurationRecord::version) == known.end()) {
    return fail(ErrorCode::conflict, "Er is geen eerdere goedgekeurde versie om naar terug te gaan.");
  }
  unplan(transaction, what, known, change);
  activate(transaction, std::move(known), *earlier);
  add_event(transaction, what, {*earlier, "went-back", std::string(leaving), change});
  return *earlier;
}

std::optional<PlannedVersion> planned_version(Transaction& transaction, const ConfigurationName& what) {
  std::optional<PlannedVersion> planned;
  for (const auto& event : events_of(transaction, what)) {
    const bool plans = event.kind == "approved" && event.from;
    if (plans) planned = PlannedVersion{event.version, *event.from};
    if (!plans && planned && event.version == planned->version) planned = std::nullopt;
  }
  return planned;
}

std::optional<std::string> begin_planned(Transaction& transaction, const ConfigurationName& what,
                                         Instant now) {
  const auto planned = planned_version(transaction, what);
  if (!planned || local_date(now) < planned->from) return std::nullopt;
  ConfigurationChange change{};
  for (const auto& event : events_of(transaction, what))
    if (event.version == planned->version && event.kind == "approved") change = event.change;
  change.at = now;
  const auto before = activate(transaction, versions_of(transaction, what), planned->version);
  add_event(transaction, what, {planned->version, "began", before, change, planned->from});
  return planned->version;
}

Result<void> withdraw(Transaction& transaction, const ConfigurationName& what, std::string_view version,
                      const ConfigurationChange& change) {
  if (!is_signed(change)) {
    return fail(ErrorCode::invalid_input, "Schrijf op wie deze versie intrekt en waarom.");
  }
  auto known = versions_of(transaction, what);
  const auto planned = std::ranges::find(known, version, &ConfigurationRecord::version);
  if (planned == known.end()) return fail(ErrorCode::not_found, "Deze versie bestaat niet.");
  if (planned->state != planned_state) {
    return fail(ErrorCode::conflict, "Deze versie wacht niet op een dag. Kijk eerst hoe zij ervoor staat.");
  }
  unplan(transaction, what, known, change);
  return {};
}

Result<void> throw_away(Transaction& transaction, const ConfigurationName& what, std::string_view version,
                        const ConfigurationChange& change) {
  if (!is_signed(change)) {
    return fail(ErrorCode::invalid_input, "Schrijf op wie dit concept weggooit en waarom.");
  }
  auto known = versions_of(transaction, what);
  const auto draft = std::ranges::find(known, version, &ConfigurationRecord::version);
  if (draft == known.end()) return fail(ErrorCode::not_found, "Deze versie bestaat niet.");
  if (draft->state != "draft") return fail(ErrorCode::conflict, "Alleen een concept kan worden weggegooid.");
  const auto events = events_of(transaction, what);
  const bool was_active = std::ranges::any_of(events, [&](const ConfigurationEvent& event) {
    return event.before == version || (event.version == version && makes_active(event));
  });
  draft->state = was_active ? "replaced" : "thrown-away";
  transaction.put_configuration(*draft);
  add_event(transaction, what, {std::string(version), "thrown-away", "", change});
  return {};
}

std::optional<ConfigurationRecord> active_configuration(Transaction& transaction,
                                                        const ConfigurationName& what) {
  auto known = versions_of(transaction, what);
  const auto active = std::ranges::find(known, "active", &ConfigurationRecord::state);
  return active == known.end() ? std::nullopt : std::optional(std::move(*active));
}

std::optional<ConfigurationChange> approval_of(Transaction& transaction, const ConfigurationName& what,
                                               std::string_view version) {
  std::optional<ConfigurationChange> approval;
  for (const auto& event : events_of(transaction, what)) {
    if (event.kind == "approved" && event.version == version) approval = event.change;
  }
  return approval;
}

Result<ConfigurationFiles> read_configuration_folder(const std::filesystem::path& folder,
                                                     const std::vector<std::string>& extensions) {
  std::error_code error;
  std::filesystem::directory_iterator entries(folder, error);
  if (error) return fail(ErrorCode::configuration, folder.string() + ": cannot be read: " + error.message());
  ConfigurationFiles files;
  for (const auto& entry : entries) {
    const auto extension = entry.path().extension().string();
    if (!entry.is_regular_file() || std::ranges::find(extensions, extension) == extensions.end()) continue;
    auto text = read_file(entry.path());
    if (!text) return fail(text.error());
    files.emplace(entry.path().filename().string(), *std::move(text));
  }
  return files;
}

ConfigurationName policy_name() {
  return {"policy", "default"};
}

Result<std::shared_ptr<const PolicySet>> ActivePolicy::get(Transaction& transaction) {
  const auto record = active_configuration(transaction, policy_name());
  if (!record) {
    return fail(ErrorCode::configuration,
                "There is no active policy. Start once with config/policy/default in place.");
  }
  {
    const std::scoped_lock lock(mutex_);
    if (compiled_ && compiled_->version() == record->version) return compiled_;
  }
  const auto files = files_of(record->content);
  if (!files) return fail(files.error());
  auto loaded = PolicySet::load(*files);
  if (!loaded) return fail(loaded.error());
  auto compiled = std::make_shared<const PolicySet>(*std::move(loaded));
  if (compiled->version() != record->version) {
    return fail(ErrorCode::damaged, "The stored policy does not match its version. Restore a backup.");
  }
  const std::scoped_lock lock(mutex_);
  compiled_ = compiled;
  return compiled;
}

Result<std::shared_ptr<const PolicySet>> ActivePolicy::get(Store& store) {
  Result<std::shared_ptr<const PolicySet>> result = fail(ErrorCode::internal, "The policy was not read.");
  const auto done = store.read([&](Transaction& transaction) -> Result<void> {
    result = get(transaction);
    return {};
  });
  if (!done) return fail(done.error());
  return result;
}

}  // namespace softbot

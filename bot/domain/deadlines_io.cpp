#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "domain/deadlines.h"
#include "domain/text.h"

namespace softbot {
namespace {

constexpr std::size_t kMostEvents = 500;
constexpr int kMostTermDays = 400;

std::string known_kinds() {
  std::string list;
  for (const EventKindInfo& info : event_kinds()) list += (list.empty() ? "" : ", ") + std::string(info.name);
  return list;
}

/// Collects every mistake with its path, so that one run names them all.
class Mistakes {
 public:
  void add(std::string path, std::string code, std::string message) {
    found_.push_back({std::move(path), std::move(code), std::move(message)});
  }

  void unknown_members(const Value& object, const std::string& path,
                       const std::vector<std::string_view>& known) {
    for (const Value::Member& member : object.members()) {
      if (std::find(known.begin(), known.end(), member.name) != known.end()) continue;
      std::string list;
      for (const std::string_view name : known) list += (list.empty() ? "" : ", ") + std::string(name);
      const std::string name = is_plain(member.name) ? member.name : "(unprintable)";
      add(path + name, "unknown-member", "This member is not known here. Known are: " + list + ".");
    }
  }

  [[nodiscard]] bool none() const { return found_.empty(); }

  [[nodiscard]] tl::unexpected<Error> as_error() const {
    std::string message = "The input of deadlines has mistakes:";
    for (const FieldError& mistake : found_) message += "\n  " + mistake.field + ": " + mistake.message;
    return fail(Error{ErrorCode::invalid_input, std::move(message), false, found_});
  }

 private:
  static bool is_plain(const std::string& name) {
    return !name.empty() && name.size() <= 60 && !has_control_characters(name);
  }

  std::vector<FieldError> found_;
};

std::optional<Date> date_member(const Value& object, std::string_view name, const std::string& path,
                                Mistakes& mistakes) {
  const Value& value = object[name];
  if (value.is_null()) return std::nullopt;
  const std::string* text = value.as_text();
  const Result<Date> date =
      text != nullptr ? parse_date(*text) : Result<Date>(fail(ErrorCode::invalid_input, ""));
  if (date) return *date;
  const std::string code = text != nullptr ? std::string(value_code(date.error())) : "not-text";
  const std::string why = code == "date-not-in-calendar" ? "That day does not exist"
                          : code == "date-too-early"     ? "The year is before 1900"
                          : code == "date-too-late"      ? "The year is after 2199"
                                                         : "This is not a date";
  mistakes.add(path + std::string(name), code, why + ". Write it as 2026-03-01.");
  return std::nullopt;
}

/// A positive number of days or weeks, in days.
std::optional<int> length_member(const Value& object, std::string_view name, int unit,
                                 const std::string& path, Mistakes& mistakes) {
  const Value& value = object[name];
  if (value.is_null()) return std::nullopt;
  const auto number = value.as_integer();
  if (number && *number >= 1 && *number * unit <= kMostTermDays && *number <= kMostTermDays) {
    return static_cast<int>(*number) * unit;
  }
  mistakes.add(path + std::string(name), "not-a-length",
               "Give a whole number from 1 to " + std::to_string(kMostTermDays / unit) + ".");
  return std::nullopt;
}

/// The last day that an event names, by `until` or by a length. A length for a repair term never ends on a
/// day that is not a working day.
std::optional<Date> last_day(const Value& value, const TermEvent& event, const std::string& path,
                             Mistakes& mistakes) {
  const auto until = date_member(value, "until", path, mistakes);
  const auto days = length_member(value, "days", 1, path, mistakes);
  const auto weeks = length_member(value, "weeks", 7, path, mistakes);
  if (int{until.has_value()} + int{days.has_value()} + int{weeks.has_value()} > 1) {
    mistakes.add(path + "until", "several-ends", "Give one of until, days and weeks.");
  }
  if (until && *until < event.date) {
    mistakes.add(path + "until", "before-date", "The last day lies before the date of the event.");
  }
  if (until) return until;
  const auto length = days ? days : weeks;
  if (!length) return std::nullopt;
  return event.kind == EventKind::repair_request ? repair_term_end(event.date, *length)
                                                 : add_days(event.date, *length);
}

std::optional<TermEvent> event_from(const Value& value, const std::string& path, Mistakes& mistakes) {
  if (!value.is_object()) {
    mistakes.add(path.substr(0, path.size() - 1), "not-an-object",
                 "An event is an object with kind and date.");
    return std::nullopt;
  }
  mistakes.unknown_members(value, path,
                           {"kind", "date", "until", "days", "weeks", "from", "posted", "committee", "note"});
  const auto kind = event_kind_from(value["kind"].text_or_empty());
  if (!kind) {
    const bool missing = value["kind"].is_null();
    mistakes.add(path + "kind", missing ? "missing" : "unknown-kind",
                 (missing ? "The kind is missing. Kinds are: " : "This kind is not known. Kinds are: ") +
                     known_kinds() + ".");
  }
  const auto date = date_member(value, "date", path, mistakes);
  if (value["date"].is_null())
    mistakes.add(path + "date", "missing", "The date is missing. Write it as 2026-03-01.");
  if (!kind || !date) return std::nullopt;

  TermEvent event{*kind, *date};
  event.until = last_day(value, event, path, mistakes);
  event.from = date_member(value, "from", path, mistakes);
  event.posted = date_member(value, "posted", path, mistakes);
  const Value& committee = value["committee"];
  if (!committee.is_null() && !committee.is_bool()) {
    mistakes.add(path + "committee", "not-a-flag", "Give true or false.");
  }
  event.committee = committee.as_bool().value_or(false);
  const bool needs_end = *kind == EventKind::suspension_consent || *kind == EventKind::extension_notice;
  if (needs_end && !event.until && value["until"].is_null() && value["days"].is_null() &&
      value["weeks"].is_null()) {
    mistakes.add(path + "until", "missing",
                 "Give the last day with until, or its distance with days or weeks.");
  }
  return event;
}

std::vector<TermEvent> events_from(const Value& list, Mistakes& mistakes) {
  std::vector<TermEvent> events;
  if (!list.is_list() || list.items().empty()) {
    mistakes.add("events", "missing", "Give a list with at least one event, each with kind and date.");
    return events;
  }
  if (list.items().size() > kMostEvents) {
    mistakes.add("events", "too-many", "Give at most " + std::to_string(kMostEvents) + " events.");
    return events;
  }
  for (std::size_t i = 0; i < list.items().size(); ++i) {
    const auto event = event_from(list.items()[i], "events[" + std::to_string(i) + "].", mistakes);
    if (event) events.push_back(*event);
  }
  return events;
}

/// The law that the input names, or the one that its events tell.
TermLaw law_from(const Value& input, const std::vector<TermEvent>& events, Mistakes& mistakes) {
  std::optional<TermLaw> law;
  for (const std::string_view name : {"law", "type"}) {
    if (input[name].is_null()) continue;
    const auto named = term_law_from(input[name].text_or_empty());
    if (!named) {
      mistakes.add(
          std::string(name), "unknown-law",
          "This is not known. Laws are awb, wmo2015, participatiewet; types are household-help, small-aids, "
          "extension, general-notification, living-allowance.");
    } else if (law && *law != *named) {
      mistakes.add("type", "other-law", "This type falls under another law than the one that is given.");
    }
    if (named && !law) law = named;
  }
  if (law) return *law;
  const bool wmo = std::any_of(events.begin(), events.end(), [](const TermEvent& event) {
    return event.kind == EventKind::notification || event.kind == EventKind::investigation_finished ||
           event.kind == EventKind::personal_plan || event.kind == EventKind::personal_plan_declined;
  });
  return wmo ? TermLaw::wmo2015 : TermLaw::awb;
}

Value dates_or_null(const std::optional<Date>& date) {
  return date ? Value(format_iso(*date)) : Value();
}

Value texts(const std::vector<std::string>& all) {
  Value list = Value::list();
  for (const std::string& text : all) list.push(Value(text));
  return list;
}

std::string short_date(const Value& iso) {
  const Result<Date> date = parse_iso_date(iso.text_or_empty());
  return date ? format_dutch_numbers(*date) : "";
}

std::string dutch_status(const Value& name) {
  for (const TermStatus status : {TermStatus::upcoming, TermStatus::running, TermStatus::suspended,
                                  TermStatus::met, TermStatus::passed, TermStatus::lapsed}) {
    if (name_of(status) == name.text_or_empty()) return std::string(dutch_name_of(status));
  }
  return "";
}

using Row = std::array<std::string, 6>;

std::string aligned(const std::vector<Row>& rows) {
  std::array<std::size_t, 6> widths{};
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i)
      widths.at(i) = std::max(widths.at(i), count_code_points(row.at(i)));
  }
  std::string out;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    std::string line;
    for (std::size_t i = 0; i < widths.size(); ++i) {
      line += rows[r].at(i) + std::string(widths.at(i) - count_code_points(rows[r].at(i)) + 2, ' ');
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
    if (r == 0) out += std::string(count_code_points(line), '-') + "\n";
  }
  return out;
}

/// Breaks a text into lines of at most 100 characters, indented.
std::string wrapped(const std::string& text, const std::string& indent) {
  std::string out;
  std::string line = indent;
  std::string word;
  const auto flush = [&] {
    if (word.empty()) return;
    const std::size_t width = count_code_points(line) + 1 + count_code_points(word);
    if (width > 100 && line != indent) {
      out += line + "\n";
      line = indent;
    }
    line += (line == indent ? "" : " ") + word;
    word.clear();
  };
  for (const char c : text) {
    if (c == ' ' || c == '\n') {
      flush();
    } else {
      word += c;
    }
  }
  flush();
  return out + line + "\n";
}

std::string print_penalty(const Value& penalty) {
  if (penalty.is_null()) return "";
  std::string out = "\nDwangsom: ";
  out += penalty["premature"].as_bool().value_or(false)
             ? "ingebrekestelling te vroeg"
             : std::to_string(penalty["days"].as_integer().value_or(0)) + " dagen, " +
                   penalty["total"].text_or_empty();
  out += "\n" + wrapped(penalty["explanation"].text_or_empty(), "  ");
  for (const Value& tranche : penalty["tranches"].items()) {
    const Cents per_day{tranche["centsPerDay"].as_integer().value_or(0)};
    const Cents total{tranche["cents"].as_integer().value_or(0)};
    out += "  " + short_date(tranche["from"]) + " t/m " + short_date(tranche["until"]) + ": " +
           std::to_string(tranche["days"].as_integer().value_or(0)) + " x " + format_euro(per_day) + " = " +
           format_euro(total) + "\n";
  }
  return out;
}

}  // namespace

Value to_value(const Deadline& deadline) {
  return Value::object({
      {"code", deadline.code},
      {"label", deadline.label},
      {"party", deadline.party == TermParty::municipality ? "municipality" : "resident"},
      {"article", deadline.articles.empty() ? Value() : Value(deadline.articles.front())},
      {"articles", texts(deadline.articles)},
      {"start", format_iso(deadline.start)},
      {"nominalEnd", format_iso(deadline.nominal_end)},
      {"end", format_iso(deadline.end)},
      {"suspendedDays", deadline.suspended_days},
      {"status", name_of(deadline.status)},
      {"metOn", dates_or_null(deadline.met_on)},
      {"explanation", deadline.explanation},
  });
}

Value to_value(const Penalty& penalty) {
  const bool counts = !penalty.premature;
  Value tranches = Value::list();
  Value by_day = Value::list();
  for (const PenaltyTranche& tranche : penalty.tranches) {
    tranches.push(Value::object({{"from", format_iso(tranche.from)},
                                 {"until", format_iso(tranche.until)},
                                 {"days", tranche.days},
                                 {"centsPerDay", tranche.per_day.value},
                                 {"cents", tranche.total.value}}));
  }
  for (int day = 1; day <= penalty.days; ++day) {
    by_day.push(Value::object({{"day", day},
                               {"date", format_iso(add_days(penalty.first_day, day - 1))},
                               {"cents", penalty_after(day).value - penalty_after(day - 1).value},
                               {"totalCents", penalty_after(day).value}}));
  }
  return Value::object({
      {"noticeReceived", format_iso(penalty.notice_received)},
      {"premature", penalty.premature},
      {"graceEnd", counts ? Value(format_iso(penalty.grace_end)) : Value()},
      {"firstDay", counts ? Value(format_iso(penalty.first_day)) : Value()},
      {"lastPossibleDay", counts ? Value(format_iso(penalty.last_possible_day)) : Value()},
      {"days", penalty.days},
      {"totalCents", penalty.total.value},
      {"total", format_euro(penalty.total)},
      {"tranches", tranches},
      {"byDay", by_day},
      {"article", penalty.articles.empty() ? Value() : Value(penalty.articles.front())},
      {"articles", texts(penalty.articles)},
      {"explanation", penalty.explanation},
  });
}

Result<Value> deadlines_from_input(const Value& input, Date today) {
  if (!input.is_object()) {
    return fail(ErrorCode::invalid_input, "The input is not a JSON object with law, today and events.");
  }
  Mistakes mistakes;
  mistakes.unknown_members(input, "", {"law", "type", "today", "events", "note"});
  std::vector<TermEvent> events = events_from(input["events"], mistakes);
  const TermLaw law = law_from(input, events, mistakes);
  const auto given = date_member(input, "today", "", mistakes);
  if (!mistakes.none()) return mistakes.as_error();

  if (input["type"].text_or_empty() == "general-notification") {
    for (TermEvent& event : events) {
      if (event.kind == EventKind::received) event.kind = EventKind::notification;
    }
  }
  Date day = given.value_or(today);
  if (!given) {
    for (const TermEvent& event : events) day = std::max(day, event.date);
  }
  const TermReport report = compute_terms(law, events, day);
  Value terms = Value::list();
  for (const Deadline& term : report.terms) terms.push(to_value(term));
  return Value::object({{"law", name_of(law)},
                        {"today", format_iso(day)},
                        {"terms", terms},
                        {"penalty", report.penalty ? to_value(*report.penalty) : Value()}});
}

std::string print_deadlines(const Value& output) {
  const Result<Date> today = parse_iso_date(output["today"].text_or_empty());
  std::string out = "Termijnen op " + (today ? format_dutch_weekday(*today) : "onbekende dag") + "\n\n";
  if (output["terms"].items().empty())
    return out + "Uit deze gebeurtenissen volgt geen termijn.\n" + print_penalty(output["penalty"]);
  std::vector<Row> rows = {{"Termijn", "Artikel", "Begint na", "Laatste dag", "Opgeschort", "Stand"}};
  for (const Value& term : output["terms"].items()) {
    const std::int64_t suspended = term["suspendedDays"].as_integer().value_or(0);
    rows.push_back({term["label"].text_or_empty(), term["article"].text_or_empty(), short_date(term["start"]),
                    short_date(term["end"]),
                    suspended == 0 ? "-" : std::to_string(suspended) + (suspended == 1 ? " dag" : " dagen"),
                    dutch_status(term["status"])});
  }
  out += aligned(rows);
  for (const Value& term : output["terms"].items()) {
    out += "\n" + term["label"].text_or_empty() + "\n" + wrapped(term["explanation"].text_or_empty(), "  ");
  }
  return out + print_penalty(output["penalty"]);
}

}  // namespace softbot

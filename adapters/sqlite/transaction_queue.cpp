#include <array>
#include <charconv>
#include <map>

#include "adapters/sqlite/columns.h"
#include "adapters/sqlite/transaction.h"
#include "domain/zone.h"

namespace softbot::sqlite {
namespace {

/// Where a page of the queue ended.
struct Place {
  std::int64_t rank = 1;
  std::int64_t deadline = 0;
  std::int64_t received = 0;
  std::string reference;
};

std::string to_text(const Place& place) {
  return std::to_string(place.rank) + "." + std::to_string(place.deadline) + "." +
         std::to_string(place.received) + "." + place.reference;
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// A place that was not ours reads as the beginning.
std::optional<Place> place_from(std::string_view text) {
  std::array<std::int64_t, 3> numbers{};
  for (std::int64_t& number : numbers) {
    const auto dot = text.find('.');
    const auto read = dot == std::string_view::npos ? std::nullopt : whole_number(text.substr(0, dot));
    if (!read) return std::nullopt;
    number = *read;
    text.remove_prefix(dot + 1);
  }
  return Place{numbers[0], numbers[1], numbers[2], std::string(text)};
}

constexpr std::string_view own_case = "(a.claim_account = :counted_for AND a.claim_until > :now)";
constexpr std::string_view pressing_case = "(a.rank = 0 OR a.deadline < :today)";
constexpr std::string_view case_within_week = "(a.deadline BETWEEN :today AND :week)";

/// The conditions that the counts of all parts share, with named parameters, so that each combination is one
/// statement in the cache.
std::string shared_conditions_of(const QueueFilter& filter) {
  std::string sql = " FROM application a INDEXED BY application_queue WHERE a.waits = 1";
  if (!filter.municipality.empty()) sql += " AND a.municipality = :municipality";
  if (!filter.type.empty()) sql += " AND a.type = :type";
  if (!filter.team.empty()) sql += " AND a.team = :team";
  if (!filter.status.empty()) sql += " AND a.status = :status";
  if (!filter.municipalities.empty())
    sql += " AND a.municipality IN (SELECT value FROM json_each(:municipalities))";
  if (!filter.reason.empty()) {
    sql += " AND EXISTS (SELECT 1 FROM application_reason r WHERE r.application = a.id AND r.code = :reason)";
  }
  return sql;
}

/// Those that make the filter's own part; "1" when that is all.
std::string part_conditions_of(const QueueFilter& filter) {
  std::string sql = "1";
  if (!filter.claimed_by.empty()) sql += " AND a.claim_account = :account AND a.claim_until > :now";
  if (filter.part == QueuePart::pressing) sql.append(" AND ").append(pressing_case);
  if (filter.part == QueuePart::within_week) sql.append(" AND ").append(case_within_week);
  return sql;
}

void bind_conditions(Statement& statement, const QueueFilter& filter, Instant now) {
  const auto today = to_column(local_date(now));
  statement.bind_named(":municipality", filter.municipality);
  statement.bind_named(":type", filter.type);
  statement.bind_named(":team", filter.team);
  statement.bind_named(":status", filter.status);
  statement.bind_named(":account", filter.claimed_by);
  statement.bind_named(":counted_for", filter.counted_for);
  statement.bind_named(":now", to_column(now));
  statement.bind_named(":today", today);
  statement.bind_named(":week", today + 7);
  statement.bind_named(":municipalities", to_json_list(filter.municipalities));
  statement.bind_named(":reason", filter.reason);
}

void bind_place(Statement& statement, const Place& place) {
  statement.bind_named(":rank", place.rank);
  statement.bind_named(":deadline", place.deadline);
  statement.bind_named(":received", place.received);
  statement.bind_named(":reference", place.reference);
}

constexpr const char* place_columns = "a.rank, a.deadline, a.received, a.reference";
constexpr const char* from_the_end = "a.rank DESC, a.deadline DESC, a.received DESC, a.reference DESC";

/// The condition that a row lies before ("<") or behind (">") the bound place.
std::string beside_place(const char* sign) {
  return std::string("(") + place_columns + ") " + sign + " (:rank, :deadline, :received, :reference)";
}

Place place_in(const Statement& row) {
  return {row.integer(0), row.integer(1), row.integer(2), row.text(3)};
}

std::size_t count_in(const Statement& row, int column) {
  return static_cast<std::size_t>(row.integer(column));
}

Figure figure_in(const Statement& row, std::initializer_list<std::string_view> names) {
  Figure figure;
  int column = 0;
  for (const std::string_view name : names) {
    if (std::string text = row.text(column++); !text.empty()) figure.labels.emplace(name, std::move(text));
  }
  figure.count = row.integer(column);
  return figure;
}

}  // namespace

QueuePage SqliteTransaction::queue(const QueueFilter& filter) {
  const std::string shared = shared_conditions_of(filter);
  const std::string part = part_conditions_of(filter);
  const Instant now = context_.clock.now();
  QueuePage page;
  {
    Statement count = database_.query("SELECT count(*), total(" + part + "), total(" + std::string(own_case) +
                                      "), total(" + std::string(pressing_case) + "), total(" +
                                      std::string(case_within_week) + ")" + shared);
    bind_conditions(count, filter, now);
    if (count.step()) {
      page.total = count_in(count, 1);
      page.counts = {count_in(count, 0), count_in(count, 2), count_in(count, 3), count_in(count, 4)};
    }
  }
  const auto after = place_from(filter.after);
  std::string sql = std::string("SELECT ") + place_columns + shared + " AND " + part;
  if (after) sql += " AND " + beside_place(">");
  sql += std::string(" ORDER BY ") + place_columns + " LIMIT :limit";
  std::vector<Place> places;
  {
    Statement rows = database_.query(sql);
    bind_conditions(rows, filter, now);
    rows.bind_named(":limit", static_cast<std::int64_t>(filter.limit) + 1);
    if (after) bind_place(rows, *after);
    while (rows.step()) places.push_back(place_in(rows));
  }
  if (places.size() > filter.limit) {
    places.pop_back();
    if (!places.empty()) page.next = to_text(places.back());
  }
  for (const Place& place : places) {
    if (auto one = application(ApplicationReference(place.reference))) page.items.push_back(std::move(*one));
  }
  return page;
}

std::string SqliteTransaction::queue_place(const ApplicationReference& reference) {
  Statement row = database_.query(
      std::string("SELECT ") + place_columns + " FROM application a WHERE a.reference = ? AND a.waits = 1",
      reference.text);
  return row.step() ? to_text(place_in(row)) : std::string();
}

QueueNeighbours SqliteTransaction::queue_around(const QueueFilter& filter, std::string_view around) {
  QueueNeighbours neighbours;
  const auto place = place_from(around);
  if (!place) return neighbours;
  const std::string conditions = shared_conditions_of(filter) + " AND " + part_conditions_of(filter);
  const Instant now = context_.clock.now();
  const auto step = [&](const char* sign, const char* order) -> std::optional<ApplicationReference> {
    Statement row = database_.query("SELECT a.reference" + conditions + " AND " + beside_place(sign) +
                                    " ORDER BY " + order + " LIMIT 1");
    bind_conditions(row, filter, now);
    bind_place(row, *place);
    if (!row.step()) return std::nullopt;
    return ApplicationReference(row.text(0));
  };
  neighbours.previous = step("<", from_the_end);
  neighbours.next = step(">", place_columns);
  Statement count = database_.query("SELECT total(" + beside_place("<") + "), total(" + beside_place(">") +
                                    ")" + conditions);
  bind_conditions(count, filter, now);
  bind_place(count, *place);
  if (count.step()) {
    neighbours.before = count_in(count, 0);
    neighbours.behind = count_in(count, 1);
  }
  return neighbours;
}

std::vector<Figure> SqliteTransaction::caseload() {
  Statement rows = database_.query(
      "SELECT claim_account, municipality, law, count(*) FROM application "
      "WHERE claim_account <> '' AND claim_until > ? AND status NOT IN ('decided', 'withdrawn') "
      "GROUP BY claim_account, municipality, law ORDER BY claim_account, municipality, law",
      to_column(context_.clock.now()));
  std::vector<Figure> all;
  while (rows.step()) all.push_back(figure_in(rows, {"account", "municipality", "law"}));
  return all;
}

std::vector<Figure> SqliteTransaction::figures(Instant since) {
  std::vector<Figure> all;
  Statement rows = database_.query(
      "SELECT municipality, type, channel, status, outcome, decided_by, count(*) FROM application "
      "WHERE received >= ? GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6",
      to_column(since));
  while (rows.step())
    all.push_back(figure_in(rows, {"municipality", "type", "channel", "status", "outcome", "decidedBy"}));
  Statement reasons = database_.query(
      "SELECT a.municipality, a.type, r.code, count(*) FROM application a "
      "JOIN application_reason r ON r.application = a.id "
      "WHERE a.received >= ? GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
      to_column(since));
  while (reasons.step()) all.push_back(figure_in(reasons, {"municipality", "type", "reason"}));
  return all;
}

}  // namespace softbot::sqlite

#include <array>
#include <charconv>
#include <map>

#include "adapters/sqlite/columns.h"
#include "adapters/sqlite/transaction.h"

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

/// The conditions of a filter, with named parameters, so that each combination is one statement in the cache.
std::string conditions_of(const QueueFilter& filter) {
  std::string sql = "WHERE a.waits = 1";
  if (!filter.municipality.empty()) sql += " AND a.municipality = :municipality";
  if (!filter.type.empty()) sql += " AND a.type = :type";
  if (!filter.team.empty()) sql += " AND a.team = :team";
  if (!filter.status.empty()) sql += " AND a.status = :status";
  if (!filter.claimed_by.empty()) sql += " AND a.claim_account = :account AND a.claim_until > :now";
  if (!filter.municipalities.empty())
    sql += " AND a.municipality IN (SELECT value FROM json_each(:municipalities))";
  if (!filter.reason.empty()) {
    sql += " AND EXISTS (SELECT 1 FROM application_reason r WHERE r.application = a.id AND r.code = :reason)";
  }
  return sql;
}

void bind_conditions(Statement& statement, const QueueFilter& filter, Instant now) {
  statement.bind_named(":municipality", filter.municipality);
  statement.bind_named(":type", filter.type);
  statement.bind_named(":team", filter.team);
  statement.bind_named(":status", filter.status);
  statement.bind_named(":account", filter.claimed_by);
  statement.bind_named(":now", to_column(now));
  statement.bind_named(":municipalities", to_json_list(filter.municipalities));
  statement.bind_named(":reason", filter.reason);
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
  const std::string conditions = conditions_of(filter);
  QueuePage page;
  {
    Statement count =
        database_.query("SELECT count(*) FROM application a INDEXED BY application_queue " + conditions);
    bind_conditions(count, filter, context_.clock.now());
    if (count.step()) page.total = static_cast<std::size_t>(count.integer(0));
  }
  const auto after = place_from(filter.after);
  std::string sql =
      "SELECT a.rank, a.deadline, a.received, a.reference FROM application a INDEXED BY application_queue " +
      conditions;
  if (after)
    sql += " AND (a.rank, a.deadline, a.received, a.reference) > (:rank, :deadline, :received, :reference)";
  sql += " ORDER BY a.rank, a.deadline, a.received, a.reference LIMIT :limit";
  std::vector<Place> places;
  {
    Statement rows = database_.query(sql);
    bind_conditions(rows, filter, context_.clock.now());
    rows.bind_named(":limit", static_cast<std::int64_t>(filter.limit) + 1);
    if (after) {
      rows.bind_named(":rank", after->rank);
      rows.bind_named(":deadline", after->deadline);
      rows.bind_named(":received", after->received);
      rows.bind_named(":reference", after->reference);
    }
    while (rows.step()) places.push_back({rows.integer(0), rows.integer(1), rows.integer(2), rows.text(3)});
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

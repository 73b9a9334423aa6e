#include "web/dashboard.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "forms/catalogue.h"
#include "policy/group_shares.h"
#include "policy/weeks.h"
#include "web/chart.h"
#include "web/word_table.h"

namespace softbot::web {
namespace {

constexpr int weeks_shown = 26;
constexpr int most_days_beside = 366;

constexpr std::array<Word, 6> experience_table{{{"clear", "Was het duidelijk wat u moest doen?", ""},
                                                {"fast", "Ging het snel genoeg?", ""},
                                                {"understood", "Begrijpt u het besluit?", ""},
                                                {"yes", "Ja", ""},
                                                {"partly", "Een beetje", ""},
                                                {"no", "Nee", ""}}};

std::string percent(double share) {
  return std::to_string(std::llround(share * 100)) + "%";
}

std::string count_words(std::int64_t count) {
  return std::to_string(count);
}

/// The weeks of the chosen type, or of all together.
std::vector<WeekFigures> chosen(const FiguresByType& figures, const std::string& type, std::size_t weeks) {
  std::vector<WeekFigures> sums(weeks);
  for (const auto& [name, of_type] : figures) {
    if (!type.empty() && name != type) continue;
    for (std::size_t week = 0; week < weeks; ++week) sums.at(week) += of_type.at(week);
  }
  return sums;
}

/// Weeks that are over, together.
WeekFigures sum_of(const std::vector<WeekFigures>& weeks, std::size_t count) {
  WeekFigures sum;
  for (std::size_t week = 0; week < count; ++week) sum += weeks.at(week);
  return sum;
}

std::optional<double> share_by_bot(const WeekFigures& figures) {
  if (figures.decided() == 0) return std::nullopt;
  return static_cast<double>(figures.by_bot) / static_cast<double>(figures.decided());
}

std::optional<double> per_week(const WeekFigures& sum, std::size_t weeks) {
  if (weeks == 0) return std::nullopt;
  return static_cast<double>(sum.received) / static_cast<double>(weeks);
}

Bar bar_of(const Dashboard& all, std::size_t week) {
  Bar bar;
  bar.label = week_words(all.weeks.at(week));
  const std::size_t from_end = all.weeks.size() - 1 - week;
  if (from_end % 4 == 0) bar.tick = "wk " + std::to_string(week_number(all.weeks.at(week)));
  bar.running = from_end == 0;
  return bar;
}

Chart chart_of(const std::string& title, std::optional<double> line) {
  Chart chart;
  chart.title = title;
  chart.line = line;
  chart.line_words = "in de periode ernaast";
  return chart;
}

Chart inflow_chart(const Dashboard& all, const std::vector<WeekFigures>& weeks, std::optional<double> line) {
  Chart chart = chart_of("Aanvragen per week", line);
  chart.columns = {"Ontvangen"};
  for (std::size_t week = 0; week < weeks.size(); ++week) {
    Bar bar = bar_of(all, week);
    bar.height = static_cast<double>(weeks.at(week).received);
    bar.marked = inflow_change(weeks, week, !bar.running).has_value();
    bar.cells = {count_words(weeks.at(week).received)};
    chart.bars.push_back(std::move(bar));
  }
  return chart;
}

Chart share_chart(const Dashboard& all, const std::vector<WeekFigures>& weeks, std::optional<double> line) {
  Chart chart = chart_of("Deel van de besluiten dat de bot nam", line);
  if (chart.line) *chart.line *= 100;
  chart.unit = "%";
  chart.least_top = 100;
  chart.columns = {"Besloten", "Door de bot", "Door een mens", "Deel door de bot"};
  for (std::size_t week = 0; week < weeks.size(); ++week) {
    const WeekFigures& one = weeks.at(week);
    const auto share = share_by_bot(one);
    Bar bar = bar_of(all, week);
    if (share) bar.height = *share * 100;
    bar.cells = {count_words(one.decided()), count_words(one.by_bot), count_words(one.by_person),
                 share ? percent(*share) : std::string()};
    chart.bars.push_back(std::move(bar));
  }
  return chart;
}

Chart time_chart(const Dashboard& all, const std::vector<WeekFigures>& weeks, std::optional<double> line) {
  Chart chart = chart_of("Dagen van ontvangst tot besluit, gemiddeld", line);
  chart.columns = {"Besloten",       "Gemiddeld",       "Dezelfde dag",     "1 tot 7 dagen",
                   "8 tot 14 dagen", "15 tot 56 dagen", "Meer dan 56 dagen"};
  for (std::size_t week = 0; week < weeks.size(); ++week) {
    const WeekFigures& one = weeks.at(week);
    Bar bar = bar_of(all, week);
    bar.height = days_to_decision(one);
    bar.cells = {count_words(one.decided()), bar.height ? number_words(*bar.height) : std::string()};
    for (const std::int64_t took : one.took)
      bar.cells.push_back(bar.height ? count_words(took) : std::string());
    chart.bars.push_back(std::move(bar));
  }
  return chart;
}

/// "Hulp bij het huishouden: in week 47 kwamen 42 aanvragen binnen..."
std::string alarm_words(const Visit& visit, const Dashboard& all, const std::string& type,
                        const InflowChange& change) {
  const bool running = change.week + 1 == all.weeks.size();
  const std::string bound = change.more() ? "meer dan " + number_words(std::floor(change.high))
                                          : "minder dan " + number_words(std::ceil(change.low));
  return type_title(visit, type, "") + ": in " + week_words(all.weeks.at(change.week)) +
         (running ? " (loopt nog)" : "") + " kwamen " + count_words(change.received) +
         " aanvragen binnen. In de 8 weken daarvoor waren dat er gemiddeld " + number_words(change.usual) +
         " per week. Door toeval zijn het er bijna nooit " + bound + ".";
}

Value alarms_view(const Visit& visit, const Dashboard& all) {
  Value alarms = Value::list();
  for (const std::string& type : all.types) {
    const auto& weeks = all.figures.at(type);
    for (const std::size_t week : {weeks.size() - 1, weeks.size() - 2}) {
      const auto change = inflow_change(weeks, week, week + 1 < weeks.size());
      if (change) alarms.push(Value::object({{"alarmWords", alarm_words(visit, all, type, *change)}}));
    }
  }
  return alarms;
}

std::string or_nothing(const std::optional<double>& number, const std::string& unit = "") {
  return number ? number_words(*number) + unit : std::string("–");
}

void add_comparison(Value& rows, const std::string& what, const std::optional<double>& now,
                    const std::optional<double>& beside, const std::string& unit) {
  std::string difference = "–";
  if (now && beside) {
    const double change = *now - *beside;
    const std::string number = number_words(std::abs(change)) + (unit == "%" ? " procentpunt" : unit);
    difference = number_words(std::abs(change)) == "0" ? "0" : (change < 0 ? "− " : "+ ") + number;
  }
  rows.push(Value::object({{"what", what},
                           {"now", or_nothing(now, unit)},
                           {"then", or_nothing(beside, unit)},
                           {"difference", difference}}));
}

/// The share of "yes", in percent, of one question for the chosen type or all shown ones.
std::optional<double> yes_of(const std::map<std::string, Experiences>& answers, const std::string& type,
                             std::size_t question) {
  std::int64_t yes = 0;
  std::int64_t all = 0;
  for (const auto& [name, one] : answers) {
    if (!type.empty() && name != type) continue;
    yes += one.answers.at(question).front();
    for (const std::int64_t count : one.answers.at(question)) all += count;
  }
  if (all == 0) return std::nullopt;
  return 100.0 * static_cast<double>(yes) / static_cast<double>(all);
}

std::optional<double> hundredfold(std::optional<double> share) {
  return share ? std::optional(*share * 100) : share;
}

Value comparison_view(const Dashboard& all, const DashboardChoice& choice, const WeekFigures& now,
                      const WeekFigures& beside) {
  Value rows = Value::list();
  add_comparison(rows, "Aanvragen per week", per_week(now, all.weeks.size() - 1),
                 per_week(beside, all.weeks_beside.size()), "");
  add_comparison(rows, "Deel van de besluiten dat de bot nam", hundredfold(share_by_bot(now)),
                 hundredfold(share_by_bot(beside)), "%");
  add_comparison(rows, "Dagen tot een besluit, gemiddeld", days_to_decision(now), days_to_decision(beside),
                 "");
  for (std::size_t question = 0; question < experience_questions.size(); ++question)
    add_comparison(rows, experience_words(experience_questions.at(question)) + " Antwoord: ja",
                   yes_of(all.answers, choice.type, question),
                   yes_of(all.answers_beside, choice.type, question), "%");
  return rows;
}

Value answers_view(const Visit& visit, const Dashboard& all, const DashboardChoice& choice) {
  Value tables = Value::list();
  for (const auto& [type, one] : all.answers) {
    if (!choice.type.empty() && type != choice.type) continue;
    Value rows = Value::list();
    for (std::size_t question = 0; question < experience_questions.size(); ++question) {
      Value counts = Value::list();
      for (const std::int64_t count : one.answers.at(question)) counts.push(count_words(count));
      rows.push(Value::object({{"questionWords", experience_words(experience_questions.at(question))},
                               {"counts", std::move(counts)},
                               {"yesShare", or_nothing(yes_of(all.answers, type, question), "%")}}));
    }
    tables.push(Value::object({{"answersTitle", type_title(visit, type, "")},
                               {"residents", count_words(one.residents)},
                               {"answerRows", std::move(rows)}}));
  }
  return tables;
}

Value types_to_choose(const Visit& visit, const Dashboard& all, const DashboardChoice& choice) {
  Value types = Value::list();
  for (const std::string& type : all.types)
    types.push(Value::object(
        {{"typeId", type}, {"typeTitle", type_title(visit, type, "")}, {"chosen", type == choice.type}}));
  return types;
}

/// What follows the address of a download, so that it holds what the page shows.
std::string same_choice(const DashboardChoice& choice) {
  if (!choice.beside) return {};
  return "?van=" + format_iso(choice.beside->first) + "&tot=" + format_iso(choice.beside->second);
}

}  // namespace

std::string week_words(Date week) {
  return "week " + std::to_string(week_number(week)) + " van " +
         std::to_string(static_cast<int>(add_days(week_of(week), 3).year()));
}

std::string experience_words(std::string_view name) {
  return look_up_or_name(experience_table, name, "nl");
}

DashboardChoice dashboard_choice(const Visit& visit) {
  const auto& query = visit.request().query;
  DashboardChoice choice;
  choice.type = query.get("soort");
  const auto types = visit.configuration().forms->types();
  if (std::ranges::find(types, choice.type) == types.end()) choice.type.clear();
  choice.typed_from = query.get("van");
  choice.typed_until = query.get("tot");
  if (choice.typed_from.empty() && choice.typed_until.empty()) return choice;
  const auto from = parse_date(choice.typed_from);
  const auto until = parse_date(choice.typed_until);
  if (!from) choice.problems.emplace_back("van", "Vul de eerste dag in als dag, maand en jaar: 1-3-2026.");
  if (!until) choice.problems.emplace_back("tot", "Vul de laatste dag in als dag, maand en jaar: 31-5-2026.");
  if (!choice.problems.empty()) return choice;
  if (*until < *from) choice.problems.emplace_back("tot", "De laatste dag ligt voor de eerste. Draai ze om.");
  if (days_between(*from, *until) > most_days_beside)
    choice.problems.emplace_back("van", "Kies een periode van hoogstens een jaar.");
  if (*until >= week_of(pipeline::today(visit.services())))
    choice.problems.emplace_back("tot", "Kies een periode die voor deze week eindigt.");
  if (choice.problems.empty()) choice.beside = {*from, *until};
  return choice;
}

Result<Dashboard> dashboard(const Visit& visit, const DashboardChoice& choice) {
  Dashboard all;
  all.types = visit.configuration().forms->types();
  const Date today = pipeline::today(visit.services());
  all.weeks = weeks_between(add_weeks(today, 1 - weeks_shown), today);
  if (choice.beside) all.weeks_beside = weeks_between(choice.beside->first, choice.beside->second);
  std::vector<std::string> municipalities;
  for (const auto& [id, municipality] : *visit.configuration().municipalities) {
    if (works_for(visit.identity().municipalities, id)) municipalities.push_back(id);
  }
  const auto read = visit.services().store.read([&](Transaction& transaction) -> Result<void> {
    all.figures = weekly_figures(transaction, all.types, municipalities, all.weeks);
    all.answers = experiences(transaction, all.weeks, municipalities);
    all.figures_beside = weekly_figures(transaction, all.types, municipalities, all.weeks_beside);
    all.answers_beside = experiences(transaction, all.weeks_beside, municipalities);
    return {};
  });
  if (!read) return fail(read.error());
  return all;
}

void add_dashboard(Value& context, const Visit& visit, const Dashboard& all, const DashboardChoice& choice) {
  const auto weeks = chosen(all.figures, choice.type, all.weeks.size());
  const auto weeks_beside = chosen(all.figures_beside, choice.type, all.weeks_beside.size());
  const WeekFigures now = sum_of(weeks, weeks.size() - 1);
  const WeekFigures beside = sum_of(weeks_beside, weeks_beside.size());
  context.set("types", types_to_choose(visit, all, choice));
  context.set("scope",
              choice.type.empty() ? std::string("alle soorten") : type_title(visit, choice.type, ""));
  context.set("typedFrom", choice.typed_from);
  context.set("typedUntil", choice.typed_until);
  for (const auto& [field, problem] : choice.problems) context.set(field + "Problem", problem);
  Value alarms = alarms_view(visit, all);
  context.set("hasAlarms", !alarms.items().empty());
  context.set("alarms", std::move(alarms));
  context.set("inflow", chart_view(inflow_chart(all, weeks, per_week(beside, all.weeks_beside.size()))));
  context.set("byBot", chart_view(share_chart(all, weeks, share_by_bot(beside))));
  context.set("time", chart_view(time_chart(all, weeks, days_to_decision(beside))));
  context.set("hasBeside", choice.beside.has_value());
  if (choice.beside) {
    context.set("besideFrom", format_dutch(all.weeks_beside.front()));
    context.set("besideUntil", format_dutch(add_days(all.weeks_beside.back(), 6)));
    context.set("comparison", comparison_view(all, choice, now, beside));
  }
  Value answers = answers_view(visit, all, choice);
  context.set("hasAnswers", !answers.items().empty());
  context.set("answerTables", std::move(answers));
  context.set("smallestGroup", std::to_string(smallest_group_shown));
  context.set("fewestForAverage", std::to_string(fewest_for_average));
  context.set("sameChoice", same_choice(choice));
}

}  // namespace softbot::web

#include "policy/weeks.h"
#include "web/chart.h"
#include "web/dashboard.h"

namespace softbot::web {
namespace {

constexpr const char* utf8_mark = "\xEF\xBB\xBF";

/// A field as spreadsheets read it: never a formula, quotes doubled.
std::string field(const std::string& text) {
  std::string quoted = "\"";
  if (!text.empty() && std::string_view("=+-@").find(text.front()) != std::string_view::npos) quoted += '\'';
  for (const char letter : text) {
    if (letter == '"') quoted += '"';
    quoted += letter;
  }
  return quoted + "\"";
}

std::string line(const std::vector<std::string>& fields) {
  std::string text;
  for (const std::string& one : fields) text += (text.empty() ? "" : ";") + one;
  return text + "\r\n";
}

/// The fields with which the line of a week begins.
std::vector<std::string> week_fields(const Visit& visit, Date week, const std::string& type) {
  return {format_iso(week), std::to_string(week_number(week)), field(type_title(visit, type, ""))};
}

/// A line for each type and week; those of the baseline period follow.
template <typename Cells>
std::string weeks_csv(const Visit& visit, const Dashboard& all, const std::vector<std::string>& columns,
                      const Cells& cells) {
  std::vector<std::string> head{"week_vanaf", "week", "soort"};
  head.insert(head.end(), columns.begin(), columns.end());
  head.emplace_back("periode");
  std::string text = utf8_mark + line(head);
  const auto add = [&](const std::vector<Date>& weeks, const FiguresByType& figures, const char* period) {
    for (const std::string& type : all.types) {
      for (std::size_t week = 0; week < weeks.size(); ++week) {
        auto fields = week_fields(visit, weeks.at(week), type);
        for (auto& cell : cells(figures.at(type).at(week))) fields.push_back(std::move(cell));
        fields.emplace_back(period);
        text += line(fields);
      }
    }
  };
  add(all.weeks, all.figures, "nu");
  add(all.weeks_beside, all.figures_beside, "ernaast");
  return text;
}

}  // namespace

std::string inflow_csv(const Visit& visit, const Dashboard& all) {
  return weeks_csv(visit, all, {"ontvangen"}, [](const WeekFigures& one) {
    return std::vector<std::string>{std::to_string(one.received)};
  });
}

std::string decisions_csv(const Visit& visit, const Dashboard& all) {
  return weeks_csv(visit, all,
                   {"besloten", "door_bot", "door_mens", "dagen_gemiddeld", "zelfde_dag", "dagen_1_7",
                    "dagen_8_14", "dagen_15_56", "dagen_57_en_meer"},
                   [](const WeekFigures& one) {
                     const auto days = days_to_decision(one);
                     std::vector<std::string> cells{std::to_string(one.decided()), std::to_string(one.by_bot),
                                                    std::to_string(one.by_person),
                                                    days ? number_words(*days) : std::string()};
                     for (const std::int64_t took : one.took)
                       cells.push_back(days ? std::to_string(took) : std::string());
                     return cells;
                   });
}

std::string answers_csv(const Visit& visit, const Dashboard& all) {
  std::string text = utf8_mark + line({"soort", "vraag", "ja", "een_beetje", "nee", "periode"});
  const auto add = [&](const std::map<std::string, Experiences>& answers, const char* period) {
    for (const auto& [type, one] : answers) {
      for (std::size_t question = 0; question < experience_questions.size(); ++question) {
        std::vector<std::string> fields{field(type_title(visit, type, "")),
                                        field(experience_words(experience_questions.at(question)))};
        for (const std::int64_t count : one.answers.at(question)) fields.push_back(std::to_string(count));
        fields.emplace_back(period);
        text += line(fields);
      }
    }
  };
  add(all.answers, "nu");
  add(all.answers_beside, "ernaast");
  return text;
}

}  // namespace softbot::web

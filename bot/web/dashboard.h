#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "policy/experience.h"
#include "policy/weekly_figures.h"
#include "web/shared_views.h"

namespace softbot::web {

/// What an administrator wants to see: of which type, beside which period.
struct DashboardChoice {
  std::string type;                             ///< "": all
  std::optional<std::pair<Date, Date>> beside;  ///< first and last day of the baseline period
  std::string typed_from;                       ///< as it was typed
  std::string typed_until;
  std::vector<SummaryLine> problems;
};
/// From the address: soort, van, tot. A period that cannot be is left out, with what is wrong.
[[nodiscard]] DashboardChoice dashboard_choice(const Visit& visit);

using FiguresByType = std::map<std::string, std::vector<WeekFigures>>;

/// Half a year by week, the last one still running, and the same of the baseline period.
struct Dashboard {
  std::vector<std::string> types;
  std::vector<Date> weeks;
  FiguresByType figures;
  std::map<std::string, Experiences> answers;
  std::vector<Date> weeks_beside;
  FiguresByType figures_beside;
  std::map<std::string, Experiences> answers_beside;
};
/// Of the municipalities that this colleague works for.
[[nodiscard]] Result<Dashboard> dashboard(const Visit& visit, const DashboardChoice& choice);

/// The figures, their downloads: part of add_management_pages.
void add_figures_pages(http::Router& router, const std::shared_ptr<const Site>& site);

/// Sets what staff/dashboard shows.
void add_dashboard(Value& context, const Visit& visit, const Dashboard& all, const DashboardChoice& choice);

/// The tables behind the page, for other programs: fields between semicolons, with a mark that says UTF-8.
[[nodiscard]] std::string inflow_csv(const Visit& visit, const Dashboard& all);
[[nodiscard]] std::string decisions_csv(const Visit& visit, const Dashboard& all);
[[nodiscard]] std::string answers_csv(const Visit& visit, const Dashboard& all);

/// "week 48".
[[nodiscard]] std::string week_words(Date week);
/// A question to residents and an answer, as staff reads them.
[[nodiscard]] std::string experience_words(std::string_view name);

}  // namespace softbot::web

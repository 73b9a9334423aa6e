#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/value.h"

namespace softbot::web {

/// One bar, and its row in the table.
struct Bar {
  std::string label;             ///< "week 48"
  std::string tick;              ///< below the bar; "" for none
  std::optional<double> height;  ///< nothing: there is nothing to show
  bool marked = false;           ///< stands out
  bool running = false;          ///< this week is not over
  std::vector<std::string> cells = {};
};

/// A bar chart with its table, for staff/chart.
struct Chart {
  std::string title;  ///< "Aanvragen per week"
  std::string unit;   ///< behind a number on the axis: "%", ""
  std::vector<Bar> bars;
  std::optional<double> line;  ///< across: what it is compared with
  std::string line_words;      ///< what that is
  double least_top = 0;        ///< the axis ends here at least
  std::vector<std::string> columns;
};
[[nodiscard]] Value chart_view(const Chart& chart);

/// Where the axis ends: the first of 5, 10, 20, 50, 100, ... that is no lower.
[[nodiscard]] double top_of_axis(double highest);
/// "12", "3,5": with one decimal where that says something.
[[nodiscard]] std::string number_words(double number);

}  // namespace softbot::web

#include "web/chart.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <utility>

namespace softbot::web {
namespace {

// Units of the drawing; the page scales nothing, so that letters keep their size.
constexpr double width = 740;
constexpr double height = 220;
constexpr double left = 48;
constexpr double right = 16;
constexpr double top = 20;
constexpr double bottom = 28;
constexpr double gap = 0.25;  ///< of a bar's place
constexpr double floor_y = height - bottom;

std::string place(double at) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", at);
  return text;
}

double y_of(double value, double axis_top) {
  return floor_y - value / axis_top * (floor_y - top);
}

Value grid_view(const Chart& chart, double axis_top) {
  Value lines = Value::list();
  for (const double part : {0.0, 0.5, 1.0}) {
    const double y = y_of(part * axis_top, axis_top);
    lines.push(Value::object({{"lineY", place(y)},
                              {"textY", place(y + 4)},
                              {"number", number_words(part * axis_top) + chart.unit}}));
  }
  return lines;
}

Value bars_view(const Chart& chart, double axis_top) {
  const double step =
      (width - left - right) / static_cast<double>(std::max<std::size_t>(chart.bars.size(), 1));
  Value bars = Value::list();
  double x = left;
  for (const Bar& bar : chart.bars) {
    const double y = y_of(bar.height.value_or(0), axis_top);
    bars.push(Value::object({{"barX", place(x + step * gap / 2)},
                             {"barY", place(y)},
                             {"barWidth", place(step * (1 - gap))},
                             {"barHeight", place(floor_y - y)},
                             {"middle", place(x + step / 2)},
                             {"markY", place(y - 5)},
                             {"hasBar", bar.height.has_value()},
                             {"marked", bar.marked},
                             {"running", bar.running},
                             {"tick", bar.tick}}));
    x += step;
  }
  return bars;
}

Value rows_view(const Chart& chart) {
  Value rows = Value::list();
  for (auto bar = chart.bars.rbegin(); bar != chart.bars.rend(); ++bar) {
    Value cells = Value::list();
    for (const std::string& cell : bar->cells) cells.push(cell.empty() ? "–" : cell);
    rows.push(Value::object({{"rowTitle", bar->label + (bar->running ? " (loopt nog)" : "")},
                             {"rowMarked", bar->marked},
                             {"cells", std::move(cells)}}));
  }
  return rows;
}

/// For who does not see it.
std::string summary_of(const Chart& chart) {
  std::optional<double> lowest;
  std::optional<double> highest;
  for (const Bar& bar : chart.bars) {
    if (!bar.height || bar.running) continue;
    lowest = std::min(lowest.value_or(*bar.height), *bar.height);
    highest = std::max(highest.value_or(*bar.height), *bar.height);
  }
  std::string words = "Staafgrafiek: " + chart.title + ".";
  if (!lowest) return words + " Er zijn nog geen getallen.";
  words += " Van " + chart.bars.front().label + " tot en met " + chart.bars.back().label + ". Laagste " +
           number_words(*lowest) + chart.unit + ", hoogste " + number_words(*highest) + chart.unit + ".";
  if (chart.line) words += " " + chart.line_words + ": " + number_words(*chart.line) + chart.unit + ".";
  return words + " Alle getallen staan in de tabel.";
}

}  // namespace

double top_of_axis(double highest) {
  double power = 1;
  while (true) {
    for (const double step : {5.0, 10.0, 20.0}) {
      if (highest <= step * power) return step * power;
    }
    power *= 10;
  }
}

std::string number_words(double number) {
  const double tenths = std::round(number * 10) / 10;
  const bool whole = tenths == std::round(tenths);
  char text[32];
  std::snprintf(text, sizeof text, whole ? "%.0f" : "%.1f", tenths);
  std::string words = text;
  std::ranges::replace(words, '.', ',');
  return words;
}

Value chart_view(const Chart& chart) {
  double highest = std::max(chart.least_top, chart.line.value_or(0));
  for (const Bar& bar : chart.bars) highest = std::max(highest, bar.height.value_or(0));
  const double axis_top = top_of_axis(highest);
  Value columns = Value::list();
  for (const std::string& column : chart.columns) columns.push(column);
  Value view = Value::object({{"chartTitle", chart.title},
                              {"chartSummary", summary_of(chart)},
                              {"grid", grid_view(chart, axis_top)},
                              {"bars", bars_view(chart, axis_top)},
                              {"columns", std::move(columns)},
                              {"rows", rows_view(chart)},
                              {"lineWords", ""}});
  if (chart.line) {
    view.set("lineWords", chart.line_words + ": " + number_words(*chart.line) + chart.unit);
    view.set("lineAt", place(y_of(*chart.line, axis_top)));
  }
  return view;
}

}  // namespace softbot::web

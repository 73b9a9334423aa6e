#include "web/figures_view.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "pipeline/incoming_post.h"
#include "web/shared_views.h"
#include "web/words.h"

namespace softbot::web {
namespace {

/// What the figures count an application as, in the columns of the page.
enum Column { received, granted_by_bot, asked_now, with_person, decided_by_person, withdrawn, column_count };
constexpr std::array<const char*, column_count> column_names{
    "Ontvangen",         "Toegekend door de bot",  "Om aanvulling gevraagd",
    "Bij een consulent", "Besloten door een mens", "Ingetrokken"};

std::string label_of(const Figure& figure, const char* name) {
  const auto found = figure.labels.find(name);
  return found == figure.labels.end() ? std::string() : found->second;
}

/// The column beside "received" that a figure belongs to, if any.
std::optional<Column> column_of(const Figure& figure) {
  const std::string status = label_of(figure, "status");
  const std::string by = label_of(figure, "decidedBy");
  if (status == "withdrawn") return withdrawn;
  if (status == "decided") return by == "person" ? decided_by_person : granted_by_bot;
  if (status == "incomplete") return asked_now;
  if (status == "referred" || status == "failed" || status == "held-for-sample") return with_person;
  return std::nullopt;
}

using Counts = std::array<std::int64_t, column_count>;

struct Tally {
  Counts all{};   ///< of applications
  Counts post{};  ///< that no form and no case claims: no application, so counted by itself
  std::map<std::string, Counts> by_type;
  std::map<std::string, Counts> by_channel;
  std::map<std::pair<std::string, std::string>, std::int64_t> by_reason;  ///< reason, type
};

void add_figure(Counts& counts, const Figure& figure) {
  counts[received] += figure.count;
  if (const auto column = column_of(figure)) counts[*column] += figure.count;
}

Value row_of(const std::string& title, const Counts& counts) {
  Value row = Value::list();
  for (const std::int64_t count : counts) row.push(std::to_string(count));
  return Value::object({{"title", title}, {"counts", std::move(row)}});
}

Tally tally_of(const std::vector<Figure>& figures) {
  Tally tally;
  for (const Figure& figure : figures) {
    const std::string type = label_of(figure, "type");
    if (const std::string reason = label_of(figure, "reason"); !reason.empty()) {
      tally.by_reason[{reason, type}] += figure.count;
      continue;
    }
    if (type == pipeline::incoming_post_type) {
      add_figure(tally.post, figure);
      continue;
    }
    add_figure(tally.by_type[type], figure);
    add_figure(tally.all, figure);
    add_figure(tally.by_channel[label_of(figure, "channel")], figure);
  }
  return tally;
}

/// "Daarnaast kwamen 3 stukken post binnen die geen aanvraag zijn. Daarvan wacht 1 op een mens."; "" for
/// none.
std::string post_words(const Counts& post) {
  const std::int64_t count = post[received];
  const std::int64_t waiting = post[with_person];
  if (count == 0) return {};
  std::string words =
      count == 1
          ? std::string("Daarnaast kwam 1 stuk post binnen dat niet bij een formulier of zaak hoorde. ")
          : "Daarnaast kwamen " + std::to_string(count) +
                " stukken post binnen die niet bij een formulier of zaak hoorden. ";
  words += waiting == 0   ? std::string("Alles is afgehandeld.")
           : waiting == 1 ? std::string("Daarvan wacht er nog 1 op een mens.")
                          : "Daarvan wachten er nog " + std::to_string(waiting) + " op een mens.";
  return words + " Ze tellen niet mee bij de aanvragen.";
}

}  // namespace

void add_figures(Value& context, const Visit& visit, const std::vector<Figure>& figures,
                 const PolicyWords& policy) {
  const Tally tally = tally_of(figures);
  Value tiles = Value::list();
  Value columns = Value::list();
  for (std::size_t index = 0; index < column_count; ++index) {
    tiles.push(
        Value::object({{"count", std::to_string(tally.all.at(index))}, {"label", column_names.at(index)}}));
    columns.push(column_names.at(index));
  }
  Value by_type = Value::list();
  for (const auto& [type, counts] : tally.by_type) by_type.push(row_of(type_title(visit, type, ""), counts));
  Value by_channel = Value::list();
  for (const auto& [channel, counts] : tally.by_channel)
    by_channel.push(row_of(channel_words(channel), counts));
  std::vector<std::pair<std::pair<std::string, std::string>, std::int64_t>> reasons(tally.by_reason.begin(),
                                                                                    tally.by_reason.end());
  std::stable_sort(reasons.begin(), reasons.end(),
                   [](const auto& left, const auto& right) { return left.second > right.second; });
  Value by_reason = Value::list();
  for (const auto& [key, count] : reasons) {
    const std::string by_policy = policy.reason(key.second, key.first);
    by_reason.push(Value::object({{"reason", by_policy.empty() ? reason_words(key.first) : by_policy},
                                  {"title", type_title(visit, key.second, "")},
                                  {"count", std::to_string(count)}}));
  }
  context.set("post", post_words(tally.post));
  context.set("tiles", std::move(tiles));
  context.set("columns", std::move(columns));
  context.set("byType", std::move(by_type));
  context.set("byChannel", std::move(by_channel));
  context.set("hasReasons", !by_reason.items().empty());
  context.set("byReason", std::move(by_reason));
}

}  // namespace softbot::web

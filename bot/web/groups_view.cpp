#include "web/groups_view.h"

#include <array>
#include <cmath>

#include "domain/date.h"
#include "web/shared_views.h"
#include "web/word_table.h"
#include "web/words.h"

namespace softbot::web {
namespace {

constexpr std::array ages{
    Word{"0-17", "Jonger dan 18 jaar", ""},     Word{"18-26", "18 tot en met 26 jaar", ""},
    Word{"27-44", "27 tot en met 44 jaar", ""}, Word{"45-64", "45 tot en met 64 jaar", ""},
    Word{"65-74", "65 tot en met 74 jaar", ""}, Word{"75-84", "75 tot en met 84 jaar", ""},
    Word{"85-plus", "85 jaar en ouder", ""},    Word{"unknown", "Leeftijd niet bekend", ""}};
constexpr std::array dimensions{Word{"age", "Leeftijd", ""}, Word{"channel", "Via", ""},
                                Word{"municipality", "Gemeente", ""}};

std::string group_words(const Visit& visit, const std::string& dimension, const std::string& group) {
  if (dimension == "age") return look_up_or_name(ages, group, "nl");
  if (dimension == "channel") return group == "unknown" ? "Anders" : channel_words(group);
  const auto found = visit.configuration().municipalities->find(group);
  return found == visit.configuration().municipalities->end() ? group : found->second.name;
}

std::string percent(double share) {
  return std::to_string(std::llround(share * 100)) + "%";
}

Value row_of(const Visit& visit, const std::string& dimension, const GroupShare& group) {
  Value row = Value::object({{"group", group_words(visit, dimension, group.group)}, {"shown", group.shown}});
  if (!group.shown) return row;
  row.set("judged", std::to_string(group.judged()));
  row.set("granted", std::to_string(group.granted));
  row.set("referred", std::to_string(group.referred));
  row.set("share", percent(group.referral.share));
  row.set("between", percent(group.referral.low) + " tot " + percent(group.referral.high));
  row.set("standsOut", group.stands_out);
  return row;
}

}  // namespace

void add_groups(Value& context, const Visit& visit, const std::vector<GroupShares>& all, Date since) {
  Value tables = Value::list();
  std::string last_type;
  for (const GroupShares& shares : all) {
    Value rows = Value::list();
    for (const GroupShare& group : shares.groups) rows.push(row_of(visit, shares.dimension, group));
    tables.push(Value::object({{"title", type_title(visit, shares.type, "")},
                               {"isFirst", shares.type != last_type},
                               {"dimension", look_up_or_name(dimensions, shares.dimension, "nl")},
                               {"rows", std::move(rows)}}));
    last_type = shares.type;
  }
  context.set("groupsSince", format_dutch(since));
  context.set("smallestGroup", std::to_string(smallest_group_shown));
  context.set("hasGroups", !tables.items().empty());
  context.set("groupTables", std::move(tables));
}

}  // namespace softbot::web

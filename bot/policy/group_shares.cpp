#include "policy/group_shares.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

namespace softbot {
namespace {

struct AgeBand {
  std::string_view name;
  std::int64_t from;
};
constexpr std::array age_bands{AgeBand{"0-17", 0},    AgeBand{"18-26", 18}, AgeBand{"27-44", 27},
                               AgeBand{"45-64", 45},  AgeBand{"65-74", 65}, AgeBand{"75-84", 75},
                               AgeBand{"85-plus", 85}};
constexpr std::string_view unknown_group = "unknown";
constexpr std::array<std::string_view, 6> channels{"web", "paper", "api", "counter", "phone", "mail"};
constexpr std::int64_t no_bound = std::numeric_limits<std::int64_t>::max() / 2;

std::string_view band_of(std::optional<std::int64_t> age) {
  std::string_view band = unknown_group;
  for (const AgeBand& each : age_bands) {
    if (age && *age >= each.from) band = each.name;
  }
  return band;
}

std::string_view channel_of(std::string_view channel) {
  return std::find(channels.begin(), channels.end(), channel) == channels.end() ? unknown_group : channel;
}

std::vector<std::string> groups_of(std::string_view dimension) {
  std::vector<std::string> groups;
  if (dimension == "age") {
    for (const AgeBand& band : age_bands) groups.emplace_back(band.name);
  } else {
    groups.assign(channels.begin(), channels.end());
  }
  groups.emplace_back(unknown_group);
  return groups;
}

int quarter_of(Date day) {
  return static_cast<int>(day.year()) * 4 + static_cast<int>((static_cast<unsigned>(day.month()) - 1) / 3);
}

std::string quarter_name(int quarter) {
  return std::to_string(quarter / 4) + "-Q" + std::to_string(quarter % 4 + 1);
}

std::string counter_name(std::string_view quarter, std::string_view municipality, std::string_view type,
                         std::string_view dimension, std::string_view group, std::string_view judged) {
  std::string name = "judged";
  for (const std::string_view part : {quarter, municipality, type, dimension, group, judged})
    name.append(":").append(part);
  return name;
}

/// One more, or one less, in both dimensions that are counted. A municipality's numbers are the sums of its
/// ages.
void add(Transaction& transaction, const Value& counted, std::int64_t amount) {
  for (const std::string_view dimension : {"age", "channel"}) {
    (void)transaction.add_within(
        counter_name(counted["quarter"].text_or_empty(), counted["municipality"].text_or_empty(),
                     counted["type"].text_or_empty(), dimension, counted[dimension].text_or_empty(),
                     counted["judged"].text_or_empty()),
        amount, no_bound);
  }
}

struct Where {
  std::string municipality;
  std::string type;
  Date today{};
};

GroupShare read_group(Transaction& transaction, const Where& where, std::string_view dimension,
                      const std::string& group) {
  GroupShare share;
  share.group = group;
  const int last = quarter_of(where.today);
  for (int quarter = last - quarters_counted + 1; quarter <= last; ++quarter) {
    const auto read = [&](std::string_view judged) {
      return transaction.counter(
          counter_name(quarter_name(quarter), where.municipality, where.type, dimension, group, judged));
    };
    share.granted += read("granted");
    share.referred += read("referred");
  }
  return share;
}

void add_to(GroupShare& sum, const GroupShare& one) {
  sum.granted += one.granted;
  sum.referred += one.referred;
}

/// Leaves out empty groups, hides small ones, works out shares for the rest.
void finish(std::vector<GroupShare>& groups) {
  std::erase_if(groups, [](const GroupShare& group) { return group.judged() == 0; });
  GroupShare all;
  for (const GroupShare& group : groups) add_to(all, group);
  hide_small_groups(groups);
  for (GroupShare& group : groups) {
    if (!group.shown) continue;
    group.referral = wilson(group.referred, group.judged());
    const std::int64_t others = all.judged() - group.judged();
    const Share rest = wilson(all.referred - group.referred, others);
    group.stands_out = others >= smallest_group_shown && group.referral.low > rest.high;
  }
}

}  // namespace

Value count_judgement(Transaction& transaction, const Value& counted_before,
                      const JudgedApplication& application, Judged judged) {
  Value counted = Value::object({{"quarter", quarter_name(quarter_of(application.received))},
                                 {"municipality", application.municipality},
                                 {"type", application.type},
                                 {"age", band_of(application.age)},
                                 {"channel", channel_of(application.channel)},
                                 {"judged", judged == Judged::granted ? "granted" : "referred"}});
  if (counted == counted_before) return counted;
  if (counted_before.is_object()) add(transaction, counted_before, -1);
  add(transaction, counted, 1);
  return counted;
}

Share wilson(std::int64_t count, std::int64_t of) {
  if (of <= 0) return {0, 0, 1};
  constexpr double z = 1.959963984540054;  // 95%
  const auto n = static_cast<double>(of);
  const double share = static_cast<double>(count) / n;
  const double middle = share + z * z / (2 * n);
  const double half = z * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n));
  const double scale = 1 + z * z / n;
  return {share, std::max(0.0, (middle - half) / scale), std::min(1.0, (middle + half) / scale)};
}

void hide_small_groups(std::vector<GroupShare>& groups) {
  std::int64_t hidden = 0;
  std::int64_t in_them = 0;
  const auto hide = [&](GroupShare& group) {
    ++hidden;
    in_them += group.judged();
    group = {.group = group.group};
  };
  std::vector<GroupShare*> shown;
  for (GroupShare& group : groups) {
    group.shown = group.judged() >= smallest_group_shown;
    if (group.shown) {
      shown.push_back(&group);
    } else {
      hide(group);
    }
  }
  // Whom the policy burdens most stays in sight.
  std::stable_sort(shown.begin(), shown.end(), [](const GroupShare* left, const GroupShare* right) {
    return left->referred * right->judged() < right->referred * left->judged();
  });
  for (GroupShare* group : shown) {
    const bool gives_away = hidden == 1 || (hidden > 0 && in_them < smallest_group_shown);
    if (gives_away) hide(*group);
  }
}

Date counted_since(Date today) {
  const int quarter = quarter_of(today) - quarters_counted + 1;
  return Date{std::chrono::year{quarter / 4}, std::chrono::month{static_cast<unsigned>(quarter % 4 * 3 + 1)},
              std::chrono::day{1}};
}

std::vector<GroupShares> group_shares(Transaction& transaction, const std::vector<std::string>& types,
                                      const std::vector<std::string>& municipalities, Date today) {
  std::vector<GroupShares> all;
  for (const std::string& type : types) {
    GroupShares by_municipality{type, "municipality", {}};
    for (const std::string_view dimension : {"age", "channel"}) {
      GroupShares shares{type, std::string(dimension), {}};
      for (const std::string& group : groups_of(dimension)) shares.groups.push_back({.group = group});
      for (const std::string& municipality : municipalities) {
        GroupShare sum{.group = municipality};
        for (GroupShare& group : shares.groups) {
          const GroupShare one = read_group(transaction, {municipality, type, today}, dimension, group.group);
          add_to(group, one);
          add_to(sum, one);
        }
        if (dimension == "age") by_municipality.groups.push_back(sum);
      }
      finish(shares.groups);
      if (!shares.groups.empty()) all.push_back(std::move(shares));
    }
    if (municipalities.size() > 1) {
      finish(by_municipality.groups);
      if (!by_municipality.groups.empty()) all.push_back(std::move(by_municipality));
    }
  }
  return all;
}

}  // namespace softbot

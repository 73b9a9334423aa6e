#include "adapters/provider_orders/provider_order_list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "fixed_clock.h"
#include "forgetful_files.h"

namespace softbot {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

const std::filesystem::path kOrders = "/data/outbox/orders";
constexpr Date kToday = 2026y / 11 / 21;
constexpr Date kTomorrow = 2026y / 11 / 22;

Delivery order(std::string key = "7KQM-4T9X-HR2D-order-3", const Value& provider = "Thuiszorg De Linde") {
  Value content = Value::object({{"provider", provider},
                                 {"municipality", "voorbeeld"},
                                 {"type", "household-help"},
                                 {"title", "Hulp bij het huishouden"},
                                 {"aid", Value()},
                                 {"minutesPerWeek", 125},
                                 {"from", "2026-12-01"},
                                 {"until", Value()},
                                 {"bsn", "999990019"},
                                 {"phone", "+31 6 12345678"},
                                 {"birthDate", "1944-05-17"},
                                 {"address", Value::object({{"name", "A. de Vries"},
                                                            {"street", "Dorpsstraat 12, hoog"},
                                                            {"postcode", "1234 AB"},
                                                            {"town", "Voorbeeld"}})}});
  return {std::move(key), "7KQM-4T9X-HR2D", "provider-order", "", std::move(content)};
}

/// Reads RFC 4180.
std::vector<std::vector<std::string>> read_csv(const std::string& text) {
  std::vector<std::vector<std::string>> rows(1, std::vector<std::string>(1));
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    auto& field = rows.back().back();
    if (quoted && text[at] == '"' && at + 1 < text.size() && text[at + 1] == '"') {
      field.push_back('"');
      ++at;
    } else if (text[at] == '"') {
      quoted = !quoted;
    } else if (!quoted && text[at] == ',') {
      rows.back().emplace_back();
    } else if (!quoted && text[at] == '\r') {
      ++at;
      rows.emplace_back(1);
    } else {
      field.push_back(text[at]);
    }
  }
  rows.pop_back();
  return rows;
}

class ProviderOrderListTest : public ::testing::Test {
 protected:
  [[nodiscard]] std::unique_ptr<ProviderOrderList> open() {
    return ProviderOrderList::open(kOrders, clock_, files_).value();
  }
  [[nodiscard]] std::string only_list() {
    const auto names = files_.names(kOrders);
    EXPECT_EQ(names.size(), 1U);
    return names.empty() ? "" : files_.read(kOrders / *names.begin()).value_or("");
  }
  test::ForgetfulFiles files_;
  test::FixedClock clock_{kToday};
};

TEST_F(ProviderOrderListTest, WritesOneLineForAnOrder) {
  const auto done = open()->deliver(order(), "");
  ASSERT_TRUE(done) << done.error().message;
  const auto rows = read_csv(only_list());
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_THAT(rows[0], ElementsAre("key", "reference", "municipality", "provider", "type", "title",
                                   "minutesPerWeek", "aid", "from", "until", "bsn", "name", "birthDate",
                                   "street", "postcode", "town", "phone"));
  EXPECT_THAT(rows[1], ElementsAre("7KQM-4T9X-HR2D-order-3", "7KQM-4T9X-HR2D", "voorbeeld",
                                   "Thuiszorg De Linde", "household-help", "Hulp bij het huishouden", "125",
                                   "", "2026-12-01", "", "999990019", "A. de Vries", "1944-05-17",
                                   "Dorpsstraat 12, hoog", "1234 AB", "Voorbeeld", "'+31 6 12345678"));
}

TEST_F(ProviderOrderListTest, GathersTheOrdersOfAProviderAndDayOnOneList) {
  const auto orders = open();
  ASSERT_TRUE(orders->deliver(order("A-order-1"), ""));
  ASSERT_TRUE(orders->deliver(order("B-order-1"), ""));
  EXPECT_EQ(read_csv(only_list()).size(), 3U);
  ASSERT_TRUE(orders->deliver(order("C-order-1", "Zorg & Zo"), ""));
  clock_.set(kTomorrow);
  ASSERT_TRUE(orders->deliver(order("D-order-1"), ""));
  EXPECT_EQ(files_.names(kOrders).size(), 3U);
}

TEST_F(ProviderOrderListTest, WritesTheSameKeyOnceAlsoOnAnotherDay) {
  ASSERT_TRUE(open()->deliver(order(), ""));
  ASSERT_TRUE(open()->deliver(order(), ""));
  clock_.set(kTomorrow);
  ASSERT_TRUE(open()->deliver(order(), ""));
  EXPECT_EQ(read_csv(only_list()).size(), 2U);
}

TEST_F(ProviderOrderListTest, DoesNotRepeatAnOrderWhoseListWasTakenAway) {
  ASSERT_TRUE(open()->deliver(order(), ""));
  files_.take_away(kOrders / *files_.names(kOrders).begin());
  ASSERT_TRUE(open()->deliver(order(), ""));
  EXPECT_THAT(files_.names(kOrders), ::testing::IsEmpty());
}

TEST_F(ProviderOrderListTest, KeepsAKeyApartFromALongerOneThatEndsLikeIt) {
  const auto orders = open();
  ASSERT_TRUE(orders->deliver(order("XA-order-1"), ""));
  ASSERT_TRUE(orders->deliver(order("A-order-1"), ""));
  EXPECT_EQ(read_csv(only_list()).size(), 3U);
}

TEST_F(ProviderOrderListTest, PutsOrdersWithoutAProviderOnAListOfTheirOwn) {
  auto aid = order("A-order-1", Value());
  aid.content.set("minutesPerWeek", Value());
  aid.content.set("aid", "toiletverhoger");
  ASSERT_TRUE(open()->deliver(aid, ""));
  EXPECT_THAT(files_.names(kOrders), ElementsAre("2026-11-21-no-provider.csv"));
}

TEST_F(ProviderOrderListTest, RefusesAnOrderThatSaysNotWhatOrForWhom) {
  auto nothing = order();
  nothing.content.set("minutesPerWeek", Value());
  nothing.content.set("address", Value());
  const auto done = open()->deliver(nothing, "");
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, ErrorCode::invalid_input);
  std::vector<std::string> fields;
  for (const auto& field : done.error().fields) {
    fields.push_back(field.field);
  }
  EXPECT_THAT(fields,
              ElementsAre("aid", "address.name", "address.street", "address.postcode", "address.town"));
  EXPECT_EQ(open()->deliver(order("../x"), "").error().code, ErrorCode::invalid_input);
}

TEST(OrderListName, KeepsLookAlikeProvidersApart) {
  EXPECT_THAT(order_list_name(kToday, "Thuiszorg De Linde"),
              ::testing::StartsWith("2026-11-21-thuiszorg-de-linde-"));
  EXPECT_NE(order_list_name(kToday, "Zorg & Zo"), order_list_name(kToday, "Zorg Zo"));
  EXPECT_EQ(order_list_name(kToday, " Zorg  Zo "), order_list_name(kToday, "Zorg Zo"));
}

RC_GTEST_PROP(OrderListName, IsAlwaysAPlainFileName, (const std::string& provider)) {
  const auto name = order_list_name(kToday, provider);
  RC_ASSERT(name.size() < 100);
  RC_ASSERT(std::all_of(name.begin(), name.end(), [](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '-' ||
           letter == '.';
  }));
  RC_ASSERT(name.find("..") == std::string::npos);
}

TEST(CsvField, DisarmsFormulas) {
  EXPECT_EQ(csv_field("=1+1"), "'=1+1");
  EXPECT_EQ(csv_field("@SUM(A1)"), "'@SUM(A1)");
  EXPECT_EQ(csv_field("-2,5"), "\"'-2,5\"");
  EXPECT_EQ(csv_field("a \"b\""), "\"a \"\"b\"\"\"");
  EXPECT_EQ(csv_field("gewoon"), "gewoon");
}

RC_GTEST_PROP(CsvField, IsReadBackAsItWasAndNeverAsAFormula, (const std::string& text)) {
  const auto rows = read_csv(csv_field(text) + "," + csv_field("next") + "\r\n");
  RC_ASSERT(rows.size() == 1U);
  RC_ASSERT(rows[0].size() == 2U);
  const auto& read = rows[0][0];
  RC_ASSERT(read == text || read == "'" + text);
  RC_ASSERT(read.empty() || std::string("=+-@\t\r").find(read.front()) == std::string::npos);
}

/// Whatever the moment at which the power goes, also when midnight passes before the repeat: one line in the
/// end.
TEST(ProviderOrderListDurability, HoldsAtEveryMomentOfAPowerCut) {
  int acknowledged = 0;
  for (int moment = 0; moment < 60; ++moment) {
    test::ForgetfulFiles files;
    test::FixedClock clock{kToday};
    ASSERT_TRUE(
        ProviderOrderList::open(kOrders, clock, files).value()->deliver(order("EARLIER-order-1"), ""));
    files.fail_from(files.calls() + moment);
    bool done = false;
    if (const auto orders = ProviderOrderList::open(kOrders, clock, files)) {
      done = (*orders)->deliver(order(), "").has_value();
    }
    acknowledged += done ? 1 : 0;
    files.lose_power();
    clock.set(kTomorrow);
    ASSERT_TRUE(ProviderOrderList::open(kOrders, clock, files).value()->deliver(order(), ""));
    int lines = 0;
    int earlier = 0;
    for (const auto& name : files.names(kOrders)) {
      for (const auto& row : read_csv(files.read(kOrders / name).value())) {
        lines += row.front() == "7KQM-4T9X-HR2D-order-3" ? 1 : 0;
        earlier += row.front() == "EARLIER-order-1" ? 1 : 0;
      }
    }
    EXPECT_EQ(lines, 1) << "moment " << moment;
    EXPECT_EQ(earlier, 1) << "moment " << moment;
  }
  EXPECT_GT(acknowledged, 0);
  EXPECT_LT(acknowledged, 60);
}

}  // namespace
}  // namespace softbot

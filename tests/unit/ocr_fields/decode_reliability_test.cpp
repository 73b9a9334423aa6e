#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <string>

#include "domain/bsn.h"
#include "domain/date.h"
#include "ocr/fields/signs.h"
#include "written_signs.h"

namespace softbot::ocr {
namespace {

/// A net whose probabilities are true: over many boxes, a sign that it gives 0.8 stands there in 80 of 100.
class TrueNet {
 public:
  explicit TrueNet(unsigned seed) : random_(seed) {}

  /// What it says of this digit. Draws an opinion, and keeps it as often as it would be right.
  SignChances look(char digit) {
    while (true) {
      SignChances chances{false, opinion(), {}};
      if (share() < static_cast<double>(chances.digits[static_cast<std::size_t>(digit - '0')]))
        return chances;
    }
  }

  std::vector<SignChances> look(const std::string& digits) {
    std::vector<SignChances> all;
    for (const char digit : digits) all.push_back(look(digit));
    return all;
  }

  char digit() { return static_cast<char>('0' + random_() % 10); }

  std::string digits(std::size_t count) {
    std::string all;
    for (std::size_t i = 0; i < count; ++i) all += digit();
    return all;
  }

 private:
  double share() { return std::uniform_real_distribution<double>(0, 1)(random_); }

  /// One digit, mostly nearly sure, with one or two rivals.
  std::vector<float> opinion() {
    constexpr std::array<float, 6> doubts{0.002F, 0.002F, 0.01F, 0.03F, 0.1F, 0.4F};
    const float doubt = doubts.at(random_() % doubts.size());
    std::vector<float> chances(11, 0.0F);
    chances[random_() % 10] += 1 - doubt;
    chances[random_() % 10] += doubt * 0.75F;
    chances[random_() % 10] += doubt * 0.25F;
    return chances;
  }

  std::mt19937 random_;
};

struct Tally {
  int count = 0;
  int right = 0;
  double said = 0;
};

constexpr std::array<double, 6> ends{0.5, 0.8, 0.95, 0.99, 0.999, 1.01};
using Bins = std::array<Tally, ends.size()>;

void add(Bins& bins, const Reading& reading, const Value& truth) {
  if (reading.value.is_null()) return;
  const auto* end = std::upper_bound(ends.begin(), ends.end(), reading.probability);
  Tally& bin = bins.at(static_cast<std::size_t>(end - ends.begin()));
  ++bin.count;
  bin.right += reading.value == truth ? 1 : 0;
  bin.said += reading.probability;
}

/// Within what chance explains (about three deviations), or on the careful side by no more than `careful`.
void expect_said_is_true(const Bins& bins, double careful) {
  int filled = 0;
  for (const Tally& bin : bins) {
    if (bin.count < 100) continue;
    ++filled;
    const double said = bin.said / bin.count;
    const double right = static_cast<double>(bin.right) / bin.count;
    const double chance = 3 * std::sqrt((said * (1 - said) + 0.001) / bin.count);
    EXPECT_GT(right, said - chance) << "said " << said << " of " << bin.count;
    EXPECT_LT(right, said + chance + careful) << "said " << said << " of " << bin.count;
  }
  EXPECT_GE(filled, 3);
}

TEST(DecodeReliability, OfANumberWithoutACheckTheProbabilityIsTrue) {
  TrueNet net(1);
  Bins bins{};
  for (int i = 0; i < 6'000; ++i) {
    const std::string digits = std::to_string(1 + i % 999);
    auto signs = net.look(digits);
    signs.resize(5, {true, {}, {}});
    add(bins, decoded(field_of("house-number", "99999"), signs), Value(digits));
  }
  expect_said_is_true(bins, 0.01);
}

TEST(DecodeReliability, OfANumberWithTheElevenTestTheProbabilityIsTrue) {
  TrueNet net(2);
  Bins bins{};
  for (int i = 0; i < 3'000; ++i) {
    std::string digits = net.digits(9);
    while (!passes_eleven_test(digits)) digits = net.digits(9);
    add(bins, decoded(field_of("bsn", "999999999"), net.look(digits)), Value(digits));
  }
  expect_said_is_true(bins, 0.15);
}

TEST(DecodeReliability, OfADateTheProbabilityIsTrue) {
  TrueNet net(3);
  Bins bins{};
  for (int i = 0; i < 3'000; ++i) {
    const Date date = add_days(Date{std::chrono::year(1920), std::chrono::month(1), std::chrono::day(1)},
                               static_cast<int>((i * 7'919L) % 38'000));
    const std::string iso = format_iso(date);
    const std::string boxes = iso.substr(8, 2) + iso.substr(5, 2) + iso.substr(0, 4);
    add(bins, decoded(field_of("date", "99999999"), net.look(boxes)), Value(iso));
  }
  expect_said_is_true(bins, 0.05);
}

}  // namespace
}  // namespace softbot::ocr

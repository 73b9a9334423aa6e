#include "bench/queue/open_cases.h"

#include <algorithm>
#include <array>
#include <random>
#include <stdexcept>
#include <string>

#include "adapters/sqlite/store.h"
#include "adapters/vault/file_vault.h"
#include "domain/date.h"
#include "domain/zone.h"

namespace softbot::bench {
namespace {

constexpr int cases_at_once = 200;
constexpr std::size_t answer_bytes = 2'000;  // what a filled-in form holds, besides the names

template <class T>
T value_of(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

class OpenCases {
 public:
  OpenCases(const Vault& vault, Instant now, std::string account)
      : vault_(vault), now_(now), today_(local_date(now)), account_(std::move(account)) {}

  void add_to(Transaction& transaction) {
    Application a;
    a.reference = new_reference(vault_);
    a.person = transaction.find_or_add_person("").id;
    a.type = one_of(types);
    a.law = a.type == "living-allowance" ? "participatiewet" : "wmo2015";
    a.municipality = below(10) < 7 ? "voorbeeld" : "molendam";
    a.channel = below(3) == 0 ? "paper" : "web";
    a.team = below(8) == 0 ? "youth" : a.type == "living-allowance" ? "income" : "wmo";
    a.received = now_ - std::chrono::hours(below(24 * 50));
    a.status = below(20) == 0 ? ApplicationStatus::held_for_sample : ApplicationStatus::referred;
    a.legal_deadline = add_days(today_, below(60) - 3);
    a.reasons.push_back({one_of(reasons), "Een consulent kijkt hiernaar.", ""});
    if (below(50) == 0) a.reasons.push_back({"urgent", "Nu meteen nodig.", ""});
    if (below(100) == 0) a.claim = Claim{account_, now_ + std::chrono::hours(8)};
    a.common = Value::object({{"initials", "A."}, {"birthName", "Voorbeeld"}, {"birthDate", "1944-03-02"}});
    a.fields = Value::object({{"limitations", std::string(answer_bytes, 'x')}});
    transaction.add_application(a);
  }

 private:
  static constexpr std::array types{"household-help", "small-aids", "extension", "general-notification",
                                    "living-allowance"};
  static constexpr std::array reasons{"always-a-person", "incomplete",         "still-incomplete",
                                      "human-request",   "signature-doubtful", "look-at-crop"};

  int below(int bound) { return static_cast<int>(random_() % static_cast<unsigned>(bound)); }
  std::string one_of(const auto& names) { return names[static_cast<std::size_t>(below(int(names.size())))]; }

  const Vault& vault_;
  Instant now_;
  Date today_;
  std::string account_;
  std::mt19937 random_{20'261'127};
};

}  // namespace

void fill_with_open_cases(const std::filesystem::path& data, int count, const std::string& account) {
  const SystemClock clock;
  const auto vault = value_of(FileVault::open(default_key_file(data), data, WhenAbsent::create));
  const auto store = value_of(SqliteStore::open(data, *vault, clock));
  OpenCases cases(*vault, clock.now(), account);
  for (int done = 0; done < count; done += cases_at_once) {
    value_of(store->write([&](Transaction& transaction) -> Result<void> {
      for (int left = std::min(cases_at_once, count - done); left > 0; --left) cases.add_to(transaction);
      return {};
    }));
  }
}

}  // namespace softbot::bench

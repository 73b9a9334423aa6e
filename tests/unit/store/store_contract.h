#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "unit/store/store_home.h"

namespace softbot::testing {

/// One kind of store to hold against the contract. A new kind is added in store_kinds().
struct StoreKind {
  std::string name;
  std::function<std::unique_ptr<StoreHome>()> make;
};

[[nodiscard]] std::vector<StoreKind> store_kinds();

inline void PrintTo(const StoreKind& kind, std::ostream* out) {
  *out << kind.name;
}

/// What ports/store.h promises, for every kind of store.
class StoreContract : public ::testing::TestWithParam<StoreKind> {
 protected:
  Store& store() { return home_->store(); }
  MovableClock& clock() { return home_->clock; }
  void reopen() { home_->reopen(); }

  void write(const std::function<void(Transaction&)>& work) {
    const auto done = store().write([&](Transaction& t) {
      work(t);
      return Result<void>();
    });
    ASSERT_TRUE(done) << done.error().message;
  }

  template <class Work>
  auto read(const Work& work) {
    std::optional<decltype(work(std::declval<Transaction&>()))> result;
    const auto done = store().read([&](Transaction& t) {
      result = work(t);
      return Result<void>();
    });
    if (!done) throw std::runtime_error(done.error().message);
    return std::move(*result);
  }

  PersonId add_person(std::string_view bsn = "") {
    PersonId id;
    write([&](Transaction& t) { id = t.find_or_add_person(bsn).id; });
    return id;
  }

  /// An application with something in every field, on its way for this person.
  Application example(const PersonId& person, const std::string& reference) {
    Application a;
    a.reference = ApplicationReference(reference);
    a.person = person;
    a.type = "small-aids";
    a.law = "wmo2015";
    a.municipality = "deventer";
    a.channel = "web";
    a.assurance = IdentityAssurance::digid;
    a.signed_by = "digid";
    a.received = clock().now();
    a.definition_version = "v1";
    a.common = Value::object({{"familyName", "Van der Test"}, {"birthDate", "1950-02-28"}});
    a.fields = Value::object({{"aid", "toilet-raiser"}, {"price", Number{"49.50"}}});
    a.team = "wmo";
    return a;
  }

  Application add_application(
      const PersonId& person, const std::string& reference,
      const std::function<void(Application&)>& change = [](Application&) {}) {
    Application a = example(person, reference);
    change(a);
    write([&](Transaction& t) { t.add_application(a); });
    return a;
  }

 private:
  std::unique_ptr<StoreHome> home_ = GetParam().make();
};

}  // namespace softbot::testing

#include "daemon/safeguard_watch.h"

#include <gtest/gtest.h>

#include "policy/kill_switch.h"
#include "unit/pipeline/paper_world.h"

namespace softbot {
namespace {

using testing::PaperWorld;

/// A disk that went away.
class UnreadableStore final : public Store {
 public:
  Result<void> write(const Unit&) override { return fail(ErrorCode::storage, "The disk failed."); }
  Result<void> read(const Unit&) override { return fail(ErrorCode::storage, "The disk failed."); }
  Result<void> healthy() override { return {}; }
};

Services with_store(const Services& services, Store& store) {
  return {
      store,           services.vault,           services.files,  services.clock,   services.persons,
      services.reader, services.find_geometry,   services.policy, services.letters, services.paper,
      services.post,   services.provider_orders, services.log,    services.metrics, services.configuration,
      services.wake};
}

TEST(TheHealthOfGranting, SaysWhetherAKillSwitchStands) {
  PaperWorld world;
  EXPECT_EQ(daemon::granting_health(*world.services), "works");
  const auto thrown = world.services->store.write([&](Transaction& transaction) {
    return set_kill_switch(transaction, {"small-aids", true, "farid", "Proef.", world.services->clock.now()});
  });
  ASSERT_TRUE(thrown);
  EXPECT_EQ(daemon::granting_health(*world.services), "stopped");
}

TEST(TheHealthOfGranting, IsUnknownWhenTheStoreCannotBeRead) {
  PaperWorld world;
  UnreadableStore store;
  EXPECT_EQ(daemon::granting_health(with_store(*world.services, store)), "unknown");
}

}  // namespace
}  // namespace softbot

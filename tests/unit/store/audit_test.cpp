#include <gtest/gtest.h>

#include "adapters/sqlite/audit.h"
#include "adapters/sqlite/database.h"
#include "domain/json.h"
#include "unit/store/sqlite_home.h"

namespace softbot::testing {
namespace {

using namespace std::chrono_literals;
using sqlite::AuditReport;

class Audit : public ::testing::Test {
 protected:
  static SqliteOptions often() {
    SqliteOptions options;
    options.audit_checkpoint_every = 4;
    return options;
  }

  void append(int links) {
    ASSERT_TRUE(home_.store().write([&](Transaction& t) {
      for (int i = 0; i < links; ++i) {
        t.append_audit(
            {0, home_.clock.now(), "bot", "decided", "REF" + std::to_string(i), "", "wmo", "c", "", ""});
      }
      return Result<void>();
    }));
  }

  void tamper(const std::string& sql) {
    ASSERT_TRUE(home_.sqlite().write_rows([&](sqlite::Database& database) {
      database.script(sql);
      return Result<void>();
    }));
  }

  AuditReport verify(const std::optional<Value>& exported = std::nullopt) {
    auto report = sqlite::verify_audit(home_.sqlite(), exported);
    if (!report) throw std::runtime_error(report.error().message);
    return *report;
  }

  SqliteHome home_{often()};
};

TEST_F(Audit, AnUntouchedChainIsWholeWithItsCheckpoints) {
  EXPECT_TRUE(verify().whole());
  append(10);
  home_.reopen();
  append(1);
  const AuditReport report = verify();
  EXPECT_TRUE(report.whole()) << report.problem;
  EXPECT_EQ(report.links, 11);
  EXPECT_EQ(report.checkpoints, 2);
}

TEST_F(Audit, AChangedLinkIsNamedWhateverWasChanged) {
  for (const char* change :
       {"actor = 'x'", "action = 'x'", "subject = 'x'", "purpose = 'x'", "activity = 'x'", "commitment = 'x'",
        "at = at + 1", "hash = 'x'", "previous = 'x'"}) {
    SqliteHome fresh(often());
    ASSERT_TRUE(fresh.store().write([&](Transaction& t) {
      for (int i = 0; i < 6; ++i)
        t.append_audit({0, fresh.clock.now(), "bot", "a", "s", "p", "y", "c", "", ""});
      return Result<void>();
    }));
    ASSERT_TRUE(fresh.sqlite().write_rows([&](sqlite::Database& database) {
      database.script(std::string("UPDATE audit SET ") + change + " WHERE number = 3");
      return Result<void>();
    }));
    const auto report = sqlite::verify_audit(fresh.sqlite());
    ASSERT_TRUE(report);
    EXPECT_EQ(report->broken_at, 3) << change << ": " << report->problem;
    EXPECT_EQ(report->links, 2);
  }
}

TEST_F(Audit, ARemovedLinkIsNamed) {
  append(6);
  tamper("DELETE FROM audit WHERE number = 2");
  EXPECT_EQ(verify().broken_at, 2);
}

TEST_F(Audit, LinksCutOffBeforeTheLastCheckpointAreNoticed) {
  append(6);
  tamper("DELETE FROM audit WHERE number >= 4");
  const AuditReport report = verify();
  EXPECT_EQ(report.broken_at, 4);
  EXPECT_NE(report.problem.find("links were removed"), std::string::npos) << report.problem;
}

TEST_F(Audit, AForgedCheckpointIsNoticed) {
  append(6);
  tamper("UPDATE audit_checkpoint SET signature = (SELECT signature FROM audit_checkpoint) || 'A'");
  EXPECT_EQ(verify().broken_at, 4);
}

TEST_F(Audit, AChainBuiltAnewIsNoticedByTheCheckpointThatWasExportedBefore) {
  append(6);
  const auto exported = sqlite::export_audit_checkpoint(home_.sqlite());
  ASSERT_TRUE(exported) << exported.error().message;
  append(3);
  EXPECT_TRUE(verify(*exported).whole());
  EXPECT_EQ(verify(*exported).links, 9);
  tamper("DELETE FROM audit; DELETE FROM audit_checkpoint");
  home_.clock.advance(1ms);
  append(9);
  EXPECT_TRUE(verify().whole()) << "nothing inside the store can tell";
  const AuditReport report = verify(*exported);
  EXPECT_EQ(report.broken_at, 6);
  EXPECT_NE(report.problem.find("built anew"), std::string::npos) << report.problem;
}

TEST_F(Audit, AChainCutOffAfterItsLastCheckpointIsNoticedByTheExportedOne) {
  append(7);
  const auto exported = sqlite::export_audit_checkpoint(home_.sqlite());
  tamper("DELETE FROM audit WHERE number > 6; DELETE FROM audit_checkpoint WHERE number > 6");
  EXPECT_TRUE(verify().whole());
  EXPECT_EQ(verify(*exported).broken_at, 7);
}

TEST_F(Audit, AnExportedCheckpointSurvivesItsWayThroughAFileAndIsRefusedWhenItIsNone) {
  append(1);
  const auto exported = sqlite::export_audit_checkpoint(home_.sqlite());
  const auto read = parse_json(to_pretty_json(*exported));
  ASSERT_TRUE(read);
  EXPECT_TRUE(verify(*read).whole());
  Value changed = *read;
  changed.set("hash", std::string(64, '0'));
  EXPECT_EQ(verify(changed).broken_at, 1);
  changed.set("node", "another");
  EXPECT_FALSE(sqlite::verify_audit(home_.sqlite(), changed));
  EXPECT_FALSE(sqlite::verify_audit(home_.sqlite(), Value::object()));
}

TEST_F(Audit, AnEmptyChainHasNothingToConfirm) {
  const auto exported = sqlite::export_audit_checkpoint(home_.sqlite());
  ASSERT_FALSE(exported);
  EXPECT_EQ(exported.error().code, ErrorCode::not_found);
}

TEST_F(Audit, AClockThatIsSetBackDoesNotBreakTheChain) {
  append(3);
  home_.clock.advance(-48h);
  append(3);
  EXPECT_TRUE(verify().whole());
  EXPECT_EQ(verify().links, 6);
}

}  // namespace
}  // namespace softbot::testing

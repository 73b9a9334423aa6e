#include <gmock/gmock.h>

#include <fstream>

#include "adapters/sqlite/store.h"
#include "adapters/vault/file_vault.h"
#include "domain/json.h"
#include "domain/zone.h"
#include "ports/clock.h"
#include "support/checkout.h"
#include "support/daemon.h"
#include "support/patience.h"
#include "test_data.h"

namespace softbot::tests {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

const fs::path scans = checkout() / "samples" / "scans";
constexpr const char* a_scan_in_doubt = "08-crossed-out-digit.pdf";

/// The shipped configuration, in which Voorbeeld lets corrections be kept for ten days, or not.
class OwnConfiguration {
 public:
  OwnConfiguration() {
    fs::copy(shipped_configuration(), folder_.path() / "config", fs::copy_options::recursive);
  }
  [[nodiscard]] fs::path settings() const { return folder_.path() / "config" / "softbot.json"; }
  void learn(const Value& learning) const {
    const fs::path file = folder_.path() / "config" / "municipalities" / "voorbeeld.json";
    Value municipality = parse_json(bytes_of(file)).value();
    municipality.set("learning", learning);
    std::ofstream(file, std::ios::binary) << to_pretty_json(municipality);
  }

 private:
  TemporaryFolder folder_;
};

class LearningDaemon : public testing::Test {
 protected:
  static Daemon::Options options(const OwnConfiguration& configuration) {
    configuration.learn(on());
    Daemon::Options options;
    options.config = configuration.settings();
    options.persons = scans / "register.json";
    return options;
  }
  static Value on() {
    return Value::object({{"keepCorrections", true}, {"retentionDays", 10}, {"ground", "DPIA van de test"}});
  }

  /// The case that comes of a scan with a doubt; its staff view.
  Value case_in_doubt() {
    const Answer taken = request("POST", daemon_.url() + "/api/v1/scans",
                                 {"Authorization: Bearer " + daemon_.key(), "Content-Type: application/pdf"},
                                 bytes_of(scans / a_scan_in_doubt));
    EXPECT_EQ(taken.status, 202) << taken.body;
    const std::string id = taken.json()["scans"].items().front()["id"].text_or_empty();
    Value scan;
    EXPECT_TRUE(comes_to_hold([&] {
      scan = daemon_.get_as_machine("/api/v1/scans/" + id).json();
      return !scan["applications"].items().empty();
    }));
    if (scan["applications"].items().empty()) return {};
    return daemon_.settled(scan["applications"].items().front()["reference"].text_or_empty());
  }
  /// What truth.json says that is written in a field of that scan.
  static Value truth_of(const std::string& field) {
    JsonLimits limits;
    limits.bytes = std::size_t{64} << 20U;
    limits.values = 10'000'000;
    const Value truth = parse_json(bytes_of(scans / "truth.json"), limits).value();
    for (const Value& file : truth["files"].items()) {
      if (file["file"].text_or_empty() == a_scan_in_doubt)
        return file["forms"].items().front()["fields"][field];
    }
    return {};
  }
  Answer correct(const Value& view, const std::string& field) {
    const std::string reference = view["reference"].text_or_empty();
    const bool common = view["readings"][field]["part"].text_or_empty() == "common";
    const Value fields = Value::object({{(common ? "common." : "") + field, truth_of(field)}});
    return daemon_.post_as_machine(
        "/api/v1/queue/" + reference + "/fields",
        Value::object({{"fields", fields}, {"why", "gezien op de scan"}}),
        {"If-Match: " + daemon_.get_as_machine("/api/v1/queue/" + reference).header("etag")});
  }
  Ended corrections(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {softbot_program(), "corrections"});
    arguments.insert(arguments.end(),
                     {"--data", daemon_.data().string(), "--config", configuration_.settings().string()});
    return run(arguments);
  }
  Ended export_to(const fs::path& folder, const std::string& municipality = "voorbeeld") {
    return corrections(
        {"export", "--out", folder.string(), "--municipality", municipality, "--why", "proef"});
  }
  std::string listed_until(const std::string& wanted) {
    std::string list;
    static_cast<void>(comes_to_hold([&] {
      list = corrections({"list"}).output;
      return list.find(wanted) != std::string::npos;
    }));
    return list;
  }

  OwnConfiguration configuration_;
  Daemon daemon_{options(configuration_)};
};

/// A field in boxes that was read in doubt, and of which a person sees the picture; "" when there is none.
std::string field_in_doubt(const Value& view) {
  for (const Value::Member& reading : view["readings"].members()) {
    const std::string& state = reading.value["state"].text_or_empty();
    const std::string& kind = reading.value["kind"].text_or_empty();
    const bool in_boxes = kind == "integer" || kind == "bsn" || kind == "date" || kind == "house-number";
    if (in_boxes && (state == "doubtful" || state == "repaired" || state == "unreadable") &&
        !reading.value["crop"].text_or_empty().empty() && !reading.value["support"].is_text())
      return reading.name;
  }
  return {};
}

/// The lines of an export, whichever of its folders they are in.
std::vector<Value> exported_in(const fs::path& folder) {
  std::vector<Value> lines;
  for (const char* part : {"train", "trial"}) {
    std::ifstream file(folder / part / "readings.jsonl");
    for (std::string line; std::getline(file, line);) {
      Value reading = parse_json(line).value();
      reading.set("picture", (folder / part / reading["picture"].text_or_empty()).string());
      lines.push_back(std::move(reading));
    }
  }
  return lines;
}

TEST_F(LearningDaemon, KeepsACorrectionExportsItAndForgetsItInTime) {
  const Value view = case_in_doubt();
  const std::string field = field_in_doubt(view);
  ASSERT_NE(field, "") << to_json(view["readings"]);
  EXPECT_THAT(view["readings"][field]["reader"].text_or_empty(), HasSubstr("digits"));
  const Answer corrected = correct(view, field);
  ASSERT_EQ(corrected.status, 200) << corrected.body;
  EXPECT_THAT(corrections({"list"}).output, HasSubstr("voorbeeld\tkept for 10 days\t1\t"));

  const TemporaryFolder folder;
  const Ended out = export_to(folder.path() / "out");
  ASSERT_EQ(out.status, 0) << out.output;
  const auto lines = exported_in(folder.path() / "out");
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(bytes_of(lines[0]["picture"].text_or_empty()).substr(0, 2), "\xFF\xD8") << "a JPEG";
  EXPECT_FALSE(lines[0]["written"].text_or_empty().empty());
  EXPECT_EQ(lines[0]["reader"], view["readings"][field]["reader"]);
  EXPECT_THAT(to_json(lines[0]), Not(HasSubstr(view["reference"].text_or_empty())));
  EXPECT_THAT(to_json(lines[0]), Not(HasSubstr(field)));
  EXPECT_THAT(daemon_.get_as_machine("/api/v1/audit/voorbeeld").body,
              testing::AllOf(HasSubstr("corrections-exported"), HasSubstr("operator"),
                             testing::AnyOf(HasSubstr("proef (1 to train, 0 to try)"),
                                            HasSubstr("proef (0 to train, 1 to try)"))));
  EXPECT_EQ(export_to(folder.path() / "out").status, 1) << "not over what was exported before";

  EXPECT_EQ(daemon_.stop(), 0);
  configuration_.learn(Value::object({{"keepCorrections", false}}));
  daemon_.start();
  EXPECT_THAT(listed_until("voorbeeld\toff\t0"), HasSubstr("voorbeeld\toff\t0"));
}

TEST_F(LearningDaemon, RefusesToExportWhereLearningIsOff) {
  const TemporaryFolder folder;
  const Ended refused = export_to(folder.path() / "out", "molendam");
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.output, HasSubstr("Learning is off for \"molendam\""));
  EXPECT_FALSE(fs::exists(folder.path() / "out"));
}

TEST_F(LearningDaemon, DestroysWhatIsOlderThanTheTermAtItsStart) {
  EXPECT_EQ(daemon_.stop(), 0);
  {
    SystemClock clock;
    const auto vault =
        FileVault::open(daemon_.data().string() + ".key", daemon_.data(), WhenAbsent::refuse).value();
    const auto store = SqliteStore::open(daemon_.data(), *vault, clock).value();
    const auto kept = store->write([&](Transaction& transaction) -> Result<void> {
      for (const int days_ago : {10, 11}) {
        CorrectionRecord record;
        record.id = std::to_string(days_ago) + " days ago";
        record.about = record.id;
        record.municipality = "voorbeeld";
        record.kept_on = add_days(local_date(clock.now()), -days_ago);
        transaction.keep_correction(record);
      }
      return {};
    });
    ASSERT_TRUE(kept) << kept.error().message;
  }
  daemon_.start();
  EXPECT_THAT(listed_until("10 days\t1\t"), HasSubstr("voorbeeld\tkept for 10 days\t1\t"));
}

}  // namespace
}  // namespace softbot::tests

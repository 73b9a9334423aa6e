#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "adapters/files/folder_document_files.h"
#include "adapters/sqlite/audit.h"
#include "adapters/sqlite/database.h"
#include "adapters/sqlite/maintenance.h"
#include "domain/json.h"
#include "unit/store/sqlite_home.h"

namespace softbot::testing {
namespace {

namespace fs = std::filesystem;
using namespace std::string_literals;

Result<std::unique_ptr<DocumentFiles>> open_documents(const fs::path& folder) {
  auto files = FolderDocumentFiles::open(folder);
  if (!files) return fail(files.error());
  return std::unique_ptr<DocumentFiles>(std::move(*files));
}

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

class Maintenance : public ::testing::Test {
 protected:
  Maintenance() {
    files_ = std::move(*open_documents(home_.data() / "documents"));
    person_ = add_case("999990007", "REF1", "DOC1");
    add_case("999990019", "REF2", "DOC2");
  }

  /// A person with a referred case, a submission, a document, a job, a letter that waits, a session and a
  /// look on record.
  PersonId add_case(const std::string& bsn, const std::string& reference, const std::string& document) {
    PersonRecord person;
    ok(home_.store().write([&](Transaction& t) {
      person = t.find_or_add_person(bsn);
      return Result<void>();
    }));
    ok(files_->put(DocumentId(document),
                   home_.vault().seal(person.wrapped_key, "document:" + document, "pdf of " + bsn)));
    ok(home_.store().write([&](Transaction& t) {
      SubmissionRecord submission;
      submission.id = SubmissionId("S-" + reference);
      submission.person = person.id;
      submission.idempotency_key = reference;
      submission.body = "body of " + bsn;
      t.add_submission(submission);
      Application application;
      application.reference = ApplicationReference(reference);
      application.submission = submission.id;
      application.person = person.id;
      application.status = ApplicationStatus::referred;
      application.common = Value::object({{"bsn", bsn}});
      t.add_application(application);
      DocumentRecord record;
      record.id = DocumentId(document);
      record.reference = application.reference;
      record.person = person.id;
      record.file_name = "../bank afschrift.pdf";
      t.add_document(record);
      t.add_job("deliver", "letter:" + reference, home_.clock.now());
      t.add_job("decide", reference, home_.clock.now());
      t.add_outbox({"letter:" + reference,
                    application.reference,
                    person.id,
                    "post",
                    document,
                    Value::object({{"street", "Teststraat"}}),
                    "waiting",
                    home_.clock.now(),
                    {},
                    {},
                    {},
                    0,
                    ""});
      t.put_provision(
          {"P-" + reference, person.id, "household-help", "deventer", "B1", Value(), Date(), {}, "import"});
      t.add_session(
          {"token-" + reference, "resident", "", bsn, "csrf", home_.clock.now(), home_.clock.now()});
      t.append_audit({0, home_.clock.now(), "c.jansen", "looked", reference, "handling", "wmo", "", "", ""});
      return Result<void>();
    }));
    return person.id;
  }

  /// A correction of this person's, kept to learn from.
  void keep_correction(const PersonId& person, const std::string& id) {
    CorrectionRecord record;
    record.id = id;
    record.municipality = "deventer";
    record.kept_on = Date(std::chrono::year(2026), std::chrono::month(11), std::chrono::day(1));
    record.about = correction_about(home_.vault(), ApplicationReference("REF1"s), "bsn");
    record.about += id;
    record.owner = correction_owner(home_.vault(), person);
    record.content = Value::object({{"raw", "999990001"}, {"value", "999990007"}});
    record.picture_type = "image/jpeg";
    record.picture = "picture of " + id;
    ok(home_.store().write([&](Transaction& t) {
      t.keep_correction(record);
      return Result<void>();
    }));
  }
  std::vector<std::string> kept_corrections() {
    std::vector<std::string> ids;
    ok(home_.store().read([&](Transaction& t) {
      for (const CorrectionRecord& one : t.corrections({})) ids.push_back(one.id);
      return Result<void>();
    }));
    return ids;
  }

  static void ok(const Result<void>& done) {
    if (!done) throw std::runtime_error(done.error().message);
  }

  Result<sqlite::BackupReport> backup_to(const fs::path& target) {
    return sqlite::backup(home_.sqlite(), *files_, target, open_documents);
  }

  SqliteHome home_;
  std::unique_ptr<DocumentFiles> files_;
  PersonId person_;
};

TEST_F(Maintenance, ARestoredBackupIsTheStoreAsItWas) {
  const auto made = backup_to(home_.beside("backup"));
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_EQ(made->documents, 2);
  EXPECT_TRUE(made->missing.empty());
  std::ignore = home_.store().write([](Transaction& t) {
    t.put_setting("later", Value(1));
    return Result<void>();
  });
  const auto restored = sqlite::restore(home_.beside("backup"), home_.beside("restored"), open_documents);
  ASSERT_TRUE(restored) << restored.error().message;
  EXPECT_EQ(restored->documents, 2);
  const auto store = SqliteStore::open(home_.beside("restored"), home_.vault(), home_.clock);
  ASSERT_TRUE(store) << store.error().message;
  std::ignore = (*store)->read([&](Transaction& t) {
    EXPECT_EQ(t.application(ApplicationReference("REF1"s))->common["bsn"].text_or_empty(), "999990007");
    EXPECT_FALSE(t.setting("later"));
    return Result<void>();
  });
  const auto files = open_documents(home_.beside("restored") / "documents");
  EXPECT_EQ((*files)->get(DocumentId("DOC1"s)), files_->get(DocumentId("DOC1"s)));
  EXPECT_TRUE(sqlite::verify_audit(**store)->whole());
}

TEST_F(Maintenance, ABackupHoldsNoMasterKeyAndSaysSo) {
  ASSERT_TRUE(backup_to(home_.beside("backup")));
  EXPECT_NE(text_of(home_.beside("backup") / "manifest.json").find("Not in this backup"), std::string::npos);
  const std::string key = text_of(home_.beside("master.key"));
  ASSERT_FALSE(key.empty());
  for (const auto& entry : fs::recursive_directory_iterator(home_.beside("backup"))) {
    EXPECT_NE(entry.path().filename(), "master.key");
    const std::string bytes = entry.is_regular_file() ? text_of(entry.path()) : std::string();
    EXPECT_EQ(bytes.find(key), std::string::npos);
  }
}

TEST_F(Maintenance, BackupAndRestoreRefuseFoldersThatAreNotEmpty) {
  ASSERT_TRUE(backup_to(home_.beside("backup")));
  EXPECT_EQ(backup_to(home_.beside("backup")).error().code, ErrorCode::conflict);
  EXPECT_EQ(sqlite::restore(home_.beside("backup"), home_.data(), open_documents).error().code,
            ErrorCode::conflict);
  EXPECT_EQ(sqlite::restore(home_.beside("nothing"), home_.beside("new"), open_documents).error().code,
            ErrorCode::not_found);
}

TEST_F(Maintenance, ADamagedBackupIsNotRestored) {
  for (const char* file : {"softbot.db", "documents/D/O/DOC1"}) {
    const fs::path folder = home_.beside("backup-"s + fs::path(file).filename().string());
    ASSERT_TRUE(backup_to(folder));
    std::fstream damaged(folder / file, std::ios::in | std::ios::out | std::ios::binary);
    damaged.seekp(40);
    damaged.put('!');
    damaged.close();
    const fs::path target = home_.beside("restored-"s + fs::path(file).filename().string());
    const auto restored = sqlite::restore(folder, target, open_documents);
    ASSERT_FALSE(restored) << file;
    EXPECT_EQ(restored.error().code, ErrorCode::damaged);
    EXPECT_FALSE(sqlite::store_exists(target)) << "no half store that would start";
  }
}

TEST_F(Maintenance, ABackupNamesDocumentsWhoseFilesAreMissing) {
  ok(files_->remove(DocumentId("DOC2"s)));
  const auto made = backup_to(home_.beside("backup"));
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_EQ(made->missing, std::vector<std::string>{"DOC2"});
}

TEST_F(Maintenance, APersonsFileHoldsEverythingAboutThemAndNothingOfOthers) {
  const auto file = sqlite::export_person(home_.sqlite(), *files_, "999990007", home_.beside("export"),
                                          {"a.auditor", "request of 3 January"});
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ((*file)["applications"].items().size(), 1U);
  EXPECT_EQ((*file)["submissions"].items().at(0)["body"].text_or_empty(), "body of 999990007");
  EXPECT_EQ((*file)["deliveries"].items().at(0)["content"]["street"].text_or_empty(), "Teststraat");
  EXPECT_EQ((*file)["provisions"].items().size(), 1U);
  EXPECT_EQ((*file)["documents"].items().at(0)["file"].text_or_empty(), "DOC1-.._bank_afschrift.pdf");
  EXPECT_EQ(text_of(home_.beside("export") / "DOC1-.._bank_afschrift.pdf"), "pdf of 999990007");
  EXPECT_EQ((*file)["audit"].items().size(), 2U) << "the look before, and this one";
  EXPECT_EQ((*file)["audit"].items().at(1)["action"].text_or_empty(), "exported");
  EXPECT_EQ(to_json(*file).find("999990019"), std::string::npos);
  EXPECT_EQ(to_json(*file).find("REF2"), std::string::npos);
}

TEST_F(Maintenance, AnUnknownBsnIsNotFound) {
  const auto file =
      sqlite::export_person(home_.sqlite(), *files_, "999990020", home_.beside("export"), {"a", "b"});
  EXPECT_EQ(file.error().code, ErrorCode::not_found);
  EXPECT_EQ(file.error().message.find("999990020"), std::string::npos);
  EXPECT_EQ(sqlite::destroy_person(home_.sqlite(), *files_, "999990020", {"a", "b"}).error().code,
            ErrorCode::not_found);
}

TEST_F(Maintenance, ADestroyedPersonIsGoneFromEverywhereAndTheOthersAreNot) {
  std::string wrapped_key;
  std::ignore = home_.store().read([&](Transaction& t) {
    wrapped_key = t.person(person_)->wrapped_key;
    return Result<void>();
  });
  const auto erased =
      sqlite::destroy_person(home_.sqlite(), *files_, "999990007", {"a.admin", "request of 3 January"});
  ASSERT_TRUE(erased) << erased.error().message;
  EXPECT_EQ(erased->person, person_);
  EXPECT_EQ(erased->documents, 1);
  EXPECT_EQ(erased->files_left, 0);
  EXPECT_EQ(erased->cases_closed, 1);
  EXPECT_EQ(files_->get(DocumentId("DOC1"s)).error().code, ErrorCode::not_found);
  EXPECT_TRUE(files_->get(DocumentId("DOC2"s)));
  for (const char* name : {"softbot.db", "softbot.db-wal"}) {
    EXPECT_EQ(text_of(home_.data() / name).find(wrapped_key), std::string::npos) << name;
  }
  std::ignore = home_.store().write([&](Transaction& t) {
    EXPECT_FALSE(t.person_by_bsn("999990007"));
    EXPECT_EQ(t.application(ApplicationReference("REF1"s))->status, ApplicationStatus::withdrawn);
    EXPECT_TRUE(t.application(ApplicationReference("REF1"s))->common.is_null());
    EXPECT_EQ(t.application(ApplicationReference("REF2"s))->status, ApplicationStatus::referred);
    EXPECT_EQ(t.queue({}).total, 1U);
    EXPECT_FALSE(t.session("token-REF1"));
    EXPECT_TRUE(t.session("token-REF2"));
    EXPECT_FALSE(t.outbox("letter:REF1"));
    EXPECT_EQ(t.claim_jobs(9, home_.clock.now(), std::chrono::minutes(1)).size(), 2U)
        << "those of the other person";
    EXPECT_EQ(t.audit_of(person_.text).at(0).action, "destroyed");
    return Result<void>();
  });
  EXPECT_TRUE(sqlite::verify_audit(home_.sqlite())->whole());
}

TEST_F(Maintenance, ABackupAfterAnErasureMissesNothing) {
  ASSERT_TRUE(sqlite::destroy_person(home_.sqlite(), *files_, "999990007", {"a", "b"}));
  const auto made = backup_to(home_.beside("backup"));
  ASSERT_TRUE(made);
  EXPECT_EQ(made->documents, 1);
  EXPECT_TRUE(made->missing.empty());
}

TEST_F(Maintenance, APersonsFileHoldsTheCorrectionsThatWereKept) {
  keep_correction(person_, "mine");
  keep_correction(PersonId("somebody-else"s), "others");
  const auto file =
      sqlite::export_person(home_.sqlite(), *files_, "999990007", home_.beside("export"), {"a", "request"});
  ASSERT_TRUE(file) << file.error().message;
  ASSERT_EQ((*file)["corrections"].items().size(), 1U);
  const Value& kept = (*file)["corrections"].items().front();
  EXPECT_EQ(kept["value"].text_or_empty(), "999990007");
  EXPECT_EQ(text_of(home_.beside("export") / kept["file"].text_or_empty()), "picture of mine");
}

TEST_F(Maintenance, APersonThatIsDestroyedTakesTheirCorrectionsAlong) {
  keep_correction(person_, "mine");
  keep_correction(PersonId("somebody-else"s), "others");
  ASSERT_TRUE(sqlite::destroy_person(home_.sqlite(), *files_, "999990007", {"a", "request"}));
  EXPECT_EQ(kept_corrections(), std::vector<std::string>{"others"});
}

TEST_F(Maintenance, WhatIsKeptToLearnFromIsSealedAndNamesNobody) {
  keep_correction(person_, "mine");
  home_.close();
  const std::string bytes = text_of(home_.data() / "softbot.db") + text_of(home_.data() / "softbot.db-wal");
  EXPECT_EQ(bytes.find("picture of mine"), std::string::npos);
  EXPECT_EQ(bytes.find("999990001"), std::string::npos);
  home_.open();
  ok(home_.sqlite().write_rows([&](sqlite::Database& database) -> Result<void> {
    auto row = database.query("SELECT about || ' ' || owner FROM correction");
    if (!row.step()) return fail(ErrorCode::not_found, "nothing kept");
    EXPECT_EQ(row.text(0).find("REF1"), std::string::npos);
    EXPECT_EQ(row.text(0).find(person_.text), std::string::npos);
    return {};
  }));
}

TEST_F(Maintenance, ADayOfCorrectionsCannotBeOpenedOnceItsKeyIsGone) {
  keep_correction(person_, "mine");
  ASSERT_EQ(kept_corrections().size(), 1U);
  ok(home_.sqlite().write_rows([](sqlite::Database& database) -> Result<void> {
    database.run("UPDATE correction_key SET wrapped_key = zeroblob(length(wrapped_key))");
    return {};
  }));
  const auto read = home_.store().read([](Transaction& t) -> Result<void> {
    std::ignore = t.corrections({});
    return {};
  });
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, ErrorCode::damaged);
}

}  // namespace
}  // namespace softbot::testing

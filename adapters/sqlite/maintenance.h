#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/sqlite/store.h"
#include "domain/application.h"
#include "domain/value.h"
#include "ports/document_files.h"

namespace softbot::sqlite {

/// Opens (and makes) document files in a folder; the caller chooses the kind.
using OpenDocuments =
    std::function<Result<std::unique_ptr<DocumentFiles>>(const std::filesystem::path& folder)>;

struct BackupReport {
  std::int64_t documents = 0;
  std::vector<std::string> missing;  ///< ids of documents whose file is not there although it should be
};

/// Copies the store while it runs: the database as it is at one moment, and every document that it lists,
/// into an absent or empty folder, with a manifest of checksums written last. NOT the master key: without
/// that file the copy cannot be read, so keep a copy of it elsewhere. Fails with `conflict` for a folder that
/// is not empty, `storage`.
[[nodiscard]] Result<BackupReport> backup(SqliteStore& store, const DocumentFiles& documents,
                                          const std::filesystem::path& target,
                                          const OpenDocuments& open_documents);

/// Puts a backup back into an absent or empty data folder, checking every checksum first. The database comes
/// last, so that a restore that was broken off leaves no store. Fails with `conflict`, `not_found` (no
/// manifest), `damaged`, `incompatible`, `storage`.
[[nodiscard]] Result<BackupReport> restore(const std::filesystem::path& from,
                                           const std::filesystem::path& data_folder,
                                           const OpenDocuments& open_documents);

/// Who asks for something about a person, and why: both go on record.
struct Asker {
  std::string actor;
  std::string purpose;
};

/// Everything that is kept about the person with this BSN: {"person", "applications", "submissions",
/// "documents", "deliveries", "provisions", "corrections" (kept to learn from), "audit"}; documents and
/// pictures of corrections in the clear as files in `folder`, which must be absent or empty. Goes on record
/// as a look. Fails with `not_found`, `conflict`, `damaged`, `storage`.
[[nodiscard]] Result<Value> export_person(SqliteStore& store, const DocumentFiles& documents,
                                          std::string_view bsn, const std::filesystem::path& folder,
                                          const Asker& asker);

struct Erasure {
  PersonId person;
  std::int64_t documents = 0;     ///< files removed
  std::int64_t files_left = 0;    ///< files that could not be removed; nothing can open them
  std::int64_t cases_closed = 0;  ///< open cases that became withdrawn, as nothing is left to decide on
};

/// Erases the person with this BSN: the key, the way from the BSN to the person, sessions, documents, waiting
/// work and deliveries, and corrections that were kept to learn from. Rows stay, empty of content. Backups
/// made before still hold the wrapped key: let them expire. Fails with `not_found`, `storage`.
[[nodiscard]] Result<Erasure> destroy_person(SqliteStore& store, DocumentFiles& documents,
                                             std::string_view bsn, const Asker& asker);

/// Puts on record that somebody looked, at a case or at many, with `action` ("replayed", "simulated").
[[nodiscard]] Result<void> note_look(SqliteStore& store, const Asker& asker, std::string_view action,
                                     std::string_view subject);

}  // namespace softbot::sqlite

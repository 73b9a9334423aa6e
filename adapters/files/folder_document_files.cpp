#include "adapters/files/folder_document_files.h"

#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <utility>

namespace softbot {
namespace {

namespace fs = std::filesystem;

bool is_safe(const DocumentId& id) {
  return id.text.size() >= 2 && id.text.size() <= 100 &&
         std::all_of(id.text.begin(), id.text.end(), [](char c) {
           return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_';
         });
}

tl::unexpected<Error> unsafe() {
  return fail(ErrorCode::invalid_input, "This is no document id.");
}

}  // namespace

Result<std::unique_ptr<FolderDocumentFiles>> FolderDocumentFiles::open(const fs::path& folder,
                                                                       FileSystem& files) {
  auto opened = std::unique_ptr<FolderDocumentFiles>(  // NOLINTNEXTLINE(cppcoreguidelines-owning-memory)
      new FolderDocumentFiles(fs::absolute(folder).lexically_normal(), files));
  for (const fs::path& needed : {opened->folder_, opened->incoming()}) {
    if (auto made = opened->need_folder(needed); !made) return fail(made.error());
  }
  return opened;
}

FolderDocumentFiles::FolderDocumentFiles(fs::path folder, FileSystem& files)
    : folder_(std::move(folder)), files_(files) {
}

fs::path FolderDocumentFiles::incoming() const {
  return folder_ / "incoming";
}

fs::path FolderDocumentFiles::place_of(const DocumentId& id) const {
  return folder_ / id.text.substr(0, 1) / id.text.substr(1, 1) / id.text;
}

/// Makes the folder and its name durable, once per process.
Result<void> FolderDocumentFiles::need_folder(const fs::path& folder) {
  const std::lock_guard lock(mutex_);
  if (known_.contains(folder)) return {};
  if (auto made = files_.make_folder(folder); !made) return made;
  if (auto synced = files_.sync_folder(folder.parent_path()); !synced) return synced;
  known_.insert(folder);
  return {};
}

Result<void> FolderDocumentFiles::put(const DocumentId& id, std::string_view sealed) {
  if (!is_safe(id)) return unsafe();
  const fs::path place = place_of(id);
  for (const fs::path& needed : {place.parent_path().parent_path(), place.parent_path()}) {
    if (auto made = need_folder(needed); !made) return made;
  }
  const fs::path aside = incoming() / (id.text + "." + std::to_string(::getpid()));
  if (auto written = files_.write_synced(aside, sealed); !written) {
    [[maybe_unused]] const auto removed = files_.remove(aside);
    return written;
  }
  if (auto moved = files_.rename(aside, place); !moved) return moved;
  return files_.sync_folder(place.parent_path());
}

Result<std::string> FolderDocumentFiles::get(const DocumentId& id) const {
  if (!is_safe(id)) return unsafe();
  return files_.read(place_of(id));
}

Result<void> FolderDocumentFiles::remove(const DocumentId& id) {
  if (!is_safe(id)) return unsafe();
  const fs::path place = place_of(id);
  if (auto removed = files_.remove(place); !removed) return removed;
  auto synced = files_.sync_folder(place.parent_path());
  if (!synced && synced.error().code == ErrorCode::not_found) return {};
  return synced;
}

void FolderDocumentFiles::remove_leftovers() {
  std::error_code problem;
  for (const auto& entry : fs::directory_iterator(incoming(), problem)) {
    [[maybe_unused]] const auto removed = files_.remove(entry.path());
  }
}

}  // namespace softbot

#include "faults/store/losing_disk.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>

namespace softbot::testing {
namespace {

namespace fs = std::filesystem;

/// SQLite's handle of an open file, followed in memory by the system layer's own.
struct OpenFile {
  sqlite3_file base;
  LosingDisk* disk;
  std::string* path;  ///< null for temporary files, which need not survive
  sqlite3_file* real;
};

OpenFile* self(sqlite3_file* file) {
  return reinterpret_cast<OpenFile*>(file);
}

sqlite3_file* real(sqlite3_file* file) {
  return self(file)->real;
}

sqlite3_vfs* system_layer() {
  static sqlite3_vfs* const layer = sqlite3_vfs_find("unix");
  return layer;
}

LosingDisk* disk_of(sqlite3_vfs* layer) {
  return static_cast<LosingDisk*>(layer->pAppData);
}

int close_file(sqlite3_file* file) {
  const int code = real(file)->pMethods == nullptr ? SQLITE_OK : real(file)->pMethods->xClose(real(file));
  const std::unique_ptr<std::string> ending(self(file)->path);
  self(file)->path = nullptr;
  return code;
}

int read_file(sqlite3_file* file, void* out, int count, sqlite3_int64 offset) {
  if (self(file)->disk->is_dead()) return SQLITE_IOERR_READ;
  return real(file)->pMethods->xRead(real(file), out, count, offset);
}

int write_file(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 offset) {
  LosingDisk& disk = *self(file)->disk;
  const std::string* path = self(file)->path;
  if (!disk.may_change()) return SQLITE_IOERR_WRITE;
  if (path != nullptr && !disk.may_grow(*path, offset + count)) return SQLITE_FULL;
  const int code = real(file)->pMethods->xWrite(real(file), bytes, count, offset);
  if (code == SQLITE_OK && path != nullptr) {
    disk.changed(*path, {false, offset,
                         std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(count))});
  }
  return code;
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  if (!self(file)->disk->may_change()) return SQLITE_IOERR_TRUNCATE;
  const int code = real(file)->pMethods->xTruncate(real(file), size);
  if (code == SQLITE_OK && self(file)->path != nullptr)
    self(file)->disk->changed(*self(file)->path, {true, size, {}});
  return code;
}

int sync_file(sqlite3_file* file, int) {
  if (!self(file)->disk->may_change()) return SQLITE_IOERR_FSYNC;
  if (self(file)->path != nullptr) self(file)->disk->synced(*self(file)->path);
  return SQLITE_OK;
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
  if (self(file)->disk->is_dead()) return SQLITE_IOERR_FSTAT;
  return real(file)->pMethods->xFileSize(real(file), size);
}

int lock_file(sqlite3_file* file, int kind) {
  return real(file)->pMethods->xLock(real(file), kind);
}
int unlock_file(sqlite3_file* file, int kind) {
  return real(file)->pMethods->xUnlock(real(file), kind);
}
int check_lock(sqlite3_file* file, int* out) {
  return real(file)->pMethods->xCheckReservedLock(real(file), out);
}
int control_file(sqlite3_file* file, int what, void* argument) {
  if (what == SQLITE_FCNTL_SIZE_HINT || what == SQLITE_FCNTL_CHUNK_SIZE)
    return SQLITE_OK;  // would grow it unseen
  return real(file)->pMethods->xFileControl(real(file), what, argument);
}
int sector_size(sqlite3_file*) {
  return 512;
}
int characteristics(sqlite3_file*) {
  return 0;  // promises nothing: no atomic writes, no safe append
}
int map_shared(sqlite3_file* file, int page, int size, int extend, void volatile** out) {
  if (self(file)->disk->is_dead()) return SQLITE_IOERR_SHMMAP;
  return real(file)->pMethods->xShmMap(real(file), page, size, extend, out);
}
int lock_shared(sqlite3_file* file, int offset, int count, int flags) {
  return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
}
void barrier_shared(sqlite3_file* file) {
  real(file)->pMethods->xShmBarrier(real(file));
}
int unmap_shared(sqlite3_file* file, int remove) {
  return real(file)->pMethods->xShmUnmap(real(file), remove);
}

const sqlite3_io_methods methods{
    2,           close_file,     read_file,    write_file,   truncate_file, sync_file,       file_size,
    lock_file,   unlock_file,    check_lock,   control_file, sector_size,   characteristics, map_shared,
    lock_shared, barrier_shared, unmap_shared, nullptr,      nullptr};

int open_file(sqlite3_vfs* layer, const char* path, sqlite3_file* file, int flags, int* out_flags) {
  LosingDisk& disk = *disk_of(layer);
  file->pMethods = nullptr;
  if (disk.is_dead()) return SQLITE_CANTOPEN;
  self(file)->disk = &disk;
  self(file)->path = nullptr;
  self(file)->real = reinterpret_cast<sqlite3_file*>(self(file) + 1);
  if (path != nullptr && (flags & SQLITE_OPEN_DELETEONCLOSE) == 0) {
    disk.opened(path);
    self(file)->path =
        std::make_unique<std::string>(path).release();  // SQLite's handle owns it until close_file
  }
  const int code = system_layer()->xOpen(system_layer(), path, real(file), flags, out_flags);
  file->pMethods = &methods;  // also after a failure, so that SQLite closes it
  return code;
}

int delete_file(sqlite3_vfs* layer, const char* path, int sync_folder) {
  if (!disk_of(layer)->may_change()) return SQLITE_IOERR_DELETE;
  const int code = system_layer()->xDelete(system_layer(), path, sync_folder);
  if (code == SQLITE_OK) disk_of(layer)->deleted(path);
  return code;
}

int access_file(sqlite3_vfs* layer, const char* path, int flags, int* out) {
  if (disk_of(layer)->is_dead()) return SQLITE_IOERR_ACCESS;
  return system_layer()->xAccess(system_layer(), path, flags, out);
}

int full_path(sqlite3_vfs*, const char* path, int count, char* out) {
  return system_layer()->xFullPathname(system_layer(), path, count, out);
}

std::string content_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

sqlite3_vfs& own_layer() {
  static sqlite3_vfs layer{};
  return layer;
}

}  // namespace

LosingDisk::LosingDisk() {
  sqlite3_initialize();
  sqlite3_vfs& layer = own_layer();
  layer = *system_layer();
  layer.iVersion = 1;
  layer.szOsFile = static_cast<int>(sizeof(OpenFile)) + system_layer()->szOsFile;
  layer.pNext = nullptr;
  layer.zName = name();
  layer.pAppData = this;
  layer.xOpen = open_file;
  layer.xDelete = delete_file;
  layer.xAccess = access_file;
  layer.xFullPathname = full_path;
  if (sqlite3_vfs_register(&layer, 0) != SQLITE_OK) throw std::runtime_error("no file layer");
}

LosingDisk::~LosingDisk() {
  sqlite3_vfs_unregister(&own_layer());
}

void LosingDisk::cut_after(std::int64_t operations) {
  const std::lock_guard lock(mutex_);
  left_ = operations;
}

bool LosingDisk::is_dead() const {
  const std::lock_guard lock(mutex_);
  return left_ <= 0;
}

void LosingDisk::set_full(bool full) {
  const std::lock_guard lock(mutex_);
  full_ = full;
}

bool LosingDisk::may_change() {
  const std::lock_guard lock(mutex_);
  if (left_ <= 0) return false;
  --left_;
  return left_ > 0;
}

bool LosingDisk::may_grow(const std::string& path, std::int64_t to) {
  const std::lock_guard lock(mutex_);
  return !full_ || to <= files_[path].size;
}

void LosingDisk::opened(const std::string& path) {
  const std::lock_guard lock(mutex_);
  if (files_.contains(path)) return;
  File& file = files_[path];
  file.durable = content_of(path);
  file.size = static_cast<std::int64_t>(file.durable.size());
}

void LosingDisk::deleted(const std::string& path) {
  const std::lock_guard lock(mutex_);
  files_.erase(path);
}

void LosingDisk::changed(const std::string& path, Pending change) {
  const std::lock_guard lock(mutex_);
  File& file = files_[path];
  const std::int64_t end = change.offset + static_cast<std::int64_t>(change.bytes.size());
  file.size = change.truncates ? change.offset : std::max(file.size, end);
  file.pending.push_back(std::move(change));
}

void LosingDisk::synced(const std::string& path) {
  const std::lock_guard lock(mutex_);
  File& file = files_[path];
  for (const Pending& change : file.pending) apply(file.durable, change);
  file.pending.clear();
}

void LosingDisk::apply(std::string& content, const Pending& change) {
  const auto offset = static_cast<std::size_t>(change.offset);
  if (change.truncates) {
    content.resize(offset);
    return;
  }
  if (content.size() < offset + change.bytes.size()) content.resize(offset + change.bytes.size());
  content.replace(offset, change.bytes.size(), change.bytes);
}

void LosingDisk::power_back(std::mt19937& random) {
  constexpr std::size_t sector = 512;
  std::bernoulli_distribution survives(0.5);
  const std::lock_guard lock(mutex_);
  for (auto& [path, file] : files_) {
    for (const Pending& change : file.pending) {
      if (change.truncates) {
        if (survives(random)) apply(file.durable, change);
        continue;
      }
      for (std::size_t at = 0; at < change.bytes.size(); at += sector) {
        if (!survives(random)) continue;
        apply(file.durable,
              {false, change.offset + static_cast<std::int64_t>(at), change.bytes.substr(at, sector)});
      }
    }
    std::ofstream(path, std::ios::binary | std::ios::trunc) << file.durable;
    fs::remove(path + "-shm");
  }
  files_.clear();
  left_ = std::numeric_limits<std::int64_t>::max();
  full_ = false;
}

}  // namespace softbot::testing

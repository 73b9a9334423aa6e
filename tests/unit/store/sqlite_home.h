#pragma once

#include <memory>
#include <stdexcept>

#include "adapters/sqlite/store.h"
#include "unit/store/store_home.h"

namespace softbot::testing {

/// A SQLite store in a temporary folder.
class SqliteHome final : public StoreHome {
 public:
  explicit SqliteHome(SqliteOptions options = {}) : options_(std::move(options)) { open(); }

  [[nodiscard]] Store& store() override { return *store_; }
  [[nodiscard]] SqliteStore& sqlite() { return *store_; }
  [[nodiscard]] FileVault& vault() { return *vault_; }
  [[nodiscard]] std::filesystem::path data() const { return folder_.path() / "data"; }
  [[nodiscard]] std::filesystem::path beside(std::string_view name) const { return folder_.path() / name; }

  void reopen() override {
    close();
    open();
  }
  void close() { store_.reset(); }
  void open() {
    auto opened = SqliteStore::open(data(), *vault_, clock, options_);
    if (!opened) throw std::runtime_error(opened.error().message);
    store_ = std::move(*opened);
  }

 private:
  TemporaryFolder folder_;
  SqliteOptions options_;
  std::unique_ptr<FileVault> vault_ = vault_in(folder_.path());
  std::unique_ptr<SqliteStore> store_;
};

}  // namespace softbot::testing

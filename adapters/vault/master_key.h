#pragma once

#include <filesystem>
#include <memory>

#include "domain/result.h"

namespace softbot {

/// Frees guarded memory of libsodium, which wipes it first.
struct FreeSecret {
  void operator()(unsigned char* bytes) const noexcept;
};

/// Bytes of a key in memory that is locked, guarded and wiped when it goes.
using SecretBytes = std::unique_ptr<unsigned char, FreeSecret>;

/// Throws std::bad_alloc when there is no memory that can be guarded.
[[nodiscard]] SecretBytes allocate_secret(std::size_t count);

/// What to do when there is no key file yet. `create` is for an empty store alone: data that another key
/// sealed stays shut.
enum class WhenAbsent { create, refuse };

/// Reads the 32 bytes of the master key, or makes them. The file is one line of text, mode 0600. Fails with
/// `configuration` when it lies inside the data folder, is absent and may not be made, is readable by
/// everybody, or is no key file.
[[nodiscard]] Result<SecretBytes> load_master_key(const std::filesystem::path& key_file,
                                                  const std::filesystem::path& data_folder,
                                                  WhenAbsent when_absent);

}  // namespace softbot

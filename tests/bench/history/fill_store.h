#pragma once

#include <cstdint>
#include <filesystem>

#include "policy/content_address.h"

namespace softbot::bench {

/// Makes a data folder with so many cases of this seed, each judged by the policy in these files, which
/// becomes its active one. Throws std::runtime_error with what went wrong.
void fill_store(const std::filesystem::path& data, const ConfigurationFiles& policy, std::int64_t cases,
                std::uint64_t seed);

}  // namespace softbot::bench

#pragma once

#include <filesystem>

namespace softbot::bench {

/// Fills an empty data folder with cases that wait for a person: of two municipalities, five types, three
/// teams, with reasons, terms from late to far away, some claimed by `account`, each of a person of its own
/// and sealed as the bot would leave it.
void fill_with_open_cases(const std::filesystem::path& data, int count, const std::string& account);

}  // namespace softbot::bench

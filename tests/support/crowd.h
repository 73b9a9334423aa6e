#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "domain/value.h"

namespace softbot::tests {

/// Made-up residents, as many as one likes: each with a test BSN and an address of their own, so that what
/// one of them asks says nothing about another.
struct Resident {
  std::string bsn;
  std::string initials;
  std::string name;
  std::string born;
  std::string street;
  std::string number;
  std::string postcode;
};
/// At most 7,000. The same `count` gives the same people.
[[nodiscard]] std::vector<Resident> crowd(std::size_t count);

/// The crowd as a file for the demo register.
void write_register(const std::filesystem::path& file, const std::vector<Resident>& residents);

/// Applications that the bot grants when they are signed. `words` goes into the free text, to give a body its
/// size.
[[nodiscard]] Value toilet_raiser_for(const Resident& resident,
                                      const std::string& words = "Ik kom moeilijk overeind.");
[[nodiscard]] Value household_help_for(const Resident& resident,
                                       const std::string& words = "Ik kan niet bukken.");

/// A copy of the shipped configuration in this folder, with safeguards that never hold up: high caps, and
/// this sample share. Returns its softbot.json.
[[nodiscard]] std::filesystem::path generous_configuration(const std::filesystem::path& folder,
                                                           const std::string& sample_share);

}  // namespace softbot::tests

#pragma once

#include <string>
#include <vector>

#include "forms/letter_facts.h"

namespace softbot {

/// Whose address and name stand in a letter, out of its lines (letter_lines()): the address at its head or
/// foot that is not one of ours, and the name above it or below the greeting. Pure.
[[nodiscard]] LetterSender letter_sender(const std::vector<std::string>& lines,
                                         const std::vector<PostalAddress>& ours);

}  // namespace softbot

#pragma once

#include <string_view>
#include <vector>

#include "forms/letter_kinds.h"
#include "pipeline/paper_files.h"

namespace softbot::pipeline {

/// Keeps config/post/letters.json (its text) where the stages find it, instead of what was there: it sorts
/// and shows, decides nothing, and needs no second person. `configuration` when it cannot be used; then
/// nothing is kept.
[[nodiscard]] Result<void> keep_letter_kinds(Store& store, std::string_view json);
/// What was kept. No kinds, and a line in the log, where that cannot be used: letters then go to people
/// unsorted, for no word list may keep post from them.
[[nodiscard]] Result<LetterKinds> letter_kinds(const Services& services);

/// What the print on pages that are no form says, for a person who looks at them: Application::paper of an
/// item of incoming post. Null when there is no letter among them.
///
/// {letters: [{pages: [1-based], kinds: [{kind, probability: "0.92"}], words: [{kind, words}], little,
///   sender: {name, street, houseNumber, postcode, town}, date: "2026-03-12" or null, references: [text],
///   numbers: [text], transcript}],
///  cases: [{reference, type, received, by: reference|like-reference|bsn}]}
///
/// Handwriting is not guessed: what is no print is in the pictures alone. Of what may be an identity document
/// nothing is kept but that. `cases`: of this municipality, that a letter names (like-reference: two signs
/// may have been misread) or whose bsn it names; a person says whether it is one of them.
[[nodiscard]] Result<Value> letters_on(const Services& services, const LetterKinds& kinds,
                                       const OpenedScan& scan, const std::vector<int>& indices);

/// The reasons for a person that these letters give beside what their pages gave: see reasons_of_pages.
void add_letter_reasons(const LetterKinds& kinds, const Value& letters, std::vector<Reason>& reasons);

}  // namespace softbot::pipeline

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/edit.h"
#include "pipeline/services.h"
#include "pipeline/staff_actions.h"

namespace softbot::pipeline {

/// Corrections kept to learn from, for municipalities that want it (forms/learning.h). All of this does
/// nothing for the others.

/// What may be learned from one look of a person at a paper form. Made before the case changes, since
/// pictures are read from disk.
struct Lesson {
  /// A field in boxes that was read in doubt, and that nothing settled until now.
  struct Case {
    std::string field;  ///< as in Application::readings
    Value reading;
    FormGeometry crop;     ///< where its boxes stand on the picture
    std::size_t rows = 0;  ///< of its list, before the look
    std::string picture_type;
    std::string picture;
  };
  std::vector<Case> cases;
  /// Fields that were looked at before and are put right again: what was kept of them need not be what stands
  /// on the paper.
  std::vector<std::string> taken_back;
};

/// The lesson in a correction of this application as it is stored. Never somebody's own words, ticks or
/// signatures. A picture that cannot be opened is left out.
[[nodiscard]] Lesson lesson_in(const Services& services, const ApplicationReference& reference,
                               const Correction& correction);

/// Keeps what the person made of each case, by the answers as they are now. An answer that goes into no boxes
/// teaches nothing.
void keep_lesson(const Services& services, Transaction& transaction, const Lesson& lesson,
                 const Application& application, Effects& effects);

/// Destroys what is older than the municipality's term, and everything where corrections are not kept (any
/// more); plans itself for the next day.
[[nodiscard]] Result<void> end_terms_of_corrections(const Services& services, const std::string&);
/// Lets that run now, and from then on each day. Once, at the start.
[[nodiscard]] Result<void> plan_terms_of_corrections(const Services& services);

/// The first day of which corrections are still kept on `today`: it and the days after are within the term.
[[nodiscard]] Date first_kept_day(const Learning& learning, Date today);

/// What is kept of one municipality.
struct KeptCorrections {
  std::string municipality;
  std::optional<Learning> learning;  ///< nothing: switched off
  std::int64_t count = 0;
  std::optional<Date> first_ends;  ///< the last day of what is kept longest
  std::optional<Date> last_ends;   ///< the last day of the newest
};
/// Of each municipality in the configuration. Pure.
[[nodiscard]] std::vector<KeptCorrections> kept_corrections(const Municipalities& municipalities,
                                                            const std::vector<CorrectionDay>& days);

/// One in five residents, always the same ones: what is kept of them tries new models and trains none.
/// `owner`: CorrectionRecord::owner.
[[nodiscard]] bool is_for_trial(std::string_view owner);

}  // namespace softbot::pipeline

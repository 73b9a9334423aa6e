#pragma once

#include <string_view>

namespace softbot {

/// In Reading::ticks, beside true, false and null. Only what the reader gives holds these; over a whole form
/// each comes to a tick, to nothing or to a doubt (pipeline/tick_habit.h).
namespace tick_sign {

/// A circle is drawn around the box, and nothing stands in it.
inline constexpr std::string_view circled = "circled";
/// A dot or another sign that is too small to be surely meant, and nothing else.
inline constexpr std::string_view small = "small";
/// Something that is too small for any sign, as dirt is and a dot of a pen that hardly writes.
inline constexpr std::string_view speck = "speck";

}  // namespace tick_sign
}  // namespace softbot

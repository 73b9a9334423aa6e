#pragma once

#include <string_view>

namespace softbot {

/// In Reading::ticks, beside true, false and null: a circle is drawn around the box, and nothing stands in
/// it. Only what the reader gives holds it; over a whole form it comes to a tick or to a doubt
/// (pipeline/tick_habit.h).
inline constexpr std::string_view circled_tick = "circled";

}  // namespace softbot

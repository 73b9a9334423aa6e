#include "ocr/fields/field_readings.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "domain/tick_signs.h"
#include "ocr/fields/field_ink.h"

namespace softbot::ocr {
namespace {

// Set by judgement, not measured: the states decide, these only say how near to certain a reading is.
constexpr double sure = 0.998;
constexpr double one_beside_cancelled = 0.985;
constexpr double likely = 0.7;
constexpr double open = 0.5;

Value value_of(const PaperField& field, std::size_t tick) {
  const std::string& value = field.ticks[tick].value;
  return field.answer_kind == "yes-no" ? Value(value == "true") : Value(value);
}

bool is_filled(TickMark mark) {
  return mark == TickMark::blackened || mark == TickMark::dense;
}

std::vector<std::size_t> with_mark(const std::vector<TickMark>& marks, TickMark wanted) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < marks.size(); ++i) {
    if (marks[i] == wanted) found.push_back(i);
  }
  return found;
}

Value ticks_value(const PaperField& field, const std::vector<TickMark>& marks, bool cancelled_is_settled) {
  Value ticks = Value::object();
  for (std::size_t i = 0; i < marks.size(); ++i) {
    Value one;
    if (marks[i] == TickMark::ticked) one = true;
    if (marks[i] == TickMark::empty || (marks[i] == TickMark::blackened && cancelled_is_settled)) one = false;
    if (marks[i] == TickMark::circled) one = std::string(tick_sign::circled);
    if (marks[i] == TickMark::small) one = std::string(tick_sign::small);
    if (marks[i] == TickMark::specked) one = std::string(tick_sign::speck);
    ticks.set(field.ticks[i].value, std::move(one));
  }
  return ticks;
}

Reading read_one_of(const PaperField& field, const std::vector<TickMark>& marks) {
  const auto ticked = with_mark(marks, TickMark::ticked);
  const auto blackened = with_mark(marks, TickMark::blackened);
  auto doubtful = with_mark(marks, TickMark::doubtful);
  for (const TickMark open_one : {TickMark::dense, TickMark::circled, TickMark::small}) {
    for (const std::size_t tick : with_mark(marks, open_one)) doubtful.push_back(tick);
  }
  Reading reading;
  const bool settled = ticked.size() == 1 && doubtful.empty();
  reading.ticks = ticks_value(field, marks, settled);
  if (settled) {
    reading.state = ReadingState::certain;
    reading.probability = blackened.empty() ? sure : one_beside_cancelled;
    reading.value = value_of(field, ticked.front());
    return reading;
  }
  std::vector<std::size_t> candidates = ticked;
  candidates.insert(candidates.end(), doubtful.begin(), doubtful.end());
  candidates.insert(candidates.end(), blackened.begin(), blackened.end());
  if (candidates.empty()) {
    reading.state = ReadingState::empty;
    reading.probability = sure;
    return reading;
  }
  reading.state = ReadingState::doubtful;
  reading.value = value_of(field, candidates.front());
  const double first = candidates.size() == 1 || ticked.size() == 1 ? likely : open;
  reading.probability = first;
  for (std::size_t i = 1; i < std::min<std::size_t>(candidates.size(), 11); ++i) {
    reading.alternatives.push_back(
        {value_of(field, candidates[i]), (1 - first) / static_cast<double>(candidates.size())});
  }
  return reading;
}

Reading read_any_of(const PaperField& field, const std::vector<TickMark>& marks) {
  const auto ticked = with_mark(marks, TickMark::ticked);
  const auto open_ones =
      static_cast<std::size_t>(std::count_if(marks.begin(), marks.end(), [](TickMark mark) {
        return mark == TickMark::doubtful || mark == TickMark::circled || mark == TickMark::small ||
               is_filled(mark);
      }));
  Reading reading;
  reading.ticks = ticks_value(field, marks, false);
  Value chosen = Value::list();
  for (const std::size_t tick : ticked) chosen.push(value_of(field, tick));
  if (open_ones == 0 && ticked.empty()) {
    reading.state = ReadingState::empty;
    reading.probability = sure;
    return reading;
  }
  reading.value = chosen;
  reading.state = open_ones == 0 ? ReadingState::certain : ReadingState::doubtful;
  reading.probability = open_ones == 0 ? sure : open_ones == 1 ? likely : open;
  if (open_ones == 0) return reading;
  Value all = Value::list();
  for (std::size_t i = 0; i < marks.size(); ++i) {
    if (marks[i] != TickMark::empty && marks[i] != TickMark::specked) all.push(value_of(field, i));
  }
  reading.alternatives.push_back({std::move(all), 1 - reading.probability});
  return reading;
}

/// The ink that belongs to a field with one large place.
struct Amount {
  double square_mm = 0;
  double longest_mm = 0;
  double width_mm = 0;  ///< of all strokes together
  double height_mm = 0;
  int crumbs = 0;        ///< each too small for a stroke
  bool bilevel = false;  ///< scanned in black and white: crumbs may be all that is left
  double noise = 0;      ///< of the paper, 0..1
  double faint_mm = 0;   ///< longest trace that may be too faint for a stroke
};

/// `reach`: how far beside the frame a stroke may lie that does not touch it.
Amount amount_in(const PlacedPage& page, const PaperField& field, Ruling ruling, double reach) {
  const FieldInk ink = field_ink(page, grown(field.box, reach), {field.box}, ruling);
  constexpr double stroke_mm = 0.8;
  Amount amount;
  double left = 1e9;
  double right = -1e9;
  double top = 1e9;
  double bottom = -1e9;
  for (const Blob& part : ink.parts) {
    if (length_mm(part) < stroke_mm) continue;
    amount.square_mm += square_mm(part.area);
    amount.longest_mm = std::max(amount.longest_mm, length_mm(part));
    left = std::min<double>(left, part.x);
    right = std::max<double>(right, part.x + part.width);
    top = std::min<double>(top, part.y);
    bottom = std::max<double>(bottom, part.y + part.height);
  }
  if (amount.square_mm > 0) {
    amount.width_mm = (right - left) / placed_per_mm;
    amount.height_mm = (bottom - top) / placed_per_mm;
  }
  amount.crumbs = crumbs_in(ink, grown(field.box, -1));
  amount.bilevel = ink.bilevel;
  amount.noise = ink.noise;
  amount.faint_mm = faint_trace_mm(ink, grown(field.box, -1));
  return amount;
}

double share_of(const PaperField& field, double ink_square_mm) {
  return std::clamp(ink_square_mm / std::max(1.0, field.box.width * field.box.height), 0.0, 1.0);
}

constexpr double beside_mm = 1.0;  ///< nothing dark is printed that near to a frame

/// Neither a faint trace nor more crumbs than dirt makes.
bool is_clean(const Amount& amount) {
  constexpr double trace_mm = 3;
  const int many_crumbs = amount.bilevel ? 5 : beside_grains(8, amount.noise);
  return amount.faint_mm < trace_mm && amount.crumbs < many_crumbs;
}

}  // namespace

Reading read_ticks(const PaperField& field, const std::vector<TickMark>& marks) {
  Reading reading = field.many ? read_any_of(field, marks) : read_one_of(field, marks);
  for (std::size_t i = 0; i < marks.size(); ++i) {
    if (is_filled(marks[i])) reading.filled.push_back(field.ticks[i].value);
  }
  return reading;
}

Reading read_signature(const PlacedPage& page, const PaperField& field) {
  constexpr double clear_width_mm = 6;
  constexpr double clear_height_mm = 2;
  constexpr double clear_square_mm = 3;
  constexpr double stroke_mm = 1.5;
  const Amount amount = amount_in(page, field, Ruling::frames, beside_mm);
  Reading reading;
  reading.ink = share_of(field, amount.square_mm);
  const bool clear = amount.width_mm >= clear_width_mm && amount.height_mm >= clear_height_mm &&
                     amount.square_mm >= clear_square_mm;
  if (clear) {
    reading.state = ReadingState::certain;
    reading.value = true;
    reading.probability = sure;
  } else if (amount.longest_mm < stroke_mm && is_clean(amount)) {
    reading.state = ReadingState::empty;
    reading.probability = sure;
  } else {
    reading.state = ReadingState::doubtful;
    reading.value = true;
    reading.probability = open;
  }
  return reading;
}

Reading read_lines(const PlacedPage& page, const PaperField& field) {
  constexpr double stroke_mm = 1.3;
  const Amount amount = amount_in(page, field, Ruling::frames_and_lines, beside_mm);
  Reading reading;
  reading.ink = share_of(field, amount.square_mm);
  const bool nothing = amount.longest_mm < stroke_mm && is_clean(amount);
  reading.state = nothing ? ReadingState::empty : ReadingState::unreadable;
  reading.probability = nothing ? sure : 0;
  return reading;
}

}  // namespace softbot::ocr

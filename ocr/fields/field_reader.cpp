#include "ocr/fields/field_reader.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include "domain/tick_signs.h"
#include "forms/geometry/reading_template.h"
#include "ocr/fields/box_inks.h"
#include "ocr/fields/bubbles.h"
#include "ocr/fields/corrections.h"
#include "ocr/fields/field_readings.h"
#include "ocr/fields/frame_offset.h"
#include "ocr/fields/sign_search.h"
#include "ocr/fields/tick_marks.h"

namespace softbot::ocr {
namespace {

/// A field where it lies in the scan. `sure`: its frames are seen there, or frames are not seen on this page
/// at all, as in many black and white scans.
struct FieldInPlace {
  PaperField field;
  bool sure = true;
};

/// The boxes of all fields of a page with one box per sign, for one call of the nets.
struct Batch {
  std::vector<BoxInk> boxes;
  std::string pattern;
  std::vector<bool> empty;
  std::vector<double> ink_square_mm;  ///< by field
};

double square_of(const BoxInk& ink) {
  double sum = 0;
  for (const float value : ink.ink) sum += value;
  return square_mm(sum);
}

double share_of_boxes(const PaperField& field, double ink_square_mm) {
  double room = 0;
  for (const MmBox& box : field.boxes) room += box.width * box.height;
  return std::clamp(ink_square_mm / std::max(1.0, room), 0.0, 1.0);
}

/// A pattern that is not as long as the boxes is no pattern: anything may stand there.
char sign_at(const PaperField& field, std::size_t box) {
  return field.pattern.size() == field.boxes.size() ? field.pattern[box] : '?';
}

void add(const PlacedPage& page, const PaperField& field, Batch& batch) {
  const FieldInk ink = field_ink(page, surroundings(field), field.boxes, Ruling::frames);
  double square = 0;
  const std::vector<WrittenBox> boxes = written_boxes(field, ink);
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    batch.empty.push_back(boxes[i].empty);
    if (boxes[i].empty) continue;
    square += square_of(boxes[i].ink);
    batch.boxes.push_back(boxes[i].ink);
    batch.pattern += sign_at(field, i);
  }
  batch.ink_square_mm.push_back(square);
}

/// The box holds ink: what the nets take for nothing may be a weak stroke, so it is no sign, and not nothing.
SignChances with_ink(SignChances chances) {
  if (!chances.empty) return chances;
  chances.empty = false;
  chances.digits.assign(11, 0.0F);
  chances.digits.back() = 1;
  chances.capitals.assign(27, 0.0F);
  chances.capitals.back() = 1;
  return chances;
}

/// A field with boxes, and what stands in each of them.
struct SignsOfField {
  const PaperField* field = nullptr;
  std::vector<SignChances> signs;
  double ink_square_mm = 0;
  bool is_corrected = false;  ///< a sign beside a box has part in them
};

std::vector<SignsOfField> signs_in_boxes(const PlacedPage& page, const std::vector<const PaperField*>& fields,
                                         Recogniser& recogniser) {
  Batch batch;
  for (const PaperField* field : fields) add(page, *field, batch);
  std::vector<SignChances> known;
  if (!batch.boxes.empty()) known = recogniser.signs(batch.boxes, batch.pattern);
  auto next_known = known.begin();
  auto next_empty = batch.empty.begin();
  std::vector<SignsOfField> all;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    SignsOfField one{fields[i], {}, batch.ink_square_mm[i], false};
    for (std::size_t box = 0; box < fields[i]->boxes.size(); ++box) {
      const bool empty = *next_empty++;
      if (empty) {
        one.signs.push_back({true, {}, {}});
      } else {
        one.signs.push_back(next_known == known.end() ? SignChances{} : with_ink(std::move(*next_known++)));
      }
    }
    all.push_back(std::move(one));
  }
  return all;
}

/// Signs that somebody wrote beside a box in the place of a crossed-out one take its place.
void correct(const PlacedPage& page, SignsOfField& written, const std::vector<MmBox>& others,
             Recogniser& recogniser) {
  constexpr double crossed_out = 0.5;
  const PaperField& field = *written.field;
  std::vector<std::size_t> open;
  for (std::size_t box = 0; box < written.signs.size(); ++box) {
    if (choices_of(written.signs[box], sign_at(field, box)).no_sign >= crossed_out) open.push_back(box);
  }
  if (open.empty()) return;
  const FieldInk ink = field_ink(page, correction_surroundings(field), field.boxes, Ruling::frames);
  const auto found = corrections_beside(ink, field, others);
  std::vector<std::pair<std::size_t, Correction>> corrections;
  Batch beside;
  for (const std::size_t box : open) {
    if (!found[box]) continue;
    beside.boxes.push_back(found[box]->ink);
    beside.pattern += sign_at(field, box);
    corrections.emplace_back(box, *found[box]);
  }
  if (corrections.empty()) return;
  const std::vector<SignChances> known = recogniser.signs(beside.boxes, beside.pattern);
  for (std::size_t i = 0; i < corrections.size(); ++i) {
    const auto& [box, correction] = corrections[i];
    written.signs[box] = corrected(std::move(written.signs[box]), correction, known[i]);
  }
  written.is_corrected = true;
}

/// Only a person, or another witness, is sure of what was corrected.
void never_certain(Reading& reading) {
  if (reading.state == ReadingState::certain) reading.state = ReadingState::doubtful;
}

/// The places of all fields on the page but this one.
std::vector<MmBox> others_than(const PaperField& field, const std::vector<FieldInPlace>& here) {
  std::vector<MmBox> others;
  for (const FieldInPlace& one : here) {
    if (&one.field != &field) others.push_back(one.field.box);
  }
  return others;
}

struct ReadCharacters {
  Reading reading;
  bool is_corrected = false;
};

std::vector<ReadCharacters> read_characters(const PlacedPage& page, const std::vector<FieldInPlace>& here,
                                            Recogniser& recogniser) {
  std::vector<const PaperField*> fields;
  for (const auto& [field, sure] : here) {
    if (field.kind == PaperFieldKind::characters && is_seen(page, field.box)) fields.push_back(&field);
  }
  std::vector<ReadCharacters> all;
  for (SignsOfField& written : signs_in_boxes(page, fields, recogniser)) {
    correct(page, written, others_than(*written.field, here), recogniser);
    Reading reading = decoded(*written.field, written.signs);
    reading.ink = share_of_boxes(*written.field, written.ink_square_mm);
    if (written.is_corrected) never_certain(reading);
    all.push_back({std::move(reading), written.is_corrected});
  }
  return all;
}

Reading read_ticks_on(const PlacedPage& page, const PaperField& field, const Bubbles& bubbles) {
  if (is_bubble(field)) return read_ticks(field, bubbles.marks_of(page, field));
  std::vector<TickMark> marks;
  double share = 0;
  for (const TickMeasures& measures : measured_ticks(page, field)) {
    marks.push_back(mark_of(measures));
    share += measures.share;
  }
  Reading reading = read_ticks(field, marks);
  if (!marks.empty()) reading.ink = std::clamp(share / static_cast<double>(marks.size()), 0.0, 1.0);
  return reading;
}

Reading read_plain(const PlacedPage& page, const PaperField& field, const Bubbles& bubbles) {
  switch (field.kind) {
    case PaperFieldKind::ticks:
      return read_ticks_on(page, field, bubbles);
    case PaperFieldKind::signature:
      return read_signature(page, field);
    case PaperFieldKind::line:
    case PaperFieldKind::characters:
      break;
  }
  return read_lines(page, field);
}

/// Lines, bubbles and codes of other makers' forms stand in the open.
bool has_frame(const PaperField& field) {
  return !stands_in_the_open(field);
}

/// The fields of a page where their frames are seen. A frame that is not seen lies as far off as that of the
/// nearest field above or below.
std::vector<FieldInPlace> fields_in_place(const PlacedPage& page, const FormGeometry& geometry, int number) {
  std::vector<const PaperField*> fields;
  std::vector<std::optional<FrameOffset>> offsets;
  for (const PaperField& field : geometry.fields) {
    if (field.page != number) continue;
    fields.push_back(&field);
    offsets.push_back(has_frame(field) ? frame_offset(page, field) : std::nullopt);
  }
  const auto framed = std::ranges::count_if(fields, [](const PaperField* one) { return has_frame(*one); });
  const auto seen =
      std::count_if(offsets.begin(), offsets.end(), [](const auto& one) { return one.has_value(); });
  const bool frames_show = 2 * seen > framed;
  std::vector<FieldInPlace> placed;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    FrameOffset offset;
    double nearest = 60;  // mm
    for (std::size_t j = 0; j < fields.size(); ++j) {
      const double away = std::abs(fields[j]->box.y - fields[i]->box.y) + (i == j ? 0 : 0.01);
      if (!offsets[j] || away >= nearest) continue;
      nearest = away;
      offset = *offsets[j];
    }
    const bool sure = offsets[i].has_value() || !frames_show || !has_frame(*fields[i]);
    placed.push_back({moved(*fields[i], offset), sure});
  }
  return placed;
}

/// A circle or a dot beside the field's frames is none that a habit could make a tick of.
Value without_signs(const Value& ticks) {
  Value plain = Value::object();
  for (const Value::Member& tick : ticks.members()) {
    const std::string& sign = tick.value.text_or_empty();
    plain.set(tick.name, sign == tick_sign::circled ? Value(true)
                         : sign == tick_sign::small ? Value()
                         : sign == tick_sign::speck ? Value(false)
                                                    : tick.value);
  }
  return plain;
}

/// What was read beside the field's frames may be a frame, and what is empty there may be another place.
void make_doubtful(Reading& reading) {
  constexpr double at_most = 0.5;
  if (reading.state == ReadingState::empty) {
    reading.state = ReadingState::unreadable;
    reading.probability = 0;
  }
  if (reading.ticks.is_object()) reading.ticks = without_signs(reading.ticks);
  if (reading.state != ReadingState::certain) return;
  reading.state = ReadingState::doubtful;
  reading.probability = std::min(reading.probability, at_most);
}

}  // namespace

PageFields read_fields(const PlacedPage& page, const FormGeometry& geometry, int number,
                       Recogniser& recogniser) {
  const std::vector<FieldInPlace> here = fields_in_place(page, geometry, number);
  std::vector<ReadCharacters> characters = read_characters(page, here, recogniser);
  const Bubbles bubbles(page, geometry, number);
  auto next = characters.begin();
  PageFields read;
  auto printed = geometry.fields.begin();
  for (const auto& [field, sure] : here) {
    Reading reading;
    bool is_corrected = false;
    if (is_seen(page, field.box)) {
      if (field.kind == PaperFieldKind::characters) {
        reading = std::move(next->reading);
        is_corrected = next++->is_corrected;
      } else {
        reading = read_plain(page, field, bubbles);
      }
    }
    if (!sure) make_doubtful(reading);
    printed = std::find_if(printed, geometry.fields.end(),
                           [&](const PaperField& one) { return one.page == number; });
    const MmBox& box = printed++->box;
    reading.field = field.name;
    reading.box_mm = {box.x, box.y, box.width, box.height};
    read.readings.push_back(std::move(reading));
    read.shown.push_back(is_corrected ? grown(box, 0, correction_reach_mm) : box);
  }
  return read;
}

}  // namespace softbot::ocr

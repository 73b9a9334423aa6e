#include "ocr/fields/field_reader.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include "forms/geometry/reading_template.h"
#include "ocr/fields/box_inks.h"
#include "ocr/fields/bubbles.h"
#include "ocr/fields/field_readings.h"
#include "ocr/fields/frame_offset.h"
#include "ocr/fields/tick_marks.h"

namespace softbot::ocr {
namespace {

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

std::vector<Reading> read_characters(const PlacedPage& page, const std::vector<const PaperField*>& fields,
                                     Recogniser& recogniser) {
  Batch batch;
  for (const PaperField* field : fields) add(page, *field, batch);
  std::vector<SignChances> known;
  if (!batch.boxes.empty()) known = recogniser.signs(batch.boxes, batch.pattern);
  auto next_known = known.begin();
  auto next_empty = batch.empty.begin();
  std::vector<Reading> readings;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    std::vector<SignChances> signs;
    for (std::size_t box = 0; box < fields[i]->boxes.size(); ++box) {
      const bool empty = *next_empty++;
      if (empty) {
        signs.push_back({true, {}, {}});
      } else {
        signs.push_back(next_known == known.end() ? SignChances{} : with_ink(std::move(*next_known++)));
      }
    }
    Reading reading = decoded(*fields[i], signs);
    reading.ink = share_of_boxes(*fields[i], batch.ink_square_mm[i]);
    readings.push_back(std::move(reading));
  }
  return readings;
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

/// A field where it lies in the scan. `sure`: its frames are seen there, or frames are not seen on this page
/// at all, as in many black and white scans.
struct FieldInPlace {
  PaperField field;
  bool sure = true;
};

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

/// What was read beside the field's frames may be a frame, and what is empty there may be another place.
void make_doubtful(Reading& reading) {
  constexpr double at_most = 0.5;
  if (reading.state == ReadingState::empty) {
    reading.state = ReadingState::unreadable;
    reading.probability = 0;
  }
  if (reading.state != ReadingState::certain) return;
  reading.state = ReadingState::doubtful;
  reading.probability = std::min(reading.probability, at_most);
}

}  // namespace

std::vector<Reading> read_fields(const PlacedPage& page, const FormGeometry& geometry, int number,
                                 Recogniser& recogniser) {
  const std::vector<FieldInPlace> here = fields_in_place(page, geometry, number);
  std::vector<const PaperField*> with_boxes;
  for (const auto& [field, sure] : here) {
    if (field.kind == PaperFieldKind::characters && is_seen(page, field.box)) with_boxes.push_back(&field);
  }
  std::vector<Reading> characters = read_characters(page, with_boxes, recogniser);
  const Bubbles bubbles(page, geometry, number);
  auto next = characters.begin();
  std::vector<Reading> readings;
  for (const auto& [field, sure] : here) {
    Reading reading;
    if (is_seen(page, field.box)) {
      reading =
          field.kind == PaperFieldKind::characters ? std::move(*next++) : read_plain(page, field, bubbles);
    }
    reading.field = field.name;
    if (!sure) make_doubtful(reading);
    readings.push_back(std::move(reading));
  }
  auto place = readings.begin();
  for (const PaperField& field : geometry.fields) {
    if (field.page != number) continue;
    place++->box_mm = {field.box.x, field.box.y, field.box.width, field.box.height};
  }
  return readings;
}

}  // namespace softbot::ocr

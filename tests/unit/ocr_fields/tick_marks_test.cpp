#include "ocr/fields/tick_marks.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <functional>
#include <map>
#include <string>

#include "domain/tick_signs.h"
#include "filled_page.h"
#include "ocr/fields/field_readings.h"

namespace softbot::ocr {
namespace {

/// A page of the shipped forms with a choice of one among several.
constexpr const char* type = "household-help";

struct Choice {
  int page = 0;
  const PaperField* field = nullptr;
};

/// The first field with so many ticks at least.
Choice choice_of(bool many, std::size_t least) {
  for (const PaperField& field : shipped_form(type).geometry.fields) {
    if (field.kind == PaperFieldKind::ticks && field.many == many && field.ticks.size() >= least)
      return {field.page, &field};
  }
  return {};
}
Choice one_of_three() {
  return choice_of(false, 3);
}
Choice any_of_many() {
  return choice_of(true, 4);
}
Choice yes_or_no() {
  return choice_of(false, 2);
}

using Writing = std::function<void(FilledPage&, const PaperField&)>;

Reading read(const Choice& choice, const Writing& write, const Scan& how = {}) {
  FilledPage page(shipped_form(type), choice.page);
  write(page, *choice.field);
  const auto placed = page.placed(how);
  if (!placed) return {};
  std::vector<TickMark> marks;
  for (const TickMeasures& measures : measured_ticks(*placed, *choice.field))
    marks.push_back(mark_of(measures));
  return read_ticks(*choice.field, marks);
}

MmBox box(const PaperField& field, std::size_t number) {
  return field.ticks[number].box;
}

Value answer(const PaperField& field, std::size_t number) {
  return field.answer_kind == "yes-no" ? Value(field.ticks[number].value == "true")
                                       : Value(field.ticks[number].value);
}

TEST(Ticks, OneTickedBoxIsCertainWithEveryPenAndSign) {
  const Choice choice = one_of_three();
  ASSERT_NE(choice.field, nullptr);
  for (const Pen& pen : {ballpoint, marker, pencil, Pen{0.3, 110}}) {
    for (const auto& sign : {&FilledPage::tick, &FilledPage::cross}) {
      const Reading reading =
          read(choice, [&](FilledPage& page, const PaperField& field) { (page.*sign)(box(field, 1), pen); });
      EXPECT_EQ(reading.state, ReadingState::certain) << pen.width_mm << " mm, shade " << int{pen.shade};
      EXPECT_EQ(reading.value, answer(*choice.field, 1));
      EXPECT_EQ(reading.ticks[choice.field->ticks[0].value], Value(false));
      EXPECT_EQ(reading.ticks[choice.field->ticks[1].value], Value(true));
    }
  }
}

TEST(Ticks, EveryScannerTellsTheSame) {
  Scan fax;
  fax.dpi = 200;
  fax.bilevel = true;
  Scan coarse;
  coarse.dpi = 150;
  coarse.noise = 8;
  Scan fine;
  fine.dpi = 600;
  Scan upside_down;
  upside_down.rotation = 180;
  upside_down.skew = 1.2;
  upside_down.brightness = 0.8;
  for (const Scan& how : {fax, coarse, fine, upside_down}) {
    for (const Choice& choice : {one_of_three(), yes_or_no()}) {
      const Reading reading = read(
          choice, [](FilledPage& page, const PaperField& field) { page.cross(box(field, 1)); }, how);
      EXPECT_EQ(reading.state, ReadingState::certain) << how.dpi << " " << how.rotation;
      EXPECT_EQ(reading.value, answer(*choice.field, 1));
    }
  }
}

TEST(Ticks, AnEmptyQuestionIsEmptyAlsoWithSpecks) {
  const Reading reading = read(one_of_three(), [](FilledPage& page, const PaperField& field) {
    const MmBox first = box(field, 0);
    page.dot({first.x + 2, first.y + 3}).dot({first.x + 8, first.y + 1});
  });
  EXPECT_EQ(reading.state, ReadingState::empty);
  EXPECT_TRUE(reading.value.is_null());
}

TEST(Ticks, PencilThatAFaxLeftInDotsIsNotEmpty) {
  Scan fax;
  fax.dpi = 200;
  fax.bilevel = true;
  fax.noise = 12;  // which carries some of the pencil over the threshold
  const Reading reading = read(
      one_of_three(),
      [](FilledPage& page, const PaperField& field) {
        page.cross(box(field, 1), {0.5, 170});
      },
      fax);
  EXPECT_EQ(reading.state, ReadingState::doubtful);
}

TEST(Ticks, TwoTickedBoxesAreDoubtful) {
  const Reading reading = read(one_of_three(), [](FilledPage& page, const PaperField& field) {
    page.tick(box(field, 0)).tick(box(field, 2));
  });
  EXPECT_EQ(reading.state, ReadingState::doubtful);
  EXPECT_FALSE(reading.alternatives.empty());
}

TEST(Ticks, ABlackenedBoxIsCancelledWhenAnotherIsTicked) {
  const Choice choice = one_of_three();
  for (const Pen& pen : {ballpoint, marker}) {
    const Reading reading = read(choice, [&](FilledPage& page, const PaperField& field) {
      page.blacken(box(field, 0), pen).cross(box(field, 2), pen);
    });
    EXPECT_EQ(reading.state, ReadingState::certain);
    EXPECT_EQ(reading.value, answer(*choice.field, 2));
    EXPECT_EQ(reading.ticks[choice.field->ticks[0].value], Value(false));
  }
}

TEST(Ticks, ABlackenedBoxAloneIsDoubtful) {
  const Choice choice = one_of_three();
  const Reading reading =
      read(choice, [](FilledPage& page, const PaperField& field) { page.blacken(box(field, 1)); });
  EXPECT_EQ(reading.state, ReadingState::doubtful);
  EXPECT_TRUE(reading.ticks[choice.field->ticks[1].value].is_null());
}

TEST(Ticks, ACircledBoxAndAStruckOneAreNeverCertain) {
  const Choice choice = one_of_three();
  const Reading circled =
      read(choice, [](FilledPage& page, const PaperField& field) { page.circle(box(field, 1)); });
  EXPECT_NE(circled.state, ReadingState::certain);
  EXPECT_NE(circled.state, ReadingState::empty);
  const Reading struck = read(choice, [](FilledPage& page, const PaperField& field) {
    const MmBox one = box(field, 1);
    page.stroke({{one.x - 6, one.y + 2.6}, {one.x + 40, one.y + 3}});
  });
  EXPECT_NE(struck.state, ReadingState::certain);
  EXPECT_NE(struck.state, ReadingState::empty);
}

TEST(Ticks, ACircleAroundABoxIsToldFromOtherDoubts) {
  Scan fax;
  fax.dpi = 200;
  fax.bilevel = true;
  Scan askew;
  askew.skew = 1.2;
  askew.noise = 8;
  for (const Choice& choice : {one_of_three(), yes_or_no(), any_of_many()}) {
    for (const Scan& how : {Scan{}, fax, askew}) {
      for (const Pen& pen : {ballpoint, marker}) {
        const Reading circled = read(
            choice, [&](FilledPage& page, const PaperField& field) { page.circle(box(field, 1), pen); }, how);
        for (std::size_t i = 0; i < choice.field->ticks.size(); ++i) {
          EXPECT_EQ(circled.ticks[choice.field->ticks[i].value],
                    i == 1 ? Value(tick_sign::circled) : Value(false))
              << i << " of " << choice.field->name << " at " << how.dpi << ", pen " << pen.width_mm;
        }
        EXPECT_EQ(circled.state, ReadingState::doubtful);
      }
    }
  }
}

/// A dot as people make one, so wide and high without the pen.
void put_dot(FilledPage& page, const MmBox& in, double mm, const Pen& pen) {
  const double x = in.x + in.width / 2;
  const double y = in.y + in.height / 2;
  const double half = mm / 2;
  page.stroke({{x - half, y - half},
               {x + half, y - half / 2},
               {x - half, y},
               {x + half, y + half / 2},
               {x - half, y + half}},
              pen);
}

TEST(Ticks, ADotIsToldFromATickAndFromDirt) {
  Scan coarse;
  coarse.dpi = 200;
  for (const Choice& choice : {one_of_three(), yes_or_no(), any_of_many()}) {
    const std::string second = choice.field->ticks[1].value;
    for (const Scan& how : {Scan{}, coarse}) {
      for (const double mm : {0.9, 1.1}) {
        const Reading dotted = read(
            choice,
            [&](FilledPage& page, const PaperField& field) { put_dot(page, box(field, 1), mm, ballpoint); },
            how);
        EXPECT_EQ(dotted.ticks[second], Value(tick_sign::small)) << mm << " mm at " << how.dpi;
        EXPECT_EQ(dotted.ticks[choice.field->ticks[0].value], Value(false));
        EXPECT_EQ(dotted.state, ReadingState::doubtful);
      }
      const Reading dirty = read(
          choice,
          [&](FilledPage& page, const PaperField& field) { put_dot(page, box(field, 1), 0.4, ballpoint); },
          how);
      EXPECT_EQ(dirty.ticks[second], Value(tick_sign::speck)) << how.dpi;
      EXPECT_EQ(dirty.state, ReadingState::empty);
    }
  }
}

TEST(Ticks, ADotThatIsHalfOutsideItsBoxIsNotOverlooked) {
  const Choice choice = one_of_three();
  const std::string second = choice.field->ticks[1].value;
  for (const double up_mm : {0.0, 0.8, 1.2, 1.6}) {
    const Reading dotted = read(choice, [&](FilledPage& page, const PaperField& field) {
      MmBox moved = box(field, 1);
      moved.y -= up_mm;
      put_dot(page, moved, 1.5, marker);
    });
    EXPECT_NE(dotted.state, ReadingState::empty) << up_mm;
    EXPECT_NE(dotted.ticks[second], Value(false)) << up_mm;
  }
}

TEST(Ticks, ADotBesideAStrokeOfSomethingElseIsADoubt) {
  const Choice choice = one_of_three();
  const Reading beside = read(choice, [](FilledPage& page, const PaperField& field) {
    const MmBox one = box(field, 1);
    put_dot(page, one, 1.0, ballpoint);
    page.stroke({{one.x - 1.5, one.y - 1}, {one.x - 1.6, one.y + one.height + 1}});
  });
  EXPECT_TRUE(beside.ticks[choice.field->ticks[1].value].is_null());
}

TEST(Ticks, WhatIsNotACircleAroundAnEmptyBoxIsNone) {
  const Choice choice = one_of_three();
  const std::string second = choice.field->ticks[1].value;
  const Reading crossed_too = read(choice, [](FilledPage& page, const PaperField& field) {
    page.circle(box(field, 1)).cross(box(field, 1));
  });
  EXPECT_NE(crossed_too.ticks[second], Value(tick_sign::circled)) << "a cross in it, too";
  const Reading bow = read(choice, [](FilledPage& page, const PaperField& field) {
    const MmBox one = box(field, 1);
    page.stroke({{one.x + 2, one.y - 1}, {one.x - 1, one.y + 2}, {one.x + 2, one.y + one.height + 1}});
  });
  EXPECT_NE(bow.ticks[second], Value(tick_sign::circled)) << "half a circle";
  const Reading nothing = read(choice, [](FilledPage&, const PaperField&) {});
  EXPECT_EQ(nothing.ticks[second], Value(false));
}

TEST(Ticks, ACircleOfWhichTheEndHardlyEntersTheBoxIsNotOverlooked) {
  const Choice choice = one_of_three();
  const Reading circled = read(choice, [](FilledPage& page, const PaperField& field) {
    const MmBox one = box(field, 1);
    const double right = one.x + one.width;
    const double bottom = one.y + one.height;
    page.stroke({{one.x - 1, one.y - 1},
                 {one.x - 1, bottom + 1},
                 {right + 1, bottom + 1},
                 {right + 1, one.y + 2},
                 {right - 0.7, one.y + 2}});
  });
  EXPECT_NE(circled.state, ReadingState::empty);
  EXPECT_NE(circled.value, answer(*choice.field, 0));
}

TEST(Ticks, AnAnswerThatIsStruckWithItsWordsAndAQuestionThatIsStruckAreNoTicks) {
  const Choice choice = one_of_three();
  const Reading words = read(choice, [](FilledPage& page, const PaperField& field) {
    const MmBox one = box(field, 1);
    page.stroke({{one.x + 1, one.y + 2.6}, {one.x + 40, one.y + 3}});
  });
  EXPECT_NE(words.state, ReadingState::certain);
  EXPECT_NE(words.state, ReadingState::empty);
  const Reading question = read(choice, [](FilledPage& page, const PaperField& field) {
    const MmBox first = box(field, 0);
    const MmBox last = box(field, field.ticks.size() - 1);
    page.stroke({{first.x - 4, first.y - 6}, {last.x + 12, last.y + 14}});
  });
  EXPECT_NE(question.state, ReadingState::certain);
  EXPECT_NE(question.state, ReadingState::empty);
}

TEST(Ticks, ACrossOverACornerOfItsBoxIsATick) {
  const Choice choice = one_of_three();
  const Reading reading = read(choice, [](FilledPage& page, const PaperField& field) {
    const MmBox one = box(field, 0);
    const MmBox beside{one.x - 3.6, one.y - 3.6, one.width + 1, one.height + 1};
    page.cross(beside, {0.6, 50});
  });
  EXPECT_EQ(reading.state, ReadingState::certain);
  EXPECT_EQ(reading.value, answer(*choice.field, 0));
}

TEST(Ticks, ATickCutByItsFrameIsATick) {
  const Choice choice = one_of_three();
  const Reading reading = read(choice, [](FilledPage& page, const PaperField& field) {
    const MmBox one = box(field, 1);
    const double right = one.x + one.width;
    page.stroke({{right - 1.9, one.y + 2.6}, {right - 1.5, one.y + 3.2}, {right - 1, one.y + 2.4}});
    page.stroke({{right + 0.4, one.y + 0.6}, {right + 1.6, one.y - 1.2}});
  });
  EXPECT_EQ(reading.state, ReadingState::certain);
  EXPECT_EQ(reading.value, answer(*choice.field, 1));
}

TEST(Ticks, ThePieceOfATickBeyondItsFrameIsNoDoubtAboutTheBoxAbove) {
  const Choice choice = one_of_three();
  const Reading reading = read(choice, [](FilledPage& page, const PaperField& field) {
    const MmBox one = box(field, 1);
    page.stroke({{one.x + 1, one.y + 2}, {one.x + 2, one.y + 4.5}, {one.x + 3.6, one.y + 0.8}});
    page.stroke({{one.x + 4, one.y - 0.5}, {one.x + 6.6, one.y - 2.6}});
  });
  EXPECT_EQ(reading.state, ReadingState::certain);
  EXPECT_EQ(reading.value, answer(*choice.field, 1));
}

TEST(Ticks, ALongTickDoesNotTickTheBoxAboveIt) {
  const Choice choice = one_of_three();
  const Reading reading = read(choice, [](FilledPage& page, const PaperField& field) {
    const MmBox one = box(field, 1);
    page.stroke({{one.x + 0.5, one.y + 2}, {one.x + 2, one.y + 5}, {one.x + 4.6, one.y - 5}});
  });
  EXPECT_NE(reading.value, answer(*choice.field, 0));
  EXPECT_NE(reading.ticks[choice.field->ticks[0].value], Value(true));
}

TEST(Ticks, AnyNumberOfThemMayBeTicked) {
  const Choice choice = any_of_many();
  ASSERT_NE(choice.field, nullptr);
  const Reading reading = read(choice, [](FilledPage& page, const PaperField& field) {
    page.tick(box(field, 0)).cross(box(field, 2)).tick(box(field, 3), pencil);
  });
  EXPECT_EQ(reading.state, ReadingState::certain);
  Value wanted = Value::list();
  for (const std::size_t number : {0U, 2U, 3U}) wanted.push(answer(*choice.field, number));
  EXPECT_EQ(reading.value, wanted);
}

/// Whatever box is ticked however the page was scanned: it is that one, or a doubt; never another, never
/// none.
RC_GTEST_PROP(TicksProperty, ATickIsNeverTakenForAnother, ()) {
  Scan how;
  how.dpi = *rc::gen::element(150.0, 200.0, 300.0);
  how.rotation = 180 * *rc::gen::inRange(0, 2);
  how.skew = *rc::gen::inRange(-20, 21) / 10.0;
  how.noise = *rc::gen::inRange(0, 12);
  how.brightness = 1 - *rc::gen::inRange(0, 20) / 100.0;
  how.bilevel = *rc::gen::arbitrary<bool>();
  how.seed = *rc::gen::arbitrary<unsigned>();
  const Choice choice = *rc::gen::element(one_of_three(), yes_or_no());
  const auto number =
      static_cast<std::size_t>(*rc::gen::inRange(0, static_cast<int>(choice.field->ticks.size())));
  const Pen pen{*rc::gen::inRange(3, 9) / 10.0, static_cast<std::uint8_t>(*rc::gen::inRange(10, 100))};
  const double across = *rc::gen::inRange(-12, 13) / 10.0;
  const double down = *rc::gen::inRange(-12, 13) / 10.0;
  const bool crossed = *rc::gen::arbitrary<bool>();
  const Reading reading = read(
      choice,
      [&](FilledPage& page, const PaperField& field) {
        MmBox place = box(field, number);
        place.x += across;
        place.y += down;
        crossed ? page.cross(place, pen) : page.tick(place, pen);
      },
      how);
  RC_CLASSIFY(reading.state == ReadingState::certain);
  RC_ASSERT(reading.state != ReadingState::empty);
  if (reading.state == ReadingState::certain) RC_ASSERT(reading.value == answer(*choice.field, number));
}

}  // namespace
}  // namespace softbot::ocr

#include "pipeline/tick_habit.h"

#include <gtest/gtest.h>

#include <deque>
#include <string>

#include "domain/tick_signs.h"

namespace softbot::pipeline {
namespace {

/// A form of questions with boxes, as somebody marked them.
class Form {
 public:
  /// `marks` by box: 'x' ticked, '#' filled, 'o' circled, '.' a dot, ',' a speck, '?' in doubt, ' ' empty.
  Form& question(const std::string& marks, const std::string& kind = "choice") {
    PaperField& field = fields_.emplace_back();
    field.kind = PaperFieldKind::ticks;
    field.answer_kind = kind;
    field.many = kind == "choices";
    Reading& reading = readings_.emplace_back();
    reading.state = ReadingState::doubtful;
    reading.ticks = Value::object();
    for (std::size_t i = 0; i < marks.size(); ++i) {
      const std::string option =
          kind == "yes-no" ? (i == 0 ? "true" : "false") : std::string(1, static_cast<char>('a' + i));
      field.ticks.push_back({option, {}});
      reading.ticks.set(option, marks[i] == 'x'   ? Value(true)
                                : marks[i] == ' ' ? Value(false)
                                : marks[i] == 'o' ? Value(tick_sign::circled)
                                : marks[i] == '.' ? Value(tick_sign::small)
                                : marks[i] == ',' ? Value(tick_sign::speck)
                                                  : Value());
      if (marks[i] == '#') reading.filled.push_back(option);
    }
    return *this;
  }
  [[nodiscard]] std::vector<TickQuestion> questions() const {
    std::vector<TickQuestion> all;
    for (std::size_t i = 0; i < fields_.size(); ++i) all.push_back({&fields_[i], &readings_[i]});
    return all;
  }
  [[nodiscard]] Reading meant(std::size_t number) const {
    return with_filled_ticked({&fields_[number], &readings_[number]});
  }
  [[nodiscard]] Reading meant_by_dots(std::size_t number) const {
    return with_small_ticked({&fields_[number], &readings_[number]});
  }
  /// The last question: as it reads by itself.
  Form& reads(ReadingState state) {
    readings_.back().state = state;
    return *this;
  }
  [[nodiscard]] Reading meant_by_circles(std::size_t number) const {
    return with_circled_ticked({&fields_[number], &readings_[number]});
  }

 private:
  std::deque<PaperField> fields_;
  std::deque<Reading> readings_;
};

TEST(TickHabit, FillingEveryBoxIsHowSomebodyTicks) {
  Form form;
  form.question("# ", "yes-no").question(" #", "yes-no").question("  # ").question("## #", "choices");
  ASSERT_TRUE(ticks_by_filling(form.questions()));
  EXPECT_EQ(form.meant(0).value, Value(true));
  EXPECT_EQ(form.meant(1).value, Value(false));
  EXPECT_EQ(form.meant(2).value, Value("c"));
  EXPECT_EQ(form.meant(2).state, ReadingState::certain);
  EXPECT_EQ(form.meant(3).value, Value(Value::List{Value("a"), Value("b"), Value("d")}));
}

TEST(TickHabit, ABoxFilledAmongCrossesIsTakenBack) {
  Form form;
  form.question("x ").question(" x").question("x#").question("# ").question("# ").question("# ");
  EXPECT_FALSE(ticks_by_filling(form.questions()));
}

TEST(TickHabit, CrossesElsewhereLeaveThreeFilledBoxesInDoubt) {
  Form form;
  form.question("# ").question("# ").question("# ").question("x ");
  EXPECT_FALSE(ticks_by_filling(form.questions()));
}

TEST(TickHabit, OfWhoScribblesSomeBoxesComeOutAsTicks) {
  Form form;
  for (int i = 0; i < 8; ++i) form.question("# ");
  for (int i = 0; i < 4; ++i) form.question(" x");
  ASSERT_TRUE(ticks_by_filling(form.questions()));
  EXPECT_EQ(form.meant(0).value, Value("a"));
  form.question("x ");
  EXPECT_FALSE(ticks_by_filling(form.questions()));
}

TEST(TickHabit, AFilledBoxAmongTickedOnesOfOneQuestionStaysInDoubt) {
  Form form;
  form.question("# ").question("# ").question("# ").question("# ").question("#x ", "choices");
  ASSERT_TRUE(ticks_by_filling(form.questions()));
  EXPECT_EQ(form.meant(4).state, ReadingState::doubtful);
}

TEST(TickHabit, TwoFilledBoxesForOneAnswerTellThatOneIsTakenBack) {
  Form form;
  form.question("# ").question("# ").question("# ").question("##");
  EXPECT_FALSE(ticks_by_filling(form.questions()));
}

TEST(TickHabit, TwoQuestionsTellNothing) {
  Form form;
  form.question("# ").question(" #");
  EXPECT_FALSE(ticks_by_filling(form.questions()));
}

TEST(TickHabit, WhatIsInDoubtForAnotherReasonStaysSo) {
  Form form;
  form.question("# ").question("# ").question("# ").question("#? ", "choices");
  ASSERT_TRUE(ticks_by_filling(form.questions()));
  EXPECT_EQ(form.meant(3).state, ReadingState::doubtful);
}

/// Five questions with one circle each, one of them among three answers.
Form of_circles() {
  Form form;
  form.question("o ", "yes-no").question(" o", "yes-no").question("o ").question(" o").question("  o");
  return form;
}

TEST(TickHabit, ACircleAroundEveryAnswerIsHowSomebodyTicks) {
  Form form = of_circles();
  form.question("o o ", "choices");
  ASSERT_TRUE(ticks_by_circling(form.questions()));
  EXPECT_EQ(form.meant_by_circles(0).value, Value(true));
  EXPECT_EQ(form.meant_by_circles(1).value, Value(false));
  EXPECT_EQ(form.meant_by_circles(4).value, Value("c"));
  EXPECT_EQ(form.meant_by_circles(4).state, ReadingState::certain);
  EXPECT_EQ(form.meant_by_circles(4).ticks["c"], Value(true));
  EXPECT_EQ(of_circles().question("o,").meant_by_circles(5).ticks["b"], Value(false)) << "dirt is nothing";
  EXPECT_EQ(form.meant_by_circles(5).state, ReadingState::doubtful) << "one more may have been overlooked";
  EXPECT_TRUE(form.meant_by_circles(5).ticks["a"].is_null());
}

TEST(TickHabit, ACircleAmongCrossesMayBeTakenBack) {
  Form one = of_circles();
  one.question("x ");
  EXPECT_FALSE(ticks_by_circling(one.questions()));
  Form beside = of_circles();
  beside.question("xo ");
  EXPECT_FALSE(ticks_by_circling(beside.questions()));
}

TEST(TickHabit, AFewCirclesSoSmallThatTheyCrossTheirBoxAreTicksLikeTheOthers) {
  Form form = of_circles();
  form.question("o ").question(" o").question("o ").question("x ").question(" x");
  ASSERT_TRUE(ticks_by_circling(form.questions()));
  EXPECT_EQ(form.meant_by_circles(0).value, Value(true));
  Form beside = form;
  beside.question("xo ");
  EXPECT_FALSE(ticks_by_circling(beside.questions()));
  Form of_many = form;
  of_many.question("x  ", "choices");
  EXPECT_FALSE(ticks_by_circling(of_many.questions()));
  form.question("x ");
  EXPECT_FALSE(ticks_by_circling(form.questions())) << "too many";
}

TEST(TickHabit, TwoCirclesForOneAnswerTellThatTheyAreNoTicks) {
  Form form = of_circles();
  form.question("oo ");
  EXPECT_FALSE(ticks_by_circling(form.questions()));
}

TEST(TickHabit, FourCirclesTellNothing) {
  Form form;
  form.question("o ").question(" o").question("o ").question("  o");
  EXPECT_FALSE(ticks_by_circling(form.questions()));
}

TEST(TickHabit, WhoEverChoosesBetweenTwoMayCircleWhatDoesNotApply) {
  Form form;
  for (int i = 0; i < 8; ++i) form.question("o ", "yes-no");
  EXPECT_FALSE(ticks_by_circling(form.questions()));
  form.question("ooo o ", "choices");
  EXPECT_FALSE(ticks_by_circling(form.questions())) << "most of many";
  form.question("o o   ", "choices");
  EXPECT_TRUE(ticks_by_circling(form.questions())) << "few of many";
}

TEST(TickHabit, ManyMarksInDoubtAmongCirclesLeaveThemInDoubt) {
  Form form = of_circles();
  form.question("o ").question("? ");
  EXPECT_TRUE(ticks_by_circling(form.questions()));
  EXPECT_EQ(form.meant_by_circles(6).state, ReadingState::doubtful);
  form.question("? ");
  EXPECT_FALSE(ticks_by_circling(form.questions()));
}

TEST(TickHabit, AFilledBoxBesideACircleLeavesThatQuestionInDoubt) {
  Form form = of_circles();
  form.question("o# ");
  ASSERT_TRUE(ticks_by_circling(form.questions()));
  EXPECT_EQ(form.meant_by_circles(5).state, ReadingState::doubtful);
  EXPECT_TRUE(form.meant_by_circles(5).ticks["a"].is_null());
  form.question("# ");
  EXPECT_FALSE(ticks_by_circling(form.questions())) << "who fills boxes in the place of circles";
}

TEST(TickHabit, WithoutTheHabitACircleIsADoubt) {
  Form form;
  form.question("o# ").question("o ");
  EXPECT_EQ(form.meant(0).state, ReadingState::doubtful);
  EXPECT_TRUE(form.meant(0).ticks["a"].is_null());
  EXPECT_TRUE(form.meant(1).ticks["a"].is_null());
  EXPECT_EQ(form.meant(1).ticks["b"], Value(false));
}

/// Four questions with one dot each.
Form of_dots() {
  Form form;
  form.question(". ", "yes-no").question(" .", "yes-no").question("  . ").question(". ");
  return form;
}

TEST(TickHabit, ADotInOneBoxOfEveryQuestionIsHowSomebodyTicks) {
  Form form = of_dots();
  form.question(". .x", "choices").question(" , ., ");
  EXPECT_EQ(tick_habit_of(form.questions()), TickHabit::small_signs);
  EXPECT_EQ(form.meant_by_dots(0).value, Value(true));
  EXPECT_EQ(form.meant_by_dots(1).value, Value(false));
  EXPECT_EQ(form.meant_by_dots(2).value, Value("c"));
  EXPECT_EQ(form.meant_by_dots(2).state, ReadingState::certain);
  EXPECT_EQ(form.meant_by_dots(2).ticks["c"], Value(true));
  EXPECT_EQ(form.meant_by_dots(4).state, ReadingState::doubtful) << "one more may have been overlooked";
  EXPECT_TRUE(form.meant_by_dots(4).ticks["a"].is_null());
  EXPECT_EQ(form.meant_by_dots(5).value, Value("d")) << "a dot among specks";
  EXPECT_EQ(form.meant_by_dots(5).ticks["b"], Value(false));
}

TEST(TickHabit, ThreeDotsTellNothing) {
  Form form;
  form.question(". ").question(" .").question(". ").question(". . ", "choices");
  EXPECT_EQ(tick_habit_of(form.questions()), TickHabit::signs);
  EXPECT_TRUE(meant_by(TickHabit::signs, form.questions().front()).ticks["a"].is_null());
}

TEST(TickHabit, ADotBesideAnotherMarkIsAPenThatRested) {
  for (const char* contrary : {".x ", ".. ", ".?", ".#", ".o"}) {
    Form form = of_dots();
    form.question(contrary);
    EXPECT_FALSE(ticks_by_small_signs(form.questions())) << contrary;
  }
  Form form = of_dots();
  form.question("., ");
  EXPECT_TRUE(ticks_by_small_signs(form.questions())) << "a speck is dirt";
}

TEST(TickHabit, AFewDotsAmongManyCrossesAreNoHabit) {
  Form form = of_dots();
  for (int i = 0; i < 4; ++i) form.question("x ");
  EXPECT_TRUE(ticks_by_small_signs(form.questions())) << "large dots come out as ticks";
  form.question(" x");
  EXPECT_FALSE(ticks_by_small_signs(form.questions()));
}

TEST(TickHabit, ManyMarksInDoubtAmongDotsLeaveThemInDoubt) {
  Form form = of_dots();
  form.question("?  ");
  EXPECT_TRUE(ticks_by_small_signs(form.questions()));
  EXPECT_EQ(form.meant_by_dots(4).state, ReadingState::doubtful);
  form.question("? ");
  EXPECT_FALSE(ticks_by_small_signs(form.questions()));
}

TEST(TickHabit, OfWhoTicksByDotsASpeckAmongManyAnswersMayBeOne) {
  Form form = of_dots();
  form.question(".  , ", "choices");
  EXPECT_EQ(form.meant_by_dots(4).state, ReadingState::doubtful);
  EXPECT_TRUE(form.meant_by_dots(4).ticks["d"].is_null()) << "so that every reading tries it, too";
  form.question("x, ", "choices").reads(ReadingState::certain);
  EXPECT_EQ(form.meant_by_dots(5).state, ReadingState::doubtful);
  form.question(" , ").reads(ReadingState::empty);
  EXPECT_EQ(form.meant_by_dots(6).state, ReadingState::unreadable) << "nor is that question surely empty";
  EXPECT_TRUE(form.meant_by_dots(6).ticks["b"].is_null());
  EXPECT_EQ(meant_by(TickHabit::signs, form.questions()[6]).state, ReadingState::empty);
  EXPECT_EQ(meant_by(TickHabit::signs, form.questions()[6]).ticks["b"], Value(false));
}

TEST(TickHabit, WhatLiesBesideItsFramesIsNoDot) {
  Form form = of_dots();
  form.question("xx ", "choices").reads(ReadingState::doubtful);
  EXPECT_EQ(form.meant_by_dots(4).state, ReadingState::doubtful);
}

}  // namespace
}  // namespace softbot::pipeline

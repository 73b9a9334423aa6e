#include "ocr/page/template_page.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <string>
#include <vector>

#include "drawn_page.h"

namespace softbot::ocr {
namespace {

PaperField boxes_at(const std::string& name, double x, double y, int count) {
  PaperField field;
  field.name = name;
  field.kind = PaperFieldKind::characters;
  field.pattern = std::string(static_cast<std::size_t>(count), '9');
  for (int i = 0; i < count; ++i) field.boxes.push_back({x + 7 * i, y, 6, 8});
  field.box = {x, y, 7.0 * count - 1, 8};
  return field;
}

/// A form as some municipality has it: boxes, ticks, a frame to sign in, two long lines.
ReadingTemplate some_form() {
  ReadingTemplate form;
  form.geometry.types = {"parking"};
  form.geometry.versions = {1, 1};
  form.geometry.municipality = "voorbeeld";
  form.geometry.pages = {{}};
  form.geometry.fields = {boxes_at("bsn", 60, 50, 9), boxes_at("date", 60, 66, 8),
                          boxes_at("code", 95, 82, 6)};
  PaperField ticks;
  ticks.name = "vehicle";
  ticks.kind = PaperFieldKind::ticks;
  ticks.ticks = {{"car", {60, 130, 5, 5}}, {"van", {60, 139, 5, 5}}, {"other", {60, 148, 5, 5}}};
  ticks.box = {60, 130, 5, 23};
  form.geometry.fields.push_back(ticks);
  PaperField signature;
  signature.name = "signature";
  signature.kind = PaperFieldKind::signature;
  signature.box = {120, 230, 70, 25};
  form.geometry.fields.push_back(signature);
  form.pages = {{{}, {{20, 30, 170, 0}, {20, 275, 170, 0}}, {}}};
  return form;
}

ReadingTemplate with_anchors(std::vector<TemplateAnchor> anchors) {
  ReadingTemplate form = some_form();
  form.pages[0].anchors = std::move(anchors);
  return form;
}

void print_anchor(const TemplateAnchor& anchor, DrawnPage& page) {
  const MmBox& box = anchor.box;
  const Point middle{box.x + box.width / 2, box.y + box.height / 2};
  if (anchor.kind == AnchorKind::square) page.fill(box, 0);
  if (anchor.kind == AnchorKind::circle) page.stroke(middle, middle, box.width, 0);
  if (anchor.kind == AnchorKind::cross) {
    page.stroke({box.x, middle.y}, {box.x + box.width, middle.y}, 0.3, 0);
    page.stroke({middle.x, box.y}, {middle.x, box.y + box.height}, 0.3, 0);
  }
}

/// The form as it is printed, with some words, and somebody's strokes in its boxes.
GrayImage filled_in(const ReadingTemplate& form, std::uint8_t shade = 120) {
  DrawnPage page;
  for (const PaperField& field : form.geometry.fields) {
    for (const MmBox& box : field.boxes) page.frame(box, 0.3, shade);
    for (const PaperTick& tick : field.ticks) page.frame(tick.box, 0.3, shade);
    if (field.kind == PaperFieldKind::signature) page.frame(field.box, 0.3, shade);
    for (std::size_t i = 0; i < field.boxes.size(); i += 2) {
      const MmBox& box = field.boxes[i];
      page.stroke({box.x + 1, box.y + 1}, {box.x + 5, box.y + 9}, 0.5, 30);
      page.stroke({box.x + 5, box.y + 2}, {box.x + 2, box.y + 7}, 0.5, 30);
    }
  }
  for (const MmBox& line : form.pages[0].lines)
    page.stroke({line.x, line.y}, {line.x + line.width, line.y + line.height}, 0.3, shade);
  for (const TemplateAnchor& anchor : form.pages[0].anchors) print_anchor(anchor, page);
  for (double y = 170; y < 215; y += 6) {  // words
    for (double x = 20; x < 180; x += 3) page.stroke({x, y}, {x + 1.4, y + 2}, 0.4, 40);
  }
  page.stroke({130, 250}, {180, 236}, 0.6, 30);
  return page.picture();
}

TemplateFit fit(const GrayImage& picture, const ReadingTemplate& form) {
  const FindWords no_words = [](int) { return std::vector<FoundWord>(); };
  return fit_of_page(SearchedPicture(picture, form.geometry, no_words), form, 1);
}

/// Where scanned() puts a place of the paper.
Point place_in(const Scan& scan, Point paper) {
  const double angle = (scan.rotation + scan.skew) * 3.14159265358979 / 180;
  const double x = (paper.x - 105) * scan.scale_x;
  const double y = (paper.y - 148.5) * scan.scale_y;
  const bool aside = scan.rotation % 180 != 0;
  const double width = (aside ? 297 : 210) + 2 * scan.rim_mm;
  const double height = (aside ? 210 : 297) + 2 * scan.rim_mm;
  const double per_mm = scan.dpi / 25.4;
  return {(std::cos(angle) * x - std::sin(angle) * y + width / 2) * per_mm,
          (std::sin(angle) * x + std::cos(angle) * y + height / 2) * per_mm};
}

/// How far the map puts the corners of the fields' boxes from where they are, at most.
double error_mm(const TemplateFit& found, const ReadingTemplate& form, const Scan& scan) {
  double most = 0;
  for (const PaperField& field : form.geometry.fields) {
    for (const Point corner : {Point{field.box.x, field.box.y},
                               Point{field.box.x + field.box.width, field.box.y + field.box.height}})
      most = std::max(most, distance(found.registration.to_picture(corner), place_in(scan, corner)));
  }
  return most / (scan.dpi / 25.4);
}

struct Named {
  const char* name;
  Scan scan;
};

std::vector<Named> ways_to_scan() {
  return {{"straight, 300 dpi", {.dpi = 300}},
          {"200 dpi, skew 2", {.dpi = 200, .skew = 2, .noise = 4}},
          {"300 dpi, skew -2, 3% larger", {.dpi = 300, .skew = -2, .scale_x = 1.03, .scale_y = 1.03}},
          {"200 dpi, 3% smaller", {.dpi = 200, .skew = 0.7, .scale_x = 0.97, .scale_y = 0.97, .noise = 6}},
          {"upside down, 200 dpi", {.dpi = 200, .rotation = 180, .skew = -1.2}},
          {"on its side, 200 dpi", {.dpi = 200, .rotation = 90, .skew = 1}},
          {"with a rim", {.dpi = 200, .skew = 1, .rim_mm = 6}},
          {"stretched by a feeder", {.dpi = 200, .scale_x = 1.004, .scale_y = 0.99}}};
}

TEST(APageWithoutAnchors, IsFoundByItsFramesHoweverItLies) {
  const ReadingTemplate form = some_form();
  const GrayImage drawn = filled_in(form);
  for (const auto& [name, scan] : ways_to_scan()) {
    const TemplateFit found = fit(scanned(drawn, scan), form);
    EXPECT_EQ(found.problem, "") << name << ", found " << found.found;
    EXPECT_LT(error_mm(found, form, scan), 0.3) << name;
    EXPECT_LT(found.registration.residual_mm, residual_gate_mm) << name;
    EXPECT_EQ((found.registration.rotation + scan.rotation) % 360, 0) << name;
    std::cout << name << ": " << error_mm(found, form, scan) << " mm off, " << found.found
              << " of its lines\n";
  }
}

TEST(APageWithoutAnchors, IsFoundByLightFramesThatAreMeantToDropOut) {
  const ReadingTemplate form = some_form();
  const Scan scan{.dpi = 200, .skew = 1.5, .noise = 3};
  const TemplateFit found = fit(scanned(filled_in(form, 205), scan), form);
  EXPECT_EQ(found.problem, "") << found.found;
  EXPECT_LT(error_mm(found, form, scan), 0.3);
}

TEST(APageWithoutAnchors, ThatIsAnotherFormIsNoFit) {
  ReadingTemplate other = some_form();
  other.geometry.fields[0] = boxes_at("bsn", 20, 57, 9);
  other.geometry.fields[1] = boxes_at("date", 33, 101, 8);
  other.geometry.fields[2] = boxes_at("code", 120, 201, 6);
  other.geometry.fields[3].ticks = {{"car", {20, 230, 5, 5}}, {"van", {40, 230, 5, 5}}};
  other.geometry.fields[4].box = {20, 120, 60, 30};
  other.pages[0].lines = {{20, 40, 100, 0}};
  const GrayImage picture = scanned(filled_in(other), {.dpi = 200, .skew = 0.5});
  EXPECT_EQ(fit(picture, other).problem, "");
  const TemplateFit found = fit(picture, some_form());
  EXPECT_EQ(found.problem, "no-fit") << found.found;
}

TEST(APageWithoutAnchors, IsNotFoundOnALetter) {
  DrawnPage letter;
  for (double y = 60; y < 220; y += 6) {
    for (double x = 20; x < 180; x += 3) letter.stroke({x, y}, {x + 1.4, y + 2}, 0.4, 40);
  }
  EXPECT_EQ(fit(scanned(letter.picture(), {.dpi = 200}), some_form()).problem, "no-fit");
}

TEST(APageWithoutAnchors, ThatLooksTheSameUpsideDownMayLieInTwoWays) {
  ReadingTemplate form = some_form();
  form.geometry.fields = {boxes_at("top", 60, 50, 9)};
  PaperField bottom = boxes_at("bottom", 0, 0, 9);
  for (MmBox& box : bottom.boxes) box = {0, 0, 6, 8};
  for (std::size_t i = 0; i < 9; ++i) {
    const MmBox& top = form.geometry.fields[0].boxes[i];
    bottom.boxes[8 - i] = {210 - top.x - top.width, 297 - top.y - top.height, 6, 8};
  }
  bottom.box = {210 - 60 - 62, 297 - 58, 62, 8};
  form.geometry.fields.push_back(bottom);
  form.pages[0].lines.clear();
  EXPECT_EQ(fit(scanned(filled_in(form), {.dpi = 200}), form).problem, "two-ways");
}

TEST(APageWithAPartThatMoved, IsTooFarOffToBeRead) {
  ReadingTemplate moved = some_form();
  for (MmBox& box : moved.geometry.fields[1].boxes) box.x += 0.75;
  const TemplateFit found = fit(scanned(filled_in(moved), {.dpi = 300}), some_form());
  EXPECT_EQ(found.problem, "residual") << found.registration.residual_mm;
}

TEST(APageWithMarks, IsFoundByThemHoweverItLies) {
  const ReadingTemplate form = with_anchors({{AnchorKind::square, {10, 10, 5, 5}, ""},
                                             {AnchorKind::circle, {190, 12, 5, 5}, ""},
                                             {AnchorKind::square, {10, 280, 5, 5}, ""},
                                             {AnchorKind::circle, {192, 281, 5, 5}, ""}});
  const GrayImage drawn = filled_in(form);
  for (const auto& [name, scan] : ways_to_scan()) {
    const TemplateFit found = fit(scanned(drawn, scan), form);
    EXPECT_EQ(found.problem, "") << name << ", found " << found.found;
    EXPECT_LT(error_mm(found, form, scan), 0.3) << name;
    std::cout << name << ": " << error_mm(found, form, scan) << " mm off by " << found.registration.marks
              << " anchors\n";
  }
}

TEST(APageWithMarks, IsReadWithoutOneOfFourAndNotWithoutTwo) {
  ReadingTemplate form = with_anchors({{AnchorKind::square, {10, 10, 5, 5}, ""},
                                       {AnchorKind::square, {190, 12, 5, 5}, ""},
                                       {AnchorKind::square, {10, 280, 5, 5}, ""},
                                       {AnchorKind::square, {192, 281, 5, 5}, ""}});
  ReadingTemplate torn = form;
  torn.pages[0].anchors.erase(torn.pages[0].anchors.begin());
  const Scan scan{.dpi = 200, .skew = 1};
  const TemplateFit found = fit(scanned(filled_in(torn), scan), form);
  EXPECT_EQ(found.problem, "");
  EXPECT_LT(error_mm(found, form, scan), 0.3);
  torn.pages[0].anchors.erase(torn.pages[0].anchors.begin());
  EXPECT_EQ(fit(scanned(filled_in(torn), scan), form).problem, "no-marks");
}

TEST(APageWithCrosses, IsFoundByThem) {
  const ReadingTemplate form = with_anchors({{AnchorKind::cross, {10, 10, 8, 8}, ""},
                                             {AnchorKind::cross, {190, 10, 8, 8}, ""},
                                             {AnchorKind::cross, {10, 280, 8, 8}, ""}});
  for (const Scan& scan : {Scan{.dpi = 200, .skew = 1.5}, Scan{.dpi = 300, .rotation = 180, .skew = -1}}) {
    const TemplateFit found = fit(scanned(filled_in(form), scan), form);
    EXPECT_EQ(found.problem, "") << found.found;
    EXPECT_EQ(found.registration.marks, 3);
    EXPECT_LT(error_mm(found, form, scan), 0.3);
  }
}

TEST(APageWithWords, IsFoundByWhereTheyAreRead) {
  const ReadingTemplate form = with_anchors({{AnchorKind::text, {20, 15, 60, 5}, "Aanvraag parkeren"},
                                             {AnchorKind::text, {150, 280, 40, 4}, "Formulier 12-B"}});
  const Scan scan{.dpi = 200, .skew = 0.8};
  const GrayImage picture = scanned(filled_in(form), scan);
  const FindWords words = [&](int quarters) -> std::vector<FoundWord> {
    if (quarters != 0) return {};
    return {{"Aanvraag", place_in(scan, {20, 15}), place_in(scan, {50, 20})},
            {"parkeren", place_in(scan, {52, 15}), place_in(scan, {80, 20})},
            {"voorbeeld", place_in(scan, {90, 100}), place_in(scan, {99, 105})},
            {"Formulicr", place_in(scan, {150, 280}), place_in(scan, {170, 284})},
            {"12-B", place_in(scan, {172, 280}), place_in(scan, {190, 284})}};
  };
  const TemplateFit found = fit_of_page(SearchedPicture(picture, form.geometry, words), form, 1);
  EXPECT_EQ(found.problem, "") << found.found;
  EXPECT_LT(error_mm(found, form, scan), 0.4);
}

}  // namespace
}  // namespace softbot::ocr

#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "degrade.h"

namespace softbot::fill {
namespace {

constexpr std::array<std::string_view, 6> names{"none", "light", "normal", "heavy", "fax", "photo"};

/// A quantity that differs from one machine to the next.
struct Drawn {
  double Scanner::*what;
  double low;
  double high;
};

/// What all pages of one kind of machine have in common.
struct Look {
  double skew;
  double stretch;
  double shift_mm;
  int dust;
  std::vector<Drawn> drawn;  ///< in this order: a seed keeps its pictures
};

void give(Scanner& scanner, const Look& look, Random& random) {
  scanner.skew = look.skew;
  scanner.stretch = look.stretch;
  scanner.shift_mm = look.shift_mm;
  scanner.dust = look.dust;
  for (const Drawn& one : look.drawn) scanner.*one.what = random.between(one.low, one.high);
}

/// Nought on other pages.
double at_times(double share, double low, double high, Random& random) {
  return random.chance(share) ? random.between(low, high) : 0;
}

Scanner flatbed(Random& random) {
  static const Look look{0.7,
                         0.004,
                         1.5,
                         3,
                         {{&Scanner::blur, 0.2, 0.5},
                          {&Scanner::noise, 1.5, 4},
                          {&Scanner::black, 5, 25},
                          {&Scanner::threshold, 170, 185},
                          {&Scanner::white, 245, 254}}};
  Scanner scanner;
  scanner.dpi = random.chance(0.25) ? 400 : 300;
  scanner.colour = random.chance(0.4);
  scanner.jpeg_quality = random.whole(75, 90);
  give(scanner, look, random);
  return scanner;
}

Scanner office_machine(Random& random) {
  static const Look look{1.8,
                         0.012,
                         3,
                         25,
                         {{&Scanner::blur, 0.3, 0.8},
                          {&Scanner::noise, 3, 8},
                          {&Scanner::black, 15, 45},
                          {&Scanner::white, 232, 250},
                          {&Scanner::threshold, 150, 185}}};
  Scanner scanner = flatbed(random);
  const double resolution = random.uniform();
  scanner.dpi = resolution < 0.35 ? 200 : (resolution < 0.9 ? 300 : 150);
  scanner.bilevel = scanner.dpi > 150 && random.chance(0.2);
  scanner.colour = !scanner.bilevel && random.chance(0.3);
  scanner.jpeg_quality = random.whole(50, 75);
  give(scanner, look, random);
  scanner.stripes = random.chance(0.15) ? 2 : 0;
  scanner.show_through = at_times(0.3, 0.02, 0.06, random);
  scanner.dark_border = random.chance(0.3);
  scanner.punch_holes = random.chance(0.2);
  scanner.staple = random.chance(0.15);
  scanner.upside_down = random.chance(0.08);
  scanner.folds = random.chance(0.35) ? random.whole(1, 2) : 0;
  scanner.shadow = at_times(0.2, 0.03, 0.12, random);
  scanner.dark_frames = at_times(0.25, 0.1, 0.35, random);
  return scanner;
}

Scanner fax_machine(Random& random) {
  static const Look look{
      2.2,
      0.02,
      3,
      50,
      {{&Scanner::blur, 0.5, 1.0}, {&Scanner::noise, 8, 16}, {&Scanner::threshold, 140, 180}}};
  Scanner scanner = office_machine(random);
  scanner.dpi = 200;
  scanner.colour = false;
  scanner.bilevel = true;
  give(scanner, look, random);
  scanner.stripes = random.chance(0.3) ? 2 : 0;
  scanner.show_through = 0;
  return scanner;
}

Scanner photocopier(Random& random) {
  static const Look look{2.5,
                         0.02,
                         4,
                         120,
                         {{&Scanner::blur, 0.8, 1.5},
                          {&Scanner::noise, 6, 14},
                          {&Scanner::black, 0, 30},
                          {&Scanner::white, 225, 255}}};
  Scanner scanner = office_machine(random);
  scanner.dpi = random.chance(0.5) ? 200 : 300;
  scanner.colour = false;
  scanner.bilevel = random.chance(0.3);
  scanner.jpeg_quality = random.whole(35, 60);
  give(scanner, look, random);
  scanner.stripes = random.chance(0.5) ? 3 : 0;
  scanner.show_through = at_times(0.5, 0.03, 0.12, random);
  scanner.dark_border = random.chance(0.7);
  scanner.dark_frames = at_times(0.5, 0.15, 0.5, random);
  return scanner;
}

Scanner phone(Random& random) {
  static const Look look{1.5,
                         0.01,
                         1,
                         0,
                         {{&Scanner::shadow, 0.15, 0.35},
                          {&Scanner::blur, 0.5, 1.0},
                          {&Scanner::noise, 4, 9},
                          {&Scanner::black, 20, 50},
                          {&Scanner::white, 215, 240}}};
  Scanner scanner = flatbed(random);
  scanner.dpi = 200;
  scanner.colour = true;
  scanner.jpeg_quality = random.whole(60, 80);
  give(scanner, look, random);
  scanner.perspective = 0.02;
  scanner.folds = random.whole(0, 2);
  scanner.dark_border = true;
  return scanner;
}

}  // namespace

std::string_view name_of(Degradation degradation) {
  return names[static_cast<std::size_t>(degradation)];
}

std::optional<Degradation> degradation_from(std::string_view text) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (text == names[i] || text == std::to_string(i)) return static_cast<Degradation>(i);
  }
  return std::nullopt;
}

Scanner scanner_for(Degradation degradation, Random& random) {
  Scanner scanner;
  switch (degradation) {
    case Degradation::none:
      break;
    case Degradation::light:
      scanner = flatbed(random);
      break;
    case Degradation::normal:
      scanner = office_machine(random);
      break;
    case Degradation::heavy:
      scanner = photocopier(random);
      break;
    case Degradation::fax:
      scanner = fax_machine(random);
      break;
    case Degradation::photo:
      scanner = phone(random);
      break;
  }
  scanner.kind = degradation;
  return scanner;
}

Value to_value(const Scanner& scanner) {
  const auto number = [](double value) {
    const auto hundredths = std::lround(value * 100);
    std::string text = std::to_string(hundredths / 100) + ".";
    text += static_cast<char>('0' + hundredths / 10 % 10);
    text += static_cast<char>('0' + hundredths % 10);
    return Value(Number{text});
  };
  return Value::object({{"name", name_of(scanner.kind)},
                        {"level", static_cast<int>(scanner.kind)},
                        {"dpi", static_cast<int>(scanner.dpi)},
                        {"colour", scanner.colour},
                        {"bilevel", scanner.bilevel},
                        {"jpegQuality", scanner.jpeg_quality},
                        {"skewDegrees", number(scanner.skew)},
                        {"blur", number(scanner.blur)},
                        {"noise", number(scanner.noise)},
                        {"threshold", static_cast<int>(scanner.threshold)},
                        {"showThrough", number(scanner.show_through)},
                        {"darkFrames", number(scanner.dark_frames)},
                        {"folds", scanner.folds},
                        {"shadow", number(scanner.shadow)},
                        {"perspective", number(scanner.perspective)},
                        {"darkBorder", scanner.dark_border},
                        {"punchHoles", scanner.punch_holes},
                        {"upsideDown", scanner.upside_down}});
}

}  // namespace softbot::fill

#include "page_writer.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace softbot::fill {
namespace {

/// One writer at work on one page.
class Hand {
 public:
  Hand(Picture& page, const Writer& writer, const Handwriting& handwriting, Random& random)
      : page_(page),
        writer_(writer),
        handwriting_(handwriting),
        random_(random),
        scale_(page.pixels_per_mm()) {}

  void write(const WrittenField& place) {
    switch (place.field->kind) {
      case PaperFieldKind::characters:
        write_boxes(place);
        break;
      case PaperFieldKind::ticks:
        for (const PaperTick& tick : place.field->ticks) {
          const auto mark = place.ticks.find(tick.value);
          if (mark == place.ticks.end()) continue;
          if (mark->second == TickMark::ticked) {
            put_tick(tick.box);
          } else {
            fill_in(tick.box);
          }
        }
        break;
      case PaperFieldKind::line:
        if (!place.words.empty()) write_words(place.field->box, place.words, place.strips);
        break;
      case PaperFieldKind::signature:
        if (place.is_signed) sign(place.field->box);
        break;
    }
  }

  void write_letter(const std::string& words) {
    constexpr MmBox whole{25, 45, 160, 150};
    write_words(whole, words, false);
    sign({25, 215, 120, 30});
  }

 private:
  [[nodiscard]] double pen() const { return writer_.pen_mm * scale_; }
  [[nodiscard]] double shake() const { return writer_.shake_mm * scale_; }
  [[nodiscard]] Point centre_of(const MmBox& box) const {
    return {(box.x + box.width / 2) * scale_, (box.y + box.height / 2) * scale_};
  }

  void stroke(const std::vector<Point>& points) {
    draw_stroke(page_, shaken(points, shake(), random_), pen() * random_.between(0.9, 1.1), writer_.ink,
                random_);
  }

  void write_boxes(const WrittenField& place) {
    const auto& boxes = place.field->boxes;
    std::size_t box = 0;
    for (std::size_t i = 0; i < place.boxes.size() && box < boxes.size(); ++i, ++box) {
      const bool wrong = place.correction && place.correction->box == i;
      if (!wrong) {
        write_sign(boxes[box], place.boxes[i], 1);
        continue;
      }
      write_sign(boxes[box], place.correction->first, 1);
      cross_out(boxes[box]);
      if (place.correction->again == Correction::Again::next_box && box + 1 < boxes.size()) {
        write_sign(boxes[++box], place.boxes[i], 1);
      } else {
        MmBox above = boxes[box];
        above.y -= above.height * random_.between(0.72, 0.85);
        write_sign(above, place.boxes[i], 0.62);
      }
    }
  }

  void write_sign(const MmBox& box, char sign, double size) {
    if (sign == ' ') return;
    const auto own = writer_.hand.find(sign);
    if (own == writer_.hand.end() || own->second.empty()) {
      write_mark(box, sign);
      return;
    }
    const Glyph& glyph = random_.one_of(own->second);
    Placement placement;
    double height =
        std::clamp(random_.normal(writer_.size, writer_.size_spread), 0.35, 1.1) * box.height * size;
    // A seldom sign is far too large.
    if (random_.chance(0.01)) height *= 1.3;
    double width = height * glyph.width / std::max(1, glyph.height);
    const double widest = box.width * 1.05 * size;
    if (width > widest) {
      // What lies down, such as a wide W, is made to fit; a dash stays one.
      height = glyph.width > 3 * glyph.height ? height * widest / width : height;
      width = widest;
    }
    placement.width = width * scale_;
    placement.height = height * scale_;
    placement.centre = centre_of(box);
    placement.centre.x += random_.normal(0, writer_.off_centre) * box.width * scale_;
    placement.centre.y +=
        (writer_.baseline + random_.normal(0, writer_.off_centre * 0.7)) * box.height * scale_;
    placement.slant = random_.normal(writer_.slant, writer_.slant_spread);
    placement.turn = random_.normal(0, 0.04);
    placement.thickness = std::clamp(random_.normal(writer_.thickness, 0.1), -1.0, 1.0);
    placement.shake = shake();
    put_glyph(page_, glyph, placement, writer_.ink, random_);
  }

  /// Signs that nobody collects: dots, dashes and the like.
  void write_mark(const MmBox& box, char sign) {
    const Point middle = centre_of(box);
    const double w = box.width * scale_;
    const double h = box.height * scale_;
    const double x = middle.x + random_.normal(0, 0.05) * w;
    const double y = middle.y + random_.normal(0, 0.04) * h;
    if (sign == '-') stroke({{x - 0.22 * w, y}, {x + 0.22 * w, y - 0.03 * h}});
    if (sign == '.') stroke({{x, y + 0.3 * h}, {x + 1, y + 0.3 * h}});
    if (sign == ',') stroke({{x, y + 0.26 * h}, {x - 0.06 * w, y + 0.4 * h}});
    if (sign == '\'') stroke({{x, y - 0.34 * h}, {x - 0.04 * w, y - 0.2 * h}});
    if (sign == '/') stroke({{x + 0.2 * w, y - 0.35 * h}, {x - 0.2 * w, y + 0.35 * h}});
  }

  void cross_out(const MmBox& box) {
    const Point middle = centre_of(box);
    const double w = box.width * scale_ * random_.between(0.35, 0.5);
    const double h = box.height * scale_ * random_.between(0.28, 0.42);
    const int strokes = random_.whole(2, 4);
    for (int i = 0; i < strokes; ++i) {
      const double rise = (i % 2 == 0 ? 1 : -0.4) * random_.between(0.6, 1);
      stroke({{middle.x - w, middle.y + h * rise},
              {middle.x + w, middle.y - h * rise + random_.between(-3, 3)}});
    }
  }

  void put_tick(const MmBox& box) {
    Point middle = centre_of(box);
    middle.x += random_.normal(0, writer_.tick_off_centre) * box.width * scale_;
    middle.y += random_.normal(0, writer_.tick_off_centre) * box.height * scale_;
    const double half = box.width * scale_ / 2 * writer_.tick_size * random_.between(0.85, 1.15);
    const auto near = [&](double x, double y) {
      return Point{middle.x + half * (x + random_.normal(0, 0.09)),
                   middle.y + half * (y + random_.normal(0, 0.09))};
    };
    switch (writer_.tick) {
      case TickStyle::cross:
        stroke(smooth({near(-0.8, -0.8), near(0, 0), near(0.8, 0.8)}));
        stroke(smooth({near(0.8, -0.8), near(0, 0), near(-0.8, 0.8)}));
        break;
      case TickStyle::check:
        stroke(smooth({near(-0.7, -0.1), near(-0.45, 0.25), near(-0.2, 0.65)}));
        stroke(smooth({near(-0.2, 0.65), near(0.25, -0.3), near(1.05, -1.1)}));
        break;
      case TickStyle::slash:
        stroke(smooth({near(0.8, -0.9), near(0, 0), near(-0.8, 0.9)}));
        break;
      case TickStyle::dot: {
        std::vector<Point> points;
        for (int i = 0; i < 7; ++i) points.push_back(near(i % 2 == 0 ? -0.3 : 0.3, -0.3 + 0.1 * i));
        stroke(smooth(points));
        break;
      }
      case TickStyle::scribble: {
        std::vector<Point> points;
        for (int i = 0; i < 11; ++i) points.push_back(near(i % 2 == 0 ? -0.8 : 0.8, -0.8 + 0.16 * i));
        stroke(smooth(points));
        break;
      }
      case TickStyle::circle: {
        std::vector<Point> points;
        const double start = random_.between(0, 2 * std::numbers::pi);
        for (int i = 0; i <= 13; ++i) {
          const double angle = start + i * 2 * std::numbers::pi / 12;
          points.push_back(near(1.25 * std::cos(angle), 1.25 * std::sin(angle)));
        }
        stroke(smooth(points));
        break;
      }
    }
  }

  /// First ticked, then made black: not meant.
  void fill_in(const MmBox& box) {
    put_tick(box);
    const Point middle = centre_of(box);
    const double half = box.width * scale_ / 2 * random_.between(0.95, 1.1);
    for (int layer = 0; layer < 2; ++layer) {
      std::vector<Point> points;
      const int turns = random_.whole(16, 22);
      for (int i = 0; i <= turns; ++i) {
        const double across = i % 2 == 0 ? -half : half;
        const double along = -half + 2 * half * i / turns;
        points.push_back(layer == 0 ? Point{middle.x + across, middle.y + along}
                                    : Point{middle.x + along, middle.y + across});
      }
      stroke(points);
    }
  }

  void sign(const MmBox& box) {
    const double left = (box.x + box.width * random_.between(0.06, 0.2)) * scale_;
    const double length = box.width * scale_ * random_.between(0.45, 0.7);
    const double middle = (box.y + box.height * random_.between(0.45, 0.6)) * scale_;
    const double high = std::min(box.height, 22.0) * scale_ * random_.between(0.2, 0.36);
    const int loops = random_.whole(5, 10);
    std::vector<Point> points;
    for (int i = 0; i <= 2 * loops; ++i) {
      const double share = static_cast<double>(i) / (2 * loops);
      const double up = (i % 2 == 0 ? 1 : -1) * high * random_.between(0.25, 1) * (1.15 - share);
      points.push_back({left + length * share + random_.normal(0, length * 0.025), middle - up});
    }
    stroke(smooth(points));
    if (random_.chance(0.5)) {
      stroke(smooth({{left + 0.1 * length, middle + high * 0.9},
                     {left + 0.6 * length, middle + high * 0.75},
                     {left + 1.1 * length, middle + high * 0.95}}));
    }
  }

  void write_words(const MmBox& box, const std::string& words, bool strips) {
    const double height = std::min(box.height, 9.0) * scale_ * random_.between(0.6, 0.8);
    const double left = (box.x + random_.between(1, 4)) * scale_;
    const double right = (box.x + box.width - 2) * scale_;
    const double pitch = 9.5 * scale_;
    const double lines = std::max(1.0, std::floor(box.height / 9.5));
    if (strips) {
      write_strips(left, right, box.y * scale_, pitch, static_cast<int>(lines));
    } else {
      write_text(left, right, box.y * scale_, pitch, height, words);
    }
  }

  void write_strips(double left, double right, double top, double pitch, int lines) {
    double x = left;
    double y = top + pitch / 2;
    int line = 0;
    const int pieces = random_.whole(2, 5);
    for (int i = 0; i < pieces && line < lines; ++i) {
      Glyph strip;
      for (int attempt = 0; attempt < 20 && strip.empty(); ++attempt) {
        strip = handwriting_.strips.strip(random_.below(handwriting_.strips.size()));
      }
      if (strip.empty()) return;
      const double height = pitch * random_.between(0.55, 0.75);
      const double width = height * strip.width / strip.height;
      if (x + width > right && x > left) {
        x = left;
        y += pitch;
        ++line;
      }
      if (line >= lines) return;
      put_glyph(page_, strip, {{x + width / 2, y}, width, height, 0, random_.normal(0, 0.01), 0, 0},
                writer_.ink, random_);
      x += width + pitch * 0.5;
    }
  }

  /// Letters one after the other, in a handwriting font or in this person's capitals.
  void write_text(double left, double right, double top, double pitch, double height,
                  const std::string& words) {
    const double size = height * 0.85;
    const std::string text = writer_.line_font != nullptr ? words : in_capitals(words);
    double x = left;
    double base = top + pitch * 0.75;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == ' ') {
        x += size * random_.between(0.35, 0.5);
        const std::size_t end = std::min(text.find(' ', i + 1), text.size());
        if (x + static_cast<double>(end - i) * size * 0.55 > right) {
          x = left;
          base += pitch;
        }
        continue;
      }
      x += writer_.line_font != nullptr ? font_sign(x, base, size * 1.35, text[i])
                                        : own_sign(x, base, size * 0.7, text[i]);
    }
  }

  double font_sign(double x, double base, double em, char sign) {
    const auto found = writer_.line_font->glyphs.find(sign);
    if (found == writer_.line_font->glyphs.end()) return em * 0.3;
    const Glyph& glyph = found->second.front();
    const double factor = em / font_em;
    const double width = glyph.width * factor;
    const double height = glyph.height * factor;
    const Point centre{x + glyph.left * factor + width / 2,
                       base - glyph.top * factor + height / 2 + random_.normal(0, em * 0.015)};
    put_glyph(page_, glyph, {centre, width, height, 0, random_.normal(0, 0.02), writer_.thickness, shake()},
              writer_.ink, random_);
    return glyph.advance * factor;
  }

  double own_sign(double x, double base, double height, char sign) {
    const double width = height * 0.75;
    const MmBox box{x / scale_, (base - height) / scale_, width / scale_, height / scale_};
    write_sign(box, sign, 1.1);
    return width * 1.12;
  }

  Picture& page_;
  const Writer& writer_;
  const Handwriting& handwriting_;
  Random& random_;
  double scale_;
};

}  // namespace

void write_on(std::vector<Picture>& pages, const WrittenForm& form, const Writer& writer,
              const Handwriting& handwriting, Random& random) {
  for (const WrittenField& place : form.fields) {
    const auto page = static_cast<std::size_t>(place.field->page - 1);
    // A stream of its own, so that one field less changes nothing in the others.
    Random own(random.next());
    if (page < pages.size() && pages[page].width > 0)
      Hand(pages[page], writer, handwriting, own).write(place);
  }
}

void write_letter(Picture& sheet, const std::string& words, const Writer& writer,
                  const Handwriting& handwriting, Random& random) {
  Hand(sheet, writer, handwriting, random).write_letter(words);
}

}  // namespace softbot::fill

#include <gmock/gmock.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <csignal>
#include <fstream>
#include <thread>

#include "domain/json.h"
#include "drawn_pdf.h"
#include "forms/geometry/geometry.h"
#include "forms/geometry/page_code.h"
#include "ocr/page/find_page.h"
#include "ocr/page/registration.h"
#include "support/checkout.h"
#include "support/crowd.h"
#include "support/daemon.h"
#include "support/patience.h"
#include "test_data.h"

namespace softbot::tests {
namespace {

using ocr::GrayImage;
using ocr::Point;
using testing::ElementsAre;
using testing::HasSubstr;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

constexpr auto step = 100ms;
const MmBox heading{16.5, 16.9, 70, 6.2};  ///< "Wc-verhoger of ander klein hulpmiddel", on every page
constexpr const char* heading_words = "Wc-verhoger of ander klein hulpmiddel";

/// Paints what a map puts at a place of the paper.
class Painter {
 public:
  Painter(GrayImage& picture, const ocr::Registration& lies) : picture_(picture), lies_(lies) {}

  void paint(const MmBox& box, std::uint8_t shade) {
    for (double y = 0; y <= box.height + 0.01; y += 0.05) {
      for (double x = 0; x <= box.width + 0.01; x += 0.05) {
        const Point at = lies_.to_picture({box.x + x, box.y + y});
        const auto column = static_cast<int>(at.x);
        const auto row = static_cast<int>(at.y);
        if (column < 0 || row < 0 || column >= picture_.width || row >= picture_.height) continue;
        picture_.pixels[static_cast<std::size_t>(row) * static_cast<std::size_t>(picture_.width) +
                        static_cast<std::size_t>(column)] = shade;
      }
    }
  }
  void frame(const MmBox& box) {
    constexpr double line = 0.24;
    constexpr std::uint8_t shade = 205;
    for (const double y : {box.y, box.y + box.height})
      paint({box.x - line / 2, y - line / 2, box.width + line, line}, shade);
    for (const double x : {box.x, box.x + box.width})
      paint({x - line / 2, box.y - line / 2, line, box.height + line}, shade);
  }

 private:
  GrayImage& picture_;
  const ocr::Registration& lies_;
};

/// A page that was filled in by hand and scanned, as it would be on paper of the municipality: without the
/// code, and with frames that do not fall away when it is scanned in black and white.
GrayImage as_own_form(const GrayImage& scanned, const FormGeometry& geometry) {
  const ocr::PageTraits traits = ocr::traits_of(scanned);
  if (!traits.code) return scanned;  // the blank back of a sheet
  const int number = page_code_from(traits.code->text).value().page;
  const PaperPage& printed = geometry.pages[static_cast<std::size_t>(number - 1)];
  const auto lies = ocr::registered(printed, *traits.code, traits.marks).value();
  GrayImage picture = scanned;
  Painter painter(picture, lies);
  painter.paint({printed.code.x - 1, printed.code.y - 1, printed.code.width + 2, printed.code.height + 2},
                255);
  for (const PaperField& field : geometry.fields) {
    if (field.page != number) continue;
    for (const MmBox& box : field.boxes) painter.frame(box);
    for (const PaperTick& tick : field.ticks) painter.frame(tick.box);
    if (field.kind != PaperFieldKind::characters && field.kind != PaperFieldKind::ticks)
      painter.frame(field.box);
  }
  return picture;
}

Value box_value(const MmBox& box) {
  Value list = Value::list();
  for (const double side : {box.x, box.y, box.width, box.height}) list.push(Number{std::to_string(side)});
  return list;
}

Value field_value(const PaperField& field) {
  Value value = Value::object({{"name", field.name}, {"page", field.page}});
  if (field.kind == PaperFieldKind::characters) {
    Value boxes = Value::list();
    for (const MmBox& box : field.boxes) boxes.push(box_value(box));
    const bool any = field.answer_kind == "text" || field.answer_kind == "integer";
    value.set("kind", "characters");
    if (any) {
      const char sign = field.pattern.front();
      value.set("content", sign == '9' ? "digits" : sign == 'A' ? "capitals" : "alphanumeric");
    } else {
      value.set("rule", field.answer_kind);
    }
    value.set("boxes", std::move(boxes));
  } else if (field.kind == PaperFieldKind::ticks) {
    Value options = Value::list();
    for (const PaperTick& tick : field.ticks)
      options.push(Value::object({{"value", tick.value}, {"box", box_value(tick.box)}}));
    value.set("kind", "tick");
    value.set("choice", field.many ? "multiple" : "single");
    value.set("options", std::move(options));
  } else {
    value.set("kind", field.kind == PaperFieldKind::line ? "line" : "signature");
    value.set("box", box_value(field.box));
  }
  return value;
}

/// The four sides of a frame as printed lines.
void add_sides(const MmBox& box, Value& lines) {
  lines.push(box_value({box.x, box.y, box.width, 0}));
  lines.push(box_value({box.x, box.y + box.height, box.width, 0}));
  lines.push(box_value({box.x, box.y, 0, box.height}));
  lines.push(box_value({box.x + box.width, box.y, 0, box.height}));
}

enum class Proven { no, yes };

/// What somebody writes down who measured this form.
std::string template_of(const FormGeometry& geometry, Proven proven) {
  Value fields = Value::list();
  std::vector<Value> lines(geometry.pages.size(), Value::list());
  for (const PaperField& field : geometry.fields) {
    fields.push(field_value(field));
    if (field.kind == PaperFieldKind::line)
      add_sides(field.box, lines[static_cast<std::size_t>(field.page - 1)]);
  }
  Value pages = Value::list();
  for (Value& one : lines) {
    Value page = Value::object({{"lines", std::move(one)}});
    if (proven == Proven::yes)
      page.set("edition", Value::object({{"text", heading_words}, {"box", box_value(heading)}}));
    pages.push(std::move(page));
  }
  return to_pretty_json(Value::object({{"template", "small-aids"},
                                       {"municipality", "voorbeeld"},
                                       {"proven", proven == Proven::yes},
                                       {"pageWidth", 210},
                                       {"pageHeight", 297},
                                       {"pages", std::move(pages)},
                                       {"fields", std::move(fields)}}));
}

/// The form as softbot prints it; the sample was filled in on it.
const FormGeometry& printed() {
  static const FormGeometry geometry = [] {
    const Ended ended = run({softbot_program(), "print-form", "small-aids", "--municipality", "voorbeeld",
                             "-o", "-", "--geometry"});
    return geometry_from(parse_json(ended.output).value()).value();
  }();
  return geometry;
}

/// The shipped configuration with a template of the municipality's own form.
class OwnConfiguration {
 public:
  explicit OwnConfiguration(Proven proven) {
    // The random sample would hold a grant now and then.
    static_cast<void>(generous_configuration(folder_.path() / "config", "0"));
    fs::create_directories(file().parent_path());
    write(proven);
  }
  void write(Proven proven) const { std::ofstream(file()) << template_of(printed(), proven); }
  [[nodiscard]] fs::path settings() const { return folder_.path() / "config" / "softbot.json"; }
  [[nodiscard]] fs::path file() const {
    return folder_.path() / "config" / "templates" / "voorbeeld" / "small-aids.json";
  }

 private:
  TemporaryFolder folder_;
};

/// Sample 11, pages in any order with blank backs, as a scan of the municipality's own form.
std::string own_scan() {
  const TemporaryFolder folder;
  const fs::path sample = checkout() / "samples" / "scans" / "11-any-order-upside-down.pdf";
  const std::string pages = (folder.path() / "p").string();
  EXPECT_EQ(run({"/usr/bin/pdftoppm", "-gray", "-r", "200", sample.string(), pages}).status, 0);
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder.path())) files.push_back(entry.path());
  std::ranges::sort(files);
  std::vector<GrayImage> pictures;
  for (const fs::path& file : files) {
    GrayImage page = pgm_in(file);
    page.dpi = 200;
    pictures.push_back(as_own_form(page, printed()));
  }
  return pdf_of(pictures);
}

Daemon::Options options_of(const OwnConfiguration& configuration) {
  Daemon::Options options;
  options.config = configuration.settings();
  options.persons = checkout() / "samples" / "scans" / "register.json";
  return options;
}

/// Sends the scan, and waits until something was made of it: its staff view. It came in shortly after the day
/// that it was signed, whatever day it is now: that settles a date of signing that is hard to read.
Value case_of(Daemon& daemon, const std::string& scan) {
  const Answer answer =
      request("POST", daemon.url() + "/api/v1/scans?received=2026-11-25",
              {"Authorization: Bearer " + daemon.key(), "Content-Type: application/pdf"}, scan);
  EXPECT_EQ(answer.status, 202) << answer.body;
  const std::string id = answer.json()["scans"].items().front()["id"].text_or_empty();
  Value record;
  for (int i = 0; i < 1'800 && record["applications"].items().empty(); ++i) {
    std::this_thread::sleep_for(step);
    record = daemon.get_as_machine("/api/v1/scans/" + id).json();
  }
  EXPECT_EQ(record["applications"].items().size(), 1U) << to_json(record);
  if (record["applications"].items().empty()) return record;
  return daemon.settled(record["applications"].items().front()["reference"].text_or_empty());
}

std::vector<std::string> codes_in(const Value& reasons) {
  std::vector<std::string> codes;
  for (const Value& reason : reasons.items()) codes.push_back(reason["code"].text_or_empty());
  return codes;
}

TEST(AMunicipalitysOwnForm, IsAnApplicationThatWaitsForALook) {
  const std::string scan = own_scan();
  const OwnConfiguration configuration(Proven::no);
  Daemon daemon(options_of(configuration));
  const Value waiting = case_of(daemon, scan);
  EXPECT_EQ(waiting["type"].text_or_empty(), "small-aids");
  EXPECT_EQ(waiting["municipality"].text_or_empty(), "voorbeeld");
  EXPECT_EQ(waiting["status"].text_or_empty(), "referred");
  EXPECT_THAT(codes_in(waiting["reasons"]), ElementsAre("form-by-template"));
  EXPECT_EQ(waiting["common"]["bsn"].text_or_empty(), "999934570");
  EXPECT_EQ(waiting["common"]["birthDate"].text_or_empty(), "1932-07-28");
  EXPECT_EQ(waiting["fields"]["aid"].text_or_empty(), "raised-toilet-seat");
  EXPECT_EQ(waiting["fields"]["bodyWeightKg"].as_integer(), 58);
  EXPECT_EQ(waiting["paper"]["template"]["file"].text_or_empty(), "templates/voorbeeld/small-aids.json");
  EXPECT_EQ(waiting["paper"]["template"]["version"].text_or_empty().size(), 16U);
}

TEST(AMunicipalitysOwnForm, IsGrantedByTheBotWhenItsTemplateIsProven) {
  const OwnConfiguration configuration(Proven::yes);
  Daemon daemon(options_of(configuration));
  const Value granted = case_of(daemon, own_scan());
  EXPECT_EQ(granted["status"].text_or_empty(), "decided") << to_json(granted["reasons"]);
  EXPECT_EQ(granted["decidedBy"].text_or_empty(), "bot");
  EXPECT_EQ(granted["outcome"].text_or_empty(), "granted");
}

TEST(AMistakeInATemplate, IsNamedByCheckConfigAndKeepsNothingElseFromWorking) {
  const OwnConfiguration configuration(Proven::no);
  std::string text = bytes_of(configuration.file());
  const std::string name = "\"name\": \"birthDate\"";
  text.replace(text.find(name), name.size(), "\"name\": \"birthDay\"");
  std::ofstream(configuration.file()) << text;
  const Ended checked =
      run({softbot_program(), "check-config", "--config", configuration.settings().string()});
  EXPECT_NE(checked.status, 0);
  EXPECT_THAT(checked.output, HasSubstr("templates/voorbeeld/small-aids.json /fields/"));
  EXPECT_THAT(checked.output, HasSubstr("Did you mean \"birthDate\"?"));
  Daemon daemon(options_of(configuration));
  EXPECT_EQ(daemon.get("/health/ready").status, 200);
  EXPECT_NE(daemon.process().wait_for_line("configuration-on-disk-refused", patience), "");
  daemon.process().signal(SIGHUP);
  EXPECT_NE(daemon.process().wait_for_line("settings-refused", patience), "");
  configuration.write(Proven::no);
  daemon.process().signal(SIGHUP);
  EXPECT_NE(daemon.process().wait_for_line("settings-reloaded", patience), "");
}

}  // namespace
}  // namespace softbot::tests

#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "domain/json.h"
#include "drawn_pdf.h"
#include "forms/template_reader.h"
#include "ocr/page/encode.h"
#include "support/checkout.h"
#include "support/daemon.h"
#include "test_data.h"
#include "unit/ocr/drawn_page.h"

namespace softbot::tests {
namespace {

using ocr::DrawnPage;
using ocr::GrayImage;
using ocr::Scan;
using testing::HasSubstr;
namespace fs = std::filesystem;

constexpr int glyph_side = 32;

fs::path example() {
  return checkout() / "samples" / "templates" / "parking-permit.json";
}

/// Digits of the part of optdigits that no net was trained on: the last fifth of the file.
std::map<char, std::vector<std::vector<double>>> kept_out_digits() {
  std::ifstream file(test_data() / "optdigits" / "optdigits-orig.tra");
  std::vector<std::pair<char, std::vector<double>>> all;
  std::vector<double> ink;
  for (std::string line; std::getline(file, line);) {
    if (line.size() == glyph_side && line.find_first_not_of("01") == std::string::npos) {
      for (const char pixel : line) ink.push_back(pixel == '1' ? 1 : 0);
    } else if (ink.size() == glyph_side * glyph_side) {
      all.emplace_back(line.back(), std::move(ink));
      ink.clear();
    }
  }
  std::map<char, std::vector<std::vector<double>>> digits;
  for (std::size_t i = all.size() * 4 / 5; i < all.size(); ++i)
    digits[all[i].first].push_back(std::move(all[i].second));
  return digits;
}

/// The form of the example as somebody printed it, and what is written on it.
class ParkingForm {
 public:
  explicit ParkingForm(ReadingTemplate form) : form_(std::move(form)), digits_(kept_out_digits()) {
    constexpr std::uint8_t grey = 150;
    for (const PaperField& field : form_.geometry.fields) {
      for (const MmBox& box : field.boxes) page_.frame(box, 0.3, grey);
      for (const PaperTick& tick : field.ticks) page_.frame(tick.box, 0.3, grey);
      if (field.kind == PaperFieldKind::signature) page_.frame(field.box, 0.3, grey);
    }
    for (const MmBox& line : form_.pages[0].lines)
      page_.stroke({line.x, line.y}, {line.x + line.width, line.y}, 0.4, 60);
    page_.print_code({162, 11, 16, 16}, "GV-2019-004711");
  }

  ParkingForm& write(const std::string& name, const std::string& signs, std::size_t hand) {
    const PaperField& field = *form_.geometry.find(name);
    for (std::size_t i = 0; i < signs.size(); ++i) {
      if (signs[i] == ' ') continue;
      const auto& glyphs = digits_.at(signs[i]);
      const MmBox& box = field.boxes[i];
      page_.glyph({box.x + 0.4, box.y + 1.2, 5.2, 5.8}, glyphs[(hand + i) % glyphs.size()], glyph_side, 40);
    }
    return *this;
  }
  ParkingForm& tick(const std::string& name, const std::string& value) {
    for (const PaperTick& tick : form_.geometry.find(name)->ticks) {
      if (tick.value != value) continue;
      const MmBox& box = tick.box;
      page_.stroke({box.x + 1, box.y + 1}, {box.x + 4, box.y + 4}, 0.5, 40);
      page_.stroke({box.x + 4, box.y + 1}, {box.x + 1, box.y + 4}, 0.5, 40);
    }
    return *this;
  }
  ParkingForm& sign() {
    page_.stroke({130, 245}, {145, 236}, 0.5, 40).stroke({145, 236}, {150, 248}, 0.5, 40);
    page_.stroke({150, 248}, {175, 238}, 0.5, 40);
    return *this;
  }
  [[nodiscard]] GrayImage scan(const Scan& how) const { return scanned(page_.picture(), how); }

 private:
  ReadingTemplate form_;
  std::map<char, std::vector<std::vector<double>>> digits_;
  DrawnPage page_;
};

ReadingTemplate example_template() {
  return read_template("parking-permit.json", bytes_of(example())).value();
}

struct Read {
  int status = 0;
  std::string output;
  Value file;  ///< the report on the first file
};
Read read_by_template(const fs::path& reading_template, const std::vector<fs::path>& scans) {
  std::vector<std::string> command{softbot_program(), "read", "--json", "--template",
                                   reading_template.string()};
  for (const fs::path& scan : scans) command.push_back(scan.string());
  const Ended ended = run(command);
  const auto json = parse_json(ended.output, {std::size_t{64} << 20, 32, 1'000'000, 1'000});
  return {ended.status, ended.output, json ? (*json)["files"].items().front() : Value()};
}

void write_png(const fs::path& file, const GrayImage& picture) {
  std::ofstream(file, std::ios::binary) << ocr::png_of(picture);
}

Value box_value(const MmBox& box) {
  return to_value(FormGeometry{{}, {}, "", "nl", 210, 297, {{{box}, {}}}, {}})["pages"]
      .items()[0]["marks"]
      .items()[0];
}

/// What somebody would write down who measured this form.
Value template_of(const FormGeometry& geometry) {
  Value fields = Value::list();
  for (std::size_t i = 0; i < geometry.fields.size(); ++i) {
    const PaperField& field = geometry.fields[i];
    Value value = Value::object({{"name", "f" + std::to_string(i)}, {"page", field.page}});
    if (field.kind == PaperFieldKind::characters) {
      Value boxes = Value::list();
      for (const MmBox& box : field.boxes) boxes.push(box_value(box));
      value.set("kind", "characters");
      value.set("content", "alphanumeric");
      value.set("boxes", std::move(boxes));
    } else if (field.kind == PaperFieldKind::ticks) {
      Value options = Value::list();
      for (const PaperTick& tick : field.ticks)
        options.push(Value::object({{"value", tick.value}, {"box", box_value(tick.box)}}));
      value.set("kind", "tick");
      value.set("choice", "multiple");
      value.set("options", std::move(options));
    } else {
      value.set("kind", field.kind == PaperFieldKind::line ? "line" : "signature");
      value.set("box", box_value(field.box));
    }
    fields.push(std::move(value));
  }
  Value pages = Value::list();
  for (std::size_t i = 0; i < geometry.pages.size(); ++i) pages.push(Value::object());
  return Value::object({{"template", "bare-form"},
                        {"municipality", "voorbeeld"},
                        {"pageWidth", 210},
                        {"pageHeight", 297},
                        {"pages", std::move(pages)},
                        {"fields", std::move(fields)}});
}

class AFormOfAnotherMaker : public testing::Test {
 protected:
  void SetUp() override {
    if (kept_out_digits().size() < 10)
      GTEST_SKIP() << "there are no optdigits in " << test_data() << "; set SOFTBOT_DATA";
  }
  [[nodiscard]] fs::path scan_file(const GrayImage& picture, const std::string& name = "scan.png") const {
    write_png(folder_.path() / name, picture);
    return folder_.path() / name;
  }
  [[nodiscard]] static ParkingForm filled() {
    ParkingForm form(example_template());
    form.write("bsn", "999990019", 3).write("birthDate", "27031948", 11).write("permitNumber", "0012345", 5);
    form.tick("vehicle", "van").tick("days", "saturday").tick("days", "sunday").sign();
    return form;
  }
  TemporaryFolder folder_;
};

TEST_F(AFormOfAnotherMaker, IsReadByItsTemplate) {
  for (const Scan& how : {Scan{.dpi = 300, .skew = 1.2, .scale_x = 0.98, .scale_y = 0.98, .noise = 3},
                          Scan{.dpi = 200, .rotation = 180, .skew = -0.8}}) {
    const Read read = read_by_template(example(), {scan_file(filled().scan(how))});
    ASSERT_EQ(read.status, 0) << read.output;
    const Value& page = read.file["pages"].items().front();
    EXPECT_EQ(page["problem"], Value(""));
    EXPECT_EQ(page["form"]["types"].items().front(), Value("parking-permit"));
    EXPECT_EQ(page["rotation"], Value(how.rotation));
    ASSERT_EQ(read.file["forms"].items().size(), 1U) << read.output;
    const Value& form = read.file["forms"].items().front();
    EXPECT_EQ(form["municipality"], Value("voorbeeld"));
    const Value& fields = form["fields"];
    EXPECT_EQ(fields["bsn"]["value"], Value("999990019")) << read.output;
    EXPECT_TRUE(fields["birthDate"]["value"] == Value("1948-03-27") ||
                fields["birthDate"]["state"] == Value("doubtful"))
        << to_json(fields["birthDate"]);
    EXPECT_EQ(fields["permitNumber"]["value"], Value("0012345"));
    EXPECT_EQ(fields["postcode"]["state"], Value("empty"));
    EXPECT_EQ(fields["vehicle"]["value"], Value("van"));
    EXPECT_EQ(fields["vehicle"]["state"], Value("certain"));
    EXPECT_EQ(to_json(fields["days"]["value"]), R"(["saturday","sunday"])");
    EXPECT_EQ(fields["remarks"]["state"], Value("empty"));
    EXPECT_EQ(fields["signature"]["value"], Value(true));
    EXPECT_EQ(fields["formNumber"]["value"], Value("GV-2019-004711"));
    EXPECT_EQ(fields["formNumber"]["state"], Value("certain"));
  }
}

TEST_F(AFormOfAnotherMaker, BeginsAgainWithEachCopyInAFile) {
  ParkingForm other(example_template());
  other.write("bsn", "111222333", 2).tick("vehicle", "car");
  const fs::path file = folder_.path() / "both.pdf";
  std::ofstream(file, std::ios::binary)
      << pdf_of({filled().scan({.dpi = 200}), other.scan({.dpi = 200, .rotation = 90})});
  const Read read = read_by_template(example(), {file});
  ASSERT_EQ(read.file["forms"].items().size(), 2U) << read.output;
  EXPECT_EQ(read.file["forms"].items()[0]["fields"]["vehicle"]["value"], Value("van"));
  EXPECT_EQ(read.file["forms"].items()[1]["fields"]["vehicle"]["value"], Value("car"));
  EXPECT_EQ(to_json(read.file["forms"].items()[1]["pages"]), "[1]");
}

/// A form with light frames and much print, as it is printed for real: ours, with its code and its marks
/// painted over.
TEST(AFormOfSeveralPages, IsFoundPageByPageByNothingButItsFrames) {
  const TemporaryFolder folder;
  const auto print = [&](std::vector<std::string> rest) {
    rest.insert(rest.begin(),
                {softbot_program(), "print-form", "small-aids", "--municipality", "voorbeeld", "-o"});
    return run(rest);
  };
  const Ended written = print({"-", "--geometry"});
  FormGeometry geometry = geometry_from(parse_json(written.output).value()).value();
  geometry.pages.resize(3);
  std::erase_if(geometry.fields, [](const PaperField& field) { return field.page > 3; });
  const fs::path pdf = folder.path() / "form.pdf";
  ASSERT_EQ(print({pdf.string()}).status, 0);
  ASSERT_EQ(
      run({"/usr/bin/pdftoppm", "-gray", "-r", "304.8", pdf.string(), (folder.path() / "p").string()}).status,
      0);
  std::vector<GrayImage> pages;
  for (std::size_t i = 0; i < geometry.pages.size(); ++i) {
    DrawnPage page(pgm_in(folder.path() / ("p-" + std::to_string(i + 1) + ".pgm")));
    for (const MmBox& mark : geometry.pages[i].marks) page.fill(mark, 255);
    page.fill(geometry.pages[i].code, 255);
    pages.push_back(scanned(page.picture(), {.dpi = 200, .skew = i % 2 == 0 ? 1.1 : -0.7, .noise = 3}));
  }
  const fs::path scan = folder.path() / "scan.pdf";
  std::ofstream(scan, std::ios::binary) << pdf_of(pages);
  const fs::path form = folder.path() / "template.json";
  std::ofstream(form) << to_pretty_json(template_of(geometry));
  const Read read = read_by_template(form, {scan});
  ASSERT_EQ(read.status, 0) << read.output;
  int found = 0;
  for (const Value& page : read.file["pages"].items()) {
    const auto number = page["index"].as_integer().value_or(-1) + 1;
    if (page["form"].is_null()) continue;
    ++found;
    EXPECT_EQ(page["form"]["page"].as_integer(), number);
  }
  EXPECT_EQ(found, 3) << read.output;
  EXPECT_EQ(read.file["forms"].items().size(), 1U);
  for (const Value::Member& field : read.file["forms"].items().front()["fields"].members())
    EXPECT_EQ(field.value["state"], Value("empty")) << field.name << to_json(field.value);
}

TEST_F(AFormOfAnotherMaker, IsNotReadFromAPageOfSomethingElse) {
  DrawnPage letter;
  for (double y = 60; y < 220; y += 6) {
    for (double x = 20; x < 180; x += 3) letter.stroke({x, y}, {x + 1.4, y + 2}, 0.4, 40);
  }
  const Read read = read_by_template(example(), {scan_file(scanned(letter.picture(), {.dpi = 200}))});
  EXPECT_EQ(read.status, 0) << read.output;
  EXPECT_TRUE(read.file["pages"].items().front()["form"].is_null());
  EXPECT_EQ(read.file["pages"].items().front()["problem"], Value("no-fit"));
  EXPECT_TRUE(read.file["forms"].items().empty());
}

/// Dense print shows thin lines nearly everywhere: those of a form too, but never where all of them are.
TEST_F(AFormOfAnotherMaker, IsNotSeenInDensePrint) {
  for (const char* name : {"linn.png", "ccitt.pdf"}) {
    const fs::path scan = test_data() / "odd-scans" / name;
    if (!fs::exists(scan)) GTEST_SKIP() << "there is no " << scan << "; set SOFTBOT_DATA";
    const Read read = read_by_template(example(), {scan});
    EXPECT_EQ(read.file["pages"].items().front()["problem"], Value("no-fit")) << name;
  }
}

TEST_F(AFormOfAnotherMaker, IsRefusedWithAllMistakesOfItsTemplate) {
  const fs::path wrong = folder_.path() / "wrong.json";
  std::string text = bytes_of(example());
  text.replace(text.find("\"choice\": \"single\""), 18, "\"choice\": \"double\"");
  text.replace(text.find("\"rule\": \"date\""), 14, "\"rule\": \"data\"");
  std::ofstream(wrong) << text;
  const Ended ended = run({softbot_program(), "read", "--template", wrong.string(), wrong.string()});
  EXPECT_EQ(ended.status, 3) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("/fields/2/rule"));
  EXPECT_THAT(ended.output, HasSubstr("Did you mean \"date\"?"));
  EXPECT_THAT(ended.output, HasSubstr("/fields/6/choice"));
  EXPECT_EQ(read_by_template(folder_.path() / "absent.json", {wrong}).status, 3);
}

}  // namespace
}  // namespace softbot::tests

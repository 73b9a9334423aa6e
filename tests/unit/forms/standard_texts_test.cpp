#include "forms/standard_texts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "shipped.h"

namespace softbot {
namespace {

namespace fs = std::filesystem;
using forms_test::config_dir;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

/// A configuration folder with nothing but standard texts.
class Texts : public testing::Test {
 protected:
  Texts() { fs::create_directories(folder_ / "letters"); }
  ~Texts() override { fs::remove_all(folder_); }
  void general(const std::string& texts) { write(folder_ / "letters" / "standard-texts.json", texts); }
  void of(const std::string& municipality, const std::string& texts) {
    fs::create_directories(folder_ / "municipalities" / municipality);
    write(folder_ / "municipalities" / municipality / "standard-texts.json", texts);
  }
  [[nodiscard]] std::vector<std::string> problems() const {
    std::vector<std::string> lines;
    for (const ConfigProblem& problem : check_standard_texts(folder_)) lines.push_back(to_line(problem));
    return lines;
  }
  [[nodiscard]] std::vector<std::string> chosen(const std::string& municipality,
                                                const std::string& type) const {
    std::vector<std::string> texts;
    for (const StandardText& text :
         standard_texts_for(load_standard_texts(folder_).value(), municipality, type))
      texts.push_back(text.text);
    return texts;
  }

 private:
  static void write(const fs::path& file, const std::string& texts) {
    std::ofstream(file) << R"({"texts": [)" << texts << "]}";
  }
  fs::path folder_ =
      fs::temp_directory_path() / ("softbot-texts-" + std::to_string(reinterpret_cast<std::uintptr_t>(this)));
};

TEST(ShippedStandardTexts, CanAllBeUsed) {
  EXPECT_THAT(check_standard_texts(config_dir()), IsEmpty());
  EXPECT_THAT(load_standard_texts(config_dir()).value(), Not(IsEmpty()));
}

TEST_F(Texts, MayBeAbsent) {
  EXPECT_THAT(problems(), IsEmpty());
  EXPECT_THAT(load_standard_texts(fs::path("/does/not/exist")).value(), IsEmpty());
}

TEST_F(Texts, AreForTheTypesThatTheyName) {
  general(R"({"name": "a", "title": "A", "text": "Voor alles."},
             {"name": "b", "title": "B", "text": "Voor hulp.", "types": ["household-help"]})");
  EXPECT_THAT(chosen("voorbeeld", "household-help"), ElementsAre("Voor alles.", "Voor hulp."));
  EXPECT_THAT(chosen("voorbeeld", "small-aids"), ElementsAre("Voor alles."));
}

TEST_F(Texts, OfAMunicipalityTakeThePlaceOfTheGeneralOne) {
  general(R"({"name": "a", "title": "A", "text": "Algemeen."}, {"name": "b", "title": "B", "text": "Ook."})");
  of("molendam", R"({"name": "a", "title": "A", "text": "Van Molendam."})");
  EXPECT_THAT(chosen("molendam", "small-aids"), ElementsAre("Van Molendam.", "Ook."));
  EXPECT_THAT(chosen("voorbeeld", "small-aids"), ElementsAre("Algemeen.", "Ook."));
}

TEST_F(Texts, WithMistakesAreRefusedAndEachMistakeIsNamed) {
  general(R"({"name": "a b", "title": "A", "text": "T", "outcomes": ["refuse"]},
             {"name": "c", "title": "C", "text": ""}, {"name": "c", "title": "C", "text": "T", "txt": 1})");
  EXPECT_THAT(problems(), Contains(HasSubstr("letters/standard-texts.json /texts/0/name")));
  EXPECT_THAT(problems(), Contains(HasSubstr("Did you mean \"refused\"?")));
  EXPECT_THAT(problems(), Contains(HasSubstr("/texts/1/text")));
  EXPECT_THAT(problems(), Contains(HasSubstr("/texts/2/name")));
  EXPECT_THAT(problems(), Contains(HasSubstr("/texts/2/txt")));
}

}  // namespace
}  // namespace softbot

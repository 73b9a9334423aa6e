#include "web/drawing_check.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "support/checkout.h"

namespace softbot::web {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string model(const std::string& inside, const std::string& version = "20191111") {
  return R"(<?xml version="1.0"?><dmn:definitions xmlns:dmn="https://www.omg.org/spec/DMN/)" + version +
         R"(/MODEL/" xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/">)" + inside +
         "</dmn:definitions>";
}

TEST(WhatDmnJsCannotDraw, IsWhatOnlyLaterVersionsOfDmnKnow) {
  EXPECT_THAT(not_drawable(model("<dmn:decision name=\"for every filter\"/>")), IsEmpty());
  EXPECT_THAT(not_drawable(model("<dmn:conditional>\n<dmn:if/></dmn:conditional><for\nid=\"x\"/>")),
              ElementsAre("een keuze als-dan-anders (conditional)", "een herhaling over een lijst (for)"));
  EXPECT_THAT(not_drawable(model("", "20230324")), ElementsAre("een andere versie van DMN dan 1.3"));
}

TEST(WhatDmnJsCannotDraw, IsNothingOfTheShippedPolicies) {
  const auto folder = checkout() / "config/policy/default";
  int models = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    if (file.path().extension() != ".dmn") continue;
    std::stringstream text;
    text << std::ifstream(file.path()).rdbuf();
    EXPECT_THAT(not_drawable(text.str()), IsEmpty()) << file.path();
    ++models;
  }
  EXPECT_EQ(models, 3);
}

}  // namespace
}  // namespace softbot::web

#include <gtest/gtest.h>

#include <string>

#include "web/assets.h"
#include "web/embedded.h"
#include "web/template_engine.h"

namespace softbot::web {
namespace {

TEST(Templates, EveryOneParsesAndFillsWithNothing) {
  ASSERT_GT(embedded_templates().size(), 20U);
  for (const EmbeddedTemplate& each : embedded_templates()) {
    EXPECT_NO_THROW((void)render(each.name, Value::object())) << each.name;
  }
}

TEST(Templates, TextIsEscapedEverywhereButForFinishedContent) {
  const std::string page = render("message", Value::object({{"heading", "<b>\"&"}, {"text", "x"}}));
  EXPECT_NE(page.find("&lt;b&gt;&quot;&amp;"), std::string::npos);
  for (const EmbeddedTemplate& each : embedded_templates()) {
    std::string text(each.text);
    for (const std::string allowed : {"{{{content}}}", "{{{accent}}}", "{{{letterHtml}}}"}) {
      for (std::size_t at = text.find(allowed); at != std::string::npos; at = text.find(allowed))
        text.erase(at, allowed.size());
    }
    EXPECT_EQ(text.find("{{{"), std::string::npos) << each.name;
    EXPECT_EQ(text.find("{{&"), std::string::npos) << each.name;
  }
}

TEST(Templates, NoInlineScriptOrStyleWithoutNonceAndNoOtherHost) {
  for (const EmbeddedTemplate& each : embedded_templates()) {
    const std::string text(each.text);
    EXPECT_EQ(text.find(" style=\""), std::string::npos) << each.name;
    EXPECT_EQ(text.find(" onclick="), std::string::npos) << each.name;
    EXPECT_EQ(text.find("https://"), std::string::npos) << each.name;
    EXPECT_EQ(text.find("<style>"), std::string::npos) << each.name;
    EXPECT_EQ(text.find("<script>"), std::string::npos) << each.name;
  }
}

TEST(Templates, EveryPostedFormOfStaffCarriesTheToken) {
  for (const EmbeddedTemplate& each : embedded_templates()) {
    const std::string text(each.text);
    for (std::size_t at = text.find("method=\"post\""); at != std::string::npos;
         at = text.find("method=\"post\"", at + 1)) {
      const std::string form = text.substr(at, text.find("</form>", at) - at);
      EXPECT_NE(form.find("name=\"csrf\""), std::string::npos) << each.name;
    }
  }
}

TEST(Templates, AnUnknownNameIsABug) {
  EXPECT_THROW((void)render("no/such", Value::object()), std::logic_error);
}

TEST(Assets, StylesAndScriptsCarryTheirContentInTheirName) {
  if (embedded_assets().empty()) GTEST_SKIP() << "built without the client";
  EXPECT_TRUE(asset_address("site", ".css").starts_with("/assets/site-"));
  EXPECT_TRUE(asset_address("site", ".js").starts_with("/assets/site-"));
  EXPECT_EQ(asset_address("absent", ".js"), "");
}

}  // namespace
}  // namespace softbot::web

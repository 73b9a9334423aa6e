#include "http/multipart.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "domain/json.h"

namespace softbot::http {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

constexpr std::string_view type = "multipart/form-data; boundary=\"edge 1\"";
constexpr std::string_view plain_type = "multipart/form-data; boundary=edge";

std::string field(std::string_view name, std::string_view value) {
  return std::string("--edge\r\nContent-Disposition: form-data; name=\"")
      .append(name)
      .append("\"\r\n\r\n")
      .append(value)
      .append("\r\n");
}

std::string file(std::string_view name, std::string_view file_name, std::string_view content) {
  return std::string("--edge\r\nContent-Disposition: form-data; name=\"")
      .append(name)
      .append("\"; filename=\"")
      .append(file_name)
      .append("\"\r\nContent-Type: application/pdf\r\n\r\n")
      .append(content)
      .append("\r\n");
}

TEST(MultipartTest, GivesFieldsAndFiles) {
  const auto form = parse_multipart(plain_type, field("name", "Jansen") +
                                                    file("scan", "C:\\scans\\page 1.pdf", "%PDF\r\n--no") +
                                                    field("name", "again") + "--edge--\r\n");
  ASSERT_TRUE(form) << form.error().message;
  EXPECT_THAT(form->fields.all("name"), testing::ElementsAre("Jansen", "again"));
  ASSERT_THAT(form->files, SizeIs(1));
  EXPECT_EQ(form->files[0], (UploadedFile{"scan", "page 1.pdf", "application/pdf", "%PDF\r\n--no"}));
}

TEST(MultipartTest, TakesAPreambleAndAnEpilogue) {
  const auto form = parse_multipart(plain_type, "preamble\r\n" + field("a", "") + "--edge--\r\nepilogue");
  ASSERT_TRUE(form);
  EXPECT_EQ(form->fields.find("a"), "");
}

TEST(MultipartTest, LeavesOutTheFileInputThatWasLeftEmpty) {
  const auto form = parse_multipart(plain_type, file("scan", "", "") + "--edge--\r\n");
  ASSERT_TRUE(form);
  EXPECT_TRUE(form->files.empty());
}

TEST(MultipartTest, SaysWhatIsWrong) {
  const std::string good = field("a", "b");
  EXPECT_EQ(parse_multipart("application/json", good).error().code, ErrorCode::unsupported);
  for (const auto& [content_type, body] : std::vector<std::pair<std::string, std::string>>{
           {"multipart/form-data", good + "--edge--"},
           {std::string(type), good + "--edge--"},
           {std::string(plain_type), ""},
           {std::string(plain_type), "--edge"},
           {std::string(plain_type), good},
           {std::string(plain_type), "--edge\r\n\r\nno headers\r\n--edge--"},
           {std::string(plain_type), "--edge\r\nContent-Disposition: form-data\r\n\r\nx\r\n--edge--"},
           {std::string(plain_type),
            "--edge\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nx\r\n--edge--"},
           {std::string(plain_type),
            "--edge rubbish\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--edge--"},
           {std::string(plain_type), field("a", "\xff") + "--edge--"},
           {std::string(plain_type), field("a", std::string_view("\0", 1)) + "--edge--"}}) {
    const auto form = parse_multipart(content_type, body);
    ASSERT_FALSE(form) << body;
    EXPECT_EQ(form.error().code, ErrorCode::invalid_input) << body;
  }
}

TEST(MultipartTest, KeepsWithinItsLimits) {
  const MultipartLimits limits{.form = {.fields = 2, .name_bytes = 5, .value_bytes = 5},
                               .files = 1,
                               .file_bytes = 5,
                               .part_header_bytes = 200};
  const std::string end = "--edge--\r\n";
  EXPECT_TRUE(
      parse_multipart(plain_type, field("a", "1") + field("b", "2") + file("f", "n", "12345") + end, limits));
  for (const std::string& body :
       {field("a", "1") + field("b", "2") + field("c", "3"), field("toolong", "1"), field("a", "123456"),
        file("f", "n", "123456"), file("f", "n", "1") + file("g", "n", "2"),
        file("f", std::string(300, 'n'), "1")}) {
    const auto form = parse_multipart(plain_type, body + end, limits);
    ASSERT_FALSE(form) << body;
    EXPECT_EQ(form.error().code, ErrorCode::too_large) << body;
  }
}

RC_GTEST_PROP(MultipartTest, AnyContentComesBackAsItWas, (const std::string& content)) {
  RC_PRE(content.find("--edge") == std::string::npos);
  const auto form = parse_multipart(plain_type, file("f", "n.pdf", content) + "--edge--\r\n");
  RC_ASSERT(form.has_value());
  RC_ASSERT(form->files.at(0).content == content);
}

TEST(FormTest, IsDecoded) {
  const auto form = parse_form("name=Ren%C3%A9e+de+Wit&empty=&flag&&a=b=c");
  ASSERT_TRUE(form);
  EXPECT_EQ(form->get("name"), "Renée de Wit");
  EXPECT_EQ(form->find("empty"), "");
  EXPECT_EQ(form->find("flag"), "");
  EXPECT_EQ(form->get("a"), "b=c");
  EXPECT_EQ(form->find("absent"), std::nullopt);
}

TEST(FormTest, IsRefusedWhenBrokenOrTooMuch) {
  EXPECT_EQ(parse_form("a=%4").error().code, ErrorCode::invalid_input);
  EXPECT_EQ(parse_form("%=a").error().code, ErrorCode::invalid_input);
  EXPECT_EQ(parse_form("a=%FF").error().code, ErrorCode::invalid_input);
  EXPECT_EQ(parse_form("a=1&b=2&c=3", {.fields = 2}).error().code, ErrorCode::too_large);
  EXPECT_EQ(parse_form("a=123456", {.value_bytes = 5}).error().code, ErrorCode::too_large);
}

RC_GTEST_PROP(PercentTest, EncodingIsUndoneByDecoding, (const std::string& text)) {
  RC_ASSERT(percent_decoded(percent_encoded(text)) == text);
}

TEST(FileNameTest, IsMadeSafe) {
  EXPECT_EQ(safe_file_name("../../etc/passwd"), "passwd");
  EXPECT_EQ(safe_file_name("C:\\Users\\x\\scan.pdf"), "scan.pdf");
  EXPECT_EQ(safe_file_name("...hidden"), "hidden");
  EXPECT_EQ(safe_file_name("a\r\nb<>.pdf"), "ab.pdf");
  EXPECT_EQ(safe_file_name("\xff\xfe"), "bestand");
  EXPECT_EQ(safe_file_name(".."), "bestand");
  EXPECT_EQ(safe_file_name(""), "bestand");
  const std::string shortened = safe_file_name(std::string(300, 'x') + ".pdf");
  EXPECT_EQ(shortened.size(), 120U);
  EXPECT_TRUE(shortened.ends_with("x.pdf"));
}

RC_GTEST_PROP(FileNameTest, IsAlwaysShortUtf8WithoutSeparators, (const std::string& name)) {
  const std::string safe = safe_file_name(name);
  RC_ASSERT(!safe.empty() && safe.size() <= 120 && is_utf8(safe));
  RC_ASSERT(safe.find_first_of("/\\") == std::string::npos && safe.front() != '.');
}

}  // namespace
}  // namespace softbot::http

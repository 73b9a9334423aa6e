#include "forms/algorithm_register.h"

#include <algorithm>

#include "domain/date.h"
#include "domain/email.h"

namespace softbot {
namespace {

constexpr const char* place = "/algorithmRegister";

bool is_link(const std::string& text) {
  return text.starts_with("https://");
}

std::string read_link(ConfigReader& reader, const Value& object, const std::string& path,
                      std::string_view name) {
  std::string link = reader.text(object, path, name, Need::optional);
  if (!link.empty() && !is_link(link))
    reader.report(pointer(path, name), "An address begins with https://.", "Write https:// in front of it.");
  return link;
}

std::vector<TitledLink> read_links(ConfigReader& reader, const Value& object, std::string_view name) {
  std::vector<TitledLink> links;
  const Value::List& items = reader.list(object, place, name, Need::optional);
  for (std::size_t i = 0; i < items.size(); ++i) {
    const std::string path = pointer(pointer(place, name), i);
    if (!reader.check_object(items[i], path, {"title", "link"})) continue;
    links.push_back(
        {reader.text(items[i], path, "title", Need::required), read_link(reader, items[i], path, "link")});
  }
  return links;
}

}  // namespace

const std::vector<std::string>& publication_categories() {
  static const std::vector<std::string> categories{"Hoog-risico AI-systeem", "Impactvolle algoritmes",
                                                   "Overige algoritmes"};
  return categories;
}

std::optional<AlgorithmRegister> read_algorithm_register(ConfigReader& reader, const Value& file) {
  const Value& value = file["algorithmRegister"];
  if (value.is_null()) return std::nullopt;
  AlgorithmRegister entry;
  if (!reader.check_object(
          value, place,
          {"publicationCategory", "contact", "inUseSince", "considerations", "provider", "sourceCode",
           "processingRegister", "localRules", "impactAssessments", "impactNote"}))
    return entry;
  entry.publication_category = reader.one_of(value, place, "publicationCategory", publication_categories());
  entry.contact = reader.text(value, place, "contact", Need::required);
  if (!entry.contact.empty() && !is_link(entry.contact) && !parse_email(entry.contact)) {
    reader.report(pointer(place, "contact"), "This is neither an e-mail address nor a page.",
                  "Write it as name@example.nl or https://...");
  }
  entry.in_use_since = reader.text(value, place, "inUseSince", Need::optional);
  if (!entry.in_use_since.empty() && !parse_iso_date(entry.in_use_since + "-01")) {
    reader.report(pointer(place, "inUseSince"), "This is no month.", R"(Write it as "2026-11".)");
  }
  entry.considerations = reader.text(value, place, "considerations", Need::optional);
  entry.provider = reader.text(value, place, "provider", Need::optional);
  entry.source_code = read_link(reader, value, place, "sourceCode");
  entry.processing_register = read_link(reader, value, place, "processingRegister");
  entry.local_rules = read_links(reader, value, "localRules");
  entry.impact_assessments = read_links(reader, value, "impactAssessments");
  entry.impact_note = reader.text(value, place, "impactNote", Need::optional);
  return entry;
}

}  // namespace softbot

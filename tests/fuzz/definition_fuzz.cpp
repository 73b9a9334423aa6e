// links: softbot_forms softbot_domain
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "forms/catalogue.h"
#include "forms/completeness.h"
#include "forms/facts.h"
#include "forms/municipality.h"
#include "forms/schema.h"
#include "forms/structure.h"

namespace {

constexpr std::string_view common = R"({"type":"common","version":1,"title":{"nl":"Over u","en":"About you"},
  "sections":[{"name":"who","title":{"nl":"Wie","en":"Who"},"fields":[{"name":"alone","kind":"yes-no",
  "class":"supporting","label":{"nl":"Alleen?","en":"Alone?"},"purpose":{"nl":"x","en":"x"}}]}]})";
constexpr std::string_view signals =
    R"({"version":1,"signals":[{"code":"one","label":"Een","words":["eenzaam"]}]})";

}  // namespace

/// Any text as a definition: it loads, or every mistake is named. What loads can be used for all that
/// definitions are for.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace softbot;
  using namespace std::chrono_literals;
  const std::string text(reinterpret_cast<const char*>(data), size);
  const FormFiles files{{"forms/common.json", std::string(common)},
                        {"forms/signals.json", std::string(signals)},
                        {"forms/extension.json", text}};
  const auto catalogue = load_catalogue(files);
  if (!catalogue) {
    if (catalogue.error().fields.empty()) std::abort();
  } else if (const FormDefinition* definition = catalogue->find("extension")) {
    const Value nothing = Value::object();
    if (!check_structure(catalogue->common(), *definition, nothing, nothing, 0).empty()) std::abort();
    (void)check_completeness(catalogue->common(), *definition,
                             {nothing, nothing, {}, "web", 2026y / 11 / 21});
    (void)facts_from(catalogue->common(), *definition, nothing, nothing);
    (void)submission_schema(catalogue->common(), *definition);
  }
  (void)parse_municipality("municipalities/any.json", text);
  return 0;
}

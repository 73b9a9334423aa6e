#include "adapters/letters/markup_rules.h"

namespace softbot::letters {
namespace {

const std::set<std::string_view> kInline = {"b", "i", "a", "br"};
const std::set<std::string_view> kBlocks = {"h1",        "h2", "p",   "ul",   "ol",         "table",
                                            "signature", "qr", "box", "keep", "page-break", "sheet"};
/// In a sheet nothing that turns pages or lies at a place of its own.
const std::set<std::string_view> kSheetBlocks = {"h1", "h2", "p", "ul", "ol", "table"};

}  // namespace

const std::map<std::string_view, ElementRule>& rules() {
  static const std::map<std::string_view, ElementRule> table = {
      {"letter",
       {{"letterhead", "return-address", "address", "reference", "body"},
        {"language", "title", "window", "colour"},
        {"footer"}}},
      {"letterhead", {{}, {}, {"department"}, true}},
      {"return-address", {{}, {}, {}, true}},
      {"address", {{"line"}, {}, {}}},
      {"line", {{}, {}, {}, true}},
      {"reference", {{"item"}, {}, {}}},
      {"item", {{}, {"label"}, {}, true}},
      {"body", {kBlocks, {}, {}}},
      {"box", {kBlocks, {}, {}}},
      {"keep", {kBlocks, {}, {}}},
      {"h1", {kInline, {}, {}, true}},
      {"h2", {kInline, {}, {}, true}},
      {"p", {kInline, {}, {}, true}},
      {"ul", {{"li"}, {}, {}}},
      {"ol", {{"li"}, {}, {}}},
      {"li", {kInline, {}, {}, true}},
      {"table", {{"tr"}, {}, {"head-share", "plain"}}},
      {"tr", {{"th", "td"}, {}, {}}},
      {"th", {kInline, {}, {}, true}},
      {"td", {kInline, {}, {}, true}},
      {"b", {kInline, {}, {}, true}},
      {"i", {kInline, {}, {}, true}},
      {"a", {{"b", "i", "br"}, {"href"}, {}, true}},
      {"br", {{}, {}, {}}},
      {"signature", {{}, {"name-label", "date-label", "sign-label"}, {"name"}}},
      {"qr", {{}, {"content", "description"}, {}}},
      {"page-break", {{}, {}, {}}},
      {"sheet", {kSheetBlocks, {"kind", "code", "readable", "description"}, {"date-label", "sign-label"}}},
  };
  return table;
}

}  // namespace softbot::letters

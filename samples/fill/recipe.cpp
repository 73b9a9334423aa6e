#include "recipe.h"

#include <algorithm>
#include <array>
#include <utility>

#include "domain/json.h"

namespace softbot::fill {
namespace {

tl::unexpected<Error> wrong(const std::string& file, const std::string& what) {
  return fail(ErrorCode::invalid_input, "Recipe \"" + file + "\": " + what);
}

Result<void> check_members(const std::string& file, const Value& object,
                           const std::vector<std::string_view>& known) {
  for (const auto& [name, value] : object.members()) {
    if (std::find(known.begin(), known.end(), name) == known.end())
      return wrong(file, "\"" + name + "\" is not known here.");
  }
  return {};
}

double number_or(const Value& value, double otherwise) {
  return value.as_number() != nullptr ? std::stod(value.as_number()->text) : otherwise;
}

std::string text_or(const Value& value, const std::string& otherwise) {
  return value.is_text() ? value.text_or_empty() : otherwise;
}

Result<FormRecipe> form_from(const std::string& file, const Value& json) {
  if (const auto known =
          check_members(file, json,
                        {"municipality", "types", "bsn", "pen", "ticks", "answers", "mistake", "freeText",
                         "corrections", "cancelled", "olderVersion", "codeMunicipality"});
      !known) {
    return fail(known.error());
  }
  FormRecipe form;
  form.municipality = text_or(json["municipality"], form.municipality);
  for (const Value& type : json["types"].items()) form.types.push_back(type.text_or_empty());
  if (form.types.empty()) return wrong(file, "a form names its \"types\".");
  form.bsn = json["bsn"].text_or_empty();
  form.answers = json["answers"];
  form.pen = pen_from(json["pen"].text_or_empty());
  if (json.contains("pen") && !form.pen) return wrong(file, "\"pen\" is blue, black or pencil.");
  form.ticks = tick_style_from(json["ticks"].text_or_empty());
  if (json.contains("ticks") && !form.ticks)
    return wrong(file, "\"ticks\" is cross, check, dot, scribble, slash or circle.");
  const auto mistake = mistake_from(text_or(json["mistake"], "none"));
  if (!mistake) return wrong(file, "there is no mistake \"" + json["mistake"].text_or_empty() + "\".");
  form.mistake = *mistake;
  form.free_text = number_or(json["freeText"], 0);
  form.corrections = number_or(json["corrections"], 0);
  form.cancelled = number_or(json["cancelled"], 0);
  form.older_version = json["olderVersion"].as_bool().value_or(false);
  form.code_municipality = json["codeMunicipality"].text_or_empty();
  return form;
}

/// "2:3 upside-down", "blank", "letter".
std::optional<SheetRecipe> sheet_from(std::string_view text) {
  SheetRecipe sheet;
  constexpr std::string_view turned = " upside-down";
  if (text.ends_with(turned)) {
    sheet.upside_down = true;
    text.remove_suffix(turned.size());
  }
  if (text == "blank" || text == "letter") {
    sheet.kind = text == "blank" ? SheetRecipe::Kind::blank : SheetRecipe::Kind::letter;
    return sheet;
  }
  const bool is_page = text.size() == 3 && text[0] >= '1' && text[0] <= '9' && text[1] == ':' &&
                       text[2] >= '1' && text[2] <= '9';
  if (!is_page) return std::nullopt;
  sheet.form = static_cast<std::size_t>(text[0] - '1');
  sheet.page = text[2] - '0';
  return sheet;
}

Result<FileRecipe> file_from(const Value& json) {
  FileRecipe file;
  file.name = json["name"].text_or_empty();
  if (const auto known = check_members(file.name, json,
                                       {"name", "title", "seed", "degrade", "format", "dpi", "bilevel",
                                        "forms", "sheets", "letter", "municipality", "expect", "provisions"});
      !known) {
    return fail(known.error());
  }
  if (file.name.empty()) return wrong("", "a file has a \"name\".");
  file.title = json["title"].text_or_empty();
  file.seed = static_cast<std::uint64_t>(json["seed"].as_integer().value_or(1));
  const auto degradation = degradation_from(text_or(json["degrade"], "normal"));
  if (!degradation)
    return wrong(file.name, "there is no degradation \"" + json["degrade"].text_or_empty() + "\".");
  file.degradation = *degradation;
  if (json.contains("format")) {
    file.format = scan_format_from(json["format"].text_or_empty());
    if (!file.format) return wrong(file.name, "\"format\" is pdf, tif, jpg or png.");
  }
  file.bilevel = json["bilevel"].as_bool();
  if (json.contains("dpi")) file.dpi = number_or(json["dpi"], 300);
  for (const Value& one : json["forms"].items()) {
    auto form = form_from(file.name, one);
    if (!form) return fail(form.error());
    file.forms.push_back(std::move(*form));
  }
  for (const Value& one : json["sheets"].items()) {
    const auto sheet = sheet_from(one.text_or_empty());
    if (!sheet || (sheet->kind == SheetRecipe::Kind::form_page && sheet->form >= file.forms.size()))
      return wrong(file.name, "there is no sheet \"" + one.text_or_empty() + "\".");
    file.sheets.push_back(*sheet);
  }
  file.letter = json["letter"].text_or_empty();
  if (file.forms.empty() && file.sheets.empty())
    return wrong(file.name, "it has no \"forms\" and no \"sheets\".");
  return file;
}

}  // namespace

Result<std::vector<FileRecipe>> recipes_from(std::string_view json) {
  const auto parsed = parse_json(json);
  if (!parsed) return fail(ErrorCode::invalid_input, "The recipes are no JSON: " + parsed.error().message);
  std::vector<FileRecipe> files;
  for (const Value& one : (*parsed)["files"].items()) {
    auto file = file_from(one);
    if (!file) return fail(file.error());
    files.push_back(std::move(*file));
  }
  if (files.empty()) return fail(ErrorCode::invalid_input, "The recipes hold no \"files\".");
  return files;
}

}  // namespace softbot::fill

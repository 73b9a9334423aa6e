#include "form_maker.h"

#include <algorithm>
#include <utility>

#include "forms/paper_layout.h"
#include "page_writer.h"
#include "truth.h"

namespace softbot::fill {
namespace {

constexpr double drawn_dpi = 300;  ///< pages are drawn at least this fine

std::string set_number(Random& random) {
  constexpr std::string_view base32 = "0123456789abcdefghjkmnpqrstvwxyz";
  std::string number;
  for (int i = 0; i < 8; ++i) number += base32[random.below(base32.size())];
  return number;
}

std::string joined(const std::vector<std::string>& types) {
  std::string all;
  for (const std::string& type : types) all += (all.empty() ? "" : "+") + type;
  return all;
}

/// Every fixed answer is one that the form asks for.
Result<void> check_answers(const FormRecipe& recipe, const Catalogue& catalogue) {
  for (const auto& [path, answer] : recipe.answers.members()) {
    const auto point = path.find('.');
    const std::string part = path.substr(0, point);
    const bool own = std::find(recipe.types.begin(), recipe.types.end(), part) != recipe.types.end();
    const FormDefinition* definition = nullptr;
    if (part == "common") definition = &catalogue.common();
    if (own) definition = catalogue.find(part, recipe.municipality);
    if (definition == nullptr || point == std::string::npos ||
        definition->find(path.substr(point + 1)) == nullptr) {
      return fail(ErrorCode::invalid_input,
                  "\"" + path + "\" is no question of this form; write common.urgent or <type>.<question>.");
    }
  }
  return {};
}

ScanCoding coding_for(const FileRecipe& recipe, const Scanner& scanner, std::size_t pages, Random& random) {
  ScanCoding coding{ScanFormat::pdf, scanner.bilevel, scanner.jpeg_quality};
  const double draw = random.uniform();
  if (scanner.kind == Degradation::none && pages == 1 && draw < 0.2) coding.format = ScanFormat::png;
  if (scanner.bilevel && draw < 0.5) coding.format = ScanFormat::tif;
  if (!scanner.bilevel && scanner.kind != Degradation::none && pages == 1 && draw < 0.5)
    coding.format = ScanFormat::jpg;
  coding.format = recipe.format.value_or(coding.format);
  return coding;
}

/// Whether the form's page lies on the scanner at all.
bool lies_in(const FileRecipe& file, std::size_t form, std::size_t page) {
  return file.sheets.empty() || std::ranges::any_of(file.sheets, [&](const SheetRecipe& sheet) {
           return sheet.kind == SheetRecipe::Kind::form_page && sheet.form == form &&
                  sheet.page == static_cast<int>(page);
         });
}

}  // namespace

struct FormMaker::FilledForm {
  PaperForm paper;
  std::string set;
  MeantForm meant;
  WrittenForm written;  ///< points into paper.geometry.fields, which keep their place when this is moved
  Writer writer;
  std::vector<Picture> pages;
  bool invented = false;
  const Municipality* municipality = nullptr;
  const FormRecipe* recipe = nullptr;
};

Result<Person> FormMaker::person_for(const FormRecipe& recipe, const Municipality& municipality,
                                     Random& random) {
  if (workshop_.register_json.empty() && recipe.bsn.empty())
    return inventor_.invent(municipality, workshop_.today, random);
  const auto people = ordinary_people(workshop_.register_json, municipality.register_code, workshop_.today);
  if (!people) return fail(people.error());
  if (recipe.bsn.empty()) return random.one_of(*people);
  const auto found = std::find_if(people->begin(), people->end(),
                                  [&](const Person& person) { return person.bsn == recipe.bsn; });
  if (found == people->end())
    return fail(ErrorCode::not_found, "The register has no ordinary person with number " + recipe.bsn + ".");
  return *found;
}

Result<PaperForm> FormMaker::layout(const FormRecipe& recipe) const {
  std::vector<const FormDefinition*> definitions;
  for (const std::string& type : recipe.types) {
    const FormDefinition* definition = workshop_.catalogue.find(type, recipe.municipality);
    if (definition == nullptr) {
      std::string all;
      for (const std::string& known : workshop_.catalogue.types(recipe.municipality))
        all += (all.empty() ? "" : ", ") + known;
      return fail(ErrorCode::not_found, "There is no form \"" + type + "\"; there are " + all + ".");
    }
    definitions.push_back(definition);
  }
  auto form =
      lay_out_paper_form(workshop_.catalogue.common(), definitions,
                         workshop_.municipalities.find(recipe.municipality)->second, "nl", workshop_.measure);
  if (!form) return form;
  if (!recipe.code_municipality.empty()) form->geometry.municipality = recipe.code_municipality;
  if (recipe.older_version) {
    for (int& version : form->geometry.versions) version = std::max(1, version - 1);
  }
  return form;
}

Result<std::vector<Picture>> FormMaker::write(const FileRecipe& file, std::size_t index,
                                              const FilledForm& form, const Scanner& scanner,
                                              Random& random) const {
  std::vector<Picture> pages;
  const double dpi = std::max(drawn_dpi, scanner.dpi);
  for (std::size_t i = 1; i <= form.paper.geometry.pages.size(); ++i) {
    if (!lies_in(file, index, i)) {
      pages.emplace_back();
      continue;
    }
    auto page = workshop_.paint(form.paper, static_cast<int>(i), dpi, form.set);
    if (!page) return fail(page.error());
    darken_light_print(*page, scanner.dark_frames);
    pages.push_back(scanner.colour ? in_colour(*page) : std::move(*page));
  }
  write_on(pages, form.written, form.writer, workshop_.handwriting, random);
  return pages;
}

Result<FormMaker::FilledForm> FormMaker::fill_in(const FileRecipe& file, std::size_t index,
                                                 const Scanner& scanner) {
  const FormRecipe& recipe = file.forms[index];
  const auto municipality = workshop_.municipalities.find(recipe.municipality);
  if (municipality == workshop_.municipalities.end())
    return fail(ErrorCode::not_found, "There is no municipality \"" + recipe.municipality + "\".");
  if (auto known = check_answers(recipe, workshop_.catalogue); !known) return fail(known.error());
  FilledForm form;
  form.municipality = &municipality->second;
  form.recipe = &recipe;
  auto paper = layout(recipe);
  if (!paper) return fail(paper.error());
  form.paper = std::move(*paper);
  Random random(file.seed, "form", index);
  form.set = set_number(random);
  form.invented = workshop_.register_json.empty();
  const auto person = person_for(recipe, *form.municipality, random);
  if (!person) return fail(person.error());
  const MeaningOptions meaning{recipe.municipality, workshop_.today, recipe.free_text, recipe.answers};
  form.meant = mean_something(workshop_.catalogue, workshop_.mix, recipe.types, *person, meaning, random);
  form.writer = writer_for(workshop_.handwriting, file.seed, index, recipe.pen);
  form.writer.tick = recipe.ticks.value_or(form.writer.tick);
  WritingOptions writing;
  writing.mistake = recipe.mistake;
  writing.numbers_to_the_right = form.writer.numbers_to_the_right;
  writing.strips = workshop_.handwriting.strips.size() > 0;
  writing.corrections = recipe.corrections;
  writing.cancelled = recipe.cancelled;
  form.written = write_down(form.paper.geometry, form.meant, writing, random);
  auto pages = write(file, index, form, scanner, random);
  if (!pages) return fail(pages.error());
  form.pages = std::move(*pages);
  return form;
}

namespace {

/// The order of the sheets as the recipe says, or all pages in order, with blank backs or shuffled.
std::vector<SheetRecipe> sheets_of(const FileRecipe& recipe, const std::vector<std::size_t>& page_counts,
                                   Random& random) {
  if (!recipe.sheets.empty()) return recipe.sheets;
  std::vector<SheetRecipe> sheets;
  for (std::size_t form = 0; form < page_counts.size(); ++form) {
    for (std::size_t page = 1; page <= page_counts[form]; ++page)
      sheets.push_back({SheetRecipe::Kind::form_page, form, static_cast<int>(page), false});
  }
  if (recipe.shuffled) random.shuffle(sheets);
  if (!recipe.blank_backs) return sheets;
  std::vector<SheetRecipe> both;
  for (const SheetRecipe& sheet : sheets) {
    both.push_back(sheet);
    both.push_back({SheetRecipe::Kind::blank, sheet.form, sheet.page, false});
  }
  return both;
}

/// Index in the file of each page of the form; null: the page is not there.
Value places_of(const std::vector<SheetRecipe>& sheets, std::size_t form, std::size_t count) {
  Value places = Value::list();
  for (std::size_t page = 1; page <= count; ++page) {
    const auto found = std::find_if(sheets.begin(), sheets.end(), [&](const SheetRecipe& sheet) {
      return sheet.kind == SheetRecipe::Kind::form_page && sheet.form == form &&
             sheet.page == static_cast<int>(page);
    });
    places.push(found == sheets.end() ? Value() : Value(static_cast<int>(found - sheets.begin())));
  }
  return places;
}

}  // namespace

Result<MadeFile> FormMaker::make(const FileRecipe& recipe) {
  Random machine(recipe.seed, "scanner");
  Scanner scanner = scanner_for(recipe.degradation, machine);
  scanner.dpi = recipe.dpi.value_or(scanner.dpi);
  scanner.bilevel = recipe.bilevel.value_or(scanner.bilevel);
  if (scanner.bilevel) scanner.colour = false;
  std::vector<FilledForm> forms;
  std::vector<std::size_t> counts;
  for (std::size_t i = 0; i < recipe.forms.size(); ++i) {
    auto form = fill_in(recipe, i, scanner);
    if (!form) return fail(form.error());
    counts.push_back(form->pages.size());
    forms.push_back(std::move(*form));
  }
  const auto sheets = sheets_of(recipe, counts, machine);
  std::vector<Picture> scans;
  const Picture* before = nullptr;
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    const SheetRecipe& sheet = sheets[i];
    Random random(recipe.seed, "sheet", i);
    Picture fresh = blank_picture(2480, 3508, scanner.colour ? 3 : 1, drawn_dpi);
    const Picture* page = &fresh;
    if (sheet.kind == SheetRecipe::Kind::letter) {
      write_letter(fresh, recipe.letter, writer_for(workshop_.handwriting, recipe.seed, i, Pen::blue),
                   workshop_.handwriting, random);
    } else if (sheet.kind == SheetRecipe::Kind::form_page) {
      const auto index = static_cast<std::size_t>(sheet.page - 1);
      if (index >= counts[sheet.form])
        return fail(ErrorCode::invalid_input, "Recipe \"" + recipe.name + "\": the form has no page " +
                                                  std::to_string(sheet.page) + ".");
      page = &forms[sheet.form].pages[index];
    }
    Scanner turned = scanner;
    turned.upside_down = scanner.upside_down != sheet.upside_down;
    scans.push_back(
        scanned(*page, sheet.kind == SheetRecipe::Kind::blank ? before : nullptr, turned, random));
    before = sheet.kind == SheetRecipe::Kind::form_page ? page : nullptr;
  }
  const ScanCoding coding = coding_for(recipe, scanner, scans.size(), machine);
  auto bytes = encode(scans, coding);
  if (!bytes) return fail(bytes.error());

  MadeFile made{recipe.name + "." + std::string(name_of(coding.format)),
                std::move(*bytes),
                {},
                Value::list(),
                Value::list()};
  Value all = Value::list();
  for (std::size_t i = 0; i < forms.size(); ++i) {
    const FilledForm& form = forms[i];
    const MeantForm written = as_written(form.meant, form.written);
    Value untold = Value::list();
    for (const WrittenField& place : form.written.fields) {
      if (place.strips) untold.push(place.field->name);
    }
    all.push(Value::object({{"type", joined(form.meant.types)},
                            {"municipality", form.paper.geometry.municipality},
                            {"set", form.set},
                            {"geometry", geometry_id(form.paper.geometry)},
                            {"pages", places_of(sheets, i, counts[i])},
                            {"fields", fields_truth(form.written)},
                            {"ticks", ticks_truth(form.written)},
                            {"notTranscribed", std::move(untold)},
                            {"mistakes", mistakes_truth(form.written, form.recipe->mistake)},
                            {"writer", to_value(form.writer)},
                            {"submission", submission_of(written, form.recipe->municipality)},
                            {"provisions", form.meant.provisions}}));
    if (form.invented) made.people.push(register_entry(form.meant.person, *form.municipality));
    for (const Value& provision : form.meant.provisions.items()) made.provisions.push(provision);
  }
  made.truth = Value::object({{"file", made.name},
                              {"title", recipe.title},
                              {"seed", recipe.seed},
                              {"pages", static_cast<std::uint64_t>(scans.size())},
                              {"degradation", to_value(scanner)},
                              {"forms", std::move(all)}});
  return made;
}

}  // namespace softbot::fill

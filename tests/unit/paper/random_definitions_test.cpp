#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "forms_on_paper.h"

namespace softbot::paper_test {
namespace {

std::string some_words(int most) {
  const auto count = *rc::gen::inRange(1, most + 1);
  std::string words;
  for (int i = 0; i < count; ++i) {
    words += (i == 0 ? "" : " ") + *rc::gen::element<std::string>(
                                       "huis", "ë", "<b>", "(ja)", "wonen", "ondersteuningsvragen", "&",
                                       "عربى", "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch");
  }
  return words;
}

LocalText local(int most) {
  const std::string words = some_words(most);
  return {words, words};
}

Field some_field(int number, bool in_row) {
  Field field;
  field.name = "field" + std::to_string(number);
  field.kind =
      *rc::gen::element(FieldKind::bsn, FieldKind::date, FieldKind::postcode, FieldKind::house_number,
                        FieldKind::phone, FieldKind::iban, FieldKind::money, FieldKind::integer,
                        FieldKind::decimal, FieldKind::text, FieldKind::long_text, FieldKind::yes_no,
                        FieldKind::choice, FieldKind::choices, FieldKind::list, FieldKind::email);
  if (in_row && field.kind == FieldKind::list) field.kind = FieldKind::text;
  field.label = local(15);
  if (*rc::gen::arbitrary<bool>()) field.help = local(30);
  field.required = *rc::gen::arbitrary<bool>();
  if (field.kind == FieldKind::text) field.paper.boxes = *rc::gen::element(0, 0, 1, 5, 20, 21, 60, 80);
  field.paper.beside = *rc::gen::arbitrary<bool>();
  const int options = *rc::gen::inRange(1, 12);
  if (field.kind == FieldKind::choice || field.kind == FieldKind::choices) {
    for (int i = 0; i < options; ++i) field.options.push_back({"option-" + std::to_string(i), local(6), {}});
  }
  if (*rc::gen::arbitrary<bool>())
    field.bounds.maximum = Number{*rc::gen::element<std::string>("0", "9", "10", "0.5", "100000000000000")};
  if (field.kind == FieldKind::list) {
    field.row_label = local(2);
    for (int i = 0; i < *rc::gen::inRange(1, 5); ++i) field.fields.push_back(some_field(i, true));
  }
  if (!in_row && number > 0 && *rc::gen::arbitrary<bool>()) {
    field.show_if.kind = AnswerCondition::Kind::equals;
    field.show_if.field = "field" + std::to_string(*rc::gen::inRange(0, number));
    field.show_if.values = {Value(true)};
  }
  return field;
}

FormDefinition some_definition() {
  FormDefinition definition;
  definition.type = "some-type";
  definition.title = local(6);
  definition.intro = local(20);
  int number = 0;
  for (int i = 0; i < *rc::gen::inRange(1, 4); ++i) {
    Section section;
    section.name = "section-" + std::to_string(i);
    section.title = local(6);
    const int fields = *rc::gen::inRange(1, 8);
    for (int j = 0; j < fields; ++j) section.fields.push_back(some_field(number++, false));
    definition.sections.push_back(std::move(section));
  }
  return definition;
}

RC_GTEST_PROP(RandomDefinitions, ArePrintedSoundlyOrRefusedWithTheirName, ()) {
  const FormDefinition definition = some_definition();
  const PangoTextMeasure measure;
  const auto form =
      lay_out_paper_form(forms_test::shipped("common"), {&definition},
                         shipped_configuration().municipalities->at("voorbeeld"), "nl", measure);
  if (!form) {
    RC_ASSERT(form.error().code == ErrorCode::configuration);
    return;
  }
  const auto broken = broken_promises(*form, measure);
  if (!broken.empty()) RC_FAIL(broken.front());
  RC_ASSERT(paint_page(*form, 1, 60, "00000000").has_value());
}

}  // namespace
}  // namespace softbot::paper_test

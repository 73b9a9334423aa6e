#include "forms/definition.h"

#include <algorithm>
#include <array>
#include <utility>

#include "domain/date.h"

namespace softbot {
namespace {

constexpr std::array kind_names{
    std::pair{FieldKind::bsn, std::string_view("bsn")},
    std::pair{FieldKind::date, std::string_view("date")},
    std::pair{FieldKind::postcode, std::string_view("postcode")},
    std::pair{FieldKind::house_number, std::string_view("house-number")},
    std::pair{FieldKind::phone, std::string_view("phone")},
    std::pair{FieldKind::email, std::string_view("email")},
    std::pair{FieldKind::iban, std::string_view("iban")},
    std::pair{FieldKind::money, std::string_view("money")},
    std::pair{FieldKind::integer, std::string_view("integer")},
    std::pair{FieldKind::decimal, std::string_view("decimal")},
    std::pair{FieldKind::text, std::string_view("text")},
    std::pair{FieldKind::long_text, std::string_view("long-text")},
    std::pair{FieldKind::yes_no, std::string_view("yes-no")},
    std::pair{FieldKind::choice, std::string_view("choice")},
    std::pair{FieldKind::choices, std::string_view("choices")},
    std::pair{FieldKind::list, std::string_view("list")},
    std::pair{FieldKind::signature, std::string_view("signature")},
};

constexpr std::array class_names{
    std::pair{FieldClass::decisive, std::string_view("decisive")},
    std::pair{FieldClass::supporting, std::string_view("supporting")},
    std::pair{FieldClass::own_words, std::string_view("free")},
};

template <class Table, class Key>
std::string_view name_in(const Table& table, Key key) {
  const auto found = std::ranges::find(table, key, &Table::value_type::first);
  return found == table.end() ? std::string_view() : found->second;
}

template <class Key, class Table>
std::optional<Key> key_in(const Table& table, std::string_view name) {
  const auto found = std::ranges::find(table, name, &Table::value_type::second);
  if (found == table.end()) return std::nullopt;
  return found->first;
}

std::vector<std::string> fields_of_class(const FormDefinition& definition, FieldClass wanted) {
  std::vector<std::string> names;
  for (const Section& section : definition.sections) {
    for (const Field& field : section.fields) {
      if (field.field_class == wanted) names.push_back(field.name);
    }
  }
  return names;
}

}  // namespace

std::string_view name_of(FieldKind kind) {
  return name_in(kind_names, kind);
}

std::optional<FieldKind> field_kind_from(std::string_view name) {
  return key_in<FieldKind>(kind_names, name);
}

std::string_view name_of(FieldClass field_class) {
  return name_in(class_names, field_class);
}

std::optional<FieldClass> field_class_from(std::string_view name) {
  return key_in<FieldClass>(class_names, name);
}

std::chrono::year_month_day DateBound::on(std::chrono::year_month_day today) const {
  if (fixed) return *fixed;
  switch (unit) {
    case 'w':
      return add_weeks(today, amount);
    case 'm':
      return add_months(today, amount);
    case 'y':
      return add_months(today, amount * 12);
    default:
      return add_days(today, amount);
  }
}

const Option* Field::option(std::string_view value) const {
  const auto found = std::ranges::find(options, value, &Option::value);
  return found == options.end() ? nullptr : &*found;
}

bool Field::on_channel(std::string_view channel) const {
  return channels.empty() || std::ranges::find(channels, channel) != channels.end();
}

bool Field::optional_on_channel(std::string_view channel) const {
  return std::ranges::find(optional_on, channel) != optional_on.end();
}

const Field* FormDefinition::find(std::string_view name) const {
  for (const Section& section : sections) {
    const auto found = std::ranges::find(section.fields, name, &Field::name);
    if (found != section.fields.end()) return &*found;
  }
  return nullptr;
}

const Section* FormDefinition::section_of(std::string_view field_name) const {
  const auto found = std::ranges::find_if(sections, [&](const Section& section) {
    return std::ranges::find(section.fields, field_name, &Field::name) != section.fields.end();
  });
  return found == sections.end() ? nullptr : &*found;
}

const Attachment* FormDefinition::attachment(std::string_view kind) const {
  const auto found = std::ranges::find(attachments, kind, &Attachment::kind);
  return found == attachments.end() ? nullptr : &*found;
}

int max_length_of(const Field& field) {
  if (field.bounds.max_length) return *field.bounds.max_length;
  switch (field.kind) {
    case FieldKind::long_text:
      return 4000;
    case FieldKind::email:
      return 254;
    case FieldKind::text:
      return 200;
    default:
      return 60;
  }
}

int max_items_of(const Field& field) {
  if (field.bounds.max_items) return *field.bounds.max_items;
  return field.kind == FieldKind::choices ? static_cast<int>(field.options.size()) : 50;
}

std::vector<std::string> decisive_fields(const FormDefinition& definition) {
  return fields_of_class(definition, FieldClass::decisive);
}

std::vector<std::string> free_fields(const FormDefinition& definition) {
  return fields_of_class(definition, FieldClass::own_words);
}

std::string definition_version(const FormDefinition& common, const FormDefinition& definition) {
  return common.type + "@" + std::to_string(common.version) + " " + definition.type + "@" +
         std::to_string(definition.version);
}

}  // namespace softbot

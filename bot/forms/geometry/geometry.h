#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/result.h"
#include "domain/value.h"

namespace softbot {

/// A rectangle on paper in millimetres from the top left of the page.
struct MmBox {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;
  bool operator==(const MmBox&) const = default;
};

/// How an answer is put on paper.
enum class PaperFieldKind {
  characters,  ///< one box per character
  ticks,       ///< boxes to tick: one of several, or any number of them
  line,        ///< writing lines: read as far as it goes, never certain
  signature,   ///< one large box
};

[[nodiscard]] std::string_view name_of(PaperFieldKind kind);
[[nodiscard]] std::optional<PaperFieldKind> paper_field_kind_from(std::string_view name);

/// One box to tick and the answer that it stands for: an option's value, or "true" and "false" for yes-no.
struct PaperTick {
  std::string value;
  MmBox box;
  bool operator==(const PaperTick&) const = default;
};

/// Where one answer stands on paper, and what is needed to read it: no look at the definition is needed, so
/// that last year's paper is read by last year's rules.
struct PaperField {
  std::string
      name;  ///< as in the definition: "bsn", "tasks"; rows of a list: "householdMembers[0].birthYear"
  std::string part;         ///< "common" or the type
  std::string answer_kind;  ///< FieldKind's name: bsn, date, postcode, house-number, phone, text, integer,
                            ///< money, decimal, iban, yes-no, choice, choices, long-text, signature
  std::string field_class;  ///< decisive, supporting, free
  bool required = false;    ///< on paper, whenever the question applies
  int page = 1;             ///< 1-based, of this printed form
  PaperFieldKind kind = PaperFieldKind::characters;
  /// Everything that belongs to the answer: all boxes, lines or frame; of ticks also the words beside them,
  /// so that its crop can be read by a person.
  MmBox box;
  std::vector<MmBox> boxes;  ///< for characters: left to right, top to bottom
  /// For characters, one sign per box: '9' a digit, 'A' a capital, 'X' either, '?' anything. A date is
  /// "99999999" (day, month, year), a postcode "9999AA", money euros then two cents, a decimal whole units
  /// then one tenth. Answers may leave boxes empty, at either end.
  std::string pattern;
  std::vector<PaperTick> ticks;
  bool many = false;  ///< for ticks: any number of them (choices)
  Value bounds;       ///< {minimum, maximum, earliest, latest} as the definition writes them; absent: none
  bool operator==(const PaperField&) const = default;
};

/// One page: its corner marks and where its code is printed.
struct PaperPage {
  std::vector<MmBox> marks;  ///< solid black squares: top left, top right, bottom left, bottom right
  MmBox code;                ///< the QR code
  bool operator==(const PaperPage&) const = default;
};

/// Where everything stands on a printed form. Never changed once printed: `geometry_id` names the content, is
/// printed in every page's code, and finds the geometry again however old the paper is.
struct FormGeometry {
  std::vector<std::string> types;  ///< in the order of the form, without the common part
  std::vector<int> versions;       ///< of the common part, then of each type
  std::string municipality;
  std::string language = "nl";
  double page_width = 210;   ///< mm
  double page_height = 297;  ///< mm
  std::vector<PaperPage> pages;
  std::vector<PaperField> fields;
  bool operator==(const FormGeometry&) const = default;

  /// The first of this name. Parts of several types may share a name: then ask by part.
  [[nodiscard]] const PaperField* find(std::string_view name) const;
  [[nodiscard]] const PaperField* find(std::string_view part, std::string_view name) const;
};

/// As JSON and back, lossless to 0.01 mm. Error: `damaged`, naming the place; every number is within the
/// page.
[[nodiscard]] Value to_value(const FormGeometry& geometry);
[[nodiscard]] Result<FormGeometry> geometry_from(const Value& value);

/// Eight signs of Crockford's base 32 that name the content (of a hash of its canonical JSON).
[[nodiscard]] std::string geometry_id(const FormGeometry& geometry);

}  // namespace softbot

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "adapters/pdf/run.h"
#include "domain/result.h"

namespace softbot::letters {

using pdf::Colour;
using pdf::Run;
using pdf::Text;

struct Block;

struct Heading {
  int level = 1;  ///< 1 or 2
  Text text;
};

struct Paragraph {
  Text text;
};

struct ItemList {
  bool numbered = false;
  std::vector<Text> items;
};

struct TableRow {
  Text head;
  Text cell;
};

/// Two columns: what it is about, and the value. `head_share` is the part of the width for the first, in
/// percent.
struct Table {
  double head_share = 40;
  bool plain = false;  ///< the first column is not bold
  std::vector<TableRow> rows;
};

/// A frame to sign in, with room for a date and a name.
struct SignatureBox {
  std::string name_label;
  std::string name;
  std::string date_label;
  std::string sign_label;
};

/// A QR code with words beside it that say what it is; `description` is its alternative text.
struct QrCode {
  std::string content;
  std::string description;
};

/// Blocks that stay on one page where they fit on one. Framed: with a coloured bar beside them.
struct Group {
  bool framed = false;
  std::vector<Block> blocks;
};

struct PageBreak {};

/// A page of its own that is read by machine when it comes back: corner marks, a QR code, fields at fixed
/// places (forms/geometry/sheet_geometry.h); `blocks` are the words above the fields.
struct Sheet {
  std::string kind;         ///< "sign-sheet", "return-sheet"
  std::string code;         ///< of the QR code
  std::string readable;     ///< the code for people
  std::string description;  ///< alternative text of the QR code
  std::string date_label;   ///< above the boxes of a date
  std::string sign_label;   ///< above the box to sign in, or to write in
  std::vector<Block> blocks;
};

struct Block {
  std::variant<Paragraph, Heading, ItemList, Table, SignatureBox, QrCode, Group, PageBreak, Sheet> content;
};

enum class Window { left, right };

struct ReferenceItem {
  std::string label;
  std::string value;
};

/// A letter as its markup says it, ready to be laid out.
struct Letter {
  std::string language;  ///< "nl-NL" or "en"
  std::string title;
  Window window = Window::left;
  Colour colour;
  std::string letterhead;
  std::string department;
  std::string return_address;
  std::vector<std::string> address;
  std::vector<ReferenceItem> references;
  std::string footer;  ///< stands at the foot of every page, so that loose pages find each other again
  std::vector<Block> body;
};

/// One mistake in markup. `line` counts from 1 in the text that was looked at.
struct MarkupProblem {
  std::size_t line = 0;
  std::string problem;
  std::string remedy;
};

/// Looks at elements and attributes only: the text of a template with its mustache tags taken out, or a
/// finished letter. A fragment (a partial) may hold any elements that may stand in a letter; anything else
/// has one <letter> around it all.
enum class MarkupKind { letter, fragment };
[[nodiscard]] std::vector<MarkupProblem> check_markup(std::string_view markup, MarkupKind kind);

/// Reads a finished letter. Fails with `configuration` and the line in the finished text.
[[nodiscard]] Result<Letter> parse_markup(std::string_view markup);

}  // namespace softbot::letters

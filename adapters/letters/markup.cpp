#include "adapters/letters/markup.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <map>
#include <optional>
#include <pugixml.hpp>
#include <set>

#include "adapters/letters/markup_rules.h"

namespace softbot::letters {
namespace {

constexpr std::string_view kLineBreak = "\u2028";
constexpr std::string_view kSecure = "https://";
constexpr int kGreatestDepth = 12;

bool is_space(char letter) {
  return letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r';
}

bool is_blank(std::string_view text) {
  return std::all_of(text.begin(), text.end(), is_space);
}

std::size_t line_at(std::string_view text, std::ptrdiff_t offset) {
  const auto end = std::min(text.size(), static_cast<std::size_t>(std::max<std::ptrdiff_t>(offset, 0)));
  return 1 + static_cast<std::size_t>(
                 std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
}

std::string join(const std::set<std::string_view>& names) {
  std::string text;
  for (const auto name : names) {
    text += (text.empty() ? "" : ", ") + std::string(name);
  }
  return text;
}

struct ParsedMarkup {
  pugi::xml_document document;
  std::optional<MarkupProblem> problem;
};

/// Parses into `parsed`, which cannot move: pugixml's nodes point into it.
void load(ParsedMarkup& parsed, std::string_view markup) {
  const auto outcome = parsed.document.load_buffer(
      markup.data(), markup.size(), pugi::parse_default | pugi::parse_ws_pcdata, pugi::encoding_utf8);
  if (!outcome) {
    parsed.problem = MarkupProblem{
        line_at(markup, outcome.offset), std::string("the markup cannot be read: ") + outcome.description(),
        "Close every element that is opened, in the right order, and write & as &amp;."};
  }
}

/// Collects the mistakes of one element and everything in it.
class Checker {
 public:
  explicit Checker(std::string_view markup) : markup_(markup) {}

  void check(const pugi::xml_node& element, int depth) {
    const std::string_view name = element.name();
    const auto rule = rules().find(name);
    if (depth > kGreatestDepth) {
      return add(element, "elements lie too deep inside each other", "Take groups apart.");
    }
    if (rule == rules().end()) {
      return add(element, "there is no element <" + std::string(name) + ">",
                 "See config/letters/README.md for the elements.");
    }
    check_attributes(element, rule->second);
    for (const auto& child : element.children()) {
      check_child(element, child, rule->second, depth);
    }
  }

  void add(const pugi::xml_node& node, std::string problem, std::string remedy) {
    problems_.push_back({line_at(markup_, node.offset_debug()), std::move(problem), std::move(remedy)});
  }

  [[nodiscard]] std::vector<MarkupProblem> take() { return std::move(problems_); }

 private:
  void check_attributes(const pugi::xml_node& element, const ElementRule& rule) {
    const std::string name = element.name();
    for (const auto wanted : rule.required) {
      if (!element.attribute(std::string(wanted).c_str())) {
        add(element, "<" + name + "> lacks the attribute " + std::string(wanted), "Add it.");
      }
    }
    for (const auto& attribute : element.attributes()) {
      if (rule.required.count(attribute.name()) == 0 && rule.optional.count(attribute.name()) == 0) {
        add(element, "<" + name + "> takes no attribute " + attribute.name(), "Take it out.");
      }
    }
  }

  void check_child(const pugi::xml_node& element, const pugi::xml_node& child, const ElementRule& rule,
                   int depth) {
    if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) {
      if (!rule.text && !is_blank(child.value())) {
        add(child, "text stands directly in <" + std::string(element.name()) + ">",
            "Put it in a <p>, <li>, <td> or the like.");
      }
      return;
    }
    if (child.type() != pugi::node_element) {
      return;
    }
    if (rules().count(child.name()) != 0 && rule.children.count(child.name()) == 0) {
      add(child, "<" + std::string(child.name()) + "> cannot stand in <" + element.name() + ">",
          rule.children.empty() ? "Only text can stand there."
                                : "There can stand: " + join(rule.children) + ".");
    }
    check(child, depth + 1);
  }

  std::string_view markup_;
  std::vector<MarkupProblem> problems_;
};

/// Templates write https:// before an address; an address that brings its own scheme keeps that one.
std::string link_address(std::string_view written) {
  const auto rest = written.substr(std::min(kSecure.size(), written.size()));
  const bool twice = written.substr(0, kSecure.size()) == kSecure &&
                     (rest.substr(0, 8) == kSecure || rest.substr(0, 7) == "http://");
  return std::string(twice ? rest : written);
}

/// Gathers the text of one paragraph: collapses white space over element borders.
class TextReader {
 public:
  [[nodiscard]] static Text read(const pugi::xml_node& element) {
    TextReader reader;
    reader.walk(element, {});
    if (!reader.text_.empty() && !reader.text_.back().text.empty() &&
        reader.text_.back().text.back() == ' ') {
      reader.text_.back().text.pop_back();
    }
    return std::move(reader.text_);
  }

 private:
  void walk(const pugi::xml_node& element, const Run& look) {
    for (const auto& child : element.children()) {
      const std::string_view name = child.name();
      Run inner = look;
      if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) {
        append(child.value(), look);
      } else if (name == "br") {
        append(kLineBreak, look);
        after_space_ = true;
      } else if (child.type() == pugi::node_element) {
        inner.bold = look.bold || name == "b";
        inner.italic = look.italic || name == "i";
        inner.link = name == "a" ? link_address(child.attribute("href").value()) : look.link;
        walk(child, inner);
      }
    }
  }

  void append(std::string_view added, const Run& look) {
    std::string clean;
    if (!look.link.empty() && added.substr(0, kSecure.size()) == kSecure) {
      added.remove_prefix(kSecure.size());  // people know an address without it
    }
    for (const char letter : added) {
      const bool space = is_space(letter);
      if (!space) {
        clean.push_back(letter);
      } else if (!after_space_) {
        clean.push_back(' ');
      }
      after_space_ = space;
    }
    const bool same = !text_.empty() && text_.back().bold == look.bold &&
                      text_.back().italic == look.italic && text_.back().link == look.link;
    if (same) {
      text_.back().text += clean;
    } else if (!clean.empty()) {
      text_.push_back({std::move(clean), look.bold, look.italic, look.link});
    }
  }

  Text text_;
  bool after_space_ = true;
};

std::string plain(const pugi::xml_node& element) {
  std::string all;
  for (const auto& run : TextReader::read(element)) {
    all += run.text;
  }
  return all;
}

/// An attribute's text for a machine: with ordinary spaces.
std::string attribute_of(const pugi::xml_node& element, const char* name) {
  constexpr std::string_view kNoBreak = "\u00A0";
  std::string text = element.attribute(name).value();
  for (auto at = text.find(kNoBreak); at != std::string::npos; at = text.find(kNoBreak, at)) {
    text.replace(at, kNoBreak.size(), " ");
  }
  return text;
}

std::vector<Block> read_blocks(const pugi::xml_node& parent);

ItemList read_list(const pugi::xml_node& element) {
  ItemList list{std::strcmp(element.name(), "ol") == 0, {}};
  for (const auto& item : element.children("li")) {
    list.items.push_back(TextReader::read(item));
  }
  return list;
}

Table read_table(const pugi::xml_node& element) {
  Table table;
  table.head_share = std::clamp(element.attribute("head-share").as_double(table.head_share), 10.0, 90.0);
  table.plain = element.attribute("plain").as_bool();
  for (const auto& row : element.children("tr")) {
    table.rows.push_back({TextReader::read(row.child("th")), TextReader::read(row.child("td"))});
  }
  return table;
}

SignatureBox read_signature(const pugi::xml_node& element) {
  return {element.attribute("name-label").value(), element.attribute("name").value(),
          element.attribute("date-label").value(), element.attribute("sign-label").value()};
}

Sheet read_sheet(const pugi::xml_node& element) {
  return {attribute_of(element, "kind"),
          attribute_of(element, "code"),
          attribute_of(element, "readable"),
          attribute_of(element, "description"),
          element.attribute("date-label").value(),
          element.attribute("sign-label").value(),
          read_blocks(element)};
}

Block read_block(const pugi::xml_node& element) {
  const std::string_view name = element.name();
  if (name == "h1" || name == "h2") {
    return {Heading{name == "h1" ? 1 : 2, TextReader::read(element)}};
  }
  if (name == "ul" || name == "ol") {
    return {read_list(element)};
  }
  if (name == "table") {
    return {read_table(element)};
  }
  if (name == "signature") {
    return {read_signature(element)};
  }
  if (name == "qr") {
    return {QrCode{attribute_of(element, "content"), attribute_of(element, "description")}};
  }
  if (name == "sheet") {
    return {read_sheet(element)};
  }
  if (name == "box" || name == "keep") {
    return {Group{name == "box", read_blocks(element)}};
  }
  if (name == "page-break") {
    return {PageBreak{}};
  }
  return {Paragraph{TextReader::read(element)}};
}

std::vector<Block> read_blocks(const pugi::xml_node& parent) {
  std::vector<Block> blocks;
  for (const auto& child : parent.children()) {
    if (child.type() == pugi::node_element) {
      blocks.push_back(read_block(child));
    }
  }
  return blocks;
}

/// "#154273"; anything else is a quiet dark grey.
Colour read_colour(std::string_view text) {
  unsigned number = 0x333333;
  if (text.size() == 7 && text.front() == '#') {
    unsigned read = 0;
    const auto outcome = std::from_chars(text.data() + 1, text.data() + text.size(), read, 16);
    number = outcome.ec == std::errc() && outcome.ptr == text.data() + text.size() ? read : number;
  }
  const auto part = [number](unsigned shift) {
    return static_cast<double>((number >> shift) & 0xFFU) / 255.0;
  };
  return {part(16), part(8), part(0)};
}

Letter read_letter(const pugi::xml_node& root) {
  Letter letter;
  letter.language = std::strcmp(root.attribute("language").value(), "en") == 0 ? "en" : "nl-NL";
  letter.footer = root.attribute("footer").value();
  letter.title = attribute_of(root, "title");
  letter.window = std::strcmp(root.attribute("window").value(), "right") == 0 ? Window::right : Window::left;
  letter.colour = read_colour(root.attribute("colour").value());
  letter.letterhead = plain(root.child("letterhead"));
  letter.department = root.child("letterhead").attribute("department").value();
  letter.return_address = plain(root.child("return-address"));
  for (const auto& line : root.child("address").children("line")) {
    letter.address.push_back(plain(line));
  }
  for (const auto& item : root.child("reference").children("item")) {
    letter.references.push_back({item.attribute("label").value(), plain(item)});
  }
  letter.body = read_blocks(root.child("body"));
  return letter;
}

}  // namespace

std::vector<MarkupProblem> check_markup(std::string_view markup, MarkupKind kind) {
  // A fragment gets an element around it, on the same line, so that lines keep their number.
  const std::string whole =
      kind == MarkupKind::fragment ? "<fragment>" + std::string(markup) + "</fragment>" : std::string(markup);
  ParsedMarkup parsed;
  load(parsed, whole);
  if (parsed.problem) {
    return {*parsed.problem};
  }
  Checker checker(whole);
  const auto root = parsed.document.document_element();
  if (kind == MarkupKind::fragment) {
    for (const auto& child : root.children()) {
      if (child.type() == pugi::node_element) {
        checker.check(child, 1);
      }
    }
    return checker.take();
  }
  if (std::strcmp(root.name(), "letter") != 0) {
    checker.add(root, "the letter does not begin with <letter>", "Put one <letter> around everything.");
    return checker.take();
  }
  checker.check(root, 0);
  return checker.take();
}

Result<Letter> parse_markup(std::string_view markup) {
  const auto problems = check_markup(markup, MarkupKind::letter);
  if (!problems.empty()) {
    const auto& first = problems.front();
    return fail(ErrorCode::configuration, "line " + std::to_string(first.line) +
                                              " of the filled-in letter: " + first.problem + ". " +
                                              first.remedy);
  }
  ParsedMarkup parsed;
  load(parsed, markup);
  return read_letter(parsed.document.document_element());
}

}  // namespace softbot::letters

#include "adapters/letters/show.h"

#include <string_view>
#include <variant>

namespace softbot::letters {
namespace {

constexpr std::string_view line_break = "\u2028";

std::string escaped(std::string_view text) {
  std::string html;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text.substr(at, line_break.size()) == line_break) {
      html += "<br>";
      at += line_break.size() - 1;
      continue;
    }
    switch (text[at]) {
      case '&':
        html += "&amp;";
        break;
      case '<':
        html += "&lt;";
        break;
      case '>':
        html += "&gt;";
        break;
      case '"':
        html += "&quot;";
        break;
      case '\'':
        html += "&#39;";
        break;
      default:
        html += text[at];
    }
  }
  return html;
}

std::string inside(std::string_view element, const std::string& html) {
  return "<" + std::string(element) + ">" + html + "</" + std::string(element) + ">";
}

std::string html_of(const Text& text) {
  std::string html;
  for (const Run& run : text) {
    std::string words = escaped(run.text);
    if (run.bold) words = inside("strong", words);
    if (run.italic) words = inside("em", words);
    if (!run.link.empty())
      words = "<a class=\"utrecht-link\" href=\"" + escaped(run.link) + "\">" + words + "</a>";
    html += words;
  }
  return html;
}

std::string html_of(const std::vector<Block>& blocks);

/// Each kind of block as the page shows it.
struct ToHtml {
  std::string operator()(const Heading& heading) const {
    return inside(heading.level == 1 ? "h2" : "h3", html_of(heading.text));
  }
  std::string operator()(const Paragraph& paragraph) const { return inside("p", html_of(paragraph.text)); }
  std::string operator()(const ItemList& list) const {
    std::string items;
    for (const Text& item : list.items) items += inside("li", html_of(item));
    return inside(list.numbered ? "ol" : "ul", items);
  }
  std::string operator()(const Table& table) const {
    std::string rows;
    for (const TableRow& row : table.rows) {
      rows +=
          inside("tr", "<th scope=\"row\">" + html_of(row.head) + "</th>" + inside("td", html_of(row.cell)));
    }
    return inside("table", inside("tbody", rows));
  }
  std::string operator()(const SignatureBox& box) const {
    return inside("p", inside("strong", escaped(box.name_label)) + " " + escaped(box.name)) +
           inside("p", escaped(box.date_label)) + inside("p", escaped(box.sign_label));
  }
  std::string operator()(const QrCode& code) const { return inside("p", escaped(code.description)); }
  std::string operator()(const Group& group) const {
    if (!group.framed) return html_of(group.blocks);
    return "<div class=\"softbot-letter__box\">" + html_of(group.blocks) + "</div>";
  }
  std::string operator()(const PageBreak&) const { return "<hr>"; }
  std::string operator()(const Sheet& sheet) const {
    return "<hr>" + html_of(sheet.blocks) + inside("p", escaped(sheet.description)) +
           inside("p", escaped(sheet.readable));
  }
};

std::string html_of(const std::vector<Block>& blocks) {
  std::string html;
  for (const Block& block : blocks) html += std::visit(ToHtml{}, block.content);
  return html;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string html;
  for (const std::string& line : lines) html += (html.empty() ? "" : "<br>") + escaped(line);
  return html;
}

}  // namespace

std::string to_html(const Letter& letter) {
  std::string html = inside("p", inside("strong", escaped(letter.letterhead)) +
                                     (letter.department.empty() ? "" : "<br>" + escaped(letter.department)));
  html += inside("p", joined(letter.address));
  std::string references;
  for (const ReferenceItem& item : letter.references)
    references += inside("dt", escaped(item.label)) + inside("dd", escaped(item.value));
  html += "<dl class=\"softbot-facts\">" + references + "</dl>";
  return "<div class=\"softbot-letter\" lang=\"" + escaped(letter.language) + "\">" + html +
         html_of(letter.body) + "</div>";
}

}  // namespace softbot::letters

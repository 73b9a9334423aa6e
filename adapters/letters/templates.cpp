#include "adapters/letters/templates.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <kainjow/mustache.hpp>
#include <optional>
#include <sstream>

#include "domain/date.h"
#include "domain/json.h"
#include "domain/text.h"

namespace softbot {
namespace letters {
namespace {

constexpr std::string_view kExtension = ".mustache";

namespace mustache = kainjow::mustache;
using Data = mustache::data;

constexpr std::string_view kOpen = "{{";
constexpr std::string_view kClose = "}}";

enum class Words { dutch, english };

struct TagPlace {
  std::size_t begin = 0;
  std::size_t end = 0;
  Tag tag;
};

Tag read_tag(std::string_view content, std::size_t line) {
  using Kind = Tag::Kind;
  static constexpr std::array<std::pair<char, Kind>, 8> kSigils = {{{'#', Kind::section},
                                                                    {'^', Kind::inverted},
                                                                    {'/', Kind::end},
                                                                    {'>', Kind::partial},
                                                                    {'!', Kind::comment},
                                                                    {'&', Kind::forbidden},
                                                                    {'{', Kind::forbidden},
                                                                    {'=', Kind::forbidden}}};
  Kind kind = Kind::variable;
  content = trim(content);
  for (const auto& [sigil, meaning] : kSigils) {
    if (!content.empty() && content.front() == sigil) {
      kind = meaning;
      content.remove_prefix(1);
      break;
    }
  }
  return {kind, std::string(trim(content)), line};
}

std::vector<TagPlace> find_places(std::string_view text) {
  std::vector<TagPlace> places;
  std::size_t line = 1;
  std::size_t counted = 0;
  for (auto begin = text.find(kOpen); begin != std::string_view::npos; begin = text.find(kOpen, begin)) {
    const auto close = text.find(kClose, begin);
    if (close == std::string_view::npos) {
      break;
    }
    line += static_cast<std::size_t>(std::count(text.begin() + static_cast<std::ptrdiff_t>(counted),
                                                text.begin() + static_cast<std::ptrdiff_t>(begin), '\n'));
    counted = begin;
    const auto content = text.substr(begin + kOpen.size(), close - begin - kOpen.size());
    places.push_back({begin, close + kClose.size(), read_tag(content, line)});
    begin = close + kClose.size();
  }
  return places;
}

std::string on_one_line(std::string_view text) {
  std::string joined;
  for (const char letter : text) {
    joined += letter == ' ' ? std::string("\u00A0") : std::string(1, letter);
  }
  return joined;
}

/// A text that is exactly an ISO date, in words that stay on one line; anything else as it is.
std::string in_words(const std::string& text, Words words) {
  constexpr std::size_t kIsoLength = 10;
  if (text.size() != kIsoLength) {
    return text;
  }
  const auto date = parse_iso_date(text);
  if (!date) {
    return text;
  }
  if (words == Words::dutch) {
    return on_one_line(format_dutch(*date));
  }
  static constexpr std::array<std::string_view, 12> kMonths = {
      "January", "February", "March",     "April",   "May",      "June",
      "July",    "August",   "September", "October", "November", "December"};
  return on_one_line(std::to_string(static_cast<unsigned>(date->day())) + " " +
                     std::string(kMonths.at(static_cast<unsigned>(date->month()) - 1)) + " " +
                     std::to_string(static_cast<int>(date->year())));
}

Data to_data(const Value& value, Words words) {
  if (const auto flag = value.as_bool()) {
    return Data{*flag};
  }
  if (const auto* text = value.as_text()) {
    return Data{in_words(*text, words)};
  }
  if (const auto* number = value.as_number()) {
    std::string shown = number->text;
    if (words == Words::dutch) {
      std::replace(shown.begin(), shown.end(), '.', ',');
    }
    return Data{shown};
  }
  if (value.is_list()) {
    Data list{Data::type::list};
    for (const auto& item : value.items()) {
      list.push_back(to_data(item, words));
    }
    return list;
  }
  if (value.is_object()) {
    Data object{Data::type::object};
    for (const auto& member : value.members()) {
      object.set(member.name, to_data(member.value, words));
      if (member.value.is_list() && !member.name.empty()) {
        object.set("has" + ascii_upper(member.name.substr(0, 1)) + member.name.substr(1),
                   Data{!member.value.items().empty()});
      }
    }
    return object;
  }
  return Data{false};
}

/// Looks names up and remembers which ones were absent, or were no text where a text is needed.
class RememberingContext : public mustache::context<std::string> {
 public:
  RememberingContext(const Data* root, std::map<std::string, Data> partials, std::set<std::string> texts_only)
      : mustache::context<std::string>(root),
        partials_(std::move(partials)),
        texts_only_(std::move(texts_only)) {}

  const Data* get(const std::string& name) const override {
    names_.insert(name);
    const auto* found = mustache::context<std::string>::get(name);
    if (found == nullptr || (texts_only_.count(name) != 0 && !found->is_string())) {
      lacking_.push_back(name);
    }
    return found;
  }

  const Data* get_partial(const std::string& name) const override {
    const auto found = partials_.find(name);
    return found == partials_.end() ? nullptr : &found->second;
  }

  [[nodiscard]] const std::set<std::string>& names() const { return names_; }
  [[nodiscard]] const std::vector<std::string>& lacking() const { return lacking_; }

 private:
  std::map<std::string, Data> partials_;
  std::set<std::string> texts_only_;  ///< names that no section asks for
  mutable std::set<std::string> names_;
  mutable std::vector<std::string> lacking_;
};

/// A template with its partials: their tags with the file each stands in.
struct Source {
  std::vector<std::pair<std::string, Tag>> tags;
  std::map<std::string, Data> partials;
};

std::string file_of(const std::string& name) {
  return name + std::string(kExtension);
}

Result<Source> gather(const LetterTemplates& templates, const std::string& name, const std::string& text) {
  Source source;
  const auto add = [&source](const std::string& file, const std::vector<Tag>& tags) {
    std::transform(tags.begin(), tags.end(), std::back_inserter(source.tags),
                   [&file](const Tag& tag) { return std::pair(file, tag); });
  };
  const auto own = find_tags(text);
  add(file_of(name), own);
  for (const auto& tag : own) {
    if (tag.kind != Tag::Kind::partial || source.partials.count(tag.name) != 0) {
      continue;
    }
    const auto partial = templates.partials.find(tag.name);
    if (partial == templates.partials.end()) {
      return fail(ErrorCode::configuration,
                  file_of(name) + ":" + std::to_string(tag.line) + " asks for the partial \"" + tag.name +
                      "\", which is not there. Add partials/" + file_of(tag.name) + ".");
    }
    source.partials.emplace(tag.name, Data{partial->second});
    add("partials/" + file_of(tag.name), find_tags(partial->second));
  }
  for (const auto& [file, tag] : source.tags) {
    const bool nested = tag.kind == Tag::Kind::partial && file.rfind("partials/", 0) == 0;
    if (tag.kind == Tag::Kind::forbidden || nested) {
      return fail(ErrorCode::configuration,
                  file + ":" + std::to_string(tag.line) +
                      (nested ? " uses a partial in a partial. Name it in the letter."
                              : " puts a value in without escaping. Write {{name}}."));
    }
  }
  return source;
}

/// Names that are printed and that no section asks for: null is no good there.
std::set<std::string> texts_only(const Source& source) {
  std::set<std::string> printed;
  for (const auto& [file, tag] : source.tags) {
    if (tag.kind == Tag::Kind::variable) {
      printed.insert(tag.name);
    }
  }
  for (const auto& [file, tag] : source.tags) {
    if (tag.kind == Tag::Kind::section || tag.kind == Tag::Kind::inverted) {
      printed.erase(tag.name);
    }
  }
  return printed;
}

Error lacks(const Source& source, const std::string& name) {
  const auto place = std::find_if(source.tags.begin(), source.tags.end(), [&name](const auto& entry) {
    return entry.second.name == name && entry.second.kind != Tag::Kind::comment &&
           entry.second.kind != Tag::Kind::partial;
  });
  const std::string where =
      place == source.tags.end() ? "The letter" : place->first + ":" + std::to_string(place->second.line);
  return Error{
      ErrorCode::configuration,
      where + " names \"" + name +
          "\", which the letter's facts lack. Correct the name; config/letters/README.md lists them.",
      false,
      {}};
}

void append_entity(std::string& text, char32_t point) {
  switch (point) {
    case U'&':
      text += "&amp;";
      break;
    case U'<':
      text += "&lt;";
      break;
    case U'>':
      text += "&gt;";
      break;
    case U'"':
      text += "&quot;";
      break;
    case U'\'':
      text += "&apos;";
      break;
    default:
      text += point < 0x80 ? std::string(1, static_cast<char>(point)) : utf8({point});
  }
}

bool is_digit(char32_t point) {
  return point >= U'0' && point <= U'9';
}

/// Control characters, direction overrides, and what is no character at all.
bool is_left_out(char32_t point) {
  return point < 0x20 || (point >= 0x7F && point < 0xA0) || (point >= 0x202A && point <= 0x202E) ||
         (point >= 0x2066 && point <= 0x2069) || point == 0xFEFF || (point & 0xFFFEU) == 0xFFFEU;
}

}  // namespace

std::vector<Tag> find_tags(std::string_view text) {
  std::vector<Tag> tags;
  for (auto& place : find_places(text)) {
    tags.push_back(std::move(place.tag));
  }
  return tags;
}

std::string without_tags(std::string_view text) {
  std::string kept;
  std::size_t from = 0;
  for (const auto& place : find_places(text)) {
    kept += text.substr(from, place.begin - from);
    const auto tag = text.substr(place.begin, place.end - place.begin);
    kept.append(static_cast<std::size_t>(std::count(tag.begin(), tag.end(), '\n')), '\n');
    from = place.end;
  }
  return kept + std::string(text.substr(from));
}

std::string template_name(const LetterTemplates& templates, std::string_view letter, const Value& context) {
  const auto& language = context["language"].text_or_empty();
  const std::string translated = std::string(letter) + "." + language;
  return !language.empty() && templates.letters.count(translated) != 0 ? translated : std::string(letter);
}

std::string escape(std::string_view value) {
  std::string text;
  text.reserve(value.size() + value.size() / 8);
  bool after_space = false;
  const auto points = code_points(value);
  for (std::size_t index = 0; index < points.size(); ++index) {
    const char32_t read = points[index];
    const bool space = read == U' ' || read == U'\t';
    const bool in_number = space && index > 0 && index + 1 < points.size() && is_digit(points[index - 1]) &&
                           is_digit(points[index + 1]);
    if (read == U'\n') {
      text += "\u2028";
    } else if (space) {
      text += after_space || in_number ? "\u00A0" : " ";
    } else if (!is_left_out(read)) {
      append_entity(text, read);
    }
    after_space = space;
  }
  return text;
}

Result<FilledLetter> fill(const LetterTemplates& templates, std::string_view letter, const Value& context) {
  const auto name = template_name(templates, letter, context);
  const auto found = templates.letters.find(name);
  if (found == templates.letters.end()) {
    return fail(ErrorCode::configuration, "There is no letter \"" + std::string(letter) +
                                              "\". Add config/letters/" + file_of(std::string(letter)) + ".");
  }
  auto source = gather(templates, name, found->second);
  if (!source) {
    return fail(source.error());
  }
  mustache::mustache filled(found->second);
  filled.set_custom_escape([](const std::string& value) { return escape(value); });
  const auto data = to_data(
      context, name.size() > 3 && name.substr(name.size() - 3) == ".en" ? Words::english : Words::dutch);
  RememberingContext lookup(&data, std::move(source->partials), texts_only(*source));
  std::ostringstream markup;
  if (filled.is_valid()) {
    filled.render(lookup, markup);
  }
  if (!filled.is_valid()) {
    return fail(ErrorCode::configuration, file_of(name) + " is not well formed: " + filled.error_message() +
                                              ". Close every section that is opened.");
  }
  if (!lookup.lacking().empty()) {
    return fail(lacks(*source, lookup.lacking().front()));
  }
  return FilledLetter{markup.str(), lookup.names()};
}

}  // namespace letters
}  // namespace softbot

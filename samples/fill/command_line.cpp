#include "command_line.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <map>
#include <utility>

#include "domain/json.h"

namespace softbot::fill {
namespace {

using Values = std::vector<std::string>;

tl::unexpected<Error> wrong(const std::string& option, const std::string& what) {
  return fail(ErrorCode::invalid_input, option + " " + what);
}

/// Options with their values: everything up to the next option.
Result<std::map<std::string, Values>> sorted(const std::vector<std::string_view>& arguments) {
  std::map<std::string, Values> options;
  Values* last = nullptr;
  for (const std::string_view argument : arguments) {
    if (!argument.starts_with("--")) {
      if (last == nullptr) return wrong(std::string(argument), "belongs to no option.");
      last->emplace_back(argument);
      continue;
    }
    const auto equals = argument.find('=');
    last = &options[std::string(argument.substr(0, equals))];
    if (equals != std::string_view::npos) last->emplace_back(argument.substr(equals + 1));
  }
  return options;
}

template <class T>
Result<T> number(const std::string& option, const std::string& text, T lowest, T highest,
                 const std::string& what) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  if (!whole || value < lowest || value > highest)
    return wrong(option, "takes " + what + ", not \"" + text + "\".");
  return value;
}

template <class T>
Result<void> set(T& target, Result<T> value) {
  if (!value) return fail(value.error());
  target = std::move(*value);
  return {};
}

Result<Value> answers_from(const Values& values) {
  Value answers = Value::object();
  for (const std::string& one : values) {
    const auto equals = one.find('=');
    if (equals == std::string::npos)
      return wrong("--answer", "takes part.question=JSON, such as common.urgent=true.");
    const auto json = parse_json(one.substr(equals + 1));
    if (!json) return wrong("--answer", "has a value that is no JSON: text stands in double quotes.");
    answers.set(one.substr(0, equals), *json);
  }
  return answers;
}

Result<Degradation> level(const std::string& text) {
  const auto known = degradation_from(text);
  if (!known)
    return wrong("--degrade", "takes none, light, normal, heavy, fax or photo, not \"" + text + "\".");
  return *known;
}

Result<ScanFormat> format(const std::string& text) {
  const auto known = scan_format_from(text);
  if (!known) return wrong("--format", "takes pdf, tif, jpg or png, not \"" + text + "\".");
  return *known;
}

void add_types(std::vector<std::string>& types, const std::string& text) {
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('+', at), text.size());
    types.push_back(text.substr(at, end - at));
    at = end + 1;
  }
}

/// What takes exactly one value.
Result<void> take_one(Orders& orders, const std::string& option, const std::string& value) {
  const std::map<std::string, std::function<Result<void>()>> all{
      {"--municipality", [&] { return set(orders.municipality, Result<std::string>(value)); }},
      {"--count",
       [&] { return set(orders.count, number<std::size_t>(option, value, 1, 9999, "1 to 9999")); }},
      {"--seed",
       [&] {
         return set(orders.seed,
                    number<std::uint64_t>(option, value, 0, ~std::uint64_t{0}, "a whole number"));
       }},
      {"--degrade", [&] { return set(orders.degradation, level(value)); }},
      {"--out", [&] { return set(orders.out, Result<std::filesystem::path>(value)); }},
      {"--recipes", [&] { return set(orders.recipes, Result<std::filesystem::path>(value)); }},
      {"--register", [&] { return set(orders.people, Result<std::filesystem::path>(value)); }},
      {"--config", [&] { return set(orders.config, Result<std::filesystem::path>(value)); }},
      {"--today", [&] { return set(orders.today, parse_iso_date(value)); }},
      {"--mistakes",
       [&] { return set(orders.mistakes, number(option, value, 0.0, 1.0, "a share from 0 to 1")); }},
      {"--ticks",
       [&]() -> Result<void> {
         orders.ticks = tick_style_from(value);
         if (!orders.ticks) return wrong(option, "is cross, check, dot, scribble, slash or circle.");
         return {};
       }},
      {"--words",
       [&] { return set(orders.free_text, number(option, value, 0.0, 1.0, "a share from 0 to 1")); }},
      {"--format",
       [&]() -> Result<void> {
         const auto known = format(value);
         if (!known) return fail(known.error());
         orders.format = *known;
         return {};
       }},
      {"--dpi",
       [&]() -> Result<void> {
         const auto dpi = number(option, value, 100.0, 600.0, "100 to 600");
         if (!dpi) return fail(dpi.error());
         orders.dpi = *dpi;
         return {};
       }},
  };
  const auto found = all.find(option);
  if (found == all.end()) return wrong(option, "is no option of fill-forms; see --help.");
  return found->second();
}

Result<void> take(Orders& orders, const std::string& option, const Values& values) {
  const std::map<std::string, Paths*> several{{"--digits", &orders.digits},
                                              {"--capitals", &orders.capitals},
                                              {"--lines", &orders.lines},
                                              {"--fonts", &orders.fonts}};
  if (option == "--help") {
    orders.help = true;
    return {};
  }
  if (values.empty()) return wrong(option, "lacks its value.");
  if (option == "--type") {
    for (const std::string& value : values) add_types(orders.types, value);
    return {};
  }
  if (option == "--answer") return set(orders.answers, answers_from(values));
  if (const auto found = several.find(option); found != several.end()) {
    found->second->assign(values.begin(), values.end());
    return {};
  }
  if (values.size() > 1) return wrong(option, "takes one value.");
  return take_one(orders, option, values.front());
}

}  // namespace

Result<Orders> orders_from(const std::vector<std::string_view>& arguments, Date today) {
  const auto options = sorted(arguments);
  if (!options) return fail(options.error());
  Orders orders;
  orders.today = today;
  for (const auto& [option, values] : *options) {
    if (auto taken = take(orders, option, values); !taken) return fail(taken.error());
  }
  if (orders.help) return orders;
  if (orders.out.empty()) return wrong("--out", "names the folder to write to; it is missing.");
  if (orders.types.empty() == orders.recipes.empty())
    return wrong("--type", "or --recipes says what to make: give one of both.");
  return orders;
}

std::string_view usage() {
  return R"(fill-forms --type TYPE... --count N --seed S --digits FILE... --capitals FILE... [options] --out DIR
Prints forms, fills them in by hand as invented people do, signs them, and scans them: DIR/0001.pdf (or tif, jpg, png), ...,
DIR/truth.json with what was written, DIR/register.json with who it was (demo-register serves it), DIR/provisions.json.
The same orders, sources and day give the same bytes.

  --type TYPE...        one form with these types: household-help, small-aids, ...
  --count N             how many; default 1
  --seed S              default 1
  --digits FILE...      handwritten digits: IDX images, each with its IDX labels after it or beside it (also .gz), optdigits' text, tar
                        archives of DIGIT_7_1.png
  --capitals FILE...    the same with capitals: labels 65 to 90, 0 to 25 or 1 to 26; CAP_A_1.png
  --lines TAR...        pictures of real handwriting, for words in free fields that nobody reads
  --fonts DIR...        handwriting fonts (ttf, otf, woff, woff2): words on lines, and characters where no others are given
  --degrade LEVEL       none, light, normal (default), heavy, fax, photo; also 0 to 5
  --municipality M      default voorbeeld
  --register FILE       take people from this register (as samples/register.json) instead of inventing them
  --mistakes SHARE      of forms with a wrong digit, an empty question, two ticks or no signature; default 0.05
  --ticks STYLE         how everybody ticks: cross, check, dot, scribble, slash or circle; default drawn for each
  --words SHARE         of forms with words in a free field; default 0.15
  --answer PART.QUESTION=JSON...   answers that are not drawn, such as common.urgent=true
  --format pdf|tif|jpg|png, --dpi N   instead of what the machine would do
  --today DATE          as 2026-12-01; default today
  --recipes FILE        make the files that it describes (samples/fill/recipe.h) instead of --type and --count
  --config DIR          forms and municipalities; default the config folder of this checkout
Exit: 0 done, 1 failed, 2 wrong options.
)";
}

std::vector<FileRecipe> recipes_for(const Orders& orders) {
  static const std::vector<Mistake> mistakes{Mistake::wrong_digit, Mistake::empty_question,
                                             Mistake::two_ticks, Mistake::no_signature};
  const bool machine = orders.degradation == Degradation::normal || orders.degradation == Degradation::heavy;
  std::vector<FileRecipe> files;
  for (std::size_t i = 1; i <= orders.count; ++i) {
    Random random(orders.seed, "file", i);
    FileRecipe file;
    const std::string digits = std::to_string(i);
    file.name = std::string(4 - digits.size(), '0') + digits;
    file.seed = random.next() >> 1U;
    file.degradation = orders.degradation;
    file.format = orders.format;
    file.dpi = orders.dpi;
    FormRecipe form;
    form.municipality = orders.municipality;
    form.types = orders.types;
    form.answers = orders.answers;
    form.free_text = orders.free_text;
    form.ticks = orders.ticks;
    if (random.chance(orders.mistakes)) form.mistake = random.one_of(mistakes);
    file.forms.push_back(std::move(form));
    file.blank_backs = machine && random.chance(0.1);
    file.shuffled = machine && random.chance(0.05);
    files.push_back(std::move(file));
  }
  return files;
}

}  // namespace softbot::fill

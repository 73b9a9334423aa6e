#include "measure_lines.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <optional>

#include "bound.h"
#include "domain/text.h"
#include "ocr/fields/capital_line.h"
#include "ocr/fields/thresholds.h"
#include "samples/fill/codec.h"
#include "samples/fill/sources.h"
#include "samples/fill/tar.h"

namespace softbot::eval {
namespace {

/// Labels that name no writing.
constexpr std::string_view unreadable = "UNREADABLE";
constexpr std::string_view empty = "EMPTY";

using Row = std::pair<std::string, std::string>;
using Members = std::map<std::string, std::string_view>;

tl::unexpected<Error> wrong(const std::string& file, const std::string& what) {
  return fail(ErrorCode::invalid_input, file + " " + what);
}

/// The values of one line; nothing when its quotes do not close.
std::optional<std::vector<std::string>> values_in(std::string_view line) {
  std::vector<std::string> values(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char sign = line[i];
    if (sign == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"') {
      values.back() += line[++i];
    } else if (sign == '"') {
      quoted = !quoted;
    } else if (sign == ',' && !quoted) {
      values.emplace_back();
    } else {
      values.back() += sign;
    }
  }
  return quoted ? std::nullopt : std::optional(values);
}

Result<Members> members_of(std::string_view bytes, const std::string& file) {
  if (!fill::looks_like_tar(bytes)) return wrong(file, "is no tar archive (plain or gzip) of pictures.");
  const auto found = fill::tar_members(bytes, file);
  if (!found) return fail(found.error());
  Members members;
  for (const fill::TarMember& member : *found)
    members[member.name] = bytes.substr(member.offset, member.length);
  return members;
}

struct LineFigures {
  std::size_t count = 0;
  std::size_t exact = 0;
  std::size_t letters = 0;
  std::size_t distance = 0;
  std::size_t accepted = 0;
  std::size_t errors = 0;
  std::size_t left_out = 0;
  std::vector<Judged> judged;
};

void add_line(LineFigures& figures, const std::string& written, const ocr::CapitalLine& read) {
  const ocr::Thresholds& frozen = ocr::thresholds_of("line");
  const bool right = read.text == written;
  ++figures.count;
  figures.judged.push_back({read.chance, right});
  figures.letters += written.size();
  figures.distance += edit_distance(read.text, written);
  if (right) ++figures.exact;
  if (read.chance < frozen.field) return;
  ++figures.accepted;
  if (!right) ++figures.errors;
}

double share(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

std::string told(const LineFigures& figures) {
  std::array<char, 256> text{};
  std::snprintf(text.data(), text.size(),
                "accuracy %.4f of %zu\ncer %.4f\naccepted %zu errors %zu upper95 %.6f\nleft out %zu\n",
                share(figures.exact, figures.count), figures.count, share(figures.distance, figures.letters),
                figures.accepted, figures.errors, upper95(figures.errors, figures.accepted),
                figures.left_out);
  return text.data();
}

}  // namespace

Result<std::vector<Row>> line_truths(std::string_view csv, const std::string& file) {
  std::vector<Row> rows;
  std::size_t file_at = 0;
  std::size_t text_at = 0;
  for (std::size_t number = 1; !csv.empty(); ++number) {
    std::string_view line = csv.substr(0, csv.find('\n'));
    csv.remove_prefix(std::min(csv.size(), line.size() + 1));
    while (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) continue;
    const auto values = values_in(line);
    if (!values) return wrong(file, "has a quote that does not end in line " + std::to_string(number) + ".");
    if (number == 1) {
      const auto place = [&](std::string_view name) {
        return static_cast<std::size_t>(std::find(values->begin(), values->end(), name) - values->begin());
      };
      file_at = place("file");
      text_at = place("text");
      if (std::max(file_at, text_at) == values->size())
        return wrong(file, "does not begin with a line that names the columns file and text.");
      continue;
    }
    if (std::max(file_at, text_at) >= values->size())
      return wrong(file, "has too few values in line " + std::to_string(number) + ".");
    rows.emplace_back((*values)[file_at], (*values)[text_at]);
  }
  if (rows.empty()) return wrong(file, "names no lines.");
  return rows;
}

std::string letters_of(std::string_view text) {
  std::string letters;
  for (const char sign : fold(text)) {
    if (sign >= 'a' && sign <= 'z') letters += static_cast<char>(sign - 'a' + 'A');
  }
  return letters;
}

Result<std::string> measure_lines(const Options& options) {
  const std::string& truth_file = options.value("truth");
  const std::string& tar_file = options.value("images");
  const auto csv = fill::contents_of(truth_file);
  if (!csv) return fail(csv.error());
  const auto rows = line_truths(*csv, truth_file);
  if (!rows) return fail(rows.error());
  const auto tar = fill::contents_of(tar_file);
  if (!tar) return fail(tar.error());
  const auto members = members_of(*tar, tar_file);
  if (!members) return fail(members.error());
  auto nets = ocr::load_nets(models_of(options));
  if (!nets) return fail(nets.error());
  const auto lines = ocr::load_line_net(models_of(options));
  if (!lines) return fail(lines.error());
  // The longest first: the end of PRENOM is NOM, and its P may lie beyond the strip.
  const std::vector<std::string> prompts{"PRENOM", "RENOM", "NOM"};
  LineFigures figures;
  for (const auto& [name, text] : *rows) {
    const auto member = members->find(name);
    if (member == members->end()) return wrong(tar_file, "lacks " + name + ", which is in the truth.");
    if (text == unreadable) {
      ++figures.left_out;
      continue;
    }
    const auto picture = fill::decode_grey(member->second);
    if (!picture) return wrong(tar_file, "holds " + name + ", which is no picture that can be decoded.");
    const ocr::GrayImage strip{picture->width, picture->height, 0, picture->pixels};
    const auto read = ocr::read_capital_line(strip, prompts, {nets->normalisation, *nets->capitals, **lines});
    add_line(figures, text == empty ? std::string() : letters_of(text), read);
  }
  return calibration_told(options, figures.judged, "lines").map([&](const std::string& table) {
    return told(figures) + table;
  });
}

}  // namespace softbot::eval

#include "options.h"

#include <algorithm>
#include <fstream>
#include <system_error>
#include <utility>

namespace softbot::eval {
namespace {

constexpr std::string_view help =
    R"(ocr-eval: how well softbot reads handwriting, with the nets and thresholds that the reader uses.

ocr-eval characters --images FILE --labels FILE --classes digits|capitals|all [--transposed] [--calibration]
                    [--plot FILE.svg] [--models DIR]
  One character in a picture. FILE: IDX of unsigned bytes, plain or gzip; pictures of 16x16 to 64x64, white on
  black or black on white (found out from their edges, once for the file). Labels: 0 to 9 or character codes,
  such as 65 for A; capitals also counted from 1 to 26, or from 0 to 25, where the last letter is there.
  --transposed: rows and columns changed places, as in the files of EMNIST.
    accuracy 0.9970 of N          the likeliest sign of the classes is the one that the label names
    accepted N errors K upper95 P   at the frozen threshold of models.json; P: upper bound of the share of errors
                                    (Clopper-Pearson, one-sided, 95%), 1 when nothing is accepted
  all: digits, capitals and small letters, each read as in a box that may hold a digit or a capital; accepted
  is what one net takes and the other takes for none of its own. The same two figures follow for each kind. The reader writes capitals only: a small letter is right when it is read as its
  capital, but for g, j and l, which the nets do not know and which are always counted wrong. A 0 that is read
  as O, or a 1 as I, is counted wrong, too: without a field's rules nothing tells them apart.

ocr-eval lines --images TAR --truth CSV [--calibration] [--plot FILE.svg] [--models DIR]
  Lines of block capitals that stand in no boxes, such as names: cut into characters that the net of the capitals
  reads, and read whole by the net of lines (ocr/fields/capital_line.h). TAR: pictures, about one line each; CSV: columns file and text; its
  rows say which are read. A printed NOM or PRENOM before or above the writing is passed over. Only letters
  count: accents, spaces and dashes are left out. EMPTY: nothing is written; UNREADABLE is left out.
    accuracy 0.7500 of N            lines of which every letter is right
    cer 0.1000                      letters to change, take away or add, of all that were written
    accepted N errors K upper95 P   at the frozen threshold of lines (ocr/fields/thresholds.cpp)

Of characters and lines, --calibration tells what the probabilities are worth: Brier's score, the calibration error, and
15 bins of equal mass with what was said and the share that was right; --plot draws them.

ocr-eval forms --dir DIR [--detail]
  Filled forms, as fill-forms makes them (truth.json, register.json, provisions.json and the scans), through the
  whole path: two daemons as they are shipped, with the same register; one is told the truth, one gets the scans.
    granted G of M grantable on the truth   M: signed, and granted on the truth; then the same without the forms with
                                    free text, which a person looks at before any grant
    wrong grants K of A upper95 P   of all grants on the scans: granted though not signed, misread in what decides,
                                    or not granted on the truth
    unneeded asks, unneeded referrals, not placed   grantable ones that were asked, waited for a person for another
                                    reason than free text, or of which no case came
    wrong certain fields W of F     certain, or surely empty, and not what was written
    looks at free text L of C       cases that wait for a person who looks at somebody's own words
    time per page                   wall clock, from the first upload until all forms are applications
  Each wrong grant and wrong certain field is named by set number; --detail: also what kept each from a grant.

ocr-eval corrections --dir DIR --models NEW [--against DIR]
  New models beside those in use, on readings that people confirmed or put right and that no model was trained
  on: DIR is the folder `trial` of `softbot corrections export`. --against: the models in use (those of this
  checkout). Both lines, then the verdict:
    in use (digits 3, capitals 3): exact E certain C wrong W of N upper95 P    wrong: among the certain
    new (...): ...
    may replace | refused           not worse in any of the three, on 50 readings at least; else why not

ocr-eval glyphs --dir DIR --out DIR [--models DIR]
  Cuts the folder `train` of such an export into corrections-digits and corrections-capitals, pairs of IDX
  files: 32x32, as the nets see them (ocr/training/README.md). Left out are readings of which not as many boxes
  hold ink as signs were written.

Exit codes: 0 done; 1 forms: a wrong grant, corrections: refused; 2 wrong use, or a file that is absent, damaged or not accepted.
)";

/// What a command takes.
struct Command {
  std::string_view name;
  std::vector<std::string_view> needed;
  std::vector<std::string_view> others;
  std::vector<std::string_view> flags;
};

const std::vector<Command>& commands() {
  static const std::vector<Command> all{
      {"characters", {"images", "labels", "classes"}, {"models", "plot"}, {"transposed", "calibration"}},
      {"lines", {"images", "truth"}, {"models", "plot"}, {"calibration"}},
      {"forms", {"dir"}, {}, {"detail"}},
      {"corrections", {"dir", "models"}, {"against"}, {}},
      {"glyphs", {"dir", "out"}, {"models"}, {}},
  };
  return all;
}

bool is_in(const std::vector<std::string_view>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

tl::unexpected<Error> wrong(const std::string& what) {
  return fail(ErrorCode::invalid_input, what + " See ocr-eval --help.");
}

std::string known_commands() {
  std::string names;
  for (const Command& command : commands()) names += (names.empty() ? "" : ", ") + std::string(command.name);
  return names;
}

Result<Options> options_of(const Command& command, const std::vector<std::string_view>& arguments) {
  Options options{std::string(command.name), {}};
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    const std::string given(arguments[i]);
    const auto equals = given.find('=');
    const std::string name = given.starts_with("--") ? given.substr(2, equals - 2) : "";
    const bool is_flag = is_in(command.flags, name);
    if (!is_flag && !is_in(command.needed, name) && !is_in(command.others, name))
      return wrong("\"" + given + "\" is no option of " + options.command + ".");
    if (options.has(name)) return wrong("--" + name + " is given twice.");
    if (!is_flag && equals == std::string::npos && i + 1 == arguments.size())
      return wrong("--" + name + " needs a value after it.");
    std::string& value = options.values[name];
    if (is_flag) continue;
    value = equals == std::string::npos ? std::string(arguments[++i]) : given.substr(equals + 1);
  }
  for (const std::string_view name : command.needed) {
    if (!options.has(std::string(name)))
      return wrong(options.command + " needs --" + std::string(name) + ".");
  }
  return options;
}

}  // namespace

std::string_view help_text() {
  return help;
}

Result<Options> options_from(const std::vector<std::string_view>& arguments) {
  if (arguments.empty()) return wrong("Say what to measure: " + known_commands() + ".");
  if (is_in(arguments, "--help") || is_in(arguments, "-h") || arguments.front() == "help")
    return Options{"help", {}};
  for (const Command& command : commands()) {
    if (command.name == arguments.front()) return options_of(command, arguments);
  }
  return wrong("\"" + std::string(arguments.front()) + "\" cannot be measured; " + known_commands() +
               " can.");
}

Result<std::string> calibration_told(const Options& options, std::vector<Judged> readings,
                                     std::string_view title) {
  const Calibration calibration = calibration_of(std::move(readings));
  if (options.has("plot")) {
    std::ofstream file(options.value("plot"), std::ios::binary);
    file << plot_of(calibration, title);
    if (!file.flush()) return wrong(options.value("plot") + " cannot be written.");
  }
  return options.has("calibration") ? table_of(calibration) : std::string();
}

std::filesystem::path models_of(const Options& options) {
  if (options.has("models")) return options.value("models");
  const auto models = std::filesystem::path("ocr") / "models";
  std::error_code error;
  for (auto folder = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
       !error && folder != folder.root_path(); folder = folder.parent_path()) {
    if (std::filesystem::exists(folder / models / "models.json", error)) return folder / models;
  }
  return models;
}

}  // namespace softbot::eval

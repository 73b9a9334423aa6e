#include "ocr/fields/nets.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <fstream>
#include <opencv2/core.hpp>
#include <opencv2/dnn.hpp>
#include <sstream>
#include <utility>

#include "domain/json.h"

namespace softbot::ocr {
namespace {

constexpr std::string_view digit_signs = "0123456789";
constexpr std::string_view capital_signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view line_signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
/// Room that the net is given at once: more glyphs are run in turns, fewer are filled up. One shape of input
/// only, so that nothing is laid out anew from field to field.
constexpr std::size_t batch = 8;

Error damaged(const std::filesystem::path& file, const std::string& what) {
  return {
      ErrorCode::damaged, file.string() + ": " + what + " Put back the models of this release.", false, {}};
}

Result<Value> read_json(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  if (!stream || !(text << stream.rdbuf())) {
    return fail(ErrorCode::configuration,
                file.string() + ": cannot be read. Is this the folder of the models?");
  }
  auto value = parse_json(text.str());
  if (!value) return fail(damaged(file, value.error().message));
  return value;
}

/// A number of models.json; nothing when it is none, or out of all reason.
std::optional<double> number_in(const Value& value, double least, double most) {
  const Number* number = value.as_number();
  if (number == nullptr) return std::nullopt;
  std::istringstream text(number->text);
  text.imbue(std::locale::classic());
  double read = 0;
  if (!(text >> read) || !(read >= least && read <= most)) return std::nullopt;
  return read;
}

std::optional<Normalisation> normalisation_in(const Value& value) {
  const auto side = number_in(value["side"], 8, 128);
  const auto longer = number_in(value["longerSide"], 4, 128);
  const auto threshold = number_in(value["inkThreshold"], 0.01, 0.99);
  const auto speck = number_in(value["speckShare"], 0, 0.5);
  if (!side || !longer || !threshold || !speck || *longer > *side) return std::nullopt;
  return Normalisation{static_cast<int>(*side), static_cast<int>(*longer), *threshold, *speck};
}

/// The classes must be those that our code means, in its order.
bool classes_are(const Value& classes, std::string_view signs) {
  const auto& items = classes.items();
  if (items.size() != signs.size() + 1) return false;
  for (std::size_t i = 0; i < signs.size(); ++i) {
    if (items[i].text_or_empty() != signs.substr(i, 1)) return false;
  }
  return items.back().text_or_empty() == "other";
}

std::vector<float> softmax(const float* logits, std::size_t count, double temperature) {
  const float most = *std::max_element(logits, logits + count);
  std::vector<float> chances(count);
  double sum = 0;
  for (std::size_t i = 0; i < count; ++i) {
    chances[i] = static_cast<float>(std::exp((static_cast<double>(logits[i]) - most) / temperature));
    sum += static_cast<double>(chances[i]);
  }
  for (float& chance : chances) chance = static_cast<float>(chance / sum);
  return chances;
}

/// What models.json says of one net.
struct NetCard {
  double temperature = 1;
  double accept_threshold = 1;
  std::string version;
};

class OnnxNet final : public GlyphNet {
 public:
  OnnxNet(cv::dnn::Net net, std::size_t classes, int side, NetCard card)
      : net_(std::move(net)),
        classes_(classes),
        side_(side),
        card_(std::move(card)),
        input_(std::vector<int>{static_cast<int>(batch), 1, side, side}, CV_32F) {
    net_.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
    net_.setPreferableTarget(cv::dnn::DNN_TARGET_CPU);
  }

  std::vector<std::vector<float>> probabilities(const std::vector<std::vector<float>>& glyphs) override {
    std::vector<std::vector<float>> chances;
    chances.reserve(glyphs.size());
    for (std::size_t begin = 0; begin < glyphs.size(); begin += batch) {
      const std::size_t count = std::min(batch, glyphs.size() - begin);
      const cv::Mat logits = run(glyphs.data() + begin, count);
      for (std::size_t i = 0; i < count; ++i) {
        const bool fits = glyphs[begin + i].size() == glyph_size();
        chances.push_back(fits ? softmax(logits.ptr<float>(static_cast<int>(i)), classes_, card_.temperature)
                               : no_sign());
      }
    }
    return chances;
  }

  std::size_t classes() const override { return classes_; }
  const std::string& version() const override { return card_.version; }
  double accept_threshold() const override { return card_.accept_threshold; }

  /// True when one run gives one number per class for every glyph.
  bool answers_as_said() {
    const std::vector<float> blank(glyph_size(), 0.0F);
    const cv::Mat logits = run(&blank, 1);
    return logits.dims == 2 && logits.rows == static_cast<int>(batch) &&
           logits.cols == static_cast<int>(classes_) && logits.type() == CV_32F;
  }

 private:
  std::size_t glyph_size() const { return static_cast<std::size_t>(side_) * static_cast<std::size_t>(side_); }

  std::vector<float> no_sign() const {
    std::vector<float> chances(classes_, 0.0F);
    chances.back() = 1.0F;
    return chances;
  }

  cv::Mat run(const std::vector<float>* glyphs, std::size_t count) {
    input_.setTo(0);
    for (std::size_t i = 0; i < count; ++i) {
      if (glyphs[i].size() != glyph_size()) continue;
      std::copy(glyphs[i].begin(), glyphs[i].end(), input_.ptr<float>(static_cast<int>(i)));
    }
    net_.setInput(input_);
    return net_.forward();
  }

  cv::dnn::Net net_;
  std::size_t classes_;
  int side_;
  NetCard card_;
  cv::Mat input_;
};

Result<std::unique_ptr<GlyphNet>> load_net(const std::filesystem::path& folder, const Value& card,
                                           std::string_view signs, const Normalisation& normalisation) {
  const auto temperature = number_in(card["temperature"], 0.01, 100);
  const auto accepted = number_in(card["acceptThreshold"], 0.5, 1);
  const std::string& name = card["file"].text_or_empty();
  const std::string& version = card["version"].text_or_empty();
  const bool plain_name = !name.empty() && name.find('/') == std::string::npos;
  if (!temperature || !accepted || !plain_name || version.empty() || !classes_are(card["classes"], signs)) {
    return fail(damaged(folder / "models.json", "the entry of a net is not as this program knows it."));
  }
  const std::filesystem::path file = folder / name;
  if (!std::filesystem::is_regular_file(file)) return fail(damaged(file, "is not there."));
  try {
    auto net = std::make_unique<OnnxNet>(cv::dnn::readNetFromONNX(file.string()), signs.size() + 1,
                                         normalisation.side, NetCard{*temperature, *accepted, version});
    if (!net->answers_as_said()) return fail(damaged(file, "does not answer with its classes."));
    return net;
  } catch (const cv::Exception&) {
    return fail(damaged(file, "is no net that can be run."));
  }
}

/// Logarithms of the chances of the classes of one column.
std::vector<float> log_softmax(const cv::Mat& logits, int column) {
  const auto count = static_cast<std::size_t>(logits.size[1]);
  std::vector<float> values(count);
  for (std::size_t i = 0; i < count; ++i) values[i] = logits.ptr<float>(0, static_cast<int>(i), 0)[column];
  const float most = *std::max_element(values.begin(), values.end());
  double sum = 0;
  for (const float value : values) sum += std::exp(static_cast<double>(value - most));
  const auto whole = static_cast<float>(static_cast<double>(most) + std::log(sum));
  for (float& value : values) value -= whole;
  return values;
}

class OnnxLineNet final : public LineNet {
 public:
  OnnxLineNet(cv::dnn::Net net, LineNormalisation normalisation)
      : net_(std::move(net)), normalisation_(std::move(normalisation)) {
    net_.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
    net_.setPreferableTarget(cv::dnn::DNN_TARGET_CPU);
  }

  std::vector<std::vector<float>> columns(const LineGlyph& line) override {
    const cv::Mat logits = run(line);
    std::vector<std::vector<float>> found;
    if (!is_answer(logits)) return found;
    for (int column = 0; column < logits.size[3]; ++column) found.push_back(log_softmax(logits, column));
    return found;
  }

  const LineNormalisation& normalisation() const override { return normalisation_; }

  bool answers_as_said() {
    const int width = normalisation_.widths.front();
    const auto pixels = static_cast<std::size_t>(width) * static_cast<std::size_t>(normalisation_.height);
    return is_answer(run({width, std::vector<float>(pixels, 0.0F)}));
  }

 private:
  static bool is_answer(const cv::Mat& logits) {
    return logits.dims == 4 && logits.size[1] == static_cast<int>(line_signs.size()) + 1 &&
           logits.size[2] == 1 && logits.type() == CV_32F;
  }

  cv::Mat run(const LineGlyph& line) {
    const std::size_t pixels =
        static_cast<std::size_t>(line.width) * static_cast<std::size_t>(normalisation_.height);
    if (line.width <= 0 || line.ink.size() != pixels) return {};
    cv::Mat input(std::vector<int>{1, 1, normalisation_.height, line.width}, CV_32F);
    std::copy(line.ink.begin(), line.ink.end(), input.ptr<float>());
    net_.setInput(input);
    return net_.forward();
  }

  cv::dnn::Net net_;
  LineNormalisation normalisation_;
};

std::optional<LineNormalisation> line_normalisation_in(const Value& value) {
  const auto height = number_in(value["height"], 8, 128);
  const auto letter = number_in(value["letter"], 4, 128);
  const auto middle = number_in(value["middle"], 0, 128);
  const auto threshold = number_in(value["inkThreshold"], 0.01, 0.99);
  if (!height || !letter || !middle || !threshold) return std::nullopt;
  LineNormalisation how{static_cast<int>(*height), *letter, *middle, {}, *threshold};
  for (const Value& item : value["widths"].items()) {
    const auto width = number_in(item, 16, 4096);
    if (!width || (!how.widths.empty() && *width <= how.widths.back())) return std::nullopt;
    how.widths.push_back(static_cast<int>(*width));
  }
  return how.widths.empty() ? std::nullopt : std::optional(how);
}

}  // namespace

Result<std::unique_ptr<LineNet>> load_line_net(const std::filesystem::path& folder) {
  cv::setNumThreads(1);
  const auto cards = read_json(folder / "models.json");
  if (!cards) return fail(cards.error());
  const Value& card = (*cards)["lines"];
  const auto normalisation = line_normalisation_in(card["normalisation"]);
  const std::string& name = card["file"].text_or_empty();
  if (!normalisation || name.empty() || name.find('/') != std::string::npos ||
      card["signs"].text_or_empty() != line_signs) {
    return fail(
        damaged(folder / "models.json", "the entry of the net of lines is not as this program knows it."));
  }
  const std::filesystem::path file = folder / name;
  if (!std::filesystem::is_regular_file(file)) return fail(damaged(file, "is not there."));
  try {
    auto net = std::make_unique<OnnxLineNet>(cv::dnn::readNetFromONNX(file.string()), *normalisation);
    if (!net->answers_as_said()) return fail(damaged(file, "does not answer with its classes."));
    return net;
  } catch (const cv::Exception&) {
    return fail(damaged(file, "is no net that can be run."));
  }
}

Result<Nets> load_nets(const std::filesystem::path& folder) {
  cv::setNumThreads(1);
  const auto card = read_json(folder / "models.json");
  if (!card) return fail(card.error());
  const auto normalisation = normalisation_in((*card)["normalisation"]);
  if (!normalisation) return fail(damaged(folder / "models.json", "does not say how glyphs are normalised."));
  auto digits = load_net(folder, (*card)["digits"], digit_signs, *normalisation);
  if (!digits) return fail(digits.error());
  auto capitals = load_net(folder, (*card)["capitals"], capital_signs, *normalisation);
  if (!capitals) return fail(capitals.error());
  return Nets{*normalisation, *std::move(digits), *std::move(capitals)};
}

}  // namespace softbot::ocr

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

}  // namespace

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

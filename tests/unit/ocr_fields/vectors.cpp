#include "vectors.h"

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>

#include "domain/json.h"
#include "support/checkout.h"

namespace softbot::ocr {
namespace {

void add_numbers(std::vector<float>& numbers, const Value& list) {
  for (const Value& item : list.items()) {
    const Number* number = item.as_number();
    if (number == nullptr) throw std::runtime_error("a number was expected");
    numbers.push_back(std::stof(number->text));
  }
}

BoxInk ink_of(const Value& rows) {
  BoxInk box;
  for (const Value& row : rows.items()) {
    const std::string& signs = row.text_or_empty();
    box.width = static_cast<int>(signs.size());
    ++box.height;
    for (const char sign : signs) box.ink.push_back(sign == '1' ? 1.0F : 0.0F);
  }
  return box;
}

}  // namespace

std::filesystem::path models_folder() {
  return checkout() / "ocr" / "models";
}

Value json_of(const std::filesystem::path& file) {
  std::stringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  auto value = parse_json(text.str());
  if (!value) throw std::runtime_error(file.string() + ": " + value.error().message);
  return *std::move(value);
}

std::vector<Vector> vectors_of(std::string_view net) {
  std::vector<Vector> vectors;
  const Value file = json_of(models_folder() / "normalise-vectors.json");
  for (const Value& example : file[net].items()) {
    Vector vector{ink_of(example["bitmap"]), {}, {}};
    for (const Value& row : example["array"].items()) add_numbers(vector.array, row);
    add_numbers(vector.logits, example["logits"]);
    vectors.push_back(std::move(vector));
  }
  return vectors;
}

}  // namespace softbot::ocr

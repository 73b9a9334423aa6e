#include "written_signs.h"

#include <string>

namespace softbot::ocr {
namespace {

std::vector<float> chances(std::size_t classes, std::size_t at, double chance, std::size_t rival) {
  const bool has_rival = rival < classes;
  const double rest = (1 - chance) / static_cast<double>(has_rival ? 1 : classes - 1);
  std::vector<float> result(classes, has_rival ? 0.0F : static_cast<float>(rest));
  if (has_rival) result[rival] = static_cast<float>(rest);
  result[at] = static_cast<float>(chance);
  return result;
}

std::size_t place(char written, char first, std::size_t no_sign) {
  const int at = written - first;
  return at >= 0 && at < static_cast<int>(no_sign) ? static_cast<std::size_t>(at) : no_sign;
}

}  // namespace

PaperField field_of(std::string_view answer_kind, std::string_view pattern) {
  PaperField field;
  field.name = "asked";
  field.answer_kind = answer_kind;
  field.kind = PaperFieldKind::characters;
  field.pattern = pattern;
  field.boxes.resize(pattern.size());
  return field;
}

SignChances sign(char written, double chance, char rival) {
  if (written == ' ') return {true, {}, {}};
  const std::size_t none = 1000;
  const auto rival_in = [&](char first, std::size_t no_sign) {
    return rival == 0 ? none : place(rival, first, no_sign);
  };
  return {false, chances(11, place(written, '0', 10), chance, rival_in('0', 10)),
          chances(27, place(written, 'A', 26), chance, rival_in('A', 26))};
}

std::vector<SignChances> written(std::string_view signs, double chance) {
  std::vector<SignChances> all;
  for (const char one : signs) all.push_back(sign(one, chance));
  return all;
}

}  // namespace softbot::ocr
